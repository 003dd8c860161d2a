"""`standoff facts`: look into the shipped facts, and add facts of one's own."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from standoff.cli.common import (
    DossierOption,
    FormatOption,
    OutputFormat,
    emit_json,
    emit_records,
    find_dossier,
    parse_day,
    say,
    shorten,
)
from standoff.errors import FactError, NoDossier, UnreadableFile

if TYPE_CHECKING:
    from standoff.reference import FactLine

FactsOption = Annotated[
    Path | None,
    typer.Option("--facts", help="File of added facts; else NAME.facts.jsonl beside the dossier."),
]
_SHOWN = 200
_COLUMNS = ("table", "subject", "actor", "fact", "start", "end", "source", "verified")


def register(app: typer.Typer) -> None:
    """Add the family."""
    family = typer.Typer(
        help="Facts that claims are held against: shipped tables and your own.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    family.command("list")(list_facts)
    family.command("show")(show)
    family.command("add")(add)
    app.add_typer(family, name="facts")


def list_facts(
    table: Annotated[
        str | None, typer.Argument(help="A table, or `added`; without one, the tables there are.")
    ] = None,
    actor: Annotated[str | None, typer.Option(help="Only this state, by its code.")] = None,
    like: Annotated[str | None, typer.Option(help="Only rows that hold these words.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many rows.")] = _SHOWN,
    facts: FactsOption = None,
    dossier: DossierOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """List the tables of facts, or the rows of one.

    Example: standoff facts list offices --actor JPN --like minister
    """
    from standoff.reference import fact_rows, fact_tables, read_added

    if table is None:
        records = [asdict(t) for t in fact_tables()]
        emit_records(records, form, ["name", "rows", "unchecked", "title"])
        return
    if table == "added":
        rows: list[dict[str, Any]] = [dict(r) for r in read_added(_file(facts, dossier))]
        columns = ["kind", "subject", "object", "value", "unit", "from", "to", "source"]
        emit_records(rows[:limit], form, columns)
        return
    lines = fact_rows(table, actor=actor, like=like)
    _emit(lines[:limit], form)
    if form is OutputFormat.TABLE and len(lines) > limit:
        say(f"{len(lines) - limit} more; narrow with --actor or --like, or raise --limit")


def show(
    words: Annotated[str, typer.Argument(help="A place, a person, a state, a law, any name.")],
    on: Annotated[
        str | None, typer.Option("--on", help="Only what may hold on this day, YYYY-MM-DD.")
    ] = None,
    facts: FactsOption = None,
    dossier: DossierOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Show every fact about something, with its source and how it was checked.

    Example: standoff facts show "Yoshihide Suga" --on 2021-08-01
    """
    from standoff.reference import find_facts, read_added

    day = parse_day(on, "--on") if on else None
    lines = [line for line in find_facts(words) if day is None or _may_hold(line, day)]
    own = _file(facts, dossier, quiet=True)
    added = [
        row
        for row in (read_added(own) if own else [])
        if words.casefold() in f"{row['subject']} {row['object']} {row['value']}".casefold()
    ]
    if not lines and not added:
        raise FactError(
            f"{words!r}" + (f" on {day}" if day else ""),
            "something that a table of facts holds",
            "standoff facts list; standoff facts list places --like WORD",
        )
    if form is OutputFormat.JSON:
        emit_json({"shipped": [asdict(line) for line in lines], "added": added})
        return
    for line in lines[:_SHOWN]:
        say(f"{line.subject}  [{line.table}{' ' + line.actor if line.actor else ''}]")
        say(f"  {line.fact}")
        if line.start or line.end:
            say(f"  from {line.start or 'before the record'} to {line.end or 'no end shown'}")
        release = f", {line.release}" if line.release else ""
        say(f"  source: {line.source}{release}; checked: {line.verified}")
        if line.note:
            say(f"  note: {line.note}")
    for row in added:
        say(f"{row['subject']}  [added {row['kind']}]")
        say(f"  {row['object']}: {row['value']} {row['unit']}".rstrip())
        say(f"  source: {row['source']}")
    if len(lines) > _SHOWN:
        say(f"{len(lines) - _SHOWN} more; say more words")


def add(
    table: Annotated[
        Path,
        typer.Argument(
            help="CSV: kind,subject,object,value,unit,from,to,source[,release,url,note]"
        ),
    ],
    facts: FactsOption = None,
    dossier: DossierOption = None,
) -> None:
    """Add facts of your own; every row is checked first, and nothing is added if one is wrong.

    Example: standoff facts add my-distances.csv --facts taiwan.facts.jsonl
    """
    from standoff.check import parse_facts
    from standoff.reference import ADDED_COLUMNS, added_as_csv, append_added

    try:
        text = table.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            f"{table} ({error})", "a CSV file of facts in UTF-8", "see standoff facts add --help"
        ) from error
    parse_facts(text)
    rows = [
        {k: (v or "").strip() for k, v in row.items() if k in ADDED_COLUMNS}
        for row in csv.DictReader(io.StringIO(text))
    ]
    target = _file(facts, dossier)
    # Together with what is there, so that two rows that clash are refused before either counts.
    before = added_as_csv(target).splitlines()
    after = io.StringIO()
    csv.writer(after, lineterminator="\n").writerows(
        [[row.get(c, "") for c in ADDED_COLUMNS] for row in rows]
    )
    known = set(before[1:])
    fresh = [line for line in after.getvalue().splitlines() if line not in known]
    parse_facts("\n".join([*before, *fresh]))
    count = append_added(target, rows)
    say(f"added    {count} of {len(rows)} facts to {target}" + _known(len(rows) - count))
    say(
        f'next     standoff facts show "{shorten(rows[0].get("subject", ""), 40)}" --facts {target}'
    )


def _known(count: int) -> str:
    return f" ({count} were there)" if count else ""


def _file(facts: Path | None, dossier: Path | None, *, quiet: bool = False) -> Path:
    """The file of added facts: as given, else beside the dossier."""
    if facts is not None:
        return facts
    try:
        return find_dossier(dossier).with_suffix(".facts.jsonl")
    except NoDossier:
        if quiet:
            return Path("added.facts.jsonl")
        raise


def _may_hold(line: FactLine, day: date) -> bool:
    """Whether a row can hold on a day, by what of its dates is known (years stand for all days)."""
    text = day.isoformat()
    return not (
        (line.start and text[: len(line.start)] < line.start)
        or (line.end and text[: len(line.end)] > line.end)
    )


def _emit(lines: tuple[FactLine, ...], form: OutputFormat) -> None:
    records = [asdict(line) for line in lines]
    if form is OutputFormat.TABLE:
        records = [
            r | {"fact": shorten(r["fact"], 60), "source": shorten(r["source"], 30)}
            for r in records
        ]
    emit_records(records, form, _COLUMNS)

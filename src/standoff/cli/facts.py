"""`standoff facts`: look into the shipped facts, and add facts of one's own."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from standoff.cli.common import (
    AuthorOption,
    DossierOption,
    FormatOption,
    OutputFormat,
    RecordedByOption,
    emit_json,
    emit_records,
    find_dossier,
    open_dossier,
    parse_day,
    read_table,
    say,
    shorten,
)
from standoff.cli.waters import waters
from standoff.errors import FactError, NoDossier

if TYPE_CHECKING:
    from standoff.ledger import Ledger
    from standoff.reference import FactLine

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
    family.command("waters")(waters)
    app.add_typer(family, name="facts")


def list_facts(
    table: Annotated[
        str | None, typer.Argument(help="A table, or `added`; without one, the tables there are.")
    ] = None,
    actor: Annotated[str | None, typer.Option(help="Only this state, by its code.")] = None,
    like: Annotated[str | None, typer.Option(help="Only rows that hold these words.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many rows.")] = _SHOWN,
    dossier: DossierOption = None,
    recorded_by: RecordedByOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """List the tables of facts, or the rows of one.

    Example: standoff facts list offices --actor JPN --like minister
    """
    from standoff.reference import fact_rows, fact_tables

    if table is None:
        records = [asdict(t) for t in fact_tables()]
        emit_records(records, form, ["name", "rows", "unchecked", "title"])
        return
    if table == "added":
        with open_dossier(dossier, recorded_by) as ledger:
            rows = added_records(ledger, "fact")
        columns = ["action", "kind", "subject", "object", "value", "unit", "from", "to", "source"]
        emit_records(rows[-limit:], form, columns)
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
    dossier: DossierOption = None,
    recorded_by: RecordedByOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Show every fact about something, with its source and how it was checked.

    Example: standoff facts show "Yoshihide Suga" --on 2021-08-01
    """
    from standoff.reference import find_facts

    day = parse_day(on, "--on") if on else None
    lines = [line for line in find_facts(words) if day is None or _may_hold(line, day)]
    added = [
        row
        for row in _own(dossier, recorded_by)
        if words.casefold() in f"{row['subject']} {row['object']} {row['value']}".casefold()
        and (day is None or _within(row, day))
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
        say(
            f"  source: {row['source']}; added {row['at'][:10]} by {row['author']} ({row['action']})"
        )
    if len(lines) > _SHOWN:
        say(f"{len(lines) - _SHOWN} more; say more words")


def add(
    table: Annotated[
        Path,
        typer.Argument(
            help="CSV: kind,subject,object,value,unit,from,to,source[,release,url,note]"
        ),
    ],
    because: Annotated[str, typer.Option(help="Why, kept with the rows.")] = "",
    author: AuthorOption = "analyst",
    dossier: DossierOption = None,
) -> None:
    """Add facts of your own to a dossier; nothing is added if one row is wrong.

    Example: standoff facts add my-distances.csv --because "survey of the coast guard"
    """
    from standoff.check import parse_facts
    from standoff.ledger import FACT_COLUMNS, Ledger, as_csv

    text = read_table(table)
    parse_facts(text)
    rows = table_rows(text, FACT_COLUMNS)
    with Ledger.open(find_dossier(dossier), author=author) as ledger:
        # Together with what is there, so that two rows that clash are refused before either counts.
        there = [dict(r) for r in ledger.added_facts()]
        parse_facts(as_csv("fact", [*there, *[r for r in rows if r not in there]]))
        batch = ledger.add_facts(rows, because)
        count = len(ledger.added_facts()) - len(there)
        stored = len(ledger.claims())
    print_added("facts", count, len(rows), batch)
    if batch and stored:
        say(
            f"note     the verdicts of {stored} stored claims stay: they say what was known then; "
            "standoff recheck shows what would change"
        )
    say(f'next     standoff facts show "{shorten(rows[0]["subject"], 40)}"')


def table_rows(text: str, columns: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a CSV text, every known column filled, in order."""
    return [
        {c: (row.get(c) or "").strip() for c in columns}
        for row in csv.DictReader(io.StringIO(text))
    ]


def added_records(ledger: Ledger, kind: str) -> list[dict[str, Any]]:
    """Rows that were added and are in force, with the action, author, time and reason of each."""
    from standoff.ledger import ACTOR_COLUMNS, FACT_COLUMNS

    columns = FACT_COLUMNS if kind == "fact" else ACTOR_COLUMNS
    return [
        {"action": d.batch, "at": d.at, "author": d.author, "because": d.reason}
        | {c: str(d.payload.get(c, "")) for c in columns}
        for d in ledger.decisions(action=f"add_{kind}")
        if d.in_force
    ]


def print_added(what: str, count: int, given: int, batch: str) -> None:
    """What an addition did, and how to take it back."""
    there = f" ({given - count} were there)" if count < given else ""
    say(f"added    {count} of {given} {what}{there}")
    if batch:
        say(f"done     {batch}; take it back: standoff undo {batch}")


def _own(dossier: Path | None, recorded_by: str | None) -> list[dict[str, Any]]:
    """The facts added to the dossier; none where no dossier is meant."""
    try:
        path = find_dossier(dossier)
    except NoDossier:
        return []
    with open_dossier(path, recorded_by) as ledger:
        return added_records(ledger, "fact")


def _within(row: Mapping[str, str], day: date) -> bool:
    text = day.isoformat()
    return (not row["from"] or row["from"] <= text) and (not row["to"] or text <= row["to"])


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

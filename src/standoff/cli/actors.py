"""`standoff actors`: who is known by which name, and names of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
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
    emit_text,
    find_dossier,
    open_dossier,
    parse_day,
    progress,
    read_table,
    say,
)
from standoff.cli.facts import added_records, print_added
from standoff.errors import BadRecord, NoDossier, UnknownActor

if TYPE_CHECKING:
    from standoff.read import ActorEntry, ActorTable
    from standoff.reference import KnownActor

_MOST = 40
"""Rows that `show` prints as text; JSON has them all."""


def register(app: typer.Typer) -> None:
    """Add the family."""
    family = typer.Typer(
        help="Names of actors: states, people, bodies, and those that you add to a dossier.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    family.command("list")(list_actors)
    family.command("show")(show)
    family.command("add")(add)
    family.command("import")(convert)
    app.add_typer(family, name="actors")


def list_actors(
    like: Annotated[str | None, typer.Option(help="Only names or codes with these words.")] = None,
    added: Annotated[
        bool, typer.Option("--added", help="Only those added to the dossier.")
    ] = False,
    dossier: DossierOption = None,
    recorded_by: RecordedByOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """List states by code, and the names added to the dossier.

    Example: standoff actors list --like Taiwan
    """
    from standoff.reference import fact_rows

    rows: list[dict[str, Any]] = []
    if not added:
        rows = [
            {"name": r["subject"], "code": r["actor"], "from": r["start"], "to": r["end"]}
            | {"source": r["source"], "note": r["fact"]}
            for r in (asdict(line) for line in fact_rows("states", actor=None, like=like))
        ]
    rows += [
        {"name": r["name"], "code": r["code"], "from": r["from"], "to": r["to"]}
        | {"source": f"{r['author']} {r['at'][:10]} {r['action']}"}
        | {"note": " ".join(r[c] for c in ("person", "office", "sector") if r[c])}
        for r in _added(dossier, recorded_by, needed=added)
        if like is None or like.casefold() in f"{r['name']} {r['code']}".casefold()
    ]
    emit_records(rows, form, ["name", "code", "from", "to", "source"])
    if not rows:
        say("none; next     standoff actors add FILE.csv")


def show(
    name: Annotated[str, typer.Argument(help="A state, a code, a person, a ministry, a party.")],
    on: Annotated[
        str | None, typer.Option("--on", help="Only what holds on this day, YYYY-MM-DD.")
    ] = None,
    dossier: DossierOption = None,
    recorded_by: RecordedByOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Show who is known by a name: code, sector, offices with days, source of each.

    Of a state also who holds its high offices (on --on, else today) and its bodies.
    Example: standoff actors show "Nobuo Kishi" --on 2021-08-13
    """
    from standoff.reference import actors_of_state, known_actors, nearest_actors

    day = parse_day(on, "--on") if on else None
    known = list(known_actors(name, on=day))
    own = [
        r
        for r in _added(dossier, recorded_by)
        if name.casefold() in (f"{r['name']} {r['person']}".casefold(), r["code"].casefold())
        or f" {name.casefold()} " in f" {r['name']} {r['person']} ".casefold()
        if day is None or _within(r, day)
    ]
    if not known and not own:
        near = nearest_actors(name)
        raise UnknownActor(
            f"{name!r}" + (f" on {day}" if day else ""),
            "a name or code that a table or the dossier holds"
            + (f"; nearest: {', '.join(near)}" if near else ""),
            f"standoff actors show {near[0]!r}" if near else "standoff actors list --like WORD",
        )
    of_state: Sequence[KnownActor] = ()
    codes = list(dict.fromkeys(k.actor for k in known if k.kind == "state"))
    if len(codes) == 1:
        of_state = actors_of_state(codes[0], on=day or datetime.now(UTC).date())
    if form is OutputFormat.JSON:
        emit_json(
            {
                "known": [_record(k) for k in known],
                "of_state": [_record(k) for k in of_state],
                "added": own,
            }
        )
        return
    for item in known[:_MOST]:
        _print(item)
    for row in own:
        days = f", {row['from'] or 'before'} to {row['to'] or 'no end'}" if _dated(row) else ""
        say(f"{row['name']}  [added, {row['code']}{days}]")
        extra = ", ".join(row[c] for c in ("person", "office", "sector") if row[c])
        if extra:
            say(f"  {extra}")
        say(f"  source: added {row['at'][:10]} by {row['author']} ({row['action']})")
    if of_state:
        say()
        lines = [_line(k) for k in of_state[:_MOST]]
        emit_records(lines, form, ["who", "what", "sector", "from", "to", "source"])
    hidden = max(0, len(known) - _MOST) + max(0, len(of_state) - _MOST)
    if hidden:
        say(f"{hidden} more; say more words, or --format json")


def add(
    table: Annotated[
        Path,
        typer.Argument(help="CSV: name,code[,from,to,sector,office,person], or PETRARCH's format."),
    ],
    because: Annotated[str, typer.Option(help="Why, kept with the rows.")] = "",
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Add the good lines where some are bad.")
    ] = False,
    author: AuthorOption = "analyst",
    dossier: DossierOption = None,
) -> None:
    """Add names of actors to a dossier; reports read from now on are read with them.

    Nothing is added if one line is wrong, unless --skip-bad is given; bad lines are named.
    Example: standoff actors add people.csv --because "the cabinet of October"
    """
    from standoff.ledger import Ledger

    found = _loaded(table, strict=not skip_bad)
    if not found.rows:
        raise BadRecord(f"{table} without a row", "a name and its code", "add a line: Gondor,GON")
    with Ledger.open(find_dossier(dossier), author=author) as ledger:
        before = len(ledger.added_actors())
        batch = ledger.add_actors(found.rows, because)
        count = len(ledger.added_actors()) - before
    print_added("actors", count, len(found.rows), batch)
    if batch:
        say("note     texts that were read before stay as they were coded")
    say("next     standoff actors list --added")


def convert(
    table: Annotated[Path, typer.Argument(help="A PETRARCH dictionary of actors or agents.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="Where the CSV goes; else the output.")
    ] = None,
) -> None:
    """Turn a PETRARCH dictionary into a table that `actors add` and `read --actors` take.

    Lines that cannot be used are named with their number on the error output; exit 1 if any.
    Example: standoff actors import Phoenix.Countries.actors.txt --out countries.csv
    """
    found = _loaded(table, strict=False)
    text = found.as_csv()
    if out is None:
        emit_text(text)
    else:
        out.write_text(text, encoding="utf-8")
    progress(f"{len(found.rows)} rows, {len(found.faults)} lines that cannot be used")
    if found.faults:
        raise typer.Exit(1)


def actors_for_run(path: Path | None) -> Sequence[ActorEntry]:
    """The entries of `--actors FILE`; a faulty table is refused, a dictionary's faults are named."""
    return () if path is None else _loaded(path, strict=None).entries


def _loaded(path: Path, *, strict: bool | None) -> ActorTable:
    """A file of actors; its notes, and the faults that do not stop it, on the error output.

    `strict` None refuses faults of a table and passes over those of a PETRARCH dictionary: these
    are long, shared and never free of them.
    """
    from standoff.read import load_actors, refuse_faults

    found = load_actors(read_table(path))
    if strict or (strict is None and found.form == "csv"):
        refuse_faults(found)
    for fault in found.faults:
        progress(f"{path}: {fault}")
    for note in found.notes:
        progress(f"{path}: {note}")
    return found


def _added(
    dossier: Path | None, recorded_by: str | None, *, needed: bool = False
) -> list[dict[str, Any]]:
    """The names added to the dossier; none where no dossier is meant and none is needed."""
    try:
        path = find_dossier(dossier)
    except NoDossier:
        if needed:
            raise
        return []
    with open_dossier(path, recorded_by) as ledger:
        return added_records(ledger, "actor")


def _dated(row: Mapping[str, Any]) -> bool:
    return bool(row["from"] or row["to"])


def _within(row: Mapping[str, Any], day: date) -> bool:
    text = day.isoformat()
    return (not row["from"] or row["from"] <= text) and (not row["to"] or text <= row["to"])


def _record(item: KnownActor) -> dict[str, Any]:
    """One row as JSON, days as from and to."""
    record = asdict(item)
    origin = record.pop("provenance")
    record["from"], record["to"] = record.pop("start"), record.pop("end")
    return record | origin


def _days(item: KnownActor) -> tuple[str, str]:
    end = item.end.isoformat() if item.end else f"vouched for {item.as_of}" if item.as_of else ""
    return (item.start.isoformat() if item.start else ""), end


def _line(item: KnownActor) -> dict[str, str]:
    start, end = _days(item)
    return {
        "who": item.name, "what": item.title or item.office, "sector": item.sector, "from": start,
        "to": end, "source": item.provenance.source,
    }  # fmt: skip


def _print(item: KnownActor) -> None:
    start, end = _days(item)
    code = item.organisation or item.actor
    sector = f", {item.sector}" if item.sector else ""
    say(f"{item.name}  [{item.kind}, {code}{sector}]")
    what = item.title or item.office
    if what:
        say(f"  {what}")
    if start or end:
        say(f"  from {start or 'before the record'} to {end or 'no end shown'}")
    others = [n for n in item.names if n != item.name]
    if others:
        say(f"  also: {'; '.join(others)}")
    origin = item.provenance
    release = f", {origin.release}" if origin.release else ""
    say(f"  source: {origin.source}{release}; checked: {origin.verified}")
    if origin.note:
        say(f"  note: {origin.note}")

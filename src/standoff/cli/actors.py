"""`standoff actors`: who is known by which name, and names of one's own."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from standoff.cli.common import (
    AuthorOption,
    DossierOption,
    FormatOption,
    OutputFormat,
    RecordedByOption,
    emit_records,
    find_dossier,
    open_dossier,
    read_table,
    say,
)
from standoff.cli.facts import added_records, print_added, table_rows
from standoff.errors import NoDossier


def register(app: typer.Typer) -> None:
    """Add the family."""
    family = typer.Typer(
        help="Names of actors: states, and those that you add to a dossier.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    family.command("list")(list_actors)
    family.command("add")(add)
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
    try:
        path = find_dossier(dossier)
    except NoDossier:
        if added:
            raise
    else:
        with open_dossier(path, recorded_by) as ledger:
            found = added_records(ledger, "actor")
        rows += [
            {"name": r["name"], "code": r["code"], "from": r["from"], "to": r["to"]}
            | {"source": f"{r['author']} {r['at'][:10]} {r['action']}"}
            | {"note": " ".join(r[c] for c in ("person", "office", "sector") if r[c])}
            for r in found
            if like is None or like.casefold() in f"{r['name']} {r['code']}".casefold()
        ]
    emit_records(rows, form, ["code", "name", "from", "to", "source"])
    if not rows:
        say("none; next     standoff actors add FILE.csv")


def add(
    table: Annotated[
        Path, typer.Argument(help="CSV: name,code[,from,to,sector,office,person]; code USAGOV.")
    ],
    because: Annotated[str, typer.Option(help="Why, kept with the rows.")] = "",
    author: AuthorOption = "analyst",
    dossier: DossierOption = None,
) -> None:
    """Add names of actors to a dossier; reports read from now on are read with them.

    Example: standoff actors add people.csv --because "the cabinet of October"
    """
    from standoff.ledger import ACTOR_COLUMNS, Ledger
    from standoff.read import read_actors

    text = read_table(table)
    read_actors(text)
    rows = table_rows(text, ACTOR_COLUMNS)
    with Ledger.open(find_dossier(dossier), author=author) as ledger:
        before = len(ledger.added_actors())
        batch = ledger.add_actors(rows, because)
        count = len(ledger.added_actors()) - before
    print_added("actors", count, len(rows), batch)
    if batch:
        say("note     texts that were read before stay as they were coded")
    say("next     standoff actors list --added")

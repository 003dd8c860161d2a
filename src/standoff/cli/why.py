"""`standoff why`: from a printed number back to the words it rests on."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from standoff.cli.common import (
    DossierOption,
    RecordedByOption,
    emit_json,
    open_dossier,
    say,
    shorten,
)

if TYPE_CHECKING:
    from standoff.assess import Why


class WhyFormat(StrEnum):
    """How the tree is printed."""

    TABLE = "table"
    JSON = "json"
    PROV = "prov-json"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("why")(explain)


def explain(
    handle: Annotated[
        str,
        typer.Argument(
            help="S-014, C-07, E-021, D-003, A-0004, L-JPN>TWN@2021-08-13, R-3f2a#war; #war of the "
            "run last assessed; a coefficient by its name."
        ),
    ],
    depth: Annotated[int, typer.Option(min=0, help="Steps down; 0 is the line itself.")] = 4,
    dossier: DossierOption = None,
    recorded_by: RecordedByOption = None,
    form: Annotated[
        WhyFormat, typer.Option("--format", help="table, json, or prov-json (W3C PROV).")
    ] = WhyFormat.TABLE,
) -> None:
    """Show what a handle stands for and what it rests on, down to words, counts or a coefficient.

    Examples: standoff why "L-JPN>TWN@2021-08-13"; standoff why "#war" --depth 2;
    standoff why challenger_stake; standoff why "#war" --format prov-json > war.prov.json
    """
    from standoff.assess import prov_record, why

    with open_dossier(dossier, recorded_by) as ledger:
        tree = why(ledger, handle, depth=depth)
        prov = prov_record(ledger, tree) if form is WhyFormat.PROV else None
    if prov is not None:
        emit_json(prov)
    elif form is WhyFormat.JSON:
        emit_json(tree.record())
    else:
        _print(tree, 0)


def _print(node: Why, depth: int) -> None:
    pad = "   " * depth
    # On top the whole line; below, one line each, so that the tree can be read as a tree.
    line = node.line if depth == 0 else shorten(node.line, 120)
    say(f"{pad}{node.handle}  {line}")
    for key, value in node.details:
        say(f"{pad}   {key:<10} {value}")
    for child in node.rests_on:
        _print(child, depth + 1)

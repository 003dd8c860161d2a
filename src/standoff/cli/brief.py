"""`standoff brief`: the assessment as a self-contained HTML file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from standoff.cli.common import (
    DossierOption,
    RecordedByOption,
    open_dossier,
    parse_day,
    progress,
    say,
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("brief")(brief)


def brief(
    out: Annotated[Path, typer.Option(help="The file to write.")] = Path("brief.html"),
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Use what was available by this day.")
    ] = None,
    draws: Annotated[
        int, typer.Option(max=100_000, help="Draws of parameters and stances.")
    ] = 2000,
    seed: Annotated[int, typer.Option(help="Seed: same seed, same brief.")] = 1,
    report: Annotated[
        str | None, typer.Option(help="Show the effect of this document; else of the latest.")
    ] = None,
    dossier: DossierOption = None,
    recorded_by: RecordedByOption = None,
) -> None:
    """Write the assessment as a brief whose every number carries a handle.

    Example: standoff brief --out brief.html --as-of 2021-08-13
    """
    from standoff.assess import assess_question, system_of
    from standoff.brief import write_brief

    with open_dossier(dossier, recorded_by) as ledger:
        system = system_of(ledger)
        known = [d.published for d in ledger.documents()]
        day = parse_day(as_of) if as_of else max([*known, system.as_of])
        answer = assess_question(
            ledger, system, as_of=day, draws=draws, seed=seed, report=report, progress=progress
        )
    size = write_brief(answer, out)
    say(f"wrote    {out}  {size / 1024:.0f} kB, opens without a network  {answer.run}")
    say(f'next     standoff why "{answer.run}#war"')

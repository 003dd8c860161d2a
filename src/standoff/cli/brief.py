"""`standoff brief`: the assessment as a self-contained file, HTML, PDF, Markdown or Word."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from standoff.cli.common import (
    DossierOption,
    RecordedByOption,
    StandingOption,
    open_dossier,
    progress,
    say,
)
from standoff.cli.whatif import DrawsOption, RunArgument, SeedOption
from standoff.errors import UnreadableFile


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("brief")(brief)


def brief(
    run: RunArgument = None,
    out: Annotated[Path, typer.Option(help="The file to write: .html, .pdf, .md or .docx.")] = Path(
        "brief.html"
    ),
    words: Annotated[
        Path | None,
        typer.Option(
            "--words", help="An edited .md brief: its words are kept, its numbers checked."
        ),
    ] = None,
    as_of: StandingOption = None,
    draws: DrawsOption = None,
    seed: SeedOption = None,
    report: Annotated[
        str | None, typer.Option(help="Show the effect of this document; else of the run's.")
    ] = None,
    dossier: DossierOption = None,
    recorded_by: RecordedByOption = None,
) -> None:
    """Write a run as a brief whose every number carries a handle: the run that was printed.

    A .pdf is printed by a browser of the Chromium family, if one is installed.

    Examples: standoff brief --out brief.html; standoff brief R-3f2a --out brief.docx;
    standoff brief --words edited.md --out final.docx
    """
    from standoff.api.screens import ground_of
    from standoff.assess import assess_question, footing, restore, system_of
    from standoff.brief import write_brief

    edited = _read(words) if words else ""
    with open_dossier(dossier, recorded_by) as ledger:
        system = system_of(ledger)
        on = footing(ledger, system, run or as_of, draws=draws, seed=seed)
        say(on.said)
        same = draws is None and seed is None and report in (None, on.report)
        # A day that was asked for is answered anew: reports of that day may have come since.
        if on.run and same and (as_of is None or as_of.startswith("R-")):
            answer = restore(ledger.run(on.run))
        else:
            answer = assess_question(
                ledger,
                system,
                as_of=on.day,
                draws=on.draws,
                seed=on.seed,
                report=report or on.report,
                progress=progress,
            )
        path = ledger.path
    ground = ground_of(path, answer.as_of, recorded_by=recorded_by)
    size = write_brief(answer, out, words=edited, ground=ground)
    say(f"wrote    {out}  {size / 1024:.0f} kB, opens without a network  {answer.run}")
    say(f'next     standoff why "{answer.run}#war"')


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            f"{path} ({error})", "an edited Markdown brief", "standoff brief --out brief.md"
        ) from error

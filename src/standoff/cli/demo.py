"""`standoff demo`: the whole chain on what ships with the package, offline."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path
from typing import Annotated

import typer

from standoff.cli.common import progress, say, shorten
from standoff.errors import DossierExists, InputError

SYSTEM = "west-pacific-2021"
_NAMES = {SYSTEM: "west-pacific"}
"""Names of the files where they are older than the name of the system."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    system: Annotated[
        str, typer.Option("--system", help="A shipped system; see standoff system list.")
    ] = SYSTEM,
    folder: Annotated[
        Path, typer.Option(help="Where the dossier and the brief are written.")
    ] = Path(),
    draws: Annotated[
        int, typer.Option(max=100_000, help="Draws of parameters and stances.")
    ] = 2000,
) -> None:
    """Make a dossier from a system that ships, read what reports ship with it, assess, write a brief.

    Examples: standoff demo; standoff demo --system ukraine-2022
    """
    from standoff.api.screens import ground_of
    from standoff.assess import assess_question, grade_sources, ingest, seed
    from standoff.brief import headline, write_brief
    from standoff.cli.assess_print import print_first
    from standoff.ledger import Ledger
    from standoff.systems import load_reports, load_system, shipped_systems

    if system not in shipped_systems():
        raise InputError(
            f"--system {system}",
            f"one of {', '.join(shipped_systems())}",
            "standoff new NAME --system FILE",
        )
    described = load_system(system)
    # A fixed example: its record was made on its day, when the last of its reports had come out.
    made_at = datetime.combine(described.as_of, time(12), UTC)
    folder.mkdir(parents=True, exist_ok=True)
    name = _NAMES.get(system, system)
    path = folder / f"{name}.standoff"
    _clear(path, system)
    progress(f"new      {path}: {described.title}")
    with Ledger.create(path, system=system, clock=lambda: made_at, author="demo") as ledger:
        record = seed(ledger, described)
        progress(f"record   {len(record.signals)} dated, sourced signals that ship with the system")
        for report in load_reports(system):
            taken = ingest(
                ledger,
                report.text,
                published=report.published,
                source=report.source,
                title=report.title,
            )
            grade_sources(ledger, described, [report.source])
            progress(
                f"read     {taken.added.document} «{shorten(report.title, 48)}»: "
                f"{len(taken.report.signals)} signals, {len(taken.matches)} of known events, "
                f"{len(taken.verdicts)} claims checked"
            )
        answer = assess_question(
            ledger, described, as_of=described.as_of, draws=draws, progress=progress
        )
    out = folder / f"{name}-brief.html"
    write_brief(answer, out, ground=ground_of(path, answer.as_of))
    progress(f"brief    {out}")
    print_first(headline(answer))
    say(f'next       standoff why "{answer.run}#war"   standoff assess --full   standoff open')


def _clear(path: Path, system: str) -> None:
    """Remove the dossier of an earlier demo; one that anybody has worked on stays."""
    from standoff.assess import GRADER
    from standoff.ledger import Ledger
    from standoff.systems import load_chronology, load_reports
    from standoff.terms import Document

    if not path.exists():
        return
    shipped = {load_chronology(system).document.sha256}
    shipped |= {
        Document.from_text(r.text, title=r.title, source=r.source, published=r.published).sha256
        for r in load_reports(system)
    }
    with Ledger.open(path) as old:
        yours = sum(d.sha256 not in shipped for d in old.documents())
        yours += sum(d.author not in ("demo", GRADER) for d in old.decisions())
    if yours:
        raise DossierExists(
            f"{path} with {yours} documents or decisions of yours",
            "no dossier of that name, or an untouched one of an earlier demo",
            "standoff demo --folder another-folder",
        )
    for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        name.unlink(missing_ok=True)

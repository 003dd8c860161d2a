"""`standoff demo`: the whole chain on what ships with the package, offline."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from standoff.cli.common import progress, say, shorten
from standoff.errors import DossierExists

SYSTEM = "west-pacific-2021"
# The demo is a fixed example: its record was made when the last of its reports had come out.
MADE_AT = datetime(2021, 8, 13, 12, 0, 0, tzinfo=UTC)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    folder: Annotated[
        Path, typer.Option(help="Where the dossier and the brief are written.")
    ] = Path(),
    draws: Annotated[
        int, typer.Option(max=100_000, help="Draws of parameters and stances.")
    ] = 2000,
) -> None:
    """Make a dossier from the shipped record, read three reports, assess, and write a brief.

    Example: standoff demo
    """
    from standoff.assess import assess_question, grade_sources, ingest, seed
    from standoff.brief import headline, write_brief
    from standoff.cli.assess_print import print_first
    from standoff.ledger import Ledger
    from standoff.systems import load_reports, load_system

    system = load_system(SYSTEM)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "west-pacific.standoff"
    _clear(path)
    progress(f"new      {path}: {system.title}")
    with Ledger.create(path, system=SYSTEM, clock=lambda: MADE_AT, author="demo") as ledger:
        record = seed(ledger, system)
        progress(f"record   {len(record.signals)} dated, sourced signals that ship with the system")
        for report in load_reports(SYSTEM):
            taken = ingest(
                ledger,
                report.text,
                published=report.published,
                source=report.source,
                title=report.title,
            )
            grade_sources(ledger, system, [report.source])
            progress(
                f"read     {taken.added.document} «{shorten(report.title, 48)}»: "
                f"{len(taken.report.signals)} signals, {len(taken.matches)} of known events, "
                f"{len(taken.verdicts)} claims checked"
            )
        answer = assess_question(ledger, system, as_of=system.as_of, draws=draws, progress=progress)
    out = folder / "west-pacific-brief.html"
    write_brief(answer, out)
    progress(f"brief    {out}")
    print_first(headline(answer))
    say(f'next       standoff why "{answer.run}#war"   standoff assess --full   standoff open')


def _clear(path: Path) -> None:
    """Remove the dossier of an earlier demo; one that anybody has worked on stays."""
    from standoff.assess import GRADER
    from standoff.ledger import Ledger
    from standoff.systems import load_chronology, load_reports
    from standoff.terms import Document

    if not path.exists():
        return
    shipped = {load_chronology(SYSTEM).document.sha256}
    shipped |= {
        Document.from_text(r.text, title=r.title, source=r.source, published=r.published).sha256
        for r in load_reports(SYSTEM)
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

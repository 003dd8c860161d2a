"""`standoff check-brief`: somebody else's assessment, item by item, the most serious first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from standoff.cli.common import (
    DossierOption,
    FormatOption,
    OutputFormat,
    emit_json,
    open_dossier,
    parse_day,
    say,
    shorten,
)

if TYPE_CHECKING:
    from standoff.brief import BriefCheck

_SHOWN = {1: 20, 2: 10, 3: 5, 4: 5}
"""Findings of each rank that the terminal prints; the rest is counted."""

_FACTS = (
    ("number", "number", "numbers"),
    ("name", "name", "names"),
    ("date", "date", "dates"),
    ("quotation", "quotation", "quotations"),
)
_LIKELIHOODS = (
    ("probability", "probability", "probabilities"),
    ("likelihood", "likelihood word", "likelihood words"),
    ("vague", "word without a band", "words without a band"),
    ("confidence", "level of confidence", "levels of confidence"),
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check-brief")(check_brief)


def check_brief(
    file: Annotated[Path, typer.Argument(help="HTML, Markdown, DOCX, PDF or text.")],
    published: Annotated[
        str | None,
        typer.Option("--published", help="Its day, YYYY-MM-DD; else that of the text or file."),
    ] = None,
    dossier: DossierOption = None,
    out: Annotated[
        Path | None, typer.Option(help="Write the text with every item marked, as HTML.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Print every finding.")] = False,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Check other people's assessments: numbers without a source, quotations, probabilities.

    Quotations and numbers are held against the documents of --dossier. Nothing is stored.

    Example: standoff check-brief brief.pdf --published 2024-03-01 --out annotated.html
    """
    from standoff.brief import annotated_html, check_brief
    from standoff.errors import InputError
    from standoff.read import load_file

    sources = load_file(file)
    if len(sources) > 1:
        raise InputError(
            f"{file}: a feed of {len(sources)} texts", "one brief", "save the one text as a file"
        )
    documents: list[tuple[str, str]] = []
    if dossier is not None:
        with open_dossier(dossier) as ledger:
            documents = [(d.handle, ledger.document(d.handle).text) for d in ledger.documents()]
    day = parse_day(published, "--published") if published else None
    source = next(iter(sources))
    checked = check_brief(source, name=file.name, published=day, documents=documents)
    if out is not None:
        try:
            out.write_text(annotated_html(checked), encoding="utf-8")
        except OSError as error:
            raise InputError(
                f"{out}: {error.strerror or error}", "a file that can be written", "--out FILE"
            ) from error
    if form is OutputFormat.JSON:
        emit_json(checked.record())
        return
    _print(checked, all_)
    if out is not None:
        say(f"wrote    {out}  {out.stat().st_size / 1024:.0f} kB, opens without a network")
    else:
        say(f"next     standoff check-brief {file} --out annotated.html")


def _many(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _print(checked: BriefCheck, everything: bool) -> None:
    from standoff.brief import Rank

    against = (
        f"  against {_many(checked.documents, 'document', 'documents')}"
        if checked.documents
        else ""
    )
    say(f"{checked.name}  {checked.published}, from {checked.published_from}{against}")
    count = checked.count
    facts = [_many(count(kind), one, more) for kind, one, more in _FACTS]
    facts[1] += (
        f" of {_many(checked.different('name'), 'party', 'parties')}" if count("name") else ""
    )
    say(", ".join(facts))
    say(", ".join(_many(count(kind), one, more) for kind, one, more in _LIKELIHOODS))
    for note in checked.notes:
        say(f"note     {note}")
    for rank in Rank:
        found = checked.of(rank)
        if not found:
            continue
        say()
        say(f"{rank.words}  {len(found)}")
        for f in found if everything else found[: _SHOWN[rank.value]]:
            place = f"{f.place}  " if f.place else ""
            say(f"  {place}{shorten(f.quote, 100)}")
            say(f"      {f.why}")
        left = len(found) - _SHOWN[rank.value]
        if left > 0 and not everything:
            say(f"  ... and {left} more (--all)")
    if not checked.findings:
        say("nothing was found wrong")

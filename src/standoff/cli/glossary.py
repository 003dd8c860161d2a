"""`standoff glossary`: the field's words as they are used here."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from standoff.cli.common import FormatOption, OutputFormat, emit_json, emit_table, say


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("glossary")(explain_term)


def explain_term(
    term: Annotated[list[str] | None, typer.Argument(help="A term; all of them without.")] = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Say what a term means here and where it comes from; without a term, list them.

    Examples: standoff glossary; standoff glossary protege; standoff glossary base rate --format json
    """
    from standoff.reference import glossary, glossary_term

    found = [glossary_term(" ".join(term))] if term else list(glossary())
    if form is OutputFormat.JSON:
        emit_json([asdict(t) for t in found])
        return
    if term is None:
        emit_table(
            ("term", "also", "source"), [(t.name, ", ".join(t.also), t.source) for t in found]
        )
        say("next     standoff glossary TERM")
        return
    for t in found:
        also = f" ({', '.join(t.also)})" if t.also else ""
        say(f"{t.name}{also}")
        say(f"  {t.text}")
        say(f"  source   {t.source}")
        if t.see:
            say(f"  see      {', '.join(t.see)}")
        if t.page:
            say(f"  page     docs/{t.page}")

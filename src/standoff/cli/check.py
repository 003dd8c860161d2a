"""`standoff check`: the claims of any text, the gravest first; nothing is stored."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from standoff.cli.common import (
    FormatOption,
    OutputFormat,
    emit_json,
    emit_records,
    parse_day,
    progress,
    read_table,
    say,
    shorten,
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check")(check)


def check(
    file: Annotated[
        str, typer.Argument(help="A text, HTML, Markdown, DOCX or PDF file, or - for the input.")
    ],
    published: Annotated[str, typer.Option("--published", help="Day of publication, YYYY-MM-DD.")],
    facts: Annotated[
        Path | None, typer.Option("--facts", help="CSV of facts of your own for this run.")
    ] = None,
    form: FormatOption = OutputFormat.TABLE,
    kind: Annotated[str | None, typer.Option(help="Only this kind: distance, office, ...")] = None,
) -> None:
    """Check the claims of a text: the gravest first, then what could not be checked, and why.

    Exit code 1 where a claim is contradicted or inconsistent, so that a script can ask.

    Example: standoff check report.docx --published 2021-08-13
    """
    from standoff.assess import check_text
    from standoff.check import parse_facts
    from standoff.cli.batch import facts_with
    from standoff.cli.read import sources_of
    from standoff.terms import claim_record

    day = parse_day(published, "--published")
    _, sources = sources_of(file)
    known = facts_with(parse_facts(read_table(facts))) if facts else None
    wrong = 0
    records: list[dict[str, Any]] = []
    for source in sources:
        for note in source.notes:
            progress(note)
        found = check_text(source.text, published=day, facts=known)
        pairs = [(c, v) for c, v in found.found if kind in (None, c.kind)]
        wrong += sum(v.outcome.value in ("CONTRADICTED", "INCONSISTENT") for _, v in pairs)
        if form is OutputFormat.JSON:
            records.append(
                {
                    "claims": [claim_record(c, v) for c, v in pairs],
                    "counts": dict(found.counts),
                    "not_checked": dict(found.unchecked),
                    "notes": list(found.notes),
                }
            )
            continue
        rows = [
            {
                "kind": c.kind,
                "verdict": v.outcome.value.lower().replace("_", " "),
                "at": c.span.start,
                "words": shorten(c.span.quote, 60),
                "why": shorten(v.why + (f" ({v.slip})" if v.slip else ""), 140),
            }
            for c, v in pairs
        ]
        emit_records(rows, form, ["verdict", "kind", "at", "words", "why"])
        say(", ".join(f"{n} {name.lower().replace('_', ' ')}" for name, n in found.counts))
        for reason, count in found.unchecked:
            say(f"  {count:4d} not checked: {reason}")
        for note in found.notes:
            say(note)
    if form is OutputFormat.JSON:
        emit_json(records)
    elif not wrong:
        say("next     standoff read FILE --published YYYY-MM-DD --dossier D, to keep it")
    if wrong:
        raise typer.Exit(1)

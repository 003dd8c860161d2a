"""`standoff recheck`: stored claims against the facts of today, as an act of its own."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from standoff.cli.common import (
    AuthorOption,
    DossierOption,
    FormatOption,
    OutputFormat,
    emit_json,
    emit_records,
    find_dossier,
    say,
    shorten,
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("recheck")(recheck)


def recheck(
    document: Annotated[
        list[str] | None, typer.Option(help="Only of this document (D-002); may be repeated.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without, only the preview.")] = False,
    because: Annotated[str, typer.Option(help="The reason, kept with the decision.")] = "",
    author: AuthorOption = "analyst",
    dossier: DossierOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Check stored claims again with the facts of today; shows first what would change.

    Example: standoff recheck --document D-002
    """
    from standoff.assess import recheck_claims
    from standoff.ledger import Ledger

    with Ledger.open(find_dossier(dossier), author=author) as ledger:
        found = recheck_claims(ledger, [d.upper() for d in document or ()])
        batch = ""
        if yes and found.changed:
            records = {claim.handle: record for claim, record in found.changed}
            batch = ledger.recheck(records, because or "checked again with the facts of today")
    rows: list[dict[str, Any]] = [
        {
            "handle": claim.handle,
            "was": claim.outcome,
            "would be" if not batch else "is": record["verdict"],
            "words": claim.span.quote,
            "why": record["explanation"],
        }
        for claim, record in found.changed
    ]
    if form is OutputFormat.JSON:
        emit_json(
            {"changed": rows, "same": found.same, "missing": list(found.missing), "action": batch}
        )
        return
    if rows:
        shown = [
            {**r, "words": shorten(r["words"], 40), "why": shorten(r["why"], 90)} for r in rows
        ]
        emit_records(shown, form, list(rows[0]))
    say(f"{len(rows)} claims differ, {found.same} stay as they are")
    if found.missing:
        say(f"note     not found again at the same words, so left: {' '.join(found.missing)}")
    if batch:
        say(f"done     {batch}; take it back: standoff undo {batch}")
    elif rows:
        say("nothing was changed; add --yes to do it")

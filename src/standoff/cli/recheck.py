"""`standoff recheck`: stored claims against the facts of today, as an act of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from standoff.cli.common import (
    AuthorOption,
    DossierOption,
    FormatOption,
    OutputFormat,
    YesOption,
    agreed,
    emit_json,
    emit_records,
    find_dossier,
    say,
    shorten,
)

if TYPE_CHECKING:
    from standoff.assess import Recheck


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("recheck")(recheck)


def recheck(
    document: Annotated[
        list[str] | None, typer.Option(help="Only of this document (D-002); may be repeated.")
    ] = None,
    yes: YesOption = False,
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
        rows: list[dict[str, Any]] = [
            {
                "handle": claim.handle,
                "was": claim.outcome,
                "now": record["verdict"],
                "words": claim.span.quote,
                "why": record["explanation"],
            }
            for claim, record in found.changed
        ]
        if form is OutputFormat.TABLE:
            _print(rows, found)
            if rows:
                agreed(yes, "put the new verdicts in place of the old?")
        batch = ""
        if rows and (yes or form is OutputFormat.TABLE):
            records = {claim.handle: record for claim, record in found.changed}
            batch = ledger.recheck(records, because or "checked again with the facts of today")
    if form is OutputFormat.JSON:
        emit_json(
            {"changed": rows, "same": found.same, "missing": list(found.missing), "action": batch}
        )
    elif batch:
        say(f"done     {batch}; take it back: standoff undo {batch}")


def _print(rows: list[dict[str, Any]], found: Recheck) -> None:
    shown = [{**r, "words": shorten(r["words"], 40), "why": shorten(r["why"], 90)} for r in rows]
    if shown:
        emit_records(shown, OutputFormat.TABLE, list(shown[0]))
    say(f"{len(rows)} claims differ, {found.same} stay as they are")
    if found.missing:
        say(f"note     not found again at the same words, so left: {' '.join(found.missing)}")

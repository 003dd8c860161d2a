"""`standoff claims`: which numbers, names and dates cannot be right, and why."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from standoff.cli.common import (
    AsOfOption,
    AuthorOption,
    DossierOption,
    FormatOption,
    OutputFormat,
    RecordedByOption,
    emit_records,
    find_dossier,
    listed_day,
    open_dossier,
    say,
    say_listed,
    shorten,
)
from standoff.cli.known import refuse_kind, refuse_unknown


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("claims")(claims)
    app.command("overrule")(overrule)


def claims(
    dossier: DossierOption = None,
    form: FormatOption = OutputFormat.TABLE,
    verdict: Annotated[
        str | None, typer.Option(help="Only this verdict: supported, contradicted, ...")
    ] = None,
    document: Annotated[str | None, typer.Option(help="Only of this document (D-002).")] = None,
    kind: Annotated[str | None, typer.Option(help="Only this kind: distance, office, ...")] = None,
    as_of: AsOfOption = None,
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help="Claims of two reports that cannot both hold.")
    ] = False,
    recorded_by: RecordedByOption = None,
) -> None:
    """List checked claims, the worst first; with --conflicts, where reports contradict each other.

    Example: standoff claims --verdict contradicted
    """
    from standoff.errors import InputError
    from standoff.terms import Outcome

    wanted = verdict.upper().replace("-", "_").replace(" ", "_") if verdict else None
    if wanted and wanted not in tuple(Outcome):
        raise InputError(
            f"--verdict {verdict!r}",
            f"one of {', '.join(o.value.lower() for o in Outcome)}",
            "--verdict contradicted",
        )
    if conflicts:
        _conflicts(dossier, recorded_by, document, form)
        return
    with open_dossier(dossier, recorded_by) as ledger:
        day = listed_day(ledger, as_of)
        say_listed(ledger, day, form)
        late = {d.handle for d in ledger.documents() if day and d.published > day}
        refuse_unknown(ledger, document=document)
        refuse_kind(ledger, kind)
        found = [
            c
            for c in ledger.claims()
            if c.document not in late
            and wanted in (None, c.outcome)
            and document in (None, c.document)
            and kind in (None, c.record["kind"])
        ]
    worst = {Outcome.CONTRADICTED: 0, Outcome.INCONSISTENT: 0, Outcome.SUPPORTED: 1}
    found.sort(key=lambda c: worst.get(Outcome(c.outcome), 2))
    if form is OutputFormat.JSON:
        records: list[dict[str, Any]] = [
            {"handle": c.handle, "document": c.document, **c.record} for c in found
        ]
        emit_records(records, form, [])
        return
    rows = [
        {
            "handle": c.handle,
            "document": c.document,
            "kind": c.record["kind"],
            "verdict": c.outcome.lower().replace("_", " "),
            "words": shorten(c.span.quote, 44),
            "why": shorten(str(c.record["explanation"]), 100),
        }
        for c in found
    ]
    emit_records(rows, form, ["handle", "document", "kind", "verdict", "words", "why"])
    if found:
        say(f"next     standoff why {found[0].handle}")
    else:
        say("no claim; next     standoff read REPORT.txt --published YYYY-MM-DD")


def _conflicts(
    dossier: Path | None, recorded_by: str | None, document: str | None, form: OutputFormat
) -> None:
    """Print where the reports of a dossier contradict each other, claim against claim."""
    from standoff.assess import find_conflicts

    with open_dossier(dossier, recorded_by) as ledger:
        refuse_unknown(ledger, document=document)
        found = find_conflicts(ledger, document)
        reports = len({c.document for c in ledger.claims()})
    rows: list[dict[str, Any]] = [
        {
            "older": c.older,
            "newer": c.newer,
            "documents": f"{c.older_document}, {c.newer_document}",
            "older words": c.older_words,
            "newer words": c.newer_words,
            "standing": "superseded" if c.superseded else "disputed",
            "why": c.why,
        }
        for c in found
    ]
    if form is OutputFormat.JSON:
        emit_records(rows, form, [])
        return
    if not rows:
        say(f"no two of {reports} reports with claims contradict each other")
        return
    emit_records(
        [r | {"why": shorten(r["why"], 100)} for r in rows],
        form,
        ["older", "newer", "documents", "standing", "why"],
    )
    say(f"next     standoff why {found[0].older}")


def overrule(
    handle: Annotated[str, typer.Argument(help="The claim, C-07.")],
    verdict: Annotated[str, typer.Argument(help="supported, contradicted, inconsistent, ...")],
    because: Annotated[str, typer.Option(help="Why the check is wrong.")],
    author: AuthorOption = "analyst",
    dossier: DossierOption = None,
) -> None:
    """Put your own verdict in place of a check's; the check stays, and so does your reason.

    Example: standoff overrule C-07 supported --because "measured from the ferry port"
    """
    from standoff.errors import InputError, UnknownHandle
    from standoff.ledger import Ledger
    from standoff.terms import Outcome

    wanted = verdict.upper().replace("-", "_").replace(" ", "_")
    if wanted not in tuple(Outcome) or not because.strip():
        raise InputError(
            f"verdict {verdict!r} because {because!r}",
            f"one of {', '.join(o.value.lower() for o in Outcome)}, with a reason",
            'standoff overrule C-07 supported --because "..."',
        )
    with Ledger.open(find_dossier(dossier), author=author) as ledger:
        found = next((c for c in ledger.claims() if c.handle == handle.upper()), None)
        if found is None:
            raise UnknownHandle(handle, "a claim of this dossier", "standoff claims")
        ledger.decide("overrule", found.handle, {"outcome": wanted}, because)
        batch = ledger.decisions(found.handle)[-1].batch
    was = found.outcome.lower().replace("_", " ")
    say(
        f"{found.handle}  {was} -> {wanted.lower().replace('_', ' ')}  because {because}  ({batch})"
    )
    say(f"next     standoff why {found.handle}")

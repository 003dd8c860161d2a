"""Where the reports of one dossier contradict each other, claim against claim.

A claim's content is kept with it; claims of a dossier from before that was so are found again by
reading their documents once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from standoff.assess.intake import actors_of
from standoff.check import Clash, ReportClaims, compare_reports
from standoff.ledger import Ledger, StoredClaim
from standoff.read import read_report
from standoff.terms import Claim, content_from_record


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two stored claims that cannot both hold. `older` and `newer` are handles of claims.

    `superseded` is true where the newer report has the same source: then the older figure is out
    of date, not disputed.
    """

    older: str
    newer: str
    older_document: str
    newer_document: str
    older_words: str
    newer_words: str
    why: str
    superseded: bool


def find_conflicts(ledger: Ledger, document: str | None = None) -> tuple[Conflict, ...]:
    """Conflicts between the reports of a dossier; only those of one document, where it is named.

    Claims that a person rejected take no part.
    """
    held: dict[str, list[StoredClaim]] = {}
    for claim in ledger.claims():
        if claim.state != "rejected":
            held.setdefault(claim.document, []).append(claim)
    if document is not None and document not in held:
        return ()
    known = {d.handle: d for d in ledger.documents()}
    reports = [
        ReportClaims(n, known[n].published, _claims(ledger, n, claims), known[n].source)
        for n, claims in held.items()
        if n in known
    ]
    return tuple(_conflict(c) for c in compare_reports(reports, document))


def _conflict(clash: Clash) -> Conflict:
    return Conflict(
        clash.first.id,
        clash.second.id,
        clash.first_document,
        clash.second_document,
        clash.first.span.quote,
        clash.second.span.quote,
        clash.why,
        clash.superseded,
    )


def _claims(ledger: Ledger, document: str, held: Sequence[StoredClaim]) -> tuple[Claim, ...]:
    """The claims of a document, each under its handle."""
    if all("content" in c.record for c in held):
        return tuple(
            Claim(
                c.handle,
                c.span,
                str(c.record["kind"]),
                str(c.record["claim"]),
                content_from_record(c.record["content"]),
            )
            for c in held
        )
    d = ledger.document(document)
    report = read_report(d.text, published=d.published, source=d.source, actors=actors_of(ledger))
    handles = {(c.span.start, c.span.end, str(c.record["kind"])): c.handle for c in held}
    return tuple(
        replace(c, id=handles[key])
        for c in report.claims
        if (key := (c.span.start, c.span.end, c.kind)) in handles
    )

"""Agreements: the year, day of signature or age that a text gives them, against the table."""

from __future__ import annotations

from standoff.check.verdicts import unknown
from standoff.reference import Agreement, agreement
from standoff.terms import LawContent, Outcome, Reference, Verdict

# An anniversary is told of in the weeks before it too, so that its year may be the next.
_AGE = 1


def check_agreement(claim: str, content: LawContent) -> Verdict:
    """`the 1998 Good Friday Agreement`: a year that fits supports, one that fits no reading contradicts.

    "Signed" needs the day of signature, or its month or year where only those are given.
    """
    found = agreement(content.subject.partition(" ")[2])
    start, end = content.period.start, content.period.end
    if start is None or end is None:
        return unknown(claim, "no date is given")
    if content.action == "signed" and found.signed is None:
        return unknown(claim, f"{found.names[0]} names several agreements: {_told(found)}")
    if content.action == "signed" and found.signed is not None:
        if start <= found.signed <= end:
            return Verdict(claim, Outcome.SUPPORTED, _told(found), _reference(found))
        if start.year == end.year and start.year in found.years:
            # Initialled, signed, signed again, in force: another step of the same agreement.
            return unknown(claim, f"{_told(found)}: another step may be meant")
    years = range(start.year, end.year + 1)
    if content.action == "aged":
        if start.year in found.years:
            return Verdict(claim, Outcome.SUPPORTED, _told(found), _reference(found))
        years = range(start.year - _AGE, end.year + _AGE + 1)
        if set(years) & set(found.years):
            return unknown(claim, f"{_told(found)}: a year may be counted otherwise")
    elif set(years) & set(found.years):
        return Verdict(claim, Outcome.SUPPORTED, _told(found), _reference(found))
    return Verdict(
        claim,
        Outcome.CONTRADICTED,
        f"{_told(found)}, not {content.period.text or start}",
        _reference(found),
        f"stated {content.period.text or start}, in the table {_years(found)}",
        None,
        "the years of signing, of coming into force and of any other agreement of the name",
        "wrong year",
    )


def _years(found: Agreement) -> str:
    return ", ".join(map(str, found.years))


def _told(found: Agreement) -> str:
    if found.signed is None:
        return f"{found.names[0]}: {_years(found)}"
    return f"{found.names[0]}: signed {found.signed}; called by {_years(found)}"


def _reference(found: Agreement) -> Reference:
    p = found.provenance
    return Reference(_told(found), p.source, p.release, found.signed, p.url)

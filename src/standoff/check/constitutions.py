"""Amendments of constitutions: held against the years in which the table knows of one."""

from __future__ import annotations

from standoff.check.verdicts import unknown
from standoff.reference import ConstitutionChanges, constitution_changes, find_laws
from standoff.terms import LawContent, Outcome, Reference, Verdict

# The table gives the year of promulgation; a vote or the coming into force may fall in the next.
_BESIDE = 1


def check_constitution(claim: str, content: LawContent) -> Verdict:
    """`the constitution of a state was amended in a year` against the years of its changes.

    SUPPORTED by an amendment of that year. CONTRADICTED where the table covers the year and knows of
    no change in it nor in the year before or after; of "reforms", which may have come to nothing,
    only where the constitution was never amended at all.
    """
    known = constitution_changes(content.actor)
    if known is None:
        return unknown(claim, f"no table of changes to the constitution of {content.actor}")
    start, end = content.period.start, content.period.end
    never = not known.amended and not known.other
    if start is None or end is None:
        if never and content.action == "reformed":
            return _contradicted(claim, content, known)
        return unknown(claim, "no year is given")
    stated = range(start.year, end.year + 1)
    if stated[0] < known.first or end.year > known.as_of.year:
        covered = f"from {known.first} to {known.as_of.year}"
        return unknown(claim, f"the table of changes to the constitution is whole {covered}")
    if content.action != "reformed" and known.years & set(stated):
        if not set(known.amended) & set(stated):
            return unknown(
                claim, f"what the table tells of that year is no amendment: {_told(known, content)}"
            )
        return Verdict(claim, Outcome.SUPPORTED, _told(known, content), _reference(known, content))
    if never and not set(known.new) & set(stated):
        return _contradicted(claim, content, known)
    if content.action == "reformed":
        return unknown(
            claim, "reforms may be planned or fail; the table knows those that were made"
        )
    wide = range(stated[0] - _BESIDE, stated[-1] + _BESIDE + 1)
    if known.years & set(wide):
        return unknown(claim, f"the table gives the year of promulgation: {_told(known, content)}")
    return _contradicted(claim, content, known)


def _contradicted(claim: str, content: LawContent, known: ConstitutionChanges) -> Verdict:
    slips = [x.misreported for x in find_laws("constitution", content.actor) if x.misreported]
    return Verdict(
        claim,
        Outcome.CONTRADICTED,
        f"the constitution of {content.actor} was not changed then: {_told(known, content)}",
        _reference(known, content),
        f"{content.period.text or content.period.start}: no change on record",
        None,
        "no change in the year stated, nor in the year before or after",
        slips[0] if slips and not known.amended else "wrong year",
    )


def _told(known: ConstitutionChanges, content: LawContent) -> str:
    """New constitutions, and the three amendments nearest to the year of the claim."""
    year = content.period.start.year if content.period.start else known.as_of.year
    near = sorted(sorted(known.amended, key=lambda y: abs(y - year))[:3])
    new = ", ".join(map(str, known.new)) or "none since 1946"
    return f"new {new}; amended {', '.join(map(str, near)) or 'never'}"


def _reference(known: ConstitutionChanges, content: LawContent) -> Reference:
    p = known.provenance
    return Reference(f"{known.actor}: {_told(known, content)}", p.source, p.release, None, p.url)

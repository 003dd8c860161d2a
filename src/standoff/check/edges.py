"""Entering and leaving an office, against the days that the table has."""

from __future__ import annotations

from standoff.check.spells import (
    begins_after,
    spells_of,
    table_ends,
    term_reference,
    terms_in,
    told_term,
)
from standoff.check.verdicts import unknown
from standoff.reference import (
    titles_for,
)
from standoff.terms import (
    Outcome,
    TermContent,
    Verdict,
)


def check_term(claim: str, content: TermContent) -> Verdict:
    """`person` entered or left an office in the period."""
    keys = {t.office for t in titles_for(content.office, content.actor)}
    spells = [s for s in spells_of(content.person, content.actor, keys) if s.office in keys]
    days = [s.start if content.edge == "start" else s.end for s in spells]
    known = [(s, d) for s, d in zip(spells, days, strict=True) if d is not None]
    start, end = content.period.start, content.period.end
    if not known or start is None or end is None:
        return unknown(claim, f"no dated term of {content.person} as {content.office}")
    ends = table_ends(content.actor or spells[0].actor, keys)
    if ends is not None and begins_after(content.period, ends):
        return unknown(claim, f"the table of office-holders ends on {ends}, before that day")
    begins = min(s.start for s in terms_in(content.actor or spells[0].actor, keys))
    if start < begins and all((day - start).days > 5 * 365 for _, day in known):
        # An earlier term may lie before the table; of a year just before it we know the end.
        return unknown(claim, f"the table of office-holders begins on {begins}, after that day")
    for spell, day in known:
        if start <= day <= end or abs((start - day).days) <= 1:
            return Verdict(
                claim,
                Outcome.SUPPORTED,
                f"{content.person} is {told_term(spell)}",
                term_reference(spell),
            )
    for spell, day in known:
        # A month of grace: elected, sworn in and announced are different days.
        if (start - day).days <= 31 and (day - end).days <= 31:
            why = f"{content.person} is {told_term(spell)}; elected, sworn in and announced may differ"
            return unknown(claim, why)
    spell, day = min(known, key=lambda pair: abs((pair[1] - start).days))
    verb = "entered" if content.edge == "start" else "left"
    return Verdict(
        claim,
        Outcome.CONTRADICTED,
        f"{content.person} {verb} the office on {day}: {told_term(spell)}",
        term_reference(spell),
        f"{verb} {day}, stated {content.period.text or start}",
        None,
        "a month, because elected, sworn in and announced differ",
        "wrong year" if day.year != start.year else "wrong date",
    )

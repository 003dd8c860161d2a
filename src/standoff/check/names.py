"""Names of people against those that are known: exact, near, or another spelling."""

from __future__ import annotations

from standoff.check.romanised import romanises_alike
from standoff.check.spells import (
    begins_after,
    overlaps,
    same_state,
    table_ends,
    term_reference,
    told_term,
)
from standoff.check.verdicts import unknown
from standoff.reference import (
    nearest_person,
    titles_for,
)
from standoff.terms import (
    NameContent,
    Outcome,
    Verdict,
)


def check_name(claim: str, content: NameContent) -> Verdict:
    """A proper name against the people we know: exact, near, or unknown.

    CONTRADICTED only for a near miss of somebody who held the named office (or any office of the
    state) at the time: a stranger with a similar name is no error.
    """
    near = nearest_person(content.name)
    if near is None:
        return unknown(claim, f"no known holder of an office is called {content.name}")
    fitting = [s for s in near.spells if same_state(s, content.actor)]
    if content.office:
        keys = {t.office for t in titles_for(content.office, content.actor or "")}
        fitting = [s for s in fitting if not keys or s.office in keys]
    timely = [s for s in fitting if overlaps(s, content.period)]
    if not timely and fitting and near.distance > 0:
        ends = table_ends(fitting[-1].organisation or fitting[-1].actor, {fitting[-1].office})
        if ends is not None and begins_after(content.period, ends):
            return unknown(claim, f"the table of office-holders ends on {ends}, before that day")
    timely = timely or fitting
    if not timely:
        return unknown(claim, f"{near.name} is close, but held no such office")
    shown = timely[-1]
    if near.distance == 0:
        return Verdict(
            claim, Outcome.SUPPORTED, f"{near.name} is {told_term(shown)}", term_reference(shown)
        )
    if romanises_alike(content.name, near.name, shown.actor):
        return Verdict(
            claim,
            Outcome.SUPPORTED,
            f"{content.name} is another spelling of {near.name}, {told_term(shown)}",
            term_reference(shown),
        )
    return Verdict(
        claim,
        Outcome.CONTRADICTED,
        f"nobody called {content.name} is known; nearest: {near.name}, {told_term(shown)}",
        term_reference(shown),
        f"edits({content.name}, {near.name}) = {near.distance}",
        None,
        "three edits at most, every word close",
        f"misspelt: {content.name} for {near.name}",
    )

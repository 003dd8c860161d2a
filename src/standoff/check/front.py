"""All claims of one text, each by the check of its kind, in the order of the claims."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from standoff.check.bounding import Distances, stated
from standoff.check.facts import Facts
from standoff.check.kinds import Context, kind_of
from standoff.check.verdicts import unknown
from standoff.terms import Claim, DistanceContent, Signal, Verdict


def check_claims(
    claims: Sequence[Claim],
    *,
    published: date,
    signals: Sequence[Signal] = (),
    facts: Facts | None = None,
) -> list[Verdict]:
    """A verdict for each claim of one text, in their order.

    Distances of one text bound each other (a part cannot be nearer than the whole), so they are
    checked together. `signals` are those of the same text, for the order of events; `facts` adds
    rows of the user.

    >>> from standoff.terms import Comparator, Quantity, Span
    >>> span = Span(0, 6, "180 km")
    >>> claim = Claim("c1", span, "distance", "Ishigaki to Taiwan", DistanceContent(
    ...     "Ishigaki", "Taiwan", Quantity(span, 180.0, 180.0, "km", Comparator.ABOUT)))
    >>> check_claims([claim], published=date(2021, 8, 13))[0].outcome.value
    'CONTRADICTED'
    """
    known = facts or Facts.shipped()
    distances = Distances(
        [
            found
            for c in claims
            if isinstance(c.content, DistanceContent) and (found := stated(c.id, c.content))
        ]
    )
    at = Context(published, signals, known, distances)
    return [_check(c, at) for c in claims]


def _check(claim: Claim, at: Context) -> Verdict:
    kind = kind_of(claim.content)
    if kind is None:
        return unknown(claim.id, f"no kind of claim has a {type(claim.content).__name__}")
    return kind.check(claim.id, claim.content, at)

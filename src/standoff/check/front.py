"""All claims of one text, each by the check of its kind, in the order of the claims."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from standoff.check.attribution import check_attribution, check_statements
from standoff.check.belonging import check_part
from standoff.check.bounding import Distances, stated
from standoff.check.distances import check_distance
from standoff.check.facts import Facts
from standoff.check.institutions import check_body, check_law
from standoff.check.numbers import (
    check_change,
    check_duration,
    check_ratio,
    check_repeat,
    check_sum,
)
from standoff.check.people import check_name, check_office, check_term
from standoff.check.shares import check_rank, check_share, check_state_ratio
from standoff.check.ships import check_ship
from standoff.check.times import check_date, check_order, check_sequence
from standoff.check.units import check_unit
from standoff.check.verdicts import unknown
from standoff.terms import (
    AttributionContent,
    ChangeContent,
    Claim,
    DateContent,
    DistanceContent,
    DurationContent,
    LawContent,
    NameContent,
    OfficeContent,
    OpenContent,
    OrderContent,
    PartContent,
    RankContent,
    RatioContent,
    RepeatContent,
    SequenceContent,
    ShareContent,
    Signal,
    StatementsContent,
    SumContent,
    TermContent,
    UnitContent,
    Verdict,
)


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

    >>> from standoff.terms import Quantity, Span, Comparator
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
    return [_check(c, published, signals, known, distances) for c in claims]


def _check(
    claim: Claim,
    published: date,
    signals: Sequence[Signal],
    facts: Facts,
    distances: Distances,
) -> Verdict:
    name, content = claim.id, claim.content
    match content:
        case DistanceContent():
            return check_distance(name, content, distances, facts)
        case UnitContent():
            return check_unit(name, content)
        case ShareContent():
            return check_share(name, content, published, facts)
        case RatioContent():
            return check_ratio(name, content) or check_state_ratio(name, content, published)
        case SumContent():
            return check_sum(name, content)
        case ChangeContent():
            return check_change(name, content)
        case RepeatContent():
            return check_repeat(name, content)
        case DurationContent():
            return check_duration(name, content)
        case RankContent():
            return check_rank(name, content, published)
        case OfficeContent():
            return check_office(name, content, facts)
        case NameContent():
            check = {"person": check_name, "ship": check_ship}.get(content.kind, check_body)
            return check(name, content)
        case TermContent():
            return check_term(name, content)
        case DateContent():
            return check_date(name, content)
        case OrderContent():
            return check_order(name, content)
        case SequenceContent():
            return check_sequence(name, content, signals)
        case PartContent():
            return check_part(name, content)
        case LawContent():
            return check_law(name, content)
        case AttributionContent():
            return check_attribution(name, content, published, facts)
        case StatementsContent():
            return check_statements(name, content, published, facts)
        case OpenContent():
            return unknown(name, content.reason)

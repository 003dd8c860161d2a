"""Every kind of claim by the record of its content: how it is checked, and how two reports of one
thing are held against each other.

A kind is added here and nowhere else in this room. `tests/unit/check/kinds` holds a table of true,
false and undecidable sentences for each, without which a test refuses the kind.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from standoff.check import comparing as two
from standoff.check.attribution import check_attribution, check_statements
from standoff.check.belonging import check_part
from standoff.check.bounding import Distances
from standoff.check.distances import check_distance
from standoff.check.edges import check_term
from standoff.check.facts import Facts
from standoff.check.hulls import check_hull
from standoff.check.institutions import check_body, check_law
from standoff.check.names import check_name
from standoff.check.numbers import (
    check_change,
    check_comparison,
    check_duration,
    check_ratio,
    check_repeat,
    check_sum,
)
from standoff.check.people import check_office
from standoff.check.shares import check_rank, check_share, check_state_ratio
from standoff.check.ships import check_ship
from standoff.check.times import check_date, check_order, check_sequence
from standoff.check.units import check_unit
from standoff.check.verdicts import unknown
from standoff.terms import (
    AttributionContent,
    ChangeContent,
    ComparisonContent,
    Content,
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
    ShipContent,
    Signal,
    StatementsContent,
    SumContent,
    TermContent,
    UnitContent,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may look at beside the claim: the day of the report, its signals, the facts, and
    the distances that the same text states."""

    published: date
    signals: Sequence[Signal]
    facts: Facts
    distances: Distances


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of claim. `check` takes the claim's id, its content and the context.

    `keys` say what a claim is about and `clash` whether two of one thing cannot both hold; None
    where two reports are not held against each other.
    """

    name: str
    check: Callable[[str, Any, Context], Verdict]
    keys: Callable[[Any], tuple[Hashable, ...]] | None = None
    clash: Callable[[Any, Any, two.Days], str] | None = None


def _distance(claim: str, content: DistanceContent, at: Context) -> Verdict:
    return check_distance(claim, content, at.distances, at.facts)


def _ratio(claim: str, content: RatioContent, at: Context) -> Verdict:
    return check_ratio(claim, content) or check_state_ratio(claim, content, at.published)


def _name(claim: str, content: NameContent, at: Context) -> Verdict:
    check = {"person": check_name, "ship": check_ship}.get(content.kind, check_body)
    return check(claim, content)


def _alone(check: Callable[[str, Any], Verdict]) -> Callable[[str, Any, Context], Verdict]:
    """A check that needs the claim alone."""
    return lambda claim, content, _: check(claim, content)


KINDS: dict[type[Content], Kind] = {
    DistanceContent: Kind("distance", _distance, two.distance_keys, two.distances_clash),
    UnitContent: Kind("unit", _alone(check_unit)),
    ShareContent: Kind(
        "share",
        lambda n, c, at: check_share(n, c, at.published, at.facts),
        two.share_keys,
        two.shares_clash,
    ),
    RatioContent: Kind("ratio", _ratio),
    SumContent: Kind("sum", _alone(check_sum)),
    ChangeContent: Kind("change", _alone(check_change)),
    ComparisonContent: Kind("comparison", _alone(check_comparison)),
    RepeatContent: Kind("repeat", _alone(check_repeat), two.repeat_keys, two.repeats_clash),
    DurationContent: Kind("duration", _alone(check_duration)),
    RankContent: Kind("rank", lambda n, c, at: check_rank(n, c, at.published)),
    OfficeContent: Kind(
        "office", lambda n, c, at: check_office(n, c, at.facts), two.office_keys, two.offices_clash
    ),
    NameContent: Kind("name", _name),
    ShipContent: Kind("ship", _alone(check_hull)),
    TermContent: Kind("term", _alone(check_term), two.term_keys, two.terms_clash),
    DateContent: Kind("date", _alone(check_date)),
    OrderContent: Kind("order", _alone(check_order)),
    SequenceContent: Kind("sequence", lambda n, c, at: check_sequence(n, c, at.signals)),
    PartContent: Kind("part", _alone(check_part)),
    LawContent: Kind("law", _alone(check_law), two.law_keys, two.laws_clash),
    AttributionContent: Kind(
        "attribution", lambda n, c, at: check_attribution(n, c, at.published, at.facts)
    ),
    StatementsContent: Kind(
        "statements", lambda n, c, at: check_statements(n, c, at.published, at.facts)
    ),
    OpenContent: Kind("open", lambda n, c, _: unknown(n, c.reason)),
}


def kind_of(content: Content) -> Kind | None:
    """The kind of a content.

    >>> kind_of(PartContent("Yilan", "Taiwan")).name
    'part'
    """
    return KINDS.get(type(content))

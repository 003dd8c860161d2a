"""What one distance of a text says about another: repetition and part-of logic.

Formula: if C is part of B then dist(A, B) <= dist(A, C).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from standoff.check.tolerance import Interval, interval
from standoff.check.units import convert, converted
from standoff.check.verdicts import number, plain
from standoff.reference import ancestors, find_places
from standoff.terms import Comparator, DistanceContent, Outcome, Quantity, Verdict


@dataclass(frozen=True, slots=True)
class Stated:
    """A distance claim with its value in km."""

    claim: str
    content: DistanceContent
    bounds: Interval


def stated(claim: str, content: DistanceContent) -> Stated | None:
    """The claim in km; None if its unit is no length or its value is missing."""
    bounds = converted(interval(content.quantity), content.quantity.unit, "km")
    if bounds is None or content.quantity.value is None:
        return None
    if content.basis == "way":
        # A way is at least as long as the straight line, and rarely more than twice as long.
        bounds = Interval(None if bounds.low is None else bounds.low / 2.0, bounds.high)
    return Stated(claim, content, bounds)


MOST_RELATED = 50
"""Other distances that one is held against, in the order of the text; of two that clash, one has the
other among its first. A text has a dozen of one pair at most."""


class Distances:
    """The distances of a text by the places that they join, so that each meets only its own kind."""

    def __init__(self, items: Sequence[Stated] = ()) -> None:
        self._same: dict[tuple[object, object], list[Stated]] = {}
        self._inner: dict[tuple[object, object], list[Stated]] = {}
        self._place = {item.claim: i for i, item in enumerate(items)}
        for item in items:
            for one, other in _ends(item.content):
                for key in _pairs(_names(one), _names(other)):
                    self._same.setdefault(key, []).append(item)
                for key in _pairs(_names(one), _wider(other)):
                    self._inner.setdefault(key, []).append(item)

    def related(self, own: Stated) -> list[Stated]:
        """Those of the same two places, of a part of one of them, or of a whole that one is part of."""
        found: dict[str, Stated] = {}
        for one, other in _ends(own.content):
            near, far, wide = _names(one), _names(other), _wider(other)
            for table, keys in (
                (self._same, _pairs(near, far)),
                (self._inner, _pairs(near, far)),
                (self._same, _pairs(near, wide)),
            ):
                for key in keys:
                    found |= {s.claim: s for s in table.get(key, ())[: MOST_RELATED + 1]}
        found.pop(own.claim, None)
        return sorted(found.values(), key=lambda s: self._place[s.claim])[:MOST_RELATED]


def _ends(content: DistanceContent) -> tuple[tuple[str, str], tuple[str, str]]:
    return (content.origin, content.destination), (content.destination, content.origin)


def _pairs(some: Sequence[object], others: Sequence[object]) -> Sequence[tuple[object, object]]:
    return [(a, b) for a in some for b in others]


@lru_cache(maxsize=8192)
def _names(name: str) -> tuple[object, ...]:
    """What a name stands for: itself, and the places of that name."""
    return (name.casefold(), *find_places(name))


@lru_cache(maxsize=8192)
def _wider(name: str) -> tuple[object, ...]:
    """The places that hold a place of this name."""
    return tuple(dict.fromkeys(a for p in find_places(name) for a in ancestors(p)))


def bounded(verdict: Verdict, own: Stated, distances: Distances) -> Verdict:
    """Add what the text's other distances say: a clash is INCONSISTENT, a bound is printed."""
    others = distances.related(own)
    notes: list[str] = []
    clash: list[str] = []
    for other in others:
        relation = _relation(own.content, other.content)
        if not relation:
            continue
        shown = plain(other.content.quantity)
        if relation == "same":
            if not own.bounds.overlaps(other.bounds):
                clash.append(other.claim)
                notes.append(f"the text also gives {shown} for the same distance")
            continue
        bound = km_of(other.content.quantity)
        if relation == "upper" and own.content.quantity.comparator is not Comparator.LESS:
            notes.append(
                f"at most {number(bound or 0.0)} km, because {other.content.destination}"
                f" is part of {own.content.destination}"
                if other.content.destination != own.content.destination
                else f"at most {number(bound or 0.0)} km, because {other.content.origin}"
                f" is part of {own.content.origin}"
            )
            low, high = own.bounds.low, other.bounds.high
            if low is not None and high is not None and low > high:
                clash.append(other.claim)
        elif relation == "lower":
            low, high = other.bounds.low, own.bounds.high
            if low is not None and high is not None and low > high:
                clash.append(other.claim)
                notes.append(f"the text's {shown} for the wider place cannot hold beside it")
    if not notes and not clash:
        return verdict
    why = "; ".join([verdict.why, *dict.fromkeys(notes)])
    outcome = verdict.outcome
    # A clash proves that one of the two is wrong. If the other is the one refuted by a
    # reference, this one is not to blame.
    if clash and outcome is Outcome.NOT_CHECKABLE:
        outcome = Outcome.INCONSISTENT
    return replace(verdict, outcome=outcome, why=why, against=tuple(dict.fromkeys(clash)))


def _relation(own: DistanceContent, other: DistanceContent) -> str:
    """ "same", "upper" (the other bounds this one from above), "lower", or ""."""
    pairs = (
        (own.origin, own.destination, other.origin, other.destination),
        (own.origin, own.destination, other.destination, other.origin),
    )
    for a, b, c, d in pairs:
        if _same(a, c) and _same(b, d):
            return "same"
        if (_same(a, c) and _inside(d, b)) or (_same(b, d) and _inside(c, a)):
            return "upper"
        if (_same(a, c) and _inside(b, d)) or (_same(b, d) and _inside(a, c)):
            return "lower"
    return ""


@lru_cache(maxsize=8192)
def _same(first: str, second: str) -> bool:
    return first.casefold() == second.casefold() or bool(
        set(find_places(first)) & set(find_places(second))
    )


@lru_cache(maxsize=8192)
def _inside(inner: str, outer: str) -> bool:
    """Whether every reading of `inner` lies in some reading of `outer`, and it is not the same."""
    whole = set(find_places(outer))
    parts = find_places(inner)
    return (
        bool(parts and whole)
        and not (set(parts) & whole)
        and all(any(a in whole for a in ancestors(p)) for p in parts)
    )


def km_of(quantity: Quantity) -> float | None:
    return None if quantity.value is None else convert(quantity.value, quantity.unit, "km")

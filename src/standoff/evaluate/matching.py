"""Which emitted signal is which coded one.

With places: an emitted signal may be a coded one if it covers the middle of its key words and the two
spans overlap by a fifth or more of their union; one to one, the largest overlap first, and of equal
ones the later. Without places (sentences): the event or the sources must agree; one to one, the most
of event, sources, targets and status in common first, and of equal ones the earlier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from standoff.evaluate.coding import CodedClaim, CodedSignal

Pair = tuple[int, int]
OVERLAP = 0.2
WHO_WHAT = ("sources", "targets", "event", "status")
"""The four fields that must all be right for a signal to enter the right series with the right sign."""

T = TypeVar("T")
U = TypeVar("U")


def overlap(a: CodedSignal | CodedClaim, b: CodedSignal | CodedClaim) -> float:
    """Intersection over union of two spans; 0 without places."""
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return 0.0
    shared = max(0, min(a.end, b.end) - max(a.start, b.start))
    return shared / max(1, max(a.end, b.end) - min(a.start, b.start))


def covers(span: CodedSignal, words: CodedSignal) -> bool:
    """True if a signal's span covers the middle of the other's key words."""
    if span.start is None or span.end is None or words.trigger is None:
        return False
    return span.start <= (words.trigger[0] + words.trigger[1]) / 2 <= span.end


def right(field: str, emitted: CodedSignal, gold: CodedSignal) -> bool:
    """True if a field of the emitted signal is the coded one, or an accepted other event."""
    value, wanted = emitted.values.get(field), gold.values.get(field)
    return value == wanted or (field == "event" and value in gold.alternatives)


def match_signals(
    emitted: Sequence[CodedSignal], gold: Sequence[CodedSignal], *, placed: bool
) -> list[Pair]:
    """Pairs of places in the two lists, in the order in which they were chosen."""
    if placed:
        return one_to_one(
            emitted, gold, lambda p, g: overlap(p, g) if covers(p, g) else 0.0, OVERLAP
        )
    found = [
        (-sum(right(f, p, g) for f in WHO_WHAT), i, j)
        for i, p in enumerate(emitted)
        for j, g in enumerate(gold)
        if right("event", p, g) or p.sources == g.sources
    ]
    return _chosen((i, j) for _, i, j in sorted(found))


def match_alike(first: Sequence[CodedSignal], second: Sequence[CodedSignal]) -> list[Pair]:
    """Pairs of two codings of which neither is the standard: the key words of one are covered."""

    def score(a: CodedSignal, b: CodedSignal) -> float:
        return overlap(a, b) if covers(a, b) or covers(b, a) else 0.0

    return one_to_one(first, second, score, OVERLAP)


def one_to_one(
    first: Sequence[T], second: Sequence[U], score: Callable[[T, U], float], least: float
) -> list[Pair]:
    """Greedy pairs by falling score of at least `least`; of equal scores the later places first.

    >>> one_to_one("ab", "xyz", lambda a, x: {"ax": 0.5, "bx": 0.9, "az": 0.2}.get(a + x, 0), 0.2)
    [(1, 0), (0, 2)]
    """
    found = sorted(
        (
            (value, i, j)
            for i, a in enumerate(first)
            for j, b in enumerate(second)
            if (value := score(a, b)) >= least
        ),
        reverse=True,
    )
    return _chosen((i, j) for _, i, j in found)


def _chosen(candidates: Iterable[Pair]) -> list[Pair]:
    left, taken, out = set[int](), set[int](), list[Pair]()
    for i, j in candidates:
        if i not in left and j not in taken:
            left.add(i)
            taken.add(j)
            out.append((i, j))
    return out

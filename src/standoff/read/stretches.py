"""Stretches of a text, asked whether they touch another: by search, so that long texts stay linear."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from itertools import accumulate

from standoff.terms import Span


class Stretches:
    """Stretches that are known from the start; they may overlap.

    >>> stretches = Stretches([(5, 9), (0, 2)])
    >>> stretches.touch(2, 5), stretches.touch(1, 3), stretches.hold(8), stretches.hold(9)
    (False, True, True, False)
    """

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(pairs)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))
        """How far the stretches up to this one go."""

    @classmethod
    def of(cls, spans: Iterable[Span]) -> Stretches:
        """The stretches of spans."""
        return cls((s.start, s.end) for s in spans)

    def touch(self, start: int, end: int) -> bool:
        """Whether any has a character of `start:end`."""
        at = bisect_left(self._starts, end)
        return at > 0 and self._reach[at - 1] > start

    def hold(self, place: int) -> bool:
        """Whether any has the character at `place`."""
        return self.touch(place, place + 1)


class Apart:
    """Stretches that are taken in one by one, none touching another.

    >>> apart = Apart()
    >>> apart.take(5, 9), apart.take(0, 5), apart.take(8, 12)
    (True, True, False)
    """

    def __init__(self) -> None:
        self._held: list[tuple[int, int]] = []

    def take(self, start: int, end: int) -> bool:
        """Take `start:end` in, unless one that was taken before has a character of it."""
        at = bisect_left(self._held, (start, end))
        before = at > 0 and self._held[at - 1][1] > start
        behind = at < len(self._held) and self._held[at][0] < end
        if before or behind:
            return False
        insort(self._held, (start, end))
        return True

"""Sorted keys: what held for a pair in a year, and what happened to a pair before a moment.

The same two look-ups serve a panel of a hundred thousand dyad-years and one pair on one day.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Happenings", "YearTable", "expand", "pair_key"]

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_YEARS = 4096
"""Room for the year in a key: above any year of the calendar in use."""


def pair_key(first: npt.ArrayLike, second: npt.ArrayLike) -> Ints:
    """One number for an ordered pair of COW codes.

    Example:
        >>> pair_key([710], [713]).tolist()
        [710713]
    """
    return np.asarray(first, dtype=np.int64) * 1000 + np.asarray(second, dtype=np.int64)


def expand(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Spells to years: (row of the spell, year), both ends inclusive.

    Example:
        >>> rows, years = expand(np.array([2000, 2010]), np.array([2002, 2010]))
        >>> rows.tolist(), years.tolist()
        ([0, 0, 0, 1], [2000, 2001, 2002, 2010])
    """
    length = np.maximum(last - first + 1, 0)
    row = np.repeat(np.arange(len(first)), length)
    start = np.cumsum(length) - length
    return row, first[row] + np.arange(len(row)) - start[row]


@dataclass(frozen=True, slots=True)
class YearTable:
    """A value per key (a state or a pair) and year; what is not in the table is 0.

    Attributes:
        keys: (entry,) sorted, key * 4096 + year.
        values: (entry,).
        last: the last year of the table; later years take its values (and are to be named so).
    """

    keys: Ints
    values: Array
    last: int

    @classmethod
    def of(cls, key: Ints, year: Ints, value: npt.ArrayLike, last: int) -> YearTable:
        """Build; of two entries for one key and year the first given stands."""
        full = key * _YEARS + year
        order = np.argsort(full, kind="stable")
        full, values = full[order], np.broadcast_to(np.asarray(value, float), full.shape)[order]
        fresh = np.ones(len(full), dtype=bool)
        fresh[1:] = full[1:] != full[:-1]
        return cls(full[fresh], values[fresh], last)

    @classmethod
    def of_spells(
        cls, key: Ints, first: Ints, last: Ints, value: npt.ArrayLike, end: int
    ) -> YearTable:
        """Build from spells of years, cut at `end`."""
        row, year = expand(first, np.minimum(last, end))
        values = np.broadcast_to(np.asarray(value, float), key.shape)
        return cls.of(key[row], year, values[row], end)

    def find(self, key: npt.ArrayLike, year: npt.ArrayLike) -> tuple[Array, npt.NDArray[np.bool_]]:
        """(value, whether there is an entry), both (query,)."""
        wanted = np.asarray(key, np.int64) * _YEARS + np.minimum(
            np.asarray(year, np.int64), self.last
        )
        if not len(self.keys):
            return np.zeros(wanted.shape), np.zeros(wanted.shape, dtype=bool)
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        there = self.keys[at] == wanted
        return np.where(there, self.values[at], 0.0), there

    def at(self, key: npt.ArrayLike, year: npt.ArrayLike) -> Array:
        """Values, (query,); 0 where there is no entry."""
        return self.find(key, year)[0]


@dataclass(frozen=True, slots=True)
class Happenings:
    """Dated events by key.

    Attributes:
        keys: (event,) sorted.
        times: (event,) years and fractions, sorted within a key.
    """

    keys: Ints
    times: Array

    @classmethod
    def of(cls, key: Ints, time: Array) -> Happenings:
        """Build from events in any order."""
        order = np.lexsort((time, key))
        return cls(key[order], time[order])

    def before(self, key: Ints, time: Array) -> tuple[Ints, Array]:
        """Past events of each query: (row of the query, age of the event in years)."""
        low = np.searchsorted(self.keys, key, side="left")
        high = np.searchsorted(self.keys, key, side="right")
        row, place = expand(low.astype(np.int64), high.astype(np.int64) - 1)
        age = time[row] - self.times[place]
        past = age > 0
        return row[past], age[past]

    def count(self, key: Ints, time: Array, within: float) -> Array:
        """How many events in the `within` years before each query, (query,)."""
        row, age = self.before(key, time)
        return np.bincount(row[age <= within], minlength=len(key)).astype(float)

    def faded(self, key: Ints, time: Array, scale: float) -> Array:
        """Sum of exp(-age / scale) over the past events of each query, (query,)."""
        row, age = self.before(key, time)
        return np.bincount(row, weights=np.exp(-age / scale), minlength=len(key)).astype(float)

    def last(self, key: Ints, time: Array) -> Array:
        """Time of the last past event of each query, -inf where there is none, (query,)."""
        found = np.full(len(key), -np.inf)
        row, age = self.before(key, time)
        np.maximum.at(found, row, time[row] - age)
        return found

"""What is known of all pairs of states since 1816, in one small file, and when each table ends.

The shipped file `data/dyads-1.zip` holds tables as CSV, made from public data sets by
`scripts/make_dyads.py`; `SOURCES.csv` in it names source, release, coverage and terms of each.
`data/clashes.csv` continues the disputes after 2010 by another and narrower rule; every count says
which of the two it rests on. A table that has ended is carried forward with its last year, and a
card that does so says it.

Codes inside are those of the COW project; :func:`cow_code` translates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from standoff.errors import ImpossibleDate, UnknownActor
from standoff.forecast.lookup import Array, Happenings, Ints, YearTable, pair_key
from standoff.reference import crosswalk, states

__all__ = [
    "ATTACK",
    "DISPLAY",
    "FORCE",
    "LEVELS",
    "TABLES",
    "WAR",
    "Clash",
    "Coverage",
    "Facts",
    "cow_code",
    "year_fraction",
]

Mask = npt.NDArray[np.bool_]

DISPLAY, FORCE, ATTACK, WAR = 0, 1, 2, 3
"""Levels of a dispute: threat or display; force; force with at least 26 deaths; war.

An attack is one of the last two.
"""
LEVELS = {"display": DISPLAY, "force": FORCE, "attack": ATTACK}
TABLES: Mapping[str, tuple[str, ...]] = {
    "states": ("ccode", "first_year", "first_day", "last_year", "last_day"),
    "capabilities": ("ccode", "year", "cinc"),
    "majors": ("ccode", "first_year", "last_year"),
    "contiguity": ("ccode1", "ccode2", "conttype", "first_year", "last_year"),
    "pacts": ("ccode1", "ccode2", "kind", "first_year", "last_year"),
    "rivalries": ("ccode1", "ccode2", "spatial", "first_year", "last_year"),
    "nuclear": ("ccode", "first_year", "last_year"),
    "disputes": (
        *("dispnum", "ccode1", "ccode2", "year", "month", "onset", "level"),
        *("begun1", "begun2", "side_a1", "side_a2"),
    ),
}
"""Members of the file and their columns, all numbers.

`states`: days of the year (1 to 366) at which a spell begins and ends; 2100 is open. `pacts`: what
the first owes the second, kind 1 defence, 2 non-aggression. `contiguity`, `rivalries`, `disputes`
hold each pair once, the lower code first; conttype 1 land, 2 to 5 sea. `disputes` has a row for each
year in which one runs; `begun`: on the side that moved first, or a joiner; `side_a`: on that side.
"""
DEFENCE, NONAGGRESSION = 1, 2
_LATEST = 1 - 1e-6
"""The end of a year, as a fraction of it."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one table covers.

    Attributes:
        table: its name.
        first, last: years.
        source, terms: release and citation; what its makers allow.
    """

    table: str
    first: int
    last: int
    source: str
    terms: str


@dataclass(frozen=True, slots=True)
class Clash:
    """A row of the table that continues the record of disputes.

    Attributes:
        challenger, protege: codes of actors.
        start: day.
        level: display, force or attack.
        begun: whether the challenger began or joined; False where it replied.
        name: as in the table.
    """

    challenger: str
    protege: str
    start: date
    level: str
    begun: bool
    name: str


@dataclass(frozen=True, eq=False)
class Facts:
    """Tables by name, each (row, column), and the look-ups made of them when first asked for.

    Attributes:
        tables: as :data:`TABLES`.
        coverage: table to what it covers.
        clashes: disputes after the table `disputes` ends.
        clashes_end: last day of the table of clashes; None where it is not there.
    """

    tables: Mapping[str, Array]
    coverage: Mapping[str, Coverage]
    clashes: tuple[Clash, ...] = ()
    clashes_end: date | None = None

    def column(self, table: str, name: str) -> Array:
        """One column, (row,)."""
        return self.tables[table][:, TABLES[table].index(name)]

    def whole(self, table: str, name: str) -> Ints:
        """One column as whole numbers, (row,)."""
        return self.column(table, name).astype(np.int64)

    @property
    def end(self) -> date:
        """The last day for which the record of disputes is kept, here or by the clashes."""
        return self.clashes_end or date(self.coverage["disputes"].last, 12, 31)

    # ------------------------------------------------------------------ what holds in a year

    @cached_property
    def capabilities(self) -> YearTable:
        """State and year to its share of the world's capabilities."""
        key, year = self.whole("capabilities", "ccode"), self.whole("capabilities", "year")
        share = self.column("capabilities", "cinc")
        return YearTable.of(key, year, share, self.coverage["capabilities"].last)

    @cached_property
    def births(self) -> YearTable:
        """State and year to the year in which its present spell in the system began."""
        first, last = self.whole("states", "first_year"), self.whole("states", "last_year")
        key, end = self.whole("states", "ccode"), self.coverage["states"].last
        return YearTable.of_spells(key, first, last, first, end)

    @cached_property
    def majors(self) -> YearTable:
        """State and year to 1 for a major power."""
        return self._spells("majors")

    @cached_property
    def nuclear(self) -> YearTable:
        """State and year to 1 for a state with nuclear weapons."""
        return self._spells("nuclear")

    @cached_property
    def contiguity(self) -> YearTable:
        """Ordered pair and year to the kind of contiguity: 1 land, 2 to 5 sea, 0 none."""
        return self._pairs("contiguity", self.column("contiguity", "conttype"))

    @cached_property
    def rivalry(self) -> YearTable:
        """Ordered pair and year to 1 for strategic rivals of any kind."""
        return self._pairs("rivalries", np.ones(len(self.tables["rivalries"])))

    @cached_property
    def territorial(self) -> YearTable:
        """Ordered pair and year to 1 for rivals over territory."""
        keep = self.whole("rivalries", "spatial") == 1
        return self._pairs("rivalries", np.ones(int(keep.sum())), keep)

    @cached_property
    def defence(self) -> YearTable:
        """Ordered pair and year to 1 where the first owed the second defence."""
        keep = self.whole("pacts", "kind") == DEFENCE
        return self._pairs("pacts", np.ones(int(keep.sum())), keep, both=False)

    @cached_property
    def nonaggression(self) -> YearTable:
        """Ordered pair and year to 1 where the first owed the second non-aggression."""
        keep = self.whole("pacts", "kind") == NONAGGRESSION
        return self._pairs("pacts", np.ones(int(keep.sum())), keep, both=False)

    def _spells(self, table: str) -> YearTable:
        first, last = self.whole(table, "first_year"), self.whole(table, "last_year")
        end = self.coverage[table].last
        return YearTable.of_spells(self.whole(table, "ccode"), first, last, 1.0, end)

    def _pairs(
        self, table: str, value: Array, keep: Mask | None = None, *, both: bool = True
    ) -> YearTable:
        part = slice(None) if keep is None else keep
        a, b = self.whole(table, "ccode1")[part], self.whole(table, "ccode2")[part]
        first, last = self.whole(table, "first_year")[part], self.whole(table, "last_year")[part]
        key = pair_key(a, b)
        if both:
            key = np.concatenate([key, pair_key(b, a)])
            first, last, value = np.tile(first, 2), np.tile(last, 2), np.tile(value, 2)
        return YearTable.of_spells(key, first, last, value, self.coverage[table].last)

    # ------------------------------------------------------------------ what happened before a day

    @cached_property
    def onsets(self) -> Happenings:
        """Disputes that the first of an ordered pair began, one a year."""
        return self._happenings(DISPLAY, directed=True)

    @cached_property
    def attacks(self) -> Happenings:
        """Attacks that the first of an ordered pair began, one a year."""
        return self._happenings(ATTACK, directed=True)

    @cached_property
    def met(self) -> Happenings:
        """Disputes between an ordered pair, whoever began, one a year."""
        return self._happenings(DISPLAY, directed=False)

    @cached_property
    def met_force(self) -> Happenings:
        """Disputes with force between an ordered pair, whoever began, one a year."""
        return self._happenings(FORCE, directed=False)

    @cached_property
    def met_attack(self) -> Happenings:
        """Attacks between an ordered pair, whoever began, one a year."""
        return self._happenings(ATTACK, directed=False)

    @cached_property
    def initiations(self) -> Happenings:
        """Disputes by the state that began them."""
        return Happenings.of(self.onsets.keys // 1000, self.onsets.times)

    @cached_property
    def targetings(self) -> Happenings:
        """Disputes by the state against which they were begun."""
        return Happenings.of(self.onsets.keys % 1000, self.onsets.times)

    @cached_property
    def trouble(self) -> Happenings:
        """Years with a dispute between an ordered pair, at the moment at which they are known.

        A dispute is known when it begins; one carried over from the year before by the end of
        January. Rounded down, the time is the year.
        """
        a, b, time = self._rows()
        fresh = self.whole("disputes", "onset") == 1
        when = np.where(fresh, time, np.floor(time) + 1 / 12)
        clash, since = self._clash_keys, self._clash_times
        turned = clash % 1000 * 1000 + clash // 1000
        return Happenings.of(
            np.concatenate([pair_key(a, b), pair_key(b, a), clash, turned]),
            np.concatenate([when, when, since, since]),
        )

    def _happenings(self, level: int, *, directed: bool) -> Happenings:
        a, b, time = self._rows()
        fresh = (self.whole("disputes", "onset") == 1) & (self.whole("disputes", "level") >= level)
        if level > DISPLAY:
            # What a dispute grew to is known later than its beginning: at the end of the year.
            time = np.floor(time) + _LATEST
        begun = [
            fresh & ((self.whole("disputes", mark) == 1) | (not directed))
            for mark in ("begun1", "begun2")
        ]
        clash, since = self._clash_keys, self._clash_times
        hit = np.array([LEVELS[c.level] >= level for c in self.clashes], dtype=bool)
        own = hit & (np.array([c.begun for c in self.clashes], dtype=bool) | (not directed))
        turned = clash % 1000 * 1000 + clash // 1000
        other = hit & (not directed)
        parts = (pair_key(a, b)[begun[0]], pair_key(b, a)[begun[1]], clash[own], turned[other])
        key = np.concatenate(parts)
        when = np.concatenate([time[begun[0]], time[begun[1]], since[own], since[other]])
        keep = key >= 0
        key, when = key[keep], when[keep]
        order = np.lexsort((when, key))
        key, when = key[order], when[order]
        # The disputes have one row for a pair and a year: several clashes of a year count once.
        again = np.zeros(len(key), dtype=bool)
        again[1:] = (key[1:] == key[:-1]) & (np.floor(when[1:]) == np.floor(when[:-1]))
        return Happenings(key[~again], when[~again])

    def _rows(self) -> tuple[Ints, Ints, Array]:
        year, month = self.column("disputes", "year"), self.column("disputes", "month")
        time = year + (np.clip(month, 1, 12) - 0.5) / 12
        return self.whole("disputes", "ccode1"), self.whole("disputes", "ccode2"), time

    @cached_property
    def _clash_keys(self) -> Ints:
        pairs = [(_cow(c.challenger, c.start), _cow(c.protege, c.start)) for c in self.clashes]
        # A place or a group that is no state has no dyad here.
        keys = [a * 1000 + b if a and b else -1 for a, b in pairs]
        return np.array(keys, dtype=np.int64)

    @cached_property
    def _clash_times(self) -> Array:
        return np.array([year_fraction(c.start) for c in self.clashes], dtype=float)

    # ------------------------------------------------------------------ states

    def together(self, first: int, second: int, on: date) -> float | None:
        """When two states began to exist side by side, as a year and fraction; None if not on `on`."""
        moment = year_fraction(on)
        begun = [self._since(code, moment) for code in (first, second)]
        return None if begun[0] is None or begun[1] is None else max(begun[0], begun[1])

    def _since(self, code: int, moment: float) -> float | None:
        rows = self.tables["states"]
        for row in rows[rows[:, 0] == code]:
            start, stop = row[1] + (row[2] - 1) / 366, row[3] + row[4] / 366
            if start <= moment <= stop:
                return float(start)
        return None


def year_fraction(on: date) -> float:
    """A day as a year and fraction.

    Example:
        >>> round(year_fraction(date(1990, 7, 1)), 3), year_fraction(date(1946, 1, 1))
        (1990.496, 1946.0)
    """
    length = (date(on.year + 1, 1, 1) - date(on.year, 1, 1)).days
    return on.year + (on.timetuple().tm_yday - 1) / length


@lru_cache(maxsize=4096)
def _cow(actor: str, on: date) -> int | None:
    try:
        return int(crosswalk(actor, frm="iso3", to="cow", on=on))
    except UnknownActor:
        return None


def _then(actor: str, on: date) -> str:
    """What to do about a state that was not there on a day: the code of the same state then, if any."""
    codes = {s.cow for s in states() if s.actor == actor and s.cow}
    heirs = {
        s.actor for s in states()
        if s.cow in codes and s.actor != actor and _cow(s.actor, on) is not None
    }  # fmt: skip
    if heirs:
        return f"{' or '.join(sorted(heirs))}, the same state of the COW on that day"
    return "take another day, or the state that held the ground then"


def cow_code(actor: str, on: date) -> int:
    """The COW code of a state on a day.

    Raises:
        UnknownActor: no state of that code, ever.
        ImpossibleDate: a state of that code, but not on that day.

    Example:
        >>> cow_code("SUN", date(1980, 1, 1)), cow_code("RUS", date(2022, 1, 1))
        (365, 365)
    """
    spells = [s for s in states() if s.actor == actor]
    if not spells:
        raise UnknownActor(f'"{actor}"', "an alpha-3 code of a state", "standoff actors list")
    code = _cow(actor, on)
    if code is None:
        said = "; ".join(f"{s.cow_from or 'never'} to {s.cow_to or 'now'}" for s in spells)
        raise ImpossibleDate(
            f"{actor} on {on.isoformat()}",
            f"a day on which it was in the system of states ({said})",
            _then(actor, on),
        )
    return code

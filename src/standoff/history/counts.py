"""Base rates counted from public data sets: reference classes of directed dyad-years.

An *attack* of A on B in a year is a dispute that begins in that year with A on side A, in which
either of the two went to war, or used force with at least 26 deaths on one side (hostility level 5,
or 4 with fatality level 2 or more). A *challenge* is any other such dispute. The unit is the
directed dyad-year of two states that were both in the COW system.

These are the counts that the shipped systems and the game's calibration stand on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from standoff.errors import UnreadableFile
from standoff.history.datasets import DataTable
from standoff.history.rates import Rate, rate

__all__ = ["DyadYearCounts", "count_rivalries", "joining_rate"]

DyadYear = tuple[int, int, int]
_OPEN = 2016
"""The release of 2016 closes spells that go on with 2016-12-31."""


@dataclass(frozen=True, slots=True)
class DyadYearCounts:
    """Attacks and challenges among the directed dyad-years of a class."""

    name: str
    dyad_years: int
    attacks: int
    challenges: int

    def attack_rate(self, level: float = 0.9) -> Rate:
        """Attacks per directed dyad-year."""
        return rate(self.attacks, self.dyad_years, level=level, label=f"attacks, {self.name}")

    def challenge_rate(self, level: float = 0.9) -> Rate:
        """Challenges short of attack per directed dyad-year."""
        return rate(self.challenges, self.dyad_years, level=level, label=f"challenges, {self.name}")


def count_rivalries(
    rivalries: DataTable,
    disputes: DataTable,
    states: DataTable,
    alliances: DataTable | None = None,
    majors: DataTable | None = None,
    *,
    first: int = 1946,
    last: int = 2010,
    kind: str = "spatial",
) -> dict[str, DyadYearCounts]:
    """Count attacks and challenges between rivals, and between rivals of a protected target.

    Args:
        rivalries: `tss-rivalries`.
        disputes: `gml-ddy`.
        states: `cow-states`.
        alliances, majors: `atop-ddyr` and `cow-majors`; with both, the class of targets to which
            a major power owed defence is counted too.
        first, last: years, both inclusive.
        kind: `spatial` (territorial), `positional`, `ideological`, `interventionary`, or `all`.

    Returns:
        class name (`rivals`, and `protected`) to counts.

    Raises:
        UnreadableFile: a table of another data set.
    """
    for table, want in (
        (rivalries, "tss-rivalries"),
        (disputes, "gml-ddy"),
        (states, "cow-states"),
        (alliances, "atop-ddyr"),
        (majors, "cow-majors"),
    ):
        if table is not None and table.dataset.id != want:
            raise UnreadableFile(f"{table.dataset.id}", want, "give the tables in this order")
    member = _years(states)
    units: set[DyadYear] = set()
    marks = None if kind == "all" else rivalries.text(kind)
    spells = zip(
        rivalries.integers("ccode1"),
        rivalries.integers("ccode2"),
        rivalries.integers("start"),
        rivalries.integers("end"),
        strict=True,
    )
    for i, (a, b, begin, end) in enumerate(spells):
        if marks is not None and marks[i] != "1":
            continue
        for year in range(max(first, begin), min(last, end) + 1):
            if year in member.get(a, ()) and year in member.get(b, ()):
                units |= {(a, b, year), (b, a, year)}
    started = dict(_initiated(disputes))
    found = {"rivals": _count(f"{kind} rivals {first}-{last}", units, started)}
    if alliances is not None and majors is not None:
        guarded = _guarded(alliances, _years(majors))
        inside = {u for u in units if (u[1], u[2]) in guarded}
        name = f"{kind} rivals {first}-{last}, target protected by a major power"
        found["protected"] = _count(name, inside, started)
    return found


def _years(spells: DataTable) -> dict[int, set[int]]:
    """State to the years in which it was a member, the first and the last inclusive."""
    found: dict[int, set[int]] = {}
    for code, begin, end in zip(
        spells.integers("ccode"), spells.integers("styear"), spells.integers("endyear"), strict=True
    ):
        until = 2100 if end >= _OPEN else end
        found.setdefault(code, set()).update(range(begin, until + 1))
    return found


def _initiated(disputes: DataTable) -> Iterator[tuple[DyadYear, bool]]:
    """Directed dyad-years in which the first began a dispute, and whether it was an attack."""
    onset = disputes.numbers("gmlmidonset") == 1
    side_a = disputes.numbers("sidea1") == 1
    level = np.fmax(disputes.numbers("hostlev1"), disputes.numbers("hostlev2"))
    deaths = np.fmax(disputes.numbers("fatality1"), disputes.numbers("fatality2"))
    attack = (level == 5) | ((level == 4) & (deaths >= 2))
    keys = zip(
        disputes.integers("ccode1"),
        disputes.integers("ccode2"),
        disputes.integers("year"),
        strict=True,
    )
    for i, key in enumerate(keys):
        if onset[i] and side_a[i]:
            yield key, bool(attack[i])


def _guarded(alliances: DataTable, majors: dict[int, set[int]]) -> set[tuple[int, int]]:
    """(state, year) to which a major power owed defence."""
    owed = alliances.numbers("atop_defense") == 1
    rows = zip(
        alliances.integers("ccode1"),
        alliances.integers("ccode2"),
        alliances.integers("year"),
        strict=True,
    )
    return {(b, y) for i, (a, b, y) in enumerate(rows) if owed[i] and y in majors.get(a, ())}


def _count(name: str, units: set[DyadYear], started: dict[DyadYear, bool]) -> DyadYearCounts:
    hits = [started[u] for u in units if u in started]
    return DyadYearCounts(name, len(units), sum(hits), len(hits) - sum(hits))


def joining_rate(
    table: DataTable,
    *,
    wars: bool = False,
    major: bool | None = None,
    since: int | None = None,
    level: float = 0.9,
) -> Rate:
    """How often a defence ally joined a dispute on the side of its target.

    Args:
        table: `joining`.
        wars: only disputes that reached war.
        major: only allies that are, or are not, major powers.
        since: only disputes of this year or later.

    Raises:
        UnreadableFile: a table of another data set.
    """
    if table.dataset.id != "joining":
        raise UnreadableFile(table.dataset.id, "joining", "give the joining opportunities")
    keep = np.ones(len(table), dtype=bool)
    if wars:
        keep &= table.numbers("hostlev") == 5
    if major is not None:
        keep &= (table.numbers("ally_major") == 1) == major
    if since is not None:
        keep &= table.numbers("year") >= since
    joined = (table.numbers("joined") == 1) & keep
    words = ["defence ally joins"]
    words += ["a war"] if wars else ["a dispute"]
    words += [] if major is None else ["(major power)" if major else "(not a major power)"]
    words += [] if since is None else [f"since {since}"]
    return rate(int(joined.sum()), int(keep.sum()), level=level, label=" ".join(words))

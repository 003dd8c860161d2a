"""What a rate is made of: regressors of a pair of states at a moment, from what was known before it.

One function serves a panel of dyad-years (the moment is 1 January) and a card (the moment is the
day). Disputes count when they began before the moment. Tables by year (capabilities, pacts,
rivalries, nuclear weapons) are those of the year before; borders and major powers those of the year.

With A the challenger, B the protege, ages in years, sums over past disputes:

| name | value |
| --- | --- |
| begun_1, begun_5, begun_20 | ln(1 + disputes that A began against B in that many years) |
| reverse_5, reverse_20 | the same of B against A |
| peace_5, peace_20 | exp(-y / 5), exp(-y / 20) of the years y without a dispute between them |
| running | 1 if there was a dispute in the year before or in this one |
| fought, forced | ln(1 + sum exp(-age / 8)) over attacks, over disputes with force, whoever began |
| active_a, active_b | ln(1 + sum exp(-age / 3)) over disputes that A, that B began with anyone |
| target_a, target_b | the same over disputes begun against A, against B |
| land, sea | 1 for a border on land; for water of up to 400 miles between them |
| size_a, size_b, gap | ln(share of world capabilities + .0001) of A, of B, and their distance |
| major_a, major_b | 1 for a major power |
| pact, nonaggression | 1 where A owes B defence; where A owes B non-aggression |
| rivals, territorial | 1 for strategic rivals; for rivals over territory |
| nuclear_a, nuclear_b, nuclear_both | 1 for a state with nuclear weapons |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standoff.forecast.facts import Facts
from standoff.forecast.lookup import Array, Happenings, Ints, pair_key

__all__ = [
    "DyadMoments",
    "Panel",
    "dyad_panel",
    "guarded",
    "happened",
    "in_scope",
    "pairs_in",
    "regressors",
    "years_of_peace",
]

Mask = npt.NDArray[np.bool_]
_MEMORY, _MOOD = 8.0, 3.0
"""Years in which a past attack of the pair, and a state's activity, fade to 1/e: chosen with the
regressors on years before 1991."""
_FLOOR = 1e-4
"""Added to a share of capabilities before the logarithm: about a state of a million people."""


@dataclass(frozen=True, slots=True)
class DyadMoments:
    """Ordered pairs at moments.

    Attributes:
        first, second: (row,) COW codes of challenger and protege.
        time: (row,) years and fractions.
    """

    first: Ints
    second: Ints
    time: Array

    @property
    def year(self) -> Ints:
        """(row,) calendar years."""
        return np.floor(self.time).astype(np.int64)

    def where(self, keep: Mask) -> DyadMoments:
        """The rows kept."""
        return DyadMoments(self.first[keep], self.second[keep], self.time[keep])

    @property
    def key(self) -> Ints:
        """(row,) challenger to protege."""
        return pair_key(self.first, self.second)

    @property
    def turned(self) -> Ints:
        """(row,) protege to challenger."""
        return pair_key(self.second, self.first)


def regressors(facts: Facts, at: DyadMoments) -> Mapping[str, Array]:
    """All regressors, name to (row,), as in the table above."""
    before = at.year - 1
    found = _record(facts, at) | _activity(facts, at)
    border = facts.contiguity.at(at.key, at.year)
    size_a, size_b = (_size(facts, code, at.year) for code in (at.first, at.second))
    nuclear_a, nuclear_b = (facts.nuclear.at(code, before) for code in (at.first, at.second))
    return found | {
        "land": (border == 1).astype(float),
        "sea": (border > 1).astype(float),
        "size_a": size_a,
        "size_b": size_b,
        "gap": np.abs(size_a - size_b),
        "major_a": facts.majors.at(at.first, at.year),
        "major_b": facts.majors.at(at.second, at.year),
        "pact": facts.defence.at(at.key, before),
        "nonaggression": facts.nonaggression.at(at.key, before),
        "rivals": facts.rivalry.at(at.key, before),
        "territorial": facts.territorial.at(at.key, before),
        "nuclear_a": nuclear_a,
        "nuclear_b": nuclear_b,
        "nuclear_both": nuclear_a * nuclear_b,
    }


def _record(facts: Facts, at: DyadMoments) -> dict[str, Array]:
    key, turned, time = at.key, at.turned, at.time
    found = {f"begun_{n}": np.log1p(facts.onsets.count(key, time, n)) for n in (1, 5, 20)}
    found |= {f"reverse_{n}": np.log1p(facts.onsets.count(turned, time, n)) for n in (5, 20)}
    last = np.floor(facts.trouble.last(key, time))
    peace = years_of_peace(facts, at)
    found["peace_5"], found["peace_20"] = np.exp(-peace / 5), np.exp(-peace / 20)
    found["running"] = (last >= at.year - 1).astype(float)
    found["fought"] = np.log1p(facts.met_attack.faded(key, time, _MEMORY))
    found["forced"] = np.log1p(facts.met_force.faded(key, time, _MEMORY))
    return found


def years_of_peace(facts: Facts, at: DyadMoments) -> Array:
    """Years since the last year with a dispute ended, or since both states exist, (row,)."""
    last = np.floor(facts.trouble.last(at.key, at.time))
    born = np.maximum(facts.births.at(at.first, at.year), facts.births.at(at.second, at.year))
    return np.maximum(at.time - np.maximum(last + 1, born), 0.0)


def _activity(facts: Facts, at: DyadMoments) -> dict[str, Array]:
    found: dict[str, Array] = {}
    for name, record in (("active", facts.initiations), ("target", facts.targetings)):
        for side, code in (("a", at.first), ("b", at.second)):
            # A state stands in many rows of one moment: count once.
            pairs = np.stack([code.astype(float), at.time])
            unique, inverse = np.unique(pairs, axis=1, return_inverse=True)
            sums = record.faded(unique[0].astype(np.int64), unique[1], _MOOD)
            found[f"{name}_{side}"] = np.log1p(sums)[inverse.reshape(-1)]
    return found


def _size(facts: Facts, code: Ints, year: Ints) -> Array:
    value, there = facts.capabilities.find(code, year - 1)
    # In its first year a state has no year before.
    return np.log(np.where(there, value, facts.capabilities.at(code, year)) + _FLOOR)


# ---------------------------------------------------------------------- the panel


@dataclass(frozen=True, slots=True)
class Panel:
    """Directed dyad-years with what came.

    Attributes:
        at: pairs on 1 January.
        onset, attack: (row,) whether A began a dispute, an attack, against B in the year.
        relevant: (row,) politically relevant: neighbours, or one a major power.
    """

    at: DyadMoments
    onset: Mask
    attack: Mask
    relevant: Mask


def in_scope(facts: Facts, at: DyadMoments) -> Mask:
    """Neighbours, rivals, one a major power, or a dispute between them in twenty years, (row,)."""
    met = facts.met.count(at.key, at.time, 20) > 0
    return politically_relevant(facts, at) | (facts.rivalry.at(at.key, at.year - 1) > 0) | met


def politically_relevant(facts: Facts, at: DyadMoments) -> Mask:
    """Neighbours by land or sea, or one a major power, (row,): the usual set of the field."""
    major = facts.majors.at(at.first, at.year) + facts.majors.at(at.second, at.year)
    return (facts.contiguity.at(at.key, at.year) > 0) | (major > 0)


def guarded(facts: Facts, at: DyadMoments, *, besides_challenger: bool) -> Array:
    """1 where a major power owed the protege defence in the year, (row,).

    Args:
        facts: tables.
        at: pairs; only the year of the moment counts.
        besides_challenger: leave out the challenger itself.
    """
    found = np.zeros(len(at.first))
    for power in np.unique(facts.whole("majors", "ccode")):
        held = np.full(len(at.first), power)
        owed = facts.defence.at(pair_key(held, at.second), at.year) * facts.majors.at(held, at.year)
        if besides_challenger:
            owed = owed * (at.first != power)
        found = np.maximum(found, owed)
    return found


def dyad_panel(facts: Facts, first: int, last: int) -> Panel:
    """Directed dyad-years in scope, both years inclusive.

    Two states make a dyad-year if both were in the system on one day of it at least.
    """
    parts: list[tuple[Ints, Ints, Array]] = []
    for year in range(first, last + 1):
        a, b = pairs_in(facts, year)
        at = DyadMoments(a, b, np.full(len(a), float(year)))
        keep = in_scope(facts, at)
        parts.append((a[keep], b[keep], at.time[keep]))
    a, b, time = (np.concatenate(p) for p in zip(*parts, strict=True))
    at = DyadMoments(a, b, time)
    onset, attack = (happened(h, at.key, at.year) for h in (facts.onsets, facts.attacks))
    return Panel(at, onset, attack, politically_relevant(facts, at))


def happened(record: Happenings, key: Ints, year: Ints) -> Mask:
    """Whether an event of the key came in the year, (query,)."""
    return np.isin(key * 4096 + year, record.keys * 4096 + np.floor(record.times).astype(np.int64))


def pairs_in(facts: Facts, year: int) -> tuple[Ints, Ints]:
    """(challengers, proteges): ordered pairs of states that share a day of the year."""
    rows = facts.tables["states"]
    rows = rows[(rows[:, 1] <= year) & (rows[:, 3] >= year)]
    begin = np.where(rows[:, 1] < year, 1, rows[:, 2])
    stop = np.where(rows[:, 3] > year, 366, rows[:, 4])
    code = rows[:, 0].astype(np.int64)
    shared = np.minimum(stop[:, None], stop) >= np.maximum(begin[:, None], begin)
    i, j = np.nonzero(shared & (code[:, None] != code))
    pair = np.unique(pair_key(code[i], code[j]))
    return pair // 1000, pair % 1000

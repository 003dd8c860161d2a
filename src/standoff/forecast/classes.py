"""Reference classes of a pair on a day: how often attacks came in cases like it, and which.

A case is a directed dyad-year of two states that were both in the system in the year. It holds an
attack if a dispute began in it with A on side A (the side that moved first) that was war, or force
with at least 26 deaths; one dispute counts a pair and a year. This is the rule of
`standoff history counts`: all territorial rivals 1946-2010 give 102 attacks in 4,388 dyad-years.
Joiners, whom the fitted rates count as challengers too, do not count here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from standoff.errors import ImpossibleDate, UnknownActor
from standoff.forecast.facts import ATTACK, Clash, Facts, cow_code
from standoff.forecast.facts_file import load_facts
from standoff.forecast.features import DyadMoments, guarded
from standoff.forecast.lookup import Ints, pair_key
from standoff.reference import allies_of, crosswalk

__all__ = [
    "RULES",
    "ClassCase",
    "ReferenceCount",
    "classes_for",
    "default_class",
    "reference_counts",
]

FIRST = 1946
_ENOUGH = (10, 500)
"""Attacks and dyad-years from which a class can stand for itself: an interval of a factor two."""
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ClassCase:
    """One attack behind a count.

    Attributes:
        year: in which the dispute began.
        challenger, protege: alpha-3 codes of that year.
        dispute: number in the record, or the name of the clash.
    """

    year: int
    challenger: str
    protege: str
    dispute: str


@dataclass(frozen=True, slots=True)
class ReferenceCount:
    """Attacks and disputes in the dyad-years of a class.

    Attributes:
        name: of the class.
        attacks, disputes: dyad-years in which A began one against B; attacks are disputes too.
        dyad_years: of the class.
        cases: the attacks, in order of time.
        member: whether the pair belongs to it on the day.
        rule: what makes a member.
    """

    name: str
    attacks: int
    disputes: int
    dyad_years: int
    cases: tuple[ClassCase, ...]
    member: bool
    rule: str


TERRITORIAL = "all territorial rivals"
GUARDED = "territorial rivals, target protected by a major power"
UNGUARDED = "territorial rivals, target not protected by a major power"
RIVALS = "strategic rivals of any kind"
NEIGHBOURS = "neighbours on land or over up to 400 miles of water"
RELEVANT = "neighbours, or one a major power"
RULES: Mapping[str, str] = {
    UNGUARDED: "rivals over territory; no major power owes B defence",
    GUARDED: "rivals over territory; a major power owes B defence",
    TERRITORIAL: "rivals over territory (Thompson, Sakuwa and Suhas)",
    RIVALS: "rivals over territory, position, ideology or by intervention",
    NEIGHBOURS: "contiguous on land or over up to 400 miles of water (COW)",
    RELEVANT: "contiguous, or one a major power (COW)",
}
"""Class to what makes a member, narrowest first."""
OWN = "the pair's own record"


def reference_counts(facts: Facts | None = None) -> Mapping[str, ReferenceCount]:
    """All classes over the years that the record of disputes covers, name to count.

    Example:
        >>> counts = reference_counts()
        >>> c = counts["all territorial rivals"]
        >>> c.attacks, c.disputes, c.dyad_years, len(c.cases)
        (102, 470, 4388, 102)
    """
    return _count_all(facts or load_facts())


@lru_cache(maxsize=4)
def _count_all(facts: Facts) -> Mapping[str, ReferenceCount]:
    last = facts.coverage["disputes"].last
    found: dict[str, ReferenceCount] = {}
    rivals = _units(facts, facts.territorial.keys, last)
    held = guarded(facts, rivals, besides_challenger=False) > 0
    near = _units(facts, facts.contiguity.keys, last)
    members = {
        UNGUARDED: rivals.where(~held),
        GUARDED: rivals.where(held),
        TERRITORIAL: rivals,
        RIVALS: _units(facts, facts.rivalry.keys, last),
        NEIGHBOURS: near,
        RELEVANT: _relevant(facts, near, last),
    }
    begun = _begun(facts)
    for name, at in members.items():
        found[name] = _count(facts, f"{name}, {FIRST}-{last}", at, begun, RULES[name])
    return found


def classes_for(
    challenger: str, protege: str, on: date, *, facts: Facts | None = None
) -> tuple[ReferenceCount, ...]:
    """The classes, the pair's own record first and then from narrow to wide.

    Args:
        challenger, protege: alpha-3 codes of states.
        on: the day on which membership is judged and before which the own record ends.
        facts: other than those that ship.

    Raises:
        UnknownActor, ImpossibleDate: a code that is no state, or not on that day.

    Example:
        >>> [c.name for c in classes_for("CHN", "TWN", date(2021, 8, 13)) if c.member][1]
        'territorial rivals, target not protected by a major power, 1946-2010'
    """
    known = facts or load_facts()
    a, b = cow_code(challenger, on), cow_code(protege, on)
    at = DyadMoments(np.array([a]), np.array([b]), np.array([float(on.year)]))
    rivals = bool(known.territorial.at(at.key, at.year)[0])
    held = rivals and _is_guarded(known, b, protege, on)
    border = bool(known.contiguity.at(at.key, at.year)[0])
    major = bool((known.majors.at(at.first, at.year) + known.majors.at(at.second, at.year))[0])
    member = {
        UNGUARDED: rivals and not held,
        GUARDED: rivals and held,
        TERRITORIAL: rivals,
        RIVALS: bool(known.rivalry.at(at.key, at.year)[0]),
        NEIGHBOURS: border,
        RELEVANT: border or major,
    }
    counts = reference_counts(known)
    wider = tuple(replace(counts[name], member=member[name]) for name in RULES)
    return (_own(known, a, b, on), *wider)


def default_class(classes: tuple[ReferenceCount, ...]) -> ReferenceCount | None:
    """The narrowest class that the pair belongs to and that has enough cases; None if none.

    Example:
        >>> found = default_class(classes_for("CHN", "TWN", date(2021, 8, 13)))
        >>> found.attacks, found.dyad_years
        (78, 2539)
    """
    attacks, years = _ENOUGH
    fit = [c for c in classes if c.member and c.attacks >= attacks and c.dyad_years >= years]
    return min(fit, key=lambda c: c.dyad_years, default=None)


def _units(facts: Facts, keys: Ints, last: int) -> DyadMoments:
    """Directed dyad-years of the keys of a year table, from 1946, both states in the system."""
    pair, year = keys // 4096, keys % 4096
    keep = (year >= FIRST) & (year <= last)
    pair, year = pair[keep], year[keep]
    first, second = pair // 1000, pair % 1000
    both = facts.births.find(first, year)[1] & facts.births.find(second, year)[1]
    return DyadMoments(first[both], second[both], year[both].astype(float))


def _relevant(facts: Facts, near: DyadMoments, last: int) -> DyadMoments:
    code, year = facts.births.keys // 4096, facts.births.keys % 4096
    keep = (year >= FIRST) & (year <= last)
    code, year = code[keep], year[keep]
    keys = [near.key * 4096 + near.year]
    for power in np.unique(facts.whole("majors", "ccode")):
        held = (facts.majors.at(np.full(len(year), power), year) > 0) & (code != power)
        other = np.full(int(held.sum()), power)
        for pair in (pair_key(code[held], other), pair_key(other, code[held])):
            keys.append(pair * 4096 + year[held])
    return _units(facts, np.unique(np.concatenate(keys)), last)


def _begun(facts: Facts) -> tuple[Ints, Ints, Ints]:
    """Sorted keys of dyad-years in which the first moved first, with level and dispute number."""
    a, b = facts.whole("disputes", "ccode1"), facts.whole("disputes", "ccode2")
    year, level = facts.whole("disputes", "year"), facts.whole("disputes", "level")
    number, fresh = facts.whole("disputes", "dispnum"), facts.whole("disputes", "onset") == 1
    parts = [
        np.stack([pair_key(p, q)[on] * 4096 + year[on], level[on], number[on]])
        for p, q, on in (
            (a, b, fresh & (facts.whole("disputes", "side_a1") == 1)),
            (b, a, fresh & (facts.whole("disputes", "side_a2") == 1)),
        )
    ]
    table = np.concatenate(parts, axis=1)
    table = table[:, np.argsort(table[0], kind="stable")]
    return table[0], table[1], table[2]


def _count(
    facts: Facts, name: str, at: DyadMoments, begun: tuple[Ints, Ints, Ints], rule: str
) -> ReferenceCount:
    keys, level, number = begun
    hit = np.isin(keys, at.key * 4096 + at.year)
    found = np.flatnonzero(hit & (level >= ATTACK))
    cases = sorted(
        (_case(int(keys[i]), str(number[i])) for i in found),
        key=lambda c: (c.year, c.challenger, c.protege),
    )
    return ReferenceCount(
        name, len(found), int(hit.sum()), len(at.first), tuple(cases), False, rule
    )


def _case(key: int, number: str) -> ClassCase:
    pair, year = divmod(key, 4096)
    first, second = divmod(pair, 1000)
    return ClassCase(year, _name(first, year), _name(second, year), number)


def _name(code: int, year: int) -> str:
    for day in (date(year, 7, 1), date(year, 12, 31), date(year, 1, 1), None):
        try:
            return crosswalk(code, on=day)
        except UnknownActor:
            continue
    return str(code)


def _is_guarded(facts: Facts, code: int, protege: str, on: date) -> bool:
    if on.year > facts.coverage["pacts"].last:
        powers = {_name(int(c), on.year) for c in np.unique(facts.whole("majors", "ccode"))}
        now = [p for p in allies_of(protege, "defence", on) if p in powers]
        year = np.array([on.year])
        return any(facts.majors.at(np.array([cow_code(p, on)]), year)[0] > 0 for p in now)
    at = DyadMoments(np.array([0]), np.array([code]), np.array([float(on.year)]))
    return bool(guarded(facts, at, besides_challenger=False)[0])


def _own(facts: Facts, a: int, b: int, on: date) -> ReferenceCount:
    last = facts.coverage["disputes"].last
    begin, end = FIRST, min(on.year - 1, last)
    years = np.arange(begin, end + 1)
    at = DyadMoments(np.full(len(years), a), np.full(len(years), b), years.astype(float))
    inside = facts.births.find(at.first, at.year)[1] & facts.births.find(at.second, at.year)[1]
    base = _count(facts, OWN, at.where(inside), _begun(facts), f"A against B, {begin}-{end}")
    late = [x for x in facts.clashes if x.begun and x.start < on and _is_between(x, a, b)]
    attacks = [x for x in late if x.level == "attack"]
    years = {x.start.year for x in late}
    known = min(on.year - 1, facts.end.year)
    more = max(known - last, 0) if facts.clashes_end else 0
    rule = base.rule if not more else f"A against B, {begin}-{known}, clashes after {last}"
    return ReferenceCount(
        OWN,
        base.attacks + len({x.start.year for x in attacks}),
        base.disputes + len(years),
        base.dyad_years + max(more, len(years)),
        (*base.cases, *(ClassCase(x.start.year, x.challenger, x.protege, x.name) for x in attacks)),
        True,
        rule,
    )


def _is_between(clash: Clash, a: int, b: int) -> bool:
    return (_code(clash.challenger, clash.start), _code(clash.protege, clash.start)) == (a, b)


def _code(actor: str, on: date) -> int | None:
    try:
        return cow_code(actor, on)
    except (UnknownActor, ImpossibleDate):
        return None

"""The same thing in two reports: where their numbers, dates or names cannot both be right.

Two claims are about one thing if they have the same kind and the same key: a distance has its two
places, a share its state, measure and year, an office its state, title and day, a term its person,
title and edge, a law its state and what was done. Two numbers clash if their toleranced intervals
do not overlap. Where the clashing number comes from a later report of the same source, the earlier
figure is superseded, not wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations

from standoff.check.tolerance import Interval, interval
from standoff.check.units import convert
from standoff.check.verdicts import plain
from standoff.reference import find_places, offices_of, titles_for
from standoff.terms import (
    Claim,
    DistanceContent,
    LawContent,
    OfficeContent,
    Period,
    Quantity,
    RepeatContent,
    ShareContent,
    TermContent,
)


@dataclass(frozen=True, slots=True)
class ReportClaims:
    """The claims of one report, with its handle, its day of publication and its source."""

    document: str
    published: date
    claims: tuple[Claim, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two claims of two reports that cannot both hold.

    `superseded` is true where the later report of the same source gives the newer figure: then
    `first` is the older report.
    """

    first_document: str
    first: Claim
    second_document: str
    second: Claim
    why: str
    superseded: bool = False


def compare_reports(reports: Sequence[ReportClaims]) -> tuple[Clash, ...]:
    """Every pair of claims of different reports that clash, the older report first.

    >>> from standoff.terms import Span
    >>> def report(name: str, km: float) -> ReportClaims:
    ...     quote = f"{km:g} km"
    ...     q = Quantity(Span(0, len(quote), quote), km, km, "km")
    ...     content = DistanceContent("Ishigaki", "Taiwan", q)
    ...     claim = Claim("c1", q.span, "distance", "", content)
    ...     return ReportClaims(name, date(2021, 8, 13), (claim,))
    >>> [c.why for c in compare_reports([report("D-001", 180), report("D-002", 220)])]
    ['Ishigaki to Taiwan: 180 km and 220 km']
    >>> compare_reports([report("D-001", 219), report("D-002", 220)])
    ()
    """
    ordered = sorted(reports, key=lambda r: (r.published, r.document))
    groups: dict[Hashable, list[tuple[int, int]]] = defaultdict(list)
    for place, report in enumerate(ordered):
        for number, claim in enumerate(report.claims):
            for key in _keys(claim):
                groups[key].append((place, number))
    pairs = {
        (*one, *other)
        for members in groups.values()
        for one, other in combinations(members, 2)
        if ordered[one[0]].document != ordered[other[0]].document
    }
    found: list[Clash] = []
    for a, i, b, k in sorted(pairs):
        older, newer = ordered[a], ordered[b]
        first, second = older.claims[i], newer.claims[k]
        why = _clash(first, second, older, newer)
        if not why:
            continue
        same = bool(older.source) and older.source == newer.source
        superseded = same and older.published < newer.published and _is_count(first)
        if superseded:
            why += f"; {newer.document} of the same source is newer"
        found.append(Clash(older.document, first, newer.document, second, why, superseded))
    return tuple(found)


def _keys(claim: Claim) -> tuple[Hashable, ...]:
    """What a claim is about, so that only claims about one thing are held against each other."""
    match claim.content:
        case DistanceContent() as c:
            ends = (_readings(c.origin), _readings(c.destination))
            return tuple({frozenset((a, b)) for a in ends[0] for b in ends[1]})
        case ShareContent() as c:
            return ((c.actor, c.measure, _year(c.period)),)
        case RepeatContent() as c:
            return (("count", c.label),)
        case OfficeContent() as c:
            return (("office", c.actor),) if c.actor else ()
        case TermContent() as c:
            return (("term", c.person, c.office, c.actor, c.edge),)
        case LawContent() as c:
            return (("law", c.actor, c.subject, c.action),)
        case _:
            return ()


@lru_cache(maxsize=8192)
def _readings(name: str) -> tuple[str, ...]:
    """The names that stand for the places that a name may mean, and the name itself."""
    return (name.casefold(), *(p.id for p in find_places(name)))


def _clash(first: Claim, second: Claim, older: ReportClaims, newer: ReportClaims) -> str:
    match first.content, second.content:
        case DistanceContent() as one, DistanceContent() as two:
            if not _same_pair(one, two):
                return ""
            return _numbers(f"{one.origin} to {one.destination}", one.quantity, two.quantity)
        case ShareContent() as one, ShareContent() as two:
            years = _year(one.period), _year(two.period)
            if (one.actor, one.measure) != (two.actor, two.measure) or years[0] != years[1]:
                return ""
            if years[0] is None:
                return ""
            label = f"{one.measure.replace('_', ' ')} of {one.actor} for {years[0]}"
            return _numbers(label, one.quantity, two.quantity)
        case RepeatContent() as one, RepeatContent() as two:
            if one.label != two.label or older.published != newer.published:
                return ""
            return _numbers(one.label, one.first, two.first)
        case OfficeContent() as one, OfficeContent() as two:
            return _offices(one, two)
        case TermContent() as one, TermContent() as two:
            same = (one.person, one.office, one.actor, one.edge) == (
                two.person, two.office, two.actor, two.edge
            )  # fmt: skip
            if not same or not _apart(one.period, two.period):
                return ""
            return (
                f"{one.person} {one.edge} as {one.office}: {one.period.text} and {two.period.text}"
            )
        case LawContent() as one, LawContent() as two:
            same = (one.actor, one.subject, one.action) == (two.actor, two.subject, two.action)
            if not same or not _apart(one.period, two.period):
                return ""
            return f"{one.subject} {one.action}: {one.period.text} and {two.period.text}"
        case _:
            return ""


def _numbers(label: str, one: Quantity, two: Quantity) -> str:
    """What to say where two numbers of one thing are apart; "" where they may agree."""
    scale = convert(1.0, two.unit, one.unit)
    if scale is None or one.value is None or two.value is None:
        if one.unit != two.unit or one.value is None or two.value is None:
            return ""
        scale = 1.0
    second: Interval = interval(two).scaled(scale)
    if interval(one).overlaps(second):
        return ""
    return f"{label}: {plain(one)} and {plain(two)}"


def _offices(one: OfficeContent, two: OfficeContent) -> str:
    """Two people in one office on one day; offices that several people share do not clash."""
    if one.former or two.former or not one.actor or one.actor != two.actor:
        return ""
    keys = {t.office for t in titles_for(one.office, one.actor)}
    if len(keys) != 1 or keys != {t.office for t in titles_for(two.office, two.actor)}:
        return ""
    if one.person.casefold() == two.person.casefold() or set(offices_of(one.person)) & set(
        offices_of(two.person)
    ):
        return ""
    day = one.period.start
    if day is None or day != one.period.end or day != two.period.start or day != two.period.end:
        return ""
    return f"{one.office} of {one.actor} on {day}: {one.person} and {two.person}"


def _apart(one: Period, two: Period) -> bool:
    """Whether two intervals of days share no day."""
    ends = (one.start, one.end, two.start, two.end)
    if any(e is None for e in ends):
        return False
    a, b, c, d = (e for e in ends if e is not None)
    return b < c or d < a


def _year(period: Period) -> int | None:
    """The one year a figure is for; None where the text names none."""
    if period.start is None or period.end is None or period.start.year != period.end.year:
        return None
    return period.start.year


def _is_count(claim: Claim) -> bool:
    return isinstance(claim.content, RepeatContent | ShareContent)


def _same_pair(one: DistanceContent, two: DistanceContent) -> bool:
    straight = _one_place(one.origin, two.origin) and _one_place(one.destination, two.destination)
    turned = _one_place(one.origin, two.destination) and _one_place(one.destination, two.origin)
    return straight or turned


@lru_cache(maxsize=8192)
def _one_place(first: str, second: str) -> bool:
    return first.casefold() == second.casefold() or bool(
        set(find_places(first)) & set(find_places(second))
    )

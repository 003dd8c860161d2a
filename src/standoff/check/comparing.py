"""What two reports say of one thing, kind by kind: the key of the thing, and whether both can hold.

Each function takes two contents of one kind, with the days of publication of their reports, and gives
the words of the clash, or "".
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from functools import lru_cache

from standoff.check.tolerance import Interval, interval
from standoff.check.units import convert
from standoff.check.verdicts import plain
from standoff.reference import find_places, offices_of, titles_for
from standoff.terms import (
    DistanceContent,
    LawContent,
    OfficeContent,
    Period,
    Quantity,
    RepeatContent,
    ShareContent,
    TermContent,
)

Days = tuple[date, date]


def distance_keys(c: DistanceContent) -> tuple[Hashable, ...]:
    """The pairs of places that the two names may mean."""
    ends = (_readings(c.origin), _readings(c.destination))
    return tuple({frozenset((a, b)) for a in ends[0] for b in ends[1]})


def share_keys(c: ShareContent) -> tuple[Hashable, ...]:
    """State, measure and year."""
    return ((c.actor, c.measure, _year(c.period)),)


def repeat_keys(c: RepeatContent) -> tuple[Hashable, ...]:
    """What is counted."""
    return (("count", c.label),)


def office_keys(c: OfficeContent) -> tuple[Hashable, ...]:
    """The state."""
    return (("office", c.actor),) if c.actor else ()


def term_keys(c: TermContent) -> tuple[Hashable, ...]:
    """Person, office and edge."""
    return (("term", c.person, c.office, c.actor, c.edge),)


def law_keys(c: LawContent) -> tuple[Hashable, ...]:
    """State, law and what was done."""
    return (("law", c.actor, c.subject, c.action),)


def distances_clash(one: DistanceContent, two: DistanceContent, _: Days) -> str:
    """Two lengths between one pair of places."""
    if not _same_pair(one, two):
        return ""
    return _numbers(f"{one.origin} to {one.destination}", one.quantity, two.quantity)


def shares_clash(one: ShareContent, two: ShareContent, _: Days) -> str:
    """Two figures of one measure, state and year."""
    years = _year(one.period), _year(two.period)
    if (one.actor, one.measure) != (two.actor, two.measure) or years[0] != years[1]:
        return ""
    if years[0] is None:
        return ""
    label = f"{one.measure.replace('_', ' ')} of {one.actor} for {years[0]}"
    return _numbers(label, one.quantity, two.quantity)


def repeats_clash(one: RepeatContent, two: RepeatContent, days: Days) -> str:
    """Two counts of one thing in reports of one day."""
    if one.label != two.label or days[0] != days[1]:
        return ""
    return _numbers(one.label, one.first, two.first)


def terms_clash(one: TermContent, two: TermContent, _: Days) -> str:
    """Two days of entering or leaving one office."""
    same = (one.person, one.office, one.actor, one.edge) == (
        two.person, two.office, two.actor, two.edge
    )  # fmt: skip
    if not same or not _apart(one.period, two.period):
        return ""
    return f"{one.person} {one.edge} as {one.office}: {one.period.text} and {two.period.text}"


def laws_clash(one: LawContent, two: LawContent, _: Days) -> str:
    """Two times of one act of legislation."""
    same = (one.actor, one.subject, one.action) == (two.actor, two.subject, two.action)
    # A constitution may be amended in one year and again in another.
    if not same or one.subject == "constitution" or not _apart(one.period, two.period):
        return ""
    return f"{one.subject} {one.action}: {one.period.text} and {two.period.text}"


@lru_cache(maxsize=8192)
def _readings(name: str) -> tuple[str, ...]:
    """The names that stand for the places that a name may mean, and the name itself."""
    return (name.casefold(), *(p.id for p in find_places(name)))


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


def offices_clash(one: OfficeContent, two: OfficeContent, _: Days) -> str:
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


def _same_pair(one: DistanceContent, two: DistanceContent) -> bool:
    straight = _one_place(one.origin, two.origin) and _one_place(one.destination, two.destination)
    turned = _one_place(one.origin, two.destination) and _one_place(one.destination, two.origin)
    return straight or turned


@lru_cache(maxsize=8192)
def _one_place(first: str, second: str) -> bool:
    return first.casefold() == second.casefold() or bool(
        set(find_places(first)) & set(find_places(second))
    )

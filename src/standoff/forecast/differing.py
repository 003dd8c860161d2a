"""Why a number of somebody else is not ours: definition, horizon, reports, class.

The two are set side by side for the same length of time. Where they differ by more than a factor of
two, what is known to differ is said; that it accounts for the whole is not.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

__all__ = ["Ours", "alongside", "differing"]

_TWICE = 2.0
_MONTH = 30.44
_AFRESH = 14
"""Days by which two forecasts may be apart and know nearly the same."""
_SHARE = "theirs is a share of people who"
_EVENTS = {
    "narrower": "their event is narrower than ours (any force with at least 26 deaths, or war)",
    "wider": "their event is wider than ours (force with at least 26 deaths, or war)",
}


@dataclass(frozen=True, slots=True)
class Ours:
    """What is held against the numbers of others.

    Attributes:
        chances: (months, chance of an attack), by months.
        joins: chance that a defender fights if the protege is attacked; None where none is asked about.
        events: how many events the forecast has heard of; 0 for a base rate.
    """

    chances: Sequence[tuple[int, float]]
    joins: float | None = None
    events: int = 0

    def within(self, months: float) -> float:
        """The chance within so many months: hazards even between deadlines, the last one beyond.

        >>> ours = Ours([(3, 0.1), (6, 0.19), (12, 0.19)])
        >>> [round(ours.within(m), 3) for m in (1.5, 3, 12, 60)]
        [0.051, 0.1, 0.19, 0.19]
        """
        before, gone = 0.0, 0.0
        rate = 0.0
        for end, chance in self.chances:
            total = -math.log1p(-min(chance, 1 - 1e-12))
            rate = max(total - gone, 0.0) / (end - before)
            if months <= end:
                return -math.expm1(-(gone + rate * (months - before)))
            before, gone = float(end), total
        return -math.expm1(-(gone + rate * (months - before)))


def differing(
    value: tuple[float, float],
    kind: tuple[str, str],
    days: tuple[date, date | None],
    ours: Ours,
    on: date,
) -> tuple[str, str]:
    """Ours beside a number, and why they differ by more than a factor of two: in full, and in brief.

    Args:
        value: the number, and the highest it may stand for.
        kind: its measure, and its event: alike, narrower, wider, joins or other.
        days: its day, and its deadline if it has one.
        ours: what it is held against.
        on: our day.

    Returns:
        Two texts, empty where the numbers do not differ so much.
    """
    measure, event = kind
    if event == "other":
        return "another question than ours", "theirs is of another question"
    if event == "joins":
        return _joins(value, measure, ours)
    day, _ = days
    months = _months(days)
    chance = ours.within(months)
    low, high = value
    if low <= _TWICE * chance and chance <= _TWICE * high:
        return ("", "")
    why: list[tuple[str, str]] = []
    if measure == "share of experts":
        why.append((f"{_SHARE} call it likely, no probability", "a share of people"))
    if event in _EVENTS:
        why.append((_EVENTS[event], f"of a {event} event"))
    if months > ours.chances[-1][0]:
        long = f"{_long(months)} are longer than any horizon of ours, continued evenly here"
        why.append((long, "over a longer time than we forecast"))
    apart = (on - day).days
    if apart > _AFRESH:
        older = f"theirs is {_long(apart / _MONTH)} older, before the reports since"
        why.append((older, "older"))
    heard = "ours is a base rate and knows no reports, theirs all of the day's news"
    if ours.events:
        heard = f"ours rests on {ours.events:,} events and a pair's past, theirs on all news"
    why.append((heard, "of all news"))
    full = f"ours within {_long(months)} is {_percent(chance)}: {'; '.join(w for w, _ in why)}"
    return full, f"theirs is {why[0][1]}"


def alongside(event: str, days: tuple[date, date | None], ours: Ours) -> str:
    """Our number for the same event and as long a time; "" where we have none.

    >>> alongside("alike", (date(2021, 8, 13), None), Ours([(3, 0.02), (12, 0.03)]))
    'ours for as long is 3 %'
    """
    if event == "other" or (event == "joins" and ours.joins is None):
        return ""
    if event == "joins":
        return f"ours, that a defender fights, is {_percent(ours.joins or 0.0)}"
    return f"ours for as long is {_percent(ours.within(_months(days)))}"


def _months(days: tuple[date, date | None]) -> float:
    """How long a number of somebody else looks ahead; a year where it names no deadline."""
    day, deadline = days
    return max((deadline - day).days / _MONTH, 1.0) if deadline else 12.0


def _joins(value: tuple[float, float], measure: str, ours: Ours) -> tuple[str, str]:
    if ours.joins is None:
        return ("", "")
    low, high = value
    if low <= _TWICE * ours.joins and ours.joins <= _TWICE * high:
        return ("", "")
    why, brief = (
        "theirs is of all alliances of those years that were called on; ours of this patron, and of fighting",
        "of all alliances",
    )
    if measure == "share of experts":
        why, brief = f"{_SHARE} expect it, no probability", "a share of people"
    said = f"ours, that a defender fights, is {_percent(ours.joins)}"
    return f"{said}: {why}", f"theirs is {brief}"


def _long(months: float) -> str:
    if months < 1.5:
        return f"{max(round(months * _MONTH), 1)} days"
    return f"{months:.0f} months" if months < 24 else f"{months / 12:.0f} years"


def _percent(chance: float) -> str:
    return f"{100 * chance:.0f} %" if chance >= 0.1 else f"{100 * chance:.2g} %"

"""Dates and order: a weekday against its date, days that do not exist, what came before what."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.check.verdicts import BARE, unknown
from standoff.terms import (
    DateContent,
    OrderContent,
    Outcome,
    Reference,
    SequenceContent,
    Signal,
    Verdict,
)

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CALENDAR = Reference("the calendar", "Gregorian calendar")


def check_date(claim: str, content: DateContent) -> Verdict:
    """A date that must exist, and whose weekday must be the one that the text gives it."""
    if content.impossible:
        return Verdict(claim, Outcome.INCONSISTENT, f"no such day: {content.impossible}", _CALENDAR)
    day = content.period.start
    if day is None or content.weekday is None or content.period.end != day:
        return unknown(claim, "no single day with a weekday")
    actual = day.weekday()
    formula = f"{day} is a {_DAYS[actual]}"
    if actual == content.weekday:
        return Verdict(claim, Outcome.SUPPORTED, formula, _CALENDAR, formula)
    return Verdict(
        claim,
        Outcome.INCONSISTENT,
        f"{formula}, not a {_DAYS[content.weekday]}",
        _CALENDAR,
        formula,
        None,
        "exact",
        "wrong weekday or wrong date",
    )


def check_order(claim: str, content: OrderContent) -> Verdict:
    """Two moments of the text against the order that the text gives them."""
    first, second = content.first_at, content.second_at
    length = min(len(first), len(second))
    formula = f"{content.first} {first}; {content.second} {second}"
    if first[:length] == second[:length]:
        return unknown(claim, f"the two moments cannot be told apart: {formula}")
    if first < second:
        why = f"{BARE}: the order holds, {formula}"
        return Verdict(claim, Outcome.NOT_CHECKABLE, why, None, formula)
    return Verdict(
        claim, Outcome.INCONSISTENT, f"the order cannot be: {formula}",
        Reference("the text's own dates", "order of events"), formula,
    )  # fmt: skip


def check_sequence(claim: str, content: SequenceContent, signals: Sequence[Signal]) -> Verdict:
    """Two coded events against "then": the later one must not be over before the earlier began."""
    by_id = {s.id: s for s in signals}
    earlier, later = by_id.get(content.earlier), by_id.get(content.later)
    if earlier is None or later is None:
        return unknown(claim, "one of the two events was not coded")
    start, end = earlier.date.start, later.date.end
    if start is None or end is None:
        return unknown(claim, "one of the two events has no date")
    formula = f"{content.earlier} {start}; {content.later} {end}"
    if end < start:
        return Verdict(
            claim, Outcome.INCONSISTENT, f"the order cannot be: {formula}",
            Reference("the text's own dates", "order of events"), formula,
        )  # fmt: skip
    why = f"{BARE}: the order can be, {formula}"
    return Verdict(claim, Outcome.NOT_CHECKABLE, why, None, formula)

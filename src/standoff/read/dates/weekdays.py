"""Weekdays: Friday, Friday 13 August, Tue May 9, Friday the 13th, Tuesday of last week."""

from __future__ import annotations

from dataclasses import replace

from standoff.read.dates.calendar import make_day, shift, unit_span
from standoff.read.dates.value import WEEKDAY, Hit, Value, maker
from standoff.read.dates.words import number_of, step_of


def _written(hit: Hit) -> bool:
    """Whether a word is written as a weekday is: the short ones with a capital."""
    return len(hit["weekday"]) > 5 or hit.ctx.capital(hit.place("weekday"))


@maker
def weekday_date(hit: Hit) -> Value | None:
    """Friday, 13 August; Tue May 9; Friday (13 August)."""
    (value,) = hit.values
    if value.grain != "day" or value.made not in ("month_day", "digits") or not _written(hit):
        return None
    last = hit.last if "(" in hit["open"] else value.last
    return _with_weekday(hit, value, WEEKDAY[hit["weekday"]]).at(hit.first, last)


def _with_weekday(hit: Hit, value: Value, weekday: int) -> Value:
    """Where the year floats, the nearest year in which the weekday fits."""
    published, start = hit.ctx.published, value.start
    if value.floats is None or start is None or start.weekday() == weekday or start <= published:
        return value
    others = [value.settled(start.year + step) for step in (-1, 1)]
    near = [
        o for o in others
        if o.start and o.start.weekday() == weekday and abs((o.start - published).days) < 366
    ]  # fmt: skip
    return near[0] if len(near) == 1 else value


@maker
def weekday_number(hit: Hit) -> Value | None:
    """Friday the 13th, Mon 13th: the nearest month in which the day has that weekday."""
    number, ctx = number_of(hit["nth"]), hit.ctx
    if not 1 <= number <= 31 or not _written(hit):
        return None
    month = ctx.published.replace(day=1)
    steps = range(40) if ctx.future(hit.first, hit.last) else range(0, -40, -1)
    for step in steps:  # the day of this month counts whether it lies ahead or behind
        on = shift(month, step, "month")
        day = make_day(on.year, on.month, number)
        if day is not None and day.weekday() == WEEKDAY[hit["weekday"]]:
            return hit.day(day)
    return None


@maker
def weekday_alone(hit: Hit) -> Value:
    """The last such day up to that of publication, or the next one where the tense is future."""
    published = hit.ctx.published
    back = (published.weekday() - WEEKDAY[hit["weekday"]]) % 7
    ahead = hit.ctx.future(hit.first, hit.last)
    return hit.day(shift(published, (7 - back) % 7 if ahead else -back, "day"))


@maker
def weekday_of_week(hit: Hit) -> Value:
    """Tuesday of next week, on Monday of the following week."""
    monday = unit_span(hit.ctx.published, "week")[0]
    value = hit.day(shift(monday, 7 * step_of(hit) + WEEKDAY[hit["weekday"]], "day"))
    return value if hit["the"] else replace(value, first=hit.place("weekday"))


@maker
def weekday_far(hit: Hit) -> Value | None:
    """Monday two weeks from now; Thursday, two years from now."""
    (value,) = hit.values
    start = value.start
    if start is None or value.end != start:
        return None
    if hit["comma"] and hit.ctx.low[: value.last].endswith("ago"):
        return None
    return hit.day(shift(start, WEEKDAY[hit["weekday"]] - start.weekday(), "day"))

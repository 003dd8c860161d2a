"""Parts of a period: early 2019, mid-May, the end of June, the rest of the week, earlier this year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

from standoff.read.dates.calendar import add_months, shift
from standoff.read.dates.value import Value

Part = Literal["early", "mid", "late"]
EARLY = frozenset(["early", "beginning", "start", "outset", "opening"])
LATE = frozenset(["late", "end", "close"])
MID = frozenset(["mid", "middle"])


def part_of(value: Value, part: Part, first: int, *, relative: bool, edge: bool) -> Value | None:
    """The early, middle or late part of a period.

    Conventions: a month is cut at the 15th with its middle from the 10th to the 20th; a week into
    Monday to Wednesday and Thursday to Sunday; a year named by its number into thirds, a year named
    by its place ("late last year") into halves; a decade into its first, middle and last four years.
    `edge` says "end of" rather than "late".
    """
    start, end = value.start, value.end
    if start is None or end is None:
        return replace(value, first=first) if not value.known else None
    if value.grain == "day" or value.grain == "weekend":
        return None
    low, high = _cut(start, end, value.grain, part, relative)
    return replace(value, first=first, start=low, end=high, grain="other", open_year=None)


def _cut(start: date, end: date, grain: str, part: Part, relative: bool) -> tuple[date, date]:
    if grain == "week":
        days = {"early": (0, 2), "mid": (1, 4), "late": (3, 6)}[part]
        return shift(start, days[0], "day"), shift(start, days[1], "day")
    if grain == "month":
        if part == "early":
            return start, start.replace(day=15)
        return (
            (start.replace(day=10), start.replace(day=20))
            if part == "mid"
            else (start.replace(day=16), end)
        )
    if grain == "year":
        if relative and part != "mid":
            middle = start.replace(month=6, day=30)
            return (start, middle) if part == "early" else (start.replace(month=7, day=1), end)
        months = {"early": (0, 4), "mid": (4, 8), "late": (8, 12)}[part]
        return add_months(start, months[0]), shift(add_months(start, months[1]), -1, "day")
    if grain == "decade":
        years = {"early": (0, 4), "mid": (3, 7), "late": (6, 10)}[part]
        return shift(start, years[0], "year"), shift(shift(start, years[1], "year"), -1, "day")
    length = (end - start).days + 1
    third = length // 3
    if part == "early":
        return start, shift(start, third - 1, "day")
    if part == "mid":
        return shift(start, third, "day"), shift(end, -third, "day")
    return shift(end, 1 - third, "day"), end


def halves(value: Value, which: int, first: int) -> Value | None:
    """The first or second half of a month, year, decade or other period."""
    start, end = value.start, value.end
    if start is None or end is None or value.grain == "day":
        return None
    if value.grain in ("year", "decade", "quarter", "century"):
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        middle = add_months(start, months // 2)
    elif value.grain == "month":
        middle = start.replace(day=16)
    else:
        middle = shift(start, ((end - start).days + 1) // 2, "day")
    low, high = (start, shift(middle, -1, "day")) if which == 1 else (middle, end)
    return replace(value, first=first, start=low, end=high, grain="other", open_year=None)


def so_far(value: Value, published: date, first: int, *, later: bool) -> Value | None:
    """Earlier this year: up to the day before publication; later this year: from that day on."""
    start, end = value.start, value.end
    if start is None or end is None or not start <= published <= end:
        if start is None or end is None or value.grain == "day":
            return None
        low, high = _cut(start, end, value.grain, "late" if later else "early", True)
        return replace(value, first=first, start=low, end=high, grain="other", open_year=None)
    if later:
        return replace(value, first=first, start=published, grain="other", open_year=None)
    stop = max(start, shift(published, -1, "day"))
    return replace(value, first=first, end=stop, grain="other", open_year=None)

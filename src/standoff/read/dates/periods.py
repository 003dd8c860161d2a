"""Parts of periods and numbered periods: late 2019, the third week of May, Q3 2016, week 31, seasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from standoff.read.dates.absolute import long_weekend
from standoff.read.dates.calendar import (
    Span,
    first_week,
    months_span,
    moved_unit,
    season_span,
    shift,
    unit_span,
)
from standoff.read.dates.value import GRAMMAR, STEP, UNIT, Hit, Value, maker
from standoff.read.dates.words import number_of, said_year
from standoff.terms import DateBasis

_PART = GRAMMAR.words("part")
# Days of a week, years of a decade, months of a year named by its number: (first, length).
_DAYS = {"early": (0, 3), "mid": (1, 4), "late": (3, 4)}
_YEARS = {"early": (0, 4), "mid": (3, 4), "late": (6, 4)}
_MONTHS = {"early": (0, 4), "mid": (4, 4), "late": (8, 4)}
_HALVES = {"early": (0, 6), "mid": (4, 4), "late": (6, 6)}


def cut(start: date, end: date, grain: str, part: str, relative: bool) -> Span:
    """The early, middle or late part of a period.

    Conventions: a month is cut at the 15th with its middle from the 10th to the 20th; a week into
    Monday to Wednesday and Thursday to Sunday; a year named by its number into thirds, a year named
    by its place ("late last year") into halves; a decade into its first, middle and last four years.
    """
    if grain == "week":
        at, length = _DAYS[part]
        return shift(start, at, "day"), shift(start, at + length - 1, "day")
    if grain == "month":
        low, high = {"early": (1, 15), "mid": (10, 20), "late": (16, end.day)}[part]
        return start.replace(day=low), start.replace(day=high)
    if grain in ("year", "decade"):
        at, length = (_YEARS if grain == "decade" else _HALVES if relative else _MONTHS)[part]
        scale = 12 if grain == "decade" else 1
        return months_span(start.year * 12 + at * scale, length * scale)
    third = ((end - start).days + 1) // 3
    if part == "early":
        return start, shift(start, third - 1, "day")
    if part == "mid":
        return shift(start, third, "day"), shift(end, -third, "day")
    return shift(end, 1 - third, "day"), end


def _named_by_place(hit: Hit, value: Value) -> bool:
    word = hit.ctx.after(value.first)
    return word in STEP or word == "the"


@maker
def part(hit: Hit) -> Value | None:
    """Early next year, mid-November, the end of March."""
    (value,) = hit.values
    relative = bool(hit["in"]) or _named_by_place(hit, value)
    span = cut(*value.span, value.grain, _PART[hit["part"] or hit["edge"]], relative)
    return hit.value(span, basis=value.basis)


@maker
def part_of_unit(hit: Hit) -> Value:
    """The end of the year."""
    span = unit_span(hit.ctx.published, hit["unit"])
    return hit.value(cut(*span, hit["unit"], _PART[hit["edge"]], True), basis=DateBasis.INFERRED)


@maker
def so_far(hit: Hit) -> Value | None:
    """Earlier this year: up to the day before publication; later this year: from that day on."""
    published, later = hit.ctx.published, hit["part"] == "later"
    if hit["unit"]:
        span, grain, basis = unit_span(published, hit["unit"]), hit["unit"], DateBasis.INFERRED
    else:
        (value,) = hit.values
        span, grain, basis = value.span, value.grain, value.basis
    start, end = span
    if not start <= published <= end:
        return hit.value(cut(start, end, grain, "late" if later else "early", True), basis=basis)
    if later:
        return hit.value((published, end), basis=basis)
    return hit.value((start, max(start, shift(published, -1, "day"))), basis=basis)


@maker
def rest(hit: Hit) -> Value:
    """The rest of the year: from the day of publication."""
    return hit.value((hit.ctx.published, unit_span(hit.ctx.published, hit["unit"])[1]))


@maker
def nth_unit(hit: Hit) -> Value | None:
    """The third week of May, the first two weeks of 2021, the second half of this year."""
    word, unit = hit["nth"], UNIT.get(hit["unit"], hit["unit"])
    nth = GRAMMAR.numbers("which").get(word) or number_of(word)
    count = number_of(hit["n"]) or 1
    if hit["unit"].endswith("s") != bool(hit["n"]):
        return None
    if hit["whole"]:
        start, end = unit_span(hit.ctx.published, hit["whole"])
        grain, basis = hit["whole"], DateBasis.INFERRED
    else:
        (value,) = hit.values
        linked = hit["of"] or _named_by_place(hit, value) or unit == "quarter"
        if not linked and not hit.ctx.low[value.first].isdigit():
            return None
        (start, end), grain, basis = value.span, value.grain, value.basis
    if unit == "half":
        return _half(hit, start, end, grain, nth, basis)
    found = _nth(start, end, grain, nth, count, unit)
    if found is None or (unit != "week" and (found[0] < start or found[1] > end)):
        return None
    return hit.value(found, unit if count == 1 or unit == "week" else "other", basis)


def _half(
    hit: Hit, start: date, end: date, grain: str, which: int, basis: DateBasis
) -> Value | None:
    if which not in (1, 2):
        return None
    if grain in ("year", "decade", "quarter", "century"):
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        middle = shift(start, months // 2, "month")
    elif grain == "month":
        middle = start.replace(day=16)
    else:
        middle = shift(start, ((end - start).days + 1) // 2, "day")
    span = (start, shift(middle, -1, "day")) if which == 1 else (middle, end)
    return hit.value(span, basis=basis)


def _nth(start: date, end: date, grain: str, nth: int, count: int, unit: str) -> Span | None:
    """Unit number `nth` of an interval, or the `count` units there; -1 counts from the end."""
    if unit == "week":
        if grain in ("month", "year"):
            head = first_week(start.year, start.month)
            tail = unit_span(shift(end, -3, "day"), "week")[0]
        else:
            head, tail = unit_span(start, "week")[0], unit_span(end, "week")[0]
        low = shift(tail, 7 - 7 * count, "day") if nth < 0 else shift(head, 7 * (nth - 1), "day")
        fits = start <= shift(low, 6, "day") and low <= end
        return (low, shift(low, 7 * count - 1, "day")) if fits else None
    if unit == "day":
        low = shift(end, 1 - count, "day") if nth < 0 else shift(start, (nth - 1) * count, "day")
        return low, shift(low, count - 1, "day")
    if unit not in ("month", "quarter", "year", "decade"):
        return None
    if nth < 0:
        return moved_unit(end, unit, 1 - count)[0], unit_span(end, unit)[1]
    low = moved_unit(start, unit, (nth - 1) * count)[0]
    return low, moved_unit(low, unit, count - 1)[1]


@maker
def quarter(hit: Hit) -> Value | None:
    """Q3 2016, 2016 Q3, H1 2016, 2016 third quarter, Q3."""
    half, year = hit["mark"] == "h", said_year(hit)
    nth, months = int(hit["n"] or number_of(hit["nth"])), 6 if half else 3
    worded = bool(hit["nth"]) and not (hit["year"] and hit.place("year") == hit.first)
    if worded or not 1 <= nth <= 12 // months:
        return None

    def at(year: int) -> Span:
        return months_span(year * 12 + months * (nth - 1), months)

    grain = "half" if half else "quarter"
    if year is None:
        return None if half else hit.floating(grain, at)
    return hit.value(at(year), grain)


@maker
def week_number(hit: Hit) -> Value:
    """Week 31, week 27 of last year (ISO weeks)."""
    year = said_year(hit) or hit.ctx.published.year
    start = shift(first_week(year, 1), 7 * (int(hit["n"]) - 1), "day")
    return hit.value((start, shift(start, 6, "day")), "week")


@maker
def week_around(hit: Hit) -> Value | None:
    """The week of April 10th, the month starting on 4 February, the weekend of Easter."""
    (value,) = hit.values
    unit = hit["unit"] or "week"
    if value.grain == "month" and unit != "month":
        return None
    start, _ = value.span
    span = long_weekend(start) if unit == "weekend" else unit_span(start, unit)
    return hit.value(span, unit, value.basis)


@maker
def season_of(hit: Hit) -> Value | None:
    """Summer 2016, the spring of nineteen seventy-eight."""
    year, month = said_year(hit), GRAMMAR.numbers("season")[hit["season"]]
    if year is None:
        return None
    value = hit.value(season_span(month, year), basis=DateBasis.INFERRED)
    linked = hit.ctx.after(hit.place("season") + len(hit["season"])) in ("of", "in", ",", "the")
    return value if linked or not hit["the"] else replace(value, first=hit.place("season"))


@maker
def season_alone(hit: Hit) -> Value:
    """In the spring."""
    month = GRAMMAR.numbers("season")[hit["season"]]
    return hit.floating("other", lambda year: season_span(month, year))

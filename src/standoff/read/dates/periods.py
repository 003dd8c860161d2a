"""Numbered and named periods: the third week of May, Q3 2016, week 31, the week of the 18th."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from standoff.read.dates.calendar import (
    feast,
    first_week,
    month_span,
    season_span,
    shift,
    week_of,
)
from standoff.read.dates.named import bare_day, tail_year
from standoff.read.dates.names import LAST, NEXT, SEASONS, THIS, UNITS, ordinal
from standoff.read.dates.parts import EARLY, LATE, MID, halves, part_of, so_far
from standoff.read.dates.spans import GRAINS, count_at, moved_unit, unit_span
from standoff.read.dates.value import Context, Value, floating
from standoff.terms import DateBasis

Atom = Callable[[Context, int], Value | None]


def _the(ctx: Context, i: int) -> int:
    return i + 1 if ctx.scan.word(i) == "the" else i


def parted(ctx: Context, i: int, atom: Atom) -> Value | None:
    """Early next year, mid-November, end of March, earlier this week, the rest of the month."""
    scan = ctx.scan
    word = scan.word(i)
    if word in ("earlier", "later", "late", "early") and scan.word(i + 1) in (
        "this",
        "in",
        "last",
        "next",
        "previous",
    ):
        j = i + 2 if scan.word(i + 1) == "in" else i + 1
        if scan.word(i + 1) == "in" and scan.word(j) in ("the", "that"):
            unit = UNITS.get(scan.word(j + 1))
            if unit in ("week", "month", "year", "decade") and word in ("earlier", "later"):
                start, end = unit_span(ctx.published, unit)
                value = Value(i, j + 2, start, end, GRAINS[unit], basis=DateBasis.INFERRED)
                return so_far(value, ctx.published, i, later=word == "later")
        inner = atom(ctx, j)
        if inner is None or inner.grain in ("day", "weekend"):
            return None
        if word in ("earlier", "later"):
            return so_far(inner, ctx.published, i, later=word == "later")
        return part_of(inner, "early" if word == "early" else "late", i, relative=True, edge=False)
    if word in ("rest", "remainder", "remaining"):
        return _rest(ctx, i)
    part = "early" if word in EARLY else "late" if word in LATE else "mid" if word in MID else None
    if part is None:
        return None
    j = i + 1
    edge = word not in ("early", "late", "mid")
    if edge and scan.word(j) == "of":
        j += 1
    elif edge and word in ("close", "opening", "outset", "middle"):
        return None
    if word in ("mid", "early", "late") and scan.word(j) in ("-", "‑"):
        j += 1
    if (edge and scan.word(j) in ("the", "")) or (edge and scan.word(j) in UNITS):
        k = _the(ctx, j)
        unit = UNITS.get(scan.word(k))
        after = scan.word(k + 1)
        if (
            unit in ("week", "month", "year", "decade", "quarter")
            and not scan.word(k).endswith("s")
            and (
                scan.kind(k + 1) != "w"
                or after
                in ("and", "but", "to", "for", "he", "she", "it", "they", "with", "as", "or")
            )
            and not (scan.kind(k + 1) == "n" and scan.kind(k + 2) != "w")
        ):
            start, end = unit_span(ctx.published, unit)
            value = Value(i, k + 1, start, end, GRAINS[unit], basis=DateBasis.INFERRED)
            return part_of(value, part, i, relative=True, edge=edge)
    inner = atom(ctx, j)
    if inner is None or inner.grain in ("day", "weekend"):
        return None
    relative = scan.word(j) in (*LAST, *NEXT, *THIS, "the")
    return part_of(inner, part, i, relative=relative, edge=edge)


def _rest(ctx: Context, i: int) -> Value | None:
    scan = ctx.scan
    j = i + 1
    j = j + 1 if scan.word(j) == "of" else j
    if scan.word(j) in ("the", "this", "my", "our", "current"):
        j += 1
    unit = UNITS.get(scan.word(j))
    if unit not in ("week", "month", "year", "decade", "quarter"):
        return None
    return Value(
        i, j + 1, ctx.published, unit_span(ctx.published, unit)[1], "other", basis=DateBasis.STATED
    )


def numbered(ctx: Context, i: int, atom: Atom) -> Value | None:
    """The third week of May, last week of 2015, first two weeks of 2021, 9th month of next year."""
    scan = ctx.scan
    j = _the(ctx, i)
    last_one = scan.word(j) in ("last", "final", "closing")
    found = (-1, j + 1) if last_one else ordinal(scan, j)
    if found is None and scan.word(j) == "opening":
        found = (1, j + 1)
    if found is None:
        return None
    nth, k = found
    if scan.word(k) == "century":
        if nth < 1 or nth > 40:
            return None
        start, end = unit_span(date(max(1, (nth - 1) * 100), 1, 1), "century")
        return Value(j, k + 1, start, end, "century")
    count = 1
    many = (
        count_at(scan, k, joined=False)
        if scan.kind(k) == "n" or scan.word(k) not in UNITS
        else None
    )
    if many is not None:
        number, unit = many.amounts[0]
        if number != int(number) or many.loose:
            return None
        count, k = int(number), many.last
    else:
        unit = "half" if scan.word(k) == "half" else UNITS.get(scan.word(k), "")
        if scan.word(k).endswith("s") or not unit:
            return None
        k += 1
    inner, last = _whole(ctx, k, atom, unit)
    if inner is None or inner.start is None or inner.end is None:
        return None
    first = i if scan.word(i) == "the" else j
    if unit == "half":
        value = halves(inner, nth, first) if nth in (1, 2) else None
        return replace(value, last=last) if value else None
    return _nth(inner, first, last, nth, count, unit)


def _whole(ctx: Context, k: int, atom: Atom, unit: str) -> tuple[Value | None, int]:
    """What the numbered unit is part of: "of May", "in 2016", "this year", "of the year"."""
    scan = ctx.scan
    j = k + 1 if scan.word(k) in ("of", "in") else k
    if (
        j == k
        and scan.word(k) not in (*THIS, *LAST, *NEXT)
        and scan.kind(k) != "n"
        and unit != "quarter"
    ):
        return None, k
    if (
        scan.word(j) == "the"
        and scan.word(j + 1) in ("year", "month", "week", "quarter", "decade")
        and j > k
    ):
        if scan.word(j + 2) == "of":
            return None, k
        target = UNITS[scan.word(j + 1)]
        start, end = unit_span(ctx.published, target)
        return Value(k, j + 2, start, end, GRAINS[target], basis=DateBasis.INFERRED), j + 2
    inner = atom(ctx, j)
    if inner is None or inner.grain not in (
        "month",
        "quarter",
        "half",
        "year",
        "decade",
        "century",
        "other",
    ):
        return None, k
    return inner, inner.last


def _nth(inner: Value, first: int, last: int, nth: int, count: int, unit: str) -> Value | None:
    start, end = inner.start, inner.end
    if start is None or end is None:
        return None
    if unit == "week":
        if inner.grain == "month" or inner.grain == "year":
            head = first_week(start.year, start.month)
            tail = (
                week_of(end)[0]
                if (end - week_of(end)[0]).days >= 3
                else shift(week_of(end)[0], -7, "day")
            )
        else:
            head, tail = week_of(start)[0], week_of(end)[0]
        low = shift(tail, -7 * (count - 1), "day") if nth < 0 else shift(head, 7 * (nth - 1), "day")
        if not start <= shift(low, 6, "day") or low > end:
            return None
        return Value(first, last, low, shift(low, 7 * count - 1, "day"), "week", basis=inner.basis)
    if unit == "day":
        if inner.grain == "month" and count == 1 and nth > 0:
            low = shift(start, nth - 1, "day")
        elif nth < 0:
            low = shift(end, 1 - count, "day")
        else:
            low = shift(start, (nth - 1) * count, "day")
        high = shift(low, count - 1, "day")
        return (
            Value(first, last, low, high, "day" if count == 1 else "other", basis=inner.basis)
            if high <= end
            else None
        )
    if unit not in ("month", "quarter", "year", "decade"):
        return None
    if nth < 0:
        low = moved_unit(end, unit, 1 - count)[0]
        high = unit_span(end, unit)[1]
    else:
        low = moved_unit(start, unit, (nth - 1) * count)[0]
        high = moved_unit(low, unit, count - 1)[1]
    if low < start or high > end:
        return None
    return Value(first, last, low, high, GRAINS[unit] if count == 1 else "other", basis=inner.basis)


def coded(ctx: Context, i: int) -> Value | None:
    """Q3 2016, 2016 Q3, H1 2016, first quarter 2013, week 31, the quarter alone with its year."""
    scan = ctx.scan
    j, year = i, None
    if (
        scan.kind(j) == "n"
        and scan.plain[j]
        and len(scan.raw[j]) == 4
        and 1900 <= scan.values[j] < 2100
    ):
        year, j = int(scan.values[j]), j + 1
        if scan.word(j) == "-" or scan.word(j) == "the":
            j += 1
        if scan.word(j) not in ("q", "h") and ordinal(scan, j) is None:
            return None
    mark = scan.word(j)
    if mark in ("q", "h") and scan.kind(j + 1) == "n" and scan.glued(j + 1) and scan.plain[j + 1]:
        nth, last = int(scan.values[j + 1]), j + 2
        if not 1 <= nth <= (4 if mark == "q" else 2) or (
            scan.glued(last) and scan.kind(last) == "w"
        ):
            return None
    else:
        found = ordinal(scan, j)
        if found is None or scan.word(found[1]) not in ("quarter",):
            return None
        nth, last, mark = found[0], found[1] + 1, "q"
        if nth > 4 or year is None:
            return None
    if year is None:
        tail = tail_year(ctx, last, short=False)
        if tail is None and scan.word(last) == "'" and scan.kind(last + 1) == "n":
            tail = None
        if tail is not None:
            year, last = tail
    if mark == "h":
        if year is None:
            return None
        start = date(year, 6 * nth - 5, 1)
        return Value(i, last, start, month_span(year, 6 * nth)[1], "half")
    if year is None:
        return floating(ctx, i, last, "quarter", nth, 0)
    return Value(i, last, date(year, 3 * nth - 2, 1), month_span(year, 3 * nth)[1], "quarter")


def week_number(ctx: Context, i: int) -> Value | None:
    """Week 31, week 3 of 2027, week 27 of last year (ISO weeks)."""
    scan = ctx.scan
    if scan.word(i) != "week" or scan.kind(i + 1) != "n" or not scan.plain[i + 1]:
        return None
    nth = int(scan.values[i + 1])
    if not 1 <= nth <= 53 or scan.glued(i + 1):
        return None
    last, year = i + 2, ctx.published.year
    tail = tail_year(ctx, last, short=False) if scan.word(last) in ("of", ",", "in") else None
    if tail is not None:
        year, last = tail
    start = shift(first_week(year, 1), 7 * (nth - 1), "day")
    return Value(i, last, start, shift(start, 6, "day"), "week")


def week_around(ctx: Context, i: int, atom: Atom) -> Value | None:
    """The week of April 10th, the week starting on 4 February, w/c Feb 4, the weekend of Easter."""
    scan = ctx.scan
    j = _the(ctx, i)
    word = scan.word(j)
    if word == "w" and scan.word(j + 1) == "/" and scan.word(j + 2) == "c":
        unit, k = "week", j + 3
    elif word in ("week", "weekend", "month") and scan.word(j + 1) in (
        "of",
        "starting",
        "beginning",
        "commencing",
        "ending",
    ):
        unit, k = word, j + 2
        if scan.word(k) == "on":
            k += 1
    else:
        return None
    inner = atom(ctx, k) or bare_day(ctx, k)
    if inner is None or inner.start is None or (inner.grain != "day" and unit != "month"):
        return None
    if unit == "month" and inner.grain not in ("day", "month"):
        return None
    start, end = unit_span(inner.start, unit)
    if unit == "weekend":
        return _long_weekend(inner, i, inner.last)
    return Value(i, inner.last, start, end, GRAINS[unit], basis=inner.basis)


def feast_weekend(ctx: Context, i: int, value: Value) -> Value:
    """Labor day weekend, halloween weekend 2021: the days off around a feast."""
    scan = ctx.scan
    if value.name == "" or scan.word(value.last) != "weekend":
        return value
    last = value.last + 1
    tail = tail_year(ctx, last, short=False)
    if tail is not None:
        on = feast(value.name, tail[0])
        if on is not None:
            value, last = replace(value, start=on, end=on), tail[1]
    return _long_weekend(value, i, last)


def _long_weekend(value: Value, first: int, last: int) -> Value:
    day = value.start
    if day is None:
        return replace(value, first=first, last=last)
    saturday, sunday = unit_span(day, "weekend")
    if day.weekday() == 0:
        saturday, sunday = shift(day, -2, "day"), day
    elif day.weekday() in (3, 4):
        saturday = day
    return Value(first, last, saturday, sunday, "weekend")


def season(ctx: Context, i: int) -> Value | None:
    """Summer 2016, the spring of nineteen seventy eight, last winter's year left open."""
    scan = ctx.scan
    word = scan.word(i)
    j = i
    if word == "the":
        j, word = i + 1, scan.word(i + 1)
    if word not in SEASONS:
        return None
    tail = tail_year(ctx, j + 1, short=False)
    if tail is not None:
        start, end = season_span(word, tail[0])
        return Value(
            i if tail[1] > j + 2 else j, tail[1], start, end, "other", basis=DateBasis.INFERRED
        )
    cue = scan.word(i - 1) in (
        "in",
        "since",
        "during",
        "by",
        "until",
        "this",
        "last",
        "next",
        "of",
        "over",
        "through",
    )
    if word in ("spring", "fall", "summer") and scan.word(j + 1) in (
        "of",
        "festival",
        "in",
        "by",
        "to",
        "from",
        "camp",
        "school",
        "olympics",
        "short",
    ):
        return None
    if not cue or (
        scan.kind(j + 1) == "w"
        and scan.word(j + 1) not in ("and", "when", "the", "as", "but", "with", "for")
    ):
        return None
    return floating(ctx, i, j + 1, "season", 0, 0, word)

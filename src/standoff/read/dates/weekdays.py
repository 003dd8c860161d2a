"""Weekdays: Friday, Friday 13 August, Tue May 9, Friday the 13th."""

from __future__ import annotations

from dataclasses import replace

from standoff.read.dates.absolute import numeric_date
from standoff.read.dates.calendar import make_day, shift, week_of
from standoff.read.dates.named import day_first, month_first
from standoff.read.dates.names import AMBIGUOUS_WEEKDAYS, WEEKDAYS, cardinal_day, ordinal
from standoff.read.dates.value import Context, Value, with_year
from standoff.read.scan import Scan


def weekday_date(ctx: Context, i: int) -> Value | None:
    """Friday, Friday 13 August, Tue May 9, Friday the 13th, Mon 13th."""
    scan = ctx.scan
    weekday = WEEKDAYS.get(scan.word(i)) if scan.kind(i) == "w" else None
    if weekday is None or (len(scan.raw[i]) <= 5 and not scan.raw[i][:1].isupper()):
        return None
    j = i + 1
    dot = scan.word(j) == "." and scan.glued(j) and len(scan.raw[i]) <= 5
    k = j + 1 if dot else j
    if scan.word(k) in (",", "-", "(", "/"):
        k += 1
    if k < len(scan):
        inner = numeric_date(ctx, k) or month_first(ctx, k) or day_first(ctx, k)
        if (
            inner is not None
            and inner.grain == "day"
            and (inner.open_year is None or inner.open_year[0] == "day")
        ):
            last = inner.last
            if scan.word(k - 1) == "(" and scan.word(last) == ")":
                last += 1
            inner = _match_weekday(ctx, inner, weekday)
            return inner.at(i, last)
    numbered = _weekday_number(ctx, i, j, weekday)
    if numbered is not None:
        return numbered
    if scan.word(i) in AMBIGUOUS_WEEKDAYS and not _weekday_cue(scan, i):
        return None
    if scan.word(i) == "sunday" and scan.word(i + 1) in (
        "times",
        "telegraph",
        "mail",
        "express",
        "mirror",
    ):
        return None
    return near_weekday(ctx, i, i + 1, weekday)


def _weekday_cue(scan: Scan, i: int) -> bool:
    return scan.word(i - 1) in (
        "on",
        "next",
        "last",
        "this",
        "by",
        "until",
        "from",
        "to",
        "since",
        "or",
        "week",
    ) or (scan.word(i) in ("tue", "wed", "thu", "fri") and i == 0)


def _match_weekday(ctx: Context, value: Value, weekday: int) -> Value:
    """Where the year floats, the nearest year in which the weekday fits."""
    if value.open_year is None or value.start is None or value.start.weekday() == weekday:
        return value
    others = [with_year(value, value.start.year + step) for step in (-1, 1)]
    fitting = [
        o for o in others if o.known and o.start is not None and o.start.weekday() == weekday
    ]
    near = [o for o in fitting if o.start and abs((o.start - ctx.published).days) < 366]
    return (
        replace(near[0], open_year=None)
        if len(near) == 1 and value.start > ctx.published
        else value
    )


def _weekday_number(ctx: Context, i: int, j: int, weekday: int) -> Value | None:
    scan = ctx.scan
    the = scan.word(j) == "the"
    found = ordinal(scan, j + 1 if the else j)
    if found is None and not the and scan.kind(j) == "n" and scan.plain[j] and not scan.glued(j):
        day = cardinal_day(scan, j)
        follows = scan.kind(j + 1) == "w" or scan.word(j + 1) in (":", "-", "%", "–", ",", ".", "/")
        closes = scan.word(j + 1) == "." and scan.kind(j + 2) != "n"
        found = day if not follows or closes else None
    if found is None or not 1 <= found[0] <= 31 or (scan.kind(j) == "w" and not the):
        return None
    nxt = scan.word(found[1])
    if scan.kind(found[1]) == "w" and nxt not in (
        "and",
        "or",
        "at",
        "in",
        "to",
        "until",
        "till",
        "through",
        "but",
        "for",
    ):
        return None
    month = ctx.published.replace(day=1)
    steps = range(0, 40) if ctx.future(i, found[1]) else range(0, -40, -1)
    for step in steps:  # the day of this month counts whether it lies ahead or behind
        on = shift(month, step, "month")
        day = make_day(on.year, on.month, found[0])
        if day is not None and day.weekday() == weekday:
            return Value(i, found[1], day, day)
    return None


def near_weekday(ctx: Context, first: int, last: int, weekday: int) -> Value:
    """The last such day up to the day of publication, or the next one where the tense is future."""
    back = (ctx.published.weekday() - weekday) % 7
    step = (7 - back) % 7 if ctx.future(first, last) else -back
    on = shift(ctx.published, step, "day")
    return Value(first, last, on, on)


def week_weekday(ctx: Context, first: int, last: int, weekday: int, weeks: int) -> Value:
    """The weekday of the week that lies `weeks` after that of publication."""
    on = shift(week_of(ctx.published)[0], 7 * weeks + weekday, "day")
    return Value(first, last, on, on)

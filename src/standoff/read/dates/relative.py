"""Dates relative to the day of publication: today, last week, this year, the next two decades."""

from __future__ import annotations

from dataclasses import replace

from standoff.read.dates.absolute import numeric_date
from standoff.read.dates.calendar import FEASTS, make_day, month_span, season_span, shift
from standoff.read.dates.named import day_first, feast_date
from standoff.read.dates.names import LAST, MONTHS, NEXT, SEASONS, THIS, UNITS, WEEKDAYS
from standoff.read.dates.spans import GRAINS, Count, business_day, count_at, moved_unit, unit_span
from standoff.read.dates.value import Context, Value, settle, with_year
from standoff.read.dates.weekdays import week_weekday, weekday_date
from standoff.terms import DateBasis

FEAST_WORDS = frozenset(name.split(" ")[0].split("'")[0] for name in FEASTS)
SIMPLE = {
    "today": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "tmrw": 1,
    "tonight": 0,
    "otd": 0,
    "overnight": 0,
}


def simple_day(ctx: Context, i: int) -> Value | None:
    """Today, yesterday, the day before yesterday, the day after tomorrow."""
    scan = ctx.scan
    word = scan.word(i)
    if word in SIMPLE:
        if word == "overnight" and scan.kind(i + 1) == "w":
            return None
        last = i + 1
        on = shift(ctx.published, SIMPLE[word], "day")
        return Value(i, last, on, on)
    the = 1 if word == "the" else 0
    if scan.word(i + the) == "day" and scan.word(i + the + 1) in ("before", "after"):
        after = scan.word(i + the + 1) == "after"
        follow = scan.word(i + the + 2)
        if follow == ("tomorrow" if after else "yesterday"):
            on = shift(ctx.published, 2 if after else -2, "day")
            return Value(i, i + the + 3, on, on)
        if the and (follow in ("", ".", ",", "?", "!", ";", ":") or follow in ("and", "but")):
            on = shift(ctx.published, 1 if after else -1, "day")
            return Value(i, i + 3, on, on, basis=DateBasis.INFERRED)
    if (
        word in ("current", "the")
        and scan.word(i + (word == "the")) == "current"
        and scan.word(i + 1 + (word == "the")) == "date"
    ):
        return Value(i, i + 2 + (word == "the"), ctx.published, ctx.published)
    return None


def stepped(ctx: Context, i: int) -> Value | None:
    """Last week, this year, the next two decades, past few days, next Friday, last May.

    >>> from datetime import date
    >>> from standoff.read.scan import scan_text
    >>> value = stepped(Context(scan_text("last week"), date(2021, 8, 13)), 0)
    >>> str(value.start), str(value.end)
    ('2021-08-02', '2021-08-08')
    """
    scan = ctx.scan
    word = scan.word(i)
    if word == "same" or word in ("that", "my", "the"):
        return _this_unit(ctx, i)
    step = -1 if word in LAST else 1 if word in NEXT else 0 if word in THIS else None
    if step is None:
        return None
    j, near = i + 1, False
    if word == "this" and (scan.word(j) in NEXT or scan.word(j) in LAST):
        step, near = (1 if scan.word(j) in NEXT else -1), True
        j += 1
    near = near or word in ("coming", "upcoming", "past")
    target = scan.word(j)
    if target in WEEKDAYS and scan.kind(j) == "w":
        dated = weekday_date(ctx, j)
        if dated is not None and dated.last > j + 1:
            return dated.at(i, dated.last)
        return _stepped_weekday(ctx, i, j, step, near)
    exact = numeric_date(ctx, j) or day_first(ctx, j)
    if exact is not None and exact.open_year is not None and exact.open_year[0] == "day":
        return settle(exact, ctx.published.year + step).at(i, exact.last)
    if target in FEAST_WORDS:
        return _stepped_feast(ctx, i, j, step)
    if target in ("calendar", "working", "fiscal", "financial", "school") or target in (
        "workweek",
    ):
        return _special(ctx, i, j, step)
    unit = "weekend" if target == "weekend" else UNITS.get(target)
    plural = target.endswith("s") and unit is not None
    if unit == "day" and target != "days":
        return None  # "the next day", "this day" hang on an event, "last night" is a time
    if unit is not None and not plural:
        start, end = moved_unit(ctx.published, unit, step)
        return Value(i, j + 1, start, end, GRAINS[unit])
    if plural and unit is not None and word in (*NEXT, "past", "last") and step:
        return None
    if target in MONTHS and scan.kind(j) == "w":
        return _stepped_month(ctx, i, j, step)
    if target in SEASONS:
        return _stepped_season(ctx, i, j, step)
    if step == 0:
        return None
    return rolling(ctx, i, j, step)


def rolling(ctx: Context, i: int, j: int, step: int) -> Value | None:
    """The last or next N units: counted from the day of publication, or in whole quarters and decades."""
    scan = ctx.scan
    count = count_at(scan, j)
    if count is None or (
        len(count.amounts) > 1 and step > 0 and "and" in scan.lower[j : count.last]
    ):
        count = count_at(scan, j, joined=False)
    if count is None:
        return None
    if len(count.amounts) > 1 and scan.word(count.last) == "ago":
        count = count_at(scan, j, joined=False)
        if count is None:
            return None
    return span_of(ctx, i, count.last, count, step)


def span_of(ctx: Context, first: int, last: int, count: Count, step: int) -> Value:
    """The interval that N units before or after the day of publication make."""
    published = ctx.published
    number, unit = count.amounts[0]
    if unit in ("quarter", "decade", "century", "fortnight") and len(count.amounts) == 1:
        whole = max(1, int(number))
        if step < 0:
            return Value(
                first,
                last,
                moved_unit(published, unit, -whole)[0],
                moved_unit(published, unit, -1)[1],
                GRAINS[unit],
            )
        if unit == "fortnight":
            start = shift(unit_span(published, "fortnight")[0], 14, "day")
            return Value(first, last, start, shift(start, 14 * whole - 1, "day"), "other")
        return Value(
            first,
            last,
            moved_unit(published, unit, 1)[0],
            moved_unit(published, unit, whole)[1],
            GRAINS[unit],
        )
    if step < 0:
        return Value(first, last, count.move(published, -1), shift(published, -1, "day"), "other")
    start = business_day(published, 1) if count.business else shift(published, 1, "day")
    return Value(first, last, start, count.move(published, 1), "other")


def _stepped_feast(ctx: Context, i: int, j: int, step: int) -> Value | None:
    """The last Easter before, or the next one after, the day of publication."""
    value = feast_date(ctx, j)
    if value is None or value.open_year is None:
        return None
    days = [with_year(value, ctx.published.year + n) for n in (-1, 0, 1)]
    fit = [
        d
        for d in days
        if d.start and (d.start < ctx.published if step < 0 else d.start > ctx.published)
    ]
    if step == 0:
        fit = [days[1]]
    return replace(fit[-1] if step < 0 else fit[0], first=i, open_year=None) if fit else None


def _stepped_weekday(ctx: Context, i: int, j: int, step: int, near: bool) -> Value:
    weekday = WEEKDAYS[ctx.scan.word(j)]
    if near:
        gap = (weekday - ctx.published.weekday()) % 7
        if step < 0:
            gap = gap - 7 if gap else -7
        elif gap == 0:
            gap = 7
        on = shift(ctx.published, gap, "day")
        return Value(i, j + 1, on, on)
    return week_weekday(ctx, i, j + 1, weekday, step)


def _stepped_month(ctx: Context, i: int, j: int, step: int) -> Value | None:
    scan, published = ctx.scan, ctx.published
    month = MONTHS[scan.word(j)]
    if scan.word(j) == "may" and not scan.raw[j][:1].isupper() and step == 0:
        return None
    if step == 0:
        year = published.year
    elif step < 0:
        year = published.year if month < published.month else published.year - 1
    else:
        year = published.year if month > published.month else published.year + 1
    last = j + 1
    parsed = scan.values[last] if scan.kind(last) == "n" and scan.plain[last] else 0
    if 1 <= parsed <= 31 and len(scan.raw[last]) <= 2:
        on = make_day(published.year + (step > 0) - (step < 0), month, int(parsed))
        return Value(i, last + 1, on, on, known=on is not None)
    start, end = month_span(year, month)
    return Value(i, last, start, end, "month")


def _stepped_season(ctx: Context, i: int, j: int, step: int) -> Value | None:
    published, name = ctx.published, ctx.scan.word(j)
    if name == "fall" and ctx.scan.kind(j + 1) == "w" and ctx.scan.word(j + 1) in ("in", "of"):
        return None
    spans = [season_span(name, published.year + n) for n in (-2, -1, 0, 1, 2)]
    if step == 0:
        holds = [s for s in spans if s[0].year == published.year or s[0] <= published <= s[1]]
        inside = [s for s in holds if s[0] <= published <= s[1]]
        chosen = (inside or holds)[0]
    elif step < 0:
        chosen = [s for s in spans if s[1] < published][-1]
    else:
        chosen = next(s for s in spans if s[0] > published)
    return Value(i, j + 1, *chosen, grain="other", basis=DateBasis.INFERRED)


def _special(ctx: Context, i: int, j: int, step: int) -> Value | None:
    scan = ctx.scan
    word, unit = scan.word(j), scan.word(j + 1)
    if word == "workweek" or (word == "working" and unit == "week"):
        monday = moved_unit(ctx.published, "week", step)[0]
        return Value(i, j + 1 + (word == "working"), monday, shift(monday, 4, "day"), "week")
    if unit in UNITS and word == "calendar":
        start, end = moved_unit(ctx.published, UNITS[unit], step)
        return Value(i, j + 2, start, end, GRAINS[UNITS[unit]])
    if unit == "year":  # when a fiscal year starts depends on the country
        return Value(i, j + 2, None, None, "year", known=False)
    return None


def _this_unit(ctx: Context, i: int) -> Value | None:
    """The week, the same month, that weekend, my week: the current unit."""
    scan = ctx.scan
    word, target = scan.word(i), scan.word(i + 1)
    if word == "the" and target == "same":
        return None
    unit = "weekend" if target == "weekend" else UNITS.get(target)
    if unit is None or target.endswith("s") or unit in ("decade", "century", "quarter"):
        return None
    after = scan.word(i + 2)
    if word == "the":
        if after == "after" and scan.word(i + 3) in ("next", "the"):
            last = i + 5 if scan.word(i + 3) == "the" and scan.word(i + 4) == "next" else i + 4
            if last == i + 4 and scan.word(i + 3) == "the":
                return None
            start, end = moved_unit(ctx.published, unit, 2)
            return Value(i, last, start, end, GRAINS[unit])
        if after in (
            "of",
            "that",
            "when",
            "in",
            "to",
            "he",
            "she",
            "it",
            "they",
            "will",
            "has",
            "'s",
            "’",
        ) or (unit == "fortnight" and after):
            return None
        if scan.kind(i + 2) == "n" or (
            scan.kind(i + 2) == "w"
            and after not in ("before", "and", "or", "on", "at", "for", "with")
        ):
            return None
        if (
            scan.word(i - 1) not in ("for", "in", "of", "on", "over", "throughout", "during", "")
            and i
        ) and (unit == "day" or (unit == "week" and scan.word(i - 1) not in (".", "!"))):
            return None
        if after in ("before",) and unit in ("day", "week"):
            return None
    if unit == "day" and word != "the":
        return None
    start, end = unit_span(ctx.published, unit)
    basis = DateBasis.STATED if word == "my" else DateBasis.INFERRED
    first = i
    return Value(first, i + 2, start, end, GRAINS[unit], basis=basis)

"""Ranges of dates: from March to May, between 2014 and 2018, 4-22 January 1995, until the 15th."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from standoff.read.dates.calendar import add_months, make_day, month_span, shift
from standoff.read.dates.named import is_month, tail_year
from standoff.read.dates.names import LAST, NEXT, THIS, WEEKDAYS, day_of_month
from standoff.read.dates.parse import atom
from standoff.read.dates.value import Context, Value, floating, settle
from standoff.read.dates.years import year_date

JOINS = frozenset(["to", "till", "until", "through", "thru", "-", "–", "—", "~", "‑"])


def range_at(ctx: Context, i: int, anchor: date | None = None) -> Value | None:
    """A range that starts at token `i`, both named ends included, or None.

    >>> from standoff.read.scan import scan_text
    >>> value = range_at(Context(scan_text("from March to May 2020"), date(2021, 8, 13)), 0)
    >>> str(value.start), str(value.end)
    ('2020-03-01', '2020-05-31')
    """
    scan = ctx.scan
    word = scan.word(i)
    between = word == "between"
    led = between or (word in ("from", "in") and scan.kind(i + 1) != "")
    j = i + 1 if led else i
    if word == "in" and not (scan.kind(j) == "n" and len(scan.raw[j]) == 4):
        return None
    outer = _outer(ctx, i, anchor)
    if outer is not None:
        return outer
    a = _end(ctx, j, anchor)
    days = _days(ctx, i, j, between, led)
    if days is not None and (a is None or not _joined(ctx, a, between) or days.last > a.last):
        return days
    if a is None:
        return None
    k = _join(ctx, a.last, between, a)
    if k is None:
        return None
    b = _end(ctx, k, anchor) or _bare_end(ctx, k, a)
    if b is None:
        return None
    if not led and not _free(ctx, a, b):
        return None
    b = _with_tail(ctx, b)
    return _combine(ctx, a, b, i, b.last)


def _joined(ctx: Context, a: Value, between: bool) -> bool:
    return _join(ctx, a.last, between, a) is not None


def _join(ctx: Context, k: int, between: bool, a: Value) -> int | None:
    scan = ctx.scan
    word = scan.word(k)
    if word == "," and scan.word(k + 1) in JOINS:
        k += 1
        word = scan.word(k)
    if word in JOINS or (between and word == "and"):
        if word in ("until", "through", "to") and scan.word(k + 1) == "until":
            k += 1
        return k + 1
    if word == "and" and scan.word(k + 1) == "through":
        return k + 2
    return None


def _free(ctx: Context, a: Value, b: Value) -> bool:
    """A range without "from": only between alike ends, or where a dash or "until" ties them."""
    join = ctx.scan.word(b.first - 1)
    if join == "to" and a.grain != b.grain and not {a.grain, b.grain} <= {"day", "month", "year"}:
        return False
    return a.grain in (
        "day",
        "month",
        "year",
        "quarter",
        "week",
        "decade",
        "other",
        "half",
    ) and not (join == "to" and a.grain == "other")


def _end(ctx: Context, i: int, anchor: date | None) -> Value | None:
    scan = ctx.scan
    word = scan.word(i)
    if (
        word == "now"
        or (word == "date" and scan.word(i - 1) == "to")
        or (word == "present" and scan.word(i - 1) in JOINS)
    ):
        on = ctx.published if word == "now" else shift(ctx.published, -1, "day")
        return Value(i, i + 1, on, on, name="now")
    if word == "the" and scan.word(i + 1) in (
        "end",
        "start",
        "beginning",
        "middle",
        "present",
        "last",
        "next",
        "second",
        "first",
    ):
        inner = atom(ctx, i + 1, anchor)
        if inner is not None:
            return replace(inner, first=i)
    value = atom(ctx, i, anchor)
    if (
        value is None
        and scan.kind(i) == "n"
        and scan.plain[i]
        and len(scan.raw[i]) == 4
        and 1900 <= scan.values[i] < 2200
    ):
        joins = (*JOINS, "and")
        glued = scan.word(i - 1) in joins or scan.word(i + 1) in joins
        if glued and not (scan.kind(i + 1) == "w" and scan.glued(i + 1)):
            year = int(scan.values[i])
            return Value(i, i + 1, date(year, 1, 1), date(year, 12, 31), "year")
    return value


def _bare_end(ctx: Context, k: int, a: Value) -> Value | None:
    """The second end as a day alone: "November 19 to 20", "from april the 9th till the 17th"."""
    scan = ctx.scan
    if a.grain != "day" or a.start is None:
        return None
    found = day_of_month(scan, k)
    if found is None:
        return None
    nxt = scan.word(found[1])
    if scan.kind(found[1]) == "w" and (
        is_month(scan, found[1])
        or nxt in ("million", "percent", "km", "hours", "people", "am", "pm")
    ):
        return None
    if (
        scan.kind(k) == "n"
        and scan.glued(found[1])
        and nxt in (":", "%", ".")
        and scan.glued(found[1] + 1)
    ):
        return None
    day, last = found
    on = make_day(a.start.year, a.start.month, day)
    if on is None or on < a.start:
        month = add_months(a.start.replace(day=1), 1)
        on = make_day(month.year, month.month, day)
    return (
        Value(k, last, on, on, open_year=("day", on.month, on.day) if a.open_year and on else None)
        if on
        else None
    )


def _with_tail(ctx: Context, b: Value) -> Value:
    """A year behind the range that the second end did not take: "from april to June in 2017"."""
    if b.open_year is None:
        return b
    tail = tail_year(ctx, b.last, short=False)
    if tail is None:
        return b
    return settle(b, tail[0]).at(b.first, tail[1])


def _combine(ctx: Context, a: Value, b: Value, first: int, last: int) -> Value | None:
    """Both ends put into their years; the later end may lend its year to the earlier one."""
    if a.name == "now" and b.name == "now":
        return None
    if a.open_year is not None and b.open_year is None and b.start is not None and b.name != "now":
        lent = settle(a, b.start.year)
        if lent.start and b.end and lent.start > b.end:
            lent = settle(a, b.start.year - 1)
        a = lent
    elif a.open_year is None and b.open_year is not None and a.start is not None:
        b = _not_before(b, a.start)
    elif a.open_year is not None and b.open_year is not None and a.start and b.end:
        a, b = _nearest(ctx, a, b, first, last)
    if a.start is None or b.end is None:
        both = not a.known or not b.known
        return Value(first, last, None, None, "other", known=False) if both else None
    start = _edge(ctx, a, opening=True)
    end = _edge(ctx, b, opening=False)
    if start > end and _is_weekday(ctx, b):
        end = shift(end, 7 * ((start - end).days // 7 + 1), "day")
    if start > end:
        return None
    return Value(first, last, start, end, "other")


def _not_before(b: Value, start: date) -> Value:
    """The later end in the first year that does not put it before the earlier one."""
    moved = settle(b, start.year)
    return settle(b, start.year + 1) if moved.end and moved.end < start else moved


def _nearest(ctx: Context, a: Value, b: Value, first: int, last: int) -> tuple[Value, Value]:
    """Both ends without a year: the range that holds the day of publication, else the nearest by tense."""
    pairs: list[tuple[Value, Value]] = []
    for year in range(ctx.published.year - 4, ctx.published.year + 5):
        low = settle(a, year)
        if low.start is not None:
            pairs.append((low, _not_before(b, low.start)))
    whole = [p for p in pairs if p[0].start and p[1].end]
    for low, high in whole:
        if low.start and high.end and low.start <= ctx.published <= high.end:
            return low, high
    ahead = [p for p in whole if p[0].start and p[0].start > ctx.published]
    behind = [p for p in whole if p[1].end and p[1].end < ctx.published]
    if ctx.future(first, last) and ahead:
        return ahead[0]
    return behind[-1] if behind else (a, b)


def _is_weekday(ctx: Context, b: Value) -> bool:
    return b.last == b.first + 1 and ctx.scan.word(b.first) in WEEKDAYS


def _edge(ctx: Context, value: Value, *, opening: bool) -> date:
    """The end that a part of a period gives to a range: "to the end of June" is 30 June."""
    scan = ctx.scan
    at = value.first + 1 if scan.word(value.first) == "the" else value.first
    word = scan.word(at)
    low, high = value.start, value.end
    if low is None or high is None:
        raise ValueError("an edge needs a resolved value")
    if value.grain == "other" and word in ("end", "beginning", "start", "middle"):
        whole = atom(ctx, at + 2 if scan.word(at + 1) == "of" else at + 1)
        if whole is not None and whole.start is not None and whole.end is not None:
            shift_years = low.year - whole.start.year
            start, end = (
                shift(whole.start, shift_years, "year"),
                shift(whole.end, shift_years, "year"),
            )
            if word == "end":
                return shift(end, 1, "day") if opening else end
            if word == "middle":
                half = (end - start).days + 1
                return shift(start, half // 2 if opening else half // 2 - 1, "day")
            return start if opening else shift(start, -1, "day")
    return low if opening else high


def _days(ctx: Context, i: int, j: int, between: bool, led: bool) -> Value | None:
    """Two days of one month: 4-22 January 1995, 9 to 12 of June, from 4 to 23 next month."""
    scan = ctx.scan
    month_first, k = None, j
    if is_month(scan, j) and scan.word(j + 1) in ("between", "from"):
        month_first, k = is_month(scan, j), j + 2
        between = scan.word(j + 1) == "between"
    a = _day(ctx, k)
    if a is None:
        return None
    join = scan.word(a[1])
    if join not in JOINS and not (between and join == "and"):
        return None
    b = _day(ctx, a[1] + 1)
    if b is None:
        return _day_before(ctx, i, a[0], a[1] + 1) if led and month_first is None else None
    m = b[1]
    if month_first is not None:
        year = tail_year(ctx, m, short=False)
        return _two_days(
            ctx, i, year[1] if year else m, a[0], b[0], month_first, year[0] if year else None
        )
    of = scan.word(m) in ("of", "in")
    n = m + 1 if of else m
    month = is_month(scan, n)
    if month is not None:
        last = n + 1
        year = tail_year(ctx, last, short=False)
        return _two_days(
            ctx, i, year[1] if year else last, a[0], b[0], month, year[0] if year else None
        )
    step = (
        -1
        if scan.word(n) in LAST
        else 1
        if scan.word(n) in NEXT
        else 0
        if scan.word(n) in THIS
        else None
    )
    if step is None or scan.word(n + 1) != "month":
        return None
    on = shift(ctx.published, step, "month")
    return _two_days(ctx, i, n + 2, a[0], b[0], on.month, on.year)


def _day_before(ctx: Context, i: int, day: int, k: int) -> Value | None:
    """From 4 to January 22, 1995: the first day takes the month of the second end."""
    late = atom(ctx, k) if is_month(ctx.scan, k) else None
    if late is None or late.grain != "day" or late.start is None or day > late.start.day:
        return None
    return Value(i, late.last, late.start.replace(day=day), late.start, "other")


def _day(ctx: Context, k: int) -> tuple[int, int] | None:
    scan = ctx.scan
    if scan.word(k) in WEEKDAYS:
        k += 2 if scan.word(k + 1) == "," else 1
    found = day_of_month(scan, k)
    if (
        found is None
        and scan.kind(k) == "n"
        and scan.plain[k]
        and len(scan.raw[k]) <= 2
        and 1 <= scan.values[k] <= 31
    ):
        return int(scan.values[k]), k + 1
    return found


def _two_days(
    ctx: Context, first: int, last: int, a: int, b: int, month: int, year: int | None
) -> Value | None:
    if year is None:
        late = floating(ctx, first, last, "day", month, b)
        if late.start is None:
            return None
        year = late.start.year
    end = make_day(year, month, b)
    start = make_day(year, month, a)
    if start is not None and end is not None and start > end:
        before = shift(month_span(year, month)[0], -1, "month")
        start = make_day(before.year, before.month, a)
    if start is None or end is None:
        return None
    return Value(first, last, start, end, "other")


def _outer(ctx: Context, i: int, anchor: date | None) -> Value | None:
    """Next week between Wednesday and Friday, this week from Tue to Thur."""
    scan = ctx.scan
    if (
        scan.word(i) not in (*LAST, *NEXT, *THIS)
        or scan.word(i + 1) != "week"
        or scan.word(i + 2) not in ("between", "from")
    ):
        return None
    week = atom(ctx, i, anchor)
    a = WEEKDAYS.get(scan.word(i + 3))
    b = WEEKDAYS.get(scan.word(i + 5))
    joined = scan.word(i + 4) in JOINS or scan.word(i + 4) == "and"
    if week is None or week.start is None or a is None or b is None or not joined or a > b:
        return None
    return Value(i, i + 6, shift(week.start, a, "day"), shift(week.start, b, "day"), "other")


def plain_year(ctx: Context, i: int) -> Value | None:
    """A year, for bounds: after 2016, since 1990."""
    value = year_date(ctx, i)
    if value is not None:
        return value
    scan = ctx.scan
    if (
        scan.kind(i) == "n"
        and scan.plain[i]
        and len(scan.raw[i]) == 4
        and 1500 <= scan.values[i] < 2200
    ):
        if (
            scan.kind(i + 1) == "w"
            and scan.word(i + 1).endswith("s")
            and scan.word(i + 1) not in ("was", "is", "as", "has")
        ):
            return None
        year = int(scan.values[i])
        return Value(i, i + 1, date(year, 1, 1), date(year, 12, 31), "year")
    return None

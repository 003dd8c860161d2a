"""One date expression at a token: every reading is tried, the longest is kept."""

from __future__ import annotations

from datetime import date

from standoff.read.dates.absolute import numeric_date
from standoff.read.dates.calendar import FEASTS, shift
from standoff.read.dates.named import day_first, feast_date, month_first
from standoff.read.dates.names import (
    CARDINALS,
    DECADES,
    LAST,
    MONTHS,
    NEXT,
    ORDINALS,
    SEASONS,
    TENS,
    THIS,
    UNITS,
    WEEKDAYS,
)
from standoff.read.dates.offsets import offset
from standoff.read.dates.parts import EARLY, LATE, MID
from standoff.read.dates.periods import (
    coded,
    feast_weekend,
    numbered,
    parted,
    season,
    week_around,
    week_number,
)
from standoff.read.dates.relative import SIMPLE, simple_day, span_of, stepped
from standoff.read.dates.spans import VAGUE, Count, count_at
from standoff.read.dates.value import Context, Value
from standoff.read.dates.weekdays import week_weekday, weekday_date
from standoff.read.dates.years import decade_date, short_year, year_date
from standoff.read.scan import Scan, words

_FEAST_FIRST = frozenset(
    name.split(" ")[0].split("-")[0].split("'")[0] for name in FEASTS
) | frozenset(name.split(" ")[0] for name in FEASTS)
STARTS = words(
    "the same that my rest remainder remaining earlier later in within more less a an week weekend month w q h "
    "calendar cy fy year day current final closing fiscal school sy half eoy ' ’ financial to till hundred"
).union(
    MONTHS, WEEKDAYS, SIMPLE, SEASONS, LAST, NEXT, THIS, EARLY, LATE, MID, ORDINALS, CARDINALS, TENS, DECADES,
    VAGUE, _FEAST_FIRST,
)  # fmt: skip


def atom(ctx: Context, i: int, anchor: date | None = None, depth: int = 0) -> Value | None:
    """The longest date expression that starts at token `i`, or None.

    >>> from standoff.read.scan import scan_text
    >>> value = atom(Context(scan_text("first week of August"), date(2021, 8, 13)), 0)
    >>> str(value.start), str(value.end)
    ('2021-08-02', '2021-08-08')
    """
    scan = ctx.scan
    if i >= len(scan) or depth > 3:
        return None
    kind, word = scan.kind(i), scan.word(i)
    if kind == "s" and word not in ("'", "’"):
        return None
    if kind == "w" and word not in STARTS:
        return None

    def inner(context: Context, j: int) -> Value | None:
        return atom(context, j, anchor, depth + 1)

    found: list[Value | None] = []
    if kind in ("n", "d") or word in MONTHS:
        found.append(numeric_date(ctx, i))
    if kind == "n" or kind == "w":
        if word in MONTHS:
            found.append(month_first(ctx, i))
        found += [day_first(ctx, i), coded(ctx, i), year_date(ctx, i), decade_date(ctx, i)]
        found.append(offset(ctx, i, anchor))
        found.append(numbered(ctx, i, inner))
    elif kind == "s" or kind == "v":
        found += [decade_date(ctx, i), short_year(ctx, i), offset(ctx, i, anchor)]
    if kind == "w":
        if word in WEEKDAYS:
            found.append(weekday_date(ctx, i))
        if word in _FEAST_FIRST:
            feast = feast_date(ctx, i)
            found.append(feast_weekend(ctx, i, feast) if feast else None)
        found += [
            simple_day(ctx, i), stepped(ctx, i), parted(ctx, i, inner), week_number(ctx, i),
            week_around(ctx, i, inner), season(ctx, i), _fiscal(ctx, i), _special(ctx, i), _the_period(ctx, i),
        ]  # fmt: skip
    if kind == "n":
        found.append(_count_first(ctx, i))
    best: Value | None = None
    for value in found:
        if value is not None and (best is None or value.last > best.last):
            best = value
    if best is None:
        return None
    return _extended(ctx, best, inner)


def _the_period(ctx: Context, i: int) -> Value | None:
    """The past two decades, the last three quarters, the next decade: "the" belongs to it."""
    scan = ctx.scan
    if scan.word(i) != "the" or not (scan.word(i + 1) in LAST or scan.word(i + 1) in NEXT):
        return None
    value = stepped(ctx, i + 1)
    if value is not None and value.grain == "decade":
        return value.at(i, value.last)
    return None


def _count_first(ctx: Context, i: int) -> Value | None:
    """5 past years, 2 upcoming months."""
    scan = ctx.scan
    step = -1 if scan.word(i + 1) in LAST else 1 if scan.word(i + 1) in NEXT else 0
    if not step or count_at(scan, i, joined=False) is not None:
        return None
    unit = UNITS.get(scan.word(i + 2))
    if unit is None or not scan.word(i + 2).endswith("s") or not 0 < scan.values[i] < 1e4:
        return None
    count = Count(((scan.values[i], unit),), i + 3)
    return span_of(ctx, i, i + 3, count, step)


def _fiscal(ctx: Context, i: int) -> Value | None:
    """A fiscal or school year has no interval without knowing whose: found, not resolved."""
    scan = ctx.scan
    word = scan.word(i)
    if word in ("fiscal", "school", "financial") and scan.word(i + 1) == "year":
        j = i + 2
    elif word in ("fiscal", "fy") and _is_year(scan, i + 1):
        j = i + 1  # "fiscal 2022", "FY2022", "FY 22"
    elif word == "sy" and scan.kind(i + 1) == "n":
        j = i + 1
    else:
        return None
    if scan.kind(j) == "n" and scan.plain[j] and len(scan.raw[j]) in (2, 4):
        j += 1
    elif word in ("school", "financial"):
        return None
    return Value(i, j, None, None, "year", known=False)


def _is_year(scan: Scan, i: int) -> bool:
    return scan.kind(i) == "n" and scan.plain[i] and len(scan.raw[i]) in (2, 4)


def _special(ctx: Context, i: int) -> Value | None:
    """EOY, to date, till date, the year to date, a weekend alone."""
    scan = ctx.scan
    word, published = scan.word(i), ctx.published
    if word == "eoy":
        return Value(i, i + 1, date(published.year, 7, 1), date(published.year, 12, 31), "other")
    if (
        word in ("to", "till")
        and scan.word(i + 1) == "date"
        and scan.word(i - 1) not in ("up", "-")
        and scan.kind(i + 2) != "w"
    ):
        return Value(i, i + 2, None, shift(published, -1, "day"), "other")
    if word == "year" and scan.word(i + 1) == "to" and scan.word(i + 2) == "date":
        return Value(i, i + 3, date(published.year, 1, 1), shift(published, -1, "day"), "other")
    if (
        word == "weekend"
        and scan.word(i - 1) in ("on", "at", "mom", "over")
        and scan.kind(i + 1) != "w"
    ):
        monday = shift(published, -published.weekday(), "day")
        return Value(i, i + 1, shift(monday, 5, "day"), shift(monday, 6, "day"), "weekend")
    return None


def _extended(ctx: Context, value: Value, inner: object) -> Value:
    """A weekday behind a week: next week Wednesday, last week on Tuesday, in 3 days on Friday."""
    scan = ctx.scan
    j = value.last
    if value.grain == "week" and value.start is not None:
        k = j + 1 if scan.word(j) in ("on", "-") else j
        if scan.word(j) == "." and scan.word(j + 1) == "on":
            k = j + 2
        if (
            scan.word(k) in WEEKDAYS
            and scan.kind(k) == "w"
            and (scan.raw[k][:1].isupper() or len(scan.raw[k]) > 5)
        ):
            on = shift(value.start, WEEKDAYS[scan.word(k)], "day")
            return Value(value.first, k + 1, on, on)
    return value


def of_week(ctx: Context, i: int) -> Value | None:
    """Tuesday of next week, on monday of the following week."""
    scan = ctx.scan
    j = i + 1 if scan.word(i) == "on" else i
    weekday = WEEKDAYS.get(scan.word(j)) if scan.kind(j) == "w" else None
    if weekday is None or scan.word(j + 1) != "of":
        return None
    k = j + 2
    the = scan.word(k) == "the"
    k = k + 1 if the else k
    step = (
        -1
        if scan.word(k) in LAST
        else 1
        if scan.word(k) in NEXT
        else 0
        if scan.word(k) in THIS
        else None
    )
    if step is None or scan.word(k + 1) != "week":
        return None
    return week_weekday(ctx, i if the else j, k + 2, weekday, step)

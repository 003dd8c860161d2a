"""Dates found in running text, as intervals anchored on the day of publication."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from standoff.read.dates.absolute import day_first_in
from standoff.read.dates.bounds import bound_after, bound_at, far_at, weekday_joined, weekday_led
from standoff.read.dates.calendar import make_day
from standoff.read.dates.named import bare_day, day_first
from standoff.read.dates.names import MONTHS, UNITS, WEEKDAYS
from standoff.read.dates.parse import STARTS, atom
from standoff.read.dates.ranges import range_at
from standoff.read.dates.value import Context, Value
from standoff.read.quantities.nouns import is_plural
from standoff.read.scan import Scan, scan_text, text_blocks, words
from standoff.terms import DateMention, Period, Span

_BOUND_STARTS = words(
    "no not as year greater later earlier prior starting beginning effective ever since before after until till "
    "by < > from between for on in within"
)
MARKS = frozenset("<>'’½¼¾")
SMALL = words(
    "the a an in to that my more less within no not as on for by from between half since until till after "
    "before"
)
GOES_ON = UNITS.keys() | words(
    "' ’ business working than later earlier of weekend following couple few several twenty thirty ¼ ½ ¾"
)
RANGE_LEADS = words("from between in last next this past coming previous following current the")
RANGE_JOINS = words("to till until through thru - – — ~ ‑ , between from and th st nd rd")
Parser = Callable[[Context, int, date | None], Value | None]


def find_dates(text: str, published: date) -> tuple[DateMention, ...]:
    """Every date expression of `text`, in order, each an interval of whole days, ends included.

    What has no year is put into the last fitting year, or the next one where the verb near it is in
    the future. An open side is None ("since 2014"). An expression that is a date but fits no
    calendar ("30 February") or needs a rule of another country ("fiscal year 2008") has both ends
    None. Both named ends of a range belong to it. Time is linear in the length of the text.

    >>> [(m.span.quote, str(m.period.start), str(m.period.end)) for m in find_dates(
    ...     "On Friday it met, after talks in the first week of August.", date(2021, 8, 13))]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('Friday', '2021-08-13', '2021-08-13'), ('the first week of August', '2021-08-02', '2021-08-08')]
    """
    found: list[DateMention] = []
    anchor: date | None = None
    order = day_first_in(text)
    for offset, block in text_blocks(text):
        anchor = _find_in(block, published, offset, anchor, found, order)
    return tuple(found)


def _find_in(
    block: str,
    published: date,
    offset: int,
    anchor: date | None,
    found: list[DateMention],
    order: bool,
) -> date | None:
    """Add the dates of one block; gives the last day named, for "three days later"."""
    scan = scan_text(block)
    ctx = Context(scan, published, order)
    i = 0
    while i < len(scan):
        word, kind = scan.lower[i], scan.kinds[i]
        if (kind == "w" and word not in STARTS and word not in _BOUND_STARTS) or (
            kind == "s" and word not in MARKS
        ):
            i += 1
            continue
        value = _best(ctx, i, anchor)
        if value is None:
            i += 1
            continue
        if not _is_code(ctx, value):
            found.append(_mention(ctx, value, offset))
        if value.start is not None and value.start == value.end:
            anchor = value.start
            for day in _more_days(ctx, value):
                found.append(_mention(ctx, day, offset))
                value = day
        i = max(value.last, i + 1)
    return anchor


def _hopeless(scan: Scan, i: int) -> bool:
    """A frequent small word before a word that no date goes on with: the quick way out."""
    if scan.word(i) not in SMALL:
        return False
    nxt = scan.word(i + 1)
    return scan.kind(i + 1) != "n" and nxt not in STARTS and nxt not in GOES_ON


def _best(ctx: Context, i: int, anchor: date | None) -> Value | None:
    scan = ctx.scan
    if _hopeless(scan, i):
        return None
    word = scan.word(i)
    value = atom(ctx, i, anchor)
    parsers: list[Parser] = []
    if (
        value is not None
        or word in RANGE_LEADS
        or (scan.kind(i) in ("n", "w") and scan.word(i + 1) in RANGE_JOINS)
    ):
        parsers.append(range_at)
    if word in _BOUND_STARTS:
        parsers.append(bound_at)
    if word not in WEEKDAYS:
        parsers.append(far_at)
    if word in WEEKDAYS or word == "on":
        parsers.append(weekday_led)
    for parser in parsers:
        other = parser(ctx, i, anchor)
        if other is not None and (value is None or other.last >= value.last):
            value = other
    if value is None:
        listed = _listed(ctx, i)
        if listed is not None:
            return listed
        before = scan.word(i - 1)
        if scan.word(i) == "the" and before in ("on", "by", "until", "since"):
            value = bare_day(ctx, i)
        return value
    if (
        scan.word(i) in _BOUND_STARTS
        and value.first == i
        and scan.word(i) in ("in", "on")
        and value.grain == "year"
    ):
        return None
    if value.grain == "day" and scan.word(i) in WEEKDAYS and value.last == i + 1:
        return bound_after(ctx, value)
    return bound_after(ctx, weekday_joined(ctx, value))


def _is_code(ctx: Context, value: Value) -> bool:
    """A year or pair of years inside a longer run of digits and hyphens: a telephone or serial number."""
    if value.grain not in ("year", "other", "decade"):
        return False
    scan, text = ctx.scan, ctx.scan.text
    start, end = scan.starts[value.first], scan.ends[value.last - 1]
    if not (text[start].isdigit() and text[end - 1].isdigit()):
        return False
    tail, head = (
        text[end : end + 4].replace(" ", ""),
        text[max(0, start - 4) : start].replace(" ", ""),
    )
    return (tail[:1] == "-" and tail[1:2].isdigit()) or (head[-1:] == "-" and head[-2:-1].isdigit())


def _listed(ctx: Context, i: int, depth: int = 0) -> Value | None:
    """The first day of a list: "18 and 19 June"; the month stands with the last."""
    scan = ctx.scan
    if (
        depth > 5
        or scan.kind(i) != "n"
        or not scan.plain[i]
        or not 1 <= scan.values[i] <= 31
        or scan.kind(i - 1) == "n"
    ):
        return None
    if (
        scan.word(i + 1) not in ("and", ",", "or")
        or scan.kind(i + 2) != "n"
        or scan.gap(i + 2) != " "
    ):
        return None
    later = day_first(ctx, i + 2) or _listed(ctx, i + 2, depth + 1)
    if later is None or later.start is None or later.grain != "day":
        return None
    on = make_day(later.start.year, later.start.month, int(scan.values[i]))
    return Value(i, i + 1, on, on) if on and on < later.start else None


def _more_days(ctx: Context, value: Value) -> list[Value]:
    """The days that go on a list: "August 5, 6 and 7"; the month stands with the first."""
    scan, day = ctx.scan, value.start
    if day is None or scan.word(value.first) not in MONTHS:
        return []
    found: list[Value] = []
    j = value.last
    while scan.word(j) in (",", "and", "or") and len(found) < 8:
        k = j + 2 if scan.word(j) == "," and scan.word(j + 1) in ("and", "or") else j + 1
        closes = scan.word(k - 1) in ("and", "or")
        if scan.kind(k) != "n" or not scan.plain[k] or not day.day < scan.values[k] <= 31:
            return []
        if closes and scan.kind(k + 1) == "w" and is_plural(scan.word(k + 1)):
            return []  # "on August 5 and 6 ships"
        on = make_day(day.year, day.month, int(scan.values[k]))
        if on is None or (scan.kind(k + 1) == "w" and scan.glued(k + 1)):
            return []
        found.append(Value(k, k + 1, on, on))
        day, j = on, k + 1
        if closes:
            return found
    return []


def _mention(ctx: Context, value: Value, offset: int) -> DateMention:
    scan = ctx.scan
    start, end = scan.starts[value.first], scan.ends[value.last - 1]
    quote = scan.text[start:end]
    low, high = (value.start, value.end) if value.known else (None, None)
    return DateMention(
        Span(offset + start, offset + end, quote), Period(low, high, quote, value.basis)
    )

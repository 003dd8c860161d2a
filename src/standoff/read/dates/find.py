"""Dates found in running text, as intervals anchored on the day of publication."""

from __future__ import annotations

import re
from datetime import date

from standoff.read.dates.absolute import day_first_in
from standoff.read.dates.calendar import make_day
from standoff.read.dates.parse import DATES, KEY, KINDS, TOPS, atom, behind, key_at, longest
from standoff.read.dates.value import GRAMMAR, MONTH, Context, Hit, Value, maker
from standoff.read.quantities.nouns import is_plural
from standoff.read.scan import lowered, text_blocks
from standoff.terms import DateMention, Period, Span

_SMALL = GRAMMAR.words("small")
_BEGINS = DATES.keys() | TOPS.keys()
_GOES_ON = _BEGINS | GRAMMAR.words("small_goes_on").keys()
_BARE_LED = GRAMMAR.words("bare_led")
# A numeral with what a date can go on with; anything else is a quantity.
_NUMBER = GRAMMAR.pattern("{goes_on_number}")
_MORE = re.compile(r"(?:(?P<closes>,? and |,? or )|, ?)(?P<day>\d{1,2})(?![\w])(?!\.\d)")


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
        ctx = Context(block, lowered(block), published, order, anchor)
        for value in _values(ctx):
            quote = block[value.first : value.last]
            low, high = (value.start, value.end) if value.known else (None, None)
            if low is not None and high is not None and low > high:
                low = high = None  # at the ends of the calendar
            where = Span(offset + value.first, offset + value.last, quote)
            found.append(DateMention(where, Period(low, high, quote, value.basis)))
        anchor = ctx.anchor
    return tuple(found)


def _values(ctx: Context) -> list[Value]:
    """The values of one block, in order; the last day named is kept for "three days later"."""
    found: list[Value] = []
    done = 0
    for word in KEY.finditer(ctx.low):
        name = word.group()
        if name not in _BEGINS and not (name[-1].isdigit() or name[0].isnumeric()):
            continue
        if word.start() < done or _hopeless(ctx, word):
            continue
        value = _best(ctx, word.start())
        if value is None:
            continue
        if not _is_code(ctx, value):
            found.append(value)
        if value.start is not None and value.start == value.end:
            more = _more_days(ctx, value)
            found += more
            value = more[-1] if more else value
            ctx.anchor = value.start
            ctx.memo.clear()
        done = value.last
    return found


def _hopeless(ctx: Context, word: re.Match[str]) -> bool:
    """A word that begins no date, or a small one before a word that no date goes on with."""
    if word.group() not in _SMALL:
        key = key_at(ctx, word.start())
        return key not in _BEGINS or (key[:1] == "#" and not _NUMBER.match(ctx.low, word.start()))
    following = KEY.match(ctx.low, word.end() + 1)
    if following is None:
        return True
    return following.group() not in _GOES_ON and key_at(ctx, word.end() + 1) not in _GOES_ON


def _best(ctx: Context, at: int) -> Value | None:
    key = key_at(ctx, at)
    value = atom(ctx, at)
    rules = TOPS.get(key, ())
    if value is not None or key[:1] == "#":
        rules += TOPS["*"]
    other = longest(rules, ctx, at)
    if other is not None and (value is None or other.last >= value.last):
        value = other
    if value is None:
        return longest(KINDS["day"].get(key, ()), ctx, at) if ctx.before(at) in _BARE_LED else None
    return behind(ctx, behind(ctx, value, "day"), "any")


def _is_code(ctx: Context, value: Value) -> bool:
    """A year or pair of years inside a longer run of digits and hyphens: a telephone or serial number."""
    if value.grain not in ("year", "other", "decade"):
        return False
    low = ctx.low
    if not (low[value.first].isdigit() and low[value.last - 1].isdigit()):
        return False
    tail = low[value.last : value.last + 4].replace(" ", "")
    head = low[max(0, value.first - 4) : value.first].replace(" ", "")
    return (tail[:1] == "-" and tail[1:2].isdigit()) or (head[-1:] == "-" and head[-2:-1].isdigit())


@maker
def listed(hit: Hit) -> Value | None:
    """The first days of a list: "18 and 19 June"; the month stands with the last."""
    later = atom(hit.ctx, hit.place("final"))
    day = int(hit["d"])
    if later is None or later.start is None or later.grain != "day" or day >= later.start.day:
        return None
    on = make_day(later.start.year, later.start.month, day)
    at = hit.place("d")
    return Value(at, at + len(hit["d"]), on, on) if on else None


def _more_days(ctx: Context, value: Value) -> list[Value]:
    """The days that go on a list: "August 5, 6 and 7"; the month stands with the first."""
    found: list[Value] = []
    day, at = value.start, value.last
    if day is None or ctx.after(value.first) not in MONTH:
        return []
    while (more := _MORE.match(ctx.low, at)) and len(found) < 8:
        number, closes = int(more["day"]), bool(more["closes"])
        on = make_day(day.year, day.month, number)
        if on is None or on <= day or (closes and is_plural(ctx.after(more.end()))):
            return []
        found.append(Value(more.start("day"), more.end(), on, on))
        day, at = on, more.end()
        if closes:
            return found
    return []

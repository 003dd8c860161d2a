"""Dates of the calendar: in digits, days and months by name, feasts, years, decades."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from standoff.read.dates.calendar import (
    Span,
    feast_day,
    make_day,
    month_span,
    months_span,
    shift,
    unit_span,
)
from standoff.read.dates.value import GRAMMAR, MONTH, STEP, Context, Hit, Value, maker
from standoff.read.dates.words import capital_word, number_of, said_year, year_of
from standoff.read.quantities.years import reads_as_year

_PAIR_LED, _YEAR_LED, _MONTH_LED = (
    GRAMMAR.words(name) for name in ("pair_led", "year_led", "month_led")
)
_ORDERED = re.compile(r"(?<![\w/.-])(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d\d)(?![\w/-])")
_NOUN = GRAMMAR.pattern(r" (?!{:goes_on})[^\W\d_]{3}")
_SURNAME = re.compile(r" [^\W\d_]")
_ORDINAL_ENDS = ("st", "nd", "rd", "th")
_MARCHES = ("may", "march", "mar")


def day_first_in(text: str) -> bool:
    """Whether a text writes the day before the month: shown by a date that is none otherwise.

    >>> day_first_in("from 14/02/2019 to 03/04/2019"), day_first_in("on 02/14/2019, on 03/04/2019")
    (True, False)
    """
    pairs = [(int(m[1]), int(m[3])) for m in _ORDERED.finditer(text)]
    day = any(12 < a <= 31 and b <= 12 for a, b in pairs)
    return day and not any(12 < b <= 31 and a <= 12 for a, b in pairs)


def yearly(month: int, day: int) -> Callable[[int], Span | None]:
    """A day of every year, as an interval of the year given."""

    def at(year: int) -> Span | None:
        on = make_day(year, month, day)
        return (on, on) if on else None

    return at


@maker
def digits(hit: Hit) -> Value | None:
    """A date in digits; the American order where both readings are possible."""
    if "day" in hit.rule.args:
        return hit.day(date.fromisoformat(hit.rule.args["day"]))
    month = MONTH.get(hit["month"]) or int(hit["m"] or hit["a"] or 0)
    day, year = int(hit["d"] or hit["b"] or 0), int(hit["y"] or 0)
    pointed = hit["s"] == "." and year > 0
    if hit["a"] and (month > 12 or ((pointed or hit.ctx.day_first) and day <= 12)):
        month, day = day, month
    if len(hit["y"]) == 2:
        year += 2000 if year < 30 else 1900
    if not 1 <= month <= 12:
        return None
    if year and not (hit["d"] or hit["b"]):
        return hit.value(month_span(year, month), "month")
    if not 1 <= day <= 31:
        return None
    return hit.day(make_day(year, month, day)) if year else hit.floating("day", yearly(month, day))


@maker
def month_day(hit: Hit) -> Value | None:
    """13 August 2021, August 13, the 4th of March, August 2021."""
    ctx, word, place = hit.ctx, hit["month"], hit.place("month")
    month, day, year = MONTH[word], number_of(hit["dom"]), said_year(hit)
    small = word in _MARCHES and not ctx.capital(place)
    if word in _MARCHES and ctx.text[place : place + len(word)].isupper() and len(word) > 4:
        return None
    if not hit["dom"]:
        if year is None or (small and ctx.before(hit.first) not in _MONTH_LED):
            return None
        return hit.value(month_span(year, month), "month")
    counted = hit["dom"].replace("-", "").isalpha() and hit["dom"][-2:] not in _ORDINAL_ENDS
    if not 1 <= day <= 31 or (small and counted):
        return None
    if year is not None:
        return hit.day(make_day(year, month, day))
    led = ctx.before(hit.first) in _MONTH_LED or word == "mar"
    if small and not led and _NOUN.match(ctx.low, hit.last):
        return None  # "it may 5 times fail"
    return hit.floating("day", yearly(month, day))


@maker
def month_alone(hit: Hit) -> Value | None:
    """A month without day and year; not before a surname."""
    ctx, month = hit.ctx, MONTH[hit.ctx.low[hit.first : hit.last]]
    if capital_word(ctx, hit.first) and _before_surname(ctx, hit, ctx.before(hit.first)):
        return None
    return hit.floating("month", lambda year: month_span(year, month))


def _before_surname(ctx: Context, hit: Hit, before: str) -> bool:
    """Whether a month that no word leads stands before a capitalised word: "April O'Neil".

    After "and" and "to" it is a month only if a date goes before: "in April and June Chinese ships".
    """
    if not _SURNAME.match(ctx.low, hit.last) or not ctx.capital(hit.last + 1):
        return False
    word = re.compile(r"[^\W\d_]+").match(ctx.text, hit.last + 1)
    if word and word.group().isupper() and len(word.group()) > 1:
        return False  # "June US data"
    if before in ("and", "or", "to"):
        earlier = ctx.before(hit.first - 1 - len(before))
        return earlier not in MONTH and not earlier.isdigit()
    return before not in _MONTH_LED


@maker
def day_of_month(hit: Hit) -> Value:
    """The 3rd of last month."""
    on = shift(hit.ctx.published, STEP.get(hit["step"], 0), "month")
    return hit.day(make_day(on.year, on.month, number_of(hit["dom"])))


@maker
def bare_day(hit: Hit) -> Value | None:
    """The 18th: of this month or the last one, of this or the next where the tense is future."""
    day, published = number_of(hit["dom"]), hit.ctx.published
    future = hit.ctx.future(hit.first, hit.last)
    for step in range(13):
        month = shift(published.replace(day=1), step if future else -step, "month")
        on = make_day(month.year, month.month, day)
        if on is not None and (on >= published if future else on <= published):
            return hit.day(on)
    return None


@maker
def feast(hit: Hit) -> Value | None:
    """Christmas, Easter 2018, halloween weekend 2021."""
    name = " ".join(hit["feast"].split())
    if name == "may day" and not hit.ctx.capital(hit.first):
        return None

    def at(year: int) -> Span | None:
        on = feast_day(name, year)
        if on is None or not hit["weekend"]:
            return (on, on) if on else None
        return long_weekend(on)

    year, grain = said_year(hit), "weekend" if hit["weekend"] else "day"
    if year is None:
        return hit.floating(grain, at)
    span = at(year)
    return hit.value(span, grain) if span else hit.unknown()


def long_weekend(day: date) -> Span:
    """Saturday and Sunday with the day off beside them."""
    saturday, sunday = unit_span(day, "weekend")
    if day.weekday() == 0:
        return shift(day, -2, "day"), day
    return (day if day.weekday() in (3, 4) else saturday), sunday


def whole_year(first: int, last: int, year: int) -> Value | None:
    """The value of a year."""
    if not 1 <= year <= 9998:
        return None
    return Value(first, last, *months_span(year * 12, 12), "year")


@maker
def plain_year(hit: Hit) -> Value | None:
    """Four digits where only a year can stand: "after 2016", "2014 to 2018"."""
    number = int(hit["year"])
    return whole_year(hit.first, hit.last, number) if 1500 <= number < 2200 else None


@maker
def digit_year(hit: Hit) -> Value | None:
    """A year alone: 2014."""
    ctx, number = hit.ctx, int(hit["year"])
    before, after = ctx.before(hit.first), ctx.after(hit.last)
    earlier, behind = ctx.before(hit.first - 1 - len(before)), after if after.isalpha() else ""
    if not reads_as_year(number, before, earlier, behind):
        led = before in _YEAR_LED and before not in ("to", "and", "or", "of", "the")
        if not led or not 1500 <= number < 2200 or behind or after in ("-", "%"):
            return None
    return whole_year(hit.first, hit.last, number)


@maker
def year_words(hit: Hit) -> Value | None:
    """A year in words or of two digits, or a number that the word "year" leads."""
    number = year_of(hit["year"] or hit["yy"]) or 0
    if hit["year"] and hit.place("year") == hit.first and not 1100 <= number < 2200:
        return None
    return whole_year(hit.first, hit.last, number)


@maker
def decade(hit: Hit) -> Value | None:
    """The 1990s, the '40s, the seventies, the nineteen seventies."""
    name, before = hit["decade"], hit.ctx.before(hit.first)
    if hit["digits"]:
        start = int(hit["digits"])
        if start < 100:
            start += 2000 if start < 30 else 1900
        spaced = hit.ctx.low[hit.place("s") - 1].isspace()
        if not 1000 <= start < 2200 or (spaced and before != "in"):
            return None
    else:
        led = (
            hit["the"]
            or hit["century"]
            or before in ("in", "of", "the", "late", "early", "mid", "since")
        )
        if not led or before in ("his", "her", "their") or (name == "tens" and not hit["century"]):
            return None
        century = int(GRAMMAR.words("century").get(hit["century"], "1900"))
        start = 2000 if name == "thousands" else century + GRAMMAR.numbers("decade")[name]
    return hit.value(months_span(start * 12, 120), "decade")


@maker
def unresolved(hit: Hit) -> Value:
    """A fiscal or school year has no interval without knowing whose: found, not resolved."""
    return hit.unknown()

"""Dates that must hold: a weekday beside a date, and days that do not exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from standoff.read.claims.common import Draft
from standoff.read.reading import Reading
from standoff.terms import DateContent, Period

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = "|".join(_DAYS)
_BEFORE = re.compile(
    rf"\b({_DAY})(?:\s+(?:morning|afternoon|evening|night))?\s*[,(]?\s*(?:the\s+)?$", re.I
)
_AFTER = re.compile(
    rf"\s*\(?\s*,?\s*(?:which\s+(?:was|is|fell\s+on)\s+)?(?:an?\s+)?({_DAY})\b\)?", re.I
)
# Words that can only mean one day of a month: a fiscal year without dates is no impossible day.
_A_DAY = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d{1,2}\b|"
    r"\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|"
    r"\b\d{1,4}[-./]\d{1,2}[-./]\d{1,4}\b",
    re.I,
)
_INSIDE = re.compile(rf"^({_DAY})\b", re.I)


def find_weekdays(reading: Reading) -> Iterator[Draft]:
    """`Thursday, 4 August 2022` and `4 August 2022 (Thursday)`."""
    for d in reading.dates:
        sentence = reading.sentence_at(d.span.start)
        if sentence is not None and sentence.kind == "boilerplate":
            continue
        if d.period.start is None and d.period.end is None:
            if not _A_DAY.search(d.span.quote):
                continue
            content = DateContent(d.period, impossible=d.span.quote)
            yield Draft(d.span, "date", f"the day {d.span.quote}", content)
            continue
        if d.period.start != d.period.end or not re.search(r"\d", d.span.quote):
            continue
        inside = _INSIDE.match(d.span.quote)
        before = _BEFORE.search(reading.text, max(0, d.span.start - 24), d.span.start)
        after = _AFTER.match(reading.text, d.span.end)
        found = inside or before or after
        if found is None:
            continue
        start = before.start(1) if before and not inside else d.span.start
        end = after.end(1) if after and not inside and not before else d.span.end
        weekday = _DAYS.index(found.group(1).casefold())
        span = reading.span(start, end)
        period = d.period
        if not re.search(r"\d{4}", d.span.quote):
            period = nearest_year(reading.published, period)
            if _of_another_year(reading.text, period, weekday):
                continue
        yield Draft(span, "date", f"{period.start} is a {found.group(1)}", DateContent(
            period, weekday=weekday, about=d.span.quote))  # fmt: skip


def _of_another_year(text: str, period: Period, weekday: int) -> bool:
    """Whether a day without its year misses its weekday this year but has it in a year of the text."""
    day = period.start
    if day is None or day.weekday() == weekday:
        return False
    for year in {int(y) for y in re.findall(r"\b(?:1[89]|20)\d\d\b", text)} - {day.year}:
        with suppress(ValueError):
            if day.replace(year=year).weekday() == weekday:
                return True
    return False


def nearest_year(published: date, period: Period) -> Period:
    """A day without a year: the one nearest to the report, for a weekday speaks of this year."""
    day = period.start
    if day is None:
        return period
    days: list[date] = []
    for year in (published.year - 1, published.year, published.year + 1):
        # 29 February has no fellow in most years.
        with suppress(ValueError):
            days.append(day.replace(year=year))
    near = min(days, key=lambda d: abs((d - published).days), default=day)
    return Period(near, near, period.text, period.basis)

"""A stretch of time beside the two dates that bound it: `from 1 to 5 March, lasted five days`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from standoff.read.claims.common import Draft
from standoff.read.reading import Reading
from standoff.terms import DurationContent, Period

_RANGE = re.compile(r"\d.*(?:\bto\b|\bthrough\b|\buntil\b|-|–|\band\b).*\d", re.I | re.S)
_LASTED = re.compile(
    r"\b(?:last(?:s|ed|ing)?|ran|run|runs|went on|continued)\s+(?:for\s+)?(?:\w+\s+){0,1}$", re.I
)
_UNITS = ("d", "wk")


def find_durations(reading: Reading) -> Iterator[Draft]:
    """Sentences with one dated stretch and one length of it, the length said of the same thing.

    The length is an attribute ("a four-day drill") or follows "lasted". More than one stretch or
    length in the sentence may belong to different things, and then nothing is claimed.

    >>> from datetime import date
    >>> from standoff.read.report import prepare
    >>> text = "The talks, from 1 March to 5 March, lasted ten days."
    >>> [d.statement for d in find_durations(prepare(text, date(2022, 8, 1)))]
    ['from 1 March to 5 March is ten days']
    """
    for sentence in reading.prose():
        lengths = [
            q
            for q in reading.quantities_in(sentence.start, sentence.end)
            if q.unit in _UNITS and q.value is not None
        ]
        stretches = [
            d
            for d in reading.dates_in(sentence.start, sentence.end)
            if (d.period.days or 0) > 1 and _RANGE.search(d.span.quote)
        ]
        if len(lengths) != 1 or len(stretches) != 1:
            continue
        length, stretch = lengths[0], stretches[0]
        lead = reading.text[sentence.start : length.span.start]
        if length.span.start < stretch.span.end and stretch.span.start < length.span.end:
            continue
        if "-" not in length.span.quote and not _LASTED.search(lead):
            continue
        start, end = stretch.period.start, stretch.period.end
        if start is None or end is None:
            continue
        first, last = sorted((length.span, stretch.span), key=lambda s: s.start)
        if last.start - first.end > 80 or ";" in reading.text[first.end : last.start]:
            continue
        content = DurationContent(length, Period.day(start), Period.day(end))
        statement = f"{stretch.span.quote} is {length.span.quote}"
        yield Draft(length.span, "duration", statement, content)


_YEARS = re.compile(
    r"\bfrom\s+(?P<from>1[5-9]\d\d|20\d\d)\s+(?:to|until|till)\s+(?P<to>1[5-9]\d\d|20\d\d)\s*,?\s*"
    r"(?:\(|(?:for|lasting|or|in\s+all|a\s+period\s+of)\s+)?\s*(?:about|some|nearly|almost)?\s*$",
    re.I,
)


def find_year_stretches(reading: Reading) -> Iterator[Draft]:
    """`from 1950 to 1953, three years`: the years beside their number."""
    for q in reading.quantities:
        if q.unit not in ("yr", "a") or q.value is None:
            continue
        lead = _YEARS.search(reading.text, max(0, q.span.start - 60), q.span.start)
        sentence = reading.sentence_at(q.span.start)
        if lead is None or sentence is None or lead.start() < sentence.start:
            continue
        first, last = int(lead.group("from")), int(lead.group("to"))
        content = DurationContent(
            q,
            Period(date(first, 1, 1), date(first, 12, 31), lead.group("from")),
            Period(date(last, 1, 1), date(last, 12, 31), lead.group("to")),
        )
        span = reading.span(lead.start(), q.span.end)
        yield Draft(span, "duration", f"{first} to {last} is {q.span.quote}", content)

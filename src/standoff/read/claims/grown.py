"""Changes told by a multiple: `doubled from 150 to 300`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from standoff.read.claims.common import Draft, countable_together
from standoff.read.reading import Reading
from standoff.terms import Comparator, Period, Quantity, RatioContent

_TIME = ("d", "wk", "mo", "yr", "h", "min", "a")
_MULTIPLE = re.compile(r"\b(?:doubl|tripl|trebl|quadrupl|quintupl|halv)(?:ed|ing|es?)\b", re.I)
_FROM_TO = re.compile(r"\s+(?:\w+\s+){0,3}?from\s+(?:\w+\s+){0,2}", re.I)
_TO_FROM = re.compile(r"\s+(?:\w+\s+){0,3}?to\s+(?:\w+\s+){0,2}", re.I)
_BETWEEN = re.compile(r"[^.;:,]{0,40}?\s(?:to|from)\s+(?:\w+\s+){0,2}", re.I)
_FACTORS = {
    "doubl": 2.0,
    "tripl": 3.0,
    "trebl": 3.0,
    "quadr": 4.0,
    "quint": 5.0,
    "halve": 0.5,
    "halvi": 0.5,
}


def find_multiplied(reading: Reading) -> Iterator[Draft]:
    """`doubled from 150 to 300`, `tripled to 90 from 30`: the later number over the earlier.

    "More than doubled" opens one side; the verb alone allows about as much as "about" does.
    """
    for sentence in reading.prose():
        inside = [
            q
            for q in reading.quantities_in(sentence.start, sentence.end)
            if q.value is not None and q.unit not in (*_TIME, "ratio")
        ]
        for verb in _MULTIPLE.finditer(reading.text, sentence.start, sentence.end):
            ends = _ends(reading, verb.end(), [q for q in inside if q.span.start >= verb.end()])
            if ends is None or not ends[0].value or not countable_together(*ends):
                continue
            before, after = (replace(q, unit="count") for q in ends)
            lead = reading.text[max(sentence.start, verb.start() - 16) : verb.start()].casefold()
            how = Comparator.ABOUT
            if re.search(r"\bmore than\s+$", lead):
                how = Comparator.MORE
            elif re.search(r"\b(?:nearly|almost|less than)\s+$", lead):
                how = Comparator.LESS
            factor = _FACTORS[verb.group()[:5].casefold()]
            start = verb.start()
            span = reading.span(start, max(ends[0].span.end, ends[1].span.end))
            times = Quantity(reading.span(start, verb.end()), factor, factor, "ratio", how)
            content = RatioContent("", "", "stated", times, after, before, Period.unstated())
            yield Draft(span, "ratio", f"{verb.group()}: {span.quote}", content)


def _ends(reading: Reading, start: int, later: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """Before and after; None where the words do not give both."""
    if not later:
        return None
    first = later[0]
    lead = reading.text[start : first.span.start]
    low, high = first.low, first.high
    if _FROM_TO.fullmatch(lead) and low is not None and high is not None and low < high:
        return replace(first, high=low), replace(first, low=high)
    if len(later) < 2 or not _BETWEEN.fullmatch(reading.text[first.span.end : later[1].span.start]):
        return None
    if _FROM_TO.fullmatch(lead):
        return first, later[1]
    return (later[1], first) if _TO_FROM.fullmatch(lead) else None

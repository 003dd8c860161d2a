"""How far ahead a likelihood looks: "within six months", "by 2030", the columns of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from standoff.brief.checking.units import Unit

_DAYS = {"day": 1.0, "week": 7.0, "month": 30.44, "quarter": 91.3, "year": 365.25, "decade": 3652.5}
_NAMES = tuple[str, ...]("one two three four five six seven eight nine ten eleven twelve".split())
_COUNT = rf"\d{{1,3}}|{'|'.join(_NAMES)}|eighteen|twenty-four"
_SPAN = re.compile(
    rf"\b(?:within|in|over|during|for|after|inside|at)?\s*(?:the\s+)?(?:next|coming|following)?\s*"
    rf"(?P<count>{_COUNT})[ -](?P<unit>day|week|month|quarter|year|decade)s?(?:['’])?"
    r"(?:\s+(?:out|ahead|horizon|mark))?\b",
    re.I,
)
_SINGLE = re.compile(
    r"\b(?:within|in|over|during|this|by the end of)\s+(?:(?:the|a)\s+)?(?:next|coming|following)?\s*"
    r"(?P<unit>day|week|month|quarter|year|decade)\b",
    re.I,
)
_BY = re.compile(
    r"\b(?:by|before|until|through)\s+(?:the\s+end\s+of\s+|late\s+|early\s+|mid-?)?(?P<year>20\d\d)\b",
    re.I,
)
_EXTRA = {"eighteen": 18, "twenty-four": 24}


@dataclass(frozen=True, slots=True)
class Horizon:
    """A stretch of time ahead. `days` orders horizons of one kind; a year counts from year 0."""

    start: int
    end: int
    days: float
    words: str


def find_horizons(text: str, start: int, end: int) -> list[Horizon]:
    """The horizons between two places, in order; none where lengths and calendar years are mixed.

    >>> [(h.words, round(h.days)) for h in find_horizons("within 6 months and in three years", 0, 34)]
    [('within 6 months', 183), ('in three years', 1096)]
    """
    spans: list[Horizon] = []
    for m in _SPAN.finditer(text, start, end):
        count = _number(m["count"])
        spans.append(_horizon(m, count * _DAYS[m["unit"].lower()]))
    for m in _SINGLE.finditer(text, start, end):
        if not any(h.start < m.end() and m.start() < h.end for h in spans):
            spans.append(_horizon(m, _DAYS[m["unit"].lower()]))
    years = [_horizon(m, 365.25 * int(m["year"])) for m in _BY.finditer(text, start, end)]
    if spans and years:
        return []
    return sorted(spans or years, key=lambda h: h.start)


def _horizon(m: re.Match[str], days: float) -> Horizon:
    lead = len(m.group()) - len(m.group().lstrip())
    return Horizon(m.start() + lead, m.end(), days, " ".join(m.group().split()))


def _number(word: str) -> int:
    low = word.lower()
    if low.isdigit():
        return int(low)
    return _EXTRA.get(low) or _NAMES.index(low) + 1


def header_horizons(text: str, units: Sequence[Unit], number: int) -> list[Horizon]:
    """The horizons that the head of a table gives its columns, for one of its rows."""
    if not _is_row(text, units[number]):
        return []
    first = number
    while first > 0 and _is_row(text, units[first - 1]):
        first -= 1
    head = units[first]
    return [] if first == number else find_horizons(text, head.start, head.end)


def _is_row(text: str, unit: Unit) -> bool:
    line = text[unit.start : unit.end]
    return unit.item and ("\t" in line or line.count("|") >= 2)

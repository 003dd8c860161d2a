"""Times of day in the order that the words give them: "between 7:06 and 7:25", "the second at 05:57"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from standoff.read.claims.common import Draft
from standoff.read.reading import Reading
from standoff.terms import OrderContent

_H = r"(?P<h{n}>[01]?\d|2[0-3])[:.h]?(?P<m{n}>[0-5]\d)"
_NOON = r"(?:\s*(?P<p{n}>[ap])\.?m\b\.?)?"


def _clock(n: int) -> str:
    return (_H + _NOON).replace("{n}", str(n))


_RANGE = re.compile(
    rf"\b(?:between|from)\s+(?:about\s+|around\s+)?{_clock(1)}\s+(?:and|to|until|till)\s+(?:about\s+)?{_clock(2)}(?![\d:.%])",
    re.I,
)
_ORDERED = re.compile(
    rf"\bfirst\b[^.;]{{0,60}}?\bat\s+(?:about\s+|around\s+)?{_clock(1)}[^.;]{{0,60}}?\b(?:and\s+)?(?:the\s+)?second\b[^.;]{{0,40}}?"
    rf"\bat\s+(?:about\s+|around\s+)?{_clock(2)}",
    re.I,
)
# What crosses midnight, and what is so every day: hours that a rule sets are no order of events.
_OTHER_DAY = re.compile(
    r"\b(?:next|following|previous)\s+(?:day|morning)|midnight|overnight|\b(?:curfews?|daily|every|each|nightly|open|"
    r"opening|hours|apply|applies|ban|banned|allowed|permitted|shifts?|schedule\w*)\b",
    re.I,
)


def find_hours(reading: Reading) -> Iterator[Draft]:
    """Two times of one day, the first named first.

    >>> from datetime import date
    >>> from standoff.read.report import prepare
    >>> text = "The army fired missiles between 7:46 and 7:25 a.m. on Thursday."
    >>> [d.statement for d in find_hours(prepare(text, date(2021, 3, 26)))]
    ['7:46 before 7:25 a.m.']
    """
    for sentence in reading.prose():
        for pattern in (_RANGE, _ORDERED):
            for m in pattern.finditer(reading.text, sentence.start, sentence.end):
                if _OTHER_DAY.search(reading.text, sentence.start, sentence.end):
                    continue
                if not re.search(r"[:.h]|[ap]\.?m", m.group(), re.I):
                    continue
                if pattern is _RANGE and not _of_day(reading.text, m):
                    continue
                first, second = _minutes(m, 1), _minutes(m, 2)
                if first is None or second is None:
                    continue
                if first >= 16 * 60 and second <= 12 * 60:
                    # "A curfew from 22:00 to 05:00": into the next day.
                    continue
                words = [_words(m, n) for n in (1, 2)]
                at = [f"{reading.published}T{t // 60:02d}:{t % 60:02d}" for t in (first, second)]
                content = OrderContent(words[0], at[0], words[1], at[1])
                span = reading.span(m.start(), m.end())
                yield Draft(span, "order", f"{words[0]} before {words[1]}", content)


def _of_day(text: str, m: re.Match[str]) -> bool:
    """Whether a range of two figures is one of times: with a colon, a.m., or GMT."""
    shown = m.group()
    if re.search(r"\d:\d\d.*\d:\d\d", shown) or re.search(r"[ap]\.?m\b", shown, re.I):
        return not re.search(r"\d+\.\d+\s*(?:%|per\s+cent|million|billion)", shown)
    return (
        re.match(r"\s*(?:[ap]\.?m|GMT|UTC|local|hours)\b", text[m.end() : m.end() + 10]) is not None
    )


def _minutes(m: re.Match[str], n: int) -> int | None:
    """Minutes since midnight; None where a.m. or p.m. of one of two makes the day unsure."""
    hour, minute = int(m.group(f"h{n}")), int(m.group(f"m{n}"))
    half = (m.group(f"p{n}") or "").casefold()
    first, second = m.group("p1"), m.group("p2")
    if (first or second or "").casefold() != (second or "").casefold():
        # "From 8 p.m. to 5 a.m." is into the next day; "from 11.30 a.m." to "2" is either.
        return None
    if half == "p" and hour < 12 and first:
        hour += 12
    return None if hour > 23 else hour * 60 + minute


def _words(m: re.Match[str], n: int) -> str:
    end = m.end(f"p{n}") if m.group(f"p{n}") else m.end(f"m{n}")
    tail = m.string[end : end + 3]
    more = re.match(r"\.?m\.?", tail) if m.group(f"p{n}") else None
    return m.string[m.start(f"h{n}") : end + (more.end() if more else 0)]

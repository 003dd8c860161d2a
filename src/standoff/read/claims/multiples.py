"""Ratios whose two numbers stand on both sides of the words: `28 times as much as the $55 billion`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from standoff.read.claims.common import Draft, countable_together, states_in
from standoff.read.reading import Reading
from standoff.terms import Period, Quantity, RatioContent

_AS = re.compile(
    r"\s*(?:as\s+(?:much|many|large|big|high|long|far|heavy)\s+as|the|that\s+of|larger\s+than|more\s+than)\b",
    re.I,
)
_APPOSED = re.compile(r"[^.;:]{0,40},\s*(?:\w+\s+){0,3}")
# "The 31.8 billion dollars of that year were some 20 times as much as the 3.3 billion".
_EQUALS = re.compile(
    r"[^.;:,]{0,60}\b(?:is|are|was|were|equals?|equalled|amounts?\s+to|amounted\s+to|makes?|made)\s+"
    r"(?:\w+\s+){0,2}",
    re.I,
)
_CLAUSE = re.compile(r"[;]|\b(?:while|whereas|but)\b", re.I)


def find_multiples(reading: Reading) -> Iterator[Draft]:
    """`$778 billion, 14 times as much as Canberra's $55 billion`, `2.7 %, three times the share of Japan`.

    The number above the line is the last one before the ratio in its clause, a comma apart. The
    one below follows the ratio within the clause; else it is the only number of the same kind in an
    earlier clause of the sentence that names the state compared with.
    """
    for sentence in reading.prose():
        inside = reading.quantities_in(sentence.start, sentence.end)
        for place, q in enumerate(inside):
            lead = _AS.match(reading.text, q.span.end) if q.unit == "ratio" else None
            if lead is None or q.value is None or place == 0:
                continue
            top = inside[place - 1]
            gap = reading.text[top.span.end : q.span.start]
            if top.unit == "ratio" or not (_APPOSED.fullmatch(gap) or _EQUALS.fullmatch(gap)):
                continue
            bottom = _after(reading, inside, place, top) or _before(
                reading, inside[: place - 1], q, top, sentence.start, sentence.end
            )
            if bottom is None or not bottom.value:
                continue
            content = RatioContent("", "", "stated", q, top, bottom, Period.unstated())
            start = top.span.start
            end = max(q.span.end, bottom.span.end)
            statement = f"{top.span.quote} is {q.span.quote} {bottom.span.quote}"
            yield Draft(reading.span(start, end), "ratio", statement, content)


def _after(
    reading: Reading, inside: tuple[Quantity, ...], place: int, top: Quantity
) -> Quantity | None:
    if place + 1 >= len(inside):
        return None
    bottom = inside[place + 1]
    gap = reading.text[inside[place].span.end : bottom.span.start]
    if len(gap) > 60 or re.search(r"[,.;:]", gap) or not countable_together(top, bottom):
        return None
    return _in_unit(bottom, top)


def _before(
    reading: Reading,
    earlier: tuple[Quantity, ...],
    ratio: Quantity,
    top: Quantity,
    start: int,
    end: int,
) -> Quantity | None:
    """The number of the state compared with, in an earlier clause of the sentence."""
    below = next(states_in(reading.mentions_in(ratio.span.end, end)), "")
    cut = list(_CLAUSE.finditer(reading.text, start, top.span.start))
    if not below or not cut:
        return None
    clause_start, clause_end = (cut[-2].end() if len(cut) > 1 else start), cut[-1].start()
    states = set(states_in(reading.mentions_in(clause_start, clause_end)))
    found = [
        n
        for n in earlier
        if clause_start <= n.span.start < clause_end and n.value and countable_together(n, top)
    ]
    if states != {below} or len(found) != 1:
        return None
    return _in_unit(found[0], top)


def _in_unit(bottom: Quantity, top: Quantity) -> Quantity:
    shares = ("%", "% of GDP")
    both = top.unit in shares and bottom.unit in shares
    return replace(bottom, unit=top.unit) if both or "count" in (top.unit, bottom.unit) else bottom

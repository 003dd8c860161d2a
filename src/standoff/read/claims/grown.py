"""Changes told backwards or in apposition: `190,000, up from 100,000, an increase of 90 per cent`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from standoff.read.claims.common import Draft, same_dimension
from standoff.read.reading import Reading
from standoff.terms import ChangeContent, Quantity

_FROM = re.compile(r"[^.;:]{0,60}?[,(]?\s*\b(up|down)\s+from\s+(?:\w+\s+){0,2}$", re.I | re.S)
_CHANGE = re.compile(
    r"[^.;:]{0,40}?,\s*(?:or\s+)?an?\s+(?:\w+\s+)?"
    r"(?:increase|rise|growth|gain|jump|drop|fall|decrease|decline|cut|reduction)\s+of\s+(?:\w+\s+){0,2}$",
    re.I | re.S,
)
_TIME = ("d", "wk", "mo", "yr", "h", "min", "a")


def find_grown(reading: Reading) -> Iterator[Draft]:
    """`B, up from A`, with the change that follows as an apposition where there is one."""
    for sentence in reading.prose():
        inside = reading.quantities_in(sentence.start, sentence.end)
        for place, (after, before) in enumerate(pairwise(inside)):
            gap = _FROM.fullmatch(reading.text[after.span.end : before.span.start])
            if gap is None or after.unit in _TIME or not _alike(after, before):
                continue
            if after.value is None or before.value is None:
                continue
            change = change_after(reading, before, inside[place + 2 :])
            rising = gap.group(1).casefold() == "up"
            span = reading.span(after.span.start, (change or before).span.end)
            statement = f"from {before.span.quote} to {after.span.quote}"
            yield Draft(span, "change", statement, ChangeContent(before, after, change, rising))


def _alike(one: Quantity, other: Quantity) -> bool:
    """Whether both ends count one thing: `190,000 soldiers, up from 100,000`."""
    bare = "count" in (one.unit, other.unit) and "%" not in one.unit + other.unit
    return same_dimension(one, other) or (bare and "ratio" not in (one.unit, other.unit))


def change_after(reading: Reading, last: Quantity, later: tuple[Quantity, ...]) -> Quantity | None:
    """The change in the apposition after the last end: `..., an increase of 90 per cent`."""
    if not later:
        return None
    gap = reading.text[last.span.end : later[0].span.start]
    return later[0] if _CHANGE.fullmatch(gap) else None

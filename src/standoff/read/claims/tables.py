"""Tables inside a text: a row's number against the same thing in the prose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from standoff.read.claims.common import Draft, countable_together
from standoff.read.reading import Reading
from standoff.terms import Quantity, RepeatContent

_ROW = re.compile(
    r"^[ \t]*[|]?[ \t]*(?P<label>[A-Za-z][\w .'’()/-]{2,40}?)[ \t]*(?:[|:\t]|[ ]{2,})[ \t]*(?P<cells>.*\d.*)$",
    re.M,
)
_CHANGE = re.compile(
    r"\b(?:rose|fell|up|down|increase\w*|more|fewer|additional|another|by|of the)\b", re.I
)


def find_tables(reading: Reading) -> Iterator[Draft]:
    """`Troops deployed: 500` in a table, and `600 troops deployed` in the prose."""
    rows: list[tuple[str, Quantity]] = []
    spans: list[tuple[int, int]] = []
    for m in _ROW.finditer(reading.text):
        inside = reading.quantities_in(m.start("cells"), m.end("cells"))
        if len(inside) == 1 and inside[0].value is not None and len(m.group()) < 90:
            rows.append((" ".join(m.group("label").casefold().split()), inside[0]))
            spans.append((m.start(), m.end()))
    if len(rows) < 2:
        # One line with a colon is no table.
        return
    for sentence in reading.prose():
        if any(a <= sentence.start < b for a, b in spans):
            continue
        text = reading.text[sentence.start : sentence.end].casefold()
        for label, cell in rows:
            if not re.search(rf"\b{re.escape(label)}\b", text):
                continue
            told = [
                q
                for q in reading.quantities_in(sentence.start, sentence.end)
                if q.value is not None
                and countable_together(q, cell)
                and not any(a <= q.span.start < b for a, b in spans)
            ]
            if len(told) != 1 or _CHANGE.search(text):
                continue
            first, second = cell, told[0]
            if "count" in (first.unit, second.unit):
                first, second = replace(first, unit="count"), replace(second, unit="count")
            content = RepeatContent(label, first, second)
            yield Draft(told[0].span, "table", f"{label}: {told[0].span.quote}", content)

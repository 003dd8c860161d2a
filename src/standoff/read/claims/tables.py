"""Tables inside a text: a row's number against the same thing in the prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from standoff.read.claims.common import Draft, countable_together
from standoff.read.reading import Reading
from standoff.read.stretches import Stretches
from standoff.terms import Quantity, RepeatContent

_ROW = re.compile(
    r"^[ \t]*[|]?[ \t]*(?P<label>[A-Za-z][\w .'’()/-]{2,40}?)[ \t]*(?:[|:\t]|[ ]{2,})[ \t]*(?P<cells>.*\d.*)$",
    re.M,
)
_CHANGE = re.compile(
    r"\b(?:rose|fell|up|down|increase\w*|more|fewer|additional|another|by|of the)\b", re.I
)


_ROWS = 20
"""Rows of one label that are held against the prose; a table does not name one thing more often."""


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
    table = Stretches(spans)
    by_words: dict[tuple[str, ...], list[tuple[str, Quantity]]] = {}
    for row in rows:
        held = by_words.setdefault(tuple(re.findall(r"\w+", row[0])), [])
        held += [row] if len(held) < _ROWS else []
    for sentence in reading.prose():
        if table.hold(sentence.start):
            continue
        text = reading.text[sentence.start : sentence.end].casefold()
        for label, cell in _named(text, by_words):
            if not re.search(rf"\b{re.escape(label)}\b", text):
                continue
            told = [
                q
                for q in reading.quantities_in(sentence.start, sentence.end)
                if q.value is not None
                and countable_together(q, cell)
                and not table.hold(q.span.start)
            ]
            if len(told) != 1 or _CHANGE.search(text):
                continue
            first, second = cell, told[0]
            if "count" in (first.unit, second.unit):
                first, second = replace(first, unit="count"), replace(second, unit="count")
            content = RepeatContent(label, first, second)
            yield Draft(told[0].span, "table", f"{label}: {told[0].span.quote}", content)


def _named(
    text: str, by_words: Mapping[tuple[str, ...], Sequence[tuple[str, Quantity]]]
) -> Iterator[tuple[str, Quantity]]:
    """The rows whose label may stand in a sentence: all words of it do, one behind the other."""
    words = re.findall(r"\w+", text)
    for size in sorted({len(label) for label in by_words} - {0}):
        for label in dict.fromkeys(zip(*(words[i:] for i in range(size)), strict=False)):
            yield from by_words.get(label, ())

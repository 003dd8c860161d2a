"""Parts of a whole with a rest: `five of the nine ... the remaining three`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from standoff.read.claims.common import Draft
from standoff.read.reading import Reading
from standoff.terms import Quantity, SumContent

_OF_THE = re.compile(r"\s+of\s+(?:the\s+)?", re.I)
_MEASURED = ("%", "% of GDP", "ratio", "km", "nmi", "mi", "m", "USD")
_REST = re.compile(r"\b(?:remaining|other|rest|last)\s+$", re.I)


def find_sums(reading: Reading) -> Iterator[Draft]:
    """`five of the nine ... the remaining three`, `of nine, five ...; the remaining three`."""
    pairs = list(_part_and_total(reading))
    ends = [max(a.span.end, b.span.end) for a, b in pairs]
    for first, total in pairs:
        sentence = reading.sentence_at(max(first.span.start, total.span.start))
        if sentence is None:
            continue
        follow = reading.sentences[sentence.index + 1 : sentence.index + 2]
        until = follow[0].end if follow else sentence.end
        for rest in reading.quantities_in(max(first.span.end, total.span.end), until):
            head = reading.text[max(0, rest.span.start - 16) : rest.span.start]
            if rest.unit in _MEASURED or rest.value is None or not _REST.search(head):
                continue
            if any(max(first.span.end, total.span.end) < e <= rest.span.start for e in ends):
                # "the remaining four" belongs to the last whole that was named.
                break
            parts = (replace(first, unit="count"), replace(rest, unit="count"))
            content = SumContent(replace(total, unit="count"), parts)
            span = reading.span(rest.span.start, rest.span.end)
            statement = f"{first.span.quote} and {rest.span.quote} of {total.span.quote}"
            yield Draft(span, "sum", statement, content)
            break


_OF_ALL = re.compile(r"(?:^|[.;:]\s+|,\s+|\n)of\s+(?:the\s+|all\s+)?$", re.I)


def _part_and_total(reading: Reading) -> Iterator[tuple[Quantity, Quantity]]:
    counts = [q for q in reading.quantities if q.unit not in _MEASURED and q.value is not None]
    by_start = {q.span.start: q for q in reversed(counts)}
    for place, q in enumerate(counts):
        lead = _OF_THE.match(reading.text, q.span.end)
        total = by_start.get(lead.end()) if lead else None
        if total is not None:
            yield q, total
        before = reading.text[max(0, q.span.start - 16) : q.span.start]
        if _OF_ALL.search(before) and place + 1 < len(counts):
            part = counts[place + 1]
            gap = reading.text[q.span.end : part.span.start]
            if re.fullmatch(r"[^.;:]{0,60},\s*(?:some\s+|about\s+)?", gap):
                yield part, q

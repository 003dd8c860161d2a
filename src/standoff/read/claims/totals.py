"""Lists that must add up to a total which the text gives itself.

Only lists that say by their form that they are complete are sums: after a colon, with "in all",
or with places or times as the only difference between the parts. Where a list may be incomplete
("of the twelve ships five were new"), the parts may only not exceed the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from standoff.read.claims.common import Draft
from standoff.read.reading import Reading, Sentence
from standoff.terms import Quantity, SumContent

_NO_COUNT = ("ratio", "d", "wk", "mo", "yr", "h", "min", "s", "a")
_SHARES = ("%", "% of GDP")
_NEXT = (
    r"\s*(?:,\s*(?:and\s+|with\s+)?|;\s*(?:and\s+)?|\s+and\s+)"
    r"(?:(?:the\s+)?(?:other|remaining)\s+|another\s+|some\s+|about\s+)?"
)
_ITEM = re.compile(rf"(?P<words>[^,;:.()]{{0,45}}?)(?P<join>{_NEXT})$", re.S)
_LAST = re.compile(
    r"[^,;:.()]{0,60}(?=[.;)]|$|\s[-–—]\s|,\s+(?:the|he|she|it|they|according|officials|\w+\s+said)\b)",
    re.S,
)
_PLACED = re.compile(
    r"\s+(?:\w+\s+)?(?:in|on|at|from|since|during|over|near|off|under|this|last|before|after|by|to|against)\b"
)
_UNFINISHED = re.compile(
    r"\b(?:includ\w+|among|such as|of (?:them|whom|which|these|those)|at least|for example|mostly|"
    r"mainly|each|both|either|or|per(?!\s*cent))\b",
    re.I,
)
_IN_ALL = re.compile(
    r"\s+(?:[\w-]+\s+){0,3}?(?:in all|in total|altogether|all told|combined)\b", re.I
)
_TOTAL_OF = re.compile(
    r"\b(?:a\s+total\s+of|making|for\s+a\s+total\s+of|bringing\s+the\s+total\s+to|together|the\s+sum\s+of)\s+$",
    re.I,
)
_OF_ALL = re.compile(r"(?:^|[.;:]\s+|\n)of\s+(?:the\s+|these\s+|all\s+|its\s+|their\s+)?$", re.I)


def find_totals(reading: Reading) -> Iterator[Draft]:
    """`33 missiles: 18 in spring, eight in summer and seven since`; `703 and 1,481, 2,184 in all`."""
    for sentence in reading.prose():
        inside = reading.quantities_in(sentence.start, sentence.end)
        if len(inside) < 3:
            continue
        yield from _listed(reading, sentence, inside)
        yield from _in_all(reading, sentence, inside)
        yield from _of_all(reading, sentence, inside)
        yield from _shares(reading, sentence, inside)


def _listed(reading: Reading, sentence: Sentence, inside: tuple[Quantity, ...]) -> Iterator[Draft]:
    """A total, then a colon and its parts; or a comma, and parts told apart by time or place."""
    for place, total in enumerate(inside[:-2]):
        if not _countable(total):
            continue
        gap = _undated(reading, total.span.end, inside[place + 1].span.start)
        colon = re.fullmatch(r"[^,;:.]{0,60}(?::|\s[-–—])\s*(?:some\s+|about\s+)?", gap)
        comma = re.fullmatch(r"(?:\s+[^,;:.]{1,30})?,\s*", gap)
        if colon is None and comma is None:
            continue
        if colon is None and re.match(r"\s+in\s+[A-Z]", gap):
            # "59 litres in France, 12 in the US and three in Japan": placed as the others are.
            continue
        parts = _run(reading, sentence, inside[place + 1 :])
        if len(parts) < 2 or not all(_alike(total, p, bool(colon)) for p in parts):
            continue
        if colon is None and not all(
            _PLACED.match(reading.text, p.span.end) and p.noun is None for p in parts
        ):
            continue
        yield from _draft(reading, total, parts, total.span.start, parts[-1].span.end)


def _undated(reading: Reading, start: int, end: int) -> str:
    """The words between two numbers without the dates in them: a date has commas of its own."""
    text = reading.text[start:end]
    for d in reversed(reading.dates_in(start, end)):
        text = text[: d.span.start - start].rstrip(" ,") + text[d.span.end - start :]
    return text


def _run(reading: Reading, sentence: Sentence, items: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """The numbers of one list: each item begins with its number, "and" stands before the last."""
    parts = [items[0]]
    ended = False
    for item in items[1:]:
        between = _ITEM.fullmatch(reading.text[parts[-1].span.end : item.span.start])
        if between is None or ended:
            break
        parts.append(item)
        ended = "and" in between.group("join").split()
    tail = _LAST.match(reading.text[parts[-1].span.end : sentence.end])
    # A list without "and" before its last part may go on.
    return tuple(parts) if ended and tail is not None else ()


def _in_all(reading: Reading, sentence: Sentence, inside: tuple[Quantity, ...]) -> Iterator[Draft]:
    """`1,481 in one and 703 in the other, 2,184 in all`."""
    for place, total in enumerate(inside):
        after = _IN_ALL.match(reading.text, total.span.end)
        before = _TOTAL_OF.search(reading.text, max(0, total.span.start - 30), total.span.start)
        if place < 2 or not _countable(total) or (after is None and before is None):
            continue
        if _RUNNING.search(
            reading.text, max(sentence.start, total.span.start - 50), total.span.start
        ):
            # "Three new deaths, reaching a total of 188": the sum of all days.
            continue
        parts = inside[:place]
        joins = [reading.text[a.span.end : b.span.start] for a, b in pairwise(parts)]
        last = reading.text[parts[-1].span.end : total.span.start]
        if (
            all(
                re.fullmatch(r"[^.;:]{0,60}(?:,|\band)\s+(?:some\s+|another\s+)?", j) for j in joins
            )
            and re.fullmatch(r"[^.;:]{0,50},\s+(?:\w+\s+){0,4}", last)
            and all(_alike(total, p, True) for p in parts)
        ):
            yield from _draft(reading, total, parts, parts[0].span.start, total.span.end)


def _of_all(reading: Reading, sentence: Sentence, inside: tuple[Quantity, ...]) -> Iterator[Draft]:
    """`Of the 14 reports, nine were about shelling, three about drones and two about mines`."""
    total = inside[0]
    before = reading.text[max(0, total.span.start - 14) : total.span.start]
    if not _countable(total) or not _OF_ALL.search(before):
        return
    parts = _run(reading, sentence, inside[1:])
    if len(parts) >= 2 and all(_alike(total, p, True) for p in parts):
        yield from _draft(
            reading, total, parts, total.span.start, parts[-1].span.end, part_only=True
        )


def _shares(reading: Reading, sentence: Sentence, inside: tuple[Quantity, ...]) -> Iterator[Draft]:
    """`52 per cent in favour, 29 per cent against and 24 per cent undecided`: at most 100."""
    shares = tuple(q for q in inside if q.unit == "%" and q.value is not None)
    if len(shares) < 3 or len(shares) != len([q for q in inside if q.unit in _SHARES]):
        return
    parts = _run(reading, sentence, shares)
    if len(parts) < 3 or sum(p.value or 0.0 for p in parts) < 90:
        return
    said = sum(_SAID_OF.match(reading.text, p.span.end) is not None for p in parts)
    if said > 1:
        # "49 per cent are from abroad, 45 per cent are women": one may be both.
        return
    whole = replace(parts[0], low=100.0, high=100.0)
    yield from _draft(
        reading, whole, parts, parts[0].span.start, parts[-1].span.end, part_only=True
    )


_RUNNING = re.compile(r"\b(?:reaching|bringing|taking|raising|cumulative|overall)\b[^.;]*$", re.I)
_SAID_OF = re.compile(r"\s+(?:of\s+\w+\s+)?(?:are|were|is|was|have|had|said|say)\b")


def _countable(quantity: Quantity) -> bool:
    return quantity.value is not None and quantity.unit not in (*_NO_COUNT, *_SHARES)


def _alike(total: Quantity, part: Quantity, named: bool) -> bool:
    """Whether a number can be a part of the total: a bare count, or one of the same unit."""
    if part.value is None or part.unit in (*_NO_COUNT, *_SHARES):
        return False
    if part.value > (total.value or 0.0) * 3:
        return False
    money_or_measure = {"km", "nmi", "mi", "m", "ft", "kg", "t"}
    if total.unit in money_or_measure or part.unit in money_or_measure or len(total.unit) == 3:
        return part.unit == total.unit
    return part.unit in ("count", total.unit) or named


def _draft(
    reading: Reading,
    total: Quantity,
    parts: tuple[Quantity, ...],
    start: int,
    end: int,
    *,
    part_only: bool = False,
) -> Iterator[Draft]:
    if _UNFINISHED.search(reading.text, start, min(end + 24, len(reading.text))):
        return
    # Of two "of N" lists only the ones that reach the whole are known to be complete.
    content = SumContent(
        replace(total, unit="count"), tuple(replace(p, unit="count") for p in parts)
    )
    if part_only:
        added = sum(p.value or 0.0 for p in parts)
        # Shares of one poll are each rounded.
        rounding = 0.5 * len(parts) if total.unit == "%" else 0.0
        if added > (total.value or 0.0) + rounding:
            content = SumContent(content.total, (_joined(content.parts),), part_only=True)
        elif added != (total.value or 0.0):
            return
    shown = " + ".join(p.span.quote for p in parts)
    yield Draft(reading.span(start, end), "sum", f"{shown} of {total.span.quote}", content)


def _joined(parts: tuple[Quantity, ...]) -> Quantity:
    """All parts as one number: they may not exceed the whole together."""
    low = sum(p.low or 0.0 for p in parts)
    high = sum(p.high or p.low or 0.0 for p in parts)
    return replace(parts[0], low=low, high=high)

"""Live reports: entries with a time each, where a later figure takes the place of an earlier one.

An earlier figure of an entry claims nothing any more. What stands outside the entries (a headline, a
lead, a summary) is held against the latest entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from standoff.read.claims.common import Draft, countable_together
from standoff.read.reading import Reading, Sentence
from standoff.terms import Quantity, RepeatContent

_STAMP = re.compile(
    r"^[ \t]*(?:[-*•][ \t]*)?(?:update[ \t]*\d*[ \t]*[-:,(]*[ \t]*)?\[?"
    r"(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)\]?[ \t]*(?:local time|UTC|GMT|[A-Z]{3,4})?[ \t]*"
    r"(?:[-–—:|)][ \t]*|[ \t])",
    re.M | re.I,
)
_FATES: dict[str, re.Pattern[str]] = {
    "killed": re.compile(
        r"\b(?:killed|dead|died|deaths?|death toll|toll|fatalit\w+|bodies)\b", re.I
    ),
    "wounded": re.compile(r"\b(?:wounded|injured|hurt|injur\w+)\b", re.I),
    "missing": re.compile(r"\bmissing\b", re.I),
    "arrested": re.compile(r"\b(?:arrested|detained)\b", re.I),
    "rescued": re.compile(r"\b(?:rescued|evacuated)\b", re.I),
    "missiles": re.compile(r"\bmissiles?\b", re.I),
    "aircraft": re.compile(r"\b(?:aircraft|planes?|jets?)\b", re.I),
    "ships": re.compile(r"\b(?:ships?|vessels?|warships?)\b", re.I),
    "drones": re.compile(r"\bdrones?\b", re.I),
}
_NO_TOLL = re.compile(
    r"\b(?:another|more|further|additional|earlier|initially|previously|first reported|up from|from|was|"
    r"instead of|not|denied|in \d{4}|since|last (?:year|month|week))\b",
    re.I,
)
ENTRIES = 3


@dataclass(frozen=True, slots=True)
class _Entry:
    start: int
    end: int
    at: str


def find_superseded(reading: Reading) -> Iterator[Draft]:
    """A figure in the head or the summary of a live report against the latest entry on it."""
    entries = _entries(reading)
    if len(entries) < ENTRIES:
        return
    told: dict[str, list[tuple[str, Quantity]]] = {}
    for entry in entries:
        for label, q in _figures(reading, entry.start, entry.end):
            told.setdefault(label, []).append((entry.at, q))
    for label, q in _figures(reading, 0, entries[0].start):
        held = sorted(told.get(label, ()), key=lambda item: item[0])
        if len(held) < 2 or not countable_together(held[-1][1], q):
            continue
        latest = held[-1][1]
        same = [at for at, n in held[:-1] if n.value == q.value and n.value != latest.value]
        if latest.value != q.value and not same:
            continue
        content = RepeatContent(label, latest, q, f"at {same[-1]}" if same else "")
        yield Draft(q.span, "table", f"{label}: {q.span.quote}", content)


def _entries(reading: Reading) -> list[_Entry]:
    """The entries in the order of the text; each ends where the next begins or its block ends."""
    stamps = list(_STAMP.finditer(reading.text))
    found: list[_Entry] = []
    for place, m in enumerate(stamps):
        end = stamps[place + 1].start() if place + 1 < len(stamps) else len(reading.text)
        at = f"{int(m.group('hour')):02d}:{m.group('minute')}"
        found.append(_Entry(m.start(), end, at))
    return found


def _figures(reading: Reading, start: int, end: int) -> Iterator[tuple[str, Quantity]]:
    """Counts of one fate that a sentence or a headline gives, one number to a sentence and fate."""
    for sentence in reading.sentences:
        if sentence.start >= end or sentence.end <= start or sentence.kind == "boilerplate":
            continue
        inside = [
            q
            for q in reading.quantities_in(max(start, sentence.start), min(end, sentence.end))
            if q.value is not None
            and q.unit not in ("%", "ratio", "km", "nmi", "mi", "m", "d", "h")
        ]
        told = [(label, q) for q in inside if (label := _fate(reading, sentence, q))]
        for label in _FATES:
            near = [q for name, q in told if name == label]
            if len(near) == 1:
                yield label, near[0]


def _fate(reading: Reading, sentence: Sentence, q: Quantity) -> str:
    """What a number counts: by its noun, else by the words behind it, else by those before it."""
    ahead = reading.text[q.span.end : min(sentence.end, q.span.end + 40)]
    behind = reading.text[max(sentence.start, q.span.start - 30) : q.span.start]
    lead = re.search(r"(?:\w+\s+){0,3}$", behind)
    if lead is not None and _NO_TOLL.search(lead.group()):
        return ""
    after = re.split(r"\d|[.;:,]|\band\b", ahead)[0]
    before = re.split(r"\d|[.;:,]|\band\b", behind)[-1]
    for words in (q.noun or "", after, before):
        found = [label for label, pattern in _FATES.items() if pattern.search(words)]
        if found:
            return found[0]
    return ""

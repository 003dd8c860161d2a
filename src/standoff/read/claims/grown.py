"""Changes told backwards, in apposition or by a multiple.

`190,000, up from 100,000, an increase of 90 per cent`; `doubled from 150 to 300`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from standoff.read.claims.common import Draft, countable_together
from standoff.read.reading import Reading
from standoff.terms import ChangeContent, Comparator, Period, Quantity, RatioContent

_FROM = re.compile(r"[^.;:]{0,60}?[,(]?\s*\b(up|down)\s+from\s+(?:\w+\s+){0,2}$", re.I | re.S)
_CHANGE = re.compile(
    r"[^.;:]{0,40}?,\s*(?:or\s+)?an?\s+(?:\w+\s+)?"
    r"(?:increase|rise|growth|gain|jump|drop|fall|decrease|decline|cut|reduction)\s+of\s+(?:\w+\s+){0,2}$",
    re.I | re.S,
)
_LISTED = re.compile(r"(?:[^.;:]{0,40}\band\s+\d)|[^.;:]{0,60}\brespectively\b", re.I)
_TIME = ("d", "wk", "mo", "yr", "h", "min", "a")


def find_grown(reading: Reading) -> Iterator[Draft]:
    """`B, up from A`, with the change that follows as an apposition where there is one."""
    for sentence in reading.prose():
        inside = reading.quantities_in(sentence.start, sentence.end)
        for place, (after, before) in enumerate(pairwise(inside)):
            gap = _FROM.fullmatch(reading.text[after.span.end : before.span.start])
            if gap is None or after.unit in _TIME or not countable_together(after, before):
                continue
            if after.value is None or before.value is None:
                continue
            if _LISTED.match(reading.text, before.span.end, sentence.end):
                # "14.5 and 7.5, up from 10 and 5, respectively": two pairs in one.
                continue
            change = change_after(reading, before, inside[place + 2 :])
            rising = gap.group(1).casefold() == "up"
            span = reading.span(after.span.start, (change or before).span.end)
            statement = f"from {before.span.quote} to {after.span.quote}"
            yield Draft(span, "change", statement, ChangeContent(before, after, change, rising))


def change_after(reading: Reading, last: Quantity, later: tuple[Quantity, ...]) -> Quantity | None:
    """The change in the apposition after the last end: `..., an increase of 90 per cent`."""
    if not later:
        return None
    gap = reading.text[last.span.end : later[0].span.start]
    return later[0] if _CHANGE.fullmatch(gap) else None


_MULTIPLE = re.compile(r"\b(?:doubl|tripl|trebl|quadrupl|quintupl|halv)(?:ed|ing|es?)\b", re.I)
_FROM_TO = re.compile(r"\s+(?:\w+\s+){0,3}?from\s+(?:\w+\s+){0,2}", re.I)
_TO_FROM = re.compile(r"\s+(?:\w+\s+){0,3}?to\s+(?:\w+\s+){0,2}", re.I)
_BETWEEN = re.compile(r"[^.;:,]{0,40}?\s(?:to|from)\s+(?:\w+\s+){0,2}", re.I)
_FACTORS = {"doubl": 2.0, "tripl": 3.0, "trebl": 3.0, "quadr": 4.0, "quint": 5.0, "halve": 0.5}


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


_ROSE_TO = re.compile(
    r"\b(?P<verb>rose|risen|grew|grown|increased|jumped|climbed|went\s+up|fell|fallen|dropped|declined|"
    r"decreased|shrank|went\s+down)\s+(?:by\s+)?(?:\w+\s+){0,1}$",
    re.I,
)
_UP = ("ros", "ris", "gre", "gro", "inc", "jum", "cli")


def find_change_first(reading: Reading) -> Iterator[Draft]:
    """`rose 20 per cent to 120 from 100`: the change, then both ends."""
    for sentence in reading.prose():
        inside = reading.quantities_in(sentence.start, sentence.end)
        for change, after, before in zip(inside, inside[1:], inside[2:], strict=False):
            verb = _ROSE_TO.search(
                reading.text, max(sentence.start, change.span.start - 40), change.span.start
            )
            first = reading.text[change.span.end : after.span.start]
            second = reading.text[after.span.end : before.span.start]
            if (
                verb is None
                or before.unit in _TIME
                or not re.fullmatch(r"\s+to\s+(?:\w+\s+){0,2}", first)
                or not re.fullmatch(r"(?:\s+\w+){0,4}?\s+from\s+(?:\w+\s+){0,2}", second)
                or not countable_together(after, before)
                or _LISTED.match(reading.text, before.span.end, sentence.end)
            ):
                continue
            word = verb.group("verb").casefold()
            rising = word.startswith(_UP) or word.endswith("up")
            span = reading.span(change.span.start, before.span.end)
            content = ChangeContent(before, after, change, rising)
            yield Draft(span, "change", f"from {before.span.quote} to {after.span.quote}", content)

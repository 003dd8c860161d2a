"""Probabilities that do not fit together: sums, horizons, a word against its number, both sides of one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from standoff.brief.checking.horizons import Horizon, find_horizons, header_horizons
from standoff.brief.checking.probabilities import COUNTS, NUMERALS, Probability
from standoff.brief.checking.record import Finding, Rank
from standoff.brief.checking.units import Unit
from standoff.brief.checking.words import Term, pattern_of, words_of

_NOT = re.compile(r"\b(?:no|not|without|avoid(?:s|ing|ed)?|never|won't|doesn't|otherwise)\b", re.I)
_ONE = re.compile(r"\b(?:scenario|outcome|alternative|hypothesis|future|pathway)\b", re.I)
# Between a number and the word that says it again: "60%, or likely", "60 per cent (unlikely".
_THAT_IS = re.compile(
    r"\s*(?:chance|probability|likelihood|odds)?\s*[,(–—-]\s*(?:that is,?|i\.e\.,?|or|so|an?)?\s*",
    re.I,
)
_ROUNDING = 0.005  # half of the last printed per cent, each


def incoherent(
    text: str, units: Sequence[Unit], stated: Sequence[Probability], terms: Sequence[Term]
) -> Iterator[Finding]:
    """Every finding about probabilities that cannot hold together."""
    yield from _sums(text, units, stated)
    yield from _horizons(text, units, stated)
    yield from _bands(text, units, stated, terms)
    yield from _complements(text, units, stated)


def shown(p: Probability) -> str:
    """A probability as per cent.

    >>> shown(Probability(0, 3, 0.3, 0.45, False, 0))
    '30-45 %'
    """
    low, high = f"{100 * p.low:.3g}", f"{100 * p.high:.3g}"
    return f"{low} %" if low == high else f"{low}-{high} %"


def _finding(text: str, kind: str, start: int, end: int, why: str) -> Finding:
    return Finding(Rank.WRONG, kind, start, end, " ".join(text[start:end].split()), why)


def _sums(text: str, units: Sequence[Unit], stated: Sequence[Probability]) -> Iterator[Finding]:
    """Alternatives that exclude each other, as items of one list or in one sentence."""
    for first, last in _lists(units):
        mine = [p for p in stated if first <= p.unit < last]
        if len(mine) < 2 or len({p.unit for p in mine}) != len(mine):
            continue
        lead = units[max(0, first - 2)].start
        if pattern_of("exclusive").search(text, lead, units[first].start) or _each_is_one(
            text, units[first:last]
        ):
            yield from _sum(text, mine, text[lead : units[first].start])
    for number, unit in enumerate(units):
        mine = [p for p in stated if p.unit == number]
        if len(mine) >= 2 and not unit.item and not find_horizons(text, unit.start, unit.end):
            lead = units[number - 1].start if number else unit.start
            named = pattern_of("exclusive").search(text, unit.start, mine[0].start)
            led = pattern_of("exclusive").search(text, lead, unit.start)
            if named or (led and len(mine) >= 3):
                yield from _sum(text, mine, text[lead : mine[0].start])


def _each_is_one(text: str, items: Sequence[Unit]) -> bool:
    """Whether every item is called a scenario or outcome itself."""
    return all(_ONE.search(text, u.start, u.end) for u in items)


def _sum(text: str, mine: Sequence[Probability], lead: str) -> Iterator[Finding]:
    slack = sum(0.02 if p.hedged else _ROUNDING for p in mine) + 1e-9
    low, high = sum(p.low for p in mine), sum(p.high for p in mine)
    if low - slack <= 1.0 <= high + slack:
        return
    if high < 1.0 and not _all_there_is(lead, len(mine)):
        return
    total = f"{100 * low:.3g} %" if low == high else f"{100 * low:.3g} to {100 * high:.3g} %"
    terms = " + ".join(shown(p).removesuffix(" %") for p in mine)
    yield _finding(
        text, "sum", mine[0].start, mine[-1].end,
        f"alternatives add up to {total}, not 100 %: {terms}",
    )  # fmt: skip


def _all_there_is(lead: str, count: int) -> bool:
    """Whether the lead says that the alternatives are all: their number, or a word for it."""
    if re.search(
        r"\b(?:exhaustive|all (?:the )?possible|only (?:possible )?outcomes)\b", lead, re.I
    ):
        return True
    number = rf"\b(?:{count}|{COUNTS[count - 1]})\b" if count <= len(COUNTS) else rf"\b{count}\b"
    named = pattern_of("exclusive").pattern
    return bool(re.search(rf"{number}(?:\s+[\w-]+){{0,4}}?\s+(?:{named})", lead, re.I))


def _lists(units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Runs of list items, sentences that go on with an item included."""
    first = None
    for number, unit in enumerate(units):
        goes_on = first is not None and unit.block == units[number - 1].block
        if unit.item or goes_on:
            first = number if first is None else first
        elif first is not None:
            yield first, number
            first = None
    if first is not None:
        yield first, len(units)


def _horizons(text: str, units: Sequence[Unit], stated: Sequence[Probability]) -> Iterator[Finding]:
    """A longer horizon holds the shorter one: its probability cannot be lower."""
    for number, unit in enumerate(units):
        mine = [p for p in stated if p.unit == number]
        if len(mine) < 2:
            continue
        header = header_horizons(text, units, number)
        pairs = (
            list(zip(header, mine, strict=True))
            if len(header) == len(mine)
            else _paired(text, unit, mine)
        )
        for one, two in pairwise(sorted(pairs, key=lambda pair: pair[0].days)):
            if one[0].days < two[0].days and one[1].low > two[1].high:
                start = min(one[1].start, two[1].start, one[0].start, two[0].start)
                end = max(one[1].end, two[1].end, one[0].end, two[0].end)
                if len(header) == len(mine):
                    start, end = unit.start, unit.end
                yield _finding(
                    text, "horizon", start, end,
                    f"{shown(one[1])} {one[0].words} but {shown(two[1])} {two[0].words}: the longer time"
                    " holds the shorter one, so its probability cannot be lower",
                )  # fmt: skip


def _paired(
    text: str, unit: Unit, mine: Sequence[Probability]
) -> list[tuple[Horizon, Probability]]:
    """Probabilities of one thing with their horizons, where the sentence goes on with that thing."""
    horizons = find_horizons(text, unit.start, unit.end)
    if len(horizons) != len(mine):
        return []
    pairs = list(zip(horizons, mine, strict=True))
    spans = [(min(h.start, p.start), max(h.end, p.end)) for h, p in pairs]
    if any(end > start for (_, end), (start, _) in pairwise(spans)):
        return []
    # What the sentence has named before the first pair ends may be named again.
    known = frozenset(_words(text, unit.start, spans[0][1])) | words_of("goes_on") | NUMERALS
    if not known.issuperset(_words(text, spans[0][1], spans[-1][1])):
        return []
    return pairs


def _words(text: str, start: int, end: int) -> list[str]:
    return [w.lower() for w in re.findall(r"[A-Za-z']+", text[start:end])]


def _bands(
    text: str, units: Sequence[Unit], stated: Sequence[Probability], terms: Sequence[Term]
) -> Iterator[Finding]:
    """A likelihood word and a number for one thing: "unlikely (60 %)"."""
    for p in stated:
        unit = units[p.unit]
        near = [
            t
            for t in terms
            if t.banded and unit.start <= t.start < unit.end and _beside(text, t, p)
        ]
        if not near:
            continue
        term = min(near, key=lambda t: min(abs(t.start - p.end), abs(p.start - t.end)))
        slack = 0.05 if p.hedged else 0.01
        if p.high < term.low - slack or p.low > term.high + slack:
            yield _finding(
                text, "band", min(term.start, p.start), max(term.end, p.end),
                f'"{term.phrase}" stands for {term.bands}; the number beside it is {shown(p)}',
            )  # fmt: skip


def _beside(text: str, term: Term, p: Probability) -> bool:
    """Whether word and number say one thing: close, and no clause between but a bracket."""
    if term.end <= p.start:
        between = text[term.end : p.start]
        if len(between) > 60:
            return False
        if "(" in between or re.match(r"\s*[,:–—-]\s*(?:about|around|roughly|at)?\s*$", between):
            return not re.search(r"[;)]|\b(?:and|but|while|than)\b", between.split("(")[0])
        with_a = re.search(r",?\s*\bwith an?\s+(?:[\w-]+\s+){0,2}$", between)
        return with_a is not None and "," not in between[: with_a.start()]
    between = text[p.end : term.start]
    return bool(_THAT_IS.fullmatch(between))


def _complements(
    text: str, units: Sequence[Unit], stated: Sequence[Probability]
) -> Iterator[Finding]:
    """A thing and its opposite in one sentence: "a 70% chance of war and a 40% chance of no war"."""
    for number, unit in enumerate(units):
        mine = [p for p in stated if p.unit == number]
        if len(mine) != 2:
            continue
        one, two = mine
        first, second = text[one.end : two.start], text[two.end : unit.end]
        if _NOT.search(first) or not _NOT.search(second):
            continue
        shared = _content(first) & _content(second)
        if not shared or not _content(second) <= shared | _content(first):
            continue
        slack = sum(0.02 if p.hedged else _ROUNDING for p in mine)
        if one.low + two.low > 1 + slack or one.high + two.high < 1 - slack:
            yield _finding(
                text, "complement", one.start, two.end,
                f"one thing at {shown(one)} and its opposite at {shown(two)} add up to"
                f" {100 * (one.low + two.low):.3g} %, not 100 %",
            )  # fmt: skip


def _content(text: str) -> frozenset[str]:
    words = (w.lower() for w in re.findall(r"[A-Za-z]+", text))
    return frozenset(w[:5] for w in words if w not in words_of("goes_on") and not _NOT.fullmatch(w))

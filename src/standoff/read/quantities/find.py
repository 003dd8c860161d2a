"""Numbers with unit, hedge and range, found in running text."""

from __future__ import annotations

import re

from standoff.read.quantities.exclude import is_named, is_year_words, masked_spans
from standoff.read.quantities.hedges import hedge
from standoff.read.quantities.ranges import Found, joined_at, merge_bounds, share_units
from standoff.read.quantities.terms import RATIOS, Term, parse_term
from standoff.read.quantities.tokens import GRAMMAR, Scan, scan_text
from standoff.read.scan import lowered, text_blocks
from standoff.terms import Comparator, Quantity, Span

MAYBE = re.compile(
    r"[\d½⅓⅔¼¾⅕-⅞]|fold\b|"
    + GRAMMAR.pattern(r"\b(?:{:ones}|{:tens}|{:start}|{:magnitude}|{:ratio}|an? [a-z])").pattern
)
_STARTS = RATIOS.keys() | {
    w for name in ("ones", "tens", "dozen", "start") for w in GRAMMAR.words(name)
}


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Every number in `text` that measures or counts something, in order of appearance.

    Dates, years, clock times, ordinals, serial numbers, telephone numbers and addresses are left
    out. Both ends of a range are kept; `low` is None for "less than", `high` for "more than".
    The span holds number and unit; a hedge is part of it only where the number is bare. For
    counts, `unit` is the singular of the noun counted and `noun` the word as printed. Time is
    linear in the length of the text.

    >>> [(q.low, q.high, q.unit, q.comparator.value) for q in find_quantities(
    ...     "Some 1,200 troops with 500 to 600 missiles stand about 70 nautical miles away.")]
    [(1200.0, 1200.0, 'troop', '~'), (500.0, 600.0, 'missile', '='), (70.0, 70.0, 'nmi', '~')]
    """
    out: list[Quantity] = []
    for offset, block in text_blocks(text):
        low = lowered(block)
        if MAYBE.search(low):
            scan = scan_text(block)
            found = merge_bounds(scan, share_units(scan, _terms(scan, masked_spans(low))))
            out += [_quantity(scan, offset, *item) for item in found]
    return tuple(out)


def _terms(scan: Scan, masks: list[tuple[int, int]]) -> list[Found]:
    """The terms of one block outside its masks, each with its comparator and the tokens that say it."""
    found: list[Found] = []
    i = mask = 0
    while i < len(scan):
        while mask < len(masks) and masks[mask][1] <= scan.starts[i]:
            mask += 1
        wall = masks[mask][0] if mask < len(masks) else len(scan.text)
        if wall <= scan.starts[i] or not _may_start(scan, i):
            i += 1
            continue
        years = is_year_words(scan, i)
        term = None if years else parse_term(scan, i)
        if (
            term is None
            or term.start >= wall
            or (term.end > wall and scan.kind(i) == "n")
            or is_named(scan, i, term)
        ):
            i += years or (_skip_glued(scan, i) if scan.kind(i) == "n" else 1)
            continue
        term, first = joined_at(scan, term, wall)
        found.append(_hedged(scan, term, first))
        i = max(term.last, found[-1][3], i + 1)
    return found


def _may_start(scan: Scan, i: int) -> bool:
    """Whether a quantity could begin at a token: a numeral, a number word, a sign, a currency."""
    kind, word = scan.kinds[i], scan.lower[i]
    if kind in ("n", "v") or word in _STARTS:
        return True
    if kind == "s":
        return len(word) == 1 and (word in "-−–+$" or ord(word) > 127)
    if kind == "d" or len(word) > 6:
        return False
    return (
        scan.kind(i + 1) == "n" or scan.word(i + 1) in ("$", "£", ".", "¥") or scan.raw[i].isupper()
    )


def _skip_glued(scan: Scan, i: int) -> int:
    """Step over a refused numeral and the numerals glued to it, so that no tail is read."""
    j = i + 1
    while j < len(scan) and scan.glued(j):
        joint = scan.kind(j + 1) == "n" and scan.glued(j + 1) and scan.lower[j] in "-/.:_"
        if scan.kinds[j] not in ("n", "w") and not joint:
            break
        j += 1
    return j - i


def _hedged(scan: Scan, term: Term, first: int) -> Found:
    """A term with its comparator and the tokens that the hedges start and end at."""
    noun_end = term.last if term.measured or term.noun else 0
    for k in range(term.last, min(term.last + 6, len(scan)) if term.noun else term.last):
        if scan.raw[k].lower() == term.noun:
            noun_end = k + 1
            break
    share = term.money or term.unit in GRAMMAR.words("share")
    plain = term.low < 2 and not term.measured
    return term, *hedge(
        scan, first, term.last, term.unit, share=share, plain=plain, noun_end=noun_end
    )


def _quantity(
    scan: Scan, offset: int, term: Term, comparator: Comparator, first: int, last: int
) -> Quantity:
    low: float | None = term.low
    high: float | None = term.high
    if low == high:
        low = None if comparator is Comparator.LESS else low
        high = None if comparator is Comparator.MORE else high
    start, end = term.start, term.end
    if not term.measured and term.noun is None and comparator.value in "=<>":
        if first < term.first and scan.word(first) not in ("between", "from", "some"):
            start = min(start, scan.starts[first])
        if last > term.last:
            end = scan.ends[last - 1]
    span = Span(offset + start, offset + end, scan.text[start:end])
    return Quantity(span, low, high, term.unit, comparator, term.noun)

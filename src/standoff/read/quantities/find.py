"""Numbers with unit, hedge and range, found in running text."""

from __future__ import annotations

import re

from standoff.read.quantities.amounts import Term
from standoff.read.quantities.comparators import (
    PERIODS,
    comparator_after,
    comparator_before,
    direction,
)
from standoff.read.quantities.exclude import is_serial, is_year, is_year_words, masked_spans
from standoff.read.quantities.number_words import (
    DENOMINATORS,
    ONES,
    ORDINAL_ONES,
    START_WORDS,
    TENS,
)
from standoff.read.quantities.ranges import joined_at, merge_bounds, share_units
from standoff.read.quantities.term import FOLDS, RATIO_WORDS, parse_term
from standoff.read.scan import text_blocks
from standoff.read.quantities.tokens import Scan, scan_text
from standoff.terms import Comparator, Quantity, Span

MAYBE = re.compile(
    r"[\d½⅓⅔¼¾⅕-⅞]|\b(?:"
    + "|".join(
        sorted({*ONES, *TENS, "hundred", "half", "quarter", "dozen", "twice", "absolute", "penny"})
    )
    + r"|doubl|tripl|trebl|quadrupl|halv|[a-z]+fold|(?:thousand|million|billion|trillion|lakh|crore)|an? [a-z]+)",
    re.IGNORECASE,
)
STARTS = frozenset([*START_WORDS, *RATIO_WORDS, *FOLDS, "a", "an"])
VAGUE_BEFORE = frozenset(("several", "few", "many", "couple"))
NAMES_AFTER = frozenset(["sessions", "eyes", "gorges", "kingdoms"])


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
    if MAYBE.search(text) is None:
        return ()
    out: list[Quantity] = []
    for offset, block in text_blocks(text):
        out += _find_in(block, offset)
    return tuple(out)


def _find_in(text: str, offset: int) -> list[Quantity]:
    """The quantities of one block of the text that starts at `offset`."""
    scan = scan_text(text)
    masks = masked_spans(text)
    found: list[tuple[Term, Comparator, int, int]] = []
    i = mask = 0
    while i < len(scan):
        while mask < len(masks) and masks[mask][1] <= scan.starts[i]:
            mask += 1
        if mask < len(masks) and masks[mask][0] <= scan.starts[i]:
            i += 1
            continue
        if not _may_start(scan, i):
            i += 1
            continue
        length = is_year_words(scan, i)
        if length:
            i += length
            continue
        wall = masks[mask][0] if mask < len(masks) else len(text)
        term = _term_at(scan, i, wall)
        if term is None:
            i += 1 if scan.kind(i) != "n" else _skip_glued(scan, i)
            continue
        term, hedge_first = joined_at(scan, term, wall)
        comparator, hedge_first, hedge_last = _hedge(scan, term, hedge_first)
        found.append((term, comparator, hedge_first, hedge_last))
        i = max(term.last, hedge_last, i + 1)
    return [_quantity(scan, offset, *item) for item in merge_bounds(scan, share_units(scan, found))]


def _may_start(scan: Scan, i: int) -> bool:
    kind = scan.kinds[i]
    if kind in ("n", "v"):
        return True
    if kind == "d":
        return False
    word = scan.lower[i]
    if word in STARTS:
        return True
    if kind == "s":
        return word not in ".,;:!?()\"'%" and (
            len(word) == 1 and (word in "-−–+" or ord(word) > 127 or word == "$")
        )
    return len(word) <= 6 and (
        scan.kind(i + 1) == "n" or scan.word(i + 1) in ("$", "£", ".", "¥") or scan.raw[i].isupper()
    )


def _skip_glued(scan: Scan, i: int) -> int:
    """Step over a refused numeral and the numerals glued to it, so that no tail is read."""
    j = i + 1
    while (
        j < len(scan)
        and scan.glued(j)
        and (
            scan.kinds[j] in ("n", "w")
            or (scan.kind(j + 1) == "n" and scan.glued(j + 1) and scan.lower[j] in "-/.:_")
        )
    ):
        j += 1
    return max(1, j - i)


def _term_at(scan: Scan, i: int, wall: int) -> Term | None:
    """A term that starts at `i`, unless it is a year, a serial number or a name."""
    term = parse_term(scan, i)
    if term is None or term.start >= wall:
        return None
    if term.end > wall and scan.kind(i) == "n":
        return None
    first = i
    while first < term.last and scan.kinds[first] not in ("n", "v", "w"):
        first += 1
    if scan.kind(first) == "n" and not term.money:
        if not term.fraction and _slashed(scan, first):
            return None
        if _score(scan, first):
            return None
        if is_serial(scan, first, term.last):
            return None
        if not term.measured and is_year(scan, first) and term.magnitude == 1.0:
            return None
        if (
            term.measured
            and is_year(scan, first)
            and scan.word(i - 1) in ("in", "since", "by")
            and term.unit in ("in", "m", "t")
        ):
            return None
    if term.worded and _ordinal(scan, term):
        return None
    if term.worded and scan.raw[i][:1].isupper() and _name_like(scan, i, term):
        return None
    if scan.word(i - 1) in VAGUE_BEFORE and scan.word(i) in ("hundred", "thousand", "dozen"):
        return None
    return term


def _score(scan: Scan, i: int) -> bool:
    """219-212, 3-1: two glued numerals that fall; results of votes and games."""
    for a, b in ((i, i + 2), (i - 2, i)):
        if (
            scan.kind(a) == "n" == scan.kind(b)
            and scan.word(a + 1) in ("-", "–", "—")
            and scan.glued(a + 1)
            and scan.glued(b)
            and scan.plain[a]
            and scan.plain[b]
            and scan.values[a] >= scan.values[b]
            and scan.kind(b + 1) != "w"
        ):
            return True
    return False


def _slashed(scan: Scan, i: int) -> bool:
    """9/11, 24/7, 1/0: numerals around a slash that are no fraction."""
    return (
        scan.word(i + 1) == "/"
        and scan.glued(i + 1)
        and scan.kind(i + 2) == "n"
        and scan.glued(i + 2)
    ) or (
        scan.word(i - 1) == "/" and scan.glued(i) and scan.kind(i - 2) == "n" and scan.glued(i - 1)
    )


def _ordinal(scan: Scan, term: Term) -> bool:
    """The start of an ordinal in words: twenty-first, two hundredth."""
    k = term.last + 1 if scan.word(term.last) == "-" else term.last
    return scan.word(k) in ORDINAL_ONES or (
        scan.word(k) in DENOMINATORS
        and not scan.word(k).endswith("s")
        and scan.word(k) not in ("half", "quarter")
    )


def _name_like(scan: Scan, i: int, term: Term) -> bool:
    """Five Eyes, Three Gorges: a capitalised number word before a capital, inside a sentence."""
    if (
        i == 0
        or scan.word(i - 1) in (".", "!", "?", ":", "“", '"', "—", "•", "-", "*")
        or "\n" in scan.gap(i)
    ):
        return False
    after = scan.raw[term.last] if term.last < len(scan) else ""
    if scan.word(i - 1) in ("big", "group") or scan.word(i - 2) == "group":
        return True
    before = scan.raw[i - 1]
    return after[:1].isupper() and (before.islower() or before.lower() == "the")


def _hedge(scan: Scan, term: Term, first: int) -> tuple[Comparator, int, int]:
    """The comparator of a term with the tokens it starts and ends at."""
    comparator, start, last = Comparator.EQUAL, first, term.last
    hedge = comparator_before(scan, first)
    if hedge is not None and hedge[0] not in (Comparator.UP, Comparator.DOWN):
        comparator, start = hedge
        word = scan.word(start)
        if (
            word in ("over", "within", "under", "inside")
            and start == first - 1
            and term.unit in PERIODS
        ) and (
            (
                word == "over"
                and scan.word(start - 1)
                not in ("for", "took", "just", "well", "lasted", "spent", "takes")
            )
            or word in ("within", "inside")
        ):
            comparator, start = Comparator.EQUAL, first
        if word == "some" and not (term.low >= 2 or term.measured):
            comparator, start = Comparator.EQUAL, first
        if word in ("minimum", "maximum", "additional", "reported"):
            comparator, start = Comparator.EQUAL, first
        inner = comparator_before(scan, start)
        if (
            inner is not None
            and comparator is Comparator.ABOUT
            and inner[0] in (Comparator.MORE, Comparator.LESS)
        ):
            comparator, start = inner
    if comparator is Comparator.EQUAL:
        after = comparator_after(scan, term.last)
        if after is not None and after[0] is not Comparator.EQUAL:
            comparator, last = after
        elif term.noun is not None or term.measured:
            behind = _behind_noun(scan, term)
            if behind is not None:
                comparator = behind
    share = term.unit in ("%", "pp", "basis point", "% of GDP", "point") or term.money
    change = direction(scan, start, term.last, share)
    if change is None and hedge is not None and hedge[0] in (Comparator.UP, Comparator.DOWN):
        change, start = hedge
    if change is not None and (comparator in (Comparator.EQUAL, Comparator.ABOUT)):
        comparator = change
    return comparator, start, last


def _behind_noun(scan: Scan, term: Term) -> Comparator | None:
    """ "60 people or more", "30 ships at least"."""
    j = term.last
    if term.noun is not None:
        for k in range(j, min(j + 6, len(scan))):
            if scan.raw[k].lower() == term.noun:
                j = k + 1
                break
    after = comparator_after(scan, j)
    return after[0] if after is not None and after[0] is not Comparator.EQUAL else None


def _quantity(
    scan: Scan, offset: int, term: Term, comparator: Comparator, first: int, last: int
) -> Quantity:
    low: float | None = term.low
    high: float | None = term.high
    if low == high:
        if comparator is Comparator.MORE:
            high = None
        elif comparator is Comparator.LESS:
            low = None
    start, end = term.start, term.end
    if (
        not term.measured
        and term.noun is None
        and comparator in (Comparator.MORE, Comparator.LESS, Comparator.EQUAL)
    ):
        if first < term.first and scan.word(first) not in ("between", "from", "some"):
            start = min(start, scan.starts[first])
        if last > term.last:
            end = scan.ends[last - 1]
    unit = term.unit
    return Quantity(
        Span(offset + start, offset + end, scan.text[start:end]),
        low,
        high,
        unit,
        comparator,
        term.noun,
    )

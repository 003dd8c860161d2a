"""What holds digits and is no quantity: addresses, phones, clocks, dates, years, serial numbers."""

from __future__ import annotations

import re

from standoff.read.quantities.money import currency_before
from standoff.read.quantities.nouns import counted_noun
from standoff.read.quantities.numbers import BOTTOMS, MAGNITUDES, ONES, TENS
from standoff.read.quantities.terms import Term
from standoff.read.quantities.tokens import GRAMMAR, Scan
from standoff.read.quantities.units import parse_unit
from standoff.read.quantities.years import is_year

MASK = re.compile("|".join(f"(?:{raw})" for raw in GRAMMAR.sources("mask")))


def masked_spans(low: str) -> list[tuple[int, int]]:
    """Stretches of a text in lower case in which no quantity may start, in order.

    >>> masked_spans("by 4 may 2021 at 17:35 some 20 ships")
    [(3, 13), (17, 22)]
    """
    return [match.span() for match in MASK.finditer(low)]


def is_named(scan: Scan, i: int, term: Term) -> bool:
    """Whether the number of a term that starts at token `i` is a year, score, serial number or name."""
    first = i
    while first < term.last and scan.kinds[first] not in ("n", "v", "w"):
        first += 1
    if scan.kind(first) == "n" and not term.money:
        if (
            (not term.fraction and _slashed(scan, first))
            or _score(scan, first)
            or _serial(scan, first, term.last)
        ):
            return True
        led = scan.word(i - 1) in ("in", "since", "by") and term.unit in ("in", "m", "t")
        if is_year(scan, first) and (led if term.measured else term.magnitude == 1.0):
            return True
    if term.worded and (
        _ordinal(scan, term) or (scan.raw[i][:1].isupper() and _name_like(scan, i, term))
    ):
        return True
    return scan.has(i - 1, "vague") and scan.word(i) in ("hundred", "thousand", "dozen")


def _score(scan: Scan, i: int) -> bool:
    """219-212, 3-1: two glued numerals that fall; results of votes and games."""
    for a in (i, i - 2):
        dash = scan.word(a + 1) in ("-", "–", "—") and scan.glued(a + 1) and scan.glued(a + 2)
        numbers = scan.number(a) and scan.number(a + 2) and scan.kind(a + 3) != "w"
        if dash and numbers and scan.values[a] >= scan.values[a + 2]:
            return True
    return False


def _slashed(scan: Scan, i: int) -> bool:
    """9/11, 24/7, 1/0: numerals around a slash that are no fraction."""
    for slash, other in ((i + 1, i + 2), (i - 1, i - 2)):
        glued = (
            scan.glued(slash) and scan.glued(other)
            if other > i
            else scan.glued(i) and scan.glued(slash)
        )
        if scan.word(slash) == "/" and scan.kind(other) == "n" and glued:
            return True
    return False


def _ordinal(scan: Scan, term: Term) -> bool:
    """The start of an ordinal in words: twenty-first, two hundredth."""
    word = scan.word(term.last + (scan.word(term.last) == "-"))
    return word in ("first", "second") or (
        word in BOTTOMS and word[-1] != "s" and word not in ("half", "quarter")
    )


def _name_like(scan: Scan, i: int, term: Term) -> bool:
    """Five Eyes, Three Gorges: a capitalised number word before a capital, inside a sentence."""
    if i == 0 or scan.has(i - 1, "sentence_start") or "\n" in scan.gap(i):
        return False
    if scan.word(i - 1) in ("big", "group") or scan.word(i - 2) == "group":
        return True
    before = scan.raw[i - 1]
    return scan.name(term.last)[:1].isupper() and (before.islower() or before.lower() == "the")


def is_year_words(scan: Scan, i: int) -> int:
    """Length in tokens of a year in words ("nineteen ninety-six"), 0 if none stands here."""
    if not (10 <= ONES.get(scan.word(i), 0) <= 19 or scan.word(i) == "twenty"):
        return 0
    j = i + 1 + (scan.word(i + 1) == "-")
    if scan.word(j) in TENS:
        k = j + 1 + (scan.word(j + 1) == "-")
        return (k if 1 <= ONES.get(scan.word(k), 0) <= 9 else j) + 1 - i
    return j + 1 - i if 10 <= ONES.get(scan.word(j), 0) <= 19 else 0


def _serial(scan: Scan, i: int, last: int) -> bool:
    """A numeral that names something: "F-35", "Article 5", "Boeing 737", "CAC 40", "DDG-102"."""
    before = scan.word(i - 1)
    if (
        scan.word(i + 1) == "%"
        and scan.glued(i + 1)
        and scan.glued(i + 2)
        and scan.kind(i + 2) in ("n", "w")
    ):
        return True  # 2019%2C: the encoding of web addresses
    if scan.glued(i):
        glued = _glued(scan, i, before)
        if glued is not None:
            return glued
    goes_on = last == i + 1 and scan.kind(last) == "w" and scan.glued(last)
    if goes_on and scan.kind(last + 1) == "n" and scan.glued(last + 1):
        return True
    if not scan.plain[i]:
        return scan.has(i - 1, "release")
    if i == 0 or scan.kind(i - 1) != "w" or scan.gap(i) not in (" ", "\u00a0"):
        return before == "." and scan.has(i - 2, "short_series") and scan.glued(i - 1)
    return _in_series(scan, i, before)


def _glued(scan: Scan, i: int, before: str) -> bool | None:
    """Whether what a numeral is glued to makes it a name: F-35, DF21, #5; None where it says nothing."""
    if scan.kind(i - 1) == "w":
        return currency_before(scan, i - 1) is None
    if before in ("%", "#"):
        return True
    if scan.has(i - 1, "joint") and scan.glued(i - 1) and scan.kind(i - 2) in ("w", "n"):
        return scan.kind(i - 2) == "w" and before not in ("–", "'")
    return None


def _in_series(scan: Scan, i: int, before: str) -> bool:
    """Article 5, Flight 370, Boeing 737, CAC 40: a word before the numeral that makes it a name."""
    raw = scan.raw[i - 1]
    if scan.has(i - 1, "series") and (raw[:1].isupper() or not scan.has(i - 1, "counted_series")):
        return raw != before or scan.has(i - 1, "small_series")
    if scan.has(i - 1, "function"):
        return False
    if raw[:1].isupper() and not raw.isupper():
        return _nothing_counted(scan, i)
    if not raw.isupper() or not 2 <= len(raw) <= 5 or scan.has(i - 1, "side"):
        return False
    shouted = i >= 2 and scan.kind(i - 2) == "w" and scan.raw[i - 2].isupper()
    return _nothing_counted(scan, i) and not shouted


def _nothing_counted(scan: Scan, i: int) -> bool:
    """After a capitalised word: a name, unless something countable follows."""
    behind = scan.word(i + 1)
    if behind and parse_unit(scan, i + 1) is not None:
        return False
    if not behind or scan.kind(i + 1) != "w":
        return behind not in ("%", "°", "-", "–")
    if scan.glued(i + 1) or behind in MAGNITUDES or behind in ("hundred", "percent", "per"):
        return False
    return counted_noun(scan, i + 1, 2.0) is None

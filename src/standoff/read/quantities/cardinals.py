"""Whole numbers in words, power words, and the record of a number found."""

from __future__ import annotations

import math
from dataclasses import dataclass

from standoff.read.quantities.number_words import DENOMINATORS, DOZENS, MAGNITUDES, ONES, TENS
from standoff.read.quantities.tokens import Scan


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from tokens `first:last`; `end` is a text offset (it may stop inside a token).

    `magnitude` is the last power word that applied to all of it ("3 million": 1e6), `worded` says
    that no digit was written, `bare` that it is one plain run of digits.
    """

    value: float
    first: int
    last: int
    start: int
    end: int
    magnitude: float = 1.0
    worded: bool = False
    bare: bool = False
    fraction: bool = False


def make(
    scan: Scan,
    first: int,
    last: int,
    value: float,
    *,
    magnitude: float = 1.0,
    worded: bool = False,
    bare: bool = False,
    fraction: bool = False,
) -> Number:
    return Number(
        value,
        first,
        last,
        scan.starts[first],
        scan.ends[last - 1],
        magnitude,
        worded,
        bare,
        fraction,
    )


def multiplier_at(scan: Scan, i: int) -> tuple[float, int]:
    """Stacked power words from token `i`: "hundred thousand", "lakh crore"."""
    value, j = 1.0, i
    while True:
        word = scan.word(j)
        k = j
        if word == "-" and scan.glued(j) and scan.glued(j + 1) and j > i - 1:
            k, word = j + 1, scan.word(j + 1)
        if word in MAGNITUDES and (len(word) > 3 or scan.word(k + 1) != "."):
            value *= MAGNITUDES[word]
        elif word in ("hundred", "hundreds") and scan.word(k + 1) != "of":
            value *= 100.0
        elif word in DOZENS:
            value *= 12.0
        else:
            return value, j
        j = k + 1


def cardinal(scan: Scan, i: int, below: float) -> tuple[float, int] | None:
    """A whole number in words; every power word must be smaller than the one before."""
    part = _part(scan, i)
    if part is None:
        return None
    total, limit, j = 0.0, below, i
    while True:
        part = _part(scan, j)
        if part is None:
            break
        value, k = part
        multiplier, after = multiplier_at(scan, k)
        piece = value * multiplier
        if piece >= limit and limit != math.inf:
            break
        total += piece
        limit = (
            multiplier if multiplier > 1 else (100.0 if value >= 100 and value % 100 == 0 else 1)
        )
        j = after
        if limit <= 1:
            break
        nxt = j + 1 if scan.word(j) == "and" else j
        if scan.word(j) == "," and scan.word(j + 2) == "hundred":
            nxt = j + 1
        if _part(scan, nxt) is None or and_fraction(scan, nxt) is not None:
            break
        j = nxt
    return (total, _unwind(scan, i, j)) if j > i else None


def _unwind(scan: Scan, i: int, j: int) -> int:
    """Give back a trailing "and" or comma."""
    while j > i and scan.word(j - 1) in ("and", ",", "&"):
        j -= 1
    return j


def _part(scan: Scan, i: int) -> tuple[float, int] | None:
    """A number below a thousand in words, or digits: "two hundred and five"."""
    if scan.word(i) == "&":
        i += 1
    small = below_hundred(scan, i)
    if small is None:
        if scan.word(i) == "hundred" and scan.word(i - 1) not in ("several", "few"):
            return 100.0, i + 1
        if scan.kind(i) == "n" and scan.plain[i] and i > 0 and scan.values[i] < 1000:
            return scan.values[i], i + 1
        return None
    value, j = small
    if scan.word(j) == "-" and scan.word(j + 1) == "hundred":
        j += 1
    if scan.word(j) == "hundred" and value < 100:
        value, j = value * 100.0, j + 1
        k = j + 1 if scan.word(j) in ("and", "&") else j
        rest = below_hundred(scan, k)
        if rest is not None:
            after = rest[1] + 1 if scan.word(rest[1]) == "-" else rest[1]
            if scan.word(after) not in DENOMINATORS or scan.word(j) != "and":
                return value + rest[0], rest[1]
            if rest[0] >= 10 and scan.word(j) == "and":
                return value + rest[0], rest[1]
    return value, j


def below_hundred(scan: Scan, i: int) -> tuple[float, int] | None:
    word = scan.word(i)
    if word in ONES:
        return ONES[word], i + 1
    if word in TENS:
        j = i + 1
        k = j + 1 if scan.word(j) in ("-", "‑") else j
        one = ONES.get(scan.word(k))
        if one is not None and 1 <= one <= 9:
            return TENS[word] + one, k + 1
        return TENS[word], j
    return None


def and_fraction(scan: Scan, k: int) -> tuple[float, int] | None:
    """A fraction after "and": a half, three quarters, one fourth, fifty-four hundredths."""
    word = scan.word(k)
    if word in ("a", "an") and scan.word(k + 1) in DENOMINATORS:
        return 1.0 / DENOMINATORS[scan.word(k + 1)], k + 2
    small = below_hundred(scan, k)
    if small is None:
        return None
    value, j = small
    if scan.word(j) == "-":
        j += 1
    bottom = DENOMINATORS.get(scan.word(j))
    return (value / bottom, j + 1) if bottom else None

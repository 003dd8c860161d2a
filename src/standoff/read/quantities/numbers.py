"""Numbers in digits and words: "two and a half million", "2 1/2", "1.3e6", "one in five".

Grammar (words may be joined by hyphens):

    number   := [sign] (cardinal [mixed] | fraction) [power ...]
    cardinal := part {power [["and"] part]}              powers falling from left to right
    mixed    := "and" ("a" | cardinal) denominator       two and a half
    fraction := ("a" | cardinal) denominator             two thirds, half a million
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

from standoff.read.quantities.tokens import GRAMMAR, Scan

ONES, TENS = GRAMMAR.numbers("ones"), GRAMMAR.numbers("tens")
MAGNITUDES = {w: float(v) for w, v in GRAMMAR.words("magnitude").items()}
SUFFIXES = {w: float(v) for w, v in GRAMMAR.words("suffix").items()}
_SINGLE = GRAMMAR.numbers("denominator")
BOTTOMS = {**_SINGLE, **{f"{w}s": n for w, n in _SINGLE.items() if n > 2}}
_POWER = re.compile(
    r"[eE](?P<e>[-−+]?\d{1,3})(?![\w.])|\s?[x×*]\s?10\s?\^?\s?(?P<x>[-−+]?\d{1,3})(?!\d|[.,]\d)"
    r"|\s?[x×*]\s?10(?P<s>[⁻⁺]?[⁰¹²³⁴-⁹]{1,3})|\^(?P<p>[-−+]{0,2}\d{1,3})(?![\w.])"
)
_PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−", "0123456789-+-")


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from tokens `first:last`; `end` is a text offset (it may stop inside a token).

    `magnitude` is the last power word that applied to all of it ("3 million": 1e6), `worded` says
    that no digit was written, `bare` that it is one plain run of digits.
    """

    value: float
    first: int
    last: int
    end: int
    magnitude: float = 1.0
    worded: bool = False
    bare: bool = False
    fraction: bool = False


def parse_number(scan: Scan, index: int) -> Number | None:
    """The longest number that starts at token `index`, or None.

    >>> from standoff.read.quantities.tokens import scan_text
    >>> parse_number(scan_text("two and a half million people"), 0).value
    2500000.0
    """
    sign, i = _sign(scan, index)
    number = _unsigned(scan, i)
    if number is None or not math.isfinite(number.value):
        return None
    if i == index:
        return number
    return replace(number, value=sign * number.value, first=index, bare=False)


def _sign(scan: Scan, i: int) -> tuple[int, int]:
    word = scan.word(i)
    if word in ("minus", "negative"):
        return -1, i + 1
    # The sign stands free of a word or numeral on its left.
    free = not i or (
        scan.has(i - 1, "sign_after") if scan.glued(i) else scan.kind(i - 1) not in ("n", "v")
    )
    if not free or scan.kind(i + 1) not in ("n", "v"):
        return 1, i
    if word in ("-", "−", "–") and (
        scan.glued(i + 1) or (scan.gap(i + 1) == " " and not i and word != "–")
    ):
        return -1, i + 1
    return 1, i + (word == "+" and scan.glued(i + 1) and scan.kind(i + 1) == "n")


def _unsigned(scan: Scan, i: int) -> Number | None:
    word, kind = scan.word(i), scan.kind(i)
    if kind == "v":
        return _times(scan, i, i + 1, scan.values[i])
    article = word in ("a", "an")
    if scan.word(i + article) in ("half", "quarter"):
        found = _half(scan, i, i + article)
        if found is not None:
            return found
    if kind == "n":
        return _digits(scan, i)
    if article:
        return _article(scan, i)
    found = (
        cardinal(scan, i, math.inf) if word in ONES or word in TENS or word == "hundred" else None
    )
    return _finish(scan, i, *found) if found else None


def _make(
    scan: Scan, first: int, last: int, value: float, magnitude: float = 1.0, **flags: bool
) -> Number:
    return Number(value, first, last, scan.ends[last - 1], magnitude, **flags)


def _times(scan: Scan, i: int, last: int, value: float, *, worded: bool = False) -> Number:
    """A fraction with what may multiply it: 1½ million, three quarters of a billion."""
    of = 2 if scan.word(last) == "of" and scan.word(last + 1) in ("a", "an") and worded else 0
    multiplier, end = multiplier_at(scan, last + of)
    if multiplier == 1.0:
        return _make(scan, i, last, value, worded=worded, fraction=True)
    return _make(scan, i, end, value * multiplier, 1.0 if of else multiplier, worded=worded)


def multiplier_at(scan: Scan, i: int) -> tuple[float, int]:
    """Stacked power words from token `i`: "hundred thousand", "lakh crore"."""
    value, j = 1.0, i
    while True:
        k = j + 1 if scan.word(j) == "-" and scan.glued(j) and scan.glued(j + 1) else j
        word = scan.word(k)
        if word in MAGNITUDES and (len(word) > 3 or scan.word(k + 1) != "."):
            value *= MAGNITUDES[word]
        elif word in ("hundred", "hundreds") and scan.word(k + 1) != "of":
            value *= 100.0
        elif scan.has(k, "dozen"):
            value *= 12.0
        else:
            return value, j
        j = k + 1


def cardinal(scan: Scan, i: int, below: float) -> tuple[float, int] | None:
    """A whole number in words; every power word must be smaller than the one before."""
    total, limit, j, last = 0.0, below, i, i
    while (part := _part(scan, j)) is not None:
        value, k = part
        multiplier, after = multiplier_at(scan, k)
        if value * multiplier >= limit != math.inf:
            break
        total += value * multiplier
        j = last = after
        limit = multiplier if multiplier > 1 else 100.0 if value >= 100 and value % 100 == 0 else 1
        if limit <= 1:
            break
        j += scan.word(j) == "and" or (scan.word(j) == "," and scan.word(j + 2) == "hundred")
        if and_fraction(scan, j) is not None:
            break
    return (total, last) if last > i else None


def _part(scan: Scan, i: int) -> tuple[float, int] | None:
    """A number below a thousand in words, or digits: "two hundred and five"."""
    i += scan.word(i) == "&"
    small = _below_hundred(scan, i)
    if small is None:
        if scan.word(i) == "hundred" and scan.word(i - 1) not in ("several", "few"):
            return 100.0, i + 1
        return (scan.values[i], i + 1) if i and scan.number(i) and scan.values[i] < 1000 else None
    value, j = small
    j += scan.word(j) == "-" and scan.word(j + 1) == "hundred"
    if scan.word(j) != "hundred" or value >= 100:
        return value, j
    value, j = value * 100.0, j + 1
    joined = scan.word(j) in ("and", "&")
    rest = _below_hundred(scan, j + joined)
    if rest is not None:
        after = rest[1] + (scan.word(rest[1]) == "-")
        if scan.word(after) not in BOTTOMS or scan.word(j) != "and" or rest[0] >= 10:
            return value + rest[0], rest[1]
    return value, j


def _below_hundred(scan: Scan, i: int) -> tuple[float, int] | None:
    word = scan.word(i)
    if word not in TENS:
        return (float(ONES[word]), i + 1) if word in ONES else None
    k = i + 1 + (scan.word(i + 1) in ("-", "‑"))
    one = ONES.get(scan.word(k), 0)
    return (TENS[word] + one, k + 1) if 1 <= one <= 9 else (float(TENS[word]), i + 1)


def and_fraction(scan: Scan, k: int) -> tuple[float, int] | None:
    """A fraction after "and": a half, three quarters, one fourth, fifty-four hundredths."""
    if scan.word(k) in ("a", "an") and scan.word(k + 1) in BOTTOMS:
        return 1.0 / BOTTOMS[scan.word(k + 1)], k + 2
    value, j = _below_hundred(scan, k) or (0.0, k)
    j += scan.word(j) == "-"
    bottom = BOTTOMS.get(scan.word(j))
    return (value / bottom, j + 1) if bottom and value else None


def _half(scan: Scan, i: int, j: int) -> Number | None:
    """Half a million, half a dozen, a quarter million, half of, a half."""
    article, value = j > i, 0.5 if scan.word(j) == "half" else 0.25
    k = j + 1 + (scan.word(j + 1) == "-" and scan.glued(j + 1))
    multiplier, last = multiplier_at(scan, k + (scan.word(k) in ("a", "an")))
    if multiplier != 1.0:
        return _make(scan, i, last, value * multiplier, multiplier, worded=True)
    if article and value == 0.5:
        counts = scan.word(i - 1) != "and" and scan.kind(i - 1) != "n"
    elif article:
        counts = scan.word(j + 1) in ("of", "the")
    else:  # a number before what is halved, never in "the first half"
        led = scan.has(i + 1, "half_before") or scan.has(i - 1, "half_after")
        counts = value == 0.5 and led and not scan.has(i - 1, "half_not_after")
    return _make(scan, i, j + 1, value, worded=True, fraction=True) if counts else None


def _digits(scan: Scan, i: int) -> Number | None:
    value, j = scan.values[i], i + 1
    power = _POWER.match(scan.text, scan.ends[i])
    if power:
        while j < len(scan) and scan.starts[j] < power.end():
            j += 1
        return Number(_powered(value, power), i, j, power.end())
    if _spaced_decimal(scan, i):
        multiplier, last = multiplier_at(scan, i + 3)
        return _make(
            scan, i, last, float(f"{scan.raw[i]}.{scan.raw[i + 2]}") * multiplier, multiplier
        )
    if scan.glued(j) and scan.kind(j) == "v":
        return _times(scan, i, j + 1, value + scan.values[j])
    fraction = _slash(scan, i)
    if fraction is not None:
        return fraction
    if scan.plain[i] and scan.kind(j) == "n" and not scan.glued(j) and len(scan.gap(j)) <= 2:
        inner = _slash(scan, j)
        if inner is not None and 0 < inner.value < 1:
            return _make(scan, i, inner.last, value + inner.value, fraction=True)
    suffix = _attached(scan, j)
    if suffix is not None:
        return _make(scan, i, j + 1, value * suffix, suffix)
    multiplier, last = multiplier_at(scan, j)
    number = _make(scan, i, j, value, bare=scan.plain[i])
    if multiplier == 1.0:
        return _out_of(scan, number) or number
    value, last, magnitude = _tail(scan, last, value * multiplier, multiplier)
    return _make(scan, i, last, value, magnitude)


def _powered(value: float, power: re.Match[str]) -> float:
    """1.3e6, 4 x 10^9, 2^10; what no float holds becomes infinity and is refused later."""
    digits = next(text for text in power.groups() if text).translate(_PLAIN_DIGITS)
    exponent = int(digits.replace("--", ""))
    try:
        return (
            math.copysign(abs(value) ** exponent, value) if power["p"] else value * 10.0**exponent
        )
    except (OverflowError, ZeroDivisionError):
        return math.inf


def _spaced_decimal(scan: Scan, i: int) -> bool:
    """ "46 . 8 million" in text whose marks were set apart by a tokeniser."""
    if scan.word(i + 1) != "." or not (scan.plain[i] and scan.number(i + 2)):
        return False
    spaced = scan.gap(i + 1) == scan.gap(i + 2) == " "
    return spaced and (scan.word(i + 3) in ("%", "percent") or scan.word(i + 3) in MAGNITUDES)


def _slash(scan: Scan, i: int) -> Number | None:
    """1/40, 3/4: a proper fraction whose denominator is ordinary; 9/11 and 24/7 are none."""
    if not (scan.number(i) and scan.word(i + 1) in ("/", "⁄") and scan.number(i + 2)):
        return None
    chained = scan.word(i - 1) == "/" or (scan.word(i + 3) in ("/", "-") and scan.glued(i + 3))
    if scan.glued(i + 1) != scan.glued(i + 2) or chained:
        return None
    top, bottom = scan.values[i], scan.values[i + 2]
    if not 0 < top < bottom <= 1000 or (top != 1 and bottom not in (3, 4, 5, 8, 16, 32, 64)):
        return None
    return _make(scan, i, i + 3, top / bottom, fraction=True)


def _attached(scan: Scan, j: int) -> float | None:
    """A magnitude letter glued to the numeral: 10k, 5bn, 1MM. `m` is settled by the caller."""
    raw = scan.name(j)
    if scan.kind(j) != "w" or raw not in SUFFIXES or raw in ("m", "b", "t", "mm"):
        return None
    if not scan.glued(j) and (raw not in ("k", "M", "G", "K") or len(scan.gap(j)) > 2):
        return None
    standard = raw == "G" and scan.values[j - 1] < 10  # 5G
    kelvin = raw == "K" and not scan.plain[j - 1]  # 573.15K
    goes_on = scan.kind(j + 1) in ("n", "w") and scan.glued(j + 1)
    return None if standard or kelvin or goes_on else SUFFIXES[raw]


def _tail(scan: Scan, j: int, value: float, magnitude: float) -> tuple[float, int, float]:
    """What may follow a power word: "3 million and a half", "6 crore and two hundred"."""
    joined = scan.word(j) == "and"
    half = and_fraction(scan, j + 1) if joined else None
    if half is not None:
        more, end = multiplier_at(scan, half[1])
        scale = magnitude if more == 1.0 else more
        return value + half[0] * scale, end, magnitude if more == 1.0 else 1.0
    joined = joined or (scan.word(j) == "," and scan.word(j + 2) == "hundred")
    small = cardinal(scan, j + joined, magnitude)
    if small is None or not 0 < small[0] < magnitude:
        return value, j, magnitude
    return value + small[0], small[1], 1.0


def _article(scan: Scan, i: int) -> Number | None:
    """A hundred, a million, a thousandth, a third of."""
    word, behind = scan.word(i + 1), scan.word(i + 2)
    if (
        word == "hundred"
        or word == "dozen"
        or (word in MAGNITUDES and len(word) > 3 and word[-1] != "s")
    ):
        if behind in BOTTOMS and word != "dozen":
            return _make(scan, i, i + 3, MAGNITUDES.get(word, 100.0) / BOTTOMS[behind], worded=True)
        multiplier, last = multiplier_at(scan, i + 1)
        bottom = BOTTOMS.get(scan.word(last), 0)
        if bottom >= 100:
            return _make(scan, i, last + 1, multiplier / bottom, worded=True, fraction=True)
        value, last, magnitude = _tail(scan, last, multiplier, multiplier)
        return _make(scan, i, last, value, magnitude, worded=True)
    alone = behind == "of" or (i == 0 and i + 2 == len(scan))
    if word not in BOTTOMS or word in ("half", "quarter") or not alone:
        return None
    return _make(scan, i, i + 2, 1 / BOTTOMS[word], worded=True, fraction=True)


def _finish(scan: Scan, i: int, value: float, j: int) -> Number:
    """What may follow a cardinal in words: point five, over three, thirds, and a half."""
    k = j + (scan.word(j) == "-")
    word = scan.word(k)
    if word == "point" and (scan.word(k + 1) in ONES or scan.word(k + 1) in TENS):
        return _point(scan, i, value, k + 1)
    if word == "over" and k == j and value == 1:
        below = cardinal(scan, k + 1, math.inf) or (
            (scan.values[k + 1], k + 2) if scan.number(k + 1) else None
        )
        if below is not None and below[0] > 1 and scan.word(below[1]) == "":
            return _make(scan, i, below[1], value / below[0], worded=True, fraction=True)
    if word in BOTTOMS and (word != "quarter" or value == 1) and word.endswith("s") == (value != 1):
        return _times(scan, i, k + 1, value / BOTTOMS[word], worded=True)
    magnitude = MAGNITUDES.get(scan.word(j - 1), 1.0)
    part = and_fraction(scan, j + 1) if scan.word(j) == "and" else None
    if part is None:
        number = _make(scan, i, j, value, magnitude, worded=True)
        return _out_of(scan, number) or number
    multiplier, end = multiplier_at(scan, part[1])
    if multiplier != 1.0 and magnitude <= 1.0:
        return _make(scan, i, end, (value + part[0]) * multiplier, multiplier, worded=True)
    scale = multiplier if multiplier != 1.0 else magnitude if magnitude >= 1e3 else 1.0
    return _make(scan, i, end, value + part[0] * scale, worded=True)


def _point(scan: Scan, i: int, value: float, j: int) -> Number:
    """Five point five; nought point nought four."""
    digits = ""
    while (small := _below_hundred(scan, j)) is not None:
        digits, j = digits + str(int(small[0])), small[1]
    multiplier, last = multiplier_at(scan, j)
    return _make(
        scan, i, last, (value + float("0." + digits)) * multiplier, multiplier, worded=True
    )


def _out_of(scan: Scan, number: Number) -> Number | None:
    """One in five, two out of three: a share. Only where the second is larger and no year."""
    j = number.last
    out = scan.word(j) == "out" and scan.word(j + 1) == "of"
    if not out and scan.word(j) != "in":
        return None
    k = j + 1 + out
    below = cardinal(scan, k, math.inf) or ((scan.values[k], k + 1) if scan.number(k) else None)
    if below is None or not 0 < number.value < below[0] <= 1000 or number.value > 9:
        return None
    bottom, last = below
    if not out and (
        bottom == 1000
        or scan.has(last, "no_share_of")
        or (number.value > 4 and bottom not in (10, 100))
    ):
        return None
    return _make(
        scan, number.first, last, number.value / bottom, worded=number.worded, fraction=True
    )

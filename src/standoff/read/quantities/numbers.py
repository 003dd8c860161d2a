"""Number words, numerals, fractions and magnitudes: "two and a half million", "2 1/2", "1.3e6".

Grammar (words may be joined by hyphens):

    number   := [sign] (cardinal [mixed] | fraction) [magnitude ...]
    cardinal := part {magnitude [["and"] part]}          magnitudes falling from left to right
    mixed    := "and" ("a" | cardinal) denominator       two and a half
    fraction := ("a" | cardinal) denominator             two thirds, half a million
"""

from __future__ import annotations

import math

from standoff.read.quantities.cardinals import (
    Number,
    and_fraction,
    below_hundred,
    cardinal,
    make,
    multiplier_at,
)
from standoff.read.quantities.number_words import (
    DENOMINATORS,
    EXPONENT,
    HALF_NOT_AFTER,
    MAGNITUDES,
    NO_SHARE_OF,
    ONES,
    POWER,
    SUFFIXES,
    SUPERSCRIPTS,
    TENS,
    TIMES_TEN,
)
from standoff.read.quantities.tokens import Scan


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
    if sign == 1 and i == index:
        return number
    return Number(
        sign * number.value, index, number.last, scan.starts[index], number.end,
        number.magnitude, number.worded, False, number.fraction,
    )  # fmt: skip


def _sign(scan: Scan, i: int) -> tuple[int, int]:
    word = scan.word(i)
    if word in ("minus", "negative"):
        return -1, i + 1
    if word in ("-", "−", "–") and _opens(scan, i) and scan.kind(i + 1) in ("n", "v"):
        if scan.glued(i + 1) or (scan.gap(i + 1) == " " and i == 0 and word != "–"):
            return -1, i + 1
    elif word == "+" and _opens(scan, i) and scan.kind(i + 1) == "n" and scan.glued(i + 1):
        return 1, i + 1
    return 1, i


def _opens(scan: Scan, i: int) -> bool:
    """True if the sign stands free of a word or numeral on its left."""
    if i == 0:
        return True
    if scan.glued(i):
        return scan.word(i - 1) in ("(", "[", "~", "<", ">", "=", "±", "$", "€", "£", '"', "“")
    return scan.kind(i - 1) not in ("n", "v")


def _unsigned(scan: Scan, i: int) -> Number | None:
    word = scan.word(i)
    kind = scan.kind(i)
    if kind == "v":
        return _scaled(scan, i, i + 1, scan.values[i])
    if word in ("half", "quarter") or (
        word in ("a", "an") and scan.word(i + 1) in ("half", "quarter")
    ):
        found = _half(scan, i)
        if found is not None:
            return found
    if kind == "n":
        return _digits(scan, i)
    if word in ONES or word in TENS or word == "hundred" or word in ("a", "an"):
        return _words(scan, i)
    return None


def _scaled(scan: Scan, i: int, last: int, value: float) -> Number:
    """A fraction with what may multiply it: 1½ million, ¾ billion."""
    multiplier, end = multiplier_at(scan, last)
    if multiplier == 1.0:
        return make(scan, i, last, value, fraction=True)
    return make(scan, i, end, value * multiplier, magnitude=multiplier)


def _half(scan: Scan, i: int) -> Number | None:
    """Half a million, half a dozen, a quarter million, half of, a half."""
    article = scan.word(i) in ("a", "an")
    j = i + 1 if article else i
    value = 0.5 if scan.word(j) == "half" else 0.25
    k = j + 1
    if scan.word(k) == "-" and scan.glued(k):
        k += 1
    if scan.word(k) in ("a", "an"):
        k += 1
    multiplier, last = multiplier_at(scan, k)
    if multiplier != 1.0:
        return make(scan, i, last, value * multiplier, magnitude=multiplier, worded=True)
    before = scan.word(i - 1)
    if article and value == 0.5:
        if before == "and" or scan.kind(i - 1) == "n":
            return None
        return make(scan, i, j + 1, value, worded=True, fraction=True)
    if article and scan.word(j + 1) in ("of", "the"):
        return make(scan, i, j + 1, value, worded=True, fraction=True)
    if not article and value == 0.5 and _takes_half(scan, i):
        return make(scan, i, i + 1, value, worded=True, fraction=True)
    return None


def _takes_half(scan: Scan, i: int) -> bool:
    """Half counts as a number before what is halved, never in "the first half"."""
    if scan.word(i - 1) in HALF_NOT_AFTER:
        return False
    after = scan.word(i + 1)
    return after in ("of", "the", "a", "an", "its", "their", "as", "that") or scan.word(i - 1) in (
        "than", "nearly", "almost", "about", "roughly", "over", "under", "by", "least",
    )  # fmt: skip


def _digits(scan: Scan, i: int) -> Number | None:
    text, end = scan.text, scan.ends[i]
    value = scan.values[i]
    match = EXPONENT.match(text, end)
    if match:
        value = _power(value, 10.0, match.group()[1:])
    else:
        match = TIMES_TEN.match(text, end)
        if match:
            digits = match.group(1) or match.group(2).translate(SUPERSCRIPTS)
            value = _power(value, 10.0, digits)
        else:
            match = POWER.match(text, end)
            if match:
                value = _raise(value, match.group(1))
    if match:
        last = i + 1
        while last < len(scan) and scan.starts[last] < match.end():
            last += 1
        return Number(value, i, last, scan.starts[i], match.end())
    j = i + 1
    if _spaced_decimal(scan, i):
        digits = scan.raw[i] + "." + scan.raw[i + 2]
        multiplier, last = multiplier_at(scan, i + 3)
        return make(scan, i, last, float(digits) * multiplier, magnitude=multiplier)
    if scan.glued(j) and scan.kind(j) == "v":
        return _scaled(scan, i, j + 1, value + scan.values[j])
    slash = _slash(scan, i)
    if slash is not None:
        return slash
    if scan.plain[i] and scan.kind(j) == "n" and not scan.glued(j) and len(scan.gap(j)) <= 2:
        inner = _slash(scan, j)
        if inner is not None and 0 < inner.value < 1:
            return make(scan, i, inner.last, value + inner.value, fraction=True)
    suffix = _attached(scan, j)
    if suffix is not None:
        return make(scan, i, j + 1, value * suffix, magnitude=suffix)
    multiplier, last = multiplier_at(scan, j)
    if multiplier == 1.0:
        out_of = _out_of(scan, make(scan, i, j, value, bare=scan.plain[i]))
        if out_of is not None:
            return out_of
        # "3 hundred" is handled above; "423 0000" stays two numbers.
        return make(scan, i, j, value, bare=scan.plain[i])
    value *= multiplier
    value, last, magnitude = _tail(scan, last, value, multiplier)
    return make(scan, i, last, value, magnitude=magnitude)


def _spaced_decimal(scan: Scan, i: int) -> bool:
    """ "46 . 8 million" in text whose marks were set apart by a tokeniser."""
    return (
        scan.plain[i]
        and scan.word(i + 1) == "."
        and scan.gap(i + 1) == " "
        and scan.kind(i + 2) == "n"
        and scan.plain[i + 2]
        and scan.gap(i + 2) == " "
        and (scan.word(i + 3) in ("%", "percent") or scan.word(i + 3) in MAGNITUDES)
    )


def _power(value: float, base: float, digits: str) -> float:
    try:
        return value * base ** int(digits.replace("−", "-"))
    except (OverflowError, ZeroDivisionError):
        return math.inf


def _raise(value: float, digits: str) -> float:
    exponent = digits.replace("−", "-")
    exponent = exponent.replace("--", "").replace("+", "")
    try:
        return math.copysign(abs(value) ** int(exponent), value)
    except (OverflowError, ZeroDivisionError, ValueError):
        return math.inf


def _slash(scan: Scan, i: int) -> Number | None:
    """1/40, 3/4: a proper fraction whose denominator is ordinary; 9/11 and 24/7 are none."""
    if not (scan.kind(i) == "n" and scan.plain[i] and scan.word(i + 1) in ("/", "⁄")):
        return None
    if not (scan.kind(i + 2) == "n" and scan.plain[i + 2]):
        return None
    spaced = not scan.glued(i + 1)
    if spaced != (not scan.glued(i + 2)) or scan.word(i - 1) == "/":
        return None
    if scan.word(i + 3) in ("/", "-") and scan.glued(i + 3):
        return None
    top, bottom = scan.values[i], scan.values[i + 2]
    if not 0 < top < bottom <= 1000:
        return None
    if top != 1 and bottom not in (3, 4, 5, 8, 16, 32, 64):
        return None
    return make(scan, i, i + 3, top / bottom, fraction=True)


def _attached(scan: Scan, j: int) -> float | None:
    """A magnitude letter glued to the numeral: 10k, 5bn, 1MM. `m` is settled by the caller."""
    if not (scan.kind(j) == "w" and (scan.glued(j) or scan.raw[j] in ("k", "M", "G", "K"))):
        return None
    raw = scan.raw[j]
    if raw in ("m", "b", "t", "mm") or raw not in SUFFIXES:
        return None
    if raw == "G" and scan.values[j - 1] < 10:  # 5G is a standard
        return None
    if raw == "K" and not scan.plain[j - 1]:  # 573.15K is a temperature
        return None
    if scan.kind(j + 1) in ("n", "w") and scan.glued(j + 1):
        return None
    if not scan.glued(j) and len(scan.gap(j)) > 2:
        return None
    return SUFFIXES[raw]


def _tail(scan: Scan, j: int, value: float, magnitude: float) -> tuple[float, int, float]:
    """What may follow a power word: "3 million and a half", "6 crore and two hundred"."""
    k = j
    if scan.word(k) == "and":
        k += 1
        half = and_fraction(scan, k)
        if half is not None:
            part, last = half
            more, end = multiplier_at(scan, last)
            if more != 1.0:
                return value + part * more, end, 1.0
            return value + part * magnitude, last, magnitude
    elif scan.word(k) == "," and scan.word(k + 2) == "hundred":
        k += 1
    small = cardinal(scan, k, magnitude)
    if small is None:
        return value, j, magnitude
    part, last = small
    if part <= 0 or part >= magnitude:
        return value, j, magnitude
    return value + part, last, 1.0


def _words(scan: Scan, i: int) -> Number | None:
    """A number that starts with a word."""
    word = scan.word(i)
    if word in ("a", "an"):
        nxt = scan.word(i + 1)
        if nxt in (
            "hundred",
            "thousand",
            "million",
            "billion",
            "trillion",
            "dozen",
            "lakh",
            "crore",
        ):
            if scan.word(i + 2) in DENOMINATORS and nxt != "dozen":
                bottom = DENOMINATORS[scan.word(i + 2)]
                return make(scan, i, i + 3, MAGNITUDES.get(nxt, 100.0) / bottom, worded=True)
            multiplier, last = multiplier_at(scan, i + 1)
            bottom = DENOMINATORS.get(scan.word(last))
            if bottom and bottom >= 100:
                return make(scan, i, last + 1, multiplier / bottom, worded=True, fraction=True)
            value, last, magnitude = _tail(scan, last, multiplier, multiplier)
            return make(scan, i, last, value, magnitude=magnitude, worded=True)
        if (
            nxt in DENOMINATORS
            and nxt not in ("half", "quarter")
            and (scan.word(i + 2) == "of" or (i == 0 and i + 2 == len(scan)))
        ):
            bottom = DENOMINATORS[nxt]
            return make(scan, i, i + 2, 1 / bottom, worded=True, fraction=True)
        return None
    found = cardinal(scan, i, math.inf)
    if found is None:
        return None
    value, j = found
    return _finish_words(scan, i, value, j)


def _finish_words(scan: Scan, i: int, value: float, j: int) -> Number:
    k = j + 1 if scan.word(j) == "-" else j
    word = scan.word(k)
    if word == "point" and scan.word(k + 1) in (*ONES, *TENS):
        return _point(scan, i, value, k)
    if word == "over" and k == j:
        below = cardinal(scan, k + 1, math.inf)
        if below is None and scan.kind(k + 1) == "n":
            below = scan.values[k + 1], k + 2
        if below is not None and value == 1 and below[0] > 1 and scan.word(below[1]) == "":
            return make(scan, i, below[1], value / below[0], worded=True, fraction=True)
    if word in DENOMINATORS and not (word == "quarter" and value != 1):
        bottom = DENOMINATORS[word]
        plural = word.endswith("s")
        if (plural and value != 1) or (value == 1 and not plural):
            last, result = k + 1, value / bottom
            if scan.word(last) == "of" and scan.word(last + 1) in ("a", "an"):
                multiplier, end = multiplier_at(scan, last + 2)
                if multiplier != 1.0:
                    return make(scan, i, end, result * multiplier, worded=True)
            multiplier, end = multiplier_at(scan, last)
            if multiplier != 1.0:
                return make(scan, i, end, result * multiplier, magnitude=multiplier, worded=True)
            return make(scan, i, last, result, worded=True, fraction=True)
    magnitude = _magnitude_of(scan, i, j)
    if scan.word(j) == "and":
        part = and_fraction(scan, j + 1)
        if part is not None:
            fraction, last = part
            multiplier, end = multiplier_at(scan, last)
            if multiplier != 1.0 and magnitude <= 1.0:
                total = (value + fraction) * multiplier
                return make(scan, i, end, total, magnitude=multiplier, worded=True)
            if multiplier != 1.0:
                return make(scan, i, end, value + fraction * multiplier, worded=True)
            scale = magnitude if magnitude >= 1e3 else 1.0
            return make(scan, i, last, value + fraction * scale, worded=True)
    number = make(scan, i, j, value, magnitude=magnitude, worded=True)
    return _out_of(scan, number) or number


def _magnitude_of(scan: Scan, i: int, j: int) -> float:
    """The power word that ends tokens `i:j`, 1 if a smaller number ends them."""
    word = scan.word(j - 1)
    if word in MAGNITUDES:
        return MAGNITUDES[word]
    return 1.0


def _point(scan: Scan, i: int, value: float, k: int) -> Number:
    """Five point five; nought point nought four."""
    j = k + 1
    digits = ""
    while scan.word(j) in ONES or scan.word(j) in TENS:
        small = below_hundred(scan, j)
        if small is None:
            break
        digits += str(int(small[0]))
        j = small[1]
    result = value + float("0." + digits)
    multiplier, last = multiplier_at(scan, j)
    return make(scan, i, last, result * multiplier, magnitude=multiplier, worded=True)


def _out_of(scan: Scan, number: Number) -> Number | None:
    """One in five, two out of three: a share. Only where the second is larger and no year."""
    j = number.last
    if scan.word(j) == "out" and scan.word(j + 1) == "of":
        k = j + 2
    elif scan.word(j) == "in":
        k = j + 1
    else:
        return None
    below = cardinal(scan, k, math.inf)
    if below is None and scan.kind(k) == "n" and scan.plain[k]:
        below = scan.values[k], k + 1
    if below is None:
        return None
    bottom, last = below
    if not 0 < number.value < bottom or number.value > 9 or bottom > 1000:
        return None
    if scan.word(j) == "in" and (bottom in range(1000, 2200) or scan.word(last) in NO_SHARE_OF):
        return None
    if scan.word(j) == "in" and number.value > 4 and bottom not in (10, 100, 1000):
        return None
    return make(
        scan, number.first, last, number.value / bottom, worded=number.worded, fraction=True
    )

"""Tables of number words: ones, tens, powers, denominators, and the letters that stand for powers."""

from __future__ import annotations

import re

from standoff.read.quantities.tokens import words

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
ONES: dict[str, float] = {word: float(n) for n, word in enumerate(_SMALL.split(" "))}
ONES.update(nought=0.0, naught=0.0)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
TENS: dict[str, float] = {word: 10.0 * (n + 2) for n, word in enumerate(_TENS.split(" "))}
TENS["fourty"] = 40.0
MAGNITUDES = {
    "thousand": 1e3, "thousands": 1e3, "million": 1e6, "millions": 1e6, "billion": 1e9,
    "billions": 1e9, "trillion": 1e12, "trillions": 1e12, "quadrillion": 1e15, "lakh": 1e5,
    "lakhs": 1e5, "crore": 1e7, "crores": 1e7, "bn": 1e9, "mn": 1e6, "tn": 1e12, "bln": 1e9,
    "mln": 1e6, "tln": 1e12, "trn": 1e12, "mil": 1e6,
}  # fmt: skip
DOZENS = {"dozen": 12.0, "dozens": 12.0, "doz": 12.0, "dozs": 12.0, "dzs": 12.0, "dz": 12.0}
_DENOMINATORS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6,
    "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
    "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
    "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40,
    "fiftieth": 50, "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90,
    "hundredth": 100, "thousandth": 1000, "millionth": 10**6, "billionth": 10**9,
    "trillionth": 10**12,
}  # fmt: skip
DENOMINATORS: dict[str, int] = _DENOMINATORS | {
    f"{word}s": n for word, n in _DENOMINATORS.items() if word not in ("half", "halves")
}
ORDINAL_ONES = {"first": 1, "second": 2, "third": 3} | {
    w: n for w, n in DENOMINATORS.items() if n in range(4, 10) and not w.endswith("s")
}
# Letters glued to a numeral; M and m only where money or people follow (see `attached`).
SUFFIXES = {
    "k": 1e3, "K": 1e3, "M": 1e6, "MM": 1e6, "mm": 1e6, "b": 1e9, "B": 1e9, "bn": 1e9, "Bn": 1e9,
    "BN": 1e9, "mn": 1e6, "mln": 1e6, "mil": 1e6, "t": 1e12, "T": 1e12, "tn": 1e12, "trn": 1e12,
    "G": 1e9, "m": 1e6,
}  # fmt: skip
START_WORDS = frozenset([*ONES, *TENS, "hundred", "half", "quarter", "minus", "negative", *DOZENS])
EXPONENT = re.compile(r"[eE][-−+]?\d{1,3}(?![\w.])")
TIMES_TEN = re.compile(
    r"\s?[x×*]\s?10\s?(?:\^\s?)?(?:\^?([-−+]?\d{1,3}))(?!\d|[.,]\d)|\s?[x×*]\s?10([⁻⁺]?[⁰¹²³⁴-⁹]{1,3})"
)
POWER = re.compile(r"\^([-−+]{0,2}\d{1,3})(?![\w.])")
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
HALF_NOT_AFTER = words(
    "first second latter former other top bottom last next early upper lower better this that "
    "each one northern southern eastern western final"
)
NO_SHARE_OF = words(
    "day days week weeks month months year years hour hours minute minutes decades places "
    "cities states countries provinces ports boxes - %"
)

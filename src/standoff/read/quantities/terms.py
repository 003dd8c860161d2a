"""One number with its unit: the piece from which quantities and ranges are built."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from standoff.read.quantities.money import currency_after, currency_before
from standoff.read.quantities.nouns import counted_noun, singular
from standoff.read.quantities.numbers import (
    MAGNITUDES,
    ONES,
    SUFFIXES,
    TENS,
    Number,
    and_fraction,
    parse_number,
)
from standoff.read.quantities.tokens import GRAMMAR, Scan
from standoff.read.quantities.units import is_time, parse_unit, rate_after

RATIOS = {word: float(value) for word, value in GRAMMAR.words("ratio").items()} | {
    f"{word}fold": float(n) for word, n in {**ONES, **TENS}.items() if n >= 2
}
_CLOSING, _SMALLER = GRAMMAR.words("bracket"), GRAMMAR.words("smaller_unit")
_POINTS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_CLOCK = re.compile(r"1?\d(?:\.\d\d)?")


@dataclass(frozen=True, slots=True)
class Term:
    """A number with its unit, tokens `first:last`, characters `start:end`.

    `measured` says that the unit is a unit of measure or money (not a counted noun).
    """

    low: float
    high: float
    unit: str
    first: int
    last: int
    start: int
    end: int
    magnitude: float = 1.0
    measured: bool = False
    money: bool = False
    noun: str | None = None
    bare: bool = False
    worded: bool = False
    fraction: bool = False

    def upto(self, scan: Scan, last: int, value: float | None = None, **changes: Any) -> Term:
        """The same term up to the token before `last`, with another value or other fields."""
        if value is not None:
            changes |= {"low": value, "high": value, "bare": False}
        return replace(self, last=last, end=scan.ends[last - 1], **changes)


def parse_term(scan: Scan, i: int) -> Term | None:
    """The number with its unit that starts at token `i`, or None.

    >>> from standoff.read.quantities.tokens import scan_text
    >>> term = parse_term(scan_text("$3.5 billion a year"), 0)
    >>> term.low, term.unit
    (3500000000.0, 'USD per yr')
    """
    ratio = RATIOS.get(scan.word(i)) or (
        0.5 if scan.word(i) == "half" and _half_as(scan, i) else None
    )
    if ratio is not None:
        fits = _compares(scan, i)
        return (
            Term(ratio, ratio, "ratio", i, i + 1, scan.starts[i], scan.ends[i], measured=True)
            if fits
            else None
        )
    money = currency_before(scan, i)
    if money is not None:
        return _money_first(scan, i, *money)
    number = parse_number(scan, i)
    if number is None:
        return _article_unit(scan, i)
    if number.value == 1 and number.worded and number.last == i + 1 and not _one_counts(scan, i):
        return None
    return _with_unit(scan, number, _plain_term(scan, number))


def _plain_term(scan: Scan, number: Number) -> Term:
    return Term(
        number.value, number.value, "count", number.first, number.last, scan.starts[number.first], number.end,
        number.magnitude, bare=number.bare, worded=number.worded, fraction=number.fraction,
    )  # fmt: skip


def _half_as(scan: Scan, i: int) -> bool:
    return scan.word(i + 1) == "as" and scan.has(i + 2, "half_as")


def _compares(scan: Scan, i: int) -> bool:
    """Whether a ratio in one word is one: twice as, double the; not "a double bed"."""
    word = scan.word(i)
    if word == "twice":
        return scan.has(i + 1, "twice_before")
    if word in ("double", "triple", "treble", "quadruple"):
        return scan.has(i + 1, "double_before") or scan.has(i - 1, "double_after")
    return True


def _one_counts(scan: Scan, i: int) -> bool:
    """The word "one" is a number before a unit or a noun, never as a pronoun."""
    if scan.has(i - 1, "not_one_before"):
        return False
    if scan.word(i + 1) == "-":
        return bool(parse_unit(scan, i + 2) or currency_after(scan, i + 2))
    unit = parse_unit(scan, i + 1)
    if unit is not None:
        return unit[0] not in ("d", "in", "s", "turn") or scan.word(i + 1) in (
            "hour",
            "second",
            "turn",
        )
    if currency_after(scan, i + 1) is not None:
        return True
    if scan.has(i + 1, "not_one_after"):
        return False
    if scan.word(i + 1) in ("and", "or", "to") and scan.word(i + 2) in ("two", "a"):
        return True
    return counted_noun(scan, i + 1, 1.0) is not None


def _article_unit(scan: Scan, i: int) -> Term | None:
    """ "a mile", "a gallon": one of a unit that nobody uses otherwise."""
    if (
        scan.word(i) not in ("a", "an")
        or scan.kind(i - 1) == "n"
        or not scan.has(i + 1, "article_unit")
    ):
        return None
    if scan.word(i - 1) in ("dollars", "cents", "$"):
        return None
    unit = "penny" if scan.word(i + 1) == "penny" else (parse_unit(scan, i + 1) or ("", 0))[0]
    term = Term(1.0, 1.0, unit, i, i + 2, scan.starts[i], scan.ends[i + 1], measured=True)
    return _and_half(scan, term) if unit else None


def _with_unit(scan: Scan, number: Number, term: Term) -> Term | None:
    """A number with the unit, money or noun behind it; None where it names something."""
    j, value = number.last, number.value
    if number.end < scan.ends[j - 1]:
        return term
    hyphen = (
        scan.word(j) in ("-", "‑")
        and scan.glued(j)
        and scan.glued(j + 1)
        and scan.kind(j + 1) == "w"
    )
    j += hyphen
    inner = parse_unit(scan, j + 1) if scan.word(j) in _CLOSING else None
    if inner is not None and scan.word(inner[1]) == _CLOSING[scan.word(j)]:
        return term.upto(scan, inner[1] + 1, unit=inner[0], measured=True)
    if j < len(scan) and "\n" in scan.gap(j):
        return term
    letter = _letter(scan, j) if number.magnitude == 1.0 and not hyphen else None
    if letter is not None:
        term = term.upto(scan, j + 1, value * letter, magnitude=letter)
        j += 1
    measured = _measure(scan, term, number, j)
    if measured is not None:
        return measured if measured.measured else None
    if term.fraction and not number.worded and scan.kind(j) == "w" and hyphen:
        return term
    if hyphen:
        return _hyphened(scan, term, number, j)
    if scan.glued(j) and scan.kind(j) == "w" and letter is None:
        return None
    noun = counted_noun(scan, j, value)
    if noun is None or (term.fraction and value < 1):
        return term
    if term.magnitude == 1.0 and _POINTS.fullmatch(scan.text[term.start : term.end]):
        # Nobody counts tanks to three decimals, and much of the world groups digits by points.
        term = term.upto(scan, term.last, value * 1000)
    return replace(term, unit=singular(noun[0]), noun=noun[0])


def _measure(scan: Scan, term: Term, number: Number, j: int) -> Term | None:
    """Money, a multiple or a measure behind a number; a term without measure where it is a clock's."""
    money = currency_after(scan, j)
    if money is not None:
        return _money_after(scan, term, *money)
    if scan.word(j) in ("pound", "pounds") and term.magnitude >= 1e6:
        return term.upto(scan, j + 1, unit="GBP", measured=True, money=True)
    times = _multiple(scan, term, j)
    if times is not None:
        return times
    clock = 1 <= number.value < 13 and _CLOCK.fullmatch(scan.text[term.start : number.end])
    unit = parse_unit(scan, j, clock=bool(clock))
    if unit is None:
        return None
    measured = _measured(scan, term, *unit)
    if measured is None:
        return replace(term, measured=False)
    return _and_half(scan, measured) if number.value >= 1 else measured


def _hyphened(scan: Scan, term: Term, number: Number, j: int) -> Term | None:
    """What a hyphen ties to a number: a 20-ship fleet, 5,000-odd tanks, 7,000-strong."""
    noun = scan.word(j)
    if noun == "strong":
        return replace(term, noun="strong")
    if noun == "odd":
        counted = counted_noun(scan, j + 1, number.value)
        return replace(term, unit=singular(counted[0]), noun=counted[0]) if counted else term
    if scan.has(j, "no_hyphen_noun") or number.value == 1:
        return None if number.worded else term
    if (scan.raw[j][:1].isupper() and number.worded) or (not number.worded and len(noun) <= 2):
        return None
    return replace(term, unit=singular(noun), noun=noun)


def _and_half(scan: Scan, term: Term) -> Term:
    """ "a mile and a half", "two miles and a quarter": the fraction behind the unit."""
    part = (
        and_fraction(scan, term.last + 1)
        if scan.word(term.last) == "and" and term.low == term.high
        else None
    )
    if part is None or scan.word(part[1]) in ("of", "a", "million"):
        return term
    return term.upto(scan, part[1], term.low + part[0], bare=term.bare)


def _letter(scan: Scan, j: int) -> float | None:
    """m, b, t glued to a numeral, where people or money follow; k and M are settled before."""
    raw = scan.name(j)
    if raw not in ("m", "b", "t") or not scan.glued(j) or scan.kind(j - 1) != "n":
        return None
    if scan.kind(j + 1) in ("n", "w") and scan.glued(j + 1):
        return None
    if currency_after(scan, j + 1) is not None:
        return SUFFIXES[raw]
    noun = counted_noun(scan, j + 1, 2.0)
    if noun is not None and noun[1] <= j + 3 and raw == "m":
        return 1e6
    return 1e9 if raw == "b" and not scan.plain[j - 1] else None


def _multiple(scan: Scan, term: Term, j: int) -> Term | None:
    """Three times as many, 4x, fivefold; six times, six times a day."""
    word = scan.word(j)
    if word == "fold" or (word in ("x", "×") and scan.glued(j) and scan.kind(j + 1) != "n"):
        return term.upto(scan, j + 1, unit="ratio", measured=True)
    if word != "times":
        return None
    if scan.word(j + 1) in ("a", "an", "per"):
        unit, after = rate_after(scan, "count", j + 1)
        if after > j + 1:
            return term.upto(scan, after, unit=unit, measured=True)
    whose = scan.name(j + 1)[:1].isupper() and scan.gap(j + 1) == " "
    ratio = whose or scan.has(j + 1, "comparative")
    return term.upto(
        scan,
        j + 1,
        unit="ratio" if ratio else "time",
        measured=True,
        noun=None if ratio else "times",
    )


def _measured(scan: Scan, term: Term, unit: str, j: int) -> Term | None:
    """A number with its unit, and what stands behind the unit: of GDP, points, old, 6 inches, of TNT."""
    if unit == "quarter" or (unit in ("h", "min", "s") and scan.word(j) in ("gmt", "utc")):
        return None
    hyphen = scan.word(j) == "-"
    if unit == "yr":
        k = j + (hyphen and scan.glued(j))
        if scan.word(k) in ("old", "olds") or (scan.word(k) == "of" and scan.word(k + 1) == "age"):
            unit, j = "year of age", k + 1 + (scan.word(k) == "of")
    elif unit == "%":
        gdp = _of_gdp(scan, j)
        if gdp is not None:
            unit, j = "% of GDP", gdp
        elif scan.word(j + hyphen) in ("point", "points"):
            unit, j = "pp", j + 1 + hyphen
    elif unit == "degree":
        unit = _named_scale(scan, j) or unit
    elif unit in _SMALLER:
        extra, j = _compound(scan, unit, j)
        term = replace(term, low=term.low + extra, high=term.high + extra)
    elif scan.word(j) == "of" and scan.word(j + 1) == "tnt":
        j += 2
    term = term.upto(scan, j, unit=unit, measured=True)
    owned = (
        is_time(unit)
        and scan.text[term.end - 1] == "s"
        and scan.text[term.end : term.end + 1] in ("'", "’")
    )
    return replace(term, end=term.end + owned)


def _of_gdp(scan: Scan, j: int) -> int | None:
    """Where "of GDP", "of its gross domestic product" ends, None if it does not stand here."""
    if scan.word(j) not in ("of", "gdp"):
        return None
    for k in range(j + (scan.word(j) == "of"), j + 6):
        word = scan.word(k)
        if word in ("gdp", "gni", "gnp"):
            return k + 1
        if scan.lower[k : k + 3] == ["gross", "domestic", "product"]:
            return k + 3
        if not scan.has(k, "gdp_between") and not word.endswith(("'s", "s'", "al")):
            return None
    return None


def _named_scale(scan: Scan, j: int) -> str | None:
    """The temperature scale named shortly after a degree sign."""
    for k in range(j, min(j + 5, len(scan))):
        if scan.word(k) in ("celsius", "centigrade", "fahrenheit"):
            return "°F" if scan.word(k) == "fahrenheit" else "°C"
        if scan.kind(k) == "n":
            break
    return None


def _compound(scan: Scan, unit: str, j: int) -> tuple[float, int]:
    """5 feet 2 inches, 6 lb 4 oz: the smaller unit as a share of the larger, and where it ends."""
    smaller, size = _SMALLER[unit].split(":")
    number = parse_number(scan, j + (scan.word(j) == "and"))
    if number is None or not 0 <= number.value < float(size):
        return 0.0, j
    name = parse_unit(scan, number.last)
    short = scan.word(number.last) == "in" and scan.has(number.last + 1, "in_place")
    if short or not ((name and name[0] == smaller) or scan.word(number.last) == smaller):
        return 0.0, j
    return number.value / float(size), number.last + 1


def _money_first(scan: Scan, i: int, code: str, k: int, scale: float) -> Term | None:
    """$5 billion, US$3.50, Rs. 500 crore, $ 5 a barrel."""
    number = parse_number(scan, k)
    if number is None or "\n" in scan.gap(k) or (scan.has(i, "cents") and scan.kind(k) != "n"):
        return None
    term = replace(
        _plain_term(scan, number),
        first=i,
        start=scan.starts[i],
        measured=True,
        money=True,
        bare=False,
    )
    raw, last = scan.name(number.last), number.last
    letter = raw in SUFFIXES and (scan.glued(last) or raw in ("m", "b", "M", "B"))
    goes_on = scan.kind(last + 1) in ("n", "w") and scan.glued(last + 1)
    if letter and number.magnitude == 1.0 and not goes_on:
        term = term.upto(scan, last + 1, number.value * SUFFIXES[raw], magnitude=SUFFIXES[raw])
    if scale != 1.0:
        term = replace(term, low=term.low * scale, high=term.high * scale, magnitude=scale)
    if scan.word(term.last) == "and" and term.magnitude == 1.0 and number.bare:
        cents = _cents(scan, term.last + 1)
        if cents is not None and cents[2]:
            term = term.upto(scan, cents[1], term.low + cents[0] / 100)
    named = currency_after(scan, term.last)
    if named is not None and named[0] in (code, "USD"):
        term = term.upto(scan, named[1])
    hyphen = scan.word(term.last) == "-" and scan.glued(term.last)
    unit, after = rate_after(scan, code, term.last + hyphen)
    term = replace(term, unit=unit, worded=False, fraction=False)
    return term.upto(scan, after) if unit != code else term


def _cents(scan: Scan, i: int) -> tuple[float, int, bool] | None:
    """A number below a hundred that counts cents: (value, next, nothing follows)."""
    number = parse_number(scan, i)
    if number is None or not 0 < number.value < 100 or number.value % 1:
        return None
    if scan.has(number.last, "cents"):
        return number.value, number.last + 1, True
    return number.value, number.last, scan.word(number.last) in ("", ".", ",", ";")


def _money_after(scan: Scan, term: Term, code: str, j: int, scale: float) -> Term:
    """5 billion yen, 20 dollars and 50 cents, 3 euros a day."""
    term = term.upto(scan, j, term.low * scale, unit=code, measured=True, money=True)
    if term.magnitude == 1.0 and scan.word(j) in MAGNITUDES:
        magnitude = MAGNITUDES[scan.word(j)]
        term = term.upto(scan, j + 1, term.low * magnitude, magnitude=magnitude)
    elif term.magnitude == scale == 1.0 and not scan.has(j - 1, "cents"):
        joined = scan.word(j) == "and"
        cents = _cents(scan, j + joined)
        if cents is not None:
            named, follow = scan.has(cents[1] - 1, "cents"), scan.word(cents[1])
            if named or (cents[2] and not (follow == "," and joined)):
                term = term.upto(scan, cents[1], term.low + cents[0] / 100)
    unit, after = rate_after(scan, code, term.last)
    return term.upto(scan, after, unit=unit) if after > term.last else term

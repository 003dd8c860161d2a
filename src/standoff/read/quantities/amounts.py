"""The piece from which quantities are built, and sums of money as such pieces."""

from __future__ import annotations

from dataclasses import dataclass, replace

from standoff.read.quantities.money import SUBUNITS, currency_after
from standoff.read.quantities.number_words import MAGNITUDES, SUFFIXES
from standoff.read.quantities.numbers import parse_number
from standoff.read.quantities.units import rate_after
from standoff.read.quantities.tokens import Scan


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


def money_first(scan: Scan, i: int, code: str, k: int, scale: float) -> Term | None:
    number = parse_number(scan, k)
    if number is None or (k < len(scan) and "\n" in scan.gap(k)):
        return None
    if code in SUBUNITS and scan.kind(k) != "n":
        return None
    value, last, end = number.value, number.last, number.end
    magnitude = number.magnitude
    if scan.kind(last) == "w" and scan.raw[last] in SUFFIXES and magnitude == 1.0:
        raw = scan.raw[last]
        if (scan.glued(last) or raw in ("m", "b", "M", "B")) and not (
            scan.kind(last + 1) in ("n", "w") and scan.glued(last + 1)
        ):
            magnitude = SUFFIXES[raw]
            value, last, end = value * magnitude, last + 1, scan.ends[last]
    if scale != 1.0:
        value, magnitude = value * scale, scale
    if scan.word(last) == "and" and magnitude == 1.0 and number.bare:
        cents = _cents(scan, last + 1)
        if cents is not None and cents[2]:
            value, last, end = value + cents[0] / 100, cents[1], scan.ends[cents[1] - 1]
    named = currency_after(scan, last)
    if named is not None and named[0] in (code, "USD"):
        last, end = named[1], scan.ends[named[1] - 1]
    hyphen = scan.word(last) == "-" and scan.glued(last)
    unit, after = rate_after(scan, code, last + 1 if hyphen else last)
    if unit != code and after > last + (1 if hyphen else 0):
        last, end = after, scan.ends[after - 1]
    return Term(
        value, value, unit, i, last, scan.starts[i], end, magnitude, measured=True, money=True
    )


def _cents(scan: Scan, i: int) -> tuple[float, int, bool] | None:
    """A number below a hundred that counts cents: (value, next, nothing follows)."""
    number = parse_number(scan, i)
    if number is None or not 0 < number.value < 100 or number.value % 1:
        return None
    closes = scan.word(number.last) in ("", ".", ",", ";")
    if scan.word(number.last) in ("cent", "cents", "pence", "mao", "fen"):
        return number.value, number.last + 1, True
    return number.value, number.last, closes


def money_after(scan: Scan, term: Term, code: str, j: int, scale: float) -> Term:
    value, magnitude = term.low * scale, term.magnitude
    end = scan.ends[j - 1]
    word = scan.word(j)
    if magnitude == 1.0 and word in MAGNITUDES:
        magnitude = MAGNITUDES[word]
        value, j, end = value * magnitude, j + 1, scan.ends[j]
    elif magnitude == 1.0 and code not in SUBUNITS and scale == 1.0:
        joined = scan.word(j) == "and"
        cents = _cents(scan, j + 1 if joined else j)
        follow = scan.word(cents[1]) if cents else ""
        named = cents is not None and scan.word(cents[1] - 1) in ("cent", "cents", "pence")
        if cents is not None and (named or (cents[2] and not (follow == "," and joined))):
            value, j = value + cents[0] / 100, cents[1]
            end = scan.ends[j - 1]
    unit, after = rate_after(scan, code, j)
    if after > j:
        j, end = after, scan.ends[after - 1]
    return replace(
        term, low=value, high=value, unit=unit, last=j, end=end, magnitude=magnitude,
        measured=True, money=True, bare=False,
    )  # fmt: skip

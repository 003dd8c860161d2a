"""Ranges, tolerances and shared units: what two numbers make together."""

from __future__ import annotations

from dataclasses import replace

from standoff.read.quantities.hedges import comparator_before
from standoff.read.quantities.numbers import ONES
from standoff.read.quantities.terms import Term, parse_term
from standoff.read.quantities.tokens import GRAMMAR, Scan
from standoff.read.quantities.years import is_year
from standoff.terms import Comparator

_DASHES = GRAMMAR.words("dash")
Found = tuple[Term, Comparator, int, int]


def joined_at(scan: Scan, term: Term, wall: int) -> tuple[Term, int]:
    """The range that starts with `term`, or `term`; and the token where hedges end."""
    i, j = term.first, term.last
    hedge = comparator_before(scan, i)
    lead = (
        scan.word(hedge[1] - 1)
        if hedge and scan.word(hedge[1] - 1) in ("between", "from")
        else scan.word(i - 1)
    )
    between = lead == "between"
    tolerance = _tolerance(scan, term)
    if tolerance is not None:
        return tolerance, i
    word, k = scan.word(j), j + 1
    if word == "-" and scan.glued(j) and scan.word(k) == "to":
        word, k = "to", k + 1
    dash = word in _DASHES
    if not (dash or word in ("to", "through", "or", "until") or (between and word == "and")):
        return term, i
    if dash and scan.gap(j) != scan.gap(k) and not scan.glued(j):
        return term, i
    second = parse_term(scan, k)
    if second is None and word == "-" and scan.word(k) in _DASHES:
        second = parse_term(scan, k + 1)
    if second is None or second.start >= wall:
        return term, i
    if second.money and not term.money and scan.kind(k) != "n" and scan.word(k) not in ONES:
        return term, i
    joined = _range(scan, term, second, word, between)
    if joined is None:
        return term, i
    led = lead in ("between", "from") and scan.word(i - 1) == lead
    if led and between:
        joined = replace(joined, start=scan.starts[i - 1])
    return joined, i - led


def _tolerance(scan: Scan, term: Term) -> Term | None:
    """50 ± 5 km, 50 +/- 5 km."""
    j = term.last
    plus_minus = scan.lower[j : j + 2] == ["+", "/"] and scan.word(j + 2) in ("-", "−")
    error = (
        parse_term(scan, j + (3 if plus_minus else 1))
        if plus_minus or scan.word(j) == "±"
        else None
    )
    if error is None or error.low < 0:
        return None
    unit, measured = (term.unit, True) if term.measured else (error.unit, error.measured)
    return term.upto(
        scan, error.last, low=term.low - error.low, high=term.low + error.low, unit=unit, measured=measured,
        noun=error.noun,
    )  # fmt: skip


def _range(scan: Scan, a: Term, b: Term, word: str, between: bool) -> Term | None:
    """Two terms as the ends of one, unless they measure different things."""
    base = [unit.split(" per ")[0] for unit in (a.unit, b.unit)]
    apart = a.measured and (
        (b.unit == "ratio" != a.unit)
        or (base[0] != base[1] if b.measured else not a.money or b.noun is not None)
    )
    year = is_year(scan, b.first) and not b.measured and b.noun is None
    if apart or year or (a.noun is not None and a.noun != b.noun):
        return None
    low, high = a.low, b.high
    if (
        a.magnitude == 1.0 < b.magnitude
        and 0 < a.low < 1000
        and a.low <= b.low / b.magnitude + 1e-9
    ):
        low = a.low * b.magnitude
    if low > high:
        if word == "or" or not (between or a.low < 0 or b.low < 0):
            return None
        low, high = high, low
    if word == "or" and not (1 <= low < high <= 2 * low + 1):
        return None
    unit = b.unit if (b.measured or b.noun) and (b.money or not a.money) else a.unit
    return replace(
        a, low=low, high=high, unit=unit, last=b.last, end=b.end, measured=a.measured or b.measured,
        money=a.money or b.money, noun=b.noun, bare=a.bare and b.bare,
    )  # fmt: skip


def share_units(scan: Scan, found: list[Found]) -> list[Found]:
    """ "45 and 50 mg": a unit of measure is shared with the bare number before "and", "or"."""
    result = list(found)
    for n in range(len(result) - 2, -1, -1):
        term, after = result[n][0], result[n + 1][0]
        joined = scan.word(term.last) in ("and", "or") and term.last + 1 == after.first
        plain = not term.measured and term.noun is None
        digits = scan.kind(after.first) == "n" or (
            scan.kind(after.first) == "w" and not after.money
        )
        led = after.money and after.start != scan.starts[after.first]
        if joined and plain and digits and not led and after.measured and after.unit != "ratio":
            result[n] = (
                replace(term, unit=after.unit, measured=True, money=after.money),
                *result[n][1:],
            )
    return result


def merge_bounds(scan: Scan, found: list[Found]) -> list[Found]:
    """ "more than 10 and less than 20": two hedged numbers that bound one thing become a range."""
    result: list[Found] = []
    for item in found:
        merged = _bounds(scan, result[-1], item) if result else None
        result[-1:] = [merged] if merged else [*result[-1:], item]
    return result


def _bounds(scan: Scan, one: Found, two: Found) -> Found | None:
    (a, first, start, _), (b, second, begun, last) = one, two
    joined = scan.word(a.last) in ("and", "but", ",") and begun == a.last + 1 and start < a.first
    if (
        {first, second} != {Comparator.MORE, Comparator.LESS}
        or not joined
        or (a.measured and a.unit != b.unit)
    ):
        return None
    low, high = (a.low, b.high) if first is Comparator.MORE else (b.low, a.high)
    if low >= high:
        return None
    return (
        replace(b, low=low, high=high, first=a.first, start=scan.starts[start]),
        Comparator.EQUAL,
        start,
        last,
    )

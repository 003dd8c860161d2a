"""Ranges, tolerances and shared units: what two numbers make together."""

from __future__ import annotations

from dataclasses import replace

from standoff.read.quantities.amounts import Term
from standoff.read.quantities.comparators import comparator_before
from standoff.read.quantities.exclude import is_year
from standoff.read.quantities.number_words import ONES
from standoff.read.quantities.term import parse_term
from standoff.read.quantities.tokens import Scan
from standoff.terms import Comparator

DASHES = frozenset(("-", "–", "—", "~", "‑", "−"))


Found = tuple[Term, Comparator, int, int]


def joined_at(scan: Scan, term: Term, wall: int) -> tuple[Term, int]:
    """The range that starts with `term`, or `term`; and the token where hedges end."""
    i, j = term.first, term.last
    before = scan.word(i - 1)
    hedge = comparator_before(scan, i)
    if hedge is not None and scan.word(hedge[1] - 1) in ("between", "from"):
        before = scan.word(hedge[1] - 1)
    word = scan.word(j)
    k = j + 1
    if word == "-" and scan.glued(j) and scan.word(k) == "to":
        word, k = "to", k + 1
    between = before == "between"
    plus_minus = _plus_minus(scan, j)
    if plus_minus is not None:
        error = parse_term(scan, plus_minus)
        if error is not None and error.low >= 0:
            unit = error.unit if not term.measured else term.unit
            return replace(
                term, low=term.low - error.low, high=term.low + error.low, unit=unit, last=error.last,
                end=error.end, measured=error.measured or term.measured, noun=error.noun,
            ), i  # fmt: skip
    if not (
        word in DASHES or word in ("to", "through", "or", "until") or (between and word == "and")
    ):
        return term, i
    if word in DASHES and scan.gap(j) != scan.gap(k) and not scan.glued(j):
        return term, i
    second = parse_term(scan, k)
    if second is None and word == "-" and scan.word(k) in DASHES:
        second = parse_term(scan, k + 1)
    if (
        second is None
        or second.start >= wall
        or (second.money and not term.money and scan.kind(k) != "n" and scan.word(k) not in ONES)
    ):
        return term, i
    joined = _range(scan, term, second, word, between, before == "from")
    if joined is None:
        return term, i
    if between:
        joined = replace(
            joined, start=scan.starts[i - 1] if scan.word(i - 1) == "between" else joined.start
        )
    return joined, i - 1 if before in ("between", "from") and scan.word(i - 1) == before else i


def _plus_minus(scan: Scan, j: int) -> int | None:
    if scan.word(j) == "±":
        return j + 1
    if scan.word(j) == "+" and scan.word(j + 1) == "/" and scan.word(j + 2) in ("-", "−"):
        return j + 3
    return None


def _range(scan: Scan, a: Term, b: Term, word: str, between: bool, source: bool) -> Term | None:
    if b.unit == "ratio" and a.unit != "ratio" and a.measured:
        return None
    if a.measured and b.measured and _base(a.unit) != _base(b.unit):
        return None
    if a.measured and not b.measured and not (a.money and b.noun is None):
        return None
    if a.noun is not None and a.noun != b.noun:
        return None
    if is_year(scan, b.first) and not b.measured and b.noun is None:
        return None
    low, high = a.low, b.high
    if (
        a.magnitude == 1.0
        and b.magnitude > 1.0
        and 0 < a.low < 1000
        and a.low <= b.low / b.magnitude * 1.0 + 1e-9
    ):
        low = a.low * b.magnitude
    if low > high:
        negative = a.low < 0 or b.low < 0
        if word == "or" or not (between or (word == "to" and negative) or negative):
            return None
        low, high = high, low
    if word == "or" and not (low < high <= 2 * low + 1 and low >= 1):
        return None
    unit = b.unit if b.measured or b.noun else a.unit
    if a.money and not b.money:
        unit = a.unit
    return replace(
        a, low=low, high=high, unit=unit, last=b.last, end=b.end, measured=a.measured or b.measured,
        money=a.money or b.money, noun=b.noun, bare=a.bare and b.bare,
    )  # fmt: skip


def _base(unit: str) -> str:
    return unit.split(" per ")[0]


def share_units(scan: Scan, found: list[Found]) -> list[Found]:
    """ "45 and 50 mg": a unit of measure is shared with the bare number before "and", "or", ","."""
    result = list(found)
    for n in range(len(result) - 2, -1, -1):
        term, comparator, first, last = result[n]
        following = result[n + 1][0]
        if (
            term.measured
            or term.noun is not None
            or not following.measured
            or (following.money and following.start != scan.starts[following.first])
        ):
            continue
        if (
            (
                scan.word(term.last) in ("and", "or")
                and term.last + 1 == following.first
                and following.unit != "ratio"
            )
            and scan.kind(following.first) in ("n", "w")
            and not (following.money and scan.kind(following.first) != "n")
        ):
            result[n] = (
                replace(term, unit=following.unit, measured=True, money=following.money),
                comparator,
                first,
                last,
            )
    return result


def merge_bounds(scan: Scan, found: list[Found]) -> list[Found]:
    """ "more than 10 and less than 20": two hedged numbers that bound one thing become a range."""
    result: list[Found] = []
    for item in found:
        if result:
            a, b = result[-1], item
            joint = scan.word(a[0].last)
            kinds = {a[1], b[1]}
            if (
                kinds == {Comparator.MORE, Comparator.LESS}
                and joint in ("and", "but", ",")
                and b[2] == a[0].last + 1
                and (a[0].unit == b[0].unit or not a[0].measured)
                and a[2] < a[0].first
            ):
                low = a[0].low if a[1] is Comparator.MORE else b[0].low
                high = b[0].high if a[1] is Comparator.MORE else a[0].high
                if low < high:
                    term = replace(
                        b[0], low=low, high=high, first=a[0].first, start=scan.starts[a[2]]
                    )
                    result[-1] = (term, Comparator.EQUAL, a[2], b[3])
                    continue
        result.append(item)
    return result

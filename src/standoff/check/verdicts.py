"""How numbers and outcomes are put into words."""

from __future__ import annotations

from standoff.terms import Comparator, Outcome, Quantity, Verdict

_UNITS = {
    "km": "km", "nmi": "nautical miles", "mi": "miles", "m": "m", "ft": "feet",
    "%": "per cent", "% of GDP": "per cent of GDP", "ratio": "times", "count": "",
}  # fmt: skip
_WORDS = {
    Comparator.EQUAL: "", Comparator.ABOUT: "about ", Comparator.LESS: "less than ",
    Comparator.MORE: "more than ", Comparator.UP: "up ", Comparator.DOWN: "down ",
}  # fmt: skip


BARE = "nothing speaks against it, and nothing for its numbers"
"""Of inequalities that hold: other numbers would hold as well, so that they support no claim."""


def number(value: float) -> str:
    """A number as people print it: at most one decimal above ten, three figures below.

    >>> number(129.64), number(2.8723), number(1234567.0), number(70)
    ('129.6', '2.87', '1,234,567', '70')
    """
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):,}"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    if abs(value) >= 10:
        return f"{value:.1f}".removesuffix(".0")
    text = f"{value:.3g}"
    return text if "e" not in text else f"{value:.6f}".rstrip("0")


def plain(quantity: Quantity) -> str:
    """A quantity in words, with its hedge and both ends.

    >>> from standoff.terms import Span
    >>> plain(Quantity(Span(0, 1, "x"), 70, 70, "nmi", Comparator.ABOUT))
    'about 70 nautical miles'
    """
    unit = _UNITS.get(quantity.unit, quantity.unit)
    tail = f" {quantity.noun or unit}".rstrip()
    if quantity.low is not None and quantity.high is not None and quantity.low != quantity.high:
        return f"{number(quantity.low)} to {number(quantity.high)}{tail}"
    if quantity.value is None:
        return f"an unstated number{tail}"
    return f"{_WORDS[quantity.comparator]}{number(quantity.value)}{tail}"


def unknown(claim: str, why: str) -> Verdict:
    """NOT_CHECKABLE with its reason.

    >>> unknown("c1", "a motive").outcome.value
    'NOT_CHECKABLE'
    """
    return Verdict(claim, Outcome.NOT_CHECKABLE, why)

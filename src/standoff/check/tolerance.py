"""How far a stated number may lie from the truth before it counts as wrong.

`tolerance(q) = max(half a unit of the last printed digit, share * |value|)` with share 2 %, and
5 % where the text says about, around, nearly, or tells whole thousands (3,000). A comparator opens
one side: "more than 500" is wrong only if the truth is below 500 less the tolerance. Small numbers
that count things are exact.

>>> from standoff.terms import Quantity, Span
>>> q = Quantity(Span(0, 6, "180 km"), 180, 180, "km")
>>> tolerance(q).amount
3.6
>>> tolerance(q).reason
'2 % of 180'
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from standoff.terms import Comparator, Quantity

SHARE = 0.02
SHARE_ABOUT = 0.05
_NUMERAL = re.compile(r"\d[\d,   ]*(?:\.\d+)?")
_VALUE_OF = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "hundred": 1e2}
_GROWN = re.compile(r"\b(?:doubl|halv|tripl|trebl|quadrupl|quintupl)", re.IGNORECASE)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[,   ]?000)+(?![\d.,]*\d)")
_MAGNITUDE = re.compile(r"\b(hundred|thousand|million|billion|trillion|bn|mn|tn)\b", re.IGNORECASE)
_HEDGES = re.compile(
    r"\b(?:about|around|nearly|roughly|approximately|almost|some|close to|or so|circa|an estimated)\b|~|≈",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Tolerance:
    """The allowed difference in the unit of the quantity, and why so much."""

    amount: float
    reason: str


@dataclass(frozen=True, slots=True)
class Interval:
    """The values that a stated quantity still covers; None where an end is open."""

    low: float | None
    high: float | None

    def holds(self, value: float, slack: float = 0.0) -> bool:
        """Whether `value` is covered, with `slack` on both sides.

        >>> Interval(2.0, None).holds(3.0)
        True
        """
        edge = 1e-9 * max(1.0, abs(value))
        return (self.low is None or value >= self.low - slack - edge) and (
            self.high is None or value <= self.high + slack + edge
        )

    def overlaps(self, other: Interval) -> bool:
        """Whether the two share a value.

        >>> Interval(1, 2).overlaps(Interval(2.5, None))
        False
        """
        return not (
            (self.high is not None and other.low is not None and self.high < other.low)
            or (other.high is not None and self.low is not None and other.high < self.low)
        )

    def scaled(self, factor: float) -> Interval:
        """Both ends times a positive factor."""
        return Interval(
            None if self.low is None else self.low * factor,
            None if self.high is None else self.high * factor,
        )


def half_unit(quantity: Quantity) -> float:
    """Half a unit of the last printed digit, in the unit of the quantity.

    >>> from standoff.terms import Span
    >>> half_unit(Quantity(Span(0, 3, "2.7"), 2.7, 2.7, "%"))
    0.05
    >>> half_unit(Quantity(Span(0, 11, "2.7 million"), 2.7e6, 2.7e6, "person"))
    50000.0
    >>> half_unit(Quantity(Span(0, 13, "three million"), 3e6, 3e6, "person"))
    500000.0
    """
    text = quantity.span.quote
    value = abs(quantity.value or 0.0)
    numeral = next(reversed(list(_NUMERAL.finditer(text))), None)
    if numeral is None and _GROWN.search(text):
        # "Doubled" has no last digit: it is said of 1.9 and 2.1, not of 1.6.
        return 0.1 * value
    if numeral is None:
        step = 1.0
        for word in _MAGNITUDE.finditer(text):
            size = _VALUE_OF.get(word.group(1).lower(), 1.0)
            if size <= max(value, 1.0):
                step = size
        return step / 2.0
    printed = re.sub(r"[,\s]", "", numeral.group())
    decimals = len(printed.partition(".")[2])
    shown = float(printed)
    scale = value / shown if shown else 1.0
    near = min((1.0, 1e2, 1e3, 1e6, 1e9, 1e12, 1e-2), key=lambda s: abs(scale - s) / s)
    return round(0.5 * 10.0**-decimals * near, 12)


def rounding(quantity: Quantity) -> float:
    """Half a unit of the last digit that is no zero: what "20" or "400" may have been rounded
    from, 5 % at most, 10 % where the text says about.

    Too wide to support anything by; a number within it is not called wrong.

    >>> from standoff.terms import Span
    >>> [rounding(Quantity(Span(0, len(t), t), v, v, "km")) for t, v in (("20", 20), ("65", 65), ("20.0", 20))]
    [1.0, 0.5, 0.05]
    """
    half, value = half_unit(quantity), abs(quantity.value or 0.0)
    while value and half < value and value % (20.0 * half) == 0 and half >= 0.5:
        half *= 10.0
    share = 2.0 * SHARE_ABOUT if hedged(quantity) else SHARE_ABOUT
    return max(half_unit(quantity), min(half, share * value))


def hedged(quantity: Quantity) -> bool:
    """Whether the text says about, around, nearly, or the like."""
    return quantity.approximate or _HEDGES.search(quantity.span.quote) is not None


def tolerance(quantity: Quantity, *, exact: bool = False) -> Tolerance:
    """The tolerance of a quantity in its own unit.

    `exact` leaves the shares out: numbers that a text adds up itself must add up.
    """
    half = half_unit(quantity)
    value = abs(quantity.value or 0.0)
    about = hedged(quantity)
    if exact and not about:
        return Tolerance(half, f"half a unit of the last printed digit ({half:g})")
    whole = _THOUSANDS.search(quantity.span.quote) is not None
    share = SHARE_ABOUT if about or whole else SHARE
    amount = round(share * value, 12)
    if half >= amount:
        return Tolerance(half, f"half a unit of the last printed digit ({half:g})")
    why = f"{share:.0%} of {value:g}".replace("%", " %")
    if about:
        why = f"{why}, as the text says about"
    return Tolerance(amount, f"{why}, as it is told in whole thousands" if whole else why)


def interval(quantity: Quantity, *, exact: bool = False) -> Interval:
    """The values that the quantity covers, tolerance included.

    >>> from standoff.terms import Span
    >>> interval(Quantity(Span(0, 16, "70 nautical miles"[:16]), 70, 70, "nmi"))
    Interval(low=68.6, high=71.4)
    """
    slack = tolerance(quantity, exact=exact).amount
    low, high = quantity.low, quantity.high
    if low is not None and low == high and quantity.comparator is Comparator.MORE:
        high = None
    elif low is not None and low == high and quantity.comparator is Comparator.LESS:
        low = None
    return Interval(
        None if low is None else round(low - slack, 12),
        None if high is None else round(high + slack, 12),
    )

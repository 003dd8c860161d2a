"""A count as a rate with an interval: what share, of how many, and how sure.

Two intervals for k of n at a level:

- Jeffreys: the central interval of Beta(k + 1/2, n - k + 1/2), with the ends 0 at k = 0 and 1 at
  k = n. It has good coverage for the small counts of this field.
- Wilson: (k + z^2/2 +- z sqrt(k (n - k)/n + z^2/4)) / (n + z^2).

Reference: Brown, Cai and DasGupta, *Statistical Science* 16 (2001).

Examples:
    >>> r = rate(24, 1849)
    >>> f"{100 * r.value:.1f} % ({100 * r.low:.1f}-{100 * r.high:.1f})"
    '1.3 % (0.9-1.8)'
    >>> rate(0, 12).low, round(rate(0, 12).high, 3)
    (0.0, 0.145)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from standoff.errors import ModelError

__all__ = ["Rate", "rate"]

Interval = Literal["jeffreys", "wilson"]


@dataclass(frozen=True, slots=True)
class Rate:
    """k of n with its interval.

    Attributes:
        k, n: how often it happened, of how many.
        value: k / n.
        low, high: ends of the interval.
        level: probability content of the interval.
        kind: jeffreys or wilson.
        label: what was counted, of what.
    """

    k: int
    n: int
    value: float
    low: float
    high: float
    level: float
    kind: Interval
    label: str = ""


def rate(
    k: int, n: int, *, level: float = 0.9, kind: Interval = "jeffreys", label: str = ""
) -> Rate:
    """A count as a rate.

    Raises:
        ModelError: no cases, more events than cases, or a level outside (0, 1).

    Example:
        >>> w = rate(4, 12, level=0.95, kind="wilson")
        >>> round(w.low, 3), round(w.high, 3)
        (0.138, 0.609)
    """
    from scipy.special import betaincinv, ndtri

    if n <= 0 or not 0 <= k <= n:
        raise ModelError(f"{k} of {n}", "0 <= k <= n with n at least 1", "widen the class")
    if not 0.0 < level < 1.0:
        raise ModelError(f"level={level}", "a number between 0 and 1", "level=0.9")
    tail = 0.5 * (1.0 - level)
    if kind == "jeffreys":
        low = 0.0 if k == 0 else float(betaincinv(k + 0.5, n - k + 0.5, tail))
        high = 1.0 if k == n else float(betaincinv(k + 0.5, n - k + 0.5, 1.0 - tail))
    else:
        z = float(ndtri(1.0 - tail))
        middle = k + 0.5 * z * z
        half = z * (k * (n - k) / n + 0.25 * z * z) ** 0.5
        # Exact ends: rounding would leave 1e-18 beside a count of zero.
        low = 0.0 if k == 0 else (middle - half) / (n + z * z)
        high = 1.0 if k == n else (middle + half) / (n + z * z)
    return Rate(k, n, k / n, low, high, level, kind, label)

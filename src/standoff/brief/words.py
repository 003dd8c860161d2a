"""Words of estimative probability (ICD 203) and percentages, by rule.

Edges belong to the upper bin, `[low, high)`. Chances are printed in per cent at every size: a column
that mixes "1 in 650" with "6.0 %" cannot be read down. A likelihood and a level of confidence never
stand in one sentence.
"""

from __future__ import annotations

from standoff.errors import ModelError
from standoff.terms import Estimate

# ICD 203, first row of terms; ranges in probability.
BINS: tuple[tuple[float, float, str], ...] = (
    (0.0, 0.05, "almost no chance"),
    (0.05, 0.20, "very unlikely"),
    (0.20, 0.45, "unlikely"),
    (0.45, 0.55, "roughly even chance"),
    (0.55, 0.80, "likely"),
    (0.80, 0.95, "very likely"),
    (0.95, 1.0, "almost certain"),
)


def likelihood(probability: float) -> str:
    """The ICD 203 term of a probability.

    >>> likelihood(0.05), likelihood(0.549), likelihood(0.95)
    ('very unlikely', 'roughly even chance', 'almost certain')
    """
    if not 0.0 <= probability <= 1.0:
        raise ModelError(f"probability {probability}", "a number from 0 to 1", "check the estimate")
    for low, high, term in BINS:
        if low <= probability < high:
            return term
    return BINS[-1][2]


def likelihood_range(estimate: Estimate) -> str:
    """One term where the interval lies in its bin, else the span of terms that it reaches.

    >>> likelihood_range(Estimate(0.62, 0.56, 0.74))
    'likely'
    >>> likelihood_range(Estimate(0.017, 0.0015, 0.058))
    'anywhere from almost no chance to very unlikely'
    >>> likelihood_range(Estimate(0.5, 0.1, 0.9))
    'anywhere from very unlikely to very likely'
    """
    terms = [term for _, _, term in BINS]
    low, high = (terms.index(likelihood(p)) for p in (estimate.low, estimate.high))
    if high != low:
        return f"anywhere from {terms[low]} to {terms[high]}"
    return terms[low]


def percent(probability: float) -> str:
    """A chance in per cent, always, with two significant digits: one unit for every column.

    >>> percent(0.0044), percent(0.62), percent(0.0134), percent(0.996)
    ('0.44 %', '62 %', '1.3 %', '99.60 %')
    """
    return f"{bare(probability)} %"


def bare(probability: float) -> str:
    """The same without the sign, for columns that name it in their head.

    Above 99 % the digits are those of what is left: 99.6 is not 100.

    >>> bare(0.00004), bare(0.005), bare(0.5), bare(0.9999), bare(0.0)
    ('0.0040', '0.50', '50', '99.990', '0')
    """
    value = 100.0 * probability
    if value in (0.0, 100.0):
        return f"{value:.0f}"
    left = min(value, 100.0 - value) if value > 99.0 else value
    if left < 1e-4:
        return "under 0.0001" if value < 1.0 else "over 99.9999"
    if left >= 9.95:
        return f"{value:.0f}"
    # The digits of the number as it is rounded: 0.997 is 1.0.
    exponent = int(f"{left:.1e}".partition("e")[2])
    return f"{value:.{1 - exponent}f}"


def interval(estimate: Estimate) -> str:
    """The central interval in the units of `percent`.

    >>> interval(Estimate(0.0044, 0.0009, 0.0194))
    '0.090 % to 1.9 %'
    """
    return f"{percent(estimate.low)} to {percent(estimate.high)}"


def multiplier(estimate: Estimate) -> str:
    """A ratio with its interval.

    >>> multiplier(Estimate(0.46, 0.18, 0.90))
    '×0.46 (0.18 to 0.90)'
    """
    return f"×{_times(estimate.mean)} ({_times(estimate.low)} to {_times(estimate.high)})"


def _times(value: float) -> str:
    return f"{value:.2f}" if value < 9.95 else f"{value:,.0f}"


def level(estimate: Estimate) -> str:
    """A level in standard deviations with its interval.

    >>> level(Estimate(0.9, 0.2, 1.6))
    '+0.9 (+0.2 to +1.6)'
    """
    return f"{_signed(estimate.median)} ({_signed(estimate.low)} to {_signed(estimate.high)})"


def _signed(value: float) -> str:
    # A minus zero would read as a sign that is not there.
    rounded = round(value, 1) + 0.0
    return f"{rounded:+.1f}"

"""Words of estimative probability (ICD 203) and frequencies, by rule.

Edges belong to the upper bin, `[low, high)`. Below 1 % and above 99 % the words stay those of the
outer bins and the number is printed as a frequency. A likelihood and a level of confidence never
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
    """One term, or the span of terms where the interval crosses three bins or more.

    >>> likelihood_range(Estimate(0.62, 0.48, 0.74))
    'likely'
    >>> likelihood_range(Estimate(0.5, 0.1, 0.9))
    'anywhere from very unlikely to very likely'
    """
    terms = [term for _, _, term in BINS]
    low, high = (terms.index(likelihood(p)) for p in (estimate.low, estimate.high))
    if high - low >= 2:
        return f"anywhere from {terms[low]} to {terms[high]}"
    return likelihood(estimate.mean)


def percent(probability: float) -> str:
    """At most two significant digits; below 1 % as a frequency.

    >>> percent(0.0044), percent(0.62), percent(0.0134)
    ('1 in 230', '62 %', '1.3 %')
    """
    if probability <= 0:
        return "0"
    if probability < 0.01:
        return f"1 in {significant(1.0 / probability):,}"
    if probability > 0.99:
        return (
            f"all but 1 in {significant(1.0 / (1.0 - probability)):,}"
            if probability < 1
            else "100 %"
        )
    value = 100 * probability
    return f"{value:.1f} %" if value < 9.95 else f"{value:.0f} %"


def interval(estimate: Estimate) -> str:
    """The central interval in the units of `percent`.

    >>> interval(Estimate(0.0044, 0.0009, 0.0194))
    '1 in 1,100 to 1.9 %'
    """
    return f"{percent(estimate.low)} to {percent(estimate.high)}"


def significant(value: float, digits: int = 2) -> int:
    """A whole number rounded to `digits` significant digits.

    >>> significant(227.3), significant(1111.1)
    (230, 1100)
    """
    if value == 0:
        return 0
    scale = 10 ** (digits - len(str(int(abs(value)))))
    return round(round(value * scale) / scale) if scale < 1 else round(value)


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

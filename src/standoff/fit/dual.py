"""Numbers that carry their derivatives, one row per case: forward differentiation in NumPy.

A likelihood by backward induction is a chain of sums, products, quotients, roots and distribution
functions. Carried through that chain, the derivative by every utility comes out exact, for any
tree, with no formula worked out by hand. The number of utilities is small (five to twenty), so
forward differentiation costs little.

Example:
    >>> x = variable(np.array([0.5]), 0, 1)
    >>> y = times(x, x)
    >>> float(y.value[0]), float(y.slope[0, 0])
    (0.25, 1.0)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import expit, log_expit, log_ndtr, ndtr

__all__ = [
    "Dual",
    "Link",
    "cdf",
    "constant",
    "divide",
    "exponential",
    "log_cdf",
    "minus",
    "plus",
    "root",
    "times",
    "variable",
]

Array = npt.NDArray[np.float64]
Link = Literal["probit", "logit"]
_LOG_ROOT_TWO_PI = 0.5 * float(np.log(2.0 * np.pi))


@dataclass(frozen=True, slots=True)
class Dual:
    """A value per case with its derivatives: `value` (case,), `slope` (case or 1, variable)."""

    value: Array
    slope: Array


def variable(value: Array, index: int, n_variables: int) -> Dual:
    """The variable number `index` among `n_variables`."""
    slope = np.zeros((1, n_variables))
    slope[0, index] = 1.0
    return Dual(value, slope)


def constant(value: float, n_cases: int, n_variables: int) -> Dual:
    """A number that depends on nothing.

    >>> constant(2.0, 3, 1).value
    array([2., 2., 2.])
    """
    return Dual(np.full(n_cases, value), np.zeros((1, n_variables)))


def plus(a: Dual, b: Dual) -> Dual:
    """a + b."""
    return Dual(a.value + b.value, a.slope + b.slope)


def minus(a: Dual, b: Dual) -> Dual:
    """a - b."""
    return Dual(a.value - b.value, a.slope - b.slope)


def times(a: Dual, b: Dual) -> Dual:
    """a b."""
    return Dual(a.value * b.value, a.slope * b.value[:, None] + b.slope * a.value[:, None])


def divide(a: Dual, b: Dual) -> Dual:
    """a / b, for b other than zero."""
    ratio = a.value / b.value
    return Dual(ratio, (a.slope - b.slope * ratio[:, None]) / b.value[:, None])


def root(a: Dual) -> Dual:
    """The square root of a positive number."""
    value = np.sqrt(a.value)
    return Dual(value, a.slope / (2.0 * value)[:, None])


def exponential(a: Dual) -> Dual:
    """e to the power a."""
    value = np.exp(a.value)
    return Dual(value, a.slope * value[:, None])


def cdf(a: Dual, link: Link) -> Dual:
    """The distribution function: standard normal (probit) or standard logistic (logit).

    >>> float(cdf(constant(0.0, 1, 1), "probit").value[0])
    0.5
    """
    if link == "probit":
        density = np.exp(-0.5 * a.value * a.value - _LOG_ROOT_TWO_PI)
        return Dual(np.asarray(ndtr(a.value)), a.slope * density[:, None])
    value = np.asarray(expit(a.value))
    return Dual(value, a.slope * (value * np.asarray(expit(-a.value)))[:, None])


def log_cdf(a: Dual, link: Link) -> Dual:
    """The logarithm of the distribution function, exact far out in the tail.

    >>> float(log_cdf(constant(-40.0, 1, 1), "logit").value[0])
    -40.0
    """
    if link == "probit":
        value = np.asarray(log_ndtr(a.value))
        # f/F in logs: both underflow beyond -38, their ratio does not.
        ratio = np.exp(-0.5 * a.value * a.value - _LOG_ROOT_TWO_PI - value)
        return Dual(value, a.slope * ratio[:, None])
    return Dual(np.asarray(log_expit(a.value)), a.slope * np.asarray(expit(-a.value))[:, None])

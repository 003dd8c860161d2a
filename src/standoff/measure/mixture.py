"""Quantiles, tail probabilities and draws of a mixture of Gaussians."""

from __future__ import annotations

import math

import numpy as np
from scipy.special import ndtr  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]

from standoff.measure.dynamics import Array
from standoff.terms import Estimate


def cdf(weights: Array, means: Array, sds: Array, at: float) -> float:
    """P(X <= at) of a mixture of univariate Gaussians, all of shape (component,)."""
    return float(weights @ np.asarray(ndtr((at - means) / sds)))


def quantile(weights: Array, means: Array, sds: Array, p: float) -> float:
    """The p-quantile, to 1e-12 of the widest component: Newton, kept in a bracket by bisection.

    >>> round(quantile(np.ones(1), np.zeros(1), np.ones(1), 0.95), 6)
    1.644854
    """
    low, high = float((means - 12.0 * sds).min()), float((means + 12.0 * sds).max())
    near = 1e-12 * float(sds.max())
    heights = weights / (sds * math.sqrt(2.0 * math.pi))
    at = float(weights @ means)
    for _ in range(64):
        gap = cdf(weights, means, sds, at) - p
        low, high = (at, high) if gap < 0 else (low, at)
        density = float(heights @ np.exp(-0.5 * ((at - means) / sds) ** 2))
        step = at - gap / density if density > 0 else high
        new = step if low < step < high else 0.5 * (low + high)
        at, moved = new, abs(new - at)
        if moved < near:
            break
    return at


def estimate(weights: Array, means: Array, sds: Array, coverage: float = 0.9) -> Estimate:
    """Median and central interval."""
    tail = 0.5 * (1.0 - coverage)
    median, low, high = (quantile(weights, means, sds, p) for p in (0.5, tail, 1.0 - tail))
    # Adding 0.0 turns a negative zero into zero.
    return Estimate(round(median, 9) + 0.0, round(low, 9) + 0.0, round(high, 9) + 0.0, coverage)


def draw(weights: Array, means: Array, covs: Array, n: int, rng: np.random.Generator) -> Array:
    """`n` draws, shape (n, dimension). Components are stratified; one Cholesky factor each."""
    u = (rng.permutation(n) + rng.random(n)) / n
    edges = np.cumsum(weights / weights.sum())
    which = np.minimum(np.searchsorted(edges, u), len(weights) - 1)
    jitter = 1e-12 * np.eye(means.shape[1])
    factors = np.linalg.cholesky(covs + jitter)
    noise = rng.standard_normal((n, means.shape[1]))
    return means[which] + np.einsum("nij,nj->ni", factors[which], noise)

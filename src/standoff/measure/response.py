"""The graded response: probability of an ordinal level given the latent level it loads on.

z = h'(x + m) - drift,    P(y >= j) = sigm(al (z - b_j)),
P_obs(y) = (1 - eps) P(y) + eps / K
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from standoff.measure.dynamics import Array


@dataclass(frozen=True, slots=True)
class Site:
    """One observation in numbers: ordinal `level` of `levels` with its likelihood's constants."""

    week: float
    level: int
    levels: int
    discrimination: float
    thresholds: tuple[float, ...]
    loading: tuple[float, float]
    eps: float
    power: float = 1.0
    regime: str = ""


def likelihood(z: Array, site: Site) -> Array:
    """P_obs(level | z) ** power: graded response, contaminated with probability eps."""
    lower: Array | float = 1.0
    upper: Array | float = 0.0
    if site.level > 0:
        lower = sigmoid(site.discrimination * (z - site.thresholds[site.level - 1]))
    if site.level < site.levels - 1:
        upper = sigmoid(site.discrimination * (z - site.thresholds[site.level]))
    p = (1.0 - site.eps) * (lower - upper) + site.eps / site.levels
    return np.asarray(p if site.power == 1.0 else p**site.power)


def level_probabilities(z: Array, site: Site) -> Array:
    """P_obs of every level; a new last axis of length K."""
    edges = [np.ones_like(z)]
    edges += [sigmoid(site.discrimination * (z - b)) for b in site.thresholds]
    edges.append(np.zeros_like(z))
    p = np.stack([a - b for a, b in itertools.pairwise(edges)], axis=-1)
    return (1.0 - site.eps) * p + site.eps / site.levels


def sigmoid(x: Array) -> Array:
    """1 / (1 + e^-x), without overflow."""
    return 0.5 * (1.0 + np.tanh(0.5 * x))

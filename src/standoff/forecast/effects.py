"""What is particular to a pair: its past disputes beside those that the regressors expected.

With O disputes in the years before and E = sum of the chances that a first logit gave them, a gamma
prior of mean one and shape k for the pair's own factor, shrunk towards one as long as little is
expected:

    effect = ln((O + k) / (E + k))

once for the ordered pair (A against B) and once for the two together. The shapes are those of
greatest marginal likelihood: O is then negative binomial. Only years before count, for training
rows as for a card, so that an effect never knows what it is to foretell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from standoff.forecast.lookup import Array, Ints, pair_key

__all__ = ["EFFECTS", "PairHistory", "best_shape"]

EFFECTS = ("effect_ab", "effect_pair")
"""Names of the two effects: of the ordered pair, and of the two states together."""
_SHAPES: Array = np.geomspace(0.2, 10.0, 60)


def _both(first: Ints, second: Ints) -> Ints:
    return pair_key(np.minimum(first, second), np.maximum(first, second))


@dataclass(frozen=True, slots=True)
class _Sums:
    """Running sums within keys: what came and what was expected in earlier years."""

    keys: Ints
    came: Array
    expected: Array

    @classmethod
    def of(cls, key: Ints, year: Ints, came: Array, expected: Array) -> _Sums:
        full = key * 4096 + year
        order = np.argsort(full, kind="stable")
        start = np.zeros(1)
        return cls(
            full[order],
            np.concatenate([start, np.cumsum(came[order])]),
            np.concatenate([start, np.cumsum(expected[order])]),
        )

    def before(self, key: Ints, year: Ints) -> tuple[Array, Array]:
        low = np.searchsorted(self.keys, key * 4096)
        high = np.searchsorted(self.keys, key * 4096 + year)
        return self.came[high] - self.came[low], self.expected[high] - self.expected[low]


@dataclass(frozen=True, slots=True)
class PairHistory:
    """Directed dyad-years with what was expected and what came.

    Attributes:
        ordered, together: running sums of ordered pairs, and of the two states together.
    """

    ordered: _Sums
    together: _Sums

    @classmethod
    def of(cls, first: Ints, second: Ints, year: Ints, came: Array, expected: Array) -> PairHistory:
        """Build from rows in any order.

        Example:
            >>> a, b = np.array([2, 2]), np.array([365, 365])
            >>> years = np.array([1950, 1951])
            >>> h = PairHistory.of(a, b, years, np.array([1.0, 0.0]), np.array([0.5, 0.5]))
            >>> made = h.effects(np.array([2]), np.array([365]), np.array([1952]), (1.0, 1.0))
            >>> made["effect_ab"].tolist() == [float(np.log((1 + 1) / (1 + 1)))]
            True
        """
        return cls(
            _Sums.of(pair_key(first, second), year, came, expected),
            _Sums.of(_both(first, second), year, came, expected),
        )

    def effects(
        self, first: Ints, second: Ints, year: Ints, shapes: tuple[float, float]
    ) -> Mapping[str, Array]:
        """The two effects as known at the start of a year, name to (row,)."""
        ordered = self.ordered.before(pair_key(first, second), year)
        together = self.together.before(_both(first, second), year)
        return {
            name: np.log((came + k) / (expected + k))
            for name, (came, expected), k in zip(EFFECTS, (ordered, together), shapes, strict=True)
        }


def best_shape(key: Ints, came: Array, expected: Array) -> float:
    """The shape k under which the counts of all keys are likeliest (negative binomial).

    Example:
        >>> rng = np.random.default_rng(1)
        >>> factor = rng.gamma(2.0, 0.5, 3000)
        >>> 1.5 < best_shape(np.arange(3000), rng.poisson(4 * factor), np.full(3000, 4.0)) < 2.7
        True
    """
    _, inverse = np.unique(key, return_inverse=True)
    o, e = np.bincount(inverse, weights=came), np.bincount(inverse, weights=expected)
    k = _SHAPES[:, None]
    fit = gammaln(o + k) - gammaln(k) + k * np.log(k / (k + e)) + o * np.log(e / (k + e))
    return float(_SHAPES[int(np.argmax(fit.sum(axis=1)))])

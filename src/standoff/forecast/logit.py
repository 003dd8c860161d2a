"""A logit with a ridge, weights and a full covariance: the one estimator of this room.

With rows x (a leading one, then regressors scaled to mean 0 and deviation 1), outcomes y, weights w
and penalties r:

    eta = offset + x b,   loss(b) = sum w (ln(1 + e^eta) - y eta) + sum r b^2 / 2

The covariance is the inverse of the second derivative at the minimum (Laplace). Plain Newton steps
diverge on events as rare as these; steps are halved until the loss falls.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from standoff.errors import ModelError
from standoff.forecast.lookup import Array

__all__ = ["Logit", "fit_logit", "logistic"]

_ENOUGH = 1e-5
"""Loss below which a further step is not worth taking: five digits below what scores print."""
_FREE = 1e-6
"""Penalty of the constant: it is not shrunk."""


def logistic(eta: Array) -> Array:
    """1 / (1 + e^-eta), without overflow.

    Example:
        >>> logistic(np.array([0.0, 800.0])).round(6).tolist()
        [0.5, 1.0]
    """
    return 1.0 / (1.0 + np.exp(-np.clip(eta, -30.0, 30.0)))


@dataclass(frozen=True, slots=True)
class Logit:
    """Estimates.

    Attributes:
        names: (regressor,) without the constant.
        mean, sd: (regressor,) scaling: (x - mean) / sd.
        coef: (1 + regressor,), the constant first.
        cov: (1 + regressor, 1 + regressor).
    """

    names: tuple[str, ...]
    mean: Array
    sd: Array
    coef: Array
    cov: Array

    def scaled(self, columns: Mapping[str, Array]) -> Array:
        """Rows with the leading one, (row, 1 + regressor).

        Raises:
            ModelError: a regressor is not among the columns.
        """
        lacking = [n for n in self.names if n not in columns]
        if lacking:
            raise ModelError(f"no column {lacking[0]}", ", ".join(self.names), "give them all")
        x = np.stack([columns[n] for n in self.names], axis=1)
        return np.concatenate([np.ones((len(x), 1)), (x - self.mean) / self.sd], axis=1)

    def chance(self, columns: Mapping[str, Array]) -> Array:
        """P(y = 1) at the estimates, (row,)."""
        return logistic(self.scaled(columns) @ self.coef)

    def spread(self, row: Array) -> tuple[float, float]:
        """Mean and standard deviation of eta for one scaled row."""
        return float(row @ self.coef), float(np.sqrt(max(row @ self.cov @ row, 0.0)))


def fit_logit(
    columns: Mapping[str, Array],
    names: Sequence[str],
    y: Array,
    *,
    ridge: float,
    weights: Array | None = None,
    start: Array | None = None,
    loose: Mapping[str, float] | None = None,
) -> Logit:
    """Fit.

    Args:
        columns: name to (row,).
        names: regressors to use.
        y: (row,) 0 or 1.
        ridge: penalty on each scaled coefficient.
        weights: (row,); default ones.
        start: (1 + regressor,) coefficients to begin with.
        loose: penalties of single regressors that differ.

    Raises:
        ModelError: no row, or outcomes all alike.

    Example:
        >>> x = np.repeat([0.0, 1.0], 10)
        >>> y = np.array([1.0] * 2 + [0.0] * 8 + [1.0] * 8 + [0.0] * 2)
        >>> fit = fit_logit({"x": x}, ["x"], y, ridge=1e-6)
        >>> np.round(fit.chance({"x": np.array([0.0, 1.0])}), 3).tolist()
        [0.2, 0.8]
    """
    w = np.ones(len(y)) if weights is None else weights
    share = float(w @ y / w.sum()) if len(y) else 0.0
    if not 0 < share < 1:
        raise ModelError(f"{len(y)} rows, {share:.0%} with the event", "some of both", "more rows")
    x = np.stack([columns[n] for n in names], axis=1)
    mean, sd = x.mean(axis=0), x.std(axis=0)
    # A regressor that does not vary says nothing; its coefficient stays at zero under the ridge.
    sd = np.where(sd < 1e-9, 1.0, sd)
    rows = np.concatenate([np.ones((len(x), 1)), (x - mean) / sd], axis=1)
    shrink = np.array([_FREE, *((loose or {}).get(n, ridge) for n in names)])
    b = np.zeros(len(shrink)) if start is None else start.copy()
    if start is None:
        b[0] = np.log(share / (1 - share))

    def loss(b: Array) -> float:
        eta = rows @ b
        return float(w @ (np.logaddexp(0.0, eta) - y * eta) + 0.5 * b @ (shrink * b))

    now = loss(b)
    curve = np.eye(len(b))
    for _ in range(60):
        p = logistic(rows @ b)
        slope = rows.T @ (w * (y - p)) - shrink * b
        curve = (rows * (w * p * (1 - p))[:, None]).T @ rows + np.diag(shrink)
        step, size = np.linalg.solve(curve, slope), 1.0
        new = loss(b + step)
        while new > now and size > 1e-6:
            size /= 2
            new = loss(b + size * step)
        b, saved, now = b + size * step, now - new, new
        if saved < _ENOUGH:
            break
    return Logit(tuple(names), mean, sd, b, np.linalg.inv(curve).astype(np.float64))

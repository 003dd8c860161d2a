"""The plain logit: P(y = 1) = 1 / (1 + exp(-x b)), the rival that a game has to beat.

Here the error has the scale of the standard logistic; in the games with a logit link every choice
has sqrt(2) of it, as in the R package `games`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit, log_expit

from standoff.errors import ModelError
from standoff.fit.estimate import Fit, maximise, report, strong_weights
from standoff.fit.layout import Design
from standoff.fit.starts import binary_weights

__all__ = ["LogitModel", "fit_logit"]

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LogitModel:
    """A binary outcome with its regressors.

    Attributes:
        happened: (case,) whether it came.
        regressors: (case, regressor).
        weights: (case,) how often each case counts.
    """

    happened: npt.NDArray[np.bool_]
    regressors: Design
    weights: Array

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the regressors."""
        return self.regressors.names

    def case_gradients(self, theta: Array) -> tuple[Array, Array]:
        """Log likelihood per case, (case,), and its gradient, (case, parameter)."""
        sign = np.where(self.happened, 1.0, -1.0)
        x = sign * (self.regressors.matrix @ theta)
        slope = np.asarray(expit(-x)) * sign
        return np.asarray(log_expit(x)), self.regressors.matrix * slope[:, None]

    def evaluate(self, theta: Array) -> tuple[float, Array]:
        """Log likelihood and its gradient, (parameter,)."""
        value, slope = self.case_gradients(theta)
        return float(self.weights @ value), self.weights @ slope

    def hessian(self, theta: Array) -> Array:
        """Second derivatives: -X' W p (1 - p) X."""
        p = np.asarray(expit(self.regressors.matrix @ theta))
        return -(self.regressors.matrix.T * (self.weights * p * (1 - p))) @ self.regressors.matrix


def fit_logit(
    happened: Sequence[bool] | Sequence[int] | npt.NDArray[np.generic],
    regressors: Design,
    *,
    weights: Array | None = None,
    prior_sd: float | None = None,
) -> Fit:
    """Fit a plain logit.

    Args:
        happened: (case,) 1 where the event came.
        regressors: with one row per case.
        weights: (case,) how often each case counts.
        prior_sd: a normal prior of this spread on every weight; None is maximum likelihood.

    Raises:
        ModelError: numbers of cases that differ, all cases alike, or a spread that is not positive.

    Example:
        >>> from standoff.fit.layout import design
        >>> fit = fit_logit([1, 1, 1, 0], design({}, n=4))
        >>> round(fit["(Intercept)"].value, 6), round(float(np.log(3)), 6)
        (1.098612, 1.098612)
    """
    y = np.asarray(happened).astype(bool)
    counts = np.ones(len(y)) if weights is None else np.asarray(weights, dtype=np.float64)
    if regressors.matrix.shape[0] != len(y) or counts.shape != y.shape:
        raise ModelError(
            f"{regressors.matrix.shape[0]} rows of regressors, {len(y)} cases, {counts.shape} weights",
            "one row and one weight per case",
            "align them",
        )
    if not np.all(np.isfinite(counts)) or np.any(counts < 0):
        raise ModelError("a weight below zero or missing", "one weight >= 0 per case", "fix them")
    if not counts[y].sum() or not counts[~y].sum():
        raise ModelError("cases all alike", "some with the event and some without", "more cases")
    if prior_sd is not None and not prior_sd > 0:
        raise ModelError(f"prior_sd={prior_sd}", "a positive spread", "prior_sd=2.5")
    model = LogitModel(y, regressors, counts)
    precision = np.full(len(model.names), 0.0 if prior_sd is None else prior_sd**-2)

    def objective(theta: Array) -> tuple[float, Array]:
        value, slope = model.evaluate(theta)
        return value - 0.5 * float(precision @ theta**2), slope - precision * theta

    def bend(theta: Array) -> Array:
        return model.hessian(theta) - np.diag(precision)

    begin = binary_weights(regressors.matrix, np.zeros(len(y)), y.astype(np.float64), counts)
    theta, iterations = maximise(objective, bend, begin)
    strong = (
        [] if prior_sd is not None else strong_weights([(regressors.matrix, 0)], theta, "logit")
    )
    return report(model, theta, iterations, objective, bend, begin, prior_sd, strong)

"""The ultimatum game: how much to offer, and whether to take it.

Player 1 offers a share y of a prize Q to player 2, who takes it or leaves it. Reservation values
R1 = x b1 + e1 and R2 = z b2 + e2 have logistic errors of scales s1 and s2, each seen by its owner
alone. Player 2 takes an offer with probability L((y - R2) / s2). Player 1 maximises

    L((y - z b2) / s2) (Q - y) + (1 - L(...)) R1,

so an interior offer means e1 = Q - y - x b1 - s2 (1 + exp((y - z b2) / s2)), which falls in y with
the slope -(1 + exp((y - z b2) / s2)). Offers at 0 and at Q are corners: all e1 beyond theirs.

Reference: Ramsay and Signorino (2009), *A Statistical Model of the Ultimatum Game*; conventions of
`ultimatum` in the R package `games`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standoff.errors import ModelError
from standoff.fit.dual import (
    Dual,
    constant,
    divide,
    exponential,
    log_cdf,
    minus,
    plus,
    times,
    variable,
)
from standoff.fit.estimate import Fit, maximise, report
from standoff.fit.layout import Design
from standoff.fit.likelihood import bend_of

__all__ = ["UltimatumModel", "fit_ultimatum"]

Array = npt.NDArray[np.float64]
_R1, _R2, _S1, _S2, _N = 0, 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class UltimatumModel:
    """Offers and answers with the regressors of both reservation values.

    Attributes:
        offers: (case,) what was offered, from 0 to `prize`.
        accepted: (case,) whether it was taken.
        first, second: regressors of the reservation values of players 1 and 2.
        prize: Q.
        weights: (case,).
    """

    offers: Array
    accepted: npt.NDArray[np.bool_]
    first: Design
    second: Design
    prize: float
    weights: Array

    @property
    def names(self) -> tuple[str, ...]:
        """Weights of R1 and R2, then the logarithms of both scales."""
        one = tuple(f"R1:{n}" for n in self.first.names)
        two = tuple(f"R2:{n}" for n in self.second.names)
        return (*one, *two, "log(s1)", "log(s2)")

    def evaluate(self, theta: Array) -> tuple[float, Array]:
        """Log likelihood and its gradient, (parameter,)."""
        value, slope = self._slopes(theta)
        slope = slope * self.weights[:, None]
        gradient = np.concatenate(
            [
                self.first.matrix.T @ slope[:, _R1],
                self.second.matrix.T @ slope[:, _R2],
                [slope[:, _S1].sum(), slope[:, _S2].sum()],
            ]
        )
        return float(self.weights @ value), gradient

    def case_gradients(self, theta: Array) -> tuple[Array, Array]:
        """Log likelihood per case, (case,), and its gradient, (case, parameter)."""
        value, slope = self._slopes(theta)
        one, two = self.first.matrix * slope[:, [_R1]], self.second.matrix * slope[:, [_R2]]
        return value, np.hstack([one, two, slope[:, [_S1, _S2]]])

    def _slopes(self, theta: Array) -> tuple[Array, Array]:
        """Log likelihood per case and its slope by R1, R2 and both log scales, (case, 4)."""
        k1, k2 = len(self.first.names), len(self.second.names)
        n = len(self.offers)
        r1 = variable(self.first.matrix @ theta[:k1], _R1, _N)
        r2 = variable(self.second.matrix @ theta[k1 : k1 + k2], _R2, _N)
        s1 = exponential(variable(np.full(n, theta[-2]), _S1, _N))
        s2 = exponential(variable(np.full(n, theta[-1]), _S2, _N))
        log_offer = self._log_offer(r1, r2, s1, s2)
        gap = divide(minus(Dual(self.offers, np.zeros((1, _N))), r2), s2)
        take, leave = log_cdf(gap, "logit"), log_cdf(_negative(gap), "logit")
        said = np.where(self.accepted, take.value, leave.value)
        slope = np.where(self.accepted[:, None], take.slope, leave.slope)
        return log_offer.value + said, slope + log_offer.slope

    def _log_offer(self, r1: Dual, r2: Dual, s1: Dual, s2: Dual) -> Dual:
        """Log density of the offer inside, log probability at a corner."""
        n = len(self.offers)
        one = constant(1.0, n, _N)
        tilt = exponential(divide(minus(Dual(self.offers, np.zeros((1, _N))), r2), s2))
        rise = plus(one, tilt)
        left = Dual(self.prize - self.offers, np.zeros((1, _N)))
        shock = divide(minus(minus(left, r1), times(s2, rise)), s1)
        below, above = log_cdf(shock, "logit"), log_cdf(_negative(shock), "logit")
        # A logistic density is L(t) L(-t) / s; the slope of the shock is the change of variable.
        log_rise = Dual(np.log(rise.value), rise.slope / rise.value[:, None])
        log_scale = Dual(np.log(s1.value), s1.slope / s1.value[:, None])
        inside = plus(minus(plus(below, above), log_scale), log_rise)
        low, high = self.offers <= 0.0, self.offers >= self.prize
        value = np.where(low, above.value, np.where(high, below.value, inside.value))
        slope = np.where(
            low[:, None], above.slope, np.where(high[:, None], below.slope, inside.slope)
        )
        return Dual(value, slope)

    def hessian(self, theta: Array) -> Array:
        """Second derivatives of the log likelihood, by central differences of the gradient."""
        return bend_of(lambda t: self.evaluate(t)[1], theta)


def _negative(a: Dual) -> Dual:
    return Dual(-a.value, -a.slope)


def fit_ultimatum(
    offers: Sequence[float] | Array,
    accepted: Sequence[bool] | Sequence[int] | npt.NDArray[np.generic],
    first: Design,
    second: Design,
    *,
    prize: float,
    weights: Array | None = None,
) -> Fit:
    """Fit reservation values to offers and answers.

    Args:
        offers: (case,) from 0 to `prize`.
        accepted: (case,) 1 where the offer was taken.
        first, second: regressors of the reservation values of the one who offers and of the other.
        prize: what is divided.
        weights: (case,) how often each case counts.

    Raises:
        ModelError: numbers of cases that differ, an offer outside 0 to `prize`, or answers all
            alike.

    Example:
        >>> from standoff.fit.layout import design
        >>> rng = np.random.default_rng(1)
        >>> y = rng.uniform(0.5, 9.5, 300)
        >>> took = rng.random(300) < 1 / (1 + np.exp(-(y - 4.0)))
        >>> fit = fit_ultimatum(y, took, design({}, n=300), design({}, n=300), prize=10.0)
        >>> fit.names
        ('R1:(Intercept)', 'R2:(Intercept)', 'log(s1)', 'log(s2)')
    """
    y = np.asarray(offers, dtype=np.float64)
    took = np.asarray(accepted).astype(bool)
    n = len(y)
    sizes = (len(took), first.matrix.shape[0], second.matrix.shape[0])
    if any(size != n for size in sizes):
        raise ModelError(f"{n} offers beside {sizes}", "one row per case everywhere", "align them")
    if not np.all(np.isfinite(y)) or np.any(y < 0) or np.any(y > prize):
        raise ModelError(
            f"offers from {np.nanmin(y)} to {np.nanmax(y)}",
            f"offers from 0 to the prize of {prize}",
            "set prize to what is divided",
        )
    if took.all() or not took.any():
        raise ModelError("answers that are all alike", "some taken and some left", "more cases")
    counts = np.ones(n) if weights is None else np.asarray(weights, dtype=np.float64)
    model = UltimatumModel(y, took, first, second, float(prize), counts)
    start = _start(model)
    theta, iterations = maximise(model.evaluate, model.hessian, start)
    return report(model, theta, iterations, model.evaluate, model.hessian, start)


def _start(model: UltimatumModel) -> Array:
    """Least squares: what player 2 takes is near R2; what player 1 keeps back is near R1."""
    k1, k2 = len(model.first.names), len(model.second.names)
    theta = np.zeros(k1 + k2 + 2)
    two, *_ = np.linalg.lstsq(model.second.matrix, model.offers, rcond=None)
    kept = model.prize - model.offers - 1.0
    one, *_ = np.linalg.lstsq(model.first.matrix, kept, rcond=None)
    theta[:k1], theta[k1 : k1 + k2] = one, two
    theta[-2] = np.log(max(float(np.std(kept - model.first.matrix @ one)), 0.1))
    theta[-1] = np.log(max(float(np.std(model.offers - model.second.matrix @ two)), 0.1))
    return theta

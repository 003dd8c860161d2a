"""Maximum likelihood for games: search, polish, standard errors and an honest status.

The search is BFGS with the exact gradient from the start values of :mod:`starts`, then Newton
steps until the gradient is as good as zero. Standard errors come from the inverse of the Hessian.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, cast

import numpy as np
import numpy.typing as npt

from standoff.errors import ModelError
from standoff.fit.dual import Link
from standoff.fit.identify import check_identified
from standoff.fit.layout import Utilities
from standoff.fit.likelihood import ErrorKind, Likelihood, ScaleKind, build_likelihood
from standoff.fit.scores import Scores, score
from standoff.fit.starts import start_values
from standoff.fit.tree import Tree

__all__ = [
    "Fit",
    "FitStatus",
    "Fittable",
    "Weight",
    "fit_game",
    "maximise",
    "report",
    "strong_weights",
]

Array = npt.NDArray[np.float64]
_SEPARATED: dict[Link, float] = {"probit": 7.0, "logit": 18.0}
"""A weight that moves a utility by this many units over two standard deviations is no estimate:
odds beyond a hundred thousand to one, unless it is told from zero by many standard errors."""
_TOLD = 3.0
_FALLS = 0.1


class Fittable(Protocol):
    """What can be fitted: named parameters, a log likelihood with its slope and its bend."""

    @property
    def names(self) -> tuple[str, ...]:
        """One per parameter."""
        ...

    @property
    def weights(self) -> Array:
        """(case,) how often each case counts."""
        ...

    def evaluate(self, theta: Array) -> tuple[float, Array]:
        """Log likelihood and its gradient, (parameter,)."""
        ...

    def case_gradients(self, theta: Array) -> tuple[Array, Array]:
        """Log likelihood per case, (case,), and its gradient, (case, parameter)."""
        ...

    def hessian(self, theta: Array) -> Array:
        """Second derivatives of the log likelihood, (parameter, parameter)."""
        ...


class FitStatus(StrEnum):
    """How a search ended."""

    CONVERGED = "converged"
    NOT_CONVERGED = "not converged"
    FLAT = "flat"  # the likelihood does not bend in some direction: no standard errors
    SEPARATED = "separated"  # a weight runs off: some regressor predicts an outcome perfectly


@dataclass(frozen=True, slots=True)
class Weight:
    """One estimate with its standard error (None where the likelihood is flat)."""

    name: str
    value: float
    error: float | None

    @property
    def z(self) -> float | None:
        """The estimate in standard errors."""
        return None if not self.error else self.value / self.error


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted game.

    Attributes:
        model: the game with its data.
        coef: (parameter,) estimates, in the order of `names`.
        covariance: (parameter, parameter), or None where the likelihood is flat.
        log_likelihood: at the estimates, without any prior.
        status, message: how the search ended; the message says what to do.
        iterations: of BFGS and of Newton together.
        gradient: largest absolute slope at the estimates.
        curvature: smallest eigenvalue of the scaled information; near zero means not identified.
        prior_sd: spread of the normal prior on weights, or None for plain maximum likelihood.
        start: (parameter,) where the search began.
    """

    model: Fittable
    coef: Array
    covariance: Array | None
    log_likelihood: float
    status: FitStatus
    message: str
    iterations: int
    gradient: float
    curvature: float
    prior_sd: float | None
    start: Array

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the parameters."""
        return self.model.names

    @property
    def errors(self) -> Array | None:
        """Standard errors, (parameter,)."""
        return None if self.covariance is None else np.sqrt(np.diag(self.covariance))

    @property
    def n_cases(self) -> float:
        """Cases, counted with their weights."""
        return float(self.model.weights.sum())

    @property
    def aic(self) -> float:
        """Akaike's criterion, 2 k - 2 ln L."""
        return 2.0 * len(self.coef) - 2.0 * self.log_likelihood

    @property
    def bic(self) -> float:
        """Schwarz's criterion, k ln n - 2 ln L."""
        return len(self.coef) * float(np.log(self.n_cases)) - 2.0 * self.log_likelihood

    def weights(self) -> tuple[Weight, ...]:
        """The table of estimates."""
        errors = self.errors
        return tuple(
            Weight(n, float(self.coef[i]), None if errors is None else float(errors[i]))
            for i, n in enumerate(self.names)
        )

    def least_told(self) -> tuple[str, ...]:
        """Parameters that move along the direction in which the likelihood bends least."""
        if self.covariance is None:
            return ()
        information = np.asarray(np.linalg.inv(self.covariance), dtype=np.float64)
        return _flattest(self.names, information, np.sqrt(np.diag(information)))

    def __getitem__(self, name: str) -> Weight:
        for weight in self.weights():
            if weight.name == name:
                return weight
        raise ModelError(f"the parameter {name!r}", " | ".join(self.names), "take one of these")

    def _tree_model(self) -> Likelihood:
        if not isinstance(self.model, Likelihood):
            raise ModelError(
                "outcomes of a model with a scale of offers",
                "a game with a list of outcomes",
                "fit_game(...)",
            )
        return self.model

    def probabilities(self) -> Array:
        """Fitted probability of every outcome, (case, outcome).

        Raises:
            ModelError: the model has no list of outcomes (ultimatum).
        """
        return self._tree_model().probabilities(self.coef)

    def scores(self) -> Scores:
        """Scores on the data of the fit itself; judge a model on other data where you can."""
        model = self._tree_model()
        return score(self.probabilities(), model.chosen, model.weights)


def fit_game(
    tree: Tree,
    observed: Sequence[str] | Sequence[int] | npt.NDArray[np.generic],
    utilities: Utilities,
    *,
    link: Link = "probit",
    error: ErrorKind = "agent",
    scale: ScaleKind = "fixed",
    weights: Array | None = None,
    prior_sd: float | None = None,
    start: Array | None = None,
) -> Fit:
    """Fit the utilities of a game to observed outcomes.

    Args:
        tree, observed, utilities, link, error, scale, weights: see :func:`build_likelihood`.
        prior_sd: a normal prior of this spread, in utility units, on every weight: for data in
            which an outcome is rare or separated. None is plain maximum likelihood.
        start: where to begin; by default statistical backward induction.

    Raises:
        ModelError: the data do not fit together, or the model cannot be told from them.

    Example:
        >>> from standoff.fit.layout import design
        >>> from standoff.fit.tree import egame12
        >>> seen = ["~esc"] * 50 + ["esc,~war"] * 30 + ["esc,war"] * 20
        >>> free = {(1, "~esc"): design({}, n=100), (2, "esc,war"): design({}, n=100)}
        >>> fit = fit_game(egame12(), seen, free)
        >>> fit.status, [round(abs(w.value), 4) for w in fit.weights()], round(fit.log_likelihood, 4)
        (<FitStatus.CONVERGED: 'converged'>, [0.0, 0.3583], -102.9653)
    """
    likelihood = build_likelihood(
        tree, observed, utilities, link=link, error=error, scale=scale, weights=weights
    )
    check_identified(likelihood)
    if prior_sd is not None and not prior_sd > 0:
        raise ModelError(f"prior_sd={prior_sd}", "a positive spread", "prior_sd=2.5")
    begin = start_values(likelihood) if start is None else np.asarray(start, dtype=np.float64)
    if begin.shape != (len(likelihood.names),):
        raise ModelError(
            f"start values of shape {begin.shape}",
            f"one per parameter: {len(likelihood.names)}",
            "leave start out",
        )
    precision = np.zeros(len(likelihood.names))
    if prior_sd is not None:
        for block in likelihood.blocks:
            if block.key is not None:
                precision[block.start : block.stop] = prior_sd**-2

    def objective(theta: Array) -> tuple[float, Array]:
        value, slope = likelihood.evaluate(theta)
        return value - 0.5 * float(precision @ theta**2), slope - precision * theta

    def bend(theta: Array) -> Array:
        return likelihood.hessian(theta) - np.diag(precision)

    theta, iterations = maximise(objective, bend, begin)
    parts = [(b.matrix, b.start) for b in likelihood.blocks if b.matrix is not None]
    strong = [] if prior_sd is not None else strong_weights(parts, theta, likelihood.link)
    return report(likelihood, theta, iterations, objective, bend, begin, prior_sd, strong)


def maximise(
    objective: Callable[[Array], tuple[float, Array]],
    hessian: Callable[[Array], Array],
    start: Array,
) -> tuple[Array, int]:
    """Climb to a maximum: BFGS, then damped Newton steps while they still help.

    Example:
        >>> top, _ = maximise(
        ...     lambda t: (-float(t @ t), -2.0 * t), lambda t: -2.0 * np.eye(2), np.array([3.0, 1.0])
        ... )
        >>> bool(np.max(np.abs(top)) < 1e-10)
        True
    """
    from scipy import optimize  # here, because it takes a third of a second to load

    def downhill(theta: Array) -> tuple[float, Array]:
        value, slope = objective(theta)
        return -value, -slope

    minimise = cast(Any, optimize).minimize
    result = minimise(
        downhill, start, jac=True, method="BFGS", options={"maxiter": 500, "gtol": 1e-4}
    )
    theta, iterations = np.asarray(result.x, dtype=np.float64), int(result.nit)
    value, slope = objective(theta)
    for _ in range(20):
        if float(np.max(np.abs(slope))) < 1e-9:
            break
        information = -hessian(theta)
        try:
            step = np.linalg.solve(information, slope)
        except np.linalg.LinAlgError:
            break
        if float(slope @ step) <= 0:  # not a hill here: BFGS has ended on a saddle or a plateau
            break
        length = 1.0
        while length > 1e-4:
            tried = objective(theta + length * step)
            # The last steps move the value by less than its rounding; the slope decides then.
            better = tried[0] > value or (
                tried[0] > value - 1e-10 * abs(value)
                and float(np.max(np.abs(tried[1]))) < float(np.max(np.abs(slope)))
            )
            if np.isfinite(tried[0]) and better:
                break
            length *= 0.5
        else:
            break
        theta = theta + length * step
        value, slope = tried
        iterations += 1
    return theta, iterations


def report(
    model: Fittable,
    theta: Array,
    iterations: int,
    objective: Callable[[Array], tuple[float, Array]],
    hessian: Callable[[Array], Array],
    start: Array,
    prior_sd: float | None = None,
    strong: Sequence[int] = (),
) -> Fit:
    """A fit from where a search ended: errors, curvature, status and message.

    `objective` and `hessian` are those that were climbed, with the prior if there was one;
    `strong` are the places of weights with effects beyond all measure. Such a weight is real where
    it is well told from zero, or where the likelihood falls when it goes on; else it runs off.
    """
    top, slope = objective(theta)
    steepest = float(np.max(np.abs(slope)))
    information = -hessian(theta)
    size = np.sqrt(np.maximum(np.abs(np.diag(information)), 1e-300))
    curvature = float(np.linalg.eigvalsh(information / np.outer(size, size))[0])
    value = model.evaluate(theta)[0]
    covariance = None
    if curvature > 1e-9:
        inverse = np.linalg.inv(information)
        covariance = 0.5 * (inverse + inverse.T)
    errors = np.full(len(theta), np.inf)
    if covariance is not None:
        errors = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    loose = [k for k in strong if abs(theta[k]) < _TOLD * errors[k]]
    if covariance is not None:
        # One standard error further on costs half a unit at a true peak, nothing on a plateau.
        outward = {k: np.sign(theta[k]) * covariance[:, k] / errors[k] for k in loose}
        loose = [k for k in loose if top - objective(theta + outward[k])[0] < _FALLS]
    if loose:
        status = FitStatus.SEPARATED
        message = f"{model.names[loose[0]]} runs off: it predicts an outcome perfectly; fit with prior_sd=2.5"
    elif covariance is None:
        status = FitStatus.FLAT
        alike = ", ".join(_flattest(model.names, information, size))
        message = f"{alike}: cannot be told apart on these data; drop one or set prior_sd"
    elif steepest > 1e-4 * max(1.0, abs(value) * 1e-2):
        status = FitStatus.NOT_CONVERGED
        message = f"slope {steepest:.1e} left after {iterations} steps; scale the regressors"
    else:
        status, message = FitStatus.CONVERGED, "the gradient is zero and the likelihood bends"
    return Fit(
        model=model,
        coef=theta,
        covariance=covariance,
        log_likelihood=value,
        status=status,
        message=message,
        iterations=iterations,
        gradient=steepest,
        curvature=curvature,
        prior_sd=prior_sd,
        start=start,
    )


def _flattest(names: Sequence[str], information: Array, size: Array) -> tuple[str, ...]:
    """The parameters that move along the direction in which the likelihood bends least."""
    _, vectors = np.linalg.eigh(information / np.outer(size, size))
    share = np.abs(vectors[:, 0])
    return tuple(n for n, s in zip(names, share, strict=True) if s > 0.1 * share.max())


def strong_weights(parts: Sequence[tuple[Array, int]], theta: Array, link: Link) -> list[int]:
    """Places of weights whose effect over two standard deviations is beyond all measure.

    `parts` are matrices of regressors, each with the place of its first weight in `theta`.
    """
    found: list[tuple[float, int]] = []
    for matrix, start in parts:
        deviation = np.asarray(matrix.std(axis=0), dtype=np.float64)
        level = 0.5 * np.asarray(np.abs(matrix).max(axis=0), dtype=np.float64)
        spread = np.where(deviation < 1e-12, level, deviation)
        effect = np.abs(2.0 * spread * theta[start : start + matrix.shape[1]])
        over = np.flatnonzero(effect > _SEPARATED[link])
        found += [(-float(effect[k]), start + int(k)) for k in over]
    return [place for _, place in sorted(found)]

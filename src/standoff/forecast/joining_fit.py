"""A fit of joining: who comes to the aid of a state that is attacked.

With x the regressors of :mod:`standoff.forecast.joining_cases` and u a normal effect of the dispute, which
its opportunities share (in 1950 and 1990 many came, mostly nobody does):

    P(joins) = logistic(x b + u),  u ~ N(0, tau^2)

b and tau are fitted by the marginal likelihood (Gauss-Hermite) with a normal prior on b; a new
dispute has an effect that nobody knows, so a chance is averaged over u.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

import numpy as np

from standoff.errors import DescriptionError
from standoff.forecast.joining_cases import NAMES, Mask, Opportunities
from standoff.forecast.logit import logistic
from standoff.forecast.lookup import Array

__all__ = [
    "NODES",
    "WEIGHTS",
    "Joining",
    "fit_joining",
    "leave_one_out",
    "load_joining",
    "write_joining",
]

_PRIOR = 1.5
"""Standard deviation of the prior of a coefficient: a factor of e^1.5 in the odds either way."""
NODES, _MASS = (np.asarray(v, dtype=np.float64) for v in np.polynomial.hermite_e.hermegauss(21))
WEIGHTS: Array = _MASS / _MASS.sum()


@dataclass(frozen=True, slots=True)
class Joining:
    """A fit.

    Attributes:
        coef: (1 + regressor,), the constant first.
        cov: of coef and ln tau, (2 + regressor, 2 + regressor).
        tau: standard deviation of the effect of a dispute.
        wars: share of attacks that became wars, for when it is not known.
        joined, cases: counts behind it.
    """

    coef: Array
    cov: Array
    tau: float
    wars: float
    joined: int
    cases: int


def fit_joining(rows: Opportunities, start: Joining | None = None) -> Joining:
    """Fit by the marginal likelihood of disputes.

    Args:
        rows: opportunities.
        start: a fit to begin from.
    """
    x = np.concatenate([np.ones((len(rows.x), 1)), rows.x], axis=1)
    _, group = np.unique(rows.dispute, return_inverse=True)
    y = rows.joined.astype(float)
    sign = 2 * y - 1
    count = int(group.max()) + 1

    def loss(theta: Array) -> tuple[float, Array]:
        tau = np.exp(theta[-1])
        eta = (x @ theta[:-1])[:, None] + tau * NODES
        ln = -np.logaddexp(0.0, -sign[:, None] * eta)
        within = np.zeros((count, len(NODES)))
        np.add.at(within, group, ln)
        within = within + np.log(WEIGHTS)
        top = within.max(axis=1, keepdims=True)
        total = top[:, 0] + np.log(np.exp(within - top).sum(axis=1))
        post = np.exp(within - total[:, None])[group]
        error = (y[:, None] - logistic(eta)) * post
        slope = np.concatenate([x.T @ error.sum(axis=1), [tau * (error @ NODES).sum()]])
        prior = np.concatenate([[0.0], theta[1:-1] / _PRIOR**2, [theta[-1]]])
        value = -total.sum() + 0.5 * (theta[1:-1] @ theta[1:-1]) / _PRIOR**2
        value += 0.5 * theta[-1] ** 2
        return float(value), prior - slope

    begin = np.zeros(x.shape[1] + 1)
    begin[0] = np.log(y.mean() / (1 - y.mean()))
    if start is not None:
        begin = np.concatenate([start.coef, [np.log(start.tau)]])
    theta, cov = _descend(loss, begin)
    war = rows.x[:, NAMES.index("war")]
    by_dispute = np.bincount(group, weights=war) / np.bincount(group)
    return Joining(
        theta[:-1],
        cov,
        float(np.exp(theta[-1])),
        float(by_dispute.mean()),
        int(y.sum()),
        len(y),
    )


def _descend(loss: Callable[[Array], tuple[float, Array]], theta: Array) -> tuple[Array, Array]:
    """(where the loss is least, inverse of its second derivative there): halved Newton steps."""
    curve = np.eye(len(theta))
    for _ in range(40):
        value, slope = loss(theta)
        curve = np.stack(
            [
                (loss(theta + step)[1] - loss(theta - step)[1]) / 2e-4
                for step in 1e-4 * np.eye(len(theta))
            ]
        )
        values, axes = np.linalg.eigh((curve + curve.T) / 2)
        # Away from the minimum a direction may curve down: every one is made to curve up.
        curve = (axes * np.maximum(np.abs(values), 1e-3)) @ axes.T
        step = np.linalg.solve(curve, -slope)
        size = 1.0
        while size > 1e-6 and loss(theta + size * step)[0] > value:
            size /= 2
        theta = theta + size * step
        if float(np.abs(slope).max()) < 1e-3:
            break
    return theta, np.linalg.inv(curve).astype(np.float64)


def chances(fit: Joining, x: Array) -> Array:
    """P(joins) of opportunities in a new dispute, at the estimates, (row,)."""
    eta = (fit.coef[0] + x @ fit.coef[1:])[:, None] + fit.tau * NODES
    return logistic(eta) @ WEIGHTS


def leave_one_out(rows: Opportunities, only: Mask | None = None) -> tuple[Array, Array]:
    """Chances of each dispute from a fit to all others, and the one rate of the others.

    Args:
        rows: opportunities.
        only: (row,) disputes to leave out in turn, such as the wars; default all. The one rate is
            that of the rows of the same kind.

    Returns:
        (row,) chances, (row,) rates; nan outside `only`.
    """
    kind = np.ones(len(rows.joined), dtype=bool) if only is None else only
    said, rate = np.full(len(kind), np.nan), np.full(len(kind), np.nan)
    whole = fit_joining(rows)
    for number in np.unique(rows.dispute[kind]):
        out = rows.dispute == number
        said[out] = chances(fit_joining(rows.where(~out), whole), rows.x[out])
        rate[out] = rows.joined[kind & ~out].mean()
    return said, rate


@lru_cache(maxsize=1)
def load_joining() -> Joining:
    """The fit that ships.

    Example:
        >>> load_joining().cases > 1000
        True
    """
    file = resources.files("standoff.forecast") / "data" / "joining-1.toml"
    try:
        data = tomllib.loads(file.read_text("utf-8"))
        size = len(NAMES) + 2
        cov = np.zeros((size, size))
        cov[np.tril_indices(size)] = data["cov"]
        return Joining(
            np.array(data["coef"], dtype=float),
            cov + np.tril(cov, -1).T,
            float(data["tau"]),
            float(data["wars"]),
            int(data["joined"]),
            int(data["cases"]),
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise DescriptionError(
            f"joining-1.toml ({error})", "the fit that ships", "install the package again"
        ) from error


def write_joining(fit: Joining, file: Path) -> None:
    """Write a fit as TOML."""
    names = ", ".join(f'"{n}"' for n in ("constant", *NAMES))
    cov = fit.cov[np.tril_indices(len(fit.cov))]
    lines = [
        'name = "joining-1"',
        f"joined = {fit.joined}",
        f"cases = {fit.cases}",
        "# Share of attacks that became wars.",
        f"wars = {fit.wars:.4f}",
        "# Standard deviation of the effect of a dispute.",
        f"tau = {fit.tau:.5f}",
        f"names = [{names}]",
        f"coef = [{', '.join(f'{v:.5f}' for v in fit.coef)}]",
        "# Of the coefficients and ln tau, lower triangle by rows.",
        f"cov = [{', '.join(f'{v:.5e}' for v in cov)}]",
    ]
    file.write_text("\n".join(lines) + "\n", "utf-8")

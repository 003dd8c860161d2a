"""Fitting the constants: posterior mode, Laplace mixture with importance weights.

    log p(theta | y) = sum_n log Z_n(theta) + log p(theta)

where Z_n are the normalising constants of the filter (without jumps: over the span of a fit they
act through the spread of the path). The mode is found by L-BFGS with central differences; the
curvature there gives a Gaussian, whose draws are weighted by the true posterior, so that levels
can carry the uncertainty of the constants.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np

from standoff.errors import MissingExtra, ModelError
from standoff.measure.design import Design
from standoff.measure.dynamics import BASE, Array
from standoff.measure.filter import load_kernel, plain_kernel
from standoff.measure.model import Model
from standoff.measure.priors import Parameters, arrays, model_of, parameters

_EMPTY1 = np.empty(0)
_EMPTY2 = np.empty((0, 0))
_EMPTY3 = np.empty((0, 0, 0))
STEP = 1e-4
# Degrees of freedom of the t distribution from which constants are drawn.
FREEDOM = 12.0
# So many draws, taken by their weights, stand for the constants in bands of levels.
BAND_DRAWS = 64


@dataclass(frozen=True, slots=True)
class StanceFit:
    """A fit: the mode, its Gaussian, weighted draws, and what to look at first.

    `draws` (draw, parameter) with `weights` (draw,) stand for the posterior; `ess` is their
    effective number. `gradient` is the largest slope left at the mode, in prior sds.
    """

    design: Design
    parameters: Parameters
    mode: Array
    covariance: Array
    draws: Array
    weights: Array
    log_posterior: float
    converged: bool
    gradient: float
    ess: float
    seconds: float

    def table(self, coverage: float = 0.9) -> tuple[tuple[str, float, float, float, float], ...]:
        """Per parameter: name, prior mean, posterior median and interval (weighted draws)."""
        tail = 0.5 * (1.0 - coverage)
        rows: list[tuple[str, float, float, float, float]] = []
        for i, name in enumerate(self.parameters.names):
            order = np.argsort(self.draws[:, i], kind="stable")
            cum = np.cumsum(self.weights[order])
            low, mid, high = (
                float(self.draws[order[min(int(np.searchsorted(cum, p)), len(cum) - 1)], i])
                for p in (tail, 0.5, 1.0 - tail)
            )
            rows.append((name, float(self.parameters.mean[i]), mid, low, high))
        return tuple(rows)

    def model(self, name: str, version: int, how: str) -> Model:
        """The model at the mode."""
        return model_of(self.design, self.mode, name=name, version=version, how=how)


def log_likelihood(design: Design, theta: Array) -> float:
    """Sum of log Z over all signals; -inf where the constants leave their range."""
    compiled = plain_kernel()
    if compiled is None:
        raise MissingExtra(
            "a fit without numba", "the extra `fast`", "pip install 'standoff[fast]'"
        )
    if not (abs(theta[:2]).max() < 12.0 and abs(theta[2]) < 3.0):
        return -math.inf
    a = arrays(design, theta)
    value = compiled.plain_run(
        a.rows, design.week, design.first, a.mean, a.cov, a.rates, a.be, a.p, a.slow,
        _EMPTY2, _EMPTY3, _EMPTY1,
    )  # fmt: skip
    return float(value) if math.isfinite(value) else -math.inf


def log_posterior(design: Design, prior: Parameters, theta: Array) -> float:
    """Log likelihood plus log prior (up to the prior's constant)."""
    z = (theta - prior.mean) / prior.sd
    return log_likelihood(design, theta) - 0.5 * float(z @ z)


def fit_stance(
    design: Design,
    *,
    rng: np.random.Generator,
    draws: int = 256,
    hold: Collection[str] = (),
    progress: Callable[[str], None] | None = None,
    workers: int = 2,
) -> StanceFit:
    """Fit the constants of a design. Raises `ModelError` where no finite mode is found.

    `hold` names constants that stay at their prior mean. `progress` is told what is being done;
    `workers` threads share the differences.
    """
    if not load_kernel():
        raise MissingExtra(
            "a fit without numba", "the extra `fast`", "pip install 'standoff[fast]'"
        )
    started = time.perf_counter()
    tell = progress or _silent
    prior = parameters(design, hold)
    scale = prior.sd

    def value(u: Array) -> float:
        return -log_posterior(design, prior, prior.mean + scale * u)

    n = len(scale)
    with ThreadPoolExecutor(max_workers=workers) as pool:

        def gradient(u: Array) -> Array:
            points = [u + STEP * sign * np.eye(n)[i] for i in range(n) for sign in (1.0, -1.0)]
            v = np.fromiter(pool.map(value, points), float, 2 * n)
            return (v[0::2] - v[1::2]) / (2.0 * STEP)

        tell(f"{design.count} signals, {len(design.series)} series, {n} constants: mode")
        from scipy import optimize  # here: a fifth of a second that only a fit needs

        search: Any = optimize.minimize  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        result = search(
            value, np.zeros(n), jac=gradient, method="L-BFGS-B",
            bounds=[(-6.0, 6.0)] * n, options={"maxiter": 200, "ftol": 1e-10, "gtol": 1e-3},
        )  # fmt: skip
        mode = np.asarray(result.x, dtype=float)
        best = float(result.fun)
        if not math.isfinite(best):
            raise ModelError(
                "a posterior without a finite mode",
                "constants near the prior",
                "check the item table",
            )
        tell(f"mode after {int(result.nit)} steps, log posterior {-best:.3f}: curvature")
        h = 1e-2
        hessian = np.array(
            [(gradient(mode + h * e) - gradient(mode - h * e)) / (2.0 * h) for e in np.eye(n)]
        )
        values, vectors = np.linalg.eigh(0.5 * (hessian + hessian.T))
        # The prior alone gives every direction a curvature of 1 on this scale.
        values = np.maximum(values, 0.25)
        root = vectors / np.sqrt(values)
        tell(f"{draws} draws with importance weights")
        # Tails heavier than the Gaussian's, so that no draw of the posterior is out of reach.
        mixing = np.sqrt(FREEDOM / rng.chisquare(FREEDOM, draws))
        noise = rng.standard_normal((draws, n)) * mixing[:, None]
        points = mode + noise @ root.T
        logs = -np.fromiter(pool.map(value, points), float, draws)
        slope = float(np.abs(gradient(mode)).max())
    log_q = -0.5 * (FREEDOM + n) * np.log1p((noise**2).sum(axis=1) / FREEDOM)
    weights = importance_weights(logs - log_q)
    return StanceFit(
        design,
        prior,
        prior.mean + scale * mode,
        (root @ root.T) * np.outer(scale, scale),
        prior.mean + scale * points,
        weights,
        -best,
        bool(slope < 0.05),
        slope,
        float(1.0 / (weights @ weights)),
        time.perf_counter() - started,
    )


def _silent(_: str) -> None:
    return


def importance_weights(log_ratio: Array) -> Array:
    """Self-normalised weights, truncated at the square root of their number times the mean.

    Truncation (Ionides 2008) bounds the variance that one heavy draw could bring.

    >>> importance_weights(np.zeros(4)).tolist()
    [0.25, 0.25, 0.25, 0.25]
    """
    finite = np.where(np.isfinite(log_ratio), log_ratio, -np.inf)
    w = np.exp(finite - finite.max())
    w = np.minimum(w, w.mean() * math.sqrt(len(w)))
    return w / w.sum()


@dataclass(frozen=True, slots=True)
class Bands:
    """(words, deeds) at every signal, axis `row`: filtered and smoothed, constants integrated.

    `*_mean` (row, 2) and `*_sd` (row, 2); quantiles from the mixture over constants.
    """

    filtered_mean: Array
    filtered_sd: Array
    smoothed_mean: Array
    smoothed_sd: Array
    filtered_parts: tuple[Array, Array]
    smoothed_parts: tuple[Array, Array]
    weights: Array


def bands(fit: StanceFit, *, mixture: bool = True, workers: int = 2) -> Bands:
    """Run filter and smoother under every draw of the constants (or the mode alone).

    `*_parts` are means and sds per draw, (draw, row, 2), for quantiles of the mixture.
    """
    compiled = plain_kernel()
    assert compiled is not None
    design = fit.design
    thetas, weights = fit.mode[None], np.ones(1)
    if mixture:
        count = min(BAND_DRAWS, len(fit.draws))
        steps = (np.arange(count) + 0.5) / count
        chosen = np.minimum(np.searchsorted(np.cumsum(fit.weights), steps), len(fit.draws) - 1)
        which, times = np.unique(chosen, return_counts=True)
        thetas, weights = fit.draws[which], times / count
    t = np.zeros((2, BASE))
    t[0, 0] = t[0, 2] = t[1, 1] = t[1, 3] = 1.0

    def run(theta: Array) -> tuple[Array, Array, Array, Array]:
        a = arrays(design, theta)
        mean = np.empty((design.count, BASE))
        cov = np.empty((design.count, BASE, BASE))
        compiled.plain_run(
            a.rows, design.week, design.first, a.mean, a.cov, a.rates, a.be, a.p, a.slow,
            mean, cov, _EMPTY1,
        )  # fmt: skip
        f_mean, f_sd = mean @ t.T, np.sqrt(np.einsum("ks,nst,kt->nk", t, cov, t))
        compiled.smooth_back(design.week, design.first, mean, cov, a.rates, a.be, a.p, a.slow)
        s_mean = mean @ t.T
        s_var = np.einsum("ks,nst,kt->nk", t, cov, t)
        return f_mean, f_sd, s_mean, np.sqrt(np.maximum(s_var, 1e-12))

    with ThreadPoolExecutor(max_workers=workers) as pool:
        parts = list(pool.map(run, thetas))
    fm, fs, sm, ss = (np.array([p[i] for p in parts]) for i in range(4))

    def moments(m: Array, s: Array) -> tuple[Array, Array]:
        centre = np.einsum("d,dnk->nk", weights, m)
        second = np.einsum("d,dnk->nk", weights, s**2 + (m - centre) ** 2)
        return centre, np.sqrt(second)

    return Bands(*moments(fm, fs), *moments(sm, ss), (fm, fs), (sm, ss), weights)

"""Does a forecast know anything? Train to a year, forecast the years after, beside plain rivals.

A forecast is a function of (training cases, cases to forecast), so it cannot see what comes later
except through its own regressors: those must be known before the year that they stand beside.
Scores are per case and for the event alone: Brier (p - y)^2, log -ln p(what came), lower is better.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from standoff.errors import ModelError
from standoff.fit.estimate import FitStatus, fit_game
from standoff.fit.layout import Design, Utilities
from standoff.fit.likelihood import build_likelihood
from standoff.fit.scores import area_under_curve
from standoff.fit.starts import binary_weights
from standoff.fit.tree import Tree

__all__ = [
    "Backtest",
    "Fold",
    "Forecaster",
    "Mark",
    "backtest",
    "base_rate_forecast",
    "game_forecast",
    "happened_lately",
    "logit_forecast",
    "persistence_forecast",
    "rolling_origin",
]

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Forecaster = Callable[[Mask, Mask], Array]
"""(case,) training cases, (case,) cases to forecast -> chance of the event, one per latter."""
SMALLEST = 1e-12


@dataclass(frozen=True, slots=True)
class Fold:
    """Train on all years to `trained_to`, forecast the years `first` to `last`."""

    trained_to: int
    first: int
    last: int

    def __post_init__(self) -> None:
        if not self.trained_to < self.first <= self.last:
            raise ModelError(
                f"a fold trained to {self.trained_to} that forecasts {self.first} to {self.last}",
                "forecasts of later years only",
                "Fold(1990, 1991, 2010)",
            )


def rolling_origin(first: int, last: int, step: int = 1) -> tuple[Fold, ...]:
    """Folds that forecast `step` years at a time from `first` to `last`.

    Example:
        >>> rolling_origin(1991, 1995, 2)[-1]
        Fold(trained_to=1994, first=1995, last=1995)
    """
    if step < 1:
        raise ModelError(f"folds of {step} years", "one year or more", "step=1")
    starts = range(first, last + 1, step)
    return tuple(Fold(a - 1, a, min(a + step - 1, last)) for a in starts)


@dataclass(frozen=True, slots=True)
class Mark:
    """How one forecast did over all folds.

    Attributes:
        name: of the forecast.
        n, events: cases forecast, and events among them.
        brier, log: mean loss per case.
        auc: chance that an event was given more than a non-event; nan when there is only one kind.
        forecast: mean chance given; beside events / n it shows the bias.
    """

    name: str
    n: int
    events: int
    brier: float
    log: float
    auc: float
    forecast: float


@dataclass(frozen=True, slots=True)
class Backtest:
    """Forecasts of the same cases, side by side.

    Attributes:
        happened, years: (forecast case,).
        chances: name to (forecast case,).
        folds: how the years were cut.
    """

    happened: Mask
    years: npt.NDArray[np.int64]
    chances: Mapping[str, Array]
    folds: tuple[Fold, ...]

    def marks(self) -> tuple[Mark, ...]:
        """One row per forecast, in the order given."""
        return tuple(self.mark(name) for name in self.chances)

    def mark(self, name: str) -> Mark:
        """The row of one forecast."""
        p, y = self._chance(name), self.happened
        mixed = bool(y.any()) and not bool(y.all())
        return Mark(
            name,
            len(y),
            int(y.sum()),
            float(np.mean((p - y) ** 2)),
            float(np.mean(_log_loss(p, y))),
            area_under_curve(p, y) if mixed else float("nan"),
            float(p.mean()),
        )

    def gain(self, name: str, over: str) -> tuple[float, float]:
        """Log loss per case saved by `name` over `over`, and its standard error.

        The error takes years as the unit, since cases of one year are not independent; nan with
        fewer than two years.
        """
        saved = _log_loss(self._chance(over), self.happened) - _log_loss(
            self._chance(name), self.happened
        )
        mean = float(saved.mean())
        _, year = np.unique(self.years, return_inverse=True)
        sums = np.bincount(year, weights=saved - mean)
        if len(sums) < 2:
            return mean, float("nan")
        blocks = len(sums)
        error = np.sqrt(blocks / (blocks - 1) * float(sums @ sums)) / len(saved)
        return mean, float(error)

    def verdict(self, name: str, over: str) -> str:
        """One sentence: does `name` beat `over`, beyond two standard errors?"""
        mean, error = self.gain(name, over)
        size = f"{mean:+.5f} log loss per case (standard error {error:.5f})"
        if np.isfinite(error) and mean > 2 * error:
            return f"{name} beats {over}: {size}"
        if np.isfinite(error) and mean < -2 * error:
            return f"{name} is worse than {over}: {size}"
        return f"{name} does not beat {over}: {size}"

    def _chance(self, name: str) -> Array:
        if name not in self.chances:
            raise ModelError(
                f"a forecast {name!r}", f"one of {', '.join(self.chances)}", "name one of them"
            )
        return self.chances[name]


def backtest(
    happened: npt.NDArray[np.generic] | Sequence[bool],
    years: npt.NDArray[np.generic] | Sequence[int],
    forecasts: Mapping[str, Forecaster],
    folds: Sequence[Fold],
) -> Backtest:
    """Train and forecast fold by fold.

    Args:
        happened: (case,) whether the event came.
        years: (case,).
        forecasts: name to forecast; give the base rate, persistence and a plain logit as rivals.
        folds: see :func:`rolling_origin`.

    Raises:
        ModelError: nothing to train on or to forecast in a fold, folds that overlap, or a forecast
            that is no chance.

    Example:
        >>> y = np.array([0, 1, 0, 0, 1, 0], dtype=bool)
        >>> when = np.array([2000, 2000, 2001, 2001, 2002, 2002])
        >>> test = backtest(y, when, {"base": base_rate_forecast(y)}, [Fold(2001, 2002, 2002)])
        >>> test.mark("base").events, test.mark("base").forecast
        (1, 0.3)
    """
    y, when = np.asarray(happened).astype(bool), np.asarray(years).astype(np.int64)
    if y.shape != when.shape or y.ndim != 1 or not forecasts or not folds:
        raise ModelError(
            f"{y.shape} events, {when.shape} years, {len(forecasts)} forecasts, {len(folds)} folds",
            "one year per case, a forecast and a fold at least",
            "align them",
        )
    ordered = sorted(folds, key=lambda f: f.first)
    for before, after in itertools.pairwise(ordered):
        if after.first <= before.last:
            raise ModelError(
                f"the year {after.first} in two folds", "each year forecast once", "cut the folds"
            )
    seen: list[Mask] = []
    said: dict[str, list[Array]] = {name: [] for name in forecasts}
    for fold in ordered:
        train, test = when <= fold.trained_to, (when >= fold.first) & (when <= fold.last)
        if not train.any() or not test.any():
            raise ModelError(
                f"{int(train.sum())} cases to {fold.trained_to} and {int(test.sum())} in "
                f"{fold.first} to {fold.last}",
                "cases to train on and to forecast in every fold",
                "choose folds within the years of the data",
            )
        seen.append(test)
        for name, forecast in forecasts.items():
            said[name].append(_checked(name, forecast(train, test), int(test.sum())))
    order = np.concatenate([np.flatnonzero(t) for t in seen])
    chances = {name: np.concatenate(parts) for name, parts in said.items()}
    return Backtest(y[order], when[order], chances, tuple(ordered))


def base_rate_forecast(happened: Mask) -> Forecaster:
    """The share of training cases with the event, for all; with half an event added to each side.

    Example:
        >>> f = base_rate_forecast(np.array([True, False, False, False]))
        >>> f(np.array([True, True, True, True]), np.array([True, False, False, False]))
        array([0.3])
    """
    y = np.asarray(happened).astype(bool)

    def forecast(train: Mask, test: Mask) -> Array:
        return np.full(int(test.sum()), _share(y[train]))

    return forecast


def persistence_forecast(happened: Mask, lately: Mask) -> Forecaster:
    """Two shares: of cases with the event `lately`, and of those without.

    Args:
        happened: (case,).
        lately: (case,) known before the case; see :func:`happened_lately`.
    """
    y, before = np.asarray(happened).astype(bool), np.asarray(lately).astype(bool)

    def forecast(train: Mask, test: Mask) -> Array:
        yes, no = _share(y[train & before]), _share(y[train & ~before])
        return np.where(before[test], yes, no)

    return forecast


def happened_lately(
    pair: npt.NDArray[np.generic],
    years: npt.NDArray[np.generic],
    happened: Mask,
    within: int = 1,
) -> Mask:
    """Whether the same pair had the event in one of the `within` years before the case.

    Args:
        pair: (case,) a number per pair, such as 1000 * ccode1 + ccode2.
        years, happened: (case,).
        within: years looked back.

    Example:
        >>> pair, years = np.array([1, 1, 1, 2]), np.array([1990, 1991, 1993, 1991])
        >>> happened_lately(pair, years, np.array([True, False, False, False]))
        array([False,  True, False, False])
    """
    who = np.unique(pair, return_inverse=True)[1].astype(np.int64)
    when = np.asarray(years).astype(np.int64)
    found = np.zeros(len(when), dtype=bool)
    if not len(when):
        return found
    width = int(when.max() - when.min()) + within + 2
    key = who * width + (when - when.min())
    events = key[np.asarray(happened).astype(bool)]
    for back in range(1, within + 1):
        # A key below its pair's first year would fall in the gap that `within` leaves.
        found |= np.isin(key - back, events)
    return found


def logit_forecast(happened: Mask, regressors: Design) -> Forecaster:
    """A plain logit on the regressors, refitted in every fold: the rival to beat."""
    y = np.asarray(happened).astype(bool)

    def forecast(train: Mask, test: Mask) -> Array:
        x = regressors.matrix
        spread = x[train].std(axis=0)
        constant = spread < SMALLEST
        centre = np.where(constant, 0.0, x[train].mean(axis=0))
        # A column that is constant in training says nothing; only a column of ones is kept.
        keep = ~constant | np.all(x == 1.0, axis=0)
        scaled = ((x - centre) / np.where(constant, 1.0, spread))[:, keep]
        events = y[train].astype(np.float64)
        b = binary_weights(scaled[train], np.zeros(len(events)), events, np.ones(len(events)))
        return 1.0 / (1.0 + np.exp(-np.clip(scaled[test] @ b, -30, 30)))

    return forecast


def game_forecast(
    tree: Tree,
    observed: Sequence[str] | npt.NDArray[np.generic],
    utilities: Utilities,
    event: Sequence[str],
    **options: Any,
) -> Forecaster:
    """A fitted game as a forecast of the outcomes in `event`.

    Args:
        tree, observed, utilities: as for :func:`standoff.fit.fit_game`, over all cases.
        event: names of the outcomes that count as the event.
        options: `link`, `error`, `scale`, `prior_sd`.

    Raises:
        ModelError: an outcome that the tree does not have; in a fold, a fit that did not converge.
    """
    unknown = sorted(set(event) - set(tree.outcomes))
    if unknown or not event:
        raise ModelError(
            f"the event {', '.join(unknown) or '(none)'}",
            f"outcomes among {', '.join(tree.outcomes)}",
            "name outcomes as the tree does",
        )
    outcome = np.asarray(observed)
    columns = [tree.outcomes.index(o) for o in event]
    shown = {k: v for k, v in options.items() if k != "prior_sd"}
    everything = build_likelihood(tree, outcome, utilities, **shown)

    def forecast(train: Mask, test: Mask) -> Array:
        part = {
            key: Design(value.names, value.matrix[train]) if isinstance(value, Design) else value
            for key, value in utilities.items()
        }
        fit = fit_game(tree, outcome[train], part, **options)
        if fit.status is not FitStatus.CONVERGED:
            raise ModelError(
                f"a fit to {int(train.sum())} training cases that is {fit.status}: {fit.message}",
                "a fit that converged in every fold",
                "set prior_sd=2.5, or drop what cannot be told",
            )
        return everything.probabilities(fit.coef)[test][:, columns].sum(axis=1)

    return forecast


def _share(y: Mask) -> float:
    return (float(y.sum()) + 0.5) / (len(y) + 1.0)


def _log_loss(p: Array, y: Mask) -> Array:
    return -np.log(np.clip(np.where(y, p, 1.0 - p), SMALLEST, 1.0))


def _checked(name: str, p: Array, n: int) -> Array:
    chance = np.asarray(p, dtype=np.float64)
    if chance.shape != (n,) or not np.all((chance >= 0) & (chance <= 1)):
        raise ModelError(
            f"forecasts of {name!r} of shape {chance.shape}",
            f"{n} chances from 0 to 1",
            "return one per case to forecast",
        )
    return chance

"""How good forecasts are: log and Brier scores, discrimination and calibration, beside the base rate.

All scores are losses per case: lower is better. A forecast is worth its name only where it beats
the base rate and a plain regression on the same cases.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standoff.errors import ModelError

__all__ = ["Bin", "Scores", "area_under_curve", "calibration", "score"]

Array = npt.NDArray[np.float64]
SMALLEST = 1e-15


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of forecasts over K outcomes.

    Attributes:
        log: mean of -ln p(observed).
        brier: mean of the summed squared error over outcomes (0 to 2).
        hits: share of cases in which the likeliest outcome is the observed one.
        n: cases (sum of weights).
        base_log, base_brier, base_hits: the same for the observed shares as the forecast of all.
    """

    log: float
    brier: float
    hits: float
    n: float
    base_log: float
    base_brier: float
    base_hits: float


def score(
    probabilities: Array, chosen: npt.NDArray[np.intp], weights: Array | None = None
) -> Scores:
    """Score forecasts.

    Args:
        probabilities: (case, outcome), rows sum to one.
        chosen: (case,) index of the observed outcome.
        weights: (case,) how often each case counts.

    Raises:
        ModelError: shapes that do not fit, or rows that are no distribution.

    Example:
        >>> s = score(np.array([[0.9, 0.1], [0.2, 0.8]]), np.array([0, 1]))
        >>> round(s.log, 4), round(s.brier, 4), s.hits, s.base_brier
        (0.1643, 0.05, 1.0, 0.5)
    """
    p = np.asarray(probabilities, dtype=np.float64)
    w = np.ones(len(chosen)) if weights is None else weights
    rows_fit = p.ndim == 2 and p.shape[0] == len(chosen) == len(w) and len(chosen) > 0
    if not rows_fit or np.any(p < 0) or not np.allclose(p.sum(axis=1), 1.0, atol=1e-6):
        raise ModelError(
            f"forecasts of shape {p.shape} for {len(chosen)} cases",
            "one distribution over outcomes per case",
            "give (case, outcome) rows that sum to one",
        )
    total = float(w.sum())
    truth = np.zeros_like(p)
    truth[np.arange(len(chosen)), chosen] = 1.0
    share = (w @ truth) / total
    base = np.broadcast_to(share, p.shape)

    def losses(q: Array) -> tuple[float, float, float]:
        said = np.maximum(q[np.arange(len(chosen)), chosen], SMALLEST)
        hit = np.argmax(q, axis=1) == chosen
        square = ((q - truth) ** 2).sum(axis=1)
        return (
            float(w @ -np.log(said)) / total,
            float(w @ square) / total,
            float(w @ hit) / total,
        )

    log, brier, hits = losses(p)
    base_log, base_brier, base_hits = losses(base)
    return Scores(log, brier, hits, total, base_log, base_brier, base_hits)


def area_under_curve(forecast: Array, happened: npt.NDArray[np.bool_]) -> float:
    """Chance that a case in which it happened was given more than one in which it did not.

    The Mann-Whitney form; ties count one half.

    Raises:
        ModelError: all cases alike.

    Example:
        >>> area_under_curve(np.array([0.1, 0.4, 0.35, 0.8]), np.array([False, False, True, True]))
        0.75
    """
    yes = int(happened.sum())
    no = len(happened) - yes
    if yes == 0 or no == 0:
        raise ModelError(
            f"{yes} cases in which it happened and {no} in which not", "some of both", "more cases"
        )
    order = np.argsort(forecast, kind="stable")
    ranks = np.empty(len(forecast))
    ranks[order] = np.arange(1, len(forecast) + 1)
    _, inverse, counts = np.unique(forecast, return_inverse=True, return_counts=True)
    sums = np.bincount(inverse, weights=ranks)
    mean_rank = (sums / counts)[inverse]
    return float((mean_rank[happened].sum() - yes * (yes + 1) / 2) / (yes * no))


@dataclass(frozen=True, slots=True)
class Bin:
    """One step of a calibration table: mean forecast and observed share of n cases."""

    forecast: float
    observed: float
    n: int


def calibration(
    forecast: Array, happened: npt.NDArray[np.bool_], bins: int = 10
) -> tuple[Bin, ...]:
    """Mean forecast beside observed share, in steps of equally many cases.

    Example:
        >>> calibration(np.array([0.1, 0.1, 0.9, 0.9]), np.array([False, False, True, True]), 2)
        (Bin(forecast=0.1, observed=0.0, n=2), Bin(forecast=0.9, observed=1.0, n=2))
    """
    order = np.argsort(forecast, kind="stable")
    return tuple(
        Bin(float(forecast[part].mean()), float(happened[part].mean()), len(part))
        for part in np.array_split(order, bins)
        if len(part)
    )

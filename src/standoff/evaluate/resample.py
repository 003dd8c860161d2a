"""Figures with intervals: documents are drawn again with replacement, whole.

Signals of one text share its style and its faults, so texts and not signals are the units of chance
(Efron and Tibshirani 1993, ch. 8). A figure is a ratio of sums over texts, or one of the two
statistics here; its interval runs from the 2.5th to the 97.5th percentile of the resampled values.
With fewer than two texts there is none.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
BINS = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its 95 % interval; `count` of `of`. None where there is nothing to count."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    count: float
    of: float


def draw_weights(texts: int, resamples: int, seed: int) -> Array:
    """How often each text is drawn: the first row is the data as they are, then the resamples.

    Shape (resamples + 1, texts); each row sums to `texts`.

    >>> draw_weights(3, 1, 0).sum(axis=1)
    array([3., 3.])
    """
    rng = np.random.default_rng(seed)
    again = rng.multinomial(texts, np.full(texts, 1 / texts), size=resamples)
    return np.vstack([np.ones(texts), again]).astype(np.float64)


def ratio(name: str, parts: Sequence[tuple[float, float]], weights: Array) -> Figure:
    """A ratio of sums over texts, of (numerator, denominator) a text.

    >>> ratio("f", [(1, 2), (0, 2)], draw_weights(2, 99, 0)).value
    0.25
    """
    table = np.asarray(parts, dtype=np.float64).reshape(-1, 2)
    sums: Array = weights @ table
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.divide(sums[:, 0], sums[:, 1])
    return _figure(name, values, float(table[:, 0].sum()), float(table[:, 1].sum()), weights)


def calibration(
    name: str, chances: Sequence[float], hits: Sequence[bool], texts: Sequence[int], weights: Array
) -> Figure:
    """Expected calibration error over ten equal bins: sum of n_b / N |right_b - confidence_b|.

    `texts` says which text each signal is of. Guo and others (2017), eq. 3.

    >>> calibration("e", [0.75, 0.75], [True, False], [0, 1], draw_weights(2, 9, 0)).value
    0.25
    """
    p, hit = np.asarray(chances, dtype=np.float64), np.asarray(hits, dtype=np.float64)
    own = weights[:, np.asarray(texts, dtype=np.intp)]
    inside = bins_of(p)[:, None] == np.arange(BINS)
    gap: Array = np.abs((own * (hit - p)) @ inside)
    with np.errstate(divide="ignore", invalid="ignore"):
        values = gap.sum(axis=1) / own.sum(axis=1)
    return _figure(name, values, float(hit.sum()), float(len(p)), weights)


def bins_of(chances: Array) -> npt.NDArray[np.intp]:
    """The bin of each chance: [0, .1), [.1, .2), ... [.9, 1].

    >>> bins_of(np.array([0.0, 0.1, 0.95, 1.0]))
    array([0, 1, 9, 9])
    """
    return np.minimum((chances * BINS).astype(np.intp), BINS - 1)


def kappa(
    name: str,
    first: Sequence[Hashable],
    second: Sequence[Hashable],
    texts: Sequence[int],
    weights: Array,
    *,
    levels: Sequence[Hashable] | None = None,
) -> Figure:
    """Cohen's kappa of two codings of the same signals: 1 - observed / expected disagreement.

    With `levels` in order it is weighted by the square of the distance (Cohen 1968); without, all
    disagreements weigh the same (Cohen 1960). None where both always give one and the same value.

    >>> kappa("k", "aabb", "aaba", [0, 0, 1, 1], draw_weights(2, 9, 0)).value
    0.5
    """
    values = list(levels) if levels is not None else sorted({*first, *second}, key=repr)
    place = {v: n for n, v in enumerate(values)}
    a = np.array([place[v] for v in first], dtype=np.intp)
    b = np.array([place[v] for v in second], dtype=np.intp)
    steps = np.arange(len(values))
    apart = (steps[:, None] - steps) ** 2.0 if levels is not None else 1.0 - np.eye(len(values))
    own = weights[:, np.asarray(texts, dtype=np.intp)]
    seen = own @ apart[a, b] if len(a) else np.zeros(len(weights))
    rows, columns = own @ (a[:, None] == steps), own @ (b[:, None] == steps)
    chance = np.einsum("ri,ij,rj->r", rows, apart, columns)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = 1 - seen * own.sum(axis=1) / chance
    same = float((a == b).sum())
    return _figure(name, found, same, float(len(a)), weights)


def _figure(name: str, values: Array, count: float, of: float, weights: Array) -> Figure:
    """The first value is that of the data; the rest give the interval."""
    value = float(values[0]) if np.isfinite(values[0]) else None
    rest = values[1:][np.isfinite(values[1:])]
    if value is None or weights.shape[1] < 2 or not len(rest):
        return Figure(name, value, None, None, count, of)
    low, high = (float(v) for v in np.percentile(rest, [2.5, 97.5]))
    return Figure(name, value, low, high, count, of)

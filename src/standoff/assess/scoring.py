"""Scores of forecasts whose outcome is known: Brier and log beside base rate, silence and crowd.

```
Brier = (p - y)^2          0 is best, 1 worst; sites that score both outcomes print twice this
log   = -ln p(what came)   0 is best; p is held within 1e-4 and 1 - 1e-4
```

A question weighs one, however often it was forecast. Intervals resample questions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv

from standoff.assess.question import Question, Said
from standoff.fit import area_under_curve

__all__ = ["Band", "Mark", "ScoreCard", "ScoreLine", "marks_of", "score_marks"]

Array = npt.NDArray[np.float64]
RESAMPLES = 4000
SURE = 1e-4
BANDS = (0.0, 0.01, 0.05, 0.20, 0.45, 0.55, 0.80, 0.95, 1.0)
"""Edges of the calibration table: those of ICD 203, the lowest cut at one in a hundred."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A resolved question with what each said of it.

    `said` are (probability, share of the days it stood), shares summing to one; `base`, `silent` and
    `crowd` likewise; `first` is the forecast with which it was asked.
    """

    id: str
    asked: date
    came: bool
    first: float
    said: tuple[tuple[float, float], ...]
    base: tuple[tuple[float, float], ...]
    silent: tuple[tuple[float, float], ...]
    crowd: tuple[tuple[float, float], ...] = ()
    in_time: bool = True
    text: str = ""


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """Scores of one forecaster over n questions.

    `gain_*` is the loss of the base rate less its own on the same questions, (value, low, high):
    above zero it beats the base rate. `auc` is None where all outcomes are alike.
    """

    name: str
    n: int
    brier: float
    log: float
    gain_brier: tuple[float, float, float]
    gain_log: tuple[float, float, float]
    auc: float | None


@dataclass(frozen=True, slots=True)
class Band:
    """Forecasts within a band: how many, their mean, how many came, and an interval of the share."""

    low: float
    high: float
    n: int
    forecast: float
    came: int
    share_low: float
    share_high: float


@dataclass(frozen=True, slots=True)
class ScoreCard:
    """All scores of some marks: lines by forecaster, calibration, and Brier by year of asking.

    `years` holds (year, n, came, Brier, Brier of the base rate).
    """

    n: int
    came: int
    in_time: int
    lines: tuple[ScoreLine, ...]
    bands: tuple[Band, ...]
    years: tuple[tuple[int, int, int, float, float], ...]

    def record(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


def marks_of(items: Sequence[Question]) -> tuple[Mark, ...]:
    """The resolved questions of a dossier as marks; void ones are left out.

    A forecast stands from its day until the next one, the last until the question closed.
    """
    found: list[Mark] = []
    for q in items:
        r = q.resolution
        if r is None or r.outcome is Said.VOID or not q.forecasts:
            continue
        until = q.last_day
        days = [f.as_of for f in q.forecasts if f.as_of < until] or [q.asked.as_of]
        kept = q.forecasts[: len(days)]
        shares = _shares(days, until)
        crowd = sorted((c for c in q.crowd if c.day < until), key=lambda c: c.day)
        found.append(
            Mark(
                q.handle,
                q.asked.as_of,
                r.outcome is Said.YES,
                q.forecasts[0].p,
                tuple(zip((f.p for f in kept), shares, strict=True)),
                tuple(zip((f.base for f in kept), shares, strict=True)),
                tuple(zip((f.silent for f in kept), shares, strict=True)),
                tuple(zip((c.p for c in crowd), _shares([c.day for c in crowd], until), strict=True)),
                q.forecasts[0].in_time,
                q.asked.text,
            )
        )  # fmt: skip
    return tuple(found)


def _shares(days: Sequence[date], until: date) -> list[float]:
    """The share of the time up to `until` that each day's word stood."""
    ends = [*days[1:], until]
    spans = [float((b - a).days) for a, b in zip(days, ends, strict=False)]
    total = sum(spans)
    if total > 0:
        return [s / total for s in spans]
    return [1.0 / len(days) for _ in days]


def score_marks(marks: Sequence[Mark], seed: int = 1) -> ScoreCard | None:
    """Scores of marks; None where there are none.

    >>> said = ((0.8, 1.0),)
    >>> one = Mark("Q-001", date(2021, 1, 1), True, 0.8, said, ((0.1, 1.0),), ((0.2, 1.0),))
    >>> card = score_marks([one])
    >>> round(card.lines[0].brier, 2), round(card.lines[0].gain_brier[0], 2)
    (0.04, 0.77)
    """
    if not marks:
        return None
    y = np.array([float(m.came) for m in marks])
    base = [m.base for m in marks]
    first = [((m.first, 1.0),) for m in marks]
    several = any(len(m.said) > 1 for m in marks)
    rows: list[tuple[str, list[tuple[tuple[float, float], ...]], list[int]]] = []
    every = list(range(len(marks)))
    rows.append(("standoff" if not several else "standoff, when asked", first, every))
    if several:
        rows.append(("standoff, over the days", [m.said for m in marks], every))
    rows.append(("model without reports", [m.silent for m in marks], every))
    rows.append(("base rate of the pair", base, every))
    # Nobody knew it before: how much of a score is the mix of the questions.
    rows.append(("the share that came, for all", [((float(y.mean()), 1.0),)] * len(y), every))
    told = [i for i in every if marks[i].crowd]
    if told:
        rows.append(("crowd", [marks[i].crowd for i in told], told))
        rows.append(("standoff on those", [first[i] for i in told], told))
    lines = tuple(
        _line(name, said, y[which], [base[i] for i in which], seed) for name, said, which in rows
    )
    p = np.array([m.first for m in marks])
    return ScoreCard(
        len(marks),
        int(y.sum()),
        sum(m.in_time for m in marks),
        lines,
        _bands(p, y),
        _years(marks, y),
    )


def _line(
    name: str,
    said: Sequence[Sequence[tuple[float, float]]],
    y: Array,
    base: Sequence[Sequence[tuple[float, float]]],
    seed: int,
) -> ScoreLine:
    brier, log = _losses(said, y, _square), _losses(said, y, _surprise)
    over_brier = _losses(base, y, _square) - brier
    over_log = _losses(base, y, _surprise) - log
    mean = np.array([sum(p * w for p, w in one) for one in said])
    mixed = 0 < y.sum() < len(y)
    return ScoreLine(
        name,
        len(y),
        float(brier.mean()),
        float(log.mean()),
        _spread(over_brier, seed),
        _spread(over_log, seed),
        float(area_under_curve(mean, y > 0)) if mixed else None,
    )


def _losses(
    said: Sequence[Sequence[tuple[float, float]]], y: Array, loss: Callable[[float, float], float]
) -> Array:
    """The loss of each question, (question,)."""
    return np.array(
        [sum(w * loss(p, came) for p, w in one) for one, came in zip(said, y, strict=True)]
    )


def _square(p: float, came: float) -> float:
    return (p - came) ** 2


def _surprise(p: float, came: float) -> float:
    q = p if came else 1.0 - p
    return float(-np.log(min(max(q, SURE), 1.0 - SURE)))


def _spread(values: Array, seed: int) -> tuple[float, float, float]:
    """Mean and 90 % interval over resampled questions."""
    rng = np.random.default_rng(seed)
    rows = rng.integers(0, len(values), (RESAMPLES, len(values)))
    low, high = np.quantile(values[rows].mean(axis=1), [0.05, 0.95])
    return float(values.mean()), float(low), float(high)


def _bands(p: Array, y: Array) -> tuple[Band, ...]:
    """Counts by band, with the 90 % interval of Jeffreys for the share that came."""
    found: list[Band] = []
    for low, high in pairwise(BANDS):
        mine = (p >= low) & ((p < high) | (high == 1.0))
        n, came = int(mine.sum()), int(y[mine].sum())
        if not n:
            continue
        a, b = came + 0.5, n - came + 0.5
        ends = (float(betaincinv(a, b, 0.05)) if came else 0.0,
                float(betaincinv(a, b, 0.95)) if came < n else 1.0)  # fmt: skip
        found.append(Band(low, high, n, float(p[mine].mean()), came, *ends))
    return tuple(found)


def _years(marks: Sequence[Mark], y: Array) -> tuple[tuple[int, int, int, float, float], ...]:
    own = np.array([_square(m.first, came) for m, came in zip(marks, y, strict=True)])
    base = _losses([m.base for m in marks], y, _square)
    years = np.array([m.asked.year for m in marks])
    return tuple(
        (int(v), int((years == v).sum()), int(y[years == v].sum()),
         float(own[years == v].mean()), float(base[years == v].mean()))
        for v in np.unique(years)
    )  # fmt: skip

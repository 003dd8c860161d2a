"""A level: where a stance stands on one day, words and deeds, with all that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from standoff.measure.bank import Bank, levels
from standoff.measure.mixture import estimate
from standoff.measure.model import Dynamics
from standoff.measure.observation import Observation
from standoff.measure.series import Series, weeks
from standoff.measure.weight import Weight
from standoff.terms import Channel, Estimate

# Below this many signals of a channel within one half-life a level rests on the prior.
ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Level:
    """A stance on one day, in stationary standard deviations around the average series.

    `gap` is deeds less what words lead one to expect (follow-through times words): below zero
    where action lags behind rhetoric. A status is "measured", or "prior" where fewer than three
    signals of that channel lie within its half-life; of a deed that serves several, only the
    share counts. `effective_*` counts them less their
    doubt and in their protege's share. `weights` is filled where it was asked for.
    """

    series: Series
    at: date
    words: Estimate
    deeds: Estimate
    gap: Estimate
    words_status: str
    deeds_status: str
    n_words: int
    n_deeds: int
    effective_words: float
    effective_deeds: float
    n_signals: int
    reviewed: int
    handles: tuple[str, ...]
    model: str
    items: str
    weights: tuple[Weight, ...] = ()

    @property
    def handle(self) -> str:
        """The handle by which `standoff why` finds this level: L-JPN>TWN@2021-08-13."""
        return f"L-{self.series}@{self.at.isoformat()}"

    def __str__(self) -> str:
        parts = [
            f"{name} {e.median:+.2f} ({e.low:+.2f} to {e.high:+.2f}, {status})"
            for name, e, status in (
                ("words", self.words, self.words_status),
                ("deeds", self.deeds, self.deeds_status),
            )
        ]
        return (
            f"{self.handle}: {', '.join(parts)}; {self.n_signals} signals, {self.reviewed} reviewed"
        )


def read_level(
    series: Series,
    at: date,
    bank: Bank,
    seen: tuple[Observation, ...],
    dynamics: Dynamics,
    model: str,
    items: str,
    coverage: float = 0.9,
    weights: tuple[Weight, ...] = (),
) -> Level:
    """Summarise the bank of a series on the day `at` into a level."""
    share, mean, cov = levels(bank)
    sd = np.sqrt(cov[:, [0, 1], [0, 1]])
    contrast = np.array([-dynamics.follow_through, 1.0])
    gap_sd = np.sqrt(np.einsum("i,hij,j->h", contrast, cov, contrast))
    counts = {c: _count(seen, c, at, dynamics) for c in Channel}
    status = {c: "measured" if counts[c][2] >= ENOUGH else "prior" for c in Channel}
    return Level(
        series,
        at,
        estimate(share, mean[:, 0], sd[:, 0], coverage),
        estimate(share, mean[:, 1], sd[:, 1], coverage),
        estimate(share, mean @ contrast, gap_sd, coverage),
        status[Channel.WORDS],
        status[Channel.DEEDS],
        counts[Channel.WORDS][0],
        counts[Channel.DEEDS][0],
        counts[Channel.WORDS][1],
        counts[Channel.DEEDS][1],
        len(seen),
        sum(o.reviewed for o in seen),
        tuple(dict.fromkeys(h for o in seen for h in o.handles)),
        model,
        items,
        weights,
    )


def _count(
    seen: tuple[Observation, ...], channel: Channel, at: date, dynamics: Dynamics
) -> tuple[int, float, float]:
    """Signals within one half-life: their number, the same less doubt and in shares, in shares."""
    span = dynamics.half_life_words if channel is Channel.WORDS else dynamics.half_life_deeds
    recent = [o for o in seen if o.channel is channel and weeks(at) - o.week <= span]
    effective = sum((1.0 - o.eps_at(at)) * o.power for o in recent)
    return len(recent), round(effective, 6), sum(o.power for o in recent)

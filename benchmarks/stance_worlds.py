"""Worlds in which a stance moves, and a press that reports it: the truth for the figures of MEASURE.

Written without a look at the filter: nothing here is imported from `standoff`, and no constant is
the model's. What both sides share is the unit (a rubric of five levels whose steps lie about one
apart) and the question (did the level move by more than half a unit in 26 weeks?).

    wander    an Ornstein-Uhlenbeck path of sd 1, half-lives of 20 to 80 weeks
    rest      a constant, broken about every four years by a jump with heavy tails (Student, 3)
    regimes   two levels 1.5 to 2.5 apart, exchanged about every year and a half
    bursts    rest or wander; for eight weeks, about twice a year, four times the coverage, all of
              it coloured by one affair (sd .3)
    selective rest or wander; a report of the highest level is 3 to 6 times as likely to be printed
              as one of the lowest

Words and deeds move apart; seven signals in ten are words. Weeks; axis `time` has a step of 1/4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

WORLDS = ("wander", "rest", "regimes", "bursts", "selective")
STEP = 0.25
SPAN = 338.0
# The rubric: a statement of level j or more has even odds where the stance lies at this height.
THRESHOLDS = (-1.2, -0.1, 1.0, 2.1)
SHARPNESS = 1.35


@dataclass(frozen=True)
class Report:
    """One signal: its week, channel (0 words, 1 deeds), level 0 to 4 and chance of a false coding."""

    week: float
    channel: int
    level: int
    error: float


@dataclass(frozen=True)
class World:
    """One series: the true path, shape (time, 2), and what the press printed of it, in order."""

    path: np.ndarray
    reports: tuple[Report, ...]

    def at(self, week: float) -> np.ndarray:
        """The truth (words, deeds) in a week."""
        return self.path[min(int(week / STEP), len(self.path) - 1)]


def make(name: str, seed: int, number: int) -> World:
    """Series `number` of a world. The same arguments give the same series.

    >>> len(make("rest", 1, 0).path)
    1352
    """
    rng = np.random.default_rng([WORLDS.index(name), seed, number])
    count = int(SPAN / STEP)
    mean = 0.5 * rng.standard_normal(2)
    path = mean + np.column_stack([_path(name, count, rng, slow) for slow in (1.0, 2.0)])
    yearly = float(rng.choice([13.0, 26.0, 52.0]))
    rate, colour = np.full(count, yearly / 52.0), np.zeros(count)
    if name == "bursts":
        for start in np.flatnonzero(rng.random(count) < 2.0 * STEP / 52.0):
            inside = slice(start, start + int(8.0 / STEP))
            rate[inside], colour[inside] = 4.0 * yearly / 52.0, 0.3 * rng.standard_normal()
    odds = float(rng.uniform(3.0, 6.0)) if name == "selective" else 1.0
    reports: list[Report] = []
    for i in np.repeat(np.arange(count), rng.poisson(rate * STEP)):
        channel = int(rng.random() > 0.7)
        error = float(rng.choice([0.03, 0.08, 0.2]))
        p = _levels(path[i, channel] + colour[i], error) * odds ** np.linspace(0.0, 1.0, 5)
        week = float((i + rng.random()) * STEP)
        reports.append(Report(week, channel, int(rng.choice(5, p=p / p.sum())), error))
    return World(path, tuple(sorted(reports, key=lambda r: r.week)))


def _path(name: str, count: int, rng: np.random.Generator, slow: float) -> np.ndarray:
    """One channel's path around zero; deeds wander at half the speed (`slow` 2)."""
    if name in ("bursts", "selective"):
        name = str(rng.choice(["rest", "wander"]))
    if name == "wander":
        keep = 0.5 ** (STEP / (slow * 20.0 * 4.0 ** rng.random()))
        x, noise = np.empty(count), rng.standard_normal(count)
        x[0] = noise[0]
        for i in range(1, count):
            x[i] = keep * x[i - 1] + (1.0 - keep * keep) ** 0.5 * noise[i]
        return x
    if name == "rest":
        size = np.where(rng.random(count) < STEP / 208.0, rng.standard_t(3, count), 0.0)
        x = rng.standard_normal() + np.cumsum(size)
        # A stance beyond the rubric's ends is no longer told apart: it turns back.
        return 3.0 - np.abs((x + 3.0) % 12.0 - 6.0)
    gap, start = rng.uniform(1.5, 2.5), int(rng.integers(2))
    turns = np.cumsum(rng.random(count) < STEP / 78.0)
    return gap * ((start + turns) % 2 - 0.5)


def _levels(height: float, error: float) -> np.ndarray:
    """Probability of each level of the rubric: a logistic reader, and a share of false codings."""
    above = 1.0 / (1.0 + np.exp(-SHARPNESS * (height - np.array([-np.inf, *THRESHOLDS, np.inf]))))
    return (1.0 - error) * -np.diff(above) + error / 5.0

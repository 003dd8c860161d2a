"""Records made from the model itself: for oracles and for calibration."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from standoff.measure.bank import KINDS
from standoff.measure.design import Design, Kind, make_design
from standoff.measure.dynamics import Array, stationary, transition
from standoff.measure.model import Dynamics, Model
from standoff.measure.observation import Observation
from standoff.measure.response import Site, level_probabilities
from standoff.terms import Channel


@dataclass(frozen=True, slots=True)
class Pattern:
    """How the signals of one kind look: an item type without its names.

    `share` is the kind's part of all signals; `angle` in degrees.
    """

    share: float
    angle: float
    discrimination: float
    thresholds: tuple[float, ...]


# The genres of a mixed record: talk, law and budget, deployment.
MIXED = (
    Pattern(0.6, 0.0, 1.35, (-1.2, -0.1, 1.0, 2.1)),
    Pattern(0.1, 45.0, 1.35, (-1.2, -0.1, 1.0)),
    Pattern(0.3, 90.0, 1.35, (-1.2, -0.1, 1.0, 2.1)),
)


@dataclass(frozen=True, slots=True)
class Quality:
    """How good a signal is: its doubt, in whose name it was sent (0-1), how explicit (0-3)."""

    eps: float
    officialness: float = 0.5
    explicitness: float = 1.5


# A mixed press: statements on the record, wires, blogs, unnamed officials, rumours.
MIXED_PRESS = (
    Quality(0.05, 1.0, 3.0),
    Quality(0.05, 1.0, 1.0),
    Quality(0.08, 1.0, 2.0),
    Quality(0.18, 0.7, 1.0),
    Quality(0.30, 0.4, 2.0),
    Quality(0.40, 0.3, 0.0),
)


@dataclass(frozen=True, slots=True)
class Jump:
    """A sudden change of (words, deeds) at `week`: what changes keeps `keep` of what it was."""

    week: float
    words: float
    deeds: float
    keep: float = 1.0


@dataclass(frozen=True, slots=True)
class Simulated:
    """A simulated series: signals, and the truth at each of their times, shape (signal, 2)."""

    sites: tuple[Site, ...]
    kinds: tuple[int, ...]
    truth: Array
    grid: Array
    path: Array
    jumps: tuple[Jump, ...]
    qualities: tuple[Quality, ...] = ()


def simulate(
    dynamics: Dynamics,
    weeks: Sequence[float] | Array,
    rng: np.random.Generator,
    *,
    patterns: Sequence[Pattern] = MIXED,
    eps: float = 0.1,
    qualities: Sequence[Quality] = (),
    slopes: tuple[float, float] = (0.7, 0.4),
    regime: str = "",
    jumps: Sequence[Jump] | None = None,
    grid: Sequence[float] | Array = (),
    mean: tuple[float, float] | None = None,
) -> Simulated:
    """Draw one series at the given times (weeks, rising).

    `jumps` places jumps by hand; None draws them at the model's rate, () means none. `grid` asks
    for the truth at further times (`path`). Of a model with laws the series follows one, drawn by
    weight; what the press adds is in the signals, not in the truth. `regime` names the source,
    whose thresholds keep still. Each signal is replaced by a uniform level with probability `eps`;
    with `qualities` each draws its own doubt, officialness and explicitness, which act through
    `slopes` (g_o, g_e).

    >>> made = simulate(Dynamics(), [1.0, 2.0, 5.0], np.random.default_rng(1))
    >>> len(made.sites), made.truth.shape
    (3, (3, 2))
    """
    if dynamics.laws:
        dynamics = dynamics.by_law[int(rng.choice(len(dynamics.laws), p=dynamics.law_weights))]
    added = np.zeros(2)
    if dynamics.press_sd > 0.0 or dynamics.press_shift:
        added = dynamics.press_shift + dynamics.press_sd * rng.standard_normal(2)
    times = np.asarray(weeks, dtype=float)
    extra = np.asarray(grid, dtype=float)
    everything = np.unique(np.concatenate([times, extra]))
    if jumps is None:
        jumps = _draw_jumps(dynamics, everything, rng)
    stops = np.unique(np.concatenate([everything, [j.week for j in jumps]]))
    at = {j.week: j for j in jumps}
    m = rng.standard_normal(2) * dynamics.series_sd if mean is None else np.asarray(mean)
    x = np.linalg.cholesky(stationary(dynamics)) @ rng.standard_normal(2)
    truth: dict[float, Array] = {}
    story: dict[float, float] = {}
    e = float(rng.standard_normal()) * dynamics.story_sd if dynamics.story_sd > 0.0 else 0.0
    last = float(stops[0])
    for week in stops.tolist():
        if week > last:
            step = transition(dynamics, week - last)
            noise = np.linalg.cholesky(step.noise + 1e-14 * np.eye(2)) @ rng.standard_normal(2)
            x = step.matrix @ x + noise
            if dynamics.story_sd > 0.0:
                e = step.story_decay * e
                e += float(rng.standard_normal()) * step.story_noise**0.5
        if week in at:
            size = np.array([at[week].words, at[week].deeds])
            x = np.where(size != 0.0, at[week].keep, 1.0) * x + size
        truth[week], story[week] = x + m, e
        last = week
    shares = np.array([p.share for p in patterns])
    sites: list[Site] = []
    kinds: list[int] = []
    drawn: list[Quality] = []
    for week in times.tolist():
        k = int(rng.choice(len(patterns), p=shares / shares.sum()))
        pattern, doubt = patterns[k], eps
        if qualities:
            q = qualities[int(rng.integers(len(qualities)))]
            drawn.append(q)
            doubt = q.eps
            weight = math.exp(
                slopes[0] * (q.officialness - 0.5) + slopes[1] * (q.explicitness / 3.0 - 0.5)
            )
            pattern = replace(pattern, discrimination=pattern.discrimination * weight)
        site = _site(pattern, week, truth[week] + added, doubt, regime, rng, story[week])
        sites.append(site)
        kinds.append(k)
    return Simulated(
        tuple(sites),
        tuple(kinds),
        np.array([truth[w] for w in times.tolist()]).reshape(-1, 2),
        extra,
        np.array([truth[w] for w in extra.tolist()]).reshape(-1, 2),
        tuple(jumps),
        tuple(drawn),
    )


def design_of_simulated(
    made: Sequence[Simulated], patterns: Sequence[Pattern], model: Model
) -> Design:
    """The design of simulated series, one source each."""
    names: list[str] = []
    seen: list[Observation] = []
    kinds: list[int] = []
    day = date(2000, 1, 1)
    for i, one in enumerate(made):
        qualities = one.qualities or (Quality(0.0),) * len(one.sites)
        for site, kind, quality in zip(one.sites, one.kinds, qualities, strict=True):
            names.append(f"s{i}")
            kinds.append(kind)
            seen.append(
                Observation(
                    "", (), Channel.WORDS, str(kind), day, day, site.week, site.level, site.levels,
                    site.discrimination, site.thresholds, site.loading, site.eps, site.power,
                    site.regime, False, officialness=quality.officialness,
                    explicitness=quality.explicitness,
                )
            )  # fmt: skip
    table = tuple(Kind(str(i), p.discrimination, p.thresholds) for i, p in enumerate(patterns))
    labels = [f"s{i}" for i in range(len(made))]
    return make_design(labels, table, (), names, seen, kinds, [-1] * len(seen), model)


def _draw_jumps(dynamics: Dynamics, times: Array, rng: np.random.Generator) -> tuple[Jump, ...]:
    span = float(times[-1] - times[0])
    count = int(rng.poisson(dynamics.jump_rate * span))
    found: list[Jump] = []
    for week in np.sort(times[0] + span * rng.random(count)).tolist():
        size = rng.standard_normal(2) * dynamics.jump_sd
        kind = KINDS[int(rng.integers(len(KINDS)))]
        found.append(
            Jump(
                week,
                float(size[0]) if kind != "deeds" else 0.0,
                float(size[1]) if kind != "words" else 0.0,
                dynamics.jump_keep,
            )
        )
    return tuple(found)


def _site(
    pattern: Pattern,
    week: float,
    level: Array,
    eps: float,
    regime: str,
    rng: np.random.Generator,
    story: float,
) -> Site:
    angle = np.deg2rad(pattern.angle)
    loading = (round(float(np.cos(angle)), 12), round(float(np.sin(angle)), 12))
    count = len(pattern.thresholds) + 1
    blank = Site(
        week, 0, count, pattern.discrimination, pattern.thresholds, loading, eps, 1.0, regime
    )
    z = loading[0] * level[0] + loading[1] * level[1] + story
    p = level_probabilities(np.array([z]), blank)[0]
    y = int(rng.choice(count, p=p / p.sum()))
    return Site(
        week, y, count, pattern.discrimination, pattern.thresholds, loading, eps, 1.0, regime
    )

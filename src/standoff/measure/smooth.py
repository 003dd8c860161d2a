"""Looking back with hindsight: paths drawn from the posterior of the whole series.

Forward the bank filters; backward each draw of the state at t_{n+1} picks, among the hypotheses
held at t_n and the jumps that may lie between, the one it is likeliest to have come from, and a
state under it:

    p(h, j, x_n | x_{n+1}, y_1..n)  is proportional to
        w_h p_j N(x_n; m_h, P_h) N(x_{n+1}; K_j F x_n, K_j Q K_j + J_j)

so jumps stay sharp. A draw keeps one law from end to end: laws get draws by their weights at the end.
So any statement about the path (a shift between two days, a peak) is a
count over draws.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from standoff.errors import InputError
from standoff.measure.bank import Bank, law_weights, open_bank
from standoff.measure.dynamics import BASE, STORY, Array, jumps, transition
from standoff.measure.filter import predict, update
from standoff.measure.mixture import draw
from standoff.measure.model import Dynamics
from standoff.measure.response import Site
from standoff.measure.step import births, of_law
from standoff.terms import Estimate

# Hypotheses beyond this share of the weight are not offered to the draws.
ENOUGH_WEIGHT = 0.998


@dataclass(frozen=True, slots=True)
class Smoothed:
    """A level with hindsight: what all signals up to the measurement say about one day."""

    at: date
    words: Estimate
    deeds: Estimate


def smooth_paths(
    dynamics: Dynamics,
    sites: Sequence[Site],
    grid: Sequence[float] | Array,
    rng: np.random.Generator,
    draws: int = 200,
) -> Array:
    """Draws of (words, deeds) on x + m at the weeks `grid` (rising), shape (draw, grid, 2)."""
    wanted = np.asarray(grid, dtype=float)
    if wanted.size == 0 or draws < 1 or bool((np.diff(wanted) <= 0).any()):
        raise InputError(
            f"{wanted.size} weeks and {draws} draws", "rising weeks and at least one draw",
            "sort the days and drop doubles",
        )  # fmt: skip
    banks = _forward(dynamics, sites, wanted)
    laws = dynamics.by_law
    counts = rng.multinomial(draws, law_weights(banks[-1], len(laws)))
    found = [
        _paths(d, [of_law(b, law) for b in banks], wanted, rng, int(n))
        for law, (d, n) in enumerate(zip(laws, counts, strict=True))
        if n > 0
    ]
    return np.concatenate(found)


def _paths(
    dynamics: Dynamics, banks: Sequence[Bank], wanted: Array, rng: np.random.Generator, draws: int
) -> Array:
    """Draws under one law, of which `banks` hold the hypotheses: shape (draw, grid, 2)."""
    last = banks[-1]
    shift, share, variance = last.press
    states = draw(last.weights[0], last.mean[0], last.cov[0], draws, rng)
    # What selection added, of which the mean tells only a part: one number per path and channel.
    unseen = math.sqrt(variance) * rng.standard_normal((draws, 2)) - share * shift
    found: dict[float, Array] = {last.week: states[:, :4]}
    for here, ahead in zip(banks[-2::-1], banks[:0:-1], strict=True):
        if ahead.week > here.week:
            states = _backward(dynamics, here, ahead, states, rng)
        found[here.week] = states[:, :4]
    four = np.stack([found[w] for w in wanted.tolist()], axis=1)
    return four[:, :, :2] + share * four[:, :, 2:] + unseen[:, None]


def _forward(dynamics: Dynamics, sites: Sequence[Site], grid: Array) -> list[Bank]:
    """The bank at each time of a signal or of the grid, in order; one bank per time."""
    start = min([s.week for s in sites[:1]] + [float(grid[0])])
    bank = open_bank(dynamics, start)
    banks = [bank]
    times = sorted({s.week for s in sites} | set(grid.tolist()))
    by_week: dict[float, list[Site]] = {}
    for site in sites:
        by_week.setdefault(site.week, []).append(site)
    for week in times:
        bank = predict(bank, dynamics, week)
        for site in by_week.get(week, ()):
            bank = update(bank, dynamics, site)
        if banks[-1].week == week:
            banks[-1] = bank
        else:
            banks.append(bank)
    return banks


def _backward(
    dynamics: Dynamics, here: Bank, ahead: Bank, states: Array, rng: np.random.Generator
) -> Array:
    """Draw the states at `here` given those at `ahead`, shape (draw, state)."""
    span = ahead.week - here.week
    step = transition(dynamics, span)
    # A slot that changed hands in between says nothing about its former owner.
    kept = [0, 1, 2, 3, STORY] + [
        4 + i
        for i, name in enumerate(here.slots)
        if i < len(ahead.slots) and ahead.slots[i] == name
    ]
    f = np.eye(BASE)
    f[:2, :2] = step.matrix
    q = np.zeros((BASE, BASE))
    q[:2, :2] = step.noise
    for slot in range(4, STORY):
        f[slot, slot] = step.drift_decay
        q[slot, slot] = step.drift_noise
    f[STORY, STORY] = step.story_decay
    q[STORY, STORY] = step.story_noise
    f, q = f[kept], q[np.ix_(kept, kept)]
    weights = here.weights[0]
    order = np.argsort(-weights, kind="stable")
    count = int(np.searchsorted(np.cumsum(weights[order]), ENOUGH_WEIGHT)) + 1
    chosen = order[:count]
    means, covs = here.mean[0][chosen], here.cov[0][chosen]
    left_of, extra, log_prior = _jumps(dynamics, here, ahead.week, len(kept))
    # Components: hypothesis x jump.
    f = left_of[:, :, None] * f
    base: Array = f @ covs[:, None] @ f.transpose(0, 2, 1)
    base = base + left_of[:, :, None] * q * left_of[:, None, :]
    total: Array = base + extra + 1e-10 * np.eye(len(kept))
    root = np.asarray(np.linalg.cholesky(total), dtype=np.float64)
    off = states[:, None, None, kept] - np.einsum("jks,hs->hjk", f, means)
    logs = np.log(weights[chosen])[:, None] + log_prior[None]
    logs = logs - np.log(np.einsum("hjkk->hjk", root)).sum(axis=-1)
    inverse = np.asarray(np.linalg.inv(root), dtype=np.float64)
    z = np.einsum("hjkl,dhjl->dhjk", inverse, off)
    score = (logs[None] - 0.5 * (z**2).sum(axis=-1)).reshape(len(states), -1)
    score = score - score.max(axis=1, keepdims=True)
    p = np.exp(score)
    cum = np.cumsum(p, axis=1)
    u = rng.random(len(states)) * cum[:, -1]
    pick = np.minimum((cum < u[:, None]).sum(axis=1), p.shape[1] - 1)
    noise = rng.standard_normal((len(states), BASE))
    result = np.empty((len(states), BASE))
    ways = extra.shape[0]
    for component in np.unique(pick).tolist():
        who = np.flatnonzero(pick == component)
        h, j = divmod(component, ways)
        gain = np.asarray(np.linalg.solve(total[h, j], f[j] @ covs[h]), dtype=np.float64).T
        centre = means[h] + off[who, h, j] @ gain.T
        left: Array = covs[h] - gain @ total[h, j] @ gain.T
        values, vectors = np.linalg.eigh(0.5 * (left + left.T))
        scale = vectors * np.sqrt(np.maximum(values, 0.0))
        result[who] = centre + noise[who] @ scale.T
    return result


def _jumps(dynamics: Dynamics, here: Bank, week: float, size: int) -> tuple[Array, Array, Array]:
    """Each way there, none and then births: what is left of the state (jump, kept), what is added
    to its covariance (jump, kept, kept), and the log prior (jump,)."""
    age, kind, prior = np.zeros(0), np.zeros(0, dtype=np.int64), np.zeros(0)
    if dynamics.jump_rate > 0.0:
        age, _, kind, prior = births(here, dynamics, week)
    left, extra = np.ones((len(age) + 1, size)), np.zeros((len(age) + 1, size, size))
    if len(age):
        kept, added = jumps(dynamics, age)
        left[1:, :2], extra[1:, :2, :2] = kept[kind], added[np.arange(len(age)), kind]
    none = -dynamics.jump_rate * (week - here.week)
    return left, extra, np.concatenate([[none], prior])


def summarise(
    days: Sequence[date], paths: npt.NDArray[np.float64], coverage: float = 0.9
) -> tuple[Smoothed, ...]:
    """Median and interval per day of paths (draw, day, 2)."""
    if not math.isfinite(float(paths.sum())):
        raise InputError("paths that are not finite", "finite draws", "look at the model")
    return tuple(
        Smoothed(day, Estimate.of(paths[:, i, 0], coverage), Estimate.of(paths[:, i, 1], coverage))
        for i, day in enumerate(days)
    )

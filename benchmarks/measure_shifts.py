"""M10, M11, M13, M16 and M17: jumps found, coverage after them, bursts, copies, stricter sources.

The records are made here, by constants that say what a study is about (a stance at rest, one that
wanders); they are read by the model that ships, `load_model()`, with its default settings. For the
calibration of shown probabilities (M12) see `measure_worlds`.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from measure_baselines import (
    auc,
    changepoints,
    cusum,
    ewma,
    hindsight_split,
    kalman,
)
from standoff.measure.bank import KINDS, NONE, clone, levels, open_bank
from standoff.measure.filter import load_kernel, predict, update
from standoff.measure.mixture import cdf
from standoff.measure.model import Dynamics, load_model
from standoff.measure.response import level_probabilities
from standoff.measure.shifts import change_probability
from standoff.measure.smooth import smooth_paths
from standoff.terms import Channel

sys.path.append(str(Path(__file__).resolve().parents[1] / "tests" / "oracles"))
from stance_simulate import Jump, Pattern, simulate

TALK = (Pattern(1.0, 0.0, 1.35, (-1.2, -0.1, 1.0, 2.1)),)
WINDOW = 26.0
# Two truths. WANDERING: a stance wanders by a sd in half a year. RESTING: half-lives of ten years:
# only decisions move a stance, which is what a shift means.
WANDERING = Dynamics(drift_sd=0.0)
RESTING = Dynamics(half_life_words=520.0, half_life_deeds=520.0, drift_sd=0.0)
SOURCE = "press"
DELTAS = (0.5, 1.0)


def arrivals(rng, rate, span):
    """Times of a Poisson process with `rate` signals a year over `span` weeks."""
    count = max(2, int(rng.poisson(rate * span / 52.0)))
    return np.sort(rng.uniform(0.0, span, count))


def forward(dynamics, sites):
    """Banks after each signal, in order; the first is the prior."""
    banks = [open_bank(dynamics, sites[0].week)]
    for site in sites:
        banks.append(update(banks[-1], dynamics, site))
    return banks


def rise_scores(dynamics, sites, grid, channel=Channel.WORDS, deltas=DELTAS, window=WINDOW):
    """P(rise > delta within the window) at each time of the grid, per delta; and P(jump up)."""
    weeks = np.array([s.week for s in sites])
    banks = forward(dynamics, sites)
    found = np.zeros((len(grid), len(deltas)))
    fell = np.zeros((len(grid), len(deltas)))
    jumped = np.zeros(len(grid))
    touch = (KINDS.index(channel.value), KINDS.index("both"))
    for k, t in enumerate(grid):
        start = max(t - window, weeks[0])
        first = int(np.searchsorted(weeks, start, side="right"))
        bank = clone(predict(banks[first], dynamics, start))
        for site in sites[first : int(np.searchsorted(weeks, t, side="right"))]:
            bank = update(bank, dynamics, site)
        bank = predict(bank, dynamics, t)
        for j, delta in enumerate(deltas):
            up, down = change_probability(bank, channel, delta)
            found[k, j], fell[k, j] = up[0], down[0]
        w, mean, cov = levels(bank)
        c = 0 if channel is Channel.WORDS else 1
        base = mean[0, c]
        sd = np.sqrt(cov[:, c, c])
        jumped[k] = sum(
            float(w[h]) * (1.0 - cdf(np.ones(1), mean[h : h + 1, c], sd[h : h + 1], base))
            for h in range(len(w))
            if bank.kind[h] != NONE and int(bank.kind[h]) in touch
        )
    return found, fell, jumped


def threshold_for(scores, grid, far, after=52.0):
    """The threshold at which null series alarm `far` times a year (a new alarm after 26 weeks)."""
    years = sum((g[-1] - after) / 52.0 for g in grid)

    def alarms(limit):
        count = 0
        for s, g in zip(scores, grid, strict=True):
            last = -1e9
            for v, t in zip(s, g, strict=True):
                if t >= after and v > limit and t - last >= WINDOW:
                    count += 1
                    last = t
        return count / years

    candidates = np.unique(np.concatenate(scores))
    low, high = 0, len(candidates) - 1
    while low < high:
        middle = (low + high) // 2
        if alarms(candidates[middle]) > far:
            low = middle + 1
        else:
            high = middle
    return float(candidates[low])


def shift_study(seed, n, rate, size=1.5, far=0.2, alpha=1.35, eps=0.05, step=2.0, span=312.0,
                truth=RESTING):  # fmt: skip
    """Detection of one jump of `size` sd in words: share found in 26 weeks, delay, AUC per method."""
    load_kernel()
    dynamics = load_model().dynamics
    patterns = (replace(TALK[0], discrimination=alpha),)
    methods = {}
    null, with_jump, grids, when = {}, {}, [], []
    for jumping in (False, True):
        for i in range(n):
            rng = np.random.default_rng([seed, int(jumping), i])
            times = arrivals(rng, rate, span)
            at = float(rng.uniform(110.0, 230.0))
            jumps = (Jump(at, size, 0.0),) if jumping else ()
            made = simulate(
                truth, times, rng, patterns=patterns, eps=eps, jumps=jumps, regime=SOURCE
            )
            grid = np.arange(max(WINDOW, times[0] + 1.0), span, step)
            rise, _, jump = rise_scores(dynamics, made.sites, grid)
            y = np.array([s.level for s in made.sites], dtype=float)
            scores = {
                "ours, P(rise > .5)": rise[:, 0],
                "ours, P(rise > 1)": rise[:, 1],
                "ours, P(jump up)": jump,
            }
            ou, spread = kalman(times, (y - 2.0) / 0.9, grid, 26.0, 1.2)
            lag, _ = kalman(times, (y - 2.0) / 0.9, np.maximum(grid - WINDOW, 0.0), 26.0, 1.2)
            scores["Gaussian Kalman"] = (ou - lag) / spread
            for h in (6.0, 13.0):
                fast = ewma(times, y, grid, h, 2.0)
                slow = ewma(times, y, np.maximum(grid - WINDOW, 0.0), 2 * h, 2.0)
                scores[f"EWMA {h:.0f} w"] = fast - slow
            for k in (0.25, 0.5):
                scores[f"CUSUM {k}"] = restarted_cusum(times, y, grid, k)
            scores["change points"] = changepoints(times, (y - 2.0) / 0.9, grid)
            scores["split in hindsight"] = hindsight_split(times, y, grid)
            scores["oracle"] = oracle_cusum(made, grid, at if jumping else np.inf, size, truth)
            target = with_jump if jumping else null
            for name, s in scores.items():
                target.setdefault(name, []).append(s)
            if jumping:
                when.append((at, grid))
            else:
                grids.append(grid)
    for name in null:
        limit = threshold_for(null[name], grids, far)
        found, delay, peaks, calm = 0, [], [], []
        for s, (at, grid) in zip(with_jump[name], when, strict=True):
            inside = (grid > at) & (grid <= at + WINDOW)
            peaks.append(s[inside].max())
            hits = grid[inside][s[inside] > limit]
            if len(hits):
                found += 1
                delay.append(hits[0] - at)
        for s, (at, _), grid in zip(null[name], when, grids, strict=True):
            inside = (grid > at) & (grid <= at + WINDOW)
            calm.append(s[inside].max())
        # Those never found count as later than any that was.
        every = sorted(delay) + [float("inf")] * (n - found)
        methods[name] = {
            "found": found / n,
            "delay of all": float(every[n // 2]),
            "delay": float(np.median(delay)) if delay else float("nan"),
            "auc": auc(peaks, calm),
            "limit": limit,
        }
    return methods


def oracle_cusum(made, grid, at, size, dynamics):
    """CUSUM of the exact likelihood ratio, told the true level before and the size of the jump.

    No method that must learn the level can do better: the bound for M10 and M11.
    """
    th = dynamics.rates[0]
    value, i, found = 0.0, 0, np.empty(len(grid))
    for k, t in enumerate(grid):
        while i < len(made.sites) and made.sites[i].week <= t:
            site, z = made.sites[i], float(made.truth[i, 0])
            if site.week >= at:
                z -= size * np.exp(-th * (site.week - at))
            p = level_probabilities(np.array([z, z + size]), site)[:, site.level]
            value = max(0.0, value + float(np.log(p[1] / p[0])))
            i += 1
        found[k] = value
    return found


def false_alarm_study(seed, n, dynamics, rate=26.0, span=312.0, step=2.0, delta=0.5):
    """Alarms per series-year of P(moved by > delta one way) above p, where nothing moves at all.

    Words; two directions; a new alarm of one direction counts after 26 weeks.
    """
    still = replace(RESTING, half_life_words=1e6, half_life_deeds=1e6)
    load_kernel()
    thresholds = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7])
    alarms, years = np.zeros(len(thresholds)), 0.0
    for i in range(n):
        rng = np.random.default_rng([seed, i])
        times = arrivals(rng, rate, span)
        made = simulate(still, times, rng, patterns=TALK, eps=0.05, jumps=(), regime=SOURCE)
        grid = np.arange(52.0, span, step)
        up, down, _ = rise_scores(dynamics, made.sites, grid, deltas=(delta,))
        years += (span - 52.0) / 52.0
        for scores in (up[:, 0], down[:, 0]):
            for k, limit in enumerate(thresholds):
                last = -1e9
                for t, v in zip(grid, scores, strict=True):
                    if v > limit and t - last >= WINDOW:
                        alarms[k] += 1
                        last = t
    return dict(zip(thresholds.tolist(), (alarms / years).round(3).tolist(), strict=True))


def restarted_cusum(times, y, grid, k):
    """CUSUM against the series' own first two years, restarted each 26 weeks without alarm."""
    early = y[times < 104.0]
    target, spread = (early.mean(), max(early.std(), 0.5)) if len(early) > 3 else (2.0, 1.0)
    return cusum(times, y, grid, target, spread, k)


def covered(bank, truth, tail=0.05):
    """Whether `truth` (2,) lies in the central interval, per channel."""
    w, mean, cov = levels(bank)
    p = [cdf(w, mean[:, c], np.sqrt(cov[:, c, c]), truth[c]) for c in range(2)]
    return [tail < v < 1.0 - tail for v in p]


def after_jump_study(seed, n, rate=52.0, size=2.0, draws=200, truth=RESTING):
    """M13: coverage of words 13-26 weeks after a jump of 2 sd, online and with hindsight."""
    load_kernel()
    dynamics = load_model().dynamics
    ou = replace(dynamics, jump_rate=0.0)
    online, smooth, plain = [], [], []
    for i in range(n):
        rng = np.random.default_rng([seed, i])
        times = arrivals(rng, rate, 208.0)
        at = 120.0
        grid = at + np.array([13.0, 16.0, 20.0, 26.0])
        sign = float(rng.choice([-1.0, 1.0]))
        made = simulate(truth, times, rng, patterns=TALK, eps=0.05, regime=SOURCE,
                        jumps=(Jump(at, sign * size, 0.0),), grid=grid)  # fmt: skip
        for d, out in ((dynamics, online), (ou, plain)):
            banks = forward(d, made.sites)
            for t, level in zip(grid, made.path, strict=True):
                k = int(np.searchsorted(times, t, side="right"))
                out.append(covered(predict(banks[k], d, t), level)[0])
        paths = smooth_paths(dynamics, made.sites, grid, rng, draws)[:, :, 0]
        low, high = np.quantile(paths, [0.05, 0.95], axis=0)
        smooth += list((made.path[:, 0] > low) & (made.path[:, 0] < high))
    return {
        "online": float(np.mean(online)),
        "smoothed": float(np.mean(smooth)),
        "without jumps": float(np.mean(plain)),
    }


def copies_study(seed, n, rate=52.0, copies=4):
    """M16b: coverage with four copies of each event, merged as the ledger does and not merged."""
    load_kernel()
    dynamics = load_model().dynamics
    merged, raw = [], []
    for i in range(n):
        rng = np.random.default_rng([seed, i])
        times = arrivals(rng, rate, 104.0)
        made = simulate(WANDERING, times, rng, eps=0.15, jumps=(), regime=SOURCE)
        # Merged: one signal, its doubt that of one source (copies are not independent).
        for count, out in ((1, merged), (copies, raw)):
            bank = open_bank(dynamics, made.sites[0].week)
            for site, truth in zip(made.sites, made.truth, strict=True):
                for _ in range(count):
                    bank = update(bank, dynamics, site)
                out += covered(bank, truth)
    return {"merged": float(np.mean(merged)), "not merged": float(np.mean(raw))}


def burst_study(seed, n, rate=26.0, span=208.0, truth=RESTING):
    """M16: coverage of the press triples for 8 weeks, stance still: alarms of P(rise > .5)."""
    load_kernel()
    dynamics = load_model().dynamics
    limit_scores, limit_grids, burst, calm = [], [], [], []
    for i in range(n):
        rng = np.random.default_rng([seed, i])
        times = arrivals(rng, rate, span)
        made = simulate(truth, times, rng, patterns=TALK, eps=0.05, jumps=(), regime=SOURCE)
        grid = np.arange(54.0, span, 2.0)
        limit_scores.append(rise_scores(dynamics, made.sites, grid)[0][:, 0])
        limit_grids.append(grid)
    limit = threshold_for(limit_scores, limit_grids, 0.2)
    for i in range(n):
        rng = np.random.default_rng([seed + 1, i])
        base = arrivals(rng, rate, span)
        extra = np.sort(rng.uniform(130.0, 138.0, int(rng.poisson(2 * rate * 8 / 52.0))))
        grid = np.arange(130.0, 164.0, 2.0)
        for add, out in ((extra, burst), (np.empty(0), calm)):
            r = np.random.default_rng([seed + 2, i])
            times = np.sort(np.concatenate([base, add]))
            made = simulate(truth, times, r, patterns=TALK, eps=0.05, jumps=(), regime=SOURCE)
            out.append(bool((rise_scores(dynamics, made.sites, grid)[0][:, 0] > limit).any()))
    return {"burst": float(np.mean(burst)), "calm": float(np.mean(calm)), "limit": limit}


def drift_study(seed, n, shift=0.6, sources=3, share=0.5):
    """M17: one of several sources becomes stricter by `shift`; bias of the level, in sd.

    The source that changes sends `share` of all signals.
    """
    load_kernel()
    found = {"with drift": [], "without": []}
    covers = {"with drift": [], "without": []}
    others = [f"source {i}" for i in range(1, sources)]
    for i in range(n):
        rng = np.random.default_rng([seed, i])
        base = load_model().dynamics
        times = arrivals(rng, 52.0, 208.0)
        made = simulate(WANDERING, times, rng, patterns=TALK, eps=0.05, jumps=())
        sites = []
        for site, truth in zip(made.sites, made.truth, strict=True):
            changed = rng.random() < share
            name = "changed" if changed else others[int(rng.integers(len(others)))]
            strict = shift if changed and site.week > 104.0 else 0.0
            # The stricter source: every threshold is higher by `shift`.
            blank = replace(site, level=0)
            p = level_probabilities(np.array([truth[0] - strict]), blank)[0]
            level = int(rng.choice(site.levels, p=p / p.sum()))
            sites.append(replace(site, level=level, regime=name))
        for name, d in (("with drift", base), ("without", replace(base, drift_sd=0.0))):
            banks = forward(d, sites)
            for t in (130.0, 156.0, 180.0, 207.0):
                k = int(np.searchsorted(times, t, side="right"))
                _, mean, _ = levels(banks[k])
                found[name].append(mean[0, 0] - made.truth[k - 1, 0])
                covers[name].append(covered(banks[k], made.truth[k - 1])[0])
    out = {k: float(np.mean(v)) for k, v in found.items()}
    out.update({f"coverage {k}": float(np.mean(v)) for k, v in covers.items()})
    return out

"""M1-M9: the filter against particles, simulate-and-refit, speed, and NUTS."""

from __future__ import annotations

import importlib.util
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from scipy.special import ndtr

from measure_baselines import ewma, kalman, static_response
from standoff.measure import Observation, OnlineSeries, Series
from standoff.measure.estimate import bands, fit_stance
from standoff.measure.filter import load_kernel
from standoff.measure.model import Dynamics, Model
from standoff.measure.priors import parameters, unpack
from standoff.measure.series import weeks
from standoff.terms import Channel

PLAIN = Model(dynamics=Dynamics(jump_rate=0.0, drift_sd=0.0))
ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests" / "oracles"))
from stance_nuts import nuts_levels  # noqa: E402
from stance_simulate import (  # noqa: E402
    MIXED,
    MIXED_PRESS,
    Pattern,
    design_of_simulated,
    simulate,
)


def particle_study(n, particles=50_000):
    """M1: bank against a bootstrap particle filter (tests/oracles), without and with jumps."""
    load_kernel()
    path = ROOT / "tests/oracles/test_measure.py"
    spec = importlib.util.spec_from_file_location("oracle_measure", path)
    oracle = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(oracle)
    found = {}
    for name, dynamics in (
        ("no jumps", Dynamics(jump_rate=0.0, drift_sd=0.0)),
        ("jumps", Dynamics(drift_sd=0.0)),
    ):
        pairs = [oracle.compare(dynamics, 100 + i, particles) for i in range(n)]
        found[name] = (
            float(np.sqrt(np.mean([d**2 for d, _ in pairs]))),
            float(np.mean([r for _, r in pairs])),
        )
    return found


def draw_truth(rng, spread=1.0):
    """Constants drawn from the prior (`spread` 0: its medians): dynamics and item types."""
    probe = design_of_simulated([_probe()], MIXED, PLAIN)
    prior = parameters(probe)
    theta = prior.mean + spread * prior.sd * rng.standard_normal(len(prior.mean))
    dynamics, kinds, _ = unpack(probe, theta)
    patterns = tuple(
        Pattern(p.share, p.angle, al, tuple(float(v) for v in b))
        for p, (al, b) in zip(MIXED, kinds, strict=True)
    )
    return theta, dynamics, patterns


def _probe():
    return simulate(PLAIN.dynamics, [0.0], np.random.default_rng(0))


def one_set(seed, sizes, span=520.0, spread=1.0):
    """One simulate-and-refit set: coverage, errors against the oracle and against EWMA."""
    rng = np.random.default_rng(seed)
    theta, dynamics, patterns = draw_truth(rng, spread)
    made = [
        simulate(
            dynamics,
            np.sort(rng.uniform(0, span, n)),
            rng,
            patterns=patterns,
            jumps=(),
            qualities=MIXED_PRESS,
            slopes=(theta[4], theta[5]),
        )
        for n in sizes
    ]
    design = design_of_simulated(made, MIXED, PLAIN)
    fit = fit_stance(design, rng=rng)
    ours = bands(fit)
    truth = np.concatenate([m.truth for m in made])
    true_fit = replace(fit, mode=theta)
    best = bands(true_fit, mixture=False)
    sparse = np.concatenate([[len(m.sites) < 40] * len(m.sites) for m in made])

    def inside(parts, weights):
        mean, sd = parts
        q = np.einsum("d,dnk->nk", weights, ndtr((truth - mean) / sd))
        return (q > 0.05) & (q < 0.95)

    mode = bands(fit, mixture=False)
    covered = {
        "filter": inside(ours.filtered_parts, ours.weights),
        "smoother": inside(ours.smoothed_parts, ours.weights),
        "filter plug-in": inside(mode.filtered_parts, mode.weights),
        "smoother plug-in": inside(mode.smoothed_parts, mode.weights),
    }
    table = fit.table()
    hyper = [low <= t <= high for t, (_, _, _, low, high) in zip(theta, table, strict=True)]
    hyper = [*hyper[:4], None, None, *hyper[6:]]
    error = {
        "ours filter": ours.filtered_mean - truth,
        "ours smoother": ours.smoothed_mean - truth,
        "oracle filter": best.filtered_mean - truth,
        "oracle smoother": best.smoothed_mean - truth,
    }
    error.update(_baselines(made, truth))
    return {
        "covered": covered,
        "sparse": sparse,
        "hyper": hyper,
        "names": [r[0] for r in table],
        "squares": {k: (v**2).mean(axis=0) for k, v in error.items()},
        "seconds": fit.seconds,
        "converged": fit.converged,
        "ess": fit.ess,
    }


def _baselines(made, truth):
    """Best EWMA by half-life (chosen with the truth) and static response, rescaled to the truth."""
    found = {}
    for c, angle in enumerate((0.0, 90.0)):
        best = None
        for half_life in (4, 8, 13, 26, 52, 104):
            value = []
            for m in made:
                pick = [
                    i for i, k in enumerate(m.kinds)
                    if MIXED[k].angle == angle or MIXED[k].angle == 45.0
                ]  # fmt: skip
                t = np.array([m.sites[i].week for i in pick])
                y = np.array([m.sites[i].level / (m.sites[i].levels - 1) for i in pick])
                value.append(ewma(t, y, [s.week for s in m.sites], half_life, 0.5))
            e = _rescaled(np.concatenate(value), truth[:, c])
            if best is None or (e**2).mean() < (best**2).mean():
                best = e
        found.setdefault("EWMA", []).append(best)
        # A Gaussian local level per series on the same scores, noise and half-life chosen alike.
        best = None
        for half_life in (13, 26, 52, 104):
            for noise in (0.5, 1.0, 2.0):
                value = []
                for m in made:
                    pick = [
                        i for i, k in enumerate(m.kinds)
                        if MIXED[k].angle == angle or MIXED[k].angle == 45.0
                    ]  # fmt: skip
                    t = np.array([m.sites[i].week for i in pick])
                    y = [m.sites[i].level / (m.sites[i].levels - 1) - 0.5 for i in pick]
                    y = 4.0 * np.array(y)
                    value.append(kalman(t, y, [s.week for s in m.sites], half_life, noise)[0])
                e = _rescaled(np.concatenate(value), truth[:, c])
                if best is None or (e**2).mean() < (best**2).mean():
                    best = e
        found.setdefault("Kalman", []).append(best)
        static = np.concatenate([static_response(m.sites) for m in made])
        found.setdefault("static response", []).append(_rescaled(static, truth[:, c]))
    return {k: np.stack(v, axis=1) for k, v in found.items()}


def _rescaled(value, truth):
    x = np.column_stack([np.ones_like(value), value])
    return x @ np.linalg.lstsq(x, truth, rcond=None)[0] - truth


def refit_study(n, sizes=None, seed=0, spread=1.0):
    """M2-M5 over `n` sets; sizes of the series drawn anew in each unless given."""
    load_kernel()
    sets = []
    for i in range(n):
        r = np.random.default_rng([seed, i])
        some = sizes or [int(v) for v in np.round(np.exp(r.uniform(np.log(12), np.log(170), 8)))]
        sets.append(one_set([seed, i, 1], some, spread=spread))
    sparse = np.concatenate([s["sparse"] for s in sets])
    out = {"sets": n, "converged": float(np.mean([s["converged"] for s in sets]))}
    for which in ("filter", "smoother"):
        plain = np.concatenate([s["covered"][f"{which} plug-in"] for s in sets])
        out[f"cover {which} plug-in"] = float(plain.mean())
        c = np.concatenate([s["covered"][which] for s in sets])
        per_set = np.array([s["covered"][which].mean() for s in sets])
        out[f"cover {which}"] = float(c.mean())
        out[f"cover {which} se"] = float(per_set.std() / np.sqrt(n))
        out[f"cover {which} sparse"] = float(c[sparse].mean()) if sparse.any() else float("nan")
    groups = {
        "half-life words": [0],
        "half-life deeds": [1],
        "follow-through": [2],
        "series sd": [3],
    }
    names = sets[0]["names"]
    groups["discrimination"] = [i for i, m in enumerate(names) if "discrimination" in m]
    groups["thresholds"] = [i for i, m in enumerate(names) if " b1" in m or " gap" in m]
    for g, index in groups.items():
        out[f"hyper {g}"] = float(np.mean([s["hyper"][i] for s in sets for i in index]))
    square = {k: np.mean([s["squares"][k] for s in sets], axis=0) for k in sets[0]["squares"]}
    for a, b, name in (
        ("ours smoother", "oracle smoother", "rmse smoother/oracle"),
        ("ours filter", "oracle filter", "rmse filter/oracle filter"),
        ("ours filter", "Kalman", "rmse filter/Kalman"),
        ("ours filter", "EWMA", "rmse filter/EWMA"),
        ("ours filter", "static response", "rmse filter/static"),
    ):
        ratio = np.sqrt(square[a] / square[b])
        out[name] = (float(ratio[0]), float(ratio[1]))
    out["seconds"] = float(np.median([s["seconds"] for s in sets]))
    out["ess"] = float(np.median([s["ess"] for s in sets]))
    return out


def fit_timing():
    """M8: seconds of a full fit with uncertainty of the constants, 2,000 signals in 20 series."""
    load_kernel()
    rng = np.random.default_rng(1)
    made = [
        simulate(PLAIN.dynamics, np.sort(rng.uniform(0, 520, 100)), rng, jumps=())
        for _ in range(20)
    ]
    design = design_of_simulated(made, MIXED, PLAIN)
    bands(fit_stance(design, rng=rng, draws=4))
    t = time.perf_counter()
    fit = fit_stance(design, rng=rng)
    bands(fit)
    return {"seconds": time.perf_counter() - t, "ess": fit.ess, "converged": fit.converged}


def _observation(i, rng, day):
    deed = rng.random() < 0.4
    return Observation(
        f"e{i}", (f"S-{i}",), Channel.DEEDS if deed else Channel.WORDS, "t", day, day, weeks(day),
        int(rng.integers(5)), 5, float(rng.uniform(0.8, 2.2)), (-1.2, -0.1, 1.0, 2.1),
        (0.0, 1.0) if deed else (1.0, 0.0), 0.1, 1.0, f"source {rng.integers(6)}", False,
    )  # fmt: skip


def speed_study(n=1000):
    """M6, M7: milliseconds of one update through the public API, and of a replay."""
    rng = np.random.default_rng(0)
    online = OnlineSeries(Series("JPN", "TWN"))
    day, spent = date(2000, 1, 1), []
    for i in range(n):
        day += timedelta(days=int(rng.integers(1, 15)))
        o = _observation(i, rng, day)
        t = time.perf_counter()
        online.update(o)
        spent.append((time.perf_counter() - t) * 1e3)
    small = OnlineSeries(Series("JPN", "TWN"))
    day = date(2000, 1, 1)
    for i in range(200):
        day += timedelta(days=7)
        small.update(_observation(i, rng, day))
    replays = []
    for i in (0, 50, 100, 150):
        t = time.perf_counter()
        small.doubt(f"e{i}", 0.5)
        replays.append((time.perf_counter() - t) * 1e3)
    warm = np.array(spent[100:])
    return {
        "p50": float(np.median(warm)),
        "p99": float(np.quantile(warm, 0.99)),
        "replay worst": max(replays),
        "replay median": float(np.median(replays)),
    }


def nuts_study(seed=3, sizes=(60, 60, 60, 60), samples=400, warm=400):
    """M9: smoothed levels under NUTS on the exact model against the Laplace mixture."""
    load_kernel()
    rng = np.random.default_rng(seed)
    made = [simulate(PLAIN.dynamics, np.sort(rng.uniform(0, 260, n)), rng, jumps=()) for n in sizes]
    design = design_of_simulated(made, MIXED, PLAIN)
    t0 = time.perf_counter()
    ours = bands(fit_stance(design, rng=rng))
    laplace = time.perf_counter() - t0
    exact = nuts_levels(design, samples=samples, warm=warm, seed=seed)
    return {
        "mean difference, rms sd": float(
            np.sqrt((((ours.smoothed_mean - exact.mean) / exact.sd) ** 2).mean())
        ),
        "sd ratio": float((ours.smoothed_sd / exact.sd).mean()),
        "r_hat max": exact.r_hat,
        "seconds": exact.seconds,
        "seconds laplace": laplace,
    }

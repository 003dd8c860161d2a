"""What MEASURE is held against: EWMA, a Gaussian Kalman filter, CUSUM, static graded response."""

from __future__ import annotations

import math

import numpy as np

from standoff.measure.response import level_probabilities


def ewma(times, scores, at, half_life, start=0.0, weight=1.0):
    """Exponentially weighted mean of `scores` at the times `at`, shrunk to `start`.

    `weight` is how many signals the starting value is worth.
    """
    found = np.empty(len(at))
    top, bottom, last, i = start * weight, weight, None, 0
    for k, t in enumerate(at):
        while i < len(times) and times[i] <= t:
            if last is not None:
                decay = 2.0 ** (-(times[i] - last) / half_life)
                top, bottom = top * decay, bottom * decay
            top, bottom, last = top + scores[i], bottom + 1.0, times[i]
            i += 1
        decay = 1.0 if last is None else 2.0 ** (-(t - last) / half_life)
        small = 1e-9
        found[k] = (top * decay + start * small) / (bottom * decay + small)
    return found


def kalman(times, scores, at, half_life, noise, var=1.0, start=0.0):
    """Mean and sd of a stationary AR(1) seen in Gaussian noise, at the times `at`."""
    mean, cov, last, i = start, var, None, 0
    out_mean, out_sd = np.empty(len(at)), np.empty(len(at))

    def carry(m, v, span):
        rho = 2.0 ** (-span / half_life)
        return start + rho * (m - start), rho * rho * v + var * (1.0 - rho * rho)

    for k, t in enumerate(at):
        while i < len(times) and times[i] <= t:
            if last is not None:
                mean, cov = carry(mean, cov, times[i] - last)
            gain = cov / (cov + noise)
            mean, cov = mean + gain * (scores[i] - mean), (1.0 - gain) * cov
            last = times[i]
            i += 1
        m, v = carry(mean, cov, 0.0 if last is None else t - last)
        out_mean[k], out_sd[k] = m, math.sqrt(v)
    return out_mean, out_sd


def cusum(times, scores, at, target, spread, drift):
    """Upper CUSUM of standardised scores at the times `at`; the caller restarts by difference."""
    value, i = 0.0, 0
    found = np.empty(len(at))
    for k, t in enumerate(at):
        while i < len(times) and times[i] <= t:
            value = max(0.0, value + (scores[i] - target) / spread - drift)
            i += 1
        found[k] = value
    return found


def changepoints(times, scores, at, rate=1.0 / 260.0, noise=1.2, spread=1.0, window=26.0):
    """Online change points (Adams and MacKay 2007) on scores with Gaussian noise.

    Runs have a constant mean with prior N(0, spread); a change comes at `rate` a week. The score
    is the probability that a run began within `window` weeks and lies above what was held before.
    """
    logw, mean, var = np.zeros(1), np.zeros(1), np.full(1, spread)
    born, before = np.full(1, -np.inf), np.zeros(1)
    found, last, i = np.empty(len(at)), None, 0
    for k, t in enumerate(at):
        while i < len(times) and times[i] <= t:
            hazard = 0.0 if last is None else -math.expm1(-rate * (times[i] - last))
            if hazard > 0.0:
                w = np.exp(logw - logw.max())
                held = float(w @ mean / w.sum())
                total = np.logaddexp.reduce(logw)
                logw = np.append(logw + math.log1p(-hazard), total + math.log(hazard))
                mean, var = np.append(mean, 0.0), np.append(var, spread)
                born, before = np.append(born, times[i]), np.append(before, held)
            logw = logw - 0.5 * ((scores[i] - mean) ** 2 / (var + noise) + np.log(var + noise))
            gain = var / (var + noise)
            mean, var = mean + gain * (scores[i] - mean), (1.0 - gain) * var
            keep = logw > logw.max() - 20.0
            logw, mean, var = logw[keep], mean[keep], var[keep]
            born, before = born[keep], before[keep]
            last, i = times[i], i + 1
        w = np.exp(logw - logw.max())
        up = np.array([0.5 * math.erfc(-z) for z in (mean - before) / np.sqrt(2.0 * var)])
        found[k] = float((w * up)[born > t - window].sum() / w.sum())
    return found


def hindsight_split(times, scores, at, window=26.0, least=4):
    """The best single split of the whole record by least squares: a referee that sees the future.

    At each time: the gain of the split in squared error, if it is a rise within `window` before.
    """
    n = len(scores)
    total = np.cumsum(scores)
    cut = np.arange(least, n - least)
    left = total[cut - 1] / cut
    right = (total[-1] - total[cut - 1]) / (n - cut)
    gain = cut * (n - cut) / n * (right - left) ** 2
    best = int(np.argmax(gain))
    when, size = times[cut[best]], float(gain[best] if right[best] > left[best] else 0.0)
    return np.where((at >= when) & (at <= when + window), size, 0.0)


GRID = np.linspace(-5.0, 5.0, 201)


def static_response(sites, window=4.0):
    """Graded response per window of `window` weeks with a N(0, 1) prior: posterior means at signals."""
    found = np.empty(len(sites))
    weeks = np.array([s.week for s in sites])
    for i, w in enumerate(weeks):
        logp = -0.5 * GRID**2
        for j in np.flatnonzero((weeks > w - window) & (weeks <= w)):
            site = sites[j]
            logp = logp + np.log(level_probabilities(GRID, site)[:, site.level])
        p = np.exp(logp - logp.max())
        found[i] = (p @ GRID) / p.sum()
    return found


def auc(positive, negative):
    """Area under the ROC curve, ties counted half."""
    a, b = np.asarray(positive), np.asarray(negative)
    wins = (a[:, None] > b[None]).mean() + 0.5 * (a[:, None] == b[None]).mean()
    return float(wins)


def expected_calibration_error(p, y, bins=10):
    """Mean gap between shown probability and frequency over equal-width bins, weighted by count."""
    p, y = np.asarray(p), np.asarray(y, dtype=float)
    which = np.minimum((p * bins).astype(int), bins - 1)
    gaps = [
        (which == b).mean() * abs(p[which == b].mean() - y[which == b].mean())
        for b in range(bins)
        if (which == b).any()
    ]
    return float(sum(gaps))

"""The compiled twin of `bank`: the same step in loops, for feeds, fits and long studies.

Import this module only through `filter`, which falls back on the NumPy twin where numba is not
installed. Every function here mirrors one in `bank`; a test holds the two together to 1e-9.
"""

# Compiled code is untyped: numba infers its own types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

import math
from typing import Any

import numba
import numpy as np

from standoff.measure.bank import NONE
from standoff.measure.step import LEAST_WEIGHT, NODE, WEIGHT

_njit: Any = numba.njit

_NODE = NODE
_WEIGHT = WEIGHT
_LEAST = LEAST_WEIGHT
_NONE = NONE
_DRIFT = 4
_STORY = 8
# Rows of the table of likelihood constants handed to the kernels.
LEVEL, LEVELS, ALPHA, LOWER, UPPER, LOAD_D, LOAD_A, EPS, POWER, SLOT, EXTRA, RESET = range(12)


@_njit(cache=True, error_model="numpy")
def move(mean: Any, cov: Any, f00: Any, f10: Any, f11: Any, q: Any, fade: Any) -> None:
    """Carry one Gaussian over a span, in place: mean (state,), cov (state, state).

    `fade` holds decay and noise of the source drift, then of the story.
    """
    size = mean.shape[0]
    m0, m1 = mean[0], mean[1]
    mean[0] = f00 * m0
    mean[1] = f10 * m0 + f11 * m1
    for j in range(size):
        c0, c1 = cov[0, j], cov[1, j]
        cov[0, j] = f00 * c0
        cov[1, j] = f10 * c0 + f11 * c1
    for i in range(size):
        c0, c1 = cov[i, 0], cov[i, 1]
        cov[i, 0] = f00 * c0
        cov[i, 1] = f10 * c0 + f11 * c1
    cov[0, 0] += q[0, 0]
    cov[0, 1] += q[0, 1]
    cov[1, 0] += q[1, 0]
    cov[1, 1] += q[1, 1]
    for s in range(_DRIFT, _STORY + 1):
        rho, noise = fade[0], fade[1]
        if s == _STORY:
            rho, noise = fade[2], fade[3]
        mean[s] *= rho
        for j in range(size):
            cov[s, j] *= rho
        for i in range(size):
            cov[i, s] *= rho
        cov[s, s] += noise


@_njit(cache=True, error_model="numpy")
def match(mean: Any, cov: Any, row: Any, nodes: Any, weights: Any, ph: Any) -> float:
    """Take one observation into one Gaussian, in place; returns its log probability.

    `row` holds the constants of the likelihood, see the names above.
    """
    size = mean.shape[0]
    hd, ha, slot = row[LOAD_D], row[LOAD_A], int(row[SLOT])
    mz = hd * (mean[0] + mean[2]) + ha * (mean[1] + mean[3]) + mean[_STORY]
    if slot >= 0:
        mz -= mean[slot]
    for i in range(size):
        v = hd * (cov[i, 0] + cov[i, 2]) + ha * (cov[i, 1] + cov[i, 3]) + cov[i, _STORY]
        if slot >= 0:
            v -= cov[i, slot]
        ph[i] = v
    vz = hd * (ph[0] + ph[2]) + ha * (ph[1] + ph[3]) + ph[_STORY] + row[EXTRA]
    if slot >= 0:
        vz -= ph[slot]
    sd = math.sqrt(vz)
    al, eps, k, power = row[ALPHA], row[EPS], row[LEVELS], row[POWER]
    level = row[LEVEL]
    z0, z1, z2 = 0.0, 0.0, 0.0
    for n in range(nodes.shape[0]):
        x = nodes[n]
        z = mz + sd * x
        p = 1.0
        if level > 0.0:
            p = 1.0 / (1.0 + math.exp(-al * (z - row[LOWER])))
        if level < k - 1.0:
            p -= 1.0 / (1.0 + math.exp(-al * (z - row[UPPER])))
        p = (1.0 - eps) * p + eps / k
        if power != 1.0:
            p = p**power
        p *= weights[n]
        z0 += p
        z1 += p * x
        z2 += p * x * x
    z1 /= z0
    z2 = z2 / z0 - z1 * z1
    gain_mean = z1 / sd
    gain_cov = (z2 - 1.0) / vz
    for i in range(size):
        mean[i] += ph[i] * gain_mean
    for i in range(size):
        for j in range(size):
            cov[i, j] += gain_cov * ph[i] * ph[j]
    return math.log(z0)


@_njit(cache=True, error_model="numpy")
def _log_sum(values: Any) -> float:
    top = values.max()
    total = 0.0
    for v in values:
        total += math.exp(v - top)
    return top + math.log(total)


@_njit(cache=True, error_model="numpy")
def advance(
    logw: Any,
    mean: Any,
    cov: Any,
    kind: Any,
    born: Any,
    week: float,
    start: float,
    span: float,
    f: Any,
    q: Any,
    fade: Any,
    rate: float,
    window: float,
    age: Any,
    birth_week: Any,
    birth_kind: Any,
    birth_prior: Any,
    added: Any,
) -> Any:
    """`bank.predict` for arrays: move all, add the births, merge what is small, like or old.

    `added` (birth, 2, 2) is the covariance of each birth's jump, decayed to the present.
    """
    copies, count, size = mean.shape
    births = birth_week.shape[0]
    total = count + births
    # One target for every member: the same kind and week share one; small and old go to "none".
    big_logw = np.empty((copies, total))
    for c in range(copies):
        everything = _log_sum(logw[c])
        for h in range(count):
            big_logw[c, h] = logw[c, h] - rate * span
        for b in range(births):
            big_logw[c, count + b] = everything + birth_prior[b]
    heaviest = np.zeros(total)
    for c in range(copies):
        norm = _log_sum(big_logw[c])
        for h in range(total):
            heaviest[h] = max(heaviest[h], math.exp(big_logw[c, h] - norm))
    target = np.empty(total, dtype=np.int64)
    new_kind = np.empty(total, dtype=np.int64)
    new_born = np.empty(total, dtype=np.int64)
    new_kind[0], new_born[0] = _NONE, 0
    groups = 1
    for h in range(total):
        k = kind[h] if h < count else birth_kind[h - count]
        b = born[h] if h < count else birth_week[h - count]
        if k == _NONE or heaviest[h] < _LEAST or week - (start + b) > window + 1e-6:
            target[h] = 0
            continue
        found = -1
        for g in range(groups - 1, 0, -1):
            if new_kind[g] == k and new_born[g] == b:
                found = g
                break
        if found < 0:
            found = groups
            new_kind[groups], new_born[groups] = k, b
            groups += 1
        target[h] = found
    out_logw = np.empty((copies, groups))
    out_mean = np.zeros((copies, groups, size))
    out_cov = np.zeros((copies, groups, size, size))
    centre = np.empty(size)
    spread = np.empty((size, size))
    m = np.empty((total, size))
    p = np.empty((total, size, size))
    for c in range(copies):
        top = logw[c].max()
        norm = 0.0
        for h in range(count):
            norm += math.exp(logw[c, h] - top)
        centre[:] = 0.0
        spread[:] = 0.0
        for h in range(count):
            w = math.exp(logw[c, h] - top) / norm
            for i in range(size):
                centre[i] += w * mean[c, h, i]
        for h in range(count):
            w = math.exp(logw[c, h] - top) / norm
            for i in range(size):
                di = mean[c, h, i] - centre[i]
                for j in range(size):
                    spread[i, j] += w * (cov[c, h, i, j] + di * (mean[c, h, j] - centre[j]))
        move(centre, spread, f[0, 0], f[1, 0], f[1, 1], q, fade)
        for h in range(count):
            m[h] = mean[c, h]
            p[h] = cov[c, h]
            move(m[h], p[h], f[0, 0], f[1, 0], f[1, 1], q, fade)
        for b in range(births):
            m[count + b] = centre
            p[count + b] = spread
            for i in range(2):
                for j in range(2):
                    p[count + b, i, j] += added[b, i, j]
        tops = np.full(groups, -np.inf)
        for h in range(total):
            tops[target[h]] = max(tops[target[h]], big_logw[c, h])
        sums = np.zeros(groups)
        for h in range(total):
            sums[target[h]] += math.exp(big_logw[c, h] - tops[target[h]])
        for g in range(groups):
            out_logw[c, g] = tops[g] + math.log(sums[g])
        members = np.zeros(groups, dtype=np.int64)
        for h in range(total):
            g = target[h]
            members[g] += 1
            w = math.exp(big_logw[c, h] - out_logw[c, g])
            for i in range(size):
                out_mean[c, g, i] += w * m[h, i]
        for h in range(total):
            g = target[h]
            if members[g] == 1:
                out_cov[c, g] = p[h]
                continue
            w = math.exp(big_logw[c, h] - out_logw[c, g])
            for i in range(size):
                di = m[h, i] - out_mean[c, g, i]
                for j in range(size):
                    out_cov[c, g, i, j] += w * (p[h, i, j] + di * (m[h, j] - out_mean[c, g, j]))
    return out_logw, out_mean, out_cov, new_kind[:groups].copy(), new_born[:groups].copy()


@_njit(cache=True, error_model="numpy")
def take(logw: Any, mean: Any, cov: Any, row: Any, skip: int, gained: Any) -> None:
    """`bank.update` for arrays, in place; `gained` (copy,) receives the log probabilities."""
    copies, count, size = mean.shape
    ph = np.empty(size)
    for c in range(copies):
        before = _log_sum(logw[c])
        if c != skip:
            for h in range(count):
                logw[c, h] += match(mean[c, h], cov[c, h], row, _NODE, _WEIGHT, ph)
        after = _log_sum(logw[c])
        for h in range(count):
            logw[c, h] -= after
        gained[c] = after - before

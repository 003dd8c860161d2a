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
def spans(
    span: float, th_d: float, th_a: float, be: float, p: Any, slow: Any, q: Any, fade: Any
) -> Any:
    """`dynamics.transition` over a span: (F10, F00, F11), and Q and the fading in place.

    `slow` holds rate and variance of the source drift, then of the story.
    """
    e_d, e_a = math.exp(-th_d * span), math.exp(-th_a * span)
    g = be * th_a * (e_d - e_a) / (th_a - th_d)
    q[0, 0] = p[0, 0] - e_d * e_d * p[0, 0]
    q[0, 1] = p[0, 1] - e_d * (g * p[0, 0] + e_a * p[0, 1])
    q[1, 0] = q[0, 1]
    q[1, 1] = p[1, 1] - (g * g * p[0, 0] + 2.0 * g * e_a * p[0, 1] + e_a * e_a * p[1, 1])
    for k in range(0, 4, 2):
        rho = math.exp(-slow[k] * span)
        fade[k] = rho
        fade[k + 1] = slow[k + 1] * (1.0 - rho * rho)
    return g, e_d, e_a


@_njit(cache=True, error_model="numpy")
def _edges(now: float, week: float, start: float, window: float) -> Any:
    """Bounds of the spans in which a jump may lie, one per week; see `step.births`."""
    first = max(now, week - window - 1.0)
    following = math.floor(first - start + 1e-6) + 1
    edges = np.empty(int(max(week - start - following, 0.0)) + 5)
    n = 0
    if first > now:
        edges[n] = now
        n += 1
    edges[n] = first
    n += 1
    while start + following < week - 1e-6:
        edges[n] = start + following
        n += 1
        following += 1
    edges[n] = week
    return edges[: n + 1]


@_njit(cache=True, error_model="numpy")
def _jump(
    mean: Any,
    cov: Any,
    kind: int,
    age: float,
    th_d: float,
    th_a: float,
    be: float,
    kept: float,
    size2: float,
    p: Any,
) -> None:
    """Let one Gaussian have jumped `age` weeks ago, in place; see `dynamics.jumps`."""
    e_d, e_a = math.exp(-th_d * age), math.exp(-th_a * age)
    g = be * th_a * (e_d - e_a) / (th_a - th_d)
    words = kept if kind != 1 else 1.0
    deeds = kept if kind != 0 else 1.0
    mean[0] *= words
    mean[1] *= deeds
    for j in range(mean.shape[0]):
        cov[0, j] *= words
        cov[1, j] *= deeds
    for j in range(mean.shape[0]):
        cov[j, 0] *= words
        cov[j, 1] *= deeds
    q00 = p[0, 0] - e_d * e_d * p[0, 0]
    q01 = p[0, 1] - e_d * (g * p[0, 0] + e_a * p[0, 1])
    q11 = p[1, 1] - (g * g * p[0, 0] + 2.0 * g * e_a * p[0, 1] + e_a * e_a * p[1, 1])
    j00 = (1.0 - words * words) * q00
    j01 = (1.0 - words * deeds) * q01
    j11 = (1.0 - deeds * deeds) * q11
    if kind != 1:
        j00 += size2 * e_d * e_d
        j01 += size2 * e_d * g
        j11 += size2 * g * g
    if kind != 0:
        j11 += size2 * e_a * e_a
    cov[0, 0] += j00
    cov[0, 1] += j01
    cov[1, 0] += j01
    cov[1, 1] += j11


@_njit(cache=True, error_model="numpy")
def advance(
    logw: Any,
    mean: Any,
    cov: Any,
    kind: Any,
    born: Any,
    law: Any,
    now: float,
    week: float,
    start: float,
    window: float,
    constants: Any,
    p: Any,
    slow: Any,
) -> Any:
    """`step.predict` for arrays: move all, add the births, merge what is small, like or old.

    `constants` (law, 6) holds th_d, th_a, follow-through, rate, variance and keep of jumps; `p` (law,
    2, 2) the stationary covariances; `slow` as in `spans`.
    """
    copies, count, size = mean.shape
    span = week - now
    edges = _edges(now, week, start, window)
    most = 3 * (edges.shape[0] - 1)
    laws = constants.shape[0]
    room = count + laws * most
    out_logw = np.empty((copies, room))
    out_mean = np.zeros((copies, room, size))
    out_cov = np.zeros((copies, room, size, size))
    new_kind = np.empty(room, dtype=np.int64)
    new_born = np.empty(room, dtype=np.int64)
    new_law = np.empty(room, dtype=np.int64)
    target = np.empty(count + most, dtype=np.int64)
    heaviest = np.empty(count + most)
    big_logw = np.empty((copies, count + most))
    age = np.empty(most)
    birth_kind = np.empty(most, dtype=np.int64)
    birth_week = np.empty(most, dtype=np.int64)
    birth_prior = np.empty(most)
    centre = np.empty(size)
    spread = np.empty((size, size))
    m = np.empty((count + most, size))
    v = np.empty((count + most, size, size))
    q, fade = np.empty((2, 2)), np.empty(4)
    tops, sums = np.empty(count + most), np.empty(count + most)
    members = np.empty(count + most, dtype=np.int64)
    at, done = 0, 0
    for number in range(laws):
        own = 0
        while at + own < count and law[at + own] == number:
            own += 1
        th_d, th_a, be, rate, size2, kept = constants[number]
        f10, f00, f11 = spans(span, th_d, th_a, be, p[number], slow, q, fade)
        births = 0
        if rate > 0.0:
            for e in range(edges.shape[0] - 1):
                middle = 0.5 * (edges[e] + edges[e + 1])
                prior = math.log(-math.expm1(-rate * (edges[e + 1] - edges[e])) / 3.0)
                for k in range(3):
                    age[births] = week - middle
                    birth_week[births] = math.floor(middle - start)
                    birth_kind[births] = k
                    birth_prior[births] = prior
                    births += 1
        total = own + births
        # One target for every member: the same kind and week share one; small and old go to "none".
        heaviest[:total] = 0.0
        for c in range(copies):
            everything = _log_sum(logw[c, at : at + own])
            for h in range(total):
                if h < own:
                    big_logw[c, h] = logw[c, at + h] - rate * span
                else:
                    big_logw[c, h] = everything + birth_prior[h - own]
                heaviest[h] = max(heaviest[h], math.exp(big_logw[c, h]))
        new_kind[done], new_born[done], new_law[done] = _NONE, 0, number
        groups = 1
        for h in range(total):
            k = kind[at + h] if h < own else birth_kind[h - own]
            b = born[at + h] if h < own else birth_week[h - own]
            if k == _NONE or heaviest[h] < _LEAST or week - (start + b) > window + 1e-6:
                target[h] = 0
                continue
            found = -1
            for g in range(groups - 1, 0, -1):
                if new_kind[done + g] == k and new_born[done + g] == b:
                    found = g
                    break
            if found < 0:
                found = groups
                new_kind[done + groups], new_born[done + groups] = k, b
                new_law[done + groups] = number
                groups += 1
            target[h] = found
        for c in range(copies):
            top = logw[c, at : at + own].max()
            norm = 0.0
            for h in range(own):
                norm += math.exp(logw[c, at + h] - top)
            if births > 0:
                centre[:] = 0.0
                spread[:] = 0.0
                for h in range(own):
                    w = math.exp(logw[c, at + h] - top) / norm
                    for i in range(size):
                        centre[i] += w * mean[c, at + h, i]
                for h in range(own):
                    w = math.exp(logw[c, at + h] - top) / norm
                    for i in range(size):
                        di = mean[c, at + h, i] - centre[i]
                        for j in range(size):
                            dj = mean[c, at + h, j] - centre[j]
                            spread[i, j] += w * (cov[c, at + h, i, j] + di * dj)
                move(centre, spread, f00, f10, f11, q, fade)
            for h in range(own):
                m[h] = mean[c, at + h]
                v[h] = cov[c, at + h]
                move(m[h], v[h], f00, f10, f11, q, fade)
            for b in range(births):
                m[own + b] = centre
                v[own + b] = spread
                _jump(
                    m[own + b],
                    v[own + b],
                    birth_kind[b],
                    age[b],
                    th_d,
                    th_a,
                    be,
                    kept,
                    size2,
                    p[number],
                )
            tops[:groups] = -np.inf
            sums[:groups] = 0.0
            members[:groups] = 0
            for h in range(total):
                tops[target[h]] = max(tops[target[h]], big_logw[c, h])
                members[target[h]] += 1
            for h in range(total):
                sums[target[h]] += math.exp(big_logw[c, h] - tops[target[h]])
            for g in range(groups):
                out_logw[c, done + g] = tops[g] + math.log(sums[g])
            for h in range(total):
                g = done + target[h]
                w = math.exp(big_logw[c, h] - out_logw[c, g])
                for i in range(size):
                    out_mean[c, g, i] += w * m[h, i]
            for h in range(total):
                g = done + target[h]
                if members[target[h]] == 1:
                    out_cov[c, g] = v[h]
                    continue
                w = math.exp(big_logw[c, h] - out_logw[c, g])
                for i in range(size):
                    di = m[h, i] - out_mean[c, g, i]
                    for j in range(size):
                        dj = m[h, j] - out_mean[c, g, j]
                        out_cov[c, g, i, j] += w * (v[h, i, j] + di * dj)
        at += own
        done += groups
    return (
        out_logw[:, :done].copy(),
        out_mean[:, :done].copy(),
        out_cov[:, :done].copy(),
        new_kind[:done].copy(),
        new_born[:done].copy(),
        new_law[:done].copy(),
    )


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

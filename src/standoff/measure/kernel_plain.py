"""The compiled filter and smoother of many series without jumps: what a fit runs, many times.

Import this module only through `filter`. Without jumps a bank holds one Gaussian; the steps are
those of `kernel`.
"""

# Compiled code is untyped: numba infers its own types.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from standoff.measure.kernel import RESET, SLOT, match, move, spans
from standoff.measure.step import NODE, WEIGHT

_njit: Any = numba.njit

_NODE = NODE
_WEIGHT = WEIGHT
_DRIFT = 4
_STORY = 8


@_njit(cache=True, error_model="numpy", nogil=True)
def plain_run(
    rows: Any,
    weeks: Any,
    first: Any,
    mean: Any,
    cov: Any,
    rates: Any,
    be: float,
    p: Any,
    slow: Any,
    out_mean: Any,
    out_cov: Any,
    out_log: Any,
) -> float:
    """Filter many series without jumps; the log evidence of all.

    Rows are in order, series by series; `first` (row,) is 1 where a new series starts. States
    after each row go to `out_mean` (row, state) and `out_cov` (row, state, state), the log
    probability of each to `out_log` (row,), where these have rows. `slow` holds rate and variance
    of the source drift, then of the story.
    """
    size = mean.shape[0]
    m = mean.copy()
    v = cov.copy()
    ph = np.empty(size)
    q = np.empty((2, 2))
    fade = np.empty(4)
    th_d, th_a = rates[0], rates[1]
    total = 0.0
    last = 0.0
    for n in range(rows.shape[0]):
        if first[n] == 1:
            m[:] = mean
            v[:] = cov
        elif weeks[n] > last:
            f10, f00, f11 = spans(weeks[n] - last, th_d, th_a, be, p, slow, q, fade)
            move(m, v, f00, f10, f11, q, fade)
        last = weeks[n]
        if rows[n, RESET] == 1.0:
            slot = int(rows[n, SLOT])
            m[slot] = 0.0
            for i in range(size):
                v[i, slot] = 0.0
                v[slot, i] = 0.0
            v[slot, slot] = slow[1]
        gained = match(m, v, rows[n], _NODE, _WEIGHT, ph)
        total += gained
        if out_log.shape[0] > 0:
            out_log[n] = gained
        if out_mean.shape[0] > 0:
            out_mean[n] = m
            out_cov[n] = v
    return total


@_njit(cache=True, error_model="numpy", nogil=True)
def smooth_back(
    weeks: Any,
    first: Any,
    mean: Any,
    cov: Any,
    rates: Any,
    be: float,
    p: Any,
    slow: Any,
) -> None:
    """Rauch-Tung-Striebel, in place: filtered states (row, ...) become smoothed ones.

    A slot that was handed to another source inside the series is smoothed as if it had not
    been; words and deeds, which are all that is read, hardly notice.
    """
    count, size = mean.shape
    q = np.empty((2, 2))
    fade = np.empty(4)
    th_d, th_a = rates[0], rates[1]
    ahead = np.empty((size, size))
    ahead_mean = np.empty(size)
    f = np.eye(size)
    for n in range(count - 2, -1, -1):
        if first[n + 1] == 1:
            continue
        span = weeks[n + 1] - weeks[n]
        if span <= 0.0:
            mean[n] = mean[n + 1]
            cov[n] = cov[n + 1]
            continue
        f10, f00, f11 = spans(span, th_d, th_a, be, p, slow, q, fade)
        f[0, 0], f[1, 0], f[1, 1] = f00, f10, f11
        for s in range(_DRIFT, _STORY):
            f[s, s] = fade[0]
        f[_STORY, _STORY] = fade[2]
        ahead[:] = cov[n]
        ahead_mean[:] = mean[n]
        move(ahead_mean, ahead, f00, f10, f11, q, fade)
        for i in range(size):
            ahead[i, i] += 1e-12
        solved: Any = np.linalg.solve(ahead, f @ cov[n])
        mean[n] += (mean[n + 1] - ahead_mean) @ solved
        cov[n] += solved.T @ (cov[n + 1] - ahead) @ solved

"""The run-length bank: a mixture of Gaussians over "a jump of kind k happened r weeks ago".

Hypotheses are born for every week without regard to evidence, at the hazard of the model, from
the whole mixture before (collapsed to its two moments, plus the covariance of the jump, both
decayed to the present). Each carries its own filter. Once a jump is older than the window, its
hypothesis is merged by moments into the one that remembers none. Weeks are counted from the
first signal of the series, so that a shift of all dates changes nothing.

There is one such family of hypotheses per law of the model (a stance that rests and jumps, one that
wanders, ...). A series keeps its law; the weights of the laws are those of their hypotheses, so each
signal moves them by the probability it had beforehand, and whatever is read is averaged over them.

Arrays have a leading axis `copy`, so that the same series with different signals left out can be
filtered in one pass: logw (copy, hypothesis), mean (copy, hypothesis, state), cov (copy,
hypothesis, state, state). This file is the plain NumPy twin of the compiled kernel.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from standoff.measure.dynamics import (
    SLOTS,
    STORY,
    Array,
    prior_moments,
)
from standoff.measure.model import Dynamics
from standoff.measure.response import Site

NONE = -1
KINDS = ("words", "deeds", "both")


@dataclass(frozen=True, slots=True)
class Bank:
    """The state of one series at `week`.

    `law` (rising), `kind` and `born` (whole weeks since `start`) name the hypotheses; the first of
    each law is "none". `press` is (shift, share, variance): how the level follows from the mean that
    the press shows, see `levels`. `slots` names the source regimes whose thresholds the state
    carries, latest last used.
    """

    week: float
    start: float
    logw: Array
    mean: Array
    cov: Array
    kind: npt.NDArray[np.int64]
    born: npt.NDArray[np.int64]
    law: npt.NDArray[np.int64]
    press: tuple[float, float, float] = (0.0, 1.0, 0.0)
    slots: tuple[str, ...] = ()
    recency: tuple[int, ...] = ()
    log_evidence: Array = field(default_factory=lambda: np.zeros(1))

    @property
    def weights(self) -> Array:
        """Probabilities of the hypotheses, shape (copy, hypothesis)."""
        shifted = np.exp(self.logw - self.logw.max(axis=1, keepdims=True))
        return shifted / shifted.sum(axis=1, keepdims=True)


def open_bank(dynamics: Dynamics, week: float, copies: int = 1) -> Bank:
    """The bank before any signal, at `week`."""
    moments = [prior_moments(d) for d in dynamics.by_law]
    count = len(moments)
    seen = dynamics.series_sd**2 + dynamics.press_sd**2
    share = dynamics.series_sd**2 / seen if seen > 0.0 else 1.0
    return Bank(
        week,
        week,
        np.tile(np.log(dynamics.law_weights), (copies, 1)),
        np.tile(np.stack([m for m, _ in moments]), (copies, 1, 1)),
        np.tile(np.stack([c for _, c in moments]), (copies, 1, 1, 1)),
        np.full(count, NONE),
        np.zeros(count, dtype=np.int64),
        np.arange(count),
        (dynamics.press_shift, share, share * dynamics.press_sd**2),
        log_evidence=np.zeros(copies),
    )


# ---------------------------------------------------------------- sources


def loading(bank: Bank, site: Site) -> Array:
    """h, shape (state,): words, deeds, their means, the story, minus the source's drift."""
    h = np.zeros(bank.mean.shape[2])
    h[0] = h[2] = site.loading[0]
    h[1] = h[3] = site.loading[1]
    h[STORY] = 1.0
    if site.regime in bank.slots:
        h[4 + bank.slots.index(site.regime)] = -1.0
    return h


def take_slot(bank: Bank, dynamics: Dynamics, regime: str) -> Bank:
    """Give `regime` a slot for its threshold drift; the source unused longest makes room.

    Making room forgets what was learnt about that source: its slot returns to the prior.
    """
    if not regime:
        return bank
    if regime in bank.slots:
        slot = bank.slots.index(regime)
        recency = (*(s for s in bank.recency if s != slot), slot)
        return replace(bank, recency=recency)
    if len(bank.slots) < SLOTS:
        slot = len(bank.slots)
        return replace(bank, slots=(*bank.slots, regime), recency=(*bank.recency, slot))
    slot = bank.recency[0]
    mean, cov = bank.mean.copy(), bank.cov.copy()
    index = 4 + slot
    mean[..., index] = 0.0
    cov[..., index, :] = 0.0
    cov[..., :, index] = 0.0
    cov[..., index, index] = dynamics.drift_sd**2
    slots = tuple(regime if i == slot else name for i, name in enumerate(bank.slots))
    return replace(bank, mean=mean, cov=cov, slots=slots, recency=(*bank.recency[1:], slot))


# ---------------------------------------------------------------- reading the state


def fork(bank: Bank) -> Bank:
    """The bank with its last copy twice: from now on the two may see different signals."""

    def twice(x: Array) -> Array:
        return np.concatenate([x, x[-1:]])

    return replace(
        bank,
        logw=twice(bank.logw),
        mean=twice(bank.mean),
        cov=twice(bank.cov),
        log_evidence=twice(bank.log_evidence),
    )


def clone(bank: Bank) -> Bank:
    """Remember the present level, as the press shows it, in two further constant states.

    Signals that follow also teach about the remembered level, through its covariance with the
    present one; so the bank later holds the joint law of "then" and "now".
    """
    size = bank.mean.shape[2]
    t = np.zeros((2, size))
    t[0, 0] = t[0, 2] = t[1, 1] = t[1, 3] = 1.0
    grow = np.concatenate([np.eye(size), t])
    return replace(bank, mean=bank.mean @ grow.T, cov=grow @ bank.cov @ grow.T)


def levels(bank: Bank, copy: int = 0) -> tuple[Array, Array, Array]:
    """Mixture of (words, deeds) on x + m: weights (h,), means (h, 2), covariances (h, 2, 2).

    The press shows M = m + s, s ~ N(shift, press_sd^2), of which no signal tells the parts. With
    share = series_sd^2 / (series_sd^2 + press_sd^2), m given M is N(share (M - shift), share
    press_sd^2): selection widens a level by what no number of signals takes away.
    """
    size = bank.mean.shape[2]
    shift, share, variance = bank.press
    t = np.zeros((2, size))
    t[0, 0] = t[1, 1] = 1.0
    t[0, 2] = t[1, 3] = share
    mean = bank.mean[copy] @ t.T - share * shift
    return bank.weights[copy], mean, t @ bank.cov[copy] @ t.T + variance * np.eye(2)


def law_weights(bank: Bank, count: int, copy: int = 0) -> Array:
    """Probability of each of the `count` laws, shape (law,)."""
    found = np.bincount(bank.law, bank.weights[copy], count)
    return found / found.sum()

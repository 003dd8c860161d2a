"""One step of the bank in plain NumPy: move in time, let jumps be born, take one observation.

The slow, readable twin of the compiled kernel; `filter` chooses between the two.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from standoff.measure.bank import KINDS, NONE, Bank, loading, take_slot
from standoff.measure.dynamics import STORY, Array, decay, jump_covariances, transition
from standoff.measure.model import Dynamics
from standoff.measure.response import Site, level_probabilities, likelihood

# Below this share a hypothesis is merged into "none": it could not come back.
LEAST_WEIGHT = 1e-6
NODES = 21

_X, _W = np.polynomial.hermite.hermgauss(NODES)
NODE = np.sqrt(2.0) * np.asarray(_X, dtype=float)
WEIGHT = np.asarray(_W, dtype=float) / math.sqrt(math.pi)


# ---------------------------------------------------------------- moving in time


def predict(bank: Bank, dynamics: Dynamics, week: float) -> Bank:
    """The bank at `week` >= bank.week, with the jumps that may have happened on the way."""
    span = week - bank.week
    if span <= 0.0:
        return bank
    mean, cov = _move(bank.mean, bank.cov, dynamics, span)
    if dynamics.jump_rate <= 0.0:
        return _replace(bank, week, bank.logw, mean, cov, bank.kind, bank.born)
    total = np.logaddexp.reduce(bank.logw, axis=1)
    centre, spread = _collapse(bank.weights, bank.mean, bank.cov)
    centre, spread = _move(centre[:, None], spread[:, None], dynamics, span)
    age, birth_week, birth_kind, prior = births(bank, dynamics, week)
    count, size = len(age), bank.mean.shape[2]
    added = np.zeros((count, size, size))
    for i in range(count):
        f = decay(dynamics, float(age[i]))
        added[i, :2, :2] = f @ jump_covariances(dynamics)[birth_kind[i]] @ f.T
    copies = bank.mean.shape[0]
    logw = np.concatenate(
        [bank.logw - dynamics.jump_rate * span, total[:, None] + prior[None]], axis=1
    )
    mean = np.concatenate([mean, np.broadcast_to(centre, (copies, count, size))], axis=1)
    cov = np.concatenate([cov, spread + added[None]], axis=1)
    kind = np.concatenate([bank.kind, birth_kind])
    born = np.concatenate([bank.born, birth_week])
    moved = _replace(bank, week, logw, mean, cov, kind, born)
    return _forget(_merge(moved), dynamics)


def births(
    bank: Bank, dynamics: Dynamics, week: float
) -> tuple[Array, npt.NDArray[np.int64], npt.NDArray[np.int64], Array]:
    """Jumps that may lie between the bank and `week`, one per week and kind.

    Age at `week`, week of birth since the start, kind and log prior, each of shape (birth,).
    """
    first = max(bank.week, week - dynamics.jump_window - 1.0)
    edges = [first]
    following = math.floor(first - bank.start + 1e-6) + 1
    while bank.start + following < week - 1e-6:
        edges.append(bank.start + following)
        following += 1
    edges.append(week)
    if first > bank.week:
        edges.insert(0, bank.week)
    count = len(KINDS)
    age: list[float] = []
    born: list[int] = []
    prior: list[float] = []
    for begin, end in itertools.pairwise(edges):
        middle = 0.5 * (begin + end)
        # Another jump may lie before or after within the span; first order is enough.
        log_prior = math.log(-math.expm1(-dynamics.jump_rate * (end - begin)) / count)
        age += [week - middle] * count
        born += [math.floor(middle - bank.start)] * count
        prior += [log_prior] * count
    kinds = np.tile(np.arange(count), len(edges) - 1)
    return np.array(age), np.array(born), kinds, np.array(prior)


def _move(mean: Array, cov: Array, dynamics: Dynamics, span: float) -> tuple[Array, Array]:
    step = transition(dynamics, span)
    size = mean.shape[-1]
    f = np.eye(size)
    f[:2, :2] = step.matrix
    for slot in range(4, STORY):
        f[slot, slot] = step.drift_decay
    f[STORY, STORY] = step.story_decay
    moved = f @ cov @ f.T
    moved[..., :2, :2] += step.noise
    for slot in range(4, STORY):
        moved[..., slot, slot] += step.drift_noise
    moved[..., STORY, STORY] += step.story_noise
    return mean @ f.T, moved


def _collapse(weights: Array, mean: Array, cov: Array) -> tuple[Array, Array]:
    """First two moments of the mixture: (copy, state) and (copy, state, state)."""
    centre = np.einsum("ch,chs->cs", weights, mean)
    off = mean - centre[:, None]
    spread = np.einsum("ch,chst->cst", weights, cov) + np.einsum(
        "ch,chs,cht->cst", weights, off, off
    )
    return centre, spread


def _merge(bank: Bank) -> Bank:
    """Join hypotheses of the same kind and week, and those of negligible weight with "none"."""
    weights = bank.weights.max(axis=0)
    names: dict[tuple[int, int], list[int]] = {(NONE, 0): []}
    for i, (kind, born) in enumerate(zip(bank.kind.tolist(), bank.born.tolist(), strict=True)):
        small = weights[i] < LEAST_WEIGHT
        key = (NONE, 0) if kind == NONE or small else (kind, born)
        names.setdefault(key, []).append(i)
    if all(len(v) == 1 for v in names.values()):
        return bank
    groups = [v for v in names.values() if v]
    return _grouped(bank, list(names), groups)


def _forget(bank: Bank, dynamics: Dynamics) -> Bank:
    """Merge jumps older than the window with "none"."""
    age = bank.week - (bank.start + bank.born)
    old = (bank.kind != NONE) & (age > dynamics.jump_window + 1e-6)
    if not old.any():
        return bank
    none = [i for i in range(len(old)) if old[i] or bank.kind[i] == NONE]
    rest = [i for i in range(len(old)) if i not in set(none)]
    keys = [(NONE, 0), *((int(bank.kind[i]), int(bank.born[i])) for i in rest)]
    return _grouped(bank, keys, [none, *([i] for i in rest)])


def _grouped(bank: Bank, keys: list[tuple[int, int]], groups: Sequence[Sequence[int]]) -> Bank:
    logw: list[Array] = []
    mean: list[Array] = []
    cov: list[Array] = []
    for members in groups:
        if len(members) == 1:
            i = members[0]
            logw.append(bank.logw[:, i])
            mean.append(bank.mean[:, i])
            cov.append(bank.cov[:, i])
            continue
        index = list(members)
        part = bank.logw[:, index]
        total = np.logaddexp.reduce(part, axis=1)
        weights = np.exp(part - total[:, None])
        m, c = _collapse(weights, bank.mean[:, index], bank.cov[:, index])
        logw.append(total)
        mean.append(m)
        cov.append(c)
    return _replace(
        bank,
        bank.week,
        np.stack(logw, axis=1),
        np.stack(mean, axis=1),
        np.stack(cov, axis=1),
        np.array([k for k, _ in keys]),
        np.array([b for _, b in keys]),
    )


def _replace(
    bank: Bank,
    week: float,
    logw: Array,
    mean: Array,
    cov: Array,
    kind: npt.NDArray[np.int64],
    born: npt.NDArray[np.int64],
) -> Bank:
    return replace(bank, week=week, logw=logw, mean=mean, cov=cov, kind=kind, born=born)


# ---------------------------------------------------------------- taking evidence


def update(bank: Bank, dynamics: Dynamics, site: Site, skip: int | None = None) -> Bank:
    """Take one observation: predict, then match the moments of every hypothesis.

    `skip` names a copy that does not see this observation (leave one out).
    """
    bank = take_slot(predict(bank, dynamics, site.week), dynamics, site.regime)
    h = loading(bank, site)
    ph = bank.cov @ h
    mz, vz = bank.mean @ h, ph @ h
    if not site.regime:
        # A source seen once: its drift is noise of its own.
        vz = vz + dynamics.drift_sd**2
    z = mz[..., None] + np.sqrt(vz)[..., None] * NODE
    weighted = WEIGHT * likelihood(z, site)
    evidence = weighted.sum(axis=-1)
    first = (weighted * z).sum(axis=-1) / evidence
    second = (weighted * (z - first[..., None]) ** 2).sum(axis=-1) / evidence
    gain = ph / vz[..., None]
    mean = bank.mean + gain * (first - mz)[..., None]
    cov = bank.cov + (second - vz)[..., None, None] * gain[..., :, None] * gain[..., None, :]
    logw = bank.logw + np.log(evidence)
    if skip is not None:
        mean[skip], cov[skip], logw[skip] = bank.mean[skip], bank.cov[skip], bank.logw[skip]
    before = np.logaddexp.reduce(bank.logw, axis=1)
    after = np.logaddexp.reduce(logw, axis=1)
    return replace(
        bank,
        logw=logw - after[:, None],
        mean=mean,
        cov=cov,
        log_evidence=bank.log_evidence + after - before,
    )


def predictive(bank: Bank, dynamics: Dynamics, site: Site) -> Array:
    """Probability of each level of `site`'s item just before it, shape (copy, level)."""
    bank = take_slot(predict(bank, dynamics, site.week), dynamics, site.regime)
    h = loading(bank, site)
    mz, vz = bank.mean @ h, (bank.cov @ h) @ h
    if not site.regime:
        vz = vz + dynamics.drift_sd**2
    z = mz[..., None] + np.sqrt(vz)[..., None] * NODE
    return np.einsum("ch,n,chnk->ck", bank.weights, WEIGHT, level_probabilities(z, site))

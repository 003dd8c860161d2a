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
from standoff.measure.dynamics import STORY, Array, jumps, transition
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
    laws, size = dynamics.by_law, bank.mean.shape[2]
    f, q = _steps(laws, span, size)
    mean, cov = _carried(bank, f[bank.law])
    cov += q[bank.law]
    rates = np.array([d.jump_rate for d in laws])
    parts = [(bank.logw - rates[bank.law] * span, mean, cov, bank.kind, bank.born, bank.law)]
    for number in np.flatnonzero(rates > 0.0).tolist():
        own, law = bank.law == number, laws[number]
        total = np.logaddexp.reduce(bank.logw[:, own], axis=1)
        share = np.exp(bank.logw[:, own] - total[:, None])
        centre, spread = _collapse(share, bank.mean[:, own], bank.cov[:, own])
        centre, spread = centre @ f[number].T, f[number] @ spread @ f[number].T + q[number]
        age, born, kind, prior = births(bank, law, week)
        count = len(age)
        kept, added = np.ones((count, size)), np.zeros((count, size, size))
        left, more = jumps(law, age[:: len(KINDS)])
        kept[:, :2], added[:, :2, :2] = np.tile(left, (len(more), 1)), more.reshape(-1, 2, 2)
        grown = spread[:, None] * (kept[:, :, None] * kept[:, None, :])
        grown += added
        parts.append((
            total[:, None] + prior, centre[:, None] * kept, grown, kind, born, np.full(count, number),
        ))  # fmt: skip
    logw, mean, cov = (np.concatenate([p[i] for p in parts], axis=1) for i in range(3))
    kind, born, of = (np.concatenate([p[i] for p in parts]) for i in (3, 4, 5))
    moved = replace(bank, week=week, logw=logw, mean=mean, cov=cov, kind=kind, born=born, law=of)
    return _merge(moved, dynamics.jump_window)


def of_law(bank: Bank, law: int) -> Bank:
    """The hypotheses of one law alone."""
    own = np.flatnonzero(bank.law == law)
    if len(own) == len(bank.law):
        return bank
    return replace(
        bank, logw=bank.logw[:, own], mean=bank.mean[:, own], cov=bank.cov[:, own],
        kind=bank.kind[own], born=bank.born[own], law=bank.law[own],
    )  # fmt: skip


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


def _steps(laws: Sequence[Dynamics], span: float, size: int) -> tuple[Array, Array]:
    """Transition and noise of the whole state over a span under each law: (law, state, state)."""
    f = np.tile(np.eye(size), (len(laws), 1, 1))
    q = np.zeros((len(laws), size, size))
    for number, law in enumerate(laws):
        step = transition(law, span)
        f[number, :2, :2], q[number, :2, :2] = step.matrix, step.noise
        for slot in range(4, STORY):
            f[number, slot, slot], q[number, slot, slot] = step.drift_decay, step.drift_noise
        f[number, STORY, STORY], q[number, STORY, STORY] = step.story_decay, step.story_noise
    return f, q


def _carried(bank: Bank, f: Array) -> tuple[Array, Array]:
    """F m and F P F' of every hypothesis; `f` has one F each, shape (hypothesis, state, state).

    Every state but one decays by itself; words (0) also lead deeds (1). So three products of
    elements stand for two of matrices.
    """
    alone = np.diagonal(f, axis1=1, axis2=2)
    lead = f[:, 1, 0]
    mean, cov = bank.mean * alone, bank.cov * (alone[:, :, None] * alone[:, None, :])
    led = bank.cov[:, :, 0] * (lead[:, None] * alone)
    mean[:, :, 1] += lead * bank.mean[:, :, 0]
    cov[:, :, 1] += led
    cov[:, :, :, 1] += led
    cov[:, :, 1, 1] += lead**2 * bank.cov[:, :, 0, 0]
    return mean, cov


def _collapse(weights: Array, mean: Array, cov: Array) -> tuple[Array, Array]:
    """First two moments of the mixture: (copy, state) and (copy, state, state)."""
    row = weights[:, None]
    centre = row @ mean
    off = mean - centre
    within = row @ cov.reshape(*cov.shape[:2], -1)
    between = (off * weights[:, :, None]).transpose(0, 2, 1) @ off
    return centre[:, 0], within.reshape(between.shape) + between


def _merge(bank: Bank, window: float) -> Bank:
    """Join hypotheses of one law, kind and week; the small and the old go to their law's "none".

    The laws come out in rising order.
    """
    # The weights of all laws together sum to one, so a law that lost its weight costs little.
    small = np.exp(bank.logw).max(axis=0) < LEAST_WEIGHT
    gone = small | (bank.week - (bank.start + bank.born) > window + 1e-6)
    kind = np.where(gone, NONE, bank.kind)
    born = np.where(kind == NONE, 0, bank.born)
    groups: dict[tuple[int, int, int], list[int]] = {}
    for i in np.argsort(bank.law, kind="stable").tolist():
        name = (int(bank.law[i]), int(kind[i]), int(born[i]))
        groups.setdefault(name, []).append(i)
    first = [members[0] for members in groups.values()]
    logw, mean, cov = bank.logw[:, first], bank.mean[:, first], bank.cov[:, first]
    for g, members in enumerate(groups.values()):
        if len(members) > 1:
            part = bank.logw[:, members]
            logw[:, g] = np.logaddexp.reduce(part, axis=1)
            share = np.exp(part - logw[:, g, None])
            mean[:, g], cov[:, g] = _collapse(share, bank.mean[:, members], bank.cov[:, members])
    return replace(
        bank, logw=logw, mean=mean, cov=cov, kind=kind[first], born=born[first], law=bank.law[first]
    )


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
    cov = ((second - vz)[..., None] * gain)[..., :, None] * gain[..., None, :]
    cov += bank.cov
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

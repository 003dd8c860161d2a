"""One step of the bank, by the compiled kernel where it is there, else by its NumPy twin.

The compiled kernel needs numba (extra `fast`) and a second to load, so it is used only where it was
asked for: by `load_kernel`, which feeds, fits and studies call.
"""

from __future__ import annotations

import importlib
import math
from dataclasses import replace
from functools import lru_cache
from types import ModuleType

import numpy as np

from standoff.measure import step as twin
from standoff.measure.bank import Bank, take_slot
from standoff.measure.dynamics import DRIFT_HALF_LIFE, stationary
from standoff.measure.model import Dynamics
from standoff.measure.response import Site

_kernels: list[ModuleType] = []


def load_kernel() -> bool:
    """Use the compiled kernel from now on. False, and no change, where numba is not installed.

    >>> load_kernel() in (True, False)
    True
    """
    if not _kernels:
        try:
            _kernels.append(importlib.import_module("standoff.measure.kernel"))
        except ImportError:
            return False
    return True


def plain_kernel() -> ModuleType | None:
    """The compiled filter and smoother without jumps, if the kernel was loaded."""
    return importlib.import_module("standoff.measure.kernel_plain") if _kernels else None


def predict(bank: Bank, dynamics: Dynamics, week: float) -> Bank:
    """The bank at `week` >= bank.week; see `bank.predict`."""
    if not _kernels or week <= bank.week:
        return twin.predict(bank, dynamics, week)
    logw, mean, cov, kind, born, law = _kernels[0].advance(
        bank.logw, bank.mean, bank.cov, bank.kind, bank.born, bank.law, bank.week, week, bank.start,
        dynamics.jump_window, *_constants(dynamics),
    )  # fmt: skip
    return replace(bank, week=week, logw=logw, mean=mean, cov=cov, kind=kind, born=born, law=law)


@lru_cache(maxsize=64)
def _constants(dynamics: Dynamics) -> tuple[twin.Array, twin.Array, twin.Array]:
    """What the kernel takes for the constants of a model; see `kernel.advance`."""
    laws = dynamics.by_law
    return (
        np.array(
            [(*d.rates, d.follow_through, d.jump_rate, d.jump_sd**2, d.jump_keep) for d in laws]
        ),
        np.stack([stationary(d) for d in laws]),
        np.array(
            [
                math.log(2.0) / DRIFT_HALF_LIFE,
                dynamics.drift_sd**2,
                math.log(2.0) / dynamics.story_half_life,
                dynamics.story_sd**2,
            ]
        ),
    )


def update(bank: Bank, dynamics: Dynamics, site: Site, skip: int | None = None) -> Bank:
    """Take one observation; see `bank.update`."""
    if not _kernels:
        return twin.update(bank, dynamics, site, skip)
    fresh = site.week > bank.week
    bank = take_slot(predict(bank, dynamics, site.week), dynamics, site.regime)
    logw, mean, cov = bank.logw, bank.mean, bank.cov
    if not fresh:
        # The arrays are still those of the caller's bank.
        logw, mean, cov = logw.copy(), mean.copy(), cov.copy()
    gained = np.empty(logw.shape[0])
    row = likelihood_row(site, bank.slots, dynamics.drift_sd)
    _kernels[0].take(logw, mean, cov, row, -1 if skip is None else skip, gained)
    return replace(bank, logw=logw, mean=mean, cov=cov, log_evidence=bank.log_evidence + gained)


def likelihood_row(site: Site, slots: tuple[str, ...], drift_sd: float) -> twin.Array:
    """The constants of one likelihood in the order that the kernel expects, shape (12,)."""
    known = site.regime in slots
    return np.array(
        [
            site.level,
            site.levels,
            site.discrimination,
            site.thresholds[site.level - 1] if site.level > 0 else 0.0,
            site.thresholds[site.level] if site.level < site.levels - 1 else 0.0,
            site.loading[0],
            site.loading[1],
            site.eps,
            site.power,
            4 + slots.index(site.regime) if known else -1,
            0.0 if site.regime else drift_sd**2,
            0.0,
        ]
    )

"""What each signal does to a level: the series is filtered once more without it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from standoff.measure.bank import Bank, fork, levels, open_bank
from standoff.measure.filter import predict, update
from standoff.measure.model import Dynamics
from standoff.measure.observation import Observation
from standoff.measure.response import Site


@dataclass(frozen=True, slots=True)
class Weight:
    """What one signal does to a level: the change if it is put back, in stationary sd.

    `share` is its part of all such changes, words and deeds together; shares sum to one.
    """

    key: str
    handles: tuple[str, ...]
    words: float
    deeds: float
    share: float


def leave_one_out(
    dynamics: Dynamics, sites: Sequence[Site], end: float, before: Bank | None = None
) -> Bank:
    """The bank at `end` with one copy per site that leaves it out, and the full one last.

    `before`: the state before the first of `sites`, where others came earlier.
    """
    bank = open_bank(dynamics, sites[0].week) if before is None else before
    for i, site in enumerate(sites):
        # Up to its own site a copy is the full one.
        bank = update(fork(bank), dynamics, site, skip=i)
    return predict(bank, dynamics, end)


def read_weights(
    dynamics: Dynamics,
    seen: Sequence[Observation],
    sites: Sequence[Site],
    end: float,
    before: Bank | None = None,
) -> tuple[Weight, ...]:
    """The weight of every signal of a series in its level at week `end`.

    With `before`, of the signals that came after that state; their shares are of these alone.

    >>> read_weights(Dynamics(), (), (), 0.0)
    ()
    """
    if not seen:
        return ()
    bank = leave_one_out(dynamics, sites, end, before)
    means = np.array([w @ m for w, m, _ in (levels(bank, copy) for copy in range(len(seen) + 1))])
    change = means[-1] - means[:-1]
    size = np.hypot(change[:, 0], change[:, 1])
    total = float(size.sum()) or 1.0
    return tuple(
        Weight(
            o.key,
            o.handles,
            round(float(change[i, 0]), 9),
            round(float(change[i, 1]), 9),
            round(float(size[i]) / total, 9),
        )
        for i, o in enumerate(seen)
    )

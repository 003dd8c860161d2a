"""Filtering a series again, as far as needed: states are remembered by what was seen.

The state after a list of sites depends on nothing but that list. So a tree keyed by the sites
seen so far serves every vintage: a back-dated signal, a retraction, one signal left out, or
a level on an earlier day all share the states up to the first difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from standoff.measure.bank import Bank, open_bank
from standoff.measure.filter import predict, update
from standoff.measure.model import Dynamics
from standoff.measure.response import Site
from standoff.measure.series import Series


@dataclass(slots=True)
class _Node:
    bank: Bank
    following: dict[Site, _Node] = field(default_factory=dict["Site", "_Node"])


class Replay:
    """States of one series under one set of hyperparameters.

    `limit` bounds how many states are kept (45 kB each); beyond it states are computed anew.
    """

    def __init__(self, dynamics: Dynamics, limit: int = 512) -> None:
        self._dynamics = dynamics
        self._roots: dict[float, _Node] = {}
        self._left = limit

    def state(self, sites: Sequence[Site], week: float | None = None) -> Bank:
        """The bank after `sites` (in order of time), carried on to `week` if that is later."""
        if not sites:
            return open_bank(self._dynamics, 0.0 if week is None else week)
        start = sites[0].week
        node = self._roots.get(start)
        if node is None:
            node = self._roots[start] = _Node(open_bank(self._dynamics, start))
        for site in sites:
            child = node.following.get(site)
            if child is None:
                child = _Node(update(node.bank, self._dynamics, site))
                if self._left > 0:
                    self._left -= 1
                    node.following[site] = child
            node = child
        return node.bank if week is None else predict(node.bank, self._dynamics, week)


class Replays:
    """One `Replay` for each series of a record, made when first asked for."""

    def __init__(self, dynamics: Dynamics) -> None:
        self._dynamics = dynamics
        self._held: dict[Series, Replay] = {}

    def of(self, series: Series) -> Replay:
        """The states of one series."""
        found = self._held.get(series)
        if found is None:
            found = self._held[series] = Replay(self._dynamics)
        return found

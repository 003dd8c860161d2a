"""The base rate on which a system's forecast stands: the pair's own, or that of its class."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from standoff.errors import UnknownActor
from standoff.forecast.draft import relative_strength
from standoff.forecast.joining import join_rate
from standoff.forecast.rates import PairRate, pair_rate
from standoff.forecast.rates_file import Rates
from standoff.systems import System

__all__ = ["PairBasis", "pair_basis"]

Array = npt.NDArray[np.float64]
STRATUM = 16
"""Draws of a rate that are averaged into one, so that seeds agree."""


@dataclass(frozen=True, slots=True)
class PairBasis:
    """Where the base rate comes from.

    `pair` is None where the pair has no record (an actor that no data set knows): then the rates of
    the system's default class stand in, and `notes` say so. `known` holds what the fitted rate has
    used of challenger and protege already, by the names of the game's values.
    """

    pair: PairRate | None
    system: System
    notes: tuple[str, ...]
    known: Mapping[str, float]

    @property
    def holder(self) -> str:
        """The state whose record is used: the protege itself, or who holds it."""
        return self.pair.target if self.pair is not None else self.system.protege

    def joining(self, at: date, n: int, rng: np.random.Generator) -> dict[str, Array]:
        """P(each defender fights | attack) by the record of who came, axis: draw.

        A defender that no data set knows is left out: the game's own prior then stands.
        """
        if self.pair is None:
            return {}
        bound = {
            c.owner
            for c in self.system.commitments
            if c.defence and c.protege == self.system.protege
        }
        found: dict[str, Array] = {}
        for k in self.system.defenders:
            try:
                found[k] = join_rate(
                    k,
                    self.pair.target,
                    self.system.challenger,
                    at,
                    obligation=True if k in bound else None,
                    draws=n,
                    rng=rng,
                )
            except UnknownActor:
                continue
        return found

    def draws(self, n: int, rng: np.random.Generator) -> tuple[Array, Array]:
        """Disputes a year begun by the challenger, and the chance that one becomes an attack."""
        if self.pair is not None:
            fine = n * STRATUM
            return (
                _stratified(self.pair.onset(fine, rng), n, rng),
                _stratified(self.pair.severity(fine, rng), n, rng),
            )
        target = self.system.default_class
        attacks = max(target.probability, 1e-6)
        disputes = min(attacks + self.system.challenge_rate.rate, 0.95)
        spread = 0.8  # sd of the log: how far the rivalries of one class differ, as in the game
        z = ndtri((rng.permutation(n) + rng.random(n)) / n)
        # The mean over draws, not the median, is the class rate.
        onset = -math.log1p(-disputes) * np.exp(spread * z - 0.5 * spread**2)
        return onset, np.full(n, attacks / disputes)


def pair_basis(system: System, at: date, rates: Rates | None = None) -> PairBasis:
    """The pair's fitted rate on a day; else the rate of the system's class, and why.

    `rates`: a fit of the user's own in place of the one that ships.

    >>> from standoff.systems import load_system
    >>> pair_basis(load_system("west-pacific-2021"), date(2021, 8, 13)).pair is not None
    True
    """
    c, t = system.challenger, system.protege
    try:
        pair = pair_rate(c, t, at, rates=rates)
    except UnknownActor as error:
        note = f"no fitted rate for {c} and {t} ({error}); the class {system.default_class.name}"
        return PairBasis(None, system, (note,), {f"log_cinc:{t}": 0.0, f"log_milex:{t}": 0.0})
    known: dict[str, float] = {}
    ratio = relative_strength(pair.target, c, at)
    if ratio is not None:
        known = {f"log_cinc:{t}": ratio, f"log_milex:{t}": ratio}
    return PairBasis(pair, system, (*pair.notes, *pair.missing), known)


def _stratified(fine: Array, n: int, rng: np.random.Generator) -> Array:
    """`n` draws in random order, each the mean of one of n strata of equal probability."""
    means: Array = np.sort(fine).reshape(n, -1).mean(axis=1)
    return means[rng.permutation(n)]

"""What reports move: the chance of an attack with them, against the chance had they never come.

One question for many sets of reports: each is left out of the evidence and of the stances in turn, on
the same draws. An event that others report too stays, with the doubt that is left.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from standoff.assess.answer import Workbench, parties_of
from standoff.assess.contributions import effect_on
from standoff.forecast import Piece, weigh
from standoff.game import FORECAST, Solutions, solve_batch
from standoff.terms import Estimate, Event, Relation, Signal

__all__ = ["LeaveOut", "Move", "Reduced", "reduced_events"]

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Move:
    """What something does to the chance of an attack within twelve months.

    `ratio` is the chance with it over that without it, on the few draws; `without` the printed chance
    over that ratio, `points` the printed chance less `without`, in percentage points.
    `share_lower`: draws in which it makes an attack less likely.
    """

    ratio: Estimate
    points: float
    without: float
    share_lower: float

    @property
    def size(self) -> float:
        """How far it moves the answer, in percentage points, whichever way."""
        return abs(self.points)

    @property
    def log_ratio(self) -> float:
        """The natural logarithm of the ratio."""
        return math.log(max(self.ratio.mean, 1e-12))


@dataclass(frozen=True, slots=True)
class Reduced:
    """Events as they would stand without some reports.

    `touched` are the keys of the events that lose a report, `left` those of them that others report too.
    """

    touched: frozenset[str]
    left: tuple[Event, ...]


def reduced_events(
    events: Sequence[Event], gone: Collection[str], codings: Mapping[str, Signal]
) -> Reduced:
    """The events that lose reports; `codings` are the signals of the dossier by handle.

    Where the report that spoke for an event goes, the best of the others speaks for it.
    """
    touched: list[str] = []
    left: list[Event] = []
    for event in events:
        reports = tuple(r for r in event.reports if r.handle not in gone)
        if len(reports) == len(event.reports):
            continue
        touched.append(event.key)
        if not reports:
            continue
        known = min(r.available for r in reports)
        if event.reports[0].handle in gone:
            signal = codings[reports[0].handle]
            event = replace(event, signal=signal, happened=signal.date)
        left.append(replace(event, reports=reports, available=known))
    return Reduced(frozenset(touched), tuple(left))


class LeaveOut:
    """Asks a workbench what sets of reports move."""

    def __init__(self, bench: Workbench, codings: Mapping[str, Signal]) -> None:
        self.bench = bench
        self.codings = codings
        self._few = solve_batch(bench.game, bench.few, outputs=FORECAST)
        self._full = bench.attack(self._few)
        self.chance = bench.answer().at(12).mean
        """The chance of an attack within twelve months, as an assessment prints it."""
        protege = bench.system.protege
        self.stance_keys = frozenset(
            o.key
            for k in (*bench.system.defenders, *bench.system.supporters)
            for o in bench.stance.observations(k, protege, Relation.COMMITMENT)
        )
        """Keys of the events that a commitment of a patron rests on."""

    @property
    def keys(self) -> frozenset[str]:
        """Keys of the events that can move the answer: pieces of evidence, and signals of a commitment."""
        return self.stance_keys | {p.key for p in self.bench.pieces}

    def moves(self, sets: Sequence[Collection[str]]) -> list[Move]:
        """What each set of reports (handles of signals) moves, in order."""
        cut = [reduced_events(self.bench.events, set(gone), self.codings) for gone in sets]
        heavy = [i for i, c in enumerate(cut) if c.touched & self.stance_keys]
        stances = [self.bench.stance.without(sets[i]) for i in heavy]
        solved = dict(zip(heavy, self.bench.under_each(stances), strict=True)) if heavy else {}
        return [self._move(c, solved.get(i, self._few)) for i, c in enumerate(cut)]

    def _move(self, cut: Reduced, solved: Solutions) -> Move:
        added: tuple[Piece, ...] = ()
        if cut.left:
            parties = parties_of(self.bench.system, self.bench.basis)
            added, _ = weigh(cut.left, parties, self.bench.use.model, at=self.bench.at)
        without = self.bench.attack(solved, cut.touched, added)
        ratio = effect_on(self._full, without)
        before = self.chance / ratio.mean
        lower = float(np.mean(self._full < without))
        return Move(ratio, 100.0 * (self.chance - before), before, lower)

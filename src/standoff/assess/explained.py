"""What explains an answer, from a workbench alone: the same for a dossier and for coded signals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from standoff.assess.answer import Workbench
from standoff.assess.assessment import (
    ActorLine,
    Factor,
    Grades,
    Influence,
    LevelLine,
    ShiftLine,
    Update,
)
from standoff.assess.contributions import Array, influences, levers, plain
from standoff.assess.describe import remarks
from standoff.assess.grading import grades
from standoff.assess.levels import levels_of, shifts_of
from standoff.forecast import Answer, Ours, OutsideNumber, UpdateLine, numbers_beside
from standoff.game import Solutions
from standoff.systems import System
from standoff.terms import Estimate


@dataclass(frozen=True, slots=True)
class Explained:
    """Everything beside the numbers of a forecast that a reader needs to weigh it."""

    updates: tuple[Update, ...]
    levels: tuple[LevelLine, ...]
    shifts: tuple[ShiftLine, ...]
    influences: tuple[Influence, ...]
    levers: tuple[Factor, ...]
    grades: Grades
    actors: tuple[ActorLine, ...]
    outside: tuple[OutsideNumber, ...]
    remarks: tuple[str, ...]


def explain(
    bench: Workbench,
    answer: Answer,
    few: Solutions,
    fights: Estimate | None,
    names: Mapping[str, str],
    into: dict[str, Array] | None = None,
) -> Explained:
    """`few`: the game as it stands on the few draws; `fights`: that a defender does; `names`: handles
    of events by their keys.

    `into` takes the draws of what would change the answer.
    """
    system = bench.system
    updates = tuple(update_of(line) for line in answer.lines)
    levels = levels_of(bench.stance, system)
    found = influences(bench, names, bench.events, few)
    return Explained(
        updates=updates,
        levels=levels,
        shifts=shifts_of(bench.stance, system),
        influences=found,
        levers=levers(bench, few, into),
        grades=grades(bench, levels, updates, found),
        actors=actors_of_system(system),
        outside=others_beside(bench, answer, fights.mean if fights else None),
        remarks=remarks(bench),
    )


def others_beside(
    bench: Workbench, answer: Answer, joins: float | None = None
) -> tuple[OutsideNumber, ...]:
    """Numbers of others with why they differ from an answer."""
    ours = Ours([(h.months, h.attack.mean) for h in answer.horizons], joins, len(bench.events))
    system = bench.system
    return numbers_beside(system.challenger, system.protege, bench.at, ours)


def anyone_fights(solved: Solutions, defenders: Sequence[str]) -> Estimate | None:
    """The chance that a defender fights if the protege is attacked and resists; None without one."""
    return Estimate.of(fighting(solved, defenders)) if defenders else None


def fighting(solved: Solutions, defenders: Sequence[str]) -> Array:
    """P(at least one of the defenders, patron first, fights | attacked and resists), axis draw.

    Later defenders watch the patron; given its act their choices are independent.
    """
    p = solved.probabilities
    patron = p[f"fight:{defenders[0]}"]
    nobody = 1.0 - patron
    for k in defenders[1:]:
        with_patron = patron * p[f"fight:{k}|{defenders[0]} fights"]
        alone = (p[f"fight:{k}"] - with_patron) / np.maximum(1.0 - patron, 1e-12)
        nobody = nobody * (1.0 - np.clip(alone, 0.0, 1.0))
    return 1.0 - nobody


def actors_of_system(system: System) -> tuple[ActorLine, ...]:
    """Actors in the order of their roles, each with its first role."""
    return tuple(
        ActorLine(code, plain(system.name(code)), system.roles(code)[0].value)
        for code in system.actors
    )


def update_of(line: UpdateLine) -> Update:
    """A line of the ledger of updates as an assessment keeps it."""
    return Update(
        line.key,
        line.name,
        line.ratio,
        line.handles,
        line.day.isoformat() if line.day else "",
        line.quote,
        line.precedent,
        line.origin,
    )

"""Stances as an assessment prints them: levels of words and deeds, and whether they shifted."""

from __future__ import annotations

from standoff.assess.assessment import LevelLine, ShiftLine
from standoff.measure import Level, Stance
from standoff.systems import System
from standoff.terms import Relation

WINDOW = 52.0
"""Weeks in which a shift is looked for: the year that one play covers."""


def _series(system: System) -> tuple[tuple[str, str, Relation], ...]:
    c, t = system.challenger, system.protege
    commitments = [(k, t, Relation.COMMITMENT) for k in (*system.defenders, *system.supporters)]
    hostilities = [(c, k, Relation.HOSTILITY) for k in (t, *system.defenders)]
    return (*commitments, *hostilities)


def levels_of(stance: Stance, system: System) -> tuple[LevelLine, ...]:
    """Commitments of the patrons, then hostility of the challenger, as they stand."""
    return tuple(level_line(stance.level(*series)) for series in _series(system))


def level_line(level: Level) -> LevelLine:
    """A level as an assessment prints it."""
    return LevelLine(
        handle=level.handle,
        actor=level.series.actor,
        object=level.series.object,
        relation=level.series.relation.value,
        words=level.words,
        deeds=level.deeds,
        gap=level.gap,
        words_status=level.words_status,
        deeds_status=level.deeds_status,
        n_words=level.n_words,
        n_deeds=level.n_deeds,
        n_signals=level.n_signals,
        n_reviewed=level.reviewed,
        signals=level.handles,
    )


def shifts_of(stance: Stance, system: System) -> tuple[ShiftLine, ...]:
    """The chance that each of them moved within the year, the likeliest first."""
    found: list[ShiftLine] = []
    for actor, target, relation in _series(system):
        for item in stance.shifts(actor, target, relation, within=WINDOW):
            level = stance.level(actor, target, relation)
            between = item.between
            found.append(
                ShiftLine(
                    level=level.handle,
                    channel=item.channel.value,
                    direction=item.direction,
                    probability=item.probability,
                    delta=item.delta,
                    weeks=item.weeks,
                    status=item.status,
                    between=f"{between[0]} to {between[1]}" if between else "",
                    signals=tuple(h for h, _ in item.signals),
                )
            )
    return tuple(sorted(found, key=lambda s: (-s.probability, s.level, s.channel)))

"""A system moved to another day: facts drawn anew, judgements and hand-made rows kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from standoff.forecast.crisis import describe_crisis
from standoff.systems import Absent, Covariate, System
from standoff.terms import Origin

__all__ = ["update_system"]


def update_system(system: System, on: date, *, data: Mapping[str, Path] | None = None) -> System:
    """The system of another day, with the same roles.

    Drawn anew: values of data sets, relations, reference classes, commitments of the tables,
    territories, candidates. Kept: elicited values, numbers that no shipped fact gives, names, red lines,
    rules, ceilings, sites, grades, as far as they had begun by the day.

    Args:
        system: as it stands.
        on: the new day.
        data: files of public data sets of the user's own, id to path.

    Raises:
        ImpossibleDate, InputError: as `describe_crisis`: an actor that is no state on the new day.

    Example:
        >>> from standoff.systems import load_system
        >>> held = load_system("west-pacific-2021")
        >>> moved = update_system(held, date(2019, 8, 13))
        >>> moved.value("milex", "JPN") != held.value("milex", "JPN"), moved.value("mood", "JPN")
        (True, 0.8)
    """
    fresh = describe_crisis(
        system.challenger,
        system.protege,
        on,
        defenders=system.defenders,
        supporters=system.supporters,
        proliferators=system.proliferators,
        data=data,
    )
    old, new = system.as_of.isoformat(), on.isoformat()
    told = {(c.owner, c.protege) for c in fresh.commitments}
    covariates, absent = _numbers(system, fresh)
    return replace(
        fresh,
        slug=system.slug.replace(old, new),
        title=system.title.replace(old, new) if old in system.title else fresh.title,
        question=system.question,
        act=system.act,
        challenge=system.challenge,
        names={**fresh.names, **{k: v for k, v in system.names.items() if k in fresh.names}},
        commitments=(
            *fresh.commitments,
            *(c for c in system.commitments if c.since <= on and (c.owner, c.protege) not in told),
        ),
        red_lines=tuple(r for r in system.red_lines if r.drawn <= on),
        rules=tuple(dict.fromkeys((*fresh.rules, *(r for r in system.rules if r.since <= on)))),
        ceilings=tuple(c for c in system.ceilings if c.since <= on),
        sites=system.sites,
        published_rates=system.published_rates,
        grade_rules=system.grade_rules or fresh.grade_rules,
        covariates=covariates,
        absent=absent,
    )


def _numbers(system: System, fresh: System) -> tuple[tuple[Covariate, ...], tuple[Absent, ...]]:
    """New figures of data sets; kept where the facts give none, or where they are judgements."""
    stand_ins = {(g.name, a) for g in fresh.absent if g.stand_in is not None for a in g.actors}
    drawn = {(c.name, c.actor): c for c in fresh.covariates if (c.name, c.actor) not in stand_ins}
    gaps_before = {(g.name, a) for g in system.absent if g.stand_in is not None for a in g.actors}
    kept: dict[tuple[str, str], Covariate] = {}
    for c in system.covariates:
        key = (c.name, c.actor)
        judged = c.origin is Origin.ELICITED and key not in gaps_before
        if judged or (key not in drawn and key not in gaps_before):
            kept[key] = c
    # Money is compared between actors: one figure of another file would spoil the rest.
    core = (system.challenger, system.protege, *system.defenders)
    if any(("milex", a) in drawn for a in core) or any(("milex", a) not in kept for a in core):
        kept = {k: c for k, c in kept.items() if k[0] != "milex" or c.origin is Origin.ELICITED}
    numbers = (*(c for k, c in drawn.items() if k not in kept), *kept.values())
    absent: list[Absent] = []
    for g in fresh.absent:
        left = tuple(a for a in g.actors if (g.name, a) not in kept)
        if left:
            absent.append(replace(g, actors=left))
    ordered = tuple(c for g in absent for c in g.covariates())
    return (*numbers, *ordered), tuple(absent)

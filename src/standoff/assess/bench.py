"""The game of a dossier on the bench: its measured stance, ready for levers and next signals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from standoff.assess.acts import COMMITMENT, HOSTILITY, Coding, act_event
from standoff.assess.answer import Workbench, open_workbench, parties_of
from standoff.assess.contributions import effect_on
from standoff.forecast import Rates, weigh, with_members
from standoff.game import FORECAST, Coefficients, Solutions, solve_batch
from standoff.ledger import Ledger
from standoff.measure import measure_stance
from standoff.systems import System
from standoff.terms import Estimate, Event, Relation


@dataclass(frozen=True, slots=True)
class NextSignal:
    """A signal that may come next, and how many times likelier it would make an attack.

    `levels` holds the changes of the median words and deeds of a commitment, in standard
    deviations. How likely the signal is to come is not assessed.
    """

    actor: str
    target: str
    relation: str
    act: str
    multiplier: Estimate
    share_lower: float
    move: float
    levels: tuple[tuple[str, float], ...]


def open_bench(
    ledger: Ledger,
    system: System,
    *,
    as_of: date,
    draws: int = 2000,
    seed: int = 1,
    coefficients: Coefficients | None = None,
    rates: Rates | None = None,
) -> Workbench:
    """The calibrated game under the stance that a dossier held on `as_of`, as `assess` builds it.

    Same dossier, day, draws and seed: the same draws as the assessment's own.
    """
    events = with_members(ledger.events(as_of=as_of), system.actors)
    return open_workbench(
        system,
        measure_stance(events, at=as_of),
        measure_stance((), at=as_of),
        at=as_of,
        draws=draws,
        seed=seed,
        events=events,
        coefficients=coefficients,
        rates=rates,
    )


def next_signals(bench: Workbench, events: Sequence[Event]) -> tuple[NextSignal, ...]:
    """Every signal of a fixed list, each added alone on the last day; the widest mover first.

    For each defender and supporter a promise, its refusal, forces put in place and withdrawn; for
    the challenger a threat, a reassurance, a show and a withdrawal of force. Each is official,
    explicit and from a reliable source, so that it is the most its kind can do.
    """
    system = bench.system
    before = solve_batch(bench.game, bench.few, outputs=FORECAST)
    plans = [
        (k, system.protege, Relation.COMMITMENT, coding)
        for k in (*system.defenders, *system.supporters)
        for coding in COMMITMENT
    ]
    plans += [
        (system.challenger, k, Relation.HOSTILITY, coding)
        for k in (system.protege, *system.defenders)
        for coding in HOSTILITY
    ]
    found = [_try(bench, events, before, *plan) for plan in plans]
    return tuple(sorted(found, key=lambda s: (-s.move, s.actor, s.target, s.act)))


def _try(
    bench: Workbench,
    events: Sequence[Event],
    before: Solutions,
    actor: str,
    target: str,
    relation: Relation,
    coding: Coding,
) -> NextSignal:
    added = act_event(bench.at, actor, target, relation, coding)
    levels: tuple[tuple[str, float], ...] = ()
    solved = before
    if relation is Relation.COMMITMENT:
        stance = measure_stance([*events, added], at=bench.at)
        solved = bench.under(stance)
        old, new = bench.columns, bench.columns_under(stance)
        levels = tuple(
            (n, round(float(np.median(new[f"{n}:{actor}"]) - np.median(old[f"{n}:{actor}"])), 9))
            for n in ("words", "deeds")
        )
    parties = parties_of(bench.system, bench.basis)
    pieces, _ = weigh([added], parties, bench.use.model, at=bench.at)
    now, then = bench.attack(solved, added=pieces), bench.attack(before)
    ratio = effect_on(now, then)
    return NextSignal(
        actor=actor,
        target=target,
        relation=relation.value,
        act=coding[0],
        multiplier=ratio,
        share_lower=float(np.mean(now < then)),
        move=abs(math.log(ratio.mean)),
        levels=levels,
    )

"""The game of a dossier on the bench: its measured stance, ready for levers and next signals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from standoff.assess.answer import Workbench, open_workbench
from standoff.game import Coefficients, Solutions, log_odds, solve_batch
from standoff.ledger import Ledger
from standoff.measure import measure_stance
from standoff.systems import System
from standoff.terms import (
    Channel,
    Cost,
    Estimate,
    Event,
    EventReport,
    ExtensionEvent,
    ItemGrade,
    Officialness,
    Party,
    Period,
    PloverEvent,
    Relation,
    Signal,
    SourceGrade,
    Span,
    Status,
    Valence,
)


@dataclass(frozen=True, slots=True)
class NextSignal:
    """A signal that may come next, and what it would do to the odds of war, on common draws.

    `levels` holds the changes of the medians that enter the game ("words", "deeds", "hostility",
    "threat"), in standard deviations. A channel with too few recent signals enters as its prior;
    `measured` names those that this one signal lifts over that line, so that what earlier signals
    say comes in with it. How likely the signal is to come is not assessed.
    """

    actor: str
    target: str
    relation: str
    act: str
    multiplier: Estimate
    share_lower: float
    move: float
    levels: tuple[tuple[str, float], ...]
    measured: tuple[str, ...]


def open_bench(
    ledger: Ledger,
    system: System,
    *,
    as_of: date,
    draws: int = 2000,
    seed: int = 1,
    coefficients: Coefficients | None = None,
) -> Workbench:
    """The calibrated game under the stance that a dossier held on `as_of`, as `assess` builds it.

    Same dossier, day, draws and seed: the same draws as the assessment's own.
    """
    stance = measure_stance(ledger.events(as_of=as_of), at=as_of)
    prior = measure_stance((), at=as_of)
    return open_workbench(
        system, stance, prior, at=as_of, draws=draws, seed=seed, coefficients=coefficients
    )


# What might be reported next: the act in words, and its coding.
_Coding = tuple[str, PloverEvent, ExtensionEvent | None, Channel, Valence, bool]
_COMMITMENT: tuple[_Coding, ...] = (
    ("promises to defend it", PloverEvent.SUPPORT, ExtensionEvent.PLEDGE, Channel.WORDS,
     Valence.COMMIT, False),
    ("says it will not defend it", PloverEvent.SUPPORT, ExtensionEvent.PLEDGE, Channel.WORDS,
     Valence.COMMIT, True),
    ("puts forces or arms in place for it", PloverEvent.MOBILIZE, ExtensionEvent.DEPLOY,
     Channel.DEEDS, Valence.COMMIT, False),
    ("withdraws forces or aid from it", PloverEvent.RETREAT, ExtensionEvent.WITHDRAW,
     Channel.DEEDS, Valence.COMMIT, False),
)  # fmt: skip
_HOSTILITY: tuple[_Coding, ...] = (
    ("threatens it", PloverEvent.THREATEN, None, Channel.WORDS, Valence.THREATEN, False),
    ("reassures it", PloverEvent.CONCEDE, None, Channel.WORDS, Valence.REASSURE, False),
    ("shows force against it", PloverEvent.MOBILIZE, None, Channel.DEEDS, Valence.THREATEN, False),
    ("draws forces back from it", PloverEvent.RETREAT, None, Channel.DEEDS, Valence.REASSURE,
     False),
)  # fmt: skip


def next_signals(bench: Workbench, events: Sequence[Event]) -> tuple[NextSignal, ...]:
    """Every signal of a fixed list, each added alone on the last day; the widest mover first.

    For each defender and supporter a promise, its refusal, forces put in place and withdrawn; for
    the challenger a threat, a reassurance, a show and a withdrawal of force. Each is official,
    explicit and from a reliable source, so that it is the most its kind can do.
    """
    system = bench.system
    before = solve_batch(bench.game, bench.few)
    plans = [
        (k, system.protege, Relation.COMMITMENT, coding)
        for k in (*system.defenders, *system.supporters)
        for coding in _COMMITMENT
    ]
    plans += [
        (system.challenger, k, Relation.HOSTILITY, coding)
        for k in (system.protege, *system.defenders)
        for coding in _HOSTILITY
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
    coding: _Coding,
) -> NextSignal:
    added = _event(bench.at, actor, target, relation, coding)
    stance = measure_stance([*events, added], at=bench.at)
    after = bench.under(stance, bench.few)
    shift = log_odds(after.probabilities["war"]) - log_odds(before.probabilities["war"])
    old, new = bench.columns, bench.columns_under(stance)
    if relation is Relation.COMMITMENT:
        names = (f"words:{actor}", f"deeds:{actor}")
    else:
        names = ("hostility",) if target == bench.system.protege else (f"threat:{target}",)
    was, now = (s.level(actor, target, relation) for s in (bench.stance, stance))
    lifted = [
        channel
        for channel, a, b in (
            ("words", was.words_status, now.words_status),
            ("deeds", was.deeds_status, now.deeds_status),
        )
        if a == "prior" and b == "measured"
    ]
    return NextSignal(
        actor=actor,
        target=target,
        relation=relation.value,
        act=coding[0],
        multiplier=Estimate.of(np.exp(shift)),
        share_lower=float(np.mean(shift < 0)),
        move=float(np.mean(np.abs(shift))),
        levels=tuple(
            (n.partition(":")[0], round(float(np.median(new[n]) - np.median(old[n])), 9))
            for n in names
        ),
        measured=tuple(lifted),
    )


def _event(at: date, actor: str, target: str, relation: Relation, coding: _Coding) -> Event:
    act, event, extension, channel, valence, negated = coding
    span = Span(0, len(act), act)
    signal = Signal(
        id="next",
        span=span,
        trigger=span,
        sources=(Party(actor),),
        targets=(Party(target),),
        event=event,
        channel=channel,
        status=Status.DONE,
        officialness=Officialness.OFFICIAL,
        explicitness=3,
        cost=Cost.COSTLY if channel is Channel.DEEDS else Cost.CHEAP,
        valence=valence,
        date=Period.day(at),
        x_event=extension,
        protege=target if relation is Relation.COMMITMENT else None,
        negated=negated,
        coder="hand",
    )
    report = EventReport(
        handle="next",
        document="next",
        source="next",
        grade=SourceGrade.A,
        item_grade=ItemGrade.CONFIRMED,
        available=at,
        coder="hand",
        rule="",
    )
    return Event("~next", signal, Period.day(at), at, (report,))

"""Indicators: what each would do to the answer if it came today, and those that have come.

The challenger's are the kinds of evidence, each by its plainest act; those of patrons are a promise, its
refusal, forces or arms put in place, and their withdrawal. How likely one is to come is not assessed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources

from standoff.assess.added import added_events
from standoff.assess.answer import Workbench, parties_of
from standoff.assess.bench import next_signals
from standoff.assess.contributions import effect_on
from standoff.assess.moves import LeaveOut, Move
from standoff.errors import InputError
from standoff.forecast import weigh
from standoff.game import FORECAST, solve_batch
from standoff.ledger import Ledger, StoredSignal
from standoff.terms import Channel, Estimate, ExtensionEvent, PloverEvent, Relation, Valence

__all__ = ["Indicator", "Watch", "watch"]

CLEAR = 2
"""Explicitness from which on words are a promise or its refusal: what is vague is neither."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing to watch for.

    `would` is the chance of an attack with one more of it today over that without, `points` the same in
    percentage points. `events` are those that came since the day, `last` the day of the latest,
    `moves` what they move the answer by as it stands; None where none came.
    """

    key: str
    actor: str
    name: str
    would: Estimate
    points: float
    events: tuple[str, ...]
    signals: tuple[str, ...]
    last: str
    quote: str
    moves: Move | None
    precedent: str

    @property
    def fired(self) -> bool:
        """Whether it has come since the day."""
        return bool(self.events)


@dataclass(frozen=True, slots=True)
class Watch:
    """All indicators on a day, those that would move the answer most first."""

    since: date
    at: date
    chance: float
    indicators: tuple[Indicator, ...]

    @property
    def fired(self) -> tuple[Indicator, ...]:
        """Those that have come since the day, the one that moves the answer most first."""
        came = [i for i in self.indicators if i.moves is not None]
        return tuple(sorted(came, key=lambda i: (-(i.moves.size if i.moves else 0.0), i.key)))

    @property
    def quiet(self) -> tuple[Indicator, ...]:
        """Those that have not."""
        return tuple(i for i in self.indicators if not i.fired)


@cache
def plainest_acts() -> dict[str, str]:
    """The act by which a kind of evidence is tried, by the name of the kind.

    >>> plainest_acts()["build-up"]
    'MOBILIZE'
    """
    file = resources.files("standoff.assess") / "data" / "indicators.toml"
    return {k: str(v) for k, v in tomllib.loads(file.read_text("utf-8"))["acts"].items()}


def watch(ledger: Ledger, bench: Workbench, *, days: int = 30) -> Watch:
    """The indicators of a system on the day of a workbench; fired are those of the last `days` days.

    Raises `InputError` for a window of less than a day.
    """
    if days < 1:
        raise InputError(f"a window of {days} days", "one day or more", "--days 30")
    since = bench.at - timedelta(days)
    every = [s for s in ledger.signals(as_of=bench.at) if s.state != "rejected"]
    mover = LeaveOut(bench, {s.handle: s.signal for s in every})
    plain = _of_challenger(bench, every, since) + _of_patrons(bench, every, since)
    sets = [[s.handle for s in found] for _, _, _, _, found, _ in plain]
    moved = iter(mover.moves([s for s in sets if s]))
    made = [
        _indicator(key, actor, name, would, found, precedent, mover.chance,
                   next(moved) if found else None)
        for key, actor, name, would, found, precedent in plain
    ]  # fmt: skip
    made.sort(key=lambda i: (-abs(i.points), i.key))
    return Watch(since, bench.at, mover.chance, tuple(made))


_Plain = tuple[str, str, str, Estimate, list[StoredSignal], str]


def _indicator(
    key: str,
    actor: str,
    name: str,
    would: Estimate,
    found: list[StoredSignal],
    precedent: str,
    chance: float,
    moves: Move | None,
) -> Indicator:
    found = sorted(found, key=_day_of)
    last = found[-1] if found else None
    return Indicator(
        key,
        actor,
        name,
        would,
        100.0 * chance * (would.mean - 1.0),
        tuple(dict.fromkeys(s.event for s in found)),
        tuple(s.handle for s in found),
        str(_day_of(last)) if last else "",
        last.signal.span.quote if last else "",
        moves,
        precedent,
    )


def _day_of(item: StoredSignal) -> date:
    return item.signal.date.start or item.available


def _of_challenger(bench: Workbench, every: Sequence[StoredSignal], since: date) -> list[_Plain]:
    """One indicator for each kind of evidence, by the challenger towards the protege."""
    system, at = bench.system, bench.at
    parties = parties_of(system, bench.basis)
    by_handle = {s.handle: s for s in every}
    few = solve_batch(bench.game, bench.few, outputs=FORECAST)
    now = bench.attack(few)
    found: list[_Plain] = []
    for kind in bench.use.model.kinds:
        act = plainest_acts().get(kind.name)
        if act is None:
            continue
        pieces, _ = weigh(added_events(act, system, at), parties, bench.use.model, at=at)
        would = effect_on(bench.attack(few, added=pieces), now)
        came = [
            by_handle[h]
            for p in bench.pieces
            if p.kind == kind.name and p.day > since and p.direction in ("challenger", "untargeted")
            for h in p.handles
            if h in by_handle
        ]
        way = "towards" if kind.calms else "against"
        name = f"{kind.name} {way} {system.protege}"
        found.append((f"kind.{act}", system.challenger, name, would, came, kind.precedent))
    return found


def _of_patrons(bench: Workbench, every: Sequence[StoredSignal], since: date) -> list[_Plain]:
    """A promise, its refusal, forces put in place and withdrawn, of each defender and supporter."""
    found: list[_Plain] = []
    for item in next_signals(bench, bench.events):
        if item.relation != Relation.COMMITMENT.value:
            continue
        came = [
            s
            for s in every
            if _day_of(s) > since and _act_of(s, item.actor, item.target) == item.act
        ]
        key = f"patron.{item.actor}.{item.act.split()[0]}.{item.act.split()[1]}"
        name = item.act.removesuffix("it") + item.target
        found.append((key, item.actor, name, item.multiplier, came, ""))
    return found


def _act_of(item: StoredSignal, actor: str, protege: str) -> str:
    """Which of the acts of `next_signals` a signal of a patron is; empty for none."""
    s = item.signal
    about = protege in (s.protege, *s.target_actors, *(name for name, _ in s.protege_weights))
    if actor not in s.source_actors or not about or s.status.value in ("denied", "hypothetical"):
        return ""
    promise = s.x_event in (ExtensionEvent.PLEDGE, ExtensionEvent.REAFFIRM)
    if s.channel is Channel.WORDS and promise and s.explicitness >= CLEAR:
        return "says it will not defend it" if s.negated else "promises to defend it"
    if s.channel is Channel.DEEDS and s.event is PloverEvent.RETREAT:
        return "withdraws forces or aid from it"
    if s.channel is Channel.DEEDS and s.valence is Valence.COMMIT and not s.negated:
        return "puts forces or arms in place for it"
    return ""

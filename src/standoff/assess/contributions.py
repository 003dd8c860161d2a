"""What contributes to the answer: factors, levers, and single events left out."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standoff.assess.acts import HOSTILITY, act_event
from standoff.assess.answer import Workbench, parties_of
from standoff.assess.assessment import Factor, Influence
from standoff.assess.noted import is_note
from standoff.forecast import weigh
from standoff.game import FORECAST, Draws, Game, Solutions, shapley, solve_batch, with_lever
from standoff.terms import Estimate, Event, Relation

Array = npt.NDArray[np.float64]
SHOWN_PER_LEVEL = 4
LATEST = 24
"""Signals of a series among which the heaviest are sought: what is older has faded (of 87 signals of
the reference case the four heaviest are among the last twelve on every day that was looked at)."""
SHOWN = 12


def log_odds(p: Array) -> Array:
    """Log-odds of probabilities, axis: draw."""
    return np.log(p) - np.log1p(-p)


def effect_on(after: Array, before: Array) -> Estimate:
    """How many times likelier an attack within a year is: the ratio of what is printed."""
    return Estimate.ratio(after, before)


def attribution(bench: Workbench, into: dict[str, Array] | None = None) -> tuple[Factor, ...]:
    """Exact Shapley shares of the game's log-odds of war, as multipliers, on every fourth draw.

    Only the share of the game that is believed counts (`weight.strategic`). `into` takes the draws.
    """
    found = shapley(bench.game, bench.few)
    weight = bench.use.parameters["weight.strategic"][:: bench.step]
    if into is not None:
        for name, share in zip(found.names, found.shares, strict=True):
            into["factor." + name.replace(" ", "-")] = weight * share
    return tuple(
        Factor(
            key="factor." + name.replace(" ", "-"),
            name=name,
            multiplier=Estimate.of(np.exp(weight * share)),
            share_lower=float((share < 0).mean()),
            tag=tag,
        )
        for name, tag, share in zip(found.names, found.tags, found.shares, strict=True)
    )


def levers(
    bench: Workbench, few: Solutions, into: dict[str, Array] | None = None
) -> tuple[Factor, ...]:
    """What would change the answer: named changes on the same draws; `into` takes their draws."""
    system = bench.system
    wanted: list[tuple[str, str, dict[str, float]]] = []
    for k in system.defenders:
        name = plain(system.name(k))
        wanted.append((f"words.{k}", f"{name}: words one sd stronger", {f"words:{k}": 1.0}))
        wanted.append((f"deeds.{k}", f"{name}: deeds one sd stronger", {f"deeds:{k}": 1.0}))
    if system.patron:
        c, patron = plain(system.name(system.challenger)), plain(system.name(system.patron))
        sure = f"{c} is certain that {patron} abstains"
        change = {f"certain_abstain:{system.patron}": 1.0}
        wanted.append((f"certain-abstain.{system.patron}", sure, change))
    if system.proliferators:
        wanted.append(("foresight", "the cascade is not foreseen", {"foresight": 0.0}))
    wanted.append(("trade", "lost trade costs half as much again", {"trade": 1.5}))
    before = bench.attack(few)
    found: list[Factor] = []
    for key, name, changes in wanted:
        after = bench.attack(changed(bench.game, bench.few, changes))
        lower = float(np.mean(after < before))
        found.append(Factor(f"lever.{key}", name, effect_on(after, before), lower))
        if into is not None:
            into[f"lever.{key}"] = np.log(after / before)
    return (*found, *_acts(bench, few, before, into))


def _acts(
    bench: Workbench, few: Solutions, before: Array, into: dict[str, Array] | None
) -> list[Factor]:
    """One act of the challenger towards the protege on the day itself, of each hostile kind."""
    system = bench.system
    c, t = system.challenger, system.protege
    parties = parties_of(system, bench.basis)
    found: list[Factor] = []
    for coding in HOSTILITY:
        added = act_event(bench.at, c, t, Relation.HOSTILITY, coding)
        pieces, _ = weigh([added], parties, bench.use.model, at=bench.at)
        after = bench.attack(few, added=pieces)
        name = f"{plain(system.name(c))} {coding[0].replace(' it', ' ' + plain(system.name(t)))}"
        lower = float(np.mean(after < before))
        key = f"lever.act.{coding[0].split()[0]}.{coding[3].value}"
        found.append(Factor(key, f"{name} today", effect_on(after, before), lower))
        if into is not None:
            into[key] = np.log(after / before)
    return found


def plain(name: str) -> str:
    """A name without what stands in brackets: "China (People's Republic)" is China on one line.

    >>> plain("Taiwan (Republic of China)")
    'Taiwan'
    """
    return name.partition(" (")[0]


def changed(game: Game, draws: Draws, changes: Mapping[str, float]) -> Solutions:
    """The game's chance of war with levers applied, same draws and constants."""
    for lever, amount in changes.items():
        game, draws, _ = with_lever(game, draws, lever, amount)
    return solve_batch(game, draws, outputs=FORECAST)


@dataclass(frozen=True, slots=True)
class _Candidate:
    event: str
    level: str
    words: float
    deeds: float
    stance: bool


def influences(
    bench: Workbench, names: Mapping[str, str], events: Sequence[Event], few: Solutions
) -> tuple[Influence, ...]:
    """The events that bear most on the answer, each left out in turn; `names` maps keys to handles.

    Candidates are the heaviest signals of each commitment, whose series is filtered and the game
    solved again without them, and the pieces of evidence of which most is left.
    """
    return _left_out(bench, names, events, few, _candidates(bench))[:SHOWN]


def influences_of(
    bench: Workbench, names: Mapping[str, str], keys: Collection[str], few: Solutions
) -> tuple[Influence, ...]:
    """The same for the events named, by their keys: what each of them does to the answer."""
    system = bench.system
    pieces = {p.key for p in bench.pieces}
    found: dict[str, _Candidate] = {}
    for actor in (*system.defenders, *system.supporters):
        level = bench.stance.level(actor, system.protege, Relation.COMMITMENT)
        for o in bench.stance.observations(actor, system.protege, Relation.COMMITMENT):
            if o.key in keys:
                found[o.key] = _Candidate(o.key, level.handle, 0.0, 0.0, True)
    handle = bench.stance.level(system.challenger, system.protege, Relation.HOSTILITY).handle
    for key in sorted(set(keys) & pieces):
        found.setdefault(key, _Candidate(key, handle, 0.0, 0.0, False))
    return _left_out(bench, names, bench.events, few, [found[k] for k in sorted(found)])


def _left_out(
    bench: Workbench,
    names: Mapping[str, str],
    events: Sequence[Event],
    few: Solutions,
    candidates: Sequence[_Candidate],
) -> tuple[Influence, ...]:
    """Each candidate left out in turn, the widest mover first."""
    by_key = {e.key: e for e in events}
    full = bench.attack(few)
    found: list[tuple[float, Influence]] = []
    signalled = [c.event for c in candidates if c.stance]
    lacking = bench.under_each([bench.stance.without([key]) for key in signalled])
    solved = dict(zip(signalled, lacking, strict=True))
    for candidate in candidates:
        event = by_key[candidate.event]
        without = bench.attack(solved.get(event.key, few), {event.key})
        ratio = effect_on(full, without)
        found.append(
            (
                abs(math.log(max(ratio.mean, 1e-12))),
                Influence(
                    event=names.get(event.key, event.key),
                    signals=event.handles,
                    quote=event.signal.span.quote,
                    day=str(event.happened.start or event.available),
                    level=candidate.level,
                    words=candidate.words,
                    deeds=candidate.deeds,
                    multiplier=ratio,
                    actor=event.signal.source_actors[0] if event.signal.source_actors else "",
                    noted=is_note(event.signal),
                    said=event.signal.said,
                    by_hand=is_note(event.signal) or any(r.reviewed for r in event.reports),
                ),
            )
        )
    found.sort(key=lambda pair: (-pair[0], pair[1].event))
    return tuple(item for _, item in found)


def _candidates(bench: Workbench) -> list[_Candidate]:
    """The heaviest signals of each commitment, and the heaviest pieces of evidence."""
    system = bench.system
    c, t = system.challenger, system.protege
    best: dict[str, _Candidate] = {}
    for actor in (*system.defenders, *system.supporters):
        level = bench.stance.level(actor, t, Relation.COMMITMENT)
        weights = bench.stance.weights(actor, t, Relation.COMMITMENT, latest=LATEST)
        heaviest = sorted(weights, key=lambda w: (-w.share, w.key))[:SHOWN_PER_LEVEL]
        for w in heaviest:
            item = _Candidate(w.key, level.handle, w.words, w.deeds, True)
            size = abs(item.words) + abs(item.deeds)
            old = best.get(w.key)
            if old is None or size > abs(old.words) + abs(old.deeds):
                best[w.key] = item
    lives = {k.name: k.half_life for k in bench.use.model.kinds}
    ranked = sorted(bench.pieces, key=lambda p: (-p.volume(bench.at, lives[p.kind]), p.key))
    handle = bench.stance.level(c, t, Relation.HOSTILITY).handle
    for piece in ranked[:SHOWN]:
        best.setdefault(piece.key, _Candidate(piece.key, handle, 0.0, 0.0, False))
    return [best[k] for k in sorted(best)]

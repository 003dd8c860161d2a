"""What contributes to the answer: factors, levers, and single events left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standoff.assess.answer import Workbench
from standoff.assess.assessment import Factor, Influence
from standoff.game import Solutions, contrast, shapley
from standoff.ledger import Ledger
from standoff.terms import Estimate, Event, Relation

Array = npt.NDArray[np.float64]
SHOWN_PER_LEVEL = 4
SHOWN = 12


def log_odds(solved: Solutions) -> Array:
    """Log-odds of war, axis: draw."""
    p = solved.probabilities["war"]
    return np.log(p) - np.log1p(-p)


def _exp(shift: Array) -> Array:
    return np.exp(shift)


def attribution(bench: Workbench) -> tuple[Factor, ...]:
    """Exact Shapley shares of the log-odds of war, as multipliers, on every fourth draw."""
    found = shapley(bench.game, bench.few)
    return tuple(
        Factor(
            key="factor." + name.replace(" ", "-"),
            name=name,
            multiplier=Estimate.of(_exp(share)),
            share_lower=float((share < 0).mean()),
            tag=tag,
        )
        for name, tag, share in zip(found.names, found.tags, found.shares, strict=True)
    )


def levers(bench: Workbench, few: Solutions) -> tuple[Factor, ...]:
    """What would change the answer: named changes on the same draws."""
    system = bench.system
    wanted: list[tuple[str, str, dict[str, float]]] = []
    for k in system.defenders:
        name = system.name(k)
        wanted.append((f"words.{k}", f"{name}: words one sd stronger", {f"words:{k}": 1.0}))
        wanted.append((f"deeds.{k}", f"{name}: deeds one sd stronger", {f"deeds:{k}": 1.0}))
    if system.patron:
        sure = f"{system.challenger} is certain that {system.patron} abstains"
        change = {f"certain_abstain:{system.patron}": 1.0}
        wanted.append((f"certain-abstain.{system.patron}", sure, change))
    if system.proliferators:
        wanted.append(("foresight", "the cascade is not foreseen", {"foresight": 0.0}))
    wanted.append(("hostility", "hostility one sd stronger", {"hostility": 1.0}))
    wanted.append(("trade", "lost trade costs half as much again", {"trade": 1.5}))
    found: list[Factor] = []
    for key, name, changes in wanted:
        result = contrast(bench.game, bench.few, changes, base=few)
        found.append(Factor(f"lever.{key}", name, result.odds_ratio, result.share_lower))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Candidate:
    event: str
    level: str
    words: float
    deeds: float
    share: float


def influences(
    bench: Workbench, ledger: Ledger, events: Sequence[Event], few: Solutions
) -> tuple[Influence, ...]:
    """The events that bear most on the answer: each left out, its series filtered again.

    Candidates are the heaviest signals of each level that the game reads; each is then left out
    and the game solved again.
    """
    by_key = {e.key: e for e in events}
    names = {s.event_key: s.event for s in ledger.signals(as_of=bench.at)}
    full = log_odds(few)
    found: list[tuple[float, Influence]] = []
    for candidate in _candidates(bench):
        event = by_key[candidate.event]
        without = log_odds(bench.under(bench.stance.without([event.key]), bench.few))
        shift = full - without
        found.append(
            (
                float(np.mean(np.abs(shift))),
                Influence(
                    event=names.get(event.key, event.key),
                    signals=event.handles,
                    quote=event.signal.span.quote,
                    day=str(event.happened.start or event.available),
                    level=candidate.level,
                    words=candidate.words,
                    deeds=candidate.deeds,
                    multiplier=Estimate.of(np.exp(shift)),
                ),
            )
        )
    found.sort(key=lambda pair: (-pair[0], pair[1].event))
    return tuple(item for _, item in found[:SHOWN])


def _candidates(bench: Workbench) -> list[_Candidate]:
    """The heaviest signals of each level, each event once, under the level it moves most."""
    system = bench.system
    c, t = system.challenger, system.protege
    series = [(k, t, Relation.COMMITMENT) for k in (*system.defenders, *system.supporters)]
    series += [(c, t, Relation.HOSTILITY)]
    series += [(c, k, Relation.HOSTILITY) for k in system.defenders]
    best: dict[str, _Candidate] = {}
    for actor, target, relation in series:
        level = bench.stance.level(actor, target, relation, weigh=True)
        heaviest = sorted(level.weights, key=lambda w: (-w.share, w.key))[:SHOWN_PER_LEVEL]
        for w in heaviest:
            item = _Candidate(w.key, level.handle, w.words, w.deeds, w.share)
            size = abs(item.words) + abs(item.deeds)
            old = best.get(w.key)
            if old is None or size > abs(old.words) + abs(old.deeds):
                best[w.key] = item
    return [best[k] for k in sorted(best)]

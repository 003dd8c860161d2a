"""One year of a history, node by node: each choice asked of a person or sampled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from standoff.errors import GameError
from standoff.game.batch import solve_batch
from standoff.game.extended import Draws, Game
from standoff.game.induct import (
    ROOT,
    STATES,
    Acts,
    Setup,
    War,
    challenged,
    escalation,
    outcome_state,
    solve_crisis,
    solve_wars,
    supporters,
)
from standoff.game.ops import NumpyOps, Value
from standoff.game.payoffs import arming_utility
from standoff.game.years import NEVER, CarriedState, Happened, Rules, armed, lift_chance

BUDGET_STEP = 0.10
ACTS = ("abstain", "support", "fight")


@dataclass(frozen=True, slots=True)
class Ask:
    """A choice put to the person: `options` maps each word to its meaning; `model` is what the
    model does here, which stands when the person leaves the choice to it."""

    year: int
    place: str
    actor: str
    options: Mapping[str, str]
    model: str


@dataclass(frozen=True, slots=True)
class Move:
    """A move of the history; `by` is "you" or "model", `probability` the model's for it."""

    actor: str
    place: str
    act: str
    by: str
    probability: float | None


Choose = Callable[[Ask], str | None]


@dataclass(slots=True)
class Year:
    """What one year needs: the solved game at its nodes, its luck, and its record."""

    game: Game
    number: int
    actor: str
    now: Draws
    setup: Setup
    luck: Mapping[str, float]
    choose: Choose
    moves: list[Move] = field(default_factory=list[Move])
    events: list[str] = field(default_factory=list[str])

    def pick(self, slot: str, actor: str, place: str, options: Mapping[str, float]) -> str:
        """A choice: asked of the person in its seat, else sampled. `options`: word, probability."""
        model = _sampled(options, self.luck[slot])
        act, by = model, "model"
        if actor == self.actor:
            known = {word: _MEANING.get(word, word) for word in options}
            said = self.choose(Ask(self.number, place, actor, known, model))
            if said is not None:
                if said not in options:
                    raise GameError(
                        f"move {said!r} of {actor} in year {self.number}, {place}",
                        f"one of {', '.join(options)}",
                        "an empty line leaves the choice to the model",
                    )
                act, by = said, "you"
        self.moves.append(Move(actor, place, act, by, options[act]))
        return act


_MEANING = {
    "wait": "nothing new this year",
    "words": "declare commitment: words one sd stronger, now",
    "deploy": "order forces: deeds one sd stronger, in place after the lag, for their life",
    "withdraw": "draw back: deeds one sd weaker, now",
    "budget": f"raise the budget by {BUDGET_STEP:.0%} beyond the rule, as far as the ceiling lets",
    "lift": "lift the ceiling on spending",
    "arm": "start a weapons programme",
    "hold": "leave things as they are",
    "challenge": "open a crisis",
    "attack": "attack without a crisis",
    "resist": "stand firm",
    "concede": "give way",
    "abstain": "stay out",
    "support": "stand by the protege without fighting",
    "fight": "fight for the protege",
    "escalate": "go on to war",
    "back down": "let the crisis end",
}


def luck_of(game: Game, seed: int, number: int) -> dict[str, float]:
    """One uniform number for every choice that a year can hold."""
    slots = ["first", "resist", "second", "attacked", "win", "lift", "own"]
    slots += [f"{what}:{k}" for what in ("crisis", "war") for k in game.movers]
    slots += [f"arm:{m}" for m in game.proliferators]
    values = np.random.default_rng([seed, number, 3]).random(len(slots))
    return {slot: float(v) for slot, v in zip(slots, values, strict=True)}


def _sampled(options: Mapping[str, float], u: float) -> str:
    total = 0.0
    for word, p in options.items():
        total += p
        if u < total:
            return word
    return list(options)[-1]


def mean(value: object) -> float:
    """The mean over draws."""
    return float(np.mean(np.asarray(value, dtype=float)))


def play_year(
    year: Year, rules: Rules, state: CarriedState, arms: Mapping[str, bool]
) -> tuple[Happened, bool]:
    """The year's game, node by node. Returns what happened, and whether it was war."""
    game, s, ops = year.game, year.setup, NumpyOps()
    n = year.now.n
    own, world = solve_wars(ops, s, s.challenger), solve_wars(ops, s, s.world)
    second = escalation(ops, s, own)
    crisis = solve_crisis(ops, s, s.world, world, second)
    solved = solve_batch(game, year.now, outputs=("hold", "challenge", "attack")).probabilities
    first = {w: mean(solved[w]) for w in ("hold", "challenge", "attack")}
    act = year.pick("first", game.challenger, "first move", first)
    outcome, backed, pattern, war = "hold", False, ROOT, act == "attack"
    if act == "challenge":
        firm = mean(ops.prefer(challenged(ops, s, crisis, world, second)))
        said = year.pick(
            "resist", game.protege, "challenged", {"resist": firm, "concede": 1 - firm}
        )
        if said == "concede":
            outcome = "conceded"
            year.events.append(f"{game.protege} gives way to a challenge")
        else:
            pattern = _crisis(year, crisis.nodes)
            backed = bool(pattern and pattern[0])
            go = mean(second[pattern])
            war = (
                year.pick(
                    "second", game.challenger, "crisis", {"escalate": go, "back down": 1 - go}
                )
                == "escalate"
            )
            outcome = "backed_down"
            year.events.append("a crisis" + ("" if war else " that ends without war"))
    if war:
        outcome = _war(year, world, pattern)
    started = _programmes(year, state, outcome, arms)
    for k in () if war else tuple(state.lifted):
        if k != year.actor and year.luck["lift"] < mean(lift_chance(rules, state, k)):
            state.lifted = {**state.lifted, k: np.full(n, float(state.year))}
            year.events.append(f"{k} lifts its ceiling on spending")
    for m in state.programme:
        before = armed(state, rules, m)
        if (
            state.year
            and np.mean(before) >= 0.5
            and np.mean(state.programme[m] + rules["arming_lag"] <= state.year - 1) < 0.5
        ):
            year.events.append(f"{m} has a nuclear weapon (in at least half of the draws)")
    flag = np.full(n, outcome == "backed_down")
    happened = Happened(
        flag, np.full(n, outcome == "conceded"), flag & backed, np.zeros(n), started
    )
    return happened, war


def _crisis(year: Year, nodes: Mapping[Acts, list[Value]]) -> Acts:
    """Defenders, in order, abstain or support."""
    pattern: Acts = ()
    for k in year.game.defenders:
        p = [mean(v) for v in nodes[pattern]]
        act = year.pick(f"crisis:{k}", k, "crisis", dict(zip(ACTS, p, strict=False)))
        pattern = (*pattern, ACTS.index(act))
    for k in year.game.supporters:
        patron = 0.5 * pattern[0] if pattern else 0.0
        table = supporters(NumpyOps(), year.setup, year.setup.world, patron, True)
        yes = mean(table[k][0])
        year.pick(f"crisis:{k}", k, "crisis", {"abstain": 1 - yes, "support": yes})
    return pattern


def _war(year: Year, world: Mapping[Acts | None, War], pattern: Acts | None) -> str:
    """War: the protege resists or not, the others act, force wins or fails."""
    game, s = year.game, year.setup
    war = world[pattern]
    firm = mean(war.resist)
    year.events.append(f"war: {game.challenger} attacks {game.protege}")
    said = year.pick("attacked", game.protege, "attacked", {"resist": firm, "concede": 1 - firm})
    if said == "concede":
        year.events.append(f"{game.protege} does not resist")
        return "taken"
    acts: Acts = ()
    for k in game.defenders:
        p = [mean(v) for v in war.acts[acts]]
        act = year.pick(f"war:{k}", k, "war", dict(zip(ACTS, p, strict=False)))
        acts = (*acts, ACTS.index(act))
    for k in game.supporters:
        patron = 0.5 * acts[0] if acts else 0.0
        yes = mean(supporters(NumpyOps(), s, s.world, patron, False)[k][0])
        year.pick(f"war:{k}", k, "war", {"abstain": 1 - yes, "support": yes})
    won = year.luck["win"] < mean(s.win[acts, pattern is ROOT])
    year.events.append("force succeeds" if won else "force fails")
    return outcome_state(game, acts, won)


def _programmes(
    year: Year, state: CarriedState, outcome: str, arms: Mapping[str, bool]
) -> dict[str, npt.NDArray[np.bool_]]:
    """Proliferators in order, each seeing who started before it."""
    threat, doubt = STATES[outcome]
    x, n = year.now.values, year.now.n
    before, found = 0, dict[str, npt.NDArray[np.bool_]]()
    for m, began in state.programme.items():
        if not bool(np.all(began == NEVER)):
            continue
        u = arming_utility(x, m, threat, doubt if year.game.patron else 0.0, before)
        q = mean(1.0 / (1.0 + np.exp(-np.clip(np.asarray(u, dtype=float), -700.0, 700.0))))
        chosen = arms.get(m, False)
        here = chosen if m == year.actor else year.luck[f"arm:{m}"] < q
        if here:
            year.events.append(f"{m} starts a weapons programme")
            before += 1
        found[m] = np.full(n, here)
    return found

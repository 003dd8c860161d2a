"""Backward induction through the extended-deterrence game, with equal states merged.

The order is that of play reversed: proliferators, chance, supporters, defenders, protege in war;
then the crisis; then the challenger's two moves. The N stage depends only on the outcome and on
whether the patron abstained, so it is solved once per such state. War is solved once per crisis
pattern and once for the attack out of the blue. Supporters' acts enter the others' payoffs
linearly, so they need no branches of their own.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field

from standoff.game.extended import LOADINGS, Game
from standoff.game.ops import Ops, Value
from standoff.game.payoffs import (
    Acts,
    Mind,
    WarCosts,
    action_sets,
    arming_utility,
    contest,
    minds,
    own_crisis_terms,
    own_war_terms,
    provocation,
    stake,
    supporter_terms,
    war_costs,
)

# State of the N stage: what happened, and how far the patron is seen to have abandoned.
HOLD, CONCEDED, BACKED_DOWN, TAKEN = "hold", "conceded", "backed_down", "taken"
STATES: dict[str, tuple[float, float]] = {
    HOLD: (0.0, 0.0),
    CONCEDED: (0.4, 0.5),
    BACKED_DOWN: (0.2, 0.0),
    TAKEN: (1.0, 0.5),
    "won": (1.0, 0.0),
    "won_abandoned": (1.0, 1.0),
    "failed": (0.5, 0.0),
    "failed_abandoned": (0.5, 1.0),
}
"""Threat, and doubt about the patron, after each outcome."""

ROOT: Acts | None = None
"""The pattern of an attack without a crisis."""


@dataclass(slots=True)
class Arming:
    """The N stage after one outcome: probability of every set of newly armed, in order of moves."""

    sets: dict[Acts, Value]
    nodes: dict[Acts, Value]
    cost: Value
    share: Value


@dataclass(slots=True)
class Setup:
    """Everything that both minds share."""

    game: Game
    x: Mapping[str, Value]
    stake: Value
    odds: dict[Acts, Value]
    win: dict[tuple[Acts, bool], Value]
    costs: WarCosts
    arming: dict[str, Arming]
    challenger: Mind
    world: Mind
    third: Mind


@dataclass(slots=True)
class War:
    """One war subtree as one mind sees it.

    `acts` maps the earlier defenders' acts to the next one's probabilities; `lost` is the
    probability that the challenger wins given resistance, `own` each defender's expected utility,
    `challenger` the challenger's expected utility, all given that the protege resists.
    """

    acts: dict[Acts, list[Value]] = field(default_factory=dict[Acts, "list[Value]"])
    lost: Value = 0.0
    own: dict[str, Value] = field(default_factory=dict[str, Value])
    challenger: Value = 0.0
    resist: Value = 0.0


def arming_stage(ops: Ops, game: Game, x: Mapping[str, Value], state: str) -> Arming:
    """Sequential arming with complementarity: each proliferator sees who armed before it."""
    threat, abandoned = STATES[state]
    sets: dict[Acts, Value] = {(): 1.0}
    nodes: dict[Acts, Value] = {}
    for m in game.proliferators:
        grown: dict[Acts, Value] = {}
        for before, p in sets.items():
            if m in game.armed:
                grown[(*before, 0)] = p
                continue
            u = arming_utility(x, m, threat, abandoned if game.patron else 0.0, sum(before))
            q = ops.prefer(u)
            nodes[before] = q
            grown[(*before, 0)] = p * (1.0 - q)
            grown[(*before, 1)] = p * q
        sets = grown
    base = x["encirclement_base"]
    squared: Value = 0.0
    share: Value = base
    for armed, p in sets.items():
        if not any(armed):
            continue
        added: Value = 0.0
        for m, one in zip(game.proliferators, armed, strict=True):
            if one:
                added = added + x[f"encirclement_weight:{m}"]
        squared = squared + p * (added * (2.0 * base + added))
        share = share + p * added
    return Arming(sets, nodes, x["encirclement"] * squared, share)


def outcome_state(game: Game, acts: Acts, won: bool) -> str:
    """The N state after a war in which the defenders did `acts`."""
    name = "won" if won else "failed"
    return f"{name}_abandoned" if game.defenders and acts[0] == 0 else name


def set_up(ops: Ops, game: Game, x: Mapping[str, Value]) -> Setup:
    """Contest, costs, N stages and beliefs."""
    fight = contest(ops, game, x)
    win: dict[tuple[Acts, bool], Value] = {}
    for acts, odds in fight.odds.items():
        win[acts, False] = ops.logistic(odds)
        win[acts, True] = ops.logistic(odds + x["surprise"])
    states = [s for s in STATES if game.defenders or not s.endswith("abandoned")]
    arming = {s: arming_stage(ops, game, x, s) for s in states}
    costs = war_costs(ops, game, x, fight.strength)
    return Setup(game, x, stake(ops, x), fight.odds, win, costs, arming, *minds(ops, game, x))


def supporters(
    ops: Ops, s: Setup, mind: Mind, patron: float, crisis: bool
) -> dict[str, tuple[Value, Value]]:
    """Each supporter's probability of supporting and expected utility, given the patron's act."""
    found: dict[str, tuple[Value, Value]] = {}
    for k in s.game.supporters:
        utilities = supporter_terms(ops, s.x, k, patron, mind.ties[k], crisis)
        p, value = ops.averaged(utilities, LOADINGS[:2], mind.beliefs[k])
        found[k] = (p[1], value)
    return found


def _challenger_in_war(
    s: Setup, acts: Acts, surprise: bool, others: Mapping[str, tuple[Value, Value]]
) -> Value:
    """The challenger's utility after the defenders' acts, over supporters, chance and arming."""
    x, p = s.x, s.win[acts, surprise]
    foresight = x["foresight"]
    won = s.stake - foresight * s.arming[outcome_state(s.game, acts, True)].cost
    failed = -x["failed_war"] - foresight * s.arming[outcome_state(s.game, acts, False)].cost
    value = failed + p * (won - failed) - x["challenger_war_cost"]
    for k, act in zip(s.game.defenders, acts, strict=True):
        if act:
            value = value - s.costs.act[k, act]
    for k, (support, _) in others.items():
        value = value - support * s.costs.act[k, 1]
    return value


Backing = Mapping[int, dict[str, tuple[Value, Value]]]
"""By the patron's act in war: each supporter's probability of supporting and expected utility."""


def backing(ops: Ops, s: Setup, mind: Mind) -> Backing:
    """What supporters do in war, in one mind: the same after every crisis pattern."""
    acts = (0, 1, 2) if s.game.defenders else (0,)
    return {a: supporters(ops, s, mind, 0.5 * a, False) for a in acts}


def solve_war(ops: Ops, s: Setup, mind: Mind, pattern: Acts | None, others: Backing) -> War:
    """Defenders' choices in war after a crisis pattern, or out of the blue (`ROOT`)."""
    game, x, surprise = s.game, s.x, pattern is ROOT
    war = War()
    lost = {acts: s.win[acts, surprise] for acts in s.odds}
    seen = {
        acts: _challenger_in_war(s, acts, surprise, others[acts[0] if acts else 0])
        for acts in s.odds
    }
    own: dict[str, dict[Acts, Value]] = {}
    for i in reversed(range(len(game.defenders))):
        k = game.defenders[i]
        tied = pattern is not None and bool(pattern[i])
        options = action_sets(game)[i]
        mine: dict[Acts, Value] = {}
        terms = {
            first: own_war_terms(ops, game, x, k, first, tied, mind.ties[k])
            for first in ((None,) if i == 0 else action_sets(game)[0])
        }
        for before in itertools.product(*action_sets(game)[:i]):
            term = terms[before[0] if i else None]
            utilities = [term[a] - x[f"stake:{k}"] * lost[(*before, a)] for a in options]
            loadings = [LOADINGS[a] for a in options]
            p, mine[before] = ops.averaged(utilities, loadings, mind.beliefs[k])
            war.acts[before] = p
            for table in (lost, seen, *own.values()):
                table[before] = _mix(p, [table[(*before, a)] for a in options])
        own[k] = mine
    war.lost, war.challenger = lost[()], seen[()]
    war.own = {k: own[k][()] - x["war_nearby"] * x[f"proximity:{k}"] for k in game.defenders}
    return war


def _mix(p: list[Value], values: list[Value]) -> Value:
    total = p[0] * values[0]
    for weight, value in zip(p[1:], values[1:], strict=True):
        total = total + weight * value
    return total


def resistance(ops: Ops, x: Mapping[str, Value], lost: Value) -> Value:
    """Probability that an attacked protege resists; conceding loses its whole stake."""
    gain = x["protege_stake"] * (1.0 - lost) - x["protege_war_cost"] + x["constant:resist_attack"]
    return ops.prefer(gain)


def challenger_at_war(s: Setup, war: War) -> Value:
    """The challenger's utility at the start of a war subtree."""
    taken = s.stake - s.x["foresight"] * s.arming[TAKEN].cost
    return taken + war.resist * (war.challenger - taken)


@dataclass(slots=True)
class Crisis:
    """The stage after a resisted challenge, as one mind sees it.

    `patterns` gives the probability of every crisis pattern, `own` each defender's expected
    utility, `backers` the expected crisis support of each supporter.
    """

    patterns: dict[Acts, Value]
    nodes: dict[Acts, list[Value]]
    own: dict[str, Value]
    backers: dict[str, Value]
    backer_value: dict[str, Value]
    pressure: Value


def solve_crisis(
    ops: Ops,
    s: Setup,
    mind: Mind,
    wars: Mapping[Acts | None, War],
    escalate: Mapping[Acts, Value],
) -> Crisis:
    """Defenders' crisis choices by backward induction, given the challenger's next move."""
    game, x = s.game, s.x
    ahead: dict[str, dict[Acts, Value]] = {}
    for k in game.defenders:
        ahead[k] = {}
        for pattern in itertools.product((0, 1), repeat=len(game.defenders)):
            war = wars[pattern]
            fought = war.resist * (war.own[k] + x[f"stake:{k}"]) - x[f"stake:{k}"]
            ahead[k][pattern] = escalate[pattern] * fought
    nodes: dict[Acts, list[Value]] = {}
    for i in reversed(range(len(game.defenders))):
        k = game.defenders[i]
        terms = own_crisis_terms(ops, x, k, mind.ties[k])
        for before in itertools.product((0, 1), repeat=i):
            utilities = [terms[a] + ahead[k][(*before, a)] for a in (0, 1)]
            p, value = ops.averaged(utilities, LOADINGS[:2], mind.beliefs[k])
            nodes[before] = p
            for other, table in ahead.items():
                table[before] = (
                    value if other == k else _mix(p, [table[(*before, 0)], table[(*before, 1)]])
                )
    patterns: dict[Acts, Value] = {(): 1.0}
    for _ in game.defenders:
        patterns = {
            (*before, a): w * nodes[before][a] for before, w in patterns.items() for a in (0, 1)
        }
    backed = {
        a: supporters(ops, s, mind, 0.5 * a, True) for a in ((0, 1) if game.defenders else (0,))
    }
    first = nodes[()] if game.defenders else [1.0]
    backers = {k: _mix(first, [b[k][0] for b in backed.values()]) for k in game.supporters}
    values = {k: _mix(first, [b[k][1] for b in backed.values()]) for k in game.supporters}
    pressure: Value = 0.0
    for pattern, w in patterns.items():
        left: Value = 1.0
        for i, stands in enumerate(pattern):
            if stands:
                left = left - x["relief_patron" if i == 0 else "relief_defender"]
        for k in game.supporters:
            left = left - x["relief_supporter"] * backed[pattern[0] if pattern else 0][k][0]
        pressure = pressure + w * ops.positive(left)
    own = {k: ahead[k][()] for k in game.defenders}
    return Crisis(patterns, nodes, own, backers, values, x["protege_pressure"] * pressure)


def escalation(ops: Ops, s: Setup, wars: Mapping[Acts | None, War]) -> dict[Acts, Value]:
    """The challenger's second move after each crisis pattern, in its own mind."""
    x = s.x
    back = -x["audience_cost"] - x["foresight"] * s.arming[BACKED_DOWN].cost
    return {
        pattern: ops.prefer(challenger_at_war(s, war) + x["constant:escalate"] - back)
        for pattern, war in wars.items()
        if pattern is not None
    }


def challenged(
    ops: Ops,
    s: Setup,
    crisis: Crisis,
    wars: Mapping[Acts | None, War],
    escalate: Mapping[Acts, Value],
) -> Value:
    """The protege's gain from resisting a challenge over conceding part of its stake."""
    x = s.x
    value = x["constant:resist_challenge"] - crisis.pressure
    for pattern, w in crisis.patterns.items():
        value = value + w * escalate[pattern] * protege_at_war(s, wars[pattern])
    return value + x["partial_gain"] * x["protege_stake"]


def protege_at_war(s: Setup, war: War) -> Value:
    """The protege's expected utility at the start of a war subtree."""
    x = s.x
    fought = -x["protege_stake"] * war.lost - x["protege_war_cost"] + x["constant:resist_attack"]
    return war.resist * (fought + x["protege_stake"]) - x["protege_stake"]


def challenger_branches(
    ops: Ops,
    s: Setup,
    crisis: Crisis,
    wars: Mapping[Acts | None, War],
    escalate: Mapping[Acts, Value],
    resist: Value,
) -> list[Value]:
    """The challenger's utility of hold, challenge and attack, in its own mind."""
    x = s.x
    stir = provocation(s.game, x)
    hold = x["waiting"] * x["trend"] - x["foresight"] * s.arming[HOLD].cost
    back = -x["audience_cost"] - x["foresight"] * s.arming[BACKED_DOWN].cost
    stands: Value = 0.0
    for k in s.game.supporters:
        stands = stands + crisis.backers[k]
    resisted: Value = -0.5 * x["crisis_cost"] * stands
    for pattern, w in crisis.patterns.items():
        ahead = back + escalate[pattern] * (
            challenger_at_war(s, wars[pattern]) + x["constant:escalate"] - back
        )
        if sum(pattern):
            ahead = ahead - 0.5 * float(sum(pattern)) * x["crisis_cost"]
        resisted = resisted + w * ahead
    conceded = x["partial_gain"] * s.stake - x["foresight"] * s.arming[CONCEDED].cost
    challenge = stir + x["constant:challenge"] + conceded + resist * (resisted - conceded)
    attack = x["provocation_attack_share"] * stir + x["constant:attack"]
    return [hold, challenge, attack + challenger_at_war(s, wars[ROOT])]


def all_patterns(game: Game) -> list[Acts | None]:
    """Every war subtree: out of the blue, then each crisis pattern."""
    return [ROOT, *itertools.product((0, 1), repeat=len(game.defenders))]


def solve_wars(ops: Ops, s: Setup, mind: Mind) -> dict[Acts | None, War]:
    """Every war subtree in one mind, with the protege's choice."""
    others = backing(ops, s, mind)
    wars = {pattern: solve_war(ops, s, mind, pattern, others) for pattern in all_patterns(s.game)}
    for war in wars.values():
        war.resist = resistance(ops, s.x, war.lost)
    return wars

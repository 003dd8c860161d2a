"""Payoff terms of the extended-deterrence game, from parameters, covariates and stances.

Every function takes `x`, the named values of `Draws`, and builds terms with `Ops`, so that the
same lines run on NumPy arrays and inside a generated kernel. The formulas are those of the
payoff table in docs/reference/game.md.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field

from standoff.game.extended import FIGHT, SUPPORT, Game
from standoff.game.ops import Ops, Value

Acts = tuple[int, ...]


@dataclass(slots=True)
class Mind:
    """What one mind believes: resolve of each mover, and what words cost the speaker."""

    beliefs: dict[str, Value] = field(default_factory=dict[str, Value])
    ties: dict[str, Value] = field(default_factory=dict[str, Value])


def action_sets(game: Game) -> list[Acts]:
    """Actions open to each defender in war, in order of moves."""
    return [(0, 1) if k in game.barred else (0, 1, 2) for k in game.defenders]


def credibility(cost: Value, noise: Value) -> Value:
    """How far a signal of that cost is believed: c^2 / (c^2 + nu^2); nothing if it is free.

    >>> credibility(1.0, 1.0)
    0.5
    """
    square = cost * cost
    return square / (square + noise * noise)


def minds(ops: Ops, game: Game, x: Mapping[str, Value]) -> tuple[Mind, Mind, Mind]:
    """The challenger's mind, the analyst's (the world), and the protege's inside the challenger's.

    mean_C = lam(g h) d + lam(kappa) a + shift; mean_W = r_d lam(h) d + r_a lam(kappa) a + shift, where
    h is larger for words that are tied to the speaker's own security: hand_tying (1 + w own_security).
    """
    shown = credibility(x["demonstration_cost"], x["signal_noise"])
    challenger, world, third = Mind(), Mind(), Mind()
    for k in game.movers:
        d, a = x[f"words:{k}"], x[f"deeds:{k}"]
        hands = x["hand_tying"] * (1.0 + x["own_security_weight"] * x[f"own_security:{k}"])
        words = credibility(x["talk_discount"] * hands, x["signal_noise"])
        said = credibility(hands, x["signal_noise"])
        perceived = words * d + shown * a + x[f"perceived_shift:{k}"]
        spread = x["perceived_spread"] * x[f"perceived_spread_factor:{k}"]
        true = (
            x["words_validity"] * said * d + x["deeds_validity"] * shown * a + x[f"true_shift:{k}"]
        )
        tie = hands * d
        challenger.beliefs[k] = ops.belief(perceived, spread)
        challenger.ties[k] = x["talk_discount"] * tie
        world.beliefs[k] = ops.belief(true, x["analyst_spread"])
        world.ties[k] = tie
        third.ties[k] = challenger.ties[k]
        third.beliefs[k] = (
            ops.belief(perceived + x[f"second_order_shift:{k}"], spread)
            if game.second_order
            else challenger.beliefs[k]
        )
    return challenger, world, third


@dataclass(slots=True)
class Contest:
    """Log-odds that the challenger wins a resisted attack, and theatre strengths."""

    odds: dict[Acts, Value]
    strength: dict[str, Value]


def contest(ops: Ops, game: Game, x: Mapping[str, Value]) -> Contest:
    """Log-odds of winning per combination of defenders' acts, without the surprise bonus.

    gamma [ln L(km_C) + adv - ln(M_T + sum e(act) M_k L(km_k) exp(eff a_k)) - barrier], with
    L = exp(-km / scale) and M = CINC^w milex^(1-w) relative to the challenger.
    """
    c, t = game.challenger, game.protege

    def relative(k: str) -> Value:
        power = x["index_weight"] * x[f"log_cinc:{k}"]
        power = power + (1.0 - x["index_weight"]) * x[f"log_milex:{k}"]
        return ops.exp(power) * x[f"capability:{k}"] / x[f"capability:{c}"]

    reach = 1.0 / x["strength_distance"]
    strength: dict[str, Value] = {}
    for i, k in enumerate(game.defenders):
        s = relative(k) * ops.exp(-x[f"distance:{k}"] * reach)
        strength[k] = s * x["theatre_share"] if i == 0 else s
    own = -x[f"distance:{c}"] * reach + x["advantage"] - x["barrier"]
    at_home = relative(t)
    odds: dict[Acts, Value] = {}
    for acts in itertools.product(*action_sets(game)):
        total = at_home
        for i, k in enumerate(game.defenders):
            if acts[i] == 0:
                continue
            part = strength[k] * ops.exp(x["effectiveness"] * x[f"deeds:{k}"])
            part = part * x["allied_strength"]
            if i == 0:
                for j, host in enumerate(game.defenders):
                    if j > 0 and acts[j] == 0:
                        part = part * (1.0 - x["basing"] * x[f"host:{host}"])
            total = total + (part if acts[i] == FIGHT else x["support_strength"] * part)
        odds[acts] = x["decisiveness"] * (own - ops.log(total))
    far = ops.exp(x[f"distance:{c}"] * reach)
    return Contest(odds, {k: s * far for k, s in strength.items()})


@dataclass(slots=True)
class WarCosts:
    """The challenger's cost of each defender's and supporter's act in war."""

    act: dict[tuple[str, int], Value]
    root: dict[str, Value]


def war_costs(
    ops: Ops, game: Game, x: Mapping[str, Value], strength: Mapping[str, Value]
) -> WarCosts:
    """Cost to the challenger: k_f sqrt(R) + k_n for a fighter, k_s for a supporter, trade lost."""
    act: dict[tuple[str, int], Value] = {}
    root: dict[str, Value] = {}
    for k in game.movers:
        trade = x["challenger_trade_loss"] * x[f"trade_share:{k}"]
        act[k, 0] = 0.0
        act[k, SUPPORT] = x["cost_per_supporter"] + trade
        if k in strength:
            root[k] = ops.exp(0.5 * ops.log(strength[k]))
            fighter = x["cost_per_fighter"] * root[k]
            act[k, FIGHT] = fighter + x["cost_nuclear_fighter"] * x[f"nuclear:{k}"] + trade
    return WarCosts(act, root)


def own_war_terms(
    ops: Ops,
    game: Game,
    x: Mapping[str, Value],
    k: str,
    patron_act: int | None,
    tied: bool,
    tie: Value,
) -> list[Value]:
    """A defender's own utility of abstain, support, fight in war, without stake and resolve.

    `patron_act` is None for the patron itself; `tied`: it supported in the crisis before.
    """
    bond = x[f"obligation:{k}"] + tie
    if tied:
        bond = bond + x["crisis_tie"]
    trade = x["trade_loss"] * x[f"trade_exposure:{k}"]
    threat = x["threat_slope"] * (1.0 - x[f"threat_discount:{k}"]) * x[f"threat:{k}"]
    war = x[f"war_cost:{k}"] * ops.exp(threat - x["preparedness"] * x[f"deeds:{k}"])
    trigger = {None: 1.0, 2: 1.0, 1: x["trigger_support"], 0: x["trigger_abstain"]}[patron_act]
    legal = x["legal_bar"] * (1.0 - x[f"law:{k}"] * trigger)
    support = -0.5 * bond - x["support_cost"] - 0.5 * trade
    fight = x[f"join:{k}"] - war - trade - legal - x["mood"] * x[f"mood:{k}"]
    heeded = 1.0 - x[f"threat_discount:{k}"]
    fight = fight - x["nuclear_threat_cost"] * heeded * x[f"nuclear_threat:{k}"]
    if patron_act is not None and patron_act != SUPPORT:
        together = x["with_patron"] if patron_act == FIGHT else -x["with_patron"]
        support = support + 0.5 * together
        fight = fight + together
    return [-bond, support, fight]


def own_crisis_terms(ops: Ops, x: Mapping[str, Value], k: str, tie: Value) -> list[Value]:
    """A defender's own utility of abstain, support in a crisis, without resolve."""
    cost = x["support_cost"] * ops.exp(-x["preparedness"] * x[f"deeds:{k}"])
    legal = 0.2 * x["legal_bar"] * (1.0 - x[f"law:{k}"])
    trade = 0.25 * x["trade_loss"] * x[f"trade_exposure:{k}"]
    return [-0.5 * (x[f"obligation:{k}"] + tie), -cost - trade - legal]


def supporter_terms(
    ops: Ops, x: Mapping[str, Value], k: str, patron: float, tie: Value, crisis: bool
) -> list[Value]:
    """A supporter's utility of abstain, support; `patron` is 1 if the patron fights, .5 supports."""
    cost = x["support_cost"] * ops.exp(-x["preparedness"] * x[f"deeds:{k}"])
    trade = x["trade_loss"] * x[f"trade_exposure:{k}"]
    scale = 0.5 if crisis else 1.0
    gain = x["follow_patron"] * patron - cost - 0.5 * scale * trade
    return [0.0, gain + 0.5 * scale * tie]


def arming_utility(
    x: Mapping[str, Value], m: str, threat: float, abandoned: float, neighbours: int
) -> Value:
    """Utility of arming against staying: level + tau thr + phi doubt + bu z + om neighbours."""
    u = x[f"arming_level:{m}"] + x["arming_threat"] * threat
    u = u + x["arming_doubt"] * (x["patron_doubt"] + abandoned)
    u = u + x["arming_arsenal"] * x["arsenal_growth"]
    return u + x["arming_neighbour"] * float(neighbours) if neighbours else u


def stake(ops: Ops, x: Mapping[str, Value]) -> Value:
    """The challenger's stake: V ambition exp(b hostility)."""
    scale = ops.exp(x["hostility_slope"] * x["hostility"])
    return x["challenger_stake"] * x["ambition"] * scale


def provocation(game: Game, x: Mapping[str, Value]) -> Value:
    """What commitment next door adds to the challenger's wish to challenge: by deeds, by words."""
    total: Value = 0.0
    for k in game.movers:
        deeds = x["provocation_deeds"] * x[f"deeds:{k}"]
        words = x["provocation_words"] * x[f"words:{k}"]
        total = total + x[f"proximity:{k}"] * (deeds + words)
    return total

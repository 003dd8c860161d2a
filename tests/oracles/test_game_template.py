"""The template against a naive walk of the whole tree, every history visited, nothing merged.

The walk below is written from the payoff table alone, with floats and math, one draw at a time,
at a point belief (standard deviation zero), where belief averaging and plain logit agree.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from standoff.game import Game, build_game, load_coefficients, solve_batch
from standoff.systems import load_system

DRAWS = 12


def softmax(us, precision=1.0):
    top = max(us)
    w = [math.exp(precision * (u - top)) for u in us]
    return [v / sum(w) for v in w]


class Walk:
    """One draw, one mind: the value of every history for every player, by plain recursion."""

    def __init__(self, game, v, reader, escalate=None):
        self.g, self.v, self.challenger_reads, self.escalate_as = game, v, reader, escalate
        h, nu, kap, tg = (
            v["hand_tying"],
            v["signal_noise"],
            v["demonstration_cost"],
            v["talk_discount"],
        )
        lam = lambda c: c * c / (c * c + nu * nu)  # noqa: E731
        self.eta, self.tie = {}, {}
        for k in game.movers:
            d, a = v[f"words:{k}"], v[f"deeds:{k}"]
            if reader:
                self.eta[k] = lam(tg * h) * d + lam(kap) * a + v[f"perceived_shift:{k}"]
                self.tie[k] = tg * h * d
            else:
                self.eta[k] = (
                    v["words_validity"] * lam(h) * d
                    + v["deeds_validity"] * lam(kap) * a
                    + v[f"true_shift:{k}"]
                )
                self.tie[k] = h * d
        self.seen = {}

    # -------------------------------------------------------------- contest
    def strength(self, k, i):
        v = self.v
        m = math.exp(
            v["index_weight"] * v[f"log_cinc:{k}"] + (1 - v["index_weight"]) * v[f"log_milex:{k}"]
        )
        s = m * math.exp(-v[f"distance:{k}"] / v["strength_distance"])
        return s * v["theatre_share"] if i == 0 else s

    def win(self, acts, surprise):
        g, v = self.g, self.v
        t = g.protege
        total = math.exp(
            v["index_weight"] * v[f"log_cinc:{t}"] + (1 - v["index_weight"]) * v[f"log_milex:{t}"]
        )
        for i, k in enumerate(g.defenders):
            e = (0.0, v["support_strength"], 1.0)[acts[i]]
            part = e * self.strength(k, i) * math.exp(v["effectiveness"] * v[f"deeds:{k}"])
            if i == 0:
                for j in range(1, len(g.defenders)):
                    if acts[j] == 0:
                        part *= 1 - v["basing"] * v[f"host:{g.defenders[j]}"]
            total += part
        reach = math.exp(-v[f"distance:{g.challenger}"] / v["strength_distance"])
        z = v["decisiveness"] * (math.log(reach) - math.log(total) - v["barrier"])
        return 1 / (1 + math.exp(-z - (v["surprise"] if surprise else 0.0)))

    # -------------------------------------------------------------- arming
    def arming(self, threat, abandoned, armed=()):
        """Expected encirclement cost (added share squared against the base), recursively."""
        g, v = self.g, self.v
        if len(armed) == len(g.proliferators):
            q0 = v["encirclement_base"]
            q = q0 + sum(
                v[f"encirclement_weight:{m}"]
                for m, one in zip(g.proliferators, armed, strict=True)
                if one
            )
            return v["encirclement"] * (q * q - q0 * q0)
        m = g.proliferators[len(armed)]
        if m in g.armed:
            return self.arming(threat, abandoned, (*armed, 0))
        u = (
            v[f"arming_level:{m}"]
            + v["arming_threat"] * threat
            + v["arming_doubt"] * ((abandoned if g.defenders else 0) + v["patron_doubt"])
            + v["arming_arsenal"] * v["arsenal_growth"]
            + v["arming_neighbour"] * sum(armed)
        )
        p = softmax([0.0, u])
        return p[0] * self.arming(threat, abandoned, (*armed, 0)) + p[1] * self.arming(
            threat, abandoned, (*armed, 1)
        )

    # -------------------------------------------------------------- payoffs of acts
    def defender(self, k, i, act, acts, pattern):
        v = self.v
        bond = v[f"obligation:{k}"] + self.tie[k]
        if pattern is not None and pattern[i]:
            bond += v["crisis_tie"]
        u = -bond * (1, 0.5, 0)[act]
        if act == 1:
            u -= v["support_cost"]
        if act == 2:
            trig = 1.0 if i == 0 else (v["trigger_abstain"], v["trigger_support"], 1.0)[acts[0]]
            u += v[f"join:{k}"] - v[f"war_cost:{k}"] * math.exp(
                -v["preparedness"] * v[f"deeds:{k}"]
                + v["threat_slope"] * (1 - v[f"threat_discount:{k}"]) * v[f"threat:{k}"]
            )
            u -= v["legal_bar"] * (1 - v[f"law:{k}"] * trig) + v["mood"] * v[f"mood:{k}"]
        u -= v["trade_loss"] * v[f"trade_exposure:{k}"] * (0, 0.5, 1)[act]
        if i > 0:
            u += v["with_patron"] * (-1, 0, 1)[acts[0]] * (0, 0.5, 1)[act]
        return u + self.eta[k] * (0, 0.5, 1)[act]

    def supporter(self, k, act, patron, crisis):
        if act == 0:
            return 0.0
        v, scale = self.v, (0.5 if crisis else 1.0)
        return (
            v["follow_patron"] * patron
            - v["support_cost"] * math.exp(-v["preparedness"] * v[f"deeds:{k}"])
            - 0.5 * scale * v["trade_loss"] * v[f"trade_exposure:{k}"]
            + 0.5 * scale * self.tie[k]
            + 0.5 * self.eta[k]
        )

    def cost_of_act(self, k, i, act):
        v = self.v
        if act == 0:
            return 0.0
        trade = v["challenger_trade_loss"] * v[f"trade_share:{k}"]
        if act == 1:
            return v["cost_per_supporter"] + trade
        ratio = self.strength(k, i) / math.exp(
            -v[f"distance:{self.g.challenger}"] / v["strength_distance"]
        )
        return (
            v["cost_per_fighter"] * math.sqrt(ratio)
            + v["cost_nuclear_fighter"] * v[f"nuclear:{k}"]
            + trade
        )

    # -------------------------------------------------------------- war
    def after_defence(self, acts, pattern):
        """Values after all defenders: (C, T, D...), over supporters one by one, chance, arming."""
        g, v = self.g, self.v
        patron = 0.5 * acts[0] if g.defenders else 0.0
        prize = (
            v["challenger_stake"] * v["ambition"] * math.exp(v["hostility_slope"] * v["hostility"])
        )
        left = 1.0 if g.defenders and acts[0] == 0 else 0.0

        def over(supports):
            if len(supports) < len(g.supporters):
                k = g.supporters[len(supports)]
                p = softmax([self.supporter(k, a, patron, False) for a in (0, 1)])
                parts = [over((*supports, a)) for a in (0, 1)]
                return [p[0] * a + p[1] * b for a, b in zip(*parts, strict=True)]
            p = self.win(acts, pattern is None)
            cost = v["challenger_war_cost"]
            cost += sum(self.cost_of_act(k, i, acts[i]) for i, k in enumerate(g.defenders))
            cost += sum(
                self.cost_of_act(k, None, a) for k, a in zip(g.supporters, supports, strict=True)
            )
            c = p * (prize - v["foresight"] * self.arming(1.0, left)) + (1 - p) * (
                -v["failed_war"] - v["foresight"] * self.arming(0.5, left)
            )
            own = [
                self.defender(k, i, acts[i], acts, pattern)
                - p * v[f"stake:{k}"]
                - v["war_nearby"] * v[f"proximity:{k}"]
                for i, k in enumerate(g.defenders)
            ]
            t = -p * v["protege_stake"] - v["protege_war_cost"] + v["constant:resist_attack"]
            return [c - cost, t, *own, p]

        return over(())

    def defence(self, acts, pattern):
        g = self.g
        i = len(acts)
        if i == len(g.defenders):
            return self.after_defence(acts, pattern)
        options = (0, 1) if g.defenders[i] in g.barred else (0, 1, 2)
        parts = [self.defence((*acts, a), pattern) for a in options]
        p = softmax([part[2 + i] for part in parts])
        self.seen["war", pattern, acts] = p
        return [
            sum(q * part[j] for q, part in zip(p, parts, strict=True)) for j in range(len(parts[0]))
        ]

    def war(self, pattern):
        g, v = self.g, self.v
        prize = (
            v["challenger_stake"] * v["ambition"] * math.exp(v["hostility_slope"] * v["hostility"])
        )
        resist = self.defence((), pattern)
        taken = [
            prize - v["foresight"] * self.arming(1.0, 0.5),
            -v["protege_stake"],
            *[-v[f"stake:{k}"] for k in g.defenders],
            1.0,
        ]
        p = softmax([taken[1], resist[1]])
        self.seen["resist", pattern] = p[1]
        self.seen["lost", pattern] = resist[-1]
        return [p[0] * a + p[1] * b for a, b in zip(taken, resist, strict=True)]

    # -------------------------------------------------------------- crisis
    def second(self, pattern, backers):
        g, v = self.g, self.v
        cost = 0.5 * v["crisis_cost"] * (sum(pattern) + sum(backers))
        war = self.war(pattern)
        fight = [war[0] + v["constant:escalate"] - cost, *war[1:-1], 1.0]
        back = [
            -v["audience_cost"] - v["foresight"] * self.arming(0.2, 0.0) - cost,
            0.0,
            *[0.0 for _ in g.defenders],
            0.0,
        ]
        p = self.escalate_as[pattern] if self.escalate_as else softmax([back[0], fight[0]])[1]
        self.seen["escalate", pattern] = p
        return [(1 - p) * a + p * b for a, b in zip(back, fight, strict=True)]

    def crisis(self, pattern, backers):
        g, v = self.g, self.v
        if len(pattern) < len(g.defenders):
            i = len(pattern)
            k = g.defenders[i]
            own = [
                -0.5 * (v[f"obligation:{k}"] + self.tie[k]),
                -v["support_cost"] * math.exp(-v["preparedness"] * v[f"deeds:{k}"])
                - 0.25 * v["trade_loss"] * v[f"trade_exposure:{k}"]
                - 0.2 * v["legal_bar"] * (1 - v[f"law:{k}"])
                + 0.5 * self.eta[k],
            ]
            parts = [self.crisis((*pattern, a), backers) for a in (0, 1)]
            for a in (0, 1):
                parts[a][2 + i] += own[a]
            p = softmax([part[2 + i] for part in parts])
        elif len(backers) < len(g.supporters):
            k = g.supporters[len(backers)]
            patron = 0.5 * pattern[0] if g.defenders else 0.0
            p = softmax([self.supporter(k, a, patron, True) for a in (0, 1)])
            parts = [self.crisis(pattern, (*backers, a)) for a in (0, 1)]
        else:
            value = self.second(pattern, backers)
            relief = sum(
                v["relief_patron"] if i == 0 else v["relief_defender"]
                for i, one in enumerate(pattern)
                if one
            ) + v["relief_supporter"] * sum(backers)
            value[1] -= v["protege_pressure"] * (1 - relief)
            return value
        return [p[0] * a + p[1] * b for a, b in zip(*parts, strict=True)]

    def solve(self):
        g, v = self.g, self.v
        prize = (
            v["challenger_stake"] * v["ambition"] * math.exp(v["hostility_slope"] * v["hostility"])
        )
        stir = sum(
            v[f"proximity:{k}"]
            * (v["provocation_deeds"] * v[f"deeds:{k}"] + v["provocation_words"] * v[f"words:{k}"])
            for k in g.movers
        )
        resisted = self.crisis((), ())
        resisted[1] += v["constant:resist_challenge"]
        conceded = [
            v["partial_gain"] * prize - v["foresight"] * self.arming(0.4, 0.5),
            -v["partial_gain"] * v["protege_stake"],
            *[-v["conceded_stake"] * v[f"stake:{k}"] for k in g.defenders],
            0.0,
        ]
        r = softmax([conceded[1], resisted[1]])
        challenge = [r[0] * a + r[1] * b for a, b in zip(conceded, resisted, strict=True)]
        attack = self.war(None)
        hold = v["waiting"] * v["trend"] - v["foresight"] * self.arming(0.0, 0.0)
        moves = softmax(
            [
                hold,
                challenge[0] + stir + v["constant:challenge"],
                attack[0] + v["provocation_attack_share"] * stir + v["constant:attack"],
            ]
        )
        return {
            "moves": moves,
            "resist|challenge": r[1],
            "escalate|challenge": challenge[-1],
            "resist|attack": self.seen["resist", None],
            "win": self.seen["lost", None],
            "acts": self.seen,
            "utility": {"T|challenge": challenge[1], "T|attack": attack[1]}
            | {f"{k}|challenge": challenge[2 + i] for i, k in enumerate(g.defenders)}
            | {f"{k}|attack": attack[2 + i] for i, k in enumerate(g.defenders)},
        }


def drawn(shape):
    """A calibrated game with the given numbers of defenders, supporters and proliferators."""
    system = load_system("west-pacific-2021")
    k, x, m = shape
    system = replace(
        system,
        defenders=("USA", "JPN", "AUS")[:k],
        supporters=("GBR", "DEU")[:x],
        proliferators=("JPN", "KOR", "TWN")[:m],
        covariates=(
            *system.covariates,
            *(
                replace(c, actor="TWN")
                for c in system.covariates
                if c.name == "encirclement_weight" and c.actor == "KOR"
            ),
        ),
    )
    rng = np.random.default_rng(5)
    stances = {a: rng.normal(0.4, 0.8, (DRAWS, 2)) for a in (*system.defenders, *system.supporters)}
    stances["hostility"] = rng.normal(0.5, 0.5, DRAWS)
    if k:
        stances["threat:USA"] = rng.normal(0.5, 0.5, DRAWS)
    return build_game(system, stances, load_coefficients(), draws=DRAWS, rng=rng)


@pytest.mark.parametrize(
    "shape", [(0, 0, 0), (0, 1, 2), (1, 0, 1), (1, 2, 0), (2, 0, 2), (2, 2, 2), (3, 1, 3)]
)
def test_the_batched_solution_equals_a_walk_of_every_history(shape: tuple[int, int, int]) -> None:
    game, draws = drawn(shape)
    # A point belief: the belief-averaged choice is then the plain logit of the walk.
    point = draws.with_values({"perceived_spread": 0.0, "analyst_spread": 0.0})
    solved = solve_batch(game, point)
    p = solved.probabilities
    for i in range(3 if shape[0] < 3 else 1):
        v = {
            k: float(c[i]) if isinstance(c, np.ndarray) else float(c)
            for k, c in {**point.values, **point.constants}.items()
        }
        own = Walk(game, v, reader=True)
        read = own.solve()
        second = {
            pattern: own.seen["escalate", pattern]
            for pattern in itertools.product((0, 1), repeat=len(game.defenders))
        }
        world = Walk(game, v, reader=False, escalate=second).solve()
        # 1e-12: thousands of additions of order one in another order.
        for j, name in enumerate(("hold", "challenge", "attack")):
            assert p[name][i] == pytest.approx(read["moves"][j], abs=1e-12)
        for name in ("resist|attack", "resist|challenge", "escalate|challenge", "win"):
            assert p[name][i] == pytest.approx(world[name], abs=1e-12), name
        if game.defenders:
            first = world["acts"]["war", None, ()]
            assert p["fight:USA"][i] == pytest.approx(first[2], abs=1e-12)
            assert p["fight:USA@CHN"][i] == pytest.approx(
                read["acts"]["war", None, ()][2], abs=1e-12
            )
        for name, value in world["utility"].items():
            key = name.replace("T|", f"{game.protege}|")
            assert solved.utilities[key][i] == pytest.approx(value, abs=1e-12), name


def test_a_barred_defender_has_no_fight_node_and_an_armed_state_no_move() -> None:
    game, draws = drawn((2, 0, 2))
    masked: Game = replace(game, barred=frozenset({"JPN"}), armed=frozenset({"JPN"}))
    point = draws.with_values({"perceived_spread": 0.0, "analyst_spread": 0.0})
    p = solve_batch(masked, point).probabilities
    v = {
        k: float(c[0]) if isinstance(c, np.ndarray) else float(c)
        for k, c in {**point.values, **point.constants}.items()
    }
    read = Walk(masked, v, reader=True).solve()
    assert p["attack"][0] == pytest.approx(read["moves"][2], abs=1e-12)
    assert p["fight:JPN"].max() == 0.0
    assert p["arm:JPN|attack"].max() == 0.0

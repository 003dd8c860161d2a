"""What the sources of the catalogue prove about their games, checked on our copies of them.

The propositions are those of the sources; the numbers that meet or break their conditions are
ours. Complete information: subgame perfection. Private information: the threshold of credibility.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from standoff.game import load_game, solve_tree, subgame_perfect

UNILATERAL = "zagare_kilgour2000/unilateral_deterrence"
MUTUAL = "zagare_kilgour2000/mutual_deterrence"
ASYMMETRIC = "zagare_kilgour1993/asymmetric_deterrence"
TRIPARTITE = "zagare_kilgour2003/tripartite_crisis"


def outcome(name, values):
    """The one outcome reached by subgame-perfect play."""
    solved = subgame_perfect(load_game(name), values)
    (found,) = [k for k, p in solved.outcomes.items() if p[0] == 1.0]
    return found


# Challenger: conflict is worth prize / 2 - cost, backing down -1. Defender: conflict is worth
# 1.5 - cost, conceding 0. A threat is credible if carrying it out beats giving in.
CHALLENGER = {"credible": {"cost_challenger": 2.0}, "empty": {"cost_challenger": 4.0}}
DEFENDER = {"credible": {"cost_defender": 1.0}, "empty": {"cost_defender": 2.0}}


@pytest.mark.parametrize(
    ("challenger", "defender", "expected"),
    [
        # Zagare and Kilgour 2000, chapter 5: deterrence fails only where the challenger's threat
        # is credible and the defender's is not.
        ("credible", "credible", "status quo"),
        ("credible", "empty", "defender concedes"),
        ("empty", "credible", "status quo"),
        ("empty", "empty", "status quo"),
    ],
)
def test_unilateral_deterrence_fails_only_where_its_threat_is_empty(
    challenger, defender, expected
) -> None:
    assert outcome(UNILATERAL, {**CHALLENGER[challenger], **DEFENDER[defender]}) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [({"cost_b": 2.0}, "A wins"), ({"cost_a": 2.0}, "B wins")],
)
def test_in_mutual_deterrence_the_one_credible_side_wins(values, expected) -> None:
    """Zagare and Kilgour 2000: with one credible retaliator the other cannot deter it."""
    assert solve_tree(load_game(MUTUAL), values, precision=60.0).outcomes[expected][0] > 0.99


def test_mutual_credibility_makes_the_status_quo_an_equilibrium_and_nothing_less_does() -> None:
    """Zagare and Kilgour 2000: the status quo survives only with two credible threats.

    Against cooperation by B, attack meets retaliation (worth -cost) or concession (the prize).
    """
    for cost_b, holds in ((0.5, True), (2.0, False)):
        tree = load_game(MUTUAL)
        solved = solve_tree(tree, {"cost_b": cost_b}, precision=200.0)
        retaliates = float(solved.probability("B answers", "retaliate")[0])
        attack = retaliates * -1.0 + (1 - retaliates) * 2.0
        assert (attack < 1.0) is holds


def test_a_challenger_is_deterred_exactly_above_the_threshold_of_credibility() -> None:
    """Zagare and Kilgour 1993: the challenger waits iff the defender's credibility exceeds
    (prize - status quo) / (prize - conflict)."""
    prize, quo, cost = 2.5, 1.0, 1.0
    threshold = (prize - quo) / (prize + cost)
    belief = np.array([threshold - 0.02, threshold + 0.02])
    solved = solve_tree(load_game(ASYMMETRIC), {"credibility": belief}, precision=400.0)
    challenge = solved.probability("facing hard", "challenge")
    assert challenge[0] > 0.99 and challenge[1] < 0.01
    at = solve_tree(load_game(ASYMMETRIC), {"credibility": threshold}, precision=400.0)
    assert at.probability("facing hard", "challenge")[0] == pytest.approx(0.5, abs=1e-6)


@pytest.mark.parametrize("stake", [2.0, 3.0, 5.0])
def test_the_threshold_rises_with_the_prize(stake) -> None:
    threshold = (stake - 1.0) / (stake + 1.0)
    values = {"credibility": np.array([threshold - 0.02, threshold + 0.02]), "prize": stake}
    challenge = solve_tree(load_game(ASYMMETRIC), values, precision=400.0).probability(
        "facing hard", "challenge"
    )
    assert challenge[0] > 0.99 > 0.01 > challenge[1]


@pytest.mark.parametrize(
    ("realigned", "loss", "supports"),
    [
        # Defender: conflict 2 - 1.5 = .5, a lost protege 1, a realigned one 0.
        (0.25, 0.5, True),
        (-1.0, 0.5, False),
        (-0.6, 0.7, True),
    ],
)
def test_a_protege_who_can_realign_is_supported(realigned, loss, supports) -> None:
    """Zagare and Kilgour 2003: the threat to realign is what moves a reluctant defender."""
    values = {"realigned": realigned, "abandonment": loss, "war_challenger": 1.5}
    solved = subgame_perfect(load_game(TRIPARTITE), values)
    assert solved.probability("defender", "support")[0] == float(supports)
    assert solved.probability("alone", "realign")[0] == float(realigned > -loss)


def test_egame12_has_the_published_form_of_its_probabilities() -> None:
    """Signorino 1999, Kenkel and Signorino 2014: p4 = L(u24 - u23),
    p_R = L(p4 u14 + (1 - p4) u13 - u11), with private errors of logit form."""
    tree = load_game("kenkel_signorino2014/egame12")
    solved = solve_tree(tree)
    names = {k: [float(e.value(dict(tree.defaults))) for e in o.payoffs]
             for k, o in tree.outcomes.items()}  # fmt: skip
    first, second = tree.nodes[tree.order[0]], tree.nodes[tree.order[1]]
    keep, _ = (to for _, to in first.moves)
    left, right = (to for _, to in second.moves)

    def logistic(x: float) -> float:
        return 1.0 / (1.0 + math.exp(-x))

    p4 = logistic(names[right][1] - names[left][1])
    go = logistic(p4 * names[right][0] + (1 - p4) * names[left][0] - names[keep][0])
    assert solved.probability(second.name, second.actions[1])[0] == pytest.approx(p4, abs=1e-14)
    assert solved.probability(first.name, first.actions[1])[0] == pytest.approx(go, abs=1e-14)

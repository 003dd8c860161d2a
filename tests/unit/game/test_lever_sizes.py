"""A lever changes the one value that it names by just the amount given, within its bounds."""

from __future__ import annotations

import math

import numpy as np
import pytest

from standoff.errors import GameError
from standoff.game import (
    Game,
    build_game,
    contrast,
    levers,
    load_coefficients,
    solve_batch,
    with_lever,
)
from standoff.game.coalition import misstep, sides
from standoff.game.conflict import conflicts
from standoff.game.deployment import Repayment, repayment
from standoff.game.economy import economies
from standoff.game.whatif import told
from standoff.systems import load_system

N = 40
ADDS = "words deeds perceived true second_order arming threat hostility advantage".split()
MULTIPLIES = "ambiguity trade_share capability ambition trade".split()
SETS = "law mood trend patron_doubt arsenal_growth foresight nuclear_threat own_security".split()


@pytest.fixture(scope="module")
def built():
    system = load_system("west-pacific-2021")
    rng = np.random.default_rng(5)
    given = {k: rng.normal(0.4, 0.5, (N, 2)) for k in (*system.defenders, *system.supporters)}
    return build_game(system, given, load_coefficients(), draws=N, rng=rng)


def test_every_lever_has_a_mode_and_changes_its_own_value_alone(built) -> None:
    game, draws = built
    for name, lever in levers(game).items():
        head = name.split(":")[0]
        amount = 0.25
        old = np.asarray(draws.values[lever.value], dtype=float)
        want = {
            **dict.fromkeys(ADDS, old + amount),
            **dict.fromkeys(MULTIPLIES, old * amount),
            **dict.fromkeys(SETS, amount + 0.0 * old),
        }[head]
        _, moved, _ = with_lever(game, draws, name, amount)
        assert np.allclose(moved.values[lever.value], want), name
        others = [k for k in draws.values if k != lever.value]
        assert all(np.array_equal(moved.values[k], draws.values[k]) for k in others), name


@pytest.mark.parametrize(
    "name",
    [
        "law:USA",
        "mood:JPN",
        "patron_doubt",
        "foresight",
        "arsenal_growth",
        "nuclear_threat:JPN",
        "own_security:JPN",
    ],
)
def test_shares_run_from_zero_to_one(built, name) -> None:
    game, draws = built
    for amount in (0.0, 1.0):
        with_lever(game, draws, name, amount)
    for amount in (-0.01, 1.01):
        with pytest.raises(GameError, match=name):
            with_lever(game, draws, name, amount)


@pytest.mark.parametrize(
    "name", ["capability:CHN", "ambiguity:USA", "ambition", "trade", "trade_share:USA"]
)
def test_factors_are_not_below_zero(built, name) -> None:
    game, draws = built
    with_lever(game, draws, name, 0.0)
    with pytest.raises(GameError, match=name):
        with_lever(game, draws, name, -0.01)


def test_a_factor_beyond_two_or_below_a_half_is_an_extrapolation(built) -> None:
    game, draws = built
    for amount, warned in ((0.5, False), (0.49, True), (2.0, False), (2.01, True), (0.0, False)):
        for name in ("capability:CHN", "trade", "ambition"):
            assert bool(with_lever(game, draws, name, amount)[2]) is warned, (name, amount)


def test_more_than_one_draw_in_twenty_beyond_three_sd_is_an_extrapolation(built) -> None:
    game, draws = built
    for beyond, warned in ((2, False), (3, True)):  # of 40
        column = np.zeros(N)
        column[:beyond] = 3.1
        made = draws.with_values({"words:USA": column})
        found = with_lever(game, made, "words:USA", 0.0)[2]
        assert bool(found) is warned
    exactly = draws.with_values({"words:USA": np.full(N, 3.0)})
    assert not with_lever(game, exactly, "words:USA", 0.0)[2]


def test_certainty_is_sixty_logits_and_order_moves_one_to_the_front(built) -> None:
    game, draws = built
    for name, shift in (("certain_fight:USA", 60.0), ("certain_abstain:USA", -60.0)):
        moved = with_lever(game, draws, name, 1.0)[1]
        assert moved.values["perceived_shift:USA"] == shift
    first, second = game.defenders
    assert with_lever(game, draws, "order", 1)[0].defenders == (second, first)
    assert with_lever(game, draws, "order", 0)[0].defenders == (first, second)
    for position in (-1, 2):
        with pytest.raises(GameError, match="order"):
            with_lever(game, draws, "order", position)
    with pytest.raises(GameError, match="certain_fight:FRA"):
        with_lever(game, draws, "certain_fight:FRA", 1)


def test_what_others_expect_of_others_is_asked_only_where_a_lever_asks_it(built) -> None:
    game, draws = built
    assert with_lever(game, draws, "second_order:USA", 1.0)[0].second_order
    assert with_lever(game, draws, "words:USA", 1.0)[0].second_order == game.second_order


def test_a_lever_in_words() -> None:
    game = Game("s", "C", "T", ("D",), (), ())
    assert told(game, "deeds:D", -1.5) == "deeds:D -1.5"
    assert told(game, "capability:C", 2.0) == "capability:C x 2"
    assert told(game, "law:D", 0.5) == "law:D = 0.5"
    assert told(game, "certain_fight:D", 1.0) == "certain_fight:D = 1"


def test_the_odds_ratio_of_a_contrast_is_that_of_the_two_solutions(built) -> None:
    game, draws = built
    found = contrast(game, draws, {"deeds:USA": 1.0})
    before = solve_batch(game, draws).probabilities["war"]
    after = solve_batch(game, with_lever(game, draws, "deeds:USA", 1.0)[1]).probabilities["war"]
    odds = (after / (1 - after)) / (before / (1 - before))
    assert found.odds_ratio.median == pytest.approx(float(np.median(odds)), rel=1e-6)
    assert found.share_lower == pytest.approx(float(np.mean(after < before)))
    assert found.change["war"].mean == pytest.approx(float(np.mean(after - before)), abs=1e-9)
    assert found.amount == 1.0 and found.name == "deeds:USA +1"
    two = contrast(game, draws, {"deeds:USA": 1.0, "trade": 2.0})
    assert math.isnan(two.amount) and two.name == "deeds:USA +1, trade x 2"


# ------------------------------------------------------------------ read off the solved game


def test_the_size_of_a_coalition_is_counted_over_every_act(built) -> None:
    """The mean number who stand with the protege is the sum of their chances, and so is the trade."""
    game, draws = built
    found = sides(game, draws)
    p = solve_batch(game, draws).probabilities
    stand = {k: p[f"fight:{k}"] + p[f"support:{k}"] for k in game.defenders}
    stand |= {k: p[f"support:{k}"] for k in game.supporters}
    number = np.arange(len(game.movers) + 1)[:, None]
    assert np.allclose((number * found.sizes).sum(axis=0), sum(stand.values()), atol=1e-9)
    trade = sum(stand[k] * np.asarray(draws.values[f"trade_share:{k}"]) for k in stand)
    assert np.allclose(found.trade, trade, atol=1e-9)
    assert found.at_least(0).median == pytest.approx(1.0)
    assert found.at_least(len(game.movers)).median == pytest.approx(
        float(np.median(found.sizes[-1]))
    )


def test_a_misstep_costs_more_the_wider_it_is(built) -> None:
    """e ((q + s)^2 - q^2): twice the step costs more than twice as much; none of it below zero."""
    game, draws = built
    one, two = misstep(game, draws, 0.1), misstep(game, draws, 0.2)
    for name in ("hold", "attack"):
        # (2 q 0.2 + 0.04) - 2 (2 q 0.1 + 0.01) = 0.02: the same for every q, times the weight e.
        weight = np.asarray(draws.values["encirclement"], dtype=float)
        assert np.allclose(two[name] - 2.0 * one[name], 0.02 * weight, atol=1e-9)
    for step in (0.0, 1.01):
        with pytest.raises(GameError, match="misstep"):
            misstep(game, draws, step)


def test_a_deployment_is_repaid_where_its_gains_reach_its_cost() -> None:
    gain = np.array([[0.0, 1.0, 2.0, 1.0], [1.0, 2.0, 4.0, 3.0]])
    made = Repayment("JPN", 1.0, 2, {"JPN": gain}, np.array([2.0, 2.0, 2.0, 4.0]), gain)
    assert made.share_repaid == (0.25, 0.5)
    assert [e.median for e in made.repaid] == [0.375, 0.875]


def test_a_deployment_is_discounted_and_costs_by_its_amount(built) -> None:
    game, draws = built
    system = load_system("west-pacific-2021")
    half = repayment(game, draws, system, "JPN", amount=0.5, years=3)
    whole = repayment(game, draws, system, "JPN", amount=1.0, years=3)
    assert np.allclose(whole.cost, 2.0 * half.cost)
    cost = np.asarray(draws.values["demonstration_cost"], dtype=float)
    assert np.allclose(whole.cost, cost + 0.0 * whole.cost)
    assert whole.gain["JPN"].shape == (3, N) == whole.war.shape
    with pytest.raises(GameError, match="deployment"):
        repayment(game, draws, system, "JPN", amount=0.0, years=3)


def test_the_trend_of_a_budget_is_that_of_the_ten_years_before() -> None:
    """SIPRI in constant dollars: Japan 2010 to 2020, log growth by year."""
    from standoff.reference import milex

    found, _ = economies(load_system("west-pacific-2021"))
    first, last = (milex("JPN", y, "constant_usd_m")[-1].value for y in (2010, 2020))
    assert first and last
    assert found["JPN"].growth == pytest.approx(math.log(last / first) / 10)
    share = [milex("JPN", y, "gdp_share_percent")[-1].value for y in (2010, 2020)]
    assert share[0] and share[1]
    assert found["JPN"].gdp_growth == pytest.approx(
        math.log((last / share[1]) / (first / share[0])) / 10
    )


def test_a_claim_of_a_conflict_is_the_contrast_of_its_lever(built) -> None:
    game, draws = built
    (found,) = conflicts(game, draws, {"deeds:USA": 1.0})[-1:]
    deter, provoke = found.readings
    assert (deter.outcome, provoke.outcome) == ("war", "challenge")
    after = solve_batch(game, with_lever(game, draws, "deeds:USA", 1.0)[1]).probabilities
    before = solve_batch(game, draws).probabilities
    for reading in (deter, provoke):
        gap = after[reading.outcome] - before[reading.outcome]
        assert reading.share_up == pytest.approx(float(np.mean(gap > 0)))
        assert reading.change.mean == pytest.approx(float(np.mean(gap)), abs=1e-9)


def test_a_neighbour_s_utility_falls_by_the_price_of_the_war_next_door(built) -> None:
    """One unit of `war_nearby` costs a proliferator who does not fight its proximity times the chance
    that a war is fought: of a resisted attack, or of a challenge that escalates."""
    game, draws = built
    outside = [m for m in game.proliferators if m not in game.movers and m != game.protege]
    if not outside:
        pytest.skip("every proliferator of the system fights or is the protege")
    m = outside[0]
    before = solve_batch(game, draws, backend="numpy")
    price = np.asarray(draws.values["war_nearby"], dtype=float)
    moved = solve_batch(game, draws.with_values({"war_nearby": price + 1.0}), backend="numpy")
    near = np.asarray(draws.values[f"proximity:{m}"], dtype=float)
    fall = before.utilities[f"{m}|attack"] - moved.utilities[f"{m}|attack"]
    assert np.allclose(fall, before.probabilities["resist|attack"] * near, atol=1e-9)

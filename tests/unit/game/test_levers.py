"""Levers and attribution: common draws, exact sums, clear refusals."""

from __future__ import annotations

import numpy as np
import pytest

from standoff.errors import GameError
from standoff.game import (
    Factor,
    build_game,
    contrast,
    levers,
    load_coefficients,
    presence_factors,
    shapley,
    shapley_values,
    signal_factors,
    solve_batch,
    term_factors,
    with_lever,
)
from standoff.systems import load_system

N = 60


@pytest.fixture(scope="module")
def built():
    system = load_system("west-pacific-2021")
    rng = np.random.default_rng(3)
    given = {k: rng.normal(0.4, 0.5, (N, 2)) for k in (*system.defenders, *system.supporters)}
    return build_game(system, given, load_coefficients(), draws=N, rng=rng)


def test_every_lever_moves_something_and_zero_moves_nothing(built) -> None:
    game, draws = built
    before = solve_batch(game, draws)
    for name, lever in levers(game).items():
        amount = {"add": 0.7, "multiply": 1.4, "set": 0.55}[lever.mode]
        g, moved, _ = with_lever(game, draws, name, amount)
        after = solve_batch(g, moved).probabilities
        changed = any(not np.array_equal(after[k], before.probabilities[k]) for k in after)
        assert changed, name
    same = contrast(game, draws, {"words:USA": 0.0}, base=before)
    assert same.odds_ratio.median == 1.0 and same.odds_ratio.low == 1.0


def test_a_contrast_is_the_difference_draw_by_draw(built) -> None:
    game, draws = built
    found = contrast(game, draws, {"certain_fight:USA": 1.0})
    assert found.share_lower == 1.0 and found.odds_ratio.high < 1.0
    assert set(found.by_set) == {"hands-tied", "deeds-first"}
    both = contrast(game, draws, {"certain_fight:USA": 1.0, "foresight": 0.0})
    assert both.odds_ratio.median > found.odds_ratio.median


def test_unknown_levers_and_amounts_out_of_bounds_are_refused(built) -> None:
    game, draws = built
    for name, amount in (("words:FRA", 1.0), ("law:JPN", 2.0), ("order", 9.0), ("trade", np.nan)):
        with pytest.raises(GameError, match=name):
            with_lever(game, draws, name, amount)


def test_an_extrapolation_is_warned(built) -> None:
    game, draws = built
    _, _, warnings = with_lever(game, draws, "words:USA", 5.0)
    assert warnings and "beyond 3" in warnings[0]
    assert not with_lever(game, draws, "words:USA", 0.1)[2]
    assert with_lever(game, draws, "capability:CHN", 3.0)[2]


@pytest.mark.parametrize("chosen", [None, "presence", "terms"])
def test_shares_sum_to_the_total_in_every_draw(built, chosen) -> None:
    game, draws = built
    factors = {"presence": presence_factors, "terms": term_factors}.get(
        chosen or "", lambda _: None
    )(game)
    found = shapley(game, draws.take(np.arange(20)), factors)
    assert found.error < 1e-10
    np.testing.assert_allclose(found.shares.sum(axis=0), found.total, atol=1e-10)
    if chosen == "terms":
        assert set(found.by_tag()) == {"denial", "punishment"}


@pytest.mark.parametrize("precision", [1.0, 3.0])
def test_all_subsets_at_once_equal_each_solved_by_itself(built, precision) -> None:
    game, draws = built
    few = draws.take(np.arange(30))
    factors = signal_factors(game)
    value = []
    for subset in range(2 ** len(factors)):
        off = {}
        for i, factor in enumerate(factors):
            if not subset >> i & 1:
                off.update(factor.off)
        war = solve_batch(game, few.with_values(off), precision=precision).probabilities["war"]
        value.append(np.log(war) - np.log1p(-war))
    found = shapley(game, few, factors, precision=precision)
    assert len(factors) >= 6
    np.testing.assert_allclose(found.shares, shapley_values(np.array(value)), atol=1e-11)


def test_shapley_of_an_additive_game_and_of_a_glove_game() -> None:
    # Additive: each factor keeps its own worth.
    worth = np.array([1.0, -2.0, 0.5])
    value = np.array([[sum(worth[i] for i in range(3) if s >> i & 1)] for s in range(8)])
    np.testing.assert_allclose(shapley_values(value)[:, 0], worth, atol=1e-15)
    # Gloves: one left (0), two right (1, 2); shares 2/3, 1/6, 1/6 (Shapley 1953).
    gloves = np.array([[1.0 if s & 1 and s & 6 else 0.0] for s in range(8)])
    np.testing.assert_allclose(shapley_values(gloves)[:, 0], [2 / 3, 1 / 6, 1 / 6], atol=1e-15)


def test_factors_must_be_few_named_and_disjoint(built) -> None:
    game, draws = built
    one = Factor("a", {"foresight": 0.0})
    with pytest.raises(GameError, match="factors"):
        shapley(game, draws, [])
    with pytest.raises(GameError, match="named factors"):
        shapley(game, draws, [one, one])
    with pytest.raises(GameError, match="share a value"):
        shapley(game, draws, [one, Factor("b", {"foresight": 0.5})])


def test_a_nuclear_threat_has_a_payoff_of_its_own(built) -> None:
    """It keeps the threatened from fighting; without the term, or wholly discounted, it does not."""
    game, draws = built
    before = solve_batch(game, draws).probabilities
    _, threatened, _ = with_lever(game, draws, "nuclear_threat:JPN", 1.0)
    after = solve_batch(game, threatened).probabilities
    assert (after["fight:JPN"] < before["fight:JPN"]).all()
    _, conventional, _ = with_lever(game, draws, "threat:JPN", 1.0)
    other = solve_batch(game, conventional).probabilities
    assert not np.allclose(after["fight:JPN"], other["fight:JPN"])
    for without in ({"nuclear_threat_cost": 0.0}, {"threat_discount:JPN": 1.0}):
        calm = solve_batch(game, draws.with_values(without)).probabilities["fight:JPN"]
        held = solve_batch(game, threatened.with_values(without)).probabilities["fight:JPN"]
        assert np.allclose(calm, held, atol=1e-12)


def test_a_file_of_coefficients_without_the_nuclear_term_still_builds() -> None:
    system = load_system("west-pacific-2021")
    rng = np.random.default_rng(3)
    _, draws = build_game(system, {}, load_coefficients("coefficients-1"), draws=20, rng=rng)
    assert draws.values["nuclear_threat_cost"] == 0.0


def test_words_tied_to_own_security_weigh_more(built) -> None:
    """The link strengthens words and nothing else: without words, or without its weight, it is idle."""
    game, draws = built
    spoken = draws.with_values({"words:JPN": 1.0})
    silent = draws.with_values({"words:JPN": 0.0})

    def fights(start, **values):
        _, tied, _ = with_lever(game, start.with_values(values), "own_security:JPN", 1.0)
        before = solve_batch(game, start.with_values(values)).probabilities["fight:JPN"]
        return solve_batch(game, tied).probabilities["fight:JPN"], before

    with_link, without_link = fights(spoken)
    assert (with_link > without_link).all()
    for idle in (fights(silent), fights(spoken, own_security_weight=0.0)):
        assert np.allclose(*idle, atol=1e-12)

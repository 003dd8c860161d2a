"""The tornado and the value of information find what was planted."""

from __future__ import annotations

import numpy as np
import pytest

from standoff.errors import GameError
from standoff.game import (
    build_game,
    load_coefficients,
    solve_batch,
    tornado,
    value_of_information,
)
from standoff.systems import load_system


def built(stances, n=600):
    rng = np.random.default_rng(4)
    coefficients = load_coefficients()
    game, draws = build_game(
        load_system("west-pacific-2021"), stances, coefficients, draws=n, rng=rng
    )
    return game, draws, coefficients


def test_a_block_that_does_not_vary_has_no_bar() -> None:
    game, draws, coefficients = built({})
    bars = {
        b.block: b.share for b in tornado(game, draws, coefficients, rng=np.random.default_rng(0))
    }
    assert "stances" not in bars
    widest = sorted(bars, key=lambda k: -bars[k])
    assert "challenger payoffs" in widest[:2]


def test_the_base_rate_carries_the_level_and_nothing_of_the_ratio() -> None:
    """A payoff redrawn is calibrated again, so no share is far above one (2.2 to 13 without)."""
    game, draws, coefficients = built({})
    bars = {b.block: b for b in tornado(game, draws, coefficients, rng=np.random.default_rng(0))}
    base = bars["base rate"]
    assert max(bars.values(), key=lambda b: b.share_all) is base
    assert base.share < 0.3 < 0.4 < base.share_all and base.factor > 2
    assert all(b.share < 1.2 and b.share_all < 1.2 and b.factor >= 1 for b in bars.values())


def test_a_planted_block_has_the_longest_bar() -> None:
    """Deeds of the patron spread widely: the stances then carry most of the ratio."""
    deeds = np.random.default_rng(0).normal(0, 3.0, 600)
    game, draws, coefficients = built({"USA": np.stack([np.zeros(600), deeds], axis=1)})
    bars = tornado(game, draws, coefficients, rng=np.random.default_rng(0))
    assert bars[0].block == "stances" and bars[0].names == ("words:USA", "deeds:USA")


def test_the_only_uncertain_stance_is_worth_most() -> None:
    deeds = np.random.default_rng(0).normal(0, 1.5, 600)
    game, draws, _ = built({"USA": np.stack([np.zeros(600), deeds], axis=1)})
    found = value_of_information(game, draws, solve_batch(game, draws))
    assert found[0].name == "deeds:USA" and found[0].share > 0.1
    assert all(i.share == 0.0 for i in found[1:])


def test_too_few_draws_and_unknown_stances_are_refused() -> None:
    game, draws, coefficients = built({}, n=10)
    with pytest.raises(GameError, match="at least 20"):
        tornado(game, draws, coefficients, rng=np.random.default_rng(0))
    with pytest.raises(GameError, match="words:ZZZ"):
        value_of_information(game, draws, solve_batch(game, draws), ["words:ZZZ"])

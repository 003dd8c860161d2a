"""Coalition, audiences and margin for error, against sums written out by hand."""

from __future__ import annotations

import itertools
import json

import numpy as np
import pytest
from typer.testing import CliRunner

from standoff.errors import GameError
from standoff.game import (
    audiences,
    build_game,
    load_coefficients,
    misstep,
    sides,
    solve_batch,
    with_lever,
)
from standoff.systems import load_system

N = 150


@pytest.fixture(scope="module")
def built():
    rng = np.random.default_rng(5)
    given = {k: rng.normal(0.6, 0.4, (N, 2)) for k in ("USA", "JPN", "GBR")}
    return build_game(
        load_system("west-pacific-2021"), given, load_coefficients(), draws=N, rng=rng
    )


def test_the_size_agrees_with_the_members_chances(built) -> None:
    """The mean of a number is the sum of its members' chances, however they depend."""
    game, draws = built
    found, p = sides(game, draws), solve_batch(game, draws).probabilities
    assert np.allclose(found.sizes.sum(axis=0), 1.0) and found.sizes.min() >= 0
    mean = np.arange(len(found.sizes)) @ found.sizes
    members = sum(p[f"fight:{k}"] + p[f"support:{k}"] for k in game.defenders)
    members = members + sum(p[f"support:{k}"] for k in game.supporters)
    np.testing.assert_allclose(mean, members, rtol=1e-12)
    trade = sum(
        (p[f"support:{k}"] + p.get(f"fight:{k}", 0.0)) * draws.values[f"trade_share:{k}"]
        for k in game.movers
    )
    np.testing.assert_allclose(found.trade, trade, rtol=1e-12)
    assert found.at_least(0).median == pytest.approx(1.0)


def test_a_coalition_grows_with_the_patron_that_is_followed(built) -> None:
    game, draws = built
    _, firm, _ = with_lever(game, draws, "true:USA", 2.0)
    more, before = (np.arange(6) @ sides(game, d).sizes for d in (firm, draws))
    assert np.mean(more > before) > 0.98


def test_each_audience_reads_the_same_words_its_own_way(built) -> None:
    """Words above average: the home public, which credits them in full, reads more will."""
    game, draws = built
    loud = draws.with_values({"words:JPN": 1.5})
    read, p = audiences(game, loud)["JPN"], solve_batch(game, loud).probabilities
    # Kernel and NumPy sum in another order.
    np.testing.assert_allclose(read["analyst"], p["fight:JPN"], rtol=1e-12)
    np.testing.assert_allclose(read["CHN"], p["fight:JPN@CHN"], rtol=1e-12)
    assert np.mean(read["home public"] > read["CHN"]) > 0.98
    quiet = audiences(game, draws.with_values({f"words:{k}": 0.0 for k in game.movers}))["JPN"]
    np.testing.assert_allclose(quiet["home public"], quiet["CHN"], rtol=1e-9)


def test_a_misstep_is_dearer_the_fewer_neighbours_are_unarmed(built) -> None:
    game, draws = built
    loss, p = misstep(game, draws, 0.2), solve_batch(game, draws).probabilities
    assert np.all(loss["attack"] > loss["hold"])
    # By hand, after holding: q is linear in who arms, so its mean is the encirclement printed.
    e = np.asarray(draws.values["encirclement"])
    np.testing.assert_allclose(loss["hold"], e * (0.4 * p["encirclement|hold"] + 0.04), rtol=1e-12)
    np.testing.assert_allclose(
        loss["attack"], e * (0.4 * p["encirclement|attack"] + 0.04), rtol=1e-12
    )
    for a, b in itertools.pairwise((0.05, 0.1, 0.5)):
        assert np.all(misstep(game, draws, a)["hold"] < misstep(game, draws, b)["hold"])
    for step in (0.0, -1.0, 1.5, float("nan")):
        with pytest.raises(GameError, match="a misstep of"):
            misstep(game, draws, step)


def test_the_command_prints_all_three() -> None:
    from standoff.cli.app import app

    common = ["sides", "--system", "west-pacific-2021", "--draws", "60"]
    text = CliRunner().invoke(app, common).stdout
    assert "home public" in text and "Margin for error" in text and "stand with" in text
    found = json.loads(CliRunner().invoke(app, [*common, "--format", "json"]).stdout)
    assert len(found["coalition_size_probability"]) == 6
    assert set(found["fights_as_read_by"]["JPN"]) == {"analyst", "CHN", "home public"}

"""The probability of moves: exact slopes, sums to one, and the errors it says it stands for."""

from __future__ import annotations

import numpy as np
import pytest

from standoff.errors import GameError, ModelError
from standoff.fit import Move, Tree, build_likelihood, design, egame12, egame122, egame123

N = 40


def _columns(rng: np.random.Generator, n: int = N):
    return {k: rng.normal(size=n) for k in ("a", "b", "c")}


def _free(tree: Tree, rng: np.random.Generator):
    cols = _columns(rng)
    pairs = [(p, o) for p in tree.players for o in tree.outcomes if tree.can_matter(p, o)]
    names = list(cols)
    return {pair: design({names[i % 3]: cols[names[i % 3]]}) for i, pair in enumerate(pairs)}


@pytest.mark.parametrize("tree", [egame12(), egame122(), egame123()], ids=lambda t: t.name)
@pytest.mark.parametrize(
    ("link", "error", "scale"),
    [
        ("probit", "agent", "fixed"),
        ("logit", "agent", "by player"),
        ("probit", "private", "common"),
    ],
)
def test_the_gradient_is_the_slope_of_the_value(tree, link, error, scale) -> None:
    rng = np.random.default_rng(5)
    seen = rng.integers(0, len(tree.outcomes), N)
    like = build_likelihood(
        tree, seen, _free(tree, rng), link=link, error=error, scale=scale, weights=rng.random(N)
    )
    theta = rng.normal(0, 0.6, len(like.names))
    _, slope = like.evaluate(theta)
    for i in range(len(theta)):
        up, down = theta.copy(), theta.copy()
        up[i] += 1e-6
        down[i] -= 1e-6
        numeric = (like.evaluate(up)[0] - like.evaluate(down)[0]) / 2e-6
        # Central differences at 1e-6 are good to about 1e-8 here.
        assert slope[i] == pytest.approx(numeric, abs=2e-7)
    assert like.probabilities(theta).sum(axis=1) == pytest.approx(np.ones(N), abs=1e-12)


@pytest.mark.parametrize("error", ["agent", "private"])
def test_the_probabilities_are_those_of_players_with_these_errors(error) -> None:
    """Play egame12 with drawn errors, each player optimal by what he sees, and count."""
    rng = np.random.default_rng(11)
    u1 = {"~esc": 0.3, "esc,~war": 0.9, "esc,war": -0.7}
    u2 = {"esc,~war": 0.2, "esc,war": 0.5}
    given = {(1, o): v for o, v in u1.items()} | {(2, o): v for o, v in u2.items()}
    free = {**given, (1, "~esc"): design({}, n=1)}
    like = build_likelihood(egame12(), [0], free, error=error)
    found = like.probabilities(np.array([0.3]))[0]
    draws = 400_000
    e = rng.normal(size=(5, draws))
    if error == "agent":
        war = u2["esc,war"] + e[0] > u2["esc,~war"] + e[1]
        p = war.mean()
        go = p * u1["esc,war"] + (1 - p) * u1["esc,~war"] + e[2] > u1["~esc"] + e[3]
    else:
        war = u2["esc,war"] + e[0] > u2["esc,~war"] + e[1]
        p = war.mean()
        fight = p * (u1["esc,war"] + e[2]) + (1 - p) * (u1["esc,~war"] + e[3])
        go = fight > u1["~esc"] + e[4]
    counted = [1 - go.mean(), (go & ~war).mean(), (go & war).mean()]
    # Four standard errors of a share at 400,000 draws.
    assert found == pytest.approx(counted, abs=4 * 0.5 / np.sqrt(draws))


def test_far_tails_keep_a_finite_logarithm() -> None:
    like = build_likelihood(egame12(), ["esc,war"], {(1, "~esc"): design({}, n=1)})
    value, slope = like.evaluate(np.array([200.0]))
    assert np.isfinite(value) and value < -5000 and np.isfinite(slope).all() and slope[0] < 0


def test_weights_count_a_case_as_often_as_they_say() -> None:
    tree, one = egame12(), {(1, "~esc"): design({}, n=2)}
    heavy = build_likelihood(tree, ["~esc", "esc,war"], one, weights=np.array([3.0, 1.0]))
    long = build_likelihood(tree, ["~esc"] * 3 + ["esc,war"], {(1, "~esc"): design({}, n=4)})
    theta = np.array([0.4])
    assert heavy.evaluate(theta)[0] == pytest.approx(long.evaluate(theta)[0], abs=1e-12)


def test_what_does_not_fit_is_named() -> None:
    tree = egame12()
    with pytest.raises(ModelError, match="peace"):
        build_likelihood(tree, ["peace"], {(1, "~esc"): design({}, n=1)})
    with pytest.raises(ModelError, match=r"\(3, 'war'\)"):
        build_likelihood(tree, [0], {(3, "war"): 1.0})
    with pytest.raises(ModelError, match="2 rows"):
        build_likelihood(tree, [0], {(1, "~esc"): design({}, n=2)})
    with pytest.raises(ModelError, match="weights"):
        build_likelihood(tree, [0], {(1, "~esc"): design({}, n=1)}, weights=np.array([-1.0]))
    with pytest.raises(ModelError, match="missing"):
        design({"x": [1.0, np.nan]})
    with pytest.raises(ModelError, match="depend on each other"):
        design({"x": [1.0, 2.0, 3.0], "twice": [2.0, 4.0, 6.0]})
    with pytest.raises(ModelError, match="one level"):
        design({"regime": ["dem", "dem"]})
    with pytest.raises(GameError, match="twice"):
        Tree("odd", Move(1, "a", "a"))
    with pytest.raises(GameError, match="win"):
        tree.path("win")

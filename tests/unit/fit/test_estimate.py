"""Fits: known truths come back, and models that cannot be told are refused with a reason."""

from __future__ import annotations

import numpy as np
import pytest

from standoff.errors import ModelError
from standoff.fit import FitStatus, Move, Tree, design, egame12, egame122, egame123, fit_game


def _simulate(tree, utilities, theta, rng, **kind):
    """Draw outcomes from the probabilities that the drawn-errors test has checked."""
    from standoff.fit import build_likelihood

    n = next(d.matrix.shape[0] for d in utilities.values() if not isinstance(d, float))
    like = build_likelihood(tree, np.zeros(n, dtype=int), utilities, **kind)
    p = like.probabilities(theta)
    return (rng.random(n)[:, None] > np.cumsum(p, axis=1)).sum(axis=1)


def _deterrence(rng, n):
    x = {k: rng.normal(size=n) for k in ("cost", "stake", "balance", "resolve")}
    return {
        (1, "~esc"): design({"stake": x["stake"]}),
        (1, "esc,war"): design({"cost": x["cost"]}),
        (2, "esc,war"): design({"balance": x["balance"], "resolve": x["resolve"]}),
    }


TRUTH = np.array([-0.4, 0.6, -0.8, 0.7, 0.5, -0.9, 0.4])


@pytest.mark.parametrize("kind", [{}, {"link": "logit"}, {"error": "private"}], ids=str)
def test_known_weights_come_back(kind) -> None:
    rng = np.random.default_rng(2)
    utilities = _deterrence(rng, 6000)
    seen = _simulate(egame12(), utilities, TRUTH, rng, **kind)
    fit = fit_game(egame12(), seen, utilities, **kind)
    assert fit.status is FitStatus.CONVERGED and fit.gradient < 1e-6
    z = (fit.coef - TRUTH) / fit.errors
    # Seven draws from a standard normal: beyond 3.5 once in about 300 such tests; the seed is fixed.
    assert np.max(np.abs(z)) < 3.5


def test_standard_errors_are_the_spread_of_the_estimates() -> None:
    rng = np.random.default_rng(7)
    utilities = _deterrence(rng, 1500)
    z = []
    for _ in range(60):
        seen = _simulate(egame12(), utilities, TRUTH, rng)
        fit = fit_game(egame12(), seen, utilities)
        z.append((fit.coef - TRUTH) / fit.errors)
    z = np.array(z)
    # 420 standardised errors; the spread of a spread over 60 runs is about 1/sqrt(120) = 0.09.
    assert abs(z.mean()) < 0.25
    assert 0.75 < z.std() < 1.25
    assert 0.88 < (np.abs(z) < 1.96).mean() <= 0.99


@pytest.mark.parametrize("tree", [egame122(), egame123()], ids=lambda t: t.name)
def test_other_trees_come_back_too(tree) -> None:
    rng = np.random.default_rng(8)
    n = 6000
    utilities = {}
    for player in tree.players:
        pairs = [(player, o) for o in tree.outcomes if tree.can_matter(player, o)]
        for pair in pairs[1:]:
            utilities[pair] = design({"x": rng.normal(size=n)})
        if tree.name == "egame122" and player == 2:
            del utilities[2, "RL"]
    width = sum(d.matrix.shape[1] for d in utilities.values())
    truth = rng.normal(0, 0.7, width)
    fit = fit_game(tree, _simulate(tree, utilities, truth, rng), utilities)
    assert fit.status is FitStatus.CONVERGED
    assert np.max(np.abs((fit.coef - truth) / fit.errors)) < 3.7


def test_one_player_is_an_ordinary_regression() -> None:
    """Against the closed form: shares of a 2 x 2 table give the logit weights."""
    tree = Tree("plain", Move(1, "no", "yes"))
    x = np.repeat([0.0, 1.0], [100, 80])
    seen = np.concatenate([np.repeat([0, 1], [70, 30]), np.repeat([0, 1], [20, 60])])
    fit = fit_game(tree, seen, {(1, "yes"): design({"x": x})}, link="logit")
    low, high = np.log(30 / 70), np.log(60 / 20)
    # Two actions with an error each: the weights are sqrt(2) times those of a plain logit.
    assert fit.coef / np.sqrt(2) == pytest.approx([low, high - low], abs=1e-9)
    var_low, var_high = 1 / 30 + 1 / 70, 1 / 60 + 1 / 20
    errors = np.sqrt([var_low, var_low + var_high])
    assert fit.errors / np.sqrt(2) == pytest.approx(errors, rel=1e-6)


def test_models_that_cannot_be_told_are_refused() -> None:
    rng = np.random.default_rng(1)
    n = 50
    x = rng.normal(size=n)
    seen = rng.integers(0, 3, n)
    tree = egame12()
    everywhere = {(1, o): design({"x": x}) for o in tree.outcomes}
    with pytest.raises(ModelError, match="all utilities of player 1"):
        fit_game(tree, seen, everywhere)
    shared = {(1, o): design({"x": x}, intercept=o == "~esc") for o in tree.outcomes}
    with pytest.raises(ModelError, match="x in all utilities of player 1"):
        fit_game(tree, seen, shared)
    with pytest.raises(ModelError, match="no choice of player 2"):
        fit_game(tree, seen, {(2, "~esc"): design({"x": x})})
    with pytest.raises(ModelError, match="free scale of player 1 and player 2"):
        fit_game(tree, seen, {(1, "~esc"): design({"x": x})}, scale="common")
    with pytest.raises(ModelError, match="every utility is a number"):
        fit_game(tree, seen, {(1, "~esc"): 1.0})
    with pytest.raises(ModelError, match="private information"):
        fit_game(tree, seen, {(1, "~esc"): design({"x": x})}, link="logit", error="private")
    with pytest.raises(ModelError, match="prior_sd"):
        fit_game(tree, seen, {(1, "~esc"): design({"x": x})}, prior_sd=0.0)


def test_separation_is_seen_and_a_prior_holds_it() -> None:
    x = np.repeat([0.0, 1.0], 40)
    seen = np.where(x > 0, 2, 0)  # war exactly where x is one
    seen[:3] = 1
    utilities = {(1, "~esc"): design({"x": x}), (2, "esc,war"): design({}, n=80)}
    loose = fit_game(egame12(), seen, utilities)
    assert loose.status is FitStatus.SEPARATED and "prior_sd" in loose.message
    held = fit_game(egame12(), seen, utilities, prior_sd=2.5)
    assert held.status is FitStatus.CONVERGED and np.max(np.abs(held.coef)) < 10
    assert held.log_likelihood < loose.log_likelihood


def test_a_strong_effect_that_is_well_told_is_no_separation() -> None:
    rng = np.random.default_rng(5)
    x = np.r_[rng.normal(scale=0.1, size=4000), 200 * np.ones(4)]  # a long tail, as of a cube
    utilities = {(1, "~esc"): design({"x": x}), (2, "esc,war"): design({}, n=len(x))}
    seen = _simulate(egame12(), utilities, np.array([0.2, 6.0, 0.3]), rng, link="logit")
    fit = fit_game(egame12(), seen, utilities, link="logit")
    spread = float(np.std(x))
    assert 2 * spread * fit["u1(~esc):x"].value > 18 and fit.status is FitStatus.CONVERGED


def test_flat_directions_give_no_standard_errors() -> None:
    """Player 2 never moves: nothing is known of his utilities, and the fit says so."""
    fit = fit_game(egame12(), ["~esc"] * 30, {(2, "esc,war"): design({"x": np.arange(30.0) / 30})})
    assert fit.status is FitStatus.FLAT and fit.covariance is None
    assert all(w.error is None and w.z is None for w in fit.weights())


def test_the_same_data_give_the_same_bytes() -> None:
    rng = np.random.default_rng(3)
    utilities = _deterrence(rng, 400)
    seen = _simulate(egame12(), utilities, TRUTH, rng)
    first, second = (fit_game(egame12(), seen, utilities) for _ in range(2))
    assert first.coef.tobytes() == second.coef.tobytes()
    assert first.aic == pytest.approx(2 * 7 - 2 * first.log_likelihood)
    with pytest.raises(ModelError, match="take one of these"):
        first["u9"]

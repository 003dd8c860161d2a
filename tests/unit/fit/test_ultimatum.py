"""The ultimatum fit: its gradient, its total probability, and known weights that come back."""

from __future__ import annotations

import numpy as np
import pytest

from standoff.errors import ModelError
from standoff.fit import FitStatus, design, fit_ultimatum
from standoff.fit.ultimatum import UltimatumModel

PRIZE = 10.0
TRUTH = np.array([1.5, 0.8, 3.0, -0.7, np.log(0.8), np.log(0.6)])


def _best_offer(r1, r2, shock, s2):
    """What player 1 offers: where the first-order condition holds, or a corner, by halving."""
    low, high = np.zeros_like(r1), np.full_like(r1, PRIZE)
    for _ in range(80):
        mid = (low + high) / 2
        with np.errstate(over="ignore"):
            more = PRIZE - mid - r1 - shock - s2 * (1 + np.exp((mid - r2) / s2)) > 0
        low, high = np.where(more, mid, low), np.where(more, high, mid)
    offer = (low + high) / 2
    return np.where(offer < 1e-12, 0.0, np.where(offer > PRIZE - 1e-12, PRIZE, offer))


def _draw(rng, n, truth=TRUTH):
    x, z = rng.normal(size=n), rng.normal(size=n)
    s1, s2 = np.exp(truth[-2:])
    r1, r2 = truth[0] + truth[1] * x, truth[2] + truth[3] * z
    offers = _best_offer(r1, r2, s1 * rng.logistic(size=n), s2)
    accepted = offers - r2 - s2 * rng.logistic(size=n) > 0
    return offers, accepted, design({"x": x}), design({"z": z})


def test_gradient_is_the_slope_of_the_likelihood_at_corners_and_inside() -> None:
    rng = np.random.default_rng(4)
    offers, accepted, first, second = _draw(rng, 200)
    offers[:5], offers[5:8] = 0.0, PRIZE
    model = UltimatumModel(offers, accepted, first, second, PRIZE, np.ones(200))
    theta = TRUTH + 0.2
    _, gradient = model.evaluate(theta)
    step = 1e-6
    for k in range(len(theta)):
        move = np.eye(len(theta))[k] * step
        slope = (model.evaluate(theta + move)[0] - model.evaluate(theta - move)[0]) / (2 * step)
        assert gradient[k] == pytest.approx(slope, rel=1e-5, abs=1e-4)


def test_offers_inside_and_at_both_corners_have_probability_one() -> None:
    grid = np.linspace(0.0, PRIZE, 20_001)[1:-1]
    offers = np.concatenate([[0.0], grid, [PRIZE]])
    n = len(offers)
    total = 0.0
    density = np.empty(n)
    none = design({}, n=n)
    theta = np.array([4.0, 3.0, 0.9, -0.2])
    for took in (True, False):
        for k in (0, n - 1):
            one = np.zeros(n)
            one[k] = 1.0
            model = UltimatumModel(offers, np.full(n, took), none, none, PRIZE, one)
            total += np.exp(model.evaluate(theta)[0])
    for k in range(1, n - 1, 100):
        both = 0.0
        for took in (True, False):
            some = design({}, n=1)
            at = np.array([offers[k]])
            model = UltimatumModel(at, np.array([took]), some, some, PRIZE, np.ones(1))
            both += np.exp(model.evaluate(theta)[0])
        density[k] = both
    kept = np.arange(1, n - 1, 100)
    total += np.trapezoid(density[kept], offers[kept])
    assert total == pytest.approx(1.0, abs=2e-3)


def test_known_weights_come_back() -> None:
    rng = np.random.default_rng(9)
    fit = fit_ultimatum(*_draw(rng, 3000), prize=PRIZE)
    assert fit.status is FitStatus.CONVERGED
    # Six draws from a standard normal: beyond 3.5 once in about 350 such tests; the seed is fixed.
    assert np.max(np.abs((fit.coef - TRUTH) / fit.errors)) < 3.5


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda o, a: (o[:-1], a), "one row per case"),
        (lambda o, a: (o + PRIZE, a), "offers from 0 to the prize"),
        (lambda o, a: (o, np.ones_like(a)), "some taken and some left"),
    ],
)
def test_what_cannot_be_fitted_is_refused(change, words) -> None:
    offers, accepted, first, second = _draw(np.random.default_rng(1), 50)
    offers, accepted = change(offers, accepted)
    with pytest.raises(ModelError, match=words):
        fit_ultimatum(offers, accepted, first, second, prize=PRIZE)

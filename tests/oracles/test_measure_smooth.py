"""Smoothing by backward draws against two other ways to the same law."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from stance_simulate import Jump, simulate

from standoff.errors import InputError
from standoff.measure.bank import clone, levels, open_bank
from standoff.measure.filter import load_kernel
from standoff.measure.model import Dynamics
from standoff.measure.shifts import change_probability
from standoff.measure.smooth import smooth_paths
from standoff.measure.step import predict, update
from standoff.terms import Channel

load_kernel()


def test_without_jumps_draws_agree_with_a_remembered_level():
    """A level remembered by the filter is smoothed exactly; the draws must match it."""
    dynamics = Dynamics(jump_rate=0.0)
    rng = np.random.default_rng(5)
    made = simulate(dynamics, np.sort(rng.uniform(0, 100, 40)), rng, regime="source")
    then, now = 60.0, 104.0
    bank = open_bank(dynamics, made.sites[0].week)
    for site in [s for s in made.sites if s.week <= then]:
        bank = update(bank, dynamics, site)
    bank = clone(predict(bank, dynamics, then))
    for site in [s for s in made.sites if s.week > then]:
        bank = update(bank, dynamics, site)
    bank = predict(bank, dynamics, now)
    mean, cov = bank.mean[0, 0, -2:], bank.cov[0, 0, -2:, -2:]
    paths = smooth_paths(dynamics, made.sites, [then, now], np.random.default_rng(0), 4000)
    # 4,000 draws: .016 sd of Monte Carlo error in a mean, .011 in an sd.
    np.testing.assert_allclose(paths[:, 0].mean(axis=0), mean, atol=0.06)
    np.testing.assert_allclose(paths[:, 0].std(axis=0), np.sqrt(np.diag(cov)), rtol=0.05)
    _, end_mean, end_cov = levels(bank)
    np.testing.assert_allclose(paths[:, 1].mean(axis=0), end_mean[0], atol=0.06)
    np.testing.assert_allclose(paths[:, 1].std(axis=0), np.sqrt(np.diag(end_cov[0])), rtol=0.05)


@pytest.mark.parametrize("size", [0.0, 2.5])
def test_the_probability_of_a_shift_agrees_with_counting_paths(size):
    dynamics = Dynamics(drift_sd=0.0, jump_rate=1 / 104)
    rng = np.random.default_rng(8)
    jumps = (Jump(90.0, size, 0.0),) if size else ()
    made = simulate(dynamics, np.arange(0.0, 104.0, 1.0), rng, jumps=jumps)
    then, now = 78.0, 104.0
    bank = open_bank(dynamics, 0.0)
    for site in [s for s in made.sites if s.week <= then]:
        bank = update(bank, dynamics, site)
    bank = clone(predict(bank, dynamics, then))
    for site in [s for s in made.sites if s.week > then]:
        bank = update(bank, dynamics, site)
    rise, fall = change_probability(predict(bank, dynamics, now), Channel.WORDS, 0.5)
    paths = smooth_paths(dynamics, made.sites, [then, now], np.random.default_rng(1), 1500)
    change = paths[:, 1, 0] - paths[:, 0, 0]
    # Two approximations of jumps before the window; within .05 of each other.
    assert float(rise[0]) == pytest.approx(float((change > 0.5).mean()), abs=0.05)
    assert float(fall[0]) == pytest.approx(float((change < -0.5).mean()), abs=0.05)


def test_hindsight_sees_a_jump_where_it_was():
    dynamics = Dynamics(drift_sd=0.0)
    rng = np.random.default_rng(3)
    made = simulate(dynamics, np.arange(0.0, 104.0, 0.5), rng, jumps=(Jump(52.2, 3.0, 0.0),),
                    grid=[48.0, 56.0], mean=(-1.5, 0.0))  # fmt: skip
    paths = smooth_paths(dynamics, made.sites, [48.0, 56.0], np.random.default_rng(1), 500)
    low, high = np.quantile(paths[:, :, 0], [0.05, 0.95], axis=0)
    assert np.all(low < made.path[:, 0]) and np.all(made.path[:, 0] < high)
    assert (paths[:, 1, 0] - paths[:, 0, 0]).mean() > 1.5


def test_weeks_must_rise():
    with pytest.raises(InputError, match="rising"):
        smooth_paths(Dynamics(), (), [2.0, 1.0], np.random.default_rng(0))


def test_a_series_without_signals_is_the_prior_all_along():
    dynamics = replace(Dynamics(), jump_rate=0.0)
    paths = smooth_paths(dynamics, (), [0.0, 50.0], np.random.default_rng(0), 4000)
    assert paths.std(axis=0) == pytest.approx(np.full((2, 2), np.sqrt(1.49)), rel=0.05)

"""The Laplace mixture against NUTS: constants and paths together, no Gaussian anywhere."""

from __future__ import annotations

import numpy as np
import pytest
from stance_nuts import nuts_levels
from stance_simulate import MIXED, design_of_simulated, simulate

from standoff.errors import ModelError
from standoff.measure.estimate import bands, fit_stance
from standoff.measure.filter import load_kernel
from standoff.measure.model import Dynamics, Model, load_model

PLAIN = Model(dynamics=Dynamics(jump_rate=0.0, drift_sd=0.0))


@pytest.fixture(scope="module")
def design():
    rng = np.random.default_rng(4)
    made = [simulate(PLAIN.dynamics, np.sort(rng.uniform(0, 120, 25)), rng, jumps=()) for _ in "ab"]
    return design_of_simulated(made, MIXED, PLAIN)


@pytest.mark.slow
def test_the_mixture_agrees_with_nuts(design):
    pytest.importorskip("numpyro", reason="the extra `fit`")
    if not load_kernel():
        pytest.skip("the extra `fast`")
    ours = bands(fit_stance(design, rng=np.random.default_rng(0)))
    exact = nuts_levels(design, samples=150, warm=120, chains=2, seed=1)
    assert exact.r_hat < 1.1
    # 300 draws: their own error is about .07 sd; the full form (M9) is held to .10.
    off = (ours.smoothed_mean - exact.mean) / exact.sd
    assert float(np.sqrt((off**2).mean())) < 0.25
    assert 0.85 < float((ours.smoothed_sd / exact.sd).mean()) < 1.15


def test_a_model_with_story_or_drift_has_no_reference(design):
    with pytest.raises(ModelError, match="story_sd = 0"):
        nuts_levels(design_of_simulated(
            [simulate(PLAIN.dynamics, [0.0], np.random.default_rng(0))], MIXED, load_model()
        ))  # fmt: skip

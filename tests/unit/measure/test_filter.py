"""The compiled kernel and its NumPy twin, held together."""

from __future__ import annotations

import numpy as np
import pytest

from standoff.measure import filter as compiled
from standoff.measure import step as twin
from standoff.measure.bank import clone, law_weights, open_bank
from standoff.measure.model import Dynamics, Law
from standoff.measure.response import Site


def sites(rng, n=60):
    week, found = 3.0, []
    for _ in range(n):
        week += float(rng.choice([0.0, 0.14, 0.9, 3.0, 40.0], p=[0.1, 0.3, 0.4, 0.18, 0.02]))
        angle = rng.choice([0.0, np.pi / 4, np.pi / 2])
        found.append(
            Site(
                week,
                int(rng.integers(5)),
                5,
                float(rng.uniform(0.6, 2.5)),
                (-1.2, -0.1, 1.0, 2.1),
                (float(np.cos(angle)), float(np.sin(angle))),
                float(rng.uniform(0.01, 0.5)),
                float(rng.choice([1.0, 0.3])),
                str(rng.choice(["", "a", "b", "c", "d", "e"])),
            )
        )
    return found


@pytest.fixture(scope="module", autouse=True)
def _kernel():
    if not compiled.load_kernel():
        pytest.skip("numba is not installed (extra fast)")


@pytest.mark.parametrize("copies", [1, 3])
@pytest.mark.parametrize("rate", [1 / 260, 0.0, 0.2])
@pytest.mark.parametrize("story", [0.0, 0.6])
def test_the_twins_agree(copies, rate, story):
    dynamics = Dynamics(jump_rate=rate, story_sd=story)
    rng = np.random.default_rng(7)
    one = two = open_bank(dynamics, 2.0, copies)
    for i, site in enumerate(sites(rng)):
        one = twin.update(one, dynamics, site, skip=i % copies if copies > 1 else None)
        two = compiled.update(two, dynamics, site, skip=i % copies if copies > 1 else None)
        assert one.kind.tolist() == two.kind.tolist() and one.born.tolist() == two.born.tolist()
    one, two = (f.predict(b, dynamics, one.week + 9.3) for f, b in ((twin, one), (compiled, two)))
    # 1e-9: sixty steps of rounding in another order.
    for name in ("logw", "mean", "cov", "log_evidence"):
        np.testing.assert_allclose(getattr(one, name), getattr(two, name), rtol=1e-8, atol=1e-9)


def test_the_twins_agree_on_a_remembered_level():
    dynamics = Dynamics()
    found = sites(np.random.default_rng(3), 20)
    one = open_bank(dynamics, 2.0)
    for site in found[:10]:
        one = twin.update(one, dynamics, site)
    one = two = clone(one)
    for site in found[10:]:
        one, two = twin.update(one, dynamics, site), compiled.update(two, dynamics, site)
    np.testing.assert_allclose(one.mean, two.mean, atol=1e-9)
    np.testing.assert_allclose(one.cov, two.cov, atol=1e-9)


def test_an_update_leaves_its_input_as_it_was():
    dynamics = Dynamics()
    found = sites(np.random.default_rng(3), 3)
    before = compiled.update(open_bank(dynamics, 2.0), dynamics, found[0])
    mean, cov = before.mean.copy(), before.cov.copy()
    same_day = Site(before.week, *[getattr(found[1], n) for n in Site.__slots__[1:]])
    compiled.update(before, dynamics, same_day)
    compiled.update(before, dynamics, found[2])
    assert np.array_equal(before.mean, mean) and np.array_equal(before.cov, cov)


LAWS = (Law("rests", 0.4, 50.0, 2.0), Law("wanders", 0.3), Law("fast", 0.3, 0.5, 0.0))


@pytest.mark.parametrize("keep", [1.0, 0.0, 0.6])
def test_the_twins_agree_on_several_laws(keep):
    dynamics = Dynamics(
        laws=LAWS, press_shift=0.4, press_sd=0.4, story_sd=0.4, jump_keep=keep, jump_rate=0.02
    )
    one = two = open_bank(dynamics, 2.0, 2)
    for i, site in enumerate(sites(np.random.default_rng(5))):
        one = twin.update(one, dynamics, site, skip=i % 2)
        two = compiled.update(two, dynamics, site, skip=i % 2)
        assert one.law.tolist() == two.law.tolist() and one.born.tolist() == two.born.tolist()
    np.testing.assert_allclose(one.logw, two.logw, rtol=1e-8, atol=1e-9)
    np.testing.assert_allclose(one.cov, two.cov, rtol=1e-8, atol=1e-9)


def test_a_series_weighs_the_laws_as_apart_filters_do():
    """Laws do not mix: each must end as a filter of its own, weighted by what it predicted."""
    # No pruning apart: "none" of a filter that stands alone has more weight than in company.
    dynamics = Dynamics(laws=(LAWS[1], LAWS[2]), jump_rate=0.0)
    found = sites(np.random.default_rng(6), 30)
    bank = open_bank(dynamics, 2.0)
    alone = [open_bank(d, 2.0) for d in dynamics.by_law]
    for site in found:
        bank = compiled.update(bank, dynamics, site)
        alone = [compiled.update(b, d, site) for b, d in zip(alone, dynamics.by_law, strict=True)]
    logs = np.array([float(b.log_evidence[0]) for b in alone]) + np.log(dynamics.law_weights)
    expected = np.exp(logs - np.logaddexp.reduce(logs))
    np.testing.assert_allclose(law_weights(bank, 2), expected, rtol=1e-9)
    np.testing.assert_allclose(bank.log_evidence, np.logaddexp.reduce(logs), rtol=1e-9)
    np.testing.assert_allclose(bank.mean[0], [b.mean[0, 0] for b in alone], atol=1e-9)

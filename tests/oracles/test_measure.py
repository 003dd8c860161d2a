"""MEASURE against slow, obvious versions of itself.

The dense joint Gaussian knows no recursion: it writes down the covariance of all states at all
times and conditions once. The particle filter knows no Gaussian: it carries 50,000 paths, with
jumps, through the exact likelihood.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from stance_simulate import simulate

from standoff.measure import bank as bank_module
from standoff.measure.bank import clone, levels, loading, open_bank, take_slot
from standoff.measure.dynamics import decay, stationary
from standoff.measure.model import Dynamics
from standoff.measure.response import Site, likelihood
from standoff.measure.step import predict, update

QUIET = Dynamics(jump_rate=0.0, drift_sd=0.0)


# ---------------------------------------------------------------- the dense joint Gaussian


def joint_covariance(dynamics: Dynamics, times: list[float]) -> np.ndarray:
    """Covariance of (words, deeds) + mean at all times, from the Lyapunov solution."""
    th_d, th_a = dynamics.rates
    drift = np.array([[-th_d, 0.0], [th_a * dynamics.follow_through, -th_a]])
    c = dynamics.follow_through * th_a / (th_d + th_a)
    noise = np.diag([2 * th_d, 2 * th_a * (1 - dynamics.follow_through * c)])
    # Vectorised A P + P A' + N = 0, solved without the closed form under test.
    a = np.kron(drift, np.eye(2)) + np.kron(np.eye(2), drift)
    p = np.linalg.solve(a, -noise.ravel()).reshape(2, 2)
    values, vectors = np.linalg.eig(drift)

    def flow(span: float) -> np.ndarray:
        return (vectors @ np.diag(np.exp(values * span)) @ np.linalg.inv(vectors)).real

    n = len(times)
    full = np.zeros((2 * n, 2 * n))
    for i, s in enumerate(times):
        for j, t in enumerate(times):
            block = flow(t - s) @ p if t >= s else p @ flow(s - t).T
            full[2 * j : 2 * j + 2, 2 * i : 2 * i + 2] = block
    return full + dynamics.series_sd**2 * np.kron(np.ones((n, n)), np.eye(2))


@pytest.mark.parametrize("follow", [0.0, 0.29, 0.8, -0.5])
@pytest.mark.parametrize("half_lives", [(26.0, 52.0), (30.0, 30.0), (4.0, 100.0)])
def test_the_stationary_law_solves_the_lyapunov_equation(follow, half_lives):
    dynamics = Dynamics(*half_lives, follow_through=follow)
    dense = joint_covariance(dynamics, [0.0])
    np.testing.assert_allclose(
        dense - dynamics.series_sd**2 * np.eye(2), stationary(dynamics), atol=1e-8
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_filter_equals_one_conditioning_of_the_dense_joint_law(seed):
    """Each matched moment is a Gaussian observation; conditioned on all of them at once, the
    joint law of every state must end where the recursion did: now, and at a remembered time."""
    rng = np.random.default_rng(seed)
    weeks = np.sort(rng.uniform(0, 150, 40))
    made = simulate(QUIET, weeks, rng)
    bank = open_bank(QUIET, made.sites[0].week)
    rows, values, noise = [], [], []
    for i, site in enumerate(made.sites):
        before = predict(bank, QUIET, site.week)
        if i == 20:
            before = clone(before)
            then = site.week
        h = loading(before, site)
        mz, vz = float(before.mean[0, 0] @ h), float(h @ before.cov[0, 0] @ h)
        bank = update(before, QUIET, site)
        h2 = loading(bank, site)
        m1, v1 = float(bank.mean[0, 0] @ h2), float(h2 @ bank.cov[0, 0] @ h2)
        precision = 1.0 / v1 - 1.0 / vz
        rows.append((i, site.loading))
        values.append((m1 / v1 - mz / vz) / precision)
        noise.append(1.0 / precision)
    times = [s.week for s in made.sites] + [then, 180.0]
    prior = joint_covariance(QUIET, times)
    h = np.zeros((len(rows), 2 * len(times)))
    for r, (i, load) in enumerate(rows):
        h[r, 2 * i : 2 * i + 2] = load
    s = h @ prior @ h.T + np.diag(noise)
    gain = np.linalg.solve(s, h @ prior).T
    mean = gain @ np.array(values)
    cov = prior - gain @ h @ prior
    end = predict(bank, QUIET, 180.0)
    t = np.zeros((4, end.mean.shape[2]))
    t[0, -2] = t[1, -1] = t[2, 0] = t[2, 2] = t[3, 1] = t[3, 3] = 1.0
    np.testing.assert_allclose(t @ end.mean[0, 0], mean[-4:], atol=1e-8)
    np.testing.assert_allclose(t @ end.cov[0, 0] @ t.T, cov[-4:, -4:], atol=1e-8)


def test_one_update_equals_brute_force_integration():
    site = Site(1.0, 3, 5, 1.6, (-1.2, -0.1, 1.0, 2.1), (0.6, 0.8), 0.15, 0.4, "")
    bank = open_bank(QUIET, 1.0)
    after = update(bank, QUIET, site)
    cov = stationary(QUIET) + QUIET.series_sd**2 * np.eye(2)
    grid = np.linspace(-8, 8, 801)
    d, a = np.meshgrid(grid, grid, indexing="ij")
    density = np.exp(-0.5 * np.einsum("...i,ij,...j", np.stack([d, a], -1), np.linalg.inv(cov),
                                      np.stack([d, a], -1)))  # fmt: skip
    density /= density.sum()
    posterior = density * likelihood(0.6 * d + 0.8 * a, site)
    evidence = posterior.sum()
    posterior /= evidence
    _, mean, variance = levels(after)
    # 21 Gauss-Hermite nodes against 640,000 points: 1e-4.
    assert mean[0, 0] == pytest.approx((posterior * d).sum(), abs=1e-4)
    assert mean[0, 1] == pytest.approx((posterior * a).sum(), abs=1e-4)
    assert variance[0, 0, 0] == pytest.approx(
        (posterior * d * d).sum() - (posterior * d).sum() ** 2, abs=2e-4
    )
    assert float(after.log_evidence[0]) == pytest.approx(math.log(evidence), abs=1e-4)


# ---------------------------------------------------------------- the particle filter


def particles(dynamics: Dynamics, sites, end: float, rng, n=50_000):
    """Weighted (words, deeds) at `end`: bootstrap filter with the exact likelihood and jumps."""
    x = rng.standard_normal((n, 2)) @ np.linalg.cholesky(stationary(dynamics)).T
    m = rng.standard_normal((n, 2)) * dynamics.series_sd
    week, logw = sites[0].week, np.zeros(n)

    def move(span: float) -> None:
        nonlocal x
        steps = max(1, math.ceil(span))
        step = span / steps
        f, p = decay(dynamics, step), stationary(dynamics)
        root = np.linalg.cholesky(p - f @ p @ f.T + 1e-15 * np.eye(2))
        for _ in range(steps):
            x = x @ f.T + rng.standard_normal((n, 2)) @ root.T
            jump = rng.random(n) < -math.expm1(-dynamics.jump_rate * step)
            kind = rng.integers(3, size=n)
            size = rng.standard_normal((n, 2)) * dynamics.jump_sd
            anew = dynamics.jump_keep * x + size
            x[:, 0] = np.where(jump & (kind != 1), anew[:, 0], x[:, 0])
            x[:, 1] = np.where(jump & (kind != 0), anew[:, 1], x[:, 1])

    for site in sites:
        if site.week > week:
            move(site.week - week)
            week = site.week
        z = (x + m) @ np.array(site.loading)
        logw += np.log(likelihood(z, site))
        w = np.exp(logw - logw.max())
        w /= w.sum()
        if 1.0 / (w @ w) < 0.7 * n:
            at = np.searchsorted(np.cumsum(w), (rng.random() + np.arange(n)) / n)
            at = np.minimum(at, n - 1)
            x, m, logw = x[at], m[at], np.zeros(n)
    move(end - week)
    w = np.exp(logw - logw.max())
    return w / w.sum(), x + m


def compare(dynamics: Dynamics, seed: int, n=50_000):
    """Difference of means in sd, and ratio of sds, bank against particles; shape (2,) each."""
    rng = np.random.default_rng(seed)
    weeks = np.cumsum(rng.exponential(2.0, 30))
    made = simulate(dynamics, weeks, rng)
    bank = open_bank(dynamics, made.sites[0].week)
    for site in made.sites:
        bank = update(bank, dynamics, site)
    bank = predict(bank, dynamics, weeks[-1] + 2.0)
    w, mean, cov = levels(bank)
    centre = w @ mean
    sd = np.sqrt(np.einsum("h,hii->i", w, cov) + w @ (mean - centre) ** 2)
    pw, px = particles(dynamics, made.sites, weeks[-1] + 2.0, rng, n)
    p_mean = pw @ px
    p_sd = np.sqrt(pw @ (px - p_mean) ** 2)
    return (centre - p_mean) / p_sd, sd / p_sd


def test_moment_matching_equals_a_particle_filter_without_jumps():
    found = [compare(Dynamics(jump_rate=0.0, drift_sd=0.0), seed) for seed in range(4)]
    # Monte Carlo error of 50,000 resampled paths is about .015 sd.
    rms = math.sqrt(float(np.mean([d**2 for d, _ in found])))
    ratio = float(np.mean([r for _, r in found]))
    assert rms < 0.04 and 0.97 < ratio < 1.03


@pytest.mark.parametrize(("keep", "size"), [(1.0, 1.5), (0.0, 1.0)])
def test_the_bank_equals_a_particle_filter_with_jumps(keep, size):
    dynamics = Dynamics(jump_rate=1 / 60, drift_sd=0.0, jump_keep=keep, jump_sd=size)
    found = [compare(dynamics, seed) for seed in range(10, 14)]
    rms = math.sqrt(float(np.mean([d**2 for d, _ in found])))
    ratio = float(np.mean([r for _, r in found]))
    # A jump a year: the collapse of old hypotheses costs a little.
    assert rms < 0.08 and 0.95 < ratio < 1.05


# ---------------------------------------------------------------- slots for source drift


def test_a_source_without_a_slot_of_its_own_is_noise_and_both_ways_agree_on_one_signal():
    dynamics = Dynamics(jump_rate=0.0)
    named = Site(1.0, 4, 5, 1.6, (-1.2, -0.1, 1.0, 2.1), (1.0, 0.0), 0.05, 1.0, "source")
    unnamed = Site(1.0, 4, 5, 1.6, (-1.2, -0.1, 1.0, 2.1), (1.0, 0.0), 0.05, 1.0, "")
    one, two = (update(open_bank(dynamics, 1.0), dynamics, s) for s in (named, unnamed))
    np.testing.assert_allclose(one.mean[..., :4], two.mean[..., :4], atol=1e-12)
    np.testing.assert_allclose(one.cov[..., :4, :4], two.cov[..., :4, :4], atol=1e-12)


def test_the_source_unused_longest_makes_room_and_its_drift_returns_to_the_prior():
    dynamics = Dynamics(jump_rate=0.0)
    bank = open_bank(dynamics, 0.0)
    for name in ("a", "b", "c", "d", "a"):
        site = Site(0.0, 4, 5, 1.6, (-1.2, -0.1, 1.0, 2.1), (1.0, 0.0), 0.05, 1.0, name)
        bank = update(bank, dynamics, site)
    bank = take_slot(bank, dynamics, "e")
    assert bank.slots == ("a", "e", "c", "d")
    assert bank.mean[0, 0, 5] == 0.0
    assert bank.cov[0, 0, 5, 5] == pytest.approx(dynamics.drift_sd**2)
    assert not np.any(np.delete(bank.cov[0, 0, 5], 5))
    assert bank_module.SLOTS == 4

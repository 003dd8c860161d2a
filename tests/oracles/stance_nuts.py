"""The reference for a fit: constants and whole paths together, by NUTS on the exact likelihood.

No Gaussian is assumed anywhere: the paths of words and deeds are drawn with the constants, and every
signal enters with its own contaminated graded response. Slow (a minute for 240 signals), and only for
checking the Laplace mixture, never in its way. Needs NumPyro (group `referees`).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from standoff.errors import ModelError
from standoff.measure.design import Design
from standoff.measure.dynamics import Array
from standoff.measure.priors import FIXED, parameters


@dataclass(frozen=True, slots=True)
class NutsLevels:
    """(words, deeds) at every signal under NUTS: mean and sd, each of shape (row, 2).

    `r_hat` is the largest over all levels; below 1.01 the chains agree.
    """

    mean: Array
    sd: Array
    r_hat: float
    seconds: float


def nuts_levels(
    design: Design, *, samples: int = 400, warm: int = 400, chains: int = 4, seed: int = 0
) -> NutsLevels:
    """Smoothed levels of a design with uncertain constants, by NUTS.

    Raises `ModelError` for a model with a story or with source drift, which the reference does not
    have, and `ImportError` without NumPyro.
    """
    d = design.model.dynamics
    if d.story_sd > 0.0 or d.drift_sd > 0.0 or design.actors:
        raise ModelError(
            f"a reference for a model with story_sd {d.story_sd:g}, drift_sd {d.drift_sd:g}",
            "both zero, and no actor's own scale",
            "fit with a model file that sets story_sd = 0 and drift_sd = 0",
        )
    import jax
    from numpyro.diagnostics import summary
    from numpyro.infer import MCMC, NUTS

    jax.config.update("jax_enable_x64", True)
    started = time.perf_counter()
    mcmc: Any = MCMC(
        NUTS(_model(design), target_accept_prob=0.85),
        num_warmup=warm, num_samples=samples, num_chains=chains, chain_method="sequential",
        progress_bar=False,
    )  # fmt: skip
    mcmc.run(jax.random.PRNGKey(seed))
    x = np.asarray(mcmc.get_samples()["x"], dtype=float)
    by_chain: Any = {"x": mcmc.get_samples(group_by_chain=True)["x"]}
    r_hat = float(np.nanmax(np.asarray(summary(by_chain)["x"]["r_hat"])))
    return NutsLevels(x.mean(axis=0), x.std(axis=0), r_hat, time.perf_counter() - started)


def _model(design: Design) -> Any:
    import jax
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as dist

    prior = parameters(design)
    count = design.count
    span = np.concatenate([[0.0], np.diff(design.week)])
    new = np.array(design.first, dtype=bool)
    series = np.cumsum(new) - 1
    kinds, levels = np.array(design.kind), np.array(design.level)
    widths = [len(k.thresholds) for k in design.kinds]
    fixed = design.fixed

    def model() -> None:
        u: Any = numpyro.sample("u", dist.Normal(0, 1).expand([len(prior.mean)]))
        theta: Any = jnp.array(prior.mean) + jnp.array(prior.sd) * u
        be, tau = jnp.tanh(theta[2]), jnp.exp(theta[3])
        # Equal half-lives are parted, because the closed form divides by their difference.
        th_d = jnp.log(2) / jnp.exp(theta[0])
        th_a = jnp.log(2) / jnp.exp(theta[1]) * (1 + 1e-6)
        c = be * th_a / (th_d + th_a)
        e: Any = numpyro.sample("e", dist.Normal(0, 1).expand([count, 2]))
        m: Any = numpyro.sample("m", dist.Normal(0, 1).expand([len(design.series), 2])) * tau
        ed, ea = jnp.exp(-th_d * span), jnp.exp(-th_a * span)
        g = be * th_a * (ed - ea) / (th_a - th_d)
        # The noise of a step by its Cholesky factor; same-day signals have none.
        l00 = jnp.sqrt(jnp.maximum(1 - ed**2, 1e-12))
        l10 = (c - ed * (g + ea * c)) / l00
        q11 = 1 - (g * g + 2 * g * ea * c + ea * ea)
        l11 = jnp.sqrt(jnp.maximum(q11 - l10**2, 1e-12))
        fresh = jnp.array(new)

        def step(x: Any, k: Any) -> Any:
            start = jnp.array([e[k, 0], c * e[k, 0] + jnp.sqrt(1 - c * c) * e[k, 1]])
            moved = jnp.array(
                [ed[k] * x[0] + l00[k] * e[k, 0],
                 g[k] * x[0] + ea[k] * x[1] + l10[k] * e[k, 0] + l11[k] * e[k, 1]]
            )  # fmt: skip
            x = jnp.where(fresh[k], start, moved)
            return x, x

        _, path = jax.lax.scan(step, jnp.zeros(2), jnp.arange(count))
        x: Any = numpyro.deterministic("x", path + m[series])
        z = fixed[:, 1] * x[:, 0] + fixed[:, 2] * x[:, 1]
        quality = theta[4] * design.official + theta[5] * design.explicit
        at, logp = FIXED, jnp.zeros(count)
        for k, width in enumerate(widths):
            al = jnp.exp(theta[at] + quality)
            gaps = jnp.exp(theta[at + 2 : at + 1 + width])
            b = theta[at + 1] + jnp.concatenate([jnp.zeros(1), jnp.cumsum(gaps)])
            edges = jnp.concatenate([jnp.array([-1e3]), b, jnp.array([1e3])])
            low = jnp.minimum(levels, width)
            p = jax.nn.sigmoid(al * (z - edges[low])) - jax.nn.sigmoid(al * (z - edges[low + 1]))
            p = (1 - fixed[:, 3]) * p + fixed[:, 3] / (width + 1)
            logp = jnp.where(kinds == k, fixed[:, 4] * jnp.log(p), logp)
            at += 1 + width
        numpyro.factor("y", logp.sum())

    return model

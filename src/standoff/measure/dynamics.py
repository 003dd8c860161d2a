"""How a stance moves between signals: closed-form transition of the coupled words and deeds.

State of one series, axis `state`:

    0 d      words, deviation from the series mean        stationary variance 1
    1 a      deeds, deviation from the series mean        stationary variance 1
    2 m_d    mean of words, as the press shows it         constant
    3 m_a    mean of deeds, as the press shows it         constant
    4..7     threshold drift of up to four source regimes  variance drift_sd^2
    8 e      the story of the day                          variance story_sd^2
    9..      anything that was cloned from the state       constant

    dd = -th_d d dt + sqrt(2 th_d) dW1
    da = -th_a (a - be d) dt + sqrt(2 th_a (1 - be c)) dW2,    c = be th_a / (th_d + th_a)

so F = [[e^-th_d D, 0], [be th_a (e^-th_d D - e^-th_a D) / (th_a - th_d), e^-th_a D]] and
Q = P - F P F' with P = [[1, c], [c, 1]].
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standoff.measure.model import Dynamics

Array = npt.NDArray[np.float64]

SLOTS = 4
STORY = 4 + SLOTS
BASE = STORY + 1
# Weeks in which half of a source's threshold drift is forgotten: editors and coders change.
DRIFT_HALF_LIFE = 104.0


@dataclass(frozen=True, slots=True)
class Transition:
    """x(t + D) given x(t): 2 x 2 matrices of words and deeds, decay of drift and of story."""

    matrix: Array
    noise: Array
    drift_decay: float
    drift_noise: float
    story_decay: float
    story_noise: float


def stationary(dynamics: Dynamics) -> Array:
    """P, the stationary covariance of (d, a), shape (2, 2).

    >>> stationary(Dynamics(follow_through=0.0)).tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    th_d, th_a = dynamics.rates
    c = dynamics.follow_through * th_a / (th_d + th_a)
    return np.array([[1.0, c], [c, 1.0]])


def decay(dynamics: Dynamics, weeks: float) -> Array:
    """F over a span of `weeks`, shape (2, 2)."""
    th_d, th_a = dynamics.rates
    e_d, e_a = math.exp(-th_d * weeks), math.exp(-th_a * weeks)
    coupling = dynamics.follow_through * th_a * (e_d - e_a) / (th_a - th_d)
    return np.array([[e_d, 0.0], [coupling, e_a]])


def transition(dynamics: Dynamics, weeks: float) -> Transition:
    """The transition over `weeks` >= 0.

    >>> bool(transition(Dynamics(), 0.0).noise.any())
    False
    """
    f = decay(dynamics, weeks)
    p = stationary(dynamics)
    rho = 2.0 ** (-weeks / DRIFT_HALF_LIFE)
    noise = p - f @ p @ f.T if weeks > 0 else np.zeros((2, 2))
    fade = 2.0 ** (-weeks / dynamics.story_half_life)
    return Transition(
        f,
        noise,
        rho,
        dynamics.drift_sd**2 * (1.0 - rho * rho),
        fade,
        dynamics.story_sd**2 * (1.0 - fade * fade),
    )


def jumps(dynamics: Dynamics, weeks: Array) -> tuple[Array, Array]:
    """What jumps of words, deeds, or both, each `weeks` (jump,) ago, did to the present (d, a).

    K (3, 2) is what one left of each; J (jump, 3, 2, 2) what it added, decayed to the present:
    F J0 F' + Q - K Q K', as though the path without the jump had been scaled by K today.
    """
    kept, size = dynamics.jump_keep, dynamics.jump_sd**2
    k = np.array([[kept, 1.0], [1.0, kept], [kept, kept]])
    f = np.stack([decay(dynamics, w) for w in weeks.tolist()])
    back = f.transpose(0, 2, 1)
    p = stationary(dynamics)
    q = (p - f @ p @ back)[:, None]
    touched = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    born = size * touched[:, :, None] * np.eye(2)
    return k, f[:, None] @ born @ back[:, None] + q - k[:, :, None] * q * k[:, None, :]


def prior_moments(dynamics: Dynamics) -> tuple[Array, Array]:
    """Mean (state,) and covariance (state, state) before any signal.

    States 2 and 3 are the means as the press shows them: the series mean N(0, series_sd^2) plus
    what selection adds, N(press_shift, press_sd^2).
    """
    m = np.zeros(BASE)
    m[2] = m[3] = dynamics.press_shift
    cov = np.zeros((BASE, BASE))
    cov[:2, :2] = stationary(dynamics)
    cov[2, 2] = cov[3, 3] = dynamics.series_sd**2 + dynamics.press_sd**2
    for slot in range(4, STORY):
        cov[slot, slot] = dynamics.drift_sd**2
    cov[STORY, STORY] = dynamics.story_sd**2
    return m, cov

"""The few operations a game is solved with, and their plain NumPy form.

The template and every tree are written once, against `Ops`. `NumpyOps` evaluates them on arrays
(axis: draw) and is the reference; `trace.TraceOps` records the same operations to generate a
compiled kernel. Keep this list short: each operation exists twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Value = Any
"""A float, an array over draws, or a traced expression: anything with + - * /."""

QUADRATURE = 7
_t, _w = np.polynomial.hermite_e.hermegauss(QUADRATURE)
NODES: tuple[float, ...] = tuple(float(v) for v in _t)
"""Nodes of the 7-point Gauss-Hermite rule for a standard normal; exact to degree 13."""
WEIGHTS: tuple[float, ...] = tuple(float(v) for v in _w / _w.sum())

# exp beyond this neither overflows nor, in a ratio, ever matters.
LARGEST = 700.0


class Ops(Protocol):
    """Operations of a solver; `precision` is the inverse of the noise in choices."""

    precision: float

    def exp(self, x: Value) -> Value:
        """The exponential, saturating at exp(+-700)."""
        ...

    def log(self, x: Value) -> Value:
        """The natural logarithm of a positive number."""
        ...

    def positive(self, x: Value) -> Value:
        """The larger of x and zero."""
        ...

    def logistic(self, x: Value) -> Value:
        """1 / (1 + exp(-x))."""
        ...

    def prefer(self, gain: Value) -> Value:
        """Logit choice between two actions: the probability of the one that gains `gain`."""
        ...

    def choose(self, utilities: Sequence[Value]) -> list[Value]:
        """Logit choice: probabilities proportional to exp(precision * utility)."""
        ...

    def belief(self, mean: Value, sd: Value) -> Value:
        """A normal belief about a private resolve, ready for `averaged`."""
        ...

    def averaged(
        self, utilities: Sequence[Value], loadings: Sequence[float], belief: Value
    ) -> tuple[list[Value], Value]:
        """Choice averaged over a belief: p_a = E softmax(precision (u_a + eta m_a)).

        Returns the probabilities and the mover's expected utility E sum_a p_a (u_a + eta m_a).
        """
        ...


class NumpyOps:
    """Reference operations on arrays; safe at any precision, infinity included.

    >>> NumpyOps().choose([np.array([0.0]), np.array([0.0])])[0]
    array([0.5])
    >>> NumpyOps(precision=float("inf")).choose([0.0, 1.0])
    [np.float64(0.0), np.float64(1.0)]
    """

    def __init__(self, precision: float = 1.0) -> None:
        self.precision = precision

    def exp(self, x: Value) -> Value:
        """The exponential, saturating."""
        return np.exp(np.clip(x, -LARGEST, LARGEST))

    def log(self, x: Value) -> Value:
        """The natural logarithm."""
        return np.log(x)

    def positive(self, x: Value) -> Value:
        """The larger of x and zero."""
        return np.maximum(x, 0.0)

    def logistic(self, x: Value) -> Value:
        """1 / (1 + exp(-x)), saturating."""
        return 1.0 / (1.0 + self.exp(-np.asarray(x, dtype=float)))

    def prefer(self, gain: Value) -> Value:
        """Probability of the better of two actions; at infinite precision a tie is even."""
        if np.isinf(self.precision):
            return np.heaviside(gain, 0.5)
        return self.logistic(self.precision * np.asarray(gain, dtype=float))

    def choose(self, utilities: Sequence[Value]) -> list[Value]:
        """Logit choice over the utilities of one mover, axis: draw."""
        return softmax([np.asarray(u, dtype=float) for u in utilities], self.precision)

    def belief(self, mean: Value, sd: Value) -> Array:
        """Nodes of the belief, axes: quadrature, draw."""
        nodes = np.asarray(NODES)
        mean_, sd_ = np.broadcast_arrays(np.asarray(mean, dtype=float), np.asarray(sd, dtype=float))
        return mean_ + sd_ * nodes.reshape((-1,) + (1,) * mean_.ndim)

    def averaged(
        self, utilities: Sequence[Value], loadings: Sequence[float], belief: Value
    ) -> tuple[list[Value], Value]:
        """Belief-averaged logit choice and the mover's expected utility."""
        wide = [
            np.asarray(u, dtype=float) + m * belief if m else np.asarray(u, dtype=float)
            for u, m in zip(utilities, loadings, strict=True)
        ]
        chosen = softmax(wide, self.precision)
        weights = np.asarray(WEIGHTS)
        probabilities: list[Value] = []
        value: Value = 0.0
        for p, u in zip(chosen, wide, strict=True):
            probabilities.append(np.einsum("q,q...->...", weights, p))
            value = value + np.einsum("q,q...,q...->...", weights, p, np.broadcast_to(u, p.shape))
        return probabilities, value


def softmax(utilities: Sequence[Array], precision: float) -> list[Array]:
    """Logit probabilities of each action; at infinite precision the best share equally.

    >>> softmax([np.array(0.0), np.array(0.0), np.array(-1.0)], float("inf"))
    [np.float64(0.5), np.float64(0.5), np.float64(0.0)]
    """
    # Shift by the largest: exp overflows above 709.
    top = reduce(np.maximum, utilities)
    if np.isinf(precision):
        weights = [(u == top).astype(float) for u in utilities]
    else:
        with np.errstate(under="ignore", over="ignore"):
            weights = [np.exp(precision * (u - top)) for u in utilities]
    whole = sum(weights[1:], start=weights[0])
    return [w / whole for w in weights]

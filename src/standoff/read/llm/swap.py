"""Two countries exchanged in a text, and the way back: a probe of whether a model reads or knows.

Names, peoples' adjectives and capitals of the two states named most often change places; people and
organs keep their names. Every offset of the changed text leads back to the text as it came.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from standoff.read.gazetteer import world
from standoff.reference import state_names
from standoff.terms import Party, Signal, Span

KINDS = {"state": "name", "demonym": "demonym", "capital": "capital"}
ADJECTIVE = ("ish", "ese", "ch", "an", "i")
"""Endings of peoples' adjectives; other demonyms (Swede, Spaniard) name persons only."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A name of the old text and what stands for it in the new: half-open offsets in both."""

    old: tuple[int, int]
    new: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Swapped:
    """The changed text, the two states, and the names that were exchanged."""

    original: str
    text: str
    states: tuple[str, str]
    pieces: tuple[Piece, ...]

    def back(self, signal: Signal) -> Signal:
        """A signal of the changed text as one of the text as it came."""
        return replace(
            signal,
            span=self._span(signal.span),
            trigger=self._span(signal.trigger),
            sources=tuple(map(self._party, signal.sources)),
            targets=tuple(map(self._party, signal.targets)),
            protege=self._actor(signal.protege) if signal.protege else None,
            quantities=(), attribution=(), parts=(), commitment="", condition="",
        )  # fmt: skip

    def _span(self, span: Span) -> Span:
        start, end = self._offset(span.start, 0), self._offset(span.end, 1)
        return Span(start, end, self.original[start:end])

    def _offset(self, at: int, edge: int) -> int:
        """Where an offset of the new text stood; inside a name the edge of the name."""
        index = bisect_right(self.pieces, at, key=lambda p: p.new[0]) - 1
        if index < 0:
            return at
        piece = self.pieces[index]
        if at == piece.new[0]:
            return piece.old[0]
        return piece.old[edge] if at < piece.new[1] else at - piece.new[1] + piece.old[1]

    def _party(self, party: Party) -> Party:
        # People keep their names in the changed text, and so their states.
        return party if party.person else replace(party, actor=self._actor(party.actor))

    def _actor(self, actor: str) -> str:
        one, other = self.states
        return {one: other, other: one}.get(actor, actor)


def swap_states(text: str, on: date) -> Swapped | None:
    """The text with its two most named states exchanged; None where it names fewer than two.

    >>> swap_states("Chinese ships passed Japan. China said so.", date(2021, 8, 13)).text
    'Japanese ships passed China. Japan said so.'
    """
    found: list[tuple[int, int, str, str]] = []
    for hit in world().find(text):
        entries = [e for e in hit.entries if e.holds(on) and e.kind in KINDS and len(e.actor) == 3]
        if entries:
            found.append((hit.start, hit.end, KINDS[entries[0].kind], entries[0].actor))
    counts = Counter(actor for *_, actor in found)
    # Of states named equally often the one that comes first in the text.
    two = [actor for actor, _ in counts.most_common() if chief_name(actor, "name")][:2]
    if len(two) < 2:
        return None
    one, other = two
    return _exchanged(text, found, {one: other, other: one})


def _exchanged(
    text: str, found: Sequence[tuple[int, int, str, str]], other: dict[str, str]
) -> Swapped:
    parts: list[str] = []
    pieces: list[Piece] = []
    at = length = 0
    for start, end, kind, actor in found:
        words = chief_name(other[actor], kind) if actor in other else ""
        if not words or not chief_name(actor, kind):
            continue
        parts += [text[at:start], words]
        length += start - at
        pieces.append(Piece((start, end), (length, length + len(words))))
        length += len(words)
        at = end
    first, second = other
    return Swapped(text, "".join([*parts, text[at:]]), (first, second), tuple(pieces))


@lru_cache(maxsize=512)
def chief_name(actor: str, kind: str) -> str:
    """The name, adjective or capital by which a state is mostly called; "" where there is none.

    >>> chief_name("GBR", "name"), chief_name("GBR", "demonym"), chief_name("USA", "name")
    ('Britain', 'British', 'the US')
    """
    apart = {"territory", "part-of", "historic"}
    names = [
        n
        for n in state_names()
        if n.actor == actor and n.kind == kind and n.end is None and not apart & set(n.caution)
    ]
    if kind == "demonym":
        fit = [n for n in names if n.name.endswith(ADJECTIVE) and not n.name.endswith("man")]
        names = sorted(fit or names, key=lambda n: (len(n.caution), -len(n.name), n.name))
    elif kind == "name":
        names = sorted(names, key=lambda n: (not n.name.startswith("the "), len(n.name), n.name))
    return names[0].name if names else ""

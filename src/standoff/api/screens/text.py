"""The Dossier screen: a text with its marks, and a card for each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from standoff.api.screens.cards import Card, card_of_claim, card_of_signal
from standoff.api.screens.view import DocumentLine, View
from standoff.errors import UnknownHandle
from standoff.ledger import SignalQuery
from standoff.terms import Span

FILTERS = {
    "all": "all",
    "review": "to review",
    "words": "words",
    "deeds": "deeds",
    "claims": "claims",
    "wrong": "wrong claims",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text between two ends of marks.

    `cards` are the places, in the screen's cards, of the marks that cover it, the shortest last;
    `begins` those that begin with it. `aside` is set for boilerplate.
    """

    text: str
    cards: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    aside: bool = False


@dataclass(frozen=True, slots=True)
class TextScreen:
    """A document with its cards, and its paragraphs in pieces, in the order of the text."""

    document: DocumentLine
    sha256: str
    url: str
    paragraphs: tuple[tuple[Piece, ...], ...]
    cards: tuple[Card, ...]
    shown: str
    aside: int

    @property
    def left(self) -> int:
        """How many signals nobody has decided about."""
        return sum(c.kind == "signal" and not c.decided for c in self.cards)

    @property
    def done(self) -> int:
        """How many signals were decided."""
        return sum(c.kind == "signal" and c.decided for c in self.cards)

    def listed(self) -> tuple[Card, ...]:
        """The cards that the filter lets through."""
        return tuple(c for c in self.cards if _passes(c, self.shown))

    def card(self, handle: str) -> Card | None:
        """A card by handle."""
        return next((c for c in self.cards if c.handle == handle), None)

    def beside(self, handle: str) -> tuple[str, str]:
        """The handles before and after one in the filtered list; "" at an end."""
        names = [c.handle for c in self.listed()]
        if handle not in names:
            return "", names[0] if names else ""
        at = names.index(handle)
        return names[at - 1] if at else "", names[at + 1] if at + 1 < len(names) else ""


def text_screen(view: View, handle: str, *, shown: str = "all") -> TextScreen:
    """A document as known on the view's day. Raises `UnknownHandle` where it is not there."""
    line = next((d for d in view.documents if d.handle == handle), None)
    if line is None:
        raise UnknownHandle(
            handle, f"a document known on {view.day.isoformat()}", "choose a later day"
        )
    document = view.ledger.document(handle)
    stored = view.ledger.find(SignalQuery(document=handle, as_of=view.day))
    cards = [card_of_signal(view, s) for s in stored]
    cards += [card_of_claim(c) for c in view.claims if c.document == handle]
    cards.sort(key=lambda c: (c.start, -c.end, c.handle))
    marks = [(c.start, c.end) for c in cards]
    return TextScreen(
        document=line,
        sha256=document.sha256,
        url=next((s.url for s in stored if s.url), ""),
        paragraphs=paragraphs(cut(document.text, marks, document.boilerplate)),
        cards=tuple(cards),
        shown=shown if shown in FILTERS else "all",
        aside=len(document.boilerplate),
    )


_LINE_ENDS = re.compile(r"\n+")


def paragraphs(pieces: Iterable[Piece]) -> tuple[tuple[Piece, ...], ...]:
    """Pieces by paragraph: one ends with its line ends, so that nothing of the text is lost.

    >>> ["".join(p.text for p in block) for block in paragraphs(cut("a\\n\\nb", []))]
    ['a\\n\\n', 'b']
    """
    found: list[tuple[Piece, ...]] = []
    block: list[Piece] = []
    for piece in pieces:
        block.append(piece)
        if piece.text.endswith("\n"):
            found.append(tuple(block))
            block = []
    return (*found, tuple(block)) if block else tuple(found)


def one_card(view: View, handle: str) -> Card:
    """The card of one signal or claim, without its text. Raises `UnknownHandle`."""
    if handle.startswith("S-"):
        item = view.ledger.signal(handle)
        if item.available <= view.day:
            return card_of_signal(view, item)
    for claim in view.claims:
        if claim.handle == handle:
            return card_of_claim(claim)
    raise UnknownHandle(handle, f"a card known on {view.day.isoformat()}", "reload the page")


def cut(
    text: str, marks: Sequence[tuple[int, int]], boilerplate: Sequence[Span] = ()
) -> Iterator[Piece]:
    """Cut a text at the ends of its marks and lines; overlapping marks share pieces, no word is lost.

    >>> [(p.text, p.cards) for p in cut("abcdef", [(0, 4), (2, 6)])]
    [('ab', (0,)), ('cd', (0, 1)), ('ef', (1,))]
    """
    starts: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for i, (first, last) in enumerate(marks):
        starts.setdefault(first, []).append(i)
        ends.setdefault(last, []).append(i)
    edges = {0, len(text), *starts, *ends}
    edges |= {m.end() for m in _LINE_ENDS.finditer(text)}
    edges |= {e for s in boilerplate for e in (s.start, s.end)}
    order = sorted(edges)
    opened: dict[int, None] = {}
    aside = sorted((s.start, s.end) for s in boilerplate)
    at = 0
    for first, last in pairwise(order):
        for i in ends.get(first, ()):
            opened.pop(i, None)
        begun = starts.get(first, [])
        opened |= dict.fromkeys(begun)
        while at < len(aside) and aside[at][1] <= first:
            at += 1
        away = at < len(aside) and aside[at][0] <= first
        covering = sorted(opened, key=lambda i: (marks[i][0] - marks[i][1], i))
        yield Piece(text[first:last], tuple(covering), tuple(begun), away)


def _passes(card: Card, shown: str) -> bool:
    match shown:
        case "review":
            return card.kind == "signal" and not card.decided
        case "words":
            return card.letter == "W"
        case "deeds":
            return card.letter == "D"
        case "claims":
            return card.kind == "claim"
        case "wrong":
            return card.wrong
        case _:
            return True

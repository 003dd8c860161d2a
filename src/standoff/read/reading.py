"""What the files of READ hand to each other: one text, read step by step.

`Reading` is frozen. Every step returns a new one with its own fields filled
(`dataclasses.replace`); nothing is ever overwritten. All offsets are code points into the
untouched `text`; token and sentence ranges are half open.

Order of the steps: text (sentences, boilerplate) -> dates, quantities -> tokens with their parse ->
mentions (days and months are no names) -> places -> speeches -> signals, nonsignals -> claims.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, TypeVar

from standoff.terms import (
    DateMention,
    Mention,
    NonSignal,
    Party,
    PlaceMention,
    Quantity,
    Signal,
    Span,
)

Tag = Literal[
    "NOUN", "PROPN", "PRON", "VERB", "AUX", "MODAL", "TO", "ADJ", "ADV", "DET", "PREP", "CONJ",
    "SUB", "WH", "NEG", "NUM", "POSS", "PUNCT", "OTHER",
]  # fmt: skip
SentenceKind = Literal["prose", "question", "heading", "boilerplate"]
SpeechKind = Literal["verbatim", "paraphrase", "hearsay", "unnamed"]


def actor_in(party: Party) -> str:
    """Who a party is while one text is read: two groups that are no states are not the same nobody.

    >>> actor_in(Party("XXX", organisation="Hamas")), actor_in(Party("PER"))
    ('XXX:Hamas', 'PER')
    """
    if party.actor == "XXX" and party.organisation:
        return f"XXX:{party.organisation}"
    return party.actor


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark. `lower` is case-folded, `lemma` lower case; `sentence` is an index.

    `tag` is the coarse word class, `form` the tag of the Penn treebank. `head` is the index of the
    token that it hangs on by `dep` (ClearNLP labels), its own for the root; -1 in a sentence that
    was not parsed because it names nobody, where `tag` is OTHER.
    """

    index: int
    start: int
    end: int
    text: str
    lower: str
    lemma: str
    tag: Tag
    form: str
    sentence: int
    head: int = -1
    dep: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `first:last`, characters `start:end`. `paragraph` counts blocks of the text."""

    index: int
    start: int
    end: int
    first: int
    last: int
    paragraph: int
    kind: SentenceKind = "prose"


@dataclass(frozen=True, slots=True)
class Speech:
    """Someone says something. `cue` is the speech verb or "according to"; `content` what is said.

    `speaker` is the words for who speaks ("" if nobody is named), `mention` the index of the
    mention it was resolved to, `parties` who that is (pronouns resolved too), `outer` the index of
    the speech this one is nested in.
    """

    index: int
    sentence: int
    cue: Span
    lemma: str
    speaker: str
    mention: int | None
    content: Span
    kind: SpeechKind
    negated: bool = False
    outer: int | None = None
    parties: tuple[Party, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything found so far in one text; `notes` are remarks for whoever reads the output.

    `unnamed` are offices and bodies of no state that their own words name ("the ministry"): whose
    they are, coreference tells, or nobody.
    """

    text: str
    published: date
    source: str = ""
    title: str = ""
    sentences: tuple[Sentence, ...] = ()
    tokens: tuple[Token, ...] = ()
    boilerplate: tuple[Span, ...] = ()
    mentions: tuple[Mention, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    dates: tuple[DateMention, ...] = ()
    unnamed: tuple[Mention, ...] = ()
    speeches: tuple[Speech, ...] = ()
    signals: tuple[Signal, ...] = ()
    nonsignals: tuple[NonSignal, ...] = ()
    notes: tuple[str, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The span of the text from `start` to `end`.

        >>> Reading("Japan spoke.", date(2021, 8, 13)).span(0, 5)
        Span(start=0, end=5, quote='Japan')
        """
        return Span(start, end, self.text[start:end])

    def token_span(self, first: int, last: int) -> Span:
        """The span of tokens `first:last` (at least one)."""
        return self.span(self.tokens[first].start, self.tokens[last - 1].end)

    def sentence_tokens(self, sentence: Sentence) -> tuple[Token, ...]:
        """The tokens of one sentence."""
        return self.tokens[sentence.first : sentence.last]

    def prose(self) -> Iterator[Sentence]:
        """The sentences that are not boilerplate, in order."""
        return (s for s in self.sentences if s.kind != "boilerplate")

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds the character at `offset`, or None between sentences.

        >>> Reading("", date(2021, 8, 13)).sentence_at(3) is None
        True
        """
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        if low < len(self.sentences) and self.sentences[low].start <= offset:
            return self.sentences[low]
        return None

    def mentions_in(self, start: int, end: int) -> tuple[Mention, ...]:
        """Actor mentions that lie inside `start:end`, in order."""
        return _inside(self.mentions, start, end)

    def mention_number(self, mention: Mention) -> int:
        """The place of a mention among `mentions`: the one at its span."""
        return bisect_left(self.mentions, mention.span.start, key=_start)

    def dates_in(self, start: int, end: int) -> tuple[DateMention, ...]:
        """Date mentions that lie inside `start:end`, in order."""
        return _inside(self.dates, start, end)

    def quantities_in(self, start: int, end: int) -> tuple[Quantity, ...]:
        """Quantities that lie inside `start:end`, in order."""
        return _inside(self.quantities, start, end)


class _Spanned(Protocol):
    """Anything tied to a span."""

    @property
    def span(self) -> Span: ...


T = TypeVar("T", bound=_Spanned)


def _inside(items: Sequence[T], start: int, end: int) -> tuple[T, ...]:
    """The items that lie inside `start:end`; they are in order, so that long texts stay linear."""
    found: list[T] = []
    for at in range(bisect_left(items, start, key=_start), len(items)):
        if items[at].span.start >= end:
            break
        if items[at].span.end <= end:
            found.append(items[at])
    return tuple(found)


def _start(item: _Spanned) -> int:
    return item.span.start

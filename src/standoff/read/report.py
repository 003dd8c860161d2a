"""The front of READ: one text in, one `Report` out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from standoff.errors import EmptyText, ImpossibleDate
from standoff.read.acts import find_signals
from standoff.read.claims import extract_claims
from standoff.read.dates import find_dates
from standoff.read.documents import refuse_longer
from standoff.read.folding import fold, unfold
from standoff.read.gazetteer import Entry, Names, extra_names, name_crosses, named_at, surnames
from standoff.read.language import language_of
from standoff.read.mentions import find_mentions
from standoff.read.quantities import find_quantities
from standoff.read.reading import Reading, Sentence, Token
from standoff.read.syntax import moved, parse_sentences
from standoff.read.text import RawText, split_text
from standoff.terms import Document, Report

FIRST_YEAR, LAST_YEAR = 1000, 9000
"""Years of publication: days centuries before and after them must still be days of the calendar."""


def prepare(
    text: str,
    published: date,
    source: str = "",
    title: str = "",
    actors: Sequence[Entry] = (),
    *,
    every: bool = False,
) -> Reading:
    """Every step before signals: sentences, dates, quantities, tokens with their parse, mentions.

    `every`: parse all sentences, also those that name nobody.

    >>> [(t.text, t.dep) for t in prepare("Japan met China.", date(2021, 8, 13)).tokens][:3]
    [('Japan', 'nsubj'), ('met', 'ROOT'), ('China', 'dobj')]
    """
    return _prepared(text, published, source, title, extra_names(actors) if actors else None, every)


def _prepared(
    text: str, published: date, source: str, title: str, own: Names | None, every: bool = False
) -> Reading:
    raw = split_text(text)
    dates = find_dates(text, published)
    told = bytearray(len(text))
    for found in dates:
        told[found.span.start : found.span.end] = b"\1" * (found.span.end - found.span.start)
    sentences, tokens = _tokens(text, raw, own, told, every)
    reading = Reading(
        text=text, published=published, source=source, title=title, sentences=sentences,
        tokens=tokens, boilerplate=raw.boilerplate, quantities=find_quantities(text),
        dates=dates,
    )  # fmt: skip
    named, unnamed = find_mentions(reading, own)
    return replace(reading, mentions=named, unnamed=unnamed)


def _tokens(
    text: str, raw: RawText, own: Names | None, dated: bytearray, every: bool
) -> tuple[tuple[Sentence, ...], tuple[Token, ...]]:
    """The tokens, parsed where a sentence may tell of somebody, and the sentences over them.

    `dated` marks the characters of dates: "May" is nobody there.
    """
    wanted = [c.kind != "boilerplate" for c in raw.sentences] if every else []
    wanted = wanted or _worth_parsing(text, raw, own, dated)
    parsed = iter(
        parse_sentences(
            [(n, c.start, text[c.start : c.end]) for n, c in enumerate(raw.sentences) if wanted[n]],
            dated,
        )
    )
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for number, cut in enumerate(raw.sentences):
        first = len(tokens)
        if wanted[number]:
            tokens.extend(moved(next(parsed), first))
        else:
            tokens.extend(
                Token(
                    first + i,
                    t.start,
                    t.end,
                    t.text,
                    t.text.lower(),
                    t.text.lower(),
                    "OTHER",
                    "",
                    number,
                )
                for i, t in enumerate(raw.tokens[cut.first : cut.last])
            )
        sentences.append(
            Sentence(number, cut.start, cut.end, first, len(tokens), cut.paragraph, cut.kind)
        )
    return tuple(sentences), tuple(tokens)


_REFERS = frozenset(
    "he she they it we i our their its his her us them both two sides ministry government minister president "
    "spokesman spokeswoman spokesperson army military navy officials".split()
)


def _worth_parsing(text: str, raw: RawText, own: Names | None, dated: bytearray) -> list[bool]:
    """For each sentence whether it names somebody, or refers to somebody named before."""
    starts = sorted(at for at in named_at(text, own) if not dated[at])
    known = surnames()
    out: list[bool] = []
    cursor, met = 0, False
    for cut in raw.sentences:
        while cursor < len(starts) and starts[cursor] < cut.start:
            cursor += 1
        names = cursor < len(starts) and starts[cursor] < cut.end
        words = raw.tokens[cut.first : cut.last]
        names = names or any(w.text in known and not dated[w.start] for w in words)
        refers = met and any(w.text.lower() in _REFERS for w in words)
        spoken = sum(w.text[0].isalnum() for w in words)
        told = cut.kind != "boilerplate" and spoken > 1  # a name alone tells nothing
        out.append(told and (names or refers))
        met = met or names
    return out


def read_report(
    text: str,
    *,
    published: date,
    source: str = "",
    title: str = "",
    actors: Sequence[Entry] = (),
) -> Report:
    """Read one text: its signals, claims, quantities, dates, mentions, and what was no signal.

    A text that is not English is named as such in `notes` and not coded. Raises `EmptyText` if
    there is nothing but white space, `UnreadableFile` if it has more than 5 million characters,
    `ImpossibleDate` for a day of publication at the edge of the calendar.

    >>> r = read_report("Japan condemned the Chinese launch.", published=date(2021, 8, 13))
    >>> [(s.event.value, s.source_actors, s.target_actors) for s in r.signals]
    [('ACCUSE', ('JPN',), ('CHN',))]
    """
    if not text.strip():
        raise EmptyText("a text without any words", "a report to read", "check the file")
    refuse_longer(text, title or "the text")
    if not FIRST_YEAR <= published.year <= LAST_YEAR:
        raise ImpossibleDate(
            f"the day of publication {published}",
            f"a day of the years {FIRST_YEAR} to {LAST_YEAR}: texts also tell of what was and will be",
            "correct the day",
        )
    document = Document.from_text(text, title=title, source=source, published=published)
    own = extra_names(actors) if actors else None
    folded = fold(text, lambda view, start, end: name_crosses(view, start, end, own))
    if folded is not None and folded.text.strip():
        return unfold(_read(folded.text, document, own), folded, text, document)
    return _read(text, document, own)


def _read(text: str, document: Document, own: Names | None) -> Report:
    """Read the text itself; `document` says where it comes from and may hold another form of it."""
    language = language_of(text)
    if not language.english:
        return Report(document=document, notes=(language.note(),))
    reading = _prepared(text, document.published, document.source, document.title, own)
    reading = find_signals(reading)
    return Report(
        document=replace(document, boilerplate=reading.boilerplate),
        signals=reading.signals,
        claims=extract_claims(reading),
        quantities=reading.quantities,
        dates=reading.dates,
        mentions=reading.mentions,
        places=reading.places,
        nonsignals=reading.nonsignals,
        notes=reading.notes,
    )

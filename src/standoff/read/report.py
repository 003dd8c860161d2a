"""The front of READ: one text in, one `Report` out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from standoff.errors import EmptyText, ImpossibleDate
from standoff.read.claims import extract_claims
from standoff.read.classify import shipped_weights
from standoff.read.clauses import find_clauses
from standoff.read.dates import find_dates
from standoff.read.documents import refuse_longer
from standoff.read.folding import fold, unfold
from standoff.read.gazetteer import Entry, Names, extra_names, name_crosses
from standoff.read.language import language_of
from standoff.read.mentions import find_mentions
from standoff.read.quantities import find_quantities
from standoff.read.reading import Clause, Reading, Sentence, Token
from standoff.read.signals import find_signals
from standoff.read.tags import tag_sentence
from standoff.read.text import split_text
from standoff.read.verbs import find_verb_groups
from standoff.terms import Document, Report

FIRST_YEAR, LAST_YEAR = 1000, 9000
"""Years of publication: days centuries before and after them must still be days of the calendar."""


def prepare(
    text: str,
    published: date,
    source: str = "",
    title: str = "",
    actors: Sequence[Entry] = (),
) -> Reading:
    """Every step before signals: sentences, tokens, mentions, dates, quantities, clauses.

    >>> [c.verb.lemma for c in prepare("Japan met China.", date(2021, 8, 13)).clauses]
    ['meet']
    """
    return _prepared(text, published, source, title, extra_names(actors) if actors else None)


def _prepared(text: str, published: date, source: str, title: str, own: Names | None) -> Reading:
    raw = split_text(text)
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    clauses: list[Clause] = []
    for number, cut in enumerate(raw.sentences):
        sentences.append(
            Sentence(number, cut.start, cut.end, cut.first, cut.last, cut.paragraph, cut.kind)
        )
        if cut.first == cut.last:
            continue
        tagged = tag_sentence(raw.tokens, cut, number)
        tokens.extend(tagged)
        groups = find_verb_groups(tagged)
        if groups:
            clauses.extend(find_clauses(tagged, groups, number, len(clauses)))
    reading = Reading(
        text=text,
        published=published,
        source=source,
        title=title,
        sentences=tuple(sentences),
        tokens=tuple(tokens),
        boilerplate=raw.boilerplate,
        clauses=tuple(clauses),
    )
    reading = replace(reading, mentions=find_mentions(reading, own))
    return replace(reading, quantities=find_quantities(text), dates=find_dates(text, published))


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
    reading = find_signals(reading, shipped_weights())
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

"""Quotations with their speaker, and statements that a text dates as a whole.

`"We would have to defend Taiwan," Aso said`; `The comments, made in the first week of August`. Both
are held against dated statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from standoff.read.claims.common import Draft
from standoff.read.reading import Reading, Speech
from standoff.terms import AttributionContent, DateBasis, Period, StatementsContent

ENOUGH_WORDS = 5
_INNER = re.compile(r"[\"“](?P<words>[^\"“”]+)[\"”]")


def find_quotes(reading: Reading) -> Iterator[Draft]:
    """Words in quotation marks, five or more, said by a named person."""
    for speech in reading.speeches:
        person = _speaker(reading, speech)
        if speech.kind != "verbatim" or not person or speech.negated:
            continue
        inner = _INNER.search(speech.content.quote)
        said = inner.group("words") if inner else speech.content.quote
        if len(re.findall(r"[\w’'-]+", said)) < ENOUGH_WORDS:
            continue
        sentence = reading.sentences[speech.sentence]
        dates = reading.dates_in(sentence.start, sentence.end)
        period = (
            dates[0].period if dates else Period.day(reading.published, "", DateBasis.PUBLICATION)
        )
        content = AttributionContent(person, said, period)
        yield Draft(speech.content, "attribution", f"said by {person}", content)


def _speaker(reading: Reading, speech: Speech) -> str:
    """The one person who speaks, a pronoun resolved; "" where it is not one named person."""
    if speech.mention is not None:
        person = reading.mentions[speech.mention].party.person
        if person:
            return person
    people = {p.person for p in speech.parties if p.person}
    return next(iter(people)) if len(people) == 1 and len(speech.parties) == 1 else ""


_THE_COMMENTS = re.compile(
    r"\b(?:the|these|those|such|both|all)\s+(?:comments?|remarks?|statements?|words|speeches)\s*,?\s+"
    r"(?:which\s+(?:were|was)\s+|all\s+|were\s+|both\s+)?(?:made|given|issued|delivered|spoken|uttered|voiced)\s+"
    r"(?:\w+\s+){0,2}?(?:in|on|during|within)?\s*$",
    re.I,
)
_MOST = 8


def find_dated_statements(reading: Reading) -> Iterator[Draft]:
    """`The comments, made in the first week of August`: when what was told before was said.

    What is meant are the statements of named people in the text before, the last eight at most.
    """
    for d in reading.dates:
        if d.period.start is None or d.period.end is None:
            continue
        if not _THE_COMMENTS.search(reading.text, max(0, d.span.start - 80), d.span.start):
            continue
        said = tuple(
            (person, s.content.quote)
            for s in reading.speeches
            if s.content.end <= d.span.start and not s.negated and (person := _speaker(reading, s))
        )[-_MOST:]
        if said:
            content = StatementsContent(said, d.period)
            who = ", ".join(dict.fromkeys(p for p, _ in said))
            yield Draft(d.span, "sequence", f"statements of {who}: {d.span.quote}", content)

"""Quotations with their speaker, to be held against dated statements."""

from __future__ import annotations

import re
from collections.abc import Iterator

from standoff.read.claims.common import Draft
from standoff.read.reading import Reading
from standoff.terms import AttributionContent, DateBasis, Period

ENOUGH_WORDS = 5


def find_quotes(reading: Reading) -> Iterator[Draft]:
    """Words in quotation marks, five or more, said by a named person."""
    for speech in reading.speeches:
        if speech.kind != "verbatim" or speech.mention is None or speech.negated:
            continue
        person = reading.mentions[speech.mention].party.person
        words = re.findall(r"[\w’'-]+", speech.content.quote)
        if not person or len(words) < ENOUGH_WORDS:
            continue
        sentence = reading.sentences[speech.sentence]
        dates = reading.dates_in(sentence.start, sentence.end)
        period = (
            dates[0].period if dates else Period.day(reading.published, "", DateBasis.PUBLICATION)
        )
        content = AttributionContent(person, speech.content.quote, period)
        yield Draft(speech.content, "attribution", f"said by {person}", content)

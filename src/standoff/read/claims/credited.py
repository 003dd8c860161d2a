"""Quoted words credited to somebody outside a speech verb: `the remark that "..." came from X`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice, takewhile

from standoff.read.claims.common import Draft
from standoff.read.reading import Reading
from standoff.terms import AttributionContent, DateBasis, Period

ENOUGH_WORDS = 4
_QUOTED = re.compile(r"[\"“](?P<words>[^\"“”]{15,300})[\"”]")
_CREDIT = re.compile(
    r"(?:[^.;:\"“”]{0,80}?)\b(?:c[ao]me\s+from|(?:was|were|is|are)\s+(?:made|given|spoken|said|issued|"
    r"uttered|used)\s+(?:\w+\s+){0,2}?by|(?:is|was|were|are)\s+(?:the\s+words?\s+)?(?:of|from)|"
    r"in\s+the\s+words\s+of|as)\s+(?:the\s+)?$",
    re.I | re.S,
)


# "It was Joe Biden who said that", "In Biden's words,", "Biden's promise that", "what Biden called".
_NAMED_BEFORE = re.compile(
    r"(?:\s+who\s+(?:first\s+)?(?:said|spoke|used|coined|wrote|told\s+\w+|declared|warned|promised|called)"
    r"(?:\s+(?:of|that|the\s+words?))?|"
    r"['’]s?\s+(?:\w+\s+){0,2}(?:words?|remark|phrase|sentence|promise|warning|statement|line|saying|vow|pledge|claim)"
    r"(?:\s+(?:was|were|that|of|is))*)\s*[,:]?\s*$",
    re.I,
)


_REACH = 300
"""Characters between a quotation and the name behind its verb of origin: more than `_CREDIT` spans."""


def _before(reading: Reading, start: int, quote: int) -> str | None:
    """The person that the words before a quotation give it to."""
    for m in reversed(reading.mentions_in(start, quote)):
        if m.kind != "person" or not m.party.person:
            continue
        genitive = re.search(r"['’]s?$", m.span.quote)
        end = m.span.start + genitive.start() if genitive else m.span.end
        return m.party.person if _NAMED_BEFORE.fullmatch(reading.text, end, quote) else None
    return None


def find_credits(reading: Reading) -> Iterator[Draft]:
    """Words in quotation marks, and a person named behind a verb of origin in the same sentence."""
    published = Period.day(reading.published, "", DateBasis.PUBLICATION)
    people = [m for m in reading.mentions if m.kind == "person" and m.party.person]
    for m in _QUOTED.finditer(reading.text):
        words = m.group("words")
        sentence = reading.sentence_at(m.start("words"))
        if sentence is None or len(re.findall(r"[\w’'-]+", words)) < ENOUGH_WORDS:
            continue
        end = min(sentence.end, m.end() + _REACH)
        first = bisect_left(people, m.end(), key=lambda p: p.span.start)
        behind = takewhile(lambda p, end=end: p.span.start <= end, islice(people, first, None))
        speaker = next(
            (p for p in behind if _CREDIT.fullmatch(reading.text[m.end() : p.span.start])), None
        )
        if speaker is None or speaker.party.person is None:
            named = _before(reading, sentence.start, m.start())
            if named is not None:
                content = AttributionContent(named, words, published)
                span = reading.span(m.start("words"), m.end("words"))
                yield Draft(span, "attribution", f"said by {named}", content)
            continue
        content = AttributionContent(speaker.party.person, words, published)
        span = reading.span(m.start("words"), speaker.span.end)
        yield Draft(span, "attribution", f"said by {speaker.party.person}", content)

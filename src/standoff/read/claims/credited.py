"""Quoted words credited to somebody outside a speech verb: `the remark that "..." came from X`."""

from __future__ import annotations

import re
from collections.abc import Iterator

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


def find_credits(reading: Reading) -> Iterator[Draft]:
    """Words in quotation marks, and a person named behind a verb of origin in the same sentence."""
    published = Period.day(reading.published, "", DateBasis.PUBLICATION)
    people = [m for m in reading.mentions if m.kind == "person" and m.party.person]
    for m in _QUOTED.finditer(reading.text):
        words = m.group("words")
        sentence = reading.sentence_at(m.start("words"))
        if sentence is None or len(re.findall(r"[\w’'-]+", words)) < ENOUGH_WORDS:
            continue
        speaker = next(
            (
                p
                for p in people
                if m.end() <= p.span.start <= sentence.end
                and _CREDIT.fullmatch(reading.text[m.end() : p.span.start])
            ),
            None,
        )
        if speaker is None or speaker.party.person is None:
            continue
        content = AttributionContent(speaker.party.person, words, published)
        span = reading.span(m.start("words"), speaker.span.end)
        yield Draft(span, "attribution", f"said by {speaker.party.person}", content)

"""Entering and leaving office: `took office in 2020`, `stepped down in September`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from standoff.read.claims.common import Draft
from standoff.read.reading import Reading
from standoff.reference import offices_of
from standoff.terms import Mention, TermContent

_EDGE = re.compile(
    r"\b(?:(took office|was sworn in|came to power|assumed office|was inaugurated|was appointed|"
    r"became)|(stepped down|resigned|left office|left the post|was ousted|was removed))\b",
    re.I,
)
# Offices that one person holds at a time and that reports mean when they name none.
_HIGHEST = ("head_of_government", "head_of_state")


def find_terms(reading: Reading) -> Iterator[Draft]:
    """A known person, a verb of entering or leaving, and a dated time right after it."""
    for m in reading.mentions:
        if m.kind != "person" or not m.party.person:
            continue
        sentence = reading.sentence_at(m.span.start)
        if sentence is None or sentence.kind == "boilerplate":
            continue
        edge = _EDGE.search(reading.text, m.span.end, min(m.span.end + 60, sentence.end))
        gap = reading.text[m.span.end : edge.start()] if edge else ""
        # "Lorenzana, who took office": a relative clause about the person itself.
        gap = re.sub(r"^,\s+who\s+", "", gap)
        if edge is None or re.search(r"[;:]|\b(?:who|whose|after|before|when)\b", gap):
            continue
        later = [
            d
            for d in reading.dates_in(edge.end(), sentence.end)
            if d.span.start - edge.end() <= 40 and re.search(r"\d{4}", d.span.quote)
        ]
        if not later:
            continue
        phrase = _office(reading.text[edge.end() : later[0].span.start], m.party.person)
        phrase = phrase or _title(m)
        if not phrase:
            continue
        side = "start" if edge.group(1) else "end"
        actor = m.party.actor if len(m.party.actor) == 3 else ""
        content = TermContent(m.party.person, phrase, actor, side, later[0].period)
        span = reading.span(edge.start(), later[0].span.end)
        yield Draft(span, "term", f"{m.party.person} {edge.group()} {later[0].span.quote}", content)


def _title(mention: Mention) -> str:
    """The title that the text gives the person, without "former"."""
    office = (mention.party.office or "").casefold()
    return office.removeprefix("former ").strip()


def _office(between: str, person: str) -> str:
    """The office meant: named between verb and date, else the one high office of the person."""
    named = re.match(
        r"\s*(?:as\s+)?(?:the\s+|an?\s+)?([a-z][a-z\s-]+?)\s*(?:,|\bin\b|\bon\b|$)", between
    )
    phrase = named.group(1).strip() if named else ""
    if phrase and phrase not in ("in", "on", "early", "late"):
        return phrase
    keys = {s.office for s in offices_of(person) if s.office in _HIGHEST}
    titles = {s.title.casefold() for s in offices_of(person) if s.office in _HIGHEST}
    return next(iter(titles)) if len(keys) == 1 and len(titles) == 1 else ""

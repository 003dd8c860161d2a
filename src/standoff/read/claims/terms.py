"""Entering and leaving office: `took office in 2020`, `stepped down in September`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from standoff.read.claims.common import Draft, state_of_holder
from standoff.read.reading import Reading
from standoff.reference import offices_of
from standoff.terms import DateBasis, Mention, Period, TermContent

_EDGE = re.compile(
    r"\b(?:((?:re)?took office|was sworn in|came to power|(?:re)?assumed office|was inaugurated|was appointed|"
    r"took power|became)|(stepped down|resigned|left office|left the post|was ousted|was removed))\b",
    re.I,
)
_SINCE = re.compile(
    r",?\s+(?:who\s+)?(?:has|have)\s+(?:been|served\s+as|held\s+office\s+as|ruled\s+as|governed\s+as|led\s+\w+\s+as)\s+"
    r"(?:the\s+|its\s+|\w+['’]s\s+)?(?P<office>[a-z][a-z\s-]{3,40}?)\s+since\s+(?:\w+\s+){0,1}$",
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
            if (d.span.start - edge.end() <= 40 and re.search(r"\d{4}", d.span.quote))
            or (
                d.span.start - edge.end() <= 5
                and d.period.start
                and d.period.basis is not DateBasis.PUBLICATION
            )
        ]
        if not later:
            continue
        phrase = _office(reading.text[edge.end() : later[0].span.start], m.party.person)
        phrase = phrase or _title(m)
        if not phrase:
            continue
        side = "start" if edge.group(1) else "end"
        actor = m.party.actor if len(m.party.actor) == 3 else ""
        actor = state_of_holder(m.party.person, phrase, actor, m.span.quote, reading.published)
        content = TermContent(m.party.person, phrase, actor, side, later[0].period)
        span = reading.span(edge.start(), later[0].span.end)
        yield Draft(span, "term", f"{m.party.person} {edge.group()} {later[0].span.quote}", content)


_BEFORE_OFFICE = re.compile(
    r"\b(?:before|after|since|on|upon)\s+(?:(taking|assuming|entering)|(leaving))\s+office\s+in\s+((?:19|20)\d\d)\s*,\s+$",
    re.I,
)


def find_edges(reading: Reading) -> Iterator[Draft]:
    """`Before taking office in 2017, Moon had said ...`: the person comes behind the year."""
    for m in reading.mentions:
        if m.kind != "person" or not m.party.person:
            continue
        lead = _BEFORE_OFFICE.search(reading.text, max(0, m.span.start - 60), m.span.start)
        phrase = _title(m) or _office("", m.party.person)
        if lead is None or not phrase:
            continue
        year = int(lead.group(3))
        period = Period(date(year, 1, 1), date(year, 12, 31), lead.group(3))
        actor = m.party.actor if len(m.party.actor) == 3 else ""
        edge = "start" if lead.group(1) else "end"
        content = TermContent(m.party.person, phrase, actor, edge, period)
        span = reading.span(lead.start(), m.span.end)
        yield Draft(span, "term", f"{m.party.person} {lead.group().strip(' ,')}", content)


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


def find_since(reading: Reading) -> Iterator[Draft]:
    """`Narendra Modi has been prime minister since 2014`."""
    for m in reading.mentions:
        if m.kind != "person" or not m.party.person:
            continue
        sentence = reading.sentence_at(m.span.start)
        if sentence is None or sentence.kind == "boilerplate":
            continue
        for year in re.finditer(r"\b(?:19|20)\d\d\b", reading.text[m.span.end : sentence.end]):
            start = m.span.end + year.start()
            said = _SINCE.fullmatch(reading.text, m.span.end, start)
            if said is None:
                continue
            number = int(year.group())
            month = next(
                (d.period for d in reading.dates_in(m.span.end, start + 4)
                 if d.span.end == start + 4 and d.period.end is not None), None
            )  # fmt: skip
            period = month or Period(date(number, 1, 1), date(number, 12, 31), year.group())
            actor = m.party.actor if len(m.party.actor) == 3 else ""
            office = said.group("office").casefold()
            content = TermContent(m.party.person, office, actor, "start", period)
            span = reading.span(m.span.end, start + 4)
            yield Draft(span, "term", f"{m.party.person} {office} since {year.group()}", content)
            break

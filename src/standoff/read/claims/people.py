"""Offices and names: who is called what, and names close to one that is known."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import groupby, pairwise

from standoff.read.claims.common import Draft, bare, named_places, names_state, state_of_holder
from standoff.read.claims.when import PAST_MARK, told_at
from standoff.read.reading import Reading, Sentence, Token
from standoff.read.stretches import Stretches
from standoff.reference import NearPerson, nearest_person, offices_of, titles_for
from standoff.terms import DateBasis, Mention, NameContent, OfficeContent, Period

FORMER = re.compile(
    r"\b(?:former|ex|late|then|retired|emeritus|ousted|deposed|toppled|overthrown|dismissed|exiled)\b",
    re.I,
)
_THEN = re.compile(r"\bthen\b", re.I)
# Who is to hold the office, or only stands beside one who holds it.
COMING = re.compile(
    r"\b(?:incoming|outgoing|future|nominee|designate|elect|prospective|would-be|nominated|aspiring|candidate)\b|"
    r"\b(?:predecessor|successor)s?\b",
    re.I,
)
_CUT_SHORT = re.compile(r"\s+(?:(?:von|van|der|de|da|bin|ibn|al|el|del|la|di)\s+)*[A-Z]\w")
_DEPUTY = re.compile(r"\b(?:deputy|vice|assistant|associate|shadow|under)[\s-]+(?:\w+\s+)?$", re.I)
_NOUN_PHRASE = re.compile(
    r"(?:(?!(?:to|of|by|with|and|or|for|from|under|in|on|at|about|against|said|told|after|since|before|when|"
    r"as|that|while|was|is|has|had)\s)\w[\w’'.-]*\s+){0,4}$",
    re.I,
)


def _phrase_before(reading: Reading, sentence: Sentence, start: int) -> str:
    """The words right before a mention that can belong to its noun phrase: `former Democratic`."""
    lead = reading.text[max(sentence.start, start - 60) : start]
    heir = re.search(
        r"\b(?:predecessor|successor)s?,\s+$|\b(?:then|ex|former|vice|deputy)-$", lead, re.I
    )
    found = heir or _NOUN_PHRASE.search(lead)
    return found.group() if found else ""


# Between a name and its title, and what closes the apposition again.
_APPOSED = re.compile(r",\s+(?:the\s+|who is\s+(?:the\s+)?)?(?:former\s+)?", re.I)
_CLOSED = re.compile(r"\s*(?:[,.;)]|$)")
_STATES = ("state", "demonym")


def find_offices(reading: Reading) -> Iterator[Draft]:
    """`Prime Minister Yoshihide Suga`: the person held the office when the sentence plays."""
    doubled = _doubled(reading)
    for m in reading.mentions:
        if m.kind != "person" or not m.party.person or not m.party.office:
            continue
        sentence = reading.sentence_at(m.span.start)
        if sentence is None or sentence.kind == "boilerplate":
            continue
        before = _phrase_before(reading, sentence, m.span.start)
        former = bool(FORMER.search(m.span.quote) or FORMER.search(before))
        if COMING.search(before + m.span.quote):
            continue
        if _CUT_SHORT.match(reading.text, m.span.end) and not offices_of(m.party.person):
            # "Defence Minister Ursula" of "Ursula von der Leyen": the rest of the name follows.
            continue
        actor = _state_of(m)
        phrase = _written_title(m, actor)
        if _DEPUTY.search(before):
            # "Deputy Spanish Prime Minister": another office, written before the state.
            phrase = f"deputy {phrase}" if titles_for(f"deputy {phrase}", actor) else ""
        if not phrase:
            # The title comes from the table, not from the text: the text claims nothing.
            continue
        actor = state_of_holder(m.party.person, phrase, actor, m.span.quote, reading.published)
        if not offices_of(m.party.person) and not names_state(m.span.quote, actor):
            # The state of a stranger is a guess from the sentences before: a name that comes near
            # somebody of another state is not bound by it.
            near = nearest_person(m.party.person)
            if near is not None and all(s.actor != actor for s in near.spells):
                actor = ""
        period, others, present = office_time(reading, sentence, m.span.start)
        if _THEN.search(before + m.span.quote):
            # "then-Secretary" held the title on the date that the clause names, if it names one.
            former = False
            if not _long_before(period, reading):
                present = False
                others = (*others, Period(None, reading.published, "", DateBasis.UNSTATED))
        if (
            not former
            and (_title_key(phrase, actor), actor) in doubled
            and not reading.dates_in(sentence.start, sentence.end)
        ):
            # Somebody else bears the title in this text too: one of the two is told of the past.
            others = (*others, Period(None, reading.published, "", DateBasis.UNSTATED))
        if former:
            # "Former" is said from the day of the report, whatever else the sentence dates.
            period = Period.day(reading.published, "", DateBasis.PUBLICATION)
        if _told_of_the_past(reading, m, sure=present):
            others = (*others, Period(None, reading.published, "", DateBasis.UNSTATED))
            present = False
        # A genitive is no part of the name.
        person = re.sub(r"['’]s?$", "", m.party.person)
        named = names_state(m.span.quote, actor)
        content = OfficeContent(person, phrase, actor, period, former, others, present, named)
        word = "former " if former else ""
        yield Draft(m.span, "office", f"{person} is {word}{phrase} of {actor}", content)


def _doubled(reading: Reading) -> set[tuple[str, str]]:
    """Titles of a state that the text gives to more than one person."""
    bearers: dict[tuple[str, str], set[str]] = {}
    for m in reading.mentions:
        if m.kind == "person" and m.party.person and (actor := _state_of(m)):
            phrase = _written_title(m, actor)
            if phrase:
                # "US president" and "president" are one title.
                key = (_title_key(phrase, actor), actor)
                bearers.setdefault(key, set()).add(bare(m.party.person).split()[-1])
    return {key for key, names in bearers.items() if len(names) > 1}


def _title_key(phrase: str, actor: str) -> str:
    return min((t.office for t in titles_for(phrase, actor)), default=phrase)


def _long_before(period: Period, reading: Reading) -> bool:
    """Whether a period ended two months before the report."""
    return period.end is not None and (reading.published - period.end).days > 61


_PAST_AFTER = re.compile(r"['’]s?\b|\s*(?:,[^,.;]{0,60},)?\s*(?:\w+ly\s+)?had\b", re.I)


# In a clause that is told of now these say who is meant, not when: "the visit of Chancellor X is planned".
_OF = re.compile(
    r"\b(?:(?P<head>\w+)\s+)?(?:of|by|from|to)\s+(?:the\s+|then\s+)?(?:[\w’'-]+\s+)?$", re.I
)
_EVENTS = frozenset(
    "visit visits trip meeting talks call speech arrival departure announcement statement remarks letter"
    " request order decision invitation proposal offer".split()
)


def _told_of_the_past(reading: Reading, mention: Mention, *, sure: bool) -> bool:
    """Whether the words around a person let the sentence speak of an undated past."""
    start, end = mention.span.start, mention.span.end
    return (
        PAST_MARK.search(reading.text, max(0, start - 40), start) is not None
        or _of_somebody(reading.text[max(0, start - 40) : start], sure=sure)
        or _PAST_AFTER.match(reading.text, end) is not None
        or mention.span.quote.endswith(("'s", "’s", "s'", "s’"))
    )


def _of_somebody(lead: str, *, sure: bool) -> bool:
    """Whether the person is named to say whose something was: "a former aide of President X"."""
    found = _OF.search(lead)
    if found is None or not sure:
        return found is not None
    head = (found.group("head") or "").casefold()
    passive = re.search(r"\b(?:by|from|to)\s+(?:the\s+|then\s+)?(?:[\w’'-]+\s+)?$", lead, re.I)
    return passive is None and head not in _EVENTS


def find_appositions(reading: Reading) -> Iterator[Draft]:
    """`Scott Morrison, Australia's prime minister,`: the title after the name, with its state.

    >>> from datetime import date
    >>> from standoff.read.report import prepare
    >>> text = "Olaf Scholz, the German chancellor, spoke."
    >>> [d.statement for d in find_appositions(prepare(text, date(2022, 8, 1)))]
    ['Olaf Scholz is chancellor of DEU']
    """
    for m, title in pairwise(reading.mentions):
        gap = reading.text[m.span.end : title.span.start]
        after = reading.text[title.span.end : title.span.end + 24]
        if m.kind == "office" and title.kind == "person":
            # "Italy's president, Sergio Mattarella,": the title comes first.
            m, title = title, m
        if m.kind != "person" or title.kind != "office" or not m.party.person:
            continue
        actor = _state_of(title)
        if not _APPOSED.fullmatch(gap) or not _CLOSED.match(after) or not actor:
            continue
        sentence = reading.sentence_at(m.span.start)
        if sentence is None or sentence.kind == "boilerplate":
            continue
        phrase = _written_title(title, actor)
        before = _phrase_before(reading, sentence, title.span.start)
        lead = before if title.span.start < m.span.start else gap
        former = bool(FORMER.search(lead + title.span.quote))
        if COMING.search(lead + title.span.quote):
            continue
        if not phrase or (_state_of(m) != actor and _written_title(m, _state_of(m))):
            continue
        period, others, present = office_time(reading, sentence, m.span.start)
        if former:
            period = Period.day(reading.published, "", DateBasis.PUBLICATION)
        named = names_state(title.span.quote, actor)
        content = OfficeContent(
            m.party.person, phrase, actor, period, former, others, present, named
        )
        word = "former " if former else ""
        start, end = min(m.span.start, title.span.start), max(m.span.end, title.span.end)
        span = reading.span(start, end)
        yield Draft(span, "office", f"{m.party.person} is {word}{phrase} of {actor}", content)


def _state_of(mention: Mention) -> str:
    """The code of the state or organisation whose office a mention names; "" where none is sure."""
    if mention.party.actor == "IGO":
        return mention.party.organisation or ""
    return mention.party.actor if len(mention.party.actor) == 3 else ""


def _written_title(mention: Mention, actor: str) -> str:
    """The title as the text writes it before the name, without "former" and the state."""
    own = set(bare(mention.party.person or "").split())
    words = [w for w in re.findall(r"[\w'’-]+", mention.span.quote) if bare(w) not in own]
    words = [w for w in words if not FORMER.fullmatch(w)]
    if "of" in words:
        # "President of the European Council": of another body than the state, whole or not at all.
        at = words.index("of")
        rest = " ".join(words[at:])
        whole = (
            " ".join(words[i:j]).casefold()
            for i in range(at + 1)
            for j in range(len(words), at + 1, -1)
        )
        held = next((w for w in whole if titles_for(w, actor)), "")
        owned = re.search(r"['’]s\s+[A-Z]", mention.span.quote)
        if held or owned or not names_state(rest, actor):
            return held
    if "of" in words and not any(
        titles_for(" ".join(words[i:]).casefold(), actor) for i in range(len(words))
    ):
        # "secretary general of NATO": the state or body stands behind the title.
        words = words[: len(words) - 1 - words[::-1].index("of")]
    # The name may be spelt otherwise than in the table, so that words of it are left at the end.
    for first in range(len(words)):
        for last in range(len(words), first, -1):
            phrase = " ".join(words[first:last]).casefold()
            if titles_for(phrase, actor):
                return phrase
    return ""


def office_time(
    reading: Reading, sentence: Sentence, at: int
) -> tuple[Period, tuple[Period, ...], bool]:
    """The time that a title is claimed for, what else it may belong to, and whether that is sure.

    A date that hangs on the clause decides. Without one it is the day of publication; dates of the
    sentence that hang on something else, and those that the paragraph named before, leave room.
    """
    told = told_at(reading, sentence, at)
    first = bisect_left(reading.sentences, sentence.paragraph, key=lambda s: s.paragraph)
    before = (
        ()
        if told.own
        else tuple(
            d.period for d in reading.dates_in(reading.sentences[first].start, sentence.start)
        )
    )
    sure = told.tense in ("present", "future") or told.own
    others = () if told.tense in ("present", "future") else (*told.loose, *before)
    if told.own and not re.search(r"\d{4}", told.period.text):
        # "On June 8" without a year may lie ahead: the title is then that of the day of the report.
        others = (*others, Period.day(reading.published, "", DateBasis.PUBLICATION))
    if told.tense == "pluperfect" and not told.own:
        others = (*others, Period(None, reading.published, "", DateBasis.UNSTATED))
    return told.period, tuple(dict.fromkeys(others)), sure


def find_names(reading: Reading) -> Iterator[Draft]:
    """Names of people that are close to one known holder of an office of a state in the text.

    Only names that stand beside a title or a state are held against the table, and only where
    the near person held the office: a private person may bear any name.
    """
    known = Stretches.of(m.span for m in reading.mentions if m.kind == "person")
    for sentence in reading.prose():
        mentions = reading.mentions_in(sentence.start, sentence.end)
        for tokens in _capitalised(reading, sentence):
            start, end = tokens[0].start, tokens[-1].end
            if known.touch(start, end) or named_places(reading.text, start, end):
                continue
            name = reading.text[start:end]
            near = nearest_person(name)
            if near is None or near.distance == 0:
                continue
            beside = _beside(reading, mentions, start, end)
            actors = {s.actor for s in near.spells}
            title = next((m for m in beside if m.party.actor in actors and m.party.office), None)
            if title is not None:
                actor, office = title.party.actor, _clean(title.party.office)
            else:
                actor, office = _title_before(reading, start, near)
            if not office:
                continue
            period, _, _ = office_time(reading, sentence, start)
            content = NameContent(name, "person", actor, office, period)
            yield Draft(reading.span(start, end), "name", f"a person called {name}", content)


def _title_before(reading: Reading, start: int, near: NearPerson) -> tuple[str | None, str | None]:
    """A title right before the name that is one of the near person's offices."""
    words = re.findall(r"[\w’'-]+", reading.text[max(0, start - 48) : start])[-4:]
    if not re.search(r"[\w’'-]\s$", reading.text[max(0, start - 2) : start]):
        return None, None
    for first in range(len(words)):
        phrase = " ".join(words[first:]).casefold()
        for spell in near.spells:
            if any(t.office == spell.office for t in titles_for(phrase, spell.actor)):
                return spell.actor, phrase
    return None, None


def _clean(office: str | None) -> str | None:
    return FORMER.sub("", office).strip() or None if office else None


def _beside(reading: Reading, mentions: tuple[Mention, ...], start: int, end: int) -> list[Mention]:
    """Titles that touch the name, a comma or a few words apart."""
    found: list[Mention] = []
    for m in mentions:
        gap = (
            reading.text[m.span.end : start]
            if m.span.end <= start
            else reading.text[end : m.span.start]
        )
        if len(gap) <= 24 and not re.search(r"[.;:!?]", gap):
            found.append(m)
    return found


def _capitalised(reading: Reading, sentence: Sentence) -> Iterator[list[Token]]:
    """Runs of two to four capitalised words that are no titles."""
    tokens = reading.sentence_tokens(sentence)
    for is_name, run in groupby(tokens, key=_could_be_name):
        words = list(run)
        if not is_name:
            continue
        for size in (3, 2):
            for i in range(len(words) - size + 1):
                if _adjacent(words[i : i + size], reading.text):
                    yield words[i : i + size]


def _could_be_name(token: Token) -> bool:
    return token.text[:1].isupper() and token.text[1:2].islower() and token.text.isalpha()


def _adjacent(tokens: list[Token], text: str) -> bool:
    return all(text[a.end : b.start] in (" ", "-") for a, b in pairwise(tokens))

"""Titles with names by the words themselves, in any order: for people that no table of actors names.

"Minister of Foreign Affairs of Russia, Igor Ivanov", "UN Secretary-General Ban Ki-moon", "Presidents
Obama and Medvedev", "Xue Jian, China's consul general in Osaka". What a title stands before or behind
is a name only where every word of it is tagged as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from standoff.read.claims.common import Draft
from standoff.read.claims.people import COMING, FORMER, office_time
from standoff.read.claims.when import PAST_MARK, token_at
from standoff.read.reading import Reading, Sentence
from standoff.reference import office_titles, offices_of, organisations, state_names, titles_for
from standoff.terms import DateBasis, OfficeContent, Period

_PARTICLES = r"(?:al|el|bin|ibn|ben|abu|de|da|dos|del|van|von|der|den|la|le|di|du|ul|zu|ur)"
_WORD = r"(?:[A-ZÀ-ÞĀ-Ž][\w’'-]+|[A-Z]\.)"
_NAME = rf"{_WORD}(?:(?:\s+{_PARTICLES})*\s+(?:{_WORD}|(?:al|el|as|ar|ul|ad|an)-[A-Z][\w’'-]+|[IVX]+\b)){{0,4}}"
_NAME_AT = re.compile(rf"(?:(?:Mr|Mrs|Ms|Dr|Gen|Adm)\.?\s+)?({_NAME})")
_TWO = re.compile(rf"({_NAME})\s+and\s+({_NAME})")
_HONORIFIC = re.compile(r"\b(?:His|Her)\s+(?:Excellency|Majesty|Highness)\s*$")
# Heads of state and government, ministers of state: offices of one holder, whose tables are whole.
_BEFORE = r"(?:(?:former|then|outgoing|incoming|acting|interim|current|new|late|ex|deputy|vice|disputed)[\s-]+)*"


def find_titled(reading: Reading) -> Iterator[Draft]:
    """Offices given to a name right behind or right before the title.

    >>> from datetime import date
    >>> from standoff.read.report import prepare
    >>> text = "The Minister of Foreign Affairs of Russia, Igor Ivanov, opened it."
    >>> [d.statement for d in find_titled(prepare(text, date(2019, 9, 28)))]
    ['Igor Ivanov is minister of foreign affairs of RUS']
    """
    for sentence in reading.prose():
        if sentence.kind == "question":
            continue
        for title in _titles().finditer(reading.text, sentence.start, sentence.end):
            yield from _after(reading, sentence, title)
            yield from _before(reading, sentence, title)


def _after(reading: Reading, sentence: Sentence, title: re.Match[str]) -> Iterator[Draft]:
    """A title and the name behind it: "Foreign Minister X", "the foreign minister of Y, X"."""
    text, at = reading.text, title.end()
    of = _of_state().match(text, at, sentence.end)
    lead = _lead(text, sentence, title.start())
    behind = of.group(1) if of else ""
    at = of.end() if of else at
    gap = re.compile(r"\s*,\s*|\s+").match(text, at, sentence.end)
    if gap is None:
        return
    comma = "," in gap.group()
    at = gap.end()
    if title.group("plural"):
        pair = _TWO.match(text, at, sentence.end)
        states = [
            _codes()[m.group()]
            for m in _states().finditer(_lead(text, sentence, title.start(), joined=True))
        ]
        for number in (1, 2) if pair else ():
            if pair and _is_name(reading, sentence, pair.start(number), pair.end(number)):
                # "US and Russian presidents A and B": one state each, in order.
                actor = states[number - 1] if len(states) == 2 else ""
                start, end = pair.span(number)
                yield from _draft(
                    reading, sentence, title, pair.group(number), actor, lead, start, end
                )
        return
    found = _NAME_AT.match(text, at, sentence.end)
    if found is None:
        return
    start, end = found.span(1)
    end = _trim(reading, sentence, start, end)
    if comma and not re.compile(r"\s*(?:[,.;)]|$|\w+\s)").match(text, end):
        return
    if comma and not _closed(text, end):
        return
    if end > start:
        actor = _actor(behind) or _actor(lead)
        yield from _draft(reading, sentence, title, text[start:end], actor, lead, start, end)


def _before(reading: Reading, sentence: Sentence, title: re.Match[str]) -> Iterator[Draft]:
    """A name, a comma and its title: "X, China's foreign minister," "X, who is ...".

    The title must close the apposition, so that "Smith, President Biden" names no office of Smith's.
    """
    text = reading.text
    if title.group("plural"):
        return
    lead_start = max(sentence.start, title.start() - 60)
    head = re.compile(
        rf"({_NAME}),\s+(?:who\s+(?:is|was)\s+)?((?:the|a|an|his|her|its)\s+)?((?:[\w.’'-]+\s+){{0,3}})$"
    ).search(text[lead_start : title.start()])
    if head is None:
        return
    of = _of_state().match(text, title.end(), sentence.end)
    end = of.end() if of else title.end()
    closed = re.compile(r"\s*(?:[,.;)]|$)|\s+(?:in|to|at|since|from|until)\b").match(text, end)
    if not closed or re.match(r",\s+[A-Z]", text[end : end + 4]):
        return
    start, stop = lead_start + head.start(1), lead_start + head.end(1)
    between = head.group(3)
    if any(w[:1].isupper() and not _actor(w) for w in between.split()):
        return
    actor = _actor(of.group(1) if of else "") or _actor(between)
    first = _trim_front(reading, sentence, start, stop)
    if (
        first < stop
        and len(text[first:stop].split()) > 1
        and (actor or offices_of(text[first:stop]))
    ):
        yield from _draft(reading, sentence, title, text[first:stop], actor, between, first, stop)


def _draft(
    reading: Reading, sentence: Sentence, title: re.Match[str], name: str, actor: str, lead: str,
    start: int, end: int,
) -> Iterator[Draft]:  # fmt: skip
    phrase = title.group("title").casefold()
    name = re.sub(r"['’]s?$", "", name)
    words = reading.text[min(start, title.start()) : max(end, title.end())]
    if COMING.search(lead) or COMING.search(words):
        return
    person = _known(name)
    actor = actor or _own_actor(phrase)
    named = bool(actor)
    if not actor:
        held = {
            s.organisation or s.actor
            for s in offices_of(person)
            if any(t.office == s.office for t in titles_for(phrase, s.organisation or s.actor))
        }
        if len(held) != 1:
            return
        actor = next(iter(held))
    if not titles_for(phrase, actor) or (len(name.split()) < 2 and not offices_of(person)):
        return
    period, others, present = office_time(reading, sentence, start)
    former = bool(FORMER.search(lead) and not re.search(r"\bthen\b", lead, re.I))
    if re.search(r"\bthen\b", lead, re.I) and period.basis is DateBasis.PUBLICATION:
        # "Then President X" of a time that no word of the clause gives: any of his terms may be meant.
        others, present = (*others, Period(None, reading.published, "", DateBasis.UNSTATED)), False
    if former:
        period = Period.day(reading.published, "", DateBasis.PUBLICATION)
    first = min(start, title.start())
    marked = PAST_MARK.search(reading.text, max(sentence.start, first - 40), first)
    if marked or re.match(r"['’]s?\b|\s+had\b", reading.text[end:]):
        others, present = (*others, Period(None, reading.published, "", DateBasis.UNSTATED)), False
    content = OfficeContent(person, phrase, actor, period, former, others, present, named)
    word = "former " if former else ""
    span = (
        reading.span(start, end)
        if title.group("plural")
        else reading.span(first, max(end, title.end()))
    )
    yield Draft(span, "office", f"{person} is {word}{phrase} of {actor}", content)


@lru_cache(maxsize=256)
def _own_actor(phrase: str) -> str:
    """The state or body that a title names itself: "UN Secretary-General", "Taoiseach"."""
    actors = {t.actor for t in office_titles() if t.phrase == " ".join(phrase.split())}
    return next(iter(actors)) if len(actors) == 1 else ""


def _known(name: str) -> str:
    """The name, or the part of it that the table knows: "Jr." and middle initials left out."""
    if offices_of(name):
        return name
    shorter = re.sub(r"\s+[A-Z]\.(?=\s)", "", name)
    return shorter if offices_of(shorter) else name


def _lead(text: str, sentence: Sentence, start: int, *, joined: bool = False) -> str:
    """The words of the noun phrase before a title: "former Australian", "Syria's"; with `joined` also
    what "and" joins to them."""
    if joined:
        return text[max(sentence.start, start - 40) : start]
    found = re.compile(
        r"(?:(?!(?:of|by|with|and|or|for|from|under|in|on|at|about|against|said|told|that|after|since|before|"
        r"when|as)\s)\w[\w.’'-]*\s+){0,4}$"
    ).search(text[max(sentence.start, start - 60) : start])
    return found.group() if found else ""


def _actor(words: str) -> str:
    """The one state or organisation that some words name, or ""."""
    found = {_codes()[m.group()] for m in _states().finditer(words)}
    return next(iter(found)) if len(found) == 1 else ""


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    """Names, peoples and organisations to their codes; a name of two states is none."""
    out: dict[str, str] = {}
    for n in state_names():
        if n.kind in ("name", "demonym", "abbreviation"):
            out[n.name] = n.actor if out.get(n.name, n.actor) == n.actor else ""
    for o in organisations():
        for name in (o.name, *o.aliases):
            if name[:1].isupper():
                out[name] = o.code
    return out


@lru_cache(maxsize=1)
def _states() -> re.Pattern[str]:
    ordered = sorted(_codes(), key=lambda w: (-len(w), w))
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)")


@lru_cache(maxsize=1)
def _of_state() -> re.Pattern[str]:
    return re.compile(
        rf"\s+(?:of|for)\s+((?:the\s+)?(?:(?:Islamic|Federal|People['’]s|Democratic|United)\s+)*"
        rf"(?:(?:Republic|Kingdom|State|Government)\s+of\s+(?:the\s+)?)?{_states().pattern})"
    )


@lru_cache(maxsize=1)
def _titles() -> re.Pattern[str]:
    """Known titles of one holder, longest first; those of many (minister, ambassador) are left out."""
    phrases = sorted(
        {t.phrase for t in office_titles() if t.rank < 3 and len(t.phrase) > 3},
        key=lambda w: (-len(w), w),
    )
    words = "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in phrases)
    return re.compile(rf"(?<![\w-])(?P<title>{words})(?P<plural>s)?(?![\w-])", re.IGNORECASE)


def _is_name(reading: Reading, sentence: Sentence, start: int, end: int) -> bool:
    return end > start and _trim(reading, sentence, start, end) == end


def _trim(reading: Reading, sentence: Sentence, start: int, end: int) -> int:
    """The end of the name within `start:end`: it stops before the first word that is none."""
    last = start
    for word in re.compile(r"\S+").finditer(reading.text, start, end):
        token = token_at(reading, sentence, word.start())
        if token is None or token.head < 0:
            ok = True
        else:
            ok = token.tag == "PROPN" or word.group()[:1].islower() or token.form == "FW"
            # Names that the tagger does not know are often taken for nouns.
            ok = ok or (token.tag in ("NOUN", "ADJ") and token.text[:1].isupper())
        if not ok or _codes().get(word.group().strip("'’s"), ""):
            break
        if not word.group()[:1].islower():
            last = word.end()
    return last


def _trim_front(reading: Reading, sentence: Sentence, start: int, end: int) -> int:
    """The start of the name that ends at `end`."""
    first = end
    for word in reversed(list(re.compile(r"\S+").finditer(reading.text, start, end))):
        token = token_at(reading, sentence, word.start())
        if token is not None and token.head >= 0 and token.tag not in ("PROPN", "NOUN", "ADJ"):
            break
        first = word.start()
    return first


def _closed(text: str, end: int) -> bool:
    """Whether a name behind "title of Y," ends an apposition."""
    return re.compile(r"\s*(?:[,.;)]|$)").match(text, end) is not None

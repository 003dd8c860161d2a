"""Legal facts: what was done to which law, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from standoff.read.claims.common import Draft, names_state, states_in
from standoff.read.reading import Reading
from standoff.reference import LegalFact, find_laws, laws
from standoff.terms import DateBasis, LawContent, Period

_CONSTITUTION = re.compile(
    r"\bconstitutional\s+(reforms?|amendments?|revisions?|changes?)\b|"
    r"\b(amended|revised|changed|rewrote|reformed)\s+(?:its|the|their|his|her|\w+['’]s?)\s+"
    r"(?:pacifist\s+|postwar\s+)?constitution\b|"
    r"\bconstitution\s+(?:was|were|has\s+been|had\s+been)\s+(amended|revised|changed|rewritten)\b",
    re.I,
)
_DONE = re.compile(
    r"\b(passed|enacted|adopted|signed|ratified|concluded|agreed on|"
    r"c[ao]mes? into (?:force|effect)|entered into (?:force|effect)|went into (?:force|effect)|took effect|"
    r"in force since|dates? from|proclaimed)\b",
    re.I,
)
_OPEN = re.compile(r"\b(?:not|never|no|without|if|would|could|may|might|plans?|wants?)\b", re.I)


def find_laws_claimed(reading: Reading) -> Iterator[Draft]:
    """`constitutional reforms in 2015`, `the law that was passed in 2005`, each with its year."""
    for sentence in reading.prose():
        text = reading.text[sentence.start : sentence.end]
        dates = [
            d
            for d in reading.dates_in(sentence.start, sentence.end)
            if d.period.start is not None and re.search(r"\d{4}", d.span.quote)
        ]
        mentions = reading.mentions_in(sentence.start, sentence.end)
        actors = list(dict.fromkeys(states_in(mentions)))
        changed = _CONSTITUTION.search(text)
        if changed is not None and actors and not _opened(text, changed.start()):
            near = [d for d in dates if d.span.start >= sentence.start + changed.end()][:1]
            end = near[0].span.end if near else sentence.start + changed.end()
            span = reading.span(sentence.start + changed.start(), end)
            period = near[0].period if near else Period.unstated()
            ahead = list(states_in(tuple(m for m in mentions if m.span.start <= span.start)))
            actor = (ahead or actors)[-1]
            # "Constitutional reforms" may have been planned or voted down; "amended" was done.
            action = "reformed" if changed.group(1) else "amended"
            content = LawContent(actor, "constitution", action, period)
            yield Draft(span, "law", f"the constitution of {actor} was changed", content)
            continue
        done = _DONE.search(text)
        if done is None or not dates or _opened(text, done.start(), 24):
            continue
        later = [d for d in dates if 0 <= d.span.start - (sentence.start + done.end()) <= 90]
        if not later:
            continue
        between = text[done.end() : later[0].span.start - sentence.start].strip(" ,")
        if re.search(r"[,;:]|\b(?:and|but|which|who)\b", between):
            continue
        # The law is the subject ("the law was passed in") or the object ("passed the law in").
        subject, object_ = text[: done.start()], between.removesuffix(" in").removesuffix(" on")
        passive = re.search(r"\b(?:was|were|is|been|being|,)\s*(?:\w+ly\s+)?$", subject)
        first = (subject, object_) if passive or len(object_) <= 8 else (object_,)
        start = later[0].period.start
        year = start.year if start else None
        actor, found = next(
            ((a, f) for a, f in (_named(clause, actors, year) for clause in first) if f), ("", ())
        )
        if not found:
            continue
        word = done.group(1).casefold()
        action = "in force" if "force" in word or "effect" in word else "enacted"
        action = "ratified" if word == "ratified" else action
        span = reading.span(sentence.start + done.start(), later[0].span.end)
        content = LawContent(actor, _subject(found[0]), action, later[0].period)
        yield Draft(span, "law", f"{found[0].name}: {done.group(1)} {later[0].span.quote}", content)


def _opened(text: str, at: int, reach: int = 60) -> bool:
    """Whether what follows is denied, wished or asked: such a word stands before it in its clause."""
    clause = re.split(r"[,;:]", text[max(0, at - reach) : at])[-1]
    return _OPEN.search(clause) is not None


_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
# "In 2019 New START": the year is when something happened.
_IN_YEAR = re.compile(r"\b(?:in|since|by|until|from|during|before|after)\s+$", re.I)
_OF_YEAR = re.compile(r"\s+(?:\([A-Z]{2,8}\)\s+)?(?:of|from)\s+(?:\w+\s+){0,2}$")


def find_laws_of_a_year(reading: Reading) -> Iterator[Draft]:
    """`the Indus Waters Treaty of 1960`, `the 1951 Mutual Defense Treaty`: a law with its year.

    Only laws whose whole title or whose keyword of several words stands there: several laws of
    one name are told apart by their year, and then any of them may be meant.
    """
    for sentence in reading.prose():
        for d in _YEAR.finditer(reading.text, sentence.start, sentence.end):
            lead = reading.text[max(sentence.start, d.start() - 90) : d.start()]
            tail = reading.text[d.end() : min(sentence.end, d.end() + 60)]
            of = _OF_YEAR.search(lead)
            named = _called(lead[: of.start()], ending=True) if of else ()
            if re.match(r"\s+\w", tail) and not _IN_YEAR.search(lead):
                named = named or _called(tail, ending=False)
            if not named or len({f.id for f in named}) != len(named):
                continue
            year = int(d.group())
            fact = _meant(named, year)
            period = Period(date(year, 1, 1), date(year, 12, 31), d.group(), DateBasis.STATED)
            content = LawContent(fact.actor, _subject(fact), "dated", period)
            span = reading.span(d.start(), d.end())
            yield Draft(span, "law", f"{fact.name}: of {d.group()}", content)


def _called(text: str, *, ending: bool) -> tuple[LegalFact, ...]:
    """Laws whose name stands right at the end or the start of some words."""
    words = _words(text)
    found: list[LegalFact] = []
    for fact in laws():
        for name in _names(fact):
            near = words[-len(name) :] if ending else words[: len(name)]
            if near == name:
                found.append(fact)
                break
    return tuple(found)


def _names(fact: LegalFact) -> tuple[tuple[str, ...], ...]:
    title = re.sub(r"\(.*?\)|, Article.*| between .*| on .*", "", fact.name)
    names = [tuple(_words(title)), *(tuple(_words(k)) for k in fact.keywords)]
    kinds = {
        "treaty",
        "act",
        "law",
        "agreement",
        "memorandum",
        "accord",
        "pact",
        "plan",
        "declaration",
    }
    return tuple(n for n in names if len(n) >= 2 and kinds & set(n))


def _meant(named: tuple[LegalFact, ...], year: int) -> LegalFact:
    """Of several laws of one name the one nearest to the year."""
    days = {f.id: [d.year for d in (f.enacted, f.in_force) if d] for f in named}
    return min(named, key=lambda f: (min((abs(y - year) for y in days[f.id]), default=9999), f.id))


_SMALL = frozenset("the of and on to in for with a an between state republic".split())


def _named(
    clause: str, actors: list[str], year: int | None = None
) -> tuple[str, tuple[LegalFact, ...]]:
    """The law that the words name, by its title or its keywords, and its state.

    A title is named if all its telling words stand in the clause, or "law" or "act" and two more.
    """
    for actor in actors:
        found = find_laws(clause, actor)
        if found:
            # Of several treaties of one state the one whose parties the sentence names.
            parties = {f.id: sum(names_state(f.name, a) for a in actors) for f in found}
            best = max(parties.values())
            meant = tuple(f for f in found if parties[f.id] == best)
            return actor, (_meant(meant, year),) if year and best > 1 else meant
    called = {f.id: f for f in laws() for n in _names(f) if _has_phrase(_words(clause), n)}
    if len(called) == 1:
        fact = next(iter(called.values()))
        return fact.actor, (fact,)
    words = set(_words(clause))
    named: list[tuple[int, LegalFact]] = []
    for fact in laws():
        title = set(_words(re.sub(r"\(.*?\)|, Article.*", "", fact.name))) - _SMALL
        common = title & words
        whole = common == title and len(title) >= 2
        part = fact.actor in actors and "law" in common and len(common) >= 3
        if whole or part:
            named.append((-len(common), fact))
    named.sort(key=lambda pair: (pair[0], pair[1].id))
    best = tuple(f for n, f in named if n == named[0][0])
    # Two laws named equally well: neither is meant for certain.
    return (best[0].actor, best) if len(best) == 1 else ("", ())


def _has_phrase(words: Sequence[str], phrase: tuple[str, ...]) -> bool:
    size = len(phrase)
    return any(tuple(words[i : i + size]) == phrase for i in range(len(words) - size + 1))


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z]+", text.casefold().replace("defence", "defense")))


def _subject(fact: LegalFact) -> str:
    """Words by which the table finds this law again."""
    return " ".join((fact.name, *fact.keywords[:1]))

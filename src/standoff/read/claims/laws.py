"""Legal facts: what was done to which law, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from standoff.read.claims.common import Draft, states_in
from standoff.read.reading import Reading
from standoff.reference import LegalFact, find_laws, laws
from standoff.terms import LawContent, Period

_CONSTITUTION = re.compile(
    r"\bconstitutional\s+(reforms?|amendments?|revisions?|changes?)\b|"
    r"\b(amended|revised|changed|rewrote|reformed)\s+(?:its|the|their|his|her|\w+['’]s?)\s+"
    r"(?:pacifist\s+|postwar\s+)?constitution\b|"
    r"\bconstitution\s+(?:was|were|has\s+been|had\s+been)\s+(amended|revised|changed|rewritten)\b",
    re.I,
)
_DONE = re.compile(
    r"\b(passed|enacted|adopted|signed|ratified|concluded|agreed on|"
    r"came into force|entered into force|took effect|"
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
            content = LawContent(actor, "constitution", "amended", period)
            yield Draft(span, "law", f"the constitution of {actor} was changed", content)
            continue
        done = _DONE.search(text)
        if done is None or not dates or _opened(text, done.start(), 24):
            continue
        later = [d for d in dates if 0 <= d.span.start - (sentence.start + done.end()) <= 90]
        if not later:
            continue
        between = text[done.end() : later[0].span.start - sentence.start]
        object_ = between.strip(" ,").removesuffix(" in").removesuffix(" on")
        # The law is the subject ("the law was passed in") or the object ("passed the law in").
        clause = object_ if len(object_) > 8 else text[: done.start()]
        if re.search(r"[,;:]|\b(?:and|but|which|who)\b", between.strip(" ,")):
            continue
        actor, found = _named(clause, actors)
        if not found:
            continue
        action = "in force" if "force" in done.group(1) or "effect" in done.group(1) else "enacted"
        span = reading.span(sentence.start + done.start(), later[0].span.end)
        content = LawContent(actor, _subject(found[0]), action, later[0].period)
        yield Draft(span, "law", f"{found[0].name}: {done.group(1)} {later[0].span.quote}", content)


def _opened(text: str, at: int, reach: int = 60) -> bool:
    """Whether what follows is denied, wished or asked: such a word stands before it in its clause."""
    clause = re.split(r"[,;:]", text[max(0, at - reach) : at])[-1]
    return _OPEN.search(clause) is not None


_SMALL = frozenset("the of and on to in for with a an between state republic".split())


def _named(clause: str, actors: list[str]) -> tuple[str, tuple[LegalFact, ...]]:
    """The law that the words name, by its title or its keywords, and its state.

    A title is named if all its telling words stand in the clause, or "law" or "act" and two more.
    """
    for actor in actors:
        found = find_laws(clause, actor)
        if found:
            return actor, found
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


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.casefold().replace("defence", "defense"))


def _subject(fact: LegalFact) -> str:
    """Words by which the table finds this law again."""
    return " ".join((fact.name, *fact.keywords[:1]))

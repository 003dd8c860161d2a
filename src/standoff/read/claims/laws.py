"""Legal facts: what was done to which law, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator

from standoff.read.claims.common import Draft, states_in
from standoff.read.reading import Reading
from standoff.reference import find_laws
from standoff.terms import LawContent, Period

_CONSTITUTION = re.compile(
    r"\bconstitutional\s+(reforms?|amendments?|revisions?|changes?)\b|"
    r"\b(amended|revised|changed|rewrote|reformed)\s+(?:its|the|their|his|her|\w+['’]s?)\s+"
    r"(?:pacifist\s+|postwar\s+)?constitution\b|"
    r"\bconstitution\s+(?:was|were|has\s+been|had\s+been)\s+(amended|revised|changed|rewritten)\b",
    re.I,
)
_DONE = re.compile(
    r"\b(passed|enacted|adopted|signed|ratified|came into force|entered into force|took effect|"
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
        if changed is not None and actors and not _OPEN.search(text[: changed.start()]):
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
        if (
            done is None
            or not dates
            or _OPEN.search(text[max(0, done.start() - 24) : done.start()])
        ):
            continue
        clause = text[: done.start()]
        actor = next((a for a in actors if find_laws(clause, a)), "")
        found = find_laws(clause, actor) if actor else ()
        later = [d for d in dates if 0 <= d.span.start - (sentence.start + done.end()) <= 30]
        if not found or not later:
            continue
        action = "in force" if "force" in done.group(1) or "effect" in done.group(1) else "enacted"
        span = reading.span(sentence.start + done.start(), later[0].span.end)
        content = LawContent(actor, clause.strip(), action, later[0].period)
        yield Draft(span, "law", f"{found[0].name}: {done.group(1)} {later[0].span.quote}", content)

"""Law, parties and forces: held against dated facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from standoff.check.agreements import check_agreement
from standoff.check.constitutions import check_constitution
from standoff.check.verdicts import unknown
from standoff.reference import Body, LegalFact, bodies, find_laws, state_names
from standoff.terms import (
    LawContent,
    NameContent,
    Outcome,
    Reference,
    Verdict,
)


def check_law(claim: str, content: LawContent) -> Verdict:
    """A law's change or date against the table of legal facts.

    A date fits if it meets the day of enactment or of coming into force.
    """
    if content.subject.startswith("agreement "):
        return check_agreement(claim, content)
    if content.subject == "constitution":
        return check_constitution(claim, content)
    found = find_laws(content.subject, content.actor)
    start, end = content.period.start, content.period.end
    if not found or start is None or end is None:
        return unknown(claim, "no legal fact of the table is meant, or no date is given")
    fact = found[0]
    days = [d for d in (fact.enacted, fact.in_force) if d is not None]
    if any(_meets(d, start, end, fact.year_only) for d in days):
        return Verdict(claim, Outcome.SUPPORTED, f"{fact.name}: {_since(fact)}", _reference(fact))
    if not days:
        return unknown(claim, f"{fact.name} has no date in the table")
    if content.action == "ratified" or (content.action == "in force" and fact.in_force is None):
        # Each party ratifies on a day of its own, and not every row has the day of coming into force.
        return unknown(claim, f"the table has no such day of {fact.name}: {_since(fact)}")
    slip = "wrong year" if all(d.year != start.year for d in days) else "wrong date"
    return Verdict(
        claim,
        Outcome.CONTRADICTED,
        f"{fact.name}: {_since(fact)}",
        _reference(fact),
        f"{content.action} {days[0]}, stated {content.period.text or start}",
        None,
        "either the day of enactment or that of coming into force fits",
        slip,
    )


def check_body(claim: str, content: NameContent) -> Verdict:
    """The name of a party or force against those of the state.

    CONTRADICTED only where the words, without the people's adjective, leave out words of exactly one
    name of that kind: "Japanese Liberal Party" for the Liberal Democratic Party.
    """
    known = [b for b in bodies() if b.actor == content.actor]
    wanted = _plain(content.name)
    short = _plain(content.name.partition(" ")[2])
    for body in known:
        if any(short == _without_state(n, body.actor) for n in body.names) or any(
            _plain(n) in (wanted, short) for n in body.names
        ):
            return Verdict(
                claim, Outcome.SUPPORTED, f"{body.name} is a known name", _body_reference(body)
            )
    if short in ("armed forces", "military forces"):
        return unknown(claim, f"{content.name} is said of the forces of any state")
    near = [b for b in known if _leaves_out(short, b, content.kind)]
    if not near and content.kind == "force":
        near = _telling_word(short, known)
    if len(near) != 1:
        return unknown(claim, f"no {content.kind} called {content.name} is known, nor one near it")
    return Verdict(
        claim,
        Outcome.CONTRADICTED,
        f"no {content.kind} called {content.name} is known; nearest: {near[0].name}",
        _body_reference(near[0]),
        slip=f"{content.name} for {near[0].name}",
    )


def _meets(day: date, start: date, end: date, year_only: bool) -> bool:
    return start.year <= day.year <= end.year if year_only else start <= day <= end


def _since(fact: LegalFact) -> str:
    parts: list[str] = []
    if fact.enacted:
        parts.append(f"enacted {fact.enacted.year if fact.year_only else fact.enacted}")
    if fact.in_force:
        parts.append(f"in force {fact.in_force.year if fact.year_only else fact.in_force}")
    return ", ".join(parts)


def _reference(fact: LegalFact) -> Reference:
    o = fact.origin
    return Reference(f"{fact.name}: {_since(fact)}", o.source, o.release, fact.enacted, o.url)


def _body_reference(body: Body) -> Reference:
    p = body.provenance
    return Reference(body.name, p.source, p.release, body.start, p.url)


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    words = re.findall(r"[a-z]+", name.casefold().replace("defence", "defense"))
    return " ".join(w for w in words if w not in ("the", "of"))


@lru_cache(maxsize=8192)
def _without_state(name: str, actor: str) -> str:
    """A name without the state's own: Israel Defense Forces and Israeli Defense Forces are one."""
    plain = _plain(name)
    for n in state_names():
        if n.actor != actor:
            continue
        word = _plain(n.name)
        if word and plain.startswith(word + " "):
            return plain.removeprefix(word + " ")
        if word and plain.endswith(" " + word):
            return plain.removesuffix(" " + word)
    return plain


# Words that say what a body is, not which: many forces of one state have them in common.
_COMMON = frozenset(
    "army armed force forces navy naval air fleet corps guard guards marine marines national royal"
    " republic people peoples s defense defence ground land sea coast space special operations rapid"
    " reserve border security state federal united joint military command staff general service"
    " islamic democratic police militia territorial strategic missile rocket cyber support brigade"
    " volunteer expeditionary intervention self eastern western northern southern central maritime"
    .split()
)  # fmt: skip


def _telling_word(short: str, known: Sequence[Body]) -> list[Body]:
    """The one family of forces with which an unknown force shares a telling word.

    "Liberation Forces" is near the People's Liberation Army and its branches: the shortest name of
    the family stands for it. Nothing is near if forces outside the family have the word too.
    """
    words = set(short.split()) - _COMMON
    if len(words) != 1:
        return []
    found = [b for b in known if _is_force(b) and words & set(_words(b.name))]
    if not found:
        return []
    head = min(found, key=lambda b: (len(b.name), b.name))
    return [head] if all(b.name.startswith(head.name) for b in found) else []


def _is_force(body: Body) -> bool:
    return body.sector == "MIL"


def _words(name: str) -> list[str]:
    return _plain(name).split()


def _leaves_out(short: str, body: Body, kind: str) -> bool:
    """Whether `short` is a name of the body with words left out, at least two kept."""
    if (kind == "party") != (body.kind == "party" or "party" in body.kind):
        return False
    few = short.split()
    if len(few) < 2:
        return False
    for name in body.names:
        many = _plain(name).split()
        rest = iter(many)
        if len(many) > len(few) and few[-1] == many[-1] and all(w in rest for w in few):
            return True
    return False

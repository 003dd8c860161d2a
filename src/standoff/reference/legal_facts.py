"""Dated legal facts: what a law, treaty, decision or doctrine allows, since when, and on what trigger.

Reports often give the wrong kind ("Japan amended its constitution"), the wrong date (enacted for
in force) or a duty that is not there ("the Taiwan Relations Act obliges the United States to
defend Taiwan"). Each row says what is commonly misreported. It says nothing on whether the law is
good or valid in the eyes of others.

Dates are given as far as they were checked: a day, or a year only (then the span is the year).

Examples:
    >>> law("jpn-security-legislation-2015").in_force
    datetime.date(2016, 3, 29)
    >>> [x.id for x in laws() if (x.actor, x.kind) == ("JPN", "constitution")]
    ['jpn-constitution']
    >>> [x.id for x in find_laws("amended the constitution of Japan")][0]
    'jpn-constitution'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from standoff.errors import FactError
from standoff.reference.provenance import Provenance, read_rows

__all__ = ["LegalFact", "LegalKind", "find_laws", "law", "laws"]

LegalKind = Literal[
    "constitution",
    "statute",
    "treaty",
    "executive decision",
    "doctrine",
    "declaration",
    "resolution",
]
_KINDS = (
    "constitution",
    "statute",
    "treaty",
    "executive decision",
    "doctrine",
    "declaration",
    "resolution",
)
_COMMON = frozenset("the of and to in on a an for law act treaty agreement".split())


@dataclass(frozen=True, slots=True)
class LegalFact:
    """One legal fact.

    Attributes:
        id: stable key.
        actor: code of the state (or organisation) whose law it is; for a treaty the first named.
        name: title.
        kind: constitution, statute, treaty, executive decision, doctrine, declaration, resolution.
        enacted, in_force, ended: days where known, None where not or not applicable.
        year_only: True where the source gives years only; such dates stand on 1 January.
        allows, trigger: what it provides, and the condition on which it does.
        misreported: the common error and what is the case.
        keywords: words by which :func:`find_laws` finds it.
        origin: source, release, date and check.
    """

    id: str
    actor: str
    name: str
    kind: LegalKind
    enacted: date | None
    in_force: date | None
    ended: date | None
    year_only: bool
    allows: str
    trigger: str
    misreported: str
    keywords: tuple[str, ...]
    origin: Provenance

    def holds_on(self, day: date) -> bool | None:
        """Was it in force on a day? None where no date of entry into force is known."""
        start = self.in_force or self.enacted
        if start is None:
            return None
        return start <= day and (self.ended is None or day < self.ended)


def _day(text: str) -> date | None:
    if not text:
        return None
    return date(int(text), 1, 1) if len(text) == 4 else date.fromisoformat(text)


@lru_cache(maxsize=1)
def _table() -> dict[str, LegalFact]:
    found: dict[str, LegalFact] = {}
    for row in read_rows("laws.csv"):
        if row["kind"] not in _KINDS or row["id"] in found:
            raise FactError(f"the law {row['id']!r} ({row['kind']})", " | ".join(_KINDS), "fix it")
        dates = (row["enacted"], row["in_force"], row["ended"])
        found[row["id"]] = LegalFact(
            id=row["id"],
            actor=row["actor"],
            name=row["law"],
            kind=row["kind"],
            enacted=_day(dates[0]),
            in_force=_day(dates[1]),
            ended=_day(dates[2]),
            year_only=any(len(d) == 4 for d in dates),
            allows=row["allows"],
            trigger=row["trigger"],
            misreported=row["misreported"],
            keywords=tuple(k for k in row["keywords"].split(";") if k),
            origin=Provenance.of(row, "laws.csv"),
        )
    return found


def laws() -> tuple[LegalFact, ...]:
    """All legal facts in the order of the table.

    Example:
        >>> len(laws()) >= 30
        True
    """
    return tuple(_table().values())


def law(law_id: str) -> LegalFact:
    """The legal fact with this id.

    Raises:
        FactError: no such id.
    """
    found = _table().get(law_id)
    if found is None:
        raise FactError(f"the law {law_id!r}", "an id of laws.csv", "standoff facts list laws")
    return found


@lru_cache(maxsize=4096)
def find_laws(text: str, actor: str | None = None) -> tuple[LegalFact, ...]:
    """Legal facts that a text seems to speak of, best first; () if none.

    A fact scores for each of its keywords that stands in the text (longer ones more), and for
    each telling word of its title. One word alone is not enough unless it is a keyword.

    Example:
        >>> [x.id for x in find_laws("Article 8 of the Anti-Secession Law")][0]
        'chn-anti-secession-2005'
        >>> find_laws("the weather in Paris")
        ()
    """
    folded = f" {' '.join(re.findall(r'[a-z0-9%]+', text.casefold()))} "
    scored: list[tuple[float, str]] = []
    for fact in laws():
        if actor is not None and fact.actor != actor:
            continue
        score = 0.0
        for keyword in fact.keywords:
            words = re.findall(r"[a-z0-9%]+", keyword.casefold())
            if words and f" {' '.join(words)} " in folded:
                score += 1.0 + len(words)
        if score:
            title = set(re.findall(r"[a-z0-9]+", fact.name.casefold())) - _COMMON
            score += sum(0.5 for word in title if f" {word} " in folded)
            scored.append((-score, fact.id))
    return tuple(_table()[key] for _, key in sorted(scored))

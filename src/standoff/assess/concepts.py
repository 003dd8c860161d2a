"""What the words of an argument are taken for in the game: concepts as data, matched strictly.

A node that names no concept, or a concept without the actor it must be of, is not expressible. That is
the common case, and the honest one: a wrong stand-in would test another sentence.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from standoff.systems import System
from standoff.terms import ArgumentNode

_WORD = re.compile(r"n['’]t\b|[^\W\d_]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Concept:
    """One entry of `data/concepts.toml`, where its fields are explained."""

    id: str
    words: tuple[str, ...]
    role: tuple[str, ...]
    also: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    change: str = ""
    outcome: str = ""
    after: str = ""
    state: str = ""
    turned: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one node is taken for: a concept of an actor; `turned` where its words deny or lower it."""

    concept: str
    actor: str
    turned: bool
    change: str
    outcome: str
    after: str
    state: str
    reason: str


def meaning_of(node: ArgumentNode, system: System) -> Meaning | None:
    """The concept that a node names, with its actor in the system; None for none.

    >>> from standoff.systems import load_system
    >>> from standoff.terms import Span
    >>> words = "an invasion of Taiwan"
    >>> found = meaning_of(ArgumentNode("N-01", Span(0, 21, words), ("TWN",)),
    ...                    load_system("west-pacific-2021"))
    >>> found.concept, found.outcome
    ('attack', 'logit war')
    """
    concepts, turning = _data()
    words = [w.lower().replace("’", "'") for w in _WORD.findall(node.span.quote)]
    for concept in concepts:
        if not _names(words, concept.words):
            continue
        if concept.also and not _names(words, concept.also):
            continue
        if concept.needs and not _names(words, concept.needs):
            continue
        actor = _actor(concept, node.actors, system)
        if actor is None:
            continue
        # A word that names the concept does not turn it: "Taiwan would fall".
        others = [w for w in words if not _names([w], concept.words)]
        turned = concept.turned and sum(_names([w], turning) for w in others) % 2 == 1
        change, outcome, after = (
            t.replace("{who}", actor) for t in (concept.change, concept.outcome, concept.after)
        )
        return Meaning(
            concept.id, actor, turned, change, outcome, after, concept.state, concept.reason
        )
    return None


def _names(words: list[str], patterns: tuple[str, ...]) -> bool:
    return any(w.startswith(p[:-1]) if p.endswith("*") else w == p for p in patterns for w in words)


def _actor(concept: Concept, named: tuple[str, ...], system: System) -> str | None:
    """Who of the named is in the concept's role; None for nobody."""
    holders: Mapping[str, tuple[str, ...]] = {
        "challenger": (system.challenger,),
        "protege": (system.protege,),
        "patron": (system.patron,) if system.patron else (),
        "defender": system.defenders,
        "ally": tuple(d for d in system.defenders if d != system.patron),
        "supporter": system.supporters,
        "proliferator": system.proliferators,
    }
    for role in concept.role:
        if role == "none":
            return ""
        if role == "alone":
            if set(named) <= {system.challenger, system.protege}:
                return system.challenger
            continue
        found = [a for a in named if a in holders[role]]
        if found:
            return found[0]
    return None


@lru_cache(maxsize=1)
def _data() -> tuple[tuple[Concept, ...], tuple[str, ...]]:
    path = resources.files("standoff.assess") / "data" / "concepts.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    turning = tuple(str(raw["turning"]["words"]).split())
    return tuple(_concept(row) for row in raw["concept"]), turning


def _concept(row: Mapping[str, Any]) -> Concept:
    def words(name: str) -> tuple[str, ...]:
        return tuple(str(row.get(name, "")).split())

    return Concept(
        id=str(row["id"]),
        words=words("words"),
        role=words("role"),
        also=words("with"),
        needs=words("needs"),
        change=str(row.get("change", "")),
        outcome=str(row.get("outcome", "")),
        after=str(row.get("after", "")),
        state=str(row.get("state", "")),
        turned=bool(row.get("turned", True)),
        reason=str(row["reason"]),
    )

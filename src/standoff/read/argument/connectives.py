"""The words that say that one thing causes another, from `data/connectives.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast

KINDS = ("verb", "mark", "phrase", "adverb", "noun", "adjective")


@dataclass(frozen=True, slots=True)
class Connective:
    """One rule. The comments at the head of the data say what each field means."""

    id: str
    kind: str
    words: tuple[str, ...]
    sign: int
    preps: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    object: bool = False
    clause: bool = False
    agent: bool = True
    reversed: bool = False
    needs: bool = False
    passive: bool = False
    verbs: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    gift: bool = False
    modal: bool = False
    must: bool = False
    cause: str = ""
    keep: int = 0
    told: str = ""
    example: str = ""
    sides: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Connectives:
    """All rules by kind, and the classes of words beside them."""

    rules: tuple[Connective, ...]
    words: dict[str, frozenset[str]]
    modals: dict[str, str]

    @property
    def marks(self) -> frozenset[str]:
        """Every word that opens a clause of cause, aim or condition."""
        return frozenset(w for r in self.rules if r.kind == "mark" for w in r.words)

    def of(self, kind: str) -> tuple[Connective, ...]:
        """The rules of one kind, in the order of the file."""
        return tuple(r for r in self.rules if r.kind == kind)


@lru_cache(maxsize=1)
def connectives() -> Connectives:
    """The shipped rules.

    >>> [r.id for r in connectives().of("mark")][:2]
    ['because', 'so-that']
    """
    raw = tomllib.loads(files("standoff.read").joinpath("data/connectives.toml").read_text("utf-8"))
    rules = tuple(_rule(kind, row) for kind in KINDS for row in raw[kind])
    classes: dict[str, frozenset[str]] = {}
    for name, row in raw.items():
        if isinstance(row, dict) and "words" in row:
            classes[name] = frozenset(cast("str", row["words"]).split())
    for name in ("up", "down", "less"):
        classes[name] = frozenset(cast("str", raw["likelihood"][name]).split())
    modals = {k: str(v) for k, v in raw["modals"].items() if k != "reason"}
    return Connectives(rules, classes, modals)


def _rule(kind: str, row: dict[str, Any]) -> Connective:
    words = row["words"].split() if isinstance(row["words"], str) else row["words"]
    cause, _, effect = str(row["sides"]).partition(" > ")
    return Connective(
        id=row["id"],
        kind=kind,
        words=tuple(words),
        sign=1 if row["sign"] == "+" else -1,
        preps=frozenset(str(row.get("preps", "")).split()),
        particles=frozenset(str(row.get("particles", "")).split()),
        object=bool(row.get("object", False)),
        clause=bool(row.get("clause", False)),
        agent=bool(row.get("agent", True)),
        reversed=bool(row.get("reversed", False)),
        needs=bool(row.get("needs", False)),
        passive=bool(row.get("passive", False)),
        verbs=frozenset(str(row.get("verbs", "")).split()),
        nouns=frozenset(str(row.get("nouns", "")).split()),
        gift=bool(row.get("gift", False)),
        modal=bool(row.get("modal", False)),
        must=bool(row.get("must", False)),
        cause=str(row.get("cause", "")),
        keep=int(row.get("keep", 0)),
        told=str(row.get("told", "")),
        example=row["ex"],
        sides=(cause, effect),
    )

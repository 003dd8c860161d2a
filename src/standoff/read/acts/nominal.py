"""Acts that a noun names with both sides on it, told to have taken place: "Serb attacks on Bosnia
continued", "talks between Chile and Argentina ended"."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

from standoff.read.acts.casting import Cast
from standoff.read.acts.parties import Parties
from standoff.read.acts.predicates import Predicate
from standoff.read.acts.recall import Reached
from standoff.read.frames import Frame, plain_frame
from standoff.read.lexicon_words import words_of
from standoff.read.syntax import Tree

_PATIENT = (
    "on",
    "against",
    "at",
    "to",
    "into",
    "in",
    "of",
    "from",
    "with",
    "for",
    "over",
    "near",
    "toward",
)
_DOER = ("by", "from")
_BETWEEN = ("between", "among", "with")


@dataclass(frozen=True, slots=True)
class NounFrame:
    """A frame that nouns stand for; those of `mutual` have all parties on both sides."""

    frame: Frame
    words: frozenset[str]
    mutual: frozenset[str]


@lru_cache(maxsize=1)
def noun_frames() -> dict[str, NounFrame]:
    """The frame of each noun of an act.

    >>> noun_frames()["attack"].frame.event.value
    'ASSAULT'
    """
    raw: dict[str, dict[str, Any]] = tomllib.loads(
        files("standoff.read").joinpath("data/nouns.toml").read_text("utf-8")
    )
    out: dict[str, NounFrame] = {}
    for name, row in raw.items():
        frame = plain_frame(row["event"], f"noun-{name}")
        words = frozenset(row["words"].split())
        entry = NounFrame(frame, words, frozenset(row.get("mutual", "").split()))
        out |= dict.fromkeys(words, entry)
    return out


def nominal_acts(
    tree: Tree, verbs: dict[int, Predicate], parties: Parties
) -> Iterator[tuple[Predicate, int, Frame, Cast]]:
    """(verb that tells it, noun, frame, sides) of every such act of a sentence."""
    for token in tree.tokens:
        entry = noun_frames().get(token.lemma) if token.tag == "NOUN" else None
        if entry is None:
            continue
        verb = _teller(tree, verbs, token.index)
        if verb is None:
            continue
        cast = _sides(tree, parties, token.index, entry, verb)
        if cast is not None:
            yield verb, token.index, entry.frame, cast


def _teller(tree: Tree, verbs: dict[int, Predicate], noun: int) -> Predicate | None:
    """The verb by which the act of the noun is told to take place."""
    at = noun
    while tree[at].dep == "conj" and tree[tree[at].head].tag == "NOUN":
        at = tree[at].head
    verb = verbs.get(tree[at].head)
    if verb is None:
        return None
    told = words_of("occurring") | (words_of("concluding") if verb.passive else frozenset[str]())
    if tree[at].dep in ("nsubj", "nsubjpass") and verb.lemma in told:
        return verb
    there = tree.kid(verb.head, "expl") >= 0 and tree[at].dep == "attr"
    return verb if there else None


def _sides(
    tree: Tree, parties: Parties, noun: int, entry: NounFrame, verb: Predicate
) -> Cast | None:
    goals: dict[str, tuple[Reached, ...]] = {}
    beside = [k for k in tree.kids(verb.head, "prep") if tree[k].lower in _BETWEEN[:2]]
    for kid in (*tree.kids(noun, "prep"), *beside):
        goal = tree.kid(kid, "pobj")
        if goal >= 0:
            goals.setdefault(tree[kid].lower, parties.of(goal))
    for prep in _BETWEEN[:2]:
        both = goals.get(prep, ())
        if len({r.party.actor for r in both}) > 1:
            return Cast(both, both)
    owner = tuple(parties.owners(noun))
    leaves = entry.frame.event.value == "RETREAT"  # "the withdrawal of Russian troops from Latvia"
    doers = next((goals[p] for p in (("by", "of") if leaves else _DOER) if goals.get(p)), owner)
    lemma = tree[noun].lemma
    if lemma in entry.mutual:
        if len({r.party.actor for r in doers}) > 1 and not goals.get("with"):
            return Cast(doers, doers)
        other = goals.get("with", ())
        return Cast((*doers, *other), (*doers, *other)) if doers and other else None
    own = {r.party.actor for r in doers}
    for prep in _PATIENT:
        if doers is goals.get(prep):
            continue
        hit = tuple(r for r in goals.get(prep, ()) if r.party.actor not in own)
        if hit and doers:
            return Cast(doers, hit)
    return None


def of_noun(verb: Predicate, noun: int) -> Predicate:
    """The verb with the noun as what it tells: for span and trigger."""
    return replace(verb, subject=noun, path="subject")

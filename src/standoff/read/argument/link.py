"""One causal link of a sentence, as tokens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from standoff.read.argument.connectives import Connective, connectives
from standoff.read.argument.sides import Side
from standoff.read.syntax import Tree


@dataclass(frozen=True, slots=True)
class Link:
    """A causal link as tokens; `at` is the token under whose verbs it is held, `words` the connective."""

    cause: Side
    effect: Side
    words: tuple[int, int]
    at: int
    rule: Connective
    sign: int
    denied: bool
    told: str


Bare = Callable[[int], bool]
"""Whether a token is an actor's name or office and nothing else."""


def denied(tree: Tree, verb: int) -> bool:
    """Whether the verb, or one that it is an infinitive of, is negated."""
    while True:
        if tree.kid(verb, "neg") >= 0 or (
            tree[verb].dep == "xcomp"
            and tree[tree[verb].head].lemma in connectives().words["failing"]
        ):
            return True
        if tree[verb].dep != "xcomp":
            return False
        verb = tree[verb].head

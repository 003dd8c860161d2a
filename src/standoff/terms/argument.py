"""What a text says causes what: nodes, signed edges, who holds them, and the chains they form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from standoff.terms.text import Document, Span

HolderKind = Literal["says", "believes", "intends"]
Assertion = Literal[
    "asserted", "attributed", "inferred", "conditional", "hypothetical", "forecast"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ArgumentNode:
    """A clause or phrase that is cause or effect of something, at its place in the text.

    `actors` are the states and bodies that it names. `refers` is what a node of few words stands
    for ("this", "such a move"), where that was found.
    """

    id: str
    span: Span
    actors: tuple[str, ...] = ()
    refers: Span | None = None


@dataclass(frozen=True, slots=True)
class BeliefHolder:
    """Whose word, belief or aim an edge is, besides the author's; `actor` is "" for nobody known."""

    kind: HolderKind
    words: str
    span: Span | None = None
    actor: str = ""


@dataclass(frozen=True, slots=True)
class ArgumentEdge:
    """`cause` raises (`sign` +1) or lowers (-1) `effect`; both are ids of nodes.

    `denied`: the text says that it does not. `connective` are the words that say so, `rule` the line
    of the data that read them. `told` is the word of modality ("may", "would", "if", ""), `holders`
    are outermost first. `order` is 1 about the world, 2 about a belief, 3 about a belief about one.
    """

    id: str
    cause: str
    effect: str
    sign: int
    denied: bool
    connective: Span
    rule: str
    assertion: Assertion
    told: str = ""
    holders: tuple[BeliefHolder, ...] = ()
    order: int = 1


@dataclass(frozen=True, slots=True)
class Argument:
    """The causal argument of one text; `chains` are runs of edge ids, each of two or more."""

    document: Document
    nodes: tuple[ArgumentNode, ...] = ()
    edges: tuple[ArgumentEdge, ...] = ()
    chains: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()

    def node(self, id: str) -> ArgumentNode:
        """The node of that id."""
        return next(n for n in self.nodes if n.id == id)

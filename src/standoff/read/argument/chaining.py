"""Nodes from spans, and chains: an edge goes on where another ends, by its words or by "this"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from standoff.read.argument.connectives import connectives
from standoff.read.reading import Reading
from standoff.terms import ArgumentEdge, ArgumentNode, Span

Draft = tuple[Span, Span, ArgumentEdge]
_SHORT = 4
"""Words of a phrase that may stand for what was told before: "such a chain of events" has more."""
_LONGEST = 64
"""Edges of one chain, and chains from one edge: a text that goes round in circles ends here."""


def chained(
    reading: Reading, drafts: Sequence[Draft]
) -> tuple[tuple[ArgumentNode, ...], tuple[ArgumentEdge, ...], tuple[tuple[str, ...], ...]]:
    """Nodes, edges with ids, and chains of the drafts, in order of the text."""
    made: dict[tuple[int, int], ArgumentNode] = {}
    edges: list[ArgumentEdge] = []
    for number, (cause, effect, edge) in enumerate(drafts, 1):
        start, end = (_node(reading, made, span) for span in (cause, effect))
        edges.append(replace(edge, id=f"G-{number:02d}", cause=start.id, effect=end.id))
    nodes = {n.id: n for n in made.values()}
    ending: dict[int, list[ArgumentEdge]] = defaultdict(list)
    joined: dict[int, list[ArgumentEdge]] = defaultdict(list)
    for edge in edges:  # what shares words stands in one sentence
        ending[_sentence(reading, nodes[edge.effect].span)].append(edge)
        joined[_sentence(reading, edge.connective)].append(edge)
    follows: dict[str, list[str]] = {e.id: [] for e in edges}
    for later in edges:
        here = _sentence(reading, nodes[later.cause].span)
        before = [
            e.id for e in ending[here] if e.id != later.id and _goes_on(nodes, e, later)
        ]  # fmt: skip
        for id in before:
            follows[id].append(later.id)
        found = None if before else _antecedent(reading, nodes[later.cause], joined, nodes)
        if found is not None:
            nodes[later.cause] = replace(nodes[later.cause], refers=found[0])
            if found[1]:
                follows[found[1]].append(later.id)
    return tuple(nodes.values()), tuple(edges), _runs(follows)


def _node(reading: Reading, made: dict[tuple[int, int], ArgumentNode], span: Span) -> ArgumentNode:
    """The node over a span; the same words are one node."""
    key = span.start, span.end
    if key not in made:
        named = dict.fromkeys(m.party.actor for m in reading.mentions_in(span.start, span.end))
        made[key] = ArgumentNode(f"N-{len(made) + 1:02d}", span, tuple(named))
    return made[key]


def _sentence(reading: Reading, span: Span) -> int:
    here = reading.sentence_at(span.start)
    return -1 if here is None else here.index


def _goes_on(nodes: dict[str, ArgumentNode], earlier: ArgumentEdge, later: ArgumentEdge) -> bool:
    """Whether the effect of one is the cause of the other: the same words, or most of the shorter."""
    if earlier.effect == later.cause:
        return True
    a, b = nodes[earlier.effect].span, nodes[later.cause].span
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared * 2 > min(a.end - a.start, b.end - b.start) and earlier.cause != later.cause


def _antecedent(
    reading: Reading, node: ArgumentNode, joined: Mapping[int, Sequence[ArgumentEdge]],
    nodes: dict[str, ArgumentNode],
) -> tuple[Span, str] | None:  # fmt: skip
    """What "this" stands for: the last effect of the sentence before, else that sentence."""
    words = node.span.quote.lower().split()
    if not words or words[0] not in connectives().words["anaphors"]:
        return None
    if len(words) > _SHORT and words[0] != "such":
        return None
    here = reading.sentence_at(node.span.start)
    if here is None or here.index == 0:
        return None
    inside = [
        e for e in joined.get(here.index, ())
        if e.connective.start < node.span.start and nodes[e.effect].span.end <= node.span.start
    ] or list(joined.get(here.index - 1, ()))  # fmt: skip
    if inside:
        return nodes[inside[-1].effect].span, inside[-1].id
    before = reading.sentences[here.index - 1]
    return (reading.span(before.start, before.end), "") if len(words) == 1 else None


def _runs(follows: dict[str, list[str]]) -> tuple[tuple[str, ...], ...]:
    """The longest runs of edges from each edge that follows none."""
    later = {id for ids in follows.values() for id in ids}
    found: list[tuple[str, ...]] = []
    for first in (id for id in follows if id not in later and follows[id]):
        stack: list[tuple[str, ...]] = [(first,)]
        ended: list[tuple[str, ...]] = []
        while stack:
            run = stack.pop(0)
            on = [id for id in follows[run[-1]] if id not in run]
            if not on or len(run) >= _LONGEST or len(ended) + len(stack) >= _LONGEST:
                ended.append(run)
            else:
                stack.extend((*run, id) for id in on)
        found.extend(r for r in ended if len(r) > 1)
    return tuple(found)

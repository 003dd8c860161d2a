"""Nodes from spans, and chains: an edge goes on where another ends, by its words or by "this"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from standoff.read.argument.connectives import connectives
from standoff.read.reading import Reading
from standoff.terms import ArgumentEdge, ArgumentNode, Span

Draft = tuple[Span, Span, ArgumentEdge]
_SHORT = 4
"""Words of a phrase that may stand for what was told before: "such a chain of events" has more."""
_LONGEST = 64
"""Edges of one chain; a text that goes round in circles ends here."""


def chained(
    reading: Reading, drafts: Sequence[Draft]
) -> tuple[tuple[ArgumentNode, ...], tuple[ArgumentEdge, ...], tuple[tuple[str, ...], ...]]:
    """Nodes, edges with ids, and chains of the drafts, in order of the text."""
    nodes: list[ArgumentNode] = []
    edges: list[ArgumentEdge] = []
    for number, (cause, effect, edge) in enumerate(drafts, 1):
        start = _node(reading, nodes, cause)
        end = _node(reading, nodes, effect)
        edges.append(replace(edge, id=f"G-{number:02d}", cause=start, effect=end))
    by_id = {n.id: n for n in nodes}
    follows: dict[str, list[str]] = {e.id: [] for e in edges}
    for later in edges:
        for earlier in edges:
            if earlier.id != later.id and _goes_on(by_id, earlier, later):
                follows[earlier.id].append(later.id)
    for later in edges:
        if any(later.id in ids for ids in follows.values()):
            continue
        antecedent = _antecedent(reading, by_id[later.cause], edges, by_id)
        if antecedent is not None:
            node, link = antecedent
            by_id[later.cause] = replace(by_id[later.cause], refers=node)
            if link:
                follows[link].append(later.id)
    return tuple(by_id[n.id] for n in nodes), tuple(edges), _runs(follows)


def _node(reading: Reading, nodes: list[ArgumentNode], span: Span) -> str:
    for node in nodes:
        if (node.span.start, node.span.end) == (span.start, span.end):
            return node.id
    named = dict.fromkeys(m.party.actor for m in reading.mentions_in(span.start, span.end))
    made = ArgumentNode(f"N-{len(nodes) + 1:02d}", span, tuple(named))
    nodes.append(made)
    return made.id


def _goes_on(nodes: dict[str, ArgumentNode], earlier: ArgumentEdge, later: ArgumentEdge) -> bool:
    """Whether the effect of one is the cause of the other: the same words, or most of the shorter."""
    if earlier.effect == later.cause:
        return True
    a, b = nodes[earlier.effect].span, nodes[later.cause].span
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared * 2 > min(a.end - a.start, b.end - b.start) and earlier.cause != later.cause


def _antecedent(
    reading: Reading,
    node: ArgumentNode,
    edges: Sequence[ArgumentEdge],
    nodes: dict[str, ArgumentNode],
) -> tuple[Span, str] | None:
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
        e for e in edges if here.start <= e.connective.start < node.span.start
        and nodes[e.effect].span.end <= node.span.start
    ]  # fmt: skip
    before = reading.sentences[here.index - 1]
    inside = inside or [e for e in edges if before.start <= e.connective.start < before.end]
    if inside:
        return nodes[inside[-1].effect].span, inside[-1].id
    return (reading.span(before.start, before.end), "") if len(words) == 1 else None


def _runs(follows: dict[str, list[str]]) -> tuple[tuple[str, ...], ...]:
    """The longest runs of edges from each edge that follows none."""
    later = {id for ids in follows.values() for id in ids}
    found: list[tuple[str, ...]] = []
    stack: list[tuple[str, ...]] = [(id,) for id in follows if id not in later and follows[id]]
    while stack:
        run = stack.pop(0)
        on = [id for id in follows[run[-1]] if id not in run]
        if not on or len(run) >= _LONGEST or len(found) + len(stack) > _LONGEST:
            found.append(run)
        else:
            stack.extend((*run, id) for id in on)
    return tuple(r for r in found if len(r) > 1)

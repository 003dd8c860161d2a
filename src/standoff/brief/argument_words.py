"""The argument of a text in words: each edge in a few lines, then the chains."""

from __future__ import annotations

from collections.abc import Iterator

from standoff.assess import JudgedArgument, JudgedEdge
from standoff.terms import ArgumentEdge


def sign_word(edge: ArgumentEdge) -> str:
    """What a cause does to its effect."""
    word = "raises" if edge.sign > 0 else "lowers"
    return f"does not {word.removesuffix('s')}, so the text says," if edge.denied else word


def holder_words(edge: ArgumentEdge) -> str:
    """Who holds an edge besides the author, outermost first."""
    return ", ".join(
        f"{h.words or 'somebody'}{f' ({h.actor})' if h.actor else ''} {h.kind}"
        for h in edge.holders
    )


def argument_lines(found: JudgedArgument) -> Iterator[str]:
    """The argument for a terminal, the twin of the picture."""
    yield from found.argument.notes
    if not found.edges:
        yield "no causal edge was found"
        return
    for e in found.edges:
        yield from _edge(found, e)
    for number, chain in enumerate(found.argument.chains, 1):
        yield f"chain {number}   {' -> '.join(chain)}"
    if found.counts():
        yield ", ".join(f"{n} {name}" for name, n in found.counts().items())


def _edge(found: JudgedArgument, e: JudgedEdge) -> Iterator[str]:
    edge = e.edge
    cause, effect = (found.argument.node(i) for i in (edge.cause, edge.effect))
    told = f"{edge.assertion}{f', {edge.told!r}' if edge.told else ''}"
    if edge.holders:
        told += f"; {holder_words(edge)}"
    yield f"{edge.id}   {_flat(cause.span.quote)}   [{cause.span.start}-{cause.span.end}]"
    if cause.refers:
        yield f"       that is: {_flat(cause.refers.quote)}"
    yield f"       {sign_word(edge)}   ({told}; order {edge.order}; «{_flat(edge.connective.quote)}»)"
    yield f"       {_flat(effect.span.quote)}   [{effect.span.start}-{effect.span.end}]"
    if e.disposition:
        yield f"       model: {e.disposition}. {_model(e)}"
    yield ""


def _model(e: JudgedEdge) -> str:
    taken = " -> ".join(t or "?" for t in (e.cause_as, e.effect_as))
    if e.judged is None or e.judged.effect is None:
        return f"{e.why} ({taken})" if taken != "? -> ?" else e.why
    effect = e.judged.effect
    text = (
        f"{taken}: {effect.median:+.2g} ({effect.low:+.2g} to {effect.high:+.2g}), {e.judged.unit}"
    )
    none = [r.term for r in e.judged.leans_on if r.nothing]
    if none:
        text += f"; nothing is left without {' or without '.join(none)}"
    return text


def _flat(words: str) -> str:
    return " ".join(words.split())

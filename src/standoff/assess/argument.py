"""What the model makes of the argument of any text: each edge that it can express, tested in the game.

The two sides of an edge are taken for concepts of the game (`concepts.py`), and the edge is judged as the
declared links of a system are (`chains.py`). What the sides were taken for stands beside the outcome.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from standoff.assess.answer import Workbench, open_workbench
from standoff.assess.bench import open_bench
from standoff.assess.chains import JudgedLink, judge_link
from standoff.assess.concepts import Meaning, meaning_of
from standoff.assess.dependence import elicited_terms
from standoff.ledger import Ledger
from standoff.measure import measure_stance
from standoff.systems import CausalLink, System
from standoff.terms import Argument, ArgumentEdge, ArgumentNode, Span

NOT_EXPRESSIBLE = "not expressible"

_SAME = re.compile(r"\bdo (?:the same|so|likewise)\b", re.I)
"""An effect that is the cause again, of somebody else: "might spur South Korea to do the same"."""


@dataclass(frozen=True, slots=True)
class JudgedEdge:
    """An edge of a text and what the model makes of it; `judged` is None where it cannot be tested."""

    edge: ArgumentEdge
    disposition: str
    why: str
    cause_as: str = ""
    effect_as: str = ""
    judged: JudgedLink | None = None


@dataclass(frozen=True, slots=True)
class JudgedArgument:
    """The argument of a text; with a system, what its model makes of each edge."""

    argument: Argument
    system: str
    as_of: date | None
    draws: int
    seed: int
    edges: tuple[JudgedEdge, ...]

    def counts(self) -> dict[str, int]:
        """How many edges have each disposition, the most frequent first."""
        names = [e.disposition for e in self.edges if e.disposition]
        return {k: names.count(k) for k in sorted(set(names), key=lambda k: (-names.count(k), k))}

    def payload(self) -> dict[str, Any]:
        """As plain data: text, nodes, edges, chains; offsets are code points, half open."""
        text = self.argument.document
        return {
            "text": {"sha256": text.sha256, "title": text.title, "source": text.source,
                     "published": text.published.isoformat()},
            "system": self.system or None,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "draws": self.draws if self.system else None,
            "seed": self.seed if self.system else None,
            "dispositions": self.counts(),
            "nodes": [_node(n) for n in self.argument.nodes],
            "edges": [_edge(e) for e in self.edges],
            "chains": [list(c) for c in self.argument.chains],
            "notes": list(self.argument.notes),
        }  # fmt: skip


def system_bench(
    system: System, *, as_of: date, draws: int = 2000, seed: int = 1, ledger: Ledger | None = None
) -> Workbench:
    """The game of a system to test an argument in: under a dossier's record, or without any report."""
    if ledger is not None:
        return open_bench(ledger, system, as_of=as_of, draws=draws, seed=seed)
    blank = measure_stance((), at=as_of)
    return open_workbench(system, blank, blank, at=as_of, draws=draws, seed=seed)


def judge_argument(argument: Argument, bench: Workbench | None = None) -> JudgedArgument:
    """Every edge of a text with what the model makes of it; without a bench, the edges alone.

    Nothing is kept in a dossier.
    """
    if bench is None:
        edges = tuple(JudgedEdge(e, "", "") for e in argument.edges)
        return JudgedArgument(argument, "", None, 0, 0, edges)
    terms = elicited_terms(bench)
    edges = tuple(_judge(bench, argument, e, terms) for e in argument.edges)
    return JudgedArgument(argument, bench.system.slug, bench.at, bench.draws.n, bench.seed, edges)


def _judge(
    bench: Workbench, argument: Argument, edge: ArgumentEdge, terms: Mapping[str, Sequence[str]]
) -> JudgedEdge:
    cause, effect = (_stands_for(argument, edge.cause), _stands_for(argument, edge.effect))
    before, after = meaning_of(cause, bench.system), meaning_of(effect, bench.system)
    if after is None and _SAME.search(effect.span.quote):
        after = meaning_of(replace(cause, actors=effect.actors), bench.system)
    taken = _taken(before), _taken(after)
    if edge.denied:
        why = "the text denies an effect; a test of signs cannot show that there is none"
        return JudgedEdge(edge, NOT_EXPRESSIBLE, why, *taken)
    if before is None or after is None:
        side = "cause" if before is None else "effect"
        why = f"the {side} names nothing that the game has, of an actor in its role"
        return JudgedEdge(edge, NOT_EXPRESSIBLE, why, *taken)
    link = _link(edge, cause, effect, before, after)
    if link is None or not _known(bench, link):
        why = "the game has no change for this cause, or no outcome for this effect"
        return JudgedEdge(edge, NOT_EXPRESSIBLE, why, *taken)
    found = judge_link(bench, link, edge.id, terms)
    return JudgedEdge(edge, found.disposition, f"{before.reason}; {after.reason}", *taken, found)


def _stands_for(argument: Argument, id: str) -> ArgumentNode:
    """The node, or the one that its "this" stands for."""
    node = argument.node(id)
    if node.refers is None:
        return node
    at = node.refers.start, node.refers.end
    return next((n for n in argument.nodes if (n.span.start, n.span.end) == at), node)


def _link(
    edge: ArgumentEdge, cause: ArgumentNode, effect: ArgumentNode, before: Meaning, after: Meaning
) -> CausalLink | None:
    change, outcome = before.change, after.outcome
    if before.state and after.after:
        change, outcome = "", after.after
    if not outcome or not (change or (before.state and after.after)):
        return None
    sign = edge.sign * (-1 if before.turned else 1) * (-1 if after.turned else 1)
    return CausalLink(
        cause=cause.span.quote, effect=effect.span.quote, sign=sign, order=edge.order,
        assertion=edge.assertion, chain="", test="game", base=(),
        change=(change,) if change else (), given=(), outcome=outcome, rests_on=(), note="",
    )  # fmt: skip


def _known(bench: Workbench, link: CausalLink) -> bool:
    """Whether the game has what the link changes and looks at: an armed state starts no programme."""
    names = {c.partition("+")[0].partition("*")[0] for c in link.change}
    arming = {n.partition(":")[2] for n in names if n.startswith("arming_level:")}
    arming |= set(re.findall(r"\barm:(\w+)", link.outcome))
    return names <= set(bench.draws.values) and not arming & bench.game.armed


def _taken(found: Meaning | None) -> str:
    if found is None:
        return ""
    words = f"{found.concept} ({found.actor})" if found.actor else found.concept
    return f"less of: {words}" if found.turned else words


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "quote": span.quote}


def _node(node: ArgumentNode) -> dict[str, Any]:
    refers = _span(node.refers) if node.refers else None
    return {"id": node.id, **_span(node.span), "actors": list(node.actors), "refers": refers}


def _edge(found: JudgedEdge) -> dict[str, Any]:
    edge, judged = found.edge, found.judged
    holders = [
        {"kind": h.kind, "words": h.words, "actor": h.actor or None,
         "span": _span(h.span) if h.span else None}
        for h in edge.holders
    ]  # fmt: skip
    model = None
    if found.disposition:
        model = {
            "disposition": found.disposition, "why": found.why,
            "cause_as": found.cause_as or None, "effect_as": found.effect_as or None,
            "tested": judged.how if judged else None,
            "effect": asdict(judged.effect) if judged and judged.effect else None,
            "unit": judged.unit if judged else None,
            "share": float(judged.share) if judged and judged.share is not None else None,
            "leans_on": [asdict(r) for r in judged.leans_on] if judged else [],
        }  # fmt: skip
    return {
        "id": edge.id, "cause": edge.cause, "effect": edge.effect,
        "sign": "+" if edge.sign > 0 else "-", "denied": edge.denied,
        "connective": _span(edge.connective), "rule": edge.rule, "assertion": edge.assertion,
        "told": edge.told, "holders": holders, "order": edge.order, "model": model,
    }  # fmt: skip

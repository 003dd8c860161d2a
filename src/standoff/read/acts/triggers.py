"""Words that may tell an act (verbs, nouns, adjectives) and what the rules show of each to the encoder:
what grammar and the frames make of it, never who acts."""

from __future__ import annotations

from collections.abc import Container, Sequence

from standoff.read.acts.predicates import Predicate
from standoff.read.acts.scope import Scope
from standoff.read.frames import Match, frame_classes
from standoff.read.reading import Token
from standoff.read.syntax import Tree
from standoff.terms import NonSignal, Signal

_CLASSES = ("VERB", "NOUN", "ADJ")
_CLAUSES = ("ROOT", "ccomp", "relcl", "conj", "advcl")


def triggers_of(tree: Tree, verbs: Container[int], named: Container[int]) -> list[Token]:
    """The words of a sentence that may tell an act, in order."""
    return [
        t
        for t in tree.tokens
        if t.index in verbs
        or (
            t.tag in _CLASSES
            and not (t.tag == "ADJ" and t.index in named)
            and not (t.tag == "NOUN" and t.lemma in frame_classes()["FORCE"])
        )
        or (t.tag == "AUX" and t.dep in _CLAUSES)
    ]


def depth_of(tree: Tree, index: int) -> int:
    """How many words a word hangs below."""
    return sum(1 for _ in tree.up(index))


def grammar_of(verb: Predicate, scope: Scope, match: Match | None) -> set[str]:
    """What grammar and the frames show of a predicate: tense, modality, condition, who tells it."""
    tense = verb.tense + "p" * verb.perfect + "g" * verb.progressive + "f" * verb.finite
    out = {
        f"m:{scope.modality}", f"told:{bool(scope.told_by)}", f"why:{scope.reason}", f"tn:{tense}",
        f"cond:{scope.condition >= 0}", f"acc:{scope.accused}", f"neg:{scope.negated}",
    }  # fmt: skip
    if match is None:
        return {*out, "fe:-"}
    frame = match.frame
    return {*out, f"f:{frame.id}", f"fe:{frame.event.value}", f"fw:{frame.weight}"}


def framed(
    token: Token, rule: Signal | None, signals: Sequence[Signal], refused: Sequence[NonSignal]
) -> set[str]:
    """What the frames made of a word: its signal, or that it stands in another's, or why it is none."""
    if rule is not None:
        return {
            "R", f"Rev:{rule.event.value}", f"Rst:{rule.status.value}", f"Rid:{rule.rule}",
            f"Rs:{[p.actor for p in rule.sources] == ['XXX']}", f"Rt:{len(rule.targets)}",
        }  # fmt: skip
    out = {"noR"}
    for signal in signals:
        if signal.trigger.start <= token.start < signal.trigger.end:
            out.add("inRtrig")
        if signal.span.start <= token.start < signal.span.end:
            out.add("inRspan")
    out |= {f"non:{n.reason[:25]}" for n in refused if n.span.start <= token.start < n.span.end}
    return out

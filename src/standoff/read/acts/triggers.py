"""Words that may tell an act (verbs, nouns, adjectives) and what each shows to the fitted models: its
own words and its place in the tree, never who acts."""

from __future__ import annotations

from collections.abc import Container, Sequence

from standoff.read.acts.features import word_of
from standoff.read.frames import events_by_word
from standoff.read.reading import Token
from standoff.read.syntax import Tree
from standoff.terms import NonSignal, Signal

_CLASSES = ("VERB", "NOUN", "ADJ")
_CLAUSES = ("ROOT", "ccomp", "relcl", "conj", "advcl")
_TELLING = frozenset(
    "dobj nsubj nsubjpass amod compound poss prt xcomp ccomp acomp attr".split()
)  # kids whose words are joined with the trigger's


def triggers_of(tree: Tree, verbs: Container[int], named: Container[int]) -> list[Token]:
    """The words of a sentence that may tell an act, in order."""
    return [
        t
        for t in tree.tokens
        if t.index in verbs
        or (t.tag in _CLASSES and not (t.tag == "ADJ" and t.index in named))
        or (t.tag == "AUX" and t.dep in _CLAUSES)
    ]


def depth_of(tree: Tree, index: int) -> int:
    """How many words a word hangs below."""
    return sum(1 for _ in tree.up(index))


def placed(tree: Tree, token: Token, named: Container[int]) -> set[str]:
    """A word with its neighbours in the tree and in the line."""
    lemma, dep = token.lemma, token.dep
    out = {
        f"l:{lemma}", f"t:{token.tag}", f"form:{token.form}", f"dep:{dep}", f"ld:{lemma} {dep}",
        f"depth:{min(depth_of(tree, token.index), 6)}",
    }  # fmt: skip
    if token.head != token.index:
        head = tree[token.head]
        out |= {f"h:{word_of(head)}", f"hd:{word_of(head)} {dep}", f"ht:{head.tag} {dep}"}
    for kid in tree.kids(token.index):
        out |= _kid(tree, lemma, tree[kid], named)
    for at, _ in zip(tree.up(token.index), range(4), strict=False):
        out.add(f"u:{word_of(tree[at])}")
    for step in (-2, -1, 1, 2):
        at = token.index + step - tree.base
        inside = 0 <= at < len(tree.tokens)
        beside = tree.tokens[at] if inside else None
        word = "#" if beside is None else "@N" if beside.tag == "PROPN" else beside.lower
        out.add(f"n{step}:{word}")
    by_verb, by_object = events_by_word()
    out |= {f"lv:{event}" for event in by_verb.get(lemma, ())}
    out |= {f"lo:{event}" for event in by_object.get(lemma, ())}
    return out


def _kid(tree: Tree, lemma: str, kid: Token, named: Container[int]) -> set[str]:
    """What one word that hangs on a trigger shows."""
    if kid.tag == "PUNCT":
        return set()
    out = {f"k:{kid.dep}", f"kw:{kid.dep} {word_of(kid)}"}
    if kid.dep == "prep":
        out.add(f"lk:{lemma} {kid.lower}")
        for goal in tree.kids(kid.index, "pobj"):
            out.add(f"kp:{kid.lower} {word_of(tree[goal])}")
            if any(i in named for i in tree.under(goal)):
                out.add(f"kpn:{kid.lower}")
    elif kid.dep in _TELLING:
        out.add(f"lk:{lemma} {kid.dep} {word_of(kid)}")
        if any(i in named for i in tree.under(kid.index)):
            out.add(f"kn:{kid.dep}")
    return out


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

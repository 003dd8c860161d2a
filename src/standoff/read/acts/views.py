"""What a predicate shows to the frames: its own words, read in the active voice."""

from __future__ import annotations

from standoff.read.acts.predicates import CLAUSES, Predicate, goals_of
from standoff.read.acts.scope import Scope
from standoff.read.frames import View
from standoff.read.reading import Token
from standoff.read.syntax import Tree

_JOINT = frozenset(
    "joint jointly together bilateral trilateral multinational combined tri-service".split()
)
_NEAR = frozenset(("relcl", "acl", "appos", "advcl", "ccomp", "parataxis"))


def view_of(tree: Tree, verb: Predicate, verbs: dict[int, Predicate], scope: Scope) -> View:
    """The zones of a predicate: subject, objects, all behind the verb, and its complement."""
    own = own_words(tree, verb.head, verbs)
    after = [tree[i] for i in own if i > verb.head]
    subject = phrase(tree, verb.subject)
    objects = [t for o in verb.sufferers for t in phrase(tree, o)]
    if verb.passive and verb.objects:
        objects = [t for o in (*verb.objects, verb.subject) for t in phrase(tree, o)]
    if verb.dative >= 0:
        objects += phrase(tree, verb.dative)
    if not verb.sufferers:  # "came to Taiwan's defence"
        objects = [t for _, goal in verb.preps for t in phrase(tree, goal)]
    inner = verbs.get(verb.complement)
    lemma = inner.lemma if inner is not None else ""
    near = [*subject, *(tree[i] for i in own)]
    return View(
        lemma=verb.lemma, head=verb.head, passive=verb.passive, subject=subject, after=after,
        objects=objects, complement=verb.complement_kind, complement_verb=lemma,
        complement_negated=inner is not None and inner.negated, modality=scope.modality,
        negated=scope.negated, joint=any(t.lower in _JOINT for t in near),
        particles=[tree[p] for p in verb.particles],
        prepositions=[(prep, tree[goal]) for prep, goal in goals_of(tree, verb)],
    )  # fmt: skip


def own_words(tree: Tree, head: int, verbs: dict[int, Predicate]) -> list[int]:
    """The tokens of a verb's own clause, in order: other clauses that hang in it are left out."""
    out: list[int] = [head]
    for at in out:
        for kid in tree.kids(at):
            other = kid in verbs and tree[kid].dep in CLAUSES
            if other and tree[kid].dep != "pcomp":
                continue
            if tree[kid].dep in ("ccomp", "xcomp") and tree[kid].tag in ("VERB", "AUX"):
                continue
            out.append(kid)
    return sorted(out)


def phrase(tree: Tree, head: int) -> list[Token]:
    """The words of a phrase without the clauses and prepositions on it, save "of"."""
    if head < 0:
        return []
    out = [head]
    for at in out:
        for kid in tree.kids(at):
            token = tree[kid]
            if token.dep in _NEAR or (token.dep == "prep" and token.lower != "of"):
                continue
            out.append(kid)
    return [tree[i] for i in sorted(out)]

"""What a predicate shows to the fitted models: its words by their part in the clause, never who acts."""

from __future__ import annotations

from collections.abc import Container

from standoff.read.acts.predicates import Predicate, goals_of
from standoff.read.acts.scope import Scope
from standoff.read.acts.views import own_words
from standoff.read.frames import Match, events_by_word
from standoff.read.lexicon_words import words_of
from standoff.read.reading import Token
from standoff.read.syntax import Tree

_SKIPPED = frozenset(("PUNCT", "NUM", "POSS", "DET"))


def features_of(
    tree: Tree, verb: Predicate, verbs: dict[int, Predicate], scope: Scope, match: Match | None,
    named: Container[int], *, spoken: bool,
) -> set[str]:  # fmt: skip
    """The features of one predicate: verb, objects, prepositions, modality, the words of its clause,
    what the lexicon of frames uses each of them for, and the frame that fits.

    `named` holds the tokens that stand for a party, `spoken` says that somebody speaks the clause: which
    of its places are filled counts, not by whom.
    """
    out = {
        f"v:{verb.lemma}",
        f"m:{scope.modality}",
        f"r:{verb.relation}",
        f"k:{verb.complement_kind}",
    }
    out.add(f"told:{bool(scope.told_by)}")
    out.add(f"why:{scope.reason}")
    if verb.passive:
        out |= {"passive", f"p:{verb.lemma}"}
    if scope.negated:
        out |= {"negated", f"n:{verb.lemma}"}
    for thing in verb.sufferers:
        if thing >= 0:
            out |= {f"o:{word_of(tree[thing])}", f"vo:{verb.lemma} {word_of(tree[thing])}"}
    for prep, goal in goals_of(tree, verb)[:6]:
        out |= {f"g:{prep} {word_of(tree[goal])}", f"vp:{verb.lemma} {prep}"}
    for particle in verb.particles:
        out.add(f"vq:{verb.lemma} {tree[particle].lower}")
    if verb.subject >= 0:
        out.add(f"s:{word_of(tree[verb.subject])}")
    inner = verbs.get(verb.complement)
    if inner is not None:
        out |= {f"c:{inner.lemma}", f"vc:{verb.lemma} {inner.lemma}"}
    out |= _places(tree, verb, scope, named)
    out.add(f"spk:{spoken}")
    by_verb, by_object = events_by_word()
    out |= {f"lv:{event}" for event in by_verb.get(verb.lemma, ())}
    for at in own_words(tree, verb.head, verbs):
        token = tree[at]
        if token.tag in _SKIPPED or at == verb.head:
            continue
        out.add(f"w:{word_of(tree[at])}")
        out |= {f"lo:{event}" for event in by_object.get(token.lemma, ())}
    if match is not None:
        out |= {f"f:{match.frame.id}", f"fe:{match.frame.event.value}", f"fw:{match.frame.weight}"}
    else:
        out.add("fe:-")
    return out


def _places(tree: Tree, verb: Predicate, scope: Scope, named: Container[int]) -> set[str]:
    """Which places of a predicate hold a party, how its subject was reached, and its tense."""

    def has(head: int) -> bool:
        return head >= 0 and any(i in named for i in tree.under(head))

    tense = verb.tense + "p" * verb.perfect + "g" * verb.progressive + "f" * verb.finite
    out = {
        f"sn:{has(verb.subject)}",
        f"on:{any(has(t) for t in verb.sufferers)}",
        f"gn:{any(has(g) for _, g in verb.preps)}",
        f"tn:{tense}",
        f"cond:{scope.condition >= 0}",
        f"acc:{scope.accused}",
        "path:" + verb.path.split('"')[0],
    }
    if verb.subject >= 0:
        out.add(f"st:{tree[verb.subject].tag}")
        if tree[verb.subject].lower in words_of("first_person_subjects"):
            out.add("first")
    return out


def word_of(token: Token) -> str:
    """The lemma of a word; names are all alike."""
    return "@N" if token.tag == "PROPN" else token.lemma

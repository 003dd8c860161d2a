"""Whose word, belief or aim a causal link is, and how firmly it is told."""

from __future__ import annotations

from standoff.read.argument.connectives import connectives
from standoff.read.argument.link import Link
from standoff.read.argument.sides import antecedent_of
from standoff.read.reading import Reading
from standoff.read.syntax import Tree
from standoff.terms import Assertion, BeliefHolder

_CONTENT = frozenset("ccomp xcomp acl advcl conj relcl parataxis pcomp".split())
_THINGS = frozenset(("this", "that", "it", "these", "those", "which"))


def holders_of(reading: Reading, tree: Tree, link: Link) -> tuple[tuple[BeliefHolder, ...], bool]:
    """Who holds a link besides the author, outermost first, and whether the author infers it."""
    words = connectives().words
    found: list[BeliefHolder] = []
    inferred = False
    at = link.at
    for above in tree.up(link.at):
        word = tree[above]
        inside = tree[at].dep in _CONTENT
        at_before, at = at, above
        if not inside:
            continue
        if word.tag in ("NOUN", "PROPN") and word.lemma in words["believing_nouns"]:
            if tree[at_before].dep in ("acl", "pcomp", "ccomp", "relcl"):
                found.append(_of_noun(reading, tree, above))
            continue
        if word.tag not in ("VERB", "AUX") or tree[at_before].dep in ("conj", "advcl", "relcl"):
            continue
        subject = tree.kid(above, "nsubj", "nsubjpass")
        if word.lemma in words["saying"] | words["believing"]:
            kind = "says" if word.lemma in words["saying"] else "believes"
            if subject >= 0 and _speaks(reading, tree, subject):
                found.append(_holder(reading, tree, kind, subject))
            else:
                inferred = inferred or word.lemma in words["inferring"]
        if word.lemma in words["inferring"]:
            inferred = True
    according = _according(reading, tree, link.at)
    if according is not None:
        found.append(according)
    found.reverse()
    if link.told == "purpose":
        aiming = _aiming(reading, tree, link)
        if aiming is not None:
            found.append(aiming)
    return tuple(found), inferred


def told_of(tree: Tree, link: Link) -> str:
    """The word of modality of a link: of its rule, of its verb, or of the clause that is the effect."""
    if link.told:
        return link.told
    modals = connectives().modals
    for verb in (link.at, link.effect.head, link.cause.head):
        if verb is link.cause.head and link.rule.kind != "mark":
            continue
        for kid in tree.kids(verb, "aux"):
            if tree[kid].lower in modals:
                return tree[kid].lower
    above = link.at
    while tree[above].dep in ("xcomp", "conj", "relcl", "advcl", "pcomp", "prep"):
        above = tree[above].head
        for kid in tree.kids(above, "aux"):
            if tree[kid].lower in modals:
                return tree[kid].lower
    return ""


def assertion_of(
    tree: Tree, link: Link, told: str, holders: tuple[BeliefHolder, ...], inferred: bool
) -> Assertion:
    """How firmly the text tells a link: what others hold is attributed; then its word of modality."""
    if any(h.kind != "intends" for h in holders):
        return "attributed"
    if told == "if":
        return "conditional"
    if told == "purpose":
        return "inferred"
    level = connectives().modals.get(told)
    guessed = any(
        tree[k].lower in connectives().words["inferring_adverbs"]
        for k in (*tree.kids(link.at, "advmod"), *tree.kids(clause_of(tree, link.at), "advmod"))
    )
    if level == "conditional":
        return "conditional"
    if level == "hypothetical" or told == "may":
        return "hypothetical"
    if level == "forecast":
        return "forecast"
    return "inferred" if inferred or guessed else "asserted"


def clause_of(tree: Tree, index: int) -> int:
    """The verb that an infinitive belongs to."""
    while tree[index].dep == "xcomp":
        index = tree[index].head
    return index


def _speaks(reading: Reading, tree: Tree, subject: int) -> bool:
    """Whether a subject is somebody: not a thing that suggests something."""
    word = tree[subject]
    if word.lower in _THINGS:
        return False
    if word.tag in ("PROPN", "PRON", "WH"):
        return True
    first, last = tree.span(subject)
    if reading.mentions_in(tree[first].start, tree[last - 1].end):
        return True
    return word.tag == "NOUN" and word.lemma in connectives().words["persons"]


def _of_noun(reading: Reading, tree: Tree, noun: int) -> BeliefHolder:
    """Whose fear it is: the one with the apostrophe, else whoever does what the fear moves."""
    owner = tree.kid(noun, "poss")
    if owner < 0:
        for above in tree.up(noun):
            owner = tree.kid(above, "nsubj", "nsubjpass")
            if owner >= 0:
                break
    if owner < 0 or owner == noun:
        return BeliefHolder("believes", "")
    return _holder(reading, tree, "believes", owner)


def _aiming(reading: Reading, tree: Tree, link: Link) -> BeliefHolder | None:
    """Who aims at the effect: the subject of the clause that is the cause."""
    owner = tree.kid(link.cause.head, "nsubj", "nsubjpass", "poss")
    return None if owner < 0 else _holder(reading, tree, "intends", owner)


def _according(reading: Reading, tree: Tree, index: int) -> BeliefHolder | None:
    for verb in (index, *tree.up(index)):
        for kid in tree.kids(verb, "prep"):
            if tree[kid].lower == "according":
                to = tree.kid(kid, "prep")
                named = tree.kid(to, "pobj") if to >= 0 else -1
                if named >= 0:
                    return _holder(reading, tree, "says", named)
    return None


def _holder(reading: Reading, tree: Tree, kind: str, index: int) -> BeliefHolder:
    index = antecedent_of(tree, index)
    first, last = tree.span(index)
    left = tree.kids(index, "relcl", "acl", "appos")
    if left:
        last = min(tree.span(k)[0] for k in left)
        last = max(last, index + 1)
        while last - 1 > index and tree[last - 1].tag == "PUNCT":
            last -= 1
    span = reading.token_span(first, last)
    named = reading.mentions_in(span.start, span.end)
    actor = named[0].party.actor if named else ""
    return BeliefHolder(
        "says" if kind == "says" else "intends" if kind == "intends" else "believes",
        span.quote, span, actor,
    )  # fmt: skip

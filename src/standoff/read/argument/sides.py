"""The two sides of a causal link as ranges of tokens: clauses, phrases, and what a verb has for cause."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from standoff.read.argument.connectives import connectives
from standoff.read.lexicon_words import words_of
from standoff.read.syntax import Tree

CLAUSES = frozenset("ROOT ccomp advcl relcl acl pcomp parataxis csubj".split())
_VERBAL = frozenset(("VERB", "AUX", "MODAL"))
_TRIMMED = frozenset("punct cc mark case".split())
_OPENERS = frozenset("that to and or but so then also".split())
_OPENING = frozenset("mark cc advmod preconj aux".split())
_PERSONS = frozenset("he she we they i you who".split())


@dataclass(frozen=True, slots=True)
class Side:
    """Tokens `first:last` with the token that heads them."""

    first: int
    last: int
    head: int


def phrase(tree: Tree, head: int, without: Collection[int] = ()) -> Side | None:
    """What hangs on a token, less some branches and the marks at its edges; None for nothing."""
    left = set(without)
    inside = [head]
    for at in inside:
        inside.extend(k for k in tree.kids(at) if k not in left and not _aside(tree, k))
    return trimmed(tree, min(inside), max(inside) + 1, head)


def trimmed(tree: Tree, first: int, last: int, head: int) -> Side | None:
    """A range without punctuation and joining words at its edges; None where nothing is left."""
    while first < last and (
        tree[first].dep in _TRIMMED
        or tree[first].tag == "PUNCT"
        or (tree[first].lower in _OPENERS and tree[first].dep in _OPENING and first != head)
    ):
        first += 1
    while first < last and (tree[last - 1].tag == "PUNCT" or tree[last - 1].dep == "cc"):
        last -= 1
    for tail in (("in", "order", "to"), ("so", "as", "to")):
        if tuple(tree[i].lower for i in range(max(first, last - 3), last)) == tail:
            last -= 3
    return Side(first, last, head) if first < last else None


def clause_head(tree: Tree, index: int) -> int:
    """The verb of the clause that a token stands in; infinitives belong to the verb they follow."""
    while tree[index].dep not in CLAUSES or tree[index].dep == "xcomp":
        own = tree.kid(index, "nsubj", "nsubjpass") >= 0
        if tree[index].dep == "conj" and tree[index].tag in _VERBAL and own:
            return index
        if tree[index].head == index:
            return index
        index = tree[index].head
    return index


def clause(tree: Tree, head: int, branch: int) -> Side | None:
    """The clause of a verb without a branch, the clauses beside it and those under it."""
    left = {branch}
    for kid in tree.kids(head, "conj", "parataxis", "advcl"):
        own = tree.kid(kid, "nsubj", "nsubjpass") >= 0
        if tree[kid].dep != "conj" or (kid > head and own):
            left.add(kid)
    subject = tree.kid(head, "nsubj", "nsubjpass")
    if tree[head].lemma == "be" and subject >= 0:
        rest = [k for k in tree.kids(head) if k not in left and tree[k].dep not in _TRIMMED]
        if all(tree[k].dep in ("nsubj", "aux", "neg", "advmod") for k in rest):
            return phrase(tree, subject)
    return phrase(tree, head, left)


def noun_or_clause(tree: Tree, governor: int, branch: int) -> Side | None:
    """What a phrase hangs on: the noun it follows, else the whole clause."""
    if tree[governor].tag in ("NOUN", "PROPN") and tree[governor].dep not in CLAUSES:
        return phrase(tree, governor, {branch})
    return clause(tree, clause_head(tree, governor), branch)


def cause_of(tree: Tree, verb: int) -> tuple[Side | None, str]:
    """What does what a verb says, and "purpose" where it is only aimed at; (None, "") for nothing."""
    subject = tree.kid(verb, "nsubj", "csubj", "nsubjpass")
    dep, governor = tree[verb].dep, tree[verb].head
    if subject >= 0:
        if tree[subject].tag != "WH":
            return phrase(tree, subject, _asides(tree, subject)), ""
        if governor != verb and tree[subject].lower in ("which", "that"):
            return _antecedent(tree, verb, subject), ""
        return None, ""
    if dep == "conj":
        return cause_of(tree, governor) if tree[governor].tag in _VERBAL else (None, "")
    if dep == "xcomp" or (dep == "advcl" and tree[governor].dep == "acomp"):
        return _through(tree, governor)
    if dep == "pcomp":
        return _aimed_at(tree, governor)
    if dep == "advcl":
        told = "purpose" if _infinitive(tree, verb) else ""
        return clause(tree, clause_head(tree, governor), verb), told
    if dep in ("acl", "relcl"):
        told = "purpose" if _infinitive(tree, verb) else ""
        above = tree[governor].head
        if (
            told
            and tree[above].tag == "PREP"
            and tree[governor].lemma in connectives().words["aims"]
        ):
            return noun_or_clause(tree, tree[above].head, above), told  # "in order to deter"
        subject = tree.kid(above, "nsubj")
        if tree[governor].dep == "attr" and subject >= 0 and tree[subject].tag != "WH":
            governor = subject  # "our weapons are a deterrent designed to prevent ..."
        side = phrase(tree, governor, {verb})
        if told and tree[governor].lemma in connectives().words["attempts"]:
            return None, ""
        return (None, "") if told and side and side.last - side.first == 1 else (side, told)
    return None, ""


def _through(tree: Tree, governor: int) -> tuple[Side | None, str]:
    """The subject of an infinitive: that of the verb before it, or its object ("urged X to")."""
    if tree[governor].tag == "ADJ" and tree[governor].dep == "acomp":
        governor = tree[governor].head  # "is enough to deter"
    lemma = tree[governor].lemma
    given = tree.kid(governor, "dobj")
    if given >= 0 and lemma in words_of("object_control"):
        return phrase(tree, given), "purpose"
    side, told = cause_of(tree, governor)
    return side, "purpose" if lemma in connectives().words["purposes"] else told


def _aimed_at(tree: Tree, preposition: int) -> tuple[Side | None, str]:
    """The cause of "aimed at deterring", "a step towards deterring"."""
    above = tree[preposition].head
    if tree[preposition].lower != "at" or tree[above].lemma not in ("aim", "aimed", "direct"):
        return None, ""
    subject = tree.kid(above, "nsubj", "nsubjpass")
    if subject >= 0:
        return phrase(tree, subject), "purpose"
    if tree[above].dep == "acl":
        return phrase(tree, tree[above].head, {above}), "purpose"
    if tree[above].dep == "advcl":
        return clause(tree, clause_head(tree, tree[above].head), above), "purpose"
    return None, ""


def _antecedent(tree: Tree, verb: int, word: int) -> Side | None:
    """What "which" stands for: the clause before a comma, else the noun."""
    noun = tree[verb].head
    if tree[noun].tag in _VERBAL:
        return clause(tree, clause_head(tree, noun), verb)
    first, _ = tree.span(verb)
    comma = first > tree.base and tree[first - 1].lower == ","
    for above in (noun, *tree.up(noun)):
        be = tree[above].head
        if tree[above].dep == "attr" and tree[tree.kid(be, "nsubj")].lower == "it" and not comma:
            return phrase(tree, above, {verb})  # "it is the assault on rights that compelled ..."
    if tree[word].lower == "which" and comma:
        head = clause_head(tree, noun)
        side = clause(tree, head, verb)
        if side is not None and side.last <= first:
            return side
    return phrase(tree, noun, {verb})


def _aside(tree: Tree, branch: int) -> bool:
    """Whether a branch tells something further: ", which might ...", ", if ...", ", forcing ..."."""
    if branch < tree[branch].head or tree[branch].dep not in ("relcl", "advcl"):
        return False
    first, _ = tree.span(branch)
    if tree[branch].dep == "advcl":
        mark = tree.kid(branch, "mark")
        words = connectives().marks
        return first > tree.base and (
            (mark >= 0 and tree[mark].lower in words)
            or (tree[first - 1].lower == "," and tree[branch].form == "VBG")
            or (tree[branch].form == "VBG" and first == branch)
        )
    return first > tree.base and tree[first - 1].lower == ","


def _asides(tree: Tree, subject: int) -> set[int]:
    """Clauses that only describe a subject: behind a comma."""
    found: set[int] = set()
    for kid in tree.kids(subject, "relcl", "acl", "appos"):
        first, _ = tree.span(kid)
        if first > tree.base and tree[first - 1].lower == ",":
            found.add(kid)
    return found


def _infinitive(tree: Tree, verb: int) -> bool:
    return any(tree[k].tag == "TO" for k in tree.kids(verb, "aux"))


def antecedent_of(tree: Tree, index: int) -> int:
    """The noun that a relative pronoun stands for, or the word itself."""
    if tree[index].tag == "WH":
        for above in tree.up(index):
            if tree[above].dep == "relcl":
                return tree[above].head
    return index


def is_person(tree: Tree, index: int) -> bool:
    """Whether a word is a pronoun of persons: "they", "who"."""
    return tree[index].lower in _PERSONS

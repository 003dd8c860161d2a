"""Each rule against one parsed sentence: which words cause what, and which way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from standoff.read.argument.connectives import Connective, connectives
from standoff.read.argument.sides import (
    Side,
    cause_of,
    clause,
    clause_head,
    is_person,
    noun_or_clause,
    phrase,
    trimmed,
)
from standoff.read.syntax import Tree


@dataclass(frozen=True, slots=True)
class Link:
    """A causal link as tokens; `at` is the token under whose verbs it is held, `words` the connective."""

    cause: Side
    effect: Side
    words: tuple[int, int]
    at: int
    rule: Connective
    sign: int
    denied: bool
    told: str


Bare = Callable[[int], bool]
"""Whether a token is an actor's name or office and nothing else."""


def links_in(tree: Tree, bare: Bare) -> list[Link]:
    """All links of one sentence, in the order of their connectives; no two with the same sides."""
    found = [*_verbs(tree, bare), *_likelihood(tree, bare), *_marks(tree)]
    found += [*_misread(tree), *_phrases(tree)]
    found += _nouns(tree)
    kept: dict[tuple[int, int, int, int], Link] = {}
    for link in sorted(found, key=lambda k: k.words):
        if link.cause.first < link.effect.last and link.effect.first < link.cause.last:
            link = _apart(tree, link)
            if link is None:
                continue
        key = link.cause.first, link.cause.last, link.effect.first, link.effect.last
        kept.setdefault(key, link)
    heads = {k.at for k in kept.values() if k.rule.kind == "verb"}
    # "helps deter China", "in order to deter China": the inner verb says which way it acts.
    return [k for k in kept.values() if k.effect.head not in heads or k.effect.head == k.at]


def _apart(tree: Tree, link: Link) -> Link | None:
    """The same link with sides that do not overlap: the longer one gives way; None if it cannot."""
    cause, effect = link.cause, link.effect
    if cause.first < effect.first:
        side = trimmed(tree, cause.first, min(cause.last, effect.first), cause.head)
        if side is None or side.last > link.words[0] > side.first:
            side = trimmed(tree, cause.first, min(cause.last, link.words[0]), cause.head)
        cause = side
    elif effect.first < cause.first:
        effect = trimmed(
            tree, effect.first, min(effect.last, cause.first, link.words[0]), effect.head
        )
    else:
        return None
    if cause is None or effect is None:
        return None
    return Link(
        cause, effect, link.words, link.at, link.rule, link.sign, link.denied, link.told
    )  # fmt: skip


def _verbs(tree: Tree, bare: Bare) -> Iterator[Link]:
    rules = connectives().of("verb")
    for token in tree.tokens:
        if token.tag not in ("VERB", "AUX"):
            continue
        for rule in rules:
            if token.lemma in rule.words:
                link = _verb(tree, token.index, rule, bare)
                if link is not None:
                    yield link
                    break


def _verb(tree: Tree, verb: int, rule: Connective, bare: Bare) -> Link | None:
    if rule.particles and not any(
        tree[k].lower in rule.particles for k in tree.kids(verb, "prt", "advmod", "prep")
    ):
        return None
    governed = _governed(tree, verb, rule)
    agent = tree.kid(verb, "agent")
    told = rule.told
    passive = agent >= 0 or tree.kid(verb, "auxpass", "nsubjpass") >= 0
    if rule.passive:
        subject = tree.kid(verb, "nsubjpass")
        given = _behind(tree, verb, rule)
        if subject < 0 or given < 0:
            return None
        cause, governed = phrase(tree, subject), phrase(tree, given)
    elif passive or (tree[verb].form == "VBN" and tree[verb].dep in ("acl", "advcl")):
        link = _passive(tree, verb, agent)
        done = tree.kid(verb, "xcomp", "ccomp") >= 0 or tree[verb].dep == "advcl"
        if link is None or not rule.object or rule.gift or (rule.clause and not done):
            return None
        cause, governed = link
    else:
        cause, aimed = cause_of(tree, verb)
        told = aimed or told
    if cause is None or governed is None:
        return None
    known = tree[cause.head].lemma in connectives().words["persons"]
    somebody = bare(cause.head) or is_person(tree, cause.head) or known
    if somebody and (not rule.agent or told == "purpose"):
        return None
    if rule.reversed:
        cause, governed = governed, cause
    return Link(
        cause, governed, (verb, verb + 1), verb, rule, rule.sign, _denied(tree, verb), told
    )  # fmt: skip


def _behind(tree: Tree, verb: int, rule: Connective) -> int:
    """What a preposition of the rule has behind it, or -1."""
    for kid in tree.kids(verb, "prep", "agent"):
        if tree[kid].lower in rule.preps:
            return tree.kid(kid, "pobj", "pcomp")
    return -1


def _governed(tree: Tree, verb: int, rule: Connective) -> Side | None:
    """The effect that a verb governs, as its rule allows; None where it governs none."""
    if rule.nouns:
        return _set_phrase(tree, verb, rule)
    objects = tree.kids(verb, "dobj", "dative") if rule.object else []
    clauses = tree.kids(verb, "ccomp", "xcomp", "oprd") if rule.clause or rule.id in _WITH else []
    clauses = [k for k in clauses if k > verb]
    phrases = [k for k in tree.kids(verb, "prep") if tree[k].lower in rule.preps and k > verb]
    gerunds = [k for k in phrases if tree.kid(k, "pcomp") >= 0]
    if rule.clause and not clauses and not (objects and gerunds):
        return None
    if rule.needs and not phrases:
        return None
    if not rule.object:
        inner = _behind(tree, verb, rule) if tree.kid(verb, "dobj") < 0 else -1
        return phrase(tree, inner) if inner > verb else None
    parts = [*objects, *clauses, *(phrases if objects else [])]
    if not objects and not clauses:
        return None
    sides = [s for s in (phrase(tree, k) for k in parts) if s is not None]
    if not sides:
        return None
    head = (clauses or objects)[0]
    return trimmed(tree, min(s.first for s in sides), max(s.last for s in sides), head)


def _set_phrase(tree: Tree, verb: int, rule: Connective) -> Side | None:
    """The effect in "put X at risk" (X), "paved the way for X", "gave Y a pretext to do X"."""
    thing = tree.kid(verb, "dobj")
    if thing < 0:
        return None
    phrases = [
        k
        for at in (thing, verb)
        for k in tree.kids(at, "prep", "dative")
        if tree[k].lower in rule.preps and k > verb
    ]
    if not rule.gift:
        named = [tree.kid(k, "pobj") for k in phrases]
        found = any(k >= 0 and tree[k].lemma in rule.nouns for k in named)
        return phrase(tree, thing, phrases) if found else None
    if tree[thing].lemma not in rule.nouns:
        return None
    given = tree.kid(thing, "acl", "relcl")
    if given > thing and any(tree[k].tag == "TO" for k in tree.kids(given, "aux")):
        return phrase(tree, given)
    inner = [k for p in phrases if p > thing for k in tree.kids(p, "pobj", "pcomp")]
    return phrase(tree, inner[0]) if inner else None


_WITH = frozenset(("cause", "force", "risk"))


def _passive(tree: Tree, verb: int, agent: int) -> tuple[Side, Side] | None:
    """Cause and effect of a passive verb with its agent."""
    doer = tree.kid(agent, "pobj", "pcomp") if agent >= 0 else -1
    if doer < 0:
        return None
    cause = phrase(tree, doer)
    subject = tree.kid(verb, "nsubjpass", "nsubj")
    if subject >= 0 and tree[subject].tag == "WH" and tree[verb].dep == "relcl":
        effect = phrase(tree, tree[verb].head, {verb})
    elif subject >= 0:
        effect = phrase(tree, subject)
    elif tree[verb].dep == "acl":
        effect = phrase(tree, tree[verb].head, {verb})
    elif tree[verb].dep == "advcl":
        effect = clause(tree, clause_head(tree, tree[verb].head), verb)
    else:
        return None
    return None if cause is None or effect is None else (cause, effect)


def _likelihood(tree: Tree, bare: Bare) -> Iterator[Link]:
    """ "makes an attack more likely": the adjective gives the sign."""
    words = connectives().words
    for token in tree.tokens:
        if token.tag != "VERB" or token.lemma not in words["likelihood"]:
            continue
        adjective = next(
            (
                k
                for k in tree.kids(token.index, "ccomp", "oprd", "acomp", "xcomp")
                if tree[k].tag == "ADJ"
            ),
            -1,
        )
        if adjective < 0 or tree[adjective].lemma not in words["up"] | words["down"]:
            continue
        sign = 1 if tree[adjective].lemma in words["up"] else -1
        if any(tree[k].lower in words["less"] for k in tree.kids(adjective, "advmod")):
            sign = -sign
        effect = _likely(tree, token.index, adjective)
        cause, told = cause_of(tree, token.index)
        if cause is None or effect is None or bare(cause.head):
            continue
        rule = Connective("make-likely", "verb", ("make",), sign)
        yield Link(
            cause, effect, (token.index, adjective + 1), token.index, rule, sign,
            _denied(tree, token.index), told,
        )  # fmt: skip


def _likely(tree: Tree, verb: int, adjective: int) -> Side | None:
    """What is made likely: the noun before the adjective, or the clause behind "it"."""
    subject = tree.kid(adjective, "nsubj")
    if subject < 0:
        subject = tree.kid(verb, "dobj", "nsubj")
        subject = subject if subject > verb else -1
    clauses = [
        k
        for k in (*tree.kids(adjective, "advcl", "xcomp", "ccomp"), *tree.kids(verb, "advcl"))
        if k > adjective
    ]
    if subject >= 0 and tree[subject].lower != "it":
        if not clauses:
            return phrase(tree, subject)
        first, last = tree.span(subject)[0], tree.span(clauses[0])[1]
        return trimmed(tree, first, last, clauses[0])
    return phrase(tree, clauses[0]) if clauses else None


def _marks(tree: Tree) -> Iterator[Link]:
    for token in tree.tokens:
        if token.dep != "advcl":
            continue
        mark = tree.kid(token.index, "mark")
        if mark < 0:
            continue
        before = tree[mark - 1].lower if mark > tree.base else ""
        for rule in connectives().of("mark"):
            if tree[mark].lower not in rule.words or before in ("even", "as"):
                continue
            if rule.verbs and token.lemma not in rule.verbs:
                continue
            inner = phrase(tree, token.index)
            outer = clause(tree, clause_head(tree, token.head), token.index)
            if inner is None or outer is None:
                continue
            cause, effect = (inner, outer) if rule.cause == "clause" else (outer, inner)
            yield Link(
                cause, effect, (mark, mark + 1), clause_head(tree, token.head), rule, rule.sign,
                before == "not", rule.told,
            )  # fmt: skip


def _misread(tree: Tree) -> Iterator[Link]:
    """A condition that opens the sentence, where the parser took its verb for a noun: up to the comma."""
    for mark in tree.kids(tree.root, "mark"):
        if mark != tree.base:
            continue
        comma = next((t.index for t in tree.tokens if t.lower == ","), -1)
        rule = next((r for r in connectives().of("mark") if tree[mark].lower in r.words), None)
        if rule is None or rule.cause != "clause" or not mark < comma < tree.root:
            continue
        first, last = tree.tokens[0].index, tree.tokens[-1].index + 1
        inner = trimmed(tree, first + 1, comma, comma - 1)
        outer = trimmed(tree, comma + 1, last, tree.root)
        if inner is not None and outer is not None:
            yield Link(
                inner, outer, (mark, mark + 1), tree.root, rule, rule.sign, False, rule.told
            )  # fmt: skip


def _phrases(tree: Tree) -> Iterator[Link]:
    lowers = [t.lower for t in tree.tokens]
    for rule in connectives().of("phrase"):
        for text in rule.words:
            row = text.split()
            for at in range(len(lowers) - len(row)):
                if lowers[at : at + len(row)] == row:
                    link = _phrase(tree, tree.base + at, tree.base + at + len(row), rule)
                    if link is not None:
                        yield link


def _phrase(tree: Tree, first: int, last: int, rule: Connective) -> Link | None:
    """A link whose connective are the tokens `first:last`; their object begins behind them."""
    inner = last
    while tree[inner].head >= last and tree[inner].head != inner:
        inner = tree[inner].head
    verbal = tree[inner].tag == "VERB" and tree[last].form == "VB"
    if rule.id == "because-of" and verbal:
        return None  # "is due to visit"
    end = max(tree.span(inner)[1], last + 1)
    inside = trimmed(tree, last - rule.keep, end, inner)
    outer = first
    while first <= outer < last or outer == inner:
        if tree[outer].head == outer:
            return None
        outer = tree[outer].head
    branch = next((k for k in range(first, last) if tree[k].head == outer), first)
    main = noun_or_clause(tree, outer, branch)
    if inside is None or main is None:
        return None
    modals = connectives().modals
    if rule.modal and not any(
        tree[k].lower in modals for k in tree.kids(clause_head(tree, outer), "aux")
    ):
        return None
    cause, effect = (inside, main) if rule.cause == "inside" else (main, inside)
    denied = first > tree.base and tree[first - 1].lower == "not"
    return Link(cause, effect, (first, last), outer, rule, rule.sign, denied, rule.told)


def _nouns(tree: Tree) -> Iterator[Link]:
    for token in tree.tokens:
        noun = tree.kid(token.index, "attr")
        subject = tree.kid(token.index, "nsubj")
        if token.lemma != "be" or noun < 0 or subject < 0:
            continue
        for rule in connectives().of("noun"):
            if tree[noun].lemma not in rule.words:
                continue
            of = next((k for k in tree.kids(noun, "prep") if tree[k].lower in rule.preps), -1)
            inner = tree.kid(of, "pobj", "pcomp") if of >= 0 else -1
            inside = phrase(tree, inner) if inner >= 0 else None
            outside = phrase(tree, subject) if tree[subject].tag != "WH" else None
            if inside is None or outside is None:
                continue
            cause, effect = (inside, outside) if rule.cause == "inside" else (outside, inside)
            no = any(tree[k].lower == "no" for k in tree.kids(noun, "det"))
            yield Link(
                cause, effect, (noun, of + 1), token.index, rule, rule.sign,
                no or _denied(tree, token.index), rule.told,
            )  # fmt: skip


def _denied(tree: Tree, verb: int) -> bool:
    """Whether the verb, or one that it is an infinitive of, is negated."""
    while True:
        if tree.kid(verb, "neg") >= 0 or (
            tree[verb].dep == "xcomp"
            and tree[tree[verb].head].lemma in connectives().words["failing"]
        ):
            return True
        if tree[verb].dep != "xcomp":
            return False
        verb = tree[verb].head

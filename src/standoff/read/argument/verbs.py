"""Verbs of causing: the subject is the cause, what they govern the effect."""

from __future__ import annotations

from collections.abc import Iterator

from standoff.read.argument.connectives import Connective, connectives
from standoff.read.argument.link import Bare, Link, denied
from standoff.read.argument.sides import (
    Side,
    cause_of,
    clause,
    clause_head,
    is_person,
    phrase,
    trimmed,
)
from standoff.read.syntax import Tree

_PRONOUNS = frozenset("him her them us me you it himself itself themselves".split())
_WITH = frozenset(("cause", "force", "risk"))


def verb_links(tree: Tree, bare: Bare) -> Iterator[Link]:
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
    if tree[governed.head].lower in _PRONOUNS:
        return None
    known = tree[cause.head].lemma in connectives().words["persons"]
    known = known or (tree[cause.head].tag == "PROPN" and cause.head != tree.base)
    somebody = bare(cause.head) or is_person(tree, cause.head) or known
    if somebody and (not rule.agent or told == "purpose"):
        return None
    if rule.reversed:
        cause, governed = governed, cause
    return Link(
        cause, governed, (verb, verb + 1), verb, rule, rule.sign, denied(tree, verb), told
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


def likelihood_links(tree: Tree, bare: Bare) -> Iterator[Link]:
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
        forms = {tree[adjective].lemma, tree[adjective].lower} if adjective >= 0 else set[str]()
        if not forms & (words["up"] | words["down"]):
            continue
        sign = 1 if forms & words["up"] else -1
        if any(tree[k].lower in words["less"] for k in tree.kids(adjective, "advmod")):
            sign = -sign
        effect = _likely(tree, token.index, adjective)
        cause, told = cause_of(tree, token.index)
        if cause is None or effect is None or bare(cause.head):
            continue
        rule = Connective("make-likely", "verb", ("make",), sign)
        yield Link(
            cause, effect, (token.index, adjective + 1), token.index, rule, sign,
            denied(tree, token.index), told,
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

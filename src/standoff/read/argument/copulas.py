"""What "be" says of a cause: a response to, essential to, that is why."""

from __future__ import annotations

from collections.abc import Iterator

from standoff.read.argument.connectives import Connective, connectives
from standoff.read.argument.link import Link, denied
from standoff.read.argument.sides import (
    Side,
    phrase,
    trimmed,
)
from standoff.read.syntax import Tree


def copula_links(tree: Tree) -> Iterator[Link]:
    """ "A is a response to B", "A is essential to B", "that is why B"."""
    for token in tree.tokens:
        subject = tree.kid(token.index, "nsubj", "csubj")
        if token.lemma != "be" or subject < 0 or tree[subject].tag == "WH":
            continue
        outside = phrase(tree, subject)
        for kind, dep in (("noun", "attr"), ("adjective", "acomp")):
            word = tree.kid(token.index, dep)
            for rule in connectives().of(kind) if word >= 0 and outside is not None else ():
                if tree[word].lemma in rule.words:
                    yield from _noun(tree, token.index, word, outside, rule)
        yield from _why(tree, token.index, outside)


def _noun(
    tree: Tree, verb: int, word: int, outside: Side | None, rule: Connective
) -> Iterator[Link]:
    of = next((k for k in tree.kids(word, "prep") if tree[k].lower in rule.preps), -1)
    inner = tree.kid(of, "pobj", "pcomp") if of >= 0 else -1
    inside = phrase(tree, inner) if inner >= 0 else None
    if inside is None or outside is None:
        return
    cause, effect = (inside, outside) if rule.cause == "inside" else (outside, inside)
    no = any(tree[k].lower == "no" for k in tree.kids(word, "det"))
    no = no or denied(tree, verb)
    yield Link(cause, effect, (word, of + 1), verb, rule, rule.sign, no, rule.told)


def _why(tree: Tree, verb: int, outside: Side | None) -> Iterator[Link]:
    """ "That is why Japan rearmed": what was told before is the cause."""
    for kid in tree.kids(verb, "ccomp", "advcl"):
        word = next((k for k in tree.kids(kid, "advmod") if tree[k].lower == "why"), -1)
        effect = phrase(tree, kid)
        if word < 0 or outside is None or effect is None or outside.last > effect.first:
            continue
        effect = trimmed(tree, word + 1, effect.last, kid)
        if effect is not None:
            rule = Connective("that-is-why", "noun", ("why",), 1)
            yield Link(
                outside, effect, (verb, word + 1), verb, rule, 1, denied(tree, verb), ""
            )  # fmt: skip

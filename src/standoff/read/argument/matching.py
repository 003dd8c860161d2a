"""All causal links of one parsed sentence, each pair of sides once."""

from __future__ import annotations

from standoff.read.argument.clauses import mark_links, misread_links, phrase_links
from standoff.read.argument.copulas import copula_links
from standoff.read.argument.link import Bare, Link
from standoff.read.argument.sides import trimmed
from standoff.read.argument.verbs import likelihood_links, verb_links
from standoff.read.syntax import Tree


def links_in(tree: Tree, bare: Bare) -> list[Link]:
    """All links of one sentence, in the order of their connectives; no two with the same sides."""
    found = [*verb_links(tree, bare), *likelihood_links(tree, bare), *mark_links(tree)]
    found += [*misread_links(tree), *phrase_links(tree)]
    found += copula_links(tree)
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

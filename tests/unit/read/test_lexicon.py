"""The lexicon that ships says what lemminflect says, word for word."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from standoff.errors import DescriptionError
from standoff.read import lexicon
from standoff.read.lexicon import lexicon_word, pack_lexicon

lemminflect = pytest.importorskip("lemminflect", reason="the lexicon's source is not installed")
NAMES = {"VBZ": "s", "VBG": "ing", "VBD": "past", "VBN": "participle"}
SCRIPT = Path(__file__).parents[3] / "scripts/make_lexicon.py"


def _words() -> list[str]:
    spec = importlib.util.spec_from_file_location("make_lexicon", SCRIPT)
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made.words()


def test_every_word_has_the_same_lemmas_and_forms() -> None:
    every = _words()
    assert len(every) > 60_000
    for word in every:
        got, told = lexicon_word(word), lemminflect.getAllLemmas(word)
        assert got.known is bool(told), word
        assert (got.verbs, got.nouns) == (told.get("VERB", ()), told.get("NOUN", ())), word
        assert (got.adjective, got.adverb) == ("ADJ" in told, "ADV" in told), word
        forms = lemminflect.getAllInflections(word, upos="VERB")
        wanted = {NAMES[tag]: spelt for tag, spelt in forms.items() if tag in NAMES}
        assert dict(got.forms) == wanted, word


@pytest.mark.parametrize("word", ["", "zzyzx", "été", "a", "zzz-top", "\u0000", "aaaaaaaa", "~"])
def test_words_that_are_not_there(word: str) -> None:
    assert lexicon_word(word).known is bool(word and lemminflect.getAllLemmas(word))


def test_other_bytes_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/lexicon.bin").write_bytes(b"not a lexicon")
    monkeypatch.setattr(lexicon, "files", lambda _: tmp_path)
    lexicon._lines.cache_clear()
    try:
        with pytest.raises(DescriptionError):
            lexicon._lines()
    finally:
        lexicon._lines.cache_clear()


def test_a_packed_lexicon_is_sorted_and_the_same_every_time() -> None:
    lines = ["b\tb\t\t\t", "a-b\tx\t\t\t", "a\ta\t\t\t"]
    assert pack_lexicon(lines) == pack_lexicon(lines[::-1])

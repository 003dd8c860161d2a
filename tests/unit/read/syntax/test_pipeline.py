"""Tokens with class, lemma and head at exact offsets; pipelines that cannot be used are refused."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from standoff.errors import DescriptionError
from standoff.read.reading import Token
from standoff.read.syntax import moved, parse_sentences, pipeline


def tokens(text: str, offset: int = 0) -> tuple[Token, ...]:
    return next(parse_sentences([(0, offset, text)]))


@pytest.mark.parametrize(
    "text",
    [
        "Kenya didn't sign.",
        "Côte d’Ivoire’s navy “seized” two boats — 40 % of all.",
        "The U.S.  sent\ttwo\nships.",
        "𝕏 said 🚢 Peru left.",
    ],
)
def test_offsets_are_code_points_of_the_text(text: str) -> None:
    found = tokens(text, offset=7)
    assert all(text[t.start - 7 : t.end - 7] == t.text for t in found)
    assert "".join(t.text for t in found) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "word", "tag", "lemma"),
    [
        ("Peruvian attacks worried Chile.", "attacks", "NOUN", "attack"),
        ("It attacks Chile.", "attacks", "VERB", "attack"),
        ("Chile opened a probe into Peruvian firms.", "firms", "NOUN", "firm"),
        ("Oman cut ties with Yemen.", "cut", "VERB", "cut"),
        ("They met in May.", "May", "PROPN", "may"),
        ("Peru may attack.", "may", "MODAL", "may"),
        ("It plans to strike.", "strike", "VERB", "strike"),
        ("The strike killed two.", "strike", "NOUN", "strike"),
        ("Kenya hasn't signed.", "n't", "NEG", "not"),
        ("Kenya hasn't signed.", "has", "AUX", "have"),
        ("Ships were sent.", "sent", "VERB", "send"),
        ("The warships left Lima.", "left", "VERB", "leave"),
        ("Britain criticised Iran.", "criticised", "VERB", "criticise"),
    ],
)
def test_class_and_lemma_in_context(text: str, word: str, tag: str, lemma: str) -> None:
    token = next(t for t in tokens(text) if t.text == word)
    assert (token.tag, token.lemma) == (tag, lemma)


def test_heads_lead_to_one_root() -> None:
    found = tokens("Chile, which Peru had warned, sent two ships to the strait.")
    assert [t.text for t in found if t.head == t.index] == ["sent"]
    subject = next(t for t in found if t.dep == "nsubj" and t.head == 7)
    assert subject.text == "Chile"


def test_sentences_are_not_cut_again() -> None:
    (first, second) = parse_sentences([(3, 0, "Peru left. Chile stayed."), (4, 30, "Oman met.")])
    assert sum(t.head == t.index for t in first) == 1
    assert {t.sentence for t in first} == {3} and {t.sentence for t in second} == {4}
    assert second[0].start == 30


def test_moved_shifts_a_token_and_its_head() -> None:
    found = list(moved(tokens("Peru left."), 10))
    assert [(t.index, t.head) for t in found] == [(10, 11), (11, 11), (12, 11)]


def test_nothing_is_loaded_for_no_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "_pipeline", lambda: pytest.fail("loaded"))
    assert list(parse_sentences([])) == []


# ---------------------------------------------------------------- pipelines that cannot be used


@pytest.fixture
def fresh():
    """No pipeline kept from before, none left behind."""
    pipeline._pipeline.cache_clear()  # pyright: ignore[reportPrivateUsage]
    yield
    pipeline._pipeline.cache_clear()  # pyright: ignore[reportPrivateUsage]


def shipped(monkeypatch: pytest.MonkeyPatch, lang: str, version: str, parts: list[str]) -> None:
    fake = SimpleNamespace(meta={"lang": lang, "version": version}, pipe_names=parts)
    spacy = SimpleNamespace(load=lambda name, exclude: fake)
    monkeypatch.setattr(pipeline, "_spacy", lambda: spacy)


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize(
    ("lang", "version", "parts", "told"),
    [
        ("de", "3.8.0", ["tagger", "parser"], "language 'de'"),
        ("en", "2.3.1", ["tagger", "parser"], "version 2.3.1"),
        ("en", "3.8.0", ["tagger"], "without parser"),
        ("en", "3.8.0", [], "without tagger and parser"),
    ],
)
def test_another_pipeline_is_refused(
    monkeypatch: pytest.MonkeyPatch, lang: str, version: str, parts: list[str], told: str
) -> None:
    shipped(monkeypatch, lang, version, parts)
    with pytest.raises(DescriptionError) as refused:
        tokens("Peru left.")
    assert told in str(refused.value) and "STANDOFF_PIPELINE" in str(refused.value)


@pytest.mark.usefixtures("fresh")
def test_a_pipeline_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANDOFF_PIPELINE", "xx_none_such_sm")
    with pytest.raises(DescriptionError) as refused:
        tokens("Peru left.")
    assert "xx_none_such_sm" in str(refused.value) and "pip install" in str(refused.value)


@pytest.mark.usefixtures("fresh")
def test_without_spacy_nothing_is_read_worse(monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import date

    from standoff.read import read_report

    def missing() -> object:
        raise ImportError("spacy")

    monkeypatch.setattr(pipeline, "_spacy", missing)
    with pytest.raises(DescriptionError, match="not read without a parse"):
        read_report("Peru condemned Chile.", published=date(2021, 8, 13))

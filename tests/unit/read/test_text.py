"""Sentences and tokens: exact offsets, abbreviations, quotes, posts."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.read.text import LONGEST, split_text


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_text(text).sentences if s.kind != "boilerplate"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The U.S. fleet sailed. Japan objected.", 2),
        ("Gen. Smith met Mr. Abe at 5 p.m. on Friday. They talked.", 2),
        ('"We will fight," he said. "We will win."', 2),
        ("It cost 1.5 billion dollars. That is a lot.", 2),
        ("Who fired? Nobody knows.", 2),
        ("J. F. Kennedy spoke.", 1),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_contractions_and_possessives_split() -> None:
    tokens = [t.text for t in split_text("Japan's fleet didn't sail.").tokens]
    assert tokens == ["Japan", "'s", "fleet", "did", "n't", "sail", "."]


def test_a_dateline_is_no_sentence() -> None:
    assert sentences("TOKYO, Nov 12 (Reuters) - Japan protested.") == ["Japan protested."]


def test_a_question_is_marked() -> None:
    kinds = [s.kind for s in split_text("Did China attack? It did not.").sentences]
    assert kinds == ["question", "prose"]


def test_a_sentence_without_end_is_cut() -> None:
    raw = split_text("war " * 1000)
    assert all(s.last - s.first <= LONGEST + 1 for s in raw.sentences)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300))
def test_offsets_hold_for_any_text(text: str) -> None:
    raw = split_text(text)
    assert all(text[t.start : t.end] == t.text for t in raw.tokens)
    assert all(a.end <= b.start for a, b in zip(raw.tokens, raw.tokens[1:], strict=False))
    assert all(0 <= s.start <= s.end <= len(text) for s in raw.sentences)


@pytest.mark.parametrize("unit", ['"', "(", "a.", "U.S. ", "“x” ", "\x00", "\u202e", "1,", "-"])
def test_time_is_linear(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    start = time.process_time()
    split_text(text)
    assert time.process_time() - start < 6  # about 0.3 s when the machine is free


def test_an_abbreviation_of_a_state_can_end_a_sentence() -> None:
    cases = {
        "It was signed by the U.S. China protested at once.": 2,
        "Talks were held in the U.K. The minister left.": 2,
        "He flew to the U.A.E. It was hot.": 2,
        "The U.S. Navy said so and the U.K. Foreign Office agreed.": 1,
        "U.S. President Joe Biden and U.S. China policy.": 1,
    }
    for text, count in cases.items():
        assert len(split_text(text).sentences) == count, text


def test_a_number_of_a_house_denies_nothing() -> None:
    from datetime import date

    from standoff.read import read_report

    for text in ("No. 10 condemned Russia.", "No. 10 criticised Iran on Monday."):
        found = read_report(text, published=date(2021, 8, 13))
        assert [s.source_actors for s in found.signals] == [("GBR",)], text
        assert not found.nonsignals

"""`text[start:end] == quote` under random edits: of the text, and of the spans."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.errors import StandoffError
from standoff.ledger import Ledger, verify
from standoff.ledger.decide import same_words
from standoff.terms import Document, Report, Signal, Span, signal_from_record

ALPHABET = "ab \u0301\U0001f6a2\u202e\n中"


def edited(text: str, rng: random.Random) -> str:
    """A text with one stretch removed, put in, or replaced."""
    at = rng.randrange(len(text) + 1)
    cut = rng.randrange(4)
    fresh = "".join(rng.choice(ALPHABET) for _ in range(rng.randrange(4)))
    return text[:at] + fresh + text[at + cut :]


def occurrences(text: str, words: str) -> list[int]:
    """Every place where words begin, overlapping ones included: the slow, obvious way."""
    return [i for i in range(len(text)) if text[i : i + len(words)] == words]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(ALPHABET, min_size=2, max_size=60), st.randoms(use_true_random=False), st.data())
def test_a_span_moves_with_its_words_or_not_at_all(text: str, rng, data) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span.of(text, start, data.draw(st.integers(start + 1, len(text))))
    new = edited(text, rng)
    moved = same_words(text, span, new)
    found = occurrences(new, span.quote)
    if moved is None:
        assert len(found) != 1
    else:
        assert moved.check(new).quote == span.quote and moved.start in found
        around = (text[max(start - 40, 0) : start], text[span.end : span.end + 40])
        same = [
            i
            for i in found
            if new[max(i - len(around[0]), 0) : i] == around[0]
            and new[i + len(span.quote) :].startswith(around[1])
        ]
        assert found == [moved.start] or same == [moved.start]


def base_signal(text: str) -> Signal:
    """The plainest coding of a whole text."""
    return signal_from_record(
        {
            "id": "s0", "start": 0, "end": len(text), "quote": text, "trigger": [0, 1],
            "sources": [{"actor": "JPN"}], "targets": [], "event": "SUPPORT", "channel": "words",
            "status": "done", "officialness": "official", "explicitness": 1,
        }
    )  # fmt: skip


def try_edits(ledger: Ledger, texts: list[str], number: int, rng: random.Random) -> tuple[int, int]:
    """Random edits of spans, right and wrong ones; returns how many were taken and refused.

    The ledger must take exactly those whose quote stands where it says.
    """
    taken = refused = 0
    for _ in range(number):
        i = rng.randrange(len(texts))
        text = texts[i]
        start = rng.randrange(-1, len(text) + 1)
        end = rng.randrange(start, len(text) + 3)
        quote = text[max(start, 0) : end]
        if rng.random() < 0.3:
            quote = edited(quote, rng)
        trigger = [start, min(start + 1, end)]
        right = 0 <= start < end <= len(text) and text[start:end] == quote
        changes = {"start": start, "end": end, "quote": quote, "trigger": trigger}
        try:
            ledger.edit(f"S-{i + 1:03d}", changes, "a random edit")
        except StandoffError:
            assert not right, (text, changes)
            refused += 1
        else:
            assert right, (text, changes)
            taken += 1
    return taken, refused


def corpus(ledger: Ledger, rng: random.Random, size: int) -> list[str]:
    """Documents of random characters, each with one signal."""
    texts = []
    for i in range(size):
        text = f"{i} " + "".join(rng.choice(ALPHABET) for _ in range(rng.randrange(5, 80)))
        document = Document.from_text(text, title="", source="", published=date(2021, 8, 1))
        ledger.add(Report(document, (base_signal(text),)))
        texts.append(text)
    return texts


def test_random_edits_of_spans_leave_no_span_wrong(tmp_path: Path) -> None:
    rng = random.Random(1)
    with Ledger.create(tmp_path / "s.standoff", system="x") as ledger:
        with ledger.batch():
            texts = corpus(ledger, rng, 40)
            taken, refused = try_edits(ledger, texts, 1500, rng)
        assert taken > 100 and refused > 100
        for item in ledger.signals():
            item.signal.span.check(ledger.document(item.document).text)
        assert verify(ledger.store) == ()


def test_a_wrong_span_in_the_file_is_seen(tmp_path: Path) -> None:
    with Ledger.create(tmp_path / "s.standoff", system="x") as ledger:
        corpus(ledger, random.Random(1), 2)
        ledger.store.connection.execute("DROP TRIGGER signal_stays")
        ledger.store.connection.execute("UPDATE signal SET first = 1 WHERE number = 2")
        assert verify(ledger.store) != ()
        with pytest.raises(StandoffError):
            Span(1, 3, "zz").check("abc")

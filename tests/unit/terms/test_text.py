"""Spans, parties and handles: offsets counted by hand."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from standoff.errors import SpanMismatch
from standoff.terms import Document, Span, parse_handle

TEXT = "Tokyo said it would help Taipei."


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        ((0, 5), (5, 8), False),
        ((0, 5), (4, 8), True),
        ((0, 5), (6, 8), False),
        ((0, 9), (3, 4), True),
        ((0, 5), (0, 5), True),
    ],
)
def test_half_open_spans_that_touch_share_nothing(
    first: tuple[int, int], second: tuple[int, int], shared: bool
) -> None:
    one, two = Span.of(TEXT, *first), Span.of(TEXT, *second)
    assert one.overlaps(two) is shared
    assert two.overlaps(one) is shared


def test_a_span_that_ends_with_the_text_holds() -> None:
    assert Span(25, 32, "Taipei.").check(TEXT).quote == "Taipei."
    assert Span(0, 5, "Tokyo").check(TEXT).end == 5


@pytest.mark.parametrize(
    "span",
    [
        Span(0, 5, "Kyoto"),
        Span(1, 6, "Tokyo"),
        Span(-7, 32, "Taipei."),
        Span(25, 33, "Taipei."),
        Span(5, 5, ""),
        Span(6, 5, ""),
        Span(-1, 0, ""),
    ],
)
def test_a_span_that_lies_outside_or_holds_nothing_is_refused(span: Span) -> None:
    with pytest.raises(SpanMismatch):
        span.check(TEXT)


def test_a_document_is_known_by_the_bytes_of_its_text() -> None:
    made = Document.from_text("Grüße", title="t", source="s", published=date(2021, 8, 13))
    assert made.sha256 == hashlib.sha256(b"Gr\xc3\xbc\xc3\x9fe").hexdigest()
    assert made.encoding == "utf-8"
    assert made.boilerplate == ()
    # Half of a surrogate pair, as broken JSON leaves it, still has bytes.
    broken = Document.from_text("\ud83d", title="t", source="s", published=date(2021, 8, 13))
    assert broken.sha256 == hashlib.sha256(b"\xed\xa0\xbd").hexdigest()


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [
        ("s-014", "S", "014"),
        ("  a-0004 ", "A", "0004"),
        ("C–07", "C", "07"),  # an en dash
        ("D‑003", "D", "003"),  # a hyphen that does not break
        ("R-3f2a#war", "R", "3f2a#war"),
        ("L-JPN>TWN:hostility@2021-08-13", "L", "JPN>TWN:hostility@2021-08-13"),
    ],
)
def test_handles_with_other_dashes_and_small_letters(text: str, kind: str, key: str) -> None:
    handle = parse_handle(text)
    assert (handle.kind, handle.key) == (kind, key)

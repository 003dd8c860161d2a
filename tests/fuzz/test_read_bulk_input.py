"""Bad input to the reader: read or refused with a reason, never a crash, never a hang.

The bound on time is 100 microseconds a character, ten times what ordinary prose needs on a busy
core, and the time of four times the text may be at most seven times as long: quadratic time would
be sixteen times.
"""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standoff.errors import InputError
from standoff.read import load_documents, read_report

DAY = date(2021, 8, 13)
UNITS = {
    "quotes": '"',
    "curly quotes": "“",
    "quoted speech": '"Yes," he said. ',
    "one endless sentence": "Japan said that China fired missiles near Taiwan and that ",
    "one endless word": "Japan",
    "NUL between words": "Japan\x00China ",
    "bidirectional controls": "\u202eJapan attacks\u202c ",
    "digits": "1",
    "list of numbers": "1, 2, 3, ",
    "dates": "3 May 2020, ",
    "open brackets": "(",
    "nested speech": "he said that ",
    "names": "Suga Kishida Abe Aso ",
    "near names": "Antony Blinkin met Yoshihige Suda. ",
    "states": "China and Japan and ",
    "capitals": "JAPAN WARNS CHINA ",
    "one word a line": "Japan.\n",
    "percent signs": "%20",
    "addresses": "https://a.b/c ",
    "dots": "... ",
    "auxiliaries": "may not have been going to ",
    "conditions": "if Japan attacks then ",
    "lone surrogates": "\ud800 Japan ",
    "joined emoji": "👩‍👩‍👧‍👦 ",
    "combining marks": "e\u0301\u0301\u0301",
    "hyphens": "a-",
    "bullets": "- a\n",
    "table": "\t|",
    "source tails": "Sources: a. ",
}


def seconds(text: str) -> float:
    """Processor time of a reading; a refusal with a reason counts as an answer."""
    begun = time.thread_time()
    try:
        report = read_report(text, published=DAY)
    except InputError as refusal:
        assert "expected" in str(refusal)
    else:
        for signal in report.signals:
            assert text[signal.span.start : signal.span.end] == signal.span.quote
    return time.thread_time() - begun


@pytest.mark.parametrize("name", sorted(UNITS))
def test_a_unit_repeated_without_end_takes_linear_time(name: str) -> None:
    unit = UNITS[name]
    read_report("Japan protested.", published=DAY)  # tables are loaded once
    short, long = ((unit * (n // len(unit) + 1))[:n] for n in (8_000, 32_000))
    first, second = (min(seconds(t) for _ in range(3)) for t in (short, long))
    assert second < 150e-6 * len(long)  # a third of it is the network, 5 ms for 25 words
    assert second < 7 * first + 0.3


def test_a_million_quotes_are_read_in_seconds() -> None:
    assert seconds("“" * 1_000_000) < 20
    assert seconds('"' * 1_000_000) < 20


def test_a_line_of_a_megabyte_without_a_blank_is_read() -> None:
    assert seconds("x" * 1_000_000) < 20


def test_fifty_megabytes_are_refused_with_a_reason_and_at_once() -> None:
    begun = time.thread_time()
    with pytest.raises(InputError, match="--batch"):
        load_documents(b"Japan protested. " * 3_000_000, name="big.txt")
    with pytest.raises(InputError, match="--batch"):
        read_report("Japan protested. " * 3_000_000, published=DAY)
    assert time.thread_time() - begun < 10


def test_scripts_in_a_page_are_never_read() -> None:
    page = (
        "<html><script>"
        + "China attacks Japan. " * 5_000
        + "</script><body><p>Nothing happened here.</p></body></html>"
    )
    (found,) = load_documents(page.encode(), name="x.html")
    assert "attacks" not in found.text


ALPHABET = st.sampled_from(
    ["Japan", "China", " ", ".", ",", "\n", "said", "will", "not", '"', "“", "”", "\x00", "\u202e", "\ufeff", "%",
     "5", "km", "May", "may", "if", "Taiwan", "'s", "(", ")", "台湾", "й", "\ud800", "fired", "missiles", "2021-13-45"]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ALPHABET, max_size=120).map("".join))
def test_any_mixture_is_read_or_refused(text: str) -> None:
    seconds(text)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=300),
    st.sampled_from(["a.txt", "a.html", "a.pdf", "a.docx", "a.xml", "a.md", ""]),
    st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04word/", b"<html><p>", b"<rss>", b"\xff\xfe", b"\xef\xbb\xbf"]),
)  # fmt: skip
def test_any_bytes_are_loaded_or_refused(data: bytes, name: str, head: bytes) -> None:
    try:
        found = load_documents(head + data, name=name)
    except InputError as refusal:
        assert "expected" in str(refusal)
    else:
        assert all(item.text.strip() for item in found)

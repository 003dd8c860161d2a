"""The front door: fields of signals, what is no signal, spans, determinism, bad input."""

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.errors import EmptyText
from standoff.read import read_report
from standoff.terms import Report, Signal, Status

DAY = date(2021, 8, 13)
ARTICLE = Path(__file__).parents[4] / "shared" / "seed" / "article.txt"


def read(text: str) -> Report:
    return read_report(text, published=DAY)


def one(text: str) -> Signal:
    signals = read(text).signals
    assert len(signals) == 1, [s.rule for s in signals]
    return signals[0]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Russia sent troops to Belarus.", Status.DONE),
        ("Russia is sending troops to Belarus.", Status.ONGOING),
        ("Russia will send troops to Belarus.", Status.PLANNED),
        ("Russia plans to send troops to Belarus.", Status.PLANNED),
        ("Russia is considering sending troops to Belarus.", Status.PROPOSED),
        ("Russia reportedly sent troops to Belarus.", Status.ALLEGED),
        ("Russia will send troops to Belarus if NATO expands.", Status.CONDITIONAL),
    ],
)
def test_status(text: str, status: Status) -> None:
    assert one(text).status is status


@pytest.mark.parametrize(
    "text",
    [
        "Russia did not send troops to Belarus.",
        "Russia denied that it sent troops to Belarus.",
        "Did Russia send troops to Belarus?",
        "If Russia sends troops to Belarus, war may follow.",
        "No country sent troops to Belarus.",
        "Russia stopped short of sending troops to Belarus.",
    ],
)
def test_what_did_not_happen_is_no_deed(text: str) -> None:
    assert all(s.event.value != "MOBILIZE" for s in read(text).signals)


def test_a_text_about_sport_is_left_alone() -> None:
    text = (
        "Spain crushed France 3-0. The striker fired twice past the goalkeeper, and the coach "
        "praised his team. Fans in the stadium celebrated the goals until midnight."
    )
    report = read(text)
    assert not report.signals
    assert {n.reason for n in report.nonsignals} == {"sports"}


def test_plural_actors_and_a_passive() -> None:
    signal = one("Sanctions were imposed on Iran by Britain, France and Germany.")
    assert set(signal.source_actors) == {"GBR", "FRA", "DEU"}
    assert signal.target_actors == ("IRN",)


def test_a_speaker_is_kept_and_the_span_is_what_he_said() -> None:
    signal = one("Biden said the United States would defend Japan.")
    assert signal.source_actors == ("USA",)
    assert signal.protege == "JPN"
    assert signal.span.quote == "the United States would defend Japan"
    assert signal.attribution[0].speaker == "Biden"


def test_a_landing_is_part_of_its_launch() -> None:
    report = read("North Korea fired a missile. The missile landed near Japan.")
    assert [s.source_actors for s in report.signals] == [("PRK",)]
    assert "part of an act told before" in {n.reason for n in report.nonsignals}


def test_the_spans_are_the_words() -> None:
    text = "Iran, which Israel had bombed, fired missiles at Israel; the UN urged calm."
    for signal in read(text).signals:
        for span in (signal.span, signal.trigger):
            assert text[span.start : span.end] == span.quote
        assert signal.span.start <= signal.trigger.start <= signal.trigger.end <= signal.span.end


def test_an_empty_text_is_refused() -> None:
    with pytest.raises(EmptyText):
        read(" \n\t ")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    if not text.strip():
        return
    report = read(text)
    for signal in report.signals:
        assert text[signal.span.start : signal.span.end] == signal.span.quote


@pytest.mark.parametrize(
    "text",
    [
        "China said " * 4000,
        '"China attacked Japan" ' * 4000,
        "China, Japan and " * 4000 + "Korea met.",
        "if China attacks " * 3000,
        "\x00\u202eChina attacked Japan\u202c. " * 500,
    ],
    ids=["said", "quotes", "lists", "ifs", "controls"],
)
def test_long_repetition_takes_bounded_time(text: str) -> None:
    start = time.thread_time()
    read(text)
    assert time.thread_time() - start < 30  # under 3 s each on a free core


def test_two_hash_seeds_give_the_same_bytes() -> None:
    code = (
        "from datetime import date; from standoff.read import read_report; "
        "print(read_report('Japan, China and Korea met; Iran and Oman condemned Israel, which "
        "attacked Syria and Lebanon.', published=date(2021, 8, 13)))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(runs) == 1


@pytest.mark.skipif(not ARTICLE.exists(), reason="the shared seed article is not here")
def test_the_seed_article() -> None:
    text = ARTICLE.read_text("utf-8")
    report = read(text)
    tail = text.index("Sources:")
    assert any(b.start <= tail < b.end for b in report.document.boilerplate)
    assert len(report.signals) >= 8
    assert all(s.span.start < tail for s in report.signals)
    assert all(text[s.span.start : s.span.end] == s.span.quote for s in report.signals)

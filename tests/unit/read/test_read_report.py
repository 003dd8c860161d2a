"""What one sentence becomes: actors, acts, channel, status, speaker. Texts are the test's own."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.errors import EmptyText
from standoff.read import read_report

DAY = date(2021, 8, 13)


def read(text: str):
    return read_report(text, published=DAY)


def only(text: str):
    signals = read(text).signals
    assert len(signals) == 1, [(s.span.quote, s.event) for s in signals]
    return signals[0]


ACTS = {
    "China's foreign ministry accused Japan of gross interference on Tuesday.":
        ("CHN", "JPN", "ACCUSE", "words"),
    "The State Department approved the sale of 40 howitzers to Taiwan.":
        ("USA", "TWN", "AID", "deeds"),
    "Ukraine was invaded by Russia.": ("RUS", "UKR", "ASSAULT", "deeds"),
    "NATO pledged to defend Estonia.": ("IGO", "EST", "SUPPORT", "words"),
    "India condemned the Pakistani test.": ("IND", "PAK", "ACCUSE", "words"),
}  # fmt: skip


@pytest.mark.parametrize("text", ACTS)
def test_who_did_what_to_whom(text) -> None:
    source, target, event, channel = ACTS[text]
    s = only(text)
    assert source in s.source_actors and target in s.target_actors
    assert (s.event, s.channel) == (event, channel)
    assert text[s.span.start : s.span.end] == s.span.quote


def test_a_plan_is_not_a_deed_done() -> None:
    plan = only("Japan plans to deploy 500 to 600 troops to Ishigaki by March 2023.")
    done = only("Japan deployed a missile unit to Amami Oshima on Monday.")
    assert (plan.status, done.status) == ("planned", "done")
    assert plan.channel == done.channel == "deeds"


def test_a_condition_stays_with_the_pledge() -> None:
    s = read("If China invaded Taiwan, the United States would respond militarily, Biden said.")
    assert [x.status for x in s.signals] == ["conditional"]


def test_what_is_denied_is_no_signal() -> None:
    report = read("Pakistan did not condemn the Indian test.")
    assert report.signals == () and [n.reason for n in report.nonsignals] == ["denied"]


def test_a_denial_is_itself_an_act_and_what_is_denied_did_not_happen() -> None:
    report = read("Russia denied that it had moved troops to the border with Ukraine.")
    assert [(s.event, s.channel) for s in report.signals] == [("REJECT", "words")]


def test_a_threat_taken_back_is_a_retraction() -> None:
    s = only("Iran retracted its threat to close the Strait of Hormuz.")
    assert s.valence == "retract" and s.event == "CONCEDE"


def test_a_red_line_is_marked() -> None:
    signals = read("India warned Pakistan that any attack would cross a red line.").signals
    assert signals[0].x_event == "RED_LINE" and signals[0].event == "THREATEN"


def test_a_passage_is_a_deed_of_its_own_kind() -> None:
    s = only("The destroyer USS Benfold sailed through the Taiwan Strait on Wednesday.")
    assert (s.x_event, s.channel) == ("TRANSIT", "deeds")
    assert s.date.start == s.date.end == date(2021, 8, 11)


def test_two_actors_of_one_act() -> None:
    s = only("Germany and Britain sent warships to the Baltic.")
    assert set(s.source_actors) == {"DEU", "GBR"}


def test_unnamed_officials_weigh_less_than_a_ministry() -> None:
    named = only("China's foreign ministry threatened Japan.")
    unnamed = only("Two unnamed officials said Tehran had shelled Israel.")
    assert named.officialness == "official" and unnamed.officialness == "anonymous_official"


def test_who_is_quoted_is_kept() -> None:
    s = only("President Biden said the United States would defend Taiwan.")
    assert [a.speaker for a in s.attribution] == ["President Biden"]


def test_a_pledge_that_names_act_and_object_is_most_explicit() -> None:
    plain = only("President Biden said the United States would defend Taiwan.")
    vague = only("Japan voiced concern about China.")
    assert plain.explicitness > vague.explicitness


def test_relative_dates_are_intervals() -> None:
    s = only("Japan deployed a missile unit to Amami Oshima last year.")
    assert (s.date.start, s.date.end) == (date(2020, 1, 1), date(2020, 12, 31))
    assert s.status == "historical"


def test_a_tail_of_sources_yields_nothing() -> None:
    text = "China accused Japan of interference.\n\nSources:\nhttps://example.org/china,accused%20japan"
    report = read(text)
    assert len(report.signals) == 1 and report.signals[0].span.end < text.index("Sources")
    assert report.document.boilerplate


def test_a_text_without_words_is_refused() -> None:
    with pytest.raises(EmptyText):
        read(" \n\t")

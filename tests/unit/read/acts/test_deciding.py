"""What the fitted models may and may not do: they add acts that no frame knows, never what is asked for,
denied, supposed or only named, never without somebody whom the sentence leads to."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.read import read_report
from standoff.read.acts.judging import all_right, chosen, share_right
from standoff.terms import PloverEvent, Signal

DAY = date(2024, 5, 23)


def added(text: str, published: date = DAY, source: str = "") -> list[Signal]:
    found = read_report(text, published=published, source=source).signals
    return [s for s in found if s.rule.endswith(".fitted")]


@pytest.mark.parametrize(
    "text",
    [
        "Peru demanded the withdrawal of Chilean troops from the valley.",
        "Peru asked Chile for military help.",
        "Peru threatened sanctions against Chile.",
        "Peru fears any further attack by Chile.",
        "The prospect of an attack on Chile by Peru faded.",
        "Peru failed to seize a Chilean boat.",
        "Peru refrained from striking targets in Chile.",
        "Peru denied the attack on Chile.",
        "Peru plans to send troops to Bolivia.",
        "The attack on Chile continued.",
    ],
)
def test_what_is_asked_denied_or_only_named_is_not_added(text: str) -> None:
    assert added(text) == []


def test_an_added_act_has_a_source_that_its_sentence_leads_to() -> None:
    texts = (
        "Peru's bombardment of Chile killed dozens.",
        "Chile is reeling from Peru's invasion.",
        "The Peruvian invasion of Chile shocked the region.",
    )
    found = [s for text in texts for s in added(text)]
    for signal in found:
        assert any(
            p.field == "sources" and signal.source_actors[0] in p.value for p in signal.parts
        )
    blows = [s for s in found if s.event is PloverEvent.ASSAULT]
    assert blows and {s.source_actors for s in blows} == {("PER",)}


def test_nothing_is_history_without_a_date_long_past() -> None:
    for text in ("Saudi Arabia attacked Yemen.", "Sudan cut ties with the UAE."):
        assert [s.status.value for s in read_report(text, published=DAY).signals] == ["done"]
    (old,) = read_report("In 1991 Iraq attacked Israel.", published=DAY).signals
    assert old.status.value == "historical"


def test_neutral_sentences_around_it_change_no_signal() -> None:
    """No code depends on the length of the text."""
    neutral = "The weather was mild. Shops opened at nine. A choir sang in the square. "
    for text in ("Peru's bombardment of Chile killed dozens.", "Peru shelled Chile."):
        alone = [(s.rule, s.source_actors) for s in read_report(text, published=DAY).signals]
        within = read_report(neutral + text, published=DAY).signals
        assert [(s.rule, s.source_actors) for s in within] == alone


def test_the_words_of_a_government_are_its_own() -> None:
    text = "We will work with the governments of Turkey and Iraq. We condemn Iran."
    found = read_report(text, published=DAY, source="President of the United States").signals
    assert {s.source_actors for s in found} == {("USA",)}


def test_we_in_a_quotation_is_not_the_publishers() -> None:
    text = 'A rebel said: "We attacked Chile."'
    found = read_report(text, published=DAY, source="Government of Peru").signals
    assert all("PER" not in s.source_actors for s in found)


def test_those_who_met_are_the_leaders() -> None:
    text = "President Biden met Prime Minister Fiala of the Czech Republic. The leaders condemned Iran."
    found = read_report(text, published=date(2024, 4, 15), source="White House").signals
    assert [s.source_actors for s in found if s.event.value == "ACCUSE"] == [("USA", "CZE")]


def test_who_takes_part() -> None:
    """By hand: all that are likely, else the likeliest if likely enough, else nobody."""
    assert chosen({"A": 0.7, "B": 0.6, "C": 0.1}) == ["A", "B"]
    assert chosen({"A": 0.2, "B": 0.4}) == ["B"]
    assert chosen({"A": 0.2, "B": 0.1}) == [] == chosen({})
    assert all_right({"A": 0.5, "B": 0.25}, ["A"]) == pytest.approx(0.5 * 0.75)


def test_how_sure_a_frame_is_rises_with_the_models() -> None:
    for framed in (True, False):
        shares = [share_right(p / 20, framed=framed) for p in range(21)]
        assert shares == sorted(shares) and 0 < shares[0] < shares[-1] < 1

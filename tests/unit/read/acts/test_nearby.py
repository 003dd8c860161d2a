"""To whom an act is directed where no slot of its verb says so; sentences of our own."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.read import read_report

DAY = date(2021, 8, 13)


FAR = (
    "Kenya refused. Years later, after many other things had come and gone in one way or another "
    "and nobody had spoken of it for a long time in any of the capitals of the region or beyond "
    "it, as far as anybody there or elsewhere could tell from what had been written about the matter by "
    "then, and after two changes of government in both, Somalia proposed talks."
)


def dyads(text: str) -> set[tuple[str, str]]:
    """Every (source, target) of a text."""
    signals = read_report(text, published=DAY).signals
    return {(a, b) for s in signals for a in s.source_actors for b in s.target_actors}


@pytest.mark.parametrize(
    ("text", "dyad"),
    [
        ("Chile scrapped an accord meant to prevent clashes with Peru.", ("CHL", "PER")),
        ("Kenya rejected any link between the island and Somalia.", ("KEN", "SOM")),
        ("Ghana sent a letter to Togo objecting to the ruling.", ("GHA", "TGO")),
        ("Chad denounced the raid and threatened action against Sudan.", ("TCD", "SDN")),
        ("Norway threatened air strikes if Russian troops did not leave.", ("NOR", "RUS")),
        ("Kenya proposed talks, but Somalia refused.", ("KEN", "SOM")),
        ("Kenya proposed talks. Somalia rejected the proposal.", ("SOM", "KEN")),
    ],
)
def test_whom_the_words_around_the_verb_name(text: str, dyad: tuple[str, str]) -> None:
    assert dyad in dyads(text)


@pytest.mark.parametrize(
    "text",
    [
        "Chile condemned the coup during a summit in Peru.",  # a place
        "Ghana, which has sent a frigate to Oman, urged Togo to step back.",  # another clause
        "Norway sent ships to Estonia.",  # whom they protect
        FAR,  # too far to be an answer, and before it
    ],
)
def test_nobody_is_made_a_target_by_standing_near(text: str) -> None:
    wrong = {("CHL", "PER"), ("GHA", "OMN"), ("NOR", "EST"), ("KEN", "SOM")}
    assert not dyads(text) & wrong


def test_the_path_says_that_the_target_was_not_in_a_slot() -> None:
    (signal,) = read_report(
        "Kenya rejected any link between the island and Somalia.", published=DAY
    ).signals
    paths = [p.value for p in signal.parts if p.field == "targets"]
    assert paths == ['SOM: in what the verb governs: named "Somalia"']


@pytest.mark.parametrize(
    ("text", "dyads_"),
    [
        # Nobody accuses themselves: the verb joined to the wrong clause goes back to its own.
        (
            "India said that China posed a threat to Nepal and accused China of lying.",
            {("IND", "CHN")},
        ),
        ("North and South Korea agreed to talks.", {("PRK", "KOR"), ("KOR", "PRK")}),
        ("Leaders of Chad and Sudan met in Paris.", {("TCD", "SDN"), ("SDN", "TCD")}),
        ("On 9 January two corps of the U.S. Army attacked Iran.", {("USA", "IRN")}),
        (
            "The withdrawal of Russian troops from Latvia was completed.",
            {("RUS", "LVA")},
        ),
        ("An accord between Chad and Sudan was signed.", {("TCD", "SDN"), ("SDN", "TCD")}),
        ("But Washington rejected the Iranian offer.", {("USA", "IRN"), ("IRN", "USA")}),
        ("A court in Russia sentenced an American journalist.", {("RUS", "USA")}),
    ],
)
def test_the_sides_are_these_and_no_others(text: str, dyads_: set[tuple[str, str]]) -> None:
    assert {(a, b) for a, b in dyads(text) if a != b} == dyads_


@pytest.mark.parametrize(
    "text",
    [
        "The ministry blamed the Allied Democratic Forces (ADF). The ADF denied it.",
        "Congress debated the Syria Accountability Act, which demanded that nobody leave.",
        "The invasion of Czechoslovakia began on 20 August.",
        "Several pro-Israel protesters were hurt in Toronto.",
        "Police captured the gang leader José Antonio Yépez Ortiz.",
    ],
)
def test_a_name_within_another_name_is_no_author(text: str) -> None:
    assert not {a for a, _ in dyads(text)} & {"AUS", "SYR", "CZE", "CSK", "ISR", "CHL"}

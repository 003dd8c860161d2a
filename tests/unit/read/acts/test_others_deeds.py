"""Deeds and words of others: groups that are no states, claims about another, who speaks a statement."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.read import read_report
from standoff.read.acts.author import author_of
from standoff.read.report import prepare
from standoff.terms import Signal

DAY = date(2021, 8, 13)


def told(text: str) -> list[tuple[tuple[str, ...], tuple[str, ...], str, str]]:
    """(sources, targets, event, status) of each signal."""
    signals = read_report(text, published=DAY).signals
    return [(s.source_actors, s.target_actors, s.event.value, s.status.value) for s in signals]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hezbollah fired rockets at Israel.", "Hezbollah"),
        ("Al-Shabaab attacked Kenyan troops.", "Al-Shabaab"),
        ("Rebels in Mali attacked French troops.", "Rebels in Mali"),
    ],
)
def test_an_armed_group_is_no_state_and_keeps_its_name(text: str, name: str) -> None:
    (signal,) = read_report(text, published=DAY).signals
    assert [(p.actor, p.organisation) for p in signal.sources] == [("XXX", name)]


def test_two_groups_are_not_the_same_nobody() -> None:
    (signal,) = read_report("Boko Haram attacked Al-Shabaab.", published=DAY).signals
    assert signal.sources[0].organisation != signal.targets[0].organisation
    text = "Hezbollah fired rockets at Israel. Its leader warned Cyprus."
    assert [_first(s) for s in read_report(text, published=DAY).signals] == ["Hezbollah"] * 2


def _first(signal: Signal) -> str | None:
    return signal.sources[0].organisation


def test_who_is_in_power_acts_for_the_state() -> None:
    text = "The Taliban threatened to attack Pakistan."
    days = {date(2000, 6, 1): "AFG", date(2015, 6, 1): "XXX", date(2022, 6, 1): "AFG"}
    for day, actor in days.items():
        assert [s.source_actors for s in read_report(text, published=day).signals] == [(actor,)]


@pytest.mark.parametrize(
    "text", ["Rebels attacked Sudan.", "Syrian rebels attacked a Jordanian post."]
)
def test_what_acts_for_no_state_lends_it_no_name(text: str) -> None:
    (signal,) = read_report(text, published=DAY).signals
    assert signal.source_actors == ("XXX",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # What is laid at another's door: the charge, and the deed as alleged, each with its author.
        (
            "Chad claimed that a Sudanese jet had shot down its plane.",
            [
                (("TCD",), ("SDN",), "ACCUSE", "done"),
                (("SDN",), ("TCD",), "ASSAULT", "alleged"),
            ],
        ),
        (
            "Kenya accused Somalia of sending weapons to Chad.",
            [
                (("KEN",), ("SOM",), "ACCUSE", "done"),
                (("SOM",), ("TCD",), "AID", "alleged"),
            ],
        ),
        # A threat of another's is a forecast, one's own is a threat.
        ("Kenya said Somalia would retaliate against Chad.", []),
        (
            "Kenya said it would retaliate against Chad.",
            [(("KEN",), ("TCD",), "THREATEN", "done")],
        ),
        # What a threat would answer is its condition, and who would do it is threatened.
        (
            "Kenya threatened to respond to any attack by Somalia.",
            [(("KEN",), ("SOM",), "THREATEN", "conditional")],
        ),
        (
            "Kenya warned Somalia against any interference.",
            [(("KEN",), ("SOM",), "THREATEN", "done")],
        ),
        # What follows from no act, what anybody might do, who says nothing of his own.
        ("A Kenyan jet crashed into a field, killing the pilot.", []),
        (
            "Kenya said any Somali ship found crossing the line would be attacked.",
            [(("KEN",), ("SOM",), "THREATEN", "conditional")],
        ),
        ("Kenya reported a new case of measles from Somalia.", []),
        ("Kenya begins a vaccination campaign with vaccine from Somalia.", []),
    ],
)
def test_whose_deed_it_is(text: str, expected: list[object]) -> None:
    assert told(text) == expected


def test_killed_in_a_clash_names_who_fought() -> None:
    text = "Four people were killed in clashes between Chad and Sudan."
    assert told(text) == [(("TCD", "SDN"), ("TCD", "SDN"), "ASSAULT", "done")]


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("Chile reaffirms its commitment to the treaty. We urge Peru to leave.", "CHL"),
        ("Peru attacked our cities. We ask the world to act.", "XXX"),  # not the one that struck
        ("We assess that Russia continues to mass troops.", "XXX"),
    ],
)
def test_who_says_we(text: str, author: str) -> None:
    assert [r.party.actor for r in author_of(prepare(text, DAY), ())] == [author]


def test_a_president_of_whom_no_table_knows_is_not_the_state_before() -> None:
    text = "Jordan asked for talks. President Smithers condemned Iraq."
    assert not any(s[0] == ("JOR",) and s[2] == "ACCUSE" for s in told(text))

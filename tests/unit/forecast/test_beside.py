"""Obligations and numbers of others: those of the day, of the pair, and never later ones."""

from __future__ import annotations

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from standoff.cli.app import app
from standoff.forecast import Ours, numbers_beside, obligations_to
from standoff.forecast.differing import alongside, differing


def owed(protege: str, on: date) -> dict[str, str]:
    return {o.owner: o.kind for o in obligations_to(protege, on)}


def test_the_treaty_ends_and_the_statute_follows() -> None:
    assert owed("TWN", date(1979, 12, 31))["USA"] == "defence"
    assert owed("TWN", date(1980, 1, 1))["USA"] == "arms"


def test_members_of_a_group_owe_each_other_its_duty_from_their_day_on() -> None:
    # Finland joined NATO on 4 April 2023.
    assert "each of NATO" not in owed("FIN", date(2023, 4, 3))
    assert owed("FIN", date(2023, 4, 4))["each of NATO"] == "defence"


def test_a_number_that_came_out_later_is_not_known() -> None:
    before = [
        n.as_of for n in numbers_beside("RUS", "UKR", date(2021, 12, 30)) if "Russia" in n.question
    ]
    after = [
        n.as_of for n in numbers_beside("RUS", "UKR", date(2022, 3, 1)) if "Russia" in n.question
    ]
    assert before == [] and after == ["2022-02-13", "2022-02", "2022-02", "2021-12"]
    # One of a pair without direction serves both ways.
    assert (
        numbers_beside("CHN", "USA", date(2026, 1, 1))[0]
        == numbers_beside("USA", "CHN", date(2026, 1, 1))[0]
    )


def test_cards_and_forecasts_show_them_beside() -> None:
    run = CliRunner().invoke(app, ["base-rate", "CHN", "TWN", "--on", "2021-08-13"])
    assert "owes      USA: arms (statute), Taiwan Relations Act" in run.stdout
    assert (
        "elsewhere Will China invade Taiwan by 31 May 2021? 5.2%, crowd of 2020-11-11 (CHN>TWN)"
        in run.stdout
    )
    options = ["--as-of", "2021-08-13", "--draws", "100", "--format", "json"]
    roles = ["--challenger", "CHN", "--protege", "TWN", "--defenders", "USA"]
    found = json.loads(CliRunner().invoke(app, ["assess", *roles, *options]).stdout)
    assert found["obligations"][0]["owner"] == "USA"
    assert [n["value"] for n in found["elsewhere"]] == [0.0519, 0.22, 0.41]


OURS = Ours([(3, 0.01), (6, 0.02), (12, 0.04)], joins=0.5, events=7)
DAY = date(2022, 1, 1)


@pytest.mark.parametrize(
    ("value", "measure", "event", "as_of", "deadline", "said"),
    [
        (0.03, "crowd", "alike", DAY, date(2023, 1, 1), ""),
        (0.30, "crowd", "alike", DAY, date(2023, 1, 1), "ours within 12 months is 4 %"),
        (0.30, "crowd", "wider", DAY, date(2023, 1, 1), "event is wider"),
        (0.001, "market", "narrower", DAY, date(2023, 1, 1), "event is narrower"),
        (0.9, "share of experts", "alike", DAY, date(2031, 12, 31), "no probability"),
        (0.9, "crowd", "alike", DAY, date(2031, 12, 31), "longer than any horizon"),
        (0.30, "crowd", "alike", date(2021, 4, 1), date(2022, 12, 31), "9 months older"),
        (0.30, "crowd", "alike", DAY, date(2023, 1, 1), "7 events"),
        (0.22, "rate", "joins", DAY, None, "all alliances"),
        (0.41, "rate", "joins", DAY, None, ""),
        (0.96, "share of experts", "joins", DAY, None, ""),
        (0.01, "crowd", "other", DAY, None, "another question"),
    ],
)
def test_a_factor_of_two_is_explained_and_less_is_not(
    value, measure, event, as_of, deadline, said
) -> None:
    told, brief = differing((value, value), (measure, event), (as_of, deadline), OURS, DAY)
    assert said in told if said else not told
    assert bool(brief) is bool(told) and len(brief) < 90


@pytest.mark.parametrize(
    ("event", "deadline", "said"),
    [
        ("alike", date(2023, 1, 1), "ours for as long is 4 %"),
        ("narrower", date(2022, 4, 2), "ours for as long is 1 %"),
        ("joins", None, "ours, that a defender fights, is 50 %"),
        ("other", None, ""),
    ],
)
def test_our_number_stands_beside_every_number_of_the_same_event(event, deadline, said) -> None:
    """Also where the two do not differ: by hand, hazards even between 3, 6 and 12 months."""
    assert alongside(event, (DAY, deadline), OURS) == said


def test_a_defender_is_set_beside_nothing_where_none_is_asked_about() -> None:
    assert alongside("joins", (DAY, None), Ours(OURS.chances)) == ""


def test_equal_lengths_of_time_are_compared() -> None:
    """Four per cent in a year is about a third of one in a month; a number of that size is no gap."""
    month = (DAY, date(2022, 1, 31))
    assert differing((0.004, 0.004), ("crowd", "alike"), month, OURS, DAY) == ("", "")
    assert differing((0.04, 0.04), ("crowd", "alike"), month, OURS, DAY) != ("", "")


def test_a_base_rate_says_that_it_knows_no_reports() -> None:
    bare = Ours(OURS.chances)
    told = differing((0.4, 0.4), ("crowd", "alike"), (DAY, date(2023, 1, 1)), bare, DAY)
    assert "base rate" in told[0]

"""Obligations and numbers of others: those of the day, of the pair, and never later ones."""

from __future__ import annotations

import json
from datetime import date

from typer.testing import CliRunner

from standoff.cli.app import app
from standoff.forecast import numbers_beside, obligations_to


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

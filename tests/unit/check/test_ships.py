"""Ships against the years of their service. The days are those of the navies' own announcements."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.assess import read_and_check
from standoff.reference import naval_ships, ships_called

DAY = date(2021, 8, 13)


def outcomes(text: str, published: date = DAY) -> list[str]:
    report, verdicts = read_and_check(text, published=published)
    ships = {c.id for c in report.claims if getattr(c.content, "kind", "") == "ship"}
    return [str(v.outcome.value) for v in verdicts if v.claim in ships]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("HMS Queen Elizabeth sailed through the South China Sea on Tuesday.", ["SUPPORTED"]),
        ("HMNZS Endeavour sailed through the Taiwan Strait on Tuesday.", ["CONTRADICTED"]),
        ("HMAS Melbourne left Sydney on Tuesday.", ["CONTRADICTED"]),
        # Asides: the past, by a word or by a year, and a class named after a ship.
        ("HMAS Melbourne, decommissioned in 2019, was praised on Tuesday.", []),
        ("The former HMNZS Endeavour was scrapped.", []),
        ("In 2015 HMNZS Endeavour sailed through the strait.", []),
        # A ship that the table does not know is nobody's error.
        ("HMS Imaginary sailed through the strait on Tuesday.", []),
    ],
)
def test_a_ship_is_held_against_its_years(text: str, outcome: list[str]) -> None:
    assert outcomes(text) == outcome


def test_a_name_used_again_is_right_in_both_lives() -> None:
    text = "HMAS Adelaide left Sydney on Tuesday."
    assert outcomes(text, date(2005, 3, 1)) == outcomes(text, date(2019, 3, 1)) == ["SUPPORTED"]


def test_an_end_known_by_the_year_leaves_a_year_of_doubt() -> None:
    text = "HMS Argyll left Plymouth on Tuesday."
    assert outcomes(text, date(2025, 2, 1)) == ["NOT_CHECKABLE"]
    assert outcomes(text, date(2026, 2, 1)) == ["CONTRADICTED"]


def test_every_row_has_a_source_and_runs_forward() -> None:
    for ship in naval_ships():
        assert ship.provenance.source and ship.provenance.url
        assert ship.end or ship.as_of, ship.title
        assert not (ship.start and ship.end) or ship.start < ship.end
        assert ship in ships_called(ship.prefix, ship.name)

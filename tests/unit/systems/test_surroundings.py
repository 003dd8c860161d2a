"""Whose land a state faces, against lengths of borders published elsewhere."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.errors import UnknownActor
from standoff.systems import approaches

DAY = date(2021, 8, 13)

# Lengths of land borders in km, CIA World Factbook. Other yardsticks follow rivers otherwise, hence
# the room of seven points.
BORDERS = {
    "MNG": {"RUS": 3452, "CHN": 4630},
    "NPL": {"IND": 1770, "CHN": 1389},
    "PRY": {"ARG": 2531, "BRA": 1371, "BOL": 753},
    "LSO": {"ZAF": 1106},
}


@pytest.mark.parametrize("actor", BORDERS)
def test_shares_of_a_landlocked_state_are_those_of_its_borders(actor: str) -> None:
    total = sum(BORDERS[actor].values())
    found = {a.neighbour: a for a in approaches(actor, DAY)}
    assert set(found) == set(BORDERS[actor])
    for name, km in BORDERS[actor].items():
        assert found[name].share == pytest.approx(km / total, abs=0.07)
        assert found[name].nearest_km < 2


def test_shares_add_up_and_tell_who_is_armed() -> None:
    found = approaches("CHN", DAY)
    assert sum(a.share for a in found) == pytest.approx(1.0)
    assert {a.neighbour for a in found if a.nuclear == "armed"} == {"RUS", "PRK", "IND", "PAK"}
    assert found == tuple(sorted(found, key=lambda a: -a.share))


def test_islands_in_the_ocean_face_open_sea() -> None:
    """The Azores lie 1,300 km from any other land than Portugal's own."""
    found = {a.neighbour: a.share for a in approaches("PRT", DAY)}
    assert set(found) == {"ESP", ""} and 0.1 < found[""] < 0.5


def test_a_code_without_land_is_refused() -> None:
    with pytest.raises(UnknownActor):
        approaches("XXX", DAY)

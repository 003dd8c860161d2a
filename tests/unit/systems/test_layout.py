"""Distance to ceilings and reach of units, against figures published elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from standoff.errors import DescriptionError
from standoff.systems import ceiling_distances, load_system, reaches

WEST = load_system("west-pacific-2021")


def test_japan_stood_just_below_its_ceiling() -> None:
    """Japan's own figure for 2020, under 1 %: 0.997 by the release, .94 by the ministry."""
    (found,) = ceiling_distances(WEST)
    assert found.ceiling.actor == "JPN" and found.year == 2020
    assert found.left == pytest.approx(1.0 - found.share) and 0 < found.left < 0.1


def test_a_ceiling_that_was_crossed_is_below_zero() -> None:
    low = replace(WEST, ceilings=(replace(WEST.ceilings[0], value=0.9),))
    assert all(c.left < 0 for c in ceiling_distances(low))


def test_nothing_is_known_before_it_was_released() -> None:
    """Asked in 2019 nothing of 2019 or of later releases is used."""
    for found in ceiling_distances(WEST, date(2019, 6, 1)):
        assert found.year < 2019 and int(found.release.rpartition("-")[2]) < 2019


def test_distances_from_ishigaki_are_those_of_the_atlas() -> None:
    """Uotsuri about 170 km (Ministry of Foreign Affairs of Japan); Yonaguni 127 km (the island's
    town); Taipei about 270 km. From the middle of the island, hence ten kilometres of room."""
    km = {r.place: r for r in reaches(WEST) if r.site.place == "Ishigaki"}
    for place, published in (("Uotsuri", 170), ("Yonaguni", 127), ("Taipei", 270)):
        assert km[place].km == pytest.approx(published, abs=10), place
    assert km["Uotsuri"].inside and not km["Taipei"].inside
    assert [r.km for r in km.values()] == sorted(r.km for r in km.values())


def test_near_the_edge_it_says_that_it_cannot_tell() -> None:
    site = next(s for s in WEST.sites if s.reach_km)
    edge = replace(WEST, sites=(replace(site, reach_km=165.0),))
    told = {r.place: r.sure for r in reaches(edge)}
    assert not told["Uotsuri"] and told["Hateruma"]


def test_a_place_that_is_not_in_the_table_is_named() -> None:
    site = next(s for s in WEST.sites if s.reach_km)
    with pytest.raises(DescriptionError, match="Atlantis"):
        reaches(replace(WEST, sites=(replace(site, place="Atlantis"),)))

"""Bands of the law of the sea and lines that states have drawn, against distances known from charts."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.errors import FactError, UnknownActor
from standoff.reference import GeoPoint, bands_at, claimed_waters, claims_at, find_places, side_of
from standoff.reference import waters as module

DAY = date(2021, 8, 13)


def test_the_strait_of_dover_is_territorial_sea_of_both_and_the_taiwan_strait_is_not() -> None:
    """Dover is 18 nautical miles wide, so that no point is 12 from both; Taiwan's strait has 70."""
    dover = bands_at(GeoPoint(51.0, 1.45), ("GBR", "FRA"))
    assert {b.band for b in dover} == {"territorial sea"}
    strait = bands_at(GeoPoint(24.8, 119.93), ("CHN", "TWN"))
    assert {b.band for b in strait} == {"exclusive economic zone"}
    assert 60 < sum(b.miles for b in strait) < 90


def test_land_the_contiguous_zone_and_the_high_seas() -> None:
    assert bands_at(GeoPoint(23.9, 121.0), ("TWN",))[0].band == "land"
    assert bands_at(GeoPoint(24.0, 121.75), ("TWN",))[0].band == "territorial sea"
    assert bands_at(GeoPoint(24.0, 122.02), ("TWN",))[0].band == "contiguous zone"
    assert bands_at(GeoPoint(35.0, 180.0), ("JPN", "USA"))[0].band == "high seas"
    with pytest.raises(UnknownActor):
        bands_at(GeoPoint(24.0, 122.0), ("ZZZ",))


def test_a_point_at_the_edge_of_a_band_is_not_sure() -> None:
    edge = next(
        GeoPoint(24.0, lon / 1000)
        for lon in range(121_700, 122_100)
        if bands_at(GeoPoint(24.0, lon / 1000), ("TWN",))[0].band == "contiguous zone"
    )
    assert not bands_at(edge, ("TWN",))[0].sure
    assert bands_at(GeoPoint(24.8, 119.93), ("TWN",))[0].sure


@pytest.mark.parametrize(
    ("lat", "lon", "on", "found"),
    [
        (11.1, 114.0, DAY, ["kalayaan"]),  # off Thitu
        (11.1, 114.0, date(1978, 6, 10), []),  # a day before the decree
        (15.18, 117.7, DAY, []),  # off Scarborough Shoal: not in the group
        (31.5, 18.0, date(1981, 8, 19), ["sidra"]),  # south of 32.5 north, the year of the clash
        (31.5, 18.0, date(1973, 10, 18), []),
        (33.0, 18.0, date(1981, 8, 19), []),
        (30.3, 15.4, date(1981, 8, 19), []),  # ashore
    ],
)
def test_areas_are_claimed_within_their_corners_and_their_days(
    lat: float, lon: float, on: date, found: list[str]
) -> None:
    assert [c.id for c in claims_at(GeoPoint(lat, lon), on)] == found


def test_a_claim_without_coordinates_is_told_for_places_only() -> None:
    (sea,) = (p for p in find_places("South China Sea") if p.kind == "sea")
    assert "nine-dash" in [c.id for c in claims_at(sea.point, DAY, sea)]
    assert "nine-dash" not in [c.id for c in claims_at(sea.point, DAY)]
    assert "nine-dash" not in [c.id for c in claims_at(sea.point, date(2009, 5, 6), sea)]


def test_sides_of_the_median_line() -> None:
    median = next(c for c in claimed_waters() if c.id == "median-line")
    assert side_of(GeoPoint(25.04, 118.9), median) == "west"
    assert side_of(GeoPoint(25.05, 121.5), median) == "east"  # Taipei
    assert side_of(GeoPoint(30.0, 121.0), median) == ""
    with pytest.raises(FactError):
        side_of(GeoPoint(25.0, 119.0), next(c for c in claimed_waters() if c.kind == "area"))


def test_every_claim_says_who_objects_and_where_it_is_from() -> None:
    for claim in claimed_waters():
        assert claim.opposed and claim.origin.source and claim.origin.verified
        for place in claim.places:
            assert any(p.id == place for p in module_places())


def module_places():
    from standoff.reference import places

    return places()


def test_a_row_without_points_is_refused() -> None:
    row = dict.fromkeys(("id", "claimant", "name", "points", "places", "until", "claim"), "")
    row |= {"kind": "area", "since": "2000-01-01", "opposed": "x", "source": "s", "verified": "v"}
    with pytest.raises(FactError, match="0 points"):
        module._claim(row)  # pyright: ignore[reportPrivateUsage]

"""Points and rings on the ellipsoid, against lengths that anybody can look up."""

from __future__ import annotations

import numpy as np
import pytest

from standoff.errors import FactError
from standoff.reference.coastlines import polygon_at
from standoff.reference.geodesy import (
    Distance,
    GeoPoint,
    destination,
    geodesic_circle,
    geodesic_km,
    point_to_coast,
    point_to_point,
    within,
)
from standoff.reference.outlines import _divided, _in_box, outline_of_state, to_space
from standoff.reference.place_table import place_from_row

# WGS84: equator 40,075.017 km, quarter of a meridian 10,001.966 km.
EQUATOR_KM = 40_075.017
QUARTER_KM = 10_001.966


def test_a_quarter_of_the_equator_and_of_a_meridian() -> None:
    assert geodesic_km((0.0, 0.0), (0.0, 90.0)) == pytest.approx(EQUATOR_KM / 4, abs=0.001)
    assert geodesic_km((0.0, 17.0), (90.0, 0.0)) == pytest.approx(QUARTER_KM, abs=0.001)


def test_east_over_the_date_line_is_the_short_way() -> None:
    one = point_to_point(GeoPoint(0.0, 179.5), GeoPoint(0.0, 180.5), from_name="a", to_name="b")
    assert one.km == pytest.approx(EQUATOR_KM / 360, abs=0.001)
    assert one.to_point == GeoPoint(0.0, -179.5)
    back = one.swapped()
    assert (back.from_name, back.to_name, back.from_point) == ("b", "a", one.to_point)
    assert back.km == one.km


def test_a_nautical_mile_is_1852_metres() -> None:
    assert Distance(18.52, "", GeoPoint(0, 0), GeoPoint(0, 0), 0.0).nmi == pytest.approx(10.0)


@pytest.mark.parametrize("point", [(91.0, 0.0), (-90.5, 0.0), (0.0, 361.0), (0.0, -360.5)])
def test_a_point_that_is_not_on_the_earth_is_refused(point: tuple[float, float]) -> None:
    with pytest.raises(FactError, match="latitude comes first"):
        point_to_point(GeoPoint(*point), GeoPoint(0.0, 0.0))


@pytest.mark.parametrize("point", [(90.0, 0.0), (-90.0, 360.0), (0.0, -360.0)])
def test_the_edges_are_on_the_earth(point: tuple[float, float]) -> None:
    assert point_to_point(GeoPoint(*point), GeoPoint(*point)).km == 0.0


def test_a_bearing_runs_clockwise_from_north() -> None:
    north = destination(GeoPoint(0.0, 10.0), 0.0, QUARTER_KM)
    assert north.lat == pytest.approx(90.0, abs=1e-4)
    west = destination(GeoPoint(0.0, 10.0), 270.0, EQUATOR_KM / 36)
    assert (west.lat, west.lon) == pytest.approx((0.0, 0.0), abs=1e-4)


def test_a_ring_has_a_point_every_five_degrees_and_the_first_is_north() -> None:
    centre = GeoPoint(24.4, 124.2)
    ring = geodesic_circle(centre, 300.0)
    assert len(ring) == 360 / 5
    assert ring[0].lon == pytest.approx(centre.lon) and ring[0].lat > centre.lat
    assert ring[18].lon > centre.lon  # a quarter round is east
    assert all(geodesic_km(centre, p) == pytest.approx(300.0, abs=1e-6) for p in ring)


def test_what_lies_on_the_ring_is_within_and_the_nearest_comes_first() -> None:
    degree = EQUATOR_KM / 360
    places = [
        ("two", GeoPoint(0.0, 2.0)),
        ("one", GeoPoint(0.0, 1.0)),
        ("three", GeoPoint(0.0, 3.0)),
    ]
    found = within(GeoPoint(0.0, 0.0), geodesic_km((0, 0), (0, 2)), places)
    assert [name for name, _ in found] == ["one", "two"]
    assert found[0][1] == pytest.approx(degree, abs=0.001)


def test_a_point_on_land_is_at_no_distance_from_it() -> None:
    taipei = point_to_coast(GeoPoint(25.03, 121.56), outline_of_state("TWN"), 0.5, "Taipei")
    assert (taipei.km, taipei.method) == (0.0, "point inside")


@pytest.mark.parametrize(
    ("lat", "lon", "good"),
    [("90", "180", True), ("-90", "-180", True), ("90.1", "0", False), ("0", "180.5", False)],
)
def test_a_place_lies_on_the_earth(lat: str, lon: str, good: bool) -> None:
    row = dict.fromkeys(
        "place aliases actor control claimants part_of outline source release retrieved verified "
        "note id kind resolution_km".split(),
        "",
    )
    row |= {"place": "A", "id": "a", "kind": "city", "lat": lat, "lon": lon, "resolution_km": "1"}
    if good:
        assert place_from_row(row).point == (float(lat), float(lon))
    else:
        with pytest.raises(FactError, match="degrees on the Earth"):
            place_from_row(row)


def test_points_in_space_lie_on_the_ellipsoid() -> None:
    """WGS84: 6,378.137 km to the equator, 6,356.752 km to a pole."""
    x, pole, east = to_space(np.array([0.0, 90.0, 0.0]), np.array([0.0, 0.0, 90.0]))
    assert x == pytest.approx([6378.137, 0.0, 0.0], abs=1e-6)
    assert pole == pytest.approx([0.0, 0.0, 6356.752], abs=1e-3)
    assert east == pytest.approx([0.0, 6378.137, 0.0], abs=1e-6)


def test_a_long_edge_is_cut_so_that_no_piece_is_longer_than_five_kilometres() -> None:
    """At 60 degrees north a degree of longitude is half of one at the equator: 55.7 km, 12 pieces."""
    for lat, pieces in ((60.0, 12), (0.0, 23)):
        a, b, length = _divided(np.array([[lat, 10.0]]), np.array([[lat, 11.0]]))
        assert len(a) == len(b) == len(length) == pieces
        assert tuple(a[0]) == (lat, 10.0) and tuple(b[-1]) == pytest.approx((lat, 11.0))
        assert np.allclose(b[:-1], a[1:])
    # 0.04 degrees of latitude are 4.4 km: left whole.
    a, b, length = _divided(np.array([[0.0, 0.0]]), np.array([[0.04, 0.0]]))
    assert len(a) == 1 and length[0] == pytest.approx(4.45, abs=0.01)


def test_a_box_holds_its_edges_and_counts_longitude_around_the_earth() -> None:
    at = np.array([[10.0, 20.0], [12.0, 380.0], [12.0, 24.0], [9.9, 21.0], [11.0, 24.1]])
    assert list(_in_box(at, (10.0, 20.0, 12.0, 24.0))) == [True, True, True, False, False]


def test_land_is_found_over_the_date_line() -> None:
    """Taveuni in Fiji lies on both sides of 180 degrees; a point just off it belongs to Fiji."""
    for lon in (179.99, -179.99):
        found = polygon_at(-16.8, lon, within_km=60.0)
        assert found is not None and found.control == "FJI", lon

"""Distances against other sources and against slow versions that anybody can check.

The slow versions know nothing of trees or projections: every vertex of one coast, thickened to a
point at least every two kilometres, against every point of the other, by the inverse geodesic.
"""

from __future__ import annotations

import csv
import math
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from standoff.reference import (
    GeoPoint,
    coast_to_coast,
    distance,
    geodesic_km,
    outline_of,
    place,
    point_to_coast,
    point_to_point,
)
from standoff.reference.coastlines import polygon

SHARED = (
    Path(__file__).resolve().parents[2].parent / "shared" / "data" / "signals" / "distances.csv"
)

# Names of the file to ids of the gazetteer; a point given in the file stands for itself.
PLACES = {
    "Yonaguni": "yonaguni",
    "Taiwan": "taiwan",
    "Yonaguni (Cape Irizaki)": "cape-irizaki",
    "Yilan City": "yilan",
    "Camp Yonaguni": "camp-yonaguni",
    "Su'ao": "su-ao",
    "Ishigaki": "ishigaki",
    "Ishigaki city": "ishigaki-city",
    "Hualien": "hualien",
    "Taipei 101": "taipei-101",
    "Taoyuan airport": "taoyuan-airport",
    "Iriomote": "iriomote",
    "Hateruma": "hateruma",
    "Miyako": "miyako",
    "Uotsuri (Senkaku)": "uotsuri",
}


def _vincenty(a: GeoPoint, b: GeoPoint) -> float:
    """Inverse geodesic by Vincenty's iteration (1975), WGS84, kilometres."""
    f, big = 1 / 298.257223563, 6378.137
    small = big * (1 - f)
    u1, u2 = (math.atan((1 - f) * math.tan(math.radians(p.lat))) for p in (a, b))
    along = math.radians(b.lon - a.lon)
    lam = along
    for _ in range(200):
        s_lam, c_lam = math.sin(lam), math.cos(lam)
        s_sig = math.hypot(
            math.cos(u2) * s_lam,
            math.cos(u1) * math.sin(u2) - math.sin(u1) * math.cos(u2) * c_lam,
        )
        c_sig = math.sin(u1) * math.sin(u2) + math.cos(u1) * math.cos(u2) * c_lam
        sigma = math.atan2(s_sig, c_sig)
        s_alpha = math.cos(u1) * math.cos(u2) * s_lam / s_sig
        c2 = 1 - s_alpha**2
        c2m = c_sig - 2 * math.sin(u1) * math.sin(u2) / c2
        c = f / 16 * c2 * (4 + f * (4 - 3 * c2))
        new = along + (1 - c) * f * s_alpha * (
            sigma + c * s_sig * (c2m + c * c_sig * (2 * c2m**2 - 1))
        )
        if abs(new - lam) < 1e-13:
            break
        lam = new
    k = c2 * (big**2 - small**2) / small**2
    aa = 1 + k / 16384 * (4096 + k * (-768 + k * (320 - 175 * k)))
    bb = k / 1024 * (256 + k * (-128 + k * (74 - 47 * k)))
    inner = c_sig * (2 * c2m**2 - 1) - bb / 6 * c2m * (4 * s_sig**2 - 3) * (4 * c2m**2 - 3)
    return small * aa * (sigma - bb * s_sig * (c2m + bb / 4 * inner))


def test_point_to_point_against_vincenty() -> None:
    rng = np.random.default_rng(6)
    for _ in range(200):
        a = GeoPoint(float(rng.uniform(-70, 70)), float(rng.uniform(-180, 180)))
        b = GeoPoint(
            float(np.clip(a.lat + rng.uniform(-30, 30), -80, 80)), a.lon + float(rng.uniform(1, 40))
        )
        # Vincenty's series is good to half a millimetre.
        assert geodesic_km(a, b) == pytest.approx(_vincenty(a, b), abs=1e-5)


def test_a_degree_of_the_meridian_and_a_nautical_mile() -> None:
    # Length of the meridian quadrant of WGS84: 10,001.9657 km.
    assert geodesic_km(GeoPoint(0, 30), GeoPoint(90, 30)) == pytest.approx(10001.9657, abs=1e-3)
    d = point_to_point(GeoPoint(0, 0), GeoPoint(0, 1))
    assert d.nmi * 1.852 == pytest.approx(d.km, abs=1e-12)


def _points(place_id: str, step_km: float = 2.0) -> np.ndarray:
    """Vertices of every ring and points between them, and the loose points of the outline."""
    found = [np.array(outline_of(place(place_id)).points).reshape(-1, 2)]
    for ring in (r for i in outline_of(place(place_id)).polygons for r in polygon(i).rings):
        for (lat1, lon1), (lat2, lon2) in pairwise(ring):
            n = max(1, math.ceil(math.hypot(lat2 - lat1, lon2 - lon1) * 111.2 / step_km))
            t = np.arange(n)[:, None] / n
            found.append(np.array([[lat1, lon1]]) + t * np.array([[lat2 - lat1, lon2 - lon1]]))
    return np.concatenate(found)


@pytest.mark.parametrize(
    ("first", "second"),
    [("yonaguni", "ishigaki"), ("ishigaki", "miyako"), ("iturup", "hokkaido")],
)
def test_coast_to_coast_against_all_pairs_of_points(first, second) -> None:
    a, b = outline_of(place(first)), outline_of(place(second))
    fast = coast_to_coast(a, b).km
    pa, pb = _points(first), _points(second)
    # Great circles first, to leave the exact geodesic a short list.
    la, lb = np.radians(pa), np.radians(pb)
    cosine = np.sin(la[:, :1]) * np.sin(lb[:, 0]) + np.cos(la[:, :1]) * np.cos(lb[:, 0]) * np.cos(
        la[:, 1:] - lb[:, 1]
    )
    near = np.argsort(np.arccos(np.clip(cosine, -1, 1)), axis=None)[:400]
    i, j = np.unravel_index(near, cosine.shape)
    slow = min(geodesic_km(GeoPoint(*pa[k]), GeoPoint(*pb[m])) for k, m in zip(i, j, strict=True))
    # The fast one may lie between two of the points; never further than half a step.
    assert fast <= slow + 1e-6
    assert fast == pytest.approx(slow, abs=0.3)


def test_laws_of_distance() -> None:
    for a, b in (("yonaguni", "taiwan"), ("okinawa", "kyushu"), ("iturup", "hokkaido")):
        ab, ba = distance(place(a), place(b)), distance(place(b), place(a))
        assert ab.km == pytest.approx(ba.km, abs=1e-9)
    part = distance(place("yilan"), place("yonaguni"))
    whole = distance(place("taiwan"), place("yonaguni"))
    assert whole.km <= part.km
    inside = point_to_coast(place("taipei").point, outline_of(place("taiwan")))
    assert inside.km >= 0


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_file(), reason="needs the optional ../shared/data/signals")
def test_reference_distances_agree_within_the_stated_error() -> None:
    """Every row of the reference file, measured by the method it states."""
    with SHARED.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 15
    for row in rows:
        a, b = place(PLACES[row["from"]]), place(PLACES[row["to"]])
        method, want = row["method"], float(row["km"])
        if method.startswith("coast to coast"):
            found = coast_to_coast(outline_of(a), outline_of(b))
        elif method.startswith("coast to point"):
            found = point_to_coast(b.point, outline_of(a))
        elif method.startswith("point to coast"):
            found = point_to_coast(a.point, outline_of(b))
        else:
            found = point_to_point(a.point, b.point)
        # Points of towns are chosen by hand: half a kilometre each.
        allowed = found.resolution_km + (1.0 if method == "point to point" else 0.0)
        assert abs(found.km - want) <= allowed, (row, found)
        assert float(row["nmi"]) == pytest.approx(want / 1.852, abs=0.08)  # both are rounded

"""Whose waters a point lies in: the bands of the law of the sea, and lines that states have drawn.

A band is what the law of the sea allows at most, measured from the nearest shipped coast and not from
declared baselines, which lie further out: a point told as outside 12 miles may lie inside them. What
states claim beyond that stands in ``data/waters.csv`` with source, beginning and who objects; a claim
without published coordinates is told for whole seas and island groups only.

Examples:
    >>> strait = GeoPoint(24.8, 119.93)
    >>> [(b.actor, b.band) for b in bands_at(strait, ("CHN", "TWN"))]
    [('CHN', 'exclusive economic zone'), ('TWN', 'exclusive economic zone')]
    >>> [c.id for c in claims_at(GeoPoint(10.0, 115.0), date(2021, 8, 13))]
    ['kalayaan']
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from standoff.errors import FactError
from standoff.reference.coastlines import polygon_at
from standoff.reference.geodesy import GeoPoint
from standoff.reference.place_table import Place
from standoff.reference.provenance import Provenance, parse_date, read_rows
from standoff.reference.regions import nearest_land

__all__ = ["ClaimedWater", "WaterBand", "bands_at", "claimed_waters", "claims_at", "side_of"]

NAUTICAL_MILE_KM = 1.852
BANDS: tuple[tuple[str, float], ...] = (
    ("territorial sea", 12.0),
    ("contiguous zone", 24.0),
    ("exclusive economic zone", 200.0),
)
"""Widths in nautical miles: articles 3, 33 and 57 of the convention of 1982."""

Kind = Literal["line", "area", "named"]


@dataclass(frozen=True, slots=True)
class WaterBand:
    """How far a point lies from the land of a state, in nautical miles, and in which band that is.

    `band` is "land", the innermost band that may reach the point, or "high seas"; `sure` is False
    within the error of the coastlines from the edge of a band.
    """

    actor: str
    band: str
    miles: float
    sure: bool


@dataclass(frozen=True, slots=True)
class ClaimedWater:
    """A line or area that a state has drawn at sea.

    Attributes:
        kind: ``line`` (points from one end to the other), ``area`` (corners) or ``named`` (no
            coordinates: the places that it takes in).
        since, until: days between which it is claimed.
        claim: what is claimed there. opposed: who says otherwise.
    """

    id: str
    claimant: str
    name: str
    kind: Kind
    points: tuple[GeoPoint, ...]
    places: tuple[str, ...]
    since: date
    until: date | None
    claim: str
    opposed: str
    origin: Provenance


def bands_at(point: GeoPoint, actors: Sequence[str]) -> tuple[WaterBand, ...]:
    """The band of each state's coast that a point lies in, the nearest coast first.

    Raises:
        UnknownActor: no land has one of the codes.
    """
    ashore = polygon_at(point.lat, point.lon)
    found: list[WaterBand] = []
    for actor in actors:
        if ashore is not None and actor in (ashore.code, ashore.control):
            found.append(WaterBand(actor, "land", 0.0, True))
            continue
        distance = nearest_land(point, actor)
        miles = distance.km / NAUTICAL_MILE_KM
        band = next((name for name, width in BANDS if miles <= width), "high seas")
        error = distance.resolution_km / NAUTICAL_MILE_KM
        sure = all(abs(miles - width) > error for _, width in BANDS)
        found.append(WaterBand(actor, band, round(miles, 1), sure))
    return tuple(sorted(found, key=lambda b: (b.miles, b.actor)))


@lru_cache(maxsize=1)
def claimed_waters() -> tuple[ClaimedWater, ...]:
    """Every line and area of the shipped table, in its order."""
    return tuple(_claim(row) for row in read_rows("waters.csv"))


def claims_at(point: GeoPoint, on: date, place: Place | None = None) -> tuple[ClaimedWater, ...]:
    """What was claimed on a day at a point; `place` adds the claims that name it, without coordinates."""
    found: list[ClaimedWater] = []
    for claim in claimed_waters():
        if claim.since > on or (claim.until is not None and claim.until < on):
            continue
        named = place is not None and place.id in claim.places
        if named or (claim.kind == "area" and _inside(point, claim.points)):
            found.append(claim)
    return tuple(found)


def side_of(point: GeoPoint, line: ClaimedWater) -> str:
    """On which side of a line a point lies, "west" or "east"; "" beyond its ends.

    >>> median = next(c for c in claimed_waters() if c.id == "median-line")
    >>> side_of(GeoPoint(24.5, 118.5), median), side_of(GeoPoint(24.5, 120.3), median)
    ('west', 'east')

    Raises:
        FactError: what was given is no line.
    """
    if line.kind != "line":
        raise FactError(f"{line.id} of kind {line.kind}", "a line", "claimed_waters()")
    for a, b in zip(line.points, line.points[1:], strict=False):
        low, high = sorted((a.lat, b.lat))
        if low <= point.lat <= high and high > low:
            share = (point.lat - a.lat) / (b.lat - a.lat)
            return "west" if point.lon < a.lon + share * (b.lon - a.lon) else "east"
    return ""


def _inside(point: GeoPoint, corners: tuple[GeoPoint, ...]) -> bool:
    """Whether a point of the sea lies in an area of straight sides on the map (even-odd rule)."""
    if polygon_at(point.lat, point.lon) is not None:
        return False
    inside = False
    for a, b in zip(corners, (*corners[1:], corners[0]), strict=True):
        if (a.lat > point.lat) != (b.lat > point.lat):
            share = (point.lat - a.lat) / (b.lat - a.lat)
            inside ^= point.lon < a.lon + share * (b.lon - a.lon)
    return inside


def _claim(row: dict[str, str]) -> ClaimedWater:
    since = parse_date(row["since"])
    kind = row["kind"]
    points = tuple(
        GeoPoint(*(float(n) for n in pair.split())) for pair in row["points"].split(";") if pair
    )
    places = tuple(p for p in row["places"].split(";") if p)
    least = {"line": 2, "area": 3, "named": 0}.get(kind)
    if since is None or least is None or len(points) < least or (kind == "named" and not places):
        raise FactError(
            f"the claim {row['id']!r} of kind {kind!r} with {len(points)} points",
            "a day of beginning, and a line of two points, an area of three, or named places",
            "complete the row of waters.csv",
        )
    return ClaimedWater(
        id=row["id"], claimant=row["claimant"], name=row["name"], kind=kind,  # type: ignore[arg-type]
        points=points, places=places, since=since, until=parse_date(row["until"]),
        claim=row["claim"], opposed=row["opposed"], origin=Provenance.of(row, "waters.csv"),
    )  # fmt: skip

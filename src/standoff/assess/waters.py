"""Through whose waters a passage went: bands of the coasts nearby, and lines that states have drawn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from standoff.reference import (
    ClaimedWater,
    Place,
    WaterBand,
    bands_at,
    claimed_waters,
    claims_at,
    find_places,
    land_polygons,
    side_of,
)
from standoff.terms import ExtensionEvent, Signal

AT_SEA = ("strait", "sea")
REACH = 200.0 / 60.0
"""Degrees of latitude in 200 nautical miles."""


@dataclass(frozen=True, slots=True)
class Waters:
    """What is known of a place at sea on a day: bands, claims that take it in, sides of lines near.

    A strait or sea is measured at the point that stands for it; a passage may have kept elsewhere.
    """

    place: Place
    on: date
    bands: tuple[WaterBand, ...]
    claims: tuple[ClaimedWater, ...]
    sides: tuple[tuple[ClaimedWater, str], ...]

    def lines(self) -> list[str]:
        """In words, the claims first."""
        found = [
            f"inside the {c.name} ({c.claimant}, since {c.since}): {c.claim}; opposed: {c.opposed}"
            for c in self.claims
        ]
        found += [f"{side} of the {c.name} ({c.claimant})" for c, side in self.sides]
        found += [
            f"{b.band} of {b.actor} at most, {b.miles:g} nautical miles off its coast"
            + ("" if b.sure else "; too near the edge to tell")
            for b in self.bands
            if b.band != "high seas"
        ]
        outside = not self.claims and all(b.band == "high seas" for b in self.bands)
        return [*found, "outside of every band and claim known here"] if outside else found


def waters_of(place: Place, on: date, actors: Sequence[str] = ()) -> Waters:
    """The waters of a place on a day; without `actors`, every state with a coast within 200 miles."""
    point = place.point
    asked = actors or sorted({p.control or p.code for p in land_polygons(_around(place))})
    bands = tuple(b for b in bands_at(point, asked) if actors or b.band != "high seas")
    claims = claims_at(point, on, place)
    # A strait as a whole lies on both sides of a line along it.
    lines = [c for c in claimed_waters() if c.kind == "line" and c.since <= on]
    lines = [] if place.kind in AT_SEA else lines
    near = [(c, side_of(point, c)) for c in lines if _near(place, c)]
    return Waters(place, on, bands, claims, tuple((c, side) for c, side in near if side))


def passage_waters(signal: Signal, actors: Sequence[str]) -> Waters | None:
    """The waters of a passage; None for another act, or a place that is not at sea."""
    if signal.x_event is not ExtensionEvent.TRANSIT or signal.place is None:
        return None
    on = signal.date.start or signal.date.end
    found = [p for p in find_places(signal.place.name) if p.kind in AT_SEA]
    return waters_of(found[0], on, actors) if found and on else None


def _around(place: Place) -> tuple[float, float, float, float]:
    """A box that holds all within 200 nautical miles: south, west, north, east."""
    lat, lon = place.point.lat, place.point.lon
    wide = REACH / max(math.cos(math.radians(lat)), 0.05)
    return lat - REACH, lon - wide, lat + REACH, lon + wide


def _near(place: Place, line: ClaimedWater) -> bool:
    """Whether a place lies within two degrees of a line's box."""
    lats, lons = [p.lat for p in line.points], [p.lon for p in line.points]
    return (
        min(lats) - 2 <= place.point.lat <= max(lats) + 2
        and min(lons) - 2 <= place.point.lon <= max(lons) + 2
    )

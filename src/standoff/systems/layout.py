"""What follows from a description by arithmetic: distance to ceilings, what a unit can reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from standoff.errors import DescriptionError
from standoff.reference import (
    Coverage,
    Place,
    PlaceKind,
    find_places,
    milex,
    outline_of_state,
    places,
    point_to_coast,
    point_to_point,
)
from standoff.systems.system import Ceiling, Site, System

# What a ring on a map is asked about; towns would only repeat the islands they lie on.
_TARGETS = (
    PlaceKind.STRAIT,
    PlaceKind.CAPITAL,
    PlaceKind.ISLAND,
    PlaceKind.ISLANDS,
    PlaceKind.BASE,
)
SEARCHED_KM = 2000.0


@dataclass(frozen=True, slots=True)
class CeilingDistance:
    """The latest share under a self-set ceiling: `left` in percentage points, below zero beyond."""

    ceiling: Ceiling
    year: int
    share: float
    release: str
    left: float


@dataclass(frozen=True, slots=True)
class Reach:
    """A place and a unit: km from the unit's place, and whether that lies within its reach.

    `sure` is false where the stated reach or the distance is too rough to tell: within five per
    cent of the edge.
    """

    site: Site
    place: str
    km: float
    inside: bool
    sure: bool


def ceiling_distances(system: System, at: date | None = None) -> tuple[CeilingDistance, ...]:
    """How far each ceiling on military spending is, per release, from the last whole year known.

    A release counts from the year after the last one it covers. `at` is the day of the system
    where none is given.

    >>> from standoff.systems import load_system
    >>> [(c.year, c.share, round(c.left, 3)) for c in ceiling_distances(load_system("west-pacific-2021"))]
    [(2020, 0.997, 0.003)]
    """
    day = at or system.as_of
    found: list[CeilingDistance] = []
    for ceiling in system.ceilings:
        latest: dict[str, CeilingDistance] = {}
        for year in range(ceiling.since.year, day.year):
            for row in milex(ceiling.actor, year, "gdp_share_percent"):
                known = int(row.release.rpartition("-")[2]) < day.year
                if known and row.coverage is Coverage.VALUE and row.value is not None:
                    left = round(ceiling.value - row.value, 6)
                    latest[row.release] = CeilingDistance(
                        ceiling, year, row.value, row.release, left
                    )
        found.extend(latest.values())
    return tuple(found)


def reaches(system: System) -> tuple[Reach, ...]:
    """What lies within the reach of each unit that has one, the nearest first; places outside too,
    up to half as far again.

    From the unit's place (a point) to the protege's coast and to straits, capitals, islands and
    bases. Raises `DescriptionError` for a place that is not in the table of places.
    """
    found: list[Reach] = []
    for site in system.sites:
        if site.reach_km is None:
            continue
        start = _place(site)
        home = outline_of_state(system.protege)
        lines = {f"{system.name(system.protege)}, coast": point_to_coast(start.point, home).km}
        for other in places():
            if other.kind in _TARGETS and other.id != start.id:
                km = point_to_point(start.point, other.point).km
                if km <= min(1.5 * site.reach_km, SEARCHED_KM):
                    lines[other.name] = km
        for name, km in sorted(lines.items(), key=lambda item: (item[1], item[0])):
            sure = abs(km / site.reach_km - 1.0) > 0.05
            found.append(Reach(site, name, round(km, 1), km <= site.reach_km, sure))
    return tuple(found)


def _place(site: Site) -> Place:
    held = [p for p in find_places(site.place) if p.actor == site.actor]
    if not held:
        raise DescriptionError(
            f"site {site.place!r} of {site.actor}",
            "a place of that actor in the table of places",
            "standoff facts list places",
        )
    return held[0]

"""Every reasonable reading of a distance between two names.

Readings: coast to coast, point to coast and point to point for every meaning of either name, main
lands only, capital to coast where states are named, the middle of a small island.
"""

from __future__ import annotations

from functools import lru_cache

from standoff.reference import (
    Distance,
    Place,
    PlaceKind,
    ancestors,
    distance,
    find_places,
    geodesic_km,
    outline_of,
    places,
    point_to_coast,
    readings,
)


@lru_cache(maxsize=16384)
def measured(first: str, second: str) -> tuple[Distance, ...]:
    """All reasonable readings, nearest first, without those of length 0 by containment."""
    found = [d for d in readings(first, second) if not d.method.startswith("one ")]
    for a in find_places(first):
        for b in find_places(second):
            found.extend(_by_capital(a, b))
            found.extend(_by_capital(b, a))
            found.extend(_by_middle(a, b))
    kept: dict[tuple[int, str], Distance] = {}
    for d in sorted(found, key=lambda d: (d.km, d.method)):
        kept.setdefault((round(d.km), d.method), d)
    return tuple(kept.values())


def _by_capital(state: Place, other: Place) -> list[Distance]:
    """From the capital of a state, where only the state is named and the other is one too."""
    if state.kind is not PlaceKind.COUNTRY or other.kind is not PlaceKind.COUNTRY:
        return []
    return [
        distance(p, other)
        for p in _capitals(state.actor)
        if state not in ancestors(other) and p != other
    ]


@lru_cache(maxsize=512)
def _capitals(actor: str) -> tuple[Place, ...]:
    return tuple(p for p in places() if p.kind is PlaceKind.CAPITAL and p.actor == actor)


def _by_middle(a: Place, b: Place) -> list[Distance]:
    """From the middle of a small island, as maps and tables of distances often measure."""
    found: list[Distance] = []
    small = (PlaceKind.ISLAND, PlaceKind.ISLANDS, PlaceKind.REEF)
    for here, there in ((a, b), (b, a)):
        if here.kind in small and there.is_area:
            if there in ancestors(here) or here in ancestors(there):
                continue
            # A group is measured from its main island as well, however far the others lie.
            if here.kind is not PlaceKind.ISLANDS and not _is_small(here):
                continue
            found.append(point_to_coast(here.point, outline_of(there), 1.0, here.name))
    return found


@lru_cache(maxsize=4096)
def _is_small(place: Place) -> bool:
    """Whether no piece of its outline lies further than 40 km from its point."""
    outline = outline_of(place)
    return bool(outline.starts.size) and _reach(place) <= 40.0


@lru_cache(maxsize=4096)
def _reach(place: Place) -> float:
    starts = outline_of(place).starts
    step = max(1, len(starts) // 64)
    return max(geodesic_km(place.point, (float(a), float(b))) for a, b in starts[::step])


@lru_cache(maxsize=4096)
def is_city(name: str) -> bool:
    """Whether some reading of the name is a town or city, which has an extent but only a point."""
    return any(
        p.kind in (PlaceKind.CITY, PlaceKind.CAPITAL, PlaceKind.PORT) for p in find_places(name)
    )

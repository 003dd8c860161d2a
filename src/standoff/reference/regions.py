"""From a place of the gazetteer to its outline, and from two places to their distances.

The rule in the column ``outline`` says what the coast of a place is:

==============  ================================================================================
rule            outline
==============  ================================================================================
``point:R``     its point only, uncertain by R km (cities, bases, reefs)
``island``      the polygon on which its point lies, or the nearest within 15 km
``landmass``    that polygon with all it shares a border with (Borneo, the island of Cyprus)
``state``       all polygons under the control of its actor
``units:A,B``   all polygons of these units (Hong Kong, Greenland)
``within:R``    all polygons of its actor whose middle lies within R km
``box:S,W,N,E`` the edges of its actor's polygons inside the box (a province, an island arc)
``border:A,B``  the border between two states, as points
``parts``       nothing but its parts
==============  ================================================================================

To every outline of an area are added the polygons and points of the places that are part of it,
as far as they are not inside it already. Islands that the 1:10m outlines leave out, and capes
that they cut off, are put back in this way, and a part can never be nearer than the whole.

Examples:
    >>> from standoff.reference.place_table import place
    >>> d = distance(place("yonaguni"), place("taiwan"))
    >>> d.method, abs(d.km - 108.5) <= d.resolution_km          # 108.5 km by GSHHG, full
    ('coast to coast minimum', True)
    >>> distance(place("yilan"), place("taiwan")).km            # Yilan is on Taiwan
    0.0
"""

from __future__ import annotations

from collections import deque
from functools import lru_cache

import numpy as np

from standoff.errors import FactError
from standoff.reference import coastlines
from standoff.reference.geodesy import (
    Distance,
    GeoPoint,
    coast_to_coast,
    geodesic_km,
    point_to_coast,
    point_to_point,
)
from standoff.reference.outlines import Outline, outline_of_points, outline_of_polygons
from standoff.reference.place_table import Place, PlaceKind, find_places, gazetteer

__all__ = ["distance", "landmass_of", "nearest_land", "outline_of", "readings"]

_NEAREST_ISLAND_KM = 15.0
_PART_POINT_KM = 1.0


@lru_cache(maxsize=4096)
def outline_of(place: Place, main_only: bool = False) -> Outline:
    """The outline of a place by its rule. ``main_only``: only the largest piece of a state.

    Raises:
        FactError: the rule is unknown or finds no land.
    """
    rule, _, argument = place.outline.partition(":")
    if main_only and rule == "state":
        main = coastlines.main_polygon(place.actor)
        return outline_of_polygons(place.name, (main.index,))
    if rule == "point" and not place.is_area:
        return outline_of_points(place.name, ((place.point.lat, place.point.lon),), float(argument))
    polygons, box = _own_polygons(place, rule, argument)
    points: list[tuple[float, float]] = []
    if rule == "point":
        points.append((place.point.lat, place.point.lon))
    if rule == "border":
        points.extend(_border(*argument.split(",")))
    base = Outline(place.name, polygons, tuple(points) or ((0.0, 0.0),), 0.0, box)
    for part in gazetteer().parts(place):
        part_rule, _, part_argument = part.outline.partition(":")
        if part_rule == "point":
            at = (part.point.lat, part.point.lon)
            if not base.contains(*at):
                points.append(at)
        elif box is None and part_rule in ("island", "within", "units", "landmass"):
            more, _ = _own_polygons(part, part_rule, part_argument)
            polygons = tuple(dict.fromkeys((*polygons, *more)))
    if not polygons and not points:
        raise FactError(
            f"the outline rule {place.outline!r} of {place.id!r}",
            "a rule that finds land or parts",
            "see standoff.reference.regions for the rules",
        )
    uncertain = float(argument) if rule == "point" else _PART_POINT_KM
    return outline_of_polygons(place.name, polygons, tuple(points), uncertain, box)


def _own_polygons(
    place: Place, rule: str, argument: str
) -> tuple[tuple[int, ...], tuple[float, float, float, float] | None]:
    """Polygons that the rule names, and the box that limits their edges."""
    lat, lon = place.point
    box: tuple[float, float, float, float] | None = None
    found: list[int] = []
    if rule in ("island", "landmass"):
        at = coastlines.polygon_at(lat, lon, _NEAREST_ISLAND_KM)
        if at is not None:
            found = [at.index] if rule == "island" else list(landmass_of(at.index))
    elif rule == "state":
        found = [p.index for p in coastlines.polygons_of(place.actor)]
    elif rule == "units":
        codes = argument.split(",")
        found = [p.index for code in codes for p in coastlines.polygons_of(code)]
        found = [i for i in found if coastlines.polygon(i).code in codes]
    elif rule == "within":
        for candidate in coastlines.polygons_of(place.actor):
            south, west, north, east = candidate.bbox
            middle = ((south + north) / 2.0, (west + east) / 2.0)
            if geodesic_km(middle, place.point) <= float(argument):
                found.append(candidate.index)
    elif rule == "box":
        south, west, north, east = (float(v) for v in argument.split(","))
        box = (south, west, north, east)
        for candidate in coastlines.land_polygons(box):
            if place.actor in ("", candidate.control):
                found.append(candidate.index)
    elif rule not in ("point", "parts", "border"):
        raise FactError(
            f"the outline rule {place.outline!r} of {place.id!r}",
            "point, island, landmass, state, units, within, box, border or parts",
            "correct the column outline",
        )
    return tuple(found), box


@lru_cache(maxsize=1)
def _neighbours() -> dict[int, set[int]]:
    """Polygons that share an arc: which pieces of land meet."""
    return coastlines.neighbours()


@lru_cache(maxsize=256)
def landmass_of(index: int) -> tuple[int, ...]:
    """The polygon and all polygons joined to it by land borders, in file order.

    Example:
        >>> borneo = coastlines.polygon_at(0.9, 114.0)
        >>> sorted({coastlines.polygon(i).code for i in landmass_of(borneo.index)})
        ['BRN', 'IDN', 'MYS']
    """
    seen = {index}
    queue = deque([index])
    while queue:
        for other in _neighbours().get(queue.popleft(), ()):
            if other not in seen:
                seen.add(other)
                queue.append(other)
    return tuple(sorted(seen))


def _border(first: str, second: str) -> list[tuple[float, float]]:
    """Positions on the border between two states (empty if they do not meet)."""
    return [tuple(p) for p in np.round(coastlines.border(first, second), 6).tolist()]


def distance(a: Place, b: Place, main_only: bool = False) -> Distance:
    """The shortest distance between two places, coasts for areas and points for the rest. Cached.

    The result is 0 when one holds the other by the gazetteer or by the outlines.

    Example:
        >>> from standoff.reference.place_table import place
        >>> d = distance(place("ishigaki-city"), place("hualien"))
        >>> d.method, round(d.km, -1)
        ('point to point', 260.0)
    """
    return _distance(a, b, main_only)


@lru_cache(maxsize=65536)
def _distance(a: Place, b: Place, main_only: bool) -> Distance:
    for inner, outer in ((a, b), (b, a)):
        if inner == outer or outer in gazetteer().ancestors(inner):
            return Distance(0.0, "one is part of the other", a.point, b.point, 0.0, a.name, b.name)
    coast_a, coast_b = outline_of(a, main_only), outline_of(b, main_only)
    if not a.is_area and not b.is_area:
        both = coast_a.point_km + coast_b.point_km
        return point_to_point(a.point, b.point, both, a.name, b.name)
    if not a.is_area:
        return point_to_coast(a.point, coast_b, coast_a.point_km, a.name)
    if not b.is_area:
        return point_to_coast(b.point, coast_a, coast_b.point_km, b.name).swapped()
    found = coast_to_coast(coast_a, coast_b)
    if not main_only:
        return found
    return Distance(
        found.km,
        f"{found.method}, main lands only",
        found.from_point,
        found.to_point,
        found.resolution_km,
        found.from_name,
        found.to_name,
    )


@lru_cache(maxsize=65536)
def readings(from_name: str, to_name: str) -> tuple[Distance, ...]:
    """Every defensible distance between two names, nearest first.

    For each pair of readings of the names: the shortest distance; and, where a state has more
    than one piece of land, the distance between the main lands alone. Names that the gazetteer
    does not hold give ().

    Example:
        >>> [round(d.km, -1) for d in readings("Ishigaki", "Taiwan")]
        [220.0, 220.0, 230.0, 230.0]
    """
    found: dict[tuple[int, str, str], Distance] = {}
    for a in find_places(from_name):
        for b in find_places(to_name):
            options = [distance(a, b)]
            if PlaceKind.COUNTRY in (a.kind, b.kind):
                options.append(distance(a, b, main_only=True))
            for option in options:
                key = (round(option.km * 10), option.from_name, option.to_name)
                found.setdefault(key, option)
    return tuple(sorted(found.values(), key=lambda d: (d.km, d.from_name, d.to_name)))


def nearest_land(point: GeoPoint, actor: str) -> Distance:
    """Shortest distance from a point to the land of a state.

    Example:
        >>> 100 < nearest_land(GeoPoint(24.45, 122.95), "TWN").km < 115
        True

    Raises:
        UnknownActor: no land has this code.
    """
    polygons = tuple(p.index for p in coastlines.polygons_of(actor))
    if not polygons:
        coastlines.main_polygon(actor)  # raises
    return point_to_coast(point, outline_of_polygons(actor, polygons))

"""Distances on the WGS84 ellipsoid: point to point, point to coast, coast to coast.

Every :class:`Distance` says how it was measured, between which two points, and how far the
outlines may be wrong. A coast is an :class:`~standoff.reference.outlines.Outline`.

How the minimum between two outlines A and B is found:

1. every vertex of A is looked up in a tree over the vertices of B, in space coordinates: chord
   and geodesic grow together, so the smallest chord d0 is close to the answer;
2. an edge of length L can come nearer than its ends by at most L / 2, so only vertices with
   chord <= d0 + L can matter; for these the distance point to edge is taken, both ways round
   (two arcs that do not cross are nearest at an end of one of them);
3. the best pairs are measured with the geodesic (Karney's algorithm, geographiclib), and the
   foot on the edge is refined by golden section.

Examples:
    >>> point_to_point(GeoPoint(25.033, 121.565), GeoPoint(24.467, 122.950)).km > 150
    True
    >>> from standoff.reference.outlines import outline_of_state
    >>> strait = coast_to_coast(outline_of_state("GBR", main_only=True),
    ...                         outline_of_state("FRA", main_only=True))
    >>> 32.0 < strait.km < 35.0                                        # Strait of Dover
    True
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
from geographiclib.geodesic import Geodesic

from standoff.errors import FactError
from standoff.reference.outlines import Outline

__all__ = [
    "KM_PER_NMI",
    "Distance",
    "GeoPoint",
    "coast_to_coast",
    "destination",
    "geodesic_circle",
    "geodesic_km",
    "point_to_coast",
    "point_to_point",
    "within",
]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_T = TypeVar("_T")

KM_PER_NMI = 1.852
"""One nautical mile is 1,852 m exactly."""

_WGS84 = Geodesic.WGS84
_GOLDEN = (math.sqrt(5.0) - 1.0) / 2.0
_CANDIDATES = 24  # pairs measured with the exact geodesic


class GeoPoint(NamedTuple):
    """A point on the ellipsoid in degrees, north and east positive."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Distance:
    """A measured distance.

    Attributes:
        km: length of the WGS84 geodesic in kilometres.
        method: what was measured, in words.
        from_point, to_point: its two ends.
        resolution_km: how far the result may be off because outlines and points are coarse.
        from_name, to_name: what was measured.
    """

    km: float
    method: str
    from_point: GeoPoint
    to_point: GeoPoint
    resolution_km: float
    from_name: str = ""
    to_name: str = ""

    @property
    def nmi(self) -> float:
        """The distance in nautical miles."""
        return self.km / KM_PER_NMI

    def swapped(self) -> Distance:
        """The same distance told from the other end."""
        return Distance(
            self.km,
            self.method,
            self.to_point,
            self.from_point,
            self.resolution_km,
            self.to_name,
            self.from_name,
        )


def _checked(point: GeoPoint) -> GeoPoint:
    if not (-90.0 <= point[0] <= 90.0 and -360.0 <= point[1] <= 360.0):
        raise FactError(
            f"latitude {point[0]}, longitude {point[1]}",
            "latitude -90 to 90 and longitude -360 to 360",
            "check the order: latitude comes first",
        )
    return GeoPoint(float(point[0]), (float(point[1]) + 180.0) % 360.0 - 180.0)


def geodesic_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Length of the WGS84 geodesic between two (lat, lon) points, km.

    Example:
        >>> round(geodesic_km((0.0, 0.0), (0.0, 1.0)), 3)
        111.319
    """
    solved = _WGS84.Inverse(a[0], a[1], b[0], b[1], Geodesic.DISTANCE)
    return float(solved["s12"]) / 1000.0


def point_to_point(
    a: GeoPoint, b: GeoPoint, resolution_km: float = 0.0, from_name: str = "", to_name: str = ""
) -> Distance:
    """Geodesic between two points."""
    a, b = _checked(a), _checked(b)
    return Distance(geodesic_km(a, b), "point to point", a, b, resolution_km, from_name, to_name)


def point_to_coast(
    point: GeoPoint, coast: Outline, resolution_km: float = 0.0, from_name: str = ""
) -> Distance:
    """Shortest geodesic from a point to an outline; 0 when the point lies on its land.

    Example:
        >>> from standoff.reference.outlines import outline_of_state
        >>> d = point_to_coast(GeoPoint(25.745, 123.476), outline_of_state("TWN"))
        >>> 167 < d.km < 172                                          # Uotsuri to Taiwan
        True
    """
    point = _checked(point)
    if coast.contains(*point):
        return Distance(0.0, "point inside", point, point, resolution_km, from_name, coast.name)
    here = Outline(from_name or "point", (), (point,), resolution_km)
    found = _nearest(here, coast)
    kind = "point to coast" if coast.polygons else "point to point"
    return Distance(
        found.km,
        kind,
        found.from_point,
        found.to_point,
        found.resolution_km,
        from_name,
        coast.name,
    )


def coast_to_coast(a: Outline, b: Outline) -> Distance:
    """Shortest geodesic between two outlines; 0 when they touch or overlap. Cached.

    Example:
        >>> from standoff.reference.outlines import outline_of_state
        >>> coast_to_coast(outline_of_state("RUS"), outline_of_state("NOR")).km
        0.0
    """
    return _coast_to_coast(a, b)


@lru_cache(maxsize=65536)
def _coast_to_coast(a: Outline, b: Outline) -> Distance:
    first_a, first_b = GeoPoint(*a.starts[0].tolist()), GeoPoint(*b.starts[0].tolist())
    if set(a.polygons) & set(b.polygons):
        return Distance(0.0, "one contains the other", first_a, first_a, 0.0, a.name, b.name)
    found = _nearest(a, b)
    if found.km < 1e-6:
        return Distance(
            0.0, "share a border", found.from_point, found.to_point, 0.0, a.name, b.name
        )
    for point, other in ((first_a, b), (first_b, a)):
        if other.contains(*point):
            return Distance(0.0, "one contains the other", point, point, 0.0, a.name, b.name)
    return found


def _nearest(a: Outline, b: Outline) -> Distance:
    """The minimum over all edges of two outlines. See the head of the file."""
    if len(a.starts) > len(b.starts):  # look the smaller one up in the tree of the larger
        return _nearest(b, a).swapped()
    chords = b.chords_from(a.space_starts)
    least = float(chords.min())
    reach = a.longest_km + b.longest_km
    slack = 1e-6 + 0.004 * max(least - 1000.0, 0.0) / 1000.0 * 3.0
    near_a = np.flatnonzero(chords <= least + reach + slack)
    close = b.starts_near(a.space_starts[near_a], least + reach + slack)
    pairs_a: list[int] = []
    pairs_b: list[int] = []
    for vertex, others in zip(near_a.tolist(), close, strict=True):
        pairs_a += [vertex] * len(others)
        pairs_b += others
    ia, ib = np.array(pairs_a, dtype=np.int64), np.array(pairs_b, dtype=np.int64)
    # vertex of A against the edges of B that start or end there, and the other way round
    feet = [
        _feet(a, ia, b, ib, flip=False),
        _feet(a, ia, b, _before(b, ib), flip=False),
        _feet(b, ib, a, ia, flip=True),
        _feet(b, ib, a, _before(a, ia), flip=True),
    ]
    gap = np.concatenate([f[0] for f in feet])
    order = np.argsort(gap, kind="stable")[: _CANDIDATES * 4]
    tables = np.concatenate([f[1] for f in feet])[order]
    best: tuple[float, GeoPoint, GeoPoint, int, int] | None = None
    seen: set[tuple[float, ...]] = set()
    for flip, vertex, edge, share in tables.tolist():
        key = (flip, vertex, edge)
        if key in seen or len(seen) >= _CANDIDATES:
            continue
        seen.add(key)
        holder, other = (b, a) if flip else (a, b)
        at = GeoPoint(*holder.starts[int(vertex)].tolist())
        foot, km = _refined(at, other, int(edge), share)
        if best is None or km < best[0] - 1e-9:
            ends = (foot, at) if flip else (at, foot)
            edges = (int(edge), int(vertex)) if flip else (int(vertex), int(edge))
            best = (km, *ends, *edges)
    assert best is not None
    km, at_a, at_b, edge_a, edge_b = best
    resolution = a.resolution_km(edge_a) + b.resolution_km(edge_b)
    kinds = ("coast" if a.polygons else "point", "coast" if b.polygons else "point")
    method = f"{kinds[0]} to {kinds[1]}" + (" minimum" if kinds == ("coast", "coast") else "")
    return Distance(km, method, _checked(at_a), _checked(at_b), resolution, a.name, b.name)


def _before(outline: Outline, vertices: Ints) -> Ints:
    """The edge that ends at a vertex: the one before, within a ring; else the edge itself."""
    earlier = np.maximum(vertices - 1, 0)
    joined = np.all(np.abs(outline.ends[earlier] - outline.starts[vertices]) < 1e-9, axis=1)
    return np.where(joined, earlier, vertices)


def _feet(
    holder: Outline, vertices: Ints, other: Outline, edges: Ints, flip: bool
) -> tuple[Floats, Floats]:
    """Chord from vertices of one outline to edges of the other, and (flip, vertex, edge, share)."""
    p = holder.space_starts[vertices]
    s, e = other.space_starts[edges], other.space_ends[edges]
    run = e - s
    square = np.maximum((run**2).sum(axis=1), 1e-18)
    share = np.clip(((p - s) * run).sum(axis=1) / square, 0.0, 1.0)
    gap = np.sqrt(((p - s - share[:, None] * run) ** 2).sum(axis=1))
    table = np.stack((np.full(len(gap), float(flip)), vertices, edges, share), axis=1)
    return gap, table


def _refined(point: GeoPoint, other: Outline, edge: int, share: float) -> tuple[GeoPoint, float]:
    """The foot of a point on one edge, by golden section around a first guess."""
    start, end = other.starts[edge], other.ends[edge]

    def at(t: float) -> GeoPoint:
        return GeoPoint(*(start + t * (end - start)).tolist())

    def km(t: float) -> float:
        return geodesic_km(point, at(t))

    if bool(np.all(start == end)):
        return at(0.0), km(0.0)
    t = _golden(km, max(share - 0.05, 0.0), min(share + 0.05, 1.0))
    best = min((0.0, 1.0, t), key=km)
    return at(best), km(best)


def _golden(value: Callable[[float], float], low: float, high: float) -> float:
    """Minimum of a unimodal function to a thousandth of the bracket."""
    x1, x2 = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    f1, f2 = value(x1), value(x2)
    for _ in range(12):
        if f1 < f2:
            high, x2, f2 = x2, x1, f1
            x1 = high - _GOLDEN * (high - low)
            f1 = value(x1)
        else:
            low, x1, f1 = x1, x2, f2
            x2 = low + _GOLDEN * (high - low)
            f2 = value(x2)
    return (low + high) / 2.0


def destination(start: GeoPoint, bearing: float, km: float) -> GeoPoint:
    """The point reached from ``start`` on a bearing (degrees clockwise from north).

    Example:
        >>> round(destination(GeoPoint(0.0, 0.0), 90.0, 111.319).lon, 3)
        1.0
    """
    solved = _WGS84.Direct(start[0], start[1], bearing, km * 1000.0)
    return GeoPoint(float(solved["lat2"]), float(solved["lon2"]))


def geodesic_circle(centre: GeoPoint, km: float, points: int = 72) -> tuple[GeoPoint, ...]:
    """Points at one distance from a centre, clockwise from north: a range ring.

    Example:
        >>> ring = geodesic_circle(GeoPoint(24.4, 124.2), 300.0, points=8)
        >>> all(abs(geodesic_km((24.4, 124.2), p) - 300.0) < 1e-6 for p in ring)
        True
    """
    return tuple(destination(centre, 360.0 * i / points, km) for i in range(points))


def within(
    centre: GeoPoint, km: float, places: Iterable[tuple[_T, GeoPoint]]
) -> tuple[tuple[_T, float], ...]:
    """Which places lie inside a range ring, nearest first, with their distance in km.

    Example:
        >>> inside = within(GeoPoint(24.4, 124.2), 300.0,
        ...                 [("Taipei", GeoPoint(25.0, 121.6)), ("Naha", GeoPoint(26.2, 127.7))])
        >>> [(name, round(km)) for name, km in inside]
        [('Taipei', 271)]
    """
    found = [(name, geodesic_km(centre, at)) for name, at in places]
    return tuple(sorted((f for f in found if f[1] <= km), key=lambda f: f[1]))

"""Outlines as the distance code wants them: dense positions, their space coordinates, a tree.

An :class:`Outline` is a set of polygons, of loose points, or of both. A state is the set of its
polygons; an island is one polygon; a reef without a polygon is a point. Loose points that are
known to belong to a region (a cape, a city on it) are part of its outline, so that a part can
never be nearer than the whole.

Edges of Natural Earth are straight in longitude and latitude: the 49th parallel is one edge of
2,000 km, and a great circle between its ends would pass far to the north. So edges longer than
5 km are divided along the straight line in longitude and latitude before anything is measured.

Examples:
    >>> taiwan = outline_of_state("TWN")
    >>> taiwan.contains(23.9, 121.0)
    True
    >>> outline_of_state("TWN", main_only=True).polygons == (main_polygon("TWN").index,)
    True
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from standoff.errors import FactError
from standoff.reference.coastlines import (
    main_polygon,
    polygon,
    polygons_of,
    quantisation_km,
)

__all__ = ["Outline", "outline_of_points", "outline_of_polygons", "outline_of_state", "to_space"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

STEP_KM = 5.0
"""Longest edge after division."""

_A = 6378.137  # WGS84 equatorial radius, km
_E2 = 6.69437999014e-3  # WGS84 first eccentricity squared


def to_space(lat: Floats, lon: Floats) -> Floats:
    """Earth-centred coordinates [position, (x, y, z)] in km on the WGS84 ellipsoid."""
    phi, lam = np.radians(lat), np.radians(lon)
    normal = _A / np.sqrt(1.0 - _E2 * np.sin(phi) ** 2)
    return np.stack(
        (
            normal * np.cos(phi) * np.cos(lam),
            normal * np.cos(phi) * np.sin(lam),
            normal * (1.0 - _E2) * np.sin(phi),
        ),
        axis=-1,
    )


@dataclass(frozen=True)
class Outline:
    """Where a place begins and ends, as far as the file and the gazetteer know.

    Attributes:
        name: for messages.
        polygons: numbers of its polygons in the coastline file.
        points: loose (lat, lon) points that belong to it.
        point_km: uncertainty of the loose points, in km.
        box: keep only edges inside (lat_min, lon_min, lat_max, lon_max), for a province or coast.
    """

    name: str
    polygons: tuple[int, ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    point_km: float = 0.0
    box: tuple[float, float, float, float] | None = None

    def __post_init__(self) -> None:
        if not self.polygons and not self.points:
            raise FactError(f"the outline of {self.name!r}", "polygons or points", "give one")

    def __hash__(self) -> int:
        return hash((self.name, self.polygons, self.points, self.box))

    @cached_property
    def _edges(self) -> tuple[Floats, Floats, Floats]:
        """Starts and ends [edge, (lat, lon)] after division, and the undivided length in km."""
        starts: list[Floats] = []
        ends: list[Floats] = []
        lengths: list[Floats] = []
        for index in self.polygons:
            for ring in polygon(index).rings:
                a, b = ring[:-1], ring[1:]
                if self.box is not None:
                    inside = _in_box(a, self.box) & _in_box(b, self.box)
                    a, b = a[inside], b[inside]
                start, end, length = _divided(a, b)
                starts.append(start)
                ends.append(end)
                lengths.append(length)
        if self.points:
            loose = np.array(self.points, dtype=np.float64)
            starts.append(loose)
            ends.append(loose)
            lengths.append(np.zeros(len(loose)))
        return np.concatenate(starts), np.concatenate(ends), np.concatenate(lengths)

    @property
    def starts(self) -> Floats:
        """Starts of all edges [edge, (lat, lon)], degrees; loose points are edges of length 0."""
        return self._edges[0]

    @property
    def ends(self) -> Floats:
        """Ends of all edges [edge, (lat, lon)], degrees."""
        return self._edges[1]

    @property
    def original_km(self) -> Floats:
        """For each edge, the length of the source's edge that it was cut from, in km."""
        return self._edges[2]

    @cached_property
    def space_starts(self) -> Floats:
        """Starts of edges in space [edge, (x, y, z)], km."""
        return to_space(self.starts[:, 0], self.starts[:, 1])

    @cached_property
    def space_ends(self) -> Floats:
        """Ends of edges in space [edge, (x, y, z)], km."""
        return to_space(self.ends[:, 0], self.ends[:, 1])

    @cached_property
    def _tree(self) -> Any:
        """Nearest-neighbour tree over the starts of edges."""
        from scipy.spatial import KDTree  # 0.1 s: only when coasts are measured

        return KDTree(self.space_starts, leafsize=32, balanced_tree=False, compact_nodes=False)

    def chords_from(self, space: Floats) -> Floats:
        """Chord from each point in space to the nearest start of an edge, km."""
        chords, _ = cast("tuple[Floats, Ints]", self._tree.query(space))
        return chords

    def starts_near(self, space: Floats, km: float) -> list[list[int]]:
        """For each point in space, the starts of edges within a chord of ``km``."""
        return list(cast("list[list[int]]", self._tree.query_ball_point(space, km)))

    @cached_property
    def longest_km(self) -> float:
        """Longest edge after division, in space, km."""
        return float(np.sqrt(((self.space_ends - self.space_starts) ** 2).sum(axis=1)).max())

    def contains(self, lat: float, lon: float) -> bool:
        """Does the point lie on land of this outline (for a box: on its land inside the box)?"""
        if self.box is not None:
            south, west, north, east = self.box
            if not (south <= lat <= north and west <= lon <= east):
                return False
        return any(polygon(i).contains(lat, lon) for i in self.polygons)

    def resolution_km(self, edge: int) -> float:
        """How far the true coast may lie from the outline near an edge, in km.

        A loose point: its own uncertainty. A coast: the quantisation plus half the mean length of
        the source's edges around (the edge itself and its two neighbours): a cape left out between
        two vertices at distance L can reach out to about L / 2.
        """
        total = len(self.original_km) - len(self.points)
        if edge >= total:
            return self.point_km
        # Divided edges repeat their source's length; look at distinct neighbours.
        lengths = self.original_km
        around = [float(lengths[edge])]
        for step in (-1, 1):
            at = edge + step
            while 0 <= at < total and lengths[at] == lengths[edge]:
                at += step
            if 0 <= at < total:
                around.append(float(lengths[at]))
        around = [min(length, 10.0) for length in around]
        spread = sum(around) / len(around) / 2.0
        return quantisation_km(float(self.starts[edge][0])) + spread


def _in_box(at: Floats, box: tuple[float, float, float, float]) -> npt.NDArray[np.bool_]:
    south, west, north, east = box
    lon = (at[:, 1] + 180.0) % 360.0 - 180.0
    return (at[:, 0] >= south) & (at[:, 0] <= north) & (lon >= west) & (lon <= east)


def _divided(a: Floats, b: Floats) -> tuple[Floats, Floats, Floats]:
    """Cut edges so that none is longer than STEP_KM; straight in longitude and latitude."""
    north = (b[:, 0] - a[:, 0]) * 111.2
    east = (b[:, 1] - a[:, 1]) * 111.32 * np.cos(np.radians((a[:, 0] + b[:, 0]) / 2.0))
    length = np.sqrt(north**2 + east**2)
    pieces = np.maximum(np.ceil(length / STEP_KM), 1.0).astype(np.int64)
    if int(pieces.max(initial=1)) == 1:
        return a, b, length
    owner = np.repeat(np.arange(len(a)), pieces)
    nth = np.arange(len(owner)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    low = (nth / pieces[owner])[:, None]
    high = ((nth + 1) / pieces[owner])[:, None]
    run = (b - a)[owner]
    return a[owner] + low * run, a[owner] + high * run, length[owner]


def outline_of_polygons(
    name: str,
    polygons: tuple[int, ...],
    points: tuple[tuple[float, float], ...] = (),
    point_km: float = 0.0,
    box: tuple[float, float, float, float] | None = None,
) -> Outline:
    """One shared :class:`Outline` per argument list, so that trees are built once."""
    return _outline(name, polygons, points, point_km, box)


@lru_cache(maxsize=2048)
def _outline(
    name: str,
    polygons: tuple[int, ...],
    points: tuple[tuple[float, float], ...],
    point_km: float,
    box: tuple[float, float, float, float] | None,
) -> Outline:
    return Outline(name, polygons, points, point_km, box)


def outline_of_points(
    name: str, points: tuple[tuple[float, float], ...], point_km: float = 0.0
) -> Outline:
    """An outline of loose points only.

    Example:
        >>> outline_of_points("Scarborough Shoal", ((15.15, 117.75),), 5.0).polygons
        ()
    """
    return _outline(name, (), points, point_km, None)


def outline_of_state(code: str, main_only: bool = False) -> Outline:
    """All territory a state controls, or its mainland or main island alone.

    Raises:
        UnknownActor: no land has this code.
    """
    main = main_polygon(code)  # raises UnknownActor
    if main_only:
        return _outline(f"{main.name} (main)", (main.index,), (), 0.0, None)
    return _outline(main.name, tuple(p.index for p in polygons_of(code)), (), 0.0, None)

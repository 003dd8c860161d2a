"""Coastlines and borders of the world, from one compact file that ships with the package.

The outlines are Natural Earth 4.1.0 at 1:10 million (public domain), made into
``data/coastlines.bin`` by ``scripts/make_coastlines.py``. Nothing is fetched at run time.

What the file can and cannot say:

* Positions are quantised to 0.0036 degrees of longitude and 0.00169 degrees of latitude, so each
  stored position is within 0.22 km of the source at the equator, less further north
  (:func:`quantisation_km`).
* A 1:10 million outline leaves out capes between its vertices. Yonaguni, 11 km long, has twelve
  of them. Small islands may also lie a few kilometres off: Uotsuri does. Distances therefore
  carry an error of their own (see :mod:`standoff.reference.geodesy`).
* A unit is one row of the source: a state or a territory. ``control`` is the state that
  administers it. Boundaries show control, not opinion. Crimea lies in a polygon controlled by
  Russia, Taiwan is its own unit, Kosovo and Northern Cyprus have codes that start with X.

Longitudes run from -180 to 180. A ring that crosses the antimeridian jumps by 360 degrees there;
:attr:`Polygon.rings` holds it unrolled, so that longitudes may pass 180.

Examples:
    >>> polygon_at(23.9, 121.0).code
    'TWN'
    >>> polygon_at(24.5, 122.3) is None      # the sea between Yilan and Yonaguni
    True
    >>> polygon_at(24.5, 122.3, within_km=50.0).code
    'TWN'
    >>> main_polygon("JPN").contains(36.2, 138.2)   # Honshu
    True
"""

from __future__ import annotations

import json
import lzma
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from standoff.errors import FactError, UnknownActor

__all__ = [
    "LandUnit",
    "Polygon",
    "border",
    "land_polygons",
    "land_units",
    "main_polygon",
    "neighbours",
    "polygon",
    "polygon_at",
    "polygons_of",
    "quantisation_km",
]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_MAGIC = b"STCL1\n"
_KM_PER_DEGREE = 111.195  # mean sphere of 6,371 km; used for boxes and areas only
_STREAMS = ("arc_lengths", "x", "y", "polygons", "rings", "refs")


@dataclass(frozen=True, slots=True)
class LandUnit:
    """One state or territory of the source.

    ``code`` is ISO 3166-1 alpha-3, or an X-code for units that have none. ``control`` is the code
    of the state that administers it, empty where several states hold parts (Spratly Islands).
    """

    code: str
    name: str
    control: str


@dataclass(frozen=True, slots=True)
class _World:
    """The decoded file. Arc ``i`` is ``lon[starts[i]:starts[i + 1]]``."""

    source: str
    units: tuple[LandUnit, ...]
    scale: tuple[float, float]
    lon: Floats
    lat: Floats
    starts: Ints
    unit_of: tuple[int, ...]
    ring_refs: tuple[tuple[tuple[int, ...], ...], ...]  # polygon, ring, arc reference
    bbox: Floats  # polygon, (lat_min, lon_min, lat_max, lon_max), unrolled
    uses: Ints  # how many polygons use each arc: 1 coast, 2 border


@dataclass(frozen=True)
class Polygon:
    """One piece of land: an outer ring and its holes.

    Attributes:
        index: its number in the file.
        code, name, control: of its :class:`LandUnit`.
        bbox: (lat_min, lon_min, lat_max, lon_max) in degrees.
    """

    index: int
    code: str
    name: str
    control: str
    bbox: tuple[float, float, float, float]

    @cached_property
    def rings(self) -> tuple[Floats, ...]:
        """Rings as arrays [position, (lat, lon)], the outer one first. Decoded when asked for."""
        return tuple(_ring(refs) for refs in _world().ring_refs[self.index])

    @property
    def vertices(self) -> int:
        """Number of distinct positions of the outer ring: a measure of how coarse it is."""
        return len(self.rings[0]) - 1

    @cached_property
    def area_km2(self) -> float:
        """Area on a sphere of 6,371 km, holes taken out. Good to about half a per cent."""
        return sum((1.0 if i == 0 else -1.0) * _ring_area(r) for i, r in enumerate(self.rings))

    def contains(self, lat: float, lon: float) -> bool:
        """Is the point on this land? Even-odd rule in longitude and latitude.

        Example:
            >>> main_polygon("TWN").contains(24.75, 121.75)    # Yilan
            True
        """
        south, west, north, east = self.bbox
        if not south <= lat <= north:
            return False
        for turn in (0.0, 360.0, -360.0):
            at = lon + turn
            if west <= at <= east:
                crossings = sum(_crossings(ring, lat, at) for ring in self.rings)
                if crossings % 2 == 1:
                    return True
        return False

    def __hash__(self) -> int:
        return self.index


def _leb128(data: npt.NDArray[np.uint8], count: int) -> Ints:
    """`count` unsigned LEB128 numbers."""
    ends = np.flatnonzero(data < 0x80)
    if len(ends) != count:
        raise FactError(
            f"coastlines.bin with {len(ends)} numbers", f"{count} numbers", "reinstall the package"
        )
    starts = np.concatenate(([0], ends[:-1] + 1))
    place = np.arange(len(data)) - np.repeat(starts, ends - starts + 1)
    parts = (data & 0x7F).astype(np.int64) << (7 * place)
    return np.add.reduceat(parts, starts)


def _unzigzag(values: Ints) -> Ints:
    return (values >> 1) ^ -(values & 1)


@lru_cache(maxsize=1)
def _world() -> _World:
    raw = resources.files("standoff.reference").joinpath("data/coastlines.bin").read_bytes()
    if not raw.startswith(_MAGIC):
        raise FactError("coastlines.bin without its magic", "STCL1", "reinstall the package")
    body = lzma.decompress(raw[len(_MAGIC) :])
    size = int.from_bytes(body[:4], "little")
    header = json.loads(body[4 : 4 + size])
    data = np.frombuffer(body, dtype=np.uint8, offset=4 + size)
    streams: dict[str, Ints] = {}
    at = 0
    for name in _STREAMS:
        count, length = header["streams"][name]
        streams[name] = _leb128(data[at : at + length], count)
        at += length
    starts = np.concatenate(([0], np.cumsum(streams["arc_lengths"])))
    lon = _arcs(streams["x"], starts, header["scale"][0], header["translate"][0])
    lat = _arcs(streams["y"], starts, header["scale"][1], header["translate"][1])
    unit_of, ring_refs = _structure(streams)
    uses = np.zeros(len(starts) - 1, dtype=np.int64)
    for polygon_refs in ring_refs:
        for refs in polygon_refs:
            for ref in refs:
                uses[ref if ref >= 0 else ~ref] += 1
    return _World(
        source=f"{header['source']}; {header['release']}",
        units=tuple(LandUnit(*unit) for unit in header["units"]),
        scale=(float(header["scale"][0]), float(header["scale"][1])),
        lon=lon,
        lat=lat,
        starts=starts,
        unit_of=unit_of,
        ring_refs=ring_refs,
        bbox=_boxes(ring_refs, lon, lat, starts),
        uses=uses,
    )


def _arcs(packed: Ints, starts: Ints, scale: float, translate: float) -> Floats:
    """Running sums that begin anew with every arc, in degrees."""
    deltas = _unzigzag(packed)
    total = np.cumsum(deltas)
    before = np.concatenate(([0], total))[starts[:-1]]
    steps = (total - np.repeat(before, np.diff(starts))).astype(np.float64)
    return steps * scale + translate


def _structure(
    streams: dict[str, Ints],
) -> tuple[tuple[int, ...], tuple[tuple[tuple[int, ...], ...], ...]]:
    """LandUnit of each polygon, and arc references by polygon and ring."""
    refs: list[int] = _unzigzag(streams["refs"]).tolist()
    lengths: list[int] = streams["rings"].tolist()
    pairs: list[int] = streams["polygons"].tolist()
    unit_of: list[int] = []
    polygons: list[tuple[tuple[int, ...], ...]] = []
    ring = ref = 0
    for unit, count in zip(pairs[0::2], pairs[1::2], strict=True):
        rings: list[tuple[int, ...]] = []
        for length in lengths[ring : ring + count]:
            rings.append(tuple(refs[ref : ref + length]))
            ref += length
        ring += count
        unit_of.append(unit)
        polygons.append(tuple(rings))
    return tuple(unit_of), tuple(polygons)


def _boxes(
    ring_refs: tuple[tuple[tuple[int, ...], ...], ...], lon: Floats, lat: Floats, starts: Ints
) -> Floats:
    """Bounding boxes from the arcs alone, without making the rings."""
    first = starts[:-1]
    low_lon, high_lon = np.minimum.reduceat(lon, first), np.maximum.reduceat(lon, first)
    low_lat, high_lat = np.minimum.reduceat(lat, first), np.maximum.reduceat(lat, first)
    boxes = np.empty((len(ring_refs), 4))
    for i, rings in enumerate(ring_refs):
        arcs = [ref if ref >= 0 else ~ref for ref in rings[0]]
        box = (low_lat[arcs].min(), low_lon[arcs].min(), high_lat[arcs].max(), high_lon[arcs].max())
        if box[3] - box[1] > 180.0:  # across the antimeridian or around a pole: unroll
            ring = _unrolled([(lon[starts[a] : starts[a + 1]], lat[starts[a] : starts[a + 1]])
                              for a in arcs], [ref < 0 for ref in rings[0]])  # fmt: skip
            box = (ring[:, 0].min(), ring[:, 1].min(), ring[:, 0].max(), ring[:, 1].max())
        boxes[i] = box
    return boxes


def _unrolled(arcs: list[tuple[Floats, Floats]], backwards: list[bool]) -> Floats:
    """Join arcs into one ring [position, (lat, lon)] without jumps of longitude."""
    lons: list[Floats] = []
    lats: list[Floats] = []
    for (lon, lat), back in zip(arcs, backwards, strict=True):
        step = -1 if back else 1
        skip = 1 if lons else 0
        lons.append(lon[::step][skip:])
        lats.append(lat[::step][skip:])
    lon = np.unwrap(np.concatenate(lons), period=360.0)
    lat = np.concatenate(lats)
    if abs(lon[-1] - lon[0]) > 180.0:  # Antarctica: close the ring over the pole
        pole = math.copysign(90.0, float(lat[0]))
        lon = np.concatenate((lon, [lon[-1], lon[0], lon[0]]))
        lat = np.concatenate((lat, [pole, pole, lat[0]]))
    return np.stack((lat, lon), axis=1)


def _ring(refs: tuple[int, ...]) -> Floats:
    world = _world()
    arcs: list[tuple[Floats, Floats]] = []
    for ref in refs:
        a = ref if ref >= 0 else ~ref
        piece = slice(int(world.starts[a]), int(world.starts[a + 1]))
        arcs.append((world.lon[piece], world.lat[piece]))
    return _unrolled(arcs, [ref < 0 for ref in refs])


def _crossings(ring: Floats, lat: float, lon: float) -> int:
    """How many edges a ray towards the east crosses."""
    lat0, lat1 = ring[:-1, 0], ring[1:, 0]
    astride = (lat0 > lat) != (lat1 > lat)
    a, b = ring[:-1][astride], ring[1:][astride]
    at = a[:, 1] + (lat - a[:, 0]) / (b[:, 0] - a[:, 0]) * (b[:, 1] - a[:, 1])
    return int(np.count_nonzero(at > lon))


def _ring_area(ring: Floats) -> float:
    """Area between meridians and parallels: R^2 |sum dlon (sin lat0 + sin lat1) / 2|."""
    lat, lon = np.radians(ring[:, 0]), np.radians(ring[:, 1])
    sines = np.sin(lat)
    strip = np.diff(lon) * (sines[:-1] + sines[1:]) / 2.0
    return float(abs(strip.sum())) * 6371.0**2


@lru_cache(maxsize=4500)
def polygon(index: int) -> Polygon:
    """The polygon with this number in the file.

    Raises:
        IndexError: there is no such polygon.
    """
    world = _world()
    if not 0 <= index < len(world.unit_of):
        raise IndexError(f"polygon {index}: the file holds 0 to {len(world.unit_of) - 1}")
    unit = world.units[world.unit_of[index]]
    south, west, north, east = (float(v) for v in world.bbox[index])
    return Polygon(index, unit.code, unit.name, unit.control, (south, west, north, east))


def land_units() -> tuple[LandUnit, ...]:
    """All units of the file, in its order.

    Example:
        >>> [u.name for u in land_units() if u.control == "DNK"]
        ['Denmark', 'Greenland', 'Faeroe Is.']
    """
    return _world().units


def source() -> str:
    """Where the outlines come from."""
    return _world().source


def land_polygons(
    bbox: tuple[float, float, float, float] | None = None,
) -> Iterator[Polygon]:
    """Polygons whose box meets ``bbox`` = (lat_min, lon_min, lat_max, lon_max), in file order.

    Example:
        >>> [p.name for p in land_polygons((-22.0, 165.0, -21.9, 165.1))]
        ['New Caledonia']
    """
    boxes = _world().bbox
    if bbox is None:
        hit = np.arange(len(boxes))
    else:
        south, west, north, east = bbox
        tall = (boxes[:, 0] <= north) & (boxes[:, 2] >= south)
        wide = np.zeros(len(boxes), dtype=np.bool_)
        for turn in (0.0, 360.0, -360.0):
            wide |= (boxes[:, 1] + turn <= east) & (boxes[:, 3] + turn >= west)
        hit = np.flatnonzero(tall & wide)
    for index in hit.tolist():
        yield polygon(index)


@lru_cache(maxsize=512)
def polygons_of(code: str) -> tuple[Polygon, ...]:
    """All land under the control of a state, or of one territory, largest box first.

    ``polygons_of("USA")`` holds Guam and Puerto Rico too; ``polygons_of("GUM")`` holds Guam only.
    An unknown code gives an empty tuple.

    Example:
        >>> len(polygons_of("TWN"))        # the main island, Penghu, Kinmen, Lanyu, Ludao
        8
    """
    world = _world()
    wanted = {i for i, u in enumerate(world.units) if code in (u.code, u.control)}
    found = [i for i, unit in enumerate(world.unit_of) if unit in wanted]
    boxes = world.bbox
    size = {i: float((boxes[i][2] - boxes[i][0]) * (boxes[i][3] - boxes[i][1])) for i in found}
    return tuple(polygon(i) for i in sorted(found, key=lambda i: (-size[i], i)))


@lru_cache(maxsize=512)
def main_polygon(code: str) -> Polygon:
    """The largest piece of land of a state: its mainland or main island.

    Raises:
        UnknownActor: no land has this code.
    """
    found = polygons_of(code)
    if not found:
        raise UnknownActor(
            f"{code!r}", "the code of a state with land", "standoff.reference.land_units()"
        )
    return max(found[:12], key=lambda p: p.area_km2)


def polygon_at(lat: float, lon: float, within_km: float = 0.0) -> Polygon | None:
    """The polygon on which the point lies, else the nearest within ``within_km``, else None.

    The nearest is found by the vertices, which is good enough to name an island.
    """
    margin = within_km / _KM_PER_DEGREE
    stretch = max(math.cos(math.radians(lat)), 0.05)
    box = (lat - margin, lon - margin / stretch, lat + margin, lon + margin / stretch)
    near = list(land_polygons(box))
    for candidate in near:
        if candidate.contains(lat, lon):
            return candidate
    best: tuple[float, int] | None = None
    for candidate in near:
        for ring in candidate.rings:
            north = ring[:, 0] - lat
            turned = (ring[:, 1] - lon + 180.0) % 360.0 - 180.0
            km = float(np.sqrt(north**2 + (turned * stretch) ** 2).min()) * _KM_PER_DEGREE
            if km <= within_km and (best is None or km < best[0]):
                best = (km, candidate.index)
    return None if best is None else polygon(best[1])


def neighbours() -> dict[int, set[int]]:
    """For each polygon with a land border, the polygons it shares one with."""
    owners: dict[int, set[int]] = {}
    for index, rings in enumerate(_world().ring_refs):
        for refs in rings:
            for ref in refs:
                owners.setdefault(ref if ref >= 0 else ~ref, set()).add(index)
    found: dict[int, set[int]] = {}
    for sharing in owners.values():
        for index in sharing:
            if len(sharing) > 1:
                found.setdefault(index, set()).update(sharing - {index})
    return found


def border(first: str, second: str) -> Floats:
    """Positions [position, (lat, lon)] on the land border between two states; may be empty.

    Example:
        >>> len(border("POL", "LTU")) > 20, len(border("POL", "JPN"))
        (True, 0)
    """
    world = _world()
    sides = [
        {
            ref if ref >= 0 else ~ref
            for p in polygons_of(c)
            for r in world.ring_refs[p.index]
            for ref in r
        }
        for c in (first, second)
    ]
    shared = sorted(sides[0] & sides[1])
    if not shared:
        return np.empty((0, 2))
    spans = [slice(int(world.starts[a]), int(world.starts[a + 1])) for a in shared]
    return np.concatenate([np.stack((world.lat[s], world.lon[s]), axis=1) for s in spans])


def quantisation_km(lat: float) -> float:
    """Largest shift of a stored position by quantisation, in km, at a latitude.

    Half a step in each direction: sqrt((dlon cos(lat) / 2)^2 + (dlat / 2)^2).

    Example:
        >>> round(quantisation_km(24.4), 2)
        0.21
    """
    dlon, dlat = _world().scale
    return _KM_PER_DEGREE / 2.0 * math.hypot(dlon * math.cos(math.radians(lat)), dlat)

"""Drawing a map: land from the shipped outlines, on a plane that keeps distances from its centre."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standoff.api.screens.picture import Picture, canvas, link, path, tag, title, words
from standoff.api.tables import Table
from standoff.errors import StandoffError
from standoff.reference import GeoPoint, Polygon, geodesic_circle, land_polygons, main_polygon

WIDTH, HEIGHT = 1000.0, 560.0
EARTH_KM = 6371.0088
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a map shows: its centre, and half its width in kilometres.

    Azimuthal equidistant on a sphere: every distance from the centre is true, others nearly so over a
    few thousand kilometres. Printed distances are geodesics and never read off the map.
    """

    centre: GeoPoint
    km: float

    @property
    def scale(self) -> float:
        """Units of the drawing a kilometre."""
        return WIDTH / 2 / self.km

    def points(self, lat: Floats, lon: Floats) -> tuple[Floats, Floats]:
        """Positions in degrees as positions on the drawing."""
        p0, l0 = math.radians(self.centre.lat), math.radians(self.centre.lon)
        p, d = np.radians(lat), np.radians(lon) - l0
        cosine = np.clip(math.sin(p0) * np.sin(p) + math.cos(p0) * np.cos(p) * np.cos(d), -1, 1)
        c = np.arccos(cosine)
        k = np.where(c < 1e-9, 1.0, c / np.maximum(np.sin(c), 1e-9)) * EARTH_KM * self.scale
        x = k * np.cos(p) * np.sin(d)
        y = k * (math.cos(p0) * np.sin(p) - math.sin(p0) * np.cos(p) * np.cos(d))
        return WIDTH / 2 + x, HEIGHT / 2 - y

    def point(self, at: GeoPoint) -> tuple[float, float]:
        """One position on the drawing."""
        x, y = self.points(np.array([at.lat]), np.array([at.lon]))
        return float(x[0]), float(y[0])

    @property
    def box(self) -> tuple[float, float, float, float]:
        """(south, west, north, east) that surely holds all that is shown."""
        reach = math.degrees(self.km * math.hypot(1.0, HEIGHT / WIDTH) / EARTH_KM)
        south, north = max(self.centre.lat - reach, -90.0), min(self.centre.lat + reach, 90.0)
        widest = max(abs(south), abs(north))
        if widest > 85.0:
            return south, -180.0, north, 180.0
        across = min(reach / math.cos(math.radians(widest)), 180.0)
        return south, self.centre.lon - across, north, self.centre.lon + across


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map; `unit` for a unit at it. `weight` is how many signals name it."""

    name: str
    at: GeoPoint
    weight: int
    unit: bool
    href: str
    told: str


@dataclass(frozen=True, slots=True)
class Line:
    """A measured distance on the map: kind claim, wrong or ruler."""

    ends: tuple[GeoPoint, GeoPoint]
    text: str
    kind: str
    handle: str


def draw_map(
    ground: Ground,
    spots: Sequence[Spot],
    rings: Sequence[tuple[GeoPoint, float, str]],
    lines: Sequence[Line],
    actors: Mapping[str, str],
) -> Picture:
    """The map with land, a graticule, units, reach, distances and places; nearer names win the room."""
    parts = [tag("rect", {"width": WIDTH, "height": HEIGHT, "fill": "#e9eff3", "class": "sea"})]
    parts.append(tag("path", {"d": _graticule(ground), "fill": "none", "stroke": "#7a8a96",
                              "opacity": 0.3, "class": "graticule"}))  # fmt: skip
    parts.append(tag("path", {"d": _land(ground), "fill": "#f7f5ee", "stroke": "#8d948f",
                              "stroke-width": 0.7, "fill-rule": "evenodd", "class": "land"}))  # fmt: skip
    taken: list[tuple[float, float, float, float]] = []
    for centre, km, told in rings:
        circle = geodesic_circle(centre, km)
        x, y = ground.points(np.array([p.lat for p in circle]), np.array([p.lon for p in circle]))
        parts.append(
            tag("path", {"d": path(list(zip(x.tolist(), y.tolist(), strict=True)), closed=True),
                         "fill": "#D55E00", "fill-opacity": 0.06, "stroke": "#D55E00",
                         "stroke-dasharray": "6 4", "class": "reach"}, title(told))
        )  # fmt: skip
    for line in lines:
        parts += _line(ground, line)
    ranked = sorted(spots, key=lambda s: (not s.unit, -s.weight, s.name))
    named: set[str] = set()
    for spot in ranked:
        # A unit and the place it stands at carry one name between them.
        parts += _spot(ground, spot, taken, named=spot.name not in named)
        named.add(spot.name)
    heads = {n.partition("/")[0] for n in named}
    for code, name in actors.items():
        if name not in heads:
            parts += _country(ground, code, name, taken)
    parts += _scale_bar(ground)
    caption = (
        f"Around {ground.centre.lat:.1f}°, {ground.centre.lon:.1f}°, {2 * ground.km:,.0f} km across. Land: "
        "Natural Earth 1:10m; boundaries show control, not opinion. Round: places that signals name; "
        "square: units; dashes: sourced reach"
    )
    table = Table(
        tuple(
            {"place": s.name, "kind": "unit" if s.unit else "named", "signals": s.weight or "",
             "latitude": f"{s.at.lat:.3f}", "longitude": f"{s.at.lon:.3f}"}
            for s in ranked
        ),
        "Places on the map",
        ("place", "kind", "signals", "latitude", "longitude"),
    )  # fmt: skip
    return Picture(canvas(WIDTH, HEIGHT, caption, *parts, class_="map"), caption, table)


def _land(ground: Ground) -> str:
    """All land in view as one path; steps smaller than the eye can tell are left out."""
    found: list[str] = []
    south, west, north, east = ground.box
    for polygon in land_polygons((south, west, north, east)):
        if (polygon.bbox[2] - polygon.bbox[0]) * 111 * ground.scale < 0.4:
            continue
        for ring in polygon.rings:
            x, y = ground.points(ring[:, 0], ring[:, 1])
            shape = _thinned(np.clip(x, -900, WIDTH + 900), np.clip(y, -900, HEIGHT + 900))
            if shape:
                found.append(shape)
    return "".join(found)


def _thinned(x: Floats, y: Floats) -> str:
    """A ring as whole tenths of a unit, without points that repeat the one before."""
    points = np.round(np.column_stack([x, y]) / 0.6).astype(np.int64)
    keep = np.ones(len(points), dtype=bool)
    keep[1:] = (points[1:] != points[:-1]).any(axis=1)
    kept = points[keep]
    outside = (x.max() < 0) or (x.min() > WIDTH) or (y.max() < 0) or (y.min() > HEIGHT)
    if len(kept) < 4 or outside:
        return ""
    return "M" + "L".join(f"{a * 6 / 10:.4g},{b * 6 / 10:.4g}" for a, b in kept.tolist()) + "Z"


def _graticule(ground: Ground) -> str:
    step = next(s for s in (1, 2, 5, 10, 20, 30) if ground.km / 111 / s < 6 or s == 30)
    south, west, north, east = ground.box
    found: list[str] = []
    fine = np.linspace(0.0, 1.0, 40)
    for lat in range(math.ceil(south / step) * step, math.floor(north) + 1, step):
        x, y = ground.points(np.full(40, float(lat)), west + (east - west) * fine)
        found.append(path(list(zip(x.tolist(), y.tolist(), strict=True))))
    for lon in range(math.ceil(west / step) * step, math.floor(east) + 1, step):
        x, y = ground.points(south + (north - south) * fine, np.full(40, float(lon)))
        found.append(path(list(zip(x.tolist(), y.tolist(), strict=True))))
    return "".join(found)


def _country(
    ground: Ground, code: str, name: str, taken: list[tuple[float, float, float, float]]
) -> list[str]:
    try:
        shape: Polygon = main_polygon(code)
    except StandoffError:
        return []
    ring = shape.rings[0]
    x, y = ground.points(ring[:, 0], ring[:, 1])
    seen = (x > 20) & (x < WIDTH - 20) & (y > 20) & (y < HEIGHT - 20)
    if int(seen.sum()) < 3:
        return []
    # The middle of what is in view, so that a large state is named where it can be seen.
    at = (float(x[seen].mean()), float(y[seen].mean()))
    if not _room(at[0] - 40, at[1] - 12, 80, 18, taken):
        return []
    return [words(name.upper(), at[0], at[1], text_anchor="middle", font_size=12, letter_spacing=1.5,
                  opacity=0.6, class_="country")]  # fmt: skip


def _line(ground: Ground, line: Line) -> list[str]:
    first, last = ground.point(line.ends[0]), ground.point(line.ends[1])
    colour = {"ruler": "#0072B2", "claim": "#555555", "wrong": "#94283c"}[line.kind]
    dash = {"ruler": None, "claim": "2 3", "wrong": "7 3"}[line.kind]
    middle = ((first[0] + last[0]) / 2, (first[1] + last[1]) / 2 - 6)
    told = f"{line.handle} {line.text}".strip()
    return [
        tag("path", {"d": path([first, last]), "stroke": colour, "stroke-width": 2,
                     "stroke-dasharray": dash, "class": f"distance {line.kind}"}, title(told)),
        words(told, middle[0], middle[1], text_anchor="middle", font_size=11.5, class_="map-label"),
    ]  # fmt: skip


def _spot(
    ground: Ground,
    spot: Spot,
    taken: list[tuple[float, float, float, float]],
    *,
    named: bool,
) -> list[str]:
    x, y = ground.point(spot.at)
    if not (-5 <= x <= WIDTH + 5 and -5 <= y <= HEIGHT + 5):
        return []
    size = 4.0 + min(math.sqrt(spot.weight), 7.0)
    if spot.unit:
        # Hollow and larger, so that it shows around the place it stands at.
        given = {"fill": "none", "stroke": "#D55E00", "stroke-width": 2.5, "class": "unit"}
        shape = tag("rect", {"x": x - 9.0, "y": y - 9.0, "width": 18.0, "height": 18.0, **given})
        size = 9.0
    else:
        given = {"fill": "#0072B2", "fill-opacity": 0.75, "stroke": "white", "stroke-width": 1}
        shape = tag("circle", {"cx": x, "cy": y, "r": size, "class": "words place", **given})
    inner = [title(spot.told), shape]
    width = 6.4 * len(spot.name)
    for dx, dy, anchor in ((size + 4, 4.0, "start"), (-size - 4, 4.0, "end"), (0.0, -size - 5, "middle"),
                           (0.0, size + 13, "middle")):  # fmt: skip
        if not named:
            break
        left = x + dx - {"start": 0.0, "end": width, "middle": width / 2}[anchor]
        if left < 2 or left + width > WIDTH - 2 or not _room(left, y + dy - 11, width, 14, taken):
            continue
        inner.append(words(spot.name, x + dx, y + dy, text_anchor=anchor, font_size=11.5,
                           class_="map-label"))  # fmt: skip
        break
    mark = tag("g", None, *inner)
    return [link(spot.href, mark, label=spot.told, class_="mark") if spot.href else mark]


def _room(
    x: float, y: float, width: float, height: float, taken: list[tuple[float, float, float, float]]
) -> bool:
    """Whether a label fits; then its room is taken."""
    for left, top, right, bottom in taken:
        if x < right and x + width > left and y < bottom and y + height > top:
            return False
    taken.append((x, y, x + width, y + height))
    return True


def _scale_bar(ground: Ground) -> list[str]:
    target = 2 * ground.km / 6
    power = 10 ** math.floor(math.log10(target))
    km = next(m * power for m in (5, 2, 1) if m * power <= target)
    width = km * ground.scale
    y = HEIGHT - 18
    return [
        tag("rect", {"x": 10.0, "y": y - 20, "width": max(width, 120) + 20, "height": 32.0, "rx": 4.0,
                     "fill": "white", "fill-opacity": 0.8, "class": "plate"}),
        tag("path", {"d": path([(20, y - 4), (20, y), (20 + width, y), (20 + width, y - 4)]),
                     "fill": "none", "stroke": "currentColor", "stroke-width": 1.5}),
        words(f"{km:g} km = {km / 1.852:.0f} nmi", 20, y - 8, font_size=11.5),
    ]  # fmt: skip

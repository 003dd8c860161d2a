"""The Map: places that the dossier names, units and their reach, distances claimed and measured."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from standoff.api.screens.mappicture import Ground, Line, Spot, draw_map
from standoff.api.screens.picture import Picture
from standoff.api.screens.view import View, look
from standoff.brief import Drawing
from standoff.errors import StandoffError, UnknownPlace
from standoff.reference import (
    Distance,
    GeoPoint,
    Place,
    PlaceKind,
    find_places,
    point_to_point,
    readings,
    suggest_places,
)
from standoff.systems import System, reaches
from standoff.terms import DistanceContent, content_from_record

NEAR_KM = 2500.0
LEAST_KM, MOST_KM = 60.0, 9000.0
SHOWN = 40
Address = Callable[[str, str], str]
"""Where a signal or claim stands, by handle and document."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place with the signals that name it, and how many of them are transits."""

    name: str
    kind: str
    actor: str
    contested: str
    lat: float
    lon: float
    signals: tuple[str, ...]
    documents: tuple[str, ...]
    transits: int


@dataclass(frozen=True, slots=True)
class Measured:
    """A distance: what a text claims beside what is measured, or a ruler between two names."""

    origin: str
    destination: str
    claimed: str
    km: str
    nmi: str
    method: str
    within: str
    verdict: str
    handle: str
    document: str
    line: tuple[GeoPoint, GeoPoint]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit at a place, with the reach that a source gives."""

    actor: str
    place: str
    unit: str
    status: str
    start: str
    reach: str
    source: str
    inside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MapScreen:
    """A view of the ground, what lies on it, and tables of the same."""

    picture: Picture
    places: tuple[NamedPlace, ...]
    unplaced: tuple[str, ...]
    units: tuple[Unit, ...]
    claims: tuple[Measured, ...]
    ruler: tuple[Measured, ...]
    ruler_problem: str
    centre: GeoPoint
    km: float

    def moves(self) -> tuple[tuple[str, str, str, dict[str, str | None]], ...]:
        """Where one may go: (key, name, key as shown, changes of the address)."""
        here, km = self.centre, self.km
        up, across = km / 222.0, km / 222.0 / max(math.cos(math.radians(here.lat)), 0.1)

        def at(lat: float, lon: float, width: float) -> dict[str, str | None]:
            lat = min(max(lat, -85.0), 85.0)
            lon = (lon + 180.0) % 360.0 - 180.0
            return {"at": f"{lat:.3f},{lon:.3f}", "km": f"{width:.0f}"}

        return (
            ("+", "closer", "+", at(here.lat, here.lon, max(km / 2, LEAST_KM))),
            ("-", "wider", "−", at(here.lat, here.lon, min(km * 2, MOST_KM))),
            ("ArrowUp", "north", "↑", at(here.lat + up, here.lon, km)),
            ("ArrowDown", "south", "↓", at(here.lat - up, here.lon, km)),
            ("ArrowLeft", "west", "←", at(here.lat, here.lon - across, km)),
            ("ArrowRight", "east", "→", at(here.lat, here.lon + across, km)),
            ("0", "fit", "0", {"at": None, "km": None}),
        )


def map_screen(
    view: View,
    *,
    centre: tuple[float, float] | None = None,
    km: float | None = None,
    start: str = "",
    end: str = "",
    href: Address | None = None,
) -> MapScreen:
    """The map of a dossier: `centre` (latitude, longitude) and half its width in kilometres.

    `start` and `end` are names that a ruler is laid between. Without a centre it is fitted to the
    protege, the units and the places that signals name.
    """
    places, unplaced = _places(view)
    units = tuple(_unit(view.system, i) for i in range(len(view.system.sites)))
    claims = tuple(_claims(view))
    ruler, problem = _ruler(start, end)
    middle, half = _fit(view.system, places)
    middle = GeoPoint(*centre) if centre else middle
    half = min(max(km or half, LEAST_KM), MOST_KM)
    link = href or _nowhere
    spots = [
        Spot(
            p.name, GeoPoint(p.lat, p.lon), len(p.signals), False,
            link(p.signals[-1], p.documents[-1]) if p.signals else "",
            f"{p.name}{f' ({p.contested})' if p.contested else ''}: {len(p.signals)} signals",
        )
        for p in places
    ]  # fmt: skip
    rings: list[tuple[GeoPoint, float, str]] = []
    for site in view.system.sites:
        found = _site_place(site.place, site.actor)
        if found is None:
            continue
        spots.append(
            Spot(found.name, found.point, 0, True, "", f"{found.name}: {site.unit}, {site.status}")
        )
        if site.reach_km:
            rings.append((found.point, site.reach_km, f"{found.name}: reach {site.reach_km:g} km"))
    lines = [
        Line(
            m.line,
            f"{m.km} measured",
            "wrong" if m.verdict == "contradicted" else "claim",
            m.handle,
        )
        for m in claims
    ]
    lines += [Line(m.line, m.km, "ruler", "") for m in ruler[:1]]
    ground = Ground(middle, half)
    return MapScreen(
        picture=draw_map(ground, spots, rings, lines, _homes(view.system)),
        places=places,
        unplaced=unplaced,
        units=units,
        claims=claims,
        ruler=ruler,
        ruler_problem=problem,
        centre=middle,
        km=half,
    )


def ground_of(path: Path | str, day: date, *, recorded_by: str | None = None) -> Drawing:
    """The map of a dossier on a day, to stand in a brief: no mark on it is a link."""
    with look(path, as_of=day, recorded_by=recorded_by) as view:
        picture = map_screen(view).picture
    return Drawing(picture.svg, picture.caption)


def _nowhere(handle: str, document: str) -> str:
    """No address: marks are then no links."""
    return ""


def _places(view: View) -> tuple[tuple[NamedPlace, ...], tuple[str, ...]]:
    """Places of signals by name, most named first; and names that no table holds."""
    found: dict[str, list[tuple[str, str, bool]]] = {}
    for s in view.ledger.signals(as_of=view.day):
        if s.signal.place and s.state != "rejected":
            transit = s.signal.x_event is not None and s.signal.x_event.value == "TRANSIT"
            found.setdefault(s.signal.place.name, []).append((s.handle, s.document, transit))
    placed: dict[str, NamedPlace] = {}
    absent: list[str] = []
    for name, held in found.items():
        place = _best(name)
        if place is None:
            absent.append(name)
            continue
        if place.kind is PlaceKind.COUNTRY:
            continue
        before = placed.get(place.id)
        handles = (*(before.signals if before else ()), *(h for h, _, _ in held))
        documents = (*(before.documents if before else ()), *(d for _, d, _ in held))
        placed[place.id] = NamedPlace(
            name=_both_names(place),
            kind=place.kind.value,
            actor=place.actor,
            contested=f"claimed by {', '.join(place.claimants)}" if place.contested else "",
            lat=place.point.lat,
            lon=place.point.lon,
            signals=handles,
            documents=documents,
            transits=(before.transits if before else 0) + sum(t for _, _, t in held),
        )
    return tuple(sorted(placed.values(), key=lambda p: (-len(p.signals), p.name))), tuple(absent)


def _both_names(place: Place) -> str:
    """A contested place carries the names of all sides."""
    other = next((a for a in place.aliases if a.split()[0] != place.name.split()[0]), "")
    if place.contested and other and "/" not in place.name:
        return f"{place.name}/{other}"
    return place.name


def _best(name: str) -> Place | None:
    """What a name stands for on a map: a point rather than a country."""
    held = find_places(name)
    order = [p for p in held if p.kind is not PlaceKind.COUNTRY] or list(held)
    return order[0] if order else None


def _site_place(name: str, actor: str) -> Place | None:
    return next((p for p in find_places(name) if p.actor == actor), None)


def _unit(system: System, i: int) -> Unit:
    site = system.sites[i]
    within = tuple(
        f"{r.place} {r.km:.0f} km{'' if r.sure else ', too close to tell'}"
        for r in reaches(system)
        if r.site == site and r.inside
    )
    return Unit(
        system.name(site.actor), site.place, site.unit, site.status, site.start,
        f"{site.reach_km:g} km" if site.reach_km else "no sourced reach", site.reach_source, within[:8],
    )  # fmt: skip


def _claims(view: View) -> list[Measured]:
    found: list[Measured] = []
    for c in view.claims:
        raw = c.record.get("content")
        if c.record.get("kind") != "distance" or not raw or c.state == "rejected":
            continue
        content = content_from_record(raw)
        if not isinstance(content, DistanceContent):
            continue
        try:
            d = readings(content.origin, content.destination)[0]
        except (StandoffError, IndexError):
            continue
        q = content.quantity
        hedge = q.comparator.value if q.comparator.value in "~<>" else ""
        said = f"{hedge}{q.value:g} {q.unit}" if q.value else ""
        verdict = {"CONTRADICTED": "contradicted", "SUPPORTED": "holds"}.get(
            c.outcome, c.outcome.lower()
        )
        found.append(_measured(d, said, verdict, c.handle, c.document))
    return found


def _ruler(start: str, end: str) -> tuple[tuple[Measured, ...], str]:
    """Every way to measure between two names, the first on the map; or why there is none."""
    if not start.strip() or not end.strip():
        return (), ""
    for name in (start, end):
        if not find_places(name):
            near = ", ".join(p.name for p in suggest_places(name)[:4])
            return (), f"No place is called {name!r}. Near: {near or 'none'}."
    try:
        found = readings(start, end)
    except (StandoffError, UnknownPlace) as error:
        return (), str(error)
    return tuple(_measured(d, "", "", "", "") for d in found[:6]), ""


def _measured(d: Distance, claimed: str, verdict: str, handle: str, document: str) -> Measured:
    return Measured(
        d.from_name, d.to_name, claimed, f"{d.km:.1f} km", f"{d.nmi:.1f} nmi", d.method,
        f"± {d.resolution_km:.1f} km", verdict, handle, document, (d.from_point, d.to_point),
    )  # fmt: skip


def _homes(system: System) -> dict[str, str]:
    return {a: system.name(a).partition(" (")[0] for a in system.actors}


def _fit(system: System, places: Sequence[NamedPlace]) -> tuple[GeoPoint, float]:
    """A view around the protege that holds its units and the places most named near it."""
    called = system.name(system.protege).partition(" (")[0]
    home = next((p for p in find_places(called) if p.actor), None)
    home = home or next((p for p in find_places(system.protege)), None)
    points = [GeoPoint(p.lat, p.lon) for p in places[:SHOWN]]
    points += [p.point for s in system.sites if (p := _site_place(s.place, s.actor))]
    if home is None:
        if not points:
            return GeoPoint(20.0, 10.0), MOST_KM
        home_point = points[0]
    else:
        home_point = home.point
    near = [p for p in points if point_to_point(home_point, p).km <= NEAR_KM / 2]
    far = max((point_to_point(home_point, p).km for p in near), default=300.0)
    return home_point, min(max(far * 1.15, 300.0), NEAR_KM)

"""The gazetteer: places by name, with who controls them and what they are part of.

One row of ``data/places.csv`` is one reading of a name. Several rows may share a name: "Ishigaki"
is an island and a city, "Cyprus" an island and a state. The finder returns all readings, and the
caller decides, or reports every one.

``actor`` is the state that controls the place, not a view on whose it is; ``claimants`` lists
those who claim it where more than one does. Contested places carry all their names as aliases.
``part_of`` chains hold land in land: Yilan City, Yilan County, Taiwan. A part can never be nearer
to anything than the whole (:mod:`standoff.reference.regions` keeps to that).

Examples:
    >>> [(p.id, p.kind.value) for p in find_places("Ishigaki")]
    [('ishigaki', 'island'), ('ishigaki-city', 'city')]
    >>> [p.name for p in ancestors(place("yilan"))]
    ['Yilan County', 'Taiwan', 'Taiwan (state)']
    >>> find_places("Diaoyu")[0].claimants
    ('JPN', 'CHN', 'TWN')
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources

from rapidfuzz import fuzz, process

from standoff.errors import FactError, UnknownPlace
from standoff.reference.geodesy import GeoPoint

__all__ = [
    "Gazetteer",
    "Place",
    "PlaceKind",
    "ancestors",
    "find_places",
    "gazetteer",
    "is_part_of",
    "place",
    "places",
    "suggest_places",
]


class PlaceKind(StrEnum):
    """What a row of the gazetteer is."""

    COUNTRY = "country"
    REGION = "region"
    ISLAND = "island"
    ISLANDS = "islands"
    CITY = "city"
    CAPITAL = "capital"
    BASE = "base"
    PORT = "port"
    AIRPORT = "airport"
    CAPE = "cape"
    REEF = "reef"
    STRAIT = "strait"
    SEA = "sea"


_AREAS = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.ISLAND, PlaceKind.ISLANDS})


@dataclass(frozen=True, slots=True)
class Place:
    """One reading of a place name.

    Attributes:
        id: stable key, lower case with hyphens.
        name, aliases: names in use; contested places carry all sides' names.
        kind: see :class:`PlaceKind`.
        point: a point that stands for it (city centre, middle of an island), degrees.
        actor: code of the state that controls it; empty at sea or where several do.
        claimants: codes of the states that claim it, where more than one does.
        part_of: id of the next larger place that holds it, or empty.
        outline: how its outline is made (see :mod:`standoff.reference.regions`).
        source, release, retrieved, verified: where the point comes from, how it was checked.
        note: what a reader should know.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    kind: PlaceKind
    point: GeoPoint
    actor: str
    claimants: tuple[str, ...]
    part_of: str
    outline: str
    source: str
    release: str
    retrieved: str
    verified: str
    note: str

    @property
    def names(self) -> tuple[str, ...]:
        """The name and all aliases."""
        return (self.name, *self.aliases)

    @property
    def is_area(self) -> bool:
        """Has it a coast or border (a state, a region, islands), or is it a point?"""
        return self.kind in _AREAS

    @property
    def contested(self) -> bool:
        """Do several states claim it?"""
        return len(self.claimants) > 1


def fold_name(name: str) -> str:
    """A name without case, diacritics, apostrophes, hyphens, "the" and doubled spaces.

    Example:
        >>> fold_name("The  Su\u2019ao") == fold_name("suao")
        True
    """
    plain = unicodedata.normalize("NFKD", name)
    kept = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    for mark in "'\u2019\u02bc`.,":
        kept = kept.replace(mark, "")
    words = kept.replace("-", " ").replace("\u2013", " ").split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(words)


class Gazetteer:
    """An immutable set of places with its indexes.

    :func:`gazetteer` gives the shipped one; :meth:`extended` adds an analyst's own rows to it.

    Raises:
        FactError: two rows share an id, a ``part_of`` points nowhere or runs in a circle.
    """

    def __init__(self, rows: Iterable[Place]) -> None:
        self._rows = tuple(rows)
        self._by_id: dict[str, Place] = {}
        self._by_name: dict[str, list[Place]] = {}
        self._children: dict[str, list[Place]] = {}
        for row in self._rows:
            if row.id in self._by_id:
                raise FactError(f"two places with the id {row.id!r}", "unique ids", "rename one")
            self._by_id[row.id] = row
            for name in dict.fromkeys(fold_name(n) for n in row.names):
                self._by_name.setdefault(name, []).append(row)
            if row.part_of:
                self._children.setdefault(row.part_of, []).append(row)
        for row in self._rows:
            self.ancestors(row)  # raises on a broken or circular chain

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def rows(self) -> tuple[Place, ...]:
        """All places in the order of the table."""
        return self._rows

    def extended(self, rows: Iterable[Place]) -> Gazetteer:
        """A gazetteer with further rows; a row with a known id replaces it."""
        new = {row.id: row for row in rows}
        kept = [new.pop(row.id, row) for row in self._rows]
        return Gazetteer([*kept, *new.values()])

    def get(self, place_id: str) -> Place:
        """The place with this id.

        Raises:
            UnknownPlace: naming the nearest names.
        """
        found = self._by_id.get(place_id)
        if found is None:
            near = ", ".join(p.id for p in self.suggest(place_id.replace("-", " "), 3))
            raise UnknownPlace(
                f"{place_id!r}", "the id of a place", f"one of: {near or 'see places()'}"
            )
        return found

    def find(self, name: str) -> tuple[Place, ...]:
        """All readings of a name, areas before points, else in table order; () if none.

        Tries the folded name, then without "Island", "City", "Province" and the like at its end.
        """
        folded = fold_name(name)
        found = self._by_name.get(folded)
        if not found:
            for tail in (" islands", " island", " city", " province", " county", " prefecture"):
                if folded.endswith(tail):
                    found = self._by_name.get(folded.removesuffix(tail))
                    break
        return tuple(sorted(found or (), key=lambda p: not p.is_area))

    def suggest(self, name: str, limit: int = 5) -> tuple[Place, ...]:
        """Places with the nearest names, best first: for messages, never for a verdict."""
        hits = process.extract(
            fold_name(name), list(self._by_name), scorer=fuzz.WRatio, limit=limit, score_cutoff=70
        )
        found = [row for hit in hits for row in self._by_name[hit[0]]]
        return tuple(dict.fromkeys(found))[:limit]

    def ancestors(self, row: Place) -> tuple[Place, ...]:
        """The larger places that hold it, nearest first."""
        chain: list[Place] = []
        at = row
        while at.part_of:
            up = self._by_id.get(at.part_of)
            if up is None or up is row or up in chain:
                raise FactError(
                    f"{at.id!r} is part of {at.part_of!r}",
                    "a known place that is not inside it",
                    "correct part_of",
                )
            chain.append(up)
            at = up
        return tuple(chain)

    def parts(self, row: Place) -> tuple[Place, ...]:
        """All places inside it, at any depth, in table order of each level."""
        found: list[Place] = []
        for child in self._children.get(row.id, ()):
            found.append(child)
            found.extend(self.parts(child))
        return tuple(found)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split(";") if part)


def place_from_row(row: dict[str, str]) -> Place:
    """A place from a row of text, as in ``data/places.csv``.

    Raises:
        FactError: a missing column, an unknown kind or a point outside the Earth.
    """
    try:
        point = GeoPoint(float(row["lat"]), float(row["lon"]))
        made = Place(
            id=row["id"],
            name=row["place"],
            aliases=_split(row["aliases"]),
            kind=PlaceKind(row["kind"]),
            point=point,
            actor=row["actor"],
            claimants=_split(row["claimants"]),
            part_of=row["part_of"],
            outline=row["outline"],
            source=row["source"],
            release=row["release"],
            retrieved=row["retrieved"],
            verified=row["verified"],
            note=row["note"],
        )
    except (KeyError, ValueError) as error:
        raise FactError(
            f"the place row {row.get('id') or row.get('place')!r} ({error})",
            "the columns of places.csv with numbers for lat and lon and a known kind",
            "standoff facts show places",
        ) from error
    if not (-90 <= point.lat <= 90 and -180 <= point.lon <= 180):
        raise FactError(f"{made.id!r} at {point}", "degrees on the Earth", "correct lat and lon")
    return made


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The shipped gazetteer."""
    text = resources.files("standoff.reference").joinpath("data/places.csv").read_text("utf-8")
    return Gazetteer(place_from_row(row) for row in csv.DictReader(text.splitlines()))


def places() -> tuple[Place, ...]:
    """All shipped places.

    Example:
        >>> len(places()) >= 320
        True
    """
    return gazetteer().rows


def place(place_id: str) -> Place:
    """The shipped place with this id.

    Example:
        >>> place("yonaguni").actor
        'JPN'

    Raises:
        UnknownPlace: with the nearest ids.
    """
    return gazetteer().get(place_id)


@lru_cache(maxsize=8192)
def find_places(name: str) -> tuple[Place, ...]:
    """All readings of a name among the shipped places; () if none.

    Example:
        >>> find_places("Atlantis")
        ()
    """
    return gazetteer().find(name)


def suggest_places(name: str, limit: int = 5) -> tuple[Place, ...]:
    """Places with the nearest names, best first.

    Example:
        >>> suggest_places("Yonagumi", 1)[0].name
        'Yonaguni'
    """
    return gazetteer().suggest(name, limit)


def ancestors(row: Place) -> tuple[Place, ...]:
    """The larger shipped places that hold a place, nearest first."""
    return gazetteer().ancestors(row)


def is_part_of(inner: Place, outer: Place) -> bool:
    """Does ``outer`` hold ``inner``, at any depth? A place holds itself.

    Example:
        >>> is_part_of(place("yilan"), place("taiwan"))
        True
    """
    return inner == outer or outer in gazetteer().ancestors(inner)

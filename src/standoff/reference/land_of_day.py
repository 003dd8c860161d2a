"""The land of a state on a day, put together from the outlines of the states of 2021.

The shipped coastlines show the world of 2021. A state that has broken up since (the Soviet Union,
Yugoslavia, Czechoslovakia, Pakistan until 1971) is the union of what came of it. Where the land of
2021 cannot be cut (the two Germanies, Vietnams and Yemens) the answer says that it is not exact: a
distance from it is then a lower bound.

Examples:
    >>> land_of("CSK", date(1968, 8, 1)).lands
    ('CZE', 'SVK')
    >>> land_of("JPN", date(1968, 8, 1)).lands
    ('JPN',)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from standoff.reference.coastlines import main_polygon, polygons_of
from standoff.reference.outlines import Outline, outline_of_polygons
from standoff.reference.provenance import parse_list, read_rows

__all__ = ["LandOfDay", "land_of", "outline_on"]


@dataclass(frozen=True, slots=True)
class LandOfDay:
    """The states of 2021 whose land was that of a state.

    Attributes:
        actor: code of the state of the day.
        lands: codes of the outlines.
        exact: whether the union is the land of the day.
        note: what it takes in or leaves out.
    """

    actor: str
    lands: tuple[str, ...]
    exact: bool
    note: str


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[date, date, LandOfDay], ...]:
    return tuple(
        (
            date.fromisoformat(row["from"]),
            date.fromisoformat(row["to"]),
            LandOfDay(row["actor"], parse_list(row["lands"]), row["exact"] == "yes", row["note"]),
        )
        for row in read_rows("land_of_day.csv")
    )


def land_of(actor: str, on: date) -> LandOfDay:
    """Whose outlines of 2021 make up the land of a state on a day; its own where none is noted.

    Example:
        >>> land_of("DDR", date(1961, 8, 1)).exact
        False
    """
    for first, last, land in _table():
        if land.actor == actor and first <= on <= last:
            return land
    return LandOfDay(actor, (actor,), True, "")


def outline_on(actor: str, on: date) -> Outline:
    """The outline of the land of a state on a day.

    Raises:
        UnknownActor: no land has this code.

    Example:
        >>> soviet = outline_on("SUN", date(1980, 1, 1))
        >>> len(soviet.polygons) > len(outline_on("RUS", date(2020, 1, 1)).polygons)
        True
    """
    lands = land_of(actor, on).lands
    name = main_polygon(lands[0]).name if lands == (actor,) else actor
    polygons = tuple(p.index for code in lands for p in polygons_of(code))
    if not polygons:
        main_polygon(actor)  # raises
    return outline_of_polygons(name, polygons)

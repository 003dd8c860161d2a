"""How far a state is from the ground that a question is about, with the land and borders of the day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import numpy as np

from standoff.errors import StandoffError
from standoff.forecast.facts import Facts, cow_code
from standoff.forecast.lookup import pair_key
from standoff.reference import (
    Outline,
    coast_to_coast,
    find_places,
    land_of,
    land_units,
    outline_of,
    outline_of_state,
    outline_on,
)
from standoff.systems import Cover

__all__ = ["border_kind", "ground_km", "place_outline"]

Ground = tuple[float, str, int, Cover]


def border_kind(a: str, b: str, on: date, facts: Facts) -> int | None:
    """Kind of contiguity of COW: 1 land, 2 to 5 over water, 0 none; None where a code is no state."""
    try:
        key = pair_key(np.array([cow_code(a, on)]), np.array([cow_code(b, on)]))
    except StandoffError:
        return None
    return int(facts.contiguity.at(key, np.array([on.year]))[0])


def ground_km(state: str, holder: str, place: str, on: date, facts: Facts) -> Ground | str:
    """(km, source, year, cover) from a state's land to the ground, or why it is not known.

    The ground is the land of `holder`, or that of `place` where it has an outline of its own. A state
    that holds the place itself is measured from its main land.
    """
    ground = place_outline(place) if place else None
    if ground is None and state == holder:
        return 0.0, "the state that holds the ground", on.year, Cover.COMPUTED
    known = facts.coverage["contiguity"]
    if ground is None and border_kind(state, holder, on, facts) == 1:
        cover = Cover.CARRIED if on.year > known.last else Cover.YEAR
        source = f"{known.source.split('; sha256')[0]}: a border on land"
        return 0.0, source, min(on.year, known.last), cover
    km = _coasts(state, holder, place if ground is not None else "", on)
    if km is None:
        return f"no outline of {state} or of {place or holder} ships"
    rough = [land_of(s, on) for s in (state, holder) if not land_of(s, on).exact]
    note = f"; a lower bound: {rough[0].note}" if rough else ""
    home = ", from its main land" if state == holder else ""
    return km, f"Natural Earth 1:10m, computed{home}{note}", on.year, Cover.COMPUTED


@lru_cache(maxsize=512)
def _coasts(state: str, holder: str, place: str, on: date) -> float | None:
    try:
        ground = place_outline(place) if place else outline_on(holder, on)
        start = (
            outline_of_state(state, main_only=True) if state == holder else outline_on(state, on)
        )
        if ground is None:
            return None
        return round(coast_to_coast(start, ground).km, 1)
    except StandoffError:
        return None


@lru_cache(maxsize=128)
def place_outline(place: str) -> Outline | None:
    """The outline of a place by code or name: a unit of the coastlines, or a place of the gazetteer."""
    if place in {u.code for u in land_units()}:
        return outline_of_state(place)
    for name in dict.fromkeys((place, *place.split("/"))):
        found = [p for p in find_places(name) if p.is_area]
        if found:
            try:
                return outline_of(found[0])
            except StandoffError:
                continue
    return None

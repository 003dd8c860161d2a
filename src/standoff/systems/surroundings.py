"""Whose land a state faces, across its borders and its sea approaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from standoff.errors import UnknownActor
from standoff.reference import nuclear_status, outline_on, states, to_space

SEARCHED_KM = 1000.0
"""Land farther away than this is faced by nobody: open sea."""
CELL_KM = 25.0
"""The outline is counted in cells of this size, so that a jagged coast weighs no more than a smooth one."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Approach:
    """One neighbour's share (0-1) of a state's border and sea approaches; `""` is open sea.

    `nearest_km` is the least chord between the two outlines, near zero where they share a border;
    `nuclear` is none, considering, pursuing or armed, or `None` where no source covers the year.
    """

    neighbour: str
    share: float
    nearest_km: float
    nuclear: str | None


def approaches(actor: str, at: date) -> tuple[Approach, ...]:
    """Whose land lies nearest to each stretch of a state's outline, as shares, largest first.

    share(j) = cells of the outline nearest to j / all cells, where the nearest land within 1,000 km
    counts, by the chord between outlines of 1:10m, and a cell is 25 km wide. It tells who faces the
    state, not who is hostile to it. Raises `UnknownActor` for a code without land.

    >>> [(a.neighbour, round(a.share, 1)) for a in approaches("PRT", date(2021, 8, 13))]
    [('ESP', 0.8), ('', 0.2)]
    """
    cells = _cells(outline_on(actor, at).starts)
    best = np.full(len(cells), SEARCHED_KM)
    owner = np.full(len(cells), -1)
    others = sorted({s.actor for s in states() if s.exists(at)} - {actor})
    least: dict[str, float] = {}
    for place, other in enumerate(others):
        km = _chords(other, at, cells)
        if km is None:
            continue
        least[other] = float(km.min())
        nearer = km < best
        best[nearer], owner[nearer] = km[nearer], place
    found = [
        Approach(name, float((owner == i).mean()), round(least[name], 1), nuclear_status(name, at.year))
        for i, name in enumerate(others)
        if (owner == i).any()
    ]  # fmt: skip
    if (owner < 0).any():
        found.append(Approach("", float((owner < 0).mean()), SEARCHED_KM, None))
    return tuple(sorted(found, key=lambda a: (-a.share, a.neighbour)))


def _cells(outline: Floats) -> Floats:
    """One position in space [cell, (x, y, z)] for each cell that the outline passes, km."""
    space = to_space(outline[:, 0], outline[:, 1])
    _, first = np.unique(np.floor(space / CELL_KM), axis=0, return_index=True)
    return space[np.sort(first)]


def _chords(other: str, at: date, cells: Floats) -> Floats | None:
    """Chord from each cell to the nearest land of a state, km; None where it has no land."""
    try:
        return outline_on(other, at).chords_from(cells)
    except UnknownActor:
        return None

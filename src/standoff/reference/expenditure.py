"""Military expenditure by state, year, measure and release.

A figure of military expenditure is only meaningful with its release: SIPRI revises the past. Its
release 1949-2020 gives Japan 0.937 per cent of GDP for 2019, the release 1949-2024 gives 0.992.
So :func:`milex` returns one figure for every release that covers the year, and a year that a
release does not cover is "not covered", never a zero.

Measures:

* ``gdp_share_percent``: share of gross domestic product, per cent;
* ``current_usd_m``: millions of US dollars at the prices and exchange rates of the year;
* ``constant_usd_m``: millions of US dollars at prices and exchange rates of 2023.

Limited excerpts of the SIPRI Military Expenditure Database (https://www.sipri.org/databases/milex)
with attribution, as its terms allow. The whole data set is the user's own to get.

Examples:
    >>> [(f.release, f.value) for f in milex("JPN", 2019, "gdp_share_percent")]
    [('1949-2020', 0.937), ('1949-2024', 0.992)]
    >>> milex("PRK", 2019, "gdp_share_percent")[0].coverage.value
    'not_covered'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Literal, cast

from standoff.errors import FactError, UnknownActor
from standoff.reference.provenance import read_rows

__all__ = ["MILEX_MEASURES", "Coverage", "Measure", "Milex", "milex", "milex_actors", "milex_ranks"]

Measure = Literal["gdp_share_percent", "current_usd_m", "constant_usd_m"]

MILEX_MEASURES: Mapping[Measure, str] = {
    "gdp_share_percent": "military expenditure as a share of GDP, per cent",
    "current_usd_m": "military expenditure, million US dollars at current prices and rates",
    "constant_usd_m": "military expenditure, million US dollars at 2023 prices and rates",
}
_UNITS: Mapping[str, str] = {
    "gdp_share_percent": "% of GDP",
    "current_usd_m": "million USD",
    "constant_usd_m": "million USD (2023)",
}


class Coverage(StrEnum):
    """Why a figure is there or not."""

    VALUE = "value"
    TRUE_ZERO = "true_zero"
    NOT_COVERED = "not_covered"


@dataclass(frozen=True, slots=True)
class Milex:
    """One figure of one release.

    ``value`` is None exactly when ``coverage`` is ``not_covered``; a state without armed forces
    has the value 0 and the coverage ``true_zero``.
    """

    actor: str
    year: int
    measure: Measure
    value: float | None
    unit: str
    release: str
    coverage: Coverage
    source: str
    url: str
    retrieved: str
    verified: str
    note: str


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, int, str], tuple[Milex, ...]]:
    found: dict[tuple[str, int, str], list[Milex]] = {}
    for row in read_rows("milex.csv"):
        measure = cast("Measure", row["measure"])
        if measure not in MILEX_MEASURES:
            raise FactError(f"the measure {measure!r}", " | ".join(MILEX_MEASURES), "correct it")
        last = int(row["release"].rsplit("-", 1)[1])
        for name, cell in row.items():
            if not name.isdigit() or int(name) > last:
                continue
            value = None if cell == "" else 0.0 if cell == "zero" else float(cell)
            coverage = (
                Coverage.NOT_COVERED
                if cell == ""
                else Coverage.TRUE_ZERO
                if cell == "zero"
                else Coverage.VALUE
            )
            figure = Milex(
                actor=row["actor"],
                year=int(name),
                measure=measure,
                value=value,
                unit=_UNITS[measure],
                release=row["release"],
                coverage=coverage,
                source=row["source"],
                url=row["url"],
                retrieved=row["retrieved"],
                verified=row["verified"],
                note=row["note"],
            )
            found.setdefault((figure.actor, figure.year, measure), []).append(figure)
    return {key: tuple(sorted(v, key=lambda f: f.release)) for key, v in found.items()}


@lru_cache(maxsize=1)
def milex_actors() -> tuple[str, ...]:
    """Codes of the states in the table, sorted.

    Example:
        >>> len(milex_actors()) >= 60, "TWN" in milex_actors()
        (True, True)
    """
    return tuple(sorted({actor for actor, _, _ in _table()}))


def milex(actor: str, year: int, measure: Measure, release: str | None = None) -> tuple[Milex, ...]:
    """All figures for a state, year and measure, one per release, older releases first.

    A year outside the table gives ().

    Raises:
        UnknownActor: the state is not in the table.
        FactError: the measure is unknown.

    Example:
        >>> milex("KOR", 2019, "gdp_share_percent", release="1949-2024")[0].value
        2.519
        >>> milex("JPN", 1990, "gdp_share_percent")
        ()
    """
    if measure not in MILEX_MEASURES:
        raise FactError(f"the measure {measure!r}", " | ".join(MILEX_MEASURES), "use one of these")
    if actor not in milex_actors():
        raise UnknownActor(
            f"{actor!r}", "a state in milex.csv", "standoff.reference.milex_actors()"
        )
    found = _table().get((actor, year, measure), ())
    return found if release is None else tuple(f for f in found if f.release == release)


@lru_cache(maxsize=512)
def milex_ranks(year: int, measure: Measure, release: str) -> tuple[Milex, ...]:
    """Figures of one year and release, largest first; only states of the table, only values.

    A rank in this table is a rank among the shipped states, not in the world.

    Example:
        >>> [f.actor for f in milex_ranks(2023, "current_usd_m", "1949-2024")[:3]]
        ['USA', 'CHN', 'RUS']
    """
    found = [
        figure
        for actor in milex_actors()
        for figure in milex(actor, year, measure, release)
        if figure.coverage is Coverage.VALUE
    ]
    return tuple(sorted(found, key=lambda f: (-(f.value or 0.0), f.actor)))

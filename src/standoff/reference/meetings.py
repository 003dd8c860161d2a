"""Summits by day and place, for a report that says who met where and when.

A small table: summits of NATO, G7 and G8, G20, BRICS and the SCO, of the two Koreas, and of the
United States with Russia and North Korea since 1990, where a source gave the day. A meeting that is
not in it says nothing: leaders met oftener than the table knows.

Examples:
    >>> [m.place for m in meetings_on(date(2025, 8, 15))]
    ['Anchorage']
    >>> [m.name for m in meetings_of("USA", "PRK")][:2]
    ['Singapore summit', 'Hanoi summit']
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from standoff.errors import FactError
from standoff.reference.provenance import Provenance, parse_date, parse_list, read_rows

__all__ = ["Meeting", "meetings", "meetings_of", "meetings_on"]


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of heads of state or government.

    Attributes:
        name: what reports call it.
        kind: ``summit`` of a group of states or ``bilateral``.
        parties: codes of the states, or the code of the organisation that met.
        start, end: first and last day; the same for a meeting of one day.
        place: the town.
        state: alpha-3 code of the state it was held in.
        provenance: origin of the row; its note says where sources count the days otherwise.
    """

    name: str
    kind: str
    parties: tuple[str, ...]
    start: date
    end: date
    place: str
    state: str
    provenance: Provenance


def _day(row: dict[str, str], column: str) -> date:
    day = parse_date(row[column])
    if day is None:
        raise FactError(
            f"a row of meetings.csv without {column}", "an ISO day", f"complete the row {row!r}"
        )
    return day


@lru_cache(maxsize=1)
def meetings() -> tuple[Meeting, ...]:
    """All rows, oldest first.

    Example:
        >>> meetings()[0].name
        'NATO summit 1990'
    """
    return tuple(
        Meeting(
            row["name"], row["kind"], parse_list(row["parties"]), _day(row, "from"),
            _day(row, "to"), row["place"], row["state"], Provenance.of(row, "meetings.csv"),
        )
        for row in read_rows("meetings.csv")
    )  # fmt: skip


def meetings_on(day: date) -> tuple[Meeting, ...]:
    """The meetings that a day is part of.

    Example:
        >>> [m.name for m in meetings_on(date(2018, 6, 12))]
        ['Singapore summit']
    """
    return tuple(m for m in meetings() if m.start <= day <= m.end)


def meetings_of(*parties: str) -> tuple[Meeting, ...]:
    """The meetings that all of these states, or this organisation, are a party of by name.

    Example:
        >>> [m.start.year for m in meetings_of("USA", "RUS")]
        [2018, 2021, 2025]
    """
    return tuple(m for m in meetings() if set(parties) <= set(m.parties))

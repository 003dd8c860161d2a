"""Leaders of states before the tables of offices begin: family names as reports of the day use them.

For reading old texts alone: a row has no title and no full name, so no claim is held against it. Table:
leaders.csv (`scripts/make_leaders.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from standoff.reference.provenance import Provenance, parse_date, read_rows

__all__ = ["Leader", "leaders"]


@dataclass(frozen=True, slots=True)
class Leader:
    """Who ruled a state from one day to another.

    Attributes:
        actor: alpha-3 of the day (SUN, DDR, YUG).
        person: the family name, or the name by which the list has them.
        start, end: first day, and last day of the month in which the spell ended.
        provenance: origin of the row.
    """

    actor: str
    person: str
    start: date
    end: date
    provenance: Provenance


@lru_cache(maxsize=1)
def leaders() -> tuple[Leader, ...]:
    """All spells, ordered by state and name.

    Example:
        >>> [x.actor for x in leaders() if x.person == "Brezhnev"]
        ['SUN']
    """
    return tuple(
        Leader(row["actor"], row["person"], _day(row["from"]), _day(row["to"]), Provenance.of(row, "leaders.csv"))
        for row in read_rows("leaders.csv")
    )  # fmt: skip


def _day(text: str) -> date:
    found = parse_date(text)
    assert found is not None, text  # the table's test says so
    return found

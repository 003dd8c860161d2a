"""Treaties and agreements that reports call by name and year: their names and the years that fit.

A year fits if the agreement was made, signed or came into force in it, or if another agreement of the
same name was. Only names that hardly anything else bears are in the table.

Examples:
    >>> agreement("inf-1987").years
    (1987, 1988)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from standoff.errors import FactError
from standoff.reference.provenance import Provenance, parse_date, parse_list, read_rows

__all__ = ["Agreement", "agreement", "agreements"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """One agreement.

    Attributes:
        id: key of the row.
        names: what reports call it, the first one in full.
        signed: the day of signature; `None` where the name stands for several.
        years: years under which reports may call it.
        places: where it was signed or made.
        provenance: origin of the row.
    """

    id: str
    names: tuple[str, ...]
    signed: date | None
    years: tuple[int, ...]
    places: tuple[str, ...]
    provenance: Provenance


@lru_cache(maxsize=1)
def _table() -> dict[str, Agreement]:
    return {
        row["id"]: Agreement(
            row["id"], parse_list(row["names"]), parse_date(row["signed"]),
            tuple(int(y) for y in parse_list(row["years"])), parse_list(row["places"]),
            Provenance.of(row, "agreements.csv"),
        )
        for row in read_rows("agreements.csv")
    }  # fmt: skip


def agreements() -> tuple[Agreement, ...]:
    """All agreements in the order of the table.

    Example:
        >>> agreements()[0].names[0]
        'Good Friday Agreement'
    """
    return tuple(_table().values())


def agreement(agreement_id: str) -> Agreement:
    """The agreement with this id.

    Raises:
        FactError: no such id.
    """
    found = _table().get(agreement_id)
    if found is None:
        raise FactError(
            f"the agreement {agreement_id!r}", "an id of agreements.csv", "standoff facts list"
        )
    return found

"""In which years the constitution of a state was replaced, amended or suspended.

The years are those of the Comparative Constitutions Project: of promulgation, one event a year and
kind. Left out are states whose constitution is no one document (the United Kingdom, New Zealand,
Israel, Canada, San Marino, Saudi Arabia): there an act of parliament is no amendment.

Examples:
    >>> changes = constitution_changes("TUR")
    >>> changes is not None and 2017 in changes.amended
    True
    >>> constitution_changes("GBR") is None
    True
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from standoff.reference.provenance import Provenance, parse_list, read_rows

__all__ = ["ConstitutionChanges", "constitution_changes"]


@dataclass(frozen=True, slots=True)
class ConstitutionChanges:
    """What happened to the constitution of one state since 1946.

    Attributes:
        actor: alpha-3 code of the state.
        first: the first year that the table speaks of.
        new: years in which a new constitution was promulgated.
        amended: years with at least one amendment.
        other: years of interim constitutions, suspensions and reinstatements.
        as_of: the last day that the source vouches for; later years may stand, and be incomplete.
        provenance: origin of the row.
    """

    actor: str
    first: int
    new: tuple[int, ...]
    amended: tuple[int, ...]
    other: tuple[int, ...]
    as_of: date
    provenance: Provenance

    @property
    def years(self) -> frozenset[int]:
        """Every year in which anything happened to it."""
        return frozenset((*self.new, *self.amended, *self.other))


@lru_cache(maxsize=1)
def _table() -> dict[str, ConstitutionChanges]:
    def years(cell: str) -> tuple[int, ...]:
        return tuple(int(y) for y in parse_list(cell))

    return {
        row["actor"]: ConstitutionChanges(
            row["actor"], int(row["first"]), years(row["new"]), years(row["amended"]),
            years(row["other"]), date.fromisoformat(row["as_of"]),
            Provenance.of(row, "constitutions.csv"),
        )
        for row in read_rows("constitutions.csv")
    }  # fmt: skip


def constitution_changes(actor: str) -> ConstitutionChanges | None:
    """The changes to the constitution of a state; `None` where the table has none.

    Example:
        >>> constitution_changes("JPN").amended
        ()
    """
    return _table().get(actor)

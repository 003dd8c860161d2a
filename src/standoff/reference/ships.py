"""Naval ships and the years of their service, for names that a report gives them.

A small table: ships that reports name most, and ships that left service in the last decades. A name
that is not in it says nothing. One row is one ship; navies use names again, so a name may have two.
A row of ``precision`` month or year begins on the first day of that unit and ends on the last. A row
without both days comes from a list of the ships in service on ``as_of``: it knows the hull, not the years.

Examples:
    >>> [(s.name, s.end) for s in ships_called("HMNZS", "Endeavour")]
    [('Endeavour', datetime.date(2017, 12, 15))]
    >>> len(ships_called("HMAS", "Adelaide"))
    2
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from standoff.reference.provenance import Provenance, parse_date, parse_list, read_rows

__all__ = ["Ship", "naval_ships", "ship_types", "ships_called"]


@dataclass(frozen=True, slots=True)
class Ship:
    """One ship in the service of one navy.

    Attributes:
        actor: alpha-3 code of the state.
        prefix: what the navy writes before the name, for example ``HMAS``.
        name: without the prefix.
        kind: frigate, tanker, ...
        ship_class: the class without the word, for example ``Nimitz``; empty where not recorded.
        hull: hull number with its letters, ``CVN-76``; empty where not recorded.
        start: first day of service; `None` if not recorded.
        end: last day; `None` if the source shows none.
        precision: ``day``, ``month`` or ``year``; the coarser of both.
        as_of: of a ship without an end, the last day the source vouches for.
        provenance: origin of the row.
    """

    actor: str
    prefix: str
    name: str
    kind: str
    ship_class: str
    hull: str
    start: date | None
    end: date | None
    precision: str
    as_of: date | None
    provenance: Provenance

    @property
    def title(self) -> str:
        """Prefix and name, as a report writes them."""
        return f"{self.prefix} {self.name}"


@lru_cache(maxsize=1)
def naval_ships() -> tuple[Ship, ...]:
    """All rows, by state, name and first day.

    Example:
        >>> len(naval_ships()) > 30
        True
    """
    return tuple(
        Ship(
            row["actor"], row["prefix"], row["name"], row["kind"], row["class"], row["hull"],
            parse_date(row["from"]), parse_date(row["to"]), row["precision"],
            parse_date(row["as_of"]), Provenance.of(row, "ships.csv"),
        )
        for row in read_rows("ships.csv")
    )  # fmt: skip


def ships_called(prefix: str, name: str) -> tuple[Ship, ...]:
    """The ships of one navy that had a name, oldest first; none if the table has no such name.

    Example:
        >>> ships_called("USS", "Flying Dutchman")
        ()
    """
    wanted = (prefix.upper(), name.casefold())
    return tuple(s for s in naval_ships() if (s.prefix, s.name.casefold()) == wanted)


@lru_cache(maxsize=1)
def ship_types() -> tuple[tuple[str, frozenset[str]], ...]:
    """Words for a type of warship with the families they may stand for.

    Two types of one family are not held against each other: "carrier" is said of assault ships too.

    Example:
        >>> sorted(dict(ship_types())["carrier"])
        ['amphibious', 'carrier']
    """
    return tuple(
        (row["words"], frozenset(parse_list(row["families"])))
        for row in read_rows("ship_types.csv")
    )

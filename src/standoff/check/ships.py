"""Ships: whether the navy had a ship of that name in service on the day."""

from __future__ import annotations

from datetime import date, timedelta

from standoff.check.verdicts import unknown
from standoff.reference import Ship, ships_called
from standoff.terms import NameContent, Outcome, Reference, Verdict


def check_ship(claim: str, content: NameContent) -> Verdict:
    """A ship's name against the table of naval ships.

    CONTRADICTED only where every ship of that name that the table has left service before the day and
    none of them came after: a name that is used again, or is about to be, is left alone. So is a ship in
    the year after an end that is not known to the day.
    """
    prefix, _, name = content.name.partition(" ")
    found = ships_called(prefix, name)
    start, end = content.period.start, content.period.end
    if not found or start is None or end is None:
        return unknown(claim, f"no ship called {content.name} is in the table, or no day is given")
    for ship in found:
        began = ship.start is None or ship.start <= end
        if began and start <= (ship.end or ship.as_of or start):
            return Verdict(
                claim, Outcome.SUPPORTED, f"{ship.title} was in service {_spell(ship)}",
                _reference(ship),
            )  # fmt: skip
    last = found[-1]
    if any(_last_day(ship) >= start for ship in found):
        return unknown(claim, f"the table does not say whether {last.title} was in service then")
    return Verdict(
        claim,
        Outcome.CONTRADICTED,
        f"{last.title}, a {last.kind}, had left service by then: {_spell(last)}",
        _reference(last),
        f"{last.end} < {start}",
        None,
        "every ship of that name in the table had left service, and none came after",
        f"{last.title} had left service",
    )


def _last_day(ship: Ship) -> date:
    """The day after which a ship is surely gone: ends known by the year alone are often plans."""
    if ship.end is None:
        return date.max
    return ship.end if ship.precision == "day" else ship.end + timedelta(days=365)


def _spell(ship: Ship) -> str:
    first = _day(ship.start, ship.precision) if ship.start else "before the record"
    if ship.end:
        return f"from {first} to {_day(ship.end, ship.precision)}"
    return f"from {first}, and still on {ship.as_of}"


def _day(day: object, precision: str) -> str:
    return str(day)[: {"year": 4, "month": 7}.get(precision, 10)]


def _reference(ship: Ship) -> Reference:
    p = ship.provenance
    return Reference(f"{ship.title}: {_spell(ship)}", p.source, p.release, ship.start, p.url)

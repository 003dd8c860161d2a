"""What a ship is said to be: its hull number, class and type against the list of ships in service."""

from __future__ import annotations

from standoff.check.verdicts import unknown
from standoff.reference import Ship, ship_types, ships_called
from standoff.terms import Outcome, Reference, ShipContent, Verdict


def check_hull(claim: str, content: ShipContent) -> Verdict:
    """The hull number, class or type of a named ship.

    Only where the table has one ship of that name: navies use names again. A number that fits under
    other letters ("CV-76") is no error of fact, and a type stands for its whole family.
    """
    prefix, _, name = content.name.partition(" ")
    found = [s for s in ships_called(prefix, name) if s.hull]
    if len(found) != 1 or len(ships_called(prefix, name)) != 1:
        return unknown(claim, f"the table has not just one ship called {content.name}")
    ship = found[0]
    fits = {"hull": _same_hull, "class": _same_class, "type": _same_type}[content.aspect]
    answer = fits(content.said, ship)
    if answer is None:
        return unknown(claim, f"{_told(ship)}: the words may mean the same")
    if answer:
        return Verdict(claim, Outcome.SUPPORTED, _told(ship), _reference(ship))
    return Verdict(
        claim,
        Outcome.CONTRADICTED,
        f"{_told(ship)}, not {content.said}",
        _reference(ship),
        f"{content.aspect}: stated {content.said}",
        None,
        "the only ship of that name in the table",
        f"wrong {content.aspect} of a ship",
    )


def _same_hull(said: str, ship: Ship) -> bool | None:
    letters, _, number = said.partition("-")
    own, _, known = ship.hull.partition("-")
    if number != known:
        return False
    return True if letters == own else None


def _same_class(said: str, ship: Ship) -> bool | None:
    return said == ship.ship_class


def _same_type(said: str, ship: Ship) -> bool | None:
    families = dict(ship_types())
    wanted, own = families.get(said, frozenset[str]()), families.get(ship.kind, frozenset[str]())
    if not wanted or not own:
        return None
    return bool(wanted & own)


def _told(ship: Ship) -> str:
    return f"{ship.title} is {ship.hull}, {ship.kind} of the {ship.ship_class} class"


def _reference(ship: Ship) -> Reference:
    p = ship.provenance
    return Reference(_told(ship), p.source, p.release, ship.as_of, p.url)

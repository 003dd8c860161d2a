"""What a ship is said to be: its hull number, its class, its type, right beside its name.

`the Nimitz-class aircraft carrier USS Ronald Reagan (CVN-76)` claims three things of one ship.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from standoff.read.claims.common import Draft
from standoff.read.claims.ships import ASIDE, any_of
from standoff.read.reading import Reading
from standoff.reference import Ship, naval_ships, ship_types
from standoff.terms import DateBasis, Period, ShipContent

# Before that day a name of the list may have been borne by an older ship.
_SINCE = 2010
_HULL = re.compile(r"\s*\(\s*([A-Z]{2,4})[\s-]?(\d{1,4})\s*\)")


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], dict[str, Ship]]:
    """The names; a class and a type right before a name; a class in apposition behind it."""
    known = [s for s in naval_ships() if s.hull]
    names = any_of(s.title for s in known)
    classes = any_of(s.ship_class for s in known)
    types = any_of(word for word, _ in ship_types())
    before = (
        rf"(?:(?P<class>{classes})[\s-]class\s+(?:Flight\s+\w+\s+)?)?(?:(?P<type>{types})\s+)?$"
    )
    after = rf"(?:\s*\([^()]*\))?,\s+an?\s+(?:\w+\s+)?(?P<class>{classes})[\s-]class\b"
    return (
        re.compile(rf"(?<![\w-])({names})(?![\w-])(?!\s+class\b)"),
        re.compile(before),
        re.compile(after),
        {_plain(s.title): s for s in known},
    )


def find_hulls(reading: Reading) -> Iterator[Draft]:
    """The hull number, class and type that the words beside a ship's name give it.

    >>> from datetime import date
    >>> from standoff.read.report import prepare
    >>> text = "The aircraft carrier USS Ronald Reagan (CVN-67) sailed."
    >>> [d.statement for d in find_hulls(prepare(text, date(2020, 8, 18)))]
    ['USS Ronald Reagan is CVN-67', 'USS Ronald Reagan is an aircraft carrier']
    """
    if reading.published.year < _SINCE:
        return
    names, before, after, ships = _patterns()
    published = Period.day(reading.published, "", DateBasis.PUBLICATION)
    for sentence in reading.prose():
        text, end = reading.text, sentence.end
        for m in names.finditer(text, sentence.start, end):
            ship = ships[_plain(m.group())]
            lead = text[max(sentence.start, m.start() - 90) : m.start()]
            if ASIDE.search(lead[-60:]):
                continue
            said: list[tuple[str, str, int, int]] = []
            if hull := _HULL.match(text, m.end(), end):
                said.append(("hull", f"{hull.group(1)}-{hull.group(2)}", m.start(), hull.end()))
            if (ahead := before.search(lead)) and ahead.group():
                at = m.start() - len(lead)
                # A class says the type too.
                aspect = "class" if ahead.group("class") else "type"
                said.append((aspect, ahead.group(aspect), at + ahead.start(aspect), m.end()))
            if behind := after.match(text, m.end(), end):
                said.append(("class", behind.group("class"), m.start(), behind.end()))
            for aspect, words, start, stop in said:
                content = ShipContent(ship.title, ship.actor, aspect, words, published)
                yield Draft(reading.span(start, stop), "ship", _told(ship, aspect, words), content)


def is_listed(reading: Reading, start: int, end: int) -> bool:
    """Whether the words end with a ship whose hull number `find_hulls` holds against the table.

    >>> from datetime import date
    >>> from standoff.read.report import prepare
    >>> text = "The USS John Finn"
    >>> [is_listed(prepare(text, date(y, 3, 1)), 0, len(text)) for y in (2021, 1945)]
    [True, False]
    """
    if reading.published.year < _SINCE:
        return False
    return any(m.end() == end for m in _patterns()[0].finditer(reading.text, start, end))


def _told(ship: Ship, aspect: str, words: str) -> str:
    if aspect == "hull":
        return f"{ship.title} is {words}"
    if aspect == "class":
        return f"{ship.title} is of the {words} class"
    return f"{ship.title} is {'an' if words[0].lower() in 'aeiou' else 'a'} {words}"


def _plain(name: str) -> str:
    return re.sub(r"[\s,.]+", "", name)

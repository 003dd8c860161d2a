"""What the finders of claims share: drafts, names of places, numbers of one kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from standoff.reference import (
    PlaceKind,
    canonical_unit,
    dimension_of,
    find_places,
    offices_of,
    places,
    state_names,
    titles_for,
)
from standoff.terms import Content, Mention, Quantity, Span

TIMES = ("d", "wk", "mo", "yr", "h", "min", "a")
LENGTHS = ("km", "nmi", "mi", "m", "ft")


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before it is numbered."""

    span: Span
    kind: str
    statement: str
    content: Content


@dataclass(frozen=True, slots=True)
class Named:
    """A place named in the text: `name` as the gazetteer finds it."""

    start: int
    end: int
    name: str


def named_places(text: str, start: int, end: int) -> tuple[Named, ...]:
    """Places named in `text[start:end]`, longest names first, in order.

    A people's name stands for its land before a word for land: "the Taiwanese mainland".

    >>> [p.name for p in named_places("from Ishigaki to the Taiwanese coast", 0, 36)]
    ['Ishigaki', 'Taiwan']
    """
    found = [Named(m.start(), m.end(), m.group()) for m in _names().finditer(text, start, end)]
    for m in _lands().finditer(text, start, end):
        found.append(Named(m.start(), m.end(), _peoples()[m.group(1)]))
    kept: list[Named] = []
    for item in sorted(found, key=lambda p: (p.start, -p.end)):
        if kept and item.start < kept[-1].end:
            continue
        head = _HEAD.match(text, item.end, end + 12)
        if (
            head
            and head.group(1) == "City"
            and any(p.kind in _TOWNS for p in find_places(item.name))
        ):
            kept.append(Named(item.start, head.end(), item.name))
        elif not head:
            kept.append(item)
    return tuple(kept)


_TOWNS = (PlaceKind.CITY, PlaceKind.CAPITAL, PlaceKind.PORT)
# "Gaza City", "Kuwait Bay": with such a word behind it a name is part of another place's.
_HEAD = re.compile(
    r"\s+(City|Bay|Gulf|Strait|Straits|Canal|Sea|River|Delta|Valley|Airport|Province|County|Heights|"
    r"Peninsula|Ridge|Pass|Dam|Lake|Harbou?r|Port|Airfield|Air Base|Naval Base)\b(?!\s*,?\s+in\b)"
)


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    words = {n for p in places() for n in p.names if n[:1].isupper() and len(n) > 2}
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, ordered)) + r")(?![\w])")


@lru_cache(maxsize=1)
def _peoples() -> dict[str, str]:
    """Adjective of a state to the name of the place: Taiwanese, Taiwan."""
    countries = {p.actor: p.name.removesuffix(" (state)") for p in places() if p.kind == "country"}
    return {
        n.name: countries[n.actor]
        for n in state_names()
        if n.kind == "demonym" and n.actor in countries and n.name[:1].isupper()
    }


@lru_cache(maxsize=1)
def _lands() -> re.Pattern[str]:
    ordered = sorted(_peoples(), key=lambda w: (-len(w), w))
    land = r"(?:mainland|coast(?:line)?|shore|territory|soil|border)"
    words = "|".join(map(re.escape, ordered)) or r"(?!)"
    return re.compile(rf"(?<![\w-])({words}) {land}\b")


def bare(name: str) -> str:
    """A name without case and marks above letters.

    >>> bare("Davutoğlu"), bare("Ḥasan Kılıç")
    ('davutoglu', 'hasan kilic')
    """
    folded = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i").replace("ø", "o"))
    return "".join(c for c in folded if not unicodedata.combining(c))


@lru_cache(maxsize=512)
def _words_for(actor: str) -> re.Pattern[str]:
    names = sorted({n.name for n in state_names() if n.actor == actor}, key=lambda w: (-len(w), w))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names)) or '(?!)'})(?!\w)")


def names_state(text: str, actor: str) -> bool:
    """Whether a name of the state or of its people stands in some words.

    >>> names_state("Turkish Foreign Minister", "TUR"), names_state("Prime Minister", "USA")
    (True, False)
    """
    return bool(actor) and _words_for(actor).search(text) is not None


def same_dimension(first: Quantity, second: Quantity) -> bool:
    """Whether one number can be turned into the unit of the other."""
    if first.unit == second.unit:
        return True
    if {first.unit, second.unit} == {"%", "% of GDP"}:
        return True
    if first.unit in _HEAT and second.unit in _HEAT:
        return True
    one, other = canonical_unit(first.unit), canonical_unit(second.unit)
    if one is None or other is None:
        return False
    return dimension_of(one) == dimension_of(other)


_HEAT = ("°C", "°F", "K")


def countable_together(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers can count one thing, the noun left out of one: `soldiers` and `150,000`."""
    units = {one.unit, other.unit}
    bare = "count" in units and not units & {"ratio", "%", "% of GDP", "pp", *TIMES}
    return same_dimension(one, other) or bare


def is_length(quantity: Quantity) -> bool:
    """Whether a number is a length with a value."""
    return quantity.unit in LENGTHS and quantity.value is not None


def states_in(mentions: tuple[Mention, ...]) -> Iterator[str]:
    """Alpha-3 codes of the states mentioned, in order."""
    for m in mentions:
        if m.party.actor and len(m.party.actor) == 3 and m.party.actor not in ("XXX", "IGO"):
            yield m.party.actor


def state_of_holder(person: str, office: str, guess: str, words: str, on: date) -> str:
    """The state whose office a person holds on a day, where the words do not name the guessed one.

    "Defence Secretary" is British by default; Delfin Lorenzana held that office of the Philippines.

    >>> state_of_holder("Delfin Lorenzana", "defence secretary", "GBR", "", date(2016, 7, 13))
    'PHL'
    >>> state_of_holder("Delfin Lorenzana", "defence secretary", "GBR", "", date(2026, 7, 13))
    'GBR'
    """
    known = offices_of(person)
    if not guess or not known or names_state(words, guess):
        return guess
    if any(guess in (s.actor, s.organisation) for s in known):
        return guess
    own = {
        state
        for s in known
        if s.start <= on and (s.end is None or on <= s.end)
        for state in (s.organisation or s.actor,)
        if any(t.office == s.office for t in titles_for(office, state))
    }
    return own.pop() if len(own) == 1 else guess

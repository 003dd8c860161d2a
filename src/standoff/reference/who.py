"""What the shipped tables know by a name: states, bodies, organisations, people in office.

One look-up over four tables, for people who ask who is meant (`standoff actors show`). READ matches
text with its own automaton over the same tables.

Examples:
    >>> [(k.kind, k.actor, k.office, k.start) for k in known_actors("Nobuo Kishi")]
    [('person', 'JPN', 'defence_minister', datetime.date(2020, 9, 16))]
    >>> [k.kind for k in known_actors("NATO")]
    ['organisation']
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from standoff.reference.offices import OfficeSpell, office_spells
from standoff.reference.place_table import fold_name
from standoff.reference.provenance import Provenance
from standoff.reference.state_codes import bodies, organisations, state_names, states

__all__ = ["KnownActor", "actors_of_state", "known_actors", "nearest_actors"]

_HIGH = (
    "head_of_state", "head_of_government", "foreign_minister", "defence_minister",
    "chief_of_defence", "army_chief", "navy_chief", "air_chief", "national_security_adviser",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownActor:
    """One row that a name stands for.

    Attributes:
        kind: ``state``, ``body``, ``organisation`` or ``person``.
        name: as the table writes it first.
        names: every spelling that is matched.
        actor: ISO alpha-3, ``IGO`` or ``MULTI``.
        sector: PLOVER sector; empty for states.
        person, office, title, organisation: where they apply, else empty. `office` is the
            normalised key of a person's office, or what kind of body it is.
        officialness: whether its words count as official.
        start, end: days between which the name means this; `None` is open.
        as_of: of a person still in office, the last day that the source vouches for.
        provenance: origin of the row.
    """

    kind: str
    name: str
    names: tuple[str, ...]
    actor: str
    sector: str
    person: str
    office: str
    title: str
    organisation: str
    officialness: str
    start: date | None
    end: date | None
    as_of: date | None
    provenance: Provenance

    def holds(self, on: date | None) -> bool:
        """Whether the name may mean this on a day; True without a day."""
        return on is None or (
            (self.start is None or self.start <= on) and (self.end is None or on <= self.end)
        )


def known_actors(name: str, *, on: date | None = None) -> tuple[KnownActor, ...]:
    """Every row known by this name or code, else every row with a name that holds these words.

    Case, accents and hyphens do not count. Rows go by kind, then by their first day.

    Example:
        >>> known_actors("JPN")[0].name, known_actors("gerasimov")[0].person
        ('Japan', 'Valery Gerasimov')
    """
    wanted = fold_name(name)
    if not wanted:
        return ()
    rows = [(k, [fold_name(n) for n in (*k.names, k.actor)]) for k in _all() if k.holds(on)]
    code = name.strip().upper()
    exact = [
        k for k, names in rows if wanted in names[:-1] or (k.kind == "state" and code == k.actor)
    ]
    if exact:
        return tuple(exact)
    return tuple(k for k, names in rows if any(_within(wanted, n) for n in names[:-1]))


def _within(wanted: str, name: str) -> bool:
    return f" {wanted} " in f" {name} "


def actors_of_state(actor: str, *, on: date) -> tuple[KnownActor, ...]:
    """The holders of the high offices of a state on a day, then its bodies.

    Example:
        >>> [k.person for k in actors_of_state("JPN", on=date(2021, 8, 13))][:2]
        ['Naruhito', 'Yoshihide Suga']
    """
    people = [
        k
        for office in _HIGH
        for k in _all()
        if k.kind == "person" and k.actor == actor and k.office == office and k.holds(on)
        if k.as_of is None or on <= k.as_of
    ]
    return (*people, *(k for k in _all() if k.kind == "body" and k.actor == actor and k.holds(on)))


def nearest_actors(name: str, limit: int = 3) -> tuple[str, ...]:
    """Known names that are spelled most like this one, for a message about an unknown name.

    Example:
        >>> nearest_actors("Formossa")
        ('Formosa',)
    """
    wanted = fold_name(name)
    most = max(1, len(wanted) // 4)
    found = process.extract(wanted, _folded(), scorer=OSA.distance, score_cutoff=most, limit=limit)
    return tuple(dict.fromkeys(key for _, _, key in found))


@lru_cache(maxsize=1)
def _folded() -> dict[str, str]:
    return {name: fold_name(name) for k in _all() for name in k.names}


@lru_cache(maxsize=1)
def _all() -> tuple[KnownActor, ...]:
    return (*_states(), *_bodies(), *_organisations(), *map(_person, office_spells()))


def _states() -> Iterator[KnownActor]:
    names: dict[str, list[str]] = {}
    for row in state_names():
        names.setdefault(row.actor, []).append(row.name)
    for item in states():
        every = tuple(dict.fromkeys([item.display, *names.get(item.actor, [])]))
        yield KnownActor(
            "state", item.display, every, item.actor, "", "", "", "", "", "official", item.start,
            item.end, None, item.provenance,
        )  # fmt: skip


def _bodies() -> Iterator[KnownActor]:
    for item in bodies():
        yield KnownActor(
            "body", item.name, item.names, item.actor, item.sector, "", item.kind, "", "",
            item.officialness, item.start, item.end, None, item.provenance,
        )  # fmt: skip


def _organisations() -> Iterator[KnownActor]:
    for item in organisations():
        actor = "MULTI" if item.kind == "MULTI" else "IGO"
        yield KnownActor(
            "organisation", item.name, item.names, actor, "IGO", "", item.kind, "", item.code,
            "official", None, None, None, item.provenance,
        )  # fmt: skip


def _person(spell: OfficeSpell) -> KnownActor:
    return KnownActor(
        "person", spell.person, spell.names, spell.actor, spell.sector, spell.person, spell.office,
        spell.title, spell.organisation, "official", spell.start, spell.end, spell.as_of,
        spell.provenance,
    )  # fmt: skip

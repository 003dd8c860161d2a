"""States and their codes over time, their names, organisations, and named bodies below the state.

The actor code is ISO 3166-1 alpha-3. Kosovo is ``XKX`` (user-assigned), states that no longer
exist keep their withdrawn ISO code (``SUN``, ``YUG``, ``CSK``, ``DDR``, ``YMD``, ``SCG``), and
South Vietnam, which has none, is ``RVN``. Membership of the Correlates of War system (COW) and of
the list of Gleditsch and Ward (GW) is given as spells; an open end means that the release that we
read still lists the state.

Names carry a ``caution``: what a reader must beware of before it takes the word for the state
(``person``, ``us-state``, ``case``, ``place-phrase``, ...; see :class:`StateName`). Contested names
carry both sides; a row says how a word is used, not who is right.

Sources: COW State System Membership v2016; Gleditsch and Ward (1999), as in isard 2026-06;
ISO 3166 through pycountry; CIA World Factbook. Each row says which.

Examples:
    >>> state("JPN").capital
    'Tokyo'
    >>> crosswalk("365", frm="cow", to="iso3", on=date(1970, 1, 1))
    'SUN'
    >>> crosswalk("365", frm="cow", to="iso3", on=date(2010, 1, 1))
    'RUS'
    >>> [n.actor for n in state_names() if n.name == "Beijing"]
    ['CHN']
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from standoff.errors import UnknownActor
from standoff.reference.provenance import Provenance, parse_date, parse_list, read_rows

__all__ = [
    "Body",
    "CodeSystem",
    "Organisation",
    "State",
    "StateName",
    "bodies",
    "crosswalk",
    "organisation",
    "organisations",
    "state",
    "state_names",
    "states",
]

CodeSystem = Literal["iso3", "iso2", "cow", "cow_abbrev", "gw", "name"]


def _holds(start: date | None, end: date | None, on: date | None) -> bool:
    """Whether `on` lies in the closed interval; a missing bound is open, a missing day is any."""
    return on is None or ((start is None or start <= on) and (end is None or on <= end))


@dataclass(frozen=True, slots=True)
class State:
    """One state during one spell of its codes.

    Attributes:
        actor: ISO 3166-1 alpha-3, see the module for the exceptions.
        iso2: alpha-2, empty where there is none.
        display: short English name.
        capital: seat that reports use; disputes are in the note.
        cow, cow_abbrev, gw: codes, empty where the list does not hold the state.
        start, end: first and last day of this code spell; `None` is open.
        cow_from, cow_to, gw_from, gw_to: membership spells in COW and GW.
        provenance: origin of the row.
    """

    actor: str
    iso2: str
    display: str
    capital: str
    cow: str
    cow_abbrev: str
    gw: str
    start: date | None
    end: date | None
    cow_from: date | None
    cow_to: date | None
    gw_from: date | None
    gw_to: date | None
    provenance: Provenance

    def exists(self, on: date) -> bool:
        """Whether this spell covers a day.

        Example:
            >>> state("SUN").exists(date(1985, 1, 1)), state("SUN").exists(date(1995, 1, 1))
            (True, False)
        """
        return _holds(self.start, self.end, on)


@dataclass(frozen=True, slots=True)
class StateName:
    """A word or phrase that stands for a state.

    Attributes:
        name: as written, in its own case.
        actor: the state.
        kind: ``name``, ``demonym``, ``capital``, ``metonym`` or ``abbreviation``.
        start, end: when the word meant this state; `None` is open.
        caution: what to beware of, any of ``agreement`` (Minsk), ``airline``, ``ambiguous``
            (Korean, Congo), ``case`` (US, not us), ``city-state``, ``common-word`` (Turkey),
            ``contested``, ``direction`` (the North), ``ethnic``, ``historic``, ``institution``,
            ``language``, ``longer-name`` (Guinea in Papua New Guinea), ``part-of`` (England),
            ``person`` (Jordan), ``place``, ``place-phrase`` (South China Sea), ``territory``,
            ``us-place``, ``us-state``.
        provenance: origin of the row.
    """

    name: str
    actor: str
    kind: str
    start: date | None
    end: date | None
    caution: tuple[str, ...]
    provenance: Provenance

    def in_use(self, on: date) -> bool:
        """Whether the word meant this state on a day.

        Example:
            >>> [n.in_use(date(2021, 1, 1)) for n in state_names() if n.name == "Swaziland"]
            [False]
        """
        return _holds(self.start, self.end, on)


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation of states or a body that acts across them.

    Attributes:
        code: our code (``NATO``, ``UNSC``, ``QUAD``).
        name, aliases: full English name and the other forms reports use.
        kind: ``IGO``, ``alliance``, ``court``, ``NGO`` or ``MULTI`` (a forum without a charter).
        members: ISO alpha-3 codes where the list is short; empty says nothing about membership.
        caution: as for :class:`StateName`.
        provenance: origin of the row.
    """

    code: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    members: tuple[str, ...]
    caution: tuple[str, ...]
    provenance: Provenance

    @property
    def names(self) -> tuple[str, ...]:
        """The full name, then the aliases.

        Example:
            >>> organisation("NATO").names[0]
            'North Atlantic Treaty Organization'
        """
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Body:
    """A named body below the state: ministry, force, legislature, party, medium, armed group.

    Attributes:
        actor: the state it belongs to or acts from; ``XXX`` where none.
        name, aliases: English name and the other forms reports use.
        sector: PLOVER sector: ``GOV MIL LEG JUD PTY SPY COP MED OPP REB BUS``.
        kind: our own finer word, for example ``foreign ministry``, ``navy``, ``state news agency``.
        officialness: ``official``, ``semi_official`` (party organs, party-linked media) or
            ``unofficial``.
        start, end: when the body bore this name; `None` is open or not recorded.
        caution: as for :class:`StateName`.
        provenance: origin of the row.
    """

    actor: str
    name: str
    aliases: tuple[str, ...]
    sector: str
    kind: str
    officialness: str
    start: date | None
    end: date | None
    caution: tuple[str, ...]
    provenance: Provenance

    @property
    def names(self) -> tuple[str, ...]:
        """The name, then the aliases."""
        return (self.name, *self.aliases)


@lru_cache(maxsize=1)
def states() -> tuple[State, ...]:
    """All states, one record per code spell, in the order of the table.

    Example:
        >>> len({s.actor for s in states()}) > 195
        True
    """
    return tuple(
        State(
            actor=row["actor"],
            iso2=row["iso2"],
            display=row["display"],
            capital=row["capital"],
            cow=row["cow"],
            cow_abbrev=row["cow_abbrev"],
            gw=row["gw"],
            start=parse_date(row["from"]),
            end=parse_date(row["to"]),
            cow_from=parse_date(row["cow_from"]),
            cow_to=parse_date(row["cow_to"]),
            gw_from=parse_date(row["gw_from"]),
            gw_to=parse_date(row["gw_to"]),
            provenance=Provenance.of(row, "states.csv"),
        )
        for row in read_rows("states.csv")
    )


def state(code: str, on: date | None = None) -> State:
    """The state of an alpha-3 code: its latest spell, or the spell that covers a day.

    Raises:
        UnknownActor: no such code, or the state did not exist on that day.

    Example:
        >>> state("DEU").cow, state("DEU", on=date(1980, 1, 1)).cow
        ('255', '260')
    """
    found = [s for s in states() if s.actor == code and (on is None or s.exists(on))]
    if not found:
        day = "" if on is None else f" on {on.isoformat()}"
        raise UnknownActor(
            f'"{code}"{day}', "an alpha-3 code of a state then in being", "standoff actors list"
        )
    return found[-1]


def _code(item: State, system: CodeSystem) -> str:
    if system == "iso3":
        return item.actor
    if system == "name":
        return item.display
    return {
        "iso2": item.iso2,
        "cow": item.cow,
        "cow_abbrev": item.cow_abbrev,
        "gw": item.gw,
    }[system]


def _in_system(item: State, system: CodeSystem, on: date | None) -> bool:
    if system in ("cow", "cow_abbrev"):
        return bool(item.cow) and _holds(item.cow_from, item.cow_to, on)
    if system == "gw":
        return bool(item.gw) and _holds(item.gw_from, item.gw_to, on)
    return _holds(item.start, item.end, on)


def crosswalk(
    code: str | int, frm: CodeSystem = "cow", to: CodeSystem = "iso3", on: date | None = None
) -> str:
    """Translate a state code into another system.

    A code that moved between states (COW 365, 345) needs `on`; without it the latest is taken.

    Args:
        code: the code; leading zeros and case do not matter.
        frm: the system it is from.
        to: the system wanted.
        on: the day; the spell of `frm` must cover it, and that of `to` if there is a choice.

    Raises:
        UnknownActor: no state bears the code (on that day), or it has no code in `to`.

    Example:
        >>> crosswalk(2), crosswalk("USA", frm="iso3", to="cow")
        ('USA', '2')
        >>> crosswalk("345", on=date(2005, 1, 1)), crosswalk("340", frm="gw")
        ('SCG', 'SRB')
    """
    wanted = str(code).strip().upper().lstrip("0") if frm in ("cow", "gw") else str(code).strip()
    found = [
        s
        for s in states()
        if _code(s, frm).casefold() == wanted.casefold() and _in_system(s, frm, on)
    ]
    better = [s for s in found if _code(s, to) and _in_system(s, to, on)]
    named = [s for s in (better or found) if _code(s, to)]
    if not named:
        day = "" if on is None else f" on {on.isoformat()}"
        raise UnknownActor(
            f'{frm} code "{code}"{day}', f"a code with an entry in {to}", "standoff actors list"
        )
    return _code(named[-1], to)


@lru_cache(maxsize=1)
def state_names() -> tuple[StateName, ...]:
    """All names, demonyms, capitals, metonyms and abbreviations.

    Example:
        >>> {n.kind for n in state_names() if n.actor == "JPN"} >= {"name", "demonym", "capital"}
        True
        >>> [n.caution for n in state_names() if n.name == "Jordan"]
        [('case', 'common-word', 'person')]
    """
    return tuple(
        StateName(
            name=row["name"],
            actor=row["actor"],
            kind=row["kind"],
            start=parse_date(row["from"]),
            end=parse_date(row["to"]),
            caution=parse_list(row["caution"]),
            provenance=Provenance.of(row, "state_names.csv"),
        )
        for row in read_rows("state_names.csv")
    )


@lru_cache(maxsize=1)
def organisations() -> tuple[Organisation, ...]:
    """All organisations.

    Example:
        >>> "QUAD" in {o.code for o in organisations()}
        True
    """
    return tuple(
        Organisation(
            code=row["organisation"],
            name=row["name"],
            aliases=parse_list(row["aliases"]),
            kind=row["kind"],
            members=parse_list(row["members"]),
            caution=parse_list(row["caution"]),
            provenance=Provenance.of(row, "organisations.csv"),
        )
        for row in read_rows("organisations.csv")
    )


def organisation(code: str) -> Organisation:
    """The organisation of a code.

    Raises:
        UnknownActor: no such code.

    Example:
        >>> organisation("AUKUS").members
        ('AUS', 'GBR', 'USA')
    """
    for item in organisations():
        if item.code == code:
            return item
    raise UnknownActor(
        f'organisation "{code}"', "a code of organisations()", "standoff actors list"
    )


@lru_cache(maxsize=1)
def bodies() -> tuple[Body, ...]:
    """All bodies below the state.

    Example:
        >>> {b.officialness for b in bodies() if b.name == "Global Times"}
        {'semi_official'}
    """
    return tuple(
        Body(
            actor=row["actor"],
            name=row["name"],
            aliases=parse_list(row["aliases"]),
            sector=row["sector"],
            kind=row["kind"],
            officialness=row["officialness"],
            start=parse_date(row["from"]),
            end=parse_date(row["to"]),
            caution=parse_list(row["caution"]),
            provenance=Provenance.of(row, "bodies.csv"),
        )
        for row in read_rows("bodies.csv")
    )

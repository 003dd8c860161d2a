"""A crisis in one call: names of the day, places with a holder, roles proposed, values drafted."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from standoff.errors import ImpossibleDate, InputError, UnknownActor
from standoff.forecast.draft import draft_system
from standoff.forecast.facts_file import load_facts
from standoff.forecast.holders import Holding, all_holdings, holder_of
from standoff.forecast.members import group_members
from standoff.forecast.proposals import Proposal, propose_roles
from standoff.reference import State, known_actors, nearest_actors, state_names, states
from standoff.systems import Candidate, System, Territory

__all__ = ["describe_crisis"]

FIRST = date(1946, 1, 1)
"""Before it the shipped capabilities, pacts and disputes are not meant to stand for anything."""
_BEYOND_DAYS = 366
"""How far past the end of the record a system may be set up: values are carried forward and say so."""


@dataclass(frozen=True, slots=True)
class _Side:
    """An actor as asked for: its code, and the place it was asked for by, if one."""

    code: str
    place: Holding | None = None


def describe_crisis(
    challenger: str,
    protege: str,
    on: date,
    *,
    defenders: Sequence[str] | None = None,
    supporters: Sequence[str] | None = None,
    proliferators: Sequence[str] | None = None,
    data: Mapping[str, Path] | None = None,
) -> System:
    """A system for any two sides and a day, with roles proposed where none are given.

    Args:
        challenger, protege: codes or names of the day ("USSR", "West Germany"). The protege may be
            a place that is no state or whose standing is contested ("Falklands", "Crimea"): with a
            code of its own (FLK, HKG, XKX) it is the protege; else its holder is, and the place
            stands in [[territory]].
        on: a day from 1946 on, to which the facts reach.
        defenders, supporters, proliferators: codes or names; None proposes them from the facts.
        data: files of public data sets of the user's own, id to path.

    Raises:
        UnknownActor: a name that no table holds.
        ImpossibleDate: a state that did not exist on the day, or a day beyond the record.
        InputError: a challenger that is its own protege, or holds the place; an actor in two roles.

    Example:
        >>> found = describe_crisis("Venezuela", "Essequibo", date(2023, 12, 1), defenders=["USA"])
        >>> found.protege, found.territories[0].name, found.territories[0].claimants
        ('GUY', 'Essequibo/Guayana Esequiba', ('VEN',))
    """
    _refuse_day(on)
    attacker, object_ = _side(challenger, on), _side(protege, on)
    if attacker.place is not None and attacker.code != attacker.place.code:
        raise InputError(
            f"the place {attacker.place.place} as challenger", "a state",
            f"--challenger {attacker.code}, who held it on {on}",
        )  # fmt: skip
    given = [
        None if group is None else tuple(_side(a, on).code for a in group)
        for group in (defenders, supporters, proliferators)
    ]
    if attacker.code == object_.code:
        held = f", which held {object_.place.place}" if object_.place else ""
        raise InputError(
            f"{attacker.code}{held} as challenger and protege", "two different actors",
            "name the other side: the holder deters, a claimant challenges",
        )  # fmt: skip
    asked = tuple(a for group in given if group for a in group)
    found = _proposed(attacker.code, object_, on, asked)
    taken = _roles(found, given, (attacker.code, object_.code))
    # A place without a code of its own stands in the title; its holder is the protege.
    place = object_.place.code if object_.place and object_.code == object_.place.holder else ""
    place = "" if place == object_.code else place
    system = draft_system(
        attacker.code,
        object_.code,
        on,
        defenders=taken[0],
        supporters=taken[1],
        proliferators=taken[2],
        candidates=_candidates(found, taken),
        place=place,
        data=data,
    )
    return _named(system, object_)


def _refuse_day(on: date) -> None:
    end = load_facts().end
    if on < FIRST:
        raise ImpossibleDate(
            f"{on}, before the record", f"a day from {FIRST} on", "take a later day"
        )
    if (on - end).days > _BEYOND_DAYS:
        raise ImpossibleDate(
            f"{on}, beyond the record, which ends on {end}",
            f"a day within {_BEYOND_DAYS} days of its end",
            "take an earlier day, then standoff system update FILE --on DAY with newer facts",
        )


# ---------------------------------------------------------------------- names to codes


def _side(asked: str, on: date) -> _Side:
    """The actor that a code or name meant on a day; a place with a holder where it is no state."""
    text = asked.strip()
    named = [s for s in states() if text.upper() == s.actor]
    if named:
        return _existing(text.upper(), on)
    members = group_members(text, on)
    if members:
        raise InputError(
            f"{text}, a group of {len(members)} states", "states",
            f"name members: {', '.join(members[:4])} ...",
        )  # fmt: skip
    # A place first: the tables of names give Hong Kong and Crimea to one state, whatever the day.
    held = _held(text, on, exactly=True)
    if held is not None:
        return held
    codes = {
        n.actor for n in state_names() if n.name.casefold() == text.casefold() and n.in_use(on)
    }
    codes |= {s.actor for s in states() if s.display.casefold() == text.casefold() and s.exists(on)}
    codes = codes or {k.actor for k in known_actors(text) if k.kind == "state"}
    if len(codes) == 1:
        return _existing(codes.pop(), on)
    held = _held(text, on, exactly=False)
    if held is not None:
        return held
    near = ", ".join((*nearest_actors(text), *_near_places(text))) if text else ""
    raise UnknownActor(
        repr(asked), "a code such as JPN, the name of a state, or a place with a holder",
        f"nearest: {near}" if near else "see standoff actors",
    )  # fmt: skip


def _existing(code: str, on: date) -> _Side:
    """A state of the day, a contested one with the place it is too; else refused, with the remedy."""
    spells = [s for s in states() if s.actor == code]
    # What the table of holders knows goes first: Kosovo is in both.
    if any(s.exists(on) for s in spells):
        return _Side(code, holder_of(code, on))
    held = holder_of(code, on)
    if held is not None:
        return _Side(code, held)
    then = _holder_then(spells, on)
    said = "; ".join(f"{s.start or 'the beginning'} to {s.end or 'now'}" for s in spells)
    raise ImpossibleDate(
        f"{code} ({spells[-1].display}) on {on}, when it was no state",
        f"a state of that day ({code} was one from {said})",
        f"--challenger or --protege {then.actor} ({then.display})" if then
        else "take another day, or the state that held the ground then",
    )  # fmt: skip


def _holder_then(spells: Sequence[State], on: date) -> State | None:
    """The state of the day with the same COW number: the Soviet Union for Russia."""
    numbers = {s.cow for s in spells if s.cow}
    return next((s for s in states() if s.cow in numbers and s.exists(on)), None)


def _held(text: str, on: date, *, exactly: bool) -> _Side | None:
    found = holder_of(text, on) if exactly else _like_place(text, on)
    if found is None:
        return None
    if len(found.code) == 3 and found.code.isupper():
        return _Side(found.code, found)
    if found.holder == "local":
        # A code of the user's own: ISO keeps XAA to XZZ free for that.
        return _Side("X" + "".join(c for c in found.code.upper() if c.isalpha())[:2], found)
    return _Side(found.holder, found)


def _like_place(text: str, on: date) -> Holding | None:
    """A place of which the words asked for are a part: "Falklands" of "Falkland Islands"."""
    wanted = text.casefold().removesuffix("s")
    found = [h for h in all_holdings() if h.runs_on(on) and any(wanted in n for n in h.names)]
    exact = [h for h in found if any(n.split(" ")[0] == wanted for n in h.names)]
    chosen = exact or found
    return chosen[0] if len({h.code for h in chosen}) == 1 or exact else None


def _near_places(text: str) -> list[str]:
    names = {n for h in all_holdings() for n in h.place.split("/")}
    return difflib.get_close_matches(text, sorted(names), 2)


# ---------------------------------------------------------------------- roles


def _proposed(challenger: str, side: _Side, on: date, asked: tuple[str, ...]) -> Proposal:
    try:
        return propose_roles(challenger, side.code, on, asked=asked)
    except UnknownActor:
        return Proposal((), (), (), ())


def _roles(
    found: Proposal, given: Sequence[tuple[str, ...] | None], taken: tuple[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Given roles as given; proposed ones without those that have another role already."""
    defenders, supporters, proliferators = given
    first = found.defenders if defenders is None else defenders
    first = (
        tuple(a for a in first if a not in taken and a not in (supporters or ()))
        if defenders is None
        else first
    )
    second = (
        tuple(a for a in found.supporters if a not in (*taken, *first))
        if supporters is None
        else supporters
    )
    third = (
        tuple(a for a in found.proliferators if a not in taken)
        if proliferators is None
        else proliferators
    )
    return first, second, third


def _candidates(found: Proposal, taken: tuple[tuple[str, ...], ...]) -> tuple[Candidate, ...]:
    """Every candidate with the role that it has now; those whom the user named without a reason too."""
    arming = set(taken[2])
    sides = {
        a: role
        for role, group in zip(("defender", "supporter"), taken[:2], strict=True)
        for a in group
    }
    out: list[Candidate] = []
    for c in found.candidates:
        if c.role == "proliferator":
            out.append(replace(c, role=c.role if c.actor in arming else "none"))
        else:
            out.append(replace(c, role=sides.get(c.actor, "none")))
    told = {(c.actor, c.role) for c in out}
    reasons = {c.actor: c.because for c in reversed(found.candidates)}
    named = [*sides.items(), *((a, "proliferator") for a in taken[2])]
    for actor, role in named:
        if (actor, role) not in told:
            why = ("named by the analyst", *reasons.get(actor, ("no shipped fact suggests it",)))
            out.append(Candidate(actor, role, why))
    return tuple(
        c for c in out if c.role != "none" or (c.actor not in sides and c.actor not in arming)
    )


def _named(system: System, side: _Side) -> System:
    """A place with authorities of its own has its name and stands as the territory it is."""
    held = side.place
    if held is None or (side.code in system.names and system.names[side.code] != side.code):
        return system
    names = {**system.names, side.code: held.place}
    mine = Territory(
        held.code, held.place, held.holder, held.claimants, held.start, held.source, held.note
    )
    others = tuple(t for t in system.territories if t.code != held.code)
    title = system.title.replace(f"and {side.code}", f"and {held.place}")
    question = system.question.replace(f"against {side.code} ", f"against {held.place} ")
    return replace(system, names=names, territories=(mine, *others), title=title, question=question)

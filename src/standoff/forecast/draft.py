"""A system drafted from facts: any challenger, protege and day, roles as given.

What the shipped facts cover is filled in with its source; what they do not cover stands as absent in
`System.worldview`'s list and takes a value that the game's calibration cancels (the class average).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

import numpy as np

from standoff.errors import InputError, StandoffError
from standoff.forecast.classes import classes_for
from standoff.forecast.facts import Facts, cow_code
from standoff.forecast.facts_file import load_facts
from standoff.forecast.holders import holder_of
from standoff.forecast.lookup import pair_key
from standoff.forecast.members import group_members
from standoff.reference import coast_to_coast, milex, milex_actors, outline_of_state, state
from standoff.systems import Commitment, Covariate, Rate, ReferenceClass, System
from standoff.terms import Origin

__all__ = ["draft_system", "relative_strength"]

PARITY_SHARE = 0.01
"""Capability share of an actor that no table knows: then all such actors are alike."""
UNKNOWN_KM = 1000.0


def relative_strength(of: str, to: str, on: date, facts: Facts | None = None) -> float | None:
    """ln(CINC of one / CINC of the other) in the year before a day; None where one is not covered.

    >>> round(relative_strength("TWN", "CHN", date(2021, 8, 13)), 1)
    -3.7
    """
    own, other = (_share(a, on, facts or load_facts()) for a in (of, to))
    return float(np.log(own / other)) if own and other else None


def _share(actor: str, on: date, facts: Facts) -> float | None:
    try:
        code = cow_code(actor, on)
    except StandoffError:
        return None
    key, year = np.array([code]), np.array([on.year - 1])
    value = float(facts.capabilities.at(key, year)[0])
    return value if value > 0 else None


def draft_system(
    challenger: str,
    protege: str,
    on: date,
    *,
    defenders: Sequence[str] = (),
    supporters: Sequence[str] = (),
) -> System:
    """The system of a day from the shipped facts.

    Actors may be states of the day, places with a holder (then the holder's facts stand for them),
    or codes of a user's own that no table knows (then class averages do). Raises `InputError` for
    a challenger that is its own protege, or an actor in two roles.

    >>> drafted = draft_system("RUS", "UKR", date(2022, 1, 15), defenders=["USA"])
    >>> drafted.defenders, drafted.value("nuclear_armed", "USA")
    (('USA',), 1.0)
    """
    roles = (challenger, protege, *defenders, *supporters)
    twice = sorted({a for a in roles if roles.count(a) > 1})
    if twice:
        raise InputError(
            f"{', '.join(twice)} in two roles", "each actor in one role", "leave one out"
        )
    for actor in roles:
        members = group_members(actor, on)
        if members:
            raise InputError(
                f"{actor}, a group of {len(members)} states, in a role",
                "states",
                f"name members: {', '.join(members[:4])} ...",
            )
    if _holder(protege, on) == challenger:
        raise InputError(
            f"{challenger} against {protege}, which it held on {on.isoformat()}",
            "two states, or a place that another state holds",
            "name the other side",
        )
    facts = load_facts()
    absent: list[str] = []
    names = {a: _name(a, on) for a in roles}
    covariates: list[Covariate] = []

    def put(name: str, actor: str, value: float, unit: str, source: str) -> None:
        covariates.append(Covariate(name, actor, value, value, unit, source, Origin.HISTORICAL))

    shares: dict[str, float] = {}
    for a in roles:
        share = _share(_holder(a, on), on, facts)
        if share is None:
            absent.append(f"capabilities of {a}: taken as one hundredth of the world's")
        shares[a] = share or PARITY_SHARE
        source = facts.coverage["capabilities"].source
        put("cinc", a, shares[a], "share of world capabilities", source)
    spending = {a: _spending(a, on) for a in roles}
    if any(spending[a] is None for a in (challenger, protege, *defenders)):
        absent.append("military spending of all: taken to be shared out as capabilities are")
        spending = {a: 1e6 * shares[a] for a in roles}
    for a in roles:
        put("milex", a, spending[a] or 1e6 * shares[a], "million US dollars of 2023", "SIPRI")
    for a in (challenger, *defenders, *supporters):
        km = _distance(_holder(a, on), _holder(protege, on), on, facts)
        if km is None:
            absent.append(f"distance of {a}: taken as {UNKNOWN_KM:.0f} km")
        put("distance", a, UNKNOWN_KM if km is None else km, "km coast to coast, 0 for neighbours",
            "Natural Earth outlines, COW contiguity")  # fmt: skip
        put("nuclear_armed", a, _flag(facts, "nuclear", a, on), "1 if it holds nuclear weapons",
            facts.coverage["nuclear"].source)  # fmt: skip
    absent.append("trade shares, law, mood and bases: taken as at the class average")
    return System(
        slug=f"{challenger}-{protege}-{on.isoformat()}".lower(),
        title=f"{names[challenger]} and {names[protege]}",
        as_of=on,
        question=f"Does {names[challenger]} use force against {names[protege]} within a year?",
        act=f"attack: war, or force with at least 26 deaths, by {challenger} against {protege}",
        challenge="a new demand backed by threat, display or force with fewer than 26 deaths",
        worldview="Drafted from facts. Absent: " + "; ".join(absent) + ".",
        challenger=challenger,
        protege=protege,
        defenders=tuple(defenders),
        supporters=tuple(supporters),
        proliferators=(),
        names=names,
        reference_classes=_classes(challenger, _holder(protege, on), on),
        challenge_rate=Rate("challenges", 368 / 4388, "territorial rivals 1946-2010", 368, 4388),
        joining_rates=(
            Rate("major-power ally joins a war of its target", 3 / 12, "GML, ATOP", 3, 12),
        ),
        published_rates=(),
        commitments=tuple(_commitments(facts, (*defenders, *supporters), protege, on)),
        red_lines=(),
        rules=(),
        ceilings=(),
        sites=(),
        covariates=tuple(covariates),
        grade_rules=(),
    )


def _classes(challenger: str, protege: str, on: date) -> tuple[ReferenceClass, ...]:
    """The narrowest counted class of rivals that the pair belongs to; all rivals where none is."""
    source = "Gibler-Miller-Little MID 2.2.1, Thompson rivalries, ATOP 5.1; counted"
    whole = ReferenceClass("all territorial rivals", 102, 4388, source, default=True)
    try:
        counted = classes_for(challenger, protege, on)
    except StandoffError:
        return (whole,)
    rivals = [c for c in counted if c.member and c.name.startswith("territorial rivals")]
    if not rivals:
        return (whole,)
    own = rivals[0]
    first = ReferenceClass(own.name, own.attacks, own.dyad_years, source, default=True)
    return (first, replace(whole, default=False))


def _name(actor: str, on: date) -> str:
    for day in (on, None):
        try:
            return state(actor, on=day).display
        except StandoffError:
            continue
    held = holder_of(actor, on)
    return held.place if held else actor


def _holder(actor: str, on: date) -> str:
    try:
        cow_code(actor, on)
    except StandoffError:
        held = holder_of(actor, on)
        return held.holder if held else actor
    return actor


def _spending(actor: str, on: date) -> float | None:
    if actor not in milex_actors():
        return None
    rows = [m for m in milex(actor, on.year - 1, "constant_usd_m") if m.value]
    return rows[-1].value if rows else None


def _flag(facts: Facts, table: str, actor: str, on: date) -> float:
    try:
        code = cow_code(actor, on)
    except StandoffError:
        return 0.0
    lookup: Callable[..., object] = getattr(facts, table).at
    return float(np.asarray(lookup(np.array([code]), np.array([on.year - 1])))[0] > 0)


def _distance(a: str, b: str, on: date, facts: Facts) -> float | None:
    if a == b:
        return 0.0
    try:
        codes = np.array([cow_code(a, on)]), np.array([cow_code(b, on)])
    except StandoffError:
        return None
    if int(facts.contiguity.at(pair_key(*codes), np.array([on.year]))[0]) == 1:
        return 0.0
    return _coasts(a, b)


@lru_cache(maxsize=512)
def _coasts(a: str, b: str) -> float | None:
    try:
        return round(coast_to_coast(outline_of_state(a), outline_of_state(b)).km, 1)
    except StandoffError:
        return None


def _commitments(facts: Facts, patrons: Sequence[str], protege: str, on: date) -> list[Commitment]:
    found: list[Commitment] = []
    for k in patrons:
        try:
            key = pair_key(np.array([cow_code(k, on)]), np.array([cow_code(protege, on)]))
        except StandoffError:
            continue
        if int(facts.defence.at(key, np.array([on.year - 1]))[0]):
            source = facts.coverage["pacts"].source
            found.append(Commitment(k, protege, "defence", on, source))
    return found

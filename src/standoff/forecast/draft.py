"""A system drafted from facts: any challenger, protege and day, roles as given.

What the shipped facts and the user's own files cover is filled in, each value with source, year and
cover; what they do not cover stands in `System.absent` with its reason. Where the game cannot do
without a value, what stands in for it is written there too and is marked elicited.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from standoff.errors import InputError, StandoffError
from standoff.forecast.classes import TERRITORIAL, classes_for, reference_counts
from standoff.forecast.drafted_relations import commitments_of, relations_of, rules_of
from standoff.forecast.drafted_values import DraftedRoles, values_of
from standoff.forecast.facts import Facts, cow_code
from standoff.forecast.facts_file import load_facts
from standoff.forecast.holders import Holding, holder_of, holdings_between
from standoff.forecast.joining_cases import pact_counts
from standoff.forecast.members import group_members
from standoff.reference import state
from standoff.systems import (
    SCHEMA_VERSION,
    Absence,
    Absent,
    Candidate,
    Covariate,
    DyadicCovariate,
    GradeRule,
    Rate,
    ReferenceClass,
    System,
    Territory,
)
from standoff.terms import SourceGrade

__all__ = ["draft_system", "relative_strength"]

_COUNTED = "Gibler-Miller-Little MID 2.2.1, Thompson rivalries, ATOP 5.1; counted"


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
    proliferators: Sequence[str] = (),
    candidates: Sequence[Candidate] = (),
    place: str = "",
    data: Mapping[str, Path] | None = None,
) -> System:
    """The system of a day from the shipped facts.

    Actors may be states of the day, places with a holder (then the holder's facts stand for them),
    or codes of a user's own that no table knows (then class averages do).

    Args:
        challenger, protege: codes.
        on: the day.
        defenders, supporters, proliferators: codes, in the order in which they move.
        candidates: who was proposed, and why; kept in the description.
        place: a place that the question is about, by code or name, where the protege holds it.
        data: files of public data sets of the user's own, id to path, for what does not ship.

    Raises:
        InputError: a challenger that is its own protege, or an actor in two roles.

    Example:
        >>> drafted = draft_system("RUS", "UKR", date(2022, 1, 15), defenders=["USA"])
        >>> drafted.defenders, drafted.value("nuclear_armed", "USA")
        (('USA',), 1.0)
    """
    roles = (challenger, protege, *defenders, *supporters)
    arming = tuple(m for m in proliferators if m not in (challenger, protege))
    _refuse(roles, challenger, protege, on)
    facts = load_facts()
    everyone = tuple(dict.fromkeys((*roles, *arming)))
    held = holder_of(place, on) if place else None
    cast = DraftedRoles(
        challenger, protege, tuple(defenders), tuple(supporters), arming, on,
        {a: _holder(a, on) for a in everyone}, _place(protege, held, on),
    )  # fmt: skip
    drawn = list(values_of(cast, facts, data or {}))
    told = list(relations_of(cast, facts))
    gaps = _merged([g for g in (*drawn, *told) if isinstance(g, Absent)])
    gaps += _never_shipped(cast)
    numbers = [v for v in drawn if isinstance(v, Covariate)]
    numbers += [c for g in gaps for c in g.covariates()]
    names = {a: _name(a, on) for a in everyone}
    about = f" over {held.place}" if held else ""
    joining = pact_counts(facts)
    return System(
        slug=f"{challenger}-{protege}-{on.isoformat()}".lower(),
        title=f"{names[challenger]} and {names[protege]}{about}",
        as_of=on,
        question=f"{_does(names[challenger])} use force against {_the(names[protege])} within a year?",
        act=f"attack: war, or force with at least 26 deaths, by {challenger} against {protege}",
        challenge="a new demand backed by threat, display or force with fewer than 26 deaths",
        worldview=_worldview(gaps)
        + (f" What is owed to {names[protege]} need not cover {held.place}." if held else ""),
        challenger=challenger,
        protege=protege,
        defenders=tuple(defenders),
        supporters=tuple(supporters),
        proliferators=arming,
        names=names,
        reference_classes=_classes(challenger, _holder(protege, on), on),
        challenge_rate=_challenges(),
        joining_rates=joining,
        published_rates=(),
        commitments=tuple(commitments_of(cast)),
        red_lines=(),
        rules=tuple(rules_of(cast)),
        ceilings=(),
        sites=(),
        covariates=tuple(numbers),
        grade_rules=_GRADES,
        schema=SCHEMA_VERSION,
        territories=_territories(cast, held),
        candidates=tuple(candidates),
        relations=tuple(r for r in told if isinstance(r, DyadicCovariate)),
        absent=tuple(gaps),
    )


_GRADES = (
    GradeRule(
        "^(Reuters|AP|Associated Press|AFP|DPA|Kyodo|BBC|Financial Times|New York Times)",
        SourceGrade.B,
        "wire agency or paper of record, usually reliable",
    ),
    GradeRule(
        "^(Ministry|Department|Government|Foreign Office|White House|Office of)",
        SourceGrade.A,
        "a government on its own act or statement",
    ),
)


def _refuse(roles: Sequence[str], challenger: str, protege: str, on: date) -> None:
    if challenger == protege:
        raise InputError(
            f"{challenger} as challenger and protege", "two different actors", "name the other side"
        )
    twice = sorted({a for a in roles if list(roles).count(a) > 1})
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


def _merged(gaps: Sequence[Absent]) -> list[Absent]:
    """Gaps of one name and reason as one, its actors together."""
    found: dict[tuple[object, ...], Absent] = {}
    for g in gaps:
        key = (g.name, g.kind, g.because, g.stand_in)
        before = found[key].actors if key in found else ()
        actors = tuple(dict.fromkeys((*before, *g.actors)))
        found[key] = Absent(g.name, g.kind, actors, g.because, g.stand_in)
    return list(found.values())


def _never_shipped(cast: DraftedRoles) -> list[Absent]:
    """What no table holds that ships: facts that another could, and judgements."""
    others = (*cast.defenders, *cast.supporters)
    found = [
        Absent(name, Absence.FACT, others, because)
        for name, because in (
            ("share_of_challenger_trade", "no table of trade between pairs ships"),
            ("trade_with_challenger", "no table of trade between pairs ships"),
        )
        if others
    ]
    # No number that the game takes: what the proposal of roles could not look at.
    found += [
        Absent(
            "troops_stationed",
            Absence.FACT,
            (),
            "roles proposed without: no table of troops abroad ships",
        ),
        Absent(
            "arms_supply",
            Absence.FACT,
            (),
            "roles proposed without: no register of arms transfers ships",
        ),
    ]
    c, patron = (cast.challenger,), cast.defenders[:1]
    judged = [
        ("ambition", c, "the challenger's stake against that of the average of its class"),
        ("trend", c, "what the challenger expects to gain by waiting"),
        ("arsenal_growth", c, "how fast its nuclear arsenal grows"),
        ("encirclement_base", c, "the share of its approaches that face hostile armed states"),
        ("patron_doubt", patron, "doubt about the patron's will"),
        ("law", others, "how far law bars the use of force"),
        ("mood", others, "weariness of war"),
        ("host_of_patron", cast.defenders[1:], "whether the patron's bases stand on its land"),
        ("proximity", (*others, *cast.proliferators), "whether the war would be fought near it"),
        ("threat_discount", others, "how far it acts as if retaliation will not come"),
        ("encirclement_weight", cast.proliferators, "the share of approaches added if it armed"),
    ]
    return found + [
        Absent(name, Absence.JUDGEMENT, tuple(actors), because)
        for name, actors, because in judged
        if actors
    ]


def _worldview(gaps: Sequence[Absent]) -> str:
    """What is not covered, in one sentence; the tables [[absent]] hold it one by one."""
    facts = [g for g in gaps if g.kind is Absence.FACT]
    judged = [g.name for g in gaps if g.kind is Absence.JUDGEMENT]
    told = "; ".join(
        f"{g.name}{' of ' + ', '.join(g.actors) if g.actors else ''}"
        + (f" (the game takes {g.stand_in:g})" if g.stand_in is not None else "")
        for g in facts
    )
    return (
        f"Drafted from facts. Absent: {told or 'nothing that a data set could hold'}. "
        f"Left to judgement: {', '.join(judged)}."
    )


def _challenges() -> Rate:
    whole = reference_counts()[TERRITORIAL]
    events = whole.disputes - whole.attacks
    return Rate(
        "challenges",
        events / whole.dyad_years,
        whole.name + "; " + _COUNTED,
        events,
        whole.dyad_years,
    )


def _place(protege: str, held: Holding | None, on: date) -> str:
    """The place whose outline is the ground, where it is not all the land of the protege."""
    if held is not None:
        return held.place
    return protege if _holder(protege, on) != protege else ""


def _territories(cast: DraftedRoles, held: Holding | None) -> tuple[Territory, ...]:
    """The place that the question is about, and what else the one holds and the other claims."""
    own = holder_of(cast.protege, cast.on)
    t = cast.stands_for[cast.protege]
    found = [h for h in (held, own) if h is not None]
    found += holdings_between(t, cast.challenger, cast.on)
    found += holdings_between(cast.challenger, t, cast.on)
    return tuple(
        Territory(h.code, h.place, h.holder, h.claimants, h.start, h.source, h.note)
        for h in dict.fromkeys(found)
    )


def _classes(challenger: str, protege: str, on: date) -> tuple[ReferenceClass, ...]:
    """The narrowest counted class of rivals that the pair belongs to, all rivals, the own record."""
    counts = reference_counts()
    whole = counts[TERRITORIAL]
    wide = ReferenceClass(TERRITORIAL, whole.attacks, whole.dyad_years, _COUNTED, default=True)
    try:
        counted = classes_for(challenger, protege, on)
    except StandoffError:
        return (wide,)
    rivals = [c for c in counted if c.member and c.name.startswith("territorial rivals")]
    own = counted[0]
    record = (
        (ReferenceClass(own.name, own.attacks, own.dyad_years, f"{own.rule}; {_COUNTED}"),)
        if own.dyad_years
        else ()
    )
    if not rivals:
        # The game is calibrated on a class of rivals: for others the widest one stands in, and says so.
        apart = f"{_COUNTED}; this pair is not among them, the class stands in"
        wider = [c for c in counted[1:] if c.member][:1]
        return (
            replace(wide, source=apart),
            *(ReferenceClass(c.name, c.attacks, c.dyad_years, _COUNTED) for c in wider),
            *record,
        )
    first = rivals[0]
    narrow = ReferenceClass(first.name, first.attacks, first.dyad_years, _COUNTED, default=True)
    return (narrow, ReferenceClass(TERRITORIAL, whole.attacks, whole.dyad_years, _COUNTED), *record)


_WITH_ARTICLE = re.compile(
    r"(United |Soviet Union|Philippines|Netherlands|Maldives|Bahamas|Gambia|Comoros|Seychelles)"
    r"|.*\b(Islands|Republic|Republic of the Congo)\b"
)
"""Names of states and places that English gives an article."""


def _the(name: str) -> str:
    return f"the {name}" if _WITH_ARTICLE.match(name) else name


def _does(name: str) -> str:
    """ "Does Russia", "Do the Philippines": the United States count as one here, as elsewhere."""
    plural = name in ("Philippines", "Netherlands", "Maldives", "Bahamas", "Comoros", "Seychelles")
    return f"{'Do' if plural else 'Does'} {_the(name)}"


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

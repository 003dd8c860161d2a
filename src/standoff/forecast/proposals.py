"""Roles that facts suggest for a crisis on a day, each with its reasons.

Points are a rule of thumb for an order, not an estimate; they decide who is written down first, and
every reason is printed so that an analyst can overrule it:

| reason | points |
| --- | --- |
| holds the place that the question is about | first |
| bound by treaty to defend the protege | 3 |
| the same, by a treaty that binds it to the challenger too | 1.5 |
| an obligation to consult or to give arms | 2 |
| entered a dispute on its side, as the target of the challenger | 1.5 |
| entered another dispute on its side since 1946 | 1 |
| a major power | 1 |
| a strategic rival of the challenger | 0.5 |
| the fitted chance that it would join, times two | 0 to 2 |
| bound by treaty to defend the challenger alone | -4 |
| a strategic rival of the protege | -2 |

A defender has three points or more (four where the question is about a place: a treaty with the
holder need not cover it) and a tenth of the challenger's capabilities, or holds the place; a supporter
has one and a half and a reason of its own besides being a major power. Not covered by what ships:
troops stationed, arms supplied, trade.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from standoff.errors import StandoffError
from standoff.forecast.beside import obligations_to
from standoff.forecast.drafted_ground import border_kind, ground_km
from standoff.forecast.drafted_relations import aid_years
from standoff.forecast.drafted_values import state_year
from standoff.forecast.facts import Facts, cow_code
from standoff.forecast.facts_file import load_facts
from standoff.forecast.holders import holder_of
from standoff.forecast.joining import join_card
from standoff.forecast.lookup import YearTable, pair_key
from standoff.forecast.members import shared_groups
from standoff.reference import holds, is_latent, latency, nuclear_status, states
from standoff.systems import Candidate

__all__ = ["Proposal", "propose_roles"]

_DEFENDER, _DEFENDER_OF_PLACE, _SUPPORTER = 3.0, 4.0, 1.5
_HOLDER = 100.0
_NEAR_KM = 1500.0
"""How far from the ground a state that might arm is still part of the case."""
_LIKELY = 0.05
"""Chance to join from which a state is shown without another reason."""
_WEIGHT = 0.1
"""Least share of the challenger's capabilities with which a state could weigh in a war against it."""
_MOST_DEFENDERS, _MOST_SUPPORTERS, _MOST_PROLIFERATORS, _SHOWN = 3, 4, 2, 8
_PROFICIENT = 1.0
"""nu-CLEAR score of 2001 from which a state counts as near: Taiwan .97, South Korea 1.39, Japan 1.54."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Codes by role in order, and every candidate with its reasons, the strongest first."""

    defenders: tuple[str, ...]
    supporters: tuple[str, ...]
    proliferators: tuple[str, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """A state with the reasons for it; `own` counts reasons besides being a major power."""

    actor: str
    points: float
    because: tuple[str, ...]
    own: bool
    able: bool
    shown: bool


def propose_roles(
    challenger: str,
    protege: str,
    on: date,
    *,
    asked: Collection[str] = (),
    facts: Facts | None = None,
) -> Proposal:
    """Who could defend, support or arm, by what the shipped facts say of the day.

    Args:
        challenger, protege: codes of states, or a place that a state holds.
        on: the day.
        asked: codes whose reasons are told in any case.
        facts: other than those that ship.

    Example:
        >>> found = propose_roles("PRK", "KOR", date(2017, 8, 1))
        >>> found.defenders, found.candidates[0].because[0]
        (('USA',), 'bound by treaty to defend it (US-Korea Mutual Defense Treaty)')
    """
    known = facts or load_facts()
    held = holder_of(protege, on) if not _is_state(protege, on) else None
    state = held.holder if held else protege
    cases = sorted(
        _cases(challenger, state, held is not None, on, known),
        key=lambda c: (-c.points, c.actor),
    )
    enough = _DEFENDER_OF_PLACE if held else _DEFENDER
    defenders = [c.actor for c in cases if c.points >= enough and c.able][:_MOST_DEFENDERS]
    supporters = [
        c.actor for c in cases if c.points >= _SUPPORTER and c.own and c.actor not in defenders
    ][:_MOST_SUPPORTERS]
    arming = _proliferators(challenger, state, (*defenders, *supporters), on, known)
    roles: dict[str, str] = dict.fromkeys(defenders, "defender")
    roles |= dict.fromkeys(supporters, "supporter")
    shown = [
        c
        for i, c in enumerate(cases)
        if c.actor in roles or c.actor in asked or (i < _SHOWN and c.shown)
    ]
    return Proposal(
        tuple(defenders),
        tuple(supporters),
        tuple(arming),
        (
            *(Candidate(c.actor, roles.get(c.actor, "none"), c.because) for c in shown),
            *(Candidate(a, "proliferator", tuple(why)) for a, why in arming.items()),
        ),
    )


def _is_state(actor: str, on: date) -> bool:
    try:
        cow_code(actor, on)
    except StandoffError:
        return False
    return True


def _cases(challenger: str, protege: str, held: bool, on: date, facts: Facts) -> Iterator[_Case]:
    chances = _chances(challenger, protege, on)
    owed = {o.owner: o for o in obligations_to(protege, on) if o.kind in ("arms", "consultation")}
    strength = state_year(facts.capabilities, challenger, on.year - 1, on)
    for actor in sorted({s.actor for s in states() if s.exists(on)} - {challenger}):
        if actor == protege and not held:
            continue
        reasons = list(_reasons(actor, challenger, protege, on, facts, chances))
        if actor in owed:
            o = owed[actor]
            reasons.append((2.0, f"owes it {o.kind} ({o.form}: {o.instrument})", True))
        if held:
            # What is owed to the holder need not cover the place: half the points, and it says so.
            reasons = [_of_holder(*reason) for reason in reasons]
        if actor == protege:
            reasons = [(_HOLDER, "holds the place", True)]
        if not any(points > 0 for points, _, _ in reasons):
            continue
        own = state_year(facts.capabilities, actor, on.year - 1, on)
        able = actor == protege or (
            own is not None and (strength is None or own[0] >= _WEIGHT * strength[0])
        )
        if not able:
            reasons.append((0.0, "less than a tenth of the challenger's capabilities", False))
        yield _Case(
            actor, sum(p for p, _, _ in reasons), tuple(w for _, w, _ in reasons),
            any(mark for _, _, mark in reasons), able,
            any(mark for _, _, mark in reasons) or chances.get(actor, 0.0) >= _LIKELY,
        )  # fmt: skip


def _of_holder(points: float, words: str, own: bool) -> tuple[float, str, bool]:
    """The same reason where the question is about a place that the protege's state holds."""
    if words.startswith(
        ("bound by treaty to defend it", "entered a dispute on its side", "owes it")
    ):
        return points / 2, f"towards its holder: {words}", own
    return points, words, own


def _chances(challenger: str, protege: str, on: date) -> Mapping[str, float]:
    """The fitted chance that each state joins if the challenger attacks."""
    try:
        card = join_card(protege, challenger, on, draws=200, rng=np.random.default_rng(1))
    except StandoffError:
        return {}
    means = card.draws.mean(axis=0)
    return {s: float(means[i]) for i, s in enumerate(card.states)}


def _reasons(
    k: str, challenger: str, protege: str, on: date, facts: Facts, chances: Mapping[str, float]
) -> Iterator[tuple[float, str, bool]]:
    """(points, words, whether it is a reason of its own)."""
    yield from _pacts(k, challenger, protege, on)
    yield from _aid(k, challenger, protege, on, facts)
    if _flag(facts.majors, k, on):
        yield 1.0, "a major power", False
    if _pair(facts.rivalry, k, challenger, on):
        yield 0.5, "a strategic rival of the challenger", True
    if _pair(facts.rivalry, k, protege, on):
        yield -2.0, "a strategic rival of the protege", False
    if border_kind(k, protege, on, facts) == 1:
        yield 0.0, "a neighbour of it on land", False
    if k in chances:
        chance = chances[k]
        yield 2.0 * chance, f"chance to join by the record of who came: {chance:.0%}", False


def _pacts(k: str, challenger: str, protege: str, on: date) -> Iterator[tuple[float, str, bool]]:
    bound, other = (holds(k, side, "defence", on) for side in (protege, challenger))
    mine, theirs = (
        [g for g in shared_groups(k, side, on) if g.kind == "defence"]
        for side in (protege, challenger)
    )
    alone = [g for g in mine if g.name not in {h.name for h in theirs}]
    if alone or (bound.answer and not other.answer and not mine):
        named = alone[0].instrument if alone else bound.rows[0].treaty or bound.basis
        yield 3.0, f"bound by treaty to defend it ({named})", True
    elif mine or bound.answer:
        named = mine[0].instrument if mine else bound.rows[0].treaty or bound.basis
        yield 1.5, f"bound by treaty to defend it and the challenger ({named})", True
    elif other.answer or theirs:
        yield -4.0, "bound by treaty to defend the challenger", False


def _aid(
    k: str, challenger: str, protege: str, on: date, facts: Facts
) -> Iterator[tuple[float, str, bool]]:
    against = aid_years(k, protege, on, facts, challenger)
    other = sorted(set(aid_years(k, protege, on, facts)) - set(against))
    if against:
        yield 1.5, f"entered a dispute on its side against the challenger ({_years(against)})", True
    elif other:
        yield 1.0, f"entered a dispute on its side ({_years(other)})", True


def _years(years: tuple[int, ...] | list[int]) -> str:
    shown = ", ".join(str(y) for y in years[:3])
    return shown + (f" and {len(years) - 3} more" if len(years) > 3 else "")


def _flag(table: YearTable, actor: str, on: date) -> bool:
    found = state_year(table, actor, on.year, on)
    return found is not None and found[0] > 0


def _pair(table: YearTable, a: str, b: str, on: date) -> bool:
    try:
        key = pair_key(np.array([cow_code(a, on)]), np.array([cow_code(b, on)]))
    except StandoffError:
        return False
    return bool(table.at(key, np.array([on.year]))[0] > 0)


def _proliferators(
    challenger: str, protege: str, friends: tuple[str, ...], on: date, facts: Facts
) -> dict[str, list[str]]:
    """Unarmed states near a weapon and near the ground that face the challenger.

    They are its rivals, or its neighbours with a treaty of defence with the patron.
    """
    found: dict[str, tuple[float, list[str]]] = {}
    for actor in sorted({s.actor for s in states() if s.exists(on)} - {challenger, protege}):
        status = nuclear_status(actor, min(on.year - 1, 2022))
        score = latency(actor)
        value = score.value if score and score.value is not None and on.year > 2001 else 0.0
        wants = status in ("considering", "pursuing")
        if status == "armed" or not (value >= _PROFICIENT or wants):
            continue
        why = list(_faces(actor, challenger, protege, friends[:1], on, facts))
        if not why:
            continue
        if wants:
            why.append(f"{status} a weapon (Bleek 2017, NTI 2022)")
        if value >= _PROFICIENT:
            why.append(f"nu-CLEAR score {value:.2f} of 2001")
        if on.year > 2012 and is_latent(actor):
            why.append("ran enrichment or reprocessing in 2012")
        rank = value + float(actor in friends) + float(status == "pursuing")
        found[actor] = (rank, why)
    best = sorted(found, key=lambda a: (-found[a][0], a))[:_MOST_PROLIFERATORS]
    return {a: found[a][1] for a in best}


def _faces(
    actor: str, challenger: str, protege: str, patron: tuple[str, ...], on: date, facts: Facts
) -> Iterator[str]:
    """Why a state might arm in this case; nothing where it is far away or bound to the challenger."""
    if holds(actor, challenger, "defence", on).answer:
        return
    rival = _pair(facts.rivalry, actor, challenger, on)
    bordering = border_kind(actor, challenger, on, facts) in (1, 2, 3, 4)
    owed = bordering and any(holds(k, actor, "defence", on).answer for k in patron)
    # The distance is asked last: it is what takes time.
    away = ground_km(actor, protege, "", on, facts) if rival or owed else ""
    if isinstance(away, str) or away[0] > _NEAR_KM:
        return
    if rival:
        yield "a strategic rival of the challenger"
    else:
        yield f"a neighbour of the challenger that {patron[0]} is bound to defend"

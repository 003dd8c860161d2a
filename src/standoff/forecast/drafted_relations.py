"""How the sides of a draft stand to each other: borders, rivalry, past disputes, pacts, laws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

import numpy as np

from standoff.errors import StandoffError
from standoff.forecast.beside import obligations_to
from standoff.forecast.classes import FIRST, classes_for
from standoff.forecast.drafted_ground import border_kind
from standoff.forecast.drafted_values import DraftedRoles
from standoff.forecast.facts import Facts, cow_code
from standoff.forecast.lookup import YearTable, pair_key
from standoff.forecast.members import shared_groups
from standoff.reference import holds, laws, state_names
from standoff.systems import Absence, Absent, Commitment, Cover, DyadicCovariate, Rule

__all__ = ["aid_years", "commitments_of", "relations_of", "rules_of"]

_BORDER = "kind of contiguity by COW: 1 land, 2 to 5 over 12, 24, 150, 400 miles of water, 0 none"


def _short(source: str) -> str:
    return source.split("; sha256")[0]


def relations_of(cast: DraftedRoles, facts: Facts) -> Iterator[DyadicCovariate | Absent]:
    """Numbers of the pair, then of each other actor towards the challenger and the protege."""
    c, t = cast.challenger, cast.protege
    pairs = [(c, t)] + [(k, w) for k in cast.all if k not in (c, t) for w in (c, t)]
    yield from (_kind(k, w, cast, facts) for k, w in pairs)
    rivals = [_rival(k, w, cast, facts) for k, w in pairs]
    yield from sorted(rivals, key=lambda r: r.unit if isinstance(r, DyadicCovariate) else "")
    yield from _record(cast)
    yield from _bound(cast)
    yield from (_aid_given(k, cast, facts) for k in cast.all if k not in (c, t))
    for name, table in (
        ("defence_pact", facts.defence),
        ("nonaggression_pact", facts.nonaggression),
    ):
        known = facts.coverage["pacts"]
        found = _pair(table, c, t, cast, known.last)
        if found is None:
            continue
        value, year, cover = found
        source = _short(known.source)
        if cover is Cover.CARRIED:
            # A treaty may have ended since: what held in the last year is told, not carried on.
            held = "held" if value else "did not hold"
            why = f"{source} ends in {known.last}, when it {held}"
            yield Absent(name, Absence.FACT, (c, t), why)
        else:
            yield DyadicCovariate(name, c, t, value, "1 if bound by treaty", source, year, cover)


def _bound(cast: DraftedRoles) -> Iterator[DyadicCovariate | Absent]:
    """Whether each other actor owed the protege and the challenger defence on the day."""
    for w in (cast.protege, cast.challenger):
        for k in cast.all:
            if k in (cast.challenger, cast.protege) or cast.stands_for[k] == cast.stands_for[w]:
                continue
            answer = holds(cast.stands_for[k], cast.stands_for[w], "defence", cast.on)
            if answer.answer is None:
                yield Absent("owes_defence", Absence.FACT, (k, w), answer.basis)
                continue
            shared = [
                g for g in shared_groups(cast.stands_for[k], cast.stands_for[w], cast.on)
                if g.kind == "defence"
            ]  # fmt: skip
            late = cast.on.year > _PACTS_LAST
            yield DyadicCovariate(
                "owes_defence", k, w, float(bool(answer.answer or shared)),
                "1 if bound by treaty to defend it; that of its holder for a place"
                if cast.stands_for[w] != w else "1 if bound by treaty to defend it",
                "ATOP 5.1 to 2018, later treaties and memberships one by one: alliances.csv, groups.csv",
                cast.on.year, Cover.COMPUTED if late else Cover.YEAR,
            )  # fmt: skip


_PACTS_LAST = 2018


def _aid_given(k: str, cast: DraftedRoles, facts: Facts) -> DyadicCovariate | Absent:
    """In how many years an actor entered a dispute on the protege's side since 1946."""
    last = facts.coverage["disputes"].last
    state, target = cast.stands_for[k], cast.stands_for[cast.protege]
    if state == target or border_kind(state, target, cast.on, facts) is None:
        why = f"{k} and {cast.protege} are not two states of the table of states on {cast.on}"
        return Absent("came_to_its_aid", Absence.FACT, (k,), why)
    years = aid_years(state, target, cast.on, facts)
    cover = Cover.CARRIED if cast.on.year - 1 > last else Cover.COMPUTED
    return DyadicCovariate(
        "came_to_its_aid", k, cast.protege, float(len(years)),
        f"years since {FIRST} in which it entered a dispute on its side",
        "Gibler-Miller-Little MID 2.2.1, counted", min(cast.on.year - 1, last), cover,
    )  # fmt: skip


def _pair(
    table: YearTable, a: str, b: str, cast: DraftedRoles, last: int
) -> tuple[float, int, Cover] | None:
    """(0 or 1, year, cover) of a table of pairs; None where a side is no state of the day."""
    try:
        key = pair_key(
            np.array([cow_code(cast.stands_for[a], cast.on)]),
            np.array([cow_code(cast.stands_for[b], cast.on)]),
        )
    except StandoffError:
        return None
    year = min(cast.on.year, last)
    value = float(table.at(key, np.array([year]))[0] > 0)
    return value, year, Cover.CARRIED if cast.on.year > last else Cover.YEAR


def _kind(k: str, w: str, cast: DraftedRoles, facts: Facts) -> DyadicCovariate | Absent:
    known = facts.coverage["contiguity"]
    value = border_kind(cast.stands_for[k], cast.stands_for[w], cast.on, facts)
    if value is None or cast.stands_for[k] == cast.stands_for[w]:
        why = f"{k} and {w} are not two states of the table of states on {cast.on}"
        return Absent("contiguity", Absence.FACT, (k, w), why)
    cover = Cover.CARRIED if cast.on.year > known.last else Cover.YEAR
    year = min(cast.on.year, known.last)
    return DyadicCovariate(
        "contiguity", k, w, float(value), _BORDER, _short(known.source), year, cover
    )


def _rival(k: str, w: str, cast: DraftedRoles, facts: Facts) -> DyadicCovariate | Absent:
    known = facts.coverage["rivalries"]
    found = _pair(facts.rivalry, k, w, cast, known.last)
    if found is None:
        why = f"{k} and {w} are not two states of the table of states on {cast.on}"
        return Absent("rivalry", Absence.FACT, (k, w), why)
    value, year, cover = found
    territorial = _pair(facts.territorial, k, w, cast, known.last)
    unit = "1 for strategic rivals" + (
        ", over territory too" if territorial and territorial[0] else ""
    )
    return DyadicCovariate("rivalry", k, w, value, unit, _short(known.source), year, cover)


def _record(cast: DraftedRoles) -> Iterator[DyadicCovariate | Absent]:
    """What each side of the pair began against the other since 1946, as the own class counts it."""
    c, t = cast.challenger, cast.protege
    found: list[DyadicCovariate] = []
    for a, b in ((c, t), (t, c)):
        try:
            own = classes_for(cast.stands_for[a], cast.stands_for[b], cast.on)[0]
        except StandoffError as error:
            yield Absent(
                "disputes_begun", Absence.FACT, (a, b), f"no record of the pair: {error.came}"
            )
            continue
        source = "Gibler-Miller-Little MID 2.2.1 to 2010, clashes.csv after; counted"
        for name, count in (("disputes_begun", own.disputes), ("attacks_begun", own.attacks)):
            unit = f"years in which one began, of {own.dyad_years} since {FIRST}"
            found.append(
                DyadicCovariate(
                    name, a, b, float(count), unit, source, cast.on.year - 1, Cover.COMPUTED
                )
            )
    yield from sorted(found, key=lambda r: r.name, reverse=True)


def aid_years(
    state: str, protege: str, on: date, facts: Facts, against: str | None = None
) -> tuple[int, ...]:
    """Years since 1946 in which a state entered a dispute on the side of another, its target.

    To 2010, where the record of disputes ends. `against`: only disputes that this state began.
    """
    try:
        k, t = cow_code(state, on), cow_code(protege, on)
        c = cow_code(against, on) if against else None
    except StandoffError:
        return ()
    years = {y for y, opponents in _aid(t, on, facts).get(k, ()) if c is None or c in opponents}
    return tuple(sorted(years))


@lru_cache(maxsize=64)
def _aid(
    target: int, on: date, facts: Facts
) -> Mapping[int, tuple[tuple[int, frozenset[int]], ...]]:
    """State to (year, who was on the other side) of the disputes in which it came."""
    table = facts.tables["disputes"].astype(np.int64)
    table = table[(table[:, 3] >= FIRST) & (table[:, 3] < on.year)]
    own = table[(table[:, 1] == target) | (table[:, 2] == target)]
    found: dict[int, list[tuple[int, frozenset[int]]]] = {}
    for number in np.unique(own[:, 0]):
        part = table[table[:, 0] == number]
        attacked = own[own[:, 0] == number]
        # The target is on side B and did not join.
        marks = np.where(attacked[:, 1:2] == target, attacked[:, [7, 9]], attacked[:, [8, 10]])
        if marks[:, 1].any() or marks[:, 0].any():
            continue
        ends = ((1, 7, 9), (2, 8, 10))
        begun = frozenset(int(v) for code, _, a in ends for v in part[part[:, a] == 1, code])
        for code, moved, side_a in ends:
            came = part[(part[:, moved] == 1) & (part[:, side_a] == 0)]
            for actor in {int(v) for v in came[:, code]}:
                found.setdefault(actor, []).append((int(part[:, 3].min()), begun))
    return {k: tuple(v) for k, v in found.items()}


# ---------------------------------------------------------------------- treaties and laws


def commitments_of(cast: DraftedRoles) -> Iterator[Commitment]:
    """What each defender and supporter owes the protege, with the day and the treaty."""
    t = cast.stands_for[cast.protege]
    for k in (*cast.defenders, *cast.supporters):
        if k == t != cast.protege:
            yield Commitment(
                k, cast.protege, "it holds the place", cast.on, "holders.csv; see [[territory]]"
            )
        elif cast.stands_for[k] != t:
            for owed in _owed(k, cast.protege, t, cast.on):
                # A treaty with the holder need not cover the place.
                named = f"towards its holder {t}, not checked for the place: {owed.obligation}"
                yield owed if t == cast.protege else replace(owed, obligation=named)


def _owed(k: str, protege: str, state: str, on: date) -> Iterator[Commitment]:
    rows = [o for o in obligations_to(state, on) if o.owner == k]
    for o in rows:
        if o.kind != "none":
            since = date.fromisoformat((o.since + "-01-01")[:10]) if o.since else date(1946, 1, 1)
            named = f"{o.kind} ({o.form}): {o.instrument}"
            yield Commitment(k, protege, named, since, o.source)
    if any(o.kind == "defence" for o in rows):
        return
    groups = [g for g in shared_groups(k, state, on) if g.kind == "defence"]
    for g in groups:
        yield Commitment(k, protege, f"defence (treaty): {g.instrument}", g.since, g.source)
    answer = holds(k, state, "defence", on)
    if answer.answer and not groups:
        row = answer.rows[0]
        named = f"defence (treaty){f': {row.treaty}' if row.treaty else ''}"
        yield Commitment(k, protege, named, row.start, f"{row.origin.source}; {answer.basis}")


_LAWS = ("constitution", "statute", "executive decision", "resolution", "doctrine")


def rules_of(cast: DraftedRoles) -> Iterator[Rule]:
    """Law on the use of force of the actors that was in force on the day, from the table of laws."""
    for a in cast.all:
        for law in (x for x in laws() if x.actor == a):
            since = law.in_force or law.enacted
            if (
                law.kind in _LAWS
                and since
                and law.holds_on(cast.on)
                and not _elsewhere(law.name, cast)
            ):
                yield Rule(a, law.name, since, law.trigger or law.allows, law.origin.source)


def _elsewhere(title: str, cast: DraftedRoles) -> bool:
    """Whether a law is named after a state that has no part here, such as the Taiwan Relations Act."""
    named = {n.actor for n in state_names() if n.kind == "name" and n.name in title}
    return bool(named) and not named & set(cast.all)

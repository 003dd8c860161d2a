"""The numbers of the actors of a draft: each with source, year and cover, or why it is absent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np

from standoff.errors import StandoffError
from standoff.forecast.drafted_ground import ground_km
from standoff.forecast.facts import Facts, cow_code
from standoff.forecast.lookup import YearTable
from standoff.history import read_dataset
from standoff.reference import (
    SCORE_SOURCE,
    SCORE_YEARS,
    milex,
    milex_actors,
    nuclear_status,
    proficiency,
    warheads,
)
from standoff.reference import Coverage as Reported
from standoff.systems import Absence, Absent, Covariate, Cover
from standoff.terms import Origin

__all__ = ["DraftedRoles", "Drawn", "state_year", "values_of"]

PARITY_SHARE = 0.01
"""Capability share of an actor that no table knows: then all such actors are alike."""
UNKNOWN_KM = 1000.0
_STATUS_LAST = 2022
_LATE = 1
"""Years that a figure of spending may be old: that of the year before a day is often not out yet."""
_WIDEST = 3
"""Years that a count of warheads may be old: what is published comes with gaps of two years."""


@dataclass(frozen=True, slots=True)
class DraftedRoles:
    """Who plays what on a day. `stands_for` gives for each actor the state whose facts are used."""

    challenger: str
    protege: str
    defenders: tuple[str, ...]
    supporters: tuple[str, ...]
    proliferators: tuple[str, ...]
    on: date
    stands_for: Mapping[str, str]
    place: str = ""

    @property
    def core(self) -> tuple[str, ...]:
        """Those whose means the game compares."""
        return (self.challenger, self.protege, *self.defenders)

    @property
    def all(self) -> tuple[str, ...]:
        """Every actor once."""
        rest = (*self.core, *self.supporters, *self.proliferators)
        return tuple(dict.fromkeys(rest))


Drawn = Covariate | Absent
"""A number, or why there is none."""


def values_of(cast: DraftedRoles, facts: Facts, data: Mapping[str, Path]) -> Iterator[Drawn]:
    """Every number that the shipped facts and the user's own files hold of the actors, in order."""
    shares = {a: _capability(a, cast, facts) for a in cast.all}
    yield from shares.values()
    strength = {a: _number(shares[a]) for a in cast.all}
    yield from _spending(cast, data, strength)
    yield from (_spending_share(a, cast) for a in cast.all)
    yield from (
        _distance(a, cast, facts) for a in (cast.challenger, *cast.defenders, *cast.supporters)
    )
    people = tuple(a for a in cast.all if cast.stands_for[a] == a)
    yield from (_armed(a, cast.on, facts) for a in people)
    yield from _warheads(people, cast.on, facts)
    yield from (_proficiency(a, cast.on) for a in people)
    yield from (_major(a, cast.on, facts) for a in people)


def _number(drawn: Drawn) -> float:
    return drawn.value if isinstance(drawn, Covariate) else drawn.stand_in or PARITY_SHARE


def _counted(
    name: str, actor: str, value: float, unit: str, source: str, year: int, cover: Cover
) -> Covariate:
    return Covariate(name, actor, value, value, unit, source, Origin.HISTORICAL, year, cover)


def _gap(name: str, actor: str, because: str, stand_in: float | None = None) -> Absent:
    return Absent(name, Absence.FACT, (actor,), because, stand_in)


def state_year(
    table: YearTable, actor: str, wanted: int, on: date
) -> tuple[float, int, bool] | None:
    """(value, its year, whether it is carried forward) of a state table; None where not covered.

    A state that began in the very year has its first figure there.
    """
    try:
        code = cow_code(actor, on)
    except StandoffError:
        return None
    for year in (wanted, on.year):
        value, there = table.find(np.array([code]), np.array([year]))
        if there[0]:
            return float(value[0]), min(year, table.last), year > table.last
    return None


def _cover(actor: str, state: str, *, carried: bool) -> Cover:
    return Cover.HOLDER if actor != state else Cover.CARRIED if carried else Cover.YEAR


def _capability(actor: str, cast: DraftedRoles, facts: Facts) -> Drawn:
    known = facts.coverage["capabilities"]
    state = cast.stands_for[actor]
    found = state_year(facts.capabilities, state, cast.on.year - 1, cast.on)
    if found is None or found[0] <= 0:
        return _gap(
            "cinc", actor,
            f"no row for {cast.on.year - 1} in {_short(known.source)}, "
            f"{known.first}-{known.last}", PARITY_SHARE,
        )  # fmt: skip
    value, year, carried = found
    cover = _cover(actor, state, carried=carried)
    unit = "share of world capabilities"
    return _counted("cinc", actor, value, unit, _short(known.source), year, cover)


def _short(source: str) -> str:
    """A source without its hash, which `standoff base-rate` prints."""
    return source.split("; sha256")[0]


# ---------------------------------------------------------------------- military expenditure


def _spending(
    cast: DraftedRoles, data: Mapping[str, Path], strength: Mapping[str, float]
) -> Iterator[Drawn]:
    """One money for all whom the game compares: SIPRI, else the user's own file, else absent."""
    found = {a: _sipri(a, cast) for a in cast.all}
    if any(found[a] is None for a in cast.core) and "cow-nmc" in data:
        found = _own_spending(cast, data["cow-nmc"])
    if any(found[a] is None for a in cast.core):
        missing = ", ".join(a for a in cast.core if found[a] is None)
        because = (
            f"SIPRI's excerpt (2000-2024, {len(milex_actors())} states) has no {cast.on.year - 1} for "
            f"{missing}, and money of different files cannot be compared; standoff data add NMC-60-abridged.csv "
            "gives the figures of COW. Taken as shared out as capabilities are"
        )
        for a in cast.core:
            yield _gap("milex", a, because, 1e6 * strength[a])
        # What is known of some is kept, under a name that the game does not compare.
        yield from (replace(v, name="milex_reported") for v in found.values() if v)
        return
    for a in cast.all:
        yield found[a] or _gap(
            "milex", a, f"no figure for {cast.on.year - 1}; the game does not need it"
        )


def _sipri(actor: str, cast: DraftedRoles) -> Covariate | None:
    state = cast.stands_for[actor]
    if state not in milex_actors():
        return None
    last = max((m for y in range(2000, cast.on.year) for m in milex(state, y, "constant_usd_m")
                if m.coverage is not Reported.NOT_COVERED), key=lambda m: (m.year, m.release),
               default=None)  # fmt: skip
    wanted = cast.on.year - 1
    if last is None or not last.value or wanted - last.year > _LATE:
        return None
    cover = _cover(actor, state, carried=last.year < wanted)
    source = f"{last.source}, release {last.release}"
    return _counted(
        "milex", actor, last.value, "million US dollars of 2023", source, last.year, cover
    )


def _own_spending(cast: DraftedRoles, file: Path) -> dict[str, Covariate | None]:
    table = _own_table(file)
    found: dict[str, Covariate | None] = {}
    for a in cast.all:
        state, year = cast.stands_for[a], cast.on.year - 1
        try:
            value = table.get((cow_code(state, cast.on), year))
        except StandoffError:
            value = None
        found[a] = None if value is None else _counted(
            "milex", a, value, f"thousand US dollars of {year}",
            f"National Material Capabilities (your file {file.name}); Singer, Bremer and Stuckey 1972",
            year, _cover(a, state, carried=False),
        )  # fmt: skip
    return found


@lru_cache(maxsize=2)
def _own_table(file: Path) -> Mapping[tuple[int, int], float]:
    table = read_dataset(file, "cow-nmc")
    cells = zip(
        table.integers("ccode"), table.integers("year"), table.numbers("milex"), strict=True
    )
    return {(code, year): float(v) for code, year, v in cells if v > 0}


def _spending_share(actor: str, cast: DraftedRoles) -> Drawn:
    state, year = cast.stands_for[actor], cast.on.year - 1
    rows = milex(state, year, "gdp_share_percent") if state in milex_actors() else ()
    told = [m for m in rows if m.value is not None]
    if not told:
        return _gap("milex_share", actor, f"none for {year} in SIPRI's excerpt, 2000-2024")
    last = told[-1]
    return _counted(
        "milex_share", actor, float(last.value or 0.0), "% of GDP",
        f"{last.source}, release {last.release}", year, _cover(actor, state, carried=False),
    )  # fmt: skip


# ---------------------------------------------------------------------- ground and weapons


def _distance(actor: str, cast: DraftedRoles, facts: Facts) -> Drawn:
    found = ground_km(
        cast.stands_for[actor], cast.stands_for[cast.protege], cast.place, cast.on, facts
    )
    if isinstance(found, str):
        return _gap("distance", actor, found, UNKNOWN_KM)
    km, source, year, cover = found
    return _counted("distance", actor, km, "km to the protege, coast to coast", source, year, cover)


def _armed(actor: str, on: date, facts: Facts) -> Drawn:
    wanted = on.year - 1
    year = min(wanted, _STATUS_LAST)
    status = nuclear_status(actor, year)
    source = "Our World in Data from Bleek 2017 and NTI 2022"
    if status is None:
        found = state_year(facts.nuclear, actor, wanted, on)
        if found is None:
            known = _is_state(actor, on)
            # The table of armed states has a row for each: a state without one is not among them.
            if not known:
                return _gap("nuclear_armed", actor, f"{actor} is in no table of states", 0.0)
            found = (0.0, year, False)
        status = "armed" if found[0] > 0 else "none"
    cover = Cover.CARRIED if wanted > _STATUS_LAST else Cover.YEAR
    unit = "1 if the actor holds nuclear weapons"
    return _counted("nuclear_armed", actor, float(status == "armed"), unit, source, year, cover)


def _is_state(actor: str, on: date) -> bool:
    try:
        cow_code(actor, on)
    except StandoffError:
        return False
    return True


def _warheads(people: Sequence[str], on: date, facts: Facts) -> Iterator[Drawn]:
    for actor in people:
        own = "RUS" if actor == "SUN" else actor
        drawn = _armed(actor, on, facts)
        if not (isinstance(drawn, Covariate) and drawn.value):
            continue
        for year in range(on.year - 1, on.year - 2 - _WIDEST, -1):
            told = [w for w in warheads(own, year) if w.value is not None]
            if told:
                yield _counted(
                    "warheads", actor, float(told[0].value or 0.0),
                    told[0].kind.replace("_", ", in ", 1), told[0].origin.source, year,
                    Cover.YEAR if year == on.year - 1 else Cover.CARRIED,
                )  # fmt: skip
                break
        else:
            yield _gap(
                "warheads",
                actor,
                f"no count for {on.year - 1} or the {_WIDEST} years before",
            )


def _proficiency(actor: str, on: date) -> Drawn:
    wanted, last = on.year - 1, SCORE_YEARS[1]
    year = min(wanted, last)
    try:
        # A state that began after the scores end had none; the ground was that of another state then.
        value = proficiency(cow_code(actor, on), year)
    except StandoffError:
        value = None
    if value is None:
        return _gap(
            "nuclear_proficiency", actor, f"no nu-CLEAR score for {year}; they end in {last}"
        )
    cover = Cover.CARRIED if wanted > last else Cover.YEAR
    return Covariate(
        "nuclear_proficiency", actor, value, value, "nu-CLEAR score", SCORE_SOURCE,
        Origin.PUBLISHED, year, cover,
    )  # fmt: skip


def _major(actor: str, on: date, facts: Facts) -> Drawn:
    known = facts.coverage["majors"]
    if not _is_state(actor, on):
        return _gap("major_power", actor, f"{actor} is in no table of states")
    code = np.array([cow_code(actor, on)])
    value = float(facts.majors.at(code, np.array([on.year]))[0] > 0)
    year = min(on.year, known.last)
    cover = Cover.CARRIED if on.year > known.last else Cover.YEAR
    unit = "1 for a major power by COW"
    return _counted("major_power", actor, value, unit, _short(known.source), year, cover)

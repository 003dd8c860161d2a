"""Each system that ships: loads, holds its day, and every "n of m" in it is counted."""

from __future__ import annotations

from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from standoff.assess import forecast_events
from standoff.forecast import classes_for, recount
from standoff.history import joining_rate, locate_datasets, read_dataset
from standoff.reference import states
from standoff.systems import Absence, load_system, shipped_systems, system_text

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "history"
WANTED = {
    "west-pacific-2021", "west-pacific-2025", "intervention-2025", "korea-2017", "baltic-2022",
    "ukraine-2022", "kuwait-1990", "falklands-1982", "india-pakistan-2019", "guyana-2023",
}  # fmt: skip
NEW = sorted(WANTED - {"west-pacific-2021"})
NOT_COUNTED = {
    "any defence ally joins a war of its target": (26, 254, {"wars": True, "since": 1946}),
    "major-power ally joins a war of its target, since 1946": (
        3, 12, {"wars": True, "major": True, "since": 1946}),
    "major-power ally joins a war of its target, since 1816": (5, 20, {"wars": True, "major": True}),
}  # fmt: skip
"""Counts of west-pacific-2021 that need the data set of opportunities, and how they are counted."""


def test_what_is_promised_ships() -> None:
    assert set(shipped_systems()) >= WANTED


@pytest.mark.parametrize("name", sorted(WANTED))
def test_it_holds_its_day(name: str) -> None:
    s = load_system(name)
    assert s.slug == name and str(s.as_of.year) in name
    assert all(c.since <= s.as_of for c in s.commitments)
    assert all(r.drawn <= s.as_of and r.by for r in s.red_lines) and s.red_lines
    assert all(c.year is None or c.year <= s.as_of.year for c in s.covariates)
    known = {x.actor: x for x in states()}
    for actor in s.actors:
        spells = [x for x in states() if x.actor == actor]
        placed = any(t.code == actor for t in s.territories)
        assert placed or any(x.exists(s.as_of) for x in spells), (actor, known.get(actor))


@pytest.mark.parametrize("name", NEW)
def test_every_value_has_a_source_and_what_has_none_is_absent_with_a_reason(name: str) -> None:
    s = load_system(name)
    assert "then reviewed by hand on" in " ".join(system_text(name)[0].replace("#", "").split())
    stand_ins = {(g.name, a) for g in s.absent if g.stand_in is not None for a in g.actors}
    for c in s.covariates:
        if (c.name, c.actor) in stand_ins:
            assert c.source.startswith("absent: ") and c.origin == "elicited"
        else:
            assert c.source and c.unit
            assert c.origin == "elicited" or c.year or name == "west-pacific-2025"
    assert all(g.because for g in s.absent)
    assert {g.kind for g in s.absent} <= set(Absence)
    assert all(r.source and r.year for r in s.relations)


@pytest.mark.parametrize("name", sorted(WANTED))
def test_every_n_of_m_is_counted(name: str) -> None:
    found = recount(load_system(name))
    assert len(found) >= 4
    for count in found:
        if count.counted is not None:
            assert count.declared == count.counted, count
        elif name != "west-pacific-2021":
            pytest.fail(f"{name}: {count.what} is not counted")
    if name == "west-pacific-2021":
        left = {c.what for c in found if c.counted is None}
        assert left == {*NOT_COUNTED, "the pair's own record, shrunk to its class"}


def test_the_own_record_of_the_strait_is_counted_to_2010() -> None:
    own = classes_for("CHN", "TWN", date(2011, 1, 1))[0]
    held = load_system("west-pacific-2021").reference_classes[-1]
    assert (held.attacks, held.dyad_years) == (own.attacks, own.dyad_years) == (1, 62)


@pytest.mark.shared
def test_the_counts_of_allies_are_those_of_the_data_set() -> None:
    if not SHARED.is_dir():
        pytest.skip("the optional folder ../shared is absent")
    table = read_dataset(locate_datasets(SHARED, need=("joining",))["joining"])
    rates = {r.name: (r.events, r.cases) for r in load_system("west-pacific-2021").joining_rates}
    for name, (joined, cases, how) in NOT_COUNTED.items():
        counted = joining_rate(table, **how)
        assert rates[name] == (joined, cases) == (counted.k, counted.n), name


@pytest.mark.parametrize("name", sorted(WANTED))
def test_it_is_assessed_and_the_chance_grows_with_the_horizon(name: str) -> None:
    s = load_system(name)
    answer = forecast_events(s, (), as_of=s.as_of, draws=100, seed=1).answer
    chances = [answer.at(months).mean for months in (3, 6, 12)]
    assert chances == sorted(chances) and chances[0] > 0.0 and chances[-1] < 0.25


def test_the_mirror_turns_the_roles_round() -> None:
    strait, mirror = load_system("west-pacific-2025"), load_system("intervention-2025")
    assert mirror.challenger == strait.patron and mirror.protege == strait.challenger
    assert not set(mirror.defenders) & set(strait.defenders)
    assert mirror.territories[0] == strait.territories[0]


def test_every_folder_of_data_is_a_system() -> None:
    folder = resources.files("standoff.systems") / "data"
    names = {p.name for p in folder.iterdir() if p.is_dir()}
    assert names == set(shipped_systems())

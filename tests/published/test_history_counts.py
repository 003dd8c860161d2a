"""Counts from the public data sets, where the optional folder has them, and ICB against our cases."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from standoff.history import cases, count_rivalries, joining_rate, read_dataset

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "history"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="needs the optional folder ../shared/data/history"
    ),
]


@pytest.fixture(scope="module")
def counts():
    names = (
        "tss_rivalries.csv",
        "gml_mid_ddydisps.csv",
        "cow_states.csv",
        "atop5_1_directed_dyadyear.csv",
        "cow_majors.csv",
    )
    return count_rivalries(*(read_dataset(FOLDER / n) for n in names))


def test_attacks_between_territorial_rivals(counts) -> None:
    rivals, protected = counts["rivals"], counts["protected"]
    assert (rivals.attacks, rivals.challenges, rivals.dyad_years) == (102, 368, 4388)
    assert (protected.attacks, protected.dyad_years) == (24, 1849)


def test_the_shipped_system_stands_on_these_counts(counts) -> None:
    from standoff.systems import load_system

    classes = {c.name: c for c in load_system("west-pacific-2021").reference_classes}
    shipped = classes["territorial rivals, target protected by a major power"]
    assert (shipped.attacks, shipped.dyad_years) == (24, 1849)
    assert (classes["all territorial rivals"].attacks) == counts["rivals"].attacks


def test_joining_opportunities() -> None:
    table = read_dataset(FOLDER / "DERIVED_defense_pact_joining_opportunities.csv")
    everyone, majors = joining_rate(table), joining_rate(table, major=True)
    assert (everyone.k, everyone.n) == (126, 16214) and (majors.k, majors.n) == (50, 1292)
    wars = joining_rate(table, wars=True, since=1946)
    assert (wars.k, wars.n) == (26, 254)


def test_the_size_of_the_data_sets() -> None:
    assert len(read_dataset(FOLDER / "icb1v14.csv", "icb1")) == 487
    nmc = read_dataset(FOLDER / "cow_nmc_v6_0_abridged.csv", "cow-nmc")
    assert len(nmc) == 15951 and not nmc.covered("milex").all()


def test_our_cases_agree_with_icb_on_when_and_how_violent() -> None:
    """Trigger within the window, and no crisis without violence where we say attacked."""
    table = read_dataset(FOLDER / "icb1v14.csv", "icb1")
    rows = {
        int(n): (year, violence)
        for n, year, violence in zip(
            table.text("crisno"), table.text("yrtrig"), table.text("viol"), strict=True
        )
        if n
    }
    checked = 0
    for case in cases():
        if case.icb is None:
            continue
        year, violence = rows[case.icb]
        # A crisis of ICB may open some months before or after the stand-off that we date.
        assert case.start.year - 1 <= int(year) <= case.end.year, case.id
        if case.outcome == "attacked" and case.id != "malaysia-1963":
            assert int(violence) >= 2, case.id
        checked += 1
    assert checked >= 25 and any(c.start < date(1918, 1, 1) for c in cases())


def test_treaties_of_our_cases_are_those_of_atop() -> None:
    from standoff.errors import UnknownActor
    from standoff.reference import crosswalk

    atop = read_dataset(FOLDER / "atop5_1_directed_dyadyear.csv", "atop-ddyr")
    keys = zip(*(atop.integers(k) for k in ("ccode1", "ccode2", "year")), strict=True)
    owed = {k for k, d in zip(keys, atop.numbers("atop_defense"), strict=True) if d == 1}
    older = {"AUH": "300", "BLZ": "80"}
    checked = 0
    for case in cases():
        if case.treaty not in ("yes", "no"):
            continue
        pair = []
        for code in (case.defender, case.protege):
            on = case.start if code not in ("SRB", "BEL", "ETH", "CSK", "POL", "GRC") else None
            cow = older.get(code)
            if cow is None:
                try:
                    cow = crosswalk(code, frm="iso3", to="cow", on=on)
                except UnknownActor:  # a spell that the COW system does not have
                    cow = None
            pair.append(cow)
        if None in pair:
            continue
        found = (int(pair[0]), int(pair[1]), case.start.year) in owed
        assert found == (case.treaty == "yes"), case.id
        checked += 1
    assert checked >= 25

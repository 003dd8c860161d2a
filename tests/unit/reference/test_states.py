"""States, names, organisations and bodies against ISO 3166 and the state lists of COW and GW."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from standoff.errors import FactError, UnknownActor
from standoff.reference import (
    Provenance,
    bodies,
    crosswalk,
    organisation,
    organisations,
    state,
    state_names,
    states,
)

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "history"
TERRITORIES = 53  # ISO 3166-1 entries that are no states (Aruba ... Wallis and Futuna)
OUTSIDE_ISO = {"XKX", "SUN", "YUG", "SCG", "CSK", "DDR", "YMD", "RVN"}
SECTORS = {"GOV", "MIL", "LEG", "JUD", "PTY", "SPY", "COP", "MED", "OPP", "REB", "BUS"}


def test_every_iso_code_is_a_known_country() -> None:
    pycountry = pytest.importorskip("pycountry")
    iso = {c.alpha_3: c.alpha_2 for c in pycountry.countries}
    ours = {s.actor: s.iso2 for s in states() if s.actor not in OUTSIDE_ISO}
    assert set(ours) <= set(iso)
    assert all(iso[code] == two for code, two in ours.items())
    assert len(iso) - len(ours) == TERRITORIES


def test_withdrawn_codes_are_withdrawn_iso_codes() -> None:
    pycountry = pytest.importorskip("pycountry")
    withdrawn = {c.alpha_3 for c in pycountry.historic_countries}
    assert {"SUN", "YUG", "SCG", "CSK", "DDR", "YMD"} <= withdrawn


@pytest.mark.shared
def test_cow_codes_agree_with_the_published_list() -> None:
    path = SHARED / "cow_states.csv"
    if not path.exists():
        pytest.skip("the optional folder ../shared is absent")
    with path.open(encoding="utf-8") as handle:
        rows = [r for r in csv.DictReader(handle) if int(r["endyear"]) >= 1950]
    skipped = {"511"}  # Zanzibar, a state for five months
    for row in rows:
        if row["ccode"] in skipped:
            continue
        day = date(int(row["endyear"]), int(row["endmonth"]), int(row["endday"]))
        code = crosswalk(row["ccode"], on=min(day, date(2016, 12, 31)))
        assert crosswalk(code, frm="iso3", to="cow", on=day) == row["ccode"], row["statenme"]


@pytest.mark.parametrize(
    ("code", "frm", "to", "on", "expected"),
    [
        ("365", "cow", "iso3", date(1980, 1, 1), "SUN"),
        ("365", "cow", "iso3", date(1995, 1, 1), "RUS"),
        ("345", "cow", "iso3", date(1980, 1, 1), "YUG"),
        ("345", "cow", "iso3", date(2000, 1, 1), "YUG"),
        ("345", "cow", "iso3", date(2004, 1, 1), "SCG"),
        ("345", "cow", "iso3", date(2010, 1, 1), "SRB"),
        ("340", "gw", "iso3", date(2010, 1, 1), "SRB"),
        ("260", "cow", "iso3", date(1980, 1, 1), "DEU"),
        ("265", "cow", "iso3", date(1980, 1, 1), "DDR"),
        ("DEU", "iso3", "cow", date(1980, 1, 1), "260"),
        ("DEU", "iso3", "cow", date(2000, 1, 1), "255"),
        ("260", "gw", "cow", date(2000, 1, 1), "255"),
        ("680", "cow", "iso3", date(1980, 1, 1), "YMD"),
        ("TW", "iso2", "cow_abbrev", None, "TAW"),
        ("ukg", "cow_abbrev", "iso3", None, "GBR"),
    ],
)
def test_codes_that_moved(code, frm, to, on, expected) -> None:
    assert crosswalk(code, frm=frm, to=to, on=on) == expected


def test_unknown_codes_are_refused() -> None:
    with pytest.raises(UnknownActor, match="XYZ"):
        state("XYZ")
    with pytest.raises(UnknownActor, match="1995"):
        state("SUN", on=date(1995, 1, 1))
    with pytest.raises(UnknownActor):
        crosswalk("260", on=date(2000, 1, 1))
    with pytest.raises(UnknownActor):
        organisation("SPECTRE")


def test_every_state_has_a_name_and_a_capital() -> None:
    named = {n.actor for n in state_names() if n.kind == "name"}
    assert {s.actor for s in states()} <= named
    assert all(s.display and s.capital for s in states())


def test_names_point_to_states_and_shared_words_say_so() -> None:
    known = {s.actor for s in states()}
    by_word: dict[str, set[str]] = {}
    for name in state_names():
        assert name.actor in known
        by_word.setdefault(name.name, set()).add(name.actor)
    cautions = {n.name: n.caution for n in state_names()}
    for word, actors in by_word.items():
        if len(actors) > 1:
            assert "ambiguous" in cautions[word], word


@pytest.mark.parametrize(
    ("word", "actor", "caution"),
    [
        ("US", "USA", "case"),
        ("Georgia", "GEO", "us-state"),
        ("Jordan", "JOR", "person"),
        ("Chad", "TCD", "common-word"),
        ("Turkey", "TUR", "common-word"),
        ("Kremlin", "RUS", None),
        ("White House", "USA", None),
        ("Pyongyang", "PRK", None),
        ("Filipinos", "PHL", None),
        ("ROK", "KOR", None),
        ("Zhongnanhai", "CHN", None),
    ],
)
def test_words_reports_use(word, actor, caution) -> None:
    found = [n for n in state_names() if n.name == word]
    assert [n.actor for n in found] == [actor]
    assert caution is None or caution in found[0].caution


def test_brussels_is_left_out() -> None:
    assert "Brussels" not in {n.name for n in state_names()}


def test_members_are_states_and_small_groups_are_right() -> None:
    known = {s.actor for s in states()}
    assert all(set(o.members) <= known for o in organisations())
    assert len({o.code for o in organisations()}) == len(organisations())
    # NATO has 32 members since Sweden joined on 7 March 2024; the EU has 27.
    assert len(organisation("NATO").members) == 32
    assert len(organisation("EU").members) == 27
    assert set(organisation("QUAD").members) == {"AUS", "IND", "JPN", "USA"}
    assert len(organisation("SCO").members) == 10


def test_bodies_are_well_formed() -> None:
    known = {s.actor for s in states()} | {"XXX"}
    seen: set[tuple[str, str, date | None]] = set()
    for body in bodies():
        assert body.actor in known
        assert body.sector in SECTORS
        assert body.officialness in {"official", "semi_official", "unofficial"}
        assert (body.actor, body.name, body.start) not in seen
        seen.add((body.actor, body.name, body.start))
    assert len(seen) >= 450


@pytest.mark.parametrize(
    ("name", "actor", "sector", "officialness"),
    [
        ("Global Times", "CHN", "MED", "semi_official"),
        ("Yonhap News Agency", "KOR", "MED", "unofficial"),
        ("Inter-Services Public Relations", "PAK", "MIL", "official"),
        ("Hezbollah", "LBN", "REB", "unofficial"),
        ("Legislative Yuan", "TWN", "LEG", "official"),
    ],
)
def test_known_bodies(name, actor, sector, officialness) -> None:
    (body,) = [b for b in bodies() if name in b.names]
    assert (body.actor, body.sector, body.officialness) == (actor, sector, officialness)


def test_a_row_without_source_is_refused() -> None:
    with pytest.raises(FactError, match=r"x\.csv"):
        Provenance.of({"source": "somewhere", "verified": ""}, "x.csv")

"""The land of a state on a day, held against capitals of other states that lay inside it or near."""

from __future__ import annotations

import csv
from datetime import date
from importlib import resources

import pytest

from standoff.errors import UnknownActor
from standoff.reference import coast_to_coast, land_of, outline_on, state, states

TABLE = resources.files("standoff.reference") / "data" / "land_of_day.csv"


def rows() -> list[dict[str, str]]:
    return list(csv.DictReader(TABLE.read_text("utf-8").splitlines()))


def test_every_spell_is_of_a_state_of_those_days_and_none_overlaps() -> None:
    ends: dict[str, date] = {}
    for row in rows():
        first, last = date.fromisoformat(row["from"]), date.fromisoformat(row["to"])
        assert first < last and row["exact"] in ("yes", "no") and row["source"]
        assert any(s.actor == row["actor"] and s.exists(last) for s in states()), row
        assert ends.get(row["actor"], date.min) < first
        ends[row["actor"]] = last
        assert row["exact"] == "yes" or row["note"], "what is not exact says why"


def test_no_piece_of_land_belongs_to_two_states_of_a_day_unless_marked() -> None:
    for day in (date(1961, 1, 1), date(1985, 1, 1), date(1999, 1, 1), date(2005, 1, 1)):
        owners: dict[str, list[str]] = {}
        for s in states():
            if s.exists(day):
                for code in land_of(s.actor, day).lands:
                    owners.setdefault(code, []).append(s.actor)
        shared = {c: o for c, o in owners.items() if len(o) > 1}
        assert all(not land_of(a, day).exact for o in shared.values() for a in o), (day, shared)


def test_the_soviet_union_met_norway_and_the_two_germanies_did_not_have_to_be_cut() -> None:
    day = date(1980, 1, 1)
    assert coast_to_coast(outline_on("SUN", day), outline_on("NOR", day)).km == 0.0
    # Poland lay between: from Lithuania's and Kaliningrad's land to Germany's is 190 to 450 km.
    assert 190 < coast_to_coast(outline_on("SUN", day), outline_on("DEU", day)).km < 450


def test_a_code_without_land_is_refused() -> None:
    with pytest.raises(UnknownActor, match="QQQ"):
        outline_on("QQQ", date(2000, 1, 1))


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("DEU", date(1961, 8, 1), "West Germany"),
        ("DEU", date(2021, 8, 1), "Germany"),
        ("SUN", date(1980, 1, 1), "Soviet Union"),
        ("VNM", date(1965, 1, 1), "North Vietnam"),
        ("RVN", date(1965, 1, 1), "South Vietnam"),
        ("YUG", date(1968, 1, 1), "Yugoslavia"),
        ("YUG", date(1999, 3, 1), "Yugoslavia (Serbia and Montenegro)"),
        ("SCG", date(2004, 1, 1), "Serbia and Montenegro"),
        ("YEM", date(1979, 1, 1), "North Yemen"),
    ],
)
def test_names_of_the_day(code: str, day: date, name: str) -> None:
    assert state(code, on=day).display == name

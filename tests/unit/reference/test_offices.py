"""Office-holders against REIGN, Archigos and dates published elsewhere."""

from __future__ import annotations

import csv
import importlib.util
import itertools
import re
import unicodedata
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest

from standoff.errors import UnknownActor
from standoff.reference import (
    coverage,
    crosswalk,
    holders,
    nearest_person,
    office_spells,
    office_titles,
    offices_of,
    organisation,
    states,
    titles_for,
)

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "history"
SINGLE = {"head_of_state", "head_of_government", "foreign_minister", "defence_minister"}


def people(actor: str, office: str, day: date) -> list[str]:
    return [s.person for s in holders(actor, office, day)]


# Two sources each: the Kantei list of cabinets and the House of Representatives' record of
# designations give these days (read through the list of prime ministers of Japan, 2025).
JAPAN = [
    ("Yukio Hatoyama", "2009-09-16", "2010-06-08"),
    ("Naoto Kan", "2010-06-08", "2011-09-02"),
    ("Yoshihiko Noda", "2011-09-02", "2012-12-26"),
    ("Shinzo Abe", "2012-12-26", "2020-09-16"),
    ("Yoshihide Suga", "2020-09-16", "2021-10-04"),
    ("Fumio Kishida", "2021-10-04", "2024-10-01"),
    ("Shigeru Ishiba", "2024-10-01", "2025-10-21"),
]


def test_prime_ministers_of_japan() -> None:
    ours = [
        (s.person, s.start.isoformat(), s.end.isoformat())
        for s in office_spells()
        if s.actor == "JPN" and s.office == "head_of_government" and s.end
        if s.start >= date(2009, 1, 1)
    ]
    assert ours == JAPAN


@pytest.mark.parametrize(
    ("actor", "office", "day", "person"),
    [
        ("USA", "head_of_state", date(2022, 3, 1), "Joe Biden"),
        ("USA", "foreign_minister", date(2016, 6, 1), "John Kerry"),
        ("USA", "defence_minister", date(2025, 6, 1), "Pete Hegseth"),
        ("CHN", "foreign_minister", date(2023, 5, 1), "Qin Gang"),
        ("CHN", "defence_minister", date(2023, 6, 1), "Li Shangfu"),
        ("TWN", "head_of_government", date(2021, 8, 1), "Su Tseng-chang"),
        ("TWN", "defence_minister", date(2025, 1, 1), "Wellington Koo"),
        ("JPN", "defence_minister", date(2021, 7, 1), "Nobuo Kishi"),
        ("JPN", "spokesperson_government", date(2021, 1, 1), "Katsunobu Kato"),
        ("JPN", "deputy_head_of_government", date(2021, 7, 5), "Taro Aso"),
        ("GBR", "head_of_government", date(2022, 10, 1), "Liz Truss"),
        ("GBR", "head_of_government", date(2026, 8, 1), "Andy Burnham"),
        ("DEU", "head_of_government", date(2015, 1, 1), "Angela Merkel"),
        ("DEU", "foreign_minister", date(2017, 6, 1), "Sigmar Gabriel"),
        ("RUS", "defence_minister", date(2024, 6, 1), "Andrei Belousov"),
        ("UKR", "defence_minister", date(2026, 1, 20), "Mykhailo Fedorov"),
        ("IRN", "head_of_state", date(2020, 1, 3), "Ali Khamenei"),
        ("NATO", "secretary_general", date(2022, 2, 24), "Jens Stoltenberg"),
        ("AUS", "head_of_government", date(2021, 9, 15), "Scott Morrison"),
    ],
)
def test_known_holders(actor, office, day, person) -> None:
    assert people(actor, office, day) == [person]


def test_nobody_is_named_in_a_vacancy() -> None:
    # Li Shangfu was removed on 24 October 2023; Dong Jun was named on 29 December 2023.
    assert people("CHN", "defence_minister", date(2023, 11, 20)) == []


def test_an_open_spell_is_unknown_after_its_source() -> None:
    (spell,) = holders("JPN", "foreign_minister", date(2025, 12, 1))
    assert spell.end is None
    assert spell.as_of is not None
    after = spell.as_of + timedelta(days=1)
    assert spell.status_on(after) == "unknown"
    assert spell not in holders("JPN", "foreign_minister", after)
    assert spell in holders("JPN", "foreign_minister", after, unknown=True)


def test_rows_are_whole() -> None:
    known = {s.actor for s in states()}
    for s in office_spells():
        assert s.actor in known or s.actor == "IGO"
        assert bool(s.organisation) == (s.actor == "IGO")
        if s.organisation:
            assert organisation(s.organisation)
        assert s.person
        assert s.title
        assert s.precision in {"day", "month", "year"}
        assert s.end is None or s.end >= s.start
        assert s.end is None or s.end >= date(1990, 1, 1)
        assert s.as_of >= (s.end or s.start), s
        assert s.as_of <= date(2026, 12, 1)
        assert s.person_id


def test_single_offices_have_one_holder_at_a_time() -> None:
    groups = defaultdict(list)
    for s in office_spells():
        # Bosnia's presidency has three members, Andorra two princes.
        several = s.office == "head_of_state" and s.actor in {"BIH", "AND"}
        if s.office in SINGLE and not s.acting and not several:
            groups[s.organisation or s.actor, s.office].append(s)
    clashes = []
    for key, group in groups.items():
        group.sort(key=lambda s: s.start)
        for one, two in itertools.pairwise(group):
            end = one.end or one.as_of
            # A hand-over day belongs to both.
            if end > two.start:
                clashes.append((key, one.person, end, two.person, two.start))
    assert clashes == []


def test_one_person_is_one_record() -> None:
    names = defaultdict(set)
    persons = defaultdict(set)
    for s in office_spells():
        names[s.person_id].add(s.person)
        persons[s.actor, s.organisation, s.person].add(s.person_id)
    assert {k: v for k, v in names.items() if len(v) > 1} == {}
    # Two Latvians, Koreans, Taiwanese and Australians of one name each.
    assert {k[2] for k, v in persons.items() if len(v) > 1} <= {
        "Andris Bērziņš",
        "Ri Yong-ho",
        "Chen Chien-jen",
        "David Johnston",
    }


# Days that the parliaments and governments in question give, read in other places than the table.
TERMS = [
    ("Donald Trump", "USA", "head_of_state", ["2017-01-20", "2025-01-20"]),
    ("Donald J. Trump", "USA", "head_of_state", ["2017-01-20", "2025-01-20"]),
    ("Benjamin Netanyahu", "ISR", "head_of_government", ["1996-06-18", "2009-03-31", "2022-12-29"]),
    ("Luiz Inácio Lula da Silva", "BRA", "head_of_government", ["2003-01-01", "2023-01-01"]),
    ("Robert Fico", "SVK", "head_of_government", ["2006-07-04", "2012-04-04", "2023-10-25"]),
    ("Donald Tusk", "POL", "head_of_government", ["2007-11-16", "2023-12-11"]),
    ("Shinzo Abe", "JPN", "head_of_government", ["2006-09-26", "2012-12-26"]),
    ("Viktor Orbán", "HUN", "head_of_government", ["1998-07-06", "2010-05-29"]),
]


@pytest.mark.parametrize(("name", "actor", "office", "starts"), TERMS)
def test_every_term_of_a_person_is_found_by_each_spelling(name, actor, office, starts) -> None:
    found = [s for s in offices_of(name) if s.actor == actor and s.office == office]
    assert [s.start.isoformat()[:7] for s in found] == [day[:7] for day in starts]


def test_father_and_son_are_two_persons() -> None:
    assert offices_of("Gurbanguly Berdimuhamedow", on=date(2021, 1, 1))
    assert not offices_of("Serdar Berdimuhamedow", on=date(2021, 1, 1))
    assert [s.person for s in holders("TCD", "head_of_state", date(2020, 1, 1))] == ["Idriss Deby"]
    assert [s.person for s in holders("KWT", "head_of_state", date(2025, 1, 1))] == [
        "Mishal Al-Ahmad Al-Jaber Al-Sabah"
    ]


def test_past_the_last_verified_day_the_table_does_not_know() -> None:
    term = offices_of("Donald Trump")[-1]
    assert term.status_on(term.as_of) == "holds"
    assert term.status_on(term.as_of + timedelta(days=1)) == "unknown"


def test_every_state_has_a_head() -> None:
    today = {s.actor for s in states() if s.end is None}
    heads = {
        s.actor for s in office_spells() if s.office in {"head_of_state", "head_of_government"}
    }
    assert today - heads == set()


def fold(name: str) -> set[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = re.sub(r"\(.*?\)", "", plain).replace("ø", "o").replace("-", " ").lower().split()
    return {w.strip(".'’") for w in words if len(w) > 2}


@pytest.mark.shared
def test_heads_agree_with_archigos() -> None:
    path = SHARED / "archigos_4_1.csv"
    if not path.exists():
        pytest.skip("the optional folder ../shared is absent")
    agree = total = 0
    missed = []
    with path.open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            start, end = date.fromisoformat(row["startdate"]), date.fromisoformat(row["enddate"])
            day = max(start, date(2010, 6, 1)) + timedelta(days=20)
            if end < day:
                continue
            try:
                actor = crosswalk(row["gwcode"], frm="gw", on=day)
            except UnknownActor:  # a code of a state we do not hold
                continue
            total += 1
            names = [
                name
                for office in ("head_of_state", "head_of_government")
                for s in holders(actor, office, day)
                for name in s.names
            ]
            if any(fold(row["leader"]) & fold(name) for name in names):
                agree += 1
            else:
                missed.append((actor, row["leader"], day.isoformat(), names[:3]))
    # Spelling of names differs between the two (Kadhafi, Qaddafi); nine in ten must agree.
    assert total > 200
    assert agree / total > 0.9, missed


def test_names_in_both_orders() -> None:
    assert offices_of("Suga Yoshihide") == offices_of("Yoshihide Suga")
    assert offices_of("Volodymyr Zelenskyy")[0].person == "Volodymyr Zelensky"
    assert offices_of("Kim Jong-un") == offices_of("Kim Jong Un")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Yoshihige Suda", "Yoshihide Suga"),
        ("Fumio Kishda", "Fumio Kishida"),
        ("Shinzo Abbe", "Shinzo Abe"),
        ("Emanuel Macron", "Emmanuel Macron"),
        ("Tsai Ying-wen", "Tsai Ing-wen"),
    ],
)
def test_near_misses(written, meant) -> None:
    near = nearest_person(written)
    assert near is not None
    assert meant in near.spells[0].names
    assert near.distance > 0


@pytest.mark.parametrize(
    "name", ["Jane Doe", "Suga", "Naomi Osaka", "John Smith", "Lionel Messi", "Maria Callas"]
)
def test_strangers_have_no_near_miss(name) -> None:
    assert nearest_person(name) is None


def test_titles() -> None:
    assert titles_for("Secretary of State", "USA")[0].office == "foreign_minister"
    assert titles_for("chief cabinet secretary", "JPN")[0].office == "spokesperson_government"
    assert titles_for("foreign secretary", "IND")[0].office == "deputy_foreign_minister"
    assert titles_for("foreign secretary", "GBR")[0].office == "foreign_minister"
    keys = [(t.phrase, t.office, t.actor) for t in office_titles()]
    assert len(keys) == len(set(keys))
    assert all(t.phrase == t.phrase.lower() for t in office_titles())


def test_coverage() -> None:
    first, last = coverage("JPN", "head_of_government") or (None, None)
    assert first < date(1990, 1, 1)
    assert last >= date(2026, 1, 1)
    assert coverage("JPN", "nothing") is None


def test_the_coverage_page_is_that_of_the_table() -> None:
    root = Path(__file__).resolve().parents[3]
    spec = importlib.util.spec_from_file_location("page", root / "scripts/make_office_coverage.py")
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    page = (root / "docs/reference/offices-coverage.md").read_text("utf-8")
    assert page == made.page(), "run scripts/make_office_coverage.py"


@pytest.mark.parametrize(
    ("actor", "person", "on", "status"),
    [
        ("ISR", "Daniel Hagari", date(2024, 5, 3), "holds"),
        ("ISR", "Daniel Hagari", date(2025, 5, 3), "not"),
        ("ISR", "Ephraim Defrin", date(2026, 1, 1), "unknown"),
        ("IRN", "Saeed Khatibzadeh", date(2021, 6, 4), "holds"),
        ("IRN", "Nasser Kanaani", date(2024, 6, 4), "holds"),
        ("IRN", "Esmaeil Baqaei", date(2024, 6, 4), "not"),
        ("IRN", "Esmaeil Baqaei", date(2025, 6, 14), "holds"),
        ("RUS", "Maria Zakharova", date(2022, 2, 24), "holds"),
        ("RUS", "Maria Zakharova", date(2026, 9, 1), "unknown"),
        ("PAK", "Babar Iftikhar", date(2021, 1, 1), "holds"),
    ],
)
def test_spokespersons_of_today(actor: str, person: str, on: date, status: str) -> None:
    (spell,) = [s for s in offices_of(person) if s.actor == actor and "spokes" in s.office]
    assert spell.status_on(on) == status


def test_every_office_that_a_title_names_a_spokesperson_is_known_to_the_titles() -> None:
    named = {t.office for t in office_titles()}
    assert {s.office for s in office_spells() if s.office.startswith("spokesperson")} <= named

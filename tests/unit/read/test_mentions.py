"""Mentions: who is named, in which office, on which day."""

from datetime import date

import pytest

from standoff.errors import BadRecord
from standoff.read import read_actors, read_report
from standoff.read.report import prepare
from standoff.terms import Mention


def mentions(text: str, on: date = date(2021, 8, 13)) -> list[Mention]:
    return list(read_report(text, published=on).mentions)


@pytest.mark.parametrize(
    ("text", "actor", "sector"),
    [
        ("The Kremlin spoke.", "RUS", "GOV"),
        ("NATO spoke.", "IGO", "IGO"),
        ("Pakistan's foreign ministry spoke.", "PAK", "GOV"),
        ("The Indian army spoke.", "IND", "MIL"),
        ("The Islamic Revolutionary Guard Corps spoke.", "IRN", "MIL"),
        ("Filipino officials spoke.", "PHL", "GOV"),
        ("Seoul spoke.", "KOR", None),
        ("Pyongyang spoke.", "PRK", None),
        ("Riyadh spoke.", "SAU", None),
        ("Hanoi spoke.", "VNM", None),
        ("The Pentagon spoke.", "USA", "GOV"),
    ],
)
def test_actor_and_sector(text: str, actor: str, sector: str | None) -> None:
    found = mentions(text)[0].party
    assert found.actor == actor
    if sector:
        assert found.sector == sector


@pytest.mark.parametrize(
    ("on", "actor", "former"),
    [(date(2019, 5, 1), "JPN", False), (date(2021, 8, 13), "JPN", True)],
)
def test_an_office_is_bounded_by_dates(on: date, actor: str, former: bool) -> None:
    party = mentions("Shinzo Abe spoke.", on)[0].party
    assert party.actor == actor
    assert (party.office or "").lower().startswith("former") is former


def test_a_title_takes_state_and_name() -> None:
    party = mentions("Chinese Foreign Ministry spokesman Lin Jian spoke.", date(2025, 11, 12))[0]
    assert party.party.person == "Lin Jian"
    assert party.party.actor == "CHN"


def test_a_body_without_state_takes_it_from_before() -> None:
    text = "India tested a missile. The defence ministry praised it."
    report = read_report(text, published=date(2021, 8, 13))
    assert report.signals[-1].source_actors == ("IND",)
    assert report.signals[-1].sources[0].sector in ("GOV", "MIL")


def test_a_sea_is_no_state() -> None:
    assert not mentions("Ships crossed the South China Sea and the Sea of Japan.")


def test_a_former_leader_is_known_by_surname_for_some_years() -> None:
    report = read_report("Merkel visited China.", published=date(2023, 6, 1))
    assert report.signals[0].source_actors == ("DEU",)
    assert report.signals[0].officialness.value == "retired_official"


def test_where_it_was_is_no_party() -> None:
    report = read_report("Kishida met Indian leaders in Paris.", published=date(2022, 6, 1))
    assert set(report.signals[0].source_actors) == set(report.signals[0].target_actors)
    assert set(report.signals[0].target_actors) == {"JPN", "IND"}


def test_a_dictionary_for_one_run_wins() -> None:
    actors = read_actors("name,code,from,to\nGondor,GONGOV,,\nMordor,MORMIL,2020-01-01,\n")
    report = read_report("Gondor condemned Mordor.", published=date(2021, 8, 13), actors=actors)
    signal = report.signals[0]
    assert signal.source_actors == ("GON",)
    assert signal.target_actors == ("MOR",)
    assert signal.sources[0].sector == "GOV"


@pytest.mark.parametrize(
    "table", ["who,what\nx,y\n", "name,code\n,GON\n", "name,code,from\nA,GON,last year\n"]
)
def test_a_faulty_dictionary_is_refused(table: str) -> None:
    with pytest.raises(BadRecord):
        read_actors(table)


def test_a_known_person_tells_which_of_two_states_of_one_name_is_meant() -> None:
    from datetime import date

    from standoff.read import read_report

    cases = {
        "Congo's President Felix Tshisekedi spoke.": "COD",
        "Congo's President Denis Sassou Nguesso spoke.": "COG",
        "Guinea's President Umaro Sissoco Embalo spoke.": "GNB",
    }
    for text, state in cases.items():
        found = read_report(text, published=date(2021, 8, 13)).mentions
        assert [(m.party.actor) for m in found] == [state], text


@pytest.mark.parametrize(
    ("text", "day", "wanted"),
    [
        # A deputy is no head of government of the same name; a president is no co-prince.
        ("Vice President Harris thanked Paris.", date(2021, 11, 10), "USA"),
        ("President Macron spoke.", date(2022, 11, 10), "FRA"),
        # One head of several states acts for the own one.
        ("King Charles III spoke.", date(2023, 11, 10), "GBR"),
        # A form of address is no given name of another.
        ("Mr. Sarkozy agreed.", date(2008, 8, 16), "FRA"),
        # Leaders before the tables of offices begin, with and without their given name.
        ("Brezhnev spoke.", date(1975, 3, 1), "SUN"),
        ("President Ronald Reagan spoke.", date(1987, 3, 1), "USA"),
        ("Prime Minister Nehru spoke.", date(1957, 3, 1), "IND"),
        # Offices of organisations are theirs.
        ("High Representative Josep Borrell spoke.", date(2023, 3, 1), "IGO"),
        ("The Secretary-General spoke.", date(2023, 3, 1), "IGO"),
    ],
)
def test_whose_a_person_is(text: str, day: date, wanted: str) -> None:
    first = prepare(text, day).mentions[0]
    assert first.party.actor == wanted


def test_somebody_with_another_given_name_is_somebody_else() -> None:
    found = prepare("President Rosalind Biden of the club spoke.", date(2022, 3, 1))
    assert all(m.party.actor != "USA" for m in found.mentions)

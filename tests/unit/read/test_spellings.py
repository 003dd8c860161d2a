"""One person, many spellings: the rules, and that they meet the tables."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.read import read_report
from standoff.read.spellings import plain, spellings


@pytest.mark.parametrize(
    ("name", "actor", "other"),
    [
        ("Kim Kwan-jin", "KOR", "Kim Kwan Jin"),
        ("Ri Yong-ho", "PRK", "Ri Yong Ho"),
        ("Chiu Kuo-cheng", "TWN", "Chiu Kuo-Cheng"),
        ("Mohammad bin Salman", "SAU", "Mohammed bin Salman"),
        ("Faisal bin Farhan Al Saud", "SAU", "Faisal bin Farhan"),
        ("Haitham bin Tarik Al Said", "OMN", "Haitham bin Tariq"),
        ("Adel al-Jubeir", "SAU", "Adel Al Jubeir"),
        ("Valery Zaluzhnyi", "UKR", "Valerii Zaluzhny"),
        ("Sergei Lavrov", "RUS", "Sergey Lavrov"),
        ("Teodoro Locsin, Jr.", "PHL", "Teodoro Locsin Jr."),
        ("Mevlüt Çavuşoğlu", "TUR", "Mevlut Cavusoglu"),
        ("Rakesh Kumar Singh Bhadauria", "IND", "R. K. S. Bhadauria"),
    ],
)
def test_another_spelling_is_made(name: str, actor: str, other: str) -> None:
    assert other in spellings(name, actor)
    assert spellings(name, actor)[0] == name


def test_no_rule_touches_a_name_it_is_not_for() -> None:
    assert spellings("John Kerry", "USA") == ("John Kerry",)
    assert spellings("Sugiono", "IDN") == ()
    assert plain("Jens Stoltenberg") == "Jens Stoltenberg"


def test_spellings_of_one_person_are_few() -> None:
    from standoff.reference import office_spells

    longest = max(
        len(spellings(name, spell.actor)) for spell in office_spells() for name in spell.names
    )
    assert longest <= 64


@pytest.mark.parametrize(
    ("name", "day", "actor"),
    [
        ("Mohammed bin Salman", date(2020, 1, 1), "SAU"),
        ("Ri Yong Ho", date(2018, 1, 1), "PRK"),
        ("Shah Mahmood Qureshi", date(2019, 6, 1), "PAK"),
        ("KP Sharma Oli", date(2019, 6, 1), "NPL"),
    ],
)
def test_a_report_may_write_them(name: str, day: date, actor: str) -> None:
    (mention,) = read_report(f"{name} spoke to reporters.", published=day).mentions
    assert (mention.span.quote, mention.party.actor) == (name, actor)
    assert mention.since is not None and mention.since <= day


def test_ministry_of_another_state_is_that_state_s() -> None:
    for words, actor in (
        ("Russian Ministry of Defence", "RUS"),
        ("Saudi Ministry of Defense", "SAU"),
        ("Polish Ministry of National Defence", "POL"),
    ):
        (mention,) = read_report(f"The {words} spoke.", published=date(2022, 6, 1)).mentions
        assert (mention.party.actor, mention.party.sector) == (actor, "GOV")

"""Checkable statements: what is found, with which content, and what is left alone."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.read import read_report
from standoff.terms import (
    ChangeContent,
    DateContent,
    DistanceContent,
    NameContent,
    OfficeContent,
    RatioContent,
    SumContent,
    UnitContent,
)

DAY = date(2021, 8, 13)


def claims(text: str, kind: type):
    report = read_report(text, published=DAY)
    for c in report.claims:
        assert text[c.span.start : c.span.end] == c.span.quote
    return [c.content for c in report.claims if isinstance(c.content, kind)]


DISTANCES = {
    "Ishigaki is about 180 km from Taiwan.": ("Ishigaki", "Taiwan", 180),
    "Kaliningrad, some 500 km from Berlin, is Russian.": ("Kaliningrad", "Berlin", 500),
    "The unit goes to Yonaguni, around 70 nautical miles from Taiwan.": ("Yonaguni", "Taiwan", 70),
    "Socotra lies 240 km off Somalia.": ("Socotra", "Somalia", 240),
    "The distance between Seoul and Pyongyang is 195 km.": ("Seoul", "Pyongyang", 195),
    "Ishigaki, 270 km from the Taiwanese coast, is small.": ("Ishigaki", "Taiwan", 270),
}


@pytest.mark.parametrize("text", DISTANCES)
def test_distances(text) -> None:
    found = claims(text, DistanceContent)
    assert [(d.origin, d.destination, d.quantity.value) for d in found] == [DISTANCES[text]]


def test_a_second_distance_measures_the_same_place() -> None:
    text = "They go to Yonaguni, about 108 km from Taiwan, and 125 km from Yilan."
    found = claims(text, DistanceContent)
    assert [(d.origin, d.destination) for d in found] == [
        ("Yonaguni", "Taiwan"),
        ("Yonaguni", "Yilan"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The missile flew 500 km before it fell into the Sea of Japan.",
        "A destroyer sailed 80 km off Taiwan.",
        "The missile has a range of 2,000 km.",
        "Is Ishigaki 180 km from Taiwan?",
        "China accused Japan of interference.",
    ],
)
def test_what_is_no_distance_between_two_places(text) -> None:
    assert claims(text, DistanceContent) == []


def test_one_quantity_in_two_units() -> None:
    (found,) = claims("The zone reaches 200 nautical miles (370 km) from the coast.", UnitContent)
    assert (found.first.unit, found.second.unit) == ("nmi", "km")


def test_a_ratio_with_both_numbers() -> None:
    text = (
        "Japan spends 0.94% of GDP on defence. South Korea spends about three times as much as "
        "Japan, at 2.7% of GDP."
    )
    (found,) = claims(text, RatioContent)
    assert (found.numerator.value, found.denominator.value) == (2.7, 0.94)


def test_parts_of_a_total() -> None:
    text = "Five of the nine missiles came down inside the zone. The remaining three fell outside."
    _, found = claims(text, SumContent)
    assert (found.total.value, [p.value for p in found.parts]) == (9, [5, 3])


def test_a_change_has_a_direction() -> None:
    (found,) = claims("The number of flights rose from 40 to 50 in a month.", ChangeContent)
    assert found.rising is True and (found.before.value, found.after.value) == (40, 50)


def test_a_weekday_beside_a_date() -> None:
    (found,) = claims("They met on Thursday, 12 August 2021, in Tokyo.", DateContent)
    assert found.weekday == 3 and found.period.start == date(2021, 8, 12)


def test_an_office_and_its_holder() -> None:
    (found,) = claims("Prime Minister Yoshihide Suga spoke on Monday.", OfficeContent)
    assert (found.person, found.office, found.former) == ("Yoshihide Suga", "prime minister", False)
    (past,) = claims("Former Prime Minister Shinzo Abe spoke on Monday.", OfficeContent)
    assert past.former


def test_a_name_close_to_one_that_is_known() -> None:
    text = "Yoshihige Suda, Japan's prime minister, spoke on Monday."
    (found,) = claims(text, NameContent)
    assert found.name == "Yoshihige Suda" and found.actor == "JPN"


def test_a_private_person_may_bear_any_name() -> None:
    assert claims("Yoshihige Suda, a baker in Osaka, likes the plan.", NameContent) == []


def test_debris_yields_nothing() -> None:
    text = "China accused Japan.\n\nSources:\nhttps://example.org/ishigaki,180%20km%20from%20taiwan"
    assert read_report(text, published=DAY).claims == ()

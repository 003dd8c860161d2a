"""Numbers and words that a text relates to each other, in the forms that news use."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.read import read_report
from standoff.terms import (
    AttributionContent,
    ChangeContent,
    DateContent,
    DistanceContent,
    LawContent,
    OfficeContent,
    RatioContent,
    ShareContent,
    SumContent,
)

DAY = date(2021, 8, 13)


def contents(text: str, kind: type):
    report = read_report(text, published=DAY)
    for c in report.claims:
        assert text[c.span.start : c.span.end] == c.span.quote
    return [c.content for c in report.claims if isinstance(c.content, kind)]


SUMS = {
    "Kenya sent 33 trucks: 18 in spring, eight in summer and seven since July.": (33, [18, 8, 7]),
    "The navy bought seven boats, two in 2021, three in 2022 and two this year.": (7, [2, 3, 2]),
    "Monitors counted 1,481 breaches in Luhansk and 703 in Donetsk, 2,184 in all.": (2184, [1481, 703]),
    "Of the 48 people who were hurt, 30 were soldiers and the remaining 18 were civilians.": (48, [30, 18]),
    "Of the 14 reports, nine were about shelling, three about drones and two about mines.": (14, [9, 3, 2]),
}  # fmt: skip


@pytest.mark.parametrize("text", SUMS)
def test_complete_lists(text) -> None:
    (found,) = contents(text, SumContent)
    assert (found.total.value, [p.value for p in found.parts]) == SUMS[text]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya sent 33 trucks, including 18 in spring and eight in summer.",
        "Kenya sent 33 trucks, two aircraft and four boats.",
        "Of the 14 ships, five were new and three were old.",
        "He met 33 people: 18 soldiers, 12 of them officers, and 15 civilians.",
        "The fleet has six boats: two in the north or three in the south and one abroad.",
    ],
)
def test_lists_that_may_be_incomplete_are_no_sums(text) -> None:
    assert contents(text, SumContent) == []


def test_a_ratio_with_its_second_number_behind_the_words() -> None:
    text = "Washington spent $778 billion, 14 times as much as Canberra's $55 billion."
    (found,) = contents(text, RatioContent)
    assert (found.numerator.value, found.denominator.value) == (778e9, 55e9)


CHANGES = {
    "Russia had 190,000 soldiers there, up from 100,000, an increase of 90 per cent.": (
        1e5,
        1.9e5,
        90,
    ),
    "The number of soldiers rose from 800 to 1,600, an increase of 100 per cent.": (800, 1600, 100),
    "The force has 900 aircraft, down from 1,000.": (1000, 900, None),
}


@pytest.mark.parametrize("text", CHANGES)
def test_changes(text) -> None:
    (found,) = contents(text, ChangeContent)
    change = found.change.value if found.change else None
    assert (found.before.value, found.after.value, change) == CHANGES[text]


def test_shares_in_a_list_without_a_verb() -> None:
    text = (
        "Saudi Arabia spent 8.8 per cent of GDP on its military in 2018, Israel 4.3 per cent of GDP "
        "and Iran 2.5 per cent of GDP."
    )
    found = contents(text, ShareContent)
    assert [(s.actor, s.quantity.value) for s in found] == [
        ("SAU", 8.8),
        ("ISR", 4.3),
        ("IRN", 2.5),
    ]


def test_an_apposition_does_not_lend_its_place() -> None:
    text = "Yilan, on the east coast of Taiwan, is 125 km from Yonaguni."
    (found,) = contents(text, DistanceContent)
    assert (found.origin, found.destination) == ("Yilan", "Yonaguni")
    text = "Qatar, which hosts American aircraft, is about 190 km from Iran."
    (found,) = contents(text, DistanceContent)
    assert (found.origin, found.destination) == ("Qatar", "Iran")


def test_words_credited_outside_a_speech_verb() -> None:
    text = 'The remark that "force will never be renounced by us" came from President Xi Jinping.'
    (found,) = contents(text, AttributionContent)
    assert found.person == "Xi Jinping"


def test_a_law_named_by_its_title() -> None:
    text = "Manila concluded the Enhanced Defence Cooperation Agreement in 2014."
    (found,) = contents(text, LawContent)
    assert found.actor == "PHL" and found.period.start == date(2014, 1, 1)


def test_a_genitive_is_no_part_of_a_name() -> None:
    (found,) = contents("Prime Minister Yoshihide Suga's cabinet met.", OfficeContent)
    assert found.person == "Yoshihide Suga"


def test_a_fiscal_year_is_no_impossible_day() -> None:
    assert contents("They will meet this fiscal year's goal.", DateContent) == []

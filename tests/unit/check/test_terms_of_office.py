"""A second term under another spelling, and days after the table's last one."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.assess import read_and_check

# Terms as published by the governments: Trump 2017-2021 and from 2025, Netanyahu 2009-2021 and from
# 2022-12-29, Mahama (Ghana) 2012-2017 and from 2025-01-07, Heine (Marshall Islands) 2016-2020 and from
# 2024-01-03.
SECOND = {
    "US President Donald Trump spoke in Ohio.": date(2025, 6, 2),
    "President Donald J. Trump spoke in Ohio.": date(2018, 6, 2),
    "Israeli Prime Minister Benjamin Netanyahu spoke.": date(2024, 5, 6),
    "Israeli Prime Minister Binyamin Netanyahu spoke.": date(2024, 5, 6),
    "Ghana's President John Dramani Mahama spoke.": date(2025, 9, 9),
    "Marshall Islands President Hilda Heine spoke.": date(2024, 9, 9),
}
# The table's last day for these offices lies in 2026; nothing is known of later ones.
LATER = (
    "US President Kamala Harris spoke in Ohio.",
    "US President Barack Obama spoke in Ohio.",
    "Japanese Prime Minister Shinzo Abe spoke.",
    "Israeli Prime Minister Naftali Bennett spoke.",
    "British Prime Minister Kier Starmer spoke.",
)


@pytest.mark.parametrize("text", SECOND)
def test_a_second_term_under_another_spelling_is_supported(text) -> None:
    _, verdicts = read_and_check(text, published=SECOND[text])
    assert [v.outcome for v in verdicts] == ["SUPPORTED"]


@pytest.mark.parametrize("text", LATER)
def test_nothing_is_contradicted_after_the_last_day_of_the_table(text) -> None:
    _, verdicts = read_and_check(text, published=date(2030, 6, 3))
    assert verdicts
    assert {v.outcome for v in verdicts} == {"NOT_CHECKABLE"}


def test_the_last_day_of_the_table_is_said() -> None:
    _, verdicts = read_and_check(
        "Japanese Prime Minister Shinzo Abe spoke.", published=date(2030, 6, 3)
    )
    assert "table of office-holders ends on 20" in verdicts[0].why


def test_a_first_term_is_no_excuse_for_the_years_between() -> None:
    text = "US President Donald Trump spoke in Ohio."
    _, verdicts = read_and_check(text, published=date(2023, 6, 2))
    assert [v.outcome for v in verdicts] == ["CONTRADICTED"]

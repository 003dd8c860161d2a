"""Months that are names, orders of day and month, years that are not the calendar's."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.read import read_report
from standoff.read.dates import find_dates

DAY = date(2021, 8, 13)


def days(text: str) -> list[tuple[str | None, str | None]]:
    found = find_dates(text, DAY)
    return [
        (d.period.start and d.period.start.isoformat(), d.period.end and d.period.end.isoformat())
        for d in found
    ]


@pytest.mark.parametrize(
    "text",
    ["Envoys saw June Arunga and Jan Egeland.", "April Glaspie wrote to January Makamba.",
     "August Hanning wrote to April Foley."],
)  # fmt: skip
def test_a_month_before_a_surname_is_no_date(text) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    "text", ["In June Chinese ships left.", "By April Tokyo had agreed.", "Last June Iran left."]
)
def test_a_month_that_a_preposition_leads_stays_a_date(text) -> None:
    assert len(days(text)) == 1


# Day-first shown by a date that is none otherwise; where nothing shows it, the American order holds.
ORDERS = {
    "They met on 28/02/2020, then on 04/03/2020.": ["2020-02-28", "2020-03-04"],
    "Raids on 01/02/2019 and 17/02/2019.": ["2019-02-01", "2019-02-17"],
    "They met on 02/28/2020, then on 04/03/2020.": ["2020-02-28", "2020-04-03"],
}


@pytest.mark.parametrize("text", ORDERS)
def test_one_text_has_one_order(text) -> None:
    assert [start for start, _ in days(text)] == ORDERS[text]


@pytest.mark.parametrize("text", ["The ship is due in FY2023.", "It rose in fiscal 2019."])
def test_a_fiscal_year_is_found_and_not_resolved(text) -> None:
    assert days(text) == [(None, None)]


# By the tables of eras: Heisei 1 is 1989, Showa 20 is 1945, Minguo 1 is 1912.
ERAS = {
    "It passed on 11 March Heisei 23.": "2011-03-11",
    "On 15 August Showa 20 it ended.": "1945-08-15",
    "On 1 January Minguo 100 it began.": "2011-01-01",
}


@pytest.mark.parametrize("text", ERAS)
def test_a_year_of_an_era(text) -> None:
    assert days(text) == [(ERAS[text], ERAS[text])]


def people(text: str, on: date) -> list[str | None]:
    return [m.party.person for m in read_report(text, published=on).mentions if m.party.person]


def test_a_word_of_the_calendar_is_a_surname_only_after_a_title_or_the_full_name() -> None:
    on = date(2018, 9, 1)  # Theresa May was prime minister
    assert people("May was hot. The talks of May failed, as in March and August.", on) == []
    assert people("Friday was quiet.", date(2026, 1, 5)) == []  # Godwin Friday of Saint Vincent
    assert people("Prime Minister May met Angela Merkel.", on) == ["Theresa May", "Angela Merkel"]
    assert people("Theresa May left in May 2018. Mrs May spoke.", on) == ["Theresa May"] * 2

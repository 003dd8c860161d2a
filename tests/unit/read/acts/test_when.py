"""When an act was: its own date, never that of another clause, for what was done never to come."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from standoff.read import read_report

DAY = date(2024, 5, 23)  # a Thursday
DATES = {
    "Peru shelled Chile on Tuesday.": (date(2024, 5, 21), "done"),
    "Peru shelled Chile on Friday.": (date(2024, 5, 17), "done"),
    "Peru will hold drills on Friday.": (date(2024, 5, 24), "planned"),
    "Chile said on Monday that Peru had shelled the port on Sunday.": (date(2024, 5, 19), "alleged"),
    "Peru shelled the port of Chile on Sunday, Chile said on Monday.": (date(2024, 5, 19), "done"),
    "Peru shelled Chile.": (DAY, "done"),
    "Peru shelled Chile in June.": (date(2023, 6, 1), "historical"),
    "Peru shelled Chile in 1980.": (date(1980, 1, 1), "historical"),
    "Peru has condemned the raids on Chile in March.": (DAY, "done"),
}  # fmt: skip


@pytest.mark.parametrize("text", DATES)
def test_the_date_is_that_of_the_own_clause(text: str) -> None:
    found = read_report(text, published=DAY).signals[-1]
    assert (found.date.start, found.status.value) == DATES[text]


@pytest.mark.parametrize(
    "when", ["on Friday", "on Saturday", "on 3 June 2024", "in June", "in December", "next week",
             "on 24 May", "in 2026"],
)  # fmt: skip
@pytest.mark.parametrize("act", ["Peru shelled Chile", "Peru condemned Chile"])
def test_what_was_done_is_never_after_publication(act: str, when: str) -> None:
    for found in read_report(f"{act} {when}.", published=DAY).signals:
        assert found.date.start is not None
        assert found.date.start <= DAY + timedelta(days=1)


def test_a_day_earlier_is_counted_from_the_act_before() -> None:
    text = "Peru shelled Chile on Monday. A day earlier Chile had condemned Peru."
    first, second = read_report(text, published=DAY).signals
    assert (first.date.start, second.date.start) == (date(2024, 5, 20), date(2024, 5, 19))


def test_verbs_joined_share_a_date() -> None:
    text = "On Tuesday Chile condemned Peru and expelled its envoy."
    found = read_report(text, published=DAY).signals
    assert [s.date.start for s in found] == [date(2024, 5, 21)] * 2


def test_a_month_is_no_name_and_no_modal() -> None:
    (found,) = read_report(
        "China held drills near Taiwan in May.", published=date(2024, 6, 20)
    ).signals
    assert found.target_actors == ("TWN",)
    assert (found.date.start, found.date.end) == (date(2024, 5, 1), date(2024, 5, 31))

"""Lead times: days of the sources, arithmetic done by hand, and what was known on a day."""

from __future__ import annotations

import math
from datetime import date

import pytest

from standoff.errors import FactError
from standoff.reference import lead_time, lead_times
from standoff.reference import lead_times as _table
from standoff.reference.lead_times import _case  # pyright: ignore[reportPrivateUsage]


def test_yonaguni_took_four_years_and_three_months() -> None:
    first = lead_times()[0]
    assert (first.stage, first.began, first.in_place) == (
        "budget",
        date(2011, 12, 24),
        date(2016, 3, 28),
    )
    assert first.years == pytest.approx(4 + 95 / 365.25, abs=0.01)


def test_a_base_that_must_be_built_takes_longer_than_a_site_in_use() -> None:
    on = date(2026, 1, 1)
    assert lead_time(on, "existing").median < 1.0 < 5.0 < lead_time(on, "new").median


def test_only_cases_that_had_ended_are_used_and_two_are_needed() -> None:
    on = date(2021, 8, 13)
    found = lead_time(on, "new")  # Yonaguni and Deveselu
    assert found.cases == 2
    days = [
        (date(2016, 3, 28) - date(2011, 12, 24)).days,
        (date(2016, 5, 12) - date(2011, 9, 13)).days,
    ]
    logs = [math.log(d / 365.25) for d in days]
    half = 6.314 * abs(logs[0] - logs[1]) / math.sqrt(2) * math.sqrt(1.5)
    assert math.log(found.high) == pytest.approx(sum(logs) / 2 + half)
    with pytest.raises(FactError, match="0 cases"):
        lead_time(date(2012, 1, 1), "new")


def test_expected_days_are_in_order_and_hold_what_came() -> None:
    """What had ended by 2021 would have told of Ishigaki, planned in 2015: it came in March 2023."""
    low, middle, high = lead_time(date(2021, 8, 13), "new").expected(date(2015, 11, 24))
    assert low < middle < high
    assert abs((high - date(2023, 3, 16)).days) < 10  # at the very edge of the interval


def test_a_row_that_ends_before_it_begins_is_refused() -> None:
    row = {"id": "x", "began": "2020-01-02", "in_place": "2020-01-01", "site": "new"}
    with pytest.raises(FactError, match="later day"):
        _case(row)


def test_every_case_has_a_source() -> None:
    assert all(c.origin.source and c.origin.url for c in _table())

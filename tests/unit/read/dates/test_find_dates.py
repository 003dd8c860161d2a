"""Properties of dates found that no single example shows; the examples stand with the rules."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.read.dates import find_dates
from standoff.terms import DateBasis

PUBLISHED = date(2021, 8, 13)  # a Friday

NONE = [
    "Call +86 138-2010-2015 now.",
    "",
    "No words of time here at all.",
    "Article 9 and Resolution 1718 stand.",
]


@pytest.mark.parametrize("text", NONE)
def test_a_text_without_a_date_gives_none(text: str) -> None:
    assert find_dates(text, PUBLISHED) == ()


def test_days_later_count_from_the_day_named_before() -> None:
    found = find_dates("On 1 August 2021 it left. Three days later it arrived.", PUBLISHED)
    assert found[1].period.start == date(2021, 8, 4)
    assert found[1].period.basis is DateBasis.INFERRED


def test_a_loose_count_gives_an_interval_and_not_a_day() -> None:
    (mention,) = find_dates("They came a few days ago.", PUBLISHED)
    period = mention.period
    assert (
        period.start is not None
        and period.end is not None
        and period.start < period.end < PUBLISHED
    )


def test_a_date_that_names_an_event_bounds_nothing() -> None:
    (mention,) = find_dates("After Tuesday's talks both sides left.", PUBLISHED)
    assert (mention.period.start, mention.period.end) == (date(2021, 8, 10), date(2021, 8, 10))


def test_texts_of_any_length_are_read_in_linear_time() -> None:
    import time

    unit = "On 3 May 2020 and from March to June, two weeks before Easter, it may march in 1996. "
    spent: list[float] = []
    for times in (200, 800):
        text = unit * times
        begun = time.process_time()
        find_dates(text, PUBLISHED)
        spent.append(time.process_time() - begun)
    # Four times the text; sixteen times the time would be quadratic. Six leaves room for noise.
    assert spent[1] < 6 * spent[0] + 0.05

"""Years of two digits, decades, and which of two numbers is the day: read as people read them."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.read.dates import find_dates

PUBLISHED = date(2021, 8, 13)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("It was signed on 08/12/29.", "2029-08-12", "2029-08-12"),
        ("It was signed on 08/12/30.", "1930-08-12", "1930-08-12"),
        ("It was signed on 08/12/99.", "1999-08-12", "1999-08-12"),
        ("It was signed on 25/12/2019.", "2019-12-25", "2019-12-25"),  # no month 25
        ("It was signed on 03/04/2019.", "2019-03-04", "2019-03-04"),  # the American order
        ("It was signed on 03/04/2019 and not on 14/02/2019.", "2019-04-03", "2019-04-03"),
        ("It was signed on 2019-04-03.", "2019-04-03", "2019-04-03"),
        ("It was so in the 1990s.", "1990-01-01", "1999-12-31"),
        ("It was so in the '40s.", "1940-01-01", "1949-12-31"),
        ("It was so in the '20s.", "2020-01-01", "2029-12-31"),
        ("It was so in the seventies.", "1970-01-01", "1979-12-31"),
        ("It was so in the 19th century.", "1800-01-01", "1899-12-31"),
        ("It fell after 2016.", "2016-01-01", None),
        ("It came on 29 February 2020.", "2020-02-29", "2020-02-29"),
        ("It came in February 2020.", "2020-02-01", "2020-02-29"),
        ("It came in February 2021.", "2021-02-01", "2021-02-28"),
    ],
)
def test_a_date_is_read_as_people_read_it(text: str, start: str, end: str | None) -> None:
    period = find_dates(text, PUBLISHED)[0].period
    if end is None:
        assert period.start is not None and period.start >= date.fromisoformat(start)
    else:
        assert (str(period.start), str(period.end)) == (start, end)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("They met on the 10th.", "2021-08-10"),  # published on the 13th
        ("They met on the 13th.", "2021-08-13"),
        ("They met on the 18th.", "2021-07-18"),  # not yet come this month
        ("They will meet on the 18th.", "2021-08-18"),
        ("They will meet on the 10th.", "2021-09-10"),
        ("They met on the 31st.", "2021-07-31"),
        ("They met on the 3rd of last month.", "2021-07-03"),
    ],
)
def test_a_day_without_a_month_is_the_nearest_that_the_tense_allows(text: str, day: str) -> None:
    period = find_dates(text, PUBLISHED)[0].period
    assert str(period.start) == str(period.end) == day

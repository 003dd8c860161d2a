"""Date expressions of the news, each with the interval a reader of that day would give it.

The truth is the calendar: every interval below was worked out by hand from a calendar of the year.
"""

from __future__ import annotations

from datetime import date

import pytest

from standoff.read.dates import find_dates
from standoff.terms import DateBasis

PUBLISHED = date(2021, 8, 13)  # a Friday

ONE = [
    # days in full
    ("The treaty was signed on 13 August 2021.", "13 August 2021", "2021-08-13", "2021-08-13"),
    ("On August 3, 2020, it was tested.", "August 3, 2020", "2020-08-03", "2020-08-03"),
    ("Signed on the 4th of March, 1999 there.", "the 4th of March, 1999", "1999-03-04", "1999-03-04"),
    ("Log entry 2021-08-01 was kept.", "2021-08-01", "2021-08-01", "2021-08-01"),
    ("It is dated 23/08/2019 at sea.", "23/08/2019", "2019-08-23", "2019-08-23"),
    ("They met on Wednesday, 11 August 2021.", "Wednesday, 11 August 2021", "2021-08-11", "2021-08-11"),
    # no year: the last one before publication, or the next where the tense is future
    ("On 5 August they sailed.", "5 August", "2021-08-05", "2021-08-05"),
    ("On 20 December they sailed.", "20 December", "2020-12-20", "2020-12-20"),
    ("They will sail on 20 December.", "20 December", "2021-12-20", "2021-12-20"),
    ("In May, the fleet returned.", "May", "2021-05-01", "2021-05-31"),
    ("The exercise will begin in October.", "October", "2021-10-01", "2021-10-31"),
    # weekdays: publication was a Friday
    ("The minister said on Friday that it was so.", "Friday", "2021-08-13", "2021-08-13"),
    ("The minister said on Tuesday that it was so.", "Tuesday", "2021-08-10", "2021-08-10"),
    ("The minister will speak on Monday.", "Monday", "2021-08-16", "2021-08-16"),
    ("They left last Wednesday.", "last Wednesday", "2021-08-04", "2021-08-04"),
    # relative units: weeks run from Monday to Sunday
    ("It flew yesterday.", "yesterday", "2021-08-12", "2021-08-12"),
    ("It flew last week.", "last week", "2021-08-02", "2021-08-08"),
    ("It was set up last month.", "last month", "2021-07-01", "2021-07-31"),
    ("The budget for next year was set.", "next year", "2022-01-01", "2022-12-31"),
    ("Two sailed this month.", "this month", "2021-08-01", "2021-08-31"),
    ("They came two weeks ago.", "two weeks ago", "2021-07-30", "2021-07-30"),
    ("It left a fortnight ago.", "a fortnight ago", "2021-07-30", "2021-07-30"),
    ("They will return in three months.", "in three months", "2021-11-13", "2021-11-13"),
    ("It will be ready within two years.", "within two years", "2021-08-13", "2023-08-12"),
    ("It fell over the past three days.", "past three days", "2021-08-10", "2021-08-12"),
    # parts of periods
    ("Talks were held in the first week of August.", "the first week of August", "2021-08-02", "2021-08-08"),
    ("They met in early July.", "early July", "2021-07-01", "2021-07-15"),
    ("They met in mid-June.", "mid-June", "2021-06-10", "2021-06-20"),
    ("It sank in late 2019.", "late 2019", "2019-09-01", "2019-12-31"),
    ("It sank late last year.", "late last year", "2020-07-01", "2020-12-31"),
    ("It sank earlier this year.", "earlier this year", "2021-01-01", "2021-08-12"),
    ("Exports rose in the second quarter of 2020.", "the second quarter of 2020", "2020-04-01", "2020-06-30"),
    ("Exports rose in Q2 2020.", "Q2 2020", "2020-04-01", "2020-06-30"),
    ("It was built in the second half of 2018.", "the second half of 2018", "2018-07-01", "2018-12-31"),
    # years, decades, centuries
    ("In 1996 it fired missiles.", "1996", "1996-01-01", "1996-12-31"),
    ("It began in the 1970s.", "the 1970s", "1970-01-01", "1979-12-31"),
    ("It began in the early 1970s.", "early 1970s", "1970-01-01", "1973-12-31"),
    ("A treaty of the 19th century.", "19th century", "1800-01-01", "1899-12-31"),
    # ranges: both named ends belong to it
    ("From March to May 2020 it was closed.", "From March to May 2020", "2020-03-01", "2020-05-31"),
    ("Between 2014 and 2018 it grew.", "Between 2014 and 2018", "2014-01-01", "2018-12-31"),
    ("The drill ran 9-13 August 2021.", "9-13 August 2021", "2021-08-09", "2021-08-13"),
    ("It ran from 28 July to 3 August.", "from 28 July to 3 August", "2021-07-28", "2021-08-03"),
    # open sides
    ("Since 2014 it has grown.", "Since 2014", "2014-01-01", None),
    ("It must be done by 2027.", "by 2027", None, "2027-12-31"),
    ("Before 1945 it was a colony.", "Before 1945", None, "1944-12-31"),
    ("After 2030 it will end.", "After 2030", "2031-01-01", None),
    ("It is barred until 1 September 2021.", "until 1 September 2021", None, "2021-09-01"),
    ("The drills would end on Sunday.", "Sunday", "2021-08-15", "2021-08-15"),
    ("By mid-2023 the base was complete.", "By mid-2023", None, "2023-08-31"),
    ("Since the start of the year 300 sorties were flown.", "Since the start of the year", "2021-01-01", None),
    ("In the six months to June, imports rose.", "June", "2021-06-01", "2021-06-30"),
    ("It was set up in '96.", "'96", "1996-01-01", "1996-12-31"),
    ("The summit opens on Tuesday.", "Tuesday", "2021-08-17", "2021-08-17"),
    # feasts
    ("It fired on Christmas 2020.", "Christmas 2020", "2020-12-25", "2020-12-25"),
    ("It fired during the Lunar New Year.", "Lunar New Year", "2021-02-12", "2021-02-12"),
]  # fmt: skip

NONE = [
    "The committee may act. They march on.",
    "Theresa May spoke; Mr March agreed.",
    "Article 9 and Resolution 1718 stand.",
    "It costs 2,021 dollars and weighs 2000 tonnes.",
    "Call +86 138-2010-2015 now.",
    "He was second to none; the sun sets in the west.",
    "Some 1,996 ships and F-16 jets.",
    "",
    "No words of time here at all.",
]


@pytest.mark.parametrize(("text", "quote", "start", "end"), ONE, ids=[row[1] for row in ONE])
def test_an_expression_has_the_interval_of_the_calendar(
    text: str, quote: str, start: str | None, end: str | None
) -> None:
    found = find_dates(text, PUBLISHED)
    assert [m.span.quote for m in found] == [quote]
    period = found[0].period
    assert (period.start and period.start.isoformat(), period.end and period.end.isoformat()) == (
        start,
        end,
    )
    assert text[found[0].span.start : found[0].span.end] == quote


@pytest.mark.parametrize("text", NONE)
def test_a_text_without_a_date_gives_none(text: str) -> None:
    assert find_dates(text, PUBLISHED) == ()


@pytest.mark.parametrize(
    "text", ["They came on August 5, 6 and 7.", "They came on 5, 6 and 7 August."]
)
def test_a_list_of_days_gives_each(text: str) -> None:
    found = find_dates(text, PUBLISHED)
    assert [m.period.start for m in found] == [date(2021, 8, n) for n in (5, 6, 7)]


def test_a_number_of_things_behind_a_day_is_no_day() -> None:
    assert len(find_dates("They came on August 5 and 6 ships sank.", PUBLISHED)) == 1


def test_an_impossible_day_is_found_and_has_no_interval() -> None:
    (mention,) = find_dates("It happened on 30 February 2021.", PUBLISHED)
    assert mention.span.quote == "30 February 2021"
    assert (mention.period.start, mention.period.end) == (None, None)


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
        begun = time.perf_counter()
        find_dates(text, PUBLISHED)
        spent.append(time.perf_counter() - begun)
    # Four times the text; sixteen times the time would be quadratic. Six leaves room for noise.
    assert spent[1] < 6 * spent[0] + 0.05

"""Calendar arithmetic: months, ISO weeks, quarters, seasons and feasts."""

from __future__ import annotations

from datetime import date, timedelta

from standoff.read.scan import word_class

Span = tuple[date, date]
MONTHS_OF = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
DAYS_OF = {"week": 7, "weekend": 7, "fortnight": 14}


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none.

    >>> make_day(2021, 2, 30) is None
    True
    """
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def shift(day: date, count: float, unit: str) -> date:
    """`day` moved by `count` units; the last of the month where the day does not exist.

    >>> shift(date(2021, 1, 31), 1, "month"), shift(date(2021, 8, 13), -2, "week")
    (datetime.date(2021, 2, 28), datetime.date(2021, 7, 30))
    """
    if unit in MONTHS_OF:
        index = day.year * 12 + day.month - 1
        index += round(max(min(count, 1e5), -1e5) * MONTHS_OF[unit])
        first, last = months_span(index, 1)
        return first.replace(day=min(day.day, last.day))
    ordinal = day.toordinal() + round(max(min(count, 4e6), -4e6) * DAYS_OF.get(unit, 1))
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


def months_span(index: int, count: int) -> Span:
    """First and last day of `count` months from the month `index` (12 times the year, plus 0 to 11).

    >>> months_span(2020 * 12 + 1, 1)[1]
    datetime.date(2020, 2, 29)
    """
    index = min(max(index, 12), 9999 * 12 + 11)
    after = index + count
    last = date.max if after > 9999 * 12 + 11 else date(after // 12, after % 12 + 1, 1)
    end = last if last == date.max else last - timedelta(days=1)
    return date(index // 12, index % 12 + 1, 1), end


def month_span(year: int, month: int) -> Span:
    """First and last day of a month."""
    return months_span(year * 12 + month - 1, 1)


def unit_span(day: date, unit: str) -> Span:
    """The calendar week, month, quarter, year ... that holds `day`; weeks run from Monday.

    >>> unit_span(date(2021, 8, 13), "quarter")
    (datetime.date(2021, 7, 1), datetime.date(2021, 9, 30))
    """
    if unit in MONTHS_OF:
        count = MONTHS_OF[unit]
        return months_span((day.year * 12 + day.month - 1) // count * count, count)
    if unit in DAYS_OF:
        monday = shift(day, -day.weekday(), "day")
        return shift(monday, 5 * (unit == "weekend"), "day"), shift(
            monday, 6 + 7 * (unit == "fortnight"), "day"
        )
    return day, day


def moved_unit(day: date, unit: str, step: int) -> Span:
    """The calendar unit `step` units after the one that holds `day`."""
    return unit_span(shift(unit_span(day, unit)[0], step, unit), unit)


def first_week(year: int, month: int) -> date:
    """Monday of the first week that has most of its days in the month (ISO 8601 for January).

    >>> first_week(2016, 10)
    datetime.date(2016, 10, 3)
    """
    return unit_span(date(year, month, 4), "week")[0]


def season_span(month: int, year: int) -> Span:
    """Meteorological season of the northern hemisphere that starts in `month` of `year`."""
    return months_span(year * 12 + month - 1, 3)


def business_day(day: date, count: int) -> date:
    """The day `count` working days later."""
    step = 1 if count > 0 else -1
    for _ in range(min(abs(count), 5000)):
        day = shift(day, step, "day")
        while day.weekday() >= 5:
            day = shift(day, step, "day")
    return day


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher).

    >>> easter(2019)
    datetime.date(2019, 4, 21)
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def feast_day(name: str, year: int) -> date | None:
    """The day of a feast in a year, None where the tables do not reach.

    >>> feast_day("black friday", 2010)
    datetime.date(2010, 11, 26)
    """
    if not 1 <= year <= 9998:
        return None
    if name in word_class("dates", "easter_feast"):
        return shift(easter(year), int(word_class("dates", "easter_feast")[name]), "day")
    if name in word_class("dates", "nth_feast"):
        month, weekday, nth, after = map(int, word_class("dates", "nth_feast")[name].split("-"))
        first, last = month_span(year, month)
        if nth:
            day = shift(first, (weekday - first.weekday()) % 7 + 7 * (nth - 1), "day")
        else:
            day = shift(last, -((last.weekday() - weekday) % 7), "day")
        return shift(day, after, "day")
    fixed = word_class("dates", "fixed_feast").get(name)
    if fixed is None:
        fixed = word_class("dates", word_class("dates", "lunar_feast")[name]).get(str(year))
    if fixed is None:
        return None
    month, day = map(int, fixed.split("-"))
    return date(year, month, day)

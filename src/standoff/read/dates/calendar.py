"""Calendar arithmetic: months, ISO weeks, quarters, seasons and feasts."""

from __future__ import annotations

from datetime import date, timedelta

DAY = timedelta(days=1)
# First days of feasts of the lunar calendars (Umm al-Qura and Chinese), as observed.
EID_AL_FITR = {
    2010: (9, 10), 2011: (8, 30), 2012: (8, 19), 2013: (8, 8), 2014: (7, 28), 2015: (7, 17),
    2016: (7, 6), 2017: (6, 25), 2018: (6, 15), 2019: (6, 4), 2020: (5, 24), 2021: (5, 13),
    2022: (5, 2), 2023: (4, 21), 2024: (4, 10), 2025: (3, 30), 2026: (3, 20), 2027: (3, 9),
}  # fmt: skip
EID_AL_ADHA = {
    2010: (11, 16), 2011: (11, 6), 2012: (10, 26), 2013: (10, 15), 2014: (10, 4), 2015: (9, 24),
    2016: (9, 11), 2017: (9, 1), 2018: (8, 21), 2019: (8, 11), 2020: (7, 31), 2021: (7, 20),
    2022: (7, 9), 2023: (6, 28), 2024: (6, 16), 2025: (6, 6), 2026: (5, 27), 2027: (5, 16),
}  # fmt: skip
LUNAR_NEW_YEAR = {
    2010: (2, 14), 2011: (2, 3), 2012: (1, 23), 2013: (2, 10), 2014: (1, 31), 2015: (2, 19),
    2016: (2, 8), 2017: (1, 28), 2018: (2, 16), 2019: (2, 5), 2020: (1, 25), 2021: (2, 12),
    2022: (2, 1), 2023: (1, 22), 2024: (2, 10), 2025: (1, 29), 2026: (2, 17), 2027: (2, 6),
}  # fmt: skip
FIXED = {
    "christmas": (12, 25), "christmas day": (12, 25), "xmas": (12, 25), "christmas eve": (12, 24),
    "boxing day": (12, 26), "new year": (1, 1), "new years": (1, 1), "new year's": (1, 1),
    "new year day": (1, 1), "new year's day": (1, 1), "new years day": (1, 1), "new year's eve": (12, 31),
    "new years eve": (12, 31), "new year eve": (12, 31), "halloween": (10, 31), "independence day": (7, 4),
    "valentine's day": (2, 14), "valentines day": (2, 14), "saint patrick": (3, 17),
    "st patrick's day": (3, 17), "saint patrick's day": (3, 17), "earth day": (4, 22),
    "international workers' day": (5, 1), "may day": (5, 1), "april fools": (4, 1), "april fools' day": (4, 1),
    "april fool's day": (4, 1), "veterans day": (11, 11), "armistice day": (11, 11),
    "remembrance day": (11, 11), "juneteenth": (6, 19), "victory day": (5, 9), "bastille day": (7, 14),
    "women's day": (3, 8), "international women's day": (3, 8), "groundhog day": (2, 2),
    "all saints' day": (11, 1),
    "anzac day": (4, 25), "canada day": (7, 1), "australia day": (1, 26), "cinco de mayo": (5, 5),
    "epiphany": (1, 6), "guy fawkes": (11, 5),
}  # fmt: skip
# (month, weekday Monday 0, which one; -1 the last)
NTH = {
    "thanksgiving": (11, 3, 4), "thanksgiving day": (11, 3, 4), "labor day": (9, 0, 1), "labour day": (9, 0, 1),
    "memorial day": (5, 0, -1), "columbus day": (10, 0, 2), "martin luther king day": (1, 0, 3),
    "mlk day": (1, 0, 3), "presidents day": (2, 0, 3), "presidents' day": (2, 0, 3), "president's day": (2, 0, 3),
    "mother's day": (5, 6, 2), "mothers day": (5, 6, 2), "father's day": (6, 6, 3), "fathers day": (6, 6, 3),
}  # fmt: skip
FROM_EASTER = {
    "easter": 0, "easter sunday": 0, "easter monday": 1, "good friday": -2, "palm sunday": -7,
    "ash wednesday": -46, "mardi gras": -47, "pentecost": 49, "ascension day": 39, "maundy thursday": -3,
}  # fmt: skip
LUNAR = {
    "eid al fitr": EID_AL_FITR, "eid al-fitr": EID_AL_FITR, "eid al adha": EID_AL_ADHA,
    "eid al-adha": EID_AL_ADHA, "lunar new year": LUNAR_NEW_YEAR, "chinese new year": LUNAR_NEW_YEAR,
    "spring festival": LUNAR_NEW_YEAR,
}  # fmt: skip
FEASTS = frozenset([*FIXED, *NTH, *FROM_EASTER, *LUNAR, "black friday", "cyber monday"])


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none.

    >>> make_day(2021, 2, 30) is None
    True
    """
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def month_span(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month.

    >>> month_span(2020, 2)[1]
    datetime.date(2020, 2, 29)
    """
    first = date(year, month, 1)
    after = date(year + month // 12, month % 12 + 1, 1) if year < 9999 or month < 12 else date.max
    return first, after - DAY if after != date.max else date.max


def add_months(day: date, months: int) -> date:
    """The day `months` later; the last of the month where the day does not exist.

    >>> add_months(date(2021, 1, 31), 1)
    datetime.date(2021, 2, 28)
    """
    index = day.year * 12 + day.month - 1 + months
    index = min(max(index, 12), 9999 * 12 + 11)
    first, last = month_span(index // 12, index % 12 + 1)
    return first.replace(day=min(day.day, last.day))


def shift(day: date, count: float, unit: str) -> date:
    """`day` moved by `count` units (day, week, fortnight, month, quarter, year, decade, century).

    >>> shift(date(2021, 8, 13), -2, "week")
    datetime.date(2021, 7, 30)
    """
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}.get(unit)
    if months is not None:
        return add_months(day, round(max(min(count, 1e5), -1e5) * months))
    days = {"week": 7, "fortnight": 14}.get(unit, 1)
    ordinal = day.toordinal() + round(max(min(count, 4e6), -4e6) * days)
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week that holds `day`."""
    monday = shift(day, -day.weekday(), "day")
    return monday, shift(monday, 6, "day")


def first_week(year: int, month: int) -> date:
    """Monday of the first week that has most of its days in the month (ISO 8601 for January).

    >>> first_week(2016, 10)
    datetime.date(2016, 10, 3)
    """
    return week_of(date(year, month, 4))[0]


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


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth (or with -1 the last) weekday of a month, Monday 0.

    >>> nth_weekday(2010, 11, 3, 4)
    datetime.date(2010, 11, 25)
    """
    first, last = month_span(year, month)
    if nth < 0:
        return shift(last, -((last.weekday() - weekday) % 7), "day")
    return shift(first, (weekday - first.weekday()) % 7 + 7 * (nth - 1), "day")


def feast(name: str, year: int) -> date | None:
    """The day of a feast in a year, None where the tables do not reach.

    >>> feast("black friday", 2010)
    datetime.date(2010, 11, 26)
    """
    if not 1 <= year <= 9998:
        return None
    if name in FIXED:
        return date(year, *FIXED[name])
    if name in NTH:
        return nth_weekday(year, *NTH[name])
    if name in FROM_EASTER:
        return shift(easter(year), FROM_EASTER[name], "day")
    if name in LUNAR:
        found = LUNAR[name].get(year)
        return date(year, *found) if found else None
    if name in ("black friday", "cyber monday"):
        return shift(nth_weekday(year, 11, 3, 4), 1 if name == "black friday" else 4, "day")
    return None


def decade_span(year: int) -> tuple[date, date]:
    """The ten years from `year`."""
    return date(year, 1, 1), date(min(year + 9, 9999), 12, 31)


def season_span(name: str, year: int) -> tuple[date, date]:
    """Meteorological season of the northern hemisphere that starts in `year`."""
    month = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}[name]
    start = date(year, month, 1)
    return start, add_months(start, 3) - DAY

"""Calendar units around a day, and counts of units in words or digits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from standoff.read.dates.calendar import add_months, decade_span, month_span, shift, week_of
from standoff.read.dates.names import CARDINALS, UNITS
from standoff.read.dates.value import Grain
from standoff.read.quantities.numbers import parse_number
from standoff.read.scan import Scan

GRAINS: dict[str, Grain] = {
    "day": "day", "week": "week", "fortnight": "other", "weekend": "weekend", "month": "month",
    "quarter": "quarter", "half": "half", "year": "year", "decade": "decade", "century": "century",
}  # fmt: skip
VAGUE = {"few": 3, "several": 3, "couple": 2}


def unit_span(day: date, unit: str) -> tuple[date, date]:
    """The calendar week, month, quarter, year ... that holds `day`.

    >>> unit_span(date(2021, 8, 13), "quarter")
    (datetime.date(2021, 7, 1), datetime.date(2021, 9, 30))
    """
    if unit == "week":
        return week_of(day)
    if unit == "fortnight":
        monday = week_of(day)[0]
        return monday, shift(monday, 13, "day")
    if unit == "weekend":
        monday = week_of(day)[0]
        return shift(monday, 5, "day"), shift(monday, 6, "day")
    if unit == "month":
        return month_span(day.year, day.month)
    if unit == "quarter":
        first = 3 * ((day.month - 1) // 3) + 1
        return date(day.year, first, 1), month_span(day.year, first + 2)[1]
    if unit == "half":
        first = 1 if day.month <= 6 else 7
        return date(day.year, first, 1), month_span(day.year, first + 5)[1]
    if unit == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if unit == "decade":
        return decade_span(max(day.year // 10 * 10, 1))
    if unit == "century":
        start = day.year // 100 * 100
        return date(max(start, 1), 1, 1), date(start + 99, 12, 31)
    return day, day


def moved_unit(day: date, unit: str, step: int) -> tuple[date, date]:
    """The calendar unit `step` units after the one that holds `day`."""
    start = unit_span(day, unit)[0]
    if unit == "half":
        return unit_span(add_months(start, 6 * step), unit)
    moved = shift(start, step, "week" if unit == "weekend" else unit)
    return unit_span(moved, unit)


@dataclass(frozen=True, slots=True)
class Count:
    """So many units, tokens up to `last`; `loose` names a vague count ("few")."""

    amounts: tuple[tuple[float, str], ...]
    last: int
    loose: str = ""
    business: bool = False

    def move(self, day: date, sign: int) -> date:
        for number, unit in self.amounts:
            if self.business and unit == "day":
                day = business_day(day, int(number) * sign)
            else:
                day = shift(day, sign * number, unit)
        return day


def business_day(day: date, count: int) -> date:
    step = 1 if count > 0 else -1
    for _ in range(min(abs(count), 5000)):
        day = shift(day, step, "day")
        while day.weekday() >= 5:
            day = shift(day, step, "day")
    return day


def count_at(scan: Scan, i: int, *, joined: bool = True) -> Count | None:
    """A count of calendar units at token `i`: two months, a fortnight, 2 years 1 month 12 days.

    >>> from standoff.read.scan import scan_text
    >>> count_at(scan_text("2 weeks and 3 days ago"), 0).amounts
    ((2.0, 'week'), (3.0, 'day'))
    """
    first = _one_count(scan, i)
    if first is None:
        return None
    amounts, j, loose, business = [first[0]], first[1], first[2], first[3]
    while joined and len(amounts) < 4:
        k = j + 1 if scan.word(j) in ("and", ",") else j
        more = _one_count(scan, k)
        if more is None or more[2]:
            break
        amounts.append(more[0])
        j = more[1]
    return Count(tuple(amounts), j, loose, business)


def _one_count(scan: Scan, i: int) -> tuple[tuple[float, str], int, str, bool] | None:
    word, loose = scan.word(i), ""
    if word in ("a", "an") and scan.word(i + 1) in VAGUE:
        loose, j = scan.word(i + 1), i + 2
    elif word in VAGUE:
        loose, j = word, i + 1
    elif word in ("a", "an"):
        number, j = 1.0, i + 1
        return _unit(scan, number, j, "")
    elif word in CARDINALS and scan.word(i + 1) in UNITS:  # "two quarters" is no fraction here
        return _unit(scan, float(CARDINALS[word]), i + 1, "")
    elif scan.kind(i) in ("n", "v") or (scan.kind(i) == "w" and word not in UNITS):
        parsed = parse_number(scan, i)
        if parsed is None or not 0 < parsed.value < 1e5:
            return None
        return _unit(scan, parsed.value, parsed.last, "")
    else:
        return None
    if loose == "couple" and scan.word(j) == "of":
        j += 1
    return _unit(scan, float(VAGUE[loose]), j, loose)


def _unit(
    scan: Scan, number: float, j: int, loose: str
) -> tuple[tuple[float, str], int, str, bool] | None:
    if (
        scan.word(j) == "and"
        and scan.word(j + 1) in ("half", "a")
        and (scan.word(j + 1) == "half" or scan.word(j + 2) == "half")
    ):
        number, j = number + 0.5, j + 2 + (scan.word(j + 1) == "a")
    if scan.word(j) == "-":
        j += 1
    business = scan.word(j) in ("business", "working", "calendar", "consecutive") and scan.word(
        j
    ) in ("business", "working")
    if scan.word(j) in ("business", "working", "calendar", "consecutive", "full", "more"):
        j += 1
    unit = UNITS.get(scan.word(j))
    if unit is None or scan.word(j) in ("night", "nights"):
        return None
    return (number, unit), j + 1, loose, business

"""Arithmetic checks on numbers made by hand: what holds, what does not, and what slip explains it."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.check.numbers import (
    check_change,
    check_comparison,
    check_duration,
    check_ratio,
    check_repeat,
    check_sum,
)
from standoff.check.tolerance import Interval, half_unit, interval, rounding, tolerance
from standoff.check.units import check_unit, convert, swapped_digits
from standoff.check.verdicts import number, plain
from standoff.terms import (
    ChangeContent,
    Comparator,
    ComparisonContent,
    DurationContent,
    Period,
    Quantity,
    RatioContent,
    RepeatContent,
    Span,
    SumContent,
    UnitContent,
)


def q(
    text: str,
    low: float | None,
    unit: str = "ship",
    how: Comparator = Comparator.EQUAL,
    high: float | None = None,
) -> Quantity:
    top = low if high is None and how is not Comparator.MORE else high
    return Quantity(Span(0, len(text), text), low, top if low is not None else high, unit, how)


# ------------------------------------------------------------------ tolerance


@pytest.mark.parametrize(
    ("text", "value", "amount"),
    [
        ("180", 180.0, 3.6),  # 2 %
        ("about 180", 180.0, 9.0),  # 5 % where the text says about
        ("3,000", 3000.0, 150.0),  # 5 % of whole thousands
        ("3,001", 3001.0, 60.02),
        ("7", 7.0, 0.5),  # half a unit is more than 2 %
        ("2.7", 2.7, 0.054),
        ("0.9", 0.9, 0.05),
    ],
)
def test_the_tolerance_is_the_larger_of_half_a_digit_and_a_share(
    text: str, value: float, amount: float
) -> None:
    how = Comparator.ABOUT if text.startswith("about") else Comparator.EQUAL
    assert tolerance(q(text, value, how=how)).amount == pytest.approx(amount)


def test_what_a_text_adds_up_itself_is_allowed_its_rounding_only() -> None:
    assert tolerance(q("180", 180.0), exact=True).amount == 0.5
    assert tolerance(q("about 180", 180.0, how=Comparator.ABOUT), exact=True).amount == 9.0


@pytest.mark.parametrize(
    ("text", "value", "half"),
    [
        ("2.75", 2.75, 0.005),
        ("27", 27.0, 0.5),
        ("2.7 million", 2.7e6, 5e4),
        ("27 thousand", 27e3, 500.0),
        ("4 hundred", 400.0, 50.0),
        ("1.2 billion", 1.2e9, 5e7),
        ("three", 3.0, 0.5),
        ("two hundred", 200.0, 50.0),
        ("five thousand", 5000.0, 500.0),
        ("doubled", 2.0, 0.2),
        ("0", 0.0, 0.5),
    ],
)
def test_half_a_unit_of_the_last_printed_digit(text: str, value: float, half: float) -> None:
    assert half_unit(q(text, value)) == pytest.approx(half)


@pytest.mark.parametrize(
    ("text", "value", "from_"),
    [("20", 20.0, 1.0), ("400", 400.0, 20.0), ("65", 65.0, 0.5), ("about 20", 20.0, 2.0)],
)
def test_what_a_round_number_may_be_rounded_from(text: str, value: float, from_: float) -> None:
    """Half of the last digit that is no zero, at most 5 %, at most 10 % where it says about."""
    assert rounding(q(text, value)) == pytest.approx(from_)


def test_more_than_opens_the_upper_end_and_less_than_the_lower() -> None:
    assert interval(q("500", 500.0, how=Comparator.MORE, high=500.0)) == Interval(490.0, None)
    assert interval(q("500", 500.0, how=Comparator.LESS, high=500.0)) == Interval(None, 510.0)
    assert interval(q("500", 500.0)) == Interval(490.0, 510.0)
    assert interval(q("4 to 6", 4.0, high=6.0)).high == pytest.approx(6.5)


@pytest.mark.parametrize(
    ("value", "slack", "holds"),
    [(1.0, 0.0, True), (2.0, 0.0, True), (0.99, 0.0, False), (2.01, 0.0, False), (2.5, 0.5, True),
     (0.5, 0.5, True), (2.51, 0.5, False)],
)  # fmt: skip
def test_an_interval_holds_its_ends(value: float, slack: float, holds: bool) -> None:
    assert Interval(1.0, 2.0).holds(value, slack) is holds


def test_open_intervals() -> None:
    assert Interval(None, 2.0).holds(-1e9) and Interval(1.0, None).holds(1e9)
    assert Interval(1.0, 2.0).overlaps(Interval(2.0, 3.0))
    assert not Interval(2.1, 3.0).overlaps(Interval(1.0, 2.0))
    assert Interval(None, None).overlaps(Interval(1.0, 2.0))
    assert Interval(2.0, None).scaled(3.0) == Interval(6.0, None)
    assert Interval(None, 2.0).scaled(3.0) == Interval(None, 6.0)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (70.0, "70"),
        (1234567.0, "1,234,567"),
        (1234.5, "1,234"),
        (12.345, "12.3"),
        (10.04, "10"),
        (9.876, "9.88"),
        (0.00002, "0.00002"),
        (-3.0, "-3"),
        (1e15, "1,000,000,000,000,000"),
    ],
)
def test_numbers_as_people_print_them(value: float, text: str) -> None:
    assert number(value) == text


def test_quantities_in_words() -> None:
    assert plain(q("x", 4.0, "km", high=6.0)) == "4 to 6 km"
    assert plain(q("x", 500.0, "mi", Comparator.LESS, 500.0)) == "less than 500 miles"
    assert plain(Quantity(Span(0, 1, "x"), None, None, "km")) == "an unstated number km"
    assert plain(Quantity(Span(0, 1, "x"), 3, 3, "count", noun="reefs")) == "3 reefs"


# ------------------------------------------------------------------ units


@pytest.mark.parametrize(
    ("first", "second", "outcome", "slip"),
    [
        (q("100 km", 100.0, "km"), q("62 mi", 62.0, "mi"), "SUPPORTED", ""),
        (q("80 km", 80.0, "km"), q("65 nmi", 65.0, "nmi"), "INCONSISTENT", ""),
        (q("112 km", 112.0, "km"), q("70 nmi", 70.0, "nmi"), "INCONSISTENT", "statute miles"),
        (q("50 kg", 50.0, "kg"), q("110 lb", 110.0, "lb"), "SUPPORTED", ""),
        (q("100 m", 100.0, "m"), q("238 ft", 238.0, "ft"), "INCONSISTENT", "swapped digits"),
        (q("10 km", 10.0, "km"), q("6 kg", 6.0, "kg"), "NOT_CHECKABLE", ""),
        (q("1.5 °C", 1.5, "°C"), q("2.7 °F", 2.7, "°F"), "SUPPORTED", ""),
        (q("20 °C", 20.0, "°C"), q("68 °F", 68.0, "°F"), "SUPPORTED", ""),
        (q("20 °C", 20.0, "°C"), q("78 °F", 78.0, "°F"), "INCONSISTENT", ""),
        (q("400 km", 400.0, "km"), q("260 mi", 260.0, "mi"), "NOT_CHECKABLE", ""),
    ],
)  # fmt: skip
def test_conversions_of_a_text(first: Quantity, second: Quantity, outcome: str, slip: str) -> None:
    """100 km are 62.1 mi, 80 km 43.2 nmi, 112 km 69.6 mi, 50 kg 110.2 lb, 100 m 328 ft, 400 km
    248.5 mi (400 may be rounded from 420, which is 261 mi)."""
    verdict = check_unit("c1", UnitContent(first, second))
    assert verdict.outcome == outcome, verdict.why
    assert slip in verdict.slip


@pytest.mark.parametrize(
    ("value", "source", "target", "result"),
    [
        (0.0, "°C", "K", 273.15),
        (212.0, "°F", "°C", 100.0),
        (0.0, "K", "°F", -459.67),
        (1.0, "league", "mi", 3.0),
        (1.0, "ton", "lb", 2000.0),
        (1.0, "long ton", "lb", 2240.0),
        (640.0, "acre", "mi2", 1.0),
        (1.0, "bbl", "gal", 42.0),
        (1.0, "ha", "m2", 10000.0),
        (1.0, "square nautical mile", "km2", 3.429904),
        (1.0, "mi2", "ft2", 5280.0**2),
        (36.0, "in", "yd", 1.0),
        (16.0, "oz", "lb", 1.0),
        (10.0, "m/s", "km/h", 36.0),
        (1.0, "wk", "d", 7.0),
        (90.0, "s", "min", 1.5),
        (2.0, "Mt TNT", "kt TNT", 2000.0),
        (1.0, "cubic metre", "L", 1000.0),
        (5.0, "sq km", "km2", 5.0),
    ],
)
def test_factors_are_those_of_the_definitions(
    value: float, source: str, target: str, result: float
) -> None:
    assert convert(value, source, target) == pytest.approx(result, rel=1e-6)


def test_swapped_digits_are_neighbours_and_lead_no_zero() -> None:
    assert swapped_digits(54.0, 45.0) == "54 for 45"
    assert swapped_digits(504.0, 405.0) == ""
    assert swapped_digits(40.0, 4.0) == ""
    assert swapped_digits(1.32, 1.23) == "1.32 for 1.23"
    assert swapped_digits(None, 45.0) == swapped_digits(54.0, None) == swapped_digits(-54, 45) == ""


# ------------------------------------------------------------------ ratios, sums, changes


def ratio(stated: Quantity, top: Quantity | None, bottom: Quantity | None):
    return check_ratio("c1", RatioContent("A", "B", "m", stated, top, bottom, Period.unstated()))


@pytest.mark.parametrize(
    ("stated", "top", "bottom", "outcome", "slip"),
    [
        (3.0, 90.0, 30.0, "SUPPORTED", ""),
        (3.0, 120.0, 30.0, "INCONSISTENT", "times as much taken for times more"),
        (3.0, 30.0, 90.0, "INCONSISTENT", "the wrong way round"),
        (3.0, 200.0, 30.0, "INCONSISTENT", ""),
        (3.0, 90.0, 0.0, "NOT_CHECKABLE", ""),
    ],
)
def test_ratios(stated: float, top: float, bottom: float, outcome: str, slip: str) -> None:
    verdict = ratio(q("3.0", stated, "ratio"), q(f"{top:g}", top), q(f"{bottom:g}", bottom))
    assert verdict is not None and verdict.outcome == outcome
    assert (slip in verdict.slip) if slip else verdict.slip == ""


def test_a_ratio_in_per_cent_and_in_two_units() -> None:
    verdict = ratio(q("25.0%", 25.0, "%"), q("10", 10.0), q("40", 40.0))
    assert verdict is not None and verdict.outcome == "SUPPORTED"
    verdict = ratio(q("2.0", 2.0, "ratio"), q("2 km", 2.0, "km"), q("1000 m", 1000.0, "m"))
    assert verdict is not None and verdict.outcome == "SUPPORTED"
    verdict = ratio(q("2.0", 2.0, "ratio"), q("2 km", 2.0, "km"), q("1 kg", 1.0, "kg"))
    assert verdict is not None and verdict.outcome == "NOT_CHECKABLE"
    assert ratio(q("2.0", 2.0, "ratio"), None, q("1", 1.0)) is None


def test_the_difference_of_a_ratio_is_relative_to_the_truth() -> None:
    verdict = ratio(q("3.3", 3.3, "ratio"), q("90", 90.0), q("30", 30.0))
    assert verdict is not None and verdict.difference == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("total", "parts", "outcome"),
    [
        (("9", 9.0), [("5", 5.0), ("4", 4.0)], "SUPPORTED"),
        (("9", 9.0), [("5", 5.0), ("3", 3.0)], "INCONSISTENT"),
        (("2.5 million", 2.5e6), [("1.2 million", 1.2e6), ("1.4 million", 1.4e6)], "SUPPORTED"),
        (("2.5 million", 2.5e6), [("1.2 million", 1.2e6), ("1.5 million", 1.5e6)], "INCONSISTENT"),
        (("999", 999.0), [("499", 499.0), ("501", 501.0)], "INCONSISTENT"),
        (("30", 30.0), [("14", 14.0), ("15", 15.0)], "INCONSISTENT"),
        # A round total may stand for what is near it: no accusation, and no support either.
        (("1,000", 1000.0), [("499", 499.0), ("500", 500.0)], "NOT_CHECKABLE"),
        (("12,000", 12000.0), [("5,800", 5800.0), ("6,150", 6150.0)], "NOT_CHECKABLE"),
        (("1,000", 1000.0), [("300", 300.0), ("500", 500.0)], "INCONSISTENT"),
        (("1,001", 1001.0), [("499", 499.0), ("500", 500.0)], "INCONSISTENT"),
    ],
)
def test_sums(total: tuple[str, float], parts: list[tuple[str, float]], outcome: str) -> None:
    """Whole numbers are exact; three rounded numbers may be off by a digit and a half."""
    verdict = check_sum("c1", SumContent(q(*total), tuple(q(*p) for p in parts)))
    assert verdict.outcome == outcome, verdict.why


def test_open_numbers_in_a_sum() -> None:
    more = q("more than 5", 5.0, how=Comparator.MORE)
    assert check_sum("c1", SumContent(q("20", 20.0), (more, q("4", 4.0)))).outcome == "SUPPORTED"
    less = Quantity(Span(0, 11, "less than 5"), 5.0, 5.0, "ship", Comparator.LESS)
    assert check_sum("c1", SumContent(q("20", 20.0), (less, q("4", 4.0)))).outcome == "INCONSISTENT"
    missing = Quantity(Span(0, 1, "x"), None, None, "ship")
    assert check_sum("c1", SumContent(q("20", 20.0), (missing,))).outcome == "NOT_CHECKABLE"


def test_a_part_may_equal_the_whole_and_not_exceed_it() -> None:
    for part, outcome in ((9.0, "NOT_CHECKABLE"), (10.0, "INCONSISTENT")):
        content = SumContent(q("9", 9.0), (q(f"{part:g}", part),), part_only=True)
        assert check_sum("c1", content).outcome == outcome


def change(before: Quantity, after: Quantity, by: Quantity | None, rising: bool | None = None):
    return check_change("c1", ChangeContent(before, after, by, rising))


@pytest.mark.parametrize(
    ("before", "after", "by", "outcome", "slip"),
    [
        (q("50", 50.0), q("60", 60.0), q("20%", 20.0, "%"), "SUPPORTED", ""),
        (q("50", 50.0), q("60", 60.0), q("10", 10.0), "SUPPORTED", ""),
        (q("50", 50.0), q("60", 60.0), q("16.7%", 16.7, "%"), "INCONSISTENT", "later number"),
        (q("50", 50.0), q("60", 60.0), q("120%", 120.0, "%"), "INCONSISTENT", "ratio printed"),
        (q("50", 50.0), q("60", 60.0), q("35%", 35.0, "%"), "INCONSISTENT", ""),
        (q("2.0%", 2.0, "%"), q("3.0%", 3.0, "%"), q("1.0%", 1.0, "%"), "INCONSISTENT",
         "per cent printed for percentage points"),
        (q("2.0%", 2.0, "%"), q("3.0%", 3.0, "%"), q("50", 50.0, "percentage point"),
         "INCONSISTENT", "percentage points printed for per cent"),
        (q("0", 0.0), q("60", 60.0), q("20%", 20.0, "%"), "NOT_CHECKABLE", ""),
        (q("50", 50.0), q("60", 60.0), None, "NOT_CHECKABLE", ""),
    ],
)  # fmt: skip
def test_changes(
    before: Quantity, after: Quantity, by: Quantity | None, outcome: str, slip: str
) -> None:
    verdict = change(before, after, by)
    assert verdict.outcome == outcome, verdict.why
    assert (slip in verdict.slip) if slip else verdict.slip == ""


def test_the_direction_of_a_change() -> None:
    assert change(q("8", 8.0), q("6", 6.0), None, rising=True).outcome == "INCONSISTENT"
    assert change(q("6", 6.0), q("8", 8.0), None, rising=False).outcome == "INCONSISTENT"
    assert change(q("6", 6.0), q("8", 8.0), None, rising=True).outcome == "NOT_CHECKABLE"
    assert change(q("8", 8.0), q("8", 8.0), None, rising=True).outcome == "NOT_CHECKABLE"


def test_a_change_over_two_units() -> None:
    """From 1 km to 1,500 m is half as much again."""
    verdict = change(q("1 km", 1.0, "km"), q("1500 m", 1500.0, "m"), q("50%", 50.0, "%"))
    assert verdict.outcome == "SUPPORTED", verdict.why


@pytest.mark.parametrize(
    ("first", "second", "more", "outcome"),
    [
        (q("48", 48.0), q("52", 52.0), True, "INCONSISTENT"),
        (q("48", 48.0), q("52", 52.0), False, "SUPPORTED"),
        (q("52", 52.0), q("48", 48.0), False, "INCONSISTENT"),
        (q("48", 48.0), q("48.2", 48.2), True, "NOT_CHECKABLE"),
        (q("2.0 km", 2.0, "km"), q("1500 m", 1500.0, "m"), True, "SUPPORTED"),
    ],
)
def test_comparisons_of_a_table(
    first: Quantity, second: Quantity, more: bool, outcome: str
) -> None:
    verdict = check_comparison("c1", ComparisonContent(first, second, more, own=False))
    assert verdict.outcome == outcome, verdict.why


def test_a_comparison_with_numbers_of_its_own_sentence_supports_nothing() -> None:
    content = ComparisonContent(q("52", 52.0), q("48", 48.0), True, own=True)
    assert check_comparison("c1", content).outcome == "NOT_CHECKABLE"


def test_a_limit_is_exact_where_a_rounded_number_is_not() -> None:
    near = (q("50.2", 50.2), q("50", 50.0))
    loose = ComparisonContent(*near, more=False, own=False)
    limit = ComparisonContent(*near, more=False, own=False, exact=True)
    assert check_comparison("c1", loose).outcome == "NOT_CHECKABLE"
    assert check_comparison("c1", limit).outcome == "INCONSISTENT"


def test_two_counts_of_one_thing() -> None:
    for second, outdated, outcome in (
        (q("7", 7.0), "", "SUPPORTED"),
        (q("8", 8.0), "", "INCONSISTENT"),
        (q("7", 7.0), "at 14:05", "INCONSISTENT"),
        (q("7 kg", 7.0, "kg"), "", "NOT_CHECKABLE"),
    ):
        verdict = check_repeat("c1", RepeatContent("the dead", q("7", 7.0), second, outdated))
        assert verdict.outcome == outcome, verdict.why
    verdict = check_repeat("c1", RepeatContent("the dead", q("10", 10.0), q("12", 12.0)))
    assert verdict.difference == pytest.approx(0.2)
    # 181 against "about 180": counts are exact only if both are.
    about = q("about 180", 180.0, how=Comparator.ABOUT)
    assert check_repeat("c1", RepeatContent("x", about, q("181", 181.0))).outcome == "SUPPORTED"


def lasting(text: str, value: float, unit: str, start: str, end: str, how=Comparator.EQUAL):
    days = (Period.day(date.fromisoformat(start)), Period.day(date.fromisoformat(end)))
    quantity = q(text, value, unit, how, value)
    return check_duration("c1", DurationContent(quantity, *days))


@pytest.mark.parametrize(
    ("text", "value", "unit", "start", "end", "outcome"),
    [
        ("9 days", 9.0, "d", "2021-08-01", "2021-08-10", "SUPPORTED"),  # the last day not counted
        ("10 days", 10.0, "d", "2021-08-01", "2021-08-10", "SUPPORTED"),  # counted
        ("8 days", 8.0, "d", "2021-08-01", "2021-08-10", "INCONSISTENT"),
        ("11 days", 11.0, "d", "2021-08-01", "2021-08-10", "INCONSISTENT"),
        ("2 weeks", 2.0, "wk", "2021-08-01", "2021-08-15", "SUPPORTED"),
        ("4 weeks", 4.0, "wk", "2021-08-01", "2021-08-15", "INCONSISTENT"),
        ("3 months", 3.0, "mo", "2021-01-10", "2021-04-10", "SUPPORTED"),
        ("5 months", 5.0, "mo", "2021-01-10", "2021-04-10", "INCONSISTENT"),
        ("3 days", 3.0, "d", "2021-08-10", "2021-08-01", "INCONSISTENT"),
    ],
)
def test_durations(text: str, value: float, unit: str, start: str, end: str, outcome: str) -> None:
    verdict = lasting(text, value, unit, start, end)
    assert verdict.outcome == outcome, verdict.why


def test_a_duration_without_a_date_is_not_checked() -> None:
    content = DurationContent(
        q("9 days", 9.0, "d"), Period.unstated(), Period.day(date(2021, 8, 10))
    )
    assert check_duration("c1", content).outcome == "NOT_CHECKABLE"

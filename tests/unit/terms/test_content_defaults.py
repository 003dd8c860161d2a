"""What a claim says where the words say no more: the least, so that no check is harder than they."""

from __future__ import annotations

from datetime import date

from standoff.terms import (
    ComparisonContent,
    DateContent,
    EventReport,
    ItemGrade,
    OfficeContent,
    Period,
    Quantity,
    SourceGrade,
    Span,
    SumContent,
)

TEN = Quantity(Span(0, 3, "ten"), 10, 10, "ship")


def test_parts_are_all_the_parts_unless_the_words_say_otherwise() -> None:
    assert SumContent(TEN, (TEN,)).part_only is False


def test_an_office_is_held_in_its_period_and_no_more() -> None:
    content = OfficeContent("Taro Aso", "prime minister", "JPN", Period.unstated())
    assert (content.former, content.present, content.named, content.others) == (
        False,
        False,
        False,
        (),
    )


def test_a_comparison_has_its_own_rounded_numbers() -> None:
    content = ComparisonContent(TEN, TEN, more=True)
    assert (content.own, content.exact) == (True, False)


def test_a_date_alone_names_no_weekday() -> None:
    assert DateContent(Period.unstated()).weekday is None


def test_a_report_is_neither_reviewed_nor_contested_until_somebody_says_so() -> None:
    report = EventReport(
        "S-001", "D-001", "Kyodo", SourceGrade.B, ItemGrade.UNKNOWN, date(2021, 8, 13), "rules", ""
    )
    assert (report.reviewed, report.contested) == (False, False)

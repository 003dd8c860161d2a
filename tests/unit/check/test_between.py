"""The same thing in two reports."""

from __future__ import annotations

from datetime import date

from standoff.assess import read_and_check
from standoff.check import ReportClaims, compare_reports


def report(name: str, text: str, day: date = date(2021, 8, 13), source: str = "") -> ReportClaims:
    found, _ = read_and_check(text, published=day)
    assert found.claims, text
    return ReportClaims(name, day, found.claims, source)


def test_two_distances_of_one_pair_clash() -> None:
    one = report("D-001", "Ishigaki is about 180 km from Taiwan.")
    two = report("D-002", "Ishigaki lies 118 nautical miles from Taiwan.")
    (clash,) = compare_reports([two, one])
    assert (clash.first_document, clash.second_document) == ("D-001", "D-002")
    assert "180 km" in clash.why and "118 nautical miles" in clash.why


def test_one_distance_in_two_units_does_not_clash() -> None:
    one = report("D-001", "Ishigaki is about 219 km from Taiwan.")
    two = report("D-002", "Ishigaki lies 118 nautical miles from Taiwan.")
    assert compare_reports([one, two]) == ()


def test_shares_clash_for_one_year_only() -> None:
    text = "Japan spent {} per cent of GDP on defence in {}."
    one = report("D-001", text.format("0.9", 2019))
    two = report("D-002", text.format("1.9", 2019))
    three = report("D-003", text.format("1.9", 2020))
    (clash,) = compare_reports([one, two, three])
    assert {clash.first_document, clash.second_document} == {"D-001", "D-002"}


def test_a_newer_figure_of_one_source_supersedes() -> None:
    text = "Japan spent {} per cent of GDP on defence in 2019."
    one = report("D-001", text.format("0.9"), date(2020, 4, 1), "SIPRI")
    two = report("D-002", text.format("1.2"), date(2021, 4, 1), "SIPRI")
    (clash,) = compare_reports([one, two])
    assert clash.superseded and clash.first_document == "D-001"


def test_two_holders_of_one_office_on_one_day_clash() -> None:
    one = report("D-001", "Prime Minister Yoshihide Suga spoke on 12 August 2021.")
    two = report("D-002", "Prime Minister Shinzo Abe spoke on 12 August 2021.")
    (clash,) = compare_reports([one, two])
    assert "Yoshihide Suga and Shinzo Abe" in clash.why


def test_terms_that_share_no_day_clash() -> None:
    one = report("D-001", "Shinzo Abe stepped down as prime minister in September 2020.")
    two = report("D-002", "Shinzo Abe stepped down as prime minister in 2019.")
    assert len(compare_reports([one, two])) == 1
    three = report("D-003", "Shinzo Abe stepped down as prime minister in 2020.")
    assert compare_reports([one, three]) == ()

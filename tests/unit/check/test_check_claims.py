"""Verdicts with their arithmetic. Truths are measured or published elsewhere."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.assess import read_and_check
from standoff.check import Facts, check_claims, parse_facts
from standoff.terms import Claim, Comparator, DistanceContent, Quantity, Span

DAY = date(2021, 8, 13)


def verdict(text: str, published: date = DAY):
    report, verdicts = read_and_check(text, published=published)
    assert len(verdicts) == len(report.claims) >= 1, "no claim was found"
    order = ("INCONSISTENT", "CONTRADICTED", "SUPPORTED", "NOT_CHECKABLE")
    return min(verdicts, key=lambda v: order.index(v.outcome))


# Coast-to-coast distances by other coastlines and by gazetteers: Ishigaki 218.6 km (GSHHG full),
# Yonaguni 108.5 km (GSHHG full), Seoul to Pyongyang 195 km (centres), Gotland to Latvia 150 km.
CASES = {
    "Ishigaki is about 220 km from Taiwan.": "SUPPORTED",
    "Ishigaki is about 180 km from Taiwan.": "CONTRADICTED",
    "Yonaguni is about 110 km from Taiwan.": "SUPPORTED",
    "Yonaguni is around 70 nautical miles from Taiwan.": "CONTRADICTED",
    "The distance between Seoul and Pyongyang is 195 km.": "SUPPORTED",
    "The zone reaches 200 nautical miles (370 km) from land.": "SUPPORTED",
    "It fell 80 km (roughly 65 nautical miles) from land.": "INCONSISTENT",
    "Five of the nine missiles fell inside. The remaining three fell outside.": "INCONSISTENT",
    "Five of the nine missiles fell inside. The remaining four fell outside.": "SUPPORTED",
    "They met on Thursday, 12 August 2021.": "SUPPORTED",
    "They met on Friday, 12 August 2021.": "INCONSISTENT",
    "Prime Minister Yoshihide Suga spoke on Monday.": "SUPPORTED",
    "Prime Minister Shinzo Abe spoke on Monday.": "CONTRADICTED",
    "Former Prime Minister Shinzo Abe spoke on Monday.": "SUPPORTED",
    "Yoshihige Suda, Japan's prime minister, spoke on Monday.": "CONTRADICTED",
    "The number of flights rose from 50 to 40 in a month.": "INCONSISTENT",
}


@pytest.mark.parametrize("text", CASES)
def test_outcomes(text) -> None:
    found = verdict(text)
    assert found.outcome == CASES[text], found.why
    assert found.why


def test_the_arithmetic_is_shown() -> None:
    text = (
        "Japan spends 0.94% of GDP on defence. South Korea spends about three times as much as "
        "Japan, at 2.7% of GDP."
    )
    _, verdicts = read_and_check(text, published=DAY)
    assert any("2.7 / 0.94 = 2.87" in v.formula for v in verdicts)


def test_a_part_bounds_the_whole() -> None:
    text = "They go to Yonaguni, about 70 nautical miles from Taiwan, and 125km from Yilan."
    found = verdict(text)
    assert found.outcome == "CONTRADICTED" and "at most 125 km" in found.why


def test_a_likely_slip_is_named() -> None:
    assert "statute" in verdict("Yonaguni is around 70 nautical miles from Taiwan.").slip


def distance(value: float, unit: str) -> Claim:
    span = Span(0, 1, "x")
    quantity = Quantity(span, value, value, unit, Comparator.ABOUT)
    return Claim("c1", span, "distance", "", DistanceContent("Yonaguni", "Taiwan", quantity))


@pytest.mark.parametrize("factor", [0.7, 1.0, 1.3])
def test_the_unit_a_number_is_written_in_changes_nothing(factor) -> None:
    km = 108.5 * factor
    written = [(km, "km"), (km / 1.852, "nmi"), (km / 1.609344, "mi"), (km * 1000, "m")]
    found = [check_claims([distance(v, u)], published=DAY)[0].outcome for v, u in written]
    assert len(set(found)) == 1
    assert found[0] == ("SUPPORTED" if factor == 1.0 else "CONTRADICTED")


def test_unknown_places_are_named_and_nothing_is_judged() -> None:
    span = Span(0, 1, "x")
    content = DistanceContent("Atlantis", "Taiwan", Quantity(span, 5.0, 5.0, "km"))
    (found,) = check_claims([Claim("c1", span, "distance", "", content)], published=DAY)
    assert found.outcome == "NOT_CHECKABLE" and "Atlantis" in found.why


def test_facts_of_the_user_count() -> None:
    rows = parse_facts(
        "kind,subject,object,value,unit,from,to,source\n"
        "distance,Yonaguni,Taiwan,70,nmi,,,a survey of 2020\n"
    )
    facts = Facts.shipped().with_rows(rows)
    (found,) = check_claims([distance(70.0, "nmi")], published=DAY, facts=facts)
    assert found.outcome == "SUPPORTED" and "a survey of 2020" in found.why


def test_the_time_of_the_sentence_decides_who_held_the_office() -> None:
    text = "Prime Minister Shinzo Abe spoke in 2015."
    assert verdict(text).outcome == "SUPPORTED"

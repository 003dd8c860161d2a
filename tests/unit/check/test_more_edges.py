"""Edges that a run of planted faults found open: slips, two distances of one pair, names, half a date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from standoff.check import Facts, check_claims
from standoff.check.attribution import check_attribution
from standoff.check.facts import Statement
from standoff.check.names import check_name
from standoff.check.people import check_office
from standoff.check.shares import check_share, check_state_ratio, years_of
from standoff.check.units import check_unit
from standoff.terms import (
    AttributionContent,
    Claim,
    DistanceContent,
    NameContent,
    OfficeContent,
    Period,
    Quantity,
    RatioContent,
    Reference,
    ShareContent,
    Span,
    UnitContent,
)

DAY = date(2021, 8, 13)


def q(text: str, value: float, unit: str) -> Quantity:
    return Quantity(Span(0, len(text), text), value, value, unit)


def test_either_unit_of_a_conversion_may_be_the_wrong_one() -> None:
    """100 km are 62.1 statute miles and 54 nautical ones; 112.7 km are 70 statute miles."""
    second = check_unit("c1", UnitContent(q("100 km", 100, "km"), q("62 nmi", 62, "nmi")))
    assert second.slip == (
        "100 km would be 62.1 statute miles: nautical miles taken for statute miles"
    )
    first = check_unit("c1", UnitContent(q("70 nmi", 70, "nmi"), q("112.7 km", 112.7, "km")))
    assert first.slip.endswith("statute miles taken for nautical miles")


def distances(*kilometres: float, places: tuple[str, str] = ("Ishigaki", "Taiwan")):
    claims = [
        Claim(f"c{i}", Span(0, 1, "x"), "distance", "", DistanceContent(*places, q(f"{km:g} km", km, "km")))
        for i, km in enumerate(kilometres)
    ]  # fmt: skip
    return check_claims(claims, published=DAY)


def test_two_distances_of_one_pair_in_one_text_name_each_other() -> None:
    """Ishigaki lies 219 km from Taiwan (GSHHG)."""
    right, wrong = distances(220, 300)
    assert (right.outcome, right.against) == ("SUPPORTED", ("c1",))
    assert (wrong.outcome, wrong.against) == ("CONTRADICTED", ("c0",))
    assert "the text also gives 300 km" in right.why
    assert [v.against for v in distances(219, 220)] == [(), ()]
    # Where no fact decides, the two alone are inconsistent.
    unknown = distances(100, 300, places=("Qwertyville", "Uiopham"))
    assert [v.outcome for v in unknown] == ["INCONSISTENT", "INCONSISTENT"]


def test_a_near_miss_is_at_most_twenty_five_kilometres_however_long_the_way() -> None:
    """Guam lies about 2,900 km from China: 5 % of it would be 145 km."""
    for km, outcome in ((2960, "SUPPORTED"), (3120, "CONTRADICTED")):
        (verdict,) = distances(km, places=("Guam", "China"))
        assert verdict.outcome == outcome, verdict.why


@pytest.mark.parametrize(("days", "outcome"), [(62, "CONTRADICTED"), (63, "NOT_CHECKABLE")])
def test_a_part_of_a_statement_is_telling_for_two_months(days: int, outcome: str) -> None:
    words = "we shall defend the strait with every ship and every aircraft that we have"
    reference = Reference(words, "s")
    said = Statement("Ann Able", "AAA", "", DAY - timedelta(days), words, reference)
    content = AttributionContent(
        "Bob Baker", "defend the strait with every ship", Period.unstated()
    )
    verdict = check_attribution("c1", content, DAY, Facts(statements=(said,)))
    assert verdict.outcome == outcome


def test_half_a_period_names_no_years() -> None:
    recent = [2021, 2020, 2019, 2018]
    for period in (Period(date(2010, 1, 1), None), Period(None, date(2010, 1, 1))):
        assert years_of(period, DAY) == (recent, False)
    edge = Period(date(2017, 1, 1), date(2017, 1, 1) + timedelta(800))
    assert years_of(edge, DAY) == ([2019, 2018, 2017], True)
    longer = Period(date(2017, 1, 1), date(2017, 1, 1) + timedelta(801))
    assert years_of(longer, DAY) == (recent, False)


def test_a_share_is_told_in_per_cent_and_an_amount_in_billions() -> None:
    year = Period(date(2019, 1, 1), date(2019, 12, 31))
    share = check_share(
        "c1",
        ShareContent("JPN", "milex_gdp_share", q("0.93%", 0.93, "% of GDP"), year),
        DAY,
        Facts(),
    )
    assert share.reference is not None and "% of GDP (JPN, 2019)" in share.reference.value
    money = check_share(
        "c1", ShareContent("USA", "milex_usd", q("$734 billion", 734e9, "USD"), year), DAY, Facts()
    )
    assert money.reference is not None and "bn USD (USA, 2019)" in money.reference.value
    # (734 - 734.344) / 734.344 where the figure is that of the later release.
    assert money.difference is not None and abs(money.difference) < 0.02


def test_a_share_within_tolerance_says_how_far_it_is_off() -> None:
    year = Period(date(2019, 1, 1), date(2019, 12, 31))
    verdict = check_share(
        "c1",
        ShareContent("JPN", "milex_gdp_share", q("0.94%", 0.94, "% of GDP"), year),
        DAY,
        Facts(),
    )
    # SIPRI's release of 2020 gives 0.937.
    assert verdict.outcome == "SUPPORTED"
    assert verdict.difference == pytest.approx((0.94 - 0.937) / 0.937)


def test_a_ratio_of_states_says_how_far_it_is_off() -> None:
    year = Period(date(2019, 1, 1), date(2019, 12, 31))
    content = RatioContent("USA", "CHN", "milex_usd", q("10 times", 10, "ratio"), None, None, year)
    verdict = check_state_ratio("c1", content, DAY)
    assert verdict.reference is not None and verdict.difference is not None
    ratio = float(verdict.reference.value)
    assert verdict.difference == pytest.approx((10 - ratio) / ratio, rel=0.01)
    assert 2.4 < ratio < 3.2


def test_a_name_near_a_known_one_must_be_of_the_office_that_the_words_give() -> None:
    """Yoshihide Suga was chief cabinet secretary and prime minister, never foreign minister."""
    on = Period.day(date(2021, 3, 1))
    near = NameContent("Yoshihide Sugo", "person", "JPN", "prime minister", on)
    assert check_name("c1", near).outcome == "CONTRADICTED"
    exact = NameContent("Yoshihide Suga", "person", "JPN", "prime minister", on)
    assert check_name("c1", exact).outcome == "SUPPORTED"
    other = NameContent("Yoshihide Sugo", "person", "JPN", "foreign minister", on)
    assert check_name("c1", other).outcome == "NOT_CHECKABLE"


def test_a_former_official_of_another_state_is_not_called_wrong() -> None:
    """Angela Merkel was chancellor of Germany, and head of no other government."""
    on = Period.day(date(2023, 3, 1))
    wrong = OfficeContent("Angela Merkel", "chancellor", "AUT", on, former=True, named=True)
    assert check_office("c1", wrong, Facts()).outcome == "NOT_CHECKABLE"
    then = Period.day(date(2019, 3, 1))
    present = OfficeContent("Angela Merkel", "chancellor", "AUT", then, named=True)
    assert check_office("c1", present, Facts()).outcome == "CONTRADICTED"

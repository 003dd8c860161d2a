"""Laws of CHECK: units round-trip, wording changes no verdict, a shift of 30 % flips one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.assess import read_and_check
from standoff.check import check_claims
from standoff.check.units import convert
from standoff.terms import (
    ChangeContent,
    Claim,
    Comparator,
    DistanceContent,
    DurationContent,
    Period,
    Quantity,
    RatioContent,
    ShareContent,
    Span,
    SumContent,
    UnitContent,
)

DAY = date(2021, 8, 13)
ALARMS = ("CONTRADICTED", "INCONSISTENT")
LENGTHS = ("km", "nmi", "mi", "m", "ft", "yd")
# Coast to coast or point to point, by an independent coastline (GSHHG, full resolution) or by
# published positions of the two cities.
KNOWN = {
    ("Ishigaki", "Taiwan"): 218.6,
    ("Yonaguni", "Taiwan"): 108.5,
    ("Seoul", "Pyongyang"): 195.0,
    ("New Delhi", "Islamabad"): 691.0,
    ("Tallinn", "Helsinki"): 82.0,
}


def number(value: float, unit: str, comparator: Comparator = Comparator.EQUAL) -> Quantity:
    """A number printed with four figures, so that its rounding is far below 2 %."""
    text = f"{value:.4g}" if value < 1000 else f"{value:.1f}"
    return Quantity(Span(0, len(text), text), float(text), float(text), unit, comparator)


def outcome(content) -> str:
    claim = Claim("c1", Span(0, 1, "x"), "any", "", content)
    return str(check_claims([claim], published=DAY)[0].outcome)


@given(st.floats(1e-3, 1e7), st.sampled_from(LENGTHS), st.sampled_from(LENGTHS))
def test_conversions_round_trip(value, first, second) -> None:
    there = convert(value, first, second)
    assert there is not None
    assert convert(there, second, first) == pytest.approx(value, rel=1e-12)


@given(st.sampled_from(sorted(KNOWN)), st.floats(0.3, 3.0))
@settings(max_examples=60, deadline=None)
def test_the_unit_of_a_distance_changes_no_verdict(pair, factor) -> None:
    km = KNOWN[pair] * factor
    found = {
        outcome(DistanceContent(*pair, Quantity(Span(0, 1, "x"), v, v, unit)))
        for unit in LENGTHS
        if (v := convert(km, "km", unit)) is not None
    }
    assert len(found) == 1


@given(st.sampled_from(sorted(KNOWN)), st.floats(0.55, 1.8))
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_two_places_changes_no_verdict(pair, factor) -> None:
    quantity = number(KNOWN[pair] * factor, "km")
    assert outcome(DistanceContent(*pair, quantity)) == outcome(
        DistanceContent(*pair[::-1], quantity)
    )


@pytest.mark.parametrize("pair", sorted(KNOWN))
@pytest.mark.parametrize("factor", [0.7, 1.3])
@pytest.mark.parametrize("comparator", [Comparator.EQUAL, Comparator.ABOUT])
def test_a_shift_of_30_percent_flips_a_distance(pair, factor, comparator) -> None:
    km = KNOWN[pair]
    assert outcome(DistanceContent(*pair, number(km, "km", comparator))) == "SUPPORTED"
    shifted = outcome(DistanceContent(*pair, number(km * factor, "km", comparator)))
    # Islands have several readings: from the coast, from the middle, to the main land only.
    assert shifted != "SUPPORTED" or pair[0] == "Ishigaki"


@given(st.integers(1, 500), st.integers(1, 500), st.integers(0, 500))
def test_whole_numbers_add_up_exactly(one, two, three) -> None:
    parts = tuple(number(float(n), "count") for n in (one, two, three))
    total = one + two + three
    assert outcome(SumContent(number(float(total), "count"), parts)) == "SUPPORTED"
    assert outcome(SumContent(number(float(total + 1), "count"), parts)) == "INCONSISTENT"


@given(st.floats(1.0, 999.0), st.floats(1.5, 20.0), st.sampled_from([0.7, 1.3]))
def test_a_shifted_ratio_flips(bottom, ratio, factor) -> None:
    below = number(bottom, "USD")
    above = number((below.value or 1.0) * ratio, "USD")
    actual = (above.value or 0.0) / (below.value or 1.0)

    def told(value: float) -> str:
        stated = Quantity(Span(0, 5, f"{value:.3f}"), value, value, "ratio")
        return outcome(RatioContent("", "", "stated", stated, above, below, Period.unstated()))

    assert told(actual) == "SUPPORTED"
    assert told(actual * factor) == "INCONSISTENT"


@given(st.floats(50.0, 900.0), st.floats(10.0, 200.0), st.sampled_from((0.7, 1.3)))
def test_a_shifted_change_flips(before, percent, factor) -> None:
    after = number(float(f"{before * (1 + percent / 100):.4g}"), "count")
    start = number(before, "count")
    assert outcome(ChangeContent(start, after, number(percent, "%"), True)) == "SUPPORTED"
    assert outcome(ChangeContent(start, after, number(percent * factor, "%"), True)) in ALARMS


@given(st.integers(20, 300), st.sampled_from((0.7, 1.3)))
def test_a_shifted_duration_flips(days, factor) -> None:
    first, last = Period.day(DAY), Period.day(DAY + timedelta(days=days))
    true = number(float(days), "d")
    assert outcome(DurationContent(true, first, last)) == "SUPPORTED"
    assert outcome(DurationContent(number(days * factor, "d"), first, last)) in ALARMS


@given(st.integers(10, 5000), st.integers(10, 5000))
def test_the_direction_of_a_change(before, after) -> None:
    if before == after:
        return
    first, last = number(float(before), "count"), number(float(after), "count")
    # A direction that holds proves no number: other numbers would do as well.
    assert outcome(ChangeContent(first, last, None, after > before)) == "NOT_CHECKABLE"
    assert outcome(ChangeContent(first, last, None, after < before)) == "INCONSISTENT"


@given(st.floats(5.0, 900.0), st.sampled_from([("nmi", "km"), ("mi", "km"), ("km", "mi")]))
def test_a_right_conversion_holds_and_a_shifted_one_does_not(value, pair) -> None:
    first = number(value, pair[0])
    other = convert(first.value or 0.0, *pair)
    assert other is not None
    assert outcome(UnitContent(first, number(other, pair[1]))) == "SUPPORTED"
    assert outcome(UnitContent(first, number(other * 1.3, pair[1]))) == "INCONSISTENT"
    assert outcome(UnitContent(first, number(other * 0.7, pair[1]))) == "INCONSISTENT"


# SIPRI's release 1949-2020, printed in its fact sheet of April 2021 for 2020.
@pytest.mark.parametrize(
    ("actor", "share"), [("JPN", 1.0), ("KOR", 2.8), ("USA", 3.7), ("IND", 2.9)]
)
def test_a_shifted_share_is_supported_no_more(actor, share) -> None:
    period = Period(date(2020, 1, 1), date(2020, 12, 31), "2020")

    def told(value: float) -> str:
        return outcome(ShareContent(actor, "milex_gdp_share", number(value, "% of GDP"), period))

    assert told(share) == "SUPPORTED"
    assert told(share * 2) in ALARMS and told(share / 2) in ALARMS


WORDINGS = (
    ("Yonaguni is 70 nmi from Taiwan.", "Yonaguni is seventy nautical miles from Taiwan.",
     "Yonaguni is 129.6 km from Taiwan.", "Yonaguni lies 70 nautical miles off Taiwan.",
     "The distance between Yonaguni and Taiwan is 129.6 km."),
    ("Ishigaki is 220 km from Taiwan.", "Ishigaki lies 119 nautical miles from Taiwan.",
     "Ishigaki is two hundred and twenty kilometres from Taiwan."),
    ("Of the nine ships, five were new and the remaining three were old.",
     "Of the 9 ships, 5 were new and the remaining 3 were old.",
     "Five of the nine ships were new. The remaining three were old."),
    ("Russia sent 190,000 soldiers, up from 100,000, an increase of 50 per cent.",
     "The number of soldiers rose from 100,000 to 190,000, an increase of 50%.",
     "The number of soldiers rose by 50 percent, from 100,000 to 190,000."),
)  # fmt: skip


GRAVITY = ("INCONSISTENT", "CONTRADICTED", "SUPPORTED", "NOT_CHECKABLE")


@pytest.mark.parametrize("wordings", WORDINGS)
def test_another_wording_changes_no_verdict(wordings) -> None:
    found: list[str] = []
    for text in wordings:
        _, verdicts = read_and_check(text, published=DAY)
        assert verdicts, text
        # One wording may tell of more than another ("five of the nine"): the gravest verdict counts.
        found.append(min((str(v.outcome) for v in verdicts), key=GRAVITY.index))
    assert all(f == found[0] for f in found), list(zip(wordings, found, strict=True))


@given(st.floats(allow_nan=False, allow_infinity=False, width=32), st.sampled_from(LENGTHS))
@settings(max_examples=60, deadline=None)
def test_no_number_makes_a_check_crash(value, unit) -> None:
    assert outcome(
        DistanceContent("Seoul", "Pyongyang", Quantity(Span(0, 1, "x"), value, value, unit))
    )
    assert outcome(UnitContent(number(1.0, "km"), Quantity(Span(0, 1, "x"), value, value, unit)))

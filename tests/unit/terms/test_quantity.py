"""Numbers with open ends, periods of days, and what of them may overlap: counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.errors import ImpossibleDate, ModelError
from standoff.terms import Comparator, DateBasis, Estimate, Period, Quantity, Span

WORDS = Span(0, 3, "ten")


@pytest.mark.parametrize(
    ("low", "high", "value"),
    [
        (70.0, 70.0, 70.0),
        (100.0, 300.0, 200.0),
        (500.0, None, 500.0),
        (None, 80.0, 80.0),
        (None, None, None),
    ],
)
def test_the_value_of_a_range_is_its_middle_and_of_an_open_one_its_known_end(
    low: float | None, high: float | None, value: float | None
) -> None:
    assert Quantity(WORDS, low, high, "km").value == value


def test_only_about_is_approximate() -> None:
    hedges = {c: Quantity(WORDS, 1, 1, "km", c).approximate for c in Comparator}
    assert [c for c, yes in hedges.items() if yes] == [Comparator.ABOUT]


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def test_a_period_counts_both_ends() -> None:
    assert Period.day(date(2021, 8, 13)).days == 1
    assert Period(date(2020, 2, 28), date(2020, 3, 1)).days == 3  # a leap year
    assert Period(date(2021, 1, 1), None).days is None
    assert Period(None, date(2021, 1, 1)).days is None
    assert Period.unstated().days is None
    assert Period.unstated().basis is DateBasis.UNSTATED


def test_a_period_of_one_day_is_no_period_that_ends_before_it_starts() -> None:
    assert Period(date(2021, 8, 3), date(2021, 8, 3)).days == 1
    with pytest.raises(ImpossibleDate, match="2021-08-04 to 2021-08-03"):
        Period(date(2021, 8, 4), date(2021, 8, 3))


@pytest.mark.parametrize(
    ("first", "second", "slack", "shared"),
    [
        (("2021-08-01", "2021-08-03"), ("2021-08-03", "2021-08-05"), 0, True),
        (("2021-08-01", "2021-08-03"), ("2021-08-04", "2021-08-05"), 0, False),
        (("2021-08-01", "2021-08-03"), ("2021-08-04", "2021-08-05"), 1, True),
        (("2021-08-01", "2021-08-03"), ("2021-08-06", "2021-08-07"), 2, False),
        (("2021-08-01", "2021-08-03"), ("2021-08-06", "2021-08-07"), 3, True),
        (("2021-08-01", None), ("2025-01-01", "2025-01-02"), 0, True),
        (("2021-08-01", None), ("2021-07-01", "2021-07-31"), 0, False),
        ((None, "2021-08-03"), ("2021-08-04", None), 0, False),
        ((None, "2021-08-03"), ("2021-08-03", None), 0, True),
        ((None, None), ("2021-08-04", "2021-08-04"), 0, True),
        ((None, None), (None, None), 0, True),
    ],
)
def test_what_may_share_a_day(
    first: tuple[str | None, str | None],
    second: tuple[str | None, str | None],
    slack: int,
    shared: bool,
) -> None:
    one, two = (Period(day(a), day(b)) for a, b in (first, second))
    assert one.overlaps(two, slack) is shared
    assert two.overlaps(one, slack) is shared


def test_the_interval_of_a_hundred_and_one_ranks_is_read_off_the_ranks() -> None:
    """Of 0, 1, ..., 100 the quantile q is 100 q, whatever the definition."""
    ranks = [float(n) for n in range(101)]
    ninety = Estimate.of(ranks)
    assert (ninety.low, ninety.median, ninety.high, ninety.mean) == (5.0, 50.0, 95.0, 50.0)
    half = Estimate.of(ranks, coverage=0.5)
    assert (half.low, half.high, half.coverage) == (25.0, 75.0, 0.5)


def test_of_skewed_draws_mean_and_median_differ_and_without_draws_they_do_not() -> None:
    skewed = Estimate.of([0.0, 0.0, 0.0, 1.0])
    assert (skewed.median, skewed.mean) == (0.0, 0.25)
    assert Estimate(0.3, 0.1, 0.9).mean == 0.3
    assert Estimate(0.3, 0.1, 0.9, mean=0.4).mean == 0.4


@pytest.mark.parametrize("draws", [[], [1.0, float("nan")], [float("inf")]])
def test_draws_that_are_none_or_not_finite_are_refused(draws: list[float]) -> None:
    with pytest.raises(ModelError, match=f"{len(draws)} draws"):
        Estimate.of(draws)


def test_a_ratio_of_common_draws() -> None:
    """Means 3 and 2; draw by draw 1, 2 and 1.5."""
    ratio = Estimate.ratio([1.0, 2.0, 6.0], [1.0, 1.0, 4.0], coverage=0.5)
    assert ratio.mean == 1.5
    assert ratio.median == 1.5
    assert (ratio.low, ratio.high, ratio.coverage) == (1.25, 1.75, 0.5)

"""The printed word follows ICD 203, edges and straddling intervals included."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.assess.confidence import confidence
from standoff.brief.words import BINS, interval, likelihood, likelihood_range, percent
from standoff.errors import ModelError
from standoff.terms import Estimate


@pytest.mark.parametrize(
    ("p", "term"),
    [
        (0.0, "almost no chance"),
        (0.0499, "almost no chance"),
        (0.05, "very unlikely"),
        (0.20, "unlikely"),
        (0.45, "roughly even chance"),
        (0.55, "likely"),
        (0.80, "very likely"),
        (0.95, "almost certain"),
        (1.0, "almost certain"),
    ],
)
def test_edges_belong_to_the_upper_bin(p: float, term: str) -> None:
    assert likelihood(p) == term


def test_bins_cover_the_unit_interval_without_gap() -> None:
    assert BINS[0][0] == 0 and BINS[-1][1] == 1
    assert all(a[1] == b[0] for a, b in itertools.pairwise(BINS))


def test_an_interval_over_two_bins_says_so() -> None:
    assert (
        likelihood_range(Estimate(0.1, 0.02, 0.3)) == "anywhere from almost no chance to unlikely"
    )
    assert likelihood_range(Estimate(0.1, 0.06, 0.3)) == "anywhere from very unlikely to unlikely"
    # The mean is in the bin of neither end alone: the words follow the interval.
    assert likelihood_range(Estimate(0.04, 0.01, 0.06)).startswith("anywhere from")
    assert likelihood_range(Estimate(0.1, 0.06, 0.19)) == "very unlikely"
    # A mean may lie outside its central interval: a few draws far up.
    assert likelihood_range(Estimate(0.02, 0.01, 0.045, 0.9, 0.06)) == "almost no chance"


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_the_words_name_the_bins_of_both_ends(a: float, b: float) -> None:
    low, high = sorted((a, b))
    told = likelihood_range(Estimate((low + high) / 2, low, high))
    if likelihood(low) == likelihood(high):
        assert told == likelihood(low)
    else:
        assert told == f"anywhere from {likelihood(low)} to {likelihood(high)}"


@given(st.floats(2e-6, 1.0 - 2e-6))
def test_every_chance_is_a_percentage_of_two_digits(p: float) -> None:
    text = percent(p)
    assert text.endswith(" %")
    shown = float(text[:-2]) / 100
    # Two significant digits of the chance, or of what is left of one where it is above 99 %.
    small, off = (p, abs(shown - p)) if p <= 0.99 else (1 - p, abs(shown - p))
    assert off / small < 0.0505


def test_interval_prints_both_ends() -> None:
    assert interval(Estimate(0.3, 0.1, 0.6)) == "10 % to 60 %"


def test_what_is_no_probability_is_refused() -> None:
    with pytest.raises(ModelError):
        likelihood(1.2)


def test_f_and_6_are_unknown_and_raise_no_confidence() -> None:
    assert confidence(["F6", "F6", "F6", "F6"]) == "low"

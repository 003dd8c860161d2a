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


def test_an_interval_over_three_bins_says_so() -> None:
    assert (
        likelihood_range(Estimate(0.1, 0.02, 0.3)) == "anywhere from almost no chance to unlikely"
    )
    assert likelihood_range(Estimate(0.1, 0.06, 0.3)) == "very unlikely"


@given(st.floats(1e-6, 0.00999))
def test_below_one_per_cent_a_frequency(p: float) -> None:
    text = percent(p)
    assert text.startswith("1 in ")
    shown = 1 / int(text[5:].replace(",", ""))
    # Two significant digits: at most five per cent off.
    assert abs(shown - p) / p < 0.055


def test_interval_prints_both_ends() -> None:
    assert interval(Estimate(0.3, 0.1, 0.6)) == "10 % to 60 %"


def test_what_is_no_probability_is_refused() -> None:
    with pytest.raises(ModelError):
        likelihood(1.2)


def test_f_and_6_are_unknown_and_raise_no_confidence() -> None:
    assert confidence(["F6", "F6", "F6", "F6"]) == "low"

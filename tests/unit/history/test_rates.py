"""Intervals against tables that others have printed, and by what they must do."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.errors import ModelError
from standoff.history import rate


def test_wilson_against_printed_values() -> None:
    """Newcombe, Statistics in Medicine 17 (1998) 857, Table I, method 3, 95 %."""
    for k, n, low, high in (
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ):
        r = rate(k, n, level=0.95, kind="wilson")
        assert (r.low, r.high) == pytest.approx((low, high), abs=5e-5)


def test_jeffreys_by_drawing_from_the_posterior() -> None:
    draws = np.random.default_rng(1).beta(4.5, 9.5, 2_000_000)
    r = rate(4, 13)
    # The quantiles of two million draws are good to about 0.0005.
    assert (r.low, r.high) == pytest.approx(tuple(np.quantile(draws, [0.05, 0.95])), abs=1e-3)


@given(st.integers(0, 60), st.integers(1, 60), st.sampled_from(["jeffreys", "wilson"]))
def test_laws_of_an_interval(k: int, n: int, kind) -> None:
    k = min(k, n)
    r = rate(k, n, kind=kind)
    assert 0.0 <= r.low <= r.value <= r.high <= 1.0
    mirror = rate(n - k, n, kind=kind)
    assert mirror.low == pytest.approx(1 - r.high, abs=1e-9)
    wider = rate(k, n, kind=kind, level=0.99)
    assert wider.low <= r.low + 1e-12 and wider.high >= r.high - 1e-12


def test_impossible_counts_are_refused() -> None:
    for k, n in ((1, 0), (-1, 5), (6, 5)):
        with pytest.raises(ModelError, match=f"{k} of {n}"):
            rate(k, n)
    with pytest.raises(ModelError, match="level"):
        rate(1, 2, level=1.0)

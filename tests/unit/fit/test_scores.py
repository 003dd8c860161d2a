"""Scores against counts made by hand and against the obvious slow version."""

from __future__ import annotations

import numpy as np
import pytest

from standoff.errors import ModelError
from standoff.fit import area_under_curve, calibration, score


def test_scores_of_a_small_table_by_hand() -> None:
    p = np.array([[0.7, 0.2, 0.1], [0.1, 0.6, 0.3], [0.3, 0.3, 0.4]])
    s = score(p, np.array([0, 1, 0]), np.array([1.0, 2.0, 1.0]))
    log = -(np.log(0.7) + 2 * np.log(0.6) + np.log(0.3)) / 4
    brier = ((0.09 + 0.04 + 0.01) + 2 * (0.01 + 0.16 + 0.09) + (0.49 + 0.09 + 0.16)) / 4
    assert s.log == pytest.approx(log) and s.brier == pytest.approx(brier)
    assert s.hits == pytest.approx(3 / 4)
    assert s.base_log == pytest.approx(np.log(2)) and s.base_brier == pytest.approx(0.5)


def test_the_base_rate_has_no_skill_against_itself() -> None:
    chosen = np.array([0] * 90 + [1] * 10)
    s = score(np.tile([0.9, 0.1], (100, 1)), chosen)
    # Entropy of nine in ten: what the base rate loses, and what this forecast loses.
    entropy = -(0.9 * np.log(0.9) + 0.1 * np.log(0.1))
    assert s.log == pytest.approx(entropy) and s.base_log == pytest.approx(entropy)


def test_area_under_curve_is_the_share_of_ordered_pairs() -> None:
    rng = np.random.default_rng(4)
    forecast = np.round(rng.random(60), 1)  # many ties
    happened = rng.random(60) < forecast
    pairs = [
        1.0 if a > b else 0.5 if a == b else 0.0
        for a in forecast[happened]
        for b in forecast[~happened]
    ]
    assert area_under_curve(forecast, happened) == pytest.approx(np.mean(pairs))


def test_calibration_uses_every_case_once() -> None:
    rng = np.random.default_rng(4)
    forecast = rng.random(103)
    bins = calibration(forecast, rng.random(103) < forecast, 10)
    assert sum(b.n for b in bins) == 103
    assert [b.forecast for b in bins] == sorted(b.forecast for b in bins)


def test_no_distribution_and_no_contrast_are_refused() -> None:
    with pytest.raises(ModelError, match="sum to one"):
        score(np.array([[0.5, 0.4]]), np.array([0]))
    with pytest.raises(ModelError, match="some of both"):
        area_under_curve(np.array([0.1, 0.2]), np.array([True, True]))

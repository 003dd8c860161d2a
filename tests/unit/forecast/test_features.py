"""Regressors of a made-up pair, counted by hand, and nothing of the future in them."""

from __future__ import annotations

import importlib.util
from math import exp, log, log1p
from pathlib import Path

import numpy as np
import pytest

from standoff.forecast.features import DyadMoments, dyad_panel, in_scope, regressors, years_of_peace

spec = importlib.util.spec_from_file_location("small", Path(__file__).with_name("small.py"))
small = importlib.util.module_from_spec(spec)
spec.loader.exec_module(small)
A, B, C = small.A, small.B, small.C


def moment(time: float, first: int = A, second: int = B) -> DyadMoments:
    return DyadMoments(np.array([first]), np.array([second]), np.array([time]))


def value(time: float, name: str, first: int = A, second: int = B) -> float:
    return float(regressors(small.small_facts(), moment(time, first, second))[name][0])


def test_disputes_are_counted_by_who_began_and_when() -> None:
    # On 1 January 1990: A began in 1970 (20 years ago less five months) and 1985; B in 1989.
    assert value(1990.0, "begun_20") == pytest.approx(log1p(2))
    assert value(1990.0, "begun_5") == pytest.approx(log1p(1))
    assert value(1990.0, "begun_1") == 0
    assert value(1990.0, "reverse_5") == pytest.approx(log1p(1))
    assert value(1990.0, "begun_1", B, A) == pytest.approx(log1p(1))


def test_what_comes_later_is_not_known() -> None:
    # November 1989 is not known in October 1989, and is in December.
    assert value(1989.75, "reverse_5") == 0
    assert value(1989.95, "reverse_5") == pytest.approx(log1p(1))
    # That the dispute of March 1985 grew to an attack is known at the end of the year.
    assert value(1985.9, "fought") == 0
    assert value(1986.0, "fought") == pytest.approx(log1p(1), abs=1e-5)
    assert value(1994.0, "fought") == pytest.approx(log1p(exp(-1)), abs=1e-5)


def test_years_of_peace_run_from_the_end_of_the_last_year_with_a_dispute() -> None:
    facts = small.small_facts()
    # The dispute of 1970 went on into 1971: eight years of peace on 1 January 1980.
    assert years_of_peace(facts, moment(1980.0))[0] == 8
    assert value(1980.0, "peace_5") == pytest.approx(exp(-8 / 5))
    assert years_of_peace(facts, moment(1989.95))[0] == 0
    assert value(1990.0, "running") == 1 and value(1980.0, "running") == 0
    # Without any dispute: since both exist.
    assert years_of_peace(facts, moment(1980.0, C, B))[0] == 80


def test_tables_are_those_of_the_year_before_and_borders_of_the_year() -> None:
    assert value(1964.5, "nuclear_a") == 0 and value(1965.0, "nuclear_a") == 1
    assert value(1990.5, "sea") == 1 and value(1990.5, "land") == 0
    assert value(1990.5, "size_a") == pytest.approx(log(0.11 + 1e-4))
    assert value(1979.5, "pact", 2, B) == 1 and value(1981.0, "pact", 2, B) == 0
    assert value(1979.5, "pact", B, 2) == 0


def test_activity_counts_all_opponents() -> None:
    # A began in 1970, 1985 and, as a joiner, 1988.
    ages = [1990 - (1970 + 5.5 / 12), 1990 - (1985 + 2.5 / 12), 1990 - (1988 + 0.5 / 12)]
    assert value(1990.0, "active_a") == pytest.approx(log1p(sum(exp(-a / 3) for a in ages)))
    assert value(1990.0, "target_b", A, 732) == pytest.approx(log1p(exp(-ages[2] / 3)))


def test_one_moment_and_a_panel_agree() -> None:
    facts = small.small_facts()
    panel = dyad_panel(facts, 1946, 1990)
    row = int(
        np.flatnonzero((panel.at.first == A) & (panel.at.year == 1986) & (panel.at.second == B))[0]
    )
    whole = regressors(facts, panel.at)
    one = regressors(facts, moment(1986.0))
    assert {n: float(v[row]) for n, v in whole.items()} == {n: float(v[0]) for n, v in one.items()}
    # Three: in 1988 China and Korea were strangers, out of scope on 1 January.
    assert int(panel.onset.sum()) == 3 and int(panel.attack.sum()) == 1
    # 1985: an attack of A on B; the row says so, its regressors do not.
    hit = (panel.at.first == A) & (panel.at.second == B) & (panel.at.year == 1985)
    assert panel.attack[hit].tolist() == [True] and whole["begun_1"][hit][0] == 0


def test_scope() -> None:
    facts = small.small_facts()
    pairs = DyadMoments(np.array([A, C, 2, A]), np.array([B, B, C, 732]), np.full(4, 1989.5))
    # Neighbours; strangers; a major power; strangers who had a dispute in 1988.
    assert in_scope(facts, pairs).tolist() == [True, False, True, True]

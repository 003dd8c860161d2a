"""Who comes to aid: opportunities by hand, a known answer back, and chances that hang together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from standoff.forecast import (
    fit_joining,
    gather_opportunities,
    join_card,
    join_rate,
    load_facts,
    load_joining,
)
from standoff.forecast.joining_cases import NAMES

ON = date(2021, 8, 13)


def test_korea_1950() -> None:
    rows = gather_opportunities(load_facts())
    korea = rows.where(rows.dispute == 51)
    assert set(korea.target.tolist()) == {732} and set(korea.challenger.tolist()) == {710}
    came = set(korea.state[korea.joined].tolist())
    # The United Kingdom and France, major powers, came; the Soviet Union did not.
    assert {200, 220} <= came and 365 in korea.state.tolist() and 365 not in came


def test_effects_of_a_simulated_world_come_back() -> None:
    rows = gather_opportunities(load_facts())
    rng = np.random.default_rng(4)
    truth = np.array([1.5, 1.0, 0.5, 0.0, 1.0, 0.0, 1.0])
    _, group = np.unique(rows.dispute, return_inverse=True)
    u = rng.normal(0, 1.0, group.max() + 1)[group]
    joined = rng.random(len(u)) < 1 / (1 + np.exp(3.5 - rows.x @ truth - u))
    fit = fit_joining(replace(rows, joined=joined))
    error = np.sqrt(np.diag(fit.cov))[1:-1]
    assert np.all(np.abs(fit.coef[1:] - truth) < 3.5 * error)
    assert 0.6 < fit.tau < 1.5


def test_an_obligation_raises_the_chance() -> None:
    def usa(**options: bool) -> float:
        rng = np.random.default_rng(1)
        return float(join_rate("USA", "TWN", "CHN", ON, rng=rng, **options).mean())

    assert usa(obligation=True) > 1.5 * usa(obligation=False)
    # Without a word the treaty decides: none since 1980.
    assert usa() == pytest.approx(usa(obligation=False))
    assert usa(war=True) > usa(war=False)


def test_finland_is_covered_from_its_accession_on() -> None:
    def chance(day: date) -> float:
        return float(join_rate("USA", "FIN", "RUS", day, rng=np.random.default_rng(1)).mean())

    assert chance(date(2023, 6, 1)) > 1.5 * chance(date(2022, 6, 1))


def test_somebody_comes_at_least_as_often_as_the_likeliest() -> None:
    card = join_card("KOR", "PRK", ON, draws=300, rng=np.random.default_rng(1))
    assert np.all(card.anyone >= card.draws.max(axis=1) - 1e-12)
    assert card.draws.shape == (300, len(card.states)) and "USA" in card.states


def test_the_shipped_fit_is_that_of_the_shipped_facts() -> None:
    fit, again = load_joining(), fit_joining(gather_opportunities(load_facts()))
    assert (fit.joined, fit.cases) == (again.joined, again.cases) and len(fit.coef) == len(
        NAMES
    ) + 1
    assert fit.coef == pytest.approx(again.coef, abs=1e-3)
    assert fit.tau == pytest.approx(again.tau, abs=1e-3)

"""Rates of pairs: refusals, what a card says, and the sizes that history gives."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from standoff.errors import ImpossibleDate, InputError, UnknownActor
from standoff.forecast import load_facts, load_rates, pair_rate, read_rates, write_rates
from standoff.forecast.effects import PairHistory
from standoff.forecast.logit import fit_logit

SPREAD = [
    ("CHN", "TWN", date(2021, 8, 13)),
    ("RUS", "UKR", date(2022, 1, 31)),
    ("RUS", "EST", date(2022, 1, 1)),
    ("PRK", "KOR", date(2022, 1, 1)),
    ("EGY", "ISR", date(1973, 9, 1)),
    ("IRQ", "KWT", date(1990, 7, 1)),
    ("ARG", "GBR", date(1982, 3, 1)),
]


def attack(challenger: str, protege: str, on: date, months: int = 12) -> float:
    rate = pair_rate(challenger, protege, on)
    return float(rate.attack(months, 2000, np.random.default_rng(1)).mean())


def test_pairs_differ_by_at_least_thirty_times() -> None:
    found = {pair[:2]: attack(*pair) for pair in SPREAD}
    assert max(found.values()) > 30 * min(found.values()), found
    assert found["EGY", "ISR"] > found["ARG", "GBR"] > found["RUS", "EST"]


def test_draws_follow_the_equations() -> None:
    rate = pair_rate("IND", "PAK", date(2000, 1, 1))
    onset, severity = (f(3000, np.random.default_rng(5)) for f in (rate.onset, rate.severity))
    assert onset.shape == severity.shape == (3000,) and np.all((severity > 0) & (severity < 1))
    rng = np.random.default_rng(5)
    # The same stream: first the onsets of an attack, then its severities.
    twelve = rate.attack(12, 3000, rng)
    assert 0 < twelve.mean() < rate.dispute(12, 3000, np.random.default_rng(5)).mean() < 1
    three = rate.dispute(3, 3000, np.random.default_rng(5))
    year = rate.dispute(12, 3000, np.random.default_rng(5))
    assert np.allclose(1 - (1 - three) ** 4, year)


def test_what_came_later_changes_nothing() -> None:
    before = pair_rate("ARG", "GBR", date(1982, 3, 1))
    assert before.counts.last_attack == 1845 and before.counts.begun_5 == 0
    after = pair_rate("ARG", "GBR", date(1983, 3, 1))
    assert after.counts.begun_5 == 1 and after.counts.last_attack == 1982


def test_states_that_were_not_there_are_refused_with_their_spells() -> None:
    with pytest.raises(ImpossibleDate, match="1991-12-26"):
        pair_rate("RUS", "UKR", date(1985, 1, 1))
    with pytest.raises(UnknownActor):
        pair_rate("WAK", "GEN", date(2021, 1, 1))
    with pytest.raises(ImpossibleDate, match="1946"):
        pair_rate("USA", "CAN", date(1939, 1, 1))
    with pytest.raises(InputError, match="two states"):
        pair_rate("CHN", "CHN", date(2021, 1, 1))


def test_a_place_stands_for_its_holder() -> None:
    rate = pair_rate("CHN", "senkaku-diaoyu", date(2021, 1, 1))
    assert rate.target == "JPN" and any("held by JPN" in n for n in rate.notes)
    with pytest.raises(InputError, match="held by CHN"):
        pair_rate("CHN", "HKG", date(2020, 1, 1))


def test_strangers_have_the_counted_rate_and_say_so() -> None:
    rate = pair_rate("PRT", "MNG", date(2000, 1, 1))
    assert not rate.relevant and rate.regressors == ()
    years, disputes, _ = load_rates().distant
    assert rate.onset(20_000, np.random.default_rng(1)).mean() == pytest.approx(
        (disputes + 0.5) / years, rel=0.02
    )
    assert any("directed dyad-years" in n for n in rate.notes)


def test_tables_that_ended_are_named() -> None:
    late = pair_rate("CHN", "TWN", date(2025, 6, 1))
    assert "capabilities of 2022 stand for 2024" in late.missing
    assert "borders of 2016 stand for 2025" in late.missing
    assert any("table of clashes" in n for n in late.notes)
    assert any("severity times" in n for n in late.notes)
    early = pair_rate("EGY", "ISR", date(1973, 9, 1))
    assert early.missing == () and early.notes == ()


def test_contributions_add_up_to_the_log_odds() -> None:
    rate = pair_rate("EGY", "ISR", date(1973, 9, 1))
    total = load_rates().onset.coef[0] + sum(r.onset or 0.0 for r in rate.regressors)
    draws = rate.onset(40_000, np.random.default_rng(2))
    chance = float(1 - np.exp(-np.median(draws)))
    assert math.log(chance / (1 - chance)) == pytest.approx(total, abs=0.1)
    assert all(r.why for r in rate.regressors)


def test_a_file_of_rates_comes_back(tmp_path: Path) -> None:
    rates = load_rates()
    write_rates(rates, tmp_path / "r.toml", date(2026, 11, 30))
    again = read_rates(tmp_path / "r.toml")
    assert again.later == rates.later and again.reasons == rates.reasons
    for a, b in ((again.onset, rates.onset), (again.severity, rates.severity)):
        assert np.allclose(a.coef, b.coef) and np.allclose(a.cov, b.cov, rtol=1e-3)


def test_loss_is_least_where_the_fit_ends() -> None:
    """Against a known answer: a logit simulated with its coefficients."""
    rng = np.random.default_rng(3)
    x = rng.standard_normal((40_000, 2))
    y = (rng.random(40_000) < 1 / (1 + np.exp(3 - x @ np.array([1.0, -0.5])))).astype(float)
    fit = fit_logit({"a": x[:, 0], "b": x[:, 1]}, ["a", "b"], y, ridge=1e-6)
    error = np.sqrt(np.diag(fit.cov))
    assert np.all(np.abs(fit.coef - np.array([-3.0, 1.0, -0.5])) < 4 * error + 0.02)


def test_an_effect_knows_only_earlier_years() -> None:
    a, b = np.array([2, 2, 2]), np.array([365, 365, 365])
    came, expected = np.array([1.0, 0.0, 1.0]), np.full(3, 0.25)
    history = PairHistory.of(a, b, np.array([1950, 1951, 1952]), came, expected)
    year = np.array([1950, 1951, 1953])
    got = history.effects(a, b, year, (1.0, 2.0))
    assert got["effect_ab"] == pytest.approx([0.0, math.log(2 / 1.25), math.log(3 / 1.75)])
    assert got["effect_pair"] == pytest.approx([0.0, math.log(3 / 2.25), math.log(4 / 2.75)])


def test_the_record_is_as_long_as_its_tables() -> None:
    facts = load_facts()
    assert facts.coverage["disputes"].last == 2010 and facts.clashes_end is not None
    assert all(c.start.year > 2010 for c in facts.clashes)

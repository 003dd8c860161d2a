"""Backtests: nothing later is seen, rivals are scored on the same cases, verdicts are earned."""

from __future__ import annotations

import numpy as np
import pytest

from standoff.errors import ModelError
from standoff.fit import (
    Fold,
    backtest,
    base_rate_forecast,
    design,
    egame12,
    game_forecast,
    happened_lately,
    logit_forecast,
    persistence_forecast,
    rolling_origin,
)


@pytest.fixture
def cases():
    """Pairs with a lasting taste for quarrels and one regressor that matters."""
    rng = np.random.default_rng(3)
    pair, years = (v.ravel() for v in np.meshgrid(np.arange(200), np.arange(1980, 2010)))
    x = rng.normal(size=len(pair))
    happened = rng.random(len(pair)) < 1 / (1 + np.exp(3.0 - 1.5 * x - rng.normal(size=200)[pair]))
    return pair, years, x, happened


def test_forecasters_see_no_later_year(cases) -> None:
    _, years, _, happened = cases
    asked: list[tuple[int, int, int]] = []

    def spy(train, test):
        asked.append((years[train].max(), years[test].min(), years[test].max()))
        return np.full(test.sum(), 0.1)

    test = backtest(happened, years, {"spy": spy}, rolling_origin(2000, 2009, 4))
    assert asked == [(1999, 2000, 2003), (2003, 2004, 2007), (2007, 2008, 2009)]
    assert test.mark("spy").n == 200 * 10
    assert test.mark("spy").log == pytest.approx(
        -np.mean(np.where(test.happened, np.log(0.1), np.log(0.9)))
    )


def test_what_came_later_changes_no_earlier_forecast(cases) -> None:
    _, years, x, happened = cases
    other = np.where(years > 2000, ~happened, happened)
    folds = [Fold(1999, 2000, 2000)]
    chances = [
        backtest(y, years, {"logit": logit_forecast(y, design({"x": x}))}, folds).chances["logit"]
        for y in (happened, other)
    ]
    assert np.array_equal(*chances)


def test_rivals_rank_as_they_should(cases) -> None:
    pair, years, x, happened = cases
    lately = happened_lately(pair, years, happened, 5)
    forecasts = {
        "base rate": base_rate_forecast(happened),
        "persistence": persistence_forecast(happened, lately),
        "logit": logit_forecast(happened, design({"x": x, "lately": lately.astype(float)})),
    }
    test = backtest(happened, years, forecasts, rolling_origin(1995, 2009, 5))
    base, persistence, logit = test.marks()
    assert logit.log < persistence.log < base.log
    # The base rate moves from fold to fold, so its ranking is near chance, not at it.
    assert base.auc == pytest.approx(0.5, abs=0.05) and logit.auc > 0.75
    assert test.verdict("logit", "base rate").startswith("logit beats base rate")
    assert test.verdict("base rate", "logit").startswith("base rate is worse than logit")
    assert test.verdict("logit", "logit").startswith("logit does not beat logit")


def test_error_of_a_gain_is_its_spread_over_years(cases) -> None:
    _, years, x, happened = cases
    forecasts = {
        "base": base_rate_forecast(happened),
        "logit": logit_forecast(happened, design({"x": x})),
    }
    test = backtest(happened, years, forecasts, [Fold(1994, 1995, 2009)])
    mean, error = test.gain("logit", "base")
    saved = np.log(np.where(test.happened, test.chances["logit"], 1 - test.chances["logit"]))
    saved -= np.log(np.where(test.happened, test.chances["base"], 1 - test.chances["base"]))
    yearly = [saved[test.years == year].mean() for year in range(1995, 2010)]
    # All years have the same number of cases, so this is the error of a mean of 15 numbers.
    assert mean == pytest.approx(np.mean(yearly))
    assert error == pytest.approx(np.std(yearly, ddof=1) / np.sqrt(15))


def test_a_game_forecasts_its_own_data_better_than_the_base_rate() -> None:
    rng = np.random.default_rng(8)
    n = 2000
    years = np.repeat(np.arange(1990, 2010), n // 20)
    balance, resolve = rng.normal(size=(2, n))
    resists = 1 / (1 + np.exp(-(0.4 + resolve)))
    acts = 1 / (1 + np.exp(1.0 - 1.2 * balance * resists))
    moved, stood = rng.random(n) < acts, rng.random(n) < resists
    seen = np.where(~moved, "~act", np.where(stood, "act,resist", "act,~resist"))
    utilities = {
        (1, "~act"): design({}, n=n),
        (1, "act,resist"): design({"balance": balance}, intercept=False),
        (2, "act,resist"): design({"resolve": resolve}),
    }
    event = ("act,~resist", "act,resist")
    forecasts = {
        "base": base_rate_forecast(moved),
        "game": game_forecast(egame12("act", "resist"), seen, utilities, event, link="logit"),
    }
    test = backtest(moved, years, forecasts, rolling_origin(2000, 2009, 5))
    assert test.verdict("game", "base").startswith("game beats base")


def test_pairs_do_not_run_into_each_other() -> None:
    pair, years = np.array([1, 1, 2, 2]), np.array([1999, 2000, 1990, 1991])
    happened = np.array([False, True, False, False])
    assert not happened_lately(pair, years, happened, 50).any()


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda y, t: backtest(y, t, {"b": base_rate_forecast(y)}, [Fold(1900, 1901, 1902)]), "in"),
        (
            lambda y, t: backtest(
                y, t, {"b": base_rate_forecast(y)}, [Fold(1990, 1991, 1995), Fold(1990, 1995, 1996)]
            ),
            "each year forecast once",
        ),
        (
            lambda y, t: backtest(
                y, t, {"b": lambda _, test: np.full(test.sum(), 1.5)}, [Fold(1990, 1991, 1992)]
            ),
            "chances from 0 to 1",
        ),
        (lambda y, t: backtest(y[:-1], t, {}, []), "one year per case"),
        (lambda y, t: Fold(1990, 1990, 1991), "later years only"),
        (lambda y, t: rolling_origin(1990, 2000, 0), "one year or more"),
    ],
)
def test_what_is_no_backtest_is_refused(cases, call, words) -> None:
    _, years, _, happened = cases
    with pytest.raises(ModelError, match=words):
        call(happened, years)


def test_an_event_that_the_game_lacks_is_refused() -> None:
    with pytest.raises(ModelError, match="outcomes among"):
        game_forecast(egame12(), ["~esc"], {}, ("war",))


def test_a_game_that_did_not_converge_makes_no_forecast() -> None:
    x = np.repeat([0.0, 1.0], 40)
    seen = np.where(x > 0, "esc,war", "~esc").astype("<U8")
    seen[:3] = "esc,~war"
    utilities = {(1, "~esc"): design({"x": x}), (2, "esc,war"): design({}, n=80)}
    forecast = game_forecast(egame12(), seen, utilities, ("esc,war",))
    with pytest.raises(ModelError, match="separated"):
        forecast(np.ones(80, dtype=bool), np.ones(80, dtype=bool))

"""The plain logit and the kinds of standard errors, against closed forms and statsmodels."""

from __future__ import annotations

import numpy as np
import pytest

from standoff.errors import ModelError
from standoff.fit import FitStatus, design, fit_logit, fit_ultimatum, standard_errors


def _data(n: int = 400):
    rng = np.random.default_rng(5)
    x = rng.normal(size=n)
    return x, rng.random(n) < 1 / (1 + np.exp(-(0.4 - 1.1 * x)))


def test_a_two_by_two_table_has_its_log_odds() -> None:
    # 30 of 40 and 10 of 60: log odds ln 3 and ln(1/5); errors sqrt(sum of reciprocals).
    x = np.repeat([0.0, 1.0], [40, 60])
    y = np.concatenate([np.arange(40) < 30, np.arange(60) < 10])
    fit = fit_logit(y, design({"x": x}))
    assert fit["(Intercept)"].value == pytest.approx(np.log(3))
    assert fit["x"].value == pytest.approx(-np.log(5) - np.log(3))
    assert fit["x"].error == pytest.approx(np.sqrt(1 / 30 + 1 / 10 + 1 / 10 + 1 / 50))


def test_weights_count_cases() -> None:
    x, y = _data(60)
    counts = np.arange(60) % 3
    again = np.repeat(np.arange(60), counts)
    weighed = fit_logit(y, design({"x": x}), weights=counts.astype(float))
    repeated = fit_logit(y[again], design({"x": x[again]}))
    assert weighed.coef == pytest.approx(repeated.coef, abs=1e-9)
    for by in ("hessian", "opg", "sandwich"):
        assert standard_errors(weighed, by) == pytest.approx(standard_errors(repeated, by))


def test_statsmodels_agrees() -> None:
    models = pytest.importorskip("statsmodels.api", reason="a referee, not installed")
    x, y = _data()
    fit = fit_logit(y, design({"x": x}))
    theirs = models.Logit(y.astype(float), models.add_constant(x)).fit(disp=0)
    robust = models.Logit(y.astype(float), models.add_constant(x)).fit(disp=0, cov_type="HC0")
    assert fit.log_likelihood == pytest.approx(theirs.llf, abs=1e-9)
    assert fit.coef == pytest.approx(theirs.params, abs=1e-6)
    assert standard_errors(fit) == pytest.approx(theirs.bse, rel=1e-5)
    assert standard_errors(fit, "sandwich") == pytest.approx(robust.bse, rel=1e-4)


def test_separation_and_bad_input_are_told() -> None:
    x = np.repeat([0.0, 1.0], 20)
    assert fit_logit(x > 0, design({"x": x})).status is FitStatus.SEPARATED
    held = fit_logit(x > 0, design({"x": x}), prior_sd=2.5)
    assert held.status is FitStatus.CONVERGED and abs(held["x"].value) < 10
    with pytest.raises(ModelError, match="all alike"):
        fit_logit(np.ones(40), design({"x": x}))
    with pytest.raises(ModelError, match="one row"):
        fit_logit(np.ones(3), design({"x": x}))
    with pytest.raises(ModelError, match="positive spread"):
        fit_logit(x > 0, design({"x": x}), prior_sd=-1)
    with pytest.raises(ModelError, match="by 'boot'"):
        standard_errors(held, "boot")  # type: ignore[arg-type]


def test_gradients_of_offers_add_up() -> None:
    rng = np.random.default_rng(1)
    offers = rng.uniform(0.5, 9.5, 80)
    taken = rng.random(80) < 1 / (1 + np.exp(-(offers - 4.0)))
    fit = fit_ultimatum(offers, taken, design({}, n=80), design({}, n=80), prize=10.0)
    theta = fit.coef + 0.1
    value, slopes = fit.model.case_gradients(theta)
    bump = np.eye(4) * 1e-6
    numeric = [
        (fit.model.evaluate(theta + b)[0] - fit.model.evaluate(theta - b)[0]) / 2e-6 for b in bump
    ]
    assert slopes.sum(axis=0) == pytest.approx(numeric, rel=1e-5, abs=1e-4)
    assert value.sum() == pytest.approx(fit.model.evaluate(theta)[0])

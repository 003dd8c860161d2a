"""Fits against the R package `games` 1.1.2 (R 4.2.2) and against an exact optimum, on its data."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from standoff.fit import FitStatus, design, egame12, egame122, fit_game, fit_ultimatum

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "games"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="needs the optional folder ../shared/data/games"
    ),
]


@pytest.fixture(scope="module")
def reference():
    return json.loads((FOLDER / "games_reference.json").read_text())


def _rows(name: str, need: tuple[str, ...] = ()) -> list[dict[str, str]]:
    with (FOLDER / name).open(newline="", encoding="utf-8") as file:
        return [r for r in csv.DictReader(file) if all(r[k] not in ("", "NA") for k in need)]


def _numbers(rows, *names):
    return {k: np.array([float(r[k]) for r in rows]) for k in names}


def _texts(rows, *names):
    return {k: [r[k] for r in rows] for k in names}


def _war1800(link):
    need = ("esc", "war", "s_wt_re1", "revis1", "regime1", "balanc", "regime2")
    rows = _rows("war1800.csv", need)
    seen = [2 if r["war"] == "1" else 1 if r["esc"] == "1" else 0 for r in rows]
    utilities = {
        (1, "~esc"): design(_numbers(rows, "s_wt_re1", "revis1")),
        (1, "esc,war"): design(_texts(rows, "regime1")),
        (2, "esc,war"): design(_numbers(rows, "balanc") | _texts(rows, "regime2")),
    }
    return fit_game(egame12(), seen, utilities, link=link)


@pytest.mark.parametrize(
    ("link", "key", "log_likelihood"),
    [
        ("probit", "war1800_egame12_probit_agent", -286.1237547),
        ("logit", "war1800_egame12_logit", -286.1827939),
    ],
)
def test_wars_of_the_nineteenth_century(link, key, log_likelihood, reference) -> None:
    fit = _war1800(link)
    assert fit.status is FitStatus.CONVERGED and fit.n_cases == reference[key]["nobs"]
    assert fit.log_likelihood == pytest.approx(log_likelihood, abs=5e-8)
    assert fit.aic == pytest.approx(reference[key]["AIC"], abs=1e-6)
    for name, value in reference[key]["coef"].items():
        # R stops at a relative change of the value; its weights are good to about 1e-4.
        assert fit[name].value == pytest.approx(value, abs=1e-4)
        assert fit[name].error == pytest.approx(reference[key]["se"][name], abs=1e-4)


def test_the_exact_optimum_is_reached() -> None:
    exact = json.loads((FOLDER / "war1800_egame12_exact_optimum.json").read_text())
    fit = _war1800("probit")
    assert set(exact["coef"]) == set(fit.names)
    for name, value in exact["coef"].items():
        assert fit[name].value == pytest.approx(value, abs=1e-8)
        assert fit[name].error == pytest.approx(exact["se"][name], abs=1e-8)


def test_fixed_utilities_with_a_free_scale(reference) -> None:
    rows = _rows("war1800.csv", ("esc", "war"))
    seen = [2 if r["war"] == "1" else 1 if r["esc"] == "1" else 0 for r in rows]
    given = {(1, "~esc"): -1.0, (1, "esc,war"): -1.4, (2, "esc,war"): 0.1}
    fit = fit_game(egame12(), seen, given, scale="common")
    want = reference["war1800_fixedUtils"]
    assert fit.n_cases == want["nobs"]
    assert fit.log_likelihood == pytest.approx(-338.0168621681, abs=1e-8)
    assert fit["log(sigma)"].value == pytest.approx(want["coef"]["log(sigma)"], abs=1e-4)
    # R takes this error from a numerical gradient; 1 % apart is its rounding.
    assert fit["log(sigma)"].error == pytest.approx(want["se"]["log(sigma)"], rel=0.01)


def test_two_answers_to_two_moves(reference) -> None:
    rows = _rows("data_122.csv")
    utilities = {
        (1, "LL"): design(_numbers(rows, "x1", "x2")),
        (1, "LR"): design(_numbers(rows, "x3") | _texts(rows, "f1")),
        (1, "RR"): design(_numbers(rows, "x4", "x5")),
        (2, "LR"): design(_numbers(rows, "z1", "z2")),
        (2, "RR"): design(_numbers(rows, "z3") | _texts(rows, "f2")),
    }
    fit = fit_game(egame122(), [r["y"] for r in rows], utilities)
    want = reference["data_122_egame122"]
    # R stopped a little short: ours is higher by 1e-5, never lower.
    assert want["loglik"] <= fit.log_likelihood <= want["loglik"] + 2e-5
    for name, value in want["coef"].items():
        assert fit[name].value == pytest.approx(value, abs=1e-3)
        assert fit[name].error == pytest.approx(want["se"][name], abs=1e-4)


def test_offers_and_answers(reference) -> None:
    want = reference["data_ult_ultimatum"]
    rows = _rows("data_ult.csv")
    seen = _numbers(rows, "offer", "accept")
    first = design(_numbers(rows, "x1", "x2", "x3", "x4", "w1", "w2"))
    second = design(_numbers(rows, "z1", "z2", "z3", "z4", "w1", "w2"))
    fit = fit_ultimatum(seen["offer"], seen["accept"], first, second, prize=15.0)
    assert fit.status is FitStatus.CONVERGED
    assert fit.log_likelihood == pytest.approx(want["loglik"], abs=1e-6)
    for name, value in want["coef"].items():
        assert fit[name].value == pytest.approx(value, abs=1e-5), name
        assert fit[name].error == pytest.approx(want["se"][name], abs=1e-5), name

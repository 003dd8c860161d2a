"""`standoff fit` on small tables made by hand."""

from __future__ import annotations

import json

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from standoff.cli import fit, measure
from standoff.cli.app import Guarded

RUN = CliRunner()
FORMULA = "esc + war ~ a | 0 | 1 | b"


@pytest.fixture(scope="module")
def app() -> typer.Typer:
    made = typer.Typer(cls=Guarded)
    measure.register(made)
    fit.register(made)

    @made.callback()
    def root() -> None: ...

    return made


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """600 cases of the game with agent error at known weights."""
    rng = np.random.default_rng(11)
    n = 600
    a, b = rng.normal(size=n), rng.normal(size=n)
    # Player 2 fights where 0.3 + 0.8 b and his error beat standing aside.
    war = 0.3 + 0.8 * b + rng.normal(size=n) * np.sqrt(2) > 0
    chance = np.array([0.5 + 0.5 * np.tanh(v) for v in b])
    esc = -0.9 * chance - (-0.4 + 0.7 * a) + rng.normal(size=n) * np.sqrt(2) > 0
    path = tmp_path_factory.mktemp("fit") / "cases.csv"
    lines = ["esc,war,a,b,w,word,mixed,y"]
    for i in range(n):
        w = war[i] and esc[i]
        gap = "" if i in (3, 4) else f"{a[i]:.6f}"
        mixed = "many" if i == 7 else f"{b[i]:.3f}"
        outcome = "war" if w else "yield" if esc[i] else "peace"
        lines.append(f"{int(esc[i])},{int(w)},{gap},{b[i]:.6f},2,{'ut'[i % 2]},{mixed},{outcome}")
    path.write_text("\n".join(lines) + "\n")
    return path


def _run(app, *words, code=0):
    result = RUN.invoke(app, ["fit", *map(str, words)])
    assert result.exit_code == code, result.output + result.stderr
    return result


def _json(app, *words, code=0):
    return json.loads(_run(app, *words, "--format", "json", code=code).output)


def test_a_game_is_fitted_and_what_was_left_out_is_said(app, table) -> None:
    found = _json(app, "egame12", FORMULA, "--data", table)
    assert found["status"] == "converged" and found["n"] == 598
    assert list(found["coefficients"]) == list(found["standard_errors"])
    # The weight of player 2 is a probit of war among cases with esc: it is known, 0.8.
    name = "u2(esc,war):b"
    assert abs(found["coefficients"][name] - 0.8) < 3 * found["standard_errors"][name]
    assert found["warnings"][0] == "2 of 600 rows left out for missing values: a in 2"
    said = _run(app, "egame12", FORMULA, "--data", table).output
    assert "se (hessian)" in said and "note     2 of 600 rows" in said


def test_outcomes_in_one_column_give_the_same(app, table) -> None:
    two = _json(app, "egame12", FORMULA, "--data", table)
    words = ("egame12", "y ~ a | 0 | 1 | b", "--data", table, "--outcomes", "peace,yield,war")
    one = _json(app, *words)
    assert one["loglik"] == pytest.approx(two["loglik"], abs=1e-9)
    assert list(one["outcomes"]) == ["peace", "yield", "war"]
    # Without their order three words cannot be put on the tree.
    assert "--outcomes" in _run(app, *words[:-2], code=2).stderr


def test_options_reach_the_fit(app, table) -> None:
    plain = _json(app, "egame12", FORMULA, "--data", table)
    twice = _json(app, "egame12", FORMULA, "--data", table, "--weights", "w")
    assert twice["n"] == 2 * plain["n"] and twice["loglik"] == pytest.approx(2 * plain["loglik"])
    tight = _json(app, "egame12", FORMULA, "--data", table, "--prior-sd", "0.01")
    assert max(abs(v) for v in tight["coefficients"].values()) < 0.1
    other = _json(app, "egame12", FORMULA, "--data", table, "--se", "sandwich")
    assert other["coefficients"] == plain["coefficients"]
    assert other["standard_errors"] != plain["standard_errors"]
    private = _json(app, "egame12", FORMULA, "--data", table, "--error", "private")
    assert private["loglik"] != plain["loglik"] and private["error"] == "private"
    fixed = _json(app, "egame12", "esc + war ~ 1", "--fixed", "-1,0,-1.4,0.1", "--data", table)
    assert list(fixed["coefficients"]) == ["log(sigma)"] and fixed["n"] == 600
    some = _json(app, "egame12", "esc + war ~ a | 0 | 0 | b", "--data", table,
                 "--fixed", "u1(esc,war)=-1.5")  # fmt: skip
    assert some["fixed"] == {"u1(esc,war)": -1.5}


def test_a_logit_of_a_two_by_two_table(app, tmp_path) -> None:
    path = tmp_path / "t.csv"
    rows = ["1,0"] * 30 + ["0,0"] * 10 + ["1,1"] * 10 + ["0,1"] * 50
    path.write_text("y;x\n" + "\n".join(rows).replace(",", ";") + "\n")
    found = _json(app, "logit", "y ~ x", "--data", path)
    assert found["coefficients"]["(Intercept)"] == pytest.approx(np.log(3))
    assert found["outcomes"] == {"~y": 60, "y": 40}


def test_three_players_and_offers(app, tmp_path) -> None:
    # Without regressors the fit gives back the shares of the outcomes.
    path = tmp_path / "three.csv"
    path.write_text("a,b,c\n" + "0,0,0\n" * 40 + "1,0,0\n" * 30 + "1,1,0\n" * 20 + "1,1,1\n" * 10)
    found = _json(app, "egame123", "a + b + c ~ 1|0|0|0|1|0|0|1", "--data", path)
    shares = np.array([40, 30, 20, 10])
    assert found["loglik"] == pytest.approx(float(shares @ np.log(shares / 100)))
    assert next(iter(found["coefficients"])) == "u1(~a):(Intercept)"
    rng = np.random.default_rng(1)
    offers = rng.uniform(0.5, 9.5, 300)
    taken = rng.random(300) < 1 / (1 + np.exp(-(offers - 4.0)))
    lines = [f"{o:.4f},{int(t)}" for o, t in zip(offers, taken, strict=True)]
    path.write_text("offer,accept\n" + "\n".join(lines) + "\n")
    found = _json(app, "ultimatum", "offer + accept ~ 1 | 1", "--prize", 10, "--data", path)
    assert found["status"] == "converged" and found["n"] == 300 and found["outcomes"] == {}
    assert list(found["coefficients"]) == ["R1:(Intercept)", "R2:(Intercept)", "log(s1)", "log(s2)"]
    said = _json(app, "ultimatum", "offer + accept ~ 1 | 1", "--data", path)
    assert "greatest offer" in said["warnings"][0]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("egame12", "esc + war ~ a | 0 | 1 | bb"), "the column bb, which cases.csv does not have"),
        (("egame12", "esc + war ~ a | 0 | b"), "3 parts for egame12"),
        (("egame12", "esc + war ~ a | a | a | b"), "in all utilities of player 1"),
        (("egame12", "esc + word ~ a | 0 | 1 | b"), "'word', which is text"),
        (("egame12", "esc + a ~ b | 0 | 1 | b"), "the outcome 'a' with the value"),
        (
            ("egame12", "esc + war ~ mixed | 0 | 1 | b"),
            "'many' in column 'mixed' of cases.csv, line 9",
        ),
        (("egame12", "esc + esc ~ a | 0 | 1 | b"), "never observed"),
        (("egame12", "esc + war ~ a + I(2 * a) | 0 | 1 | b"), "depend on each other"),
        (("egame12", FORMULA, "--fixed", "1,2"), "2 fixed utilities"),
        (("egame12", FORMULA, "--fixed", "u1(~esc)=1"), "with the regressors a"),
        (("egame12", FORMULA, "--fixed", "one"), "numbers parted by commas"),
        (("egame12", FORMULA, "--link", "logit", "--error", "private"), "private information"),
        (("egame12", FORMULA, "--scale", "common"), "a free scale"),
        (("egame122", FORMULA), "6, parted by"),
        (("egame123", FORMULA), "2 outcomes for egame123"),
        (("logit", "esc + war ~ a"), "one outcome"),
        (("ultimatum", "a + esc ~ 1 | 1"), "offers from"),
        (("logit", "esc ~ log(a)"), "not finite"),
    ],
)
def test_what_cannot_be_fitted_is_refused_with_the_reason(app, table, words, reason) -> None:
    assert reason in _run(app, *words, "--data", table, code=2).stderr


def test_a_prior_lets_an_outcome_be_absent_and_says_so(app, tmp_path) -> None:
    path = tmp_path / "no_war.csv"
    path.write_text("esc,war\n" + "0,0\n" * 30 + "1,0\n" * 20)
    words = ("egame12", "esc + war ~ 1 | 0 | 0 | 1", "--data", path)
    assert "esc,war, which is never observed" in _run(app, *words, code=2).stderr
    said = _json(app, *words, "--prior-sd", 2.5)
    assert "esc,war is never observed" in said["warnings"][0]


def test_separated_and_flat_fits_exit_1_with_the_reason(app, tmp_path) -> None:
    path = tmp_path / "s.csv"
    path.write_text("y,x\n" + "0,0\n" * 20 + "1,1\n" * 20)
    said = _json(app, "logit", "y ~ x", "--data", path, code=1)
    assert said["status"] == "separated" and "runs off" in said["warnings"][0]


def test_missing_files_are_one_message(app, tmp_path) -> None:
    assert (
        "No such file" in _run(app, "logit", "y ~ x", "--data", tmp_path / "n.csv", code=2).stderr
    )
    (tmp_path / "p.parquet").write_text("no parquet")
    assert "Parquet" in _run(app, "logit", "y ~ x", "--data", tmp_path / "p.parquet", code=2).stderr
    (tmp_path / "gaps.csv").write_text("y,x\n,1\n1,\n")
    said = _run(app, "logit", "y ~ x", "--data", tmp_path / "gaps.csv", code=2).stderr
    assert "without a complete case (missing: y in 1, x in 1)" in said


def test_the_family_keeps_its_other_command(app) -> None:
    assert "--out" in _run(app, "stance", "--help").output

"""`standoff history` as a person runs it."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from standoff.cli import history
from standoff.cli.app import Guarded

RUN = CliRunner()


@pytest.fixture(scope="module")
def app() -> typer.Typer:
    made = typer.Typer(cls=Guarded)
    history.register(made)

    @made.callback()
    def root() -> None: ...

    return made


def _run(app, *words, code=0):
    result = RUN.invoke(app, ["history", *words])
    assert result.exit_code == code, result.output + result.stderr
    return result


def test_cases_and_rates_print_and_agree(app) -> None:
    rows = json.loads(_run(app, "cases", "--defender", "USA", "--format", "json").output)
    assert rows and all(r["origin"]["source"] and r["defender"] == "USA" for r in rows)
    args = ("rate", "attacked", "--defender", "USA", "--format", "json")
    (rate,) = json.loads(_run(app, *args).output)
    assert rate["n"] == len(rows) and rate["k"] == sum(r["outcome"] == "attacked" for r in rows)
    assert "no random sample" in _run(app, "rate").output


def test_wrong_words_end_with_one_message(app) -> None:
    assert "'lost'" in _run(app, "rate", "lost", code=2).stderr
    assert "class without a case" in _run(app, "rate", "--defender", "LUX", code=2).stderr
    assert "No such file" in _run(app, "check", "nothing.csv", code=2).stderr


def test_a_file_is_recognised_and_its_gaps_are_shown(app, tmp_path) -> None:
    path = tmp_path / "any name.csv"
    path.write_text(
        "stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc\nUSA,2,1816,-9,0,1,1,1,1,0.1\n"
    )
    found = json.loads(_run(app, "check", str(path), "--format", "json").output)
    assert found["dataset"] == "cow-nmc" and found["rows"] == 1
    by_name = {c["column"]: c for c in found["columns"]}
    assert by_name["milex"]["not covered"] == 1 and by_name["milper"]["zeros"] == 1
    assert by_name["stateabb"]["kind"] == "text"
    assert "also tss-rivalries" in _run(app, "counts", str(tmp_path), code=2).stderr
    assert "cow-nmc" in _run(app, "datasets").output

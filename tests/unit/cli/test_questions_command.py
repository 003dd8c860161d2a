"""`standoff ask`, `questions`, `resolve`, `score` as a person types them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standoff.assess import questions
from standoff.cli import app
from standoff.ledger import Ledger

ASK = ["ask", "Will China attack Taiwan in 2021?", "--event", "attack", "--by", "2021-12-31",
       "--as-of", "2021-08-13", "--draws", "100"]  # fmt: skip


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "d.standoff"
    Ledger.create(path, system="west-pacific-2021").close()
    monkeypatch.setenv("STANDOFF_DOSSIER", str(path))
    return path


def test_a_question_goes_from_asking_to_its_score(dossier: Path, tmp_path: Path) -> None:
    out = run(*ASK, "--crowd", "0.05", "--crowd-source", "INFER", "--link", "metaculus=77")
    assert "of        d.standoff, with what was available by 2021-08-13" in out
    assert re.search(r"2021-08-13 +[\d.]+ +[\d.]+ to [\d.]+ .*R-[0-9a-f]{8}", out)
    assert "the outcome may have been known" in out
    out = run("ask", "Will Russia attack Ukraine?", "--event", "attack", "--challenger", "RUS",
              "--protege", "UKR", "--supporters", "USA", "--as-of", "2022-02-01", "--by",
              "2022-08-01", "--draws", "100")  # fmt: skip
    assert "attack by RUS on UKR" in out
    crowd = tmp_path / "crowd.csv"
    crowd.write_text("question,day,probability,source\nQ-002,2022-02-10,0.4,Metaculus\n")
    assert "Q-002" in run("questions", "--crowd", str(crowd))
    assert '"question": 77' in run("questions", "--export", "metaculus", code=1)
    run("resolve", "Q-001", "no", "--source", "press")
    run("resolve", "Q-002", "yes", "--on", "2022-02-24", "--source", "wires")
    out = run("score")
    assert "2 resolved, 0 open, 0 void" in out and "crowd" in out and "little" in out
    card = json.loads(run("score", "--format", "json"))["score"]
    with Ledger.open(dossier) as ledger:
        p, q = (x.forecasts[0].p for x in questions(ledger))
    assert card["lines"][0]["brier"] == pytest.approx((p**2 + (q - 1) ** 2) / 2)
    assert json.loads(run("questions", "Q-001", "--format", "json"))[0]["outcome"] == "no"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ask", "Will Xi resign?"], "a question without its event"),
        (["ask", "Will he?", "--event", "attack"], "without a deadline"),
        (["ask", "x?", "--event", "coup", "--by", "2099-01-01"], "attack: war, or force"),
        (ASK[:6], "which has passed"),
        ([*ASK[:6], "--as-of", "2031-01-01"], "a day up to today"),
        ([*ASK, "--link", "polymarket=1"], "SITE=NUMBER"),
        ([*ASK, "--crowd", "5"], "a probability, 0 to 1"),
        ([*ASK, "--crowd", "0.5"], "without its source"),
        ([*ASK, "--challenger", "RUS"], "one side alone"),
        ([*ASK, "--challenger", "RUS", "--protege", "QQQ"], "QQQ"),
        ([*ASK, "--defenders", "USA"], "roles for the pair of the system"),
        (["resolve", "Q-009", "yes", "--on", "2021-09-01", "--source", "x"], "none was asked yet"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_nothing_is_stored(dossier, words, said) -> None:
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 2 and said in result.output
    with Ledger.open(dossier) as ledger:
        assert questions(ledger) == () and ledger.runs() == ()


def test_a_bad_line_of_a_crowd_file_adds_none_of_it(dossier: Path, tmp_path: Path) -> None:
    run(*ASK)
    crowd = tmp_path / "crowd.csv"
    crowd.write_text(
        "question,day,probability,source\nQ-001,2021-09-01,0.4,A\nQ-001,2021-09-02,many,A\n"
    )
    assert "line 3" in run("questions", "--crowd", str(crowd), code=2)
    with Ledger.open(dossier) as ledger:
        assert questions(ledger)[0].crowd == ()


def test_an_update_adds_to_every_open_question_once(dossier: Path) -> None:
    run(*ASK)
    run("questions", "--update", "--as-of", "2021-09-13", "--draws", "100")
    run("questions", "--update", "--as-of", "2021-09-13", "--draws", "100")
    with Ledger.open(dossier) as ledger:
        assert [str(f.as_of) for f in questions(ledger)[0].forecasts] == [
            "2021-08-13",
            "2021-09-13",
        ]


def test_a_dossier_without_questions_says_what_to_do(dossier: Path) -> None:
    assert "no question in d.standoff" in run("questions")
    assert "nothing to score" in run("score")


def test_a_file_of_cases_is_scored(tmp_path: Path) -> None:
    from standoff.assess import shipped_cases

    lines = shipped_cases("questions/past-1.jsonl").read_text("utf-8").splitlines(True)[:4]
    file = tmp_path / "cases.jsonl"
    file.write_text("".join(lines), "utf-8")
    out = run("score", "--cases", str(file), "--draws", "100", "--full")
    assert "4 questions, 1 came" in out and "india-pakistan-1971" in out
    (record,) = json.loads(run("score", "--cases", str(file), "--draws", "100", "--format", "json"))
    assert record["score"]["n"] == 4 and len(record["questions"]) == 4

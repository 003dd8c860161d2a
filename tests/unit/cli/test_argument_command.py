"""`standoff argument` as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standoff.cli import app

RUN = CliRunner()
TEXT = "Doubts about the American commitment could lead Japan to acquire nuclear weapons.\n"


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def run(*words: str, code: int = 0):
    result = RUN.invoke(app, ["argument", *words])
    assert result.exit_code == code, f"{words}: {result.output}\n{result.stderr}"
    return result


def test_words_json_and_picture_tell_the_same_edge(report: str, tmp_path: Path) -> None:
    picture = tmp_path / "a.svg"
    words = (report, "--published", "2021-08-13", "--system", "west-pacific-2021", "--draws", "100")
    told = run(*words, "--picture", str(picture)).output
    assert "Doubts about the American commitment" in told and "assumed" in told
    found = json.loads(run(*words, "--format", "json").output)
    assert found["edges"][0]["model"]["disposition"] == "assumed"
    assert found["text"]["published"] == "2021-08-13"
    assert "assumed" in picture.read_text(encoding="utf-8")


def test_without_a_system_nothing_is_tested(report: str) -> None:
    told = run(report, "--published", "2021-08-13").output
    assert "G-01" in told and "model" not in told


def test_bad_input_is_one_message_and_code_2(report: str, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text(" \n", encoding="utf-8")
    run(str(empty), "--published", "2021-08-13", code=2)
    run(report, "--published", "yesterday", code=2)
    run(report, "--published", "2021-08-13", "--system", "atlantis", code=2)
    run(str(tmp_path / "none.txt"), "--published", "2021-08-13", code=2)


def test_the_day_of_the_game_may_be_another_than_that_of_the_text(report: str) -> None:
    words = (report, "--published", "2021-08-13", "--system", "west-pacific-2021", "--draws", "100")
    found = json.loads(run(*words, "--as-of", "2021-06-01", "--format", "json").output)
    assert (found["as_of"], found["text"]["published"]) == ("2021-06-01", "2021-08-13")

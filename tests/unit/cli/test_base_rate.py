"""`standoff base-rate`: the card and its JSON; what is refused."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from standoff.cli import app


def run(*words: str, code: int = 0):
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, result.output + result.stderr
    return result


def test_the_card_as_json() -> None:
    words = ("base-rate", "CHN", "TWN", "--on", "2021-08-13", "--draws", "500")
    text = run(*words, "--format", "json").output
    card = json.loads(text)
    for event in ("dispute", "attack", "join"):
        three, six, year = (card[event][m] for m in ("3", "6", "12"))
        assert three["low"] < three["p"] < three["high"]
        assert three["p"] < six["p"] < year["p"]
    for months in ("3", "6", "12"):
        assert (
            card["dispute"][months]["p"] > card["attack"][months]["p"] > card["join"][months]["p"]
        )
    assert [(c["year"], c["challenger"]) for c in card["cases"]] == [(1958, "CHN")]
    assert "78" in str(card["classes"][1]["attacks"]) and card["coverage"]["disputes"] == 2010
    assert text == run(*words, "--format", "json").output


def test_the_card_in_words() -> None:
    shown = run("base-rate", "EGY", "ISR", "--on", "1973-09-01", "--draws", "300").output
    assert "EGY against ISR, as known on 1973-09-01" in shown
    assert "uncertainty about the rate" in shown and "tables end: " in shown
    assert "EGY>ISR 1973" not in shown.split("Reference classes")[0]


def test_refusals_are_one_line_and_exit_2() -> None:
    assert "unknown-actor" in run("base-rate", "WAK", "GEN", "--on", "2021-01-01", code=2).stderr
    assert "impossible-date" in run("base-rate", "RUS", "UKR", "--on", "1985-01-01", code=2).stderr


def test_a_folder_without_data_is_refused(tmp_path) -> None:
    assert "cow-states" in run("fit", "forecast", "--data", str(tmp_path), code=2).stderr
    assert "cow-states" in run("backtest", "--data", str(tmp_path), code=2).stderr

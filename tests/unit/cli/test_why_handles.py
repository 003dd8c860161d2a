"""`standoff why` for every kind of handle, both ways, as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standoff.cli import app
from standoff.ledger import Ledger

REPORT = (
    "Japan pledged on 3 August 2021 to defend Taiwan. Japan spent 5 percent of its GDP on defense "
    "in 2020."
)


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, result.output + result.stderr
    return result.output + result.stderr


@pytest.fixture(scope="module")
def handles(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A dossier with a report, an action, and a run; one handle of each kind."""
    folder = tmp_path_factory.mktemp("why")
    path = folder / "w.standoff"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        run("new", "w")
        Path("r.txt").write_text(REPORT)
        run(
            "read", "r.txt", "--published", "2021-08-10", "--source", "Wire", "--dossier", str(path)
        )
        with Ledger.open(path) as ledger:
            document = ledger.documents()[-1].handle
            signal = next(s for s in ledger.signals() if s.document == document)
            action = ledger.accept([signal.handle], "I read it")
        told = json.loads(
            run("assess", "--draws", "100", "--as-of", "2021-08-13", "--format", "json")
        )
    return {
        "dossier": str(path), "S": signal.handle, "E": signal.event, "D": document, "C": "C-02",
        "A": action, "R": told["run"], "#": f"{told['run']}#fight.JPN", "L": "L-JPN>TWN@2021-08-13",
    }  # fmt: skip


def asked(handles: dict[str, str], kind: str) -> tuple[str, dict]:
    words = ("why", handles[kind], "--dossier", handles["dossier"])
    return run(*words), json.loads(run(*words, "--format", "json"))


@pytest.mark.parametrize("kind", ["S", "E", "D", "L", "C"])
def test_what_it_rests_on_and_what_rests_on_it(handles: dict[str, str], kind: str) -> None:
    text, tree = asked(handles, kind)
    assert tree["handle"] == handles[kind] and "used by" in text
    with Ledger.open(handles["dossier"]) as ledger:
        assert tuple(tree["used_by"]) == ledger.used_by(handles[kind])
    if kind == "C":
        assert "CONTRADICTED" in text and "recorded" in tree["details"]
    else:
        assert handles["#"] in tree["used_by"]
    if kind == "S":
        assert "I read it" in tree["details"]["accepted"] and handles["A"] in text


def test_an_action_says_who_what_and_why(handles: dict[str, str]) -> None:
    _, tree = asked(handles, "A")
    assert tree["line"] == "accept, 1 item, in force"
    assert tree["details"]["because"] == "I read it"
    assert [w["handle"] for w in tree["rests_on"]] == [handles["S"]]
    shipped = run("why", "a-1", "--dossier", handles["dossier"])
    assert "rules of the system" in shipped and "more: standoff decisions A-0001" in shipped
    run("why", "A-9999", "--dossier", handles["dossier"], code=2)


def test_a_run_and_one_number_of_it(handles: dict[str, str]) -> None:
    assert "war" in asked(handles, "R")[1]["details"]["numbers"]
    text, tree = asked(handles, "#")
    below = [w["handle"] for w in tree["rests_on"]]
    assert handles["L"] in below and "how" in tree["details"]
    assert "«" in text or "note: " in text  # down to the words


def test_the_past_does_not_know_what_came_later(handles: dict[str, str]) -> None:
    for kind in "SEDCA":
        words = ("why", handles[kind], "--dossier", handles["dossier"])
        run(*words, "--recorded-by", "2020-01-01", code=2)

"""An analyst's own verdict: in place of the check's, with a reason, and undone like any decision."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standoff.cli import app
from standoff.ledger import Ledger

TEXT = "China accused Japan. Ishigaki is about 180 km from Taiwan."


@pytest.fixture
def dossier(tmp_path) -> Path:
    (tmp_path / "r.txt").write_text(TEXT, encoding="utf-8")
    old = Path.cwd()
    os.chdir(tmp_path)
    try:
        for words in (
            ["new", "a", "--empty"],
            ["read", "r.txt", "--published", "2021-08-13", "--dossier", "a.standoff"],
        ):
            assert CliRunner().invoke(app, words).exit_code == 0
    finally:
        os.chdir(old)
    return tmp_path / "a.standoff"


def run(*words: str, code: int = 0):
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, result.output + result.stderr
    return result


def test_a_verdict_is_overruled_with_a_reason(dossier) -> None:
    where = ("--dossier", str(dossier))
    assert "contradicted" in run("claims", *where).output
    run("overrule", "C-01", "supported", "--because", "from the outer reef", *where)
    assert "contradicted" not in run("claims", *where).output.replace("no reasonable", "")
    why = run("why", "C-01", *where).output
    assert "CONTRADICTED" in why and "overruled" in why and "from the outer reef" in why
    with Ledger.open(dossier) as ledger:
        assert ledger.claims()[0].outcome == "SUPPORTED"
        ledger.undo()
        assert ledger.claims()[0].outcome == "CONTRADICTED"


@pytest.mark.parametrize(
    "words",
    [
        ("C-01", "wrong", "--because", "x"),
        ("C-01", "supported", "--because", " "),
        ("C-99", "supported", "--because", "x"),
    ],
)
def test_what_makes_no_verdict_is_refused(dossier, words) -> None:
    assert "try:" in run("overrule", *words, "--dossier", str(dossier), code=2).stderr

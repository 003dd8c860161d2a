"""`standoff facts list` and `show` as a person runs them; adding is tested with the ledger."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from standoff.cli import app

RUN = CliRunner()


def _run(*words, code=0):
    result = RUN.invoke(app, ["facts", *words])
    assert result.exit_code == code, result.output + result.stderr
    return result


def test_tables_rows_and_one_thing() -> None:
    names = [r["name"] for r in json.loads(_run("list", "--format", "json").output)]
    assert {"states", "offices", "places", "laws", "statements", "chain"} <= set(names)
    rows = json.loads(_run("list", "laws", "--actor", "CHN", "--format", "json").output)
    assert rows and all(r["actor"] == "CHN" and r["source"] for r in rows)
    out = _run("show", "Yoshihide Suga", "--on", "2021-08-01").output
    assert "Prime Minister" in out and "Chief Cabinet Secretary" not in out
    assert "standoff facts list" in _run("show", "no such thing", code=2).stderr
    assert "YYYY-MM-DD" in _run("show", "Japan", "--on", "2021-02-30", code=2).stderr
    assert "the table 'moods'" in _run("list", "moods", code=2).stderr

"""`standoff facts` as a person runs it, and the file of added facts."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from standoff.cli import app
from standoff.errors import FactError, StoreFailure, UnreadableFile
from standoff.reference import added_as_csv, append_added, read_added

RUN = CliRunner()
HEAD = "kind,subject,object,value,unit,from,to,source\n"


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


def test_facts_are_added_once_listed_and_shown(tmp_path) -> None:
    table, store = tmp_path / "mine.csv", tmp_path / "mine.facts.jsonl"
    table.write_text(HEAD + "distance,Alpha Rock,Beta Rock,12,km,,,survey 2020\n")
    first = _run("add", str(table), "--facts", str(store))
    assert "1 of 1" in first.output and "next" in first.output
    assert "0 of 1" in _run("add", str(table), "--facts", str(store)).output
    assert len(store.read_text().splitlines()) == 1
    (row,) = json.loads(_run("list", "added", "--facts", str(store), "--format", "json").output)
    assert row["value"] == "12"
    assert "survey 2020" in _run("show", "Alpha Rock", "--facts", str(store)).output


def test_one_wrong_row_keeps_all_out(tmp_path) -> None:
    table, store = tmp_path / "bad.csv", tmp_path / "f.jsonl"
    table.write_text(
        HEAD + "distance,A,B,12,km,,,survey\ndistance,A,C,twelve,km,,,survey\n", encoding="utf-8"
    )
    assert "twelve" in _run("add", str(table), "--facts", str(store), code=2).stderr
    assert not store.exists()
    table.write_text(HEAD + "distance,A,B,12,km,,,survey\n", encoding="utf-8")
    _run("add", str(table), "--facts", str(store))
    table.write_text(HEAD + "distance,A,B,15,km,,,survey\n", encoding="utf-8")
    clash = _run("add", str(table), "--facts", str(store), code=2).stderr
    assert "12" in clash and "15" in clash and len(read_added(store)) == 1
    assert "UTF-8" in _run("add", str(tmp_path / "none.csv"), "--facts", str(store), code=2).stderr


def test_a_broken_file_is_named_with_its_line(tmp_path) -> None:
    path = tmp_path / "f.jsonl"
    assert read_added(path) == []
    path.write_text('{"kind": "share", "subject": "JPN"}\n\nnot json\n')
    with pytest.raises(FactError, match="line 3"):
        read_added(path)
    path.write_text("[1]\n")
    with pytest.raises(FactError, match="no object"):
        read_added(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableFile):
        read_added(path)
    with pytest.raises(StoreFailure):
        append_added(tmp_path / "no folder" / "f.jsonl", [{"kind": "law"}])
    assert added_as_csv(tmp_path / "none").startswith("kind,subject")

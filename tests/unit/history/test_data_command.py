"""`standoff data` and `standoff history dyads` as a person runs them, on a world made by hand."""

from __future__ import annotations

import csv
import json
import sys

import pytest
import typer
from typer.testing import CliRunner

from standoff.cli import data, history
from standoff.cli.app import Guarded

RUN = CliRunner()
STATES = (
    "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n"
    "A,10,A,1900,1,1,2016,12,31,2016\n"
    "B,20,B,1900,1,1,1901,6,30,2016\n"
    "C,30,C,1901,7,1,2016,12,31,2016\n"
)
# The pair once, months, semicolons: as the release gives it and a spreadsheet saves it.
CONTIGUITY = "dyad;statelno;statehno;conttype;begin;end\n10030;10;30;2;190107;190212\n"
ALLIANCES = "stateA,stateB,year,defense,offense,neutral,nonagg,consul\n30,10,1902,1,0,0,0,0\n"


@pytest.fixture(scope="module")
def app() -> typer.Typer:
    made = typer.Typer(cls=Guarded)
    history.register(made)
    data.register(made)

    @made.callback()
    def root() -> None: ...

    return made


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.setenv("STANDOFF_DATA", str(tmp_path / "home"))
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "states.csv").write_text(STATES)
    (folder / "contiguity.csv").write_text(CONTIGUITY, encoding="utf-16")
    (folder / "atop.csv").write_text(ALLIANCES)
    return folder


def _run(app, *words, code=0):
    result = RUN.invoke(app, [str(w) for w in words])
    assert result.exit_code == code, result.output + result.stderr
    return result


def _rows(path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_a_registered_file_is_remembered_until_it_changes(app, files) -> None:
    said = _run(app, "data", "add", files / "states.csv", files / "contiguity.csv").output
    assert "cow-states" in said and "cite     Stinnett" in said
    listed = json.loads(_run(app, "data", "list", "--format", "json").output)
    assert [(r["id"], r["rows"], r["years"], r["state"]) for r in listed] == [
        ("cow-contiguity", 1, "1901-1902", "here"),
        ("cow-states", 3, "1900-2016", "here"),
    ]
    checked = json.loads(
        _run(app, "data", "check", files / "contiguity.csv", "--format", "json").output
    )
    assert (
        checked["registered"] == "yes" and "utf-16, separated by semicolons" in checked["read as"]
    )
    assert "statelno is ccode1" in checked["renamed"] and len(checked["sha256"]) == 64
    (files / "states.csv").write_text(STATES + "D,40,D,1900,1,1,2016,12,31,2016\n")
    listed = json.loads(_run(app, "data", "list", "--format", "json").output)
    assert listed[1]["state"] == "changed"
    pytest.importorskip("duckdb", reason="needs the extra `history`")
    said = _run(app, "history", "dyads", "-o", files / "o.csv", code=2).stderr
    assert "registered as cow-states and now changed" in said and not (files / "o.csv").exists()


def test_what_cannot_be_registered_leaves_the_registry_as_it_was(app, files) -> None:
    _run(app, "data", "add", files / "states.csv")
    before = (files.parent / "home" / "datasets.json").read_bytes()
    (files / "twice.csv").write_text(STATES + "A,10,A,1900,1,1,2016,12,31,2016\n")
    assert "a second row" in _run(app, "data", "add", files / "twice.csv", code=2).stderr
    (files / "other.csv").write_text("a,b\n1,2\n")
    assert "nearest" in _run(app, "data", "add", files / "other.csv", code=2).stderr
    assert (files.parent / "home" / "datasets.json").read_bytes() == before
    (files.parent / "home" / "datasets.json").write_text("{")
    assert "the registry" in _run(app, "data", "list", code=2).stderr


def test_the_data_folder_follows_the_environment(app, files, monkeypatch) -> None:
    monkeypatch.delenv("STANDOFF_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(files / "xdg"))
    _run(app, "data", "add", files / "states.csv")
    assert (files / "xdg" / "standoff" / "datasets.json").exists()


def test_dyads_are_joined_from_files_as_released(app, files) -> None:
    pytest.importorskip("duckdb", reason="needs the extra `history`")
    out = files / "dyads.csv"
    words = ("history", "dyads", "--from", 1900, "--to", 1903, "--data", files, "-o", out)
    said = json.loads(_run(app, *words, "--format", "json").output)
    rows = _rows(out)
    assert said["rows"] == len(rows) == 2 + 4 + 2 + 2 and said["directed"]
    at = {(r["ccode1"], r["ccode2"], r["year"]): r for r in rows}
    assert list(at) == sorted(at, key=lambda k: (int(k[2]), int(k[0]), int(k[1])))
    for pair in (("10", "30"), ("30", "10")):
        assert [at[*pair, y]["conttype"] for y in ("1901", "1902", "1903")] == ["2", "2", "0"]
    # An alliance is directed: what 30 owes 10.
    assert at["30", "10", "1902"]["atop_defense"] == "1"
    assert at["10", "30", "1902"]["atop_defense"] == "0"
    assert said["left_out"]["disputes"] == "gml-ddy"
    column = {c["name"]: c for c in said["columns"]}["conttype"]
    assert column["zeros"] == [1816, 2016] and (column["first"], column["last"]) == (1900, 1903)


def test_undirected_pairs_hold_either_obligation(app, files) -> None:
    pytest.importorskip("duckdb", reason="needs the extra `history`")
    out = files / "pairs.csv"
    words = ("history", "dyads", "--undirected", "--from", 1902, "--to", 1903, "--data", files)
    assert "pairs and years" in _run(app, *words, "--with", "alliances", "-o", out).output
    assert [(r["ccode1"], r["ccode2"], r["atop_defense"]) for r in _rows(out)] == [
        ("10", "30", "1"),
        ("10", "30", "0"),
    ]


def test_parquet_and_csv_hold_the_same_rows(app, files) -> None:
    pytest.importorskip("duckdb", reason="needs the extra `history`")
    parquet = pytest.importorskip("pyarrow.parquet")
    words = ("history", "dyads", "--from", 1900, "--to", 1903, "--data", files, "-o")
    for name in ("d.csv", "d.parquet"):
        _run(app, *words, files / name)
    table = parquet.read_table(files / "d.parquet").to_pylist()
    shown = [{k: "" if v is None else str(v) for k, v in row.items()} for row in table]
    assert shown == _rows(files / "d.csv")


def test_years_without_data_are_told(app, files) -> None:
    pytest.importorskip("duckdb", reason="needs the extra `history`")
    out = files / "late.csv"
    words = ("history", "dyads", "--from", 2018, "--to", 2020, "--data", files, "-o", out)
    said = _run(app, *words, "--with", "contiguity").output
    assert "cow-contiguity: no value in 2018 to 2020" in said and "after 2016" in said
    assert all(r["conttype"] == "" for r in _rows(out))


def test_what_goes_wrong_leaves_nothing_behind(app, files) -> None:
    pytest.importorskip("duckdb", reason="needs the extra `history`")
    old = files / "old.csv"
    old.write_text("kept")

    def refused(out, *words, folder=files) -> str:
        base = ("history", "dyads", "--data", folder, "-o", out)
        return _run(app, *base, *words, code=2).stderr

    assert "no folder that can be written" in refused(files / "none" / "d.csv")
    assert ".parquet or .csv" in refused(files / "d.xlsx")
    (files / "folder.csv").mkdir()
    assert "is a folder" in refused(files / "folder.csv")
    assert "also gml-ddy" in refused(old, "--with", "disputes")
    assert "'wars'" in refused(old, "--with", "wars")
    assert "years 2000 to 1999" in refused(old, "--from", "2000", "--to", "1999")
    assert "a folder with CSV files" in refused(old, folder=files / "states.csv")
    twice = ALLIANCES + "30,10,1902,0,0,0,0,1\n"
    (files / "atop.csv").write_text(twice)
    assert "two rows for ccode1, ccode2, year = 30, 10, 1902" in refused(old)
    (files / "atop.csv").write_text(ALLIANCES.replace("1,0,0,0,0", "much,0,0,0,0"))
    assert "'much' in column 'atop_defense', line 2 of atop.csv" in refused(old)
    assert old.read_text() == "kept"
    assert not [p for p in files.iterdir() if p.name.startswith(".")]


def test_without_duckdb_the_extra_is_named(app, files, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    words = ("history", "dyads", "--data", files, "-o", files / "d.csv")
    said = _run(app, *words, code=2).stderr
    assert "standoff[history]" in said and not (files / "d.csv").exists()

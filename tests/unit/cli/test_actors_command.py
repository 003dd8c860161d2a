"""`standoff actors show`, `import` and `add`, and `standoff read --actors` in its three forms."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standoff.cli import app
from standoff.ledger import Ledger

DICTIONARY = "GONDOR [GON >700101]\n+MINAS_TIRITH\nSAURON [MORGOV\nMORDOR [MORMIL 200101-211231]\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("STANDOFF_DOSSIER", raising=False)
    Path("d.txt").write_text(DICTIONARY)
    Path("names.csv").write_text(
        "name,code,from,to,sector,office,person\n"
        "Gondor,GON,,,,,\n"
        "Denethor,GON,2010-01-01,2022-03-15,GOV,steward,Denethor\n"
    )
    Path("r.txt").write_text("Denethor of Gondor condemned China on Friday. Nobuo Kishi agreed.")
    return tmp_path


@pytest.fixture
def dossier(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = folder / "d.standoff"
    Ledger.create(path, system="west-pacific-2021").close()
    monkeypatch.setenv("STANDOFF_DOSSIER", str(path))
    return path


def run(*words: str, code: int = 0):
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, result.output + result.stderr
    return result


def lines(text: str, kind: str = "actor") -> list[dict[str, object]]:
    return [r for r in map(json.loads, text.splitlines()) if r["type"] == kind]


def test_a_person_is_shown_with_office_days_and_source(folder: Path) -> None:
    shown = run("actors", "show", "nobuo kishi").output
    assert "[person, JPN, GOV]" in shown
    assert "from 2020-09-16 to 2022-08-10" in shown
    assert "source: " in shown
    (row,) = json.loads(run("actors", "show", "Nobuo Kishi", "--format", "json").output)["known"]
    assert (row["actor"], row["sector"], row["office"]) == ("JPN", "GOV", "defence_minister")
    assert (row["from"], row["to"]) == ("2020-09-16", "2022-08-10")
    assert row["source"] and row["verified"]
    assert "expected" in run("actors", "show", "Nobuo Kishi", "--on", "2010-01-01", code=2).stderr


def test_a_state_is_shown_with_its_offices_of_the_day(folder: Path) -> None:
    found = json.loads(
        run("actors", "show", "JPN", "--on", "2021-08-13", "--format", "json").output
    )
    assert found["known"][0]["name"] == "Japan"
    offices = {r["office"]: r["person"] for r in found["of_state"] if r["kind"] == "person"}
    assert offices["head_of_government"] == "Yoshihide Suga"
    assert offices["defence_minister"] == "Nobuo Kishi"
    assert any(r["kind"] == "body" and r["sector"] == "MIL" for r in found["of_state"])
    assert "Yoshihide Suga" in run("actors", "show", "Japan", "--on", "2021-08-13").output


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Kuomintang", "[body, TWN, "),
        ("NATO", "[organisation, NATO, IGO]"),
        ("the Kremlin", "RUS"),
        ("People's Liberation Army", "[body, CHN, MIL]"),
    ],
)
def test_bodies_and_organisations_are_shown(folder: Path, name: str, said: str) -> None:
    assert said in run("actors", "show", name).output


def test_an_unknown_name_says_what_is_near(folder: Path) -> None:
    said = run("actors", "show", "Nobuo Kishy", code=2).stderr
    assert "Nobuo Kishi" in said and "standoff actors" in said


def test_a_dictionary_becomes_a_table(folder: Path) -> None:
    ran = run("actors", "import", "d.txt", code=1)
    rows = list(csv.DictReader(io.StringIO(ran.stdout)))
    assert [(r["name"], r["code"], r["from"], r["to"]) for r in rows] == [
        ("GONDOR", "GON", "1970-01-01", ""),
        ("MINAS TIRITH", "GON", "1970-01-01", ""),
        ("MORDOR", "MORMIL", "2020-01-01", "2021-12-31"),
    ]
    assert "line 3" in ran.stderr and "not closed" in ran.stderr
    run("actors", "import", "d.txt", "--out", "out.csv", code=1)
    assert Path("out.csv").read_text() == ran.stdout


def test_a_dictionary_is_added_to_a_dossier_whole_or_with_leave(dossier: Path) -> None:
    assert "line 3" in run("actors", "add", "d.txt", code=2).stderr
    with Ledger.open(dossier) as ledger:
        assert ledger.added_actors() == ()
    ran = run("actors", "add", "d.txt", "--skip-bad", "--because", "a tale")
    assert "3 of 3" in ran.output and "line 3" in ran.stderr
    shown = run("actors", "show", "Mordor").output
    assert "[added, MORMIL, 2020-01-01 to 2021-12-31]" in shown and "A-0001" in shown
    assert "expected" in run("actors", "show", "Mordor", "--on", "2024-01-01", code=2).stderr
    ran = run(
        "read", "r.txt", "--published", "2021-08-13", "--format", "jsonl", "--dossier", "d.standoff"
    )
    assert "GON" in {r["actor"] for r in lines(ran.stdout)}


def test_the_names_of_one_run_count_in_every_form_of_reading(dossier: Path) -> None:
    own = ("--actors", "names.csv", "--format", "jsonl")
    single = lines(run("read", "r.txt", "--published", "2021-08-13", *own).stdout)
    kept = lines(
        run("read", "r.txt", "--published", "2021-08-13", "--dossier", "d.standoff", *own).stdout
    )
    item = {"id": "x", "text": Path("r.txt").read_text(), "published": "2021-08-13"}
    Path("b.jsonl").write_text(json.dumps(item) + "\n")
    batch = lines(run("read", "--batch", "b.jsonl", "--workers", "1", *own).stdout)
    assert [{k: v for k, v in r.items() if k != "doc"} for r in batch] == single == kept
    assert {r["doc"] for r in batch} == {"x"}
    text = Path("r.txt").read_text()
    assert all(text[r["start"] : r["end"]] == r["quote"] for r in single)  # type: ignore[misc]
    by_quote = {r["quote"]: r for r in single}
    steward = by_quote["Denethor"]
    assert (steward["actor"], steward["sector"], steward["office"]) == ("GON", "GOV", "steward")
    assert (steward["person"], steward["from"], steward["to"]) == (
        "Denethor", "2010-01-01", "2022-03-15",
    )  # fmt: skip
    kishi = by_quote["Nobuo Kishi"]
    assert (kishi["actor"], kishi["sector"]) == ("JPN", "GOV")
    assert (kishi["from"], kishi["to"]) == ("2020-09-16", "2022-08-10")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("who,what\nx,y\n", "missing: name, code"),
        ("name,code,from\nGondor,GON,2021-02-30\n", "2021-02-30"),
        ("name,code\nGondor,7\n", "'7' is no code"),
    ],
)
@pytest.mark.parametrize("form", ["single", "batch", "dossier"])
def test_a_faulty_table_is_refused_in_every_form(
    dossier: Path, table: str, said: str, form: str
) -> None:
    Path("bad.csv").write_text(table)
    Path("b.jsonl").write_text('{"id": "x", "text": "China spoke.", "published": "2021-08-13"}\n')
    words = {
        "single": ("read", "r.txt", "--published", "2021-08-13"),
        "batch": ("read", "--batch", "b.jsonl"),
        "dossier": ("read", "r.txt", "--published", "2021-08-13", "--dossier", "d.standoff"),
    }[form]
    ran = run(*words, "--actors", "bad.csv", code=2)
    assert said in ran.stderr and ran.stdout == ""


def test_a_dictionary_with_a_bad_line_serves_a_run_and_names_the_line(folder: Path) -> None:
    ran = run(
        "read", "r.txt", "--published", "2021-08-13", "--actors", "d.txt", "--format", "jsonl"
    )
    assert "line 3" in ran.stderr
    assert "GON" in {r["actor"] for r in lines(ran.stdout)}

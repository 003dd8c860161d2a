"""Every command as a person runs it: output, next step, exit codes, one clear message."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standoff.cli import app

RUN = CliRunner()
TEXT = (
    "China accused Japan of gross interference on Monday. The U.S. destroyer Benfold passed "
    "through the Taiwan Strait. Ishigaki is about 180 km from Taiwan."
)


def run(*words: str, code: int = 0, cwd: Path | None = None):
    old = Path.cwd()
    os.chdir(cwd or old)
    try:
        result = RUN.invoke(app, list(words))
    finally:
        os.chdir(old)
    assert result.exit_code == code, f"{words}: {result.output}\n{result.stderr}"
    return result


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("cli")
    (made / "report.txt").write_text(TEXT, encoding="utf-8")
    run("new", "taiwan", cwd=made)
    run(
        "read", "report.txt", "--published", "2021-07-30", "--source", "a wire",
        "--dossier", "taiwan.standoff", cwd=made,
    )  # fmt: skip
    return made


def test_new_says_what_to_do_next(tmp_path) -> None:
    out = run("new", "a", cwd=tmp_path).output
    assert "next" in out and "standoff read" in out


def test_signals_as_table_and_as_json(folder) -> None:
    assert "S-001" in run("signals", cwd=folder).output
    rows = json.loads(run("signals", "--actor", "JPN", "--format", "json", cwd=folder).output)
    assert rows and all("handle" in row for row in rows)


def test_claims_show_the_contradicted_distance(folder) -> None:
    out = run("claims", cwd=folder).output
    assert "180 km" in out and "contradicted" in out.lower()


def test_measure_one_series(folder) -> None:
    out = run("measure", "--series", "JPN>TWN", "--at", "2021-08-13", cwd=folder).output
    assert "L-JPN>TWN@2021-08-13" in out


def test_assess_prints_stages_effects_and_the_next_command(folder) -> None:
    out = run("assess", "--as-of", "2021-08-13", "--draws", "200", "--full", cwd=folder).output
    for words in ("base rate", "with the strategic model", "with the evidence", "within 3 months",
                  "effects of D-002", "against none of them",
                  "against the other reports of the same events", "next"):  # fmt: skip
        assert words in out, words


def test_assess_as_json_holds_the_same_run(folder) -> None:
    found = json.loads(
        run(
            "assess", "--as-of", "2021-08-13", "--draws", "200", "--format", "json", cwd=folder
        ).stdout
    )
    assert found["run"].startswith("R-") and len(found["effects"]) == 2
    assert found["headline"]["likelihood"] and len(found["headline"]["chances"]) == 3
    out = run("why", f"{found['run']}#war", cwd=folder).output
    assert "note: " in out and "severity" in out
    assert "L-JPN>TWN@2021-08-13" in run("why", f"{found['run']}#fight.JPN", cwd=folder).output


def test_why_draws_one_claim(folder) -> None:
    out = run("why", "C-01", cwd=folder).output
    assert "verdict" in out and "where" in out
    tree = json.loads(run("why", "C-01", "--format", "json", cwd=folder).output)
    assert tree["handle"] == "C-01"


def test_brief_is_written(folder) -> None:
    out = run("brief", "--out", "b.html", "--draws", "200", cwd=folder).output
    assert "b.html" in out and (folder / "b.html").stat().st_size > 20_000


def test_pipes_and_no_color_give_plain_text(folder) -> None:
    assert "\x1b[" not in run("signals", cwd=folder).output


BAD = {
    "unknown actor": (["signals", "--actor", "Narnia"], "Narnia"),
    "unknown series": (["measure", "--series", "JPN"], "JPN"),
    "unreadable file": (["read", "missing.txt", "--published", "2021-08-13"], "missing.txt"),
    "impossible date": (["read", "report.txt", "--published", "2021-02-30"], "2021-02-30"),
    "impossible as-of": (["assess", "--as-of", "yesterday"], "yesterday"),
    "no such handle": (["why", "S-99999"], "S-99999"),
    "no such system": (["new", "b", "--system", "atlantis"], "atlantis"),
    "dossier is there": (["new", "taiwan"], "taiwan.standoff"),
    "no such dossier": (["signals", "--dossier", "none.standoff"], "none.standoff"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_clear_message_and_exit_code_2(folder, case) -> None:
    words, named = BAD[case]
    result = run(*words, code=2, cwd=folder)
    assert named in result.stderr
    assert "expected" in result.stderr and "try:" in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert "Traceback" not in result.output


def test_an_empty_text_is_refused(folder) -> None:
    (folder / "empty.txt").write_text(" \n\n", encoding="utf-8")
    result = run("read", "empty.txt", "--published", "2021-08-13", code=2, cwd=folder)
    assert "empty-text" in result.stderr


def test_a_dossier_of_a_newer_version_is_left_alone(tmp_path) -> None:
    run("new", "later", cwd=tmp_path)
    path = tmp_path / "later.standoff"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    result = run("signals", "--dossier", str(path), code=2)
    assert "newer-dossier" in result.stderr and path.read_bytes() == before


def test_a_description_without_a_role_is_named(tmp_path) -> None:
    from importlib import resources

    text = (resources.files("standoff.systems") / "data/west-pacific-2021/system.toml").read_text()
    path = tmp_path / "mine.toml"
    path.write_text(text.replace('protege = "TWN"', "", 1), encoding="utf-8")
    result = run("new", "mine", "--system", str(path), code=2, cwd=tmp_path)
    assert "protege" in result.stderr and not (tmp_path / "mine.standoff").exists()


def test_a_refused_report_leaves_the_dossier_as_it_was(folder) -> None:
    before = run("documents", cwd=folder).output
    run("read", "empty.txt", "--published", "2021-08-13", "--dossier", "taiwan.standoff",
        code=2, cwd=folder)  # fmt: skip
    assert run("documents", cwd=folder).output == before


def test_help_lists_every_command_of_the_main_job() -> None:
    out = run("--help").output
    for name in ("new", "read", "signals", "claims", "measure", "assess", "why", "brief", "demo"):
        assert name in out

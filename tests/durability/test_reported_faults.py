"""Inputs of public fault reports outside reading and checking that no other test holds, with siblings.

Each kind is tested where its room is: Word, feeds, pages (`read/documents/test_unseen.py`), the ledger
(`test_damage.py`, `test_bad_inputs.py`), actors (`read/test_actors.py`), history (`test_plain.py`),
games (`test_forks.py`), consoles and ports (`test_consoles.py`). Here is what was left.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from standoff.assess import seed
from standoff.cli import app
from standoff.game import read_efg, solve_tree
from standoff.history import read_dataset
from standoff.ledger import Ledger, drive
from standoff.systems import load_system

SLUG = "west-pacific-2021"
SAID = "Japan condemned China on Friday."
AGAIN = {
    "the same bytes under another name": ("b.txt", SAID),
    "another source": ("a.txt", SAID),
    "a page with the same words": ("b.html", f"<html><body><p>{SAID}</p></body></html>"),
}


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "d.standoff"
    system = load_system(SLUG)
    Ledger.create(path, system=SLUG, fill=lambda ledger: seed(ledger, system)).close()
    return path


@pytest.mark.parametrize("what", AGAIN)
def test_l08_the_first_day_of_a_text_stands_and_that_is_said(dossier: Path, what: str) -> None:
    name, text = AGAIN[what]
    Path("a.txt").write_text(SAID, encoding="utf-8")
    Path(name).write_text(text, encoding="utf-8")
    run = CliRunner().invoke
    first = ["read", "a.txt", "--published", "2021-08-13", "--source", "A"]
    again = ["read", name, "--published", "2021-08-20", "--source", "B"]
    assert run(app, [*first, "--dossier", str(dossier)]).exit_code == 0
    done = run(app, [*again, "--dossier", str(dossier)])
    assert done.exit_code == 0 and "2021-08-13, source A; that stands" in done.stderr
    with Ledger.open(dossier) as ledger:
        held = [d for d in ledger.documents() if d.source in ("A", "B")]
        assert [(d.published, d.source) for d in held] == [(date(2021, 8, 13), "A")]


def _readable(_: object, mode: int) -> bool:
    return mode == os.R_OK


@pytest.mark.parametrize(
    "words", ["signals", "measure --at 2021-08-13", "why S-001", "documents", "claims"]
)
def test_l11_a_place_that_can_only_be_read_is_read(
    dossier: Path, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drive.os, "access", _readable)
    done = CliRunner().invoke(app, [*words.split(), "--dossier", str(dossier)])
    assert done.exit_code == 0, done.output
    assert [p.name for p in Path.cwd().iterdir()] == ["d.standoff"]


@pytest.mark.parametrize("series", ["JAP>TWN", "JPN>TAI", "UK>CHN:hostility"])
def test_m01_a_series_of_nobody_is_refused_where_there_are_signals(
    dossier: Path, series: str
) -> None:
    words = ["measure", "--at", "2021-08-13", "--series", series, "--dossier", str(dossier)]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 2 and "unknown-actor" in done.stderr
    assert series not in done.stdout and "prior" not in done.stdout


@pytest.mark.parametrize("code", ["-66", "-77.0", "-88"])
def test_h05_codes_of_polity_are_no_scores_in_the_file_of_democracies(
    tmp_path: Path, code: str
) -> None:
    head = "ccode,year,polity2,v2x_polyarchy,euds,aeuds\n"
    path = tmp_path / "dem.csv"
    path.write_text(f"{head}700,1979,{code},.1,.1,.1\n700,1980,-6,.1,.1,.1\n", encoding="utf-8")
    table = read_dataset(path)
    assert np.isnan(table.numbers("polity2")).tolist() == [True, False]


@pytest.mark.parametrize(
    ("ends", "utility"),
    [
        ('t "" 0 t "" 1 "" { 1 1 }', 0.5),
        ('t "" 1 "" { 3 1 } t "" 0', 1.5),
        ('t "lost" 0 t "lost" 0', 0.0),
    ],
)
def test_g07_an_end_without_outcome_earns_nothing(ends: str, utility: float) -> None:
    text = 'EFG 2 R "x" { "A" "B" } p "" 1 1 "" { "l" "r" } 0 '
    assert solve_tree(read_efg(text + ends), precision=0.0).utilities["A"][0] == utility

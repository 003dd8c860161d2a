"""Texts, titles and names of others are shown on the terminal and never obeyed by it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standoff.cli import app
from standoff.ledger import Ledger

# Clear the screen, set the title, C1 introducer, delete, carriage return, right-to-left override, isolates.
EVIL = ("\x1b[2J", "\x1b]0;gone\x07", "\x9b2J", "\x7f\x08", "\r", "\u202e", "\u2066")
STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("mark", EVIL)
def test_nothing_that_steers_is_printed(mark: str, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    Ledger.create(tmp_path / "d.standoff", system="west-pacific-2021").close()
    Path("a.txt").write_text(
        f"Japan condemned{mark} China. Tokyo {mark} spoke.", encoding="utf-8", newline=""
    )
    asked = (
        ["read", "a.txt", "--published", "2021-08-13", "--title", f"T{mark}itle", "--source",
         f"S{mark}", "--explain", "--dossier", "d.standoff"],
        ["documents", "--dossier", "d.standoff"],
        ["signals", "--dossier", "d.standoff"],
        ["why", "S-001", "--dossier", "d.standoff"],
        ["read", f"no{mark}file", "--published", "2021-08-13"],
    )  # fmt: skip
    for args in asked:
        done = CliRunner().invoke(app, args)
        assert done.exit_code == (2 if "no" in args[1][:2] and args[0] == "read" else 0), (
            done.output
        )
        assert not STEERS.search(done.stdout + done.stderr), args
    told = CliRunner().invoke(app, ["documents", "--dossier", "d.standoff", "--format", "json"])
    assert json.loads(told.stdout)[0]["title"] == f"T{mark}itle"  # data stay as they are

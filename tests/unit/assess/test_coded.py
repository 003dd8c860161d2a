"""What the program prints of a dossier comes back as the same answer."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standoff.assess import read_events
from standoff.cli.app import app
from standoff.errors import BadRecord, UnreadableFile
from standoff.terms import read_records

DAY = "2021-08-13"


def printed(*arguments: str) -> str:
    run = CliRunner().invoke(app, list(arguments))
    assert run.exit_code == 0, run.output
    return run.stdout


def forecast(*arguments: str) -> list[dict[str, float]]:
    text = printed("assess", *arguments, "--as-of", DAY, "--draws", "100", "--format", "json")
    return json.loads(text)["forecast"]


def test_signals_and_exports_of_a_dossier_give_its_forecast(dossier: Path, tmp_path: Path) -> None:
    own = forecast("--dossier", str(dossier))
    for form in ("json", "jsonl"):
        file = tmp_path / f"signals.{form}"
        file.write_text(printed("signals", "--dossier", str(dossier), "--format", form))
        assert forecast("--signals", str(file), "--system", "west-pacific-2021") == own
    out = tmp_path / "out.jsonl"
    printed("export", str(out), "--dossier", str(dossier))
    assert forecast("--signals", str(out), "--system", "west-pacific-2021") == own


def test_a_rejected_signal_is_no_evidence(dossier: Path, tmp_path: Path) -> None:
    lines = printed("signals", "--dossier", str(dossier), "--format", "jsonl").splitlines()
    record = json.loads(lines[0]) | {"state": "rejected"}
    file = tmp_path / "one.jsonl"
    file.write_text(json.dumps(record))
    taken = read_events(file, known=date.fromisoformat(DAY))
    assert not taken.events and taken.refused[0].reason == "rejected in review"


@pytest.mark.parametrize(
    ("text", "where"),
    [('{"a": 1}\n{broken', "line 2"), ('{"a": 1}\n[1]', "line 2"), ("[1]", "item 1"), ("[{", "f")],
)
def test_what_is_no_record_is_named(tmp_path: Path, text: str, where: str) -> None:
    file = tmp_path / "f"
    file.write_text(text)
    with pytest.raises(BadRecord, match=where):
        read_records(file)
    with pytest.raises(UnreadableFile):
        read_records(tmp_path / "none")


def test_a_mark_inside_a_string_ends_no_line(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_text('{"quote": "a\u2028b"}\n\n{"quote": "c"}\n', "utf-8")
    assert [r["quote"] for r in read_records(file)] == ["a\u2028b", "c"]

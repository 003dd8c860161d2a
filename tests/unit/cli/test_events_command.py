"""`standoff events`, `carry`, `grade`, `grades`: a preview first, then one action that undo takes back."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standoff.cli import app
from standoff.ledger import Ledger
from standoff.terms import Document, Report, Signal, signal_from_record

TEXT = "Japan pledged ships. Japan sent ships. Japan withdrew its ships."
SPANS = [(0, 19), (21, 37), (39, 63)]


def coded() -> Report:
    signals = tuple(signal(a, b, TEXT[a:b]) for a, b in SPANS)
    document = Document.from_text(TEXT, title="t", source="Wire", published=date(2021, 8, 1))
    return Report(document, signals)


def signal(start: int, end: int, quote: str) -> Signal:
    return signal_from_record(
        {
            "id": f"s{start}", "start": start, "end": end, "quote": quote,
            "sources": [{"actor": "JPN"}], "targets": [{"actor": "CHN"}], "event": "SUPPORT",
            "channel": "words", "status": "done", "officialness": "official",
            "explicitness": 1, "coder": "rules", "protege": "TWN",
        }
    )  # fmt: skip


def second_version() -> Report:
    """The text again with a word before it and its second sentence changed."""
    text = "UPDATED. " + TEXT.replace("sent ships", "lent ships")
    signals = tuple(signal(a + 9, b + 9, TEXT[a:b]) for a, b in (SPANS[0], SPANS[2]))
    document = Document.from_text(text, title="t", source="Wire", published=date(2021, 8, 2))
    return Report(document, signals)


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "d.standoff"
    with Ledger.create(path, system="west-pacific-2021") as ledger:
        ledger.add(coded())
    monkeypatch.setenv("STANDOFF_DOSSIER", str(path))
    monkeypatch.chdir(tmp_path)
    return path


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == code, result.output + result.stderr
    return result.output + result.stderr


def listed(*words: str) -> dict[str, str]:
    rows = json.loads(run("events", "list", *words, "--format", "json"))
    return {r["event"]: r["signals"] for r in rows}


def test_events_merge_and_split_with_preview_and_undo(dossier: Path) -> None:
    alone = {"E-001": "S-001", "E-002": "S-002", "E-003": "S-003"}
    assert listed() == alone
    because = ("--because", "one promise")
    shown = run("events", "merge", "e-001", "E-003", *because, code=2)
    assert "S-001" in shown and "S-003" in shown and "nothing was changed" in shown
    assert listed() == alone
    assert "A-0001" in run("events", "merge", "E-001", "E-003", *because, "--yes")
    assert listed("--reports", "2") == {"E-001": "S-001 S-003"}
    run("events", "merge", "E-001", "E-009", *because, code=2)
    assert "S-001" in run("events", "split", "S-003", *because, code=2)
    out = run("events", "split", "S-003", *because, "--yes")
    assert "E-004" in out and listed()["E-004"] == "S-003"
    run("undo")
    assert listed("--reports", "2") == {"E-001": "S-001 S-003"}
    run("undo", "A-0001")
    assert listed() == alone
    assert run("events", "list", "--recorded-by", "2000-01-01", "--format", "json").strip() == "[]"
    assert run("events", "list", "--as-of", "2021-07-31", "--format", "json").strip() == "[]"


def test_items_and_sources_are_graded_apart(dossier: Path) -> None:
    assert "6 -> 2" in run("grade", "s-002", "2", "--because", "seen twice")
    told = run("grade", "Wire", "b", "--because", "right before", "--author", "Li")
    assert "B" in told and "standoff undo A-0002" in told and "yet" not in told
    assert "yet" in run("grade", "Weir", "B", "--because", "a slip of the keys")
    (row, *_) = [r for r in json.loads(run("grades", "--format", "json")) if r["source"] == "Wire"]
    assert (row["grade"], row["author"], row["signals"]) == ("B", "Li", 3)
    (row,) = json.loads(run("grades", "--format", "json", "--recorded-by", "2100-01-01"))[1:]
    with Ledger.open(dossier) as ledger:
        assert ledger.signal("S-002").item_grade.value == "2"
    for words in (("S-002", "9"), ("S-999", "2"), ("Wire", "2")):
        run("grade", *words, "--because", "x", code=2)


def test_decisions_go_over_to_a_new_version(dossier: Path) -> None:
    with Ledger.open(dossier) as ledger:
        ledger.accept(["S-001"], "read")
        ledger.reject(["S-002"], "no")
        ledger.add(second_version())
    shown = run("carry", "D-001", "D-002", code=2)
    assert "S-001 -> S-004" in shown and "look at S-002" in shown
    assert "A-0003" in run("carry", "d-001", "D-002", "--yes")
    with Ledger.open(dossier) as ledger:
        assert [s.state for s in ledger.signals()][3:] == ["accepted", "suggested"]
    run("undo")
    with Ledger.open(dossier) as ledger:
        assert [s.state for s in ledger.signals()][3:] == ["suggested", "suggested"]
    run("carry", "D-001", "D-009", code=2)

"""Damage, copies and places that cannot be written: each is called what it is."""

from __future__ import annotations

import json
import shutil
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standoff.cli import app
from standoff.errors import DamagedDossier, DossierExists, StoreFailure
from standoff.ledger import Ledger, drive, salvage
from standoff.terms import Document, Report


def texts(path: Path, count: int) -> list[str]:
    written = [f"Report {n}. " + f"word{n} " * 400 for n in range(count)]
    with Ledger.create(path, system="west-pacific-2021") as ledger:
        for text in written:
            document = Document.from_text(text, title="", source="W", published=date(2021, 8, 4))
            ledger.add(Report(document))
        ledger.grade("W", "B", "known for years")
    return written


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_dossier_cut_short_is_damaged_and_not_full(tmp_path: Path, share: float) -> None:
    path = tmp_path / "d.standoff"
    texts(path, 40)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(DamagedDossier, match="damaged") as refused, Ledger.open(path) as ledger:
        ledger.documents()
    said = str(refused.value)
    assert "lost" not in said
    assert "make room" not in said
    assert "salvage" in said or "earlier copy" in said


def test_what_can_be_read_of_an_overwritten_dossier_is_written(tmp_path: Path) -> None:
    path = tmp_path / "d.standoff"
    written = texts(path, 40)
    raw = bytearray(path.read_bytes())
    at = raw.find(b"word20 word20")  # inside the text of one document
    page = at // 4096
    raw[page * 4096 : page * 4096 + 4096] = b"\xff" * 4096
    path.write_bytes(raw)
    found = salvage(path, tmp_path / "out")
    lines = (tmp_path / "out" / "documents.jsonl").read_text("utf-8").splitlines()
    kept = [json.loads(line)["text"] for line in lines]
    assert len(kept) == found.documents
    assert 30 <= len(kept) < 40
    assert set(kept) <= set(written)
    decisions = (tmp_path / "out" / "decisions.jsonl").read_text("utf-8")
    assert "known for years" in decisions
    with pytest.raises(DossierExists):
        salvage(path, tmp_path / "out")


def test_the_command_says_what_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "d.standoff"
    texts(path, 3)
    done = CliRunner().invoke(app, ["salvage", str(path), "--into", str(tmp_path / "o")])
    assert done.exit_code == 0
    assert "3 documents and 1 decisions" in done.output


def test_a_plain_copy_of_an_open_dossier_holds_everything(tmp_path: Path) -> None:
    path = tmp_path / "d.standoff"
    with Ledger.create(path, system="x") as ledger:
        for n in range(3):
            document = Document.from_text(f"T{n}.", title="", source="", published=date(2021, 8, 4))
            ledger.add(Report(document))
            shutil.copyfile(path, tmp_path / "copy.standoff")  # without its -wal
            with Ledger.open(tmp_path / "copy.standoff") as copy:
                assert len(copy.documents()) == n + 1


def test_a_copy_without_its_log_says_which_file_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "d.standoff"
    bare = sqlite3.connect(path)
    bare.execute(f"PRAGMA application_id = {0x53544E44}")
    bare.execute("PRAGMA user_version = 2")
    bare.close()
    with pytest.raises(DamagedDossier, match=r"d\.standoff-wal"):
        Ledger.open(path)


def test_a_place_that_cannot_be_written_can_be_read(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "d.standoff"
    texts(path, 2)
    monkeypatch.setattr(drive.os, "access", lambda *_: False)
    before = sorted(p.name for p in tmp_path.iterdir())
    with Ledger.open(path) as ledger:
        assert len(ledger.documents()) == 2
        assert ledger.gradings()["W"].grade == "B"
        with pytest.raises(StoreFailure, match="copy the dossier to a folder of your own"):
            ledger.grade("W", "C", "no")
    assert sorted(p.name for p in tmp_path.iterdir()) == before


AGAIN = "Japan condemned China on Friday."


@pytest.mark.parametrize("form", ["table", "jsonl"])
def test_a_text_read_again_with_another_day_keeps_the_first(tmp_path, monkeypatch, form) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(AGAIN, encoding="utf-8")
    Ledger.create(tmp_path / "d.standoff", system="west-pacific-2021").close()
    run = CliRunner().invoke
    first = ["read", "a.txt", "--published", "2021-08-13", "--source", "A"]
    again = ["read", "a.txt", "--published", "2021-08-20", "--source", "B", "--format", form]
    assert run(app, [*first, "--dossier", "d.standoff"]).exit_code == 0
    done = run(app, [*again, "--dossier", "d.standoff"])
    assert done.exit_code == 0
    assert "D-001 holds this text already, of 2021-08-13, source A; that stands" in done.stderr
    assert "new dossier" in done.stderr  # how to change it
    assert "2021-08-13" in done.stdout
    assert "2021-08-20" not in done.stdout

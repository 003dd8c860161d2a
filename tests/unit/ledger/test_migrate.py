"""Old files open: a dossier of every data model is kept, and is brought up to date unharmed."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from standoff.errors import StoreFailure
from standoff.ledger import SCHEMA_VERSION, Ledger
from standoff.ledger.migrate import statements
from standoff.ledger.store import Store

ARCHIVE = Path(__file__).parents[2] / "archives" / "ledger"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.standoff"
    shutil.copyfile(ARCHIVE / "model-1.standoff", path)
    return path


def test_every_released_model_has_an_archive() -> None:
    kept = {int(p.stem.removeprefix("model-")) for p in ARCHIVE.glob("model-*.standoff")}
    assert kept == set(range(1, SCHEMA_VERSION + 1))


@pytest.mark.parametrize("path", sorted(ARCHIVE.glob("model-*.standoff")), ids=lambda p: p.stem)
def test_an_archived_dossier_opens_with_all_it_held(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    shutil.copyfile(path, copy)
    with Ledger.open(copy) as ledger:
        assert [s.handle for s in ledger.signals()] == ["S-001", "S-002", "S-003"]
        assert [s.state for s in ledger.signals()] == ["accepted", "suggested", "rejected"]
        assert ledger.signals()[0].signal.span.quote == "Tokyo pledged help on 3 August 2021."
        assert all(len(s.hash) == 64 for s in ledger.signals())
        assert [c.outcome for c in ledger.claims()] == ["CONTRADICTED"]
        assert ledger.gradings()["Wire"].grade == "B"
        assert [d.characters for d in ledger.documents()] == [92, 103]
        assert len(ledger.events()) == 2 and ledger.events()[0].retracted_on is not None
        (run,) = ledger.runs()
        assert ledger.used_by("S-001") == (f"{run.handle}#war",)
        assert ledger.undo() is not None  # old decisions are actions that can be taken back
    with sqlite3.connect(copy) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_a_migrated_file_has_the_very_tables_of_a_new_one(old: Path, tmp_path: Path) -> None:
    Ledger.open(old).close()
    Ledger.create(tmp_path / "new.standoff", system="x").close()

    def shape(path: Path) -> set[tuple[str, str]]:
        with sqlite3.connect(path) as connection:
            found = {
                (r[0], r[1]) for r in connection.execute("SELECT name, sql FROM sqlite_master")
            }
        connection.close()
        return found

    assert shape(old) == shape(tmp_path / "new.standoff")


def test_a_migration_that_fails_changes_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = old.read_bytes()

    def broken(connection: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("standoff.ledger.migrate.project_all", broken)
    with pytest.raises(StoreFailure, match="full"):
        Ledger.open(old)
    monkeypatch.undo()
    assert old.read_bytes() == before
    with Ledger.open(old) as ledger:
        assert len(ledger.signals()) == 3


def test_statements_keep_triggers_whole() -> None:
    text = "CREATE TABLE t (x); CREATE TRIGGER a BEFORE DELETE ON t BEGIN SELECT 1; SELECT 2; END;"
    assert len(list(statements(text))) == 2


def test_rows_cannot_be_changed_or_removed_with_sql(book: Ledger, make) -> None:
    book.add(make.report(make.signal("s1", 0, 36, 3)))
    book.accept(["S-001"], "seen")
    run = book.store.connection.execute
    tables = [
        r[0]
        for r in run(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%'"
            " AND name NOT IN ('decided', 'claim', 'run', 'rests')"
        )
    ]
    assert len(tables) == 8
    for table in tables:
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            run(" ".join(["DELETE FROM", table]))
        column = run(f"PRAGMA table_info({table})").fetchone()[1]
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            run(" ".join(["UPDATE", table, "SET", column, "=", column]))
    assert isinstance(book.store, Store)

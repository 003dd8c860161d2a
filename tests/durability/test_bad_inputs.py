"""Bad input: a clear error or a recorded repair, and nothing lost."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
import threading
import time
from datetime import date
from pathlib import Path

import pytest

from standoff.errors import BadRecord, LedgerError, NotADossier, StoreFailure, UnreadableFile
from standoff.ledger import Ledger, verify
from standoff.ledger import drive as drive_module
from standoff.ledger import store as store_module
from standoff.terms import Document, Report, Span, signal_from_record

DAY = date(2021, 8, 13)


def coded(text: str, start: int = 0, end: int | None = None, source: str = "W") -> Report:
    end = len(text) if end is None else end
    signal = signal_from_record(
        {
            "id": "s0", "start": start, "end": end, "quote": text[start:end],
            "sources": [{"actor": "JPN"}], "targets": [], "event": "SUPPORT", "channel": "words",
            "status": "done", "officialness": "official",
        }
    )  # fmt: skip
    return Report(Document.from_text(text, title="", source=source, published=DAY), (signal,))


@pytest.fixture
def ledger(tmp_path: Path):
    with Ledger.create(tmp_path / "d.standoff", system="x") as made:
        made.add(coded("what was here before"))
        yield made


def sound(ledger: Ledger, documents: int) -> None:
    assert len(ledger.documents()) == documents and verify(ledger.store) == ()


def test_a_full_disk_stores_nothing_and_loses_nothing(ledger: Ledger) -> None:
    run = ledger.store.connection.execute
    pages = run("PRAGMA page_count").fetchone()[0]
    run(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreFailure, match="full"):
        ledger.add(coded("x" * 100_000))
    run("PRAGMA max_page_count = 1000000")
    sound(ledger, 1)
    ledger.add(coded("there is room again"))
    sound(ledger, 2)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process of another user")
def test_a_read_only_folder_can_be_read_and_not_changed() -> None:
    folder = Path(tempfile.mkdtemp())
    path = folder / "d.standoff"
    with Ledger.create(path, system="x") as made:
        made.add(coded("what was here before"))
    folder.chmod(0o555)
    child = os.fork()
    if child == 0:
        # root may write everywhere: a process that is nobody tries.
        code = 1
        try:
            if os.geteuid() == 0:
                os.setuid(65534)
            with Ledger.open(path) as held:
                code = 3 if len(held.documents()) != 1 else 4
                held.add(coded("more"))
        except StoreFailure as error:
            code = 0 if code == 4 and "may not be written" in str(error) else 2
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    folder.chmod(0o755)
    assert os.waitstatus_to_exitcode(status) == 0
    with Ledger.open(path) as again:
        sound(again, 1)
    shutil.rmtree(folder)


def test_a_folder_that_refuses_writes_is_named(ledger: Ledger, monkeypatch) -> None:
    monkeypatch.setattr(drive_module.os, "access", lambda *_: False)
    refused = pytest.raises(StoreFailure, match="copy the dossier to a folder of your own")
    with Ledger.open(ledger.path) as held, refused:
        held.add(coded("more"))
    with pytest.raises(StoreFailure):
        Ledger.create(ledger.path.with_name("new.standoff"), system="x")


def test_a_file_that_turns_read_only_loses_nothing(ledger: Ledger) -> None:
    ledger.store.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreFailure, match="readonly"):
        ledger.add(coded("more"))
    ledger.store.connection.execute("PRAGMA query_only = OFF")
    sound(ledger, 1)


def test_a_drive_without_shared_memory_or_locks_is_refused(ledger: Ledger, monkeypatch) -> None:
    # SQLite's own file layer without any locking stands in for such a drive.
    ledger.close()
    true = sqlite3.connect
    with true(ledger.path) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()

    def unlocked(path: Path, **options):
        return true(f"file:{path}?vfs=unix-none", uri=True, **options)

    monkeypatch.setattr(store_module.sqlite3, "connect", unlocked)
    with pytest.raises(StoreFailure, match="local drive"):
        Ledger.open(ledger.path)
    monkeypatch.undo()
    with Ledger.open(ledger.path) as again:
        sound(again, 1)


def test_a_network_drive_is_probed_and_refused_when_locks_lie(ledger: Ledger, monkeypatch) -> None:
    monkeypatch.setattr(drive_module, "file_system", lambda folder: "nfs4")
    Ledger.open(ledger.path).close()  # the locks of this drive work
    import fcntl

    monkeypatch.setattr(fcntl, "fcntl", lambda *_: 0)  # everybody gets the lock
    with pytest.raises(StoreFailure, match="nfs4"):
        Ledger.open(ledger.path)

    def unsupported(*_):
        raise OSError(37, "No locks available")

    monkeypatch.setattr(fcntl, "fcntl", unsupported)
    with pytest.raises(StoreFailure, match="locks do not work"):
        Ledger.open(ledger.path)
    assert not list(ledger.path.parent.glob(".standoff-lock-*"))


def test_the_file_system_of_a_folder_is_that_of_its_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    (tmp_path / "my share").mkdir()
    mounts.write_text(f"a / ext4 rw 0 0\nb {tmp_path}/my\\040share cifs rw 0 0\n")
    assert drive_module.file_system(tmp_path / "my share", mounts) == "cifs"
    assert drive_module.file_system(tmp_path, mounts) == "ext4"
    assert drive_module.file_system(tmp_path, tmp_path / "none") == ""


def test_two_writers_wait_for_each_other(ledger: Ledger) -> None:
    errors: list[BaseException] = []

    def write(name: str) -> None:
        try:
            with Ledger.open(ledger.path, author=name) as mine:
                for i in range(30):
                    mine.add(coded(f"{name} {i}"))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(n,)) for n in ("a", "b", "c")]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert errors == []
    sound(ledger, 91)


def test_a_writer_that_never_gives_way_is_named(ledger: Ledger, monkeypatch) -> None:
    monkeypatch.setattr(store_module, "WAIT", 0.2)
    with Ledger.open(ledger.path) as other, ledger.batch():
        begun = time.monotonic()
        with pytest.raises(StoreFailure, match="locked"):
            other.add(coded("blocked"))
        assert time.monotonic() - begun < 5
        assert len(other.documents()) == 1  # reading goes on
    sound(ledger, 1)


def test_a_text_of_fifty_megabytes_is_kept(ledger: Ledger) -> None:
    text = "Japan pledged help. " * 2_621_440
    added = ledger.add(coded(text, len(text) - 20, len(text)))
    assert ledger.document(added.document).text == text
    assert ledger.documents()[-1].characters == len(text) == 52_428_800
    assert [h.handle for h in ledger.search("pledged help").hits][:1] == ["D-002"]


def test_bytes_that_are_not_utf8_are_kept_exactly(ledger: Ledger) -> None:
    raw = "Zürich: „Hilfe“".encode("cp1252")
    text = raw.decode("cp1252")
    report = coded(text)
    digest = hashlib.sha256(raw).hexdigest()
    document = Document(digest, text, "", "W", DAY, "cp1252")
    with pytest.raises(UnreadableFile, match="decode"):
        ledger.add(Report(Document(digest, text + "!", "", "W", DAY, "cp1252")), content=raw)
    added = ledger.add(Report(document, report.signals), content=raw)
    assert ledger.document(added.document) == document
    stored = ledger.store.query("SELECT content FROM document WHERE number = 2")[0][0]
    assert bytes(stored) == raw
    with pytest.raises(BadRecord, match="sha256"):
        ledger.add(Report(Document("0" * 64, "some text", "", "W", DAY)))
    sound(ledger, 2)


def test_half_a_character_is_refused(ledger: Ledger) -> None:
    with pytest.raises(UnreadableFile, match="U\\+DC80\\) at 3"):
        ledger.add(coded("ab \udc80 cd"))
    sound(ledger, 1)


@pytest.mark.parametrize("char", ["\x00", "\u202e", "\u2066", "\ufeff", "\r", "\U0001f6a2"])
def test_strange_characters_are_kept_as_they_are(ledger: Ledger, char: str) -> None:
    text = f"before {char} after"
    added = ledger.add(coded(text, 5, 10))
    assert ledger.document(added.document).text == text
    assert ledger.signal(added.signals[0]).signal.span == Span(5, 10, text[5:10])
    ledger.accept(added.signals, f"reason {char}")
    assert ledger.decisions()[-1].reason == f"reason {char}"
    sound(ledger, 2)


def test_a_damaged_page_is_seen(ledger: Ledger, tmp_path: Path) -> None:
    for i in range(50):
        ledger.add(coded(f"{i} " * 500))
    ledger.close()
    raw = bytearray(ledger.path.read_bytes())
    raw[4096 * 20 : 4096 * 24] = b"\xff" * 4096 * 4
    broken = tmp_path / "broken.standoff"
    broken.write_bytes(raw)
    with pytest.raises(StoreFailure), Ledger.open(broken) as opened:
        if verify(opened.store):
            raise StoreFailure("damage", "none", "copy again")


def test_an_empty_file_is_no_dossier(tmp_path: Path) -> None:
    (tmp_path / "e.standoff").write_bytes(b"")
    with pytest.raises(NotADossier):
        Ledger.open(tmp_path / "e.standoff")


def test_a_search_without_an_index_says_so(ledger: Ledger) -> None:
    ledger.add(coded("100% of 台湾海峡 patrols"))
    full = ledger.search("patrols")
    assert [h.handle for h in full.hits] == ["D-002", "S-002"] and full.note == ""
    assert [h.handle for h in ledger.search("台湾").hits] == ["D-002", "S-002"]
    assert [h.handle for h in ledger.search("0%").hits] == ["D-002", "S-002"]
    assert ledger.search("_atrols").hits == () and ledger.search(" ").hits == ()
    for table in ("search_text", "search_quote", "search_note"):
        ledger.store.connection.execute(" ".join(["DROP TABLE", table]))
    slow = ledger.search("patrols")
    assert slow.hits == full.hits and "FTS5" in slow.note


def test_every_error_of_the_file_is_ours(ledger: Ledger) -> None:
    ledger.close()
    with pytest.raises(LedgerError):
        ledger.documents()

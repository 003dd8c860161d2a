"""What a damaged dossier still holds: rows read one by one from a copy, the broken ones left out."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from standoff.errors import DossierExists, NoDossier
from standoff.ledger.exact import text_of

_HOLE = 200
"""Numbers in a row without a readable row after which no more are expected."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """How many rows could be read, of how many that are known of."""

    documents: int
    decisions: int
    lost: int


def readable(path: Path) -> str:
    """In words what of a damaged dossier can still be read; "" where it is nothing."""
    with _opened(path) as connection:
        documents = [row for row in _rows(connection, "document") if row is not None]
        decisions = [row for row in _rows(connection, "decision") if row is not None]
    if not documents and not decisions:
        return ""
    return f"{len(documents)} documents and {len(decisions)} decisions can still be read"


def salvage(path: Path, folder: Path) -> Salvaged:
    """Write the texts and decisions of a damaged dossier that can still be read into a new folder.

    `documents.jsonl` has id, text, published, source and title, as `standoff read --batch` takes
    them; `decisions.jsonl` the record of decisions. The dossier itself is not touched.
    Raises `NoDossier`, or `DossierExists` if the folder is there.
    """
    if not path.is_file():
        raise NoDossier(f"{path} (no such file)", "a dossier", "check the path")
    if folder.exists():
        raise DossierExists(f"{folder}, which is here already,", "a new folder", "another name")
    documents: list[str] = []
    decisions: list[str] = []
    lost = 0
    with _opened(path) as connection:
        for row in _rows(connection, "document"):
            try:
                lost += row is None
                documents += [_document(row)] if row is not None else []
            except (UnicodeError, LookupError, TypeError, ValueError):
                lost += 1
        for row in _rows(connection, "decision"):
            lost += row is None
            decisions += [json.dumps(dict(row), ensure_ascii=False)] if row is not None else []
    folder.mkdir(parents=True)
    for name, lines in (("documents.jsonl", documents), ("decisions.jsonl", decisions)):
        text = "".join(f"{line}\n" for line in lines)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return Salvaged(len(documents), len(decisions), lost)


def _document(row: sqlite3.Row) -> str:
    record = {
        "id": f"D-{row['number']:03d}",
        "text": text_of(row["content"], row["encoding"]),
        "published": row["published"],
        "source": row["source"],
        "title": row["title"],
    }
    return json.dumps(record, ensure_ascii=False)


@contextmanager
def _opened(path: Path) -> Generator[sqlite3.Connection]:
    """A connection to a copy of the file and its log, filled up to the length that its head tells."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "copy"
        shutil.copyfile(path, copy)
        log = path.with_name(f"{path.name}-wal")
        if log.is_file():
            shutil.copyfile(log, copy.with_name("copy-wal"))
        with copy.open("r+b") as file:
            head = file.read(100)
            page = int.from_bytes(head[16:18], "big")
            whole = (65536 if page == 1 else page) * int.from_bytes(head[28:32], "big")
            # A file that is shorter than its head says is refused as a whole.
            if copy.stat().st_size < whole <= 1 << 40:
                file.truncate(whole)
        with closing(sqlite3.connect(copy)) as connection:
            connection.row_factory = sqlite3.Row
            connection.text_factory = _words
            yield connection


def _words(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[sqlite3.Row | None]:
    """The rows of a table by number; None for one that is there and cannot be read."""
    missing, number = 0, 0
    while missing < _HOLE:
        number += 1
        try:
            query = " ".join(("SELECT * FROM", table, "WHERE number = ?"))
            row = connection.execute(query, (number,)).fetchone()
        except sqlite3.Error:
            missing += 1
            continue
        if row is None:
            missing += 1
            continue
        for _ in range(missing):
            yield None
        missing = 0
        yield row

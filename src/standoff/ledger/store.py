"""The file: open, create, refuse what is not ours, and never lose what was acknowledged."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import metadata, resources
from pathlib import Path

from standoff.errors import DossierExists, NewerDossier, NoDossier, NotADossier, StoreFailure

SCHEMA_VERSION = 1
# "STND" in ASCII: what tells a dossier from any other SQLite file.
APPLICATION_ID = 0x53544E44

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The wall clock, UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def software() -> str:
    """Name and version of this program, as written into provenance."""
    return f"standoff {metadata.version('standoff')}"


class Store:
    """One connection to one dossier. All SQL errors become `StoreFailure` with the cause named."""

    def __init__(self, path: Path, connection: sqlite3.Connection, clock: Clock) -> None:
        self.path = path
        self.connection = connection
        self.clock = clock

    @classmethod
    def create(cls, path: Path, clock: Clock = utc_now) -> Store:
        """Make a new dossier. Raises `DossierExists`, or `StoreFailure` if the folder refuses."""
        if path.exists():
            raise DossierExists(
                f"{path.name} is already here and so the new dossier's name",
                "a name that is free",
                f"choose another name, or use it: --dossier {path}",
            )
        schema = (resources.files("standoff.ledger") / "schema.sql").read_text(encoding="utf-8")
        with _failures(path):
            connection = _connect(path)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            connection.executescript(schema)
            # The header tells a dossier from other files: it must not wait in the log.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return cls(path, connection, clock)

    @classmethod
    def open(cls, path: Path, clock: Clock = utc_now) -> Store:
        """Open a dossier. Raises `NoDossier`, `NotADossier` or `NewerDossier`."""
        if not path.is_file():
            raise NoDossier(
                f"{path} (no such file)",
                "a dossier made by `standoff new`",
                f"standoff new {path.stem} --system west-pacific-2021",
            )
        with path.open("rb") as file:
            head = file.read(100)
        is_sqlite = head[:16] == b"SQLite format 3\x00" and len(head) == 100
        if not is_sqlite or int.from_bytes(head[68:72], "big") != APPLICATION_ID:
            raise NotADossier(
                f"{path.name}, which is {'another SQLite file' if is_sqlite else 'no SQLite file'},",
                "a dossier made by `standoff new`",
                "check the path; a truncated copy must be copied again",
            )
        version = int.from_bytes(head[60:64], "big")
        if version > SCHEMA_VERSION:
            raise NewerDossier(
                f"{path.name} of data model {version}",
                f"data model {SCHEMA_VERSION} or older, which {software()} reads",
                "update standoff; the file was not touched",
            )
        with _failures(path):
            connection = _connect(path)
            connection.execute("SELECT count(*) FROM meta").fetchone()
        return cls(path, connection, clock)

    @contextmanager
    def transaction(self) -> Generator[sqlite3.Connection]:
        """All or nothing; what this context leaves without an error is on the disk."""
        with _failures(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
            except BaseException:
                self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")

    def query(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """Rows of a read."""
        with _failures(self.path):
            return self.connection.execute(sql, values).fetchall()

    def now(self) -> str:
        """The clock's instant as it is stored."""
        return self.clock().astimezone(UTC).isoformat().replace("+00:00", "Z")

    def close(self) -> None:
        """Close the connection; the last one to leave folds the write-ahead log into the file."""
        self.connection.close()


def _connect(path: Path) -> sqlite3.Connection:
    # autocommit: transactions are opened by hand, so that each is all or nothing.
    connection = sqlite3.connect(path, timeout=30.0, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


@contextmanager
def _failures(path: Path) -> Generator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StoreFailure(
            f"{path}: {error}",
            "a folder that can be written, with room on the disk, on a local drive",
            "make room or move the dossier; nothing that was acknowledged is lost",
        ) from error

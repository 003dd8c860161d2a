"""The file: open, create, refuse what is not ours, and never lose what was acknowledged."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from standoff.errors import DossierExists, NewerDossier, NoDossier, NotADossier, StoreFailure
from standoff.ledger.drive import check_drive
from standoff.ledger.migrate import migrate, schema
from standoff.ledger.search import prepare

SCHEMA_VERSION = 2
# "STND" in ASCII: what tells a dossier from any other SQLite file.
APPLICATION_ID = 0x53544E44

WAIT = 30.0
"""Seconds that a writer waits for another; a write takes milliseconds, so this is never reached."""

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
        check_drive(path)
        with _failures(path):
            connection = _connect(path)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            connection.executescript(schema())
            prepare(connection)
            # The header tells a dossier from other files: it must not wait in the log.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return cls(path, connection, clock)

    @classmethod
    def open(cls, path: Path, clock: Clock = utc_now) -> Store:
        """Open a dossier; one of an older data model is brought up to date, all or nothing.

        Raises `NoDossier`, `NotADossier`, `NewerDossier`, or `StoreFailure` for a folder that
        cannot be written, a damaged file, or a drive without working locks.
        """
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
        check_drive(path)
        with _failures(path):
            connection = _connect(path)
            connection.execute("SELECT count(*) FROM meta").fetchone()
            if version < SCHEMA_VERSION:
                # The header on the disk may lag behind the log of another process.
                found = int(connection.execute("PRAGMA user_version").fetchone()[0])
                if found < SCHEMA_VERSION:
                    migrate(connection, SCHEMA_VERSION)
                    prepare(connection)
        return cls(path, connection, clock)

    @contextmanager
    def transaction(self) -> Generator[sqlite3.Connection]:
        """All or nothing; what this context leaves without an error is on the disk.

        Inside another transaction it joins that one: the outermost makes things durable.
        """
        with _failures(self.path):
            if self.connection.in_transaction:
                yield self.connection
                return
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

    def query_named(self, sql: str, values: Mapping[str, object]) -> list[sqlite3.Row]:
        """Rows of a read with named values (`:name`); those that are not named are ignored."""
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
    # Connections may be handed to a worker thread of the local app; SQLite serialises the calls.
    connection = sqlite3.connect(
        path, timeout=WAIT, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    connection.row_factory = sqlite3.Row
    (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        connection.close()
        raise StoreFailure(
            f"{path} on a drive where SQLite cannot share a file (journal mode {mode})",
            "a local drive, with locks and shared memory",
            "copy the dossier to a local folder and work on it there",
        )
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

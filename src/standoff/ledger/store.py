"""The file: open, create, refuse what is not ours, and never lose what was acknowledged."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from standoff.errors import (
    DamagedDossier,
    DossierExists,
    NewerDossier,
    NoDossier,
    NotADossier,
    StoreFailure,
    UnknownHandle,
)
from standoff.ledger.drive import check_drive, read_only, writable
from standoff.ledger.leftovers import readable
from standoff.ledger.listing import last_rows
from standoff.ledger.migrate import migrate, schema
from standoff.ledger.seals import seal
from standoff.ledger.search import prepare
from standoff.ledger.whole import new_file

SCHEMA_VERSION = 3
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

    def __init__(
        self, path: Path, connection: sqlite3.Connection, clock: Clock, *, fixed: bool = False
    ) -> None:
        self.path = path
        self.connection = connection
        self.clock = clock
        self.fixed = fixed
        """Whether the place can only be read; then every change is refused."""

    @classmethod
    def create(
        cls, path: Path, clock: Clock = utc_now, fill: Callable[[Store], object] | None = None
    ) -> Store:
        """Make a new dossier with what `fill` writes into it: whole, or not at all.

        It is made beside its place and gets its name when all is on the disk. Raises
        `DossierExists`, `StoreFailure` if the folder refuses, or the errors of `fill`.
        """
        if path.exists():
            raise _taken(path)
        check_drive(path)
        try:
            with new_file(path) as part, _failures(path):
                connection = _connect(part)
                try:
                    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
                    connection.executescript(schema())
                    prepare(connection)
                    if fill is not None:
                        fill(cls(path, connection, clock))
                    # What waits in the log would not follow the file to its name.
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                finally:
                    connection.close()
        except FileExistsError as error:
            raise _taken(path) from error
        return cls.open(path, clock)

    @classmethod
    def open(cls, path: Path, clock: Clock = utc_now) -> Store:
        """Open a dossier; one of an older data model is brought up to date, all or nothing.

        In a place that cannot be written it is opened to be read. Raises `NoDossier`, `NotADossier`,
        `NewerDossier`, `DamagedDossier`, or `StoreFailure` for a drive without working locks.
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
        fixed = not writable(path)
        if not fixed:
            check_drive(path)
        with _failures(path):
            connection = _connect_to_read(path) if fixed else _connect(path)
            tables = "SELECT count(*) FROM sqlite_master WHERE name = 'meta'"
            if not connection.execute(tables).fetchone()[0]:
                connection.close()
                raise _without_log(path)
            if version < SCHEMA_VERSION:
                # The header on the disk may lag behind the log of another process.
                found = int(connection.execute("PRAGMA user_version").fetchone()[0])
                if found < SCHEMA_VERSION and fixed:
                    raise read_only(
                        path, f"of data model {found}, which must be brought up to date"
                    )
                if found < SCHEMA_VERSION:
                    migrate(connection, SCHEMA_VERSION, _stamp(clock))
                    prepare(connection)
        return cls(path, connection, clock, fixed=fixed)

    @contextmanager
    def transaction(self, *, sealed: bool = True, note: str = "") -> Generator[sqlite3.Connection]:
        """All or nothing; what this context leaves without an error is on the disk and sealed.

        Inside another transaction it joins that one: the outermost makes things durable. Without
        `sealed` the block brings the seals of its rows along; `note` stands in the seal.
        """
        if self.fixed:
            raise read_only(self.path)
        with _failures(self.path):
            if self.connection.in_transaction:
                yield self.connection
                return
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                before = last_rows(self.connection)
                yield self.connection
                if sealed:
                    seal(self.connection, before, self.now(), note)
            except BaseException:
                # A full disk may have ended the transaction already.
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
            self.connection.execute("COMMIT")
            # What is in the log alone would be missing from a plain copy of the file.
            self.connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

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
        return _stamp(self.clock)

    def close(self) -> None:
        """Close the connection; the last one to leave folds the write-ahead log into the file."""
        self.connection.close()


def _stamp(clock: Clock) -> str:
    return clock().astimezone(UTC).isoformat().replace("+00:00", "Z")


def _taken(path: Path) -> DossierExists:
    return DossierExists(
        f"{path.name} is already here and so the new dossier's name",
        "a name that is free",
        f"choose another name, or use it: --dossier {path}",
    )


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


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection in a place where nothing can be written, not even the marks of readers."""
    log = path.with_name(f"{path.name}-wal")
    pending = log.is_file() and log.stat().st_size > 0
    # "immutable" leaves the log out; with one, SQLite must be able to read it and its index.
    how = "mode=ro" if pending else "mode=ro&immutable=1"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None,
        check_same_thread=False,
    )  # fmt: skip
    connection.row_factory = sqlite3.Row
    return connection


def _without_log(path: Path) -> DamagedDossier:
    return DamagedDossier(
        f"{path.name}, a copy without its newest pages (they were in {path.name}-wal),",
        "the file and its -wal together, or a file that no program held open when it was copied",
        f"copy both, or end standoff there and copy again; then --dossier {path.name}",
    )


_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_NOT_WRITTEN = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)


@contextmanager
def _failures(path: Path) -> Generator[None]:
    try:
        yield
    except OverflowError as error:
        raise UnknownHandle(
            "a number of more than 18 digits", "a handle of this dossier", "copy it from the output"
        ) from error
    except sqlite3.Error as error:
        # Extended codes keep the plain one in their lowest byte.
        code = (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
        if code in _DAMAGED:
            what = readable(path)
            raise DamagedDossier(
                f"{path}, which is damaged ({error}): {what or 'nothing of it can be read'},",
                "a whole dossier, such as a copy of before",
                f"standoff salvage {path} --into FOLDER writes what can still be read"
                if what
                else "go back to an earlier copy, or standoff import an earlier export",
            ) from error
        if code in _NOT_WRITTEN:
            raise read_only(path, f"which cannot be written ({error})") from error
        raise StoreFailure(
            f"{path}: {error}",
            "a folder that can be written, with room on the disk, on a local drive",
            "make room or move the dossier; nothing that was acknowledged is lost",
        ) from error

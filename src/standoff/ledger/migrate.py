"""From an older data model to the present one: all or nothing, every step kept and tested."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from standoff.errors import DescriptionError
from standoff.ledger.links import links_of
from standoff.ledger.listing import last_rows
from standoff.ledger.replay import project_all
from standoff.ledger.seals import seal

TABLES_1 = ("meta", "activity", "document", "signal", "claim", "event", "decision", "run")


def content_hash(sha256: str, record: str) -> str:
    """The hash behind a handle: of the document's hash and the record as first stored.

    >>> content_hash("ab", "{}")[:12]
    'f5203fa52d78'
    """
    return hashlib.sha256(f"{sha256}\n{record}".encode()).hexdigest()


def schema() -> str:
    """The present data model as SQL."""
    return (resources.files("standoff.ledger") / "schema.sql").read_text(encoding="utf-8")


def statements(text: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` would end our transaction.

    >>> list(statements("CREATE TABLE a (x); CREATE TABLE b (y);"))
    ['CREATE TABLE a (x);', 'CREATE TABLE b (y);']
    """
    held = ""
    for piece in text.split(";"):
        held += piece + ";"
        if sqlite3.complete_statement(held) and held.strip(" \n;"):
            yield held.strip()
            held = ""


def migrate(connection: sqlite3.Connection, target: int, at: str) -> None:
    """Bring an open dossier to data model `target`, at the instant `at`.

    The caller holds no transaction.
    """
    connection.create_function("sha256_of", 2, content_hash, deterministic=True)
    connection.create_function("characters_of", 1, _characters, deterministic=True)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA legacy_alter_table = ON")
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have been faster while this one waited for the lock.
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version < 2 <= target:
            _to_2(connection)
        if version < 3 <= target:
            _to_3(connection, at)
        connection.execute(f"PRAGMA user_version = {target}")
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise sqlite3.IntegrityError(f"{len(broken)} rows refer to rows that are not there")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    connection.execute("PRAGMA legacy_alter_table = OFF")
    connection.execute("PRAGMA foreign_keys = ON")


def _to_2(connection: sqlite3.Connection) -> None:
    named = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall()
    for row in named:
        connection.execute(f'DROP INDEX "{row[0]}"')
    for table in TABLES_1:
        connection.execute(f"ALTER TABLE {table} RENAME TO old_{table}")
    for statement in statements(schema()):
        connection.execute(statement)
    step = resources.files("standoff.ledger") / "migrations" / "to-2.sql"
    for statement in statements(step.read_text(encoding="utf-8")):
        connection.execute(statement)
    for row in connection.execute("SELECT id, payload FROM run ORDER BY id").fetchall():
        connection.executemany(
            "INSERT OR IGNORE INTO rests (base, run, node) VALUES (?,?,?)",
            [(base, row[0], node) for node, base in links_of(row[0], json.loads(row[1]))],
        )
    for table in reversed(TABLES_1):
        connection.execute(f"DROP TABLE old_{table}")
    project_all(connection)


def _to_3(connection: sqlite3.Connection, at: str) -> None:
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'seal'").fetchone():
        for statement in statements(schema()):
            if re.search(r"(?:TABLE|ON) seal\b", statement):
                connection.execute(statement)
    _describe(connection)
    # What stood there is sealed as it is found: nobody can say any more how it was written.
    seal(connection, dict.fromkeys(last_rows(connection), 0), at, "as found, without seals")


def _describe(connection: sqlite3.Connection) -> None:
    """Take in a description of one's own that models 1 and 2 named by its path, if it is there."""
    # Loaded where it is needed: the tables behind it cost a quarter of a second.
    from standoff.systems import parse_chains, parse_system

    for (name,) in connection.execute("SELECT value FROM meta WHERE key = 'system'").fetchall():
        path = Path(name)
        beside = path.with_suffix(".chains.csv")
        try:
            if not path.is_absolute() or not path.is_file():
                continue
            text = path.read_text("utf-8")
            chains = beside.read_text("utf-8-sig") if beside.is_file() else ""
            parse_system(text, name)
            parse_chains(chains, str(beside)) if chains else ()
        except (OSError, UnicodeDecodeError, DescriptionError):
            continue
        held = [("description", text), ("chains", chains)]
        connection.executemany("INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)", held)


def _characters(content: bytes) -> int:
    return len(bytes(content).decode("utf-8", "surrogatepass"))

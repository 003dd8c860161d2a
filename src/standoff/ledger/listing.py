"""The rows of a dossier in the one form in which they are sealed, exported and read back."""

from __future__ import annotations

import base64
import sqlite3
from collections.abc import Iterator, Mapping
from typing import Any

Row = Mapping[str, Any]

# Columns of each kind of row, in order, with their type. `record` and `payload` hold JSON as text.
# Columns that follow from the record (the channel, the days of a signal) are not listed: they are
# derived again when a record is read back, and held against it by `verify`.
COLUMNS: Mapping[str, Mapping[str, type]] = {
    "meta": {"key": str, "value": str},
    "activities": {
        "number": int, "at": str, "author": str, "kind": str, "software": str, "parameters": str,
    },
    "documents": {
        "number": int, "sha256": str, "content": str, "encoding": str, "title": str, "source": str,
        "published": str, "boilerplate": str, "recorded": str, "activity": int,
    },
    "signals": {
        "number": int, "hash": str, "sha256": str, "layer": str, "start": int, "end": int,
        "quote": str, "record": str, "available": str, "recorded": str, "source": str, "url": str,
        "event_key": str, "activity": int,
    },
    "claims": {
        "number": int, "hash": str, "sha256": str, "start": int, "end": int, "quote": str,
        "record": str, "recorded": str, "activity": int,
    },
    "events": {"number": int, "key": str},
    "decisions": {
        "number": int, "at": str, "author": str, "action": str, "subject": str, "anchor": str,
        "payload": str, "reason": str, "batch": str,
    },
    "runs": {"id": str, "as_of": str, "payload": str, "recorded": str},
    "seals": {"number": int, "at": str, "note": str, "covers": str, "chain": str},
}  # fmt: skip
NAMED = {"meta": "key", "runs": "id"}
"""Kinds whose rows go by a name; the others are numbered."""
TEXT = "text:"
BYTES = "base64:"
_TABLES = {
    "meta": "meta", "activities": "activity", "documents": "document", "signals": "signal",
    "claims": "claim", "events": "event", "decisions": "decision", "runs": "run", "seals": "seal",
}  # fmt: skip
_ITEM = {"start": "t.first", "end": "t.last", "sha256": "d.sha256"}


def last_rows(connection: sqlite3.Connection) -> dict[str, int]:
    """The number of the last row of every kind, seals left out; 0 where there is none."""
    return {
        kind: int(
            connection.execute(" ".join(("SELECT coalesce(max(rowid), 0) FROM", table))).fetchone()[
                0
            ]
        )
        for kind, table in _TABLES.items()
        if kind != "seals"
    }


def rows_after(connection: sqlite3.Connection, kind: str, after: int = 0) -> Iterator[Row]:
    """Rows of a kind in the order in which they came, from the one behind row `after` on."""
    item = kind in ("signals", "claims")
    names = [f"{_ITEM[c] if item and c in _ITEM else f't.{c}'} AS '{c}'" for c in COLUMNS[kind]]
    join = "JOIN document d ON d.number = t.document" if item else ""
    found = connection.execute(
        " ".join(
            ("SELECT", ", ".join(names), "FROM", _TABLES[kind], "t", join,
             "WHERE t.rowid > ? ORDER BY t.rowid")
        ),
        (after,),
    )  # fmt: skip
    for values in found:
        row: dict[str, Any] = dict(zip(COLUMNS[kind], values, strict=True))
        if kind == "documents":
            row["content"] = encoded(bytes(row["content"]), row["encoding"])
        yield row


def encoded(content: bytes, encoding: str) -> str:
    """Bytes as text: UTF-8 as it reads, so that files can be read; others as base64, exactly."""
    if encoding == "utf-8":
        return TEXT + content.decode("utf-8")
    return BYTES + base64.b64encode(content).decode("ascii")

"""From the append-only record to the present state: which decisions are in force, what they say.

Undo is a decision about a batch. Undoing an undo brings the batch back. A decision is in force
when no undo that is itself in force takes its batch back; walking from the last to the first
decides every case, for an undo always comes after what it undoes.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

STATES = {"accept": "accepted", "reject": "rejected", "edit": "accepted", "reset": "suggested"}


@dataclass(frozen=True, slots=True)
class Folded:
    """What the decisions about one item come to. None where nothing was decided."""

    state: str = "suggested"
    event_key: str | None = None
    item_grade: str | None = None
    changes: tuple[Mapping[str, Any], ...] = ()


def undone_batches(undos: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Batches that are out of force, from the undo decisions as (batch, batch undone), in order.

    >>> sorted(undone_batches([("A-3", "A-1"), ("A-4", "A-3")]))
    ['A-3']
    """
    out: set[str] = set()
    for batch, target in reversed(list(undos)):
        if batch not in out:
            out.add(target)
    return frozenset(out)


def fold(decisions: Iterable[tuple[str, Mapping[str, Any]]]) -> Folded:
    """The state that (action, payload) pairs in force leave, in order.

    >>> fold([("reject", {}), ("accept", {})]).state
    'accepted'
    """
    state, event_key, grade = "suggested", None, None
    changes: list[Mapping[str, Any]] = []
    for action, payload in decisions:
        state = STATES.get(action, state)
        if action == "link":
            event_key = str(payload["event_key"])
        elif action == "grade_item":
            grade = str(payload["grade"])
        elif action == "edit":
            changes.append(payload["changes"])
    return Folded(state, event_key, grade, tuple(changes))


def merged(record: Mapping[str, Any], changes: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """A record with changes laid over it; `x_standoff` is merged field by field.

    >>> merged({"mode": None, "x_standoff": {"event": None}}, [{"x_standoff": {"event": "LAW"}}])
    {'mode': None, 'x_standoff': {'event': 'LAW'}}
    """
    out = dict(record)
    for change in changes:
        for key, value in change.items():
            old = out.get(key)
            if key == "x_standoff" and isinstance(old, dict) and isinstance(value, dict):
                out[key] = {**old, **value}
            else:
                out[key] = value
    return out


def project(connection: sqlite3.Connection, subjects: Sequence[str]) -> None:
    """Write the present state of some signals and claims (S-014, C-07) into `decided`."""
    undone = _undone(connection)
    for subject in dict.fromkeys(subjects):
        if subject[:2] not in ("S-", "C-"):
            continue
        rows = connection.execute(
            "SELECT action, payload, batch FROM decision WHERE subject = ? ORDER BY number",
            (subject,),
        ).fetchall()
        _write(connection, "decided", subject, [r for r in rows if r[2] not in undone])


def project_all(
    connection: sqlite3.Connection, table: str = "decided", recorded_by: str | None = None
) -> None:
    """Write the state of everything decided, as it stood at `recorded_by`, into a table."""
    undone = _undone(connection, recorded_by)
    groups: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in connection.execute(
        "SELECT subject, action, payload, batch FROM decision"
        " WHERE (?1 IS NULL OR at <= ?1) AND subject GLOB '[SC]-*' ORDER BY number",
        (recorded_by,),
    ):
        if row[3] not in undone:
            groups[row[0]].append((row[1], row[2], row[3]))
    for subject, rows in groups.items():
        _write(connection, table, subject, rows)


def undo_rows(
    connection: sqlite3.Connection, recorded_by: str | None = None
) -> list[tuple[str, str]]:
    """All undo decisions as (batch, batch undone), in order."""
    rows = connection.execute(
        "SELECT batch, subject FROM decision WHERE action = 'undo'"
        " AND (?1 IS NULL OR at <= ?1) ORDER BY number",
        (recorded_by,),
    )
    return [(str(r[0]), str(r[1]).removeprefix("batch:")) for r in rows]


def _undone(connection: sqlite3.Connection, recorded_by: str | None = None) -> frozenset[str]:
    return undone_batches(undo_rows(connection, recorded_by))


def _write(
    connection: sqlite3.Connection, table: str, subject: str, rows: Iterable[Sequence[Any]]
) -> None:
    folded = fold((str(r[0]), json.loads(r[1])) for r in rows)
    record = None
    if folded.changes:
        kind = "signal" if subject.startswith("S-") else "claim"
        (first,) = connection.execute(
            " ".join(["SELECT record FROM", kind, "WHERE number = ?"]), (int(subject[2:]),)
        ).fetchone()
        record = json.dumps(
            merged(json.loads(first), folded.changes),
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )
    connection.execute(
        " ".join(
            (
                "INSERT OR REPLACE INTO",
                table,
                "(kind, number, state, event_key, item_grade, record) VALUES (?,?,?,?,?,?)",
            )
        ),
        (
            subject[0],
            int(subject[2:]),
            folded.state,
            folded.event_key,
            folded.item_grade,
            record,
        ),
    )

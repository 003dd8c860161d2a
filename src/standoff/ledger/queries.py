"""Reading the ledger: documents, claims, decisions, grades, runs, as they stood at an instant."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from standoff.errors import ImpossibleDate, UnknownHandle
from standoff.ledger.exact import text_of
from standoff.ledger.replay import undone_batches
from standoff.ledger.rows import Activity, Decision, Grading, StoredClaim, StoredDocument, StoredRun
from standoff.ledger.store import Store
from standoff.terms import Document, SourceGrade, Span

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def instant(moment: str | date | datetime) -> str:
    """An instant as it is stored; a day means its last second. Raises `ImpossibleDate`.

    >>> instant("2021-08-13"), instant("2021-08-13T10:00:00+02:00")
    ('2021-08-13T23:59:59Z', '2021-08-13T08:00:00Z')
    """
    try:
        if isinstance(moment, datetime):
            found = moment
        elif isinstance(moment, date) or _DAY.fullmatch(moment):
            day = date.fromisoformat(str(moment))
            found = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)
        else:
            found = datetime.fromisoformat(moment)
    except ValueError as error:
        raise ImpossibleDate(
            f"the instant {str(moment)!r}",
            "a day (2021-08-13) or an instant (2021-08-13T12:00:00Z)",
            "--recorded-by 2021-08-13",
        ) from error
    found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    return found.replace(microsecond=0).isoformat().replace("+00:00", "Z")


class Reader:
    """Queries over one store. `recorded_by` None means now."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def document_number(self, sha256: str) -> int | None:
        """The number of a document by its content hash."""
        rows = self.store.query("SELECT number FROM document WHERE sha256 = ?", sha256)
        return int(rows[0][0]) if rows else None

    def documents(self, recorded_by: str | None) -> tuple[StoredDocument, ...]:
        """All documents, in order of arrival, without their texts."""
        rows = self.store.query(
            "SELECT number, sha256, title, source, published, characters, recorded FROM document"
            " WHERE (?1 IS NULL OR recorded <= ?1) ORDER BY number",
            recorded_by,
        )
        return tuple(
            StoredDocument(
                f"D-{r['number']:03d}",
                r["sha256"],
                r["title"],
                r["source"],
                date.fromisoformat(r["published"]),
                int(r["characters"]),
                r["recorded"],
            )
            for r in rows
        )

    def document(self, handle: str, recorded_by: str | None = None) -> Document:
        """A document with its text, by handle or content hash."""
        known = "AND (?2 IS NULL OR recorded <= ?2)"
        if handle.startswith("D-") and handle[2:].isdigit():
            column, value = "number", int(handle[2:])
        else:
            column, value = "sha256", handle
        parts = ["SELECT * FROM document WHERE", column, "= ?1", known]
        rows = self.store.query(" ".join(parts), value, recorded_by)
        if not rows:
            raise UnknownHandle(handle, "a document of this dossier", "standoff documents")
        row = rows[0]
        return Document(
            row["sha256"],
            text_of(row["content"], row["encoding"]),
            row["title"],
            row["source"],
            date.fromisoformat(row["published"]),
            row["encoding"],
            tuple(Span(s["start"], s["end"], s["quote"]) for s in json.loads(row["boilerplate"])),
        )

    def activity(self, handle: str) -> Activity:
        """Who or what wrote a document, signal or claim. Raises `UnknownHandle`."""
        table = {"D-": "document", "S-": "signal", "C-": "claim"}.get(handle[:2])
        if table is not None and handle[2:].isdigit():
            parts = ["SELECT a.* FROM", table, "r JOIN activity a ON a.number = r.activity"]
            rows = self.store.query(" ".join([*parts, "WHERE r.number = ?"]), int(handle[2:]))
            if rows:
                a = rows[0]
                used = json.loads(a["parameters"])
                return Activity(a["at"], a["author"], a["kind"], a["software"], used)
        raise UnknownHandle(handle, "a document, signal or claim of this dossier", "D-003")

    def decisions(
        self,
        subject: str | None = None,
        recorded_by: str | None = None,
        *,
        action: str | None = None,
        batch: str | None = None,
    ) -> tuple[Decision, ...]:
        """Decisions in order as they stood at `recorded_by`: all, or of a subject, kind or batch."""
        out = self._undone(recorded_by)
        where, values = ["1"], list[str]()
        for column, value in (("subject", subject), ("action", action), ("batch", batch)):
            if value is not None:
                where.append(f"{column} = ?")
                values.append(value)
        if recorded_by is not None:
            where.append("at <= ?")
            values.append(recorded_by)
        parts = ["SELECT * FROM decision WHERE", " AND ".join(where), "ORDER BY number"]
        return tuple(
            Decision(
                int(r["number"]),
                r["at"],
                r["author"],
                r["action"],
                r["subject"],
                json.loads(r["payload"]),
                r["reason"],
                r["batch"],
                r["anchor"],
                r["batch"] not in out,
            )
            for r in self.store.query(" ".join(parts), *values)
        )

    def _undone(self, recorded_by: str | None) -> frozenset[str]:
        """The actions that were out of force at an instant."""
        rows = self.store.query(
            "SELECT batch, subject FROM decision WHERE action = 'undo'"
            " AND (?1 IS NULL OR at <= ?1) ORDER BY number",
            recorded_by,
        )
        return undone_batches((str(r[0]), str(r[1]).removeprefix("batch:")) for r in rows)

    def gradings(self, recorded_by: str | None) -> dict[str, Grading]:
        """The latest letter in force of every graded source."""
        out = self._undone(recorded_by)
        rows = self.store.query(
            "SELECT subject, payload, author, at, reason, batch FROM decision"
            " WHERE action = 'grade' AND (?1 IS NULL OR at <= ?1) ORDER BY number",
            recorded_by,
        )
        latest: dict[str, Grading] = {}
        for r in rows:
            if r["batch"] not in out:
                source = str(r["subject"]).removeprefix("source:")
                letter = SourceGrade(json.loads(r["payload"])["grade"])
                latest[source] = Grading(source, letter, r["author"], r["at"], r["reason"])
        return latest

    def claims(
        self, recorded_by: str | None, documents: Collection[int] | None = None
    ) -> tuple[StoredClaim, ...]:
        """Claims in order, with their state; of some documents alone, where they are given."""
        states: dict[int, str] = {}
        if recorded_by is None:
            rows = self.store.query("SELECT number, state FROM decided WHERE kind = 'C'")
            states = {int(r[0]): str(r[1]) for r in rows}
        else:
            for d in self.decisions(None, recorded_by):
                if d.in_force and d.subject[:2] == "C-" and d.action in ("accept", "reject"):
                    states[int(d.subject[2:])] = d.action + "ed"
        # A later check stands in place of the first; a person's verdict stands above both.
        checked = self._latest("recheck", recorded_by)
        overruled = self._latest("overrule", recorded_by)
        rows = self.store.query(
            "SELECT * FROM claim WHERE (?1 IS NULL OR recorded <= ?1)"
            " AND (?2 IS NULL OR document IN (SELECT value FROM json_each(?2))) ORDER BY number",
            recorded_by,
            None if documents is None else json.dumps(sorted(documents)),
        )
        found: list[StoredClaim] = []
        for r in rows:
            number = int(r["number"])
            record = checked[number]["record"] if number in checked else json.loads(r["record"])
            found.append(
                StoredClaim(
                    f"C-{number:02d}",
                    f"D-{r['document']:03d}",
                    Span(r["first"], r["last"], r["quote"]),
                    str(overruled.get(number, {}).get("outcome", record["verdict"])),
                    record,
                    states.get(number, "suggested"),
                    r["recorded"],
                    r["hash"],
                )
            )
        return tuple(found)

    def _latest(self, action: str, recorded_by: str | None) -> dict[int, Mapping[str, Any]]:
        """The payload of the last decision of a kind in force about each claim, by its number."""
        return {
            int(d.subject[2:]): d.payload
            for d in self.decisions(recorded_by=recorded_by, action=action)
            if d.in_force
        }

    def run(self, handle: str) -> StoredRun:
        """A stored assessment by handle; a unique beginning of its hash will do.

        A run is found from every view: one about the past is made, and recorded, later.
        """
        key = handle.removeprefix("R-").partition("#")[0]
        rows = self.store.query("SELECT * FROM run WHERE id >= ? AND id < ? || 'g'", key, key)
        if len(rows) != 1:
            raise UnknownHandle(handle, "one run of this dossier", "standoff assess")
        return _run(rows[0])

    def last_assessed(self, recorded_by: str | None) -> str | None:
        """The hash of the run assessed last; those made aside, to compare with, do not count."""
        for used in self._assessed(recorded_by):
            if not used.get("aside"):
                return str(used["run"])
        return None

    def held_at(self, key: str) -> dict[str, int]:
        """What the record held when a run was assessed last, by table."""
        for used in self._assessed(None):
            if used["run"] == key:
                return {k: int(v) for k, v in used["held"].items()}
        return {}

    def _assessed(self, recorded_by: str | None) -> Iterator[dict[str, Any]]:
        rows = self.store.query(
            "SELECT parameters FROM activity WHERE kind = 'assess'"
            " AND (?1 IS NULL OR at <= ?1) ORDER BY number DESC",
            recorded_by,
        )
        for row in rows:
            yield json.loads(row["parameters"])

    def runs(self, recorded_by: str | None) -> tuple[StoredRun, ...]:
        """All stored assessments, the oldest first."""
        rows = self.store.query(
            "SELECT * FROM run WHERE (?1 IS NULL OR recorded <= ?1) ORDER BY recorded, rowid",
            recorded_by,
        )
        return tuple(_run(r) for r in rows)


def _run(row: Any) -> StoredRun:
    return StoredRun(
        f"R-{row['id']}",
        date.fromisoformat(row["as_of"]),
        json.loads(row["payload"]),
        row["recorded"],
    )

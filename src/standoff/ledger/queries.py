"""Reading the ledger: the present state, derived from rows and decisions."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from standoff.errors import UnknownHandle
from standoff.ledger.rows import (
    Decision,
    Grading,
    StoredClaim,
    StoredDocument,
    StoredRun,
    StoredSignal,
)
from standoff.ledger.store import Store
from standoff.terms import (
    Document,
    Event,
    EventReport,
    ItemGrade,
    Period,
    SourceGrade,
    Span,
    signal_from_record,
)

BAD_OUTCOMES = ("CONTRADICTED", "INCONSISTENT")


class Reader:
    """Queries over one store."""

    def __init__(self, store: Store) -> None:
        self.store = store

    # ------------------------------------------------------------ documents

    def document_number(self, sha256: str) -> int | None:
        """The number of a document by its content hash."""
        rows = self.store.query("SELECT number FROM document WHERE sha256 = ?", sha256)
        return int(rows[0][0]) if rows else None

    def documents(self) -> tuple[StoredDocument, ...]:
        """All documents, in order of arrival."""
        rows = self.store.query("SELECT * FROM document ORDER BY number")
        return tuple(
            StoredDocument(
                f"D-{r['number']:03d}",
                r["sha256"],
                r["title"],
                r["source"],
                date.fromisoformat(r["published"]),
                len(_text(r["content"])),
                r["recorded"],
            )
            for r in rows
        )

    def document(self, handle: str) -> Document:
        """A document with its text, by handle or content hash."""
        if handle.startswith("D-") and handle[2:].isdigit():
            rows = self.store.query("SELECT * FROM document WHERE number = ?", int(handle[2:]))
        else:
            rows = self.store.query("SELECT * FROM document WHERE sha256 = ?", handle)
        if not rows:
            raise UnknownHandle(handle, "a document of this dossier", "standoff documents")
        row = rows[0]
        return Document(
            row["sha256"],
            _text(row["content"]),
            row["title"],
            row["source"],
            date.fromisoformat(row["published"]),
            row["encoding"],
            tuple(Span(s["start"], s["end"], s["quote"]) for s in json.loads(row["boilerplate"])),
        )

    # ------------------------------------------------------------ decisions

    def decisions(
        self, subject: str | None = None, recorded_by: str | None = None
    ) -> tuple[Decision, ...]:
        """Decisions in order, all or about one subject, as they stood at `recorded_by`."""
        rows = self.store.query(
            "SELECT * FROM decision WHERE (?1 IS NULL OR subject = ?1)"
            " AND (?2 IS NULL OR at <= ?2) ORDER BY number",
            subject,
            recorded_by,
        )
        return tuple(
            Decision(
                r["number"],
                r["at"],
                r["author"],
                r["action"],
                r["subject"],
                json.loads(r["payload"]),
                r["reason"],
            )
            for r in rows
        )

    def gradings(self, recorded_by: str | None) -> dict[str, Grading]:
        """The latest letter of every graded source."""
        latest: dict[str, Grading] = {}
        for d in self.decisions(None, recorded_by):
            if d.action == "grade":
                source = d.subject.removeprefix("source:")
                letter = SourceGrade(d.payload["grade"])
                latest[source] = Grading(source, letter, d.author, d.at, d.reason)
        return latest

    # ------------------------------------------------------------ signals and claims

    def signals(self, as_of: date | None, recorded_by: str | None) -> tuple[StoredSignal, ...]:
        """Signals available by `as_of` and recorded by `recorded_by`, with their state."""
        state: dict[str, str] = {}
        links: dict[str, str] = {}
        for d in self.decisions(None, recorded_by):
            if d.action in ("accept", "reject"):
                state[d.subject] = "accepted" if d.action == "accept" else "rejected"
            elif d.action == "link":
                links[d.subject] = d.payload["event_key"]
        numbers = {r["key"]: r["number"] for r in self.store.query("SELECT * FROM event")}
        rows = self.store.query(
            "SELECT * FROM signal WHERE (?1 IS NULL OR available <= ?1)"
            " AND (?2 IS NULL OR recorded <= ?2) ORDER BY number",
            as_of.isoformat() if as_of else None,
            recorded_by,
        )
        stored: list[StoredSignal] = []
        for row in rows:
            record = json.loads(row["record"])
            handle = f"S-{row['number']:03d}"
            key = links.get(handle) or str(row["event_key"])
            stored.append(
                StoredSignal(
                    handle,
                    f"D-{row['document']:03d}",
                    signal_from_record(record),
                    key,
                    f"E-{numbers[key]:03d}",
                    row["source"],
                    row["url"],
                    date.fromisoformat(row["available"]),
                    row["recorded"],
                    state.get(handle, "suggested"),
                    ItemGrade(record.get("item_grade", "6")),
                )
            )
        return tuple(stored)

    def claims(self) -> tuple[StoredClaim, ...]:
        """All claims in order."""
        return tuple(
            StoredClaim(
                f"C-{r['number']:02d}",
                f"D-{r['document']:03d}",
                Span(r["first"], r["last"], r["quote"]),
                r["outcome"],
                json.loads(r["record"]),
            )
            for r in self.store.query("SELECT * FROM claim ORDER BY number")
        )

    # ------------------------------------------------------------ events

    def events(self, as_of: date | None, recorded_by: str | None) -> tuple[Event, ...]:
        """Signals grouped by the event they report; rejected signals are left out."""
        grades = self.gradings(recorded_by)
        contested: dict[str, list[Span]] = defaultdict(list)
        for claim in self.claims():
            if claim.outcome in BAD_OUTCOMES:
                contested[claim.document].append(claim.span)
        groups: dict[str, list[StoredSignal]] = defaultdict(list)
        for item in self.signals(as_of, recorded_by):
            if item.state != "rejected":
                groups[item.event_key].append(item)
        retracted: dict[str, date] = {}
        events: list[Event] = []
        for key, members in groups.items():
            event = _event(key, members, grades, contested)
            events.append(event)
            for target in event.retracts:
                when = event.happened.start or event.available
                retracted[target] = min(when, retracted.get(target, when))
        dated = [_retract(e, retracted.get(e.key)) for e in events]
        return tuple(sorted(dated, key=lambda e: (e.happened.start or e.available, e.key)))

    # ------------------------------------------------------------ runs

    def run(self, handle: str) -> StoredRun:
        """A stored assessment by handle; a unique beginning of its hash will do."""
        key = handle.removeprefix("R-")
        rows = self.store.query("SELECT * FROM run WHERE substr(id, 1, length(?1)) = ?1", key)
        if len(rows) != 1:
            raise UnknownHandle(handle, "one run of this dossier", "standoff assess")
        row = rows[0]
        return StoredRun(
            f"R-{row['id']}", date.fromisoformat(row["as_of"]), json.loads(row["payload"])
        )


def _event(
    key: str,
    members: Sequence[StoredSignal],
    grades: Mapping[str, Grading],
    contested: Mapping[str, Sequence[Span]],
) -> Event:
    def grade(item: StoredSignal) -> SourceGrade:
        found = grades.get(item.source)
        return found.grade if found else SourceGrade.F

    def order(item: StoredSignal) -> tuple[int, int, str, date, str]:
        # Hand-coded and reviewed codings speak for the event before a program's suggestion.
        by_hand = item.signal.coder == "chronology" or item.state == "accepted"
        return (0 if by_hand else 1, 0, grade(item).value, item.available, item.handle)

    ranked = sorted(members, key=order)
    first = ranked[0]
    reports = tuple(
        EventReport(
            m.handle,
            m.document,
            m.source,
            grade(m),
            m.item_grade,
            m.available,
            m.signal.coder,
            m.signal.rule,
            m.state == "accepted",
            any(m.signal.span.overlaps(s) for s in contested.get(m.document, ())),
        )
        for m in ranked
    )
    retracts = tuple(dict.fromkeys(t for m in ranked for t in m.signal.retracts))
    return Event(
        key,
        first.signal,
        _happened(ranked),
        min(m.available for m in members),
        reports,
        None,
        retracts,
    )


def _happened(ranked: Sequence[StoredSignal]) -> Period:
    """The representative's date if it has one, else the first report's that has."""
    for item in ranked:
        if item.signal.date.start is not None or item.signal.date.end is not None:
            return item.signal.date
    return ranked[0].signal.date


def _retract(event: Event, on: date | None) -> Event:
    if on is None:
        return event
    return Event(
        event.key, event.signal, event.happened, event.available, event.reports, on, event.retracts
    )


def _text(content: Any) -> str:
    return bytes(content).decode("utf-8", "surrogatepass")

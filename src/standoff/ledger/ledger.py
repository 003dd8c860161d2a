"""The ledger: everything an analyst knows, in one file, append-only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any

from standoff.errors import InputError, SpanMismatch, UnknownHandle
from standoff.ledger.queries import Reader
from standoff.ledger.rows import (
    Added,
    Decision,
    Grading,
    Origin,
    StoredClaim,
    StoredDocument,
    StoredRun,
    StoredSignal,
)
from standoff.ledger.store import Clock, Store, software, utc_now
from standoff.terms import (
    Claim,
    Document,
    Event,
    ItemGrade,
    Report,
    Signal,
    SourceGrade,
    Span,
    Verdict,
    claim_record,
    signal_record,
    span_record,
)


class Ledger:
    """One dossier, open.

    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> with Ledger.create(Path(folder.name) / "a.standoff", system="west-pacific-2021") as ledger:
    ...     ledger.system, ledger.signals()
    ('west-pacific-2021', ())
    >>> folder.cleanup()
    """

    def __init__(self, store: Store, author: str = "analyst") -> None:
        self.store = store
        self.author = author
        self._read = Reader(store)

    # ------------------------------------------------------------ opening

    @classmethod
    def create(
        cls, path: Path | str, *, system: str, clock: Clock = utc_now, author: str = "analyst"
    ) -> Ledger:
        """Make a new dossier about `system` (a slug or a path)."""
        store = Store.create(Path(path), clock)
        with store.transaction() as connection:
            connection.executemany(
                "INSERT INTO meta (key, value) VALUES (?, ?)",
                [("system", system), ("made_by", software()), ("made_at", store.now())],
            )
        return cls(store, author)

    @classmethod
    def open(cls, path: Path | str, *, clock: Clock = utc_now, author: str = "analyst") -> Ledger:
        """Open a dossier that is there."""
        return cls(Store.open(Path(path), clock), author)

    def close(self) -> None:
        """Close the file."""
        self.store.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """Where the dossier is."""
        return self.store.path

    @property
    def system(self) -> str:
        """The system that this dossier is about: a shipped slug, or a path."""
        return str(self.store.query("SELECT value FROM meta WHERE key = 'system'")[0][0])

    # ------------------------------------------------------------ writing

    def add(
        self,
        report: Report,
        verdicts: Sequence[Verdict] = (),
        *,
        origins: Mapping[str, Origin] | None = None,
        event_keys: Mapping[str, str] | None = None,
    ) -> Added:
        """Store a read document with its signals, claims and verdicts, all or nothing.

        `origins` gives the source and availability of single items (a chronology's rows);
        `event_keys` the event each signal is taken to report. Both go by the signal's id.
        A document that is already here is not stored again, and its handle is returned.
        Raises `SpanMismatch` if any quote does not stand where its span says.
        """
        document = report.document
        self._check_spans(report)
        known = self._read.document_number(document.sha256)
        if known is not None:
            return self._already(known)
        by_claim = {v.claim: v for v in verdicts}
        with self.store.transaction() as connection:
            now = self.store.now()
            activity = connection.execute(
                "INSERT INTO activity (at, author, kind, software, parameters) VALUES (?,?,?,?,?)",
                (now, self.author, "read", software(), _json({"notes": list(report.notes)})),
            ).lastrowid
            number = connection.execute(
                "INSERT INTO document (sha256, content, encoding, title, source, published,"
                " boilerplate, recorded, activity) VALUES (?,?,?,?,?,?,?,?,?)",
                (
                    document.sha256,
                    document.text.encode("utf-8", "surrogatepass"),
                    document.encoding,
                    document.title,
                    document.source,
                    document.published.isoformat(),
                    _json([span_record(s) for s in document.boilerplate]),
                    now,
                    activity,
                ),
            ).lastrowid
            signals = [
                self._insert_signal(
                    connection, number, activity, now, s, document, origins, event_keys
                )
                for s in report.signals
            ]
            claims = [
                self._insert_claim(connection, number, activity, now, c, by_claim.get(c.id))
                for c in report.claims
            ]
        return Added(f"D-{number:03d}", tuple(signals), tuple(claims))

    def _insert_signal(
        self,
        connection: Any,
        document_number: int | None,
        activity: int | None,
        now: str,
        signal: Signal,
        document: Document,
        origins: Mapping[str, Origin] | None,
        event_keys: Mapping[str, str] | None,
    ) -> str:
        origin = (origins or {}).get(signal.id) or Origin(document.source, document.published)
        key = (event_keys or {}).get(signal.id) or signal.event_key
        key = key or f"{document.sha256[:12]}:{signal.id}"
        record = signal_record(signal) | {"item_grade": origin.item_grade.value}
        number = connection.execute(
            "INSERT INTO signal (document, local_id, first, last, quote, record, happened_from,"
            " happened_to, available, recorded, source, url, coder, event_key, activity)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                document_number,
                signal.id,
                signal.span.start,
                signal.span.end,
                signal.span.quote,
                _json(record),
                signal.date.start.isoformat() if signal.date.start else None,
                signal.date.end.isoformat() if signal.date.end else None,
                origin.available.isoformat(),
                now,
                origin.source,
                origin.url,
                signal.coder,
                key,
                activity,
            ),
        ).lastrowid
        connection.execute("INSERT OR IGNORE INTO event (key) VALUES (?)", (key,))
        return f"S-{number:03d}"

    def _insert_claim(
        self,
        connection: Any,
        document_number: int | None,
        activity: int | None,
        now: str,
        claim: Claim,
        verdict: Verdict | None,
    ) -> str:
        record = claim_record(claim, verdict)
        number = connection.execute(
            "INSERT INTO claim (document, local_id, first, last, quote, record, outcome, recorded,"
            " activity) VALUES (?,?,?,?,?,?,?,?,?)",
            (
                document_number,
                claim.id,
                claim.span.start,
                claim.span.end,
                claim.span.quote,
                _json(record),
                record["verdict"],
                now,
                activity,
            ),
        ).lastrowid
        return f"C-{number:02d}"

    def decide(
        self, action: str, subject: str, payload: Mapping[str, Any], reason: str, batch: str = ""
    ) -> int:
        """Append one decision; returns its number."""
        with self.store.transaction() as connection:
            number = connection.execute(
                "INSERT INTO decision (at, author, action, subject, payload, reason, batch)"
                " VALUES (?,?,?,?,?,?,?)",
                (self.store.now(), self.author, action, subject, _json(payload), reason, batch),
            ).lastrowid
        return int(number or 0)

    def grade(self, source: str, letter: str, because: str) -> Grading:
        """Grade a source A-F, with a reason; the history is kept."""
        if letter not in SourceGrade.__members__.values():
            raise InputError(f"grade {letter!r}", "one letter A to F", "F means unknown, not worst")
        if not because.strip():
            raise InputError("no reason", "why the source deserves the letter", '--because "..."')
        self.decide("grade", f"source:{source}", {"grade": letter}, because)
        return self._read.gradings(None)[source]

    def save_run(self, as_of: date, payload: Mapping[str, Any]) -> str:
        """Keep an assessment; its handle is a hash of what it says, so equal runs are one."""
        text = _json(payload)
        digest = hashlib.sha256(text.encode()).hexdigest()[:8]
        with self.store.transaction() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO run (id, as_of, payload, recorded) VALUES (?,?,?,?)",
                (digest, as_of.isoformat(), text, self.store.now()),
            )
        return f"R-{digest}"

    # ------------------------------------------------------------ reading

    def documents(self) -> tuple[StoredDocument, ...]:
        """All documents, in order of arrival."""
        return self._read.documents()

    def document(self, handle: str) -> Document:
        """A document with its text, by handle (D-003) or by sha256."""
        return self._read.document(handle)

    def signals(
        self, *, as_of: date | None = None, recorded_by: str | None = None
    ) -> tuple[StoredSignal, ...]:
        """Signals that were available by `as_of`, with the decisions recorded by `recorded_by`."""
        return self._read.signals(as_of, recorded_by)

    def signal(self, handle: str) -> StoredSignal:
        """One signal by handle."""
        for item in self._read.signals(None, None):
            if item.handle == handle:
                return item
        raise UnknownHandle(handle, "a signal of this dossier", "standoff signals")

    def claims(self) -> tuple[StoredClaim, ...]:
        """All claims with their verdicts."""
        return self._read.claims()

    def events(
        self, *, as_of: date | None = None, recorded_by: str | None = None
    ) -> tuple[Event, ...]:
        """Events with everyone who reports them, ordered by when they happened."""
        return self._read.events(as_of, recorded_by)

    def gradings(self, recorded_by: str | None = None) -> Mapping[str, Grading]:
        """The present letter of every graded source."""
        return self._read.gradings(recorded_by)

    def decisions(self, subject: str | None = None) -> tuple[Decision, ...]:
        """The append-only record, all of it or about one subject."""
        return self._read.decisions(subject)

    def run(self, handle: str) -> StoredRun:
        """A stored assessment by handle."""
        return self._read.run(handle)

    def _check_spans(self, report: Report) -> None:
        text = report.document.text
        spans: list[Span] = [s.span for s in report.signals]
        spans += [s.trigger for s in report.signals] + [c.span for c in report.claims]
        for span in spans:
            span.check(text)

    def _already(self, number: int) -> Added:
        signals = [
            s.handle for s in self._read.signals(None, None) if s.document == f"D-{number:03d}"
        ]
        claims = [c.handle for c in self._read.claims() if c.document == f"D-{number:03d}"]
        return Added(f"D-{number:03d}", tuple(signals), tuple(claims), already=True)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


__all__ = ["ItemGrade", "Ledger", "SpanMismatch"]

"""Storing what was read: documents with their signals and claims, every span checked first."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from standoff.ledger.decide import dump, spans_of
from standoff.ledger.exact import exact_bytes
from standoff.ledger.migrate import content_hash
from standoff.ledger.rows import Origin
from standoff.ledger.store import Store, software
from standoff.terms import (
    Claim,
    Document,
    Report,
    Signal,
    Span,
    Verdict,
    claim_record,
    signal_record,
    span_record,
)


def check_report(report: Report) -> None:
    """Raise `SpanMismatch` if any quote does not stand where its span says it does."""
    text = report.document.text
    spans: list[Span] = [*report.document.boilerplate]
    for s in report.signals:
        spans += spans_of(s)
    spans += [c.span for c in report.claims]
    for span in spans:
        span.check(text)


class Inserter:
    """Writes one report into an open transaction."""

    def __init__(self, store: Store, connection: sqlite3.Connection, author: str) -> None:
        self.connection = connection
        self.now = store.now()
        self.author = author

    def activity(self, kind: str, parameters: Mapping[str, Any]) -> int:
        """Who and what writes the rows that follow."""
        return int(
            self.connection.execute(
                "INSERT INTO activity (at, author, kind, software, parameters) VALUES (?,?,?,?,?)",
                (self.now, self.author, kind, software(), dump(parameters)),
            ).lastrowid
            or 0
        )

    def document(self, document: Document, content: bytes | None, activity: int) -> int:
        """A document; its number."""
        kept, encoding = exact_bytes(document, content)
        return int(
            self.connection.execute(
                "INSERT INTO document (sha256, content, encoding, characters, title, source,"
                " published, boilerplate, recorded, activity) VALUES (?,?,?,?,?,?,?,?,?,?)",
                (
                    document.sha256,
                    kept,
                    encoding,
                    len(document.text),
                    document.title,
                    document.source,
                    document.published.isoformat(),
                    dump([span_record(s) for s in document.boilerplate]),
                    self.now,
                    activity,
                ),
            ).lastrowid
            or 0
        )

    def signals(
        self,
        signals: Sequence[Signal],
        document: Document,
        number: int,
        activity: int,
        layer: str,
        origins: Mapping[str, Origin],
        event_keys: Mapping[str, str],
    ) -> list[str]:
        """Signals of a document; their handles."""
        (last,) = self.connection.execute("SELECT coalesce(max(number), 0) FROM signal").fetchone()
        own = Origin(document.source, document.published)
        rows: list[tuple[Any, ...]] = []
        actors: dict[tuple[str, str, int], None] = {}
        keys: dict[str, None] = {}
        for i, s in enumerate(signals, start=int(last) + 1):
            origin = origins.get(s.id, own)
            key = event_keys.get(s.id) or s.event_key or f"{document.sha256[:12]}:{s.id}"
            if layer == "main":
                keys[key] = None
            record = dump(signal_record(s) | {"item_grade": origin.item_grade.value})
            rows.append(
                (
                    i,
                    content_hash(document.sha256, record),
                    number,
                    layer,
                    s.id,
                    s.span.start,
                    s.span.end,
                    s.span.quote,
                    s.channel.value,
                    record,
                    s.date.start.isoformat() if s.date.start else None,
                    s.date.end.isoformat() if s.date.end else None,
                    origin.available.isoformat(),
                    self.now,
                    origin.source,
                    origin.url,
                    s.coder,
                    key,
                    activity,
                )
            )
            actors |= dict.fromkeys((a, "a", i) for a in s.source_actors)
            actors |= dict.fromkeys((a, "t", i) for a in s.target_actors)
            if s.protege:
                actors[(s.protege, "p", i)] = None
        self.connection.executemany(
            "INSERT INTO signal (number, hash, document, layer, local_id, first, last, quote,"
            " channel, record, happened_from, happened_to, available, recorded, source, url, coder,"
            " event_key, activity) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            rows,
        )
        self.connection.executemany(
            "INSERT INTO signal_actor (actor, role, signal) VALUES (?,?,?)", list(actors)
        )
        self.connection.executemany(
            "INSERT OR IGNORE INTO event (key) VALUES (?)", [(k,) for k in keys]
        )
        return [f"S-{r[0]:03d}" for r in rows]

    def claims(
        self,
        claims: Sequence[Claim],
        verdicts: Mapping[str, Verdict],
        document: Document,
        number: int,
        activity: int,
    ) -> list[str]:
        """Claims of a document with their verdicts; their handles."""
        handles: list[str] = []
        for c in claims:
            record = claim_record(c, verdicts.get(c.id))
            text = dump(record)
            row = self.connection.execute(
                "INSERT INTO claim (hash, document, local_id, first, last, quote, record, outcome,"
                " recorded, activity) VALUES (?,?,?,?,?,?,?,?,?,?)",
                (
                    content_hash(document.sha256, text),
                    number,
                    c.id,
                    c.span.start,
                    c.span.end,
                    c.span.quote,
                    text,
                    record["verdict"],
                    self.now,
                    activity,
                ),
            )
            handles.append(f"C-{row.lastrowid:02d}")
        return handles

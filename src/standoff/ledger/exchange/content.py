"""What a dossier holds, as plain rows: the common middle of every format."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, cast

from standoff.errors import BadRecord, LedgerError
from standoff.ledger.decide import dump
from standoff.ledger.exact import text_of
from standoff.ledger.migrate import content_hash
from standoff.ledger.replay import project_all
from standoff.ledger.store import Store
from standoff.terms import Span, signal_from_record

Row = Mapping[str, Any]

# Columns of each kind of row, in order, with their type. `record` and `payload` hold JSON as text.
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
}  # fmt: skip
TEXT = "text:"
BYTES = "base64:"


@dataclass(frozen=True, slots=True)
class Content:
    """Every row of a dossier, by kind. Signals and claims name their document by its hash."""

    meta: tuple[Row, ...]
    activities: tuple[Row, ...]
    documents: tuple[Row, ...]
    signals: tuple[Row, ...]
    claims: tuple[Row, ...]
    events: tuple[Row, ...]
    decisions: tuple[Row, ...]
    runs: tuple[Row, ...]

    @classmethod
    def of(cls, rows: Mapping[str, Sequence[Row]]) -> Content:
        """Checked rows by kind. Raises `BadRecord` for a column missing or of a wrong type."""
        return cls(**{f.name: tuple(_check(f.name, r) for r in rows[f.name]) for f in fields(cls)})

    def rows(self) -> dict[str, tuple[Row, ...]]:
        """The rows by kind, in the order in which they are restored."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


def collect(store: Store) -> Content:
    """Everything a dossier holds."""
    query = store.query
    documents = [
        {**dict(r), "content": _encoded(bytes(r["content"]), r["encoding"])}
        for r in query(
            "SELECT number, sha256, content, encoding, title, source, published, boilerplate,"
            " recorded, activity FROM document ORDER BY number"
        )
    ]
    signals = query(
        "SELECT s.number, s.hash, d.sha256, s.layer, s.first AS start, s.last AS 'end', s.quote,"
        " s.record, s.available, s.recorded, s.source, s.url, s.event_key, s.activity"
        " FROM signal s JOIN document d ON d.number = s.document ORDER BY s.number"
    )
    claims = query(
        "SELECT c.number, c.hash, d.sha256, c.first AS start, c.last AS 'end', c.quote, c.record,"
        " c.recorded, c.activity FROM claim c JOIN document d ON d.number = c.document"
        " ORDER BY c.number"
    )
    return Content.of(
        {
            "meta": [dict(r) for r in query("SELECT key, value FROM meta ORDER BY key")],
            "activities": [dict(r) for r in query("SELECT * FROM activity ORDER BY number")],
            "documents": documents,
            "signals": [dict(r) for r in signals],
            "claims": [dict(r) for r in claims],
            "events": [dict(r) for r in query("SELECT number, key FROM event ORDER BY number")],
            "decisions": [dict(r) for r in query("SELECT * FROM decision ORDER BY number")],
            "runs": [dict(r) for r in query("SELECT * FROM run ORDER BY recorded, id")],
        }
    )


def text_of_row(document: Row) -> str:
    """The text of a document's row."""
    return text_of(_decoded(document), document["encoding"])


def restore(store: Store, content: Content) -> None:
    """Put content into a dossier without rows: handles, times and decisions stay as they were.

    Every span is checked against its text and every hash against its content first.
    Raises `LedgerError` for a dossier that holds something, `SpanMismatch` or `BadRecord`.
    """
    _verify(content)
    if store.query("SELECT 1 FROM document LIMIT 1"):
        raise LedgerError(
            f"{store.path.name}, which holds documents,",
            "a new dossier: two records are not merged",
            "standoff import FILE NEW-NAME, or --layer NAME to compare two codings",
        )
    numbers = {d["sha256"]: d["number"] for d in content.documents}
    with store.transaction() as connection:
        run = connection.executemany
        run("INSERT OR IGNORE INTO meta (key, value) VALUES (:key, :value)", content.meta)
        run(
            "INSERT INTO activity VALUES (:number, :at, :author, :kind, :software, :parameters)",
            content.activities,
        )
        run(
            "INSERT INTO document VALUES (:number, :sha256, :bytes, :encoding, :characters, :title,"
            " :source, :published, :boilerplate, :recorded, :activity)",
            [
                {**d, "bytes": _decoded(d), "characters": len(text_of_row(d))}
                for d in content.documents
            ],
        )
        insert_signals(store, content.signals, numbers)
        run(
            "INSERT INTO claim VALUES (:number, :hash, :document, :id, :start, :end, :quote,"
            " :record, :verdict, :recorded, :activity)",
            [
                {**c, "document": numbers[c["sha256"]], **_named(c["record"], "id", "verdict")}
                for c in content.claims
            ],
        )
        run("INSERT INTO event VALUES (:number, :key)", content.events)
        run(
            "INSERT INTO decision VALUES (:number, :at, :author, :action, :subject, :anchor,"
            " :payload, :reason, :batch)",
            content.decisions,
        )
        run("INSERT INTO run VALUES (:id, :as_of, :payload, :recorded)", content.runs)
        _links(store, content.runs)
        project_all(connection)


def restore_layer(store: Store, content: Content, layer: str) -> int:
    """Keep the signals of another dossier as a second coding of the documents both hold.

    Returns how many were kept. Raises `LedgerError` where no document is common to both.
    """
    _verify(content)
    known = {str(r[1]): int(r[0]) for r in store.query("SELECT number, sha256 FROM document")}
    wanted = [s for s in content.signals if s["sha256"] in known and s["layer"] == "main"]
    if layer == "main" or not any(d["sha256"] in known for d in content.documents):
        raise LedgerError(
            f"layer {layer!r} with {len(content.documents)} documents",
            "a layer other than main, of documents that this dossier holds to the byte",
            "read the same files into both dossiers",
        )
    with store.transaction() as connection:
        (last,) = connection.execute("SELECT coalesce(max(number), 0) FROM signal").fetchone()
        now = store.now()
        done = connection.execute(
            "INSERT INTO activity (at, author, kind, software, parameters) VALUES (?,?,?,?,?)",
            (now, layer, "import", "exchange", dump({"layer": layer})),
        )
        rows = [
            {**s, "number": i, "layer": layer, "recorded": now, "activity": done.lastrowid}
            for i, s in enumerate(wanted, start=int(last) + 1)
        ]
        insert_signals(store, rows, known)
    return len(rows)


def insert_signals(store: Store, rows: Sequence[Row], numbers: Mapping[str, int]) -> None:
    """Insert signal rows inside an open transaction."""
    filled: list[dict[str, Any]] = []
    actors: dict[tuple[str, str, int], None] = {}
    for row in rows:
        record = json.loads(row["record"])
        day = cast("Mapping[str, Any]", record.get("date") or {})
        filled.append(
            {
                **row,
                "document": numbers[row["sha256"]],
                "local": record.get("id") or "",
                "channel": record["channel"],
                "from": day.get("from"),
                "to": day.get("to"),
                "coder": record.get("coder") or "unknown",
            }
        )
        signal = signal_from_record(record)
        actors |= dict.fromkeys((a, "a", row["number"]) for a in signal.source_actors)
        actors |= dict.fromkeys((a, "t", row["number"]) for a in signal.target_actors)
        if signal.protege:
            actors[(signal.protege, "p", row["number"])] = None
    store.connection.executemany(
        "INSERT INTO signal VALUES (:number, :hash, :document, :layer, :local, :start, :end,"
        " :quote, :channel, :record, :from, :to, :available, :recorded, :source, :url, :coder,"
        " :event_key, :activity)",
        filled,
    )
    store.connection.executemany("INSERT INTO signal_actor VALUES (?, ?, ?)", list(actors))


def _links(store: Store, runs: Sequence[Row]) -> None:
    from standoff.ledger.links import links_of

    store.connection.executemany(
        "INSERT OR IGNORE INTO rests (run, node, base) VALUES (?,?,?)",
        [
            (r["id"], node, base)
            for r in runs
            for node, base in links_of(r["id"], json.loads(r["payload"]))
        ],
    )


def _verify(content: Content) -> None:
    texts: dict[str, str] = {}
    for d in content.documents:
        if hashlib.sha256(_decoded(d)).hexdigest() != d["sha256"]:
            raise BadRecord(
                f"document {d['sha256'][:12]}… whose bytes have another hash",
                "the exact bytes of the export",
                "export again: the file was changed on the way",
            )
        texts[d["sha256"]] = text_of_row(d)
    for kind, rows in (("signal", content.signals), ("claim", content.claims)):
        for row in rows:
            if row["sha256"] not in texts:
                raise BadRecord(
                    f"{kind} {row['number']} of document {row['sha256'][:12]}…",
                    "a document of the same export",
                    "export again, documents included",
                )
            Span(row["start"], row["end"], row["quote"]).check(texts[row["sha256"]])
            record = json.loads(row["record"])
            same = all(record.get(k) == row[k] for k in ("start", "end", "quote"))
            if not same or content_hash(row["sha256"], row["record"]) != row["hash"]:
                raise BadRecord(
                    f"{kind} {row['number']} with the hash of another coding",
                    "the record as it was exported",
                    "export again: the file was changed on the way",
                )
            if kind == "signal":
                signal_from_record(record)


def _check(kind: str, row: Row) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, sort in COLUMNS[kind].items():
        value = row.get(name)
        if not isinstance(value, sort) or isinstance(value, bool):
            raise BadRecord(
                f"{kind}: {name} = {value!r}", f"a value of type {sort.__name__}", "export again"
            )
        out[name] = value
    return out


def _encoded(content: bytes, encoding: str) -> str:
    # UTF-8 travels as text, so that the files can be read; other bytes as base64, exactly.
    if encoding == "utf-8":
        return TEXT + content.decode("utf-8")
    return BYTES + base64.b64encode(content).decode("ascii")


def _decoded(document: Row) -> bytes:
    content = str(document["content"])
    if content.startswith(TEXT):
        return content[len(TEXT) :].encode("utf-8")
    try:
        return base64.b64decode(content.removeprefix(BYTES), validate=True)
    except binascii.Error as error:
        raise BadRecord(
            "content that is no base64", "text: or base64: and the bytes", "export again"
        ) from error


def _named(record: str, *names: str) -> dict[str, Any]:
    found = json.loads(record)
    return {name: found[name] for name in names}

"""What a dossier holds, as plain rows: the common middle of every format."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, cast

from standoff.errors import BadRecord, DamagedDossier, LedgerError
from standoff.ledger.decide import dump
from standoff.ledger.exact import text_of
from standoff.ledger.listing import BYTES, COLUMNS, TEXT, Row, rows_after
from standoff.ledger.migrate import content_hash
from standoff.ledger.replay import project_all
from standoff.ledger.seals import broken_seals, seal_rows
from standoff.ledger.store import Store
from standoff.terms import Span, signal_from_record


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
    seals: tuple[Row, ...] = ()

    @classmethod
    def of(cls, rows: Mapping[str, Sequence[Row]]) -> Content:
        """Checked rows by kind. Raises `BadRecord` for a column missing or of a wrong type."""
        return cls(
            **{f.name: tuple(_check(f.name, r) for r in rows.get(f.name, ())) for f in fields(cls)}
        )

    def rows(self) -> dict[str, tuple[Row, ...]]:
        """The rows by kind, in the order in which they are restored."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


def collect(store: Store) -> Content:
    """Everything a dossier holds."""
    return Content.of({kind: list(rows_after(store.connection, kind)) for kind in COLUMNS})


def collect_sound(store: Store) -> Content:
    """Everything a dossier holds, for a copy that is given away. Raises `DamagedDossier`.

    What does not fit its seals is not passed on under new ones.
    """
    content = collect(store)
    wrong = broken_seals(content.rows())
    if wrong:
        raise DamagedDossier(
            f"{store.path.name}, whose rows are not those that were written ({wrong[0]}),",
            "a record that fits its seals",
            "standoff verify lists what does not fit; go back to an earlier copy",
        )
    return content


def cut(content: Content, at: str, why: str) -> Content:
    """A part of a record under a seal of its own, for the seals of the whole do not fit it."""
    return replace(content, seals=(seal_rows(content.rows(), at, why),))


def text_of_row(document: Row) -> str:
    """The text of a document's row."""
    return text_of(_decoded(document), document["encoding"])


def restore(store: Store, content: Content) -> None:
    """Put content into a dossier without rows: handles, times and decisions stay as they were.

    Every seal is checked against its rows, every span against its text and every hash against its
    content first. Raises `LedgerError` for a dossier that holds something, `SpanMismatch` or
    `BadRecord`.
    """
    _verify(content)
    if store.query("SELECT 1 FROM document LIMIT 1"):
        raise LedgerError(
            f"{store.path.name}, which holds documents,",
            "a new dossier: two records are not merged",
            "standoff import FILE NEW-NAME, or --layer NAME to compare two codings",
        )
    numbers = {d["sha256"]: d["number"] for d in content.documents}
    with store.transaction(
        sealed=not content.seals, note="imported as found, without seals"
    ) as connection:
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
            "INSERT INTO claim VALUES (:number, :hash, :document, :local_id, :start, :end, :quote,"
            " :record, :outcome, :recorded, :activity)",
            [
                {**c, "document": numbers[c["sha256"]], **derived_claim(c["record"])}
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
        run("INSERT INTO seal VALUES (:number, :at, :note, :covers, :chain)", content.seals)
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
    actors: list[tuple[str, str, int]] = []
    for row in rows:
        columns, named = derived_signal(row["record"])
        filled.append({**row, **columns, "document": numbers[row["sha256"]]})
        actors += [(actor, role, row["number"]) for actor, role in sorted(named)]
    store.connection.executemany(
        "INSERT INTO signal VALUES (:number, :hash, :document, :layer, :local_id, :start, :end,"
        " :quote, :channel, :record, :happened_from, :happened_to, :available, :recorded, :source,"
        " :url, :coder, :event_key, :activity)",
        filled,
    )
    store.connection.executemany("INSERT INTO signal_actor VALUES (?, ?, ?)", actors)


def derived_signal(text: str) -> tuple[dict[str, Any], set[tuple[str, str]]]:
    """What follows from a signal's record: columns, and who acts (a), upon (t) and for whom (p)."""
    record = json.loads(text)
    day = cast("Mapping[str, Any]", record.get("date") or {})
    signal = signal_from_record(record)
    named = {(a, "a") for a in signal.source_actors} | {(a, "t") for a in signal.target_actors}
    named |= {(signal.protege, "p")} if signal.protege else set()
    return {
        "local_id": record.get("id") or "",
        "channel": record["channel"],
        "happened_from": day.get("from"),
        "happened_to": day.get("to"),
        "coder": record.get("coder") or "unknown",
    }, named


def derived_claim(text: str) -> dict[str, Any]:
    """What follows from a claim's record: columns."""
    record = json.loads(text)
    return {"local_id": record["id"], "outcome": record["verdict"]}


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
    wrong = broken_seals(content.rows()) if content.seals else []
    if wrong:
        raise BadRecord(
            f"an export whose rows do not fit their seals ({wrong[0]})",
            "the export as it was written, whole",
            "export again: the file was cut or changed on the way",
        )
    _refuse_paths(content)
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


def _refuse_paths(content: Content) -> None:
    """A record from elsewhere may name a shipped system or hold a description, but name no file."""
    meta = {m["key"]: m["value"] for m in content.meta}
    name = meta.get("system", "")
    held = meta.get("description") or any(d["action"] == "describe" for d in content.decisions)
    if not held and any(mark in name for mark in "/\\:"):
        raise BadRecord(
            f"a record about {name!r}, a file of another machine,",
            "a shipped system, or its description in the record",
            "there: standoff system FILE.toml --adopt, then export again",
        )


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

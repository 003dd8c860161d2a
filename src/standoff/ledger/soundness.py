"""The whole file checked: SQLite's pages, every hash, every span, every derived row."""

from __future__ import annotations

import hashlib
import json

from standoff.ledger.exact import text_of
from standoff.ledger.migrate import content_hash
from standoff.ledger.replay import project_all
from standoff.ledger.store import Store


def verify(store: Store) -> tuple[str, ...]:
    """What is wrong with a dossier, one sentence each; empty when nothing is."""
    wrong: list[str] = []
    for row in store.query("PRAGMA integrity_check"):
        if row[0] != "ok":
            wrong.append(f"file: {row[0]}")
    wrong += [
        f"{r[0]} {r[1]} refers to a row that is not there"
        for r in store.query("PRAGMA foreign_key_check")
    ]
    for d in store.query("SELECT * FROM document ORDER BY number"):
        name = f"D-{d['number']:03d}"
        if hashlib.sha256(bytes(d["content"])).hexdigest() != d["sha256"]:
            wrong.append(f"{name}: bytes do not have the recorded hash")
        text = text_of(d["content"], d["encoding"])
        if len(text) != d["characters"]:
            wrong.append(f"{name}: {len(text)} characters, {d['characters']} recorded")
        for kind, prefix in (("signal", "S"), ("claim", "C")):
            rows = store.query(
                " ".join(("SELECT * FROM", kind, "WHERE document = ? ORDER BY number")), d["number"]
            )
            for r in rows:
                item = f"{prefix}-{r['number']:03d}"
                if text[r["first"] : r["last"]] != r["quote"]:
                    wrong.append(f"{item}: the quote does not stand at {r['first']}-{r['last']}")
                if content_hash(d["sha256"], r["record"]) != r["hash"]:
                    wrong.append(f"{item}: the record does not have the recorded hash")
    return (*wrong, *_derived(store))


def _derived(store: Store) -> list[str]:
    run = store.connection.execute
    run(
        "CREATE TEMP TABLE IF NOT EXISTS again (kind TEXT, number INTEGER, state TEXT,"
        " event_key TEXT, item_grade TEXT, record TEXT, PRIMARY KEY (kind, number))"
    )
    run("DELETE FROM temp.again")
    project_all(store.connection, "again")
    blank = ("suggested", None, None, None)
    held = {(r[0], r[1]): tuple(r)[2:] for r in run("SELECT * FROM decided")}
    made = {(r[0], r[1]): tuple(r)[2:] for r in run("SELECT * FROM temp.again")}
    return [
        f"{kind}-{number}: the derived state is {json.dumps(held.get((kind, number)))}, "
        f"the decisions give {json.dumps(made.get((kind, number)))}"
        for kind, number in sorted({*held, *made})
        if held.get((kind, number), blank) != made.get((kind, number), blank)
    ]

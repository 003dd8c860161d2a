"""The whole file checked: SQLite's pages, tables, seals, hashes, spans, every derived column and row."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from standoff.errors import StandoffError
from standoff.ledger.exact import text_of
from standoff.ledger.exchange.content import collect, derived_claim, derived_signal
from standoff.ledger.links import links_of
from standoff.ledger.migrate import content_hash, schema, statements
from standoff.ledger.replay import project_all
from standoff.ledger.seals import broken_seals, head, holds
from standoff.ledger.search import TABLES as SEARCH_TABLES
from standoff.ledger.store import Store


@dataclass(frozen=True, slots=True)
class Verified:
    """What a check of the whole file found: what is wrong, and the last seal to keep elsewhere.

    `counts` says how many rows of each kind were held against their seals.
    """

    wrong: tuple[str, ...]
    head: str
    counts: tuple[tuple[str, int], ...]


def verify(store: Store, kept: str = "") -> tuple[str, ...]:
    """What is wrong with a dossier, one sentence each; empty when nothing is.

    `kept` is a head noted before, which the record must still hold.
    """
    return check_dossier(store, kept).wrong


def check_dossier(store: Store, kept: str = "") -> Verified:
    """The check of `verify`, with the last seal and how much was checked."""
    wrong = [f"file: {r[0]}" for r in store.query("PRAGMA integrity_check") if r[0] != "ok"]
    wrong += [
        f"{r[0]} {r[1]} refers to a row that is not there"
        for r in store.query("PRAGMA foreign_key_check")
    ]
    wrong += _tables(store)
    try:
        content = collect(store)
    except (StandoffError, ValueError) as error:
        # A row that cannot even be put into words: bytes that are no text, a number for a word.
        return Verified((*wrong, f"rows: {error}"), "", ())
    rows = content.rows()
    wrong += broken_seals(rows)
    if kept and not holds(content.seals, kept):
        wrong.append(f"seal {kept.partition(':')[0]} is not the one that was kept: {kept}")
    for check in (_documents, _items, _rests, _derived, _search):
        try:
            wrong += check(store)
        except (ValueError, KeyError, TypeError, LookupError, AttributeError) as error:
            wrong.append(f"a record that cannot be read: {type(error).__name__} {error}")
    counts = tuple((kind, len(held)) for kind, held in rows.items())
    return Verified(tuple(wrong), head(content.seals), counts)


def _tables(store: Store) -> Iterator[str]:
    """Tables, indexes and triggers that are not those of the data model."""
    held = {
        str(r[0]): r[1]
        for r in store.query("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        if not str(r[0]).startswith(("search_", "sqlite_"))
    }
    with sqlite3.connect(":memory:") as blank:
        for statement in statements(schema()):
            blank.execute(statement)
        wanted = {
            str(r[0]): r[1]
            for r in blank.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        }
    blank.close()
    for name in sorted({*held, *wanted}):
        if held.get(name) != wanted.get(name):
            what = "changed" if name in held and name in wanted else (
                "missing" if name in wanted else "not of the data model")  # fmt: skip
            yield f"the table, index or trigger {name} is {what}"


def _documents(store: Store) -> Iterator[str]:
    for d in store.query("SELECT * FROM document ORDER BY number"):
        name = f"D-{d['number']:03d}"
        if hashlib.sha256(bytes(d["content"])).hexdigest() != d["sha256"]:
            yield f"{name}: bytes do not have the recorded hash"
        text = text_of(d["content"], d["encoding"])
        if len(text) != d["characters"]:
            yield f"{name}: {len(text)} characters, {d['characters']} recorded"
        for kind, prefix in (("signal", "S"), ("claim", "C")):
            rows = store.query(
                " ".join(("SELECT * FROM", kind, "WHERE document = ? ORDER BY number")), d["number"]
            )
            for r in rows:
                item = f"{prefix}-{r['number']:03d}"
                if text[r["first"] : r["last"]] != r["quote"]:
                    yield f"{item}: the quote does not stand at {r['first']}-{r['last']}"
                if content_hash(d["sha256"], r["record"]) != r["hash"]:
                    yield f"{item}: the record does not have the recorded hash"


def _items(store: Store) -> Iterator[str]:
    """Columns of signals and claims that do not follow from the record."""
    actors: dict[int, set[tuple[str, str]]] = {}
    for actor, role, signal in store.query("SELECT actor, role, signal FROM signal_actor"):
        actors.setdefault(signal, set()).add((actor, role))
    for r in store.query("SELECT * FROM signal ORDER BY number"):
        columns, named = derived_signal(r["record"])
        for column, value in columns.items():
            if r[column] != value:
                yield f"S-{r['number']:03d}: {column} is {r[column]!r}, the record gives {value!r}"
        if actors.pop(r["number"], set()) != named:
            yield f"S-{r['number']:03d}: the actors are not those of the record"
    yield from (f"actors of S-{number:03d}, which is not here" for number in actors)
    for r in store.query("SELECT * FROM claim ORDER BY number"):
        for column, value in derived_claim(r["record"]).items():
            if r[column] != value:
                yield f"C-{r['number']:02d}: {column} is {r[column]!r}, the record gives {value!r}"


def _rests(store: Store) -> Iterator[str]:
    held = {tuple(r) for r in store.query("SELECT run, node, base FROM rests")}
    made = {
        (r["id"], node, base)
        for r in store.query("SELECT id, payload FROM run")
        for node, base in links_of(r["id"], json.loads(r["payload"]))
    }
    return (f"R-{run}: that {node} rests on {base}" for run, node, base in sorted(held ^ made))


def _search(store: Store) -> Iterator[str]:
    """Whether the index of words is whole; it can be made again, but must not hide what is there."""
    if store.fixed:
        return
    for table in SEARCH_TABLES:
        try:
            ask = " ".join(("INSERT INTO", table, f"({table}) VALUES ('integrity-check')"))
            store.connection.execute(ask)
        except sqlite3.OperationalError:
            continue  # Without FTS5 there is no index.
        except sqlite3.DatabaseError as error:
            yield f"the index of words {table}: {error}"


def _derived(store: Store) -> Iterable[str]:
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

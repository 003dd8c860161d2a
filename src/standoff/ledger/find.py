"""Typed questions about signals: filters by index, pages, counts; the parsed signals are kept."""

from __future__ import annotations

import gc
import json
from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from typing import Any

from standoff.errors import InputError, UnknownHandle
from standoff.ledger.replay import project_all
from standoff.ledger.rows import SignalQuery, StoredSignal
from standoff.ledger.store import Store
from standoff.terms import ItemGrade, Signal, signal_from_record

COLUMNS = (
    "s.number, s.hash, s.document, s.layer, s.source, s.url, s.available, s.recorded,"
    " coalesce(d.record, s.record) AS record, d.record IS NOT NULL AS edited,"
    " coalesce(d.state, 'suggested') AS state, d.item_grade AS item_grade,"
    " coalesce(d.event_key, s.event_key) AS event_key,"
    " (SELECT number FROM event WHERE key = coalesce(d.event_key, s.event_key)) AS event"
)
STATES = ("suggested", "accepted", "rejected")
ORDERS = ("recorded", "happened")
SPEAKS = ('"retracts":["', '"x_event":"DENY"', '"protege_weights":{"')
"""What a stored record holds that speaks of another event, or of more proteges than one."""


@contextmanager
def collector_paused() -> Generator[None]:
    """Without the search for cycles: among 100,000 fresh records it finds none and takes a third."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class Finder:
    """Signals of one store. What was parsed is kept: rows never change, so it stays true."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._parsed: dict[tuple[int, str], Signal] = {}
        self._past: tuple[str, int] | None = None

    def find(self, query: SignalQuery, recorded_by: str | None = None) -> tuple[StoredSignal, ...]:
        """The signals that a query asks for. Raises `InputError` for a value that cannot hold."""
        where, values = self._where(query, recorded_by)
        order = "s.number"
        if query.order == "happened":
            order = "coalesce(s.happened_from, s.available), s.number"
        source = self._from(recorded_by)
        # Inside, the page is chosen on narrow indexes; outside, its wide rows are fetched.
        chosen = ["SELECT s.number FROM signal s", *source, "WHERE", " AND ".join(where)]
        chosen += ["ORDER BY", order]
        if query.limit is not None:
            chosen.append("LIMIT ?")
            values.append(query.limit)
        parts = ["SELECT", COLUMNS, "FROM signal s", *source, "WHERE s.number IN (", *chosen, ")"]
        parts += ["ORDER BY", order]
        with collector_paused():
            return tuple(self._stored(r) for r in self.store.query(" ".join(parts), *values))

    def count(self, query: SignalQuery, recorded_by: str | None = None) -> dict[str, int]:
        """How many signals a query finds, by state; page and limit do not matter."""
        where, values = self._where(query, recorded_by)
        condition = " AND ".join(where)
        source = self._from(recorded_by)
        parts = ["SELECT count(*) FROM signal s", *source, "WHERE", condition]
        total = int(self.store.query(" ".join(parts), *values)[0][0])
        # Decided signals are few: counted from their side, the rest is the remainder.
        parts = ["SELECT d.state, count(*) FROM", source[1], "d CROSS JOIN signal s"]
        parts += ["ON s.number = d.number WHERE d.kind = 'S' AND d.state <> 'suggested' AND"]
        parts += [condition, "GROUP BY 1"]
        rows = self.store.query(" ".join(parts), *values)
        found = dict.fromkeys(STATES, 0) | {str(r[0]): int(r[1]) for r in rows}
        found["suggested"] = total - found["accepted"] - found["rejected"]
        return found

    def by_month(self, query: SignalQuery, recorded_by: str | None = None) -> dict[str, int]:
        """How many signals happened in each month ("2021-08"): the density strip of a timeline."""
        where, values = self._where(query, recorded_by)
        days = ["SELECT s.happened_from AS day, count(*) AS n FROM signal s"]
        days += [*self._from(recorded_by), "WHERE", " AND ".join(where)]
        days += ["AND s.happened_from IS NOT NULL GROUP BY 1"]
        parts = ["SELECT substr(day, 1, 7) AS month, sum(n) AS n FROM (", *days, ")"]
        parts += ["GROUP BY 1 ORDER BY 1"]
        return {str(r["month"]): int(r["n"]) for r in self.store.query(" ".join(parts), *values)}

    def one(self, handle: str, recorded_by: str | None = None) -> StoredSignal:
        """One signal by handle. Raises `UnknownHandle`."""
        number = handle[2:]
        if handle[:2] == "S-" and number.isdigit():
            parts = ["SELECT", COLUMNS, "FROM signal s", *self._from(recorded_by)]
            parts.append("WHERE s.number = ?")
            parts.append("AND (? IS NULL OR s.recorded <= ?)")
            rows = self.store.query(" ".join(parts), int(number), recorded_by, recorded_by)
            if rows:
                return self._stored(rows[0])
        raise UnknownHandle(handle, "a signal of this dossier", "standoff signals")

    def of_series(
        self, actor: str, object: str, as_of: date | None, recorded_by: str | None = None
    ) -> tuple[StoredSignal, ...]:
        """Every report of the events that may say how `actor` stands to `object`.

        Those in which the one acts and the other is a target or protege, those that share a deed
        out among proteges, and those that take back or deny another; each with all its reports.
        """
        source = self._from(recorded_by)
        names = [a for a in self._actors() if _code(a) == object] or [object]
        other = ", ".join("?" * len(names))
        parts = ["WITH keys AS MATERIALIZED (SELECT DISTINCT"]
        parts += ["coalesce(d.event_key, s.event_key) AS key FROM signal s", *source]
        parts += ["WHERE s.layer = 'main' AND s.number IN ("]
        parts += ["SELECT a.signal FROM signal_actor a JOIN signal_actor o ON o.signal = a.signal"]
        parts += ["WHERE a.actor = ? AND a.role = 'a' AND o.role IN ('t', 'p') AND o.actor IN ("]
        parts += [other, ") UNION SELECT number FROM", source[1], "WHERE record IS NOT NULL"]
        parts += ["AND kind = 'S' UNION SELECT number FROM signal WHERE layer = 'main' AND ("]
        parts += [" OR ".join(["instr(record, ?) > 0"] * len(SPEAKS)), ")))"]
        parts += ["SELECT", COLUMNS, "FROM signal s", *source, "WHERE s.number IN ("]
        parts += ["SELECT number FROM signal WHERE event_key IN (SELECT key FROM keys)"]
        parts += ["UNION SELECT number FROM", source[1], "WHERE kind = 'S' AND event_key IN"]
        parts += ["(SELECT key FROM keys)) AND s.layer = 'main'"]
        parts += ["AND coalesce(d.event_key, s.event_key) IN (SELECT key FROM keys)"]
        parts += ["AND (? IS NULL OR s.available <= ?) AND (? IS NULL OR s.recorded <= ?)"]
        parts.append("ORDER BY s.number")
        day = as_of.isoformat() if as_of else None
        values = [actor, *names, *SPEAKS, day, day, recorded_by, recorded_by]
        with collector_paused():
            return tuple(self._stored(r) for r in self.store.query(" ".join(parts), *values))

    def _actors(self) -> tuple[str, ...]:
        """Every name of a party, each found by index behind the one before it."""
        rows = self.store.query(
            "WITH RECURSIVE name(a) AS (SELECT min(actor) FROM signal_actor UNION ALL SELECT"
            " (SELECT min(actor) FROM signal_actor WHERE actor > a) FROM name WHERE a IS NOT NULL)"
            " SELECT a FROM name WHERE a IS NOT NULL"
        )
        return tuple(str(r[0]) for r in rows)

    def layers(self, main: str) -> tuple[str, ...]:
        """Every layer with a signal but `main`, by name."""
        rows = self.store.query(
            "SELECT DISTINCT layer FROM signal WHERE layer <> ? ORDER BY layer", main
        )
        return tuple(str(r[0]) for r in rows)

    def _from(self, recorded_by: str | None) -> list[str]:
        table = "decided" if recorded_by is None else self._rolled_back(recorded_by)
        return ["LEFT JOIN", table, "d ON d.kind = 'S' AND d.number = s.number"]

    def _rolled_back(self, recorded_by: str) -> str:
        """A temporary table of what was decided by an instant, made again when that is stale."""
        run = self.store.connection.execute
        last = run("SELECT coalesce(max(number), 0) FROM decision").fetchone()[0]
        if self._past != (recorded_by, last):
            run(
                "CREATE TEMP TABLE IF NOT EXISTS past (kind TEXT, number INTEGER, state TEXT,"
                " event_key TEXT, item_grade TEXT, record TEXT, PRIMARY KEY (kind, number))"
            )
            run("DELETE FROM temp.past")
            project_all(self.store.connection, "past", recorded_by)
            self._past = (recorded_by, last)
        return "temp.past"

    def _where(self, query: SignalQuery, recorded_by: str | None) -> tuple[list[str], list[Any]]:
        for name, value, known in (("state", query.state, STATES), ("order", query.order, ORDERS)):
            if value is not None and value not in known:
                raise InputError(f"{name} {value!r}", f"one of {', '.join(known)}", known[0])
        where, values = ["s.layer = ?"], [query.layer]

        def need(condition: str, *given: Any) -> None:
            where.append(condition)
            values.extend(given)

        table = "decided" if recorded_by is None else "temp.past"
        parties = ((query.actor, "a"), (query.on, "tp"), (query.protege, "p"))
        driven = False
        for actor, roles in parties:
            if actor is not None:
                # One party drives the search by index; the others are looked up row by row.
                need(*(_has if driven else _drives)(actor, roles, table))
                driven = True
        if query.channel is not None:
            need(
                "(CASE WHEN d.record IS NULL THEN s.channel"
                " ELSE json_extract(d.record, '$.channel') END) = ?",
                query.channel,
            )
        if query.state is not None and query.state != "suggested":
            # From the small table of decisions, not by walking all signals.
            need(
                " ".join(
                    ("s.number IN (SELECT number FROM", table, "WHERE state = ? AND kind = 'S')")
                ),
                query.state,
            )
        elif query.state is not None:
            need("coalesce(d.state, 'suggested') = 'suggested'")
        if query.source is not None:
            need("s.source = ?", query.source)
        if query.document is not None:
            need("s.document = ?", _number("document", query.document, "D-"))
        if query.event is not None:
            number = _number("event", query.event, "E-")
            key = "(SELECT key FROM event WHERE number = ?)"
            # By two indexes: as first keyed, and as linked since.
            need(
                " ".join(
                    (
                        "s.number IN (SELECT number FROM signal WHERE event_key =",
                        key,
                        "UNION SELECT number FROM",
                        table,
                        "WHERE kind = 'S' AND event_key =",
                        key,
                        ")",
                    )
                ),
                number,
                number,
            )
            need(" ".join(["coalesce(d.event_key, s.event_key) =", key]), number)
        if query.as_of is not None:
            need("+s.available <= ?", query.as_of.isoformat())
        if recorded_by is not None:
            need("s.recorded <= ?", recorded_by)
        for column, sign, day in (
            ("coalesce(s.happened_to, s.happened_from)", ">=", query.happened_from),
            ("coalesce(s.happened_from, s.happened_to)", "<=", query.happened_to),
        ):
            if day is not None:
                need(f"{column} {sign} ?", day.isoformat())
        if query.after is not None:
            need("s.number > ?", _number("after", query.after, "S-"))
        return where, values

    def _stored(self, row: Any) -> StoredSignal:
        text = str(row["record"])
        key = (int(row["number"]), text if row["edited"] else "")
        signal = self._parsed.get(key)
        record = None
        if signal is None:
            record = json.loads(text)
            signal = self._parsed[key] = signal_from_record(record)
        grade = row["item_grade"]
        if grade is None:
            # What was stored with the item; read without parsing the whole record again.
            at = text.find('"item_grade":"')
            grade = text[at + 14] if at >= 0 else ItemGrade.UNKNOWN.value
        return StoredSignal(
            f"S-{row['number']:03d}",
            f"D-{row['document']:03d}",
            signal,
            str(row["event_key"]),
            # Codings of another layer report no event: nothing rests on them.
            f"E-{row['event']:03d}" if row["event"] is not None else "",
            str(row["source"]),
            str(row["url"]),
            date.fromisoformat(row["available"]),
            str(row["recorded"]),
            str(row["state"]),
            ItemGrade(grade),
            str(row["hash"]),
            str(row["layer"]),
            bool(row["edited"]),
        )


EDITED = {
    "a": "EXISTS (SELECT 1 FROM json_each(d.record, '$.sources') j"
    " WHERE json_extract(j.value, '$.actor') = ?)",
    "t": "EXISTS (SELECT 1 FROM json_each(d.record, '$.targets') j"
    " WHERE json_extract(j.value, '$.actor') = ?)",
    "p": "json_extract(d.record, '$.protege') = ?",
}


def _drives(actor: str, roles: str, table: str) -> tuple[str, *tuple[Any, ...]]:
    """A party in any of some roles, by index: as first coded, or as edited."""
    each = ["SELECT signal FROM signal_actor WHERE actor = ? AND role = ?"] * len(roles)
    edited = " ".join(("SELECT number FROM", table, "WHERE kind = 'S' AND record IS NOT NULL"))
    now = " OR ".join(EDITED[r] for r in roles)
    condition = " ".join(
        (
            "s.number IN (",
            " UNION ".join([*each, edited]),
            ") AND (d.record IS NULL OR",
            now,
            ")",
        )
    )
    first = [v for r in roles for v in (actor, r)]
    return (condition, *first, *([actor] * len(roles)))


def _has(actor: str, roles: str, table: str) -> tuple[str, *tuple[Any, ...]]:
    """The same, looked up for one row; `table` is not needed, the row is joined already."""
    one = (
        "EXISTS (SELECT 1 FROM signal_actor x"
        " WHERE x.actor = ? AND x.role = ? AND x.signal = s.number)"
    )
    first = " OR ".join([one] * len(roles))
    now = " OR ".join(EDITED[r] for r in roles)
    condition = " ".join(("CASE WHEN d.record IS NULL THEN", first, "ELSE", now, "END"))
    return (condition, *[v for r in roles for v in (actor, r)], *([actor] * len(roles)))


def _code(name: str) -> str:
    """The name of a party as a series writes it."""
    return name.strip().upper().replace(" ", "-")


def _number(name: str, handle: str, prefix: str) -> int:
    if not handle.startswith(prefix) or not handle[len(prefix) :].isdigit():
        raise UnknownHandle(f"{name} {handle!r}", f"a handle such as {prefix}014", "copy it")
    return int(handle[len(prefix) :])

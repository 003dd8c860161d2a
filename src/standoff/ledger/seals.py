"""A chain of seals: what a write added, hashed together with the seal before it.

At the end of every write one seal is added. It names the rows that the write brought, by kind, with
the SHA-256 of their lines (`sealed_line`, one a row, each ended by a newline, in order), and `chain`
is the SHA-256 of the chain before, the number, the instant, the note and what it covers. So a row
that is changed, left out or put in from outside, and a seal that is changed or left out, no longer
fit.

What a chain cannot show alone is a record cut off at its end together with its seals, or one whose
whole chain was made again. Against that, as with the signed heads of the logs of certificates
(RFC 9162), the last `chain` is kept elsewhere: a record that was only added to still holds it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from standoff.ledger.listing import COLUMNS, NAMED, Row, last_rows, rows_after

START = "0" * 64
"""What the first seal is chained to."""


def sealed_line(row: Row | Sequence[Any]) -> str:
    """The one text of a row that its hash is taken of: JSON, keys sorted, no spaces.

    >>> sealed_line({"number": 1, "key": "é"})
    '{"key":"é","number":1}'
    """
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def chained(before: str, number: int, at: str, note: str, covers: str) -> str:
    """The chain behind a seal: a hash of the chain before it and of all that the seal says."""
    return hashlib.sha256(sealed_line([before, number, at, note, covers]).encode()).hexdigest()


def seal(
    connection: sqlite3.Connection, before: Mapping[str, int], at: str, note: str = ""
) -> None:
    """Seal what was written since `before` (of `last_rows`), inside the open transaction.

    Rows that stood there before without a seal stay without one: who seals vouches for its own.
    """
    covers: dict[str, Any] = {}
    for kind, last in last_rows(connection).items():
        if last > before[kind]:
            added = rows_after(connection, kind, before[kind])
            # Rows with names come in the order of their names, which a copy of the file keeps.
            covers[kind] = _cover(
                kind, sorted(added, key=itemgetter(NAMED[kind])) if kind in NAMED else added
            )
    if not covers:
        return
    held = connection.execute("SELECT number, chain FROM seal ORDER BY number DESC LIMIT 1")
    number, chain = held.fetchone() or (0, START)
    text = sealed_line(covers)
    connection.execute(
        "INSERT INTO seal (number, at, note, covers, chain) VALUES (?,?,?,?,?)",
        (number + 1, at, note, text, chained(chain, number + 1, at, note, text)),
    )


def seal_rows(rows: Mapping[str, Sequence[Row]], at: str, note: str) -> Row:
    """A first seal over rows that were cut out of a record: a chain of its own."""
    covers = {
        kind: _cover(kind, _Kind.of(kind, held).ordered())
        for kind, held in rows.items()
        if held and kind != "seals"
    }
    text = sealed_line(covers)
    return {
        "number": 1, "at": at, "note": note, "covers": text,
        "chain": chained(START, 1, at, note, text),
    }  # fmt: skip


def _cover(kind: str, rows: Iterable[Row]) -> dict[str, Any]:
    digest = hashlib.sha256()
    keys: list[Any] = []
    for row in rows:
        keys.append(row[NAMED.get(kind, "number")])
        digest.update(sealed_line(row).encode() + b"\n")
    name = {"keys": keys} if kind in NAMED else {"first": keys[0], "last": keys[-1]}
    return {**name, "rows": len(keys), "sha256": digest.hexdigest()}


def broken_seals(rows: Mapping[str, Sequence[Row]]) -> list[str]:
    """What does not fit between rows and seals, one sentence each; empty when all does."""
    wrong: list[str] = []
    left = {kind: _Kind.of(kind, rows[kind]) for kind in COLUMNS if kind != "seals"}
    for kind, held in left.items():
        if len(held.rows) != len(rows[kind]):
            wrong.append(f"{kind}: {len(rows[kind]) - len(held.rows)} stand twice")
    chain = START
    for i, one in enumerate(sorted(rows["seals"], key=lambda s: s["number"]), start=1):
        number, at, covers = one["number"], one["at"], one["covers"]
        if number != i:
            return [*wrong, f"seal {i} is missing"]
        chain = chained(chain, number, at, one["note"], covers)
        if chain != one["chain"]:
            return [*wrong, f"seal {number} of {at} was changed, or one before it"]
        try:
            wrong += [
                f"{what} (written {at}, seal {number})"
                for kind, cover in json.loads(covers).items()
                for what in left[kind].against(cover)
            ]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return [*wrong, f"seal {number} of {at} cannot be read"]
    return wrong + [f"{held.named([key])}: no seal covers it" for held in left.values()
                    for key in held.keys if key not in held.seen]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Kind:
    """The rows of one kind by key, in order, and the keys that a seal was found for."""

    kind: str
    keys: list[Any]
    rows: dict[Any, Row]
    seen: set[Any]

    @classmethod
    def of(cls, kind: str, rows: Sequence[Row]) -> _Kind:
        by_key = {row[NAMED.get(kind, "number")]: row for row in rows}
        return cls(kind, sorted(by_key), by_key, set())

    def against(self, cover: Mapping[str, Any]) -> list[str]:
        """How the rows that a seal covers differ from what it says: nothing, or one sentence."""
        if "keys" in cover:
            found = [key for key in cover["keys"] if key in self.rows]
            what = self.named(cover["keys"])
        else:
            first, last = cover["first"], cover["last"]
            found = self.keys[bisect_left(self.keys, first) : bisect_right(self.keys, last)]
            what = self.named([first] if first == last else [first, last])
        again = [key for key in found if key in self.seen]
        self.seen.update(found)
        if len(found) != cover["rows"]:
            return [f"{what}: {cover['rows']} rows were written, {len(found)} are here"]
        if again:
            return [f"{what}: two seals cover {self.named(again)}"]
        if (
            found
            and _cover(self.kind, [self.rows[key] for key in found])["sha256"] != cover["sha256"]
        ):
            return [f"{what}: not as it was written"]
        return []

    def ordered(self) -> list[Row]:
        """The rows in the order of their keys."""
        return [self.rows[key] for key in self.keys]

    def named(self, keys: Sequence[Any]) -> str:
        """Rows in words: decisions 3 to 5."""
        return f"{self.kind} {keys[0]}" + (f" to {keys[-1]}" if len(keys) > 1 else "")


def head(seals: Sequence[Row]) -> str:
    """The last seal as it is kept elsewhere: its number and chain; "" where there is none.

    >>> head([{"number": 2, "chain": "ab"}])
    '2:ab'
    """
    last = max(seals, key=lambda s: s["number"], default=None)
    return f"{last['number']}:{last['chain']}" if last else ""


def holds(seals: Sequence[Row], kept: str) -> bool:
    """Whether a record still has the seal that was its last when `kept` was noted."""
    return any(f"{s['number']}:{s['chain']}" == kept for s in seals)

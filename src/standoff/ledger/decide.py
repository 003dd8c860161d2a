"""Decisions: appended, grouped by the action of a person, undone by the inverse decision."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from standoff.errors import BadRecord, InputError, UnknownHandle
from standoff.ledger.exact import text_of
from standoff.ledger.replay import merged, project, undo_rows, undone_batches
from standoff.ledger.store import Store
from standoff.terms import ItemGrade, Signal, SourceGrade, Span, signal_from_record

FIXED = ("type", "id", "coder", "rule", "event_key")
"""Fields of a coding that say where it came from; an edit leaves them."""


KEPT = ("ask", "forecast", "crowd", "resolve")
"""What was said about a question: no undo takes it back, for a record that can be mended is none."""


class Decider:
    """Writes decisions of one author into one store."""

    def __init__(self, store: Store, author: str) -> None:
        self.store = store
        self.author = author

    def decide(
        self,
        action: str,
        subjects: Sequence[str],
        payload: Mapping[str, Any],
        reason: str,
        batch: str = "",
    ) -> str:
        """Append one decision about each subject, as one action; returns the batch.

        Raises `UnknownHandle` for a signal, claim or document that is not here; then nothing is
        stored.
        """
        return self.write([(action, s, payload) for s in dict.fromkeys(subjects)], reason, batch)

    def edit(self, handle: str, changes: Mapping[str, Any], reason: str) -> str:
        """Change fields of a coding. Raises `BadRecord` or `SpanMismatch` if it cannot stand."""
        fixed = [f for f in changes if f in FIXED]
        if fixed or not changes:
            raise InputError(
                f"an edit of {', '.join(fixed) or 'nothing'}",
                "fields of the coding, such as explicitness, channel, date, targets",
                '{"explicitness": 2}',
            )
        _because(reason)
        rows = self.store.query(
            "SELECT s.record, s.document, d.record AS now FROM signal s"
            " LEFT JOIN decided d ON d.kind = 'S' AND d.number = s.number WHERE s.number = ?",
            _digits(handle, "S-"),
        )
        if not rows:
            raise UnknownHandle(handle, "a signal of this dossier", "standoff signals")
        base = json.loads(rows[0]["now"] or rows[0]["record"])
        unknown = [name for name in changes if name not in base]
        if unknown:
            raise BadRecord(f"field {unknown[0]!r}", f"one of {', '.join(base)}", "fix the name")
        signal = signal_from_record(merged(base, [changes]))
        (found,) = self.store.query(
            "SELECT content, encoding FROM document WHERE number = ?", rows[0]["document"]
        )
        text = text_of(found["content"], found["encoding"])
        for span in spans_of(signal):
            span.check(text)
        return self.write([("edit", handle, {"changes": dict(changes)})], reason)

    def grade(self, grades: Mapping[str, tuple[str, str]]) -> str:
        """Grade sources A-F as one action: (letter, why) by source. "" when there are none."""
        for letter, because in grades.values():
            if letter not in SourceGrade.__members__.values():
                raise InputError(
                    f"grade {letter!r}", "one letter A to F", "F means unknown, not worst"
                )
            _because(because)
        items = [
            ("grade", f"source:{source}", {"grade": letter}, because)
            for source, (letter, because) in grades.items()
        ]
        return self._append(items, "") if items else ""

    def grade_item(self, handle: str, figure: str, because: str) -> str:
        """Grade the credibility of one item 1-6, apart from its source."""
        if figure not in ItemGrade.__members__.values():
            raise InputError(f"grade {figure!r}", "a figure 1 to 6", "6 means unknown, not worst")
        _because(because)
        _digits(handle, "S-")
        return self.write([("grade_item", handle, {"grade": figure})], because)

    def link(self, handles: Sequence[str], key: str, reason: str) -> str:
        """Say that signals report the event of a key."""
        if not handles:
            raise InputError("no signal", "at least one handle", "S-014")
        for handle in handles:
            _digits(handle, "S-")
        _because(reason)
        with self.store.transaction() as connection:
            connection.execute("INSERT OR IGNORE INTO event (key) VALUES (?)", (key,))
            return self.write([("link", h, {"event_key": key}) for h in handles], reason)

    def split(self, handles: Sequence[str], reason: str) -> str:
        """Take signals out of their event into a new one of their own; returns its key."""
        digits = [_digits(h, "S-") for h in handles]
        rows = [self.store.query("SELECT hash FROM signal WHERE number = ?", n) for n in digits]
        if not rows or not all(rows):
            raise UnknownHandle(", ".join(handles) or "nothing", "signals of this dossier", "S-014")
        joined = "\n".join(sorted(str(r[0][0]) for r in rows))
        key = f"split:{hashlib.sha256(joined.encode()).hexdigest()[:16]}"
        self.link(handles, key, reason)
        return key

    def undo(self, batch: str | None = None, reason: str = "") -> str | None:
        """Take back one action: the batch named, or the last in force; None if there is none."""
        with self.store.transaction() as connection:
            out = undone_batches(undo_rows(connection))
            if batch is None:
                batch = next(
                    (
                        str(r[0])
                        for r in connection.execute(
                            "SELECT batch, action FROM decision WHERE action <> 'undo'"
                            " AND author = ? ORDER BY number DESC",
                            (self.author,),
                        )
                        if r[0] not in out and r[1] not in KEPT
                    ),
                    None,
                )
                if batch is None:
                    return None
            rows = connection.execute(
                "SELECT DISTINCT subject, action FROM decision WHERE batch = ?", (batch,)
            ).fetchall()
            if not rows:
                raise UnknownHandle(repr(batch), "an action such as A-0004", "standoff decisions")
            said = sorted({f"{r[1]} {r[0]}" for r in rows if r[1] in KEPT})
            if said:
                raise InputError(
                    f"undo of {batch} ({', '.join(said)})",
                    "an action other than what was said about a question: that stands",
                    "standoff resolve Q-001 ... --correct, which adds a further record",
                )
            if batch in out:
                raise InputError(f"undo of {batch}", "an action in force", "it was undone before")
            self.write([("undo", f"batch:{batch}", {})], reason or "undone")
            project(connection, affected(connection, [str(r[0]) for r in rows]))
        return batch

    def write(
        self, items: Sequence[tuple[str, str, Mapping[str, Any]]], reason: str, batch: str = ""
    ) -> str:
        """Append (action, subject, payload) decisions for one reason; returns the action's name."""
        return self._append([(*item, reason) for item in items], batch)

    def _append(self, items: Sequence[tuple[str, str, Mapping[str, Any], str]], batch: str) -> str:
        if not items:
            raise InputError("no subject", "at least one handle", "S-014")
        with self.store.transaction() as connection:
            now = self.store.now()
            (last,) = connection.execute("SELECT coalesce(max(number), 0) FROM decision").fetchone()
            name = batch or f"A-{last + 1:04d}"
            connection.executemany(
                "INSERT INTO decision (at, author, action, subject, anchor, payload, reason, batch)"
                " VALUES (?,?,?,?,?,?,?,?)",
                [
                    (now, self.author, action, s, anchor(connection, s), dump(data), reason, name)
                    for action, s, data, reason in items
                ],
            )
            project(connection, [s for _, s, _, _ in items])
        return name


def spans_of(signal: Signal) -> list[Span]:
    """Every stretch of text that a coding names."""
    found = [signal.span, signal.trigger, *(q.span for q in signal.quantities)]
    found += [p.span for p in signal.parts if p.span]
    found += [a.span for a in signal.attribution if a.span]
    return found + ([signal.place.span] if signal.place else [])


def affected(connection: sqlite3.Connection, subjects: Sequence[str]) -> list[str]:
    """The items whose state an undo of decisions about `subjects` changes, undone undos followed."""
    found: dict[str, None] = {}
    waiting = list(subjects)
    while waiting:
        subject = waiting.pop()
        if subject in found:
            continue
        found[subject] = None
        if subject.startswith("batch:"):
            rows = connection.execute(
                "SELECT DISTINCT subject FROM decision WHERE batch = ?", (subject[6:],)
            )
            waiting += [str(r[0]) for r in rows]
    return list(found)


def anchor(connection: sqlite3.Connection, subject: str) -> str:
    """(document hash, span, type) of a signal or claim as JSON; empty for other subjects.

    Raises `UnknownHandle` for an item or document that is not there.
    """
    kind = {"S-": "signal", "C-": "claim", "D-": "document"}.get(subject[:2])
    if kind is None:
        return ""
    number = _digits(subject, subject[:2])
    if kind == "document":
        row = connection.execute("SELECT sha256 FROM document WHERE number = ?", (number,))
    else:
        row = connection.execute(
            " ".join(
                (
                    "SELECT d.sha256, i.first, i.last FROM",
                    kind,
                    "i JOIN document d ON d.number = i.document WHERE i.number = ?",
                )
            ),
            (number,),
        )
    found = row.fetchone()
    if found is None:
        raise UnknownHandle(subject, f"a {kind} of this dossier", f"standoff {kind}s")
    span = {"start": found[1], "end": found[2]} if kind != "document" else {}
    return dump({"sha256": found[0], "type": kind, **span})


def dump(value: Any) -> str:
    """JSON as it is stored: keys sorted, no spaces, so that equal values are equal texts.

    >>> dump({"b": 1, "a": "é"})
    '{"a":"é","b":1}'
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def same_words(old: str, span: Span, new: str) -> Span | None:
    """The span of the same words in a new version of a text, if they stand there exactly once.

    When they stand more than once, the 40 code points on either side must decide it; else None.

    >>> same_words("It fired. ", Span(3, 8, "fired"), "Then it fired again.")
    Span(start=8, end=13, quote='fired')
    """
    starts: list[int] = []
    at = new.find(span.quote) if span.quote else -1
    while at >= 0:
        starts.append(at)
        at = new.find(span.quote, at + 1)
    if len(starts) > 1:
        before = old[max(span.start - 40, 0) : span.start]
        after = old[span.end : span.end + 40]
        starts = [
            i
            for i in starts
            if new[max(i - len(before), 0) : i] == before
            and new[i + len(span.quote) : i + len(span.quote) + len(after)] == after
        ]
    if len(starts) != 1:
        return None
    return Span(starts[0], starts[0] + len(span.quote), span.quote)


def _digits(handle: str, prefix: str) -> int:
    if handle[:2] != prefix or not handle[2:].isdigit():
        raise UnknownHandle(
            repr(handle), f"a handle such as {prefix}014", "copy it from the output"
        )
    return int(handle[2:])


def _because(reason: str) -> None:
    if not reason.strip():
        raise InputError("no reason", "why, in a few words", '--because "..."')

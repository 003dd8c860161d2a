"""The ledger: everything an analyst knows, in one file, append-only."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from standoff.errors import LedgerError
from standoff.ledger.additions import add_rows, rows_in_force
from standoff.ledger.decide import Decider, dump
from standoff.ledger.events import group_events
from standoff.ledger.find import Finder, collector_paused
from standoff.ledger.insert import Inserter, check_report
from standoff.ledger.links import Links, links_of
from standoff.ledger.queries import Reader, instant
from standoff.ledger.rows import (
    MAIN,
    Activity,
    Added,
    Decision,
    Grading,
    Origin,
    SignalQuery,
    StoredClaim,
    StoredDocument,
    StoredRun,
    StoredSignal,
)
from standoff.ledger.search import Search, SearchResult
from standoff.ledger.store import Clock, Store, software, utc_now
from standoff.terms import Document, Event, Report, Verdict

LAST = "SELECT max(number) FROM"


class Ledger:
    """One dossier, open. With `recorded_by`, as it stood at that instant, and then read-only.

    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> with Ledger.create(Path(folder.name) / "a.standoff", system="west-pacific-2021") as ledger:
    ...     ledger.system, ledger.signals()
    ('west-pacific-2021', ())
    >>> folder.cleanup()
    """

    def __init__(
        self, store: Store, author: str = "analyst", recorded_by: str | None = None
    ) -> None:
        self.store = store
        self.author = author
        self.recorded_by = recorded_by
        self._read = Reader(store)
        self._find = Finder(store)
        self._links = Links(store)
        self._decider = Decider(store, author)

    # ------------------------------------------------------------ opening

    @classmethod
    def create(
        cls,
        path: Path | str,
        *,
        system: str,
        description: Mapping[str, str] | None = None,
        clock: Clock = utc_now,
        author: str = "analyst",
        fill: Callable[[Ledger], object] | None = None,
    ) -> Ledger:
        """Make a new dossier about `system` (a slug, or the name of a description of one's own,
        whose text and chains then go into it), with what `fill` writes into it.

        Whole or not at all: what is killed or fails on the way leaves no dossier.
        """

        def begin(store: Store) -> None:
            with store.transaction() as connection:
                connection.executemany(
                    "INSERT INTO meta (key, value) VALUES (?, ?)",
                    [
                        ("system", system),
                        ("made_by", software()),
                        ("made_at", store.now()),
                        *(
                            ("description" if k == "text" else k, v)
                            for k, v in (description or {}).items()
                            if k != "name"
                        ),
                    ],
                )
            if fill is not None:
                fill(cls(store, author))

        return cls(Store.create(Path(path), clock, begin), author)

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        clock: Clock = utc_now,
        author: str = "analyst",
        recorded_by: str | date | datetime | None = None,
    ) -> Ledger:
        """Open a dossier that is there, as it is or as it stood at `recorded_by`."""
        moment = instant(recorded_by) if recorded_by is not None else None
        return cls(Store.open(Path(path), clock), author, moment)

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
        """The system that this dossier is about: a shipped slug, or the name of a description."""
        held = self.description
        return held["name"] if held else self._meta("system")

    @property
    def description(self) -> Mapping[str, str]:
        """A description of one's own as held here: name, text, chains; empty for a shipped system."""
        found = [d for d in self.decisions(action="describe") if d.in_force]
        if found:
            return found[-1].payload
        text = self._meta("description")
        return (
            {"name": self._meta("system"), "text": text, "chains": self._meta("chains")}
            if text
            else {}
        )

    # ------------------------------------------------------------ writing

    @contextmanager
    def batch(self) -> Generator[None]:
        """Everything written inside is stored together: all of it, or, after an error, nothing."""
        self._writable()
        with self.store.transaction():
            yield

    def add(
        self,
        report: Report,
        verdicts: Sequence[Verdict] = (),
        *,
        origins: Mapping[str, Origin] | None = None,
        event_keys: Mapping[str, str] | None = None,
        content: bytes | None = None,
        layer: str = MAIN,
        provenance: Mapping[str, Any] | None = None,
    ) -> Added:
        """Store a read document with its signals, claims and verdicts, all or nothing.

        `origins` gives the source and availability of single items (a chronology's rows);
        `event_keys` the event each signal is taken to report. Both go by the signal's id.
        `content` are the exact bytes the text was decoded from, when they are not its UTF-8;
        `provenance` says more of where it comes from, such as the file that the text was taken of.
        A document that is already here is not stored again, and its handle is returned. Where its
        first coding found no signal, those of another one of the same day are added. A second
        coding of it can be kept in another `layer`, on which nothing rests.
        Raises `SpanMismatch` if any quote does not stand where its span says.
        """
        self._writable()
        document = report.document
        check_report(report)
        with self.store.transaction() as connection:
            number = self._read.document_number(document.sha256)
            if number is not None:
                held = self._held(number, layer)
                if held.signals or (layer == MAIN and not self._adds(report, number)):
                    return held
            insert = Inserter(self.store, connection, self.author)
            activity = insert.activity(
                "read", {"notes": list(report.notes), "layer": layer, **(provenance or {})}
            )
            claims: list[str] = []
            if number is None:
                number = insert.document(document, content, activity)
                by_claim = {v.claim: v for v in verdicts}
                claims = insert.claims(report.claims, by_claim, document, number, activity)
            signals = insert.signals(
                report.signals, document, number, activity, layer, origins or {}, event_keys or {}
            )
        return Added(f"D-{number:03d}", tuple(signals), tuple(claims))

    def decide(
        self, action: str, subject: str, payload: Mapping[str, Any], reason: str, batch: str = ""
    ) -> int:
        """Append one decision; returns its number."""
        self._writable()
        with self.store.transaction():
            self._decider.decide(action, [subject], payload, reason, batch)
            return int(self.store.query("SELECT max(number) FROM decision")[0][0])

    def accept(self, handles: Sequence[str], reason: str = "") -> str:
        """Accept signals or claims as coded, as one action; returns its name (A-0004)."""
        self._writable()
        return self._decider.decide("accept", handles, {}, reason)

    def reject(self, handles: Sequence[str], reason: str = "") -> str:
        """Reject signals or verdicts, as one action: kept, but nothing rests on them any more."""
        self._writable()
        return self._decider.decide("reject", handles, {}, reason)

    def edit(self, handle: str, changes: Mapping[str, Any], reason: str) -> str:
        """Change fields of a coding, named as `standoff signals --format json` prints them."""
        self._writable()
        return self._decider.edit(handle, changes, reason)

    def grade(self, source: str, letter: str, because: str) -> Grading:
        """Grade a source A-F, with a reason; the history is kept."""
        self._writable()
        self._decider.grade({source: (letter, because)})
        return self._read.gradings(None)[source]

    def grade_all(self, grades: Mapping[str, tuple[str, str]], *, author: str = "") -> str:
        """Grade many sources as one action: (letter, why) by source; "" when there are none.

        `author` is who grades, where that is not the author of this ledger: a shipped rule.
        """
        self._writable()
        return Decider(self.store, author or self.author).grade(grades)

    def grade_item(self, handle: str, figure: str, because: str) -> str:
        """Grade one item 1-6, apart from its source."""
        self._writable()
        return self._decider.grade_item(handle, figure, because)

    def merge(self, into: str, other: str, reason: str) -> str:
        """Say that two events (E-003, E-007) are one: the reports of `other` move to `into`."""
        self._writable()
        with self.store.transaction():
            keep = self._find.find(SignalQuery(event=into, limit=1))
            move = self._find.find(SignalQuery(event=other))
            if not keep or not move or into == other:
                raise LedgerError(
                    f"{into} and {other}", "two events with reports", "standoff signals"
                )
            return self._decider.link([s.handle for s in move], keep[0].event_key, reason)

    def split(self, handles: Sequence[str], reason: str) -> str:
        """Take reports out of their event into a new one; returns the key of the new event."""
        self._writable()
        return self._decider.split(handles, reason)

    def add_facts(self, rows: Sequence[Mapping[str, str]], reason: str = "") -> str:
        """Add facts that claims are held against from now on; the name of the action (A-0012).

        Rows that are in force already are left out; "" when all are. Stored verdicts stay as they
        are: they say what was known then. Check rows first: `standoff.check.parse_facts`.
        """
        self._writable()
        return add_rows(self._decider, self._read, "fact", rows, reason)

    def add_actors(self, rows: Sequence[Mapping[str, str]], reason: str = "") -> str:
        """Add names of actors that reports are read with from now on; the name of the action."""
        self._writable()
        return add_rows(self._decider, self._read, "actor", rows, reason)

    def recheck(self, records: Mapping[str, Mapping[str, Any]], reason: str) -> str:
        """Put the records of a later check in place of claims' first ones, as one action."""
        self._writable()
        items = [("recheck", handle, {"record": dict(r)}) for handle, r in records.items()]
        return self._decider.write(items, reason)

    def undo(self, batch: str | None = None, reason: str = "") -> str | None:
        """Take back one action, the last of this author unless named; undoing an undo redoes."""
        self._writable()
        return self._decider.undo(batch, reason)

    def save_run(self, as_of: date, payload: Mapping[str, Any], *, aside: bool = False) -> str:
        """Keep an assessment; its handle is a hash of what it says, so equal runs are one.

        The run last saved is the one that other commands speak of, unless it was made `aside`: to
        compare two days, say.

        `payload["parts"][KEY]["rests_on"]` and the `signals` of `payload["levels"]` are the
        links that `uses` and `used_by` follow.
        """
        text = dump(payload)
        digest = hashlib.sha256(text.encode()).hexdigest()[:8]
        with self.store.transaction() as connection:
            done = connection.execute(
                "INSERT OR IGNORE INTO run (id, as_of, payload, recorded) VALUES (?,?,?,?)",
                (digest, as_of.isoformat(), text, self.store.now()),
            )
            latest = self._read.last_assessed(None)
            if done.rowcount == 1 or (not aside and latest != digest):
                # What the record held then, by number: instants of one second cannot tell.
                made = {"run": digest, "held": self.held(), "recorded_by": self.recorded_by}
                Inserter(self.store, connection, self.author).activity(
                    "assess", {**made, "aside": True} if aside else made
                )
            if done.rowcount == 1:
                connection.executemany(
                    "INSERT OR IGNORE INTO rests (base, run, node) VALUES (?,?,?)",
                    [(base, digest, node) for node, base in links_of(digest, payload)],
                )
        return f"R-{digest}"

    def describe(self, held: Mapping[str, str], reason: str) -> str:
        """Put a description of one's own (name, text, chains) in the place of the one held."""
        self._writable()
        return self._decider.decide("describe", ["system"], held, reason)

    # ------------------------------------------------------------ reading

    def documents(self) -> tuple[StoredDocument, ...]:
        """All documents, in order of arrival."""
        return self._read.documents(self.recorded_by)

    def document(self, handle: str) -> Document:
        """A document with its text, by handle (D-003) or by sha256."""
        return self._read.document(handle, self.recorded_by)

    def signals(
        self, *, as_of: date | None = None, recorded_by: str | None = None
    ) -> tuple[StoredSignal, ...]:
        """Signals that were available by `as_of`, with the decisions recorded by `recorded_by`."""
        return self.find(SignalQuery(as_of=as_of), recorded_by=recorded_by)

    def find(
        self, query: SignalQuery, *, recorded_by: str | None = None
    ) -> tuple[StoredSignal, ...]:
        """The signals that a query asks for, by index and in pages."""
        return self._find.find(query, self._moment(recorded_by))

    def count(self, query: SignalQuery) -> Mapping[str, int]:
        """How many signals a query finds, by state."""
        return self._find.count(query, self.recorded_by)

    def by_month(self, query: SignalQuery) -> Mapping[str, int]:
        """How many signals happened in each month."""
        return self._find.by_month(query, self.recorded_by)

    def signal(self, handle: str) -> StoredSignal:
        """One signal by handle."""
        return self._find.one(handle, self.recorded_by)

    def layers(self) -> tuple[str, ...]:
        """The layers of second codings, in the order of their names."""
        return self._find.layers(MAIN)

    def claims(self, document: str | None = None) -> tuple[StoredClaim, ...]:
        """All claims with their verdicts; of one document, where it is given."""
        number = int(document.removeprefix("D-")) if document else None
        return self._read.claims(self.recorded_by, None if number is None else (number,))

    def events(
        self, *, as_of: date | None = None, recorded_by: str | None = None
    ) -> tuple[Event, ...]:
        """Events with everyone who reports them, ordered by when they happened."""
        moment = self._moment(recorded_by)
        with collector_paused():
            return group_events(
                self._find.find(SignalQuery(as_of=as_of), moment),
                self._read.claims(moment),
                self._read.gradings(moment),
            )

    def series_events(
        self, actor: str, object: str, *, as_of: date | None = None
    ) -> tuple[Event, ...]:
        """The events that may say how `actor` stands to `object`, and what takes them back.

        Measured, they give that one series as all events do; of a long record they are few.
        """
        return self._grouped(self._find.of_series(actor, object, as_of, self.recorded_by))

    def events_since(self, number: int) -> tuple[Event, ...]:
        """Events with a report recorded behind S-`number`, each with all its reports.

        What takes an older event back is not looked up: `retracted_on` is that of these alone.
        """
        fresh = self._find.find(SignalQuery(after=f"S-{number:03d}"), self.recorded_by)
        members = {
            s.handle: s
            for name in dict.fromkeys(s.event for s in fresh)
            for s in self._find.find(SignalQuery(event=name), self.recorded_by)
        }
        return self._grouped(sorted(members.values(), key=lambda s: int(s.handle[2:])))

    def _grouped(self, signals: Sequence[StoredSignal]) -> tuple[Event, ...]:
        documents = {int(s.document[2:]) for s in signals}
        return group_events(
            signals,
            self._read.claims(self.recorded_by, documents),
            self._read.gradings(self.recorded_by),
        )

    def held(self) -> Mapping[str, int]:
        """The number of the last document, signal, claim and decision."""
        return {
            table: int(self.store.query(" ".join((LAST, table)))[0][0] or 0)
            for table in ("document", "signal", "claim", "decision")
        }

    def gradings(self, recorded_by: str | None = None) -> Mapping[str, Grading]:
        """The present letter of every graded source."""
        return self._read.gradings(self._moment(recorded_by))

    def activity(self, handle: str) -> Activity:
        """Who or what wrote a document, signal or claim, when, and from what."""
        return self._read.activity(handle)

    def decisions(
        self, subject: str | None = None, *, action: str | None = None, batch: str | None = None
    ) -> tuple[Decision, ...]:
        """The append-only record: all of it, or about one subject, of one kind, of one action."""
        return self._read.decisions(subject, self.recorded_by, action=action, batch=batch)

    def added_facts(self) -> tuple[Mapping[str, str], ...]:
        """The facts that were added to this dossier, with the columns of `FACT_COLUMNS`."""
        return rows_in_force(self._read, "fact", self.recorded_by)

    def added_actors(self) -> tuple[Mapping[str, str], ...]:
        """The actors that were added to this dossier, with the columns of `ACTOR_COLUMNS`."""
        return rows_in_force(self._read, "actor", self.recorded_by)

    def run(self, handle: str) -> StoredRun:
        """A stored assessment by handle."""
        return self._read.run(handle)

    def runs(self) -> tuple[StoredRun, ...]:
        """All stored assessments, the oldest first."""
        return self._read.runs(self.recorded_by)

    def last_assessed(self) -> StoredRun | None:
        """The run that was assessed last, whenever it was first made; None before the first."""
        key = self._read.last_assessed(self.recorded_by)
        return self._read.run(f"R-{key}") if key else None

    def held_at(self, run: str) -> Mapping[str, int]:
        """The last number of each table when a run was last assessed; empty for an unknown one."""
        return self._read.held_at(run.removeprefix("R-"))

    def uses(self, handle: str) -> tuple[str, ...]:
        """What a handle rests on, one step down."""
        return self._links.uses(handle)

    def used_by(self, handle: str) -> tuple[str, ...]:
        """Every number of every saved run that rests on a handle, through levels as well."""
        return self._links.used_by(handle)

    def search(self, words: str, limit: int = 50, *, as_of: date | None = None) -> SearchResult:
        """Documents, signals and reasons that contain some words, and were there by `as_of`."""
        return Search(self.store).find(words, limit, as_of=as_of, recorded_by=self.recorded_by)

    def _moment(self, recorded_by: str | None) -> str | None:
        """The earlier of the instant asked for and the one this view is bound to."""
        if recorded_by is None:
            return self.recorded_by
        asked = instant(recorded_by)
        return min(asked, self.recorded_by) if self.recorded_by else asked

    def _meta(self, key: str) -> str:
        rows = self.store.query("SELECT value FROM meta WHERE key = ?", key)
        return str(rows[0][0]) if rows else ""

    def _writable(self) -> None:
        if self.recorded_by is not None:
            raise LedgerError(
                f"a change to the dossier as it stood at {self.recorded_by}",
                "the dossier of today: the past cannot be changed",
                "leave out --recorded-by",
            )

    def _adds(self, report: Report, number: int) -> bool:
        """Whether a coding has signals for a document without any, read as of its own day."""
        kept = self._read.document(f"D-{number:03d}")
        return bool(report.signals) and kept.published == report.document.published

    def _held(self, number: int, layer: str) -> Added:
        handle = f"D-{number:03d}"
        signals = self._find.find(SignalQuery(document=handle, layer=layer))
        claims = self._read.claims(None, (number,))
        return Added(
            handle, tuple(s.handle for s in signals), tuple(c.handle for c in claims), already=True
        )


__all__ = ["Ledger"]

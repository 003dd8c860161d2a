"""A dossier as it was known on a day, opened so that looking cannot change it."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from standoff.assess import system_of
from standoff.ledger import Ledger, SignalQuery, StoredClaim, StoredRun
from standoff.systems import System

_WRITES = frozenset(
    {
        sqlite3.SQLITE_INSERT,
        sqlite3.SQLITE_UPDATE,
        sqlite3.SQLITE_DELETE,
        sqlite3.SQLITE_DROP_TABLE,
        sqlite3.SQLITE_ALTER_TABLE,
    }
)


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document of the dossier with what there is to do in it."""

    handle: str
    title: str
    source: str
    grade: str
    published: date
    characters: int
    signals: int
    to_review: int
    record: bool


class View:
    """One dossier on one day: `day` bounds what was available, `recorded_by` what was recorded.

    `chosen` says whether the day was asked for. Without it the day is that of the last run, else
    that of the system.
    """

    def __init__(
        self, ledger: Ledger, system: System, day: date, *, chosen: bool, later: int
    ) -> None:
        self.ledger = ledger
        self.system = system
        self.day = day
        self.chosen = chosen
        self.later = later
        """Documents that came out after the day, and are not shown."""

    @property
    def name(self) -> str:
        """The name of the dossier's file, without its ending."""
        return self.ledger.path.stem

    @property
    def recorded_by(self) -> str | None:
        """The instant to which the record is rolled back, None for now."""
        return self.ledger.recorded_by

    @cached_property
    def documents(self) -> tuple[DocumentLine, ...]:
        """Documents that had come out by the day, in order of arrival."""
        grades = self.ledger.gradings()
        found: list[DocumentLine] = []
        for d in self.ledger.documents():
            if d.published > self.day and not is_record(d.source):
                continue
            count = self.ledger.count(SignalQuery(document=d.handle, as_of=self.day))
            grade = grades[d.source].grade.value if d.source in grades else "F"
            found.append(
                DocumentLine(
                    d.handle, d.title, d.source, grade, d.published, d.characters,
                    sum(count.values()), count["suggested"], is_record(d.source),
                )
            )  # fmt: skip
        return tuple(found)

    @cached_property
    def claims(self) -> tuple[StoredClaim, ...]:
        """Claims of the documents that had come out."""
        known = {d.handle for d in self.documents}
        return tuple(c for c in self.ledger.claims() if c.document in known)

    @cached_property
    def to_review(self) -> int:
        """Signals of documents that nobody has decided about; the shipped record is not asked for."""
        return sum(d.to_review for d in self.documents if not d.record)

    @cached_property
    def contested(self) -> int:
        """Claims that a check found wrong and nobody has rejected."""
        return sum(c.outcome in WRONG and c.state != "rejected" for c in self.claims)

    @cached_property
    def run(self) -> StoredRun | None:
        """The last run of the day, None where there is none."""
        runs = [r for r in self.ledger.runs() if r.as_of == self.day]
        return runs[-1] if runs else None

    @cached_property
    def stale(self) -> str:
        """What came after the run of the day and is not in it, in words; "" where nothing did."""
        run = self.run
        if run is None:
            return ""
        payload = run.payload
        parts: list[str] = []
        signals = sum(self.ledger.count(SignalQuery(as_of=self.day)).values())
        gained = signals - int(payload.get("n_signals", signals))
        if gained:
            parts.append(f"{abs(gained)} signals {'more' if gained > 0 else 'fewer'}")
        decided = sum(
            d.at > run.recorded
            for d in self.ledger.decisions()
            if d.action in ("accept", "reject", "edit", "grade", "grade_item", "link", "undo")
        )
        if decided:
            parts.append(f"{decided} decision{'s' * (decided > 1)}")
        return " and ".join(parts)


WRONG = frozenset({"CONTRADICTED", "INCONSISTENT"})


def is_record(source: str) -> bool:
    """Whether a document is the chronology that ships with a system."""
    return source.startswith("standoff chron")


@contextmanager
def look(
    path: Path | str, *, as_of: date | None = None, recorded_by: str | None = None
) -> Generator[View]:
    """Open a dossier to look at it: every attempt to write into it fails.

    >>> import tempfile
    >>> from standoff.api import new_dossier
    >>> folder = tempfile.TemporaryDirectory()
    >>> new_dossier(f"{folder.name}/a.standoff").close()
    >>> with look(f"{folder.name}/a.standoff") as view:
    ...     view.name, str(view.day), view.to_review, len(view.documents)
    ('a', '2021-08-13', 0, 1)
    >>> folder.cleanup()
    """
    with Ledger.open(path, recorded_by=recorded_by) as ledger:
        # A temporary table of the connection's own is no change of the dossier.
        ledger.store.connection.set_authorizer(_only_reading)
        ledger.store.fixed = True
        system = system_of(ledger)
        runs = ledger.runs()
        day = as_of or (runs[-1].as_of if runs else system.as_of)
        reports = [d for d in ledger.documents() if not is_record(d.source)]
        later = sum(d.published > day for d in reports)
        yield View(ledger, system, day, chosen=as_of is not None, later=later)


def _only_reading(
    action: int, first: str | None, second: str | None, base: str | None, inside: str | None
) -> int:
    # SQLite says that it updates its own list when it only declares a table of the search index.
    declares = action == sqlite3.SQLITE_UPDATE and first == "sqlite_master"
    if action in _WRITES and base == "main" and not declares:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK

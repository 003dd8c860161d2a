"""What the ledger hands out: stored rows as frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from standoff.terms import ItemGrade, Signal, SourceGrade, Span


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an item of a document comes from, when that is not the document's own source."""

    source: str
    available: date
    url: str = ""
    item_grade: ItemGrade = ItemGrade.UNKNOWN


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as it stands in the dossier, without its text."""

    handle: str
    sha256: str
    title: str
    source: str
    published: date
    characters: int
    recorded: str


@dataclass(frozen=True, slots=True)
class StoredSignal:
    """A signal with its handle, its event, its three times and what was decided about it.

    `state` is suggested, accepted or rejected.
    """

    handle: str
    document: str
    signal: Signal
    event_key: str
    event: str
    source: str
    url: str
    available: date
    recorded: str
    state: str
    item_grade: ItemGrade


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim with its verdict; `record` is what `standoff read` prints."""

    handle: str
    document: str
    span: Span
    outcome: str
    record: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Grading:
    """The reliability of a source: the letter, by whom, when and why."""

    source: str
    grade: SourceGrade
    author: str
    at: str
    because: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One event of the append-only record."""

    number: int
    at: str
    author: str
    action: str
    subject: str
    payload: Mapping[str, Any]
    reason: str


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a report did. `already` is set when this document was here before."""

    document: str
    signals: tuple[str, ...]
    claims: tuple[str, ...]
    already: bool = False


@dataclass(frozen=True, slots=True)
class StoredRun:
    """An assessment as it was printed."""

    handle: str
    as_of: date
    payload: Mapping[str, Any]

"""What the ledger hands out: stored rows as frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from standoff.terms import ItemGrade, Signal, SourceGrade, Span

MAIN = "main"
"""The layer of codings that everything rests on; other layers are kept to measure agreement."""


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

    `state` is suggested, accepted or rejected. `hash` is the content hash behind the handle.
    `edited` is set when a person changed the coding: `signal` is the coding as changed.
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
    hash: str = ""
    layer: str = MAIN
    edited: bool = False


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim with its verdict; `record` is what `standoff read` prints.

    `state` is suggested, accepted or rejected; a rejected claim contests nothing.
    """

    handle: str
    document: str
    span: Span
    outcome: str
    record: Mapping[str, Any]
    state: str = "suggested"
    recorded: str = ""
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Activity:
    """Who or what wrote a row: when, with which version of the program, from what."""

    at: str
    author: str
    kind: str
    software: str
    parameters: Mapping[str, Any]


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
    """One event of the append-only record.

    `batch` names the action of a person that it belongs to; `in_force` is False once undone.
    """

    number: int
    at: str
    author: str
    action: str
    subject: str
    payload: Mapping[str, Any]
    reason: str
    batch: str = ""
    anchor: str = ""
    in_force: bool = True


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
    recorded: str = ""


@dataclass(frozen=True, slots=True)
class SignalQuery:
    """Which signals: every field that is set must hold. `on` is a target or a protege.

    `happened_from` and `happened_to` bound the day it happened, both inclusive; `after` is a
    handle: the page that begins behind it. `order` is recorded (by handle) or happened.

    >>> SignalQuery(actor="JPN", on="TWN", limit=20).limit
    20
    """

    actor: str | None = None
    on: str | None = None
    protege: str | None = None
    channel: str | None = None
    state: str | None = None
    source: str | None = None
    document: str | None = None
    event: str | None = None
    as_of: date | None = None
    happened_from: date | None = None
    happened_to: date | None = None
    layer: str = MAIN
    after: str | None = None
    order: str = "recorded"
    limit: int | None = None

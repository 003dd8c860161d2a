"""Coded signals in a file: records a line each, or whatever `standoff export` wrote."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from standoff.forecast import events_of
from standoff.ledger import Ledger, make_dossier, read_content
from standoff.measure import RecordEvents
from standoff.terms import read_records

__all__ = ["read_events"]

_MARKS = (b'{"x_standoff"', b'"@context"')
"""How files of `standoff export` begin."""


def read_events(path: Path, *, known: date | None = None) -> RecordEvents:
    """The events of a file of signals, and the records that could not be used.

    Records are those of `standoff read` and `standoff signals` (JSON Lines or one array; `-` is the
    standard input), or shorter ones. An export is opened as the dossier that it was, so that reviews,
    merges and grades hold. `known`: what became available later is left out of an export. A record
    without any day is refused: nothing says that it happened today.
    """
    if not _exported(path):
        return events_of(read_records(path))
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "again.standoff"
        make_dossier(read_content(path), copy)
        with Ledger.open(copy) as ledger:
            return RecordEvents(ledger.events(as_of=known), ())


def _exported(path: Path) -> bool:
    if path.is_file():
        with path.open("rb") as file:
            head = file.read(400)
        return any(mark in head for mark in _MARKS)
    return path.is_dir()

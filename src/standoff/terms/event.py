"""Report is not event: many reports, one event. MEASURE sees events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from standoff.terms.quantity import Period
from standoff.terms.signal import Signal


class SourceGrade(StrEnum):
    """Reliability of a source (Admiralty, AJP-2.1). F means unknown, not worst."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


class ItemGrade(StrEnum):
    """Credibility of an item (Admiralty). 6 means unknown, not worst."""

    CONFIRMED = "1"
    PROBABLY_TRUE = "2"
    POSSIBLY_TRUE = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    UNKNOWN = "6"


@dataclass(frozen=True, slots=True)
class EventReport:
    """One report of an event: which signal of which document, from whom, how good.

    `handle` is the ledger's ("S-014"). `contested` is set when a claim inside the reporting
    span was contradicted by a check.
    """

    handle: str
    document: str
    source: str
    grade: SourceGrade
    item_grade: ItemGrade
    available: date
    coder: str
    rule: str
    reviewed: bool = False
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One real event with everyone who reports it.

    `signal` is the representative coding (reviewed first, then best grade, then earliest
    report); `happened` is the intersection of what the reports say, or the best of them;
    `available` is the earliest day on which one could know of it; `retracted_on` is set where a
    later signal of the same actor takes this one back.
    """

    key: str
    signal: Signal
    happened: Period
    available: date
    reports: tuple[EventReport, ...]
    retracted_on: date | None = None
    retracts: tuple[str, ...] = ()

    @property
    def handles(self) -> tuple[str, ...]:
        """Handles of all reporting signals."""
        return tuple(r.handle for r in self.reports)

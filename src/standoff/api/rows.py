"""Rows of a dossier as plain mappings, the same columns each time, for tables and frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from standoff.api.tables import Table
from standoff.ledger import Decision, Grading, SearchHit, StoredClaim, StoredDocument, StoredSignal
from standoff.terms import Event

SIGNAL = (
    "handle", "event", "document", "quote", "start", "end", "actor", "target", "protege", "act",
    "channel", "status", "officialness", "explicitness", "happened_from", "happened_to",
    "available", "recorded", "source", "item_grade", "state", "edited",
)  # fmt: skip
CLAIM = (
    "handle", "document", "quote", "start", "end", "kind", "verdict", "explanation", "formula",
    "difference", "state",
)  # fmt: skip
DOCUMENT = ("handle", "published", "source", "title", "characters", "recorded", "sha256")
EVENT = (
    "event", "day", "actor", "target", "act", "channel", "available", "reports", "signals",
    "sources", "retracted_on", "quote",
)  # fmt: skip
DECISION = ("action", "at", "author", "what", "about", "in_force", "because")
GRADE = ("source", "grade", "author", "at", "because")
HIT = ("handle", "kind", "words")


def signal_table(found: Iterable[StoredSignal]) -> Table:
    """Signals, one row each; several actors are joined by a semicolon."""
    rows = (
        (
            s.handle, s.event, s.document, s.signal.span.quote, s.signal.span.start,
            s.signal.span.end, ";".join(s.signal.source_actors), ";".join(s.signal.target_actors),
            s.signal.protege or "", s.signal.event.value, s.signal.channel.value,
            s.signal.status.value, s.signal.officialness.value, s.signal.explicitness,
            s.signal.date.start, s.signal.date.end, s.available, s.recorded, s.source,
            s.item_grade.value, s.state, s.edited,
        )
        for s in found
    )  # fmt: skip
    return _table("signals", SIGNAL, rows)


def claim_table(found: Iterable[StoredClaim]) -> Table:
    """Claims with their verdicts."""
    rows = (
        (
            c.handle, c.document, c.span.quote, c.span.start, c.span.end, c.record["kind"],
            c.outcome, c.record["explanation"], c.record["formula"], c.record["difference"],
            c.state,
        )
        for c in found
    )  # fmt: skip
    return _table("claims", CLAIM, rows)


def document_table(found: Iterable[StoredDocument]) -> Table:
    """Documents, without their texts."""
    rows = (
        (d.handle, d.published, d.source, d.title, d.characters, d.recorded, d.sha256)
        for d in found
    )
    return _table("documents", DOCUMENT, rows)


def event_table(found: Iterable[Event], names: Mapping[str, str]) -> Table:
    """Events with who reports them; `names` gives the handle of each key."""
    rows = (
        (
            names.get(e.key, ""), e.happened.start or e.available,
            ";".join(e.signal.source_actors), ";".join(e.signal.target_actors),
            e.signal.event.value, e.signal.channel.value, e.available, len(e.reports),
            ";".join(e.handles), ";".join(dict.fromkeys(r.source for r in e.reports)),
            e.retracted_on, e.signal.span.quote,
        )
        for e in found
    )  # fmt: skip
    return _table("events", EVENT, rows)


def decision_table(found: Iterable[Decision]) -> Table:
    """Decisions in order, one row each."""
    rows = ((d.batch, d.at, d.author, d.action, d.subject, d.in_force, d.reason) for d in found)
    return _table("decisions", DECISION, rows)


def grade_table(found: Iterable[Grading]) -> Table:
    """Graded sources with author, time and reason."""
    rows = ((g.source, g.grade.value, g.author, g.at, g.because) for g in found)
    return _table("grades", GRADE, rows)


def hit_table(found: Iterable[SearchHit]) -> Table:
    """Where words were found."""
    return _table("found", HIT, ((h.handle, h.kind, h.snippet) for h in found))


def _table(title: str, names: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> Table:
    return Table(tuple(dict(zip(names, row, strict=True)) for row in rows), title, names)

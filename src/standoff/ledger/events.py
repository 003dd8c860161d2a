"""Report is not event: signals grouped by the event they report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from standoff.ledger.rows import Grading, StoredClaim, StoredSignal
from standoff.terms import Event, EventReport, Period, SourceGrade, Span

BAD_OUTCOMES = ("CONTRADICTED", "INCONSISTENT")


def group_events(
    signals: Sequence[StoredSignal],
    claims: Sequence[StoredClaim],
    grades: Mapping[str, Grading],
) -> tuple[Event, ...]:
    """Events with everyone who reports them, by day; rejected signals are left out.

    A report is contested where a claim inside its words was contradicted, unless that verdict was
    rejected by a person.
    """
    contested: dict[str, list[Span]] = defaultdict(list)
    for claim in claims:
        if claim.outcome in BAD_OUTCOMES and claim.state != "rejected":
            contested[claim.document].append(claim.span)
    groups: dict[str, list[StoredSignal]] = defaultdict(list)
    for item in signals:
        if item.state != "rejected":
            groups[item.event_key].append(item)
    retracted: dict[str, date] = {}
    events: list[Event] = []
    for key, members in groups.items():
        event = _event(key, members, grades, contested)
        events.append(event)
        for target in event.retracts:
            when = event.happened.start or event.available
            retracted[target] = min(when, retracted.get(target, when))
    dated = [replace(e, retracted_on=retracted[e.key]) if e.key in retracted else e for e in events]
    return tuple(sorted(dated, key=lambda e: (e.happened.start or e.available, e.key)))


def _event(
    key: str,
    members: Sequence[StoredSignal],
    grades: Mapping[str, Grading],
    contested: Mapping[str, Sequence[Span]],
) -> Event:
    def grade(item: StoredSignal) -> SourceGrade:
        found = grades.get(item.source)
        return found.grade if found else SourceGrade.F

    def order(item: StoredSignal) -> tuple[int, str, date, int]:
        # Hand-coded and reviewed codings speak for the event before a program's suggestion.
        by_hand = item.signal.coder == "chronology" or item.state == "accepted"
        return (0 if by_hand else 1, grade(item).value, item.available, int(item.handle[2:]))

    ranked = sorted(members, key=order) if len(members) > 1 else members
    reports = tuple(
        EventReport(
            m.handle,
            m.document,
            m.source,
            grade(m),
            m.item_grade,
            m.available,
            m.signal.coder,
            m.signal.rule,
            m.state == "accepted",
            m.document in contested and any(map(m.signal.span.overlaps, contested[m.document])),
        )
        for m in ranked
    )
    return Event(
        key,
        ranked[0].signal,
        _happened(ranked),
        min(m.available for m in members),
        reports,
        None,
        tuple(dict.fromkeys(t for m in ranked for t in m.signal.retracts)),
    )


def _happened(ranked: Sequence[StoredSignal]) -> Period:
    """The representative's date if it has one, else the first report's that has."""
    for item in ranked:
        if item.signal.date.start is not None or item.signal.date.end is not None:
            return item.signal.date
    return ranked[0].signal.date

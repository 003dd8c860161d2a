"""Events from the records that `standoff read` prints, with no dossier in between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from standoff.errors import BadRecord, InputError
from standoff.measure.observation import Refused
from standoff.terms import (
    Event,
    EventReport,
    ItemGrade,
    Period,
    Signal,
    SourceGrade,
    Status,
    signal_from_record,
)

_NOT_DONE = (Status.DENIED, Status.HYPOTHETICAL, Status.HISTORICAL)


@dataclass(frozen=True, slots=True)
class RecordEvents:
    """Events made from records, and the records that could not be used."""

    events: tuple[Event, ...]
    refused: tuple[Refused, ...]


def events_from_records(
    records: Iterable[Mapping[str, Any]], *, known: date | None = None
) -> RecordEvents:
    """Merge signal records into events; records of another type are passed over.

    Beside the fields of a signal, a record may say `doc`, `handle`, `source`, `grade` (A-F),
    `item_grade` (1-6), `available` or `published` (ISO dates), `state` ("accepted" is reviewed,
    "rejected" is refused). A signal without any date is taken to be known on `known`, else refused.
    Records that share an event of a dossier, an `event_key`, or who did what to whom on which days,
    are reports of one event.

    >>> events_from_records([{"type": "note", "text": "x"}]).events
    ()
    """
    groups: dict[str, list[tuple[Signal, EventReport]]] = defaultdict(list)
    refused: list[Refused] = []
    for number, record in enumerate(records, start=1):
        if record.get("type", "signal") != "signal":
            continue
        name = _name(record, number)
        if record.get("state") == "rejected":
            refused.append(Refused(name, (name,), "rejected in review"))
            continue
        try:
            signal = signal_from_record(_plover(record))
            report = _report(record, signal, name, known)
        except InputError as error:
            refused.append(Refused(name, (name,), str(error)))
            continue
        groups[_key(record, signal, name)].append((signal, report))
    events = tuple(_event(key, members) for key, members in sorted(groups.items()))
    named: dict[str, str] = {}
    for key, members in groups.items():
        for signal, report in members:
            # A retraction names a signal of its document, or an event of the record.
            names = (report.handle, f"{report.document}:{signal.id}", signal.event_key or key)
            named |= dict.fromkeys(names, key)
    return RecordEvents(_retractions(events, named), tuple(refused))


def _plover(record: Mapping[str, Any]) -> Mapping[str, Any]:
    # `standoff signals --format json` prints the ledger's event handle as `event`.
    return {**record, "event": record["plover"]} if "plover" in record else record


def _name(record: Mapping[str, Any], number: int) -> str:
    handle = record.get("handle")
    if handle:
        return str(handle)
    parts = [str(record[k]) for k in ("doc", "id") if record.get(k)]
    return ":".join(parts) if parts else f"line {number}"


def _report(
    record: Mapping[str, Any], signal: Signal, name: str, known: date | None
) -> EventReport:
    stated = record.get("available") or record.get("published")
    available = _iso(stated, "available") if stated else signal.date.end or signal.date.start
    if available is None:
        available = known
    if available is None:
        raise BadRecord(
            "no date and no day of publication",
            "date.from, or published as YYYY-MM-DD",
            "add published to the record, or give --at",
        )
    try:
        grade = SourceGrade(record.get("grade") or "F")
        item = ItemGrade(str(record.get("item_grade") or "6"))
    except ValueError as error:
        raise BadRecord(str(error), "grade A to F, item_grade 1 to 6", "correct it") from error
    document = str(record.get("doc") or record.get("document") or "")
    return EventReport(
        name,
        document,
        str(record.get("source") or document),
        grade,
        item,
        available,
        signal.coder,
        signal.rule,
        record.get("state") == "accepted",
    )


def _iso(value: object, field: str) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise BadRecord(f"{field} = {value!r}", "a day as YYYY-MM-DD", "correct it") from error


def _key(record: Mapping[str, Any], signal: Signal, name: str) -> str:
    handle = record.get("event")
    if "plover" in record and handle:
        return str(handle)
    if signal.event_key:
        return signal.event_key
    if signal.date.start is None and signal.date.end is None:
        return name
    what = (signal.x_event or signal.event).value
    return "|".join(
        (
            "+".join(sorted(signal.source_actors)),
            "+".join(sorted(signal.target_actors)),
            signal.protege or "",
            what,
            signal.channel.value,
            # What contradicts is no second report of the same act.
            signal.valence.value,
            signal.status.value if signal.status in _NOT_DONE else "",
            str(signal.negated),
            str(signal.date.start),
            str(signal.date.end),
        )
    )


def _event(key: str, members: list[tuple[Signal, EventReport]]) -> Event:
    # As in a dossier: hand-coded and reviewed codings speak for the event before a suggestion.
    ranked = sorted(
        members,
        key=lambda m: (
            not (m[1].reviewed or m[0].coder == "chronology"),
            m[1].grade.value,
            m[1].available,
            m[1].handle,
        ),
    )
    signal = ranked[0][0]
    happened = next((s.date for s, _ in ranked if s.date.start or s.date.end), Period.unstated())
    retracts = tuple(dict.fromkeys(t for s, _ in ranked for t in s.retracts))
    available = min(r.available for _, r in ranked)
    return Event(key, signal, happened, available, tuple(r for _, r in ranked), None, retracts)


def _retractions(events: tuple[Event, ...], by_name: Mapping[str, str]) -> tuple[Event, ...]:
    """Point retractions, which name signals within a document, at events."""
    pointed: list[Event] = []
    taken_back: dict[str, date] = {}
    senders = {e.key: frozenset(e.signal.source_actors) for e in events}
    for event in events:
        document = event.reports[0].document
        targets = tuple(by_name.get(f"{document}:{t}", by_name.get(t, t)) for t in event.retracts)
        pointed.append(replace(event, retracts=targets))
        for key in targets:
            # Only whoever sent a signal takes it back.
            if senders.get(key, frozenset()) & frozenset(event.signal.source_actors):
                day = min(taken_back.get(key, event.available), event.available)
                taken_back[key] = day
    return tuple(
        replace(e, retracted_on=taken_back[e.key]) if e.key in taken_back else e for e in pointed
    )

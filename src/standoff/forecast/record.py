"""Signals as programs hand them over: short records in, events out.

Only event, channel, valence, sources, targets, protege, status and date are needed; everything else
takes a default that is said here. Parties may be codes or the objects that `standoff read` prints, a
date a day or an interval.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

from standoff.measure import RecordEvents, events_from_records
from standoff.terms import Channel, Cost

__all__ = ["events_of", "full_record"]

CODER = "hand"
"""Who coded a record that does not say: a person. Whoever hands in coded signals vouches for them."""
GRADE = "B"
"""The source of a record that gives none: usually reliable, for the same reason."""


def full_record(record: Mapping[str, Any], number: int = 1) -> dict[str, Any]:
    """A short record with every field that MEASURE needs.

    >>> short = {"event": "MOBILIZE", "channel": "deeds", "valence": "threaten",
    ...          "sources": ["IRQ"], "targets": ["KWT"], "status": "done", "date": "1990-07-19"}
    >>> full = full_record(short)
    >>> full["sources"], full["date"]["from"], full["available"]
    ([{'actor': 'IRQ', 'sector': 'GOV'}], '1990-07-19', '1990-07-19')
    """
    found = dict(record)
    for side in ("sources", "targets"):
        parties = cast("list[Any]", record.get(side) or [])
        found[side] = [{"actor": p, "sector": "GOV"} if isinstance(p, str) else p for p in parties]
    day = record.get("date")
    if isinstance(day, str):
        found["date"] = {"from": day, "to": day, "text": day, "basis": "stated"}
    if not record.get("available") and not record.get("published"):
        known = _known(found.get("date"))
        if known:
            found["available"] = known
    quote = str(record.get("quote") or record.get("text") or record.get("event") or "-")
    if "start" not in found or "end" not in found:
        found |= {"start": 0, "end": len(quote), "quote": quote, "trigger": None}
    extension = dict(cast("Mapping[str, Any]", record.get("x_standoff") or {}))
    if record.get("x_event"):
        extension["event"] = record["x_event"]
    found["x_standoff"] = extension
    deeds = record.get("channel") == Channel.DEEDS.value
    found.setdefault("officialness", "official")
    found.setdefault("cost", Cost.COSTLY.value if deeds else Cost.CHEAP.value)
    found.setdefault("explicitness", 2)
    found.setdefault("coder", CODER)
    found["source"] = record.get("source_name") or record.get("source") or f"record {number}"
    found["grade"] = record.get("grade") or GRADE
    found.setdefault("id", f"s{number}")
    found["type"] = "signal"
    return found


def _known(day: Any) -> str | None:
    if not isinstance(day, Mapping):
        return None
    period = cast("Mapping[str, Any]", day)
    value = period.get("to") or period.get("from")
    return str(value) if value else None


def events_of(records: Iterable[Mapping[str, Any]], *, known: date | None = None) -> RecordEvents:
    """Events from short or full records; a record that cannot be used is refused with its reason.

    `known`: the day on which a record without any date is taken to be known.
    """
    full = (
        full_record(r, i) for i, r in enumerate(records, 1) if r.get("type", "signal") == "signal"
    )
    return events_from_records(full, known=known)

"""Signals as programs hand them over: short records in, events out.

Only event, channel, valence, sources, targets, protege, status and date are needed; everything else
takes a default that is said here. Parties may be codes or the objects that `standoff read` prints, a
date a day or an interval.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from standoff.errors import BadRecord
from standoff.measure import RecordEvents, Refused, events_from_records
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
        found[side] = _parties(side, record.get(side))
    day = record.get("date")
    if isinstance(day, str):
        found["date"] = {"from": day, "to": day, "text": day, "basis": "stated"}
    elif day is not None and not isinstance(day, Mapping):
        raise BadRecord(f"date = {day!r}", "a day as YYYY-MM-DD, or from and to", "correct it")
    if not record.get("available") and not record.get("published"):
        known = _known(found.get("date"))
        if known:
            found["available"] = known
    quote = str(record.get("quote") or record.get("text") or record.get("event") or "-")
    if "start" not in found or "end" not in found:
        found |= {"start": 0, "end": len(quote), "quote": quote, "trigger": None}
    raw: object = record.get("x_standoff") or {}
    if not isinstance(raw, Mapping):
        raise BadRecord(f"x_standoff = {raw!r}", "an object", "correct it")
    extension = dict(cast("Mapping[str, Any]", raw))
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


def _parties(side: str, raw: Any) -> list[dict[str, Any]]:
    """Parties as objects: one code, a list of codes, or of the objects that READ prints."""
    given = cast("list[Any]", [raw] if isinstance(raw, str) else raw or [])
    if not isinstance(raw, str | list | tuple | None):
        raise BadRecord(f"{side} = {raw!r}", "a list of codes", 'for example ["CHN"]')
    found: list[dict[str, Any]] = []
    for party in given:
        if isinstance(party, str):
            # A code of a state is written in capitals; the name of a group is left as it is.
            code = party.strip()
            found.append({"actor": code.upper() if len(code) == 3 else code, "sector": "GOV"})
        elif isinstance(party, Mapping):
            found.append(dict(cast("Mapping[str, Any]", party)))
        else:
            raise BadRecord(f"{side} with {party!r}", "codes or objects with `actor`", "correct it")
    return found


def _known(day: Any) -> str | None:
    if not isinstance(day, Mapping):
        return None
    period = cast("Mapping[str, Any]", day)
    value = period.get("to") or period.get("from")
    return str(value) if value else None


def events_of(records: Iterable[Mapping[str, Any]]) -> RecordEvents:
    """Events from short or full records; a record that cannot be used is refused with its reason.

    One without any day is refused: nothing says when it happened or became known.
    """
    full: list[dict[str, Any]] = []
    refused: list[Refused] = []
    for number, record in enumerate(records, start=1):
        if record.get("type", "signal") != "signal":
            continue
        try:
            full.append(full_record(record, number))
        except BadRecord as error:
            name = str(record.get("id") or f"line {number}")
            refused.append(Refused(name, (name,), str(error)))
    found = events_from_records(full)
    return RecordEvents(found.events, (*refused, *found.refused))

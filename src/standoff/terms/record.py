"""Signals, claims, quantities and dates as the plain records that `standoff read` prints.

One JSON object per line, each with `type`. `signal_from_record` is the inverse of
`signal_record`: what READ prints, MEASURE can take, with no dossier between them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar, cast

from standoff.errors import BadRecord
from standoff.terms.claim import Claim, Reference, Verdict
from standoff.terms.claim_content import content_record
from standoff.terms.enums import (
    AttributionKind,
    Channel,
    Comparator,
    Cost,
    DateBasis,
    ExtensionEvent,
    Officialness,
    PloverEvent,
    Status,
    Valence,
)
from standoff.terms.quantity import DateMention, Period, Quantity
from standoff.terms.signal import Attribution, NonSignal, Part, Signal
from standoff.terms.text import Mention, Party, PlaceMention, Span

Record = dict[str, Any]
E = TypeVar("E", bound=StrEnum)


def span_record(span: Span) -> Record:
    """`start`, `end`, `quote`."""
    return {"start": span.start, "end": span.end, "quote": span.quote}


def period_record(period: Period) -> Record:
    """`from`, `to`, `text`, `basis`; dates as ISO 8601 or null."""
    return {
        "from": period.start.isoformat() if period.start else None,
        "to": period.end.isoformat() if period.end else None,
        "text": period.text,
        "basis": period.basis.value,
    }


def party_record(party: Party) -> Record:
    """`actor`, `sector`, `person`, `office`, `organisation`."""
    return {
        "actor": party.actor,
        "sector": party.sector,
        "person": party.person,
        "office": party.office,
        "organisation": party.organisation,
    }


def quantity_record(quantity: Quantity) -> Record:
    """A quantity, with `type`."""
    return {
        "type": "quantity",
        **span_record(quantity.span),
        "low": quantity.low,
        "high": quantity.high,
        "unit": quantity.unit,
        "comparator": quantity.comparator.value,
        "noun": quantity.noun,
        "approximate": quantity.approximate,
    }


def date_record(mention: DateMention) -> Record:
    """A date expression, with `type`."""
    return {"type": "date", **span_record(mention.span), **_without_text(mention.period)}


def _without_text(period: Period) -> Record:
    record = period_record(period)
    del record["text"]
    return record


def mention_record(mention: Mention) -> Record:
    """An actor mention, with `type`; `from` and `to` bound the office or the name, if known."""
    return {
        "type": "actor",
        **span_record(mention.span),
        **party_record(mention.party),
        "kind": mention.kind,
        "near": mention.near,
        "from": mention.since.isoformat() if mention.since else None,
        "to": mention.until.isoformat() if mention.until else None,
    }


def nonsignal_record(item: NonSignal) -> Record:
    """A clause that was looked at and is no signal, with `type` and the reason."""
    return {
        "type": "nonsignal",
        **span_record(item.span),
        "reason": item.reason,
        "would_be": item.would_be,
    }


def signal_record(signal: Signal) -> Record:
    """A signal, with `type`; extensions of PLOVER under `x_standoff`."""
    return {
        "type": "signal",
        "id": signal.id,
        **span_record(signal.span),
        "trigger": [signal.trigger.start, signal.trigger.end],
        "sources": [party_record(p) for p in signal.sources],
        "targets": [party_record(p) for p in signal.targets],
        "protege": signal.protege,
        "commitment": signal.commitment,
        "event": signal.event.value,
        "mode": signal.mode,
        "contexts": list(signal.contexts),
        "channel": signal.channel.value,
        "status": signal.status.value,
        "condition": signal.condition,
        "officialness": signal.officialness.value,
        "explicitness": signal.explicitness,
        "cost": signal.cost.value,
        "valence": signal.valence.value,
        "date": period_record(signal.date),
        "place": _place_record(signal.place),
        "quantities": [quantity_record(q) for q in signal.quantities],
        "attribution": [
            {
                "speaker": a.speaker,
                "kind": a.kind.value,
                "span": span_record(a.span) if a.span else None,
            }
            for a in signal.attribution
        ],
        "negated": signal.negated,
        "aggregate": signal.aggregate,
        "event_key": signal.event_key,
        "replies_to": list(signal.replies_to),
        "retracts": list(signal.retracts),
        "coder": signal.coder,
        "rule": signal.rule,
        "confidence": signal.confidence,
        "x_standoff": {
            "event": signal.x_event.value if signal.x_event else None,
            "protege_weights": dict(signal.protege_weights),
            "confidences": dict(signal.confidences),
            "parts": [
                {
                    "field": p.field,
                    "value": p.value,
                    "span": span_record(p.span) if p.span else None,
                }
                for p in signal.parts
            ],
        },
    }


def claim_record(claim: Claim, verdict: Verdict | None = None) -> Record:
    """A claim with its verdict, with `type`; without a verdict it is NOT_CHECKABLE.

    `coder` is there where it is not the rules.
    """
    return {
        "type": "claim",
        "id": claim.id,
        **span_record(claim.span),
        "kind": claim.kind,
        "claim": claim.statement,
        "content": content_record(claim.content),
        "verdict": verdict.outcome.value if verdict else "NOT_CHECKABLE",
        "reference": _reference_record(verdict.reference) if verdict else None,
        "explanation": verdict.why if verdict else "no check was run",
        "formula": verdict.formula if verdict else "",
        "difference": verdict.difference if verdict else None,
        "tolerance": verdict.tolerance if verdict else "",
        "slip": verdict.slip if verdict else "",
        "against": list(verdict.against) if verdict else [],
        "alternatives": [_reference_record(r) for r in verdict.alternatives] if verdict else [],
        **({} if claim.coder == "rules" else {"coder": claim.coder}),
    }


def _reference_record(reference: Reference | None) -> Record | None:
    if reference is None:
        return None
    return {
        "value": reference.value,
        "source": reference.source,
        "release": reference.release,
        "dated": reference.dated.isoformat() if reference.dated else None,
        "url": reference.url,
    }


def _place_record(place: PlaceMention | None) -> Record | None:
    if place is None:
        return None
    return {
        **span_record(place.span),
        "name": place.name,
        "actor": place.actor,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


# ---------------------------------------------------------------- and back


def signal_from_record(record: Mapping[str, Any]) -> Signal:
    """Read one printed signal back; fields that may be absent take their defaults.

    Raises `BadRecord` naming the field that is missing or out of its range.
    """
    span = _span(record, "")
    trigger_ends = cast("list[Any]", record.get("trigger") or [span.start, span.end])
    if len(trigger_ends) != 2 or not all(isinstance(v, int) for v in trigger_ends):
        raise _bad("trigger", trigger_ends, "two offsets [start, end]")
    first, last = (int(v) for v in trigger_ends)
    if not span.start <= first < last <= span.end:
        raise _bad("trigger", [first, last], f"offsets inside {span.start}-{span.end}")
    trigger = Span(first, last, span.quote[first - span.start : last - span.start])
    explicitness = record.get("explicitness", 0)
    if not isinstance(explicitness, int) or not 0 <= explicitness <= 3:
        raise _bad("explicitness", explicitness, "0, 1, 2 or 3")
    extension = cast("Mapping[str, Any]", record.get("x_standoff") or {})
    weights = cast("Mapping[str, float]", extension.get("protege_weights") or {})
    sure = cast("Mapping[str, float]", extension.get("confidences") or {})
    return Signal(
        id=str(record.get("id") or f"s{span.start}"),
        span=span,
        trigger=trigger,
        sources=_parties(record, "sources"),
        targets=_parties(record, "targets"),
        event=_enum(PloverEvent, record, "event"),
        channel=_enum(Channel, record, "channel"),
        status=_enum(Status, record, "status"),
        officialness=_enum(Officialness, record, "officialness"),
        explicitness=explicitness,
        cost=_enum(Cost, record, "cost", Cost.CHEAP),
        valence=_enum(Valence, record, "valence", Valence.NEUTRAL),
        date=_period(record.get("date")),
        mode=record.get("mode"),
        x_event=_enum(ExtensionEvent, extension, "event") if extension.get("event") else None,
        contexts=tuple(record.get("contexts") or ()),
        protege=record.get("protege"),
        protege_weights=tuple(sorted((k, float(v)) for k, v in weights.items())),
        confidences=tuple((k, float(v)) for k, v in sure.items()),
        commitment=record.get("commitment") or "",
        condition=record.get("condition") or "",
        place=_place(record.get("place")),
        quantities=tuple(quantity_from_record(q) for q in record.get("quantities") or ()),
        attribution=tuple(
            Attribution(
                str(a.get("speaker", "")),
                _enum(AttributionKind, a, "kind", AttributionKind.PARAPHRASE),
                _span(a["span"], "attribution.") if a.get("span") else None,
            )
            for a in _dicts(record, "attribution")
        ),
        negated=bool(record.get("negated", False)),
        aggregate=bool(record.get("aggregate", False)),
        event_key=record.get("event_key") or "",
        replies_to=_names(record, "replies_to"),
        retracts=_names(record, "retracts"),
        coder=record.get("coder") or "unknown",
        rule=record.get("rule") or "",
        confidence=float(record.get("confidence", 1.0)),
        parts=tuple(
            Part(
                str(p.get("field", "")),
                str(p.get("value", "")),
                _span(p["span"], "parts.") if p.get("span") else None,
            )
            for p in _dicts(extension, "parts")
        ),
    )


def quantity_from_record(record: Mapping[str, Any]) -> Quantity:
    """Read one printed quantity back."""
    return Quantity(
        span=_span(record, "quantity."),
        low=record.get("low"),
        high=record.get("high"),
        unit=str(record.get("unit") or ""),
        comparator=_enum(Comparator, record, "comparator", Comparator.EQUAL),
        noun=record.get("noun"),
    )


def _bad(field: str, came: object, expected: str) -> BadRecord:
    return BadRecord(f"{field} = {came!r}", expected, "see docs/reference/record.md")


def _span(record: Mapping[str, Any], prefix: str) -> Span:
    for name, kind in (("start", int), ("end", int), ("quote", str)):
        if not isinstance(record.get(name), kind):
            raise _bad(prefix + name, record.get(name), f"a value of type {kind.__name__}")
    span = Span(record["start"], record["end"], record["quote"])
    if span.end - span.start != len(span.quote) or span.start < 0:
        raise _bad(prefix + "end", span.end, "start plus the length of the quote, in code points")
    return span


def _dicts(record: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    value: Any = record.get(name) or []
    if not isinstance(value, list):
        raise _bad(name, value, "a list")
    items = cast("list[Any]", value)
    for item in items:
        if not isinstance(item, dict):
            raise _bad(name, item, "a list of objects")
    return cast("list[Mapping[str, Any]]", items)


def _names(record: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value: Any = record.get(name) or ()
    if isinstance(value, str):
        return (value,)
    return tuple(str(v) for v in value)


def _parties(record: Mapping[str, Any], name: str) -> tuple[Party, ...]:
    parties: list[Party] = []
    for item in _dicts(record, name):
        if not isinstance(item.get("actor"), str):
            raise _bad(f"{name}.actor", item.get("actor"), "an ISO alpha-3 code, IGO, MULTI or XXX")
        parties.append(
            Party(
                item["actor"],
                item.get("sector"),
                item.get("person"),
                item.get("office"),
                item.get("organisation"),
            )
        )
    return tuple(parties)


def _period(value: Any) -> Period:
    if not value:
        return Period.unstated()
    try:
        start = date.fromisoformat(value["from"]) if value.get("from") else None
        end = date.fromisoformat(value["to"]) if value.get("to") else None
    except (ValueError, TypeError) as error:
        raise _bad("date", value, "ISO dates such as 2021-08-13 in from and to") from error
    basis = DateBasis.STATED if start or end else DateBasis.UNSTATED
    return Period(start, end, value.get("text") or "", DateBasis(value.get("basis") or basis))


def _place(value: Any) -> PlaceMention | None:
    if not value:
        return None
    return PlaceMention(
        _span(value, "place."),
        str(value.get("name") or value["quote"]),
        value.get("actor"),
        value.get("latitude"),
        value.get("longitude"),
    )


def _enum(kind: type[E], record: Mapping[str, Any], name: str, default: E | None = None) -> E:
    value = record.get(name)
    if value is None and default is not None:
        return default
    try:
        return kind(value)
    except ValueError as error:
        raise _bad(name, value, " | ".join(m.value for m in kind)) from error

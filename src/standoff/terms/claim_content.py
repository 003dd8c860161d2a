"""The content of a claim as a plain record and back: what the claim says, apart from its words.

Kept with a claim, so that the claims of two reports can be held against each other later without
reading either again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, cast

import standoff.terms.claim as _claims
from standoff.errors import BadRecord
from standoff.terms.claim import Content
from standoff.terms.enums import Comparator, DateBasis
from standoff.terms.quantity import Period, Quantity
from standoff.terms.text import Span

Record = dict[str, Any]


def content_record(content: Content) -> Record:
    """The content with its `form`, such as DistanceContent, and its fields.

    >>> from standoff.terms import PartContent
    >>> content_record(PartContent("Yilan", "Taiwan"))
    {'form': 'PartContent', 'inner': 'Yilan', 'outer': 'Taiwan'}
    """
    values = {f.name: _plain(getattr(content, f.name)) for f in fields(content)}
    return {"form": type(content).__name__, **values}


def content_from_record(record: Mapping[str, Any]) -> Content:
    """The inverse of `content_record`.

    Raises `BadRecord` for a form that is not known or fields that do not fit it.

    >>> content_from_record({"form": "PartContent", "inner": "Yilan", "outer": "Taiwan"}).outer
    'Taiwan'
    """
    form = record.get("form")
    made = getattr(_claims, str(form), None) if str(form).endswith("Content") else None
    if made is None or form == "Content":
        raise BadRecord(
            f"a claim of the form {form!r}", "a form such as DistanceContent", "see terms"
        )
    try:
        values = {str(k): _read(v) for k, v in record.items() if k != "form"}
        return cast("Content", made(**values))
    except (TypeError, KeyError, ValueError) as error:
        raise BadRecord(
            f"a {form} with the fields {', '.join(map(str, record))} ({error})",
            "the fields of the form",
            "take the record as it was written",
        ) from error


def _plain(value: object) -> Any:
    match value:
        case Quantity():
            return {
                "number": [value.low, value.high],
                "unit": value.unit,
                "comparator": value.comparator.value,
                "noun": value.noun,
                **_span(value.span),
            }
        case Period():
            return {
                "days": [d.isoformat() if d else None for d in (value.start, value.end)],
                "text": value.text,
                "basis": value.basis.value,
            }
        case tuple():
            return [_plain(v) for v in cast("tuple[object, ...]", value)]
        case _:
            return value


def _span(span: Span) -> Record:
    return {"start": span.start, "end": span.end, "quote": span.quote}


def _read(value: object) -> Any:
    if isinstance(value, Mapping):
        held = cast("Mapping[str, Any]", value)
        if "number" in held:
            low, high = held["number"]
            span = Span(held["start"], held["end"], held["quote"])
            how = Comparator(held["comparator"])
            return Quantity(span, low, high, held["unit"], how, held["noun"])
        start, end = (date.fromisoformat(d) if d else None for d in held["days"])
        return Period(start, end, held["text"], DateBasis(held["basis"]))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(_read(v) for v in cast("Sequence[object]", value))
    return value

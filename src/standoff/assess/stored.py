"""A stored assessment as the record it was, so that a brief is of the run that was printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from standoff.assess.assessment import Assessment
from standoff.errors import BadRecord
from standoff.ledger import StoredRun


def restore(run: StoredRun) -> Assessment:
    """The assessment of a stored run. Raises `BadRecord` for a run of an older version.

    An older version kept less: what it lacks is named, and how to answer the same day again.
    """
    payload = {**run.payload, "run": run.handle}
    try:
        return cast("Assessment", _made(Assessment, payload))
    except KeyError as error:
        raise BadRecord(
            f"{run.handle}, made by {run.payload.get('software', 'an older version')}, without {error}",
            "a run of this version, for its first screen and its brief",
            f"standoff assess --as-of {run.as_of}",
        ) from error


def _made(kind: Any, value: Any) -> Any:
    """`value`, plain data, as the type that a field names."""
    if value is None:
        return None
    origin = get_origin(kind)
    if origin is tuple:
        return _tuple(get_args(kind), cast("list[Any]", value))
    if origin in (Union, UnionType):
        inner = [a for a in get_args(kind) if a is not type(None)]
        return _made(inner[0], value)
    if is_dataclass(kind):
        held, hints = cast("Mapping[str, Any]", value), _hints(kind)
        names = [f.name for f in fields(kind)]
        return cast("Any", kind)(**{n: _made(hints[n], held[n]) for n in names})
    return date.fromisoformat(value) if kind is date else value


def _tuple(inner: tuple[Any, ...], value: list[Any]) -> tuple[Any, ...]:
    if len(inner) == 2 and inner[1] is Ellipsis:
        return tuple(_made(inner[0], v) for v in value)
    return tuple(_made(k, v) for k, v in zip(inner, value, strict=True))


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)

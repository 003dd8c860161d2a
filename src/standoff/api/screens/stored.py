"""A stored run as the assessment it was: its plain data read back into records."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any

from standoff.assess import Assessment
from standoff.errors import BadRecord
from standoff.ledger import StoredRun


def assessment_of(run: StoredRun) -> Assessment:
    """The assessment that a run kept. Raises `BadRecord` for one of another version's form.

    Numbers have the ten digits that were stored.
    """
    try:
        return _read(Assessment, {**run.payload, "run": run.handle})
    except (KeyError, TypeError, ValueError) as error:
        raise BadRecord(
            f"{run.handle}, a run in a form of another version ({error})",
            "a run of this version",
            "assess again; the old run stays as it is",
        ) from error


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    return typing.get_type_hints(kind)


def _read(kind: Any, value: Any) -> Any:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        if value is None:
            return None
        return _read(next(k for k in inner if k is not type(None)), value)
    if origin is tuple:
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(_read(inner[0], v) for v in value)
        return tuple(_read(k, v) for k, v in zip(inner, value, strict=True))
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{f.name: _read(hints[f.name], value[f.name]) for f in fields(kind)})
    if kind is date:
        return date.fromisoformat(value)
    return value

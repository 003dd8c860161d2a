"""A small strict reader of JSON Schema 2020-12: the words that our schemas use, no others.

A word it does not know is an error, never passed over; so a schema cannot promise what nobody checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "number": (int, float),
    "integer": (int,), "boolean": (bool,), "null": (type(None),),
}  # fmt: skip
NOTES = {"$schema", "$id", "$defs", "title", "description"}


def faults(value: Any, schema: Any, root: Any = None, at: str = "$") -> Iterator[str]:
    """What a value breaks, each with its place."""
    root = schema if root is None else root
    if isinstance(schema, bool):
        if not schema:
            yield f"{at}: nothing may stand here"
        return
    for word, wanted in schema.items():
        if word in NOTES or word in ("items", "required", "additionalProperties"):
            continue
        if word not in CHECKS:
            raise ValueError(f"{at}: the word {word!r} is none of those that are checked")
        yield from CHECKS[word](value, wanted, root, at)
    if isinstance(value, dict):
        yield from _object(value, schema, root, at)
    if isinstance(value, list) and "items" in schema:
        for i, item in enumerate(value[len(schema.get("prefixItems", ())) :]):
            yield from faults(item, schema["items"], root, f"{at}[{i}]")


def _object(value: dict[str, Any], schema: Any, root: Any, at: str) -> Iterator[str]:
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{at}: {name!r} is missing"
    known = schema.get("properties", {})
    for name, item in value.items():
        if name not in known and "additionalProperties" in schema:
            yield from faults(item, schema["additionalProperties"], root, f"{at}.{name}")


def _type(value: Any, wanted: Any, root: Any, at: str) -> Iterator[str]:
    names = [wanted] if isinstance(wanted, str) else wanted
    fits = any(
        isinstance(value, TYPES[n]) and (isinstance(value, bool) <= (n == "boolean")) for n in names
    )
    if not fits:
        yield f"{at}: {value!r:.80} is not {' or '.join(names)}"


def _properties(value: Any, wanted: Any, root: Any, at: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, schema in wanted.items():
            if name in value:
                yield from faults(value[name], schema, root, f"{at}.{name}")


def _prefix(value: Any, wanted: Any, root: Any, at: str) -> Iterator[str]:
    if isinstance(value, list):
        for i, (item, schema) in enumerate(zip(value, wanted, strict=False)):
            yield from faults(item, schema, root, f"{at}[{i}]")


def _any(value: Any, wanted: Any, root: Any, at: str) -> Iterator[str]:
    tried = [list(faults(value, schema, root, at)) for schema in wanted]
    if all(tried):
        yield min(tried, key=len)[0] + f" (the nearest of {len(tried)} forms)"


def _ref(value: Any, wanted: str, root: Any, at: str) -> Iterator[str]:
    found = root
    for part in wanted.removeprefix("#").split("/")[1:]:
        found = found[part]
    yield from faults(value, found, root, at)


def _format(value: Any, wanted: str, root: Any, at: str) -> Iterator[str]:
    if wanted != "date":
        raise ValueError(f"{at}: the format {wanted!r} is not checked")
    if isinstance(value, str):
        try:
            date.fromisoformat(value)
        except ValueError:
            yield f"{at}: {value!r:.80} is no day"


def _plain(test: Any, said: str) -> Any:
    def check(value: Any, wanted: Any, root: Any, at: str) -> Iterator[str]:
        if not test(value, wanted):
            yield f"{at}: {value!r:.80} {said} {wanted!r:.200}"

    return check


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


CHECKS = {
    "type": _type, "properties": _properties, "prefixItems": _prefix, "anyOf": _any, "$ref": _ref,
    "format": _format,
    "enum": _plain(lambda v, w: v in w, "is none of"),
    "const": _plain(lambda v, w: v == w, "is not"),
    "pattern": _plain(lambda v, w: not isinstance(v, str) or re.search(w, v), "does not match"),
    "minimum": _plain(lambda v, w: not _number(v) or v >= w, "is less than"),
    "maximum": _plain(lambda v, w: not _number(v) or v <= w, "is more than"),
    "minItems": _plain(lambda v, w: not isinstance(v, list) or len(v) >= w, "has fewer items than"),
    "maxItems": _plain(lambda v, w: not isinstance(v, list) or len(v) <= w, "has more items than"),
}  # fmt: skip

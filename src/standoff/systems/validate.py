"""A description against the published JSON Schema: every finding with its line.

The schema ships as `data/system.schema.json` (a copy stands in docs/reference). Only the words of
JSON Schema that it uses are known here: type, const, enum, pattern, minimum, exclusiveMinimum, required,
properties, additionalProperties, minProperties, items, minItems, $ref to $defs; another word in the
schema is refused, so that no rule is passed over in silence.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, cast

from standoff.errors import DescriptionError
from standoff.systems.lines import find_line

__all__ = ["SCHEMA_VERSION", "SystemFinding", "schema_findings", "system_schema"]

SCHEMA_VERSION = 2
Path = tuple[str | int, ...]
Rule = Mapping[str, Any]
_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,),
    "object": (dict,), "array": (list,),
}  # fmt: skip
_KNOWN = {
    "$schema", "$id", "$defs", "$ref", "title", "description", "type", "const", "enum", "pattern",
    "minimum", "exclusiveMinimum", "required", "properties", "additionalProperties",
    "minProperties", "items", "minItems",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SystemFinding:
    """Something that does not hold: where, what came, what was expected, what to do.

    `error` is false for what can be read all the same.
    """

    origin: str
    line: int
    came: str
    expected: str
    remedy: str
    error: bool = True

    @property
    def where(self) -> str:
        """File and line, as editors open them."""
        return f"{self.origin}:{self.line}"

    def failure(self) -> DescriptionError:
        """The finding as the error that refuses the file."""
        return DescriptionError(f"{self.where} {self.came}", self.expected, self.remedy)


@lru_cache(maxsize=1)
def system_schema() -> Mapping[str, Any]:
    """The JSON Schema of a description.

    >>> system_schema()["title"]
    'A deterrence system of standoff'
    """
    file = resources.files("standoff.systems") / "data" / "system.schema.json"
    return cast("Mapping[str, Any]", json.loads(file.read_text("utf-8")))


def schema_findings(raw: Mapping[str, Any], text: str, origin: str) -> tuple[SystemFinding, ...]:
    """What a parsed TOML text has against the schema, in the order of the schema.

    >>> [f.came for f in schema_findings({}, "", "mine.toml")][0]
    'without [system]'
    """
    return tuple(
        SystemFinding(origin, find_line(text, path), came, expected, remedy, error)
        for path, came, expected, remedy, error in _check(raw, system_schema(), ())
    )


Miss = tuple[Path, str, str, str, bool]
_SEE = "see docs/reference/systems.md for the format"


def _check(value: Any, rule: Rule, path: Path) -> Iterator[Miss]:
    unknown = set(rule) - _KNOWN
    if unknown:
        raise DescriptionError(
            f"the schema word {sorted(unknown)[0]}", ", ".join(sorted(_KNOWN)), "leave it out"
        )
    if "$ref" in rule:
        name = str(rule["$ref"]).removeprefix("#/$defs/")
        yield from _check(value, system_schema()["$defs"][name], path)
        return
    kind = rule.get("type")
    if kind is not None and not _is(value, kind):
        meant = rule.get("description", f"a value of type {kind}")
        yield path, f"with {_name(path)} {_short(value)}", str(meant), _SEE, True
        return
    yield from _bounds(value, rule, path)
    if isinstance(value, dict):
        yield from _object(cast("dict[str, Any]", value), rule, path)
    elif isinstance(value, list):
        items = cast("list[Any]", value)
        if len(items) < rule.get("minItems", 0):
            yield path, f"with an empty {_name(path)}", f"at least {rule['minItems']}", _SEE, True
        for i, item in enumerate(items):
            yield from _check(item, rule.get("items", {}), (*path, i))


def _is(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, _TYPES[kind])


def _bounds(value: Any, rule: Rule, path: Path) -> Iterator[Miss]:
    meant = str(rule.get("description", ""))
    came = f"with {_name(path)} {_short(value)}"
    if "const" in rule and value != rule["const"]:
        yield path, came, meant or str(rule["const"]), _SEE, True
    if "enum" in rule and value not in rule["enum"]:
        yield path, came, "one of " + ", ".join(str(v) for v in rule["enum"]), _SEE, True
    if "pattern" in rule and isinstance(value, str) and not re.search(rule["pattern"], value):
        yield path, came, meant or f"a text like {rule['pattern']}", _SEE, True
    if "minimum" in rule and value < rule["minimum"]:
        yield path, came, meant or f"at least {rule['minimum']}", "correct the number", True
    if "exclusiveMinimum" in rule and value <= rule["exclusiveMinimum"]:
        yield path, came, meant or f"above {rule['exclusiveMinimum']}", "correct the number", True


def _object(value: dict[str, Any], rule: Rule, path: Path) -> Iterator[Miss]:
    own = cast("Mapping[str, Rule]", rule.get("properties", {}))
    closed = rule.get("additionalProperties", True) is False
    strays = [_stray(key, own, path) for key in value if closed and key not in own]
    # A treaty without direction lacks its keys too: what explains them comes first.
    yield from (s for s in strays if s[-1])
    for key in rule.get("required", ()):
        if key not in value:
            meant = own.get(key, {}).get("description", "")
            name = _name((*path, key))
            expected = f"the key {key!r}: {meant}" if meant else f"the key {key!r}"
            yield (*path, key), f"without {name if path else f'[{key}]'}", expected, _SEE, True
    rest = rule.get("additionalProperties", True)
    if len(value) < rule.get("minProperties", 0):
        yield path, f"with an empty {_name(path)}", "at least one entry", _SEE, True
    for key, item in value.items():
        if key in own:
            yield from _check(item, own[key], (*path, key))
        elif isinstance(rest, dict):
            yield from _check(item, cast("Rule", rest), (*path, key))
    yield from (s for s in strays if not s[-1])


def _stray(key: str, own: Mapping[str, Rule], path: Path) -> Miss:
    """A key that nobody reads: mostly a slip of the pen, and for a treaty its missing direction."""
    if path[:1] == ("commitment",) and key in ("parties", "members", "between"):
        return (
            (*path, key), f"with a [[commitment]] of {key}, without a direction",
            "owner (who is bound) and protege (to whom)",
            "write one table for each direction", True,
        )  # fmt: skip
    near = difflib.get_close_matches(key, list(own), 1)
    remedy = f"did you mean {near[0]}?" if near else "leave it out, or write it as a comment"
    return (*path, key), f"with the unknown {_name((*path, key))}", ", ".join(own), remedy, False


def _name(path: Path) -> str:
    """`roles.protege`, or `'unit' of [[covariate]] 3`."""
    if len(path) >= 3 and isinstance(path[1], int):
        return f"{'.'.join(str(p) for p in path[2:])!r} of [[{path[0]}]] {path[1] + 1}"
    if len(path) == 2 and isinstance(path[1], int):
        return f"[[{path[0]}]] {path[1] + 1}"
    return ".".join(str(p) for p in path)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."

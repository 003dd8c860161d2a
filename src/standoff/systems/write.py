"""A system as a commented TOML file that `load_system` reads back to the same system."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import groupby
from typing import Any

from standoff.systems.origins import Absence, Covariate
from standoff.systems.system import System

__all__ = ["system_toml"]

Pairs = Iterable[tuple[str, Any]]
_ABOUT: Mapping[str, str] = {
    "candidates": "Who facts suggest for a role, the role taken here, and why. `none` was left out.",
    "territories": "The place that the question is about: control, not right; both names.",
    "reference_classes": "How often attacks came in cases like it. `default` calibrates the game.",
    "joining_rates": "How often a state came that could have come; beside the answer, not in it.",
    "published_rates": "Numbers of others, printed beside the answer.",
    "commitments": "A treaty has a direction: owner (who is bound) to protege (to whom).",
    "red_lines": "Acts that an actor has said it would not stand, and what it said would follow.",
    "rules": "Law on the use of force, with what triggers it.",
    "ceilings": "Lines that an actor has set itself.",
    "sites": "Units at a place.",
    "covariates": "Numbers of actors. `year` is that of the figure; `coverage`: year = the year that "
    "was wanted, carried = the last year of the source, holder = that of the state which holds "
    "the place, computed = from shipped outlines or counts.",
    "relations": 'Numbers of a directed pair: "RUS>UKR" is of Russia towards Ukraine.',
    "grade_rules": "Reliability of sources (Admiralty letter), first pattern that matches.",
    "fact": "Not covered: facts that a data set could hold. `stand_in` is what the game takes, where "
    "it cannot do without; fill in a [[covariate]] in its place.",
    "judgement": "Left to your judgement: nothing is assumed until you write a [[covariate]] with "
    'origin = "elicited". What the game does without each stands in docs/reference/systems.md.',
}
"""What stands above each kind of table."""
_TABLES: Mapping[str, str] = {
    "territories": "territory", "candidates": "candidate", "reference_classes": "reference_class",
    "published_rates": "published_rate", "commitments": "commitment", "red_lines": "red_line",
    "rules": "rule", "ceilings": "ceiling", "sites": "site", "grade_rules": "source_grade",
}  # fmt: skip
"""Fields of a system that are lists of records, in the order of the file, and the name of their table."""
_KEYS = {"start": "from"}
_WIDTH = 98


def system_toml(s: System, *, heading: Sequence[str] = ()) -> str:
    """The text of a description. `heading`: lines of comment at its top.

    >>> from standoff.systems import load_system, parse_system
    >>> held = load_system("west-pacific-2021")
    >>> parse_system(system_toml(held), "again") == held
    True
    """
    return "\n".join(_lines(s, heading)).rstrip("\n") + "\n"


def _lines(s: System, heading: Sequence[str]) -> Iterator[str]:
    for line in heading:
        yield from _comment(line)
    yield ""
    head = ("slug", "title", "as_of", "question", "act", "challenge", "worldview")
    yield from _table("[system]", [("schema", s.schema), *((k, getattr(s, k)) for k in head)])
    roles = ("challenger", "protege", "defenders", "supporters", "proliferators")
    yield "# Defenders in the order in which they move, patron first."
    yield from _table("[roles]", [(k, getattr(s, k)) for k in roles])
    yield from _table("[names]", s.names.items())
    yield from _records(s, "territories")
    yield from _records(s, "candidates")
    yield from _records(s, "reference_classes")
    rate = s.challenge_rate
    yield "# Demands, displays and force short of an attack, per directed dyad-year of the class."
    yield from _table(
        "[challenge_rate]",
        [("events", rate.events), ("dyad_years", rate.cases), ("source", rate.source)],
    )
    if s.joining_rates:
        yield from _comment(_ABOUT["joining_rates"])
    for r in s.joining_rates:
        pairs = [("name", r.name), ("joined", r.events), ("cases", r.cases), ("source", r.source)]
        yield from _table("[[joining_rate]]", pairs)
    for name in ("published_rates", "commitments", "red_lines", "rules", "ceilings", "sites"):
        yield from _records(s, name)
    yield from _covariates(s)
    yield from _relations(s)
    for kind in Absence:
        found = [a for a in s.absent if a.kind is kind]
        if found:
            yield from _comment(_ABOUT[kind.value])
        for gap in found:
            yield from _table("[[absent]]", _pairs_of(gap))
    yield from _records(s, "grade_rules")


def _records(s: System, name: str) -> Iterator[str]:
    found: Sequence[Any] = getattr(s, name)
    if found:
        yield from _comment(_ABOUT[name])
    for record in found:
        yield from _table(f"[[{_TABLES[name]}]]", _pairs_of(record))


def _pairs_of(record: Any) -> list[tuple[str, Any]]:
    """The fields of a record that hold something, under the names of the file."""
    pairs = [(_KEYS.get(f.name, f.name), getattr(record, f.name)) for f in fields(record)]
    kept = [(k, v) for k, v in pairs if v is not None and v != "" and v is not False]
    # A published rate has counts in memory that its table does not know.
    return [(k, v) for k, v in kept if k not in ("events", "cases")]


def _covariates(s: System) -> Iterator[str]:
    stand_ins = {(a.name, k) for a in s.absent if a.stand_in is not None for k in a.actors}
    held = [c for c in s.covariates if not _stands_in(c, stand_ins)]
    if held:
        yield from _comment(_ABOUT["covariates"])
    for (name, unit, source, origin, year, cover), group in groupby(held, key=_shared):
        items = list(group)
        differ = {c.actor: c.reference for c in items if c.reference != c.value}
        pairs: list[tuple[str, Any]] = [
            ("name", name), ("unit", unit), ("source", source), ("origin", origin.value),
            ("year", year), ("coverage", cover), ("values", {c.actor: c.value for c in items}),
            ("references", differ or None),
        ]  # fmt: skip
        yield from _table("[[covariate]]", [(k, v) for k, v in pairs if v is not None])


def _relations(s: System) -> Iterator[str]:
    if s.relations:
        yield from _comment(_ABOUT["relations"])
    for (name, unit, source, year, cover), group in groupby(
        s.relations, key=lambda r: (r.name, r.unit, r.source, r.year, r.coverage)
    ):
        values = {f"{r.actor}>{r.towards}": r.value for r in group}
        pairs = [("name", name), ("unit", unit), ("source", source), ("year", year),
                 ("coverage", cover), ("values", values)]  # fmt: skip
        yield from _table("[[relation]]", [(k, v) for k, v in pairs if v is not None])


def _stands_in(c: Covariate, stand_ins: set[tuple[str, str]]) -> bool:
    return (c.name, c.actor) in stand_ins and c.source.startswith("absent: ")


def _shared(c: Covariate) -> tuple[Any, ...]:
    return c.name, c.unit, c.source, c.origin, c.year, c.coverage


def _table(header: str, pairs: Pairs) -> list[str]:
    return [header, *(f"{key} = {_value(value)}" for key, value in pairs), ""]


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        items: Mapping[str, Any] = value  # pyright: ignore[reportUnknownVariableType]
        return "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in items.items()) + " }"
    if isinstance(value, list | tuple):
        parts = [_value(v) for v in value]  # pyright: ignore[reportUnknownVariableType]
        line = "[" + ", ".join(parts) + "]"
        return line if len(line) <= _WIDTH else "[\n" + "".join(f"  {p},\n" for p in parts) + "]"
    if isinstance(value, bool | int | float | str):
        # Strings, numbers and booleans of JSON are those of TOML, but for one character.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return json.dumps(value.isoformat())


def _key(name: str) -> str:
    """A key as it may stand bare, or in quotation marks."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name)


def _comment(text: str) -> Iterator[str]:
    """A comment of lines of at most the width."""
    line = "#"
    for word in re.sub(r"\s+", " ", text).split(" "):
        if len(line) + 1 + len(word) > _WIDTH:
            yield line
            line = "#"
        line += f" {word}"
    yield line

"""The ontology file as records: what may be written in each field, its meaning and its example.

One file serves the codebook, the schema that an LLM coder must fill, and the tests. It is checked
against the vocabulary of `standoff.terms` when it is loaded, so that neither can drift.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast

from standoff.errors import DescriptionError
from standoff.terms import (
    Channel,
    Cost,
    DateBasis,
    ExtensionEvent,
    Officialness,
    PloverEvent,
    Status,
    Valence,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One code. `coded` is False where the default coder has no rule for it; `score` is PLOVER's."""

    code: str
    meaning: str
    example: str
    coded: bool = True
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One PLOVER event with its modes. `quad`: 1 verbal and 2 material cooperation, 3 verbal and 4
    material conflict, 0 for NONE; `recipient` says that PLOVER requires one.
    """

    entry: Entry
    quad: int
    recipient: bool
    modes: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a signal with the values it may have."""

    name: str
    meaning: str
    values: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Ontology:
    """Everything that a coder may write."""

    events: tuple[Event, ...]
    extensions: tuple[Entry, ...]
    fields: tuple[Field, ...]
    contexts: tuple[str, ...]
    sectors: tuple[tuple[str, str], ...]

    def field(self, name: str) -> Field:
        """A field by its name. Raises `KeyError`."""
        return {f.name: f for f in self.fields}[name]

    def modes(self, event: str) -> tuple[str, ...]:
        """The modes of an event, in the order of the file."""
        return tuple(m.code for e in self.events if e.entry.code == event for m in e.modes)


ENUMS: dict[str, type[StrEnum]] = {
    "channel": Channel,
    "status": Status,
    "officialness": Officialness,
    "cost": Cost,
    "valence": Valence,
    "date_basis": DateBasis,
}


@lru_cache(maxsize=1)
def load_ontology() -> Ontology:
    """The ontology that ships. Raises `DescriptionError` if it does not match the vocabulary.

    >>> load_ontology().modes("CONSULT")
    ('visit', 'third-party', 'multilateral', 'phone')
    """
    raw = tomllib.loads(
        files("standoff.read").joinpath("codebook/ontology.toml").read_text("utf-8")
    )
    events = tuple(
        Event(
            _entry(e),
            int(e["quad"]),
            bool(e["recipient"]),
            tuple(_entry(m) for m in _list(e, "mode")),
        )
        for e in _list(raw, "event")
    )
    fields = tuple(
        Field(str(f["name"]), str(f["meaning"]), tuple(_entry(v) for v in _list(f, "value")))
        for f in _list(raw, "field")
    )
    ontology = Ontology(
        events,
        tuple(_entry(e) for e in _list(raw, "extension")),
        fields,
        tuple(str(raw["contexts"]["codes"]).split()),
        tuple((str(k), str(v)) for k, v in raw["sectors"].items()),
    )
    _check(ontology)
    return ontology


def _list(table: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", table.get(name, []))


def _entry(table: dict[str, Any]) -> Entry:
    score = table.get("score")
    return Entry(
        str(table["code"]), str(table["meaning"]), str(table["example"]), bool(table.get("coded", True)),
        None if score is None else float(score),
    )  # fmt: skip


def _check(ontology: Ontology) -> None:
    """Each list of codes is exactly the enum of the vocabulary, in its order."""
    lists: list[tuple[str, list[str], list[str]]] = [
        ("event", [e.entry.code for e in ontology.events], [e.value for e in PloverEvent]),
        ("extension", [e.code for e in ontology.extensions], [e.value for e in ExtensionEvent]),
    ]
    for name, enum in ENUMS.items():
        lists.append((name, [v.code for v in ontology.field(name).values], [v.value for v in enum]))
    for name, got, wanted in lists:
        if got != wanted:
            raise DescriptionError(
                f"ontology.toml: {name} {sorted(set(got) ^ set(wanted)) or got}",
                f"the codes of standoff.terms: {wanted}",
                "change both together",
            )

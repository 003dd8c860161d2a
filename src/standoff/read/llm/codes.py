"""The codes as one request shows them: in which order, and under which labels.

Plainly they are those of the codebook. For a probe they stand in another order or under labels
that mean nothing, so that what a model knows by heart of PLOVER can be told from what it reads.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from standoff.read.codebook import Entry, load_ontology

FIELDS = ("channel", "status", "officialness", "cost", "valence")
_WORD = re.compile(r"`([^`]+)`|\b([A-Z][A-Z_]{2,})\b")


class Probe(StrEnum):
    """What is changed for a probe: an answer that rests on the text and the codebook survives it."""

    RELABELLED = "relabelled"
    REORDERED = "reordered"
    SWAPPED = "swapped"


@dataclass(frozen=True, slots=True)
class Code:
    """One code with the label under which it is shown. `parent` is the event of a mode."""

    label: str
    code: str
    meaning: str
    example: str
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes of every field, in the order shown: event (with modes), extension, and the rest."""

    fields: Mapping[str, tuple[Code, ...]]

    def labels(self, field: str) -> list[str]:
        """What may be written in a field.

        >>> plain_codes().labels("event")[:3]
        ['AGREE', 'CONSULT', 'CONSULT.visit']
        """
        return [c.label for c in self.fields[field]]

    def code(self, field: str, label: object) -> str | None:
        """The code behind a label, None where the field has no such label."""
        return next((c.code for c in self.fields[field] if c.label == label), None)

    def shown(self, text: str) -> str:
        """A text with its codes under their labels: those in backticks, and those in capitals.

        >>> codes_for(Probe.RELABELLED).shown("`THREATEN`, not AGREE, and `done`")
        'E11, not E1, and S1'
        """
        return _WORD.sub(lambda m: self._label(m[1] or m[2]), text)

    def _label(self, word: str) -> str:
        found = (c.label for codes in self.fields.values() for c in codes if c.code == word)
        return next(found, word)


@lru_cache(maxsize=1)
def plain_codes() -> Codes:
    """The codes of the codebook, in its order. A mode stands behind its event: THREATEN.violence."""
    ontology = load_ontology()
    events: list[Code] = []
    for event in ontology.events:
        name = event.entry.code
        events.append(_code(event.entry))
        for mode in event.modes:
            full = f"{name}.{mode.code}"
            events.append(Code(full, full, mode.meaning, mode.example, name))
    fields = {f: tuple(map(_code, ontology.field(f).values)) for f in FIELDS}
    extensions = tuple(map(_code, ontology.extensions))
    return Codes({"event": tuple(events), "extension": extensions, **fields})


def codes_for(probe: Probe | None) -> Codes:
    """The codes as a probe shows them. A swap of countries leaves them alone."""
    plain = plain_codes()
    if probe is Probe.REORDERED:
        return Codes({f: _turned(codes) for f, codes in plain.fields.items()})
    if probe is Probe.RELABELLED:
        letters = dict(zip(plain.fields, "EXCSOKV", strict=True))
        return Codes({f: _numbered(codes, letters[f]) for f, codes in plain.fields.items()})
    return plain


def _code(entry: Entry) -> Code:
    return Code(entry.code, entry.code, entry.meaning, entry.example)


def _turned(codes: Sequence[Code]) -> tuple[Code, ...]:
    """The last first; the modes of an event stay behind it."""
    groups: dict[str, list[Code]] = {}
    for c in codes:
        groups.setdefault(c.parent or c.code, []).append(c)
    return tuple(c for group in reversed(groups.values()) for c in (group[0], *reversed(group[1:])))


def _numbered(codes: Sequence[Code], letter: str) -> tuple[Code, ...]:
    """E1, E2, and for modes E2.1: labels that say nothing."""
    out: list[Code] = []
    labels: dict[str, str] = {}
    within: dict[str, int] = {}
    for c in codes:
        if c.parent:
            within[c.parent] = within.get(c.parent, 0) + 1
            label = f"{labels[c.parent]}.{within[c.parent]}"
        else:
            label = labels[c.code] = f"{letter}{len(labels) + 1}"
        out.append(Code(label, c.code, c.meaning, c.example, c.parent))
    return tuple(out)

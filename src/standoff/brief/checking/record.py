"""What checking a brief gives: its items, and what is wrong with them, most serious first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any

from standoff.read import SourceText


class Rank(IntEnum):
    """How serious a finding is; lower is more serious."""

    WRONG = 1
    DOUBTFUL = 2
    UNSOURCED = 3
    FORM = 4

    @property
    def words(self) -> str:
        """The heading under which findings of this rank are printed."""
        return {
            1: "cannot all be right",
            2: "to be looked at",
            3: "hangs on no source",
            4: "form",
        }[self.value]


@dataclass(frozen=True, slots=True)
class BriefItem:
    """A number, name, date, likelihood, level of confidence or quotation of the text.

    Attributes:
        kind: ``number``, ``probability``, ``name``, ``date``, ``likelihood``, ``vague``,
            ``confidence`` or ``quotation``.
        start, end: code points of the text.
        detail: what it was read as: a unit, a code, an interval of days, a band.
    """

    kind: str
    start: int
    end: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or open, at its place, with the reason.

    Attributes:
        rank: how serious.
        kind: ``claim``, ``sum``, ``horizon``, ``band``, ``complement``, ``quotation``, ``source``,
            ``confidence`` or ``time``.
        start, end: code points of the text.
        quote: the words at that place.
        why: a sentence with the arithmetic filled in.
        place: page or paragraph of the file; may be empty.
    """

    rank: Rank
    kind: str
    start: int
    end: int
    quote: str
    why: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class BriefCheck:
    """A brief that was checked.

    Attributes:
        name: of the file.
        source: its text, with the way back to pages.
        published: the day that dates without a year, offices and ages are held against.
        published_from: where that day comes from.
        items: in the order of the text.
        findings: the most serious first, then in the order of the text.
        documents: how many documents of a dossier quotations and numbers were held against.
        notes: sentences for the reader.
    """

    name: str
    source: SourceText
    published: date
    published_from: str
    items: tuple[BriefItem, ...]
    findings: tuple[Finding, ...]
    documents: int = 0
    notes: tuple[str, ...] = ()

    def count(self, kind: str) -> int:
        """How many items of a kind."""
        return sum(item.kind == kind for item in self.items)

    def different(self, kind: str) -> int:
        """How many different things the items of a kind stand for."""
        return len({item.detail for item in self.items if item.kind == kind})

    def of(self, rank: Rank) -> tuple[Finding, ...]:
        """The findings of one rank."""
        return tuple(f for f in self.findings if f.rank is rank)

    def record(self) -> dict[str, Any]:
        """As plain values, for JSON."""
        text = self.source.text
        return {
            "name": self.name,
            "published": self.published.isoformat(),
            "published_from": self.published_from,
            "documents": self.documents,
            "notes": list(self.notes),
            "counts": {kind: self.count(kind) for kind in KINDS},
            "findings": [
                {
                    "seriousness": f.rank.name.lower(),
                    "kind": f.kind,
                    "place": f.place,
                    "start": f.start,
                    "end": f.end,
                    "quote": f.quote,
                    "why": f.why,
                }
                for f in self.findings
            ],
            "items": [
                {
                    "kind": i.kind,
                    "start": i.start,
                    "end": i.end,
                    "quote": text[i.start : i.end],
                    "detail": i.detail,
                }
                for i in self.items
            ],
        }


KINDS = (
    "number",
    "probability",
    "likelihood",
    "vague",
    "confidence",
    "name",
    "date",
    "quotation",
)

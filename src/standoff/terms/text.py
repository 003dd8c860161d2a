"""Spans, documents and the people and places named in them.

Offsets are Unicode code points into the untouched text, half open.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from standoff.errors import SpanMismatch


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text with the words it holds.

    >>> Span(0, 5, "Japan").check("Japan said so.")
    Span(start=0, end=5, quote='Japan')
    """

    start: int
    end: int
    quote: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span of `text` from `start` to `end`."""
        return cls(start, end, text[start:end])

    def check(self, text: str) -> Span:
        """Return self if `text[start:end] == quote`, else raise `SpanMismatch`."""
        found = text[self.start : self.end] if 0 <= self.start <= self.end else ""
        if found != self.quote or not 0 <= self.start < self.end <= len(text):
            raise SpanMismatch(
                f"{self.quote[:60]!r} at {self.start}-{self.end}",
                f"the words that stand there ({found[:60]!r}), in code points, half open",
                "recompute the offsets on the untouched text",
            )
        return self

    def overlaps(self, other: Span) -> bool:
        """True if the two share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Document:
    """One text as it came, with what is known about where it came from.

    `sha256` is of the exact bytes; `text` was decoded once with `encoding` and is never
    normalised. `boilerplate` holds what was set aside (navigation, source tails, debris).
    """

    sha256: str
    text: str
    title: str
    source: str
    published: date
    encoding: str = "utf-8"
    boilerplate: tuple[Span, ...] = ()

    @classmethod
    def from_text(cls, text: str, *, title: str, source: str, published: date) -> Document:
        """A document from decoded text.

        >>> d = Document.from_text("A.", title="a", source="s", published=date(2021, 8, 13))
        >>> d.sha256[:8]
        'e5365717'
        """
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return cls(digest, text, title, source, published)


@dataclass(frozen=True, slots=True)
class Party:
    """Who acts or is acted upon.

    `actor` is ISO 3166-1 alpha-3, or `IGO` (with `organisation`), `MULTI` (an unnamed group of
    states) or `XXX` (unknown or non-state). `sector` is PLOVER's: GOV MIL LEG JUD PTY MED ...
    """

    actor: str
    sector: str | None = None
    person: str | None = None
    office: str | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A party named in the text. `near` is set when the name is a near miss of a known one.

    `since` and `until` are the days between which the name means this, of a person those of the
    office; `None` where the tables know no bound.
    """

    span: Span
    party: Party
    kind: str
    near: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in the text; `actor` is who controls it, where the gazetteer knows."""

    span: Span
    name: str
    actor: str | None = None
    latitude: float | None = None
    longitude: float | None = None

"""What the pages show: a text with its marks, and templates filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import jinja2

from standoff.terms import Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the handles of everything that is marked there."""

    text: str
    handles: tuple[str, ...] = ()


def marked(text: str, marks: Sequence[tuple[str, Span]]) -> tuple[Piece, ...]:
    """Cut a text at the ends of its marks; overlapping marks share pieces.

    >>> [(p.text, p.handles) for p in marked("abcd", [("S-001", Span(1, 3, "bc"))])]
    [('a', ()), ('bc', ('S-001',)), ('d', ())]
    """
    edges = sorted({0, len(text), *(e for _, s in marks for e in (s.start, s.end))})
    pieces: list[Piece] = []
    for start, end in pairwise(edges):
        handles = tuple(h for h, s in marks if s.start < end and s.end > start)
        pieces.append(Piece(text[start:end], handles))
    return tuple(pieces)


def render(template: str, **values: Any) -> str:
    """Fill a template of this room in. Text from reports is escaped."""
    return _ENVIRONMENT.get_template(template).render(**values)


_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.PackageLoader("standoff.web", "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

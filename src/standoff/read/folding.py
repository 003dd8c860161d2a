"""A plain view of a text for reading, and everything found there put back where it stands.

The same words come in many forms: "Kōno" with a separate macron, "oﬃce" with a ligature, a no-break
space or a line end inside "North Korea", characters without width inside a name. What is read is a
view in one plain form; every span of the report is then moved back to the untouched text, so that
`text[start:end] == quote` holds there.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from standoff.terms import Document, Report, Span

T = TypeVar("T")

# One alternative per kind of change, so that plain text is passed over by one search.
_CHANGED = re.compile(
    "(?P<drop>[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+)"
    # A space between digits may group them ("100 000"); quantities tell which.
    "|(?P<space>(?<!\\d)[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
    "|[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000](?!\\d))"
    "|(?P<hyphen>[\u2010\u2011])"
    # Unicode's presentation forms of Latin letters that print as one glyph.
    "|(?P<ligature>[\ufb00-\ufb06])"
    # A letter with marks of its own, or a syllable of Hangul in its parts.
    "|(?P<marked>[^\\W_][\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\ufe20-\ufe2f]+"
    "|[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?)"
)
_GAP = re.compile(r"(?<=\w)[ \t]*(?:\t|\r?\n| (?= ))[ \t]*(?=\w)")
"""Space inside a line or over one line end that is more than one plain space."""

Crosses = Callable[[str, int, int], bool]
"""Whether a known name lies across `start:end` of a text."""


@dataclass(frozen=True, slots=True)
class Folded:
    """The plain view with, for each of its characters, where it begins and ends in the original."""

    text: str
    starts: array[int]
    ends: array[int]

    def back(self, span: Span, original: str) -> Span:
        """The span of the original that a span of the view stands for."""
        if span.start >= span.end:
            at = self.starts[span.start] if span.start < len(self.starts) else len(original)
            return Span(at, at, "")
        return Span.of(original, self.starts[span.start], self.ends[span.end - 1])


def fold(text: str, crosses: Crosses | None = None) -> Folded | None:
    """The plain view of a text, or None where the text is plain already.

    `crosses` tells where a name goes on over a tab, several spaces or a line end: the gap is then
    one space of the view.

    >>> view = fold("The o\\ufb03ce in Ko\\u0304be")
    >>> view.text, view.back(Span.of(view.text, 14, 18), "The o\\ufb03ce in Ko\\u0304be").end
    ('The office in Kōbe', 17)
    >>> fold("Japan protested.") is None
    True
    """
    cuts = [(m.start(), m.end(), _plain(m)) for m in _CHANGED.finditer(text)]
    folded = _apply(text, cuts) if cuts else None
    if crosses is None:
        return folded
    view = folded.text if folded else text
    gaps = [
        (m.start(), m.end(), " ") for m in _GAP.finditer(view) if crosses(view, m.start(), m.end())
    ]
    if not gaps:
        return folded
    joined = _apply(view, gaps)
    if folded is None:
        return joined
    return Folded(
        joined.text,
        array("I", (folded.starts[i] for i in joined.starts)),
        array("I", (folded.ends[i - 1] for i in joined.ends)),
    )


def _plain(match: re.Match[str]) -> str:
    match match.lastgroup:
        case "drop":
            return ""
        case "space":
            return " "
        case "hyphen":
            return "-"
        case "ligature":
            return unicodedata.normalize("NFKC", match.group())
        case _:
            return unicodedata.normalize("NFC", match.group())


def _apply(text: str, cuts: list[tuple[int, int, str]]) -> Folded:
    """The text with each `start:end` replaced, and where every character came from."""
    pieces: list[str] = []
    starts, ends = array("I"), array("I")
    at = 0
    for start, end, new in (*cuts, (len(text), len(text), "")):
        pieces += [text[at:start], new]
        starts.extend((*range(at, start), *([start] * len(new))))
        ends.extend((*range(at + 1, start + 1), *([end] * len(new))))
        at = end
    return Folded("".join(pieces), starts, ends)


def unfold(report: Report, folded: Folded, text: str, document: Document) -> Report:
    """The report of a view as one of the original `text`: every span moved back.

    `document` is that of the original; the blocks set aside are moved into it.
    """
    aside = tuple(folded.back(s, text) for s in report.document.boilerplate)
    moved = replace(report, document=replace(document, boilerplate=()))
    return replace(_moved(moved, folded, text), document=replace(document, boilerplate=aside))


def _moved(value: T, folded: Folded, text: str) -> T:
    """The value with every `Span` in it moved back; records that hold none stay as they are."""
    if isinstance(value, Span):
        return cast("T", folded.back(value, text))
    if isinstance(value, tuple):
        items = cast("tuple[Any, ...]", value)
        new = tuple(_moved(item, folded, text) for item in items)
        changed_any = any(a is not b for a, b in zip(items, new, strict=True))
        return cast("T", new if changed_any else items)
    if is_dataclass(value) and not isinstance(value, (type, Document)):
        changed = {
            f.name: new
            for f in fields(value)
            if (new := _moved(old := getattr(value, f.name), folded, text)) is not old
        }
        return replace(value, **changed) if changed else value
    return value

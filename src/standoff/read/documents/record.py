"""What a file gives: its text, and marks that lead from an offset back to a page or paragraph."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Mark:
    """From `start` on, the text comes from `place` ("page 3", "paragraph 12", "item 2")."""

    start: int
    place: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """One text taken out of a file.

    `text` is what is read and what offsets point into; for .txt and .md it is the whole file,
    for other kinds it is what the file says without its layout. `encoding` is the encoding of the
    bytes, `sha256` the digest of the bytes of the file. `notes` are sentences for the reader.
    `undated` holds the words of a day of publication that could not be read.
    """

    text: str
    kind: str
    encoding: str
    sha256: str
    title: str = ""
    link: str = ""
    published: date | None = None
    marks: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = ()
    undated: str = ""

    def where(self, offset: int) -> str:
        """The page or paragraph that holds `offset`, "" if the kind has none.

        >>> marks = (Mark(0, "page 1"), Mark(3, "page 2"))
        >>> source = SourceText("ab cd", "pdf", "utf-8", "", marks=marks)
        >>> source.where(4)
        'page 2'
        """
        at = bisect_right(self.marks, offset, key=lambda mark: mark.start)
        return self.marks[at - 1].place if at else ""


def joined(parts: list[tuple[str, str]], gap: str = "\n\n") -> tuple[str, tuple[Mark, ...]]:
    """Texts with their places joined into one text with marks; empty texts fall away.

    >>> joined([("page 1", "One."), ("page 2", " "), ("page 3", "Three.")])
    ('One.\\n\\nThree.', (Mark(start=0, place='page 1'), Mark(start=6, place='page 3')))
    """
    pieces: list[str] = []
    marks: list[Mark] = []
    at = 0
    for place, text in parts:
        text = text.strip()
        if not text:
            continue
        if pieces:
            at += len(gap)
        marks.append(Mark(at, place))
        pieces.append(text)
        at += len(text)
    return gap.join(pieces), tuple(marks)

"""Sentences and list items of a text, with their places; line ends inside a paragraph are no ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

_BLOCK = re.compile(r"\n[ \t]*\n")
_ITEM = re.compile(r"[ \t]*(?:[-*+•–—▪◦·●■►]\s+|\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[.)]\s+|\|)")
_HEAD = re.compile(r"[ \t]*#{1,6}\s")
_STOP = re.compile(r"[.!?:][\"”’)\]\d]*\s*$")
_SHORT = (
    r"(?<!\bU\.S)(?<!\bU\.N)(?<!\bU\.K)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bGen)(?<!\bLt)"
    r"(?<!\bCol)(?<!\bAdm)(?<!\bSen)(?<!\bRep)(?<!\bGov)(?<!\bProf)(?<!\bSt)(?<!\bNo)(?<!\bvs)"
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bcf)(?<!\bpp)(?<!\bJr)(?<!\b[A-Z])"
)
_END = re.compile(_SHORT + r"[.!?][\"”’')\]]*(?:\[\d{1,3}\]|\d{1,3})?\s+(?=[A-Z“\"‘'(\[•])")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, a heading, or the sentence of a list item or table row.

    `item` tells that it begins a list item or a row; `block` numbers the paragraph or list entry.
    """

    start: int
    end: int
    item: bool
    block: int


def split_units(text: str) -> tuple[Unit, ...]:
    """The sentences of a text.

    >>> text = "War is unlikely. It may\\ncome.\\n\\n- Peace: 60%\\n- War: 40%"
    >>> [(text[u.start : u.end], u.item) for u in split_units(text)]
    [('War is unlikely.', False), ('It may\\ncome.', False), ('- Peace: 60%', True), ('- War: 40%', True)]
    """
    found: list[Unit] = []
    for number, (start, end, item) in enumerate(_entries(text)):
        at = start
        marker = _ITEM.match(text, start, end) if item else None
        for stop in _END.finditer(text, marker.end() if marker else start, end):
            found.append(Unit(at, _trim(text, at, stop.end()), item and at == start, number))
            at = stop.end()
        if text[at:end].strip():
            found.append(Unit(at, _trim(text, at, end), item and at == start, number))
    return tuple(found)


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _entries(text: str) -> Iterator[tuple[int, int, bool]]:
    """Paragraphs, list items, rows and headings: start, end, whether it is an item or a row."""
    at = 0
    for gap in (*_BLOCK.finditer(text), None):
        end = gap.start() if gap else len(text)
        yield from _lines(text, at, end)
        at = gap.end() if gap else end


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """The entries of one block: an item, a row or a heading begins one, a short last line ends one."""
    full = _full_line(text, start, end)
    first, item = start, _is_item(text, start, end)
    begun = start
    ends = bool(_HEAD.match(text, start, end))
    at = text.find("\n", start, end)
    while at != -1:
        opens = _is_item(text, at + 1, end)
        ends = ends or (at - begun < 0.8 * full and bool(_STOP.search(text, begun, at)))
        if opens or ends or _HEAD.match(text, at + 1, end):
            if text[first:at].strip():
                yield _skip(text, first, at), at, item
            first, item = at + 1, opens
        begun = at + 1
        ends = bool(_HEAD.match(text, begun, end))
        at = text.find("\n", at + 1, end)
    if text[first:end].strip():
        yield _skip(text, first, end), end, item


def _full_line(text: str, start: int, end: int) -> float:
    """The usual length of a line where a block is set in lines, as a page of a PDF is; else 0.

    A PDF has no blank lines between paragraphs: the last line of a paragraph is a short one.
    """
    lengths = [len(line) for line in text[start:end].split("\n")]
    usual = median(lengths)
    return usual if len(lengths) >= 8 and usual >= 40 else 0.0


def _skip(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _is_item(text: str, start: int, end: int) -> bool:
    stop = text.find("\n", start, end)
    line = text[start : stop if stop != -1 else end]
    return bool(_ITEM.match(line)) or "\t" in line.strip()

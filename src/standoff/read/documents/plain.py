"""Plain text and Markdown: the text is the file; paragraphs are counted from empty lines."""

from __future__ import annotations

import re
from datetime import date

from standoff.read.documents.decode import decode_bytes
from standoff.read.documents.record import Mark, SourceText

PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
HEADING = re.compile(r"\A\s{0,3}#\s+(\S[^\n]{0,300})")
FRONT = re.compile(r"\A---\n((?:[^\n]{0,2000}\n){1,200}?)---\n")


def read_plain(data: bytes, name: str, kind: str, digest: str) -> SourceText:
    """A .txt or .md file. For Markdown the title is the first heading or that of the front matter.

    >>> read_plain(b"# A title\\n\\nBody.", "x.md", "md", "").title
    'A title'
    """
    decoded = decode_bytes(data, name)
    text = decoded.text
    marks = tuple(
        Mark(match.start(), f"paragraph {n}")
        for n, match in enumerate(PARAGRAPH.finditer(text), start=1)
    )
    title, published = "", None
    if kind == "md":
        front = FRONT.match(text)
        fields = _fields(front[1]) if front else {}
        heading = HEADING.match(text, front.end() if front else 0)
        title = fields.get("title", "") or (heading[1].strip() if heading else "")
        published = _day(fields.get("date", ""))
    return SourceText(
        text, kind, decoded.encoding, digest, title=title, published=published, marks=marks,
        notes=decoded.notes,
    )  # fmt: skip


def _fields(block: str) -> dict[str, str]:
    """`key: value` lines of the front matter; nothing nested is read."""
    found: dict[str, str] = {}
    for line in block.splitlines():
        key, mark, value = line.partition(":")
        if mark and key.strip().isidentifier():
            found[key.strip().lower()] = value.strip().strip("\"'")
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None

"""DOCX: paragraphs and table rows in the order of the document, each with its number."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from standoff.errors import EmptyText, UnreadableFile
from standoff.read.documents.extras import missing
from standoff.read.documents.record import SourceText, joined

MOST_UNPACKED = 200_000_000
"""Bytes of all parts, pictures included."""
MOST_TAGS = 2_000_000
"""Tags of all parts: each costs 200 bytes of memory; a text of 1,800 pages has a third of that."""


def read_docx(data: bytes, name: str, digest: str) -> SourceText:
    """A DOCX file through python-docx. A table row is one paragraph, its cells joined by tabs."""
    try:
        import docx
    except ImportError as error:
        raise missing("python-docx", "DOCX") from error
    _refuse_bomb(data, name)
    try:
        document: Any = docx.Document(io.BytesIO(data))
        parts: list[tuple[str, str]] = []
        paragraph = table = 0
        for block in _blocks(document.element.body):
            if block.tag == f"{W}tbl":
                table += 1
                parts += [
                    (f"table {table} row {n}", row) for n, row in enumerate(_rows(block), start=1)
                ]
            else:
                paragraph += 1
                parts.append((f"paragraph {paragraph}", _words(block)))
        tracked = next(document.element.body.iter(*_TRACKED), None) is not None
        about: Any = document.core_properties
        title, made = str(about.title or ""), about.created
    except (ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile, OSError,
            SyntaxError) as error:  # fmt: skip
        raise UnreadableFile(
            f"{name}: a DOCX that cannot be parsed ({type(error).__name__})",
            "a whole DOCX file",
            "open it and save it again",
        ) from error
    text, marks = joined(parts)
    if not text.strip():
        raise EmptyText(
            f"{name}: a document without any words", "a report to read", "check the file"
        )
    published: date | None = made.date() if isinstance(made, datetime) else None
    notes = (
        ("the file holds tracked changes: what was inserted is read, what was deleted is not",)
        if tracked
        else ()
    )
    return SourceText(
        text, "docx", "utf-8", digest, title=title, published=published, marks=marks, notes=notes
    )


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TRACKED = tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
# Deleted and moved text, other forms of what stands beside it, and the text of drawings.
_LEFT_OUT = frozenset(
    (f"{W}del", f"{W}moveFrom", f"{W}txbxContent",
     "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
)  # fmt: skip
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables in order, also those inside content controls and tracked insertions."""
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag not in _LEFT_OUT:
            yield from _blocks(child)


def _words(paragraph: Any) -> str:
    """The text of a paragraph as it stands with every tracked change accepted, hidden runs left out."""
    pieces: list[str] = []
    for child in paragraph:
        if child.tag == f"{W}t":
            pieces.append(child.text or "")
        elif child.tag in _SIGNS:
            pieces.append(_SIGNS[child.tag])
        elif child.tag not in _LEFT_OUT and not _hidden(child) and not _is_properties(child):
            pieces.append(_words(child))
    return "".join(pieces)


def _hidden(run: Any) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish") if run.tag == f"{W}r" else None
    return mark is not None and mark.get(f"{W}val") not in ("0", "false", "off")


def _is_properties(element: Any) -> bool:
    # "w:tabs" in the properties of a paragraph holds tab stops, which are no text.
    return element.tag in (f"{W}pPr", f"{W}rPr")


def _rows(table: Any) -> list[str]:
    """The rows of a table, cells joined by tabs; cells merged over rows come once."""
    rows: list[str] = []
    for row in table.iter(f"{W}tr"):
        cells = [
            " ".join(" ".join(_words(p) for p in cell.iter(f"{W}p")).split())
            for cell in row.iter(f"{W}tc")
            if not _continued(cell)
        ]
        rows.append("\t".join(cells))
    return rows


def _continued(cell: Any) -> bool:
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    return merged is not None and merged.get(f"{W}val") in (None, "continue")


def _refuse_bomb(data: bytes, name: str) -> None:
    """Raise `UnreadableFile` for what would need far more memory than the file shows."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            total = sum(item.file_size for item in archive.infolist())
            tags = sum(
                _tags(archive, item) for item in archive.infolist() if _is_xml(item.filename)
            ) if total <= MOST_UNPACKED else 0  # fmt: skip
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError,
            NotImplementedError) as error:  # fmt: skip
        raise UnreadableFile(
            f"{name}: a broken archive", "a whole DOCX file", "save it again"
        ) from error
    for came, most in (
        (f"{total:,} bytes when unpacked", MOST_UNPACKED) if total > MOST_UNPACKED else ("", 0),
        (f"more than {MOST_TAGS:,} tags", MOST_TAGS) if tags > MOST_TAGS else ("", 0),
    ):
        if came:
            raise UnreadableFile(f"{name}: {came}", f"at most {most:,}", "save it as text")


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _tags(archive: zipfile.ZipFile, item: zipfile.ZipInfo) -> int:
    """How many tags a part has, counted piece by piece: the tree of all would be the bomb."""
    count = 0
    with archive.open(item) as part:
        while count <= MOST_TAGS and (piece := part.read(1 << 20)):
            count += piece.count(b"<")
    return count

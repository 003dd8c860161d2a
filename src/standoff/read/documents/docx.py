"""DOCX: paragraphs and table rows in the order of the document, each with its number."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

from standoff.errors import EmptyText, UnreadableFile
from standoff.read.documents.extras import missing
from standoff.read.documents.record import SourceText, joined

MOST_UNPACKED = 400_000_000


def read_docx(data: bytes, name: str, digest: str) -> SourceText:
    """A DOCX file through python-docx. A table row is one paragraph, its cells joined by tabs."""
    try:
        import docx
        from docx.table import Table
    except ImportError as error:
        raise missing("python-docx", "DOCX") from error
    _refuse_bomb(data, name)
    try:
        document: Any = docx.Document(io.BytesIO(data))
        parts: list[tuple[str, str]] = []
        paragraph = table = 0
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                table += 1
                parts += [
                    (f"table {table} row {n}", row) for n, row in enumerate(_rows(block), start=1)
                ]
            else:
                paragraph += 1
                parts.append((f"paragraph {paragraph}", str(block.text)))
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
    return SourceText(text, "docx", "utf-8", digest, title=title, published=published, marks=marks)


def _rows(table: Any) -> list[str]:
    rows: list[str] = []
    for row in table.rows:
        cells: list[str] = []
        for cell in row.cells:
            text = " ".join(str(cell.text).split())
            if not cells or cells[-1] != text:  # merged cells come once for each column
                cells.append(text)
        rows.append("\t".join(cells))
    return rows


def _refuse_bomb(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            total = sum(item.file_size for item in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableFile(
            f"{name}: a broken archive", "a whole DOCX file", "save it again"
        ) from error
    if total > MOST_UNPACKED:
        raise UnreadableFile(
            f"{name}: {total:,} bytes when unpacked",
            f"at most {MOST_UNPACKED:,}",
            "save it as text",
        )

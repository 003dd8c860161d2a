"""PDF: the text of each page in reading order, as far as the file says what that is."""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from typing import Any

from standoff.errors import EmptyText, UnreadableFile
from standoff.read.documents.extras import missing
from standoff.read.documents.record import SourceText, joined

MOST_PAGES = 5_000
HYPHEN = re.compile(r"(?<=[a-z])[-\u00ad]\n(?=[a-z])")


def read_pdf(data: bytes, name: str, digest: str) -> SourceText:
    """A PDF through pypdf. Words cut at line ends are joined; pages without text are counted."""
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise missing("pypdf", "PDF") from error
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile(
                f"{name}: a locked PDF", "a PDF without a password", "unlock it first"
            )
        count = len(reader.pages)
        if count > MOST_PAGES:
            raise UnreadableFile(
                f"{name}: {count} pages", f"at most {MOST_PAGES} pages", "split the file"
            )
        pages = [(f"page {n}", _page(page)) for n, page in enumerate(reader.pages, start=1)]
        about: Any = reader.metadata
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, OSError,
            AssertionError, RecursionError, NotImplementedError) as error:  # fmt: skip
        # Broken PDF files surface in pypdf as many kinds of errors of the language itself.
        raise UnreadableFile(
            f"{name}: a PDF that cannot be parsed ({type(error).__name__})",
            "a whole PDF file",
            "open it and print it to PDF again",
        ) from error
    text, marks = joined(pages)
    if not text.strip():
        raise EmptyText(
            f"{name}: {count} pages without text (pictures of pages?)",
            "a PDF with a text layer",
            "run character recognition over it first",
        )
    empty = count - len(marks)
    notes = (f"{empty} of {count} pages hold no text",) if empty else ()
    return SourceText(
        text,
        "pdf",
        "pdf",
        digest,
        title=_title(about),
        published=_made(about),
        marks=marks,
        notes=notes,
    )


def _page(page: Any) -> str:
    text = str(page.extract_text() or "")
    return HYPHEN.sub("", text.replace("\r\n", "\n").replace("\x00", " "))


def _title(about: Any) -> str:
    title = getattr(about, "title", None) if about is not None else None
    return str(title).strip() if title else ""


def _made(about: Any) -> date | None:
    made = getattr(about, "creation_date", None) if about is not None else None
    return made.date() if isinstance(made, datetime) else None

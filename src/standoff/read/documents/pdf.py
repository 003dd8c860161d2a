"""PDF: the text of each page in reading order, as far as the file says what that is."""

from __future__ import annotations

import io
import re
import time
from datetime import date, datetime
from typing import Any

from standoff.errors import EmptyText, UnreadableFile
from standoff.read.documents.extras import missing
from standoff.read.documents.record import SourceText, joined

MOST_PAGES = 5_000
MOST_CONTENT = 20_000_000
"""Bytes of one page's drawing, unpacked. Larger ones are maps: seconds and gigabytes for no text."""
SECONDS, SECONDS_PAGE = 20.0, 0.1
"""Processor time of one file and of each of its pages, ten times what a printed page takes. Pages and
drawings can name one another, so that a small file asks for the same work without end."""
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
        clock = _Clock(name, count)
        pages = [(f"page {n}", _page(p, clock)) for n, p in enumerate(reader.pages, start=1)]
        about: Any = reader.metadata
    except MemoryError as error:
        raise _too_much(name, "a drawing that does not fit into memory") from error
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


class _Clock:
    """Ends the reading of a file that asks for more time than its pages can need."""

    def __init__(self, name: str, pages: int) -> None:
        self.name = name
        self.ends = time.process_time() + SECONDS + SECONDS_PAGE * pages

    def step(self, *_: object) -> None:
        """Look at the clock. Raises `UnreadableFile` where the time is over."""
        if time.process_time() > self.ends:
            raise _too_much(self.name, "pages that ask for the same work over and over")


def _too_much(name: str, came: str) -> UnreadableFile:
    return UnreadableFile(
        f"{name}: {came}",
        "a PDF that asks for no more than its pages show",
        "print it to PDF again",
    )


def _page(page: Any, clock: _Clock) -> str:
    clock.step()
    content = page.get_contents()
    size = len(content.get_data()) if content is not None else 0
    if size > MOST_CONTENT:
        raise _too_much(clock.name, f"a page of {size:,} bytes of drawing")
    # Every step of drawing looks at the clock; what a step raises inside a form is passed over there.
    text = str(page.extract_text(visitor_operand_before=clock.step) or "")
    clock.step()
    return HYPHEN.sub("", text.replace("\r\n", "\n").replace("\x00", " "))


def _title(about: Any) -> str:
    title = getattr(about, "title", None) if about is not None else None
    return str(title).strip() if title else ""


def _made(about: Any) -> date | None:
    made = getattr(about, "creation_date", None) if about is not None else None
    return made.date() if isinstance(made, datetime) else None

"""From a path or bytes to texts: the kind is told from the content, then from the name."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

from standoff.errors import EmptyText, UnreadableFile
from standoff.read.documents.docx import read_docx
from standoff.read.documents.feed import read_feed
from standoff.read.documents.html import read_html
from standoff.read.documents.pdf import read_pdf
from standoff.read.documents.plain import read_plain
from standoff.read.documents.record import SourceText

LONGEST_BYTES = 200_000_000
"""Larger files are refused before they are parsed."""
LONGEST_TEXT = 5_000_000
"""Code points of one text (about 1,800 pages): a minute and half a gigabyte. Longer ones are refused."""

MOST_MARKS = 500_000
"""Tags of a page or feed: a text of `LONGEST_TEXT` has a fifth of that. Each costs memory and time."""

MARKUP = re.compile(
    # A comment ends at the first "-->", so that a row of them is read in one way only.
    rb"\s*(?:<!--(?:(?!-->).){0,2000}-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p)\b",
    re.I | re.S,
)
FEED = re.compile(rb"<(?:rss|rdf:RDF|feed)\b")
NO_TEXT: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip archive"), (b"\x7fELF", "a program"), (b"MZ\x90", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls)"), (b"SQLite format 3", "a database"),
    (b"7z\xbc\xaf", "a 7-zip archive"), (b"Rar!", "a RAR archive"), (b"{\\rtf", "an RTF file"),
    (b"PAR1", "a Parquet file"),
)  # fmt: skip


def load_file(path: str | Path) -> tuple[SourceText, ...]:
    """The texts of one file; more than one only for a feed. Raises `UnreadableFile`,
    `EmptyText`."""
    file = Path(path)
    try:
        size = file.stat().st_size
        if size > LONGEST_BYTES:
            raise _too_long(str(file), f"{size:,} bytes", f"{LONGEST_BYTES:,} bytes")
        data = file.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"{path}: {error.strerror or error}", "a file that can be read", "check the path"
        ) from error
    return load_documents(data, name=file.name)


def load_documents(data: bytes, *, name: str = "input") -> tuple[SourceText, ...]:
    """The texts in the bytes of one file.

    >>> load_documents(b"<html><body><p>Japan protested.</p></body></html>", name="x")[0].kind
    'html'
    """
    if len(data) > LONGEST_BYTES:
        raise _too_long(name, f"{len(data):,} bytes", f"{LONGEST_BYTES:,} bytes")
    if not data.strip():
        raise EmptyText(f"{name}: an empty file", "a report to read", "check the file")
    digest = hashlib.sha256(data).hexdigest()
    kind = kind_of(data, name)
    if kind in ("feed", "html") and data.count(b"<") > MOST_MARKS:
        raise _too_long(name, f"{data.count(b'<'):,} tags", f"{MOST_MARKS:,} tags")
    if kind == "pdf":
        found: tuple[SourceText, ...] = (read_pdf(data, name, digest),)
    elif kind == "docx":
        found = (read_docx(data, name, digest),)
    elif kind == "feed":
        found = read_feed(data, name, digest)
    elif kind == "html":
        found = (read_html(data, name, digest),)
    else:
        found = (read_plain(data, name, kind, digest),)
    for source in found:
        if not source.text.strip():
            raise EmptyText(
                f"{name}: a text without any words", "a report to read", "check the file"
            )
        if len(source.text) > LONGEST_TEXT:
            raise _too_long(
                name, f"{len(source.text):,} characters", f"{LONGEST_TEXT:,} characters"
            )
    return tuple(replace(s, title=" ".join(s.title.split())[:300]) for s in found)


def refuse_longer(text: str, name: str = "the text") -> None:
    """Raise `UnreadableFile` for a text of more than `LONGEST_TEXT` code points.

    >>> refuse_longer("Japan protested.")
    """
    if len(text) > LONGEST_TEXT:
        raise _too_long(name, f"{len(text):,} characters", f"{LONGEST_TEXT:,} characters")


def kind_of(data: bytes, name: str = "") -> str:
    """ "txt", "md", "html", "pdf", "docx" or "feed".

    >>> kind_of(b"%PDF-1.7 ..."), kind_of(b"Words.", "note.md")
    ('pdf', 'md')
    """
    head = data[:8192]
    if head.lstrip()[:5] == b"%PDF-":
        return "pdf"
    for magic, what in NO_TEXT:
        if head.startswith(magic):
            raise UnreadableFile(
                f"{name}: {what}", "a text, HTML, PDF, DOCX or feed file", "convert it first"
            )
    if head.startswith(b"PK\x03\x04"):
        if (
            b"word/" in data[:200_000]
            or name.lower().endswith(".docx")
            or b"word/" in data[-100_000:]
        ):
            return "docx"
        raise UnreadableFile(f"{name}: an archive", "one document", "unpack it first")
    suffix = Path(name).suffix.lower()
    plain = head.replace(b"\x00", b"")
    if plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        if FEED.search(plain[:4096]):
            return "feed"
        if MARKUP.match(plain.lstrip(b"\xef\xbb\xbf\xff\xfe")) or suffix in (
            ".html",
            ".htm",
            ".xhtml",
        ):
            return "html"
    if suffix in (".html", ".htm", ".xhtml"):
        return "html"
    if suffix in (".rss", ".atom"):
        return "feed"
    return "md" if suffix in (".md", ".markdown") else "txt"


def _too_long(name: str, came: str, most: str) -> UnreadableFile:
    return UnreadableFile(
        f"{name}: {came}", f"at most {most} for one document",
        "split it into reports and use standoff read --batch",
    )  # fmt: skip

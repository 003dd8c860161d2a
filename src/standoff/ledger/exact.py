"""The exact bytes of a text: kept as they came, decoded once, always the same way."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from standoff.errors import BadRecord, UnreadableFile
from standoff.terms import Document

REPAIRED = "+replace"
"""After the name of an encoding: broken bytes are read as U+FFFD, and that is on record."""


def text_of(content: bytes | memoryview, encoding: str) -> str:
    """The text of stored bytes, decoded as recorded.

    >>> text_of(b"caf\\xe9", "latin-1"), text_of(b"caf\\xe9", "utf-8+replace")
    ('café', 'caf�')
    """
    name, repaired, _ = encoding.partition(REPAIRED)
    return bytes(content).decode(name, "replace" if repaired else "surrogatepass")


def as_read(document: Document, content: bytes, encoding: str) -> Document:
    """The document of these exact bytes: their hash, and how they give its text.

    Raises `UnreadableFile` where the bytes do not give the text, not even with broken ones
    replaced.

    >>> from datetime import date
    >>> d = Document.from_text("é", title="", source="", published=date(2021, 8, 13))
    >>> as_read(d, b"\\xe9", "latin-1").encoding
    'latin-1'
    """
    for name in (encoding, encoding + REPAIRED):
        try:
            same = text_of(content, name) == document.text
        except UnicodeDecodeError:
            continue
        if same:
            return replace(document, sha256=hashlib.sha256(content).hexdigest(), encoding=name)
    raise _other_text(encoding)


def exact_bytes(document: Document, content: bytes | None) -> tuple[bytes, str]:
    """The bytes to keep and how they decode to the text. Raises `UnreadableFile` or `BadRecord`.

    >>> from datetime import date
    >>> d = Document.from_text("é", title="", source="", published=date(2021, 8, 13))
    >>> exact_bytes(d, None)
    (b'\\xc3\\xa9', 'utf-8')
    """
    encoding = document.encoding if content is not None else "utf-8"
    try:
        kept = content if content is not None else document.text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UnreadableFile(
            f"a text with half a character (U+{ord(document.text[error.start]):04X}) at "
            f"{error.start}",
            "Unicode text",
            "decode the file again, with its true encoding or errors='replace'",
        ) from error
    if content is not None and text_of(content, encoding) != document.text:
        raise _other_text(encoding)
    digest = hashlib.sha256(kept).hexdigest()
    if digest != document.sha256:
        raise BadRecord(
            f"sha256 {document.sha256[:12]}… for bytes of hash {digest[:12]}…",
            "the sha256 of the exact bytes",
            "pass content=BYTES, or Document.from_text for a text",
        )
    return kept, encoding


def _other_text(encoding: str) -> UnreadableFile:
    return UnreadableFile(
        f"bytes that do not decode to the text as {encoding}",
        "the text that the bytes give, decoded once",
        "pass the encoding with which the text was decoded",
    )

"""Bytes to text: the encoding is found, recorded and never assumed in silence."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from standoff.errors import UnreadableFile

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(
    rb"""<meta[^>]{1,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{1,200}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
# UTF-8 read as Windows-1252 shows these pairs; ordinary text does not.
MOJIBAKE = re.compile(r"Ã[©¨¢ª«´»¼¶¤±§]|â€[™œ“”¦˜–—]|Â[ «»°£]")
SMALLEST = 64


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the encoding it was in; `sure` is False where the encoding was guessed."""

    text: str
    encoding: str
    sure: bool
    notes: tuple[str, ...] = ()


def decode_bytes(data: bytes, name: str = "the file") -> Decoded:
    """Decode the bytes of a text file.

    In order: a byte order mark; UTF-16 without a mark (every second byte is NUL); UTF-8; what an
    HTML or XML file declares; UTF-8 with a few broken bytes, replaced and counted; a guess
    (charset-normalizer where installed, else Windows-1252). Raises `UnreadableFile` for bytes
    that are no text.

    >>> decode_bytes("Côte d’Ivoire".encode("utf-8")).encoding
    'utf-8'
    >>> decode_bytes("Ä".encode("utf-16")).text
    'Ä'
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _strict(data, encoding, name)
    wide = _wide(data)
    if wide:
        return _strict(data, wide, name)
    try:
        return _checked(data.decode("utf-8"), "utf-8", True, name, len(data))
    except UnicodeDecodeError:
        pass
    _refuse_binary(data, name)
    declared = DECLARED.search(data[:4096])
    if declared is not None:
        encoding = (declared[1] or declared[2]).decode("ascii").lower()
        try:
            codecs.lookup(encoding)
            return _checked(data.decode(encoding), encoding, True, name, len(data))
        except (LookupError, UnicodeDecodeError):
            pass
    broken = data.decode("utf-8", "replace")
    bad, good = broken.count("\ufffd"), sum(ord(c) > 127 for c in broken[:200_000])
    if bad * 4 <= good - bad and bad * 200 <= len(broken):
        note = f"encoding: {bad} broken bytes in a UTF-8 text, shown as \ufffd"
        return Decoded(broken, "utf-8", False, (note,))
    return _guessed(data, name)


def _strict(data: bytes, encoding: str, name: str) -> Decoded:
    try:
        return _checked(data.decode(encoding), encoding, True, name, len(data))
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"{name}: byte {error.start} does not fit the encoding {encoding} that the file begins with",
            "a text whose bytes fit its byte order mark",
            "save it again as UTF-8",
        ) from error


def _wide(data: bytes) -> str:
    """UTF-16 without a byte order mark: NUL in nearly every second byte."""
    head = data[:4000]
    if len(head) < 8 or len(data) % 2:
        return ""
    half = len(head) // 2
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.05 * half else ""


def _refuse_binary(data: bytes, name: str) -> None:
    head = data[:100_000]
    odd = sum(head.count(bytes([b])) for b in range(32) if b not in (9, 10, 11, 12, 13, 27))
    if odd > 0.02 * len(head):
        raise UnreadableFile(
            f"{name}: bytes that are no text",
            "a text, HTML, PDF, DOCX or feed file",
            "open it and save it as text",
        )


def _checked(text: str, encoding: str, sure: bool, name: str, size: int) -> Decoded:
    notes: list[str] = []
    controls = text.count("\x00")
    if controls:
        if controls > 0.3 * len(text) and size > SMALLEST:
            raise UnreadableFile(
                f"{name}: {controls} NUL characters among {len(text)}",
                "a text",
                "open it and save it as text in UTF-8",
            )
        notes.append(f"{controls} NUL characters are kept in the text and read as blanks")
    if len(MOJIBAKE.findall(text[:200_000])) >= 3:
        notes.append("encoding: the text looks like UTF-8 that was once read as Windows-1252")
    return Decoded(text, encoding, sure, tuple(notes))


def _guessed(data: bytes, name: str) -> Decoded:
    encoding = "cp1252"
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        pass
    else:
        best = from_bytes(data[:200_000]).best()
        if best is not None:
            encoding = best.encoding
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        encoding, text = "latin-1", data.decode("latin-1")
    note = f"encoding: guessed {encoding}, no mark or declaration says so"
    checked = _checked(text, encoding, False, name, len(data))
    return Decoded(text, encoding, False, (note, *checked.notes))

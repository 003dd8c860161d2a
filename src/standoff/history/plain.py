"""A table file as it comes, as plain rows: encodings, separators, decimal commas.

Public data sets are passed on by way of spreadsheets: with semicolons or tabs, in UTF-16, in the
code page of Windows or of an old Macintosh. What was assumed is kept (:class:`Rows`) and shown;
what is no table of text at all is refused by its true name.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from standoff.errors import BadRecord, UnreadableFile

__all__ = ["Rows", "read_head", "read_rows"]

_HEAD = 65_536
_SEPARATORS = (",", ";", "\t")
_COMMA_NUMBER = re.compile(r"-?\d+,\d+")
# First bytes of what is often saved under the name of a CSV file.
_OTHERS = (
    (b"PK\x03\x04", "a zip archive or Excel workbook", "unpack it, or save the sheet as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "save the sheet as CSV"),
    (b"PAR1", "a Parquet file", "export it as CSV"),
    (b"<stata_dta>", "a Stata file", "export it as CSV"),
    (b"RDX", "an R data file", "write it with write.csv(x, row.names = FALSE)"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"%PDF", "a PDF", "take the data file, not its codebook"),
    (b"<!doctype", "a web page", "download the file itself"),
    (b"<html", "a web page", "download the file itself"),
)
# cp1252 has punctuation where Mac Roman has letters, and letters where Mac Roman has punctuation.
_WINDOWS_MARKS = frozenset(b"\x82\x84\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0")
_WINDOWS_VOID = frozenset(b"\x81\x8d\x8f\x90\x9d")


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of text.

    Attributes:
        header: column names as the file has them.
        cells: (line, cells) per row, every row as wide as the header.
        encoding, separator: how the file was read.
    """

    header: tuple[str, ...]
    cells: Iterator[tuple[int, list[str]]]
    encoding: str
    separator: str

    @property
    def as_stored(self) -> bool:
        """Whether other readers take the file as it is: UTF-8 with commas."""
        return self.encoding == "utf-8" and self.separator == ","


def encoding_of(raw: bytes, name: str) -> str:
    """The encoding of a text file.

    UTF-16 by its mark or its zeros, else UTF-8, else cp1252 or Mac Roman by which of the two makes
    the odd bytes letters.

    Raises:
        UnreadableFile: no text, by the name of what it is.

    Example:
        >>> encoding_of("Côte".encode("cp1252"), "x"), encoding_of("Côte".encode("mac_roman"), "x")
        ('cp1252', 'mac_roman')
    """
    start = raw[:512].lstrip().lower()
    for mark, what, remedy in _OTHERS:
        if raw.startswith(mark) or start.startswith(mark.lower()):
            raise UnreadableFile(f"{name}, which is {what}", "a table of text (CSV)", remedy)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\0" in raw[:_HEAD]:
        zeros = raw[0:_HEAD:2].count(0), raw[1:_HEAD:2].count(0)
        if min(zeros) > 0.1 * max(zeros):
            raise UnreadableFile(
                f"{name}, which holds zero bytes", "a table of text (CSV)", "export it as CSV"
            )
        return "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        odd = [b for b in raw if b > 127]
        void = any(b in _WINDOWS_VOID for b in odd)
        windows = sum(b >= 0xC0 for b in odd)
        mac = sum(b < 0xA0 and b not in _WINDOWS_MARKS for b in odd)
        # 0x99 is a trade mark sign in cp1252 and ô on a Macintosh: the sign stands in no data set.
        mac += odd.count(0x99)
        return "mac_roman" if void or mac > windows else "cp1252"
    return "utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "utf-8"


def _open(path: Path, limit: int = -1) -> bytes:
    try:
        if path.is_dir():
            raise IsADirectoryError(21, "Is a directory")
        with path.open("rb") as file:
            raw = file.read(limit)
    except OSError as error:
        raise UnreadableFile(
            f"{path} ({error.strerror or 'cannot be opened'})",
            "a CSV file of a public data set",
            "check the path; standoff history datasets lists what is known",
        ) from error
    if not raw.strip():
        raise UnreadableFile(f"{path}, which is empty", "a table of text (CSV)", "fetch it again")
    return raw


def _header(line: str, name: str) -> tuple[tuple[str, ...], str]:
    """Column names and the separator that makes most of them."""
    found = [
        (len(cells), -i, separator, cells)
        for i, separator in enumerate(_SEPARATORS)
        for cells in [next(csv.reader([line], delimiter=separator), list[str]())]
    ]
    width, _, separator, cells = max(found)
    if width < 2:
        raise UnreadableFile(
            f"{name}, whose first line is no header: {line[:40]!r}",
            "a table separated by commas, semicolons or tabs",
            "export it as CSV with a header",
        )
    return tuple(c.strip() for c in cells), separator


def read_head(path: Path) -> tuple[str, ...]:
    """The column names of a file, from its first bytes alone.

    Raises:
        UnreadableFile: no such file, no text, or no header.
    """
    raw = _open(path, _HEAD)
    encoding = encoding_of(raw, path.name)
    line = raw.decode(encoding, "replace").split("\n", 1)[0].rstrip("\r")
    return _header(line, path.name)[0]


def read_rows(path: Path) -> tuple[Rows, bytes]:
    """A file as rows, and its bytes.

    Raises:
        UnreadableFile: no such file, no text, or no header.
        BadRecord: a row of the wrong width, when it is come to.
    """
    raw = _open(path)
    encoding = encoding_of(raw, path.name)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            f"{path.name}, which breaks off in {encoding} ({error.reason})",
            "a whole table of text",
            "fetch it again",
        ) from error
    header, separator = _header(text.split("\n", 1)[0].rstrip("\r"), path.name)

    def cells() -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        next(reader)
        for row in reader:
            if not row:
                continue
            if len(row) != len(header):
                raise BadRecord(
                    f"line {reader.line_num} of {path.name} with {len(row)} cells",
                    f"{len(header)} cells, as the header has",
                    "repair the file",
                )
            if separator == ";":
                # Where semicolons part cells, a comma is the decimal mark.
                row = [c.replace(",", ".") if _COMMA_NUMBER.fullmatch(c) else c for c in row]
            yield reader.line_num, row

    return Rows(header, cells(), encoding, separator), raw

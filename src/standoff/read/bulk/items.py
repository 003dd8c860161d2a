"""Lines of a batch file: read one at a time with their byte offsets, checked,
never all in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, BinaryIO, cast

from standoff.errors import BadRecord, InputError

LONGEST_LINE = 64_000_000
"""Bytes of one line; a longer one is refused without being held in memory."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line as bytes; `data` is None where it was too long. `after` is the offset behind it."""

    number: int
    data: bytes | None
    after: int
    size: int


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One document of a batch."""

    id: str
    text: str
    published: date
    source: str = ""
    title: str = ""


def lines_of(handle: BinaryIO, number: int = 0, offset: int = 0) -> Iterator[Line]:
    """The lines of an open file from where it stands; `number` and `offset` are those before it."""
    while True:
        data = handle.readline(LONGEST_LINE)
        if not data:
            return
        number += 1
        size = len(data)
        if size == LONGEST_LINE and not data.endswith(b"\n"):
            while True:  # skip the rest of the line piece by piece
                more = handle.readline(1_000_000)
                size += len(more)
                if not more or more.endswith(b"\n"):
                    break
            offset += size
            yield Line(number, None, offset, size)
            continue
        offset += size
        yield Line(number, data, offset, size)


def parse_line(line: Line) -> BatchItem | None:
    """The document of a line, None for an empty line. Raises `BadRecord` naming line and field.

    >>> parse_line(Line(1, b'{"id": "a", "text": "Words.", "published": "2021-08-13"}', 0, 0)).id
    'a'
    """
    if line.data is None:
        raise BadRecord(
            f"line {line.number}: {line.size:,} bytes", f"at most {LONGEST_LINE:,} bytes a line",
            "split the text",
        )  # fmt: skip
    if not line.data.strip():
        return None
    try:
        parsed: Any = json.loads(line.data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        shown = line.data[:40].decode("utf-8", "replace").strip()
        raise BadRecord(
            f"line {line.number}: {shown!r}", "one JSON object a line, in UTF-8", "correct the line"
        ) from error
    item = cast("dict[str, Any]", parsed) if isinstance(parsed, dict) else {}
    for key in ("id", "text", "published"):
        if not isinstance(item.get(key), str):
            raise BadRecord(
                f"line {line.number}: no {key}",
                "id, text and published as strings",
                "correct the line",
            )
    try:
        day = date.fromisoformat(item["published"])
    except ValueError as error:
        raise BadRecord(
            f"line {line.number}: published {item['published'][:40]!r}",
            "a calendar day as YYYY-MM-DD",
            "correct the line",
        ) from error
    return BatchItem(
        item["id"], item["text"], day, str(item.get("source") or ""), str(item.get("title") or "")
    )


def items_of(handle: BinaryIO) -> Iterator[BatchItem | InputError]:
    """Every document of an open batch file, or the error of its line."""
    for line in lines_of(handle):
        try:
            item = parse_line(line)
        except InputError as error:
            yield error
            continue
        if item is not None:
            yield item

"""Records from a file: one JSON object a line, or one array of them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, cast

from standoff.errors import BadRecord, UnreadableFile


def read_records(path: Path) -> list[dict[str, Any]]:
    """The records of a JSON Lines file or of one JSON array; `-` is the standard input.

    Raises `UnreadableFile`, or `BadRecord` naming the line.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "acts.jsonl"
    ...     _ = file.write_text('{"event": "CONSULT"}\\n')
    ...     read_records(file)
    [{'event': 'CONSULT'}]
    """
    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{path}: {error}", "records in UTF-8", "check the file") from error
    if text.lstrip().startswith("["):
        items = _value(text, str(path))
        parts = [(f"{path} item {n}", v) for n, v in enumerate(cast("list[Any]", items), start=1)]
    else:
        # Not splitlines: a string of JSON may hold a mark that it takes for the end of a line.
        lines = enumerate(text.split("\n"), start=1)
        parts = [(f"{path} line {n}", _value(v, f"{path} line {n}")) for n, v in lines if v.strip()]
    for where, value in parts:
        if not isinstance(value, dict):
            raise BadRecord(f"{where}: {str(value)[:40]!r}", "a JSON object", "mend it")
    return [cast("dict[str, Any]", value) for _, value in parts]


def _value(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise BadRecord(
            f"{where}: {error}",
            "one JSON object a line, or one array of them",
            "standoff read --format jsonl prints such records",
        ) from error

"""Facts that the user adds: a JSON Lines file, one fact a line, only ever appended to.

The file stands beside a dossier (``NAME.facts.jsonl``) or wherever the user wants it. What a row
may hold and whether it makes sense is decided by the checks (:func:`standoff.check.parse_facts`);
here rows are kept as text, so that nothing the user wrote is lost or rewritten.

Example:
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "my.facts.jsonl"
    >>> row = dict.fromkeys(ADDED_COLUMNS, "") | {
    ...     "kind": "distance", "subject": "Alpha", "object": "Beta", "value": "12", "unit": "km",
    ...     "source": "survey 2020"}
    >>> append_added(file, [row]), append_added(file, [row])      # the second time it is known
    (1, 0)
    >>> added_as_csv(file).splitlines()[1]
    'distance,Alpha,Beta,12,km,,,survey 2020,,,'
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import cast

from standoff.errors import FactError, StoreFailure, UnreadableFile

__all__ = ["ADDED_COLUMNS", "added_as_csv", "append_added", "read_added"]

ADDED_COLUMNS = (
    "kind",
    "subject",
    "object",
    "value",
    "unit",
    "from",
    "to",
    "source",
    "release",
    "url",
    "note",
)


def read_added(path: Path) -> list[dict[str, str]]:
    """The rows of a file of added facts; a file that is not there holds none.

    Raises:
        UnreadableFile: the file cannot be opened or decoded.
        FactError: a line that is no JSON object of texts, with its number.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            f"{path} ({error})", "a JSON Lines file of facts in UTF-8", "check the file"
        ) from error
    rows: list[dict[str, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise FactError(
                f"line {number} of {path.name} ({error.msg})", "one JSON object a line", "repair it"
            ) from error
        if not isinstance(value, dict):
            raise FactError(
                f"line {number} of {path.name}, which is no object",
                "one JSON object a line",
                "repair the line",
            )
        cells = cast("dict[str, object]", value)
        rows.append({column: str(cells.get(column, "") or "") for column in ADDED_COLUMNS})
    return rows


def append_added(path: Path, rows: Sequence[Mapping[str, str]]) -> int:
    """Append rows that the file does not hold yet; say how many were new.

    Raises:
        StoreFailure: the file cannot be written.
    """
    known = {json.dumps(row, sort_keys=True) for row in read_added(path)}
    lines: list[str] = []
    for row in rows:
        full = {column: row.get(column, "") for column in ADDED_COLUMNS}
        key = json.dumps(full, sort_keys=True)
        if key in known:
            continue
        known.add(key)
        lines.append(json.dumps({k: v for k, v in full.items() if v}, ensure_ascii=False))
    if lines:
        try:
            with path.open("a", encoding="utf-8") as file:
                file.write("\n".join(lines) + "\n")
        except OSError as error:
            raise StoreFailure(
                f"{path} ({error.strerror})", "a file that can be written", "--facts FILE.jsonl"
            ) from error
    return len(lines)


def added_as_csv(path: Path) -> str:
    """The added facts as CSV with a header, as the checks read them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(ADDED_COLUMNS)
    writer.writerows([[row[column] for column in ADDED_COLUMNS] for row in read_added(path)])
    return out.getvalue()

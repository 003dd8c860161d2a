"""PLOVER as JSON Lines: one event a line with PLOVER's field names, the rest under `x_standoff`.

Lines of other kinds (documents, claims, decisions ...) hold only `x_standoff`, so that a reader
of PLOVER can skip them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from standoff.errors import BadRecord, UnreadableFile
from standoff.ledger.decide import dump
from standoff.ledger.exchange.content import Content, Row
from standoff.ledger.listing import COLUMNS


def write_plover(content: Content, path: Path) -> None:
    """Write JSON Lines, UTF-8."""
    titles = {d["sha256"]: d for d in content.documents}
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for kind, rows in content.rows().items():
            for row in rows:
                line: dict[str, Any] = {"x_standoff": {"table": kind, **row}}
                if kind == "signals":
                    line = {**_event(row, titles[row["sha256"]]), **line}
                file.write(dump(line) + "\n")


def _event(row: Row, document: Row) -> dict[str, Any]:
    record = json.loads(row["record"])
    return {
        "id": row["hash"],
        "date": cast("Mapping[str, Any]", record.get("date") or {}).get("from"),
        "type": record["event"],
        "mode": record.get("mode"),
        "context": record.get("contexts") or [],
        "actor": _parties(record["sources"]),
        "recip": _parties(record["targets"]),
        "text": row["quote"],
        "publication": {
            "source": row["source"],
            "title": document["title"],
            "date": row["available"],
            "url": row["url"],
        },
    }


def _parties(parties: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"code": p["actor"], "sector": p.get("sector")} for p in parties]


def read_plover(path: Path) -> Content:
    """Read what `write_plover` wrote. Raises `BadRecord` naming the line."""
    rows: dict[str, list[Row]] = {kind: [] for kind in COLUMNS}
    try:
        text = path.read_text("utf-8")
    except (UnicodeDecodeError, OSError) as error:
        raise UnreadableFile(f"{path}: {error}", "JSON Lines in UTF-8", "export again") from error
    # Only the newline ends a line: texts may hold other separators (U+2028).
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            held = json.loads(line)["x_standoff"]
            rows[held.pop("table")].append(held)
        except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
            raise BadRecord(
                f"line {number} of {path.name}",
                "an object with x_standoff and its table",
                "export again, or remove the line",
            ) from error
    return Content.of(rows)

"""CSV files with a Frictionless data package that names every column and its type.

Cells that a spreadsheet would run are guarded (`standoff.terms.guard`).
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import sys
from pathlib import Path
from typing import Any, cast

from standoff.errors import BadRecord, UnreadableFile
from standoff.ledger.exchange.content import Content, Row
from standoff.ledger.listing import COLUMNS
from standoff.terms import guard, unguard

TYPES = {str: "string", int: "integer"}
KEYS = {"meta": "key", "runs": "id"}


def write_tables(content: Content, path: Path) -> None:
    """Write one CSV file for each kind, and `datapackage.json`, into a folder."""
    resources: list[dict[str, Any]] = []
    for kind, rows in content.rows().items():
        columns = COLUMNS[kind]
        file = path / f"{kind}.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
            writer.writerow(columns)
            for row in rows:
                writer.writerow(
                    [guard(row[c]) if columns[c] is str else str(row[c]) for c in columns]
                )
        raw = file.read_bytes()
        resources.append(
            {
                "name": kind,
                "path": file.name,
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(raw),
                "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}",
                "schema": {
                    "fields": [{"name": c, "type": TYPES[t]} for c, t in columns.items()],
                    "primaryKey": KEYS.get(kind, "number"),
                },
            }
        )
    package = {
        "profile": "tabular-data-package",
        "name": "standoff-export",
        "description": "Cells that begin with = + - @ or ' carry an apostrophe before them.",
        "resources": resources,
    }
    (path / "datapackage.json").write_text(
        json.dumps(package, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
    )


def read_tables(path: Path) -> Content:
    """Read what `write_tables` wrote. Raises `BadRecord` naming file and line.

    Every file must have the hash that the data package gives.
    """
    hashes = _package(path / "datapackage.json")
    rows: dict[str, list[Row]] = {}
    # Texts of whole documents stand in one cell; the module's bound is a global one.
    bound = csv.field_size_limit(sys.maxsize)
    try:
        for kind, columns in COLUMNS.items():
            if kind == "seals" and kind not in hashes:  # An export of data model 2 or older.
                continue
            rows[kind] = _read_one(path / f"{kind}.csv", columns, hashes.get(kind, ""))
    finally:
        csv.field_size_limit(bound)
    return Content.of(rows)


def _package(file: Path) -> dict[str, str]:
    """The hash of each file of a data package, by its name there."""
    try:
        package: Any = json.loads(file.read_text("utf-8"))
        return {str(r["name"]): str(r["hash"]) for r in package["resources"]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableFile(
            f"{file}: {error}", "a data package that names each file and its hash", "export again"
        ) from error


def _read_one(file: Path, columns: Any, wanted: str) -> list[Row]:
    out: list[Row] = []
    try:
        raw = file.read_bytes()
        if f"sha256:{hashlib.sha256(raw).hexdigest()}" != wanted:
            raise BadRecord(
                f"{file.name} with another hash than datapackage.json gives",
                "the files as they were exported",
                "export again: a file was cut or changed",
            )
        with io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8", newline="") as held:
            reader = csv.reader(held, strict=True)
            head = next(reader, cast("list[str]", []))
            if head != list(columns):
                raise BadRecord(
                    f"{file.name} with columns {', '.join(head)}",
                    ", ".join(columns),
                    "export again",
                )
            for cells in reader:
                if len(cells) != len(head):
                    raise BadRecord(
                        f"{file.name}, line {reader.line_num}, with {len(cells)} cells",
                        f"{len(head)} cells",
                        "export again",
                    )
                out.append(
                    {
                        c: int(v) if columns[c] is int else unguard(v)
                        for c, v in zip(head, cells, strict=True)
                    }
                )
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as error:
        raise UnreadableFile(
            f"{file}: {error}", "CSV in UTF-8 of an export", "export again"
        ) from error
    return out

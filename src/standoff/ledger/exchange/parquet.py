"""Parquet, one file for each kind, for R, pandas and polars; needs the extra `frames`."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from standoff.errors import MissingExtra, UnreadableFile
from standoff.ledger.exchange.content import Content, Row
from standoff.ledger.listing import COLUMNS


def _polars() -> Any:
    try:
        return importlib.import_module("polars")
    except ImportError as error:
        raise MissingExtra("Parquet", "polars", "pip install 'standoff[frames]'") from error


def write_parquet(content: Content, path: Path) -> None:
    """Write `signals.parquet` and so on into a folder."""
    polars = _polars()
    types = {str: polars.String, int: polars.Int64}
    for kind, rows in content.rows().items():
        schema = {c: types[t] for c, t in COLUMNS[kind].items()}
        frame = polars.DataFrame({c: [r[c] for r in rows] for c in schema}, schema=schema)
        frame.write_parquet(path / f"{kind}.parquet", compression="zstd")


def read_parquet(path: Path) -> Content:
    """Read what `write_parquet` wrote. Raises `UnreadableFile` or `BadRecord`."""
    polars = _polars()
    rows: dict[str, Sequence[Row]] = {}
    for kind in COLUMNS:
        file = path / f"{kind}.parquet"
        if kind == "seals" and not file.exists():  # An export of data model 2 or older.
            continue
        try:
            rows[kind] = polars.read_parquet(file).to_dicts()
        # A damaged file can end in a failed assertion inside the library, which is no PolarsError.
        except (OSError, ValueError, polars.exceptions.PolarsError,
                polars.exceptions.PanicException) as error:  # fmt: skip
            raise UnreadableFile(
                f"{file}: {error}", "Parquet of an export", "export again"
            ) from error
    return Content.of(rows)

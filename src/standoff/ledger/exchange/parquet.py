"""Parquet, one file for each kind, for R, pandas and polars; needs the extra `frames`."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from standoff.errors import MissingExtra, UnreadableFile
from standoff.ledger.exchange.content import COLUMNS, Content, Row


def _polars() -> Any:
    try:
        return importlib.import_module("polars")
    except ImportError as error:
        raise MissingExtra("Parquet", "polars", "pip install 'standoff[frames]'") from error


def write_parquet(content: Content, path: Path) -> None:
    """Write `signals.parquet` and so on into a folder."""
    polars = _polars()
    path.mkdir(parents=True, exist_ok=True)
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
        try:
            rows[kind] = polars.read_parquet(file).to_dicts()
        except (OSError, polars.exceptions.PolarsError) as error:
            raise UnreadableFile(
                f"{file}: {error}", "Parquet of an export", "export again"
            ) from error
    return Content.of(rows)

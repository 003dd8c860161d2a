"""A panel as a file: ordered, whole or not at all, with what every column covers.

Rows are written as they are joined, so that memory stays that of the inputs: the narrow keys are
sorted first, and the joins keep their order. That they did is checked on the file. The same files
give the same bytes.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from standoff.errors import ModelError, UnreadableFile
from standoff.history.panel import DyadYears

if TYPE_CHECKING:
    import duckdb

__all__ = ["ColumnCoverage", "WrittenPanel", "write_panel"]

_FORMS = {".parquet": "format parquet, compression zstd", ".csv": "format csv, header"}


@dataclass(frozen=True, slots=True)
class ColumnCoverage:
    """What one column of a written panel covers.

    Attributes:
        name, source: the column and the data set it is from.
        zeros: years in which a missing row is a true zero; None where none is.
        first, last: years with a value; None without any.
        values, gaps: rows with a value, and rows that are not covered.
    """

    name: str
    source: str
    zeros: tuple[int, int] | None
    first: int | None
    last: int | None
    values: int
    gaps: int


@dataclass(frozen=True, slots=True)
class WrittenPanel:
    """A panel that was written."""

    path: Path
    rows: int
    columns: tuple[ColumnCoverage, ...]


def write_panel(table: DyadYears, path: Path | str) -> WrittenPanel:
    """Write a panel, ordered by year, first and second state; the name's ending is the format.

    The file appears under its name when it is whole; one that was there stays until then.

    Args:
        table: see :func:`standoff.history.directed_dyad_years`.
        path: ends in .parquet or .csv.

    Raises:
        ModelError: another ending, or a span without a row.
        UnreadableFile: a place that cannot be written, or a file that cannot be read.
        BadRecord: a file with two rows for one key.
        MissingExtra: DuckDB is not installed.
    """
    path = Path(path)
    form = path.suffix.lower()
    if form not in _FORMS:
        raise ModelError(
            f"an output {path.name!r}", "a name in .parquet or .csv", "-o dyads.parquet"
        )
    if path.is_dir() or not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        why = "is a folder" if path.is_dir() else f"{path.parent} is no folder that can be written"
        raise UnreadableFile(f"{path} ({why})", "a file that can be written", "check -o")
    connection = table.connect(ordered=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.parquet")
    final = path.with_name(f".{path.name}.{os.getpid()}.csv")
    try:
        with table.speaking():
            query = table.query(connection, order=True)
        _copy(connection, table, query, part, _FORMS[".parquet"])
        connection.read_parquet(str(part)).create_view("written")
        table.check_rows(connection, "written")
        if not _ordered(connection):
            # No release is known to do it; a sort of whole rows takes more memory.
            connection.execute("drop view written")
            query += " order by base.year, base.ccode1, base.ccode2"
            _copy(connection, table, query, part, _FORMS[".parquet"])
            connection.read_parquet(str(part)).create_view("written")
        written = WrittenPanel(path, *_coverage(connection, table))
        if not written.rows:
            raise ModelError(
                f"no dyad-year from {table.first} to {table.last}",
                "years in which two states were members",
                "other years",
            )
        if form == ".csv":
            _copy(connection, table, "from written", final, _FORMS[form])
        try:
            (final if form == ".csv" else part).replace(path)
        except OSError as error:
            raise _unwritten(path, error.strerror or "cannot be replaced") from error
    finally:
        connection.close()
        part.unlink(missing_ok=True)
        final.unlink(missing_ok=True)
    return written


def _unwritten(path: Path, why: str) -> UnreadableFile:
    return UnreadableFile(f"{path} ({why})", "a file that can be written", "check -o and the disk")


def _copy(
    connection: duckdb.DuckDBPyConnection, table: DyadYears, query: str, path: Path, form: str
) -> None:
    import duckdb

    target = str(path).replace("'", "''")
    with table.speaking():
        try:
            connection.execute(f"copy ({query}) to '{target}' ({form})")
        except duckdb.IOException as error:
            raise _unwritten(path, str(error).splitlines()[0]) from error


def _ordered(connection: duckdb.DuckDBPyConnection) -> bool:
    keys: dict[str, Any] = connection.execute(
        "select year, ccode1, ccode2 from written"
    ).fetchnumpy()
    key = (keys["year"].astype(np.int64) * 1000 + keys["ccode1"]) * 1000 + keys["ccode2"]
    return bool(np.all(np.diff(key) > 0))


def _coverage(
    connection: duckdb.DuckDBPyConnection, table: DyadYears
) -> tuple[int, tuple[ColumnCoverage, ...]]:
    columns = table.columns
    asked = ", ".join(
        f"count({c.name}), min(case when {c.name} is not null then year end), "
        f"max(case when {c.name} is not null then year end)"
        for c in columns
    )
    # One row: the count, then three numbers per column.
    rows, *found = connection.view("written").aggregate(f"count(*), {asked}").fetchall()[0]
    return rows, tuple(
        ColumnCoverage(c.name, c.source, c.covers, first, last, values, rows - values)
        for c, values, first, last in zip(
            columns, found[0::3], found[1::3], found[2::3], strict=True
        )
    )

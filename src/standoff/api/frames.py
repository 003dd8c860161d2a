"""Cases for a fit: the columns that a formula names, from a file, a frame or a mapping.

A row in which one of them is missing is dropped, as in R; how many, and for which column, is kept.
A column is numbers where every value reads as one, and text elsewhere; a column of numbers with a few
words in it is refused with their line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from standoff.errors import BadRecord, InputError, MissingExtra, ModelError, UnreadableFile
from standoff.history import read_rows

__all__ = ["Cases", "read_cases"]

Column = npt.NDArray[Any]
_ABSENT = frozenset(("", "NA", "NaN", "nan", "."))


@dataclass(frozen=True, slots=True)
class Cases:
    """Complete cases.

    Attributes:
        columns: (case,) each, numbers or text.
        n: cases.
        dropped: column to rows in which it is missing, of those that were dropped.
        alone: column to rows dropped because of it alone.
        notes: what was dropped, in words.
    """

    columns: Mapping[str, Column]
    n: int
    dropped: Mapping[str, int]
    alone: Mapping[str, int]
    notes: tuple[str, ...]

    def numbers(self, name: str) -> npt.NDArray[np.float64]:
        """A column of numbers.

        Raises:
            ModelError: it holds text.
        """
        values = self.columns[name]
        if values.dtype.kind in "US":
            raise ModelError(
                f"the column {name!r}, which is text ({values[0]!r}, ...)",
                "a column of numbers",
                "recode it, or name its values with --outcomes",
            )
        return values.astype(np.float64)

    def lost_to_moves(self, names: Sequence[str]) -> list[str]:
        """A word on rows dropped for a later move alone, which may never have been reached."""
        return [
            f"{self.alone[n]} rows are left out for {n} alone: where the move was not reached, "
            f"write 0, not missing"
            for n in names
            if self.alone.get(n)
        ]


def read_cases(
    data: Path | str | Mapping[str, Any] | Any, names: Sequence[str], extra: Sequence[str] = ()
) -> Cases:
    """The named columns of a table, complete cases only.

    Args:
        data: a CSV or Parquet file, a data frame, or columns by name.
        names, extra: columns.

    Raises:
        UnreadableFile: a file that cannot be read.
        InputError: a column that is not there.
        BadRecord: words among numbers.
        ModelError: no complete case.

    Example:
        >>> found = read_cases({"y": [0, 1, 1], "x": [2.5, None, 4.0]}, ["y", "x"])
        >>> found.n, dict(found.dropped), found.columns["x"].tolist()
        (2, {'x': 1}, [2.5, 4.0])
    """
    wanted = tuple(dict.fromkeys((*names, *extra)))
    if isinstance(data, (str, Path)):
        raw, where = _from_file(Path(data), wanted), Path(data).name
    else:
        raw, where = _from_columns(data, wanted), "the table"
    read = {name: _typed(name, values, where) for name, values in raw.items()}
    sizes = {len(gaps) for _, gaps in read.values()}
    if len(sizes) != 1:
        raise InputError(f"columns of {sorted(sizes)} rows", "one length", "align them")
    (rows,) = sizes
    holes = np.column_stack([gaps for _, gaps in read.values()])
    bad = holes.any(axis=1)
    n = int(rows - bad.sum())
    dropped = {c: int(holes[:, k].sum()) for k, c in enumerate(read) if holes[:, k].any()}
    single = holes.sum(axis=1) == 1
    alone = {c: int((holes[:, k] & single).sum()) for k, c in enumerate(read) if c in dropped}
    listed = ", ".join(f"{c} in {k}" for c, k in dropped.items())
    if n == 0:
        raise ModelError(
            f"{where} without a complete case" + (f" (missing: {listed})" if listed else ""),
            "rows in which every column of the formula has a value",
            "leave a column out",
        )
    notes = (f"{rows - n} of {rows} rows left out for missing values: {listed}",) if dropped else ()
    return Cases({c: v[~bad] for c, (v, _) in read.items()}, n, dropped, alone, notes)


def _absent(names: Sequence[str], have: Sequence[str], where: str) -> None:
    lacking = [n for n in names if n not in have]
    if lacking:
        import difflib

        near = difflib.get_close_matches(lacking[0], have, 1, 0.5)
        shown = ", ".join(list(have)[:30]) + (", ..." if len(have) > 30 else "")
        raise InputError(
            f"the column {', '.join(lacking)}, which {where} does not have",
            f"one of {shown}",
            f"{near[0]} is near" if near else "put names with spaces into backquotes",
        )


def _from_file(path: Path, names: Sequence[str]) -> dict[str, Sequence[Any]]:
    if path.suffix.lower() == ".parquet":
        try:
            import pyarrow.parquet as parquet  # pyright: ignore[reportMissingTypeStubs]
        except ModuleNotFoundError as error:
            raise MissingExtra(
                f"{path.name}, a Parquet file", "pyarrow", "pip install 'standoff[history]'"
            ) from error
        reader = cast(Any, parquet)
        try:
            _absent(names, reader.read_schema(path).names, path.name)
            table = reader.read_table(path, columns=list(names))
        except (OSError, ValueError) as error:
            raise UnreadableFile(f"{path} ({error})", "a Parquet file", "check --data") from error
        return {n: table.column(n).to_pylist() for n in names}
    rows, _ = read_rows(path)
    _absent(names, rows.header, path.name)
    places = [rows.header.index(n) for n in names]
    found: list[list[str]] = [[] for _ in names]
    for _, cells in rows.cells:
        for column, place in zip(found, places, strict=True):
            column.append(cells[place])
    return dict(zip(names, found, strict=True))


def _from_columns(data: Any, names: Sequence[str]) -> dict[str, Sequence[Any]]:
    # A mapping, or a frame of pandas or polars: both list their columns and give one by name.
    _absent(names, [str(c) for c in getattr(data, "columns", data)], "the table")
    return {n: list(data[n]) for n in names}


def _typed(name: str, values: Sequence[Any], where: str) -> tuple[Column, npt.NDArray[np.bool_]]:
    """Values as numbers or text, and where there is none."""
    texts = ["" if v is None else str(v).strip() for v in values]
    gaps = np.array([t in _ABSENT or t in ("None", "<NA>", "null") for t in texts], dtype=bool)
    out = np.full(len(texts), np.nan)
    words: list[int] = []
    for i, text in enumerate(texts):
        if gaps[i]:
            continue
        try:
            out[i] = float(text)
        except ValueError:
            if text.lower() in ("true", "false"):
                out[i] = float(text.lower() == "true")
            else:
                words.append(i)
    if not words:
        return out, gaps
    filled = int((~gaps).sum())
    if len(words) < 0.5 * filled:
        raise BadRecord(
            f"{texts[words[0]]!r} in column {name!r} of {where}, line {words[0] + 2}, and "
            f"{len(words) - 1} more among {filled} values",
            "numbers throughout, or text throughout",
            "correct them, or leave the cells empty",
        )
    return np.array(texts), gaps

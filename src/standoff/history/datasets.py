"""Adapters for public data sets that the user has: recognise a file, check it, read it.

A file is recognised by its columns, never by its name. Reading keeps three things apart that are
often mixed up: a value, a true zero, and *not covered* (an empty cell, or a code such as -9 that
stands for no value). The files are the user's; nothing of them ships with the package.

Example:
    >>> sorted(known_datasets())[:3]
    ['atop-ddyr', 'cow-capitals', 'cow-contiguity']
"""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

import numpy as np
import numpy.typing as npt

from standoff.errors import BadRecord, UnreadableFile

__all__ = [
    "DataTable",
    "Dataset",
    "find_datasets",
    "known_datasets",
    "locate_datasets",
    "read_dataset",
    "recognise",
]

Numbers = npt.NDArray[np.float64]
_ABSENT = ("", "NA", "NaN", "nan", ".")


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is known of a public data set.

    Attributes:
        id, title, citation, licence: what it is and how to credit it.
        key: columns that tell its rows apart.
        columns: columns by which a file is recognised.
        missing: codes that stand for no value in numeric columns.
    """

    id: str
    title: str
    citation: str
    licence: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    missing: frozenset[str]


@lru_cache(maxsize=1)
def known_datasets() -> Mapping[str, Dataset]:
    """The data sets that the adapters know, by id."""
    text = (resources.files("standoff.history") / "data" / "datasets.toml").read_text("utf-8")
    found: dict[str, Dataset] = {}
    for item in tomllib.loads(text)["dataset"]:
        found[item["id"]] = Dataset(
            id=item["id"],
            title=item["title"],
            citation=item["citation"],
            licence=item["licence"],
            key=tuple(item["key"]),
            columns=tuple(item["columns"]),
            missing=frozenset(item["missing"]),
        )
    return found


@dataclass(frozen=True, slots=True)
class DataTable:
    """A file of a data set, read.

    Attributes:
        dataset: what it is.
        path, sha256: which file, to the byte.
        header: columns in the order of the file.
        texts: column to its cells as they stand.
    """

    dataset: Dataset
    path: Path
    sha256: str
    header: tuple[str, ...]
    texts: Mapping[str, tuple[str, ...]]

    def __len__(self) -> int:
        return len(self.texts[self.header[0]])

    def text(self, column: str) -> tuple[str, ...]:
        """Cells of a column as they stand.

        Raises:
            BadRecord: the file has no such column.
        """
        if column not in self.texts:
            raise BadRecord(
                f"the column {column!r} of {self.path.name}",
                ", ".join(self.header),
                "take a column of the file",
            )
        return self.texts[column]

    def numbers(self, column: str) -> Numbers:
        """A column as numbers, (row,); not covered is NaN, and a zero is a true zero.

        Raises:
            BadRecord: a cell that is neither a number nor a code for no value, with its line.
        """
        cells = self.text(column)
        out = np.full(len(cells), np.nan)
        for i, cell in enumerate(cells):
            if cell in _ABSENT or cell in self.dataset.missing:
                continue
            try:
                out[i] = float(cell)
            except ValueError:
                raise BadRecord(
                    f"{cell!r} in column {column!r}, line {i + 2} of {self.path.name}",
                    "a number, an empty cell, or one of "
                    + (", ".join(sorted(self.dataset.missing)) or "no codes"),
                    "correct the file, or read the column as text",
                ) from None
        return out

    def covered(self, column: str) -> npt.NDArray[np.bool_]:
        """Where a numeric column has a value, (row,)."""
        return ~np.isnan(self.numbers(column))

    def integers(self, column: str) -> list[int]:
        """A column of whole numbers, all covered.

        Raises:
            BadRecord: a cell without a value, or with a fraction, with its line.
        """
        values = self.numbers(column)
        wrong = np.flatnonzero(np.isnan(values) | (values != np.round(values)))
        if wrong.size:
            line = int(wrong[0])
            raise BadRecord(
                f"{self.text(column)[line]!r} in column {column!r}, line {line + 2}",
                "a whole number in every row",
                f"correct {self.path.name}",
            )
        return [int(v) for v in values]


def recognise(header: Sequence[str], name: str = "the file") -> Dataset:
    """Which data set a header belongs to: the one that asks for most of its columns.

    Raises:
        UnreadableFile: none; the message names the nearest and what it lacks.

    Example:
        >>> recognise(["stateabb", "ccode", "year", "milex", "milper", "irst", "pec", "tpop",
        ...            "upop", "cinc", "version"]).id
        'cow-nmc'
    """
    have = set(header)
    fitting = [d for d in known_datasets().values() if set(d.columns) <= have]
    if fitting:
        return max(fitting, key=lambda d: (len(d.columns), d.id))
    nearest = max(
        known_datasets().values(), key=lambda d: (len(set(d.columns) & have) / len(d.columns), d.id)
    )
    lacking = sorted(set(nearest.columns) - have)
    raise UnreadableFile(
        f"{name} with the columns {', '.join(list(header)[:8])}"
        + (", ..." if len(header) > 8 else ""),
        f"the columns of a known data set; nearest {nearest.id}, which also needs "
        + ", ".join(lacking),
        "take the original file of " + " | ".join(sorted(known_datasets())),
    )


def read_dataset(path: Path | str, expect: str | None = None) -> DataTable:
    """Read a CSV file of a known data set.

    UTF-8 with or without a byte order mark, else Mac Roman (as REIGN is). Every row must have the
    width of the header, and the key must tell rows apart.

    Args:
        path: the user's file.
        expect: id of the data set that is wanted.

    Raises:
        UnreadableFile: no such file, not a table, an unknown data set or another than wanted.
        BadRecord: a row of the wrong width, or two rows with one key.
    """
    path = Path(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(
            f"{path} ({error.strerror or 'cannot be opened'})",
            "a CSV file of a public data set",
            "check the path; standoff history datasets lists what is known",
        ) from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("mac_roman")
    rows = csv.reader(text.splitlines())
    header = tuple(next(rows, list[str]()))
    if len(header) < 2:
        raise UnreadableFile(
            f"{path.name}, whose first line is no header",
            "a comma-separated table",
            "export it as CSV with a header",
        )
    dataset = recognise(header, path.name)
    if expect is not None and dataset.id != expect:
        raise UnreadableFile(
            f"{path.name}, which is {dataset.id} ({dataset.title})",
            f"{expect} ({known_datasets()[expect].title})"
            if expect in known_datasets()
            else f"one of {', '.join(sorted(known_datasets()))}",
            "point to the other file",
        )
    columns: list[list[str]] = [[] for _ in header]
    for row in rows:
        if len(row) != len(header):
            raise BadRecord(
                f"line {rows.line_num} of {path.name} with {len(row)} cells",
                f"{len(header)} cells, as the header has",
                "repair the file",
            )
        for cells, cell in zip(columns, row, strict=True):
            cells.append(cell)
    table = DataTable(
        dataset=dataset,
        path=path,
        sha256=hashlib.sha256(raw).hexdigest(),
        header=header,
        texts={name: tuple(cells) for name, cells in zip(header, columns, strict=True)},
    )
    _check_key(table)
    return table


def _check_key(table: DataTable) -> None:
    seen: set[tuple[str, ...]] = set()
    for i, key in enumerate(zip(*(table.text(k) for k in table.dataset.key), strict=True)):
        if key in seen:
            pairs = ", ".join(f"{k}={v}" for k, v in zip(table.dataset.key, key, strict=True))
            raise BadRecord(
                f"a second row for {pairs}, line {i + 2} of {table.path.name}",
                "one row each",
                "remove one of them",
            )
        seen.add(key)


def locate_datasets(folder: Path | str, *, need: Sequence[str] = ()) -> dict[str, Path]:
    """Which file of a folder is which known data set; only first lines are read.

    Where several files could be one data set (an extract, a table joined from others), the one
    with the fewest further columns is taken. Files that are no table of a known data set are
    passed over.

    Args:
        folder: where the CSV files are.
        need: ids that must be there.

    Raises:
        UnreadableFile: no such folder, or a data set that is needed is not in it.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise UnreadableFile(f"{folder}", "a folder with CSV files", "check the path")
    best: dict[str, tuple[int, str, Path]] = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open("rb") as file:
            start = file.readline()
        line = start.decode("utf-8-sig", "replace").rstrip("\r\n")
        header = next(csv.reader([line]), list[str]())
        try:
            dataset = recognise(header, path.name)
        except UnreadableFile:
            continue
        candidate = (len(header) - len(dataset.columns), path.name, path)
        best[dataset.id] = min(best.get(dataset.id, candidate), candidate)
    missing = [i for i in need if i not in best]
    if missing:
        wanted = known_datasets()[missing[0]]
        raise UnreadableFile(
            f"{folder}, which has {', '.join(sorted(best)) or 'no known data set'}",
            f"also {', '.join(missing)}",
            f"add {wanted.title} with the columns {', '.join(wanted.columns)}",
        )
    return {i: path for i, (_, _, path) in sorted(best.items())}


def find_datasets(folder: Path | str, *, need: Sequence[str] = ()) -> dict[str, DataTable]:
    """Read the known data sets of a folder (:func:`locate_datasets` says which files).

    Raises:
        UnreadableFile, BadRecord: as :func:`locate_datasets` and :func:`read_dataset`.
    """
    return {i: read_dataset(path, i) for i, path in locate_datasets(folder, need=need).items()}

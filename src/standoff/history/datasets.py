"""Adapters for public data sets that the user has: recognise a file, check it, read it.

A file is recognised by its columns, never by its name: those of the release itself, or those under
which the R package peacesciencer passes it on. A column has one name here (`ccode1`), whatever the
release calls it (`stateA`, `statelno`). Reading keeps three things apart that are often mixed up: a
value, a true zero, and *not covered* (an empty cell, or a code such as -9, -9.0 or -88 that stands
for no value). The files are the user's; nothing of them ships with the package.

Example:
    >>> sorted(known_datasets())[:3]
    ['atop-ddyr', 'cow-capitals', 'cow-contiguity']
"""

from __future__ import annotations

import csv
import hashlib
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path

import numpy as np
import numpy.typing as npt

from standoff.errors import BadRecord, UnreadableFile
from standoff.history.plain import Rows, read_head, read_rows

__all__ = [
    "DataTable",
    "Dataset",
    "Named",
    "known_datasets",
    "locate_datasets",
    "read_dataset",
    "recognise",
    "under_our_names",
    "write_plain",
]

Numbers = npt.NDArray[np.float64]
_ABSENT = ("", "NA", "NaN", "nan", ".")
_TABLES = (".csv", ".tsv", ".tab", ".txt")


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is known of a public data set.

    Attributes:
        id, title, citation, licence: what it is and how to credit it.
        key: columns that tell its rows apart.
        columns: columns by which a file is recognised.
        missing: codes that stand for no value in numeric columns.
        names: column to what releases call it.
        months: columns of dates that a release gives as year and month (192001).
        years: columns that say which years a row is about.
        words: those of `columns` that hold words or days instead of numbers.
        note: what else is to be known, such as which other file a step of the panel takes.
    """

    id: str
    title: str
    citation: str
    licence: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    missing: frozenset[float]
    names: Mapping[str, tuple[str, ...]]
    months: tuple[str, ...]
    years: tuple[str, ...]
    words: tuple[str, ...]
    note: str


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
            missing=frozenset(float(v) for v in item["missing"]),
            names={ours: tuple(theirs) for ours, theirs in item.get("names", {}).items()},
            months=tuple(item.get("months", ())),
            years=tuple(item["years"]),
            words=tuple(item.get("text", ())),
            note=item.get("note", ""),
        )
    return found


@dataclass(frozen=True, slots=True)
class DataTable:
    """A file of a data set, read.

    Attributes:
        dataset: what it is.
        path, sha256: which file, to the byte.
        header: columns in the order of the file, under our names.
        texts: column to its cells as they stand.
        encoding, separator: how it was read.
        renamed: our name to that in the file, where they differ.
    """

    dataset: Dataset
    path: Path
    sha256: str
    header: tuple[str, ...]
    texts: Mapping[str, tuple[str, ...]]
    encoding: str = "utf-8"
    separator: str = ","
    renamed: Mapping[str, str] = field(default_factory=dict[str, str])

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
            if cell in _ABSENT:
                continue
            try:
                value = float(cell)
            except ValueError:
                codes = ", ".join(f"{v:g}" for v in sorted(self.dataset.missing))
                raise BadRecord(
                    f"{cell!r} in column {column!r}, line {i + 2} of {self.path.name}",
                    f"a number, an empty cell, or one of {codes or 'no codes'}",
                    "correct the file, or read the column as text",
                ) from None
            # A code is a number, however it is written: -9, -9.0 and "-9 " are one.
            if value not in self.dataset.missing:
                out[i] = value
        return out

    def check(self) -> None:
        """Every column by which the file is known holds what it should.

        Raises:
            BadRecord: a word among numbers, with its line.
        """
        for column in self.dataset.columns:
            if column not in self.dataset.words:
                self.numbers(column)

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


@dataclass(frozen=True, slots=True)
class Named:
    """A header that is known: the data set, and our name to the one in the file."""

    dataset: Dataset
    header: tuple[str, ...]
    renamed: Mapping[str, str]


def under_our_names(header: Sequence[str], name: str = "the file") -> Named:
    """Which data set a header belongs to, with its columns under our names.

    Case is not told apart. Of several data sets the one that asks for most columns is taken.

    Raises:
        UnreadableFile: none; the message names the nearest and what it lacks.

    Example:
        >>> found = under_our_names(["ddyad", "stateA", "stateB", "year", "defense", "offense",
        ...                          "neutral", "nonagg", "consul"])
        >>> found.dataset.id, found.header[1], found.renamed["ccode1"]
        ('atop-ddyr', 'ccode1', 'stateA')
    """
    actual = {h.strip().lower(): h for h in reversed(header)}

    def lacks(dataset: Dataset) -> list[str]:
        return [c for c in dataset.columns if _theirs(dataset, c, actual) is None]

    fitting = [d for d in known_datasets().values() if not lacks(d)]
    if not fitting:
        nearest = min(
            known_datasets().values(), key=lambda d: (len(lacks(d)) / len(d.columns), d.id)
        )
        shown = ", ".join(list(header)[:8]) + (", ..." if len(header) > 8 else "")
        raise UnreadableFile(
            f"{name} with the columns {shown}",
            f"the columns of a known data set; nearest {nearest.id}, which also needs "
            + ", ".join(sorted(lacks(nearest))),
            "take the original file of " + " | ".join(sorted(known_datasets())),
        )
    dataset = max(fitting, key=lambda d: (len(d.columns), d.id))
    renamed: dict[str, str] = {}
    for ours in dict.fromkeys((*dataset.columns, *dataset.names)):
        theirs = _theirs(dataset, ours, actual)
        if theirs is not None and theirs != ours:
            renamed[ours] = theirs
    back = {theirs: ours for ours, theirs in renamed.items()}
    return Named(dataset, tuple(back.get(h, h) for h in header), renamed)


def _theirs(dataset: Dataset, ours: str, actual: Mapping[str, str]) -> str | None:
    names = (ours, *dataset.names.get(ours, ()))
    return next((actual[n.lower()] for n in names if n.lower() in actual), None)


def recognise(header: Sequence[str], name: str = "the file") -> Dataset:
    """Which data set a header belongs to: the one that asks for most of its columns.

    Raises:
        UnreadableFile: none; the message names the nearest and what it lacks.

    Example:
        >>> recognise(["stateabb", "ccode", "year", "milex", "milper", "irst", "pec", "tpop",
        ...            "upop", "cinc", "version"]).id
        'cow-nmc'
    """
    return under_our_names(header, name).dataset


def _named_rows(path: Path) -> tuple[Named, Rows, bytes]:
    rows, raw = read_rows(path)
    named = under_our_names(rows.header, path.name)
    twice = sorted({h for h in named.header if named.header.count(h) > 1})
    if twice:
        raise UnreadableFile(
            f"{path.name} with the column {twice[0]!r} twice", "one name each", "rename one"
        )
    return named, rows, raw


def _cells(named: Named, rows: Rows) -> Iterator[list[str]]:
    """Rows with dates of year and month (192001) written as days (1920-01-01)."""
    places = [named.header.index(c) for c in named.dataset.months if c in named.header]
    for _, row in rows.cells:
        for k in places:
            if len(row[k]) == 6 and row[k].isdigit():
                row[k] = f"{row[k][:4]}-{row[k][4:]}-01"
        yield row


def read_dataset(path: Path | str, expect: str | None = None) -> DataTable:
    """Read a table of a known data set.

    Separated by commas, semicolons or tabs; in UTF-8, UTF-16, cp1252 or Mac Roman (as REIGN is).
    Every row must have the width of the header, and the key must tell rows apart.

    Args:
        path: the user's file.
        expect: id of the data set that is wanted.

    Raises:
        UnreadableFile: no such file, not a table, an unknown data set or another than wanted.
        BadRecord: a row of the wrong width, or two rows with one key.
    """
    path = Path(path)
    named, rows, raw = _named_rows(path)
    dataset, header = named.dataset, named.header
    if expect is not None and dataset.id != expect:
        raise UnreadableFile(
            f"{path.name}, which is {dataset.id} ({dataset.title})",
            f"{expect} ({known_datasets()[expect].title})"
            if expect in known_datasets()
            else f"one of {', '.join(sorted(known_datasets()))}",
            "point to the other file",
        )
    columns: list[list[str]] = [[] for _ in header]
    for row in _cells(named, rows):
        for cells, cell in zip(columns, row, strict=True):
            cells.append(cell)
    table = DataTable(
        dataset=dataset,
        path=path,
        sha256=hashlib.sha256(raw).hexdigest(),
        header=header,
        texts={name: tuple(cells) for name, cells in zip(header, columns, strict=True)},
        encoding=rows.encoding,
        separator=rows.separator,
        renamed=named.renamed,
    )
    _check_key(table)
    return table


def write_plain(path: Path, target: Path) -> Path:
    """A file that other readers can take: itself, or a copy in UTF-8, commas and our names.

    Raises:
        UnreadableFile, BadRecord: as :func:`read_dataset`.
    """
    named, rows, _ = _named_rows(path)
    if rows.as_stored and not named.renamed:
        return path
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(named.header)
        writer.writerows(_cells(named, rows))
    return target


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
    for path in sorted(p for p in folder.iterdir() if p.suffix.lower() in _TABLES):
        try:
            header = read_head(path)
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

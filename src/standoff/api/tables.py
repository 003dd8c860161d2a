"""Rows as a table: iterable, printable in a notebook, and a data frame on request."""

from __future__ import annotations

import html
import importlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from standoff.errors import InputError, MissingExtra

LIBRARIES = ("polars", "pandas", "pyarrow")
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Table:
    """Records of one kind, each a mapping with the same keys, in a fixed order.

    `names` are the columns where there may be no row to tell them.

    >>> table = Table(({"handle": "S-001", "actor": "JPN"},))
    >>> len(table), table.columns, table[0]["actor"]
    (1, ('handle', 'actor'), 'JPN')
    """

    rows: tuple[Mapping[str, Any], ...]
    title: str = ""
    names: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return self.names or (tuple(self.rows[0]) if self.rows else ())

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        return iter(self.rows)

    def __getitem__(self, index: int) -> Mapping[str, Any]:
        return self.rows[index]

    def column(self, name: str) -> tuple[Any, ...]:
        """One column. Raises `InputError` for a name that is not there."""
        if self.columns and name not in self.columns:
            raise InputError(
                f"column {name!r}", f"one of {', '.join(self.columns)}", "look at .columns"
            )
        return tuple(row[name] for row in self.rows)

    def to_frame(self, library: str = "polars") -> Any:
        """The table as a data frame of polars or pandas, or as a pyarrow table.

        Raises `MissingExtra` when the library is not installed.
        """
        if library not in LIBRARIES:
            raise InputError(
                f"library {library!r}", f"one of {', '.join(LIBRARIES)}", 'to_frame("polars")'
            )
        try:
            module = importlib.import_module(library)
        except ImportError as error:
            raise MissingExtra(
                f"to_frame({library!r})", f"{library}", "pip install 'standoff[frames]'"
            ) from error
        data = {name: list(self.column(name)) for name in self.columns}
        return module.DataFrame(data) if library != "pyarrow" else module.table(data)

    def __repr__(self) -> str:
        return f"<Table {self.title or 'of records'}: {len(self)} rows, {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        """The first rows, for a notebook. Text from reports is escaped."""
        head = "".join(f"<th>{html.escape(c)}</th>" for c in self.columns)
        body = "".join(_row(row, self.columns) for row in self.rows[:SHOWN])
        more = f"<p>{len(self) - SHOWN} more rows</p>" if len(self) > SHOWN else ""
        caption = f"<caption>{html.escape(self.title)}</caption>" if self.title else ""
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _row(row: Mapping[str, Any], columns: Sequence[str]) -> str:
    cells = "".join(f"<td>{html.escape(str(row[c]))}</td>" for c in columns)
    return f"<tr>{cells}</tr>"

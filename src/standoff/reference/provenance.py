"""Where a row of a shipped table comes from, and how the tables are read.

Every table under ``reference/data`` is UTF-8 CSV with a header. Each row carries six columns of
origin: ``source``, ``url``, ``release``, ``retrieved``, ``verified`` (how it was checked) and
``note``. A row without a source or a check is refused when the table is loaded.

Example:
    >>> row = next(iter(read_rows("states.csv")))
    >>> Provenance.of(row, "states.csv").verified
    'dataset'
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources

from standoff.errors import FactError

__all__ = ["Provenance", "parse_date", "parse_list", "read_rows"]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Origin of one row.

    Attributes:
        source: the data set, page or publication.
        url: its address; may be empty.
        release: version, revision or date of the source.
        retrieved: when it was read, or when the source was made.
        verified: how the row was checked: ``dataset``, ``search``, ``official page``, ...
        note: anything a reader must know; may be empty.
    """

    source: str
    url: str
    release: str
    retrieved: str
    verified: str
    note: str

    @classmethod
    def of(cls, row: Mapping[str, str], table: str) -> Provenance:
        """Read the origin of a row.

        Raises:
            FactError: the row has no source or no check.

        Example:
            >>> try:
            ...     Provenance.of({"source": "", "verified": ""}, "x.csv")
            ... except FactError as error:
            ...     print(error.came)
            a row of x.csv without source or check
        """
        if not row.get("source") or not row.get("verified"):
            raise FactError(
                f"a row of {table} without source or check",
                "the columns source and verified filled in",
                f"complete the row {dict(row)!r}",
            )
        return cls(
            source=row["source"],
            url=row.get("url", ""),
            release=row.get("release", ""),
            retrieved=row.get("retrieved", ""),
            verified=row["verified"],
            note=row.get("note", ""),
        )


def read_rows(table: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a shipped table as dictionaries of strings.

    Example:
        >>> sorted(next(iter(read_rows("states.csv"))))[:3]
        ['actor', 'capital', 'cow']
    """
    text = (resources.files("standoff.reference") / "data" / table).read_text(encoding="utf-8")
    yield from csv.DictReader(io.StringIO(text, newline=""))


def parse_date(text: str) -> date | None:
    """Read an ISO date; an empty cell is `None`.

    Example:
        >>> parse_date("2021-10-04"), parse_date("")
        (datetime.date(2021, 10, 4), None)
    """
    return date.fromisoformat(text) if text else None


def parse_list(text: str) -> tuple[str, ...]:
    """Split a cell at ``|``; an empty cell is an empty tuple.

    Example:
        >>> parse_list("NATO|North Atlantic Treaty Organization")
        ('NATO', 'North Atlantic Treaty Organization')
        >>> parse_list("")
        ()
    """
    return tuple(part for part in text.split("|") if part)

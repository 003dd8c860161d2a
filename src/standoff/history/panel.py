"""Directed dyad-years from public data sets: a table that reads like a sentence.

```
directed_dyad_years("~/data", 1816, 2010).with_disputes().with_capabilities().with_alliances()
```

The rows are all ordered pairs of states that were in the COW system in a year *and* on at least one
common day of it. Every later step adds columns and never a row. The files are the user's, found in
a folder by their columns; DuckDB does the joining (extra `history`).

Rules, which reproduce the R package peacesciencer (Miller 2022):

- a state is a member from the year in which it enters to that in which it leaves, both inclusive;
- capitals and contiguity are those of the first record that touches the year;
- the distance of capitals is the great circle on a sphere of 6378.137 km;
- no dispute is a true zero from 1816 to 2010, no contiguity from 1816 to 2016; outside these
  years the value is missing, never zero (typed coverage, :attr:`Column.covers`);
- an alliance is directed: what the first owes the second. Rows without a treaty are zero from 1815
  to 2018 and missing after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np
import numpy.typing as npt

from standoff.errors import MissingExtra, ModelError
from standoff.history.datasets import locate_datasets
from standoff.history.steps import STEPS, Column, Step

if TYPE_CHECKING:
    import duckdb

__all__ = ["DyadYears", "directed_dyad_years"]

Frame = Literal["pandas", "polars", "arrow"]
_FIRST_YEAR, _LAST_YEAR = 1816, 2030

_STATES = """
create temp table spells as
select ccode, make_date(styear, stmonth, stday) as s,
       case when endyear >= 2016 then date '2100-12-31'
            else make_date(endyear, endmonth, endday) end as e
from raw_cow_states;
"""
_BASE = """
create temp table base as
with member as (
    select distinct ccode, cast(unnest(range(greatest(year(s), $first), least(year(e), $last) + 1))
           as smallint) as year
    from spells
)
select cast(a.ccode as smallint) as ccode1, cast(b.ccode as smallint) as ccode2, a.year as year
from member a join member b on a.year = b.year and a.ccode <> b.ccode
anti join (
    -- Both were members in the year, but never on one day of it: only years in which a spell
    -- begins or ends can be such.
    with edge as (
        select distinct ccode, unnest([year(s), year(e)]) as year from spells
    ),
    pair as (
        select x.ccode as ccode1, o.ccode as ccode2, x.year as year
        from edge x join (select distinct ccode from spells) o on x.ccode <> o.ccode
        where x.year between $first and $last
        union
        select o.ccode, x.ccode, x.year
        from edge x join (select distinct ccode from spells) o on x.ccode <> o.ccode
        where x.year between $first and $last
    )
    select p.ccode1, p.ccode2, p.year
    from pair p
    join spells a on a.ccode = p.ccode1 and p.year between year(a.s) and year(a.e)
    join spells b on b.ccode = p.ccode2 and p.year between year(b.s) and year(b.e)
    group by all
    having not bool_or(greatest(a.s, b.s, make_date(cast(p.year as int), 1, 1))
                       <= least(a.e, b.e, make_date(cast(p.year as int), 12, 31)))
) apart on apart.ccode1 = a.ccode and apart.ccode2 = b.ccode and apart.year = a.year;
"""


@dataclass(frozen=True, slots=True)
class DyadYears:
    """A table to be built: years, files, and the steps added so far.

    Attributes:
        folder: where the user's files are.
        first, last: years, both inclusive.
        files: data set id to file, for what the steps need.
        steps: names of the steps, in order.
    """

    folder: Path
    first: int
    last: int
    files: Mapping[str, Path]
    steps: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[Column, ...]:
        """Columns in order, each with its source and the years that it covers."""
        keys = (
            Column("ccode1", "cow-states", None),
            Column("ccode2", "cow-states", None),
            Column("year", "cow-states", None),
        )
        # Columns that look at other rows are computed last.
        ordered = sorted(self.steps, key=lambda name: bool(STEPS[name].over))
        return (*keys, *(c for name in ordered for c in STEPS[name].columns))

    def with_disputes(self) -> DyadYears:
        """Disputes of Gibler, Miller and Little: onset, side, hostility, deaths, who began."""
        return self._with("disputes")

    def with_peace_years(self) -> DyadYears:
        """Years since the last year with a dispute between the two (needs `with_disputes`)."""
        if "disputes" not in self.steps:
            return self.with_disputes()._with("peace years")
        return self._with("peace years")

    def with_capabilities(self) -> DyadYears:
        """National Material Capabilities of both."""
        return self._with("capabilities")

    def with_alliances(self) -> DyadYears:
        """What the first owes the second by ATOP."""
        return self._with("alliances")

    def with_capital_distance(self) -> DyadYears:
        """Kilometres between the capitals."""
        return self._with("capital distance")

    def with_contiguity(self) -> DyadYears:
        """Direct contiguity: 0 none, 1 land, 2 to 5 sea up to 12, 24, 150, 400 miles."""
        return self._with("contiguity")

    def with_majors(self) -> DyadYears:
        """Whether either is a major power by COW."""
        return self._with("majors")

    def with_democracy(self) -> DyadYears:
        """Democracy scores of both."""
        return self._with("democracy")

    def _with(self, name: str) -> DyadYears:
        if name in self.steps:
            return self
        step = STEPS[name]
        files = dict(self.files)
        if step.dataset:
            files |= locate_datasets(self.folder, need=(step.dataset,))
        return replace(self, steps=(*self.steps, name), files=files)

    def relation(self) -> duckdb.DuckDBPyRelation:
        """The built table in DuckDB, for further queries; rows in no order."""
        connection = self._connection()
        connection.execute(_STATES)
        connection.execute(_BASE, {"first": self.first, "last": self.last})
        select = ["base.ccode1", "base.ccode2", "base.year"]
        joins: list[str] = []
        later: list[Step] = []
        for name in self.steps:
            step = STEPS[name]
            for statement in step.prepare:
                connection.execute(statement)
            if step.over:
                later.append(step)
                continue
            select += [f"{column.sql} as {column.name}" for column in step.columns]
            joins.append(step.join)
        # Only constants of this package are put together here; paths and years are bound.
        query = " ".join(["select", ", ".join(select), "from base", *joins])
        for step in later:
            extra = ", ".join(f"{c.sql} as {c.name}" for c in step.columns)
            query = step.over.replace("$rows", query).replace("$extra", extra)
        connection.execute("create temp table panel as " + query)
        return connection.table("panel")

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Column name to values, (row,), ordered by year, first and second state.

        Columns with missing values are masked arrays; a mask means not covered.
        """
        fetched = cast("dict[str, npt.NDArray[np.generic]]", self.relation().fetchnumpy())
        # Three narrow keys are sorted here; sorting whole rows would cost a gigabyte.
        order = np.lexsort([fetched["ccode2"], fetched["ccode1"], fetched["year"]])
        for name in list(fetched):
            fetched[name] = fetched[name][order]
        return fetched

    def to_frame(self, kind: Frame = "pandas") -> Any:
        """A data frame of the kind that you use, ordered by year, first and second state.

        Raises:
            MissingExtra: the library is not installed.
            ModelError: an unknown kind.
        """
        ordered = self.relation().order("year, ccode1, ccode2")
        makers = {"pandas": ordered.df, "polars": ordered.pl, "arrow": ordered.arrow}
        if kind not in makers:
            raise ModelError(f"a frame of {kind!r}", " | ".join(makers), "to_frame('polars')")
        try:
            return cast(Any, makers[kind])()
        except ModuleNotFoundError as error:
            raise MissingExtra(
                f"{error.name}, which is not installed", kind, "pip install 'standoff[frames]'"
            ) from error

    def _connection(self) -> duckdb.DuckDBPyConnection:
        try:
            import duckdb
        except ModuleNotFoundError as error:
            raise MissingExtra(
                "duckdb, which is not installed", "DuckDB", "pip install 'standoff[history]'"
            ) from error
        connection = duckdb.connect(config={"preserve_insertion_order": "false"})
        wanted = {"cow-states", *(STEPS[n].dataset for n in self.steps if STEPS[n].dataset)}
        for dataset in sorted(wanted):
            path = self.files[dataset]
            # Types are read from every line of a small file, from many of a large one.
            sample = -1 if path.stat().st_size < 2_000_000 else 50_000
            table = connection.read_csv(
                str(path), header=True, na_values=["NA", ""], sample_size=sample
            )
            table.create_view("raw_" + dataset.replace("-", "_"))
        return connection


def directed_dyad_years(folder: Path | str, first: int = 1816, last: int = 2010) -> DyadYears:
    """All directed dyad-years of a span, from the user's file of COW states.

    Args:
        folder: where the CSV files of the data sets are.
        first, last: years, both inclusive.

    Raises:
        UnreadableFile: no such folder, or no file of states in it.
        ModelError: years out of order or before 1816.
    """
    if not _FIRST_YEAR <= first <= last <= _LAST_YEAR:
        raise ModelError(
            f"years {first} to {last}",
            f"a span within {_FIRST_YEAR} to {_LAST_YEAR}",
            "directed_dyad_years(folder, 1946, 2010)",
        )
    root = Path(folder).expanduser()
    return DyadYears(root, first, last, locate_datasets(root, need=("cow-states",)))

"""Directed dyad-years from public data sets: a table that reads like a sentence.

```
directed_dyad_years("~/data", 1816, 2010).with_disputes().with_capabilities().with_alliances()
```

The rows are all ordered pairs of states that were in the COW system in a year *and* on at least one
common day of it. Every later step adds columns and never a row. The files are the user's, found by
their columns in a folder or in the registry; DuckDB does the joining (extra `history`).

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

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np
import numpy.typing as npt

from standoff.errors import BadRecord, MissingExtra, ModelError, UnreadableFile
from standoff.history.datasets import known_datasets, read_dataset, write_plain
from standoff.history.registry import data_files
from standoff.history.steps import STEPS, Column

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
        folder: where the user's files are; None is the registry.
        first, last: years, both inclusive.
        files: data set id to file, for all that were found.
        steps: names of the steps, in order.
        directed: both directions of a pair, or only that from the smaller code to the larger.
    """

    folder: Path | None
    first: int
    last: int
    files: Mapping[str, Path]
    steps: tuple[str, ...] = ()
    directed: bool = True

    @property
    def columns(self) -> tuple[Column, ...]:
        """Columns in order, each with its source and the years that it covers."""
        keys = (
            Column("ccode1", "cow-states", None),
            Column("ccode2", "cow-states", None),
            Column("year", "cow-states", None),
        )
        # Columns that look at other rows are computed last.
        ordered = sorted(self.steps, key=lambda name: bool(STEPS[name].base))
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

    def with_steps(self, *names: str) -> DyadYears:
        """Several steps by name: `disputes`, `peace years`, `capabilities`, ... (:attr:`lacking`).

        Raises:
            ModelError: a step that does not exist.
            UnreadableFile: a step without its file.
        """
        table = self
        for name in names:
            if name not in STEPS:
                raise ModelError(f"the step {name!r}", " | ".join(STEPS), "take one of these")
            table = table.with_peace_years() if name == "peace years" else table._with(name)
        return table

    @property
    def lacking(self) -> Mapping[str, str]:
        """Every step to the id of the data set that it lacks; empty where its file was found."""
        return {
            name: "" if needed in self.files else needed
            for name, step in STEPS.items()
            for needed in [step.dataset or "gml-ddy"]
        }

    def undirected(self) -> DyadYears:
        """One row per pair and year, the smaller code first.

        Columns that end in 1 and 2 stay those of the two states; obligations of an alliance are 1
        where either owes the other.
        """
        return replace(self, directed=False)

    def _with(self, name: str) -> DyadYears:
        if name in self.steps:
            return self
        step = STEPS[name]
        files = self.files
        if step.dataset and step.dataset not in files:
            files = data_files(self.folder, need=(step.dataset,))
        return replace(self, steps=(*self.steps, name), files=files)

    def relation(self) -> duckdb.DuckDBPyRelation:
        """The built table in DuckDB, for further queries; rows in no order.

        Raises:
            MissingExtra: DuckDB is not installed.
            UnreadableFile, BadRecord: a file that cannot be read, or has two rows for one key.
        """
        connection = self.connect()
        with self.speaking():
            connection.execute("create temp table panel as " + self.query(connection))
        self.check_rows(connection, "panel")
        return connection.table("panel")

    def query(self, connection: duckdb.DuckDBPyConnection, order: bool = False) -> str:
        """Prepare the tables of the steps, and say how the whole is selected from them.

        Only constants of this package are put together here; paths and years are bound.
        """
        connection.execute(_STATES)
        connection.execute(_BASE, {"first": self.first, "last": self.last})
        if not self.directed:
            connection.execute("delete from base where ccode1 > ccode2")
        select = ["base.ccode1", "base.ccode2", "base.year"]
        joins: list[str] = []
        last: list[str] = []
        for name in self.steps:
            step = STEPS[name]
            for statement in step.prepare:
                connection.execute(statement)
            if step.base:
                connection.execute(f"create temp table wider as {step.base}")
                connection.execute("drop table base; alter table wider rename to base")
            into = last if step.base else select
            into += [f"{column.sql} as {column.name}" for column in step.columns]
            joins.append(step.join)
        if order:
            connection.execute("create temp table wider as from base order by year, ccode1, ccode2")
            connection.execute("drop table base; alter table wider rename to base")
        return " ".join(["select", ", ".join(select + last), "from base", *joins])

    def check_rows(self, connection: duckdb.DuckDBPyConnection, built: str) -> None:
        """A step adds columns and never a row: two rows of a file for one key would."""
        wanted, came = (
            connection.table(name).aggregate("count(*)").fetchall()[0][0]
            for name in ("base", built)
        )
        if came == wanted:
            return
        for dataset in self.used:
            key = ", ".join(known_datasets()[dataset].key)
            rows = connection.view(_view(dataset)).aggregate(f"{key}, count(*) as n")
            twice = rows.filter("n > 1").limit(1).fetchall()
            if twice:
                raise BadRecord(
                    f"two rows for {key} = {', '.join(str(v) for v in twice[0][:-1])} in "
                    f"{self.files[dataset].name}",
                    "one row each",
                    "remove one of them",
                )
        raise BadRecord(f"{came} rows for {wanted} dyad-years", "one each", "check the files")

    @property
    def used(self) -> tuple[str, ...]:
        """Ids of the data sets that the steps read, in order."""
        return tuple(
            sorted({"cow-states", *(STEPS[n].dataset for n in self.steps if STEPS[n].dataset)})
        )

    @contextmanager
    def speaking(self) -> Generator[None]:
        """Turns what DuckDB says of a file into an error that names it, and the line if it can."""
        import duckdb

        try:
            yield
        except duckdb.Error as error:
            for dataset in self.used:
                # The slow reader knows the line; what it lets pass is told in DuckDB's words.
                read_dataset(self.files[dataset], dataset).check()
            names = ", ".join(self.files[i].name for i in self.used)
            raise UnreadableFile(
                f"{str(error).splitlines()[0]} (from {names})",
                "files with the columns and values of their release",
                "standoff data check FILE for each",
            ) from error

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

    def connect(self, ordered: bool = False) -> duckdb.DuckDBPyConnection:
        """DuckDB with the files of the steps as `raw_` views; `ordered` keeps the order of joins.

        Raises:
            MissingExtra: DuckDB is not installed.
        """
        try:
            import duckdb
        except ModuleNotFoundError as error:
            raise MissingExtra(
                "duckdb, which is not installed", "DuckDB", "pip install 'standoff[history]'"
            ) from error
        connection = duckdb.connect(config={"preserve_insertion_order": str(ordered).lower()})
        if ordered:
            # Joins keep the order of their left side on one thread only; on two, busy ones, they took as long.
            connection.execute("set threads = 1")
        with TemporaryDirectory() as folder, self.speaking():
            for dataset in self.used:
                path = self.files[dataset]
                plain = write_plain(path, Path(folder) / f"{dataset}.csv")
                # Types are read from every line of a small file, from many of a large one.
                sample = -1 if plain.stat().st_size < 2_000_000 else 50_000
                table = connection.read_csv(
                    str(plain), header=True, sep=",", na_values=["NA", "NaN", ".", ""],
                    sample_size=sample,
                )  # fmt: skip
                name = _view(dataset)
                if dataset == "atop-ddyr" and not self.directed:
                    duties = [c for c in table.columns if c.startswith("atop_")]
                    either = ", ".join(f"max({c}) as {c}" for c in duties)
                    table.aggregate(
                        "least(ccode1, ccode2) as ccode1, greatest(ccode1, ccode2) as ccode2, "
                        f"year, {either}",
                        "all",
                    ).create(name)
                elif plain is path:
                    table.create_view(name)
                else:
                    table.create(name)
        return connection


def _view(dataset: str) -> str:
    return "raw_" + dataset.replace("-", "_")


def directed_dyad_years(
    folder: Path | str | None = None, first: int = 1816, last: int = 2010
) -> DyadYears:
    """All directed dyad-years of a span, from the user's file of COW states.

    Args:
        folder: where the CSV files of the data sets are; None takes the registered ones.
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
    root = None if folder is None else Path(folder).expanduser()
    return DyadYears(root, first, last, data_files(root, need=("cow-states",)))

"""The steps of a panel: what each needs, how it joins, and what its columns mean.

SQL is that of DuckDB. `base` holds ccode1, ccode2, year; a file of data set `x-y` is the view
`raw_x_y`. A column that is `coalesce`d has a true zero inside the years of `covers` and is missing
outside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["STEPS", "Column", "Step"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: in the table.
        source: id of the data set.
        covers: first and last year for which a missing row is a true zero; None where a missing
            value stays missing.
        sql: how it is computed.
    """

    name: str
    source: str
    covers: tuple[int, int] | None
    sql: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step: the data set it needs, tables to prepare, the join, its columns.

    `base` is a query that gives `base` a column which looks at other rows: on four narrow columns
    that costs a quarter of what it costs on the whole table.
    """

    dataset: str
    columns: tuple[Column, ...]
    prepare: tuple[str, ...] = ()
    join: str = ""
    base: str = ""


def _zero(name: str, source: str, value: str, first: int, last: int) -> Column:
    inside = f"base.year between {first} and {last}"
    sql = f"cast(case when {inside} then coalesce({value}, 0) else {value} end as tinyint)"
    return Column(name, source, (first, last), sql)


def _plain(name: str, source: str, sql: str, kind: str = "") -> Column:
    # Narrow types: two million rows of sixty columns are 0.2 GB instead of 0.8.
    return Column(name, source, None, f"cast({sql} as {kind})" if kind else sql)


_DISPUTE_PLAIN = {
    "sidea1": "tinyint",
    "sidea2": "tinyint",
    "orig1": "tinyint",
    "orig2": "tinyint",
    "dispnum": "smallint",
    "hostlev1": "tinyint",
    "hostlev2": "tinyint",
    "fatality1": "tinyint",
    "fatality2": "tinyint",
    "fatalpre1": "integer",
    "fatalpre2": "integer",
    "hiact1": "tinyint",
    "hiact2": "tinyint",
    "recip": "tinyint",
    "stmon": "tinyint",
}
# Some releases hold a few values with fractions, so none of them is made whole.
_NMC = ("milex", "milper", "irst", "pec", "tpop", "upop", "cinc")
_ATOP = ("atop_defense", "atop_offense", "atop_neutral", "atop_nonagg", "atop_consul")
_DEMOCRACY = {"euds": "double", "aeuds": "double", "polity2": "tinyint", "v2x_polyarchy": "double"}

_DISPUTES = Step(
    dataset="gml-ddy",
    columns=(
        _zero("gmlmidonset", "gml-ddy", "m.gmlmidonset", 1816, 2010),
        _zero("gmlmidongoing", "gml-ddy", "m.gmlmidongoing", 1816, 2010),
        # Who began: on the side that moved first, or joined it or its enemy later.
        _plain("init1", "gml-ddy", "cast(m.sidea1 = 1 or m.orig1 = 0 as tinyint)"),
        _plain("init2", "gml-ddy", "cast(m.sidea2 = 1 or m.orig2 = 0 as tinyint)"),
        *(_plain(n, "gml-ddy", f"m.{n}", kind) for n, kind in _DISPUTE_PLAIN.items()),
    ),
    join="left join raw_gml_ddy m on m.ccode1 = base.ccode1 and m.ccode2 = base.ccode2 "
    "and m.year = base.year",
)

_CAPABILITIES = Step(
    dataset="cow-nmc",
    columns=tuple(
        # -9 stands for no value in the original files.
        _plain(f"{name}{side}", "cow-nmc", f"nullif(n{side}.{name}, -9)", "double")
        for side in (1, 2)
        for name in _NMC
    ),
    join="left join raw_cow_nmc n1 on n1.ccode = base.ccode1 and n1.year = base.year "
    "left join raw_cow_nmc n2 on n2.ccode = base.ccode2 and n2.year = base.year",
)

_ALLIANCES = Step(
    dataset="atop-ddyr",
    columns=(
        _zero(
            "atop_alliance",
            "atop-ddyr",
            "case when t.year is null then null else 1 end",
            1815,
            2018,
        ),
        *(_zero(name, "atop-ddyr", f"t.{name}", 1815, 2018) for name in _ATOP),
    ),
    join="left join raw_atop_ddyr t on t.ccode1 = base.ccode1 and t.ccode2 = base.ccode2 "
    "and t.year = base.year",
)

_CAPITALS = Step(
    dataset="cow-capitals",
    columns=(
        _plain(
            "capdist",
            "cow-capitals",
            "2 * 6378.137 * asin(sqrt(pow(sin(radians(k2.lat - k1.lat) / 2), 2) + "
            "cos(radians(k1.lat)) * cos(radians(k2.lat)) * pow(sin(radians(k2.lng - k1.lng) / 2), 2)))",
        ),
    ),
    prepare=(
        (
            "create temp table capital as select ccode, y as year, arg_min(lat, stdate) as lat, "
            "arg_min(lng, stdate) as lng from (select *, unnest(range(year(stdate), "
            "year(coalesce(enddate, date '2100-01-01')) + 1)) as y from raw_cow_capitals) group by all"
        ),
    ),
    join="left join capital k1 on k1.ccode = base.ccode1 and k1.year = base.year "
    "left join capital k2 on k2.ccode = base.ccode2 and k2.year = base.year",
)

_CONTIGUITY = Step(
    dataset="cow-contiguity",
    columns=(_zero("conttype", "cow-contiguity", "g.conttype", 1816, 2016),),
    prepare=(
        (
            # The release names each pair once, others pass it on both ways; the relation has no
            # direction, so both give the same rows.
            "create temp table contiguity as select ccode1, ccode2, y as year, "
            "arg_min(conttype, stdate) as conttype from (select *, unnest(range(year(stdate), "
            "year(enddate) + 1)) as y from (select ccode1, ccode2, conttype, stdate, enddate from "
            "raw_cow_contiguity union select ccode2, ccode1, conttype, stdate, enddate from "
            "raw_cow_contiguity)) group by all"
        ),
    ),
    join="left join contiguity g on g.ccode1 = base.ccode1 and g.ccode2 = base.ccode2 "
    "and g.year = base.year",
)

_MAJORS = Step(
    dataset="cow-majors",
    columns=(
        _plain("cowmaj1", "cow-majors", "cast(j1.ccode is not null as tinyint)"),
        _plain("cowmaj2", "cow-majors", "cast(j2.ccode is not null as tinyint)"),
    ),
    prepare=(
        (
            "create temp table major as select distinct ccode, unnest(range(styear, "
            "case when endyear >= 2016 then 2101 else endyear + 1 end)) as year from raw_cow_majors"
        ),
    ),
    join="left join major j1 on j1.ccode = base.ccode1 and j1.year = base.year "
    "left join major j2 on j2.ccode = base.ccode2 and j2.year = base.year",
)

_SCORES = Step(
    dataset="cow-democracy",
    columns=tuple(
        # Polity has -66, -77 and -88 for years without a score.
        _plain(
            f"{name}{side}",
            "cow-democracy",
            f"case when d{side}.{name} not in (-66, -77, -88) then d{side}.{name} end",
            kind,
        )
        for side in (1, 2)
        for name, kind in _DEMOCRACY.items()
    ),
    join="left join raw_cow_democracy d1 on d1.ccode = base.ccode1 and d1.year = base.year "
    "left join raw_cow_democracy d2 on d2.ccode = base.ccode2 and d2.year = base.year",
)

_PEACE = Step(
    dataset="",
    columns=(
        # Beyond the disputes a spell would count years that nobody has looked at.
        _plain(
            "gmlmidspell",
            "gml-ddy",
            "case when base.year between 1816 and 2010 then base.gmlmidspell end",
        ),
    ),
    # A run ends with a year of dispute; the spell counts the rows of the run before this one.
    base="select * exclude (run), cast(row_number() over (partition by ccode1, ccode2, run "
    "order by year) - 1 as smallint) as gmlmidspell from (select base.*, coalesce(sum("
    "cast(m.gmlmidongoing as integer)) over (partition by base.ccode1, base.ccode2 order by base.year "
    "rows between unbounded preceding and 1 preceding), 0) as run from base left join raw_gml_ddy m "
    "on m.ccode1 = base.ccode1 and m.ccode2 = base.ccode2 and m.year = base.year)",
)

STEPS: Mapping[str, Step] = {
    "disputes": _DISPUTES,
    "capabilities": _CAPABILITIES,
    "alliances": _ALLIANCES,
    "capital distance": _CAPITALS,
    "contiguity": _CONTIGUITY,
    "majors": _MAJORS,
    "democracy": _SCORES,
    "peace years": _PEACE,
}

"""The tables of :mod:`standoff.forecast.facts` from the files of public data sets that a user has.

Needs cow-states, cow-nmc, cow-majors, cow-contiguity, atop-ddyr, tss-rivalries and gml-ddy in one
folder, found by their columns; nuclear weapons are those of the shipped reference table.
"""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import numpy as np

from standoff.forecast.facts import (
    ATTACK,
    DEFENCE,
    DISPLAY,
    FORCE,
    NONAGGRESSION,
    TABLES,
    WAR,
    Coverage,
    Facts,
)
from standoff.forecast.lookup import Array
from standoff.history import DataTable, locate_datasets, read_dataset
from standoff.reference import crosswalk, nuclear_status, states

__all__ = ["gather_facts", "write_facts"]

_OPEN, _CLOSES = 2100, 2016
"""The releases of 2016 close spells that go on with 2016."""
_FIRST_YEAR = 1945
"""Fits begin in 1946 and look at the year before; disputes are kept from 1816, for years of peace."""
_ORIGIN = {
    "states": ("cow-states", (1816, _CLOSES)),
    "capabilities": ("cow-nmc", None),
    "majors": ("cow-majors", (1816, _CLOSES)),
    "contiguity": ("cow-contiguity", (1816, _CLOSES)),
    "pacts": ("atop-ddyr", None),
    "rivalries": ("tss-rivalries", None),
    "disputes": ("gml-ddy", None),
}
"""Table to its data set and years; None: the years that it has."""


def gather_facts(folder: Path | str) -> Facts:
    """Read the tables from a folder of data sets.

    Raises:
        UnreadableFile: a data set that is needed is not there.
        BadRecord: a cell that cannot be.
    """
    needed = [name for name, _ in _ORIGIN.values()]
    files = locate_datasets(folder, need=needed)
    data = {name: read_dataset(files[name], name) for name in needed}
    tables = {
        "states": _states(data["cow-states"]),
        "capabilities": _capabilities(data["cow-nmc"]),
        "majors": _majors(data["cow-majors"]),
        "contiguity": _contiguity(data["cow-contiguity"]),
        "pacts": _pacts(data["atop-ddyr"]),
        "rivalries": _rivalries(data["tss-rivalries"]),
        "nuclear": _nuclear(),
        "disputes": _disputes(data["gml-ddy"]),
    }
    coverage = {"nuclear": _nuclear_coverage(tables["nuclear"])}
    for table, (name, span) in _ORIGIN.items():
        first, last = span or _span(table, data[name])
        known = data[name].dataset
        source = f"{known.title}; {known.citation}; sha256 {data[name].sha256[:16]}"
        coverage[table] = Coverage(table, first, last, source, known.licence)
    return Facts(tables, coverage)


def write_facts(facts: Facts, file: Path) -> None:
    """Write the tables as one zip, the same bytes for the same tables."""
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in {**_texts(facts), "SOURCES": _sources(facts)}.items():
            # A fixed date: the bytes are to depend on nothing but the tables.
            entry = zipfile.ZipInfo(f"{name}.csv", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text, compresslevel=9)


def _texts(facts: Facts) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, columns in TABLES.items():
        lines = [",".join(f"{v:.6g}" for v in row) for row in facts.tables[name]]
        found[name] = "\n".join([",".join(columns), *lines]) + "\n"
    return found


def _sources(facts: Facts) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("table", "first", "last", "source", "terms"))
    for name in TABLES:
        c = facts.coverage[name]
        writer.writerow((c.table, c.first, c.last, c.source, c.terms))
    return out.getvalue()


def _span(table: str, data: DataTable) -> tuple[int, int]:
    if table == "rivalries":
        return min(data.integers("start")), max(data.integers("end"))
    years = data.integers("year")
    return min(years), max(years)


def _sorted(rows: list[tuple[float, ...]], table: str) -> Array:
    return np.array(sorted(rows), dtype=float).reshape(-1, len(TABLES[table]))


def _states(data: DataTable) -> Array:
    names = ("ccode", "styear", "stmonth", "stday", "endyear", "endmonth", "endday")
    rows: list[tuple[float, ...]] = []
    for code, *ends in zip(*(data.integers(n) for n in names), strict=True):
        start, end = date(*ends[:3]), date(*ends[3:])
        until = (_OPEN, 366) if end.year >= _CLOSES else (end.year, end.timetuple().tm_yday)
        rows.append((code, start.year, start.timetuple().tm_yday, *until))
    return _sorted(rows, "states")


def _capabilities(data: DataTable) -> Array:
    share = data.numbers("cinc")
    rows: list[tuple[float, ...]] = [
        (code, year, float(f"{share[i]:.3g}"))
        for i, (code, year) in enumerate(
            zip(data.integers("ccode"), data.integers("year"), strict=True)
        )
        if year >= _FIRST_YEAR and not np.isnan(share[i])
    ]
    return _sorted(rows, "capabilities")


def _open(year: int) -> int:
    return _OPEN if year >= _CLOSES else year


def _majors(data: DataTable) -> Array:
    columns = (data.integers(n) for n in ("ccode", "styear", "endyear"))
    return _sorted([(c, a, _open(b)) for c, a, b in zip(*columns, strict=True)], "majors")


def _contiguity(data: DataTable) -> Array:
    rows: list[tuple[float, ...]] = []
    pairs = zip(data.integers("ccode1"), data.integers("ccode2"), strict=True)
    marks = zip(data.integers("conttype"), data.text("stdate"), data.text("enddate"), strict=True)
    # The first record that touches a year stands for it, as in the panel of dyad-years.
    for (a, b), (kind, start, end) in zip(pairs, marks, strict=True):
        if a < b:
            rows.append((a, b, kind, int(start[:4]), _open(int(end[:4]))))
    rows.sort(key=lambda r: (r[0], r[1], r[3]))
    return np.array(rows, dtype=float).reshape(-1, len(TABLES["contiguity"]))


def _pacts(data: DataTable) -> Array:
    keys = [data.integers(n) for n in ("ccode1", "ccode2", "year")]
    rows: list[tuple[float, ...]] = []
    for kind, column in ((DEFENCE, "atop_defense"), (NONAGGRESSION, "atop_nonagg")):
        owed = data.numbers(column) == 1
        held = sorted(
            key
            for i, key in enumerate(zip(*keys, strict=True))
            if owed[i] and key[2] >= _FIRST_YEAR
        )
        for a, b, year in held:
            if rows and rows[-1][:3] == (a, b, kind) and rows[-1][4] == year - 1:
                rows[-1] = (*rows[-1][:4], year)
            else:
                rows.append((a, b, kind, year, year))
    return _sorted(rows, "pacts")


def _rivalries(data: DataTable) -> Array:
    names = ("ccode1", "ccode2", "start", "end")
    rows: list[tuple[float, ...]] = []
    for i, (a, b, start, end) in enumerate(zip(*(data.integers(n) for n in names), strict=True)):
        low, high = min(a, b), max(a, b)
        rows.append((low, high, float(data.text("spatial")[i] == "1"), start, end))
    return _sorted(rows, "rivalries")


def _nuclear() -> Array:
    rows: list[tuple[float, ...]] = []
    for actor in sorted({s.actor for s in states() if s.cow}):
        armed = [y for y in range(_FIRST_YEAR, 2023) if nuclear_status(actor, y) == "armed"]
        if armed:
            code = int(crosswalk(actor, frm="iso3", to="cow"))
            rows.append((code, armed[0], armed[-1]))
    return _sorted(rows, "nuclear")


def _nuclear_coverage(table: Array) -> Coverage:
    source = "Our World in Data from Bleek 2017 and NTI 2022, through the reference table"
    return Coverage("nuclear", _FIRST_YEAR, int(table[:, 2].max()), source, "CC BY")


def _disputes(data: DataTable) -> Array:
    force = np.fmax(data.numbers("hostlev1"), data.numbers("hostlev2"))
    deaths = np.fmax(data.numbers("fatality1"), data.numbers("fatality2"))
    attack = (force == 5) | ((force == 4) & (deaths >= 2))
    level = np.select([force == 5, attack, force >= 4], [WAR, ATTACK, FORCE], DISPLAY)
    side_a = [data.numbers(n) == 1 for n in ("sidea1", "sidea2")]
    begun = [s | (data.numbers(n) == 0) for s, n in zip(side_a, ("orig1", "orig2"), strict=True)]
    onset, month = data.numbers("gmlmidonset") == 1, data.numbers("stmon")
    keys = zip(*(data.integers(n) for n in ("dispnum", "ccode1", "ccode2", "year")), strict=True)
    rows: list[tuple[float, ...]] = []
    for i, (number, a, b, year) in enumerate(keys):
        if a < b:
            mark = (onset[i], level[i], begun[0][i], begun[1][i], side_a[0][i], side_a[1][i])
            rows.append((number, a, b, year, month[i], *(float(m) for m in mark)))
    rows.sort(key=lambda r: (r[3], r[0], r[1], r[2]))
    return np.array(rows, dtype=float).reshape(-1, len(TABLES["disputes"]))

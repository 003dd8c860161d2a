"""The panel against the R package peacesciencer 1.2.9 (R 4.2.2), on the same files.

The reference holds sums by year and by column over all 1,685,310 rows, and 2,000 rows in full.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from standoff.history import directed_dyad_years

pytest.importorskip("duckdb", reason="needs the extra `history`")
FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "history"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="needs the optional folder ../shared/data/history"
    ),
]


@pytest.fixture(scope="module")
def table():
    return (
        directed_dyad_years(FOLDER, 1816, 2010)
        .with_disputes()
        .with_capabilities()
        .with_alliances()
        .with_capital_distance()
        .with_contiguity()
        .with_majors()
        .with_democracy()
        .with_peace_years()
    )


@pytest.fixture(scope="module")
def built(table):
    return table.relation()


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_column_agrees_in_count_sum_least_and_greatest(table, built) -> None:
    reference = {r["column"]: r for r in _rows("REF_peacesciencer_column_summary.csv")}
    assert [c.name for c in table.columns] and set(reference) == {c.name for c in table.columns}
    parts = [
        f"count({name}), count(*) - count({name}), sum({name}), min({name}), max({name})"
        for name in reference
    ]
    numbers = built.aggregate(", ".join(parts)).fetchall()[0]
    for i, (name, want) in enumerate(reference.items()):
        n, missing, total, least, greatest = numbers[5 * i : 5 * i + 5]
        assert (n, missing) == (int(want["n"]), int(want["n_na"])), name
        # Sums of 1.7 million doubles in another order differ in the last digits.
        assert float(total) == pytest.approx(float(want["sum"]), rel=1e-10), name
        assert float(least) == pytest.approx(float(want["min"]), rel=1e-12), name
        assert float(greatest) == pytest.approx(float(want["max"]), rel=1e-12), name


def test_every_year_agrees(built) -> None:
    found = (
        built.aggregate(
            "year, count(*) as n, count(distinct ccode1) as states, sum(gmlmidonset) as a, "
            "sum(gmlmidongoing) as b, sum(init1) as c, sum(atop_defense) as d, "
            "sum(cast(conttype > 0 as int)) as e, sum(capdist) as f, sum(cinc1) as g",
            "year",
        )
        .order("year")
        .fetchall()
    )
    names = ("rows", "states", "gmlmidonset", "gmlmidongoing", "init1", "atop_defense",
             "conttype_gt0", "capdist_sum", "cinc1_sum")  # fmt: skip
    reference = _rows("REF_peacesciencer_by_year.csv")
    assert len(found) == len(reference) == 195
    for row, want in zip(found, reference, strict=True):
        assert row[0] == int(want["year"])
        for value, name in zip(row[1:], names, strict=True):
            expected = 0.0 if want[name] in ("NA", "") else float(want[name])
            assert float(value or 0) == pytest.approx(expected, rel=1e-9), (want["year"], name)


def test_two_thousand_rows_are_identical(table, built) -> None:
    wanted = {
        (int(r["ccode1"]), int(r["ccode2"]), int(r["year"])): r
        for r in _rows("REF_peacesciencer_sample2000.csv")
    }
    names = [c.name for c in table.columns]
    numbers = ", ".join(str(y * 1_000_000 + a * 1_000 + b) for a, b, y in wanted)
    key = "cast(year as bigint) * 1000000 + cast(ccode1 as bigint) * 1000 + ccode2"
    checked = 0
    for row in built.filter(f"{key} in ({numbers})").fetchall():
        want = wanted[row[0], row[1], row[2]]
        for name, value in zip(names, row, strict=True):
            text = want[name]
            if text == "NA":
                assert value is None, (row[:3], name)
            else:
                assert float(value) == pytest.approx(float(text), rel=1e-12, abs=1e-15), (
                    row[:3],
                    name,
                )
        checked += 1
    assert checked == len(wanted) == 2000


def test_outside_its_years_a_missing_row_is_no_zero() -> None:
    late = directed_dyad_years(FOLDER, 2009, 2012).with_disputes().with_contiguity().arrays()
    after = np.asarray(late["year"]) > 2010
    onset = np.ma.masked_array(late["gmlmidonset"])
    assert onset.mask[after].all() and not np.ma.getmaskarray(onset)[~after].any()
    assert not np.ma.getmaskarray(np.ma.masked_array(late["conttype"])).any()
    keys = list(zip(late["year"], late["ccode1"], late["ccode2"], strict=True))
    assert keys == sorted(keys)

"""The panel against the R package peacesciencer 1.2.9 (R 4.2.2), on the same files.

The reference holds sums by year and by column over all 1,685,310 rows, and 2,000 rows in full.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from standoff.cli.app import app
from standoff.history import directed_dyad_years

duckdb = pytest.importorskip("duckdb", reason="needs the extra `history`")
FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "history"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="needs the optional folder ../shared/data/history"
    ),
]


@pytest.fixture(scope="module")
def table():
    every = directed_dyad_years(FOLDER, 1816, 2010)
    return every.with_steps(*every.lacking)


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Path:
    """The file that the command writes."""
    out = tmp_path_factory.mktemp("panel") / "dyads.parquet"
    words = ["history", "dyads", "--directed", "--from", "1816", "--to", "2010"]
    result = CliRunner().invoke(app, [*words, "--data", str(FOLDER), "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert "1,685,310 directed dyad-years" in result.output and "left out" not in result.output
    return out


@pytest.fixture(scope="module")
def built(written):
    return duckdb.read_parquet(str(written))


def test_the_file_is_in_order(built, table) -> None:
    assert built.columns == [c.name for c in table.columns]
    rows = built.project("year, ccode1, ccode2").fetchnumpy()
    key = (rows["year"].astype(np.int64) * 1000 + rows["ccode1"]) * 1000 + rows["ccode2"]
    assert len(key) == 1_685_310 and bool(np.all(np.diff(key) > 0))


def test_undirected_rows_are_half_and_symmetric_columns_agree(built, table) -> None:
    half = table.undirected().relation()
    asked = "count(*), sum(gmlmidonset), sum(cast(conttype > 0 as int)), sum(atop_alliance)"
    whole = built.filter("ccode1 < ccode2").aggregate(asked).fetchall()[0]
    found = half.aggregate(asked).fetchall()[0]
    assert found[:3] == whole[:3] and 2 * found[0] == 1_685_310
    # Obligations of one side alone: in a few pairs only the larger code owes the smaller.
    assert found[3] >= whole[3]


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

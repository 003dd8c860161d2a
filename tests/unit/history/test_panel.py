"""The panel on a world of three states, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from standoff.errors import ModelError, UnreadableFile
from standoff.history import directed_dyad_years

pytest.importorskip("duckdb", reason="needs the extra `history`")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.csv").write_text(
        "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n"
        "A,10,A,1900,1,1,2016,12,31,2016\n"
        "B,20,B,1900,1,1,1901,6,30,2016\n"
        # Enters after B has left, in the same year: the two never were there on one day.
        "C,30,C,1901,7,1,2016,12,31,2016\n"
    )
    (tmp_path / "b.csv").write_text(
        "dispnum,ccode1,ccode2,year,gmlmidongoing,gmlmidonset,sidea1,sidea2,fatality1,fatality2,"
        "fatalpre1,fatalpre2,hiact1,hiact2,hostlev1,hostlev2,orig1,orig2,fatality,hostlev,recip,"
        "mindur,maxdur,stmon\n"
        "7,10,30,1902,1,1,1,0,0,-9,0,NA,7,0,3,1,1,1,0,3,0,1,31,5\n"
        "7,30,10,1902,1,1,0,1,-9,0,NA,0,0,7,1,3,1,1,0,3,0,1,31,5\n"
    )
    (tmp_path / "c.csv").write_text(
        "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul\n"
        "10,30,1903,1,0,0,0,0\n"
    )
    (tmp_path / "d.csv").write_text(
        "ccode,statenme,capital,stdate,enddate,lat,lng\n"
        "10,A,A,1900-01-01,2024-12-31,0,0\n"
        "30,C,C,1901-07-01,1902-06-30,0,1\n"
        "30,C,D,1902-07-01,2024-12-31,0,2\n"
    )
    return tmp_path


def test_pairs_need_a_common_day(folder) -> None:
    rows = directed_dyad_years(folder, 1900, 1902).arrays()
    found = list(zip(rows["year"], rows["ccode1"], rows["ccode2"], strict=True))
    assert found == [
        (1900, 10, 20), (1900, 20, 10),
        (1901, 10, 20), (1901, 10, 30), (1901, 20, 10), (1901, 30, 10),
        (1902, 10, 30), (1902, 30, 10),
    ]  # fmt: skip


def test_steps_add_columns_and_no_rows(folder) -> None:
    table = directed_dyad_years(folder, 1901, 1904).with_peace_years().with_alliances()
    table = table.with_capital_distance()
    rows = table.arrays()
    assert [c.name for c in table.columns] == list(rows)
    at = {(int(y), int(a), int(b)): i for i, (y, a, b) in enumerate(
        zip(rows["year"], rows["ccode1"], rows["ccode2"], strict=True))}  # fmt: skip
    assert len(at) == len(rows["year"])
    first, second = at[1902, 10, 30], at[1902, 30, 10]
    assert rows["gmlmidonset"][first] == 1 and rows["init1"][first] == 1
    assert rows["init1"][second] == 0 and rows["hostlev1"][second] == 1
    assert rows["gmlmidonset"][at[1903, 10, 30]] == 0
    # An alliance is directed.
    assert rows["atop_defense"][at[1903, 10, 30]] == 1
    assert rows["atop_defense"][at[1903, 30, 10]] == 0
    # One degree on the equator of a sphere of 6378.137 km; the capital is that of the first record.
    degree = 6378.137 * np.pi / 180
    assert rows["capdist"][first] == pytest.approx(degree)
    assert rows["capdist"][at[1903, 10, 30]] == pytest.approx(2 * degree)
    spells = [int(rows["gmlmidspell"][at[y, 10, 30]]) for y in (1901, 1902, 1903, 1904)]
    assert spells == [0, 1, 0, 1]


def test_frames_hold_the_same_rows(folder) -> None:
    table = directed_dyad_years(folder, 1900, 1903).with_disputes()
    want = table.arrays()
    for kind, module in (("pandas", "pandas"), ("polars", "polars")):
        pytest.importorskip(module)
        frame = table.to_frame(kind)
        assert list(frame["ccode2"]) == list(want["ccode2"])
        assert list(frame.columns) == list(want)
    with pytest.raises(ModelError, match="'excel'"):
        table.to_frame("excel")  # type: ignore[arg-type]


def test_what_is_missing_is_named(folder, tmp_path_factory) -> None:
    table = directed_dyad_years(folder, 1900, 1903)
    with pytest.raises(UnreadableFile, match="also cow-nmc"):
        table.with_capabilities()
    with pytest.raises(UnreadableFile, match="also cow-states"):
        directed_dyad_years(tmp_path_factory.mktemp("empty"))
    with pytest.raises(UnreadableFile, match="a folder"):
        directed_dyad_years(folder / "nothing")
    with pytest.raises(ModelError, match="years 1700"):
        directed_dyad_years(folder, 1700, 1800)
    assert table.with_disputes().with_disputes().steps == ("disputes",)
    covers = {c.name: c.covers for c in table.with_disputes().columns}
    assert covers["gmlmidonset"] == (1816, 2010) and covers["hostlev1"] is None

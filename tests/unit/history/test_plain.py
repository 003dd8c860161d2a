"""Files as they are passed on: other separators, other encodings, the names of the release."""

from __future__ import annotations

import numpy as np
import pytest

from standoff.errors import UnreadableFile
from standoff.history import read_dataset, recognise

NMC = "stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version\n"
STATES = "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n"
IVORY = STATES + "CDI,437,Côte d'Ivoire,1960,8,7,2016,12,31,2016\n"


def _file(tmp_path, data: bytes, name: str = "x.csv"):
    path = tmp_path / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("code", ["-9", "-9.0", "-9.00", " -9"])
def test_a_code_for_no_value_is_one_however_it_is_written(tmp_path, code) -> None:
    table = read_dataset(_file(tmp_path, f"{NMC}USA,2,1816,{code},1,1,1,1,1,1,6\n".encode()))
    assert np.isnan(table.numbers("milex")[0])
    assert read_dataset(_file(tmp_path, f"{NMC}USA,2,1816,-90,1,1,1,1,1,1,6\n".encode())).numbers(
        "milex"
    )[0] == -90  # fmt: skip


@pytest.mark.parametrize("separator", [";", "\t"])
def test_semicolons_and_tabs_part_cells(tmp_path, separator) -> None:
    text = (NMC + "USA,2,1816,3823,17,80,254,8659,101,X,6\n").replace(",", separator)
    # Where semicolons part cells, spreadsheets write decimals with a comma.
    text = text.replace("X", "0,0397" if separator == ";" else "0.0397")
    table = read_dataset(_file(tmp_path, text.encode()))
    assert table.dataset.id == "cow-nmc" and table.numbers("cinc")[0] == 0.0397
    assert table.separator == separator


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"]
)
def test_encodings_are_told_apart(tmp_path, encoding) -> None:
    table = read_dataset(_file(tmp_path, IVORY.encode(encoding)))
    assert table.text("statenme") == ("Côte d'Ivoire",)
    assert table.encoding == encoding


def test_a_curly_apostrophe_of_windows_is_no_accent(tmp_path) -> None:
    text = IVORY.replace("'", "’").encode("cp1252")
    assert read_dataset(_file(tmp_path, text)).text("statenme") == ("Côte d’Ivoire",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04rest", "zip archive or Excel"),
        (b"PAR1rest", "Parquet"),
        (b"\n <!DOCTYPE html><html>", "a web page"),
        (b"<stata_dta><header>", "a Stata file"),
        (b"\0\0\0\0\1\0\0\0", "zero bytes"),
        (b"", "which is empty"),
        (b"a\nb\n", "no header: 'a'"),
        (b"\xff\xfea", "breaks off in utf-16"),
    ],
)
def test_what_is_no_table_is_called_by_its_name(tmp_path, data, reason) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read_dataset(_file(tmp_path, data))


def test_the_alliances_of_the_release_have_our_names(tmp_path) -> None:
    text = (
        "ddyad,stateA,stateB,year,atopally,defense,offense,neutral,nonagg,consul,version\n"
        "2020,2,20,1942,1,1,1,0,0,0,5.1\n"
    )
    table = read_dataset(_file(tmp_path, text.encode()))
    assert table.dataset.id == "atop-ddyr" and table.integers("ccode2") == [20]
    assert table.numbers("atop_consul")[0] == 0 and table.renamed["ccode1"] == "stateA"


def test_contiguity_of_the_release_has_months(tmp_path) -> None:
    text = (
        "dyad,statelno,statelab,statehno,statehab,conttype,begin,end,notes,version\n"
        "2020,2,USA,20,CAN,1,192001,201612,,3.2\n"
    )
    table = read_dataset(_file(tmp_path, text.encode()))
    assert table.dataset.id == "cow-contiguity"
    assert (table.text("stdate"), table.text("enddate")) == (("1920-01-01",), ("2016-12-01",))


# Headers of the releases, as their codebooks print them.
RELEASES = {
    "cow-mida": "dispnum,stday,stmon,styear,endday,endmon,endyear,outcome,settle,fatality,fatalpre,"
    "maxdur,mindur,hiact,hostlev,recip,numa,numb,ongo2014,version",
    "cow-midb": "dispnum,stabb,ccode,stday,stmon,styear,endday,endmon,endyear,sidea,revstate,"
    "revtype1,revtype2,fatality,fatalpre,hiact,hostlev,orig,version",
    "cow-contiguity-years": "dyad,state1no,state1ab,state2no,state2ab,year,conttype,version",
    "polity5": "p5,cyear,ccode,scode,country,year,flag,fragment,democ,autoc,polity,polity2,durable",
    "gml-dirdisp": "dispnum,ccode1,ccode2,year,midongoing,midonset,sidea1,sidea2,hostlev1,hostlev2",
}


@pytest.mark.parametrize("dataset", RELEASES)
def test_releases_that_the_panel_does_not_take_are_known_and_say_so(dataset) -> None:
    found = recognise(RELEASES[dataset].split(","))
    assert found.id == dataset and "the panel takes" in found.note


def test_special_codes_of_polity_are_no_scores(tmp_path) -> None:
    head = "p5,cyear,ccode,scode,country,year,democ,autoc,polity,polity2,durable\n"
    body = "".join(
        f"0,{n},700,AFG,Afghanistan,{1800 + i},{n},{n},{n},0,1\n"
        for i, n in enumerate((-66, -77, -88, -10))
    )
    table = read_dataset(_file(tmp_path, (head + body).encode()))
    assert table.covered("polity").tolist() == [False, False, False, True]

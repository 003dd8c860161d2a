"""Adapters: recognise by columns, keep no-value apart from zero, refuse with the line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from standoff.errors import BadRecord, ModelError, UnreadableFile
from standoff.history import (
    count_rivalries,
    joining_rate,
    known_datasets,
    read_dataset,
    recognise,
)

NMC = "stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version\n"
RIVALS = "tssr_id,rivalry,ccode1,ccode2,start,end,positional,spatial,ideological\n"
DISPUTES = (
    "dispnum,ccode1,ccode2,year,gmlmidongoing,gmlmidonset,sidea1,sidea2,fatality1,fatality2,"
    "hostlev1,hostlev2\n"
)
STATES = "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n"
ATOP = "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul\n"
MAJORS = "ccode,styear,stmonth,stday,endyear,endmonth,endday,version\n"


def _file(tmp_path: Path, name: str, text: str, **kind) -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(kind.get("encoding", "utf-8")))
    return path


def test_a_code_for_no_value_is_no_zero(tmp_path) -> None:
    path = _file(tmp_path, "x.csv", NMC + "USA,2,1816,0,-9,80,,8659,101,0.04,6\n")
    table = read_dataset(path, "cow-nmc")
    assert table.numbers("milex")[0] == 0.0 and table.covered("milex")[0]
    assert np.isnan(table.numbers("milper")[0]) and np.isnan(table.numbers("pec")[0])
    assert len(table.sha256) == 64 and len(table) == 1


def test_marks_and_old_encodings_are_read(tmp_path) -> None:
    marked = _file(tmp_path, "a.csv", "\ufeff" + NMC + "USA,2,1816,1,1,1,1,1,1,1,6\n")
    assert read_dataset(marked).header[0] == "stateabb"
    text = STATES + "CDI,437,C\u00f4te d'Ivoire,1960,8,7,2016,12,31,2016\n"
    old = _file(tmp_path, "b.csv", text, encoding="mac_roman")
    assert read_dataset(old).text("statenme") == ("C\u00f4te d'Ivoire",)


def test_files_that_cannot_be_used_are_refused_with_the_reason(tmp_path) -> None:
    with pytest.raises(UnreadableFile, match="No such file"):
        read_dataset(tmp_path / "none.csv")
    with pytest.raises(UnreadableFile, match="nearest cow-nmc, which also needs tpop"):
        read_dataset(_file(tmp_path, "c.csv", NMC.replace("tpop,", "")))
    with pytest.raises(UnreadableFile, match="which is empty"):
        read_dataset(_file(tmp_path, "d.csv", "\n"))
    with pytest.raises(UnreadableFile, match="first line is no header: 'Table 1'"):
        read_dataset(_file(tmp_path, "d.csv", "Table 1\na,b\n"))
    good = NMC + "USA,2,1816,1,1,1,1,1,1,1,6\n"
    with pytest.raises(UnreadableFile, match=r"which is cow-nmc.*expected icb1"):
        read_dataset(_file(tmp_path, "e.csv", good), "icb1")
    with pytest.raises(BadRecord, match=r"line 3 of f\.csv with 3 cells"):
        read_dataset(_file(tmp_path, "f.csv", good + "USA,2,1817\n"))
    with pytest.raises(BadRecord, match="ccode=2, year=1816, line 3"):
        read_dataset(_file(tmp_path, "g.csv", good + "USA,2,1816,2,1,1,1,1,1,1,6\n"))
    odd = read_dataset(_file(tmp_path, "h.csv", NMC + "USA,2,1816,many,1,1,1,1,1,1,6\n"))
    with pytest.raises(BadRecord, match="'many' in column 'milex', line 2"):
        odd.numbers("milex")
    with pytest.raises(BadRecord, match="'cincs'"):
        odd.text("cincs")
    gap = read_dataset(_file(tmp_path, "i.csv", NMC + "USA,2,1816,-9,1,1,1,1,1,1,6\n"))
    with pytest.raises(BadRecord, match="whole number"):
        gap.integers("milex")


def test_every_known_data_set_is_recognised_by_its_columns() -> None:
    for dataset in known_datasets().values():
        assert recognise((*dataset.columns, "another column")).id == dataset.id
        assert dataset.citation and dataset.licence


def _tables(tmp_path):
    """Two territorial rivals for three years, one of them guarded from the second on."""
    rivals = RIVALS + "1,A-B,10,20,1946,1948,,1,\n2,A-C,10,30,1946,1948,1,,\n"
    disputes = (
        DISPUTES
        + "1,10,20,1946,1,1,1,0,0,3,4,4\n"  # force with 101 deaths: attack
        + "1,20,10,1946,1,1,0,1,3,0,4,4\n"  # the other side of it: not begun by 20
        + "2,10,20,1947,1,1,1,0,0,-9,4,2\n"  # force, deaths unknown: challenge
        + "3,20,10,1948,1,1,1,0,0,0,5,5\n"  # war: attack
        + "4,10,20,1948,1,0,1,0,6,6,5,5\n"  # goes on, did not begin in this year
        + "5,10,30,1948,1,1,1,0,6,6,5,5\n"  # not territorial rivals
    )
    states = STATES + "".join(
        f"S,{c},S,{y},1,1,2016,12,31,2016\n" for c, y in ((10, 1816), (20, 1816), (30, 1816))
    )
    atop = ATOP + "99,20,1947,1,0,0,0,0\n99,20,1948,1,0,0,0,0\n98,10,1948,1,0,0,0,0\n"
    majors = MAJORS + "99,1900,1,1,2016,12,31,2016\n98,1900,1,1,1945,9,2,2016\n"
    names = {"r": rivals, "d": disputes, "s": states, "a": atop, "m": majors}
    return [read_dataset(_file(tmp_path, f"{k}.csv", v)) for k, v in names.items()]


def test_counts_of_a_small_world_made_by_hand(tmp_path) -> None:
    tables = _tables(tmp_path)
    found = count_rivalries(*tables)
    rivals, protected = found["rivals"], found["protected"]
    assert (rivals.dyad_years, rivals.attacks, rivals.challenges) == (6, 2, 1)
    # Directed towards 20 in 1947 and 1948; the power that guards 10 was no major then.
    assert (protected.dyad_years, protected.attacks, protected.challenges) == (2, 0, 1)
    everyone = count_rivalries(*tables[:3], kind="all")["rivals"]
    assert everyone.dyad_years == 12 and everyone.attacks == 3
    with pytest.raises(UnreadableFile, match="tss-rivalries"):
        count_rivalries(tables[1], *tables[1:])


def test_states_that_were_not_there_are_not_counted(tmp_path) -> None:
    tables = _tables(tmp_path)
    text = STATES + "A,10,A,1816,1,1,1947,12,31,2016\nB,20,B,1947,1,1,2016,12,31,2016\n"
    late = read_dataset(_file(tmp_path, "late.csv", text))
    found = count_rivalries(tables[0], tables[1], late)["rivals"]
    assert (found.dyad_years, found.attacks, found.challenges) == (2, 0, 1)  # 1947 alone


def test_joining_is_counted_within_what_is_asked(tmp_path) -> None:
    text = (
        "dispnum,target,year,ally,joined,joined_against,hostlev,ally_major\n"
        "1,10,1914,1,1.0,0.0,5,1\n1,10,1914,2,0.0,0.0,5,0\n2,10,1950,1,0.0,0.0,4,1\n"
    )
    table = read_dataset(_file(tmp_path, "j.csv", text))
    assert (joining_rate(table).k, joining_rate(table).n) == (1, 3)
    assert (joining_rate(table, wars=True, major=True).k, joining_rate(table, major=False).n) == (
        1,
        1,
    )
    with pytest.raises(ModelError):
        joining_rate(table, since=1990)

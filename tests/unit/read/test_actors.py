"""Names of actors of one's own: tables and PETRARCH dictionaries, their days and their faults."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from standoff.errors import BadRecord
from standoff.read import load_actors, read_actors, read_report

SHARED = Path(__file__).resolve().parents[4] / "shared/data/reading/petrarch_dictionaries"

DICTIONARY = """<!-- a dictionary
     of the test's own -->
# a comment; with a semicolon
GONDOR_  [GON] # pas 10/22/91
+MINAS_TIRITH

GOLLUM  # names first, codes after
+SMEAGOL
\t[HOB < 950601]
#\t[AAA950601-990815]  a code that was commented out
\t[HOBGOV 19950601 - 19990815]
\t[HOBREB > 990816]
GREAT_BRITAIN [GBR 700101-990101]
SAM_GAMGEE [HOB]  # a code without days stands first and counts last
\t[HOBELI >20130119]
"""


def rows(text: str) -> list[tuple[str, str, str, str]]:
    return [(r["name"], r["code"], r["from"], r["to"]) for r in load_actors(text).rows]


def actor_on(text: str, dictionary: str, day: date) -> list[tuple[str, str | None]]:
    report = read_report(text, published=day, actors=read_actors(dictionary))
    return [(m.party.actor, m.party.sector) for m in report.mentions]


def test_a_dictionary_becomes_rows_with_days() -> None:
    table = load_actors(DICTIONARY)
    assert table.form == "petrarch"
    assert table.faults == ()
    assert rows(DICTIONARY) == [
        ("GONDOR", "GON", "", ""),
        ("MINAS TIRITH", "GON", "", ""),
        ("GOLLUM", "HOB", "", "1995-06-01"),
        ("GOLLUM", "HOBGOV", "1995-06-01", "1999-08-15"),
        ("GOLLUM", "HOBREB", "1999-08-16", ""),
        ("SMEAGOL", "HOB", "", "1995-06-01"),
        ("SMEAGOL", "HOBGOV", "1995-06-01", "1999-08-15"),
        ("SMEAGOL", "HOBREB", "1999-08-16", ""),
        ("GREAT BRITAIN", "GBR", "1970-01-01", "1999-01-01"),
        ("SAM GAMGEE", "HOBELI", "2013-01-19", ""),
        ("SAM GAMGEE", "HOB", "", ""),
    ]


def test_the_rows_of_a_dictionary_read_like_the_dictionary() -> None:
    table = load_actors(DICTIONARY)
    again = load_actors(table.as_csv())
    assert again.form == "csv"
    assert again.entries == table.entries


def test_a_code_holds_between_its_days() -> None:
    text = "Gollum spoke."
    assert actor_on(text, DICTIONARY, date(1990, 1, 1)) == [("HOB", None)]
    assert actor_on(text, DICTIONARY, date(1997, 1, 1)) == [("HOB", "GOV")]
    assert actor_on(text, DICTIONARY, date(2021, 1, 1)) == [("HOB", "REB")]
    assert actor_on("Sam Gamgee spoke.", DICTIONARY, date(2012, 1, 1)) == [("HOB", None)]
    assert actor_on("Sam Gamgee spoke.", DICTIONARY, date(2014, 1, 1)) == [("HOB", "ELI")]


def test_a_name_means_nothing_outside_its_days() -> None:
    table = "name,code,from,to\nMordor,MORMIL,2020-01-01,2020-12-31\n"
    assert actor_on("Mordor spoke.", table, date(2020, 6, 1)) == [("MOR", "MIL")]
    assert actor_on("Mordor spoke.", table, date(2021, 6, 1)) == []


def test_a_person_whose_days_are_over_is_a_former_holder() -> None:
    table = (
        "name,code,from,to,sector,office,person\n"
        "Denethor,GON,2010-01-01,2019-03-15,GOV,steward,Denethor son of Ecthelion\n"
    )
    parties = [
        read_report("Denethor spoke.", published=day, actors=read_actors(table)).mentions[0].party
        for day in (date(2015, 1, 1), date(2021, 1, 1))
    ]
    assert [p.office for p in parties] == ["steward", "former steward"]
    assert {(p.actor, p.sector, p.person) for p in parties} == {
        ("GON", "GOV", "Denethor son of Ecthelion")
    }


AGENTS = """!PERSON! = MAN, WOMAN
FOREIGN_MINISTRY [~GOV]
ATTORNEY_GENERAL {ATTORNEYS_GENERAL} [~JUD]
MEDIA {} [~MED]
CONGRESS!PERSON! {} [~LEG]
HUMAN_RIGHTS_BODY [NGO~]
"""


def test_agents_have_plurals_and_take_their_state_from_the_text() -> None:
    table = load_actors(AGENTS)
    assert [r["name"] for r in table.rows] == [
        "FOREIGN MINISTRY", "FOREIGN MINISTRIES", "ATTORNEY GENERAL", "ATTORNEYS GENERAL", "MEDIA",
        "CONGRESSMAN", "CONGRESSWOMAN", "HUMAN RIGHTS BODY", "HUMAN RIGHTS BODIES",
    ]  # fmt: skip
    found = actor_on("The Japanese attorney general spoke.", AGENTS, date(2021, 1, 1))
    assert found == [("JPN", "JUD")]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("GONDOR", "no code"),
        ("GONDOR [GON", "not closed"),
        ("GONDOR [GON 990231-990301]", "no day"),
        ("GONDOR [GON 2004017-20061201]", "no day"),
        ("GONDOR [GON 20121207-20120802]", "before it begins"),
        ("GONDOR [GON 1920030320-20060520]", "no code of at least three letters"),
        ("[GON]", "no name stands before it"),
        ("FIRE!PERSON! [~CVL]", "was not set"),
        ("_ [GON]", "no name"),
    ],
)
def test_a_faulty_line_is_named_and_costs_no_other(line: str, why: str) -> None:
    lead = "" if line.startswith("[") else "ROHAN [ROH]\n\n"
    table = load_actors(f"{lead}{line}\nARNOR [ARN]\n")
    assert [r["name"] for r in table.rows] == (["ROHAN", "ARNOR"] if lead else ["ARNOR"])
    assert [f.line for f in table.faults] == [3 if lead else 1]
    assert why in table.faults[0].why
    with pytest.raises(BadRecord, match=f"line {3 if lead else 1}"):
        read_actors(f"{lead}{line}\nARNOR [ARN]\n")


def test_of_several_codes_of_a_name_the_good_ones_stay() -> None:
    table = load_actors("GOLLUM [HOB]\n\t[HOBGOV 991301-]\n")
    assert rows("GOLLUM [HOB]\n\t[HOBGOV 991301-]\n") == [("GOLLUM", "HOB", "", "")]
    assert [f.line for f in table.faults] == [2]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("who,what\nx,y\n", "missing: name, code"),
        ("name,from\nx,\n", "missing: code"),
        ("", "missing: name, code"),
        ("name,code\n,GON\n", "line 2: ',GON': a name is missing"),
        ("name,code\nGondor,\n", "a code is missing"),
        ("name,code\nGondor,12\n", "'12' is no code"),
        ("name,code,from\nA,GON,last year\n", "from 'last year' is no day"),
        ("name,code,from\nA,GON,2021-02-30\n", "from '2021-02-30' is no day"),
        ("name,code,from,to\nA,GON,2021-02-01,2020-02-01\n", "before it begins"),
        ("name,code,sector\nA,GON,WIZ\n", "'WIZ' is no sector of PLOVER"),
        ("name,code\nA,GON,x\n", "more cells than the 2 columns"),
    ],
)
def test_a_faulty_table_is_refused_with_its_line(table: str, said: str) -> None:
    with pytest.raises(BadRecord) as refused:
        read_actors(table)
    assert said in str(refused.value)


def test_every_fault_of_a_table_is_named_at_once() -> None:
    with pytest.raises(BadRecord) as refused:
        read_actors("name,code,from\nA,GON,x\nB,GON,\nC,G,\n")
    assert "line 2" in str(refused.value)
    assert "line 4" in str(refused.value)


def test_a_code_of_no_state_is_kept_and_said() -> None:
    table = load_actors("name,code,mood\nNippon,JPM,good\nEngland,GBRGOV,\n")
    assert table.new_codes == ("JPM",)
    assert "JPM (near JPN)" in table.notes[-1]
    assert "mood" in table.notes[0]


def test_columns_may_stand_in_any_order_and_case() -> None:
    (entry,) = read_actors("Code,Sector,Name\nGON,mil,Gondor Guard\n")
    assert (entry.name, entry.actor, entry.sector) == ("Gondor Guard", "GON", "MIL")


def test_a_long_dictionary_is_quick() -> None:
    import time

    text = "".join(f"NAME_{i}_OF_MANY\n+OTHER_{i}\n\t[GBRGOV >010101]\n" for i in range(30_000))
    begun = time.process_time()
    assert len(load_actors(text).rows) == 60_000
    assert time.process_time() - begun < 10
    hostile = "[" * 200_000 + "\n" + "<!--" * 50_000
    begun = time.process_time()
    load_actors(f"A [GBR]\n{hostile}")
    assert time.process_time() - begun < 10


@pytest.mark.skipif(not SHARED.exists(), reason="the optional folder ../shared is absent")
def test_the_dictionaries_of_petrarchs_own_tests_are_read_whole() -> None:
    table = load_actors((SHARED / "PETR.Validate.actors.txt").read_text("utf-8"))
    assert table.faults == ()
    agents = load_actors((SHARED / "PETR.Validate.agents.txt").read_text("utf-8"))
    assert agents.faults == ()
    ours = {(r["name"].upper(), r["code"], r["from"], r["to"]) for r in table.rows}
    given = {
        (r["name"].upper(), r["code"], r["from"], r["to"])
        for r in load_actors((SHARED / "actors.csv").read_text("utf-8")).rows
    }
    assert given <= ours


def test_a_role_without_a_state_is_bound_to_the_state_beside_it() -> None:
    from standoff.read import read_report

    table = load_actors("SEJM_SPEAKER [LEG]\nHARBOUR_MASTER [GOV]")
    assert [e.actor for e in table.entries if e.name.startswith("HARBOUR")] == [""]
    assert "GOV: a role without a state" in " ".join(table.notes)
    found = read_report(
        "Japan's harbour master condemned China.", published=date(2021, 8, 13), actors=table.entries
    )
    assert [s.source_actors for s in found.signals] == [("JPN",)]
    csv = load_actors("name,code\nharbour master,GOV\nspeaker,LEG\n")
    assert "GOV, LEG: a role without a state" in " ".join(csv.notes)
    assert read_actors(csv.as_csv()) == csv.entries


def test_escapes_that_exports_leave_are_no_part_of_a_name() -> None:
    table = load_actors("TIRUPPUR \\00 [IND]\nMADURAI\\x1f [IND]\nSALEM\x07 [IND]")
    assert [e.name for e in table.entries] == ["TIRUPPUR", "MADURAI", "SALEM"]


@pytest.mark.parametrize("name", ["=1+1", "+CMD|CALC", "-2+3", "@SUM(A1)", "'NDRANGHETA", "'=1"])
def test_no_cell_of_an_actor_file_is_a_formula_and_reading_is_exact(name: str) -> None:
    table = load_actors(f'name,code\n"{name}",ITA\n' if name != "'=1" else "name,code\n''=1,ITA\n")
    assert [e.name for e in table.entries] == [name]
    cells = [cell for row in csv.reader(io.StringIO(table.as_csv())) for cell in row]
    assert not [c for c in cells if c.startswith(("=", "+", "-", "@"))]
    assert load_actors(table.as_csv()).rows == table.rows

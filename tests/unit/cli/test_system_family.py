"""The family `standoff system` as a person runs it: one command to a crisis, and what can go wrong."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from standoff.cli import app

RUN = CliRunner()
UKRAINE = ["--challenger", "RUS", "--protege", "UKR", "--on", "2022-01-15"]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STANDOFF_DATA", str(tmp_path / "none"))


def out(*words: str) -> str:
    done = RUN.invoke(app, list(words))
    assert done.exit_code == 0, done.output
    return done.stdout


def refused(*words: str) -> str:
    done = RUN.invoke(app, list(words))
    assert done.exit_code == 2
    return done.stderr


def test_a_crisis_in_one_command_is_checked_shown_and_assessed(tmp_path) -> None:
    told = out("system", "new", *UKRAINE, "-o", "ukraine.toml")
    for words in (
        "defender     USA",
        "base rate    78 attacks in 2,539",
        "absent",
        "wrote    ukraine.toml",
    ):
        assert words in told
    assert "0 errors, 0 notes" in out("system", "check", "ukraine.toml")
    shown = out("system", "ukraine.toml")
    assert shown == out("system", "show", "ukraine.toml")
    for words in (
        "cinc",
        "carried",
        "left to your judgement",
        "Crimea and Sevastopol",
        "calibrates the game",
    ):
        assert words in shown


def test_new_makes_a_dossier_about_it_with_its_description_beside(tmp_path) -> None:
    told = out("new", "ukraine", *UKRAINE)
    assert (tmp_path / "ukraine.toml").is_file() and (tmp_path / "ukraine.standoff").is_file()
    assert "made     ukraine.standoff" in told
    assert "rus-ukr-2022-01-15" in out("system", "--dossier", "ukraine.standoff")
    assert "a name that is free" in refused("new", "ukraine", *UKRAINE)
    assert "give all three" in refused("new", "other", "--challenger", "RUS")


def test_a_system_is_assessed_without_a_dossier_and_one_that_is_there_must_be_of_it() -> None:
    told = out("assess", "--system", "kuwait-1990", "--draws", "100")
    assert "Does Iraq use force against Kuwait" in told and "by 1991-07-25" in told
    out("new", "ukraine", *UKRAINE)
    assert "the system of the dossier" in refused("assess", "--system", "kuwait-1990")


def test_a_file_that_is_there_is_not_written_over(tmp_path) -> None:
    (tmp_path / "mine.toml").write_text("mine", "utf-8")
    assert "a name that is free" in refused("system", "new", *UKRAINE, "-o", "mine.toml")
    assert (tmp_path / "mine.toml").read_text("utf-8") == "mine"


def test_nobody_is_a_role_too() -> None:
    out("system", "new", *UKRAINE, "--defenders", "", "--supporters", "", "-o", "a.toml")
    got = json.loads(out("system", "show", "a.toml", "--format", "json"))
    assert got["defenders"] == got["supporters"] == []


def test_the_list_names_every_system_that_ships() -> None:
    from standoff.systems import shipped_systems

    listed = json.loads(out("system", "list", "--format", "json"))
    assert [r["system"] for r in listed] == list(shipped_systems())


def test_check_says_file_line_and_remedy_and_fails(tmp_path) -> None:
    out("system", "new", *UKRAINE, "-o", "u.toml")
    text = (tmp_path / "u.toml").read_text("utf-8")
    (tmp_path / "bad.toml").write_text(text.replace("attacks = 78", "attacks = -1", 1), "utf-8")
    done = RUN.invoke(app, ["system", "check", "bad.toml"])
    line = text[: text.index("attacks = 78")].count("\n") + 1
    assert (
        done.exit_code == 2
        and f"bad.toml:{line}: error: " in done.stdout
        and "try: " in done.stdout
    )
    (tmp_path / "off.toml").write_text(text.replace("attacks = 78", "attacks = 79", 1), "utf-8")
    assert "79 of 2539" in out("system", "check", "off.toml")
    assert "no-such" in refused("system", "check", "no-such")


def test_diff_and_update_say_what_changed_and_why(tmp_path) -> None:
    assert "no difference" in out("system", "diff", "ukraine-2022", "ukraine-2022")
    moved = out("system", "update", "ukraine-2022", "--on", "2021-01-15")
    assert "nothing is written" in moved and "milex of RUS" in moved and "SIPRI" in moved
    out("system", "update", "ukraine-2022", "--on", "2021-01-15", "-o", "u21.toml")
    assert "2021-01-15" in out("system", "diff", "ukraine-2022", "u21.toml")
    assert "0 errors" in out("system", "check", "u21.toml")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--challenger", "RUS", "--protege", "UKR", "--on", "1985-01-01"], "SUN (Soviet Union)"),
        (["--challenger", "RUS", "--protege", "RUS", "--on", "2022-01-01"], "two different actors"),
        (["--challenger", "RUS", "--protege", "UKR", "--on", "2040-01-01"], "beyond the record"),
        (["--challenger", "RUS", "--protege", "UKR", "--on", "yesterday"], "--on 'yesterday'"),
    ],
)
def test_bad_input_is_named_on_one_line(words, told) -> None:
    message = refused("system", "new", *words)
    assert told in message and len(message.splitlines()) == 1


def test_the_demo_of_another_system(tmp_path) -> None:
    told = out("demo", "--system", "falklands-1982", "--draws", "100")
    assert "Falkland Islands/Malvinas" in told
    assert (tmp_path / "falklands-1982-brief.html").is_file()
    assert "west-pacific-2021" in refused("demo", "--system", "atlantis")


REPORT = (
    "LONDON, 24 March 1982. Richard Luce told the House of Commons that Britain would defend the "
    "Falkland Islands. Argentina sent warships towards the Falklands on Tuesday."
)


def test_the_first_report_moves_the_series_of_a_protege_that_is_a_place(tmp_path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, "utf-8")
    out("new", "falk", "--system", "falklands-1982")
    out(
        "read",
        "a.txt",
        "--published",
        "1982-03-24",
        "--source",
        "Reuters",
        "--dossier",
        "falk.standoff",
    )
    rows = json.loads(out("signals", "--dossier", "falk.standoff", "--format", "json"))
    ways = {
        (source["actor"], target["actor"], s["protege"])
        for s in rows
        for source in s["sources"]
        for target in s["targets"]
    }
    assert ("GBR", "FLK", "FLK") in ways and any(way[:2] == ("ARG", "FLK") for way in ways), ways

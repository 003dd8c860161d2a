"""One day, one run: every command speaks of the run last assessed and says so in its first line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from standoff.assess import assess_question, ingest, seed
from standoff.cli.app import app
from standoff.ledger import Ledger
from standoff.systems import load_system

SYSTEM = load_system("west-pacific-2021")
LAST, OTHER = date(2021, 7, 20), date(2020, 12, 31)

# A command that speaks of an answer or a stance, with what it needs. {run} is a run of OTHER.
STANDING = {
    "brief": "brief --out {out}",
    "whatif": "whatif --set deeds:JPN=1",
    "tornado": "tornado",
    "voi": "voi",
    "sides": "sides",
    "shapley": "shapley",
    "play": "play --years 2 --draws 40 --paths 1",
    "chains": "chains",
    "measure": "measure",
    "timeline": "timeline --series JPN>TWN --points 3 --format table",
    "diff": "diff --since 2021-06-01",
    "assess": "assess",
    "fit stance": "fit stance --draws 16 --out {out}",
}
# Lists of what a dossier holds: all of it unless asked, with the day of the last run beside it.
LISTS = {
    "documents": "documents",
    "signals": "signals",
    "search": "search Taiwan",
    "claims": "claims",
    "events list": "events list",
    "agreement": "agreement second",
}
# Commands without a day of their own, and why.
DAYLESS = {
    "new demo import salvage read": "they make or fill a dossier",
    "system facts actors history data game evaluate probe backtest base-rate fit": "no dossier",
    "why": "the handle names the run or the day",
    "cite bundle reproduce export": "the whole record, or the run that is named",
    "grade grades undo decisions carry overrule recheck review events": "decisions, whatever the day",
    "open": "screens name their day",
    "verify": "the whole file",
    "mcp": "each tool that an assistant calls takes its own day",
    "glossary": "terms, whatever the day",
    "check check-brief argument": "texts of others",
    "ask questions resolve score": "questions carry their own day and deadline",
    "triage queue watch precedents ach": "the desk names the day it works on",
}


def commands(group: object = None, before: str = "") -> list[tuple[str, object]]:
    """Every command with its path in words."""
    found = []
    for name, command in (group or typer.main.get_command(app)).commands.items():
        path = f"{before} {name}".strip()
        if hasattr(command, "commands"):
            found += commands(command, path)
        else:
            found.append((path, command))
    return found


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("day") / "west.standoff"
    with Ledger.create(path, system=SYSTEM.slug) as ledger:
        seed(ledger, SYSTEM)
        late = "Japan said on 1 August 2021 that it would defend Taiwan."
        ingest(ledger, late, published=date(2021, 8, 2), source="a wire")
        # OTHER first: the run last assessed is neither the latest day nor the system's.
        for day in (OTHER, LAST):
            assess_question(ledger, SYSTEM, as_of=day, draws=100)
    return path


def run(dossier: Path, line: str, tmp_path: Path) -> str:
    words = line.format(out=tmp_path / "out").split()
    done = CliRunner().invoke(app, [*words, "--dossier", str(dossier)], catch_exceptions=False)
    assert done.exit_code in (0, 1), done.output
    return done.stdout


def handle_of(dossier: Path, day: date) -> str:
    with Ledger.open(dossier) as ledger:
        return next(r.handle for r in ledger.runs() if r.as_of == day and "stages" in r.payload)


def last(dossier: Path) -> None:
    """Put the run last assessed back where the tests expect it."""
    with Ledger.open(dossier) as ledger:
        if ledger.last_assessed().as_of != LAST:
            assess_question(ledger, SYSTEM, as_of=LAST, draws=100)


def test_every_command_is_accounted_for() -> None:
    dayless = {name for names in DAYLESS for name in names.split()}
    for path, command in commands():
        takes = {o for p in command.params for o in p.opts}
        known = path in STANDING or path in LISTS
        assert known or path.split()[0] in dayless, path
        if known:
            assert takes & {"--as-of"}, path


@pytest.mark.parametrize("name", [n for n in STANDING if n != "assess"])
def test_a_command_speaks_of_the_run_last_assessed(name, dossier, tmp_path) -> None:
    last(dossier)
    first = run(dossier, STANDING[name], tmp_path).splitlines()[0]
    assert str(LAST) in first and handle_of(dossier, LAST) in first and "last assessed" in first


@pytest.mark.parametrize("name", [n for n in STANDING if n not in ("fit stance", "diff")])
def test_a_command_takes_another_day_or_run(name, dossier, tmp_path) -> None:
    handle = handle_of(dossier, OTHER)
    small = "" if "--draws" in STANDING[name] or name in ("measure", "timeline") else " --draws 100"
    for asked in (str(OTHER), handle):
        last(dossier)
        out = run(dossier, f"{STANDING[name]} --as-of {asked}{small}", tmp_path)
        assert str(OTHER) in out.splitlines()[0], (name, asked)
        assert str(LAST) not in out.splitlines()[0]


@pytest.mark.parametrize("name", [n for n in LISTS if n != "agreement"])
def test_a_list_says_that_it_holds_everything(name, dossier, tmp_path) -> None:
    last(dossier)
    first = run(dossier, LISTS[name], tmp_path).splitlines()[0]
    assert "everything held" in first and str(LAST) in first
    handle = handle_of(dossier, OTHER)
    asked = run(dossier, f"{LISTS[name]} --as-of {handle}", tmp_path).splitlines()[0]
    assert asked.startswith(f"day {OTHER}")


def test_diff_takes_two_runs_and_does_not_become_the_last(dossier, tmp_path) -> None:
    last(dossier)
    one, two = handle_of(dossier, OTHER), handle_of(dossier, LAST)
    out = run(dossier, f"diff --since {one} --until {two} --format json", tmp_path)
    found = json.loads(out)
    assert found["until"] == str(LAST) and found["runs"] == [one, two]
    with Ledger.open(dossier) as ledger:
        assert ledger.last_assessed().handle == two


def test_a_brief_is_of_the_run_that_was_printed(dossier, tmp_path) -> None:
    last(dossier)
    run(dossier, "brief --out {out}", tmp_path)
    page = (tmp_path / "out").read_text("utf-8")
    assert handle_of(dossier, LAST) in page and f"as of {LAST}" in page
    assert "2025" not in page.split("Key judgements")[0]


def test_the_next_assessment_takes_in_reports_read_since(tmp_path) -> None:
    path = tmp_path / "w.standoff"
    with Ledger.create(path, system=SYSTEM.slug) as ledger:
        seed(ledger, SYSTEM)
    first = run(path, "assess --draws 100", tmp_path).splitlines()[0]
    assert str(SYSTEM.as_of) in first and "the system's day" in first
    with Ledger.open(path) as ledger:
        told = "Japan said on 19 August 2021 that it would defend Taiwan."
        ingest(ledger, told, published=date(2021, 8, 20), source="a wire")
    left_out = run(path, "whatif --set deeds:JPN=1", tmp_path).splitlines()[0]
    assert str(SYSTEM.as_of) in left_out and "1 report of later days left out" in left_out
    assert "2021-08-20 (the latest report read)" in run(path, "assess --draws 100", tmp_path)


def test_assessing_an_old_day_again_makes_it_the_last(dossier) -> None:
    with Ledger.open(dossier) as ledger:
        for day in (LAST, OTHER, LAST, OTHER):
            assess_question(ledger, SYSTEM, as_of=day, draws=100)
            assert ledger.last_assessed().as_of == day
        assess_question(ledger, SYSTEM, as_of=LAST, draws=100, aside=True)
        assert ledger.last_assessed().as_of == OTHER


def test_what_is_neither_day_nor_run_is_refused(dossier) -> None:
    done = CliRunner().invoke(app, ["voi", "--as-of", "friday", "--dossier", str(dossier)])
    assert done.exit_code == 2 and "R-3f2a" in done.output

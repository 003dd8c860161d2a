"""The desk's commands as a person types them: what they print, what they refuse."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standoff.assess import grade_sources, ingest, seed
from standoff.cli import app
from standoff.ledger import Ledger
from standoff.systems import load_reports, load_system

SLUG = "west-pacific-2021"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("desk") / "west.standoff"
    system = load_system(SLUG)
    with Ledger.create(path, system=SLUG) as ledger:
        seed(ledger, system)
        for r in load_reports(SLUG):
            ingest(ledger, r.text, published=r.published, source=r.source, title=r.title)
            grade_sources(ledger, system, [r.source])
    return path


@pytest.fixture
def dossier(shipped: Path, tmp_path: Path, monkeypatch) -> Path:
    path = tmp_path / "west.standoff"
    path.write_bytes(shipped.read_bytes())
    monkeypatch.setenv("STANDOFF_DOSSIER", str(path))
    return path


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, [*words])
    assert result.exit_code == code, result.output
    return result.output


def test_triage_names_day_reports_and_what_moves(dossier: Path) -> None:
    out = run("triage", "--since", "2021-08-06", "--as-of", "2021-08-13", "--draws", "200")
    assert out.startswith("of        west.standoff, what was available by 2021-08-13 (--as-of)")
    counts = (
        r"1 report from 2021-08-06 to 2021-08-13, (\d+) signals of (\d+) events, (\d+) of them new"
    )
    signals, events, new = map(int, re.search(counts, out).groups())
    with Ledger.open(dossier) as ledger:
        own = [s for s in ledger.signals() if s.document == "D-004"]
    assert (signals, events) == (len(own), len({s.event for s in own})) and 0 < new < events
    assert re.search(r"attack within 12 months: [\d.]+ % with them, [\d.]+ % without", out)
    record = json.loads(
        run(
            "triage",
            "--since",
            "2021-08-06",
            "--least",
            "0.05",
            "--draws",
            "200",
            "--format",
            "json",
        )
    )
    assert record["documents"] == ["D-004"] and len(record["events"]) == events
    assert record["movers"] == [e["event"] for e in record["events"] if abs(e["points"]) >= 0.05]


def test_the_day_is_that_of_the_next_assessment_and_is_said(dossier: Path) -> None:
    """No report is later than the day of the system: 13 August 2021."""
    out = run("triage", "--draws", "100")
    assert "what was available by 2021-08-13 (the system's day)" in out


def test_days_without_reports_say_so(dossier: Path) -> None:
    out = run("triage", "--since", "2021-09-01", "--as-of", "2021-09-10", "--draws", "100")
    assert "no report from 2021-09-01 to 2021-09-10" in out
    assert "a weekday" in run("triage", "--since", "someday", code=2)
    assert "at least 100" in run("triage", "--draws", "20", code=2)


def test_the_queue_ends_in_a_stop_line(dossier: Path) -> None:
    out = run("queue", "--stop", "0.3", "--draws", "200", "--as-of", "2021-08-13")
    found = re.search(
        r"stop line after (\d+) events: .* moves the answer by (\S+) at most up and (\S+)", out
    )
    assert found and 0 < int(found[1]) < 40
    assert abs(float(found[2])) <= 0.3 and abs(float(found[3])) <= 0.3
    record = json.loads(run("queue", "--stop", "0.3", "--draws", "200", "--as-of", "2021-08-13",
                            "--format", "json"))  # fmt: skip
    assert (
        sum(e["above_the_line"] for e in record["events"])
        == record["review_first"]
        == int(found[1])
    )


def test_watch_tells_what_fired_and_what_the_rest_would_do(dossier: Path) -> None:
    out = run("watch", "--days", "120", "--draws", "200", "--as-of", "2021-08-13")
    assert re.search(r"\d+ of 32 indicators fired since 2021-04-15", out)
    assert "has not fired" in out and "how likely it is to come is not assessed" in out
    record = json.loads(run("watch", "--draws", "100", "--format", "json"))
    assert len(record["indicators"]) == 32
    assert "one day or more" in run("watch", "--days", "0", code=2)


def test_precedents_are_of_the_record(dossier: Path) -> None:
    out = run("precedents", "S-707")
    assert "First of its kind since 2021-04-12 (64 days), 9 before it." in out
    assert "the record begins on" in out and "11 of 54" in out
    assert json.loads(run("precedents", "E-707", "--format", "json"))["sentence"] in out
    assert "unknown-handle" in run("precedents", "S-9999", code=2)
    assert "one day or more" in run("precedents", "S-707", "--within", "0", code=2)


def test_ach_prints_exports_and_takes_a_rating(dossier: Path, tmp_path: Path) -> None:
    words = ["ach", "--draws", "100", "--as-of", "2021-08-13"]
    table = tmp_path / "ach.csv"
    out = run(*words, "--rate", "e-707:quiet:ii", "--hypothesis", "theatre: for audiences at home",
              "--rate", "E-716:theatre:C", "--because", "=routine", "--export", str(table))  # fmt: skip
    assert "by hand   E-707 quiet II (computed" in out and "Hypotheses, the one with least" in out
    assert "by hand   E-716 theatre C (computed none)" in out
    assert "'=routine" in table.read_text("utf-8")
    with Ledger.open(dossier) as ledger:
        said = [(d.action, d.subject) for d in ledger.decisions()[-3:]]
    assert said == [
        ("hypothesis", "ach:attack:theatre"),
        ("rate", "ach:attack:E-707:quiet"),
        ("rate", "ach:attack:E-716:theatre"),
    ]


def test_ach_about_a_patron_refuses_what_it_cannot_take_and_keeps_nothing(dossier: Path) -> None:
    words = ["ach", "--draws", "100", "--about", "usa"]
    record = json.loads(run(*words, "--format", "json"))
    assert {h["key"] for h in record["hypotheses"]} == {"fights", "supports", "aside"}
    for rate, said in (
        ("E-707", "EVENT:HYPOTHESIS:RATING"),
        ("E-999:own:C", "an event of this matrix"),
    ):
        assert said in run(
            *words, "--hypothesis", "own: words", "--rate", rate, "--because", "x", code=2
        )
    with Ledger.open(dossier) as ledger:
        assert not ledger.decisions(action="hypothesis")


def test_a_review_stops_at_the_line(dossier: Path) -> None:
    result = CliRunner().invoke(app, ["review", "--stop", "0.3"], input="aq")
    assert result.exit_code == 0, result.output
    assert "S-707" in result.output and "decided  1" in result.output
    n = int(re.search(r"(\d+) to review", result.output)[1])
    assert 1 < n < 60  # of more than a thousand
    with Ledger.open(dossier) as ledger:
        assert [s.handle for s in ledger.signals() if s.state == "accepted"] in (
            ["S-707"],
            ["S-1077"],
        )


def test_a_small_chance_is_moved_by_small_points(tmp_path: Path, monkeypatch) -> None:
    root = Path(__file__).resolve().parents[3]
    path = tmp_path / "baltic.standoff"
    monkeypatch.setenv("STANDOFF_DOSSIER", str(path))
    with Ledger.create(path, system=str(root / "cases/systems/baltic-2022.toml")) as ledger:
        for words in ("triage", "queue", "watch", "ach"):
            assert "baltic.standoff, what was available by 2022-06-08" in run(
                words, "--draws", "100"
            )
        ingest(
            ledger,
            "Russia moved four more battalions to the border of Estonia on 3 June 2022. On 4 June Russia "
            'threatened Estonia with "consequences" if the transit is closed.',
            published=date(2022, 6, 6),
            source="Wire",
        )
    record = json.loads(run("triage", "--since", "3d", "--draws", "200", "--format", "json"))
    assert 0 < record["chance"] < 0.002 and len(record["movers"]) == 2
    assert "What moves it (2 of 2" in run("triage", "--since", "3d", "--draws", "200")

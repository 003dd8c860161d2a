"""Reports of one dossier that contradict each other, and what `why` draws of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standoff.assess import find_conflicts, ingest, why
from standoff.cli.app import app
from standoff.ledger import Ledger

FIRST = (
    "Naha, 3 May 2022. Ishigaki lies about 180 km from Taiwan, an officer said. Japan spent 0.94 per"
    " cent of GDP on defence in 2019. The Anti-Secession Law was passed in March 2004."
)
SECOND = (
    "Tokyo, 5 May 2022. Taiwan is 219 km from Ishigaki. Japan spent 1.6 per cent of GDP on defence"
    " in 2019, a paper wrote. The Anti-Secession Law was passed in March 2005."
)


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("conflicts") / "t.standoff"
    with Ledger.create(path, system="west-pacific-2021") as ledger:
        ingest(ledger, FIRST, published=date(2022, 5, 3), source="paper")
        ingest(ledger, SECOND, published=date(2022, 5, 5), source="paper")
    return path


def test_three_things_clash(dossier: Path) -> None:
    with Ledger.open(dossier) as ledger:
        found = find_conflicts(ledger)
    assert [(c.older, c.newer, c.superseded) for c in found] == [
        ("C-01", "C-04", False),
        ("C-02", "C-05", True),
        ("C-03", "C-06", False),
    ]
    assert found[0].why == "Ishigaki to Taiwan: about 180 km and 219 km"
    assert found[0].older_words == "180 km from Taiwan"


def test_a_rejected_claim_contests_nothing(dossier: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy.standoff"
    path.write_bytes(dossier.read_bytes())
    with Ledger.open(path) as ledger:
        ledger.reject(["C-01"], "a misprint of the paper")
        assert [c.older for c in find_conflicts(ledger)] == ["C-02", "C-03"]


def test_why_draws_the_check_and_names_the_other_report(dossier: Path) -> None:
    with Ledger.open(dossier) as ledger:
        node = why(ledger, "C-01")
    details = dict(node.details)
    assert details["formula"].startswith("about 180 km; measured 218.6 km")
    assert details["difference"] == "-17.7 % against the fact"
    assert details["tolerance"].startswith("9 kilometres (5 % of 180, as the text says about)")
    assert "Natural Earth 4.1.0" in details["fact"]
    assert details["reports"].startswith("disputed by C-04 «219 km from Ishigaki»")
    assert isinstance(node.record()["details"]["beside it"], list)


def test_the_command_prints_both(dossier: Path) -> None:
    run = CliRunner().invoke(app, ["claims", "--conflicts", "--dossier", str(dossier)])
    assert run.exit_code == 0, run.output
    assert "superseded" in run.output and "about 180 km and 219 km" in run.output
    run = CliRunner().invoke(
        app, ["claims", "--conflicts", "--dossier", str(dossier), "--format", "json"]
    )
    assert '"standing": "disputed"' in run.output

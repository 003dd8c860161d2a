"""Every "k of n" of the table of evidence is counted in the public files."""

from __future__ import annotations

import csv
import importlib.util
import re
from pathlib import Path

import pytest

from standoff.forecast import load_evidence

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT.parent / "shared" / "data" / "history"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="needs the optional folder ../shared/data/history"
    ),
]
SAID = {k.name: k.precedent for k in load_evidence().kinds}


def test_precedents_of_crises_are_those_of_icb() -> None:
    """By the act that broke out the crisis (`break`); `viol` 3 and 4 are serious clashes and war."""
    with (FOLDER / "icb1v14.csv").open(encoding="utf-8-sig") as file:
        rows = [r for r in csv.DictReader(file) if r["yrtrig"] and int(r["yrtrig"]) >= 1946]
    for kind, code in (("force used", "9"), ("build-up", "7"), ("rupture", "2")):
        own = [r for r in rows if r["break"] == code]
        fought = sum(r["viol"] in ("3", "4") for r in own)
        assert f"{fought} of {len(own)}" in SAID[kind]
    quiet = [r for r in rows if r["break"] not in ("8", "9")]
    assert (sum(r["viol"] in ("3", "4") for r in quiet), len(quiet)) == (47, 189)


def test_a_kind_has_a_count_or_says_that_there_is_none() -> None:
    for name, said in SAID.items():
        assert re.search(r"\d of [\d,]+", said) or said.startswith("no count"), name


@pytest.mark.slow
def test_precedents_of_events_are_those_of_the_study(capsys) -> None:
    spec = importlib.util.spec_from_file_location("study", ROOT / "benchmarks/forecast_events.py")
    study = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(study)
    if not study.OPEN_EVENTS.is_file():
        pytest.skip(f"{study.OPEN_EVENTS} is not here")
    months = study.dyad_months()
    study.precedents(study.strengths(study.read_events(study.OPEN_EVENTS), months), months)
    printed = capsys.readouterr().out
    for kind, said in SAID.items():
        found = re.search(
            r"ICEWS .* in (\d+ of [\d,]+) months of the pair, ([\d.]+) expected", said
        )
        if found:
            assert f"precedent, {kind}: {found[1]} months, {found[2]} expected" in printed

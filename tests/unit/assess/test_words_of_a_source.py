"""Quotation marks stand only round words of a source; what a coder wrote is called a note."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from standoff.assess import seed, why
from standoff.ledger import Ledger
from standoff.systems import load_system

TABLE = Path(__file__).parents[3] / "src/standoff/systems/data/west-pacific-2021/chronology.csv"


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What `why` says first of sixty signals of the record, by row."""
    system = load_system("west-pacific-2021")
    path = tmp_path_factory.mktemp("words") / "a.standoff"
    with Ledger.create(path, system=system.slug) as ledger:
        seed(ledger, system)
        some = ledger.signals()[::17]
        return {s.signal.id: why(ledger, s.handle).line for s in some}


def test_why_ends_at_the_words_of_the_source(lines: dict[str, str]) -> None:
    with TABLE.open(newline="", encoding="utf-8") as stream:
        rows = {row["id"]: row for row in csv.DictReader(stream)}
    assert len(lines) >= 40
    quoted = 0
    for key, line in lines.items():
        assert line.startswith(f"note: {rows[key]['description']}"), key
        said = re.findall("«(.*?)»", line)
        assert said == ([rows[key]["quote"]] if rows[key]["quote"] else []), key
        quoted += bool(said)
    # The check must have something to check on both sides.
    assert 10 <= quoted < len(lines)

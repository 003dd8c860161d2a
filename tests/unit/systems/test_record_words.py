"""The words of sources in the shipped record, as the loader gives them; the truth is the CSV itself."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from standoff.assess import is_note
from standoff.errors import DescriptionError
from standoff.systems import load_chronology, parse_chronology

TABLE = Path(__file__).parents[3] / "src/standoff/systems/data/west-pacific-2021/chronology.csv"


@pytest.fixture(scope="module")
def rows() -> dict[str, dict[str, str]]:
    with TABLE.open(newline="", encoding="utf-8") as stream:
        return {row["id"]: row for row in csv.DictReader(stream)}


def test_the_words_of_the_source_are_those_of_the_quote_cell(
    rows: dict[str, dict[str, str]],
) -> None:
    chronology = load_chronology("west-pacific-2021")
    text = chronology.document.text
    assert len(chronology.entries) == len(rows)
    for entry in chronology.entries:
        signal = entry.signal
        assert is_note(signal) and signal.said == rows[signal.id]["quote"], signal.id
        for part in signal.parts:
            assert part.span is not None
            assert text[part.span.start : part.span.end] == signal.said
            # Behind the note of the same row, not in the row of somebody else.
            assert (
                part.span.start > signal.span.end
                and "\n" not in text[signal.span.end : part.span.end]
            )


def test_one_record_serves_both_days_of_the_region() -> None:
    early, late = load_chronology("west-pacific-2021"), load_chronology("west-pacific-2025")
    assert early.document.sha256 == late.document.sha256 and early.entries == late.entries
    assert load_chronology("ukraine-2022").entries == ()


def test_each_leader_speaks_for_his_own_state(rows: dict[str, dict[str, str]]) -> None:
    entries = {e.signal.id: e.signal for e in load_chronology("west-pacific-2021").entries}
    found = next(
        key for key, row in rows.items()
        if row["actor"] == "JPN;USA" and row["person"] == "Fumio Kishida; Joe Biden"
    )  # fmt: skip
    people = {p.actor: p.person for p in entries[found].sources}
    assert people == {"JPN": "Fumio Kishida", "USA": "Joe Biden"}


def test_a_quote_with_double_quotes_is_refused_by_row() -> None:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    row = next(line for line in lines[1:] if line.rstrip().endswith(","))
    broken = f'{lines[0]}\n{row}"they say ""yes"" today"\n'
    with pytest.raises(DescriptionError, match="a quote without double quotes"):
        parse_chronology(broken, "planted")

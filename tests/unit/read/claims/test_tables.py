"""Sentences held against the text's own table; the truth is the table, read by eye."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.assess import read_and_check

TABLE = """Defence spending of three states follows.

| State | 2014 | 2023 (% of GDP) |
|---|---|---|
| Poland | 1.88 | 3.90 |
| Greece* | 2.22 | 3.01 |
| Estonia | 1.93 | 2.73 |
| Average | 2.01 | 3.21 |

"""
PLAIN = "Losses by arm\n\nInfantry: 4,000\nArmour: 1,500\nArtillery: 500\n\n"


def outcomes(table: str, sentence: str) -> set[str]:
    text = table + sentence
    report, verdicts = read_and_check(text, published=date(2024, 3, 1))
    return {
        v.outcome.value for c, v in zip(report.claims, verdicts, strict=True) if c.kind == "table"
    }


@pytest.mark.parametrize(
    ("table", "true", "false"),
    [
        (TABLE, "In 2023 Poland ranks first.", "In 2023 Poland ranks second."),
        (TABLE, "In 2023 Estonia ranks last.", "In 2014 Estonia ranks last."),
        (TABLE, "In 2014 Poland had the lowest share.", "In 2023 Poland had the lowest share."),
        (TABLE, "In 2023 Greece spent more than Estonia.", "In 2023 Greece spent less than Estonia."),
        (TABLE, "In 2023 Estonia stood below the average.", "In 2023 Estonia stood above the average."),
        (TABLE, "In 2023 all three stood above 2.5 per cent.", "In 2023 all three stood above 2.9 per cent."),
        (TABLE, "In 2023 only two stood above 3 per cent.", "In 2023 only two stood above 3.5 per cent."),
        (TABLE, "In 2014 none stood below 1.5 per cent.", "In 2014 none stood below 1.9 per cent."),
        (TABLE, "Greece spent 3.01 per cent in 2023.", "Greece spent 2.22 per cent in 2023."),
        (PLAIN, "The army lost some 6,000 men in all.", "The army lost some 7,000 men in all."),
    ],
)  # fmt: skip
def test_true_and_false(table: str, true: str, false: str) -> None:
    assert outcomes(table, true) == {"SUPPORTED"}
    assert outcomes(table, false) == {"INCONSISTENT"}


def test_a_column_that_no_word_names_claims_nothing() -> None:
    assert outcomes(TABLE, "Poland ranks first.") == set()


def test_merged_cells_and_two_units_in_a_column_claim_nothing() -> None:
    merged = TABLE.replace("| Poland | 1.88 | 3.90 |", "| Poland | 3.90 |")
    assert outcomes(merged, "In 2023 Poland ranks first.") == set()
    mixed = TABLE.replace("3.01 |", "3.01 km |")
    assert outcomes(mixed, "In 2023 Poland ranks first.") == set()


def test_ranks_with_a_tie_hold_both_ways() -> None:
    tied = TABLE.replace("3.01", "3.90")
    assert outcomes(tied, "In 2023 Greece ranks first.") == {"SUPPORTED"}
    assert outcomes(tied, "In 2023 Greece ranks second.") == {"SUPPORTED"}

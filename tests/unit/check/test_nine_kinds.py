"""Each kind of check on pairs of sentences: the true one is let pass, the false one is caught.

The sentences are of regions and times that the sets of `cases/` do not use; what is true in them was
looked up outside the code (maps, lists of office-holders, SIPRI's tables). A first part of 78
pairs was written before the finders knew their wordings (46 caught then), a second of 69 after that
(50 caught then).
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from standoff.assess import read_and_check
from standoff.terms import Outcome

FALSE = (Outcome.CONTRADICTED, Outcome.INCONSISTENT)
CASES = Path(__file__).resolve().parents[3] / "cases" / "claims-pairs.csv"


def _pairs() -> list[tuple[str, str, str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(r["kind"], r["published"], r["true"], r["false"]) for r in rows]


PAIRS = _pairs()


def _false(text: str, day: str) -> list[str]:
    _, verdicts = read_and_check(text, published=date.fromisoformat(day))
    return [v.why for v in verdicts if v.outcome in FALSE]


@pytest.mark.parametrize(("kind", "day", "true", "false"), PAIRS)
def test_pair(kind: str, day: str, true: str, false: str) -> None:
    assert _false(true, day) == []
    assert _false(false, day) != [], kind


def test_every_kind_is_here() -> None:
    kinds = {p[0] for p in PAIRS}
    assert kinds >= {
        "distance", "unit", "part", "sum", "ratio", "change", "share", "rank", "office", "name",
        "term", "date", "order", "duration", "attribution", "law", "repeat",
    }  # fmt: skip


LIVE = """Live: strike on the port of Odesa

{lead} people were killed in a strike on the port on Tuesday.

14:05 - The mayor says that seven people have been killed.
15:20 - Rescue workers speak of nine dead and 20 injured.
16:40 - The governor says that 12 people were killed and 31 wounded.
17:30 - President Zelensky speaks on television.
"""


def test_a_superseded_figure_of_a_live_report_is_named() -> None:
    for lead in ("At least seven", "Nine"):
        _, verdicts = read_and_check(LIVE.format(lead=lead), published=date(2023, 5, 10))
        bad = [v for v in verdicts if v.outcome in FALSE]
        assert len(bad) == 1
        assert bad[0].slip.startswith("a superseded figure: the text gave it at 1")
    for lead in ("Twelve", "At least 12", "Some"):
        assert _false(LIVE.format(lead=lead), "2023-05-10") == []


def test_likely_slips_are_named() -> None:
    """Each slip of the issue, on a sentence that has just this one."""
    cases = {
        "Yonaguni lies 70 nautical miles from Taiwan.": "70 statute miles",
        "The share rose from 1.0 per cent to 1.2 per cent, a rise of 0.2 per cent.": "points",
        "Japan spent 0.937 per cent of GDP on defence in 2019.": "wrong release: 1949-2020",
        "The Anti-Secession Law was passed in March 2004.": "wrong year",
        "Seoul lies 159 km from Pyongyang.": "swapped digits",
        "British Prime Minister Theresa May spoke on Monday.": "former official",
        "US President Kamala Harris spoke on 3 May 2022.": "wrong office-holder",
    }
    for text, slip in cases.items():
        _, verdicts = read_and_check(text, published=date(2025, 6, 6))
        assert any(slip in v.slip for v in verdicts), (text, [v.slip for v in verdicts])


def test_a_middle_initial_makes_no_second_person() -> None:
    assert _false("US President Donald Trump called both sides.", "2025-07-29") == []

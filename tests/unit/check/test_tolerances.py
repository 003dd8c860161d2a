"""Tolerances of words of growth, of temperatures and of whole thousands."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.assess import read_and_check

# By arithmetic: 0 °C is 32 °F, 30 °C is 86 °F, 100 °F is 37.8 °C. Guam lies 2,894 to 2,907 km from China.
CASES = {
    "The navy tripled from 20 to 41 ships.": "INCONSISTENT",
    "The navy tripled from 20 to 61 ships.": "SUPPORTED",
    "Exports doubled from 50 to 72 ships.": "INCONSISTENT",
    "The force halved from 90 to 46 ships.": "SUPPORTED",
    "The force halved from 90 to 80 ships.": "INCONSISTENT",
    "It was 30 °C (86 °F).": "SUPPORTED",
    "It was 30 °C (96 °F).": "INCONSISTENT",
    "It was 100 °F (38 °C).": "SUPPORTED",
    "It was 100 °F (44 °C).": "INCONSISTENT",
    "Guam is 3,000 km from China.": "SUPPORTED",
    "Guam is 4,000 km from China.": "CONTRADICTED",
    "Guam is 3,120 km from China.": "CONTRADICTED",
}


@pytest.mark.parametrize("text", CASES)
def test_outcomes(text: str) -> None:
    _, verdicts = read_and_check(text, published=date(2021, 8, 13))
    assert [v.outcome for v in verdicts] == [CASES[text]], [v.why for v in verdicts]

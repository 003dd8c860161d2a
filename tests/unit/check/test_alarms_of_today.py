"""True sentences of press texts that were once called false, or confirmed by the wrong place."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.assess import read_and_check

AGAINST = ("CONTRADICTED", "INCONSISTENT")


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (
            date(2025, 6, 25),
            "NATO leaders agreed in The Hague to spend 5% of GDP on defence by 2035.",
        ),
        (date(2025, 6, 25), "The US has demanded that Taiwan spend 10% of GDP on defence."),
        (date(2025, 5, 12), "A base in Poland is 60 km from Belarus."),
        (date(2012, 9, 14), "The Senkaku archipelago is around 400 km from Naha."),
        (date(2025, 5, 12), "Kinmen, an island 3 km from the Chinese city of Xiamen, held drills."),
        (
            date(2023, 5, 30),
            "President Biden looks forward to welcoming Prime Minister Rishi Sunak on June 8.",
        ),
        (date(2024, 6, 6), "It was 1944. The sky would open on Tuesday the 6th of June."),
        (date(2023, 3, 7), "They discussed the upcoming visit by the president on April 26, 2023."),
    ],
)
def test_nothing_is_said_against_it(day: date, text: str) -> None:
    _, verdicts = read_and_check(text, published=day)
    assert [v.why for v in verdicts if v.outcome.value in AGAINST] == []


def test_a_sea_in_which_islands_lie_is_not_measured() -> None:
    text = "An archipelago in the East China Sea is 500 km from Taiwan."
    _, verdicts = read_and_check(text, published=date(2012, 9, 14))
    assert "SUPPORTED" not in {v.outcome.value for v in verdicts}

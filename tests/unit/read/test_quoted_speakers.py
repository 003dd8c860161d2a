"""Who speaks behind a quotation: the noun after "said", never a name inside the quotation."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.read import read_report

DAY = date(2021, 8, 13)
SPOKEN = {
    "“We will attack Estonia,” said the Russian foreign minister.": ("RUS", "EST"),
    '"We condemn Iran", said the Israeli defence ministry.': ("ISR", "IRN"),
    "‘We will defend Taiwan,’ said the US secretary of state.": ("USA", "TWN"),
    "India protested. “We will attack Pakistan,” said the defence minister.": ("IND", "PAK"),
}


@pytest.mark.parametrize("text", SPOKEN)
def test_the_noun_behind_said_is_the_speaker(text) -> None:
    found = read_report(text, published=DAY).signals[-1]
    assert found.source_actors == (SPOKEN[text][0],)
    assert found.target_actors == (SPOKEN[text][1],)


def test_a_minister_of_nobody_named_is_not_of_the_state_that_is_spoken_of() -> None:
    report = read_report("“We will defend Estonia,” said the defence minister.", published=DAY)
    assert [m.party.actor for m in report.mentions] == ["EST"]
    assert all(s.source_actors == ("XXX",) for s in report.signals)


def test_words_of_nobody_known_weigh_less_than_those_of_a_named_minister() -> None:
    said = "“We will defend Estonia,” said {} defence minister."
    unknown, known = (
        read_report(said.format(who), published=DAY).signals[0] for who in ("the", "the British")
    )
    assert unknown.confidence < known.confidence

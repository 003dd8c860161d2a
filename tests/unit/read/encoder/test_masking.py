"""No name reaches the network: two states that change places leave the windows as they were."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.read.encoder.masking import NUMBERS, ROOM, Window, mentions_in, windows_of
from standoff.read.encoder.pieces import CLOSING, OPENING, Vocabulary
from standoff.read.reading import Reading
from standoff.read.report import prepare

DAY = date(2021, 8, 13)
WORDS = "the navy of fired at a boat and condemned , . foreign minister told reporters that he troops".split()
KNOWN = Vocabulary([f"[{i}]" for i in range(CLOSING + 1)] + WORDS)


def windows(text: str) -> tuple[Reading, list[Window]]:
    reading = prepare(text, DAY)
    return reading, windows_of(reading, KNOWN)


def rows(text: str) -> list[list[int]]:
    return [w.rows for w in windows(text)[1]]


@pytest.mark.parametrize(
    "text",
    [
        "The navy of {} fired at a boat of {} and {} condemned {}.",
        "{} condemned {}. {} told reporters that the troops of {} fired.",
    ],
)
def test_who_it_is_cannot_be_seen(text: str) -> None:
    pairs = [("Peru", "Chile"), ("Chile", "Peru"), ("Russia", "Ukraine"), ("Iran", "Israel")]
    seen = {str(rows(text.format(a, b, b, a))) for a, b in pairs}
    assert len(seen) == 1


def test_one_party_is_one_number_under_all_its_names() -> None:
    text = "Russia condemned Georgia. Russian troops fired. Foreign Minister Sergei Lavrov told reporters."
    reading, (window,) = windows(text)
    by_word = {reading.tokens[i].text: window.rows[a] for i, (a, _) in window.places.items()}
    assert by_word["Russia"] == by_word["Russian"] == by_word["Lavrov"] == NUMBERS[0]
    assert by_word["Georgia"] == NUMBERS[1]
    assert by_word["troops"] == CLOSING + 1 + WORDS.index("troops")


def test_a_window_opens_and_closes_and_has_room() -> None:
    text = "Peru condemned Chile and the navy of Chile fired at a boat of Peru. " * 60
    _, found = windows(text)
    assert len(found) > 1
    for window in found:
        assert window.rows[0] == OPENING and window.rows[-1] == CLOSING
        assert len(window.rows) <= ROOM


def test_every_word_of_a_parsed_sentence_is_asked_once() -> None:
    text = (
        "Peru condemned Chile. "
        + "The navy of Peru fired at a boat, and " * 80
        + "Chile fired. Rain fell."
    )
    reading, found = windows(text)
    asked = [i for w in found for i in w.asked]
    parsed = [t.index for t in reading.tokens if t.head >= 0]
    assert asked == parsed
    assert all(set(w.asked) <= set(w.places) for w in found)


def test_names_of_a_party_are_found_by_their_last_word() -> None:
    reading, _ = windows("Foreign Minister Sergei Lavrov condemned Georgia.")
    last = {a: [reading.tokens[i].text for i in v] for a, v in mentions_in(reading).items()}
    assert last == {"RUS": ["Lavrov"], "GEO": ["Georgia"]}

"""A text that the encoder has read: who it is changes nothing, and memory does not grow with it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from standoff.read import read_report
from standoff.read.encoder import Context
from standoff.read.report import prepare

DAY = date(2024, 5, 23)
TEXT = "{a}'s bombardment of {b} killed dozens. {b} is reeling from the invasion. {a} blamed {b}."


@pytest.mark.parametrize("pair", [("Chile", "Peru"), ("Kenya", "Ghana"), ("Ghana", "Kenya")])
def test_states_that_change_places_are_coded_alike(pair: tuple[str, str]) -> None:
    codes = {"Chile": "CHL", "Peru": "PER", "Kenya": "KEN", "Ghana": "GHA"}

    def coded(a: str, b: str) -> list[object]:
        side = {codes[a]: "a", codes[b]: "b"}
        found = read_report(TEXT.format(a=a, b=b), published=DAY).signals
        return [
            (s.event, s.status, [side[x] for x in s.source_actors], [side[x] for x in s.target_actors],
             s.confidences)
            for s in found
        ]  # fmt: skip

    first = coded("Peru", "Chile")
    assert first and coded(*pair) == first


def test_a_word_is_read_with_its_window_whatever_was_read_before() -> None:
    reading = prepare("Peru condemned Chile and Chile fired at a boat of Peru. " * 60, DAY)
    onward, back = Context(reading), Context(reading)
    tokens = [t.index for t in reading.tokens if t.head >= 0]
    there = {i: onward.vector(i) for i in tokens}
    assert all(np.array_equal(back.vector(i), there[i]) for i in reversed(tokens))
    assert not np.array_equal(there[tokens[0]], there[tokens[12]])


def test_the_names_of_a_party_are_its_phrases_and_its_other_mentions() -> None:
    reading = prepare("Peru condemned Chile. Chile fired at a boat of Peru.", DAY)
    fired = next(t.index for t in reading.tokens if t.text == "fired")
    subject = next(t.index for t in reading.tokens if t.text == "Chile" and t.index > 3)
    vectors, far = Context(reading).names(fired, "CHL", [subject])
    assert vectors.shape == (2, 384) and far == [0, 5]
    assert Context(reading).names(fired, "BOL", [])[1] == []

"""Twice the text, about twice the steps: counted calls of functions, so that no clock decides."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from types import FrameType

import pytest

from standoff.assess import read_and_check
from standoff.read.stretches import Apart, Stretches

DAY = date(2021, 8, 13)
LEAST = 4_000
"""Characters of the smallest text: what is done once must not hide what grows."""
KINDS = {
    "distances": "Yonaguni lies {i} km from Taiwan. ",
    "distances of many places": "{place} lies {i} km from Taiwan. ",
    "people with a title": "President Joe Biden met Prime Minister Yoshihide Suga in May {year}. ",
    "names alone on a line": "Joe Biden\nXi Jinping\n5 August\n",
    "quotations": '"We will never yield to {i}," said Xi Jinping. ',
    "credits": '"We will not ever yield to them {i}" came and Joe Biden, Xi Jinping and ',
    "open quotations": 'Xi Jinping said that "Taiwan is ours" and ',
    "a table": "Ships {i}: {year}\nThe navy has ships of {i} sorts. ",
    "rows": "Japan | {i} | 5 km | 2021 |\n",
    "laws": "the 2015 Security Treaty of 1960 between Japan and the United States, ",
    "acts": "Japan condemned China on Monday. ",
    "we": "We condemn this, and our friends do. ",
    "one sentence": "Japan and China and Korea and ",
}
PLACES = ("Ishigaki", "Guam", "Tokyo", "Manila", "Okinawa", "Hainan", "Luzon", "Busan")
RATIO, RATIO_4 = 2.3, 4.6
"""Of the issue: what is linear gives 2 and 4; a term that is squared gives up to 4 and 16."""


def text(kind: str, length: int) -> str:
    pieces: list[str] = []
    total = i = 0
    while total < length:
        piece = KINDS[kind].format(i=100 + i % 400, year=1990 + i % 30, place=PLACES[i % 8])
        pieces.append(piece)
        total += len(piece)
        i += 1
    return "".join(pieces)


def steps(work: Callable[[], object]) -> int:
    """How many functions are called, generators taken up again included."""
    count = 0

    def counted(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("kind", KINDS)
def test_reading_and_checking_are_linear(kind: str) -> None:
    # Tables of names are loaded and patterns compiled before anything is counted.
    read_and_check(text(kind, 500), published=DAY)
    one, two, four = (
        steps(lambda n=n: read_and_check(text(kind, LEAST * n), published=DAY)) for n in (1, 2, 4)
    )
    assert two / one <= RATIO and four / one <= RATIO_4, (one, two, four)


def test_stretches_are_those_of_a_walk() -> None:
    import random

    rng = random.Random(8)
    for _ in range(300):
        pairs = [(a := rng.randrange(30), a + rng.randrange(1, 6)) for _ in range(rng.randrange(8))]
        stretches, apart, taken = Stretches(pairs), Apart(), list[tuple[int, int]]()
        for _ in range(20):
            start = rng.randrange(30)
            end = start + rng.randrange(1, 6)
            assert stretches.touch(start, end) == any(a < end and start < b for a, b in pairs)
            assert stretches.hold(start) == any(a <= start < b for a, b in pairs)
            free = not any(a < end and start < b for a, b in taken)
            assert apart.take(start, end) == free
            taken += [(start, end)] if free else []

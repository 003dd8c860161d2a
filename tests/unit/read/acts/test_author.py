"""Who issued a text, for its own "we": where it says so; never the state that it is about."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.read.acts.author import author_of
from standoff.read.acts.quotes import quoted
from standoff.read.report import prepare, read_report

DAY = date(2024, 5, 23)


def author(text: str, source: str = "", title: str = "") -> list[str]:
    reading = prepare(text, DAY, source=source, title=title)
    return [r.party.actor for r in author_of(reading, quoted(text))]


@pytest.mark.parametrize(
    ("text", "source", "title", "actors"),
    [
        ("Statement by the government of Peru. We condemn Chile.", "", "", ["PER"]),
        ("Peru and our partners condemn this. We call on Chile to stop.", "", "", ["PER"]),
        ("We condemn Chile.", "Ministry of Foreign Affairs of Peru", "", ["PER"]),
        ("We condemn Chile.", "", "Remarks of the President of Peru", ["PER"]),
        ("We condemn Chile.", "", "Remarks by the Foreign Ministry of Peru", ["PER"]),
        ("Peru stands with our allies. We condemn Chile.", "", "", ["PER"]),
        ("We condemn Chile.", "", "", ["XXX"]),
        ("We condemn Chile.", "The Lima Times", "Peru and Chile", ["XXX"]),
        ("Peru condemned Chile.", "Ministry of Foreign Affairs of Peru", "", []),
        ('Peru condemned Chile. "We will act," it said.', "", "", []),
    ],
)
def test_the_author_is_found_where_the_text_says_so(
    text: str, source: str, title: str, actors: list[str]
) -> None:
    assert author(text, source, title) == actors


def test_the_words_of_a_statement_are_its_authors() -> None:
    found = read_report(
        "We condemn Chile.", published=DAY, title="Remarks of the President of Peru"
    )
    assert [(s.source_actors, s.target_actors) for s in found.signals] == [(("PER",), ("CHL",))]


def test_the_words_of_nobody_known_are_nobodys() -> None:
    found = read_report("We condemn Chile. Peru is a country.", published=DAY)
    assert all(s.source_actors == ("XXX",) for s in found.signals)

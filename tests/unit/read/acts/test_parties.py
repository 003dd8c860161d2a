"""Whom a phrase stands for: its owner, its name, what it refers back to; nobody where two fit."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.read import read_report
from standoff.terms import Signal

DAY = date(2024, 5, 23)


def last(text: str) -> Signal:
    return read_report(text, published=DAY).signals[-1]


# text -> sources of its last signal
PHRASES = {
    "Iranian boats seized a Greek tanker.": "IRN",
    "Iran's navy seized a Greek tanker.": "IRN",
    "The navy of Iran seized a Greek tanker.": "IRN",
    "Two of the Iranian boats fired on a Greek tanker.": "IRN",
    "Ships from Iran seized a Greek tanker.": "IRN",
    "Officials in Tehran condemned Greece.": "IRN",
    "Peru and Chile condemned Bolivia.": "PER CHL",
    "Both Peru and Chile condemned Bolivia.": "PER CHL",
    "Peru's army and Chile's navy condemned Bolivia.": "PER CHL",
    "American and British warships shelled Yemen.": "USA GBR",
    "Javier Milei, president of Argentina, condemned Bolivia.": "ARG",
    "Alan Bo, a spokesman for Peru's army, condemned Bolivia.": "PER",
}


@pytest.mark.parametrize("text", PHRASES)
def test_a_phrase_names_who_acts(text: str) -> None:
    assert set(last(text).source_actors) == set(PHRASES[text].split())


BACK = {
    "Peru condemned Chile. It recalled its ambassador.": "PER",
    "Peru said it would attack Chile.": "PER",
    "Peru's president condemned Chile. He also threatened Bolivia.": "PER",
    "Peru and Bolivia condemned Chile. They recalled their envoys.": "PER BOL",
    "Peru and Chile met. The two countries condemned Bolivia.": "PER CHL",
    "Peru and Chile are at odds. Both countries condemned Bolivia.": "PER CHL",
    "Peru's foreign minister condemned Chile. The foreign minister also threatened Bolivia.": "PER",
    "Peru's statement condemned Chile. The statement also threatened Bolivia.": "PER",
    "Chile saw 29 Peruvian aircraft. The aircraft attacked Bolivia.": "PER",
    "Peru left the pact. The country also condemned Chile.": "PER",
    "Peru said that its navy had fired on a Bolivian boat.": "PER",
}


@pytest.mark.parametrize("text", BACK)
def test_what_refers_back_is_followed_with_a_reason(text: str) -> None:
    found = last(text)
    assert set(found.source_actors) == set(BACK[text].split())
    assert all(p.value.partition(": ")[2] for p in found.parts if p.field == "sources")


# Two antecedents fit, or none: no author.
OPEN = {
    "Peru, Chile and Bolivia met. The two countries condemned Mali.": "condemn of two of three",
    "Tensions between Peru and Chile are high. The ministry condemned Bolivia.": "whose ministry",
    "Tensions between Peru and Chile are high. It condemned Bolivia.": "which of two",
    "Reporters saw Peru's president and Chile's president. He condemned Bolivia.": "which of two",
    "Peru asked Chile to withdraw. It refused.": "who asks does not refuse",
    "The summit was about Peru. A minister condemned Bolivia.": "only the topic",
    "News came from Peru. The government condemned Bolivia.": "only a place",
}


@pytest.mark.parametrize("text", OPEN)
def test_where_two_fit_there_is_nobody(text: str) -> None:
    signals = read_report(text, published=DAY).signals
    assert all(set(s.source_actors) <= {"XXX"} for s in signals if s.span.start > 20), OPEN[text]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Chile said on Monday that Peru attacked it on Sunday.", ("CHL",)),
        ("Chile complained that Peru had attacked it.", ("CHL",)),
        ("Chile has closed its ports since Peru attacked it.", ("CHL",)),
    ],
)
def test_a_pronoun_is_never_the_subject_of_its_own_verb(text: str, target: tuple[str]) -> None:
    found = [s for s in read_report(text, published=DAY).signals if s.source_actors == ("PER",)]
    assert [(s.event.value, s.target_actors) for s in found] == [("ASSAULT", target)]


OUTSIDERS = ("Analysts in Peru", "Peruvian analysts", "A Peruvian newspaper", "Peruvian fishermen")


@pytest.mark.parametrize("who", OUTSIDERS)
def test_outsiders_act_for_nobody(who: str) -> None:
    signals = read_report(f"{who} condemned Bolivia.", published=DAY).signals
    assert all("PER" not in s.source_actors for s in signals)

"""Acts that a noun names with both sides on it, where the sentence tells that they took place."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.read import read_report

DAY = date(2024, 5, 23)
TOLD = {
    "Serb attacks on Bosnia continued.": ("ASSAULT", {"SRB"}, {"BIH"}),
    "An attack on Chile by Peru took place on Sunday.": ("ASSAULT", {"PER"}, {"CHL"}),
    "There were clashes between Ghana and Togo.": ("ASSAULT", {"GHA", "TGO"}, {"GHA", "TGO"}),
    "Talks between Chile and Argentina ended.": ("CONSULT", {"CHL", "ARG"}, {"CHL", "ARG"}),
    "Peru's blockade of Chile continues.": ("COERCE", {"PER"}, {"CHL"}),
}


@pytest.mark.parametrize("text", TOLD)
def test_a_noun_tells_an_act_with_its_sides(text: str) -> None:
    (found,) = read_report(text, published=DAY).signals
    assert (found.event.value, set(found.source_actors), set(found.target_actors)) == TOLD[text]


@pytest.mark.parametrize("text", ["Serb attacks on Bosnia continued.",
                                  "Peru's blockade of Chile continues."])  # fmt: skip
def test_a_blow_told_by_a_noun_has_the_valence_of_a_blow(text: str) -> None:
    (found,) = read_report(text, published=DAY).signals
    assert found.valence.value == "threaten"


@pytest.mark.parametrize(
    "text",
    [
        "There was no attack by Peru on Chile.",
        "Peru's attack on Chile may continue.",
        "The attack on Chile continued.",
        "The prospect of an attack on Chile by Peru faded.",
        "Chile fears an attack by Peru.",
    ],
)
def test_what_is_only_named_is_no_act(text: str) -> None:
    assert all(s.event.value != "ASSAULT" for s in read_report(text, published=DAY).signals)

"""Why a clause that fits a frame is no signal: the reason is kept."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.read import read_report

DAY = date(2024, 5, 23)
REASONS = {
    "Peru did not condemn Chile.": "denied",
    "Nobody attacked Peru.": "denied",
    "Peru would have attacked Chile.": "hypothetical",
    "Peru could attack Chile, Bolivia said.": "hypothetical",
    "Peru will attack Chile, Bolivia said.": "a forecast about another",
    "The ministry condemned the attack.": "nobody named",
    "Analysts condemned Peru.": "an analyst's own words",
    "Peru refused to attack Chile.": "denied",
}


@pytest.mark.parametrize("text", REASONS)
def test_the_reason_is_told(text: str) -> None:
    report = read_report(text, published=DAY)
    assert REASONS[text] in {n.reason for n in report.nonsignals}
    assert not [s for s in report.signals if s.event.value in ("ASSAULT", "ACCUSE")]


@pytest.mark.parametrize(
    "text",
    [
        "Did Peru attack Chile?",
        "Peru released a statement.",
        "The armed forces of Peru celebrated.",
        "Peru's president ordered an inquiry into floods.",
        "Peru's police arrested protesters in Lima.",
        "Kishida ordered officials to gather information.",
        "Analysts asked whether Peru attacked Chile.",
        "Had Peru attacked Chile, war would have followed.",
        "Suppose Peru attacked Chile.",
        "Once Peru attacks Chile, war will follow.",
        "Chile accused nobody.",
    ],
)
def test_nothing_between_states_happened(text: str) -> None:
    assert not read_report(text, published=DAY).signals


def test_a_warning_of_what_another_will_do_threatens_nobody() -> None:
    signals = read_report("Bolivia warned that Peru would attack Chile.", published=DAY).signals
    assert all(set(s.target_actors) <= {"PER"} for s in signals)


def test_a_rejected_claim_tells_no_attack() -> None:
    text = "Peru rejected the claim that it had attacked Chile."
    assert [s.event.value for s in read_report(text, published=DAY).signals] == ["REJECT"]

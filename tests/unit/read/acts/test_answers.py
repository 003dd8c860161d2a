"""What a will, a refusal or a condition makes of an act: threats, assurances, refusals."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.read import read_report

DAY = date(2024, 5, 23)
# text -> (event, valence, status, negated) of its one signal
ANSWERS = {
    "Peru will not lift the ban on Chile.": ("REJECT", "accuse", "done", True),
    "Peru will not meet Chile's president.": ("REJECT", "accuse", "done", True),
    "Peru will not attack Chile.": ("AGREE", "reassure", "done", True),
    "Peru said it would not attack Chile.": ("AGREE", "reassure", "done", True),
    "Peru promised not to attack Chile.": ("AGREE", "reassure", "done", False),
    "Peru vowed never to abandon its missiles.": ("REJECT", "commit", "done", False),
    "Peru vowed to attack Chile.": ("THREATEN", "threaten", "done", False),
    "Peru said it would close the strait unless Chile withdrew.":
        ("THREATEN", "threaten", "conditional", False),
    "Peru will not be intimidated by Chile.": ("REJECT", "commit", "done", True),
}  # fmt: skip


@pytest.mark.parametrize("text", ANSWERS)
def test_an_answer_is_given_when_it_is_said(text: str) -> None:
    found = [
        (s.event.value, s.valence.value, s.status.value, s.negated)
        for s in read_report(text, published=DAY).signals
    ]
    assert found == [ANSWERS[text]]


@pytest.mark.parametrize(
    "text",
    [
        "Peru did not lift the ban on Chile.",
        "Peru did not attack Chile.",
        "Peru has not closed the strait.",
        "Peru denied that it would attack Chile.",
    ],
)
def test_what_was_not_done_is_no_answer(text: str) -> None:
    events = {s.event.value for s in read_report(text, published=DAY).signals}
    assert events <= {"REJECT"} if "denied" in text else not events

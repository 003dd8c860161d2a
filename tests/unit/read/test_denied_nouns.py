"""What a noun or a verb of hindering denies is no act; two negations leave it open."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.read import read_report

DAY = date(2021, 8, 13)


@pytest.mark.parametrize(
    "text",
    [
        "There is no proof that India attacked Nepal.",
        "Officials saw little sign that China blockaded Taiwan.",
        "Tokyo discouraged China from attacking Taiwan.",
        "Paris dissuaded Israel from bombing Iran.",
    ],
)
def test_no_attack_is_told(text: str) -> None:
    assert all(s.event.value != "ASSAULT" for s in read_report(text, published=DAY).signals)


def test_proof_itself_tells_the_attack() -> None:
    found = read_report("There is proof that India attacked Nepal.", published=DAY).signals
    assert [(s.event.value, s.status.value) for s in found] == [("ASSAULT", "done")]


@pytest.mark.parametrize(
    "text",
    ["It cannot be excluded that Iran attacked Iraq.", "It is not denied that Iran attacked Iraq."],
)
def test_two_negations_leave_it_alleged(text: str) -> None:
    found = read_report(text, published=DAY)
    assert [s.status.value for s in found.signals if s.event.value == "ASSAULT"] == ["alleged"]

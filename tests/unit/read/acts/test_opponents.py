"""A hostile act that names nobody is against the one opponent that its source has in the text."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.read import read_report
from standoff.terms import Signal

DAY = date(2024, 5, 23)
LAST = "Ghana massed troops at the border."


def last(text: str) -> Signal:
    return read_report(f"{text} {LAST}", published=DAY).signals[-1]


def test_one_opponent_is_meant_and_marked_as_inferred() -> None:
    found = last("Ghana condemned Togo. Ghana expelled Togo's envoy.")
    assert found.target_actors == ("TGO",)
    assert any(p.field == "targets" and "inferred" in p.value for p in found.parts)


@pytest.mark.parametrize(
    "text",
    [
        "Ghana condemned Togo. Ghana expelled Mali's envoy.",
        "Ghana condemned Togo.",
        "Ghana praised Togo. Ghana signed an accord with Togo.",
        "Mali condemned Togo. Mali expelled Togo's envoy.",
    ],
    ids=["two opponents", "once only", "a friend", "the opponent of another"],
)
def test_otherwise_nobody_is(text: str) -> None:
    assert last(text).target_actors == ()


def test_a_friendly_act_has_no_opponent() -> None:
    text = "Ghana condemned Togo. Ghana expelled Togo's envoy. Ghana offered talks."
    assert all(
        s.target_actors == () for s in read_report(text, published=DAY).signals[2:]
        if s.event.value in ("AGREE", "CONSULT")
    )  # fmt: skip


def test_forces_are_not_shown_to_a_friend() -> None:
    """A friend whom the source helps in the same text is no target of its ships."""
    text = "Peru sent ships past Chile. Peru pledged to defend Chile. Peru sent arms to Chile."
    found = read_report(text, published=DAY).signals
    shown = [s for s in found if s.event.value == "MOBILIZE"]
    assert shown and all("CHL" not in s.target_actors for s in shown)

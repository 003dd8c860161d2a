"""A hundred minimal pairs: one word decides whether it happened."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from standoff.read import read_report
from standoff.terms import Status

PAIRS = Path(__file__).parents[3] / "cases" / "pairs" / "pairs.toml"
TABLE: dict[str, list[list[str]]] = tomllib.loads(PAIRS.read_text("utf-8"))
HELD = (Status.HYPOTHETICAL, Status.DENIED)
LEAST = 0.95


def outcome(text: str) -> set[str]:
    signals = read_report(text, published=date(2023, 6, 1)).signals
    return {f"{s.event.value}:{s.status.value}" for s in signals if s.status not in HELD}


def holds(text: str, expected: str) -> bool:
    """One of the readings that theory allows came out, and nothing came out where none may."""
    found = outcome(text)
    allowed = set(expected.split("|"))
    return bool(found & allowed) or (not found and "-" in allowed)


def wrong() -> list[str]:
    return [
        f"{topic}: {text!r} -> {sorted(outcome(text))}, expected {expected}"
        for topic, rows in TABLE.items()
        for row in rows
        for text, expected in ((row[0], row[1]), (row[2], row[3]))
        if not holds(text, expected)
    ]


def test_there_are_a_hundred() -> None:
    assert sum(len(rows) for rows in TABLE.values()) == 100
    assert all(len(row) == 4 for rows in TABLE.values() for row in rows)


def test_pairs_hold() -> None:
    missed = wrong()
    assert 1 - len(missed) / 200 >= LEAST, "\n".join(missed)


@pytest.mark.parametrize("topic", sorted(TABLE))
def test_no_topic_is_left_behind(topic: str) -> None:
    missed = [m for m in wrong() if m.startswith(f"{topic}:")]
    assert len(missed) <= 4, "\n".join(missed)


def test_the_check_sees_a_fault() -> None:
    assert not holds("Russia sent troops to Belarus.", "-")
    assert not holds("Russia did not send troops to Belarus.", "MOBILIZE:done")

"""Constructed texts that differ in one small word, of families that the network was not fitted on."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from standoff.read import read_report
from standoff.terms import Signal

FAMILIES = Path(__file__).parents[3] / "benchmarks" / "data" / "families.jsonl"
DAY = date(2024, 5, 15)
NOBODY = {"XXX", "IGO", "MULTI"}


def left_out(family: str) -> bool:
    """The fold of five that `benchmarks/fit_reader.py` left out."""
    return int(hashlib.sha1(family.encode()).hexdigest(), 16) // 2 % 5 == 0


TEXTS: list[dict[str, Any]] = [
    row
    for line in FAMILIES.read_text("utf-8").splitlines()
    if left_out((row := json.loads(line))["family"])
]


def coded(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [s for s in row["signals"] if not s.get("trap")]


@pytest.fixture(scope="module")
def told() -> list[tuple[dict[str, Any], tuple[Signal, ...]]]:
    return [(row, read_report(row["text"], published=DAY).signals) for row in TEXTS]


def right(signal: Signal, wanted: list[dict[str, Any]]) -> bool:
    """The event and who did it are those of a coded signal."""
    return any(
        signal.event.value in (w["plover"], *w.get("plover_alt", ()))
        and set(signal.source_actors) == set(w["sources"])
        for w in wanted
    )


def swapped(signal: Signal, wanted: list[dict[str, Any]]) -> bool:
    """Somebody does it who does nothing in the text and to whom something is done."""
    doers = {a for w in wanted for a in w["sources"]}
    hit = {a for w in wanted for a in w["targets"]}
    return bool(set(signal.source_actors) & (hit - doers - NOBODY))


def test_texts_differ_within_a_family_and_quote_themselves() -> None:
    assert len({row["text"] for row in TEXTS}) == len(TEXTS) > 350
    for row in TEXTS:
        assert all(s["quote"] in row["text"] and s["trigger"] in s["quote"] for s in row["signals"])


def test_where_nothing_happened_little_is_told(told) -> None:
    silent = [signals for row, signals in told if not coded(row)]
    assert sum(map(bool, silent)) / len(silent) <= 0.38


def test_what_is_told_is_right(told) -> None:
    out = [(s, coded(row)) for row, signals in told for s in signals]
    assert sum(right(s, wanted) for s, wanted in out) / len(out) >= 0.59
    assert sum(swapped(s, wanted) for s, wanted in out) / len(out) <= 0.055


def test_what_happened_is_told(told) -> None:
    wanted = sum(len(coded(row)) for row, _ in told)
    found = sum(right(s, coded(row)) for row, signals in told for s in signals)
    assert found / wanted >= 0.46

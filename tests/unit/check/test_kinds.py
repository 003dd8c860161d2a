"""Each kind of claim has a table of sentences that it supports, finds wrong, and cannot decide.

The truth of a row is the calendar, arithmetic, or a fact that a newspaper of the day would print; no
row was read off the program. A kind whose table says one thing only decides nothing and is refused.
"""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from standoff.assess import read_and_check
from standoff.check.kinds import KINDS, kind_of

TABLES = Path(__file__).parent / "kinds"
WRONG = ("CONTRADICTED", "INCONSISTENT")
WITHOUT = {
    "open": "it says of a claim only that nothing decides it",
    "sequence": "it needs coded signals; tests/unit/check/test_nine_kinds.py has its pairs",
    "statements": "it needs dated statements of the chronology; tests/gates/test_article_claims.py",
    "attribution": "it needs dated statements; tests/gates/test_article_claims.py",
}


def rows(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.tsv").open(encoding="utf-8") as held:
        return list(csv.DictReader(held, delimiter="\t"))


def says(verdicts: Counter[str]) -> bool:
    """Whether a table can say more than one thing, each of it at least twice."""
    return sum(count >= 2 for count in verdicts.values()) >= 2


EVERY = [(p.stem, r) for p in sorted(TABLES.glob("*.tsv")) for r in rows(p.stem)]


@pytest.mark.parametrize(("name", "row"), EVERY, ids=[r["text"][:50] for _, r in EVERY])
def test_row(name: str, row: dict[str, str]) -> None:
    report, verdicts = read_and_check(row["text"], published=date.fromisoformat(row["published"]))
    found = [
        (v.outcome.value, v.why)
        for c, v in zip(report.claims, verdicts, strict=True)
        if (kind := kind_of(c.content)) and kind.name == name
    ]
    assert found, "no claim of this kind was found"
    outcomes = {o for o, _ in found}
    if row["verdict"] == "WRONG":
        assert outcomes & set(WRONG), found
    elif row["verdict"] == "SUPPORTED":
        assert "SUPPORTED" in outcomes and not outcomes & set(WRONG), found
    else:
        assert outcomes == {"NOT_CHECKABLE"}, found


def test_every_kind_has_a_table_that_can_say_more_than_one_thing() -> None:
    for kind in KINDS.values():
        if kind.name in WITHOUT:
            continue
        told = Counter(r["verdict"] for r in rows(kind.name))
        assert sum(told.values()) >= 10, (kind.name, told)
        assert says(told), (kind.name, told)


def test_a_table_of_one_verdict_is_refused() -> None:
    assert not says(Counter({"SUPPORTED": 12}))
    assert not says(Counter({"SUPPORTED": 11, "WRONG": 1}))

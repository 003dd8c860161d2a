"""The table of constitutions: years that any encyclopaedia gives, and what it leaves out."""

from __future__ import annotations

from datetime import date

from standoff.reference import constitution_changes


def test_years_that_are_well_known() -> None:
    """The Basic Law's emergency laws 1968, the Turkish referendum 2017, the Russian one 2020."""
    for actor, year in (("DEU", 1968), ("TUR", 2017), ("RUS", 2020), ("USA", 1992), ("CHN", 2018)):
        changes = constitution_changes(actor)
        assert changes is not None and year in changes.amended, (actor, year)
    france = constitution_changes("FRA")
    assert france is not None and france.new == (1946, 1958)


def test_japan_promulgated_once_and_never_amended() -> None:
    japan = constitution_changes("JPN")
    assert japan is not None
    assert (japan.new, japan.amended, japan.other) == ((1946,), (), ())
    assert japan.as_of > date(2026, 1, 1)


def test_states_without_one_document_are_not_in_it() -> None:
    assert [constitution_changes(a) for a in ("GBR", "NZL", "ISR", "CAN")] == [None] * 4

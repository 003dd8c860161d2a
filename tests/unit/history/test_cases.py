"""The table of cases: every row sourced and sound; rates count what they say."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.errors import ModelError
from standoff.history import base_rate, cases, rates_by_class
from standoff.reference import state


def test_every_case_is_sourced_and_sound() -> None:
    table = cases()
    assert len(table) >= 25 and len({c.id for c in table}) == len(table)
    for case in table:
        assert case.origin.source and case.origin.verified and case.origin.retrieved
        assert case.origin.url.startswith("http")
        assert case.start <= case.end and case.commitment
        assert len({case.challenger, case.protege, case.defender}) == 3
        assert (case.response == "") == (case.outcome == "held")
        if case.contested:
            assert "contested" in case.origin.note, case.id


def test_actors_are_those_of_the_reference_tables() -> None:
    older = {"AUH"}  # Austria-Hungary has no ISO code
    for case in cases():
        for code in (case.challenger, case.protege, case.defender):
            if code not in older:
                assert state(code).actor == code


def test_filters_split_the_table_without_remainder() -> None:
    everything = set(cases())
    assert set(cases(deployed=True)) | set(cases(deployed=False)) == everything
    assert not set(cases(deployed=True)) & set(cases(deployed=False))
    assert set(cases(contested=True)) | set(cases(contested=False)) == everything
    early, late = cases(until=date(1945, 12, 31)), cases(since=date(1946, 1, 1))
    assert len(early) + len(late) == len(everything)
    assert [c.start for c in cases()] == sorted(c.start for c in cases())


def test_rates_add_up_over_outcomes() -> None:
    parts = [base_rate(e, means="force") for e in ("held", "conceded", "attacked")]
    assert sum(p.k for p in parts) == parts[0].n
    failed = base_rate("failed", means="force")
    assert failed.k == parts[1].k + parts[2].k
    fought = base_rate("fought", means="force")
    assert fought.n == parts[2].k and 0 < fought.k <= fought.n


def test_known_cases_stand_as_the_literature_has_them() -> None:
    by_id = {c.id: c for c in cases()}
    assert by_id["poland-1939"].outcome == "attacked" and by_id["poland-1939"].response == "fought"
    assert by_id["munich-1938"].outcome == "conceded"
    assert by_id["kuwait-1961"].outcome == "held" and by_id["kuwait-1961"].defender == "GBR"
    assert by_id["north-korea-1950"].defender == "CHN"
    assert by_id["ukraine-2022"].means == "sanctions"


def test_a_class_without_a_case_is_refused() -> None:
    with pytest.raises(ModelError, match="class without a case"):
        base_rate("failed", defender="LUX")
    with pytest.raises(ModelError, match="'victory'"):
        base_rate("victory")  # type: ignore[arg-type]


def test_both_readings_of_contested_cases_are_shown() -> None:
    labels = {r.label for r in rates_by_class()}
    assert any("contested False" in label for label in labels)
    assert all(r.low <= r.value <= r.high for r in rates_by_class())

"""The table of agreements: days that the treaties themselves bear, and names that stand for one thing."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.errors import FactError
from standoff.reference import agreement, agreements


def test_the_day_of_signature_is_among_the_years() -> None:
    for known in agreements():
        assert known.names and known.years and known.places
        assert known.signed is None or known.signed.year in known.years


def test_no_name_stands_for_two() -> None:
    names = [n.casefold() for a in agreements() for n in a.names]
    assert len(names) == len(set(names)) > 30


def test_days_that_are_well_known() -> None:
    assert agreement("inf-1987").signed == date(1987, 12, 8)
    assert agreement("good-friday-1998").signed == date(1998, 4, 10)
    assert agreement("npt-1968").years == (1968, 1970)


def test_an_unknown_id_is_refused() -> None:
    with pytest.raises(FactError):
        agreement("nowhere-1900")

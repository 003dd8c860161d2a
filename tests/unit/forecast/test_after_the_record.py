"""A day that the record does not reach, and states whose code changed: said, never filled in."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from standoff.errors import ImpossibleDate
from standoff.forecast import classes_for, load_facts, pair_rate
from standoff.reference import crosswalk

PAIR = ("CHN", "TWN")
END = load_facts().end


def attack(on: date) -> float:
    return float(pair_rate(*PAIR, on).attack(12, 4000, np.random.default_rng(1)).mean())


def test_years_that_nobody_recorded_are_no_years_of_peace() -> None:
    """Ten years on, an empty record must not have lowered the rate: it is the last known one."""
    last, later = attack(END + timedelta(days=1)), attack(date(END.year + 10, 1, 1))
    assert later == last


def test_the_card_says_that_the_record_ends() -> None:
    on = date(END.year + 9, 1, 1)
    said = " ".join(pair_rate(*PAIR, on).notes)
    assert f"no dispute after {END} is known" in said
    assert f"stands for {on}" in said
    assert "is known here" not in " ".join(pair_rate(*PAIR, END).notes)


def test_the_own_record_counts_no_years_after_its_end() -> None:
    own = [classes_for(*PAIR, date(year, 1, 1))[0] for year in (END.year + 1, END.year + 9)]
    assert own[0].dyad_years == own[1].dyad_years


@pytest.mark.parametrize(
    "on", [date(1993, 1, 1), date(1996, 6, 20), date(1999, 3, 23), date(2005, 1, 1)]
)
def test_belgrade_has_a_code_between_yugoslavia_and_serbia(on: date) -> None:
    """COW holds one state there throughout (345): a code must answer for 1992 to 2006."""
    found = [a for a in ("YUG", "SCG", "SRB") if _code(a, on) == 345]
    assert found
    for actor in found:
        assert pair_rate("USA", actor, on).relevant


@pytest.mark.parametrize(
    ("asked", "on", "heir"),
    [
        ("SRB", date(1999, 3, 1), "YUG"),
        ("YUG", date(2004, 3, 1), "SCG"),
        ("RUS", date(1975, 1, 1), "SUN"),
        ("SUN", date(2001, 1, 1), "RUS"),
    ],
)
def test_a_state_under_another_code_is_named(asked, on, heir) -> None:
    with pytest.raises(ImpossibleDate, match=heir):
        pair_rate("USA", asked, on)


def _code(actor: str, on: date) -> int | None:
    try:
        return int(crosswalk(actor, frm="iso3", to="cow", on=on))
    except Exception:  # any refusal means that the code does not answer for the day
        return None


def test_a_state_before_its_birth_is_refused_with_its_days() -> None:
    with pytest.raises(ImpossibleDate, match="2006"):
        pair_rate("USA", "SRB", date(1950, 1, 1))

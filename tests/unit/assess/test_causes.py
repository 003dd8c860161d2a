"""What a difference is put down to: the events that move it, by measurement."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from standoff.assess import assess_question, open_bench, rank_causes
from standoff.ledger import Ledger
from standoff.systems import load_system

SYSTEM = load_system("west-pacific-2021")
AT, BEFORE = date(2021, 8, 13), date(2021, 7, 1)


@pytest.fixture(scope="module")
def found(dossier, tmp_path_factory):
    copy = shutil.copy(dossier, tmp_path_factory.mktemp("causes") / "w.standoff")
    with Ledger.open(Path(copy)) as ledger:
        bench = open_bench(ledger, SYSTEM, as_of=AT, draws=400)
        old = {s.handle for s in ledger.signals(as_of=BEFORE)}
        new = [s for s in ledger.signals(as_of=AT) if s.handle not in old]
        gained = {s.event_key: s.event for s in new}
        causes = rank_causes(bench, gained)
        whole = assess_question(ledger, SYSTEM, as_of=AT, draws=400, aside=True)
        # The oracle: the widest mover taken out of the dossier for good, and everything assessed anew.
        widest = causes.influences[0]
        for handle in widest.signals:
            ledger.decide("reject", handle, {}, "to see what it does")
        without = assess_question(ledger, SYSTEM, as_of=AT, draws=400, aside=True)
    return causes, gained, whole, without


def test_the_widest_mover_does_what_taking_it_out_of_the_dossier_does(found) -> None:
    causes, _, whole, without = found
    measured = causes.influences[0].multiplier.mean
    assert measured == pytest.approx(whole.war.mean / without.war.mean, rel=0.15)


def test_causes_are_new_and_ranked_by_size_not_by_day(found) -> None:
    causes, gained, *_ = found
    assert {i.event for i in causes.influences} <= set(gained.values())
    sizes = [max(i.multiplier.mean, 1 / i.multiplier.mean) for i in causes.influences]
    assert sizes == sorted(sizes, reverse=True)
    days = [i.day for i in causes.influences]
    assert days != sorted(days) and days != sorted(days, reverse=True)


def test_what_moved_the_answer_most_is_named_first(found) -> None:
    causes, *_ = found
    first = causes.influences[0].signals
    every = sorted(h for i in causes.influences for h in i.signals)
    named = causes.of("war", every)
    assert set(named[: len(first)]) == set(first) and list(named) != every


def test_a_level_is_put_down_to_its_own_signals(found) -> None:
    causes, _, whole, _ = found
    for level in whole.levels:
        mine = causes.of(level.handle, level.signals)
        assert set(mine) <= set(level.signals)
    assert causes.of("L-USA>TWN@2021-08-13", whole.levels[0].signals)


def test_what_moves_nothing_is_no_cause(found) -> None:
    causes, *_ = found
    assert causes.of("war", ("S-001", "S-999")) == ()

"""Triage and the review queue against a bench built anew without the reports, and against brute force."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from standoff.assess import (
    LeaveOut,
    ingest,
    open_bench,
    open_workbench,
    reduced_events,
    review_queue,
    since_day,
    triage,
)
from standoff.errors import ImpossibleDate, InputError
from standoff.game import FORECAST, solve_batch
from standoff.ledger import Ledger
from standoff.measure import measure_stance
from standoff.systems import load_system

DAY = date(2021, 8, 13)
SYSTEM = load_system("west-pacific-2021")
DRAWS = 400


@pytest.fixture(scope="module")
def opened(dossier: Path):
    with Ledger.open(dossier) as ledger:
        bench = open_bench(ledger, SYSTEM, as_of=DAY, draws=DRAWS)
        yield ledger, bench, {s.handle: s.signal for s in ledger.signals(as_of=DAY)}


def anew(bench, codings, gone) -> np.ndarray:
    """The chance on the few draws, of a bench that never knew some reports."""
    cut = reduced_events(bench.events, gone, codings)
    events = [e for e in bench.events if e.key not in cut.touched] + list(cut.left)
    made = open_workbench(
        SYSTEM, measure_stance(events, at=DAY), measure_stance((), at=DAY),
        at=DAY, draws=DRAWS, seed=1, events=events,
    )  # fmt: skip
    return made.attack(solve_batch(made.game, made.few, outputs=FORECAST))


@pytest.mark.parametrize("event", ["E-707", "E-262", "E-655", "E-703"])
def test_what_an_event_moves_is_what_a_bench_without_it_says(opened, event) -> None:
    ledger, bench, codings = opened
    gone = [s.handle for s in ledger.signals(as_of=DAY) if s.event == event]
    (move,) = LeaveOut(bench, codings).moves([gone])
    full = bench.attack(solve_batch(bench.game, bench.few, outputs=FORECAST))
    slow = float(full.mean() / anew(bench, codings, gone).mean())
    # Ten digits: estimates are rounded to twelve decimals.
    assert move.ratio.mean == pytest.approx(slow, rel=1e-9)
    assert move.points == pytest.approx(
        100 * (bench.answer().at(12).mean) * (1 - 1 / slow), rel=1e-6
    )


def test_one_report_of_an_event_that_others_report_leaves_the_event(opened) -> None:
    ledger, bench, codings = opened
    both = [s.handle for s in ledger.signals(as_of=DAY) if s.event == "E-707"]
    assert len(both) == 2
    one, all_ = LeaveOut(bench, codings).moves([both[1:], both])
    assert one.size < all_.size / 4


def _events_of(told: dict[str, object]) -> set[str]:
    return {s.event for s in told.values()}


def test_the_reports_of_a_week_are_sorted_by_what_they_move(opened) -> None:
    ledger, bench, _ = opened
    found = triage(ledger, bench, date(2021, 8, 6))
    assert [d.handle for d in found.documents] == ["D-004"]
    sizes = [e.move.size for e in found.events]
    assert sizes == sorted(sizes, reverse=True)
    told = {s.handle: s for s in ledger.signals()}
    documents = {e: {s.document for s in told.values() if s.event == e} for e in _events_of(told)}
    assert {e.event for e in found.events} == {e for e, d in documents.items() if "D-004" in d}
    known = {e for e, d in documents.items() if "D-004" in d and len(d) > 1}
    assert {e.event for e in found.events if e.known} == known and known
    assert all(e.size >= 0.05 for e in (x.move for x in found.movers(0.05)))
    assert found.chance == bench.answer().at(12).mean
    moved = 100 * (found.chance - found.together.without)
    assert found.together.points == pytest.approx(moved)


def test_wrong_claims_and_conflicts_of_the_days_are_named(dossier: Path, tmp_path: Path) -> None:
    path = tmp_path / "d.standoff"
    path.write_bytes(dossier.read_bytes())
    with Ledger.open(path) as ledger:
        for text, source in (
            ("Yonaguni lies 300 km from Taiwan. The town has 4,000 people.", "One"),
            ("Nothing happened in the harbour.", "Two"),
        ):
            ingest(ledger, text, published=date(2021, 8, 14), source=source, title=source)
        bench = open_bench(ledger, SYSTEM, as_of=date(2021, 8, 14), draws=100)
        found = triage(ledger, bench, date(2021, 8, 14))
        assert [c.span.quote for c in found.wrong] == ["300 km from Taiwan"]
        assert found.silent == ("D-005", "D-006") and found.events == ()
        assert found.together.points == 0.0
        later = triage(ledger, bench, date(2021, 8, 1))
        assert {d.handle for d in later.documents} >= {"D-004", "D-005", "D-006"}
        with pytest.raises(ImpossibleDate, match="a day up to 2021-08-14"):
            triage(ledger, bench, date(2021, 8, 15))


@pytest.mark.parametrize(
    ("word", "until", "first"),
    [  # 13 August 2021 was a Friday, 16 August a Monday
        ("friday", "2021-08-16", "2021-08-13"),
        ("Friday", "2021-08-13", "2021-08-06"),
        ("sunday", "2021-08-16", "2021-08-15"),
        ("yesterday", "2021-03-01", "2021-02-28"),
        ("10d", "2021-08-16", "2021-08-06"),
        ("1w", "2021-08-16", "2021-08-09"),
        ("2021-07-01", "2021-08-16", "2021-07-01"),
    ],
)
def test_words_for_a_day(word, until, first) -> None:
    assert since_day(word, date.fromisoformat(until)) == date.fromisoformat(first)


def test_other_words_for_a_day_are_refused() -> None:
    for word in ("last week", "fri", "0808", "d"):
        with pytest.raises(ImpossibleDate, match="a weekday"):
            since_day(word, DAY)


def test_below_the_stop_line_no_choice_moves_the_answer_further(opened) -> None:
    ledger, bench, codings = opened
    queue = review_queue(ledger, bench, least=0.3)
    assert 0 < queue.stop < len(queue.items) and queue.most <= 0.3
    rest = queue.items[queue.stop :]
    mover, rng = LeaveOut(bench, codings), random.Random(1)
    sets = [[h for w in rest if rng.random() < 0.5 for h in w.signals] for _ in range(12)]
    assert max(m.size for m in mover.moves(sets)) <= queue.most + 0.01
    one_more = queue.items[queue.stop - 1 :]
    both = [[h for w in one_more if w.move.points * s > 0 for h in w.signals] for s in (1, -1)]
    assert max(m.size for m in mover.moves([b for b in both if b])) > 0.3


def test_what_was_rejected_or_accepted_leaves_the_queue(dossier: Path, tmp_path: Path) -> None:
    path = tmp_path / "d.standoff"
    path.write_bytes(dossier.read_bytes())
    with Ledger.open(path) as ledger:
        bench = open_bench(ledger, SYSTEM, as_of=DAY, draws=100)
        first = review_queue(ledger, bench).items[0]
        ledger.accept(first.signals)
        bench = open_bench(ledger, SYSTEM, as_of=DAY, draws=100)
        after = review_queue(ledger, bench)
        assert first.event not in {w.event for w in after.items} and after.reviewed == 2
        with pytest.raises(InputError, match="zero or more"):
            review_queue(ledger, bench, least=-1)

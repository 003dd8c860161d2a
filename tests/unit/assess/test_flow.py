"""From a dossier to an answer: what it holds, what moves it, what it refuses."""

from __future__ import annotations

import math
import shutil
from datetime import date
from pathlib import Path

import pytest

from standoff.assess import assess_question, digest, ingest, parts
from standoff.errors import InputError
from standoff.ledger import Ledger
from standoff.systems import load_system
from standoff.terms import parse_handle

AS_OF = date(2021, 8, 13)
SYSTEM = load_system("west-pacific-2021")


@pytest.fixture
def copy(dossier: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(dossier, tmp_path / "copy.standoff"))


def test_the_argument_runs_from_the_base_rate_to_the_reports(answer) -> None:
    assert [s.key for s in answer.stages] == ["stage.1", "stage.2", "stage.3"]
    base = answer.stages[0]
    # 24 of 1,849 directed dyad-years, territorial rivals whose target a major power protects.
    assert base.war.low < 24 / 1849 < base.war.high
    assert base.ratio.median == 1.0
    for stage in answer.stages:
        assert 0 < stage.war.low < stage.war.median < stage.war.high < 1


def test_probabilities_of_the_year_sum_to_one(answer) -> None:
    total = sum(answer.quantity(k).estimate.mean for k in ("hold", "crisis", "war"))
    assert total == pytest.approx(1.0, abs=1e-9)


def test_longer_horizons_are_likelier(answer) -> None:
    for line in (answer.horizons, answer.base_horizons):
        means = [chance.mean for _, chance in line]
        assert means == sorted(means) and [m for m, _ in line] == [3, 6, 12]
    assert answer.horizons[-1][1].mean == answer.war.mean


def test_the_updates_multiply_from_the_base_rate_to_the_answer(answer) -> None:
    product = math.prod(u.ratio.mean for u in answer.updates)
    base, _, full = answer.stages
    assert base.war.mean * product == pytest.approx(full.war.mean, rel=1e-6)
    assert full.ratio.mean == pytest.approx(full.war.mean / base.war.mean, rel=1e-9)
    assert {u.signals for u in answer.updates if u.day}  # evidence rests on signals
    assert answer.war.mean < answer.ceiling < 1


def test_every_number_has_a_handle_that_parses(answer) -> None:
    found = list(parts(answer))
    keys = [p.key for p in found]
    assert len(keys) == len(set(keys)) > 60
    for part in found:
        handle = parse_handle(f"{answer.run}#{part.key}")
        assert handle.kind == "R"
        assert part.estimate.low <= part.estimate.median <= part.estimate.high
        for below in part.rests_on:
            parse_handle(below)


def test_same_dossier_and_seed_give_the_same_run(copy, answer) -> None:
    with Ledger.open(copy) as ledger:
        again = assess_question(ledger, SYSTEM, as_of=AS_OF, draws=400)
        other = assess_question(ledger, SYSTEM, as_of=AS_OF, draws=400, seed=2)
    assert again.run == answer.run and digest(again) == digest(answer)
    assert other.run != answer.run


def test_the_compiled_filter_gives_the_same_run(copy, answer) -> None:
    from standoff.measure import filter as filters
    from standoff.measure import load_kernel

    held = list(filters._kernels)
    try:
        filters._kernels.clear()
        with Ledger.open(copy) as ledger:
            plain = assess_question(ledger, SYSTEM, as_of=AS_OF, draws=400)
            if not load_kernel():
                pytest.skip("the extra `fast` is not installed")
            fast = assess_question(ledger, SYSTEM, as_of=AS_OF, draws=400)
    finally:
        filters._kernels[:] = held
    assert plain.run == fast.run == answer.run


def test_deleting_the_signals_of_the_united_states_moves_the_answer(copy, answer) -> None:
    with Ledger.open(copy) as ledger:
        gone = [s.handle for s in ledger.signals() if "USA" in s.signal.source_actors]
        for handle in gone:
            ledger.decide("reject", handle, {}, "without the United States")
        moved = assess_question(ledger, SYSTEM, as_of=AS_OF, draws=400)
    assert len(gone) > 30
    assert moved.war != answer.war
    before = {x.handle: x for x in answer.levels}
    after = {x.handle: x for x in moved.levels}
    patron = "L-USA>TWN@2021-08-13"
    assert after[patron].n_signals == 0 and after[patron].words_status == "prior"
    assert after[patron].words.high - after[patron].words.low > (
        before[patron].words.high - before[patron].words.low
    )
    assert "USA:words" in " ".join(moved.warnings)


def test_a_document_read_twice_changes_nothing(copy) -> None:
    with Ledger.open(copy) as ledger:
        first = ledger.documents()[-1]
        text = ledger.document(first.handle).text
        again = ingest(ledger, text, published=first.published, source="another mirror")
        assert again.added.already and again.added.document == first.handle


def test_a_report_of_known_events_alone_adds_next_to_nothing(copy) -> None:
    told = "The U.S. destroyer Benfold passed through the Taiwan Strait from south to north."
    with Ledger.open(copy) as ledger:
        taken = ingest(ledger, told, published=date(2021, 7, 30), source="a wire")
        assert taken.matches, "the event is in the record"
        after = assess_question(ledger, SYSTEM, as_of=AS_OF, draws=400, report=taken.added.document)
    alone = after.effects[1]
    assert alone.multiplier.low > 0.9 and alone.multiplier.high < 1.1
    assert "reported by others too" in alone.sentence


def test_knowledge_of_later_days_is_left_out(copy) -> None:
    with Ledger.open(copy) as ledger:
        early = assess_question(ledger, SYSTEM, as_of=date(2019, 1, 1), draws=400)
    assert all(e.available <= date(2019, 1, 1) for e in early.evidence)
    assert early.focus is None and early.effects == ()


def test_without_any_signal_the_answer_says_so(tmp_path) -> None:
    with Ledger.create(tmp_path / "empty.standoff", system=SYSTEM.slug) as ledger:
        answer = assess_question(ledger, SYSTEM, as_of=AS_OF, draws=400)
    assert any("no signal" in w for w in answer.warnings)
    assert answer.grades.evidence == "low" and answer.influences == ()
    assert answer.stages[1].war == answer.stages[2].war


@pytest.mark.parametrize(
    ("options", "words"), [({"draws": 10}, "100"), ({"report": "D-999"}, "D-999")]
)
def test_what_cannot_be_answered_is_refused(copy, options, words) -> None:
    with Ledger.open(copy) as ledger, pytest.raises(InputError, match=words):
        assess_question(ledger, SYSTEM, as_of=AS_OF, **options)

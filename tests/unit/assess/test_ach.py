"""The matrix of competing hypotheses against Bayes on a bench built anew, and what people decide on it."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import pytest

from standoff.assess import (
    add_hypothesis,
    compare_hypotheses,
    open_bench,
    open_workbench,
    rate_cell,
)
from standoff.errors import InputError, UnknownHandle
from standoff.game import solve_batch
from standoff.ledger import Ledger
from standoff.measure import measure_stance
from standoff.systems import load_system

DAY = date(2021, 8, 13)
SYSTEM = load_system("west-pacific-2021")
DRAWS = 400


@pytest.fixture(scope="module")
def bench(dossier: Path):
    with Ledger.open(dossier) as ledger:
        return open_bench(ledger, SYSTEM, as_of=DAY, draws=DRAWS)


@pytest.fixture(scope="module")
def matrix(dossier: Path, bench):
    with Ledger.open(dossier) as ledger:
        return compare_hypotheses(ledger, bench)


@pytest.fixture
def ledger(dossier: Path, tmp_path: Path):
    path = tmp_path / "d.standoff"
    path.write_bytes(dossier.read_bytes())
    with Ledger.open(path, author="me") as opened:
        yield opened


def without(bench, keys):
    events = [e for e in bench.events if not set(e.handles) & keys]
    return open_workbench(
        SYSTEM, measure_stance(events, at=DAY), measure_stance((), at=DAY),
        at=DAY, draws=DRAWS, seed=1, events=events,
    )  # fmt: skip


def shares(made) -> dict[str, float]:
    arrays = made.answer().arrays
    attack, crisis = (arrays[k][:: made.step].mean() for k in ("all", "crisis"))
    return {"attack": attack, "crisis": crisis - attack, "quiet": 1 - crisis}


@pytest.mark.parametrize("event", ["E-707", "E-725"])
def test_a_cell_is_the_likelihood_by_bayes(bench, matrix, event) -> None:
    row = next(r for r in matrix.rows if r.event == event)
    with_it, without_it = shares(bench), shares(without(bench, set(row.signals)))
    likely = {k: with_it[k] / without_it[k] for k in with_it}
    mean = math.prod(likely.values()) ** (1 / 3)
    for h, cell in zip(matrix.hypotheses, row.cells, strict=True):
        assert cell.factor == pytest.approx(likely[h.key] / mean, rel=1e-6)


def test_the_percentages_are_those_of_the_answer(bench, matrix) -> None:
    now = {h.key: h.now for h in matrix.hypotheses}
    before = {h.key: h.before for h in matrix.hypotheses}
    assert now["attack"] == pytest.approx(bench.answer().at(12).mean, rel=1e-9)
    assert sum(now.values()) == pytest.approx(1) and sum(before.values()) == pytest.approx(1)
    silent = without(bench, {h for e in bench.events for h in e.handles}).answer()
    assert before["attack"] == pytest.approx(silent.at(12).mean, rel=1e-6)


def test_least_inconsistent_first_and_most_telling_first(matrix) -> None:
    sums = [h.inconsistency for h in matrix.hypotheses]
    apart = [r.discriminates for r in matrix.rows]
    assert sums == sorted(sums) and apart == sorted(apart, reverse=True)
    for i, h in enumerate(matrix.hypotheses):
        by_hand = sum(-math.log(r.cells[i].factor) for r in matrix.rows if r.cells[i].factor < 1)
        assert h.inconsistency == h.computed == pytest.approx(by_hand)
    assert all(
        math.isclose(math.prod(c.factor for c in r.cells), 1, rel_tol=1e-9) for r in matrix.rows
    )


def test_a_patron_is_asked_about_from_its_own_signals(dossier: Path, bench) -> None:
    with Ledger.open(dossier) as ledger:
        found = compare_hypotheses(ledger, bench, "USA")
        assert {h.key for h in found.hypotheses} == {"fights", "supports", "aside"}
        fights = solve_batch(bench.game, bench.draws).estimate("fight:USA").mean
        assert next(h.now for h in found.hypotheses if h.key == "fights") == pytest.approx(
            fights, abs=1e-9
        )
        assert all("USA" in ledger.signal(r.signals[0]).signal.source_actors for r in found.rows)
        assert {h.key for h in compare_hypotheses(ledger, bench, "GBR").hypotheses} == {
            "supports",
            "aside",
        }
        with pytest.raises(InputError, match="one of attack, USA, JPN"):
            compare_hypotheses(ledger, bench, "KOR")


def test_a_rating_by_hand_counts_is_logged_and_can_be_undone(ledger: Ledger, bench) -> None:
    first = compare_hypotheses(ledger, bench)
    batch = rate_cell(ledger, first, "E-707", "crisis", "II", "the routine explains it")
    rated = compare_hypotheses(ledger, bench)
    crisis = next(h for h in rated.hypotheses if h.key == "crisis")
    was = next(h for h in first.hypotheses if h.key == "crisis")
    own = next(c for r in first.rows if r.event == "E-707"
               for h, c in zip(first.hypotheses, r.cells, strict=True) if h.key == "crisis")  # fmt: skip
    gained = math.log(3) - max(0.0, -math.log(own.factor))
    assert crisis.inconsistency - was.inconsistency == pytest.approx(gained)
    assert crisis.computed == pytest.approx(was.computed)
    cell = next(c for r in rated.rows if r.event == "E-707" for c in r.cells if c.rated)
    assert (cell.rating, cell.by, cell.because) == ("II", "me", "the routine explains it")
    ledger.undo(batch)
    assert compare_hypotheses(ledger, bench) == first


def test_a_hypothesis_of_ones_own_has_no_number_until_it_is_rated(ledger: Ledger, bench) -> None:
    add_hypothesis(ledger, "attack", "theatre", "it is meant for audiences at home", "")
    matrix = compare_hypotheses(ledger, bench)
    last = matrix.hypotheses[-1]
    assert (last.key, last.now, last.inconsistency) == ("theatre", None, 0.0)
    assert all(r.cells[-1].rating == "NA" for r in matrix.rows)
    rate_cell(ledger, matrix, "E-707", "theatre", "C", "shown on television")
    rated = compare_hypotheses(ledger, bench)
    assert rated.hypotheses[-1].key == "theatre" and rated.hypotheses[-1].inconsistency == 0
    assert any(r.cells[-1].rating == "C" for r in rated.rows)
    with pytest.raises(InputError, match="not taken"):
        add_hypothesis(ledger, "attack", "theatre", "again", "")


@pytest.mark.parametrize(
    ("event", "key", "rating", "because", "words"),
    [
        ("E-999", "quiet", "I", "x", "an event of this matrix"),
        ("E-707", "other", "I", "x", "one of crisis"),
        ("E-707", "quiet", "maybe", "x", "CC, C, N, I, II"),
        ("E-707", "quiet", "I", " ", "without a reason"),
    ],
)
def test_a_rating_that_cannot_be_is_refused(
    ledger, matrix, event, key, rating, because, words
) -> None:
    with pytest.raises((InputError, UnknownHandle), match=words):
        rate_cell(ledger, matrix, event, key, rating, because)
    assert not ledger.decisions(action="rate")

"""Questions on record: nothing said is changed, what disagrees is refused, later runs add to open ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from standoff.assess import (
    Asked,
    ChanceByDay,
    Crowd,
    Said,
    add_crowd,
    add_forecast,
    ask_question,
    assess_question,
    find_question,
    questions,
    resolve_question,
)
from standoff.errors import ImpossibleDate, InputError, LedgerError, StoreFailure, UnknownHandle
from standoff.ledger import Ledger, collect, make_dossier, read_content, write_content
from standoff.systems import load_system
from standoff.terms import Estimate

ASKED = Asked(
    "Will it come?", "CHN", "TWN", date(2021, 8, 13), date(2021, 12, 31), "as defined"
)  # fmt: skip
NOW = datetime(2022, 3, 1, 12, 0, tzinfo=UTC)


def chance(p: float) -> ChanceByDay:
    one = Estimate(p, p / 2, p * 2)
    return ChanceByDay(one, Estimate(0.01, 0.0, 0.02), Estimate(0.02, 0.0, 0.04))


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger.create(tmp_path / "q.standoff", system="west-pacific-2021", clock=lambda: NOW)
    yield made
    made.close()


def test_a_question_keeps_what_was_said_in_order(ledger: Ledger) -> None:
    ask_question(ledger, ASKED, chance(0.1), run="R-1234")
    second = ask_question(ledger, replace(ASKED, text="Again?"), chance(0.2))
    assert second.handle == "Q-002"
    first = find_question(ledger, "q1")
    assert add_forecast(ledger, first, date(2021, 9, 1), chance(0.3))
    assert [f.p for f in find_question(ledger, "Q-001").forecasts] == [0.1, 0.3]
    assert [q.handle for q in questions(ledger)] == ["Q-001", "Q-002"]


def test_a_forecast_that_is_older_or_says_nothing_new_is_not_added(ledger: Ledger) -> None:
    item = ask_question(ledger, ASKED, chance(0.1))
    assert not add_forecast(ledger, item, date(2021, 8, 12), chance(0.3))
    assert not add_forecast(ledger, item, ASKED.as_of, chance(0.1))
    assert not add_forecast(ledger, item, ASKED.deadline, chance(0.3))
    done = resolve_question(ledger, "Q-001", Said.NO, ASKED.deadline, "press")
    assert not add_forecast(ledger, done, date(2021, 9, 1), chance(0.3))


def test_what_was_said_is_not_undone_nor_changed_in_the_file(ledger: Ledger) -> None:
    ask_question(ledger, ASKED, chance(0.1))
    resolve_question(ledger, "Q-001", Said.NO, ASKED.deadline, "press")
    ledger.grade("a wire", "B", "usually right")
    assert ledger.undo() is not None  # the grade, which is an ordinary decision
    assert ledger.undo() is None
    batch = ledger.decisions("Q-001")[0].batch
    with pytest.raises(InputError, match="what was said about a question"):
        ledger.undo(batch)
    with pytest.raises(StoreFailure, match="append-only"), ledger.store.transaction() as c:
        c.execute("UPDATE decision SET payload = '{}' WHERE subject = 'Q-001'")


def test_two_resolutions_that_disagree_are_refused_and_a_correction_is_a_further_record(
    ledger: Ledger,
) -> None:
    ask_question(ledger, ASKED, chance(0.1))
    resolve_question(ledger, "Q-001", Said.YES, date(2021, 10, 1), "wires")
    with pytest.raises(InputError, match=r"yes on 2021-10-01 stands \(wires"):
        resolve_question(ledger, "Q-001", Said.NO, ASKED.deadline, "others")
    with pytest.raises(InputError, match="correction with its reason"):
        resolve_question(ledger, "Q-001", Said.NO, ASKED.deadline, "others", correct=True)
    assert len(find_question(ledger, "Q-001").resolutions) == 1
    resolve_question(ledger, "Q-001", Said.YES, date(2021, 10, 1), "a second wire")
    found = resolve_question(
        ledger,
        "Q-001",
        Said.NO,
        ASKED.deadline,
        "others",
        correct=True,
        because="it was an exercise",
    )
    assert [(r.outcome, r.correction) for r in found.resolutions] == [
        (Said.YES, False), (Said.YES, False), (Said.NO, True)
    ]  # fmt: skip
    assert found.resolution is not None and found.resolution.because == "it was an exercise"


@pytest.mark.parametrize(
    ("outcome", "on", "source", "words"),
    [
        (Said.YES, date(2021, 8, 13), "x", "a day after 2021-08-13"),
        (Said.YES, date(2022, 1, 1), "x", "up to the deadline 2021-12-31"),
        (Said.NO, date(2021, 12, 30), "x", "it can still come"),
        (Said.NO, date(2022, 3, 2), "x", "a day up to today, 2022-03-01"),
        (Said.NO, date(2021, 12, 31), " ", "without a source"),
        (Said.VOID, date(2021, 12, 31), "x", "void without a reason"),
    ],
)
def test_a_resolution_that_cannot_be_is_refused(ledger, outcome, on, source, words) -> None:
    ask_question(ledger, ASKED, chance(0.1))
    with pytest.raises(InputError, match=words):
        resolve_question(ledger, "Q-001", outcome, on, source)
    assert find_question(ledger, "Q-001").resolution is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"event": "resignation"}, "attack: war, or force with at least 26 deaths"),
        ({"deadline": date(2021, 8, 13)}, "a deadline after the day"),
        ({"deadline": date(2022, 8, 15)}, "at most 366 days"),
        ({"text": " "}, "no question"),
    ],
)
def test_what_the_system_cannot_express_is_refused(ledger, change, words) -> None:
    with pytest.raises(InputError, match=words):
        ask_question(ledger, replace(ASKED, **change), chance(0.1))
    assert questions(ledger) == ()


def test_a_handle_that_is_not_there_names_those_that_are(ledger: Ledger) -> None:
    ask_question(ledger, ASKED, chance(0.1))
    with pytest.raises(UnknownHandle, match="Q-001"):
        find_question(ledger, "Q-007")


def test_a_crowd_line_needs_a_probability_a_source_and_a_day(ledger: Ledger) -> None:
    item = ask_question(ledger, ASKED, chance(0.1))
    add_crowd(ledger, item, Crowd(date(2021, 9, 1), 0.05, "INFER"))
    for bad in (Crowd(date(2021, 9, 1), 1.2, "x"), Crowd(date(2021, 9, 1), 0.2, ""),
                Crowd(date(2022, 1, 1), 0.2, "x")):  # fmt: skip
        with pytest.raises(InputError):
            add_crowd(ledger, item, bad)
    assert [c.p for c in find_question(ledger, "Q-001").crowd] == [0.05]


def test_said_in_time_is_what_was_recorded_within_a_week_of_its_day(tmp_path: Path) -> None:
    for days, in_time in ((0, True), (7, True), (8, False)):
        clock = lambda d=days: datetime(2021, 8, 13 + d, 9, 0, tzinfo=UTC)  # noqa: E731
        path = tmp_path / f"{days}.standoff"
        with Ledger.create(path, system="west-pacific-2021", clock=clock) as made:
            assert ask_question(made, ASKED, chance(0.1)).forecasts[0].in_time is in_time


def test_questions_go_through_an_export_and_back(ledger: Ledger, tmp_path: Path) -> None:
    ask_question(ledger, ASKED, chance(0.1))
    resolve_question(ledger, "Q-001", Said.NO, ASKED.deadline, "press")
    write_content(collect(ledger.store), tmp_path / "out.jsonl", "plover")
    make_dossier(read_content(tmp_path / "out.jsonl"), tmp_path / "again.standoff")
    with Ledger.open(tmp_path / "again.standoff") as again:
        assert questions(again) == questions(ledger)


def test_a_later_run_adds_its_forecast_and_a_view_of_the_past_does_not(dossier, tmp_path) -> None:
    path = tmp_path / "west.standoff"
    path.write_bytes(dossier.read_bytes())
    system = load_system("west-pacific-2021")
    with Ledger.open(path) as ledger:
        ask_question(ledger, replace(ASKED, as_of=date(2021, 8, 1)), chance(0.123))
        ask_question(ledger, replace(ASKED, challenger="RUS", protege="UKR"), chance(0.2))
        run = assess_question(ledger, system, as_of=date(2021, 8, 13), draws=100).run
        mine, other = questions(ledger)
    assert [(f.as_of, f.run) for f in mine.forecasts[1:]] == [(date(2021, 8, 13), run)]
    assert 0 < mine.forecasts[1].base < 0.05 and len(other.forecasts) == 1
    with Ledger.open(path, recorded_by="2030-01-01") as past:
        assess_question(past, system, as_of=date(2021, 9, 13), draws=100)
        assert len(questions(past)[0].forecasts) == 2
        with pytest.raises(LedgerError):
            ask_question(past, ASKED, chance(0.1))


def test_dates_are_checked_as_days(ledger: Ledger) -> None:
    with pytest.raises(ImpossibleDate):
        ask_question(ledger, replace(ASKED, deadline=date(2020, 1, 1)), chance(0.1))

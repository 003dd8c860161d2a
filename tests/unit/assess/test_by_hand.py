"""Rules of the room on records made by hand: matching, grades, what is left, shares, sites, ratings."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np
import pytest

from standoff.assess.competing import Cell, Hypothesis, Row, _weigh, factor_of, rating_of
from standoff.assess.confidence import confidence
from standoff.assess.decided import decision_line
from standoff.assess.grading import grades
from standoff.assess.matching import Rarity, match_event
from standoff.assess.moves import Move, reduced_events
from standoff.assess.question import Asked, Forecast, Question, Resolution, Said
from standoff.assess.replies import _within
from standoff.assess.scoring import Mark, _shares, score_marks
from standoff.assess.sites import export_questions, rationale
from standoff.assess.sorting import since_day
from standoff.errors import ImpossibleDate, InputError
from standoff.ledger import Decision
from standoff.terms import (
    Channel,
    Cost,
    DateBasis,
    Estimate,
    Event,
    EventReport,
    ItemGrade,
    Officialness,
    Party,
    Period,
    PlaceMention,
    PloverEvent,
    Signal,
    SourceGrade,
    Span,
    Status,
    Valence,
)

DAY = date(2021, 8, 13)


def signal(words: str = "alpha bravo charlie", **changes: object) -> Signal:
    span = Span(0, len(words), words)
    base = Signal(
        "s1", span, span, (Party("JPN"),), (Party("CHN"),), PloverEvent.SUPPORT, Channel.WORDS,
        Status.DONE, Officialness.OFFICIAL, 2, Cost.CHEAP, Valence.COMMIT, Period.day(DAY),
    )  # fmt: skip
    return replace(base, **changes)  # type: ignore[arg-type]


def report(handle: str, source: str = "Wire", grade: str = "B2", **changes: object) -> EventReport:
    base = EventReport(
        handle, "D-001", source, SourceGrade(grade[0]), ItemGrade(grade[1]), DAY, "rules", ""
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def event(key: str, coded: Signal, *reports: EventReport) -> Event:
    return Event(key, coded, coded.date, DAY, reports or (report("S-001"),))


# ------------------------------------------------------------------ matching

NO_WORDS = "xx"


def score(mine: Signal, theirs: Signal) -> float | None:
    """The score of one match; None where it is below the threshold of 2.6."""
    found = match_event(mine, DAY, [event("k", theirs)])
    return found.score if found else None


def test_the_evidence_of_a_match_adds_up() -> None:
    """Person 2, act 1, channel .3, target .6, protege .8, dates 1: without words 5.7."""
    person = (Party("JPN", person="Taro Aso"),)
    one = signal(NO_WORDS, sources=person, protege="TWN")
    # Both words of the name are common: each ln(3/2), as one of one event has it, over three unseen ones.
    words = 3.5 * 2 * math.log(3 / 2) / (3 * math.log(3))
    assert score(one, one) == pytest.approx(5.7 + words, abs=1e-6)
    bare = signal(NO_WORDS, protege="TWN")
    assert score(bare, bare) == pytest.approx(3.7)
    placed = replace(bare, place=PlaceMention(Span(0, 2, "xx"), "Ishigaki"))
    assert score(placed, placed) == pytest.approx(3.7 + 1.6)


@pytest.mark.parametrize(
    ("changes", "score_"),
    [
        ({"event": PloverEvent.AGREE}, 3.7 - 1.0 + 0.4),  # kindred acts
        ({"event": PloverEvent.ASSAULT}, None),  # 3.7 - 1.0 - 1.5 = 1.2
        ({"event": PloverEvent.NONE}, 2.7),
        ({"channel": Channel.DEEDS}, None),  # 3.7 - 0.3 - 1.5 = 1.9
        ({"channel": Channel.DEEDS, "status": Status.PLANNED}, 3.4),
        ({"targets": (Party("RUS"),), "protege": None}, None),  # 3.7 - .6 - 1 - .8 = 1.3
        ({"targets": (), "protege": None}, None),  # 3.7 - .6 - .8 = 2.3
        ({"date": Period.day(DAY - timedelta(1))}, 3.7),  # a day beside it meets
        ({"date": Period.day(DAY - timedelta(15))}, None),  # 2.7 - 0.5 = 2.2
        ({"date": Period(DAY - timedelta(60), DAY)}, 2.95),  # a wide interval says a quarter
        ({"date": Period(DAY - timedelta(44), DAY)}, 3.7),
        ({"date": Period.unstated()}, 2.7),
    ],
)
def test_what_each_difference_takes_away(changes: dict[str, object], score_: float | None) -> None:
    known = signal(NO_WORDS, protege="TWN")
    found = score(replace(known, **changes), known)  # type: ignore[arg-type]
    assert found == (None if score_ is None else pytest.approx(score_))


def test_an_undated_report_loses_an_eighth_a_week() -> None:
    published = Period.day(DAY, basis=DateBasis.PUBLICATION)
    mine = signal(NO_WORDS, protege="TWN", date=published)
    for weeks, left in ((0, 0.5), (2, 0.5 - 0.24)):
        theirs = signal(NO_WORDS, protege="TWN", date=Period.day(DAY - timedelta(7 * weeks)))
        assert score(mine, theirs) == pytest.approx(2.7 + left)


def test_another_person_is_another_event_and_a_surname_is_enough() -> None:
    def by(name: str) -> Signal:
        return signal(NO_WORDS, protege="TWN", sources=(Party("JPN", person=name),))

    assert score(by("Taro Aso"), by("Nobuo Kishi")) is None
    assert score(by("Taro Aso"), by("Minister Aso")) is not None


def test_what_is_nearly_a_tie_matches_nothing_and_a_later_event_is_not_meant() -> None:
    known = signal(NO_WORDS, protege="TWN")
    assert match_event(known, DAY, [event("a", known), event("b", known)]) is None
    far = replace(known, date=Period.day(DAY - timedelta(3)))
    found = match_event(known, DAY, [event("a", known), event("b", far)])
    assert found is not None and found.key == "a"  # 1.1 apart
    assert match_event(known, DAY - timedelta(1), [event("a", known)]) is None
    assert match_event(replace(known, aggregate=True), DAY, [event("a", known)]) is None
    for status in (Status.HYPOTHETICAL, Status.DENIED):
        assert match_event(replace(known, status=status), DAY, [event("a", known)]) is None


def test_a_word_that_every_event_has_says_little() -> None:
    """Of three events two say "alpha": ln(5/3) against ln(5/2) for "bravo" and ln(5) unseen."""
    known = [
        event("a", signal("alpha bravo")),
        event("b", signal("alpha")),
        event("c", signal("zulu")),
    ]
    rarity = Rarity(known)
    alpha, bravo, unseen = math.log(5 / 3), math.log(5 / 2), math.log(5)
    assert rarity.overlap("alpha", "alpha") == pytest.approx(alpha / (3 * unseen))
    assert rarity.overlap("alpha bravo", "bravo") == pytest.approx(bravo / (3 * unseen))
    assert rarity.overlap("", "bravo") == 0.0


# ------------------------------------------------------------------ what is left of events


def test_an_event_loses_a_report_or_itself() -> None:
    first, second = report("S-001"), report("S-002", available=DAY + timedelta(3))
    other = signal("other words", date=Period.day(DAY - timedelta(9)))
    both, alone = event("a", signal(), first, second), event("b", signal(), report("S-003"))
    codings = {"S-001": signal(), "S-002": other, "S-003": signal()}
    cut = reduced_events([both, alone], {"S-001", "S-003"}, codings)
    assert cut.touched == {"a", "b"}
    (left,) = cut.left
    assert left.key == "a" and left.handles == ("S-002",)
    # The other report speaks for it now, and it was known three days later.
    assert (left.signal, left.happened, left.available) == (other, other.date, DAY + timedelta(3))
    cut = reduced_events([both, alone], {"S-002"}, codings)
    (left,) = cut.left
    assert (left.signal, left.available) == (both.signal, DAY) and cut.touched == {"a"}
    assert reduced_events([both], {"S-009"}, codings).touched == frozenset()


def test_a_move_in_points_and_in_logs() -> None:
    move = Move(Estimate(0.5, 0.4, 0.6), -3.0, 0.06, 1.0)
    assert move.size == 3.0
    assert move.log_ratio == pytest.approx(math.log(0.5))


# ------------------------------------------------------------------ confidence and grades


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ([], "low"),
        (["A1"], "low"),
        (["A1", "B2"], "moderate"),
        (["A1", "B2", "B2"], "high"),
        (["A1", "B2", "B3"], "moderate"),
        (["C3", "C3", "D1"], "low"),
        (["C2", "D4"], "moderate"),
        (["B3", "F6"], "moderate"),
        (["F6", "F6", "F6"], "low"),
        (["B6", "A6", "B6"], "low"),
        (["C1", "C2", "C2"], "moderate"),
    ],
)
def test_confidence_from_grades(given: list[str], word: str) -> None:
    assert confidence(given) == word


def graded(
    reports: list[EventReport], moved: list[tuple[float, bool]], lines: list[tuple[float, str]]
):
    bench = SimpleNamespace(
        pieces=(SimpleNamespace(handles=tuple(r.handle for r in reports[:-1])),),
        events=(event("a", signal(), *reports),),
        coefficients=SimpleNamespace(
            items=[
                SimpleNamespace(origin=SimpleNamespace(value=v)) for v in ("elicited", "historical")
            ]
        ),
    )
    level = SimpleNamespace(signals=(reports[-1].handle,))
    influences = [SimpleNamespace(multiplier=SimpleNamespace(mean=m), by_hand=h) for m, h in moved]
    updates = [SimpleNamespace(ratio=SimpleNamespace(mean=m), origin=o) for m, o in lines]
    return grades(bench, [level], updates, influences)  # type: ignore[arg-type]


GOOD = [report("S-1", "a", "A1"), report("S-2", "b", "B2"), report("S-3", "c", "B1")]


def test_evidence_is_high_only_where_half_of_what_moves_it_was_looked_at() -> None:
    assert graded(GOOD, [(2.0, True), (0.5, False)], []).evidence == "high"  # just half
    found = graded(GOOD, [(2.0, True), (0.4, False)], [])
    assert found.evidence == "moderate"
    assert found.by_hand == pytest.approx(math.log(2) / (math.log(2) + math.log(2.5)))
    assert (found.sources, found.graded, found.elicited, found.coefficients) == (3, 3, 1, 2)
    assert graded(GOOD, [], []).by_hand == 0.0


def test_a_source_counts_once_with_its_best_grade_and_a_record_without_a_source_not_at_all() -> (
    None
):
    twice = [report("S-1", "a", "D4"), report("S-2", "a", "B2"), report("S-3", "b", "F6")]
    found = graded(twice, [], [])
    assert (found.sources, found.graded) == (2, 1)
    bare = [*twice, report("S-4", "record 1", "A1", document="", reviewed=True)]
    found = graded(bare, [], [])
    assert (found.sources, found.reviewed) == (2, 1)


@pytest.mark.parametrize(
    ("estimated", "word"), [(0.75, "high"), (0.74, "moderate"), (0.4, "moderate"), (0.39, "low")]
)
def test_the_model_is_graded_by_the_share_that_was_estimated(estimated: float, word: str) -> None:
    lines = [(math.exp(estimated), "historical"), (math.exp(-(1 - estimated)), "elicited")]
    found = graded(GOOD, [], lines)
    assert (found.model, found.estimated) == (word, pytest.approx(estimated))
    assert graded(GOOD, [], [(2.0, "published")]).estimated == 1.0


# ------------------------------------------------------------------ competing hypotheses


@pytest.mark.parametrize(
    ("factor", "letters"),
    [(2.0, "CC"), (1.99, "C"), (1.1, "C"), (1.09, "N"), (1 / 1.1, "N"), (0.909, "I"), (0.5, "I"), (0.49, "II")],
)  # fmt: skip
def test_ratings_begin_where_the_scale_says(factor: float, letters: str) -> None:
    assert rating_of(factor) == letters


def test_a_rating_by_hand_counts_in_place_of_the_computed_one() -> None:
    cell = Cell(0.8, "I")
    assert (cell.rating, cell.counts) == ("I", 0.8)
    rated = replace(cell, rated="CC")
    assert (rated.rating, rated.counts) == ("CC", 3.0)
    assert (Cell(None, "").rating, Cell(None, "").counts) == ("NA", 1.0)
    with pytest.raises(InputError, match="X"):
        factor_of("X")
    row = Row("E-001", (), "", "", "", (rated, Cell(0.5, "I"), Cell(None, "")))
    assert row.discriminates == pytest.approx(math.log(6.0))
    assert replace(row, cells=(Cell(None, ""), rated)).discriminates == 0.0


def test_inconsistency_sums_what_speaks_against_and_nothing_for() -> None:
    rows = [
        Row(f"E-{i}", (), "", "", "", (cell,))
        for i, cell in enumerate(
            (Cell(0.5, "I"), Cell(2.0, "CC"), Cell(0.8, "I", rated="II"), Cell(None, ""))
        )
    ]
    found = _weigh(Hypothesis("h", "h", 0.5, 0.5), 0, rows)
    assert found.inconsistency == pytest.approx(math.log(2) + math.log(3))
    assert found.computed == pytest.approx(math.log(2) - math.log(0.8))
    assert found.against == 2


# ------------------------------------------------------------------ days, shares, sites


def test_the_share_of_the_days_that_each_forecast_stood() -> None:
    days = [DAY, DAY + timedelta(3), DAY + timedelta(4)]
    assert _shares(days, DAY + timedelta(10)) == pytest.approx([0.3, 0.1, 0.6])
    assert _shares([DAY, DAY], DAY) == [0.5, 0.5]


def test_the_mean_over_days_and_a_crowd_on_some_questions() -> None:
    early, late = ((0.2, 0.5), (0.8, 0.5)), ((0.5, 1.0),)
    base = ((0.1, 1.0),)
    one = Mark("Q-1", DAY, True, 0.2, early, base, base, crowd=((0.9, 1.0),))
    two = Mark("Q-2", DAY.replace(year=2022), False, 0.5, late, base, base, in_time=False)
    card = score_marks([one, two])
    assert card is not None
    lines = {x.name: x for x in card.lines}
    # (.64 + .25) / 2, and (.5 * .64 + .5 * .04 + .25) / 2.
    assert lines["standoff, when asked"].brier == pytest.approx(0.445)
    assert lines["standoff, over the days"].brier == pytest.approx(0.295)
    assert lines["base rate of the pair"].brier == pytest.approx((0.81 + 0.01) / 2)
    assert lines["the share that came, for all"].brier == pytest.approx(0.25)
    assert (lines["crowd"].n, lines["crowd"].brier) == (1, pytest.approx(0.01))
    assert lines["standoff on those"].n == 1
    assert (card.n, card.came, card.in_time) == (2, 1, 1)
    assert [(y, n, came) for y, n, came, *_ in card.years] == [(2021, 1, 1), (2022, 1, 0)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("friday", "2021-08-06"),  # the day itself is a Friday: the one before
        ("thursday", "2021-08-12"),
        ("saturday", "2021-08-07"),
        ("yesterday", "2021-08-12"),
        ("3d", "2021-08-10"),
        ("2W", "2021-07-30"),
    ],
)
def test_words_for_a_first_day(text: str, day: str) -> None:
    assert since_day(text, DAY).isoformat() == day


@pytest.mark.parametrize("text", ["d", "3m", "tomorrow", "-1d"])
def test_other_words_are_refused(text: str) -> None:
    with pytest.raises(ImpossibleDate):
        since_day(text, DAY)


def test_replies_within_days_of_their_causes() -> None:
    first, second = np.array([0, 10]), np.array([0, 1, 5, 12, 16])
    # Gaps around the end of a span of 20: 10, 1, 5, 2, 6 days after the nearest cause before.
    for days, count in ((1, 1), (2, 2), (5, 3), (6, 4), (10, 5)):
        assert _within(first, second, 20, 0, days) == count
    # Moved by one day the reply of day 1 is on the day of its cause.
    assert _within(first, second, 20, 1, 1) == 1


def question(p: float, links: tuple[tuple[str, str], ...], resolved: bool = False) -> Question:
    asked = Asked("Will it?", "CHN", "TWN", DAY, DAY + timedelta(100), "=rule")
    forecast = Forecast(
        DAY, "2021-08-13T10:00:00Z", "me", p, p / 2, 0.9, 0.01, 0.02, "R-1", "basis"
    )
    done = (
        (Resolution(Said.YES, DAY, "wire", "2021-08-13T10:00:00Z", "me", "", False),)
        if resolved
        else ()
    )
    return Question(
        "Q-001", replace(asked, links=links), "2021-08-13T10:00:00Z", "me", (forecast,), (), done
    )


def test_a_site_gets_what_it_takes() -> None:
    linked = (("metaculus", "123"),)
    for p, sent in ((0.25, 0.25), (0.0001, 0.001), (0.9999, 0.999)):
        (row,) = json.loads(export_questions([question(p, linked)], "metaculus")[0])
        assert (row["question"], row["probability_yes"]) == (123, sent)
    for item, why in ((question(0.2, linked, True), "resolved"), (question(0.2, ()), "no number")):
        text, left = export_questions([item], "metaculus")
        assert json.loads(text) == [] and why in left[0]
    (row,) = json.loads(export_questions([question(0.25, (("infer", "7"),))], "infer")[0])
    assert [p["forecasted_probability"] for p in row["predictions"]] == [0.25, 0.75]
    with pytest.raises(InputError, match="oracle"):
        export_questions([], "oracle")


def test_a_rationale_is_in_per_cent() -> None:
    text = rationale(question(0.25, ()).forecasts[0])
    assert (
        "deadline 1 %" in text
        and "reports 2 %" in text
        and "25 % (90 % interval 12 to 90 %)" in text
    )


def test_a_decision_in_one_line() -> None:
    made = Decision(
        3, "2021-08-13T10:00:00Z", "me", "grade", "source:Wire", {"grade": "B"}, "right", "A-1"
    )
    assert decision_line(made) == "Wire: B by me on 2021-08-13 (A-1): right"
    plain = replace(made, action="accept", subject="S-001", payload={}, reason="")
    assert decision_line(plain) == "by me on 2021-08-13 (A-1)"
    other = replace(made, action="note", subject="day", payload={}, reason="why")
    assert decision_line(other) == "day by me on 2021-08-13 (A-1): why"

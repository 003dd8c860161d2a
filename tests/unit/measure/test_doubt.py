"""Doubt, days and shares of a signal, by hand: the formulas of docs/reference/measure.md."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from standoff.errors import ImpossibleDate, InputError
from standoff.measure import Series, load_items, load_model
from standoff.measure.chart import days_between
from standoff.measure.doubt import coder_error, either, event_error, grade_error
from standoff.measure.evidence import gather, remove_reports, signal_day
from standoff.measure.level import _count
from standoff.measure.observation import site_of
from standoff.measure.parties import objects_of
from standoff.measure.series import day_of, weeks
from standoff.measure.shifts import _shift_status
from standoff.terms import (
    Channel,
    EventReport,
    ExtensionEvent,
    ItemGrade,
    Period,
    Relation,
    SourceGrade,
    Status,
    Valence,
)

TABLE = {
    "grades": {
        "source": {"A": 0.1, "B": 0.2, "C": 0.3, "D": 0.4, "E": 0.5, "F": 0.35},
        "item": {"1": 0.05, "2": 0.1, "3": 0.2, "4": 0.4, "5": 0.6},
    },
    "coder": {"reviewed": 0.01, "unknown": 0.2, "hand": 0.05, "rules": 0.1, "rule": {"r7": 0.15}},
    "doubt": {"alleged": 0.25, "contested": 0.15, "third_party_denial": 0.3, "retracted": 0.5, "floor": 0.04},
}  # fmt: skip
ITEMS = SimpleNamespace(table=TABLE)


def report(letter: str, source: str, **changes: object) -> EventReport:
    base = EventReport(
        "S-001",
        "D-001",
        source,
        SourceGrade(letter),
        ItemGrade.UNKNOWN,
        date(2021, 6, 1),
        "hand",
        "",
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def test_a_letter_alone_and_a_letter_with_a_digit_on_the_log_odds_scale() -> None:
    assert grade_error(report("B", "x"), ITEMS) == 0.2
    # Odds 0.25 and 1/19: their geometric mean is 0.1147, a chance of 0.1029.
    both = grade_error(report("B", "x", item_grade=ItemGrade.CONFIRMED), ITEMS)
    odds = (0.25 / 19) ** 0.5
    assert both == pytest.approx(odds / (1 + odds))
    # Equal letter and digit say what each says.
    same = grade_error(report("B", "x", item_grade=ItemGrade.POSSIBLY_TRUE), ITEMS)
    assert same == pytest.approx(0.2)


def test_a_contested_report_is_doubted_once_more() -> None:
    # 1 - 0.8 * 0.85
    assert grade_error(report("B", "x", contested=True), ITEMS) == pytest.approx(0.32)


def test_the_coder_s_error_by_review_by_rule_by_name() -> None:
    assert coder_error(report("B", "x", reviewed=True, rule="r7"), ITEMS) == 0.01
    assert coder_error(report("B", "x", rule="r7"), ITEMS) == 0.15
    assert coder_error(report("B", "x"), ITEMS) == 0.05
    assert coder_error(report("B", "x", coder="somebody"), ITEMS) == 0.2


def test_independent_sources_multiply_and_copies_do_not(make) -> None:
    event = make()

    def of(*reports: EventReport) -> float:
        return event_error(replace(event, reports=reports), ITEMS)

    assert of(report("B", "x")) == pytest.approx(either(0.2, 0.05))
    assert of(report("B", "x"), report("C", "x")) == pytest.approx(either(0.2, 0.05))
    assert of(report("B", "x"), report("C", "y")) == pytest.approx(either(0.06, 0.05))
    # Without a name the document stands for the source.
    nameless = report("B", ""), report("B", "", document="D-002")
    assert of(*nameless) == pytest.approx(either(0.04, 0.05))
    assert of() == pytest.approx(either(0.35, 0.2))
    # However many say so, something may be wrong: the floor.
    sure = [report("A", f"x{i}", reviewed=True) for i in range(6)]
    assert of(*sure) == 0.04
    alleged = replace(event, signal=replace(event.signal, status=Status.ALLEGED))
    assert event_error(replace(alleged, reports=(report("B", "x"),)), ITEMS) == pytest.approx(
        either(either(0.2, 0.05), 0.25)
    )


KNOWN = date(2021, 12, 1)


@pytest.mark.parametrize(
    ("start", "end", "day"),
    [
        ("2021-06-01", "2021-06-01", "2021-06-01"),
        ("2021-06-01", "2021-06-11", "2021-06-06"),  # the middle
        ("2021-06-01", "2021-08-02", "2021-07-02"),  # 62 days: still the middle
        ("2021-06-01", "2021-08-03", "2021-06-01"),  # 63: the start
        (None, "2021-06-11", "2021-06-11"),
        ("2021-06-11", None, "2021-06-11"),
        (None, None, "2021-12-01"),  # the day on which it became known
        ("2022-06-01", "2022-06-01", "2021-12-01"),  # announced for later
        ("2019-01-01", "2021-03-11", "2019-01-01"),  # 800 days
    ],
)
def test_the_day_of_a_signal(make, start: str | None, end: str | None, day: str) -> None:
    ends = [date.fromisoformat(d) if d else None for d in (start, end)]
    event = replace(make(), happened=Period(*ends), available=KNOWN)
    assert signal_day(event) == date.fromisoformat(day)


def test_a_time_that_is_known_only_to_within_years_is_none(make) -> None:
    event = replace(make(), happened=Period(date(2019, 1, 1), date(2021, 3, 12)), available=KNOWN)
    assert signal_day(event) == "its date is known only to within 801 days"


def test_whom_a_signal_protects(make) -> None:
    shared = make(weights=(("TWN", 0.75), ("senkaku islands", 0.25), ("KOR", 0.0))).signal
    assert objects_of(shared) == (("TWN", 0.75), ("SENKAKU-ISLANDS", 0.25))
    assert objects_of(make(protege="twn").signal) == (("TWN", 1.0),)
    # A promise without a named protege protects the one it is addressed to; a threat nobody.
    assert objects_of(make(protege=None, target="PHL").signal) == (("PHL", 1.0),)
    assert objects_of(make(protege=None, target="PHL", valence=Valence.THREATEN).signal) == ()


def observed(events, series: str):
    return gather(events, load_items(), load_model()).series.get(Series.parse(series), ())


def test_what_is_addressed_to_two_is_shared_out_and_a_deed_by_its_weights(make) -> None:
    event = make(valence=Valence.THREATEN, event=make().signal.event)
    two = replace(
        event, signal=replace(event.signal, targets=(*event.signal.targets, *make(target="RUS").signal.targets))
    )  # fmt: skip
    for name in ("JPN>CHN:hostility", "JPN>RUS:hostility"):
        (o,) = observed([two], name)
        assert o.power == 0.5
    (o,) = observed([make(weights=(("TWN", 0.75), ("KOR", 0.25)))], "JPN>KOR")
    assert o.power == 0.25


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"actor": "XXX"}, "unknown or non-state"),
        ({"actor": "QQQ"}, "no known actor"),
        ({"protege": "JPN", "target": "JPN"}, "towards itself"),
        ({"protege": "IGO", "target": "MULTI"}, "an organisation, not one actor"),
        ({"protege": "QQ1", "target": "QQ2"}, "no known actor"),
    ],
)
def test_whose_stance_cannot_be_measured(make, changes: dict[str, str], reason: str) -> None:
    found = gather([make(**changes)], load_items(), load_model())
    assert not found.series
    assert reason in found.refused[0].reason


def test_a_denial_counts_from_its_own_day_and_only_by_somebody_else(make) -> None:
    said = make("a", date(2021, 6, 1))
    for actor, doubted in (("CHN", True), ("JPN", False)):
        denial = make(
            "b", date(2021, 6, 9), actor=actor, x_event=ExtensionEvent.DENY,
            valence=Valence.NEUTRAL, replies_to=("a",), available=date(2021, 6, 10),
        )  # fmt: skip
        (o,) = observed([said, denial], "JPN>TWN")
        assert (o.doubted_on == date(2021, 6, 10)) is doubted
        if doubted:
            before, after = (o.eps_at(date(2021, 6, d)) for d in (9, 10))
            assert after == pytest.approx(either(before, 0.3))
            assert site_of(o, date(2021, 6, 10)).eps == after


def test_who_takes_a_signal_back_raises_its_doubt_by_half(make) -> None:
    said = make("a", date(2021, 6, 1))
    for actor, doubted in (("JPN", True), ("CHN", False)):
        back = make("b", date(2021, 6, 9), actor=actor, retracts=("a",), valence=Valence.RETRACT)
        (o, *_) = [o for o in observed([said, back], "JPN>TWN") if o.key == "a"]
        assert (o.later_eps > o.eps) is doubted
        if doubted:
            assert o.later_eps == pytest.approx(either(o.eps, 0.5))


def test_taking_a_report_away_or_a_whole_event(make) -> None:
    one, two = make("a", grades="BB"), make("b")
    first = one.reports[0].handle
    kept, simple = remove_reports([one, two], {first})
    assert [len(e.reports) for e in kept] == [1, 1] and not simple
    kept, simple = remove_reports([one, two], {"b"})
    assert [e.key for e in kept] == ["a"] and simple
    kept, simple = remove_reports([one, make("c", retracts=("a",))], {"c"})
    assert [e.key for e in kept] == ["a"] and not simple


# ------------------------------------------------------------------ counting and days


def test_signals_count_within_one_half_life_less_their_doubt(make) -> None:
    dynamics = load_model().dynamics
    words = dynamics.half_life_words
    at = date(2021, 6, 1)
    edge = at - timedelta(days=int(words * 7))
    events = [make("a", at), make("b", edge), make("c", edge - timedelta(days=8))]
    seen = observed(events, "JPN>TWN")
    number, effective, shares = _count(seen, Channel.WORDS, at, dynamics)
    assert (number, shares) == (2, 2.0)
    eps = {o.key: o.eps for o in seen}
    assert effective == pytest.approx((1 - eps["a"]) + (1 - eps["b"]))
    assert _count(seen, Channel.DEEDS, at, dynamics) == (0, 0, 0)


def test_a_shift_needs_three_signals_before_and_one_inside(make) -> None:
    seen = observed([make(f"e{i}", date(2021, 1, 1 + i)) for i in range(4)], "JPN>TWN")
    assert _shift_status(seen[:3], seen[3:], Channel.WORDS) == "measured"
    assert _shift_status(seen[:2], seen[2:], Channel.WORDS) == "no before"
    assert _shift_status(seen, (), Channel.WORDS) == "no signal"
    assert _shift_status(seen[:3], seen[3:], Channel.DEEDS) == "no signal"


def test_weeks_and_days() -> None:
    assert weeks(date(2000, 1, 1)) == 0.0
    assert weeks(date(1999, 12, 25)) == -1.0
    assert weeks(date(2001, 1, 1)) == pytest.approx(366 / 7)  # 2000 was a leap year
    assert day_of(weeks(date(2021, 8, 13))) == date(2021, 8, 13)


def test_days_of_a_timeline() -> None:
    first, last = date(2021, 1, 1), date(2021, 1, 31)
    assert len(days_between(first, last)) == 31  # no day twice
    some = days_between(first, last, 4)
    assert some == (first, date(2021, 1, 11), date(2021, 1, 21), last)
    assert days_between(first, last, 1) == (first, last)
    for end in (first, date(2020, 12, 31)):
        with pytest.raises(ImpossibleDate):
            days_between(first, end)


@pytest.mark.parametrize("text", ["JPN", "JPN>TWN:love", "JPN>TWN>USA", ">TWN", "JPN>"])
def test_what_is_no_series(text: str) -> None:
    with pytest.raises(InputError):
        Series.parse(text)


def test_a_series_in_small_letters_and_written_out() -> None:
    assert Series.parse(" jpn > twn :commitment ") == Series("JPN", "TWN")
    assert Series.parse("chn>jpn:hostility").relation is Relation.HOSTILITY


def test_an_item_has_a_level_for_each_line_of_its_rubric() -> None:
    for name, kind in load_items().types.items():
        assert kind.levels == len(kind.rubric), name
    assert load_items().types["commitment_words"].levels == 5
    assert load_items().types["commitment_law"].levels == 4


def test_a_signal_to_nobody_and_from_nobody_says_so(make) -> None:
    alone = make(protege=None, target="", valence=Valence.THREATEN)
    nameless = make(actor="", target="CHN")
    for event, reason in (
        (alone, "neither a protege nor a target"),
        (nameless, "no source actor"),
    ):
        found = gather([event], load_items(), load_model())
        assert not found.series and found.refused[0].reason == reason

"""Stance: what goes in, what comes out, and what a signal that is gone changes."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from standoff.errors import ImpossibleDate, InputError
from standoff.measure import load_model, measure_stance
from standoff.systems import load_chronology, load_system
from standoff.terms import (
    Channel,
    Event,
    EventReport,
    ExtensionEvent,
    ItemGrade,
    PloverEvent,
    Relation,
    Valence,
)

AT = date(2021, 8, 13)


@pytest.fixture(scope="module")
def record():
    """The shipped chronology as events, graded by the rules of its system."""
    system = load_system("west-pacific-2021")
    return [
        Event(
            e.signal.id,
            e.signal,
            e.signal.date,
            e.available,
            (
                EventReport(
                    f"S-{i:03d}",
                    "D-001",
                    e.source,
                    system.grade(e.source)[0],
                    ItemGrade.PROBABLY_TRUE if e.verified else ItemGrade.UNKNOWN,
                    e.available,
                    "chronology",
                    e.signal.rule,
                ),
            ),
            None,
            e.signal.retracts,
        )
        for i, e in enumerate(load_chronology("west-pacific-2021").entries, 1)
    ]


@pytest.fixture(scope="module")
def stance(record):
    return measure_stance(record, at=AT)


# ---------------------------------------------------------------- the shipped record


def test_japan_and_taiwan_in_august_2021(stance):
    level = stance.level("JPN", "TWN")
    assert level.handle == "L-JPN>TWN@2021-08-13"
    assert level.words_status == "measured" and level.n_words >= 10
    # Deeds for Taiwan are few: a share of some garrisons, vaccines, a visit.
    assert level.deeds_status == "prior" and level.effective_deeds < 3
    assert level.words.low < level.words.median < level.words.high
    assert 0.8 < level.words.high - level.words.low < 2.5
    # Dropping the collector's doubts: a year before, the same genre said nothing on Taiwan.
    before = stance.level("JPN", "TWN", at=date(2020, 8, 13))
    assert level.words.median > before.words.median + 0.5


def test_the_probability_of_a_shift_is_sensible(stance):
    words = {s.weeks: s for w in (26, 52)
             for s in stance.shifts("JPN", "TWN", Relation.COMMITMENT, within=w)
             if s.channel is Channel.WORDS}  # fmt: skip
    year = words[52]
    # Likelier a rise than a fall, far from certain: the Bluebook of May 2020 had spoken up before.
    assert year.direction == "rise" and 0.25 < year.probability < 0.95
    assert year.probability > 2 * year.opposite
    assert year.between is not None and year.between[0] <= year.between[1] <= AT
    assert year.signals and all(gain > 0 for _, gain in year.signals)


def test_deleting_the_signals_of_the_united_states_changes_only_its_own_series(record, stance):
    own = [e.key for e in record if e.signal.source_actors == ("USA",)]
    without = stance.without(own)
    changed = [
        s
        for s in stance.series
        if stance.level(s.actor, s.object, s.relation)
        != without.level(s.actor, s.object, s.relation)
    ]
    assert changed and {s.actor for s in changed} == {"USA"}
    # Without 52 deeds the interval of deeds is far wider.
    full, rest = stance.level("USA", "TWN").deeds, without.level("USA", "TWN").deeds
    assert rest.high - rest.low > 1.3 * (full.high - full.low)


def test_without_equals_measuring_the_rest(record, stance):
    gone = {"S-148", "S-022", "S-120"}
    rest = [e for e in record if e.reports[0].handle not in gone]
    fresh = measure_stance(rest, at=AT)
    quick = stance.without(gone)
    for s in fresh.series:
        assert fresh.level(s.actor, s.object, s.relation) == quick.level(
            s.actor, s.object, s.relation
        )


def test_same_input_same_draws(record, stance):
    again = measure_stance(record, at=AT)
    one = stance.draws("JPN", "TWN", n=500, rng=np.random.default_rng(3))
    two = again.draws("JPN", "TWN", n=500, rng=np.random.default_rng(3))
    assert one.shape == (500, 2) and np.array_equal(one, two)


def test_draws_agree_with_the_level(stance):
    level = stance.level("USA", "TWN")
    draws = stance.draws("USA", "TWN", n=20_000, rng=np.random.default_rng(1))
    for channel, estimate in enumerate((level.words, level.deeds)):
        low, median, high = np.quantile(draws[:, channel], [0.05, 0.5, 0.95])
        # Monte Carlo error of a quantile of 20,000 draws is below .03 sd.
        assert median == pytest.approx(estimate.median, abs=0.04)
        assert (low, high) == pytest.approx((estimate.low, estimate.high), abs=0.06)


def test_everything_refused_has_a_reason(stance):
    d = stance.diagnostics
    assert d.n_later > 0 and d.n_observations > d.n_events - len(d.refused) > 100
    assert all(r.reason for r in d.refused)


# ---------------------------------------------------------------- rules


def test_copies_of_one_source_are_one_report_and_independent_ones_lower_the_doubt(make):
    def doubt(**how):
        stance = measure_stance([make(**how)], at=AT)
        return stance.observations("JPN", "TWN")[0].eps

    one = doubt(grades="C")
    assert doubt(grades="CCCC", sources=("wire",) * 4) == one
    assert doubt(grades="CC") < one
    assert doubt(grades="A", reviewed=True) >= 0.01
    assert doubt(grades="B") < doubt(grades="D") < doubt(grades="E")


def test_a_walk_back_raises_the_doubt_from_its_day_on_and_leaves_the_past(make):
    pledge = make("p", date(2021, 6, 1), x_event=ExtensionEvent.PLEDGE, explicitness=3)
    back = make(
        "w",
        date(2021, 6, 15),
        event=PloverEvent.CONCEDE,
        x_event=ExtensionEvent.DENY,
        valence=Valence.RETRACT,
        retracts=("p",),
    )
    both = measure_stance([pledge, back], at=AT)
    alone = measure_stance([pledge], at=AT)
    before, after = date(2021, 6, 14), date(2021, 6, 15)
    assert both.level("JPN", "TWN", at=before) == alone.level("JPN", "TWN", at=before)
    assert (
        both.level("JPN", "TWN", at=after).words.median
        < alone.level("JPN", "TWN", at=after).words.median
    )
    (first, _) = both.observations("JPN", "TWN")
    assert first.eps_at(before) < 0.5 <= first.eps_at(after)


def test_a_denial_by_the_target_makes_the_report_less_credible(make):
    claim = make("c", date(2021, 6, 1), x_event=ExtensionEvent.PLEDGE)
    denial = make(
        "d",
        date(2021, 6, 3),
        actor="TWN",
        target="JPN",
        protege=None,
        event=PloverEvent.REJECT,
        x_event=ExtensionEvent.DENY,
        valence=Valence.NEUTRAL,
        replies_to=("c",),
    )
    believed = measure_stance([claim], at=AT).level("JPN", "TWN").words.median
    doubted = measure_stance([claim, denial], at=AT).level("JPN", "TWN").words.median
    assert 0 < doubted < believed


def test_a_deed_is_shared_out_among_its_proteges(make):
    shares = (("JPN", 0.5), ("TWN", 0.3), ("Senkaku", 0.2))
    deed = make(event=PloverEvent.MOBILIZE, x_event=ExtensionEvent.DEPLOY,
                channel=Channel.DEEDS, weights=shares)  # fmt: skip
    whole = make(event=PloverEvent.MOBILIZE, x_event=ExtensionEvent.DEPLOY, channel=Channel.DEEDS)
    shared, full = measure_stance([deed], at=AT), measure_stance([whole], at=AT)
    assert {str(s) for s in shared.series} == {"JPN>CHN:hostility", "JPN>SENKAKU", "JPN>TWN"}
    part, all_ = shared.level("JPN", "TWN"), full.level("JPN", "TWN")
    assert 0 < part.deeds.median < all_.deeds.median
    assert part.effective_deeds == pytest.approx(0.3 * all_.effective_deeds, abs=1e-5)


def test_silence_widens_and_does_nothing_else(make):
    events = [make(f"e{i}", date(2020, 1, 1) + timedelta(days=9 * i)) for i in range(20)]
    stance = measure_stance(events, at=date(2022, 12, 1))
    near, far = (stance.level("JPN", "TWN", at=d) for d in (date(2020, 7, 1), date(2022, 12, 1)))
    assert near.words.high - near.words.low < far.words.high - far.words.low
    assert abs(far.words.median) < abs(near.words.median)
    assert far.words_status == "prior"


def test_weights_say_what_each_signal_does(make):
    events = [make("loud", date(2021, 8, 1), x_event=ExtensionEvent.PLEDGE, explicitness=3),
              make("old", date(2012, 1, 1)), make("soft", date(2021, 7, 1))]  # fmt: skip
    stance = measure_stance(events, at=AT)
    weights = {w.key: w for w in stance.level("JPN", "TWN", weigh=True).weights}
    assert sum(w.share for w in weights.values()) == pytest.approx(1.0, abs=1e-6)
    assert weights["loud"].share > weights["soft"].share > weights["old"].share
    for key, weight in weights.items():
        rest = stance.without([key])
        draws = [
            s.draws("JPN", "TWN", n=40_000, rng=np.random.default_rng(0)) for s in (stance, rest)
        ]
        # Same seed on both; the difference of means of 40,000 draws errs by about .01.
        assert weight.words == pytest.approx(float((draws[0] - draws[1]).mean(axis=0)[0]), abs=0.03)


def test_weights_of_the_latest_signals_are_those_of_all(stance):
    full = {w.key: w for w in stance.weights("USA", "TWN")}
    latest = stance.weights("USA", "TWN", latest=5)
    assert len(full) > 20 and len(latest) == 5
    for w in latest:
        assert w.words == pytest.approx(full[w.key].words, abs=1e-8)
        assert w.deeds == pytest.approx(full[w.key].deeds, abs=1e-8)


def test_a_report_that_arrives_late_is_used_from_its_arrival(make):
    late = make("late", date(2021, 6, 1), available=date(2021, 7, 1), x_event=ExtensionEvent.PLEDGE)
    stance = measure_stance([late], at=AT)
    assert stance.level("JPN", "TWN", at=date(2021, 6, 15)).n_signals == 0
    assert stance.level("JPN", "TWN", at=date(2021, 7, 1)).n_signals == 1


# ---------------------------------------------------------------- bad input


def test_no_signal_gives_the_prior(make):
    level = measure_stance([], at=AT).level("JPN", "TWN")
    # Stationary variance 1 and that of the series mean.
    spread = (1.0 + load_model().dynamics.series_sd ** 2) ** 0.5
    assert level.words.high == pytest.approx(1.6449 * spread, abs=0.002)
    assert (level.words_status, level.deeds_status, level.n_signals) == ("prior", "prior", 0)


def test_one_signal_moves_the_level_but_stays_a_prior(make):
    level = measure_stance([make()], at=AT).level("JPN", "TWN")
    assert level.words.median > 0 and level.words_status == "prior"


def test_only_denials_give_an_honest_prior_with_reasons(make):
    denials = [
        make(f"d{i}", x_event=ExtensionEvent.DENY, valence=Valence.NEUTRAL, event=PloverEvent.NONE)
        for i in range(3)
    ]
    stance = measure_stance(denials, at=AT)
    assert stance.series == () and len(stance.diagnostics.refused) == 3
    assert "credibility" in stance.diagnostics.refused[0].reason


def test_all_on_one_day(make):
    stance = measure_stance([make(f"e{i}") for i in range(30)], at=AT)
    level = stance.level("JPN", "TWN")
    assert np.isfinite([level.words.low, level.words.high]).all() and level.n_words == 30


def test_two_hundred_years_of_silence_is_the_prior_again(make):
    old = measure_stance([make("e", date(1821, 6, 1))], at=AT)
    none = measure_stance([], at=AT)
    a, b = old.level("JPN", "TWN"), none.level("JPN", "TWN")
    # What stays is the mean of the series, which is constant; and older jumps widen a little.
    assert a.words.median == pytest.approx(b.words.median, abs=0.2)
    assert a.words.high - a.words.low > 0.95 * (b.words.high - b.words.low)
    with pytest.raises(ImpossibleDate, match="1500"):
        old.level("JPN", "TWN", at=date(1500, 1, 1))


def test_contradictory_signals_of_one_day_widen_and_stay_finite(make):
    up = make("a", x_event=ExtensionEvent.PLEDGE)
    down = make("b", event=PloverEvent.CONCEDE, valence=Valence.CONCILIATE)
    stance = measure_stance([up, down], at=AT)
    one = measure_stance([up], at=AT)
    both = stance.level("JPN", "TWN").words
    assert both.low < 0 < both.high and both.median < one.level("JPN", "TWN").words.median


def test_contradictory_grades_of_one_event_fall_back_on_the_better_source(make):
    stance = measure_stance([make(grades="AE")], at=AT)
    assert stance.observations("JPN", "TWN")[0].eps < 0.1


def test_dates_out_of_order_change_nothing(make):
    events = [make(f"e{i}", date(2021, 1, 1) + timedelta(days=7 * i)) for i in range(12)]
    there, back = measure_stance(events, at=AT), measure_stance(events[::-1], at=AT)
    assert there.level("JPN", "TWN") == back.level("JPN", "TWN")


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"actor": "XXX"}, "unknown or non-state"),
        ({"actor": "JAP"}, "no known actor"),
        ({"actor": ""}, "no source"),
        ({"protege": "MULTI", "target": "MULTI"}, "unnamed group"),
        ({"protege": "JPN", "target": "JPN"}, "itself"),
        ({"protege": None, "target": "", "valence": Valence.ACCUSE}, "neither"),
    ],
)
def test_what_has_no_actor_or_object_is_refused_with_a_reason(make, how, words):
    stance = measure_stance([make(**how)], at=AT)
    assert stance.series == ()
    assert words in stance.diagnostics.refused[0].reason


def test_actors_of_ones_own_can_be_declared(make):
    stance = measure_stance([make(actor="ZZA")], at=AT, actors=["ZZA"])
    assert [str(s) for s in stance.series] == ["ZZA>TWN"]


def test_an_event_given_twice_counts_once(make):
    once, twice = measure_stance([make()], at=AT), measure_stance([make(), make()], at=AT)
    assert once.level("JPN", "TWN") == twice.level("JPN", "TWN")
    assert "twice" in twice.diagnostics.refused[0].reason


def test_a_day_after_the_measurement_is_refused(make):
    stance = measure_stance([make()], at=AT)
    with pytest.raises(ImpossibleDate, match="measure_stance"):
        stance.level("JPN", "TWN", at=AT + timedelta(days=1))


def test_a_bad_window_is_refused(make):
    with pytest.raises(InputError, match="window"):
        measure_stance([make()], at=AT).shifts(within=0)


def test_the_model_is_named_in_every_level(make):
    model = load_model()
    level = measure_stance([make()], at=AT).level("JPN", "TWN", Relation.COMMITMENT)
    assert level.model == f"{model.name} v{model.version}" and level.items == "items-2 v4"


def test_surprise_is_in_bits_and_the_first_of_its_kind_is_said(make):
    events = [make(f"e{i}", date(2020, 1, 1) + timedelta(days=20 * i)) for i in range(15)]
    events.append(make("loud", date(2021, 6, 1), x_event=ExtensionEvent.PLEDGE, explicitness=3))
    found = measure_stance(events, at=AT).surprises("JPN", "TWN")
    assert [s.key for s in found if s.first] == ["e0", "loud"]
    assert found[-1].bits > 2.0 > found[-2].bits and found[-1].excess > 0


def test_a_shift_states_its_false_alarm_rate(stance):
    shown = sorted(stance.shifts(), key=lambda s: s.probability)
    least = load_model().false_alarms[0][0]
    rates = [s.false_alarms for s in shown if s.probability >= least]
    assert rates and all(r is not None and r >= 0 for r in rates)
    assert rates == sorted(rates, reverse=True)
    assert all(s.false_alarms is None for s in shown if s.probability < least)
    other = stance.shifts("JPN", "TWN", delta=1.0)
    assert all(s.false_alarms is None for s in other)


def test_hindsight_is_narrower_than_what_was_known_then(stance):
    days = [date(2021, 3, 1), date(2021, 5, 1)]
    smooth = stance.smooth("JPN", "TWN", days=days, draws=300)
    for day, s in zip(days, smooth, strict=True):
        then = stance.level("JPN", "TWN", at=day)
        assert s.at == day and s.words.high - s.words.low < then.words.high - then.words.low

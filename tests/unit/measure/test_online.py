"""One series, one signal at a time."""

from __future__ import annotations

import pickle
from datetime import date, timedelta

import pytest

from standoff.errors import InputError
from standoff.measure import OnlineSeries, Series, load_model, measure_stance, parse_model
from standoff.terms import Channel, ExtensionEvent, PloverEvent, Valence

AT = date(2021, 8, 13)


def events(make, n=40):
    found = []
    for i in range(n):
        deed = i % 3 == 0
        found.append(
            make(
                f"e{i:02d}",
                date(2020, 1, 1) + timedelta(days=11 * i),
                event=PloverEvent.MOBILIZE if deed else PloverEvent.SUPPORT,
                x_event=ExtensionEvent.PLEDGE if i % 7 == 1 else None,
                channel=Channel.DEEDS if deed else Channel.WORDS,
            )
        )
    return found


def test_online_equals_batch(make):
    online = OnlineSeries(Series("JPN", "TWN"))
    for event in events(make):
        online.observe(event)
    batch = measure_stance(events(make), at=AT)
    assert online.level(AT) == batch.level("JPN", "TWN")


def test_a_back_dated_signal_replays_and_ends_where_order_would_have(make):
    ordered, late = events(make), OnlineSeries(Series("JPN", "TWN"))
    moved = [*ordered[:20], *ordered[21:], ordered[20]]
    steps = [late.observe(e) for e in moved]
    # 19 signals lie after the late one; at most a checkpoint more is filtered again.
    assert 20 <= steps[-1].replayed <= 36
    assert all(s.replayed == 0 for s in steps[:-1])
    straight = OnlineSeries(Series("JPN", "TWN"))
    for event in ordered:
        straight.observe(event)
    assert late.level(AT) == straight.level(AT)


def test_a_signal_before_the_first_one_starts_the_series_anew(make):
    ordered = events(make, 6)
    online = OnlineSeries(Series("JPN", "TWN"))
    for event in [*ordered[1:], ordered[0]]:
        online.observe(event)
    assert online.level(AT) == measure_stance(ordered, at=AT).level("JPN", "TWN")


def test_a_raised_doubt_counts(make):
    online = OnlineSeries(Series("JPN", "TWN"))
    online.observe(make("p", x_event=ExtensionEvent.PLEDGE))
    before = online.level(AT).words.median
    assert online.doubt("p", 0.6) == 1
    assert 0 < online.level(AT).words.median < before
    with pytest.raises(InputError, match="one of p"):
        online.doubt("q", 0.5)


def test_the_same_event_twice_is_refused_and_the_state_stands(make):
    online = OnlineSeries(Series("JPN", "TWN"))
    online.observe(make())
    level = online.level(AT)
    with pytest.raises(InputError, match="second time"):
        online.observe(make())
    assert online.level(AT) == level


def test_what_is_no_evidence_says_why(make):
    online = OnlineSeries(Series("JPN", "TWN"))
    assert "says nothing on JPN>TWN" in online.observe(make(protege="KOR"))
    assert "no known actor" in online.observe(make(actor="JAP"))


def test_a_snapshot_survives_storage_and_belongs_to_its_model(make):
    online = OnlineSeries(Series("JPN", "TWN"))
    for event in events(make, 20):
        online.observe(event)
    again = OnlineSeries.resume(pickle.loads(pickle.dumps(online.snapshot())))
    rest = events(make)[20:]
    for one in (online, again):
        for event in rest:
            one.observe(event)
    assert again.level(AT) == online.level(AT)
    other = parse_model('name = "other"\nversion = 9')
    with pytest.raises(InputError, match=load_model().name):
        OnlineSeries.resume(online.snapshot(), model=other)


def test_a_level_before_the_last_signal_is_refused(make):
    online = OnlineSeries(Series("JPN", "TWN"))
    online.observe(make())
    with pytest.raises(InputError, match="2021-06-01"):
        online.level(date(2021, 5, 1))


def test_a_walk_back_and_a_denial_reach_back_as_in_a_batch(make):
    pledge = make("p", date(2021, 6, 1), x_event=ExtensionEvent.PLEDGE, explicitness=3)
    other = make("q", date(2021, 6, 5), x_event=ExtensionEvent.PLEDGE)
    back = make("w", date(2021, 6, 15), event=PloverEvent.CONCEDE, x_event=ExtensionEvent.DENY,
                valence=Valence.RETRACT, retracts=("p",))  # fmt: skip
    denial = make("d", date(2021, 6, 20), actor="TWN", target="JPN", protege=None,
                  event=PloverEvent.REJECT, x_event=ExtensionEvent.DENY,
                  valence=Valence.NEUTRAL, replies_to=("q",))  # fmt: skip
    online = OnlineSeries(Series("JPN", "TWN"))
    for event in (pledge, other, back, denial):
        online.observe(event)
    batch = measure_stance([pledge, other, back, denial], at=AT)
    there, here = online.level(AT).words, batch.level("JPN", "TWN").words
    assert (there.median, there.low, there.high) == (here.median, here.low, here.high)
    again = OnlineSeries.resume(pickle.loads(pickle.dumps(online.snapshot())))
    late = make("l", date(2021, 5, 1))
    for one in (online, again):
        one.observe(late)
    assert again.level(AT).words == online.level(AT).words
    full = measure_stance([pledge, other, back, denial, late], at=AT).level("JPN", "TWN").words
    assert online.level(AT).words == full

"""What must hold of any measured stance, whatever the record."""

from __future__ import annotations

import importlib.util
import math
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.measure import load_items, measure_stance
from standoff.measure.bank import levels, open_bank
from standoff.measure.model import Dynamics, Model
from standoff.measure.response import Site, level_probabilities
from standoff.measure.step import update
from standoff.terms import Channel, Event, ExtensionEvent, Party, Period, PloverEvent, Valence

_SPEC = importlib.util.spec_from_file_location(
    "measure_builders", Path(__file__).parents[1] / "unit/measure/conftest.py"
)
assert _SPEC and _SPEC.loader
_BUILDERS = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_BUILDERS)
build = _BUILDERS.build

FIRST, AT = date(2019, 1, 1), date(2022, 1, 1)
FEW = settings(max_examples=20, deadline=None)


@st.composite
def records(draw, least=1, most=14) -> list[Event]:
    events = []
    for i in range(draw(st.integers(least, most))):
        deed = draw(st.booleans())
        events.append(
            build(
                f"e{i:02d}",
                FIRST + timedelta(days=draw(st.integers(0, 1000))),
                event=draw(st.sampled_from([PloverEvent.SUPPORT, PloverEvent.MOBILIZE,
                                            PloverEvent.CONCEDE, PloverEvent.CONSULT])),
                x_event=draw(st.sampled_from([None, ExtensionEvent.PLEDGE])),
                channel=Channel.DEEDS if deed else Channel.WORDS,
                valence=draw(st.sampled_from([Valence.COMMIT, Valence.NEUTRAL])),
                explicitness=draw(st.integers(0, 3)),
                grades=draw(st.sampled_from(["A", "B", "C", "F", "BC"])),
            )
        )  # fmt: skip
    return events


def numbers(level):
    return [v for e in (level.words, level.deeds, level.gap) for v in (e.median, e.low, e.high)]


def rename(event: Event, names: dict[str, str]) -> Event:
    s = event.signal
    signal = replace(
        s,
        sources=tuple(Party(names.get(p.actor, p.actor)) for p in s.sources),
        targets=tuple(Party(names.get(p.actor, p.actor)) for p in s.targets),
        protege=names.get(s.protege or "", s.protege),
    )
    return replace(event, signal=signal)


@FEW
@given(records())
def test_relabelling_actors_changes_nothing_but_the_names(events):
    names = {"JPN": "FRA", "TWN": "UKR", "CHN": "RUS"}
    one = measure_stance(events, at=AT)
    two = measure_stance([rename(e, names) for e in events], at=AT)
    assert numbers(one.level("JPN", "TWN")) == numbers(two.level("FRA", "UKR"))


@FEW
@given(records(), st.integers(-20_000, 20_000))
def test_a_shift_of_all_dates_changes_nothing(events, days):
    by = timedelta(days=days)

    def moved(event: Event) -> Event:
        start = event.happened.start
        assert start is not None
        return replace(
            event,
            happened=Period.day(start + by),
            available=event.available + by,
            reports=tuple(replace(r, available=r.available + by) for r in event.reports),
        )

    one = measure_stance(events, at=AT).level("JPN", "TWN")
    two = measure_stance([moved(e) for e in events], at=AT + by).level("JPN", "TWN")
    # Weeks are floats: a shift by 20,000 days costs their last digits.
    assert numbers(one) == pytest.approx(numbers(two), abs=1e-6)


@FEW
@given(records(), st.randoms(use_true_random=False))
def test_the_order_of_input_and_of_signals_of_one_day_changes_nothing(events, random):
    day = events[0].happened
    same = [replace(e, happened=day, available=events[0].available) for e in events]
    for record in (events, same):
        mixed = list(record)
        random.shuffle(mixed)
        a, b = measure_stance(record, at=AT), measure_stance(mixed, at=AT)
        assert numbers(a.level("JPN", "TWN")) == numbers(b.level("JPN", "TWN"))


@FEW
@given(records(), st.integers(0, 1000))
def test_an_uninformative_signal_changes_nothing(events, day):
    """A likelihood that is flat in the level moves no hypothesis, whatever its size."""
    stance = measure_stance(events, at=AT)
    sites = []
    for o in stance.observations("JPN", "TWN"):
        sites.append(
            Site(o.week, o.level, o.levels, o.discrimination, o.thresholds, o.loading, o.eps,
                 o.power, "")
        )  # fmt: skip
    if not sites:
        return
    flat = Site(
        sites[0].week + day / 7, 2, 5, 1.3, (-1.2, -0.1, 1.0, 2.1), (1.0, 0.0), 1.0, 1.0, ""
    )
    dynamics = Dynamics(jump_rate=0.0)
    end = Site(
        max(s.week for s in [*sites, flat]) + 1,
        *[getattr(sites[-1], n) for n in Site.__slots__[1:]],
    )

    def run(found):
        bank = open_bank(dynamics, sites[0].week)
        for site in sorted(found, key=lambda s: s.week):
            bank = update(bank, dynamics, site)
        return np.concatenate([v.ravel() for v in levels(bank)])

    np.testing.assert_allclose(run([*sites, end]), run([*sites, flat, end]), atol=1e-9)


@FEW
@given(st.integers(0, 4), st.floats(-3, 3), st.floats(0.2, 4), st.floats(0, 1))
def test_probabilities_of_levels_sum_to_one_and_rise_with_the_level(level, z, alpha, eps):
    site = Site(0.0, level, 5, alpha, (-1.2, -0.1, 1.0, 2.1), (1.0, 0.0), eps)
    p = level_probabilities(np.array([z, z + 0.5]), site)
    assert p.sum(axis=1) == pytest.approx([1.0, 1.0])
    expected = p @ np.arange(5)
    assert expected[1] >= expected[0] - 1e-12


@FEW
@given(records(least=2))
def test_a_stronger_signal_never_lowers_the_level(events):
    """The same record with one signal of words raised on its scale."""
    items = load_items()
    weak = build("z", date(2021, 12, 1), event=PloverEvent.CONSULT, valence=Valence.NEUTRAL)
    strong = build("z", date(2021, 12, 1), x_event=ExtensionEvent.PLEDGE)
    a = measure_stance([*events, weak], at=AT, items=items).level("JPN", "TWN")
    b = measure_stance([*events, strong], at=AT, items=items).level("JPN", "TWN")
    assert b.words.median >= a.words.median - 1e-9


@FEW
@given(records())
def test_intervals_are_ordered_and_finite_and_nested(events):
    stance = measure_stance(events, at=AT)
    wide, narrow = (stance.level("JPN", "TWN", coverage=c) for c in (0.9, 0.5))
    for a, b in ((wide.words, narrow.words), (wide.deeds, narrow.deeds), (wide.gap, narrow.gap)):
        assert a.low <= b.low <= b.median <= b.high <= a.high
        assert all(map(math.isfinite, (a.low, a.high)))


@FEW
@given(records())
def test_more_doubt_moves_less(events):
    """With every report half unreliable the level lies closer to what is held of any series."""
    sure = [replace(e, reports=tuple(replace(r, grade=type(r.grade)("A")) for r in e.reports))
            for e in events]  # fmt: skip
    unsure = [replace(e, reports=tuple(replace(r, grade=type(r.grade)("E")) for r in e.reports))
              for e in events]  # fmt: skip
    model = Model(dynamics=Dynamics(jump_rate=0.0))
    a, b = (measure_stance(r, at=AT, model=model).level("JPN", "TWN") for r in (sure, unsure))
    width = [lv.words.high - lv.words.low for lv in (a, b)]
    # A contradiction among sure reports can widen an interval, by a little.
    assert width[1] >= width[0] - 0.3

"""Which reported event is which known event: evidence for and against, and refusing to guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from standoff.assess.matching import Rarity, match_event
from standoff.systems import load_chronology
from standoff.terms import DateBasis, Event, EventReport, ItemGrade, Period, SourceGrade, Status


def event(entry) -> Event:
    s = entry.signal
    report = EventReport(
        s.id, "D-001", entry.source, SourceGrade.B, ItemGrade.PROBABLY_TRUE, entry.available,
        "chronology", "",
    )  # fmt: skip
    return Event(s.event_key, s, s.date, entry.available, (report,))


@pytest.fixture(scope="module")
def known() -> dict[str, Event]:
    return {e.key: e for e in map(event, load_chronology("west-pacific-2021").entries)}


AFTER = date(2021, 8, 13)


def test_every_known_event_matches_itself_and_nothing_else(known) -> None:
    events = tuple(known.values())
    rarity = Rarity(events)
    wrong = [
        (key, found.key)
        for key, e in known.items()
        if e.available <= AFTER
        and e.signal.status not in (Status.HYPOTHETICAL, Status.DENIED)
        and (found := match_event(e.signal, AFTER, events, rarity)) is not None
        and found.key != key
    ]
    assert wrong == []


def test_a_misdated_report_with_the_same_words_still_matches(known) -> None:
    events = tuple(known.values())
    told = known["C038"].signal
    late = Period(date(2021, 8, 9), date(2021, 8, 13), "this week")
    found = match_event(replace(told, date=late), AFTER, events)
    assert found is not None and found.key == "C038"
    assert any("dates" in reason for reason in found.reasons)


def test_another_actor_is_another_event(known) -> None:
    events = tuple(known.values())
    told = known["C038"].signal
    others = tuple(replace(p, actor="KOR") for p in told.sources)
    found = match_event(replace(told, sources=others), AFTER, events)
    assert found is None or found.key != "C038"


def test_an_event_of_later_than_the_report_cannot_be_meant(known) -> None:
    events = tuple(known.values())
    told = known["C038"].signal
    assert match_event(told, date(2021, 7, 1), events) is None


def test_two_events_that_fit_equally_match_neither(known) -> None:
    one = known["C038"]
    twin = replace(one, key="twin")
    assert match_event(one.signal, AFTER, (one, twin)) is None


def test_what_did_not_happen_is_no_event(known) -> None:
    one = known["C038"]
    assert match_event(replace(one.signal, status=Status.HYPOTHETICAL), AFTER, (one,)) is None
    assert match_event(replace(one.signal, status=Status.DENIED), AFTER, (one,)) is None


def test_an_undated_report_may_be_of_an_older_event(known) -> None:
    one = known["C038"]
    undated = Period(AFTER, AFTER, "", DateBasis.PUBLICATION)
    dated = Period(AFTER, AFTER, "Friday", DateBasis.STATED)
    loose = match_event(replace(one.signal, date=undated), AFTER, (one,))
    strict = match_event(replace(one.signal, date=dated), AFTER, (one,))
    assert loose is not None and strict is not None
    assert loose.score > strict.score


def test_a_rare_word_says_more_than_a_common_one(known) -> None:
    rarity = Rarity(tuple(known.values()))
    rare = rarity.overlap("missiles go to Ishigaki at once", "a garrison stays at Ishigaki island")
    common = rarity.overlap("missiles go to Taiwan at once", "a garrison stays at Taiwan island")
    assert rare > common

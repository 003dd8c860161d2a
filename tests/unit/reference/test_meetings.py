"""Summits by day and place."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from standoff.reference import (
    find_facts,
    holders,
    meetings,
    meetings_of,
    meetings_on,
    organisation,
    state,
)

_EARLIEST, _RETRIEVED = date(1990, 1, 1), date(2026, 11, 30)


def test_every_meeting_has_days_in_order_a_place_parties_and_a_source() -> None:
    assert len({m.name for m in meetings()}) == len(meetings()) > 50
    for meeting in meetings():
        assert _EARLIEST <= meeting.start <= meeting.end <= _RETRIEVED, meeting.name
        assert meeting.end - meeting.start <= timedelta(days=3), meeting.name
        assert meeting.place and meeting.provenance.url.startswith("http"), meeting.name
        assert state(meeting.state).actor == meeting.state
        if meeting.kind == "summit":
            assert organisation(meeting.parties[0]) and len(meeting.parties) == 1
        else:
            assert meeting.kind == "bilateral" and len(meeting.parties) == 2
            assert all(state(party) for party in meeting.parties)


@pytest.mark.parametrize(
    ("day", "place", "state_code"),
    [
        (date(1990, 7, 5), "London", "GBR"),
        (date(2002, 11, 22), "Prague", "CZE"),
        (date(2008, 4, 3), "Bucharest", "ROU"),
        (date(2014, 9, 5), "Newport", "GBR"),
        (date(2018, 7, 16), "Helsinki", "FIN"),
        (date(2019, 2, 28), "Hanoi", "VNM"),
        (date(2021, 6, 16), "Geneva", "CHE"),
        (date(2025, 6, 25), "The Hague", "NLD"),
        (date(2025, 8, 15), "Anchorage", "USA"),
    ],
)
def test_summits_that_everybody_knows(day: date, place: str, state_code: str) -> None:
    assert [(m.place, m.state) for m in meetings_on(day)] == [(place, state_code)]


def test_two_meetings_may_share_a_day_and_most_days_have_none() -> None:
    assert {m.parties[0] for m in meetings_on(date(2015, 7, 9))} == {"BRICS", "SCO"}
    assert meetings_on(date(2020, 5, 1)) == ()


def test_meetings_of_two_states_whatever_the_order() -> None:
    assert meetings_of("PRK", "USA") == meetings_of("USA", "PRK")
    assert [m.start.year for m in meetings_of("KOR", "PRK")] == [2000, 2007, 2018, 2018, 2018]
    assert meetings_of("ISL", "FJI") == ()


def test_the_leaders_of_both_states_are_in_the_table_of_offices_on_the_day() -> None:
    for meeting in meetings():
        if meeting.kind == "bilateral":
            for party in meeting.parties:
                assert holders(party, "head_of_state", meeting.start) or holders(
                    party, "head_of_government", meeting.start
                ), (meeting.name, party)


def test_a_search_over_all_tables_finds_a_summit_by_name_and_by_place() -> None:
    assert "meetings" in {line.table for line in find_facts("Hanoi summit")}
    (line,) = [x for x in find_facts("Vilnius") if x.table == "meetings"]
    assert (line.start, line.end) == ("2023-07-11", "2023-07-12")

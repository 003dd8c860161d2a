"""The tables under one roof, the statements, and the legal facts."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.errors import FactError
from standoff.reference import (
    fact_rows,
    fact_tables,
    find_facts,
    find_laws,
    find_statements,
    holders,
    laws,
    offices_of,
    state,
    statements,
)


def test_every_row_of_every_table_says_where_it_comes_from() -> None:
    for table in fact_tables():
        lines = fact_rows(table.name)
        assert len(lines) == table.rows > 0
        for line in lines:
            assert line.source and line.verified and line.subject, (table.name, line)
        assert table.unchecked == sum("pending" in line.verified for line in lines)


def test_few_rows_wait_for_a_check_and_three_hundred_places_do_not() -> None:
    unchecked = {t.name: t.unchecked for t in fact_tables()}
    assert {name for name, n in unchecked.items() if n} <= {"places"}
    assert unchecked["places"] <= 23
    assert len(fact_rows("places")) - unchecked["places"] >= 300


def test_a_search_finds_names_aliases_and_ids() -> None:
    assert any(line.subject == "Senkaku" for line in find_facts("Diaoyu"))
    suga = find_facts("Yoshihide Suga")
    assert suga[0].subject == "Yoshihide Suga" and {x.table for x in suga} >= {"offices"}
    assert find_facts("   ") == () and find_facts("no such thing at all") == ()
    assert all(line.actor == "JPN" for line in fact_rows("laws", actor="JPN"))
    with pytest.raises(FactError, match="standoff facts list"):
        fact_rows("weather")


def test_statements_are_dated_and_by_people_who_held_the_office() -> None:
    everything = statements()
    assert len({s.id for s in everything}) == len(everything) >= 15
    checked = 0
    for s in everything:
        assert s.origin.url.startswith("http") and s.day <= date(2026, 11, 26)
        if s.actor not in ("NATO",):
            assert state(s.actor).actor == s.actor
        if s.day.year >= 2010 and s.office in ("president", "prime minister"):
            held = [x.office for x in offices_of(s.person, on=s.day)]
            assert any(o.startswith("head_of") for o in held), s.id
            checked += 1
    assert checked >= 6


def test_statements_are_found_by_their_words_and_not_by_others() -> None:
    assert find_statements("our button is bigger and more powerful, and my button works")[
        0
    ].person == ("Donald Trump")
    assert find_statements("we will build a hospital next to the harbour") == ()
    assert find_statements("war") == ()
    assert [s.actor for s in statements(since=date(2025, 11, 1), until=date(2025, 11, 30))] == [
        "JPN",
        "JPN",
    ]


def test_legal_facts_hold_on_the_days_they_should() -> None:
    by_id = {x.id: x for x in laws()}
    security = by_id["jpn-security-legislation-2015"]
    # Enacted in September 2015, in force since 29 March 2016.
    assert security.in_force == date(2016, 3, 29) and security.ended is None
    assert by_id["jpn-constitution"].in_force == date(1947, 5, 3)
    gone = by_id["usa-twn-treaty-1954"]
    # It lapsed at the end of 1979, a year after notice; 1 January 1980 is the first day without it.
    assert gone.ended == date(1980, 1, 1)
    for fact in laws():
        if fact.enacted and fact.in_force and not fact.year_only and fact.kind != "statute":
            assert fact.enacted <= fact.in_force, fact.id
        if fact.in_force and fact.ended:
            assert fact.in_force < fact.ended, fact.id
        assert fact.origin.source and fact.allows
    assert {x.kind for x in laws() if x.actor == "JPN"} >= {
        "constitution",
        "statute",
        "executive decision",
    }


def test_legal_facts_are_found_by_what_reports_say() -> None:
    for words, want in (
        ("Japan amended its pacifist constitution in 2015", "jpn-constitution"),
        ("the Taiwan Relations Act obliges Washington", "usa-taiwan-relations-act"),
        ("the Budapest Memorandum", "ukr-budapest-1994"),
        ("Article 5 of the North Atlantic Treaty", "nato-article-5"),
    ):
        assert want in [x.id for x in find_laws(words)][:2], words


def test_ministers_after_2022_are_carried_on() -> None:
    for actor, office, day, person in (
        ("KOR", "foreign_minister", date(2024, 9, 1), "Cho Tae-yul"),
        ("IRN", "foreign_minister", date(2025, 6, 1), "Abbas Araghchi"),
        ("TUR", "defence_minister", date(2023, 6, 5), "Yaşar Güler"),
        ("POL", "foreign_minister", date(2023, 12, 14), "Radosław Sikorski"),
        ("FRA", "foreign_minister", date(2025, 1, 15), "Jean-Noël Barrot"),
        ("AUS", "defence_minister", date(2025, 1, 15), "Richard Marles"),
    ):
        assert person in [s.person for s in holders(actor, office, day)], (actor, office)

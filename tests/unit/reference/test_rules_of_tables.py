"""How the tables answer at their edges: years, days, what they do not cover."""

from __future__ import annotations

from datetime import date

import pytest

from standoff.errors import FactError, UnknownActor
from standoff.reference import (
    find_laws,
    find_statements,
    holds,
    law,
    laws,
    milex,
    nearest_person,
    nuclear_status,
    obligations,
    statements,
    warheads,
)
from standoff.reference.alliances import allies_of
from standoff.reference.catalogue import _milex_years


def test_an_obligation_runs_on_its_first_and_on_its_last_day() -> None:
    """NATO: Finland joined on 4 April 2023."""
    assert holds("USA", "FIN", "defence", date(2023, 4, 3)).answer is False
    assert holds("USA", "FIN", "defence", date(2023, 4, 4)).answer is True
    assert "FIN" in allies_of("USA", "defence", date(2023, 4, 4))
    assert "FIN" not in allies_of("USA", "defence", date(2023, 4, 3))


def test_within_a_year_of_which_only_the_year_is_known_the_table_cannot_say() -> None:
    rows = [
        (o.actor, o.target, kind, o)
        for o in obligations("USA", "TWN")
        for kind in o.kinds
        if not o.exact
    ]
    actor, target, kind, row = rows[0]
    assert holds(actor, target, kind, date(row.start.year, 6, 1)).answer is None
    assert holds(actor, target, kind, date(row.start.year + 1, 6, 1)).answer is True
    assert holds(actor, target, kind, date(row.start.year - 1, 6, 1)).answer is False


def test_a_state_outside_the_table_is_said() -> None:
    answer = holds("ABC", "USA", "defence", date(2020, 1, 1))
    assert (answer.answer, answer.basis) == (None, "ABC is not in the table")
    assert "ABC" in holds("USA", "ABC", "defence", date(2020, 1, 1)).basis


def test_what_else_is_known_is_said_with_the_no() -> None:
    """ANZUS has no clause of neutrality: the no names the obligation that there is."""
    answer = holds("USA", "JPN", "offence", date(2020, 1, 1))
    assert answer.answer is False
    assert "known: " in answer.basis and "defence" in answer.basis


def test_spending_of_a_state_or_measure_that_is_not_there() -> None:
    with pytest.raises(UnknownActor, match="ABC"):
        milex("ABC", 2020, "gdp_share_percent")
    with pytest.raises(FactError, match="beer"):
        milex("JPN", 2020, "beer")  # type: ignore[arg-type]
    assert milex("JPN", 1800, "gdp_share_percent") == ()


def test_a_release_says_nothing_of_the_years_after_it() -> None:
    found = milex("JPN", 2022, "gdp_share_percent")
    assert found
    assert all(int(f.release.rsplit("-", 1)[1]) >= 2022 for f in found)
    assert [f.release for f in found] == sorted(f.release for f in found)


def test_a_row_of_spending_is_told_by_its_last_four_years() -> None:
    row = {"measure": "share", "actor": "JPN", "release": "r"}
    row |= {str(y): str(y - 2000) for y in range(2015, 2021)} | {"2021": ""}
    assert _milex_years(row) == "share: 2017: 17, 2018: 18, 2019: 19, 2020: 20 (6 years)"
    assert _milex_years({"measure": "share", "2021": ""}) == "share: not covered (0 years)"


def test_the_atomic_age_of_a_state_begins_in_its_year() -> None:
    """First tests: Soviet Union 1949, China 1964; South Africa dismantled by 1991."""
    assert (nuclear_status("RUS", 1948), nuclear_status("RUS", 1949)) != ("armed", "armed")
    assert nuclear_status("RUS", 1949) == "armed"
    assert nuclear_status("CHN", 1963) != "armed" and nuclear_status("CHN", 1964) == "armed"
    assert nuclear_status("JPN", 2020) != "armed"
    assert warheads("JPN", 2020) == ()


def test_a_law_is_found_by_a_key_word_of_its_own_state_only() -> None:
    assert find_laws("Article 8 of the Anti-Secession Law", "CHN")[0].actor == "CHN"
    assert not find_laws("Article 8 of the Anti-Secession Law", "JPN")
    with pytest.raises(FactError, match="no-such-law"):
        law("no-such-law")
    assert law(laws()[0].id) == laws()[0]


def test_a_law_that_matches_more_and_longer_key_words_comes_first() -> None:
    for fact in laws():
        best = find_laws(" ".join(fact.keywords) + " " + fact.name, fact.actor)
        assert best and best[0].id == fact.id, fact.id


def test_statements_between_two_days_count_both() -> None:
    one = statements()[5]
    assert one in statements(since=one.day, until=one.day)
    assert one in statements(person=one.person.upper(), actor=one.actor)
    assert all(
        s.day > one.day for s in statements(since=one.day) if s not in statements(until=one.day)
    )
    assert not statements(person="Nobody")


def test_a_quotation_of_two_telling_words_identifies_nothing_and_most_words_must_be_shared() -> (
    None
):
    one = max(statements(), key=lambda s: len(s.words))
    words = one.words.split()
    assert one in find_statements(one.words)
    assert not find_statements(" ".join(words[:1]))
    assert one not in find_statements("zebra giraffe elephant " + " ".join(words[-2:]))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Fumio Kishida", ("Fumio Kishida", 0)),
        ("Fumio Kishita", ("Fumio Kishida", 1)),
        ("Kishida", None),  # one word alone: too many people have it
        ("Fumio Kixhxtx", None),
    ],
)
def test_how_near_a_misspelling_must_be(written: str, meant: tuple[str, int] | None) -> None:
    near = nearest_person(written)
    assert (near and (near.name, near.distance)) == meant

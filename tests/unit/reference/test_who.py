"""Names on a day: the first and the last day count, and past its source the table says nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from standoff.reference import actors_of_state, known_actors, nearest_actors, offices_of
from standoff.reference.who import KnownActor

DAY = timedelta(days=1)


def find(name: str, on: date | None = None) -> list[KnownActor]:
    return list(known_actors(name, on=on))


def test_the_first_and_the_last_day_of_a_term_count() -> None:
    """Yoshihide Suga was prime minister from 16 September 2020 to 4 October 2021."""
    first, last = date(2020, 9, 16), date(2021, 10, 4)
    for day, holds in ((first - DAY, False), (first, True), (last, True), (last + DAY, False)):
        names = [
            k.person for k in actors_of_state("JPN", on=day) if k.office == "head_of_government"
        ]
        assert ("Yoshihide Suga" in names) is holds, day


def test_a_day_is_not_needed_and_an_unknown_name_gives_nothing() -> None:
    assert any(k.person == "Yoshihide Suga" for k in find("Yoshihide Suga"))
    assert not find("Yoshihide Suga", date(1900, 1, 1))
    assert find("") == find("Qwertyland") == []


def test_a_whole_name_goes_before_a_part_of_one_and_a_code_is_a_name() -> None:
    assert {k.actor for k in find("Guinea")} == {"GIN"}
    assert next(k.name for k in find("jpn")) == "Japan"
    # No name is "suga" alone: every name that holds the word.
    assert "Yoshihide Suga" in {k.person for k in find("suga")}
    assert not any("sugar" in k.name.casefold() for k in find("suga"))


def test_after_the_last_day_for_which_the_source_spoke_nobody_is_named() -> None:
    open_ended = next(
        k
        for k in actors_of_state("USA", on=date(2026, 1, 1))
        if k.kind == "person" and k.end is None and k.as_of is not None
    )
    assert open_ended.as_of is not None
    on = [k.person for k in actors_of_state("USA", on=open_ended.as_of)]
    after = [k.person for k in actors_of_state("USA", on=open_ended.as_of + DAY)]
    assert open_ended.person in on
    assert open_ended.person not in after


def test_heads_come_before_bodies() -> None:
    kinds = [k.kind for k in actors_of_state("JPN", on=date(2021, 8, 13))]
    assert kinds == sorted(kinds, key=["person", "body"].index)
    assert set(kinds) == {"person", "body"}


def test_one_edit_in_four_letters_is_near_and_more_is_not() -> None:
    assert "Japan" in nearest_actors("Japn") and "Japan" in nearest_actors("Jappan")
    assert nearest_actors("Jxpxn") == ()
    assert len(nearest_actors("Irak", limit=1)) == 1


def test_a_term_holds_on_its_first_and_last_day_and_after_its_source_nobody_knows() -> None:
    spell = next(s for s in offices_of("Yoshihide Suga") if s.office == "head_of_government")
    assert (spell.start, spell.end) == (date(2020, 9, 16), date(2021, 10, 4))
    days = (spell.start - DAY, spell.start, date(2021, 10, 4), date(2021, 10, 5))
    assert [spell.status_on(d) for d in days] == ["not", "holds", "holds", "not"]
    still = replace(spell, end=None)
    assert [still.status_on(d) for d in (still.as_of, still.as_of + DAY)] == ["holds", "unknown"]

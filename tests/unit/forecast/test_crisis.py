"""Any crisis in one call, held against what any reader of the day's papers knew."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from standoff.errors import ImpossibleDate, InputError, UnknownActor
from standoff.forecast import describe_crisis, load_facts, propose_roles, recount, update_system
from standoff.forecast.facts import cow_code
from standoff.systems import (
    Absence,
    Cover,
    diff_systems,
    inspect_system,
    load_system,
    parse_system,
    system_toml,
)

UKRAINE = date(2022, 1, 15)


def test_names_of_the_day_are_understood_and_printed() -> None:
    for challenger, protege, day, codes, title in (
        ("USSR", "West Germany", date(1961, 8, 1), ("SUN", "DEU"), "Soviet Union and West Germany"),
        (
            "North Vietnam",
            "South Vietnam",
            date(1965, 1, 1),
            ("VNM", "RVN"),
            "North Vietnam and South",
        ),
        (
            "Soviet Union",
            "Yugoslavia",
            date(1968, 9, 1),
            ("SUN", "YUG"),
            "Soviet Union and Yugoslavia",
        ),
        (
            "USA",
            "Yugoslavia",
            date(1999, 3, 1),
            ("USA", "YUG"),
            "Yugoslavia (Serbia and Montenegro)",
        ),
        ("rus", "Ukraine", UKRAINE, ("RUS", "UKR"), "Russia and Ukraine"),
    ):
        s = describe_crisis(challenger, protege, day)
        assert (s.challenger, s.protege) == codes and title in s.title


@pytest.mark.parametrize(
    ("asked", "challenger", "day", "protege", "holder", "claimants"),
    [
        ("Taiwan", "CHN", date(2025, 6, 1), "TWN", "TWN", ("CHN",)),
        ("Hong Kong", "CHN", date(1967, 5, 1), "HKG", "GBR", ("CHN",)),
        ("Falklands", "ARG", date(1982, 3, 20), "FLK", "GBR", ("ARG",)),
        ("Malvinas", "ARG", date(1982, 3, 20), "FLK", "GBR", ("ARG",)),
        ("Crimea", "RUS", date(2014, 2, 20), "UKR", "UKR", ()),
        ("Crimea", "UKR", date(2022, 7, 1), "RUS", "RUS", ("UKR",)),
        ("Nagorno-Karabakh", "AZE", date(2020, 9, 1), "ARM", "ARM", ("AZE",)),
        ("Essequibo", "VEN", date(2023, 12, 1), "GUY", "GUY", ("VEN",)),
        ("Kosovo", "SRB", date(2023, 9, 1), "XKX", "XKX", ("SRB",)),
        ("Transnistria", "MDA", date(2022, 4, 1), "XTR", "local", ("MDA",)),
    ],
)
def test_contested_places_have_holder_claimants_and_both_names(
    asked, challenger, day, protege, holder, claimants
) -> None:
    s = describe_crisis(challenger, asked, day)
    place = s.territories[0]
    assert (s.protege, place.holder, place.claimants) == (protege, holder, claimants)
    both = {"FLK": "Falkland Islands/Malvinas", "essequibo": "Essequibo/Guayana Esequiba",
            "nagorno-karabakh": "Nagorno-Karabakh/Artsakh"}  # fmt: skip
    assert place.name == both.get(place.code, place.name)
    if place.code in both:
        assert place.name in s.title
    assert parse_system(system_toml(s), "x") == s


def test_the_holder_of_a_place_is_its_first_defender_and_alliances_are_not_stretched_to_it() -> (
    None
):
    s = describe_crisis("Argentina", "Falklands", date(1982, 3, 20))
    assert s.patron == "GBR"
    # Article 6 of the North Atlantic Treaty leaves the South Atlantic out.
    assert not any(c.defence for c in s.commitments)
    # Buenos Aires looks at 350 km of water to the islands; Portsmouth at 12,000.
    assert 300 < s.value("distance", "ARG") < 600 < 12_000 < s.value("distance", "GBR") < 13_500


def test_roles_are_proposed_with_reasons() -> None:
    berlin = propose_roles("SUN", "DEU", date(1961, 8, 1))
    assert set(berlin.defenders) == {"USA", "GBR", "FRA"}
    estonia = propose_roles("RUS", "EST", date(2022, 6, 8))
    assert estonia.defenders[0] == "USA" and "FIN" not in estonia.defenders
    korea = propose_roles("PRK", "KOR", date(2017, 8, 1))
    assert korea.defenders == ("USA",) and "JPN" in korea.supporters
    assert "CHN" not in (*korea.defenders, *korea.supporters)  # bound to the challenger since 1961
    strait = propose_roles("CHN", "TWN", date(2025, 6, 1))
    assert strait.defenders == ("USA",) and strait.proliferators == ("JPN", "KOR")
    assert all(c.because for p in (berlin, estonia, korea, strait) for c in p.candidates)


def test_given_roles_stand_and_a_name_without_a_reason_says_so() -> None:
    s = describe_crisis("RUS", "UKR", UKRAINE, defenders=["POL", "Fiji"], supporters=())
    assert s.defenders == ("POL", "FJI") and s.supporters == ()
    why = {c.actor: c.because for c in s.candidates if c.role == "defender"}
    assert "no shipped fact suggests it" in why["FJI"]


def test_every_value_has_source_year_and_cover_or_is_absent_with_a_reason() -> None:
    for args in (
        ("RUS", "UKR", UKRAINE),
        ("SUN", "DEU", date(1961, 8, 1)),
        ("VEN", "GUY", date(2023, 12, 1)),
    ):
        s = describe_crisis(*args)
        gaps = {(g.name, a): g for g in s.absent for a in g.actors}
        for c in s.covariates:
            if (c.name, c.actor) in gaps:
                assert (
                    c.source == f"absent: {gaps[c.name, c.actor].because}"
                    and c.origin == "elicited"
                )
            else:
                assert c.source and c.year and c.coverage and c.origin != "elicited"
        for name in ("cinc", "milex"):
            for a in (s.challenger, s.protege, *s.defenders):
                assert s.covariate(name, a) is not None
        assert all(r.source and r.year and r.coverage for r in s.relations)
        judged = {g.name for g in s.absent if g.kind is Absence.JUDGEMENT}
        assert {"ambition", "trend"} <= judged and not {c.name for c in s.covariates} & judged


def test_values_are_those_of_the_year_before_and_later_ones_say_that_they_are_carried() -> None:
    s = describe_crisis("RUS", "UKR", UKRAINE, defenders=["USA"])
    facts = load_facts()
    rows = facts.tables["capabilities"]
    code = cow_code("UKR", UKRAINE)
    (own,) = rows[(rows[:, 0] == code) & (rows[:, 1] == 2021), 2]
    held = s.covariate("cinc", "UKR")
    assert (held.value, held.year, held.coverage) == (own, 2021, Cover.YEAR)
    late = describe_crisis("CHN", "TWN", date(2026, 6, 1)).covariate("cinc", "TWN")
    assert (late.year, late.coverage) == (2022, Cover.CARRIED)
    # ATOP ends in 2018: what held then is told as a reason, and is no value of 2022.
    assert s.relation("nonaggression_pact", "RUS", "UKR") is None
    (gap,) = [g for g in s.absent if g.name == "nonaggression_pact"]
    assert "2018" in gap.because


def test_the_same_call_gives_the_same_bytes() -> None:
    one, two = (system_toml(describe_crisis("RUS", "EST", date(2022, 6, 8))) for _ in range(2))
    assert one == two


def test_the_files_of_the_user_give_what_does_not_ship(tmp_path) -> None:
    day = date(1990, 7, 25)
    bare = describe_crisis("IRQ", "KWT", day, defenders=["USA"], supporters=(), proliferators=())
    assert {g.name for g in bare.absent if g.stand_in is not None} == {"milex"}
    file = tmp_path / "nmc.csv"
    head = "ccode,year,milex,milper,irst,pec,tpop,upop,cinc\n"
    rows = "".join(
        f"{c},1989,{m},1,1,1,1,1,0.1\n" for c, m in ((645, 11000), (690, 1500), (2, 300000))
    )
    file.write_text(head + rows, "utf-8")
    own = describe_crisis(
        "IRQ",
        "KWT",
        day,
        defenders=["USA"],
        supporters=(),
        proliferators=(),
        data={"cow-nmc": file},
    )
    assert [own.value("milex", a) for a in ("IRQ", "KWT", "USA")] == [11000, 1500, 300000]
    assert "your file nmc.csv" in own.covariate("milex", "IRQ").source
    assert not [g for g in own.absent if g.name == "milex"]


def test_counts_of_a_draft_are_counted_again() -> None:
    s = describe_crisis("RUS", "UKR", UKRAINE)
    assert all(c.agrees for c in recount(s))
    wrong = replace(s.reference_classes[0], attacks=79)
    found = recount(replace(s, reference_classes=(wrong, *s.reference_classes[1:])))
    assert [c.agrees for c in found].count(False) == 1


def test_drafts_pass_their_own_check() -> None:
    for args in (("RUS", "UKR", UKRAINE), ("Argentina", "Malvinas", date(1982, 3, 20))):
        text = system_toml(describe_crisis(*args))
        assert inspect_system(text, "x.toml") == ()


# ---------------------------------------------------------------------- another day


def test_a_system_moves_to_another_day_and_says_what_changed() -> None:
    before = load_system("west-pacific-2021")
    after = update_system(before, date(2019, 8, 13))
    assert after.as_of == date(2019, 8, 13)
    # Japan spent less in 2018 than in 2021; judgements stay; a red line of December 2020 was not drawn.
    assert after.value("milex", "JPN") / after.value("milex", "USA") < 44.4 / 906.6
    assert after.value("mood", "JPN") == before.value("mood", "JPN")
    assert {r.drawn.year for r in after.red_lines} == {2005}
    changes = {(d.what, d.of): d for d in diff_systems(before, after)}
    assert changes["as_of", ""].after == "2019-08-13"
    gone = changes["red line", "JPN: Chinese aggression against Taiwan"]
    assert gone.before and not gone.after
    assert changes["value", "milex of JPN"].why


def test_moving_to_the_same_day_twice_changes_nothing() -> None:
    once = update_system(describe_crisis("RUS", "UKR", UKRAINE), date(2021, 6, 1))
    assert diff_systems(once, update_system(once, date(2021, 6, 1))) == ()


# ---------------------------------------------------------------------- bad input


@pytest.mark.parametrize(
    ("challenger", "protege", "day", "error", "told"),
    [
        ("RUS", "POL", date(1985, 1, 1), ImpossibleDate, "SUN (Soviet Union)"),
        ("USA", "SRB", date(1999, 3, 1), ImpossibleDate, "YUG (Yugoslavia"),
        ("IND", "BGD", date(1970, 1, 1), ImpossibleDate, "held the ground then"),
        ("RUS", "RUS", UKRAINE, InputError, "two different actors"),
        ("RUS", "Crimea", UKRAINE, InputError, "which held Crimea"),
        ("GBR", "Falklands", date(1982, 3, 20), InputError, "which it held"),
        ("RUS", "UKR", date(1939, 1, 1), ImpossibleDate, "before the record"),
        ("RUS", "UKR", date(2035, 1, 1), ImpossibleDate, "beyond the record"),
        ("CHN", "Formosaa", UKRAINE, UnknownActor, "nearest: Formosa"),
        ("CHN", "NATO", UKRAINE, InputError, "states"),
    ],
)
def test_bad_input_is_named_with_the_remedy(challenger, protege, day, error, told) -> None:
    with pytest.raises(error) as caught:
        describe_crisis(challenger, protege, day)
    assert told in str(caught.value) and caught.value.remedy


def test_an_actor_in_two_roles_is_refused() -> None:
    with pytest.raises(InputError, match="in two roles"):
        describe_crisis("RUS", "UKR", UKRAINE, defenders=["USA"], supporters=["USA"])

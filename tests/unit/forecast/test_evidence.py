"""What counts as evidence, between whom, and what is passed over with a reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from standoff.errors import BadRecord, DescriptionError, InputError
from standoff.forecast import (
    Parties,
    draft_system,
    events_of,
    full_record,
    group_members,
    load_evidence,
    volumes,
    weigh,
    with_members,
)
from standoff.forecast.evidence import parse_evidence

AT = date(2022, 2, 23)
MODEL = load_evidence()
SIDES = Parties("RUS", "UKR", frozenset({"USA"}))


def signal(event="MOBILIZE", valence="threaten", channel="deeds", **more):
    return {
        "event": event,
        "channel": channel,
        "valence": valence,
        "sources": ["RUS"],
        "targets": ["UKR"],
        "status": "done",
        "date": str(AT - timedelta(days=3)),
        **more,
    }


def weighed(*records, parties=SIDES, at=AT):
    return weigh(events_of(records).events, parties, MODEL, at=at)


@pytest.mark.parametrize(
    ("record", "kind"),
    [
        (signal(), "build-up"),
        (signal("ASSAULT"), "force used"),
        (signal("COERCE"), "blockade or seizure"),
        (signal("THREATEN", channel="words"), "threat"),
        (signal("THREATEN", channel="words", x_event="ULTIMATUM"), "ultimatum"),
        (signal("NONE", "prepare", x_event="EVACUATE"), "evacuation"),
        (signal("SANCTION", "accuse"), "rupture"),
        (signal("ACCUSE", "accuse", "words"), "hostile words"),
        (signal("RETREAT", "conciliate"), "step back"),
        (signal("AGREE", "conciliate", "words"), "agreement"),
        (signal("CONSULT", "conciliate", "words"), "contact"),
        (signal("NONE", "conciliate", "words", x_event="DENY"), "contact"),
    ],
)
def test_kinds(record, kind) -> None:
    (piece,), passed = weighed(record)
    assert piece.kind == kind and not passed


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"valence": "conciliate"}, "contradict"),
        ({"status": "denied"}, "denied"),
        ({"negated": True}, "not to have been done"),
        ({"event": "NONE", "valence": "neutral"}, "neither hostile nor conciliatory"),
    ],
)
def test_what_is_passed_over_says_why(change, reason) -> None:
    pieces, (passed,) = weighed(signal(**change))
    assert not pieces and reason in passed.reason


def test_directions_weigh_differently() -> None:
    rows = {
        "challenger": signal(),
        "protege": signal(sources=["UKR"], targets=["RUS"]),
        "patron": signal(targets=["USA"]),
        "untargeted": signal(targets=[]),
    }
    found = {name: weighed(row)[0][0] for name, row in rows.items()}
    assert {name: p.direction for name, p in found.items()} == {n: n for n in rows}
    assert all(found["challenger"].weight > p.weight for n, p in found.items() if n != "challenger")


def test_help_for_the_protege_addressed_to_the_challenger_is_no_kindness() -> None:
    arms = signal("AID", "commit", sources=["USA"], targets=["RUS"], protege="UKR")
    assert weighed(arms) == ((), ())


def test_a_place_is_heard_under_the_name_of_its_holder() -> None:
    record = signal(sources=["ARG"], targets=["GBR"])
    islands = Parties("ARG", "FLK", holder="GBR")
    assert len(weighed(record, parties=islands)[0]) == 1
    assert not weighed(record, parties=Parties("ARG", "FLK"))[0]


def test_a_build_up_fades_by_its_half_life() -> None:
    (piece,), _ = weighed(signal(date=str(AT), available=str(AT)))
    assert piece.volume(AT + timedelta(days=45), 45) == pytest.approx(piece.weight / 2)
    assert piece.volume(AT - timedelta(days=1), 45) == 0
    assert volumes([piece], MODEL, AT)["build-up"] == pytest.approx(piece.weight)


def test_what_was_not_known_is_not_used() -> None:
    late = signal(available=str(AT + timedelta(days=1)))
    assert weighed(late) == ((), ())


def test_opposites_on_one_day_are_two_events_in_any_order() -> None:
    both = [signal(id="s10"), signal(status="denied", id="s2")]
    one, other = weighed(*both), weighed(*reversed(both))
    assert len(one[0]) == len(other[0]) == 1
    assert one[0][0].weight == other[0][0].weight


def test_a_signal_taken_back_by_its_sender_stops_counting() -> None:
    first = signal(id="a1", handle="a1")
    back = signal("RETREAT", "retract", "words", id="a2", handle="a2", retracts=["a1"])
    pieces, passed = weighed(first, back)
    assert all(p.kind != "build-up" for p in pieces)
    assert any("taken back" in p.reason for p in passed)


def test_groups_act_through_their_members() -> None:
    assert "FIN" in group_members("NATO", date(2023, 5, 1))
    assert "FIN" not in group_members("NATO", date(2023, 1, 1))
    record = signal("ASSAULT", sources=["NATO"], targets=["RUS"])
    (event,) = with_members(events_of([record]).events, {"USA", "RUS", "UKR"})
    (party,) = event.signal.sources
    assert (party.actor, party.organisation) == ("USA", "NATO")


def test_short_records_become_whole_ones_and_bad_ones_are_named() -> None:
    assert full_record(signal(sources="rus"))["sources"] == [{"actor": "RUS", "sector": "GOV"}]
    bad = [signal(sources=5), signal(date=20220110), signal(x_standoff=5), signal(event="DANCE")]
    bad.append(signal(x_event="LAUNCH"))
    found = events_of([*bad, signal()])
    assert len(found.events) == 1 and len(found.refused) == len(bad)
    with pytest.raises(BadRecord, match="sources"):
        full_record({"sources": 5})


def test_a_table_with_a_slope_below_zero_is_refused() -> None:
    from importlib.resources import files

    text = (files("standoff.forecast") / "data" / "evidence-1.toml").read_text("utf-8")
    with pytest.raises(DescriptionError, match="below zero"):
        parse_evidence(text.replace("half_life = 60", "half_life = -60", 1), "mine")
    with pytest.raises(DescriptionError, match="mine"):
        parse_evidence("name = 1", "mine")


def test_systems_are_drafted_for_states_places_and_codes_of_a_users_own() -> None:
    drafted = draft_system("RUS", "EST", AT, defenders=["USA"])
    assert drafted.commitments[0].defence and drafted.value("distance", "RUS") == 0
    made_up = draft_system("XAA", "XBB", AT)
    assert "Absent" in made_up.worldview and "XAA" in made_up.worldview
    assert draft_system("ARG", "FLK", date(1982, 3, 1)).name("FLK").startswith("Falk")
    for wrong in (("CHN", "HKG"), ("RUS", "RUS")):
        with pytest.raises(InputError):
            draft_system(*wrong, date(2021, 1, 1))
    with pytest.raises(InputError, match="group"):
        draft_system("RUS", "UKR", AT, defenders=["NATO"])


def clash(**more):
    return signal("ASSAULT", sources=["XXX"], targets=["RUS", "UKR"], **more)


def test_a_clash_that_killed_soldiers_of_both_is_force_between_them() -> None:
    """Galwan 2020: "Indian and Chinese soldiers were killed in a clash" names no author and hit both."""
    (piece,), _ = weighed(clash())
    assert (piece.kind, piece.direction) == ("force used", "between")


@pytest.mark.parametrize(
    "record",
    [
        clash()
        | {"targets": ["UKR"]},  # one side hit by nobody named: a rebel, an accident, a third
        clash() | {"targets": ["RUS", "POL"]},
        clash() | {"sources": ["POL"]},  # somebody is named, and it is neither
        clash() | {"event": "MOBILIZE"},
    ],
)
def test_force_by_nobody_named_counts_only_where_it_hit_both(record) -> None:
    assert weighed(record) == ((), ())


def test_a_record_without_any_day_is_refused_and_not_of_today() -> None:
    undated = {k: v for k, v in signal().items() if k != "date"}
    taken = events_of([undated, signal()])
    assert len(taken.events) == 1 and "no date" in taken.refused[0].reason
    published = events_of([undated | {"published": str(AT)}])
    assert len(published.events) == 1 and not published.refused

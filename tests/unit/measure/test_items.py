"""The item table: which level a signal has on which relation, and what is no evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from standoff.errors import DescriptionError
from standoff.measure import Item, load_items
from standoff.terms import (
    Channel,
    ExtensionEvent,
    Officialness,
    PloverEvent,
    Relation,
    Status,
    Valence,
)

ITEMS = load_items()
COMMITMENT, HOSTILITY = Relation.COMMITMENT, Relation.HOSTILITY


def level(event, relation=COMMITMENT, target="TWN"):
    item = ITEMS.look_up(event.signal, relation, target)
    return (item.type.name, item.level) if isinstance(item, Item) else item


def test_strength_follows_the_rubric_not_explicitness(make):
    vague, exact = make(explicitness=0), make(explicitness=3)
    assert level(vague) == level(exact) == ("commitment_words", 2)


def test_a_pledge_outranks_support_and_a_limit_is_the_lowest(make):
    pledge = make(x_event=ExtensionEvent.PLEDGE)
    limit = make(event=PloverEvent.CONCEDE, valence=Valence.CONCILIATE)
    assert level(pledge)[1] == 4 > level(make())[1] > level(limit)[1] == 0


def test_a_quiet_white_paper_on_a_protege_is_an_observation(make):
    quiet = make(event=PloverEvent.NONE, valence=Valence.NEUTRAL)
    assert level(quiet) == ("commitment_words", 1)


def test_support_for_another_is_no_kindness_to_the_one_addressed(make):
    assert "for another" in level(make(), HOSTILITY, "CHN")
    threat = make(event=PloverEvent.THREATEN, valence=Valence.THREATEN)
    assert level(threat, HOSTILITY, "CHN") == ("hostility_words", 3)


def test_a_plan_is_a_step_short_of_the_deed_and_a_proposal_two(make):
    done, planned, proposed = (
        make(
            event=PloverEvent.MOBILIZE,
            x_event=ExtensionEvent.DEPLOY,
            channel=Channel.DEEDS,
            status=s,
        )
        for s in (Status.DONE, Status.PLANNED, Status.PROPOSED)
    )
    assert [level(e)[1] for e in (done, planned, proposed)] == [3, 2, 1]


def test_an_agreement_is_decided_and_loses_nothing_for_lying_ahead(make):
    """The rubric: 1 "a costly act still under discussion", 2 "agreement, or decided"."""
    done, planned, proposed = (
        make(event=PloverEvent.AGREE, channel=Channel.DEEDS, status=s)
        for s in (Status.DONE, Status.PLANNED, Status.PROPOSED)
    )
    assert [level(e)[1] for e in (done, planned, proposed)] == [2, 2, 1]


def test_laws_have_a_scale_of_their_own_at_45_degrees(make):
    law = make(event=PloverEvent.NONE, x_event=ExtensionEvent.LAW, channel=Channel.DEEDS)
    item = ITEMS.look_up(law.signal, COMMITMENT)
    assert isinstance(item, Item)
    assert (item.type.angle, item.level) == (45.0, 3)


def test_taking_back_is_evidence_of_its_own_kind(make):
    back = make(event=PloverEvent.CONCEDE, x_event=ExtensionEvent.WITHDRAW, valence=Valence.RETRACT)
    assert level(back) == ("walkback_commitment", 0)
    softened = make(event=PloverEvent.CONCEDE, x_event=ExtensionEvent.DENY, valence=Valence.RETRACT)
    assert level(softened)[0] == "walkback_commitment"


@pytest.mark.parametrize("status", [Status.HISTORICAL, Status.HYPOTHETICAL, Status.DENIED])
def test_what_did_not_happen_now_is_no_evidence_and_says_why(make, status):
    assert isinstance(level(make(status=status)), str)


def test_a_denial_by_somebody_else_touches_the_report_only(make):
    denial = make(x_event=ExtensionEvent.DENY, valence=Valence.NEUTRAL, event=PloverEvent.NONE)
    assert "credibility" in level(denial)


def test_a_summary_of_many_acts_is_refused(make):
    assert "summary" in level(make(aggregate=True))


def test_officialness_is_ordered(make):
    values = [
        ITEMS.officialness(make(officialness=o).signal)
        for o in (
            Officialness.OFFICIAL,
            Officialness.ANONYMOUS_OFFICIAL,
            Officialness.SEMI_OFFICIAL,
            Officialness.RETIRED_OFFICIAL,
            Officialness.UNOFFICIAL,
        )
    ]
    assert values == sorted(values, reverse=True) and values[0] == 1.0


def test_an_item_table_that_lacks_a_value_of_the_vocabulary_is_refused(tmp_path: Path):
    file = tmp_path / "items.toml"
    file.write_text('name = "x"\nversion = 1\norigin = "elicited"\n[events]\n', "utf-8")
    with pytest.raises(DescriptionError, match="events"):
        load_items(file)


def test_contact_stands_with_cooperation_in_hostile_talk(make):
    """On public event data a scale with contact between the two predicted worse."""
    talks = make(event=PloverEvent.CONSULT, protege=None, valence=Valence.NEUTRAL)
    offer = make(event=PloverEvent.COOPERATE, protege=None, valence=Valence.CONCILIATE)
    assert level(talks, HOSTILITY, "CHN") == level(offer, HOSTILITY, "CHN")
    first = load_items("items-1")
    item = first.look_up(talks.signal, HOSTILITY, "CHN")
    assert isinstance(item, Item) and item.level == 1


def test_floor_of_a_valence_holds_per_channel(make):
    words = make(event=PloverEvent.CONSULT, protege=None, valence=Valence.ACCUSE)
    deeds = make(event=PloverEvent.CONSULT, protege=None, valence=Valence.ACCUSE,
                 channel=Channel.DEEDS)  # fmt: skip
    assert level(words, HOSTILITY, "CHN")[1] == 1
    assert level(deeds, HOSTILITY, "CHN")[1] == 2


def test_an_unknown_table_names_the_shipped_one():
    with pytest.raises(DescriptionError, match="items-1"):
        load_items("items-99")

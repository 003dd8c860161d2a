"""How far, in whose name, how explicit: each rule of docs/reference/record.md by itself."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from standoff.read.acts.status import explicitness_of, officialness_of, status_of
from standoff.terms import Channel, Officialness, Party, PloverEvent, Status, Valence


def frame(**changes: object) -> SimpleNamespace:
    held = {
        "level": 3, "valence": Valence.COMMIT, "channel": Channel.WORDS, "negated": False,
        "modalities": (), "event": PloverEvent.SUPPORT,
    }  # fmt: skip
    return SimpleNamespace(**(held | changes))


@pytest.mark.parametrize(
    ("level", "named", "hedged", "conditional", "vague", "explicit"),
    [
        (3, True, False, False, False, 3),
        (3, True, True, False, False, 2),  # "could defend Taiwan"
        (3, False, False, False, False, 1),  # "will defend": nobody is named
        (3, False, False, True, False, 2),  # "if attacked, will respond"
        (3, False, True, False, False, 1),
        (2, True, False, False, False, 2),
        (2, False, False, False, False, 1),
        (2, False, False, True, False, 2),
        (1, False, True, False, False, 1),
        (0, True, False, False, False, 0),
        (3, True, False, False, True, 1),  # what is asked for is vague
        (0, True, False, False, True, 0),
    ],
)
def test_a_promise_is_as_explicit_as_its_object_and_its_hedge_let_it_be(
    level: int, named: bool, hedged: bool, conditional: bool, vague: bool, explicit: int
) -> None:
    found = explicitness_of(
        frame(level=level), named=named, hedged=hedged, conditional=conditional, vague=vague
    )
    assert found == explicit


def test_only_promises_and_threats_fall_to_one_without_an_object() -> None:
    for valence, explicit in (
        (Valence.COMMIT, 1),
        (Valence.THREATEN, 1),
        (Valence.ACCUSE, 2),
        (Valence.NEUTRAL, 2),
    ):
        asked = frame(level=2, valence=valence)
        assert explicitness_of(asked, named=False, hedged=False, conditional=False) == explicit


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (Party("JPN", "GOV", office="defence minister"), Officialness.OFFICIAL),
        (Party("JPN", "GOV", office="Former defence minister"), Officialness.RETIRED_OFFICIAL),
        (Party("JPN", "MED"), Officialness.SEMI_OFFICIAL),
        (Party("JPN", "PTY"), Officialness.SEMI_OFFICIAL),
        (Party("JPN", "EDU"), Officialness.UNOFFICIAL),
        (Party("XXX"), Officialness.UNOFFICIAL),
        (Party("JPN"), Officialness.OFFICIAL),
    ],
)
def test_in_whose_name(source: Party, name: Officialness) -> None:
    assert officialness_of([source], anonymous=False, agentless=False) is name
    assert officialness_of([source], anonymous=True, agentless=False) is (
        Officialness.ANONYMOUS_OFFICIAL
    )
    assert officialness_of([source], anonymous=False, agentless=True) is Officialness.UNKNOWN
    assert officialness_of([], anonymous=False, agentless=False) is Officialness.UNKNOWN


WORDS, DEEDS = {"channel": Channel.WORDS}, {"channel": Channel.DEEDS}


@pytest.mark.parametrize(
    ("frame_", "scope", "verb", "own", "status"),
    [
        (WORDS, {}, {}, False, Status.DONE),
        (DEEDS, {}, {}, False, Status.DONE),
        (DEEDS, {}, {"progressive": True}, False, Status.ONGOING),
        (DEEDS, {}, {"progressive": True, "tense": "past"}, False, Status.DONE),
        (WORDS, {}, {"progressive": True}, False, Status.DONE),
        (DEEDS, {"modality": "will"}, {}, False, Status.PLANNED),
        (DEEDS, {"modality": "plan"}, {}, False, Status.PLANNED),
        (DEEDS, {"modality": "must"}, {}, False, Status.PLANNED),
        (DEEDS, {"modality": "would"}, {}, False, Status.CONDITIONAL),
        (DEEDS, {"modality": "would"}, {}, True, Status.PLANNED),
        (DEEDS, {"modality": "seek"}, {}, False, Status.ONGOING),
        (WORDS, {"modality": "seek"}, {}, False, Status.PROPOSED),
        (DEEDS, {"modality": "may"}, {}, False, Status.PROPOSED),
        (DEEDS, {"modality": "consider"}, {}, False, Status.PROPOSED),
        (DEEDS, {"modality": "should"}, {}, False, Status.PROPOSED),
        (DEEDS, {"modality": "decide"}, {}, False, Status.PLANNED),
        (DEEDS | {"event": PloverEvent.SANCTION}, {"modality": "decide"}, {}, False, Status.DONE),
        (WORDS, {"modality": "decide"}, {}, False, Status.DONE),
        (WORDS, {"modality": "will"}, {}, True, Status.DONE),  # "we will defend it" is said
        (WORDS, {"modality": "will"}, {}, False, Status.PLANNED),
        (WORDS | {"modalities": ("will",)}, {"modality": "will"}, {}, False, Status.DONE),
        (WORDS | {"negated": True}, {"modality": "will", "negated": True}, {}, False, Status.DONE),
        (DEEDS | {"negated": True}, {"modality": "will", "negated": True}, {}, False, Status.PLANNED),
        (DEEDS | {"negated": True}, {"modality": "could", "negated": True}, {}, False, Status.DONE),
        (DEEDS, {"modality": "could", "negated": True}, {}, False, Status.PROPOSED),
        (DEEDS, {"alleged": True}, {}, False, Status.ALLEGED),
        (DEEDS, {"accused": True}, {}, False, Status.ALLEGED),
    ],
)  # fmt: skip
def test_how_far_an_act_has_got(frame_, scope, verb, own: bool, status: Status) -> None:
    given = SimpleNamespace(
        **({"modality": "", "negated": False, "alleged": False, "accused": False} | scope)
    )
    told = SimpleNamespace(**({"progressive": False, "tense": "present"} | verb))
    assert status_of(frame(**frame_), given, told, own=own, conditional=False) is status
    assert status_of(frame(**frame_), given, told, own=own, conditional=True) is Status.CONDITIONAL

"""Refusals and assurances: "will not lift the embargo", "would not attack".

A negated future is no event that failed to happen but an answer given: of a friendly act a refusal
(REJECT), of a hostile one an assurance (AGREE, valence reassure). A negated past stays denied.
"""

from __future__ import annotations

from dataclasses import replace

from standoff.read.frames import Frame
from standoff.read.reading import Clause
from standoff.read.views import Colour
from standoff.terms import Channel, Cost, PloverEvent, Valence

_FRIENDLY = frozenset("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT".split())
_HOSTILE = frozenset("THREATEN ASSAULT MOBILIZE COERCE SANCTION".split())
_HELP = frozenset("SUPPORT AID COOPERATE".split())


_HOSTILE_VERBS = frozenset(
    "attack strike bomb invade interfere use fire threaten harm target deploy retaliate escalate "
    "intervene seize annex destroy kill arrest expel sanction block cross violate provoke undermine "
    "develop test launch meddle support".split()
)


def assurance_of(frame: Frame, verb: str) -> Frame:
    """The frame of a promise not to do something: an assurance where that would be hostile, a
    refusal where it would be a concession ("vowed never to abandon")."""
    if verb in _HOSTILE_VERBS:
        return replace(
            frame, valence=Valence.REASSURE, level=max(frame.level, 2), x_event=frame.x_event
        )
    return replace(
        frame, id="REJECT.vowed-not", event=PloverEvent.REJECT, mode="yield", x_event=None,
        valence=Valence.COMMIT, level=2, pledge=False,
    )  # fmt: skip


def threat_of(frame: Frame) -> Frame:
    """The frame of a deed that is held out under a condition: "would shut the crossing unless".

    >>> from datetime import date
    >>> from standoff.read import read_report
    >>> text = "Iran said it would close the strait unless the United States lifted the sanctions."
    >>> [(s.event.value, s.status.value) for s in read_report(text, published=date(2021, 8, 13)).signals]
    [('THREATEN', 'conditional')]
    """
    if frame.event.value not in ("COERCE", "SANCTION", "ASSAULT", "MOBILIZE") or frame.joint:
        return frame
    mode = {"COERCE": "restrict", "SANCTION": "restrict", "ASSAULT": "violence"}.get(
        frame.event.value
    )
    return replace(
        frame, id=f"THREATEN.if-{frame.event.value.lower()}", event=PloverEvent.THREATEN, mode=mode,
        channel=Channel.WORDS, valence=Valence.THREATEN, cost=Cost.CHEAP, level=3, speaker=True,
    )  # fmt: skip


def refusal_of(frame: Frame, clause: Clause, shade: Colour) -> Frame | None:
    """The frame of the answer that a negated future gives, or None.

    >>> from datetime import date
    >>> from standoff.read import read_report
    >>> texts = ("France will not lift the ban on Britain.", "Iran did not lift the ban.")
    >>> [[s.event.value for s in read_report(t, published=date(2021, 8, 13)).signals] for t in texts]
    [['REJECT'], []]
    """
    if shade.reason or shade.modality not in ("will", "would") or not clause.verb.negated:
        return None
    if clause.kind not in ("main", "complement") or clause.verb.modality not in ("will", "would"):
        return None
    event = frame.event.value
    if clause.verb.lemma in ("be", "remain", "stay"):
        return None
    if event in _FRIENDLY:
        mode = "assist" if event in _HELP else "meet" if event == "CONSULT" else "yield"
        return replace(
            frame, id="REJECT.will-not", event=PloverEvent.REJECT, mode=mode, x_event=None,
            channel=Channel.WORDS, valence=Valence.ACCUSE, cost=Cost.CHEAP, level=2, pledge=False,
            negated=True, modalities=frozenset(("will", "would")),
        )  # fmt: skip
    if event == "MOBILIZE" and clause.verb.lemma in ("send", "deploy", "dispatch", "commit"):
        return replace(
            frame, id="REJECT.will-not-send", event=PloverEvent.REJECT, mode="assist", x_event=None,
            channel=Channel.WORDS, valence=Valence.NEUTRAL, cost=Cost.CHEAP, level=2, pledge=False,
            negated=True, modalities=frozenset(("will", "would")),
        )  # fmt: skip
    if event in _HOSTILE and clause.verb.passive and clause.verb.modality != "would":
        return replace(
            frame, id="REJECT.will-not-be", event=PloverEvent.REJECT, mode="yield", x_event=None,
            channel=Channel.WORDS, valence=Valence.COMMIT, cost=Cost.CHEAP, level=2, pledge=False,
            negated=True, modalities=frozenset(("will", "would")), speaker=True,
        )  # fmt: skip
    if event in _HOSTILE:
        return replace(
            frame, id="AGREE.will-not", event=PloverEvent.AGREE, mode=None, x_event=None,
            channel=Channel.WORDS, valence=Valence.REASSURE, cost=Cost.CHEAP, level=2,
            pledge=False, negated=True, modalities=frozenset(("will", "would")),
        )  # fmt: skip
    return None

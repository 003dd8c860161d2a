"""What a frame becomes under a will, a refusal or a condition: threats, assurances, refusals.

A negated future is no event that failed to happen but an answer given: of a friendly act a refusal
(REJECT), of a hostile one an assurance (AGREE, valence reassure). A hostile deed that one's own side
will do, or would do under a condition, is a threat.
"""

from __future__ import annotations

from dataclasses import replace

from standoff.read.acts.predicates import Predicate
from standoff.read.acts.scope import Scope
from standoff.read.frames import Frame
from standoff.terms import Channel, Cost, PloverEvent, Valence

_FRIENDLY = frozenset("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT".split())
_HOSTILE = frozenset("THREATEN ASSAULT MOBILIZE COERCE SANCTION".split())
_HELP = frozenset("SUPPORT AID COOPERATE".split())
_CONTENT = {"COERCE": "restrict", "SANCTION": "restrict", "ASSAULT": "violence"}
_HOSTILE_VERBS = frozenset(
    "attack strike bomb invade interfere use fire threaten harm target deploy retaliate escalate "
    "intervene seize annex destroy kill arrest expel sanction block cross violate provoke undermine "
    "develop test launch meddle support".split()
)


def threat_of(frame: Frame) -> Frame:
    """The frame of a hostile deed that is held out.

    >>> from datetime import date
    >>> from standoff.read import read_report
    >>> text = "Iran said it would close the strait unless the United States lifted the sanctions."
    >>> [(s.event.value, s.status.value) for s in read_report(text, published=date(2021, 8, 13)).signals]
    [('THREATEN', 'conditional')]
    """
    if frame.event.value not in _CONTENT or frame.joint:
        return frame
    return replace(
        frame, id=f"THREATEN.if-{frame.event.value.lower()}", event=PloverEvent.THREATEN,
        mode=_CONTENT.get(frame.event.value), channel=Channel.WORDS, valence=Valence.THREATEN,
        cost=Cost.CHEAP, level=3, x_event=None,
    )  # fmt: skip


def held_out(frame: Frame, content: Frame) -> Frame:
    """The frame of a promise of a hostile act ("ready to strike", "vowed to sink"): a threat."""
    return replace(
        frame, id="THREATEN.hold-out", event=PloverEvent.THREATEN, mode=_CONTENT.get(content.event.value),
        valence=Valence.THREATEN, level=3, x_event=None, pledge=False,
    )  # fmt: skip


def assurance_of(frame: Frame, verb: str) -> Frame:
    """The frame of a promise not to do something: an assurance where that would be hostile, a
    refusal where it would be a concession ("vowed never to abandon")."""
    if verb in _HOSTILE_VERBS:
        return replace(
            frame, event=PloverEvent.AGREE, valence=Valence.REASSURE, level=max(frame.level, 2)
        )
    return replace(
        frame, id="REJECT.vowed-not", event=PloverEvent.REJECT, mode="yield", x_event=None,
        valence=Valence.COMMIT, level=2, pledge=False,
    )  # fmt: skip


def refusal_of(frame: Frame, verb: Predicate, scope: Scope) -> Frame | None:
    """The frame of the answer that a negated future gives, or None.

    >>> from datetime import date
    >>> from standoff.read import read_report
    >>> texts = ("France will not lift the ban on Britain.", "Iran did not lift the ban.")
    >>> [[s.event.value for s in read_report(t, published=date(2021, 8, 13)).signals] for t in texts]
    [['REJECT'], []]
    """
    if (
        scope.reason
        or scope.modality not in ("will", "would")
        or verb.lemma in ("be", "remain", "stay")
    ):
        return None
    event = frame.event.value
    answer = replace(
        frame, x_event=None, channel=Channel.WORDS, cost=Cost.CHEAP, level=2, pledge=False,
        negated=True, modalities=frozenset(("will", "would")),
    )  # fmt: skip
    if event in _FRIENDLY:
        mode = "assist" if event in _HELP else "meet" if event == "CONSULT" else "yield"
        return replace(
            answer,
            id="REJECT.will-not",
            event=PloverEvent.REJECT,
            mode=mode,
            valence=Valence.ACCUSE,
        )
    if event == "MOBILIZE" and verb.lemma in ("send", "deploy", "dispatch", "commit"):
        return replace(
            answer,
            id="REJECT.will-not-send",
            event=PloverEvent.REJECT,
            mode="assist",
            valence=Valence.NEUTRAL,
        )
    if event in _HOSTILE and verb.passive and verb.modal != "would":
        return replace(
            answer,
            id="REJECT.will-not-be",
            event=PloverEvent.REJECT,
            mode="yield",
            valence=Valence.COMMIT,
            speaker=True,
        )
    if event in _HOSTILE:
        return replace(
            answer,
            id="AGREE.will-not",
            event=PloverEvent.AGREE,
            mode=None,
            valence=Valence.REASSURE,
        )
    return None

"""How far an act has got, in whose name, and how explicit it is.

Each field is computed from parts that are named beside it, so that it can be audited.
"""

from __future__ import annotations

from collections.abc import Sequence

from standoff.read.acts.predicates import Predicate
from standoff.read.acts.scope import Scope
from standoff.read.frames import Frame
from standoff.terms import Channel, Officialness, Party, Status, Valence

_SEMI = frozenset(("PTY", "MED"))
_UNOFFICIAL = frozenset("EDU CVL NGO BUS REB OPP".split())


def status_of(
    frame: Frame, scope: Scope, verb: Predicate, *, own: bool, conditional: bool
) -> Status:
    """The status that modality, tense and frame give, before the date is known.

    `own` says that the source itself tells it ("we will strike").
    """
    words = frame.channel is Channel.WORDS
    modality = scope.modality
    if frame.negated and scope.negated and modality in ("may", "could"):
        modality = ""  # "could no longer be seen" tells what happened
    if conditional:
        return Status.CONDITIONAL
    if scope.alleged or scope.accused:
        return Status.ALLEGED
    if words and frame.negated and scope.negated and modality in ("will", "would"):
        return Status.DONE  # a refusal is given when it is said
    if modality == "decide":  # a law or a ban is done when it is decided
        return (
            Status.DONE if words or frame.event.value in ("SANCTION", "COERCE") else Status.PLANNED
        )
    if words and (not modality or modality in frame.modalities or own):
        return Status.DONE
    if modality in ("will", "plan", "must"):
        return Status.PLANNED
    if modality == "would":
        return Status.PLANNED if own else Status.CONDITIONAL
    if modality == "seek" and not words:
        return Status.ONGOING
    if modality in ("consider", "may", "could", "seek", "should"):
        return Status.PROPOSED
    return (
        Status.ONGOING
        if verb.progressive and verb.tense == "present" and not words
        else Status.DONE
    )


def officialness_of(sources: Sequence[Party], *, anonymous: bool, agentless: bool) -> Officialness:
    """In whose name: from the sender's sector and office and from who reports it."""
    if anonymous:
        return Officialness.ANONYMOUS_OFFICIAL
    if not sources or agentless:
        return Officialness.UNKNOWN
    first = sources[0]
    if first.office and first.office.lower().startswith("former"):
        return Officialness.RETIRED_OFFICIAL
    if first.sector in _SEMI:
        return Officialness.SEMI_OFFICIAL
    if first.sector in _UNOFFICIAL or first.actor == "XXX":
        return Officialness.UNOFFICIAL
    return Officialness.OFFICIAL


def explicitness_of(
    frame: Frame, *, named: bool, hedged: bool, conditional: bool, vague: bool = False
) -> int:
    """0-3 from its parts: the frame's level, less one for a hedge or for nobody named.

    The frame says what its words promise at most: 0 nothing, 1 concern or a bare act, 2 a clear
    object, 3 object and action. Without a named object 3 and 2 fall by one; a hedge (could, may,
    consider) takes 3 to 2; where what is asked for is vague it is 1 at most.
    """
    level = min(frame.level, 1) if vague else frame.level
    if level == 3 and (hedged or not named):
        level = 2
    if level == 2 and not named and frame.valence in (Valence.COMMIT, Valence.THREATEN):
        level = 2 if conditional else 1
    return level

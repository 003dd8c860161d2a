"""Why a clause that fits a frame is no signal."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.read.acts.casting import Cast
from standoff.read.acts.predicates import Predicate
from standoff.read.acts.recall import Reached
from standoff.read.acts.scope import Scope
from standoff.read.frames import Frame
from standoff.read.lexicon_words import words_of
from standoff.read.syntax import Tree
from standoff.terms import Channel, PloverEvent

NOBODY_NAMED = "nobody named"
"""The reason why an act that somebody did, nobody knows who, is none."""


def why_not(
    tree: Tree, verb: Predicate, frame: Frame, scope: Scope, speakers: Sequence[Reached], *, told: bool
) -> str:  # fmt: skip
    """The reason before it is known who did it; "" where the clause may be a signal."""
    if scope.reason:
        return scope.reason
    if scope.accused and not frame.speaker and frame.channel is Channel.WORDS:
        return "told in an accusation"
    if scope.held >= 0:
        return "promised or threatened, not done"
    if scope.negated and not frame.negated:
        return "denied"
    if scope.modality == "refuse" or _short_of(tree, verb):
        return "denied"
    if scope.modality == "believe" and not frame.speaker:
        return "feared or expected"
    if verb.modal in ("would", "could") and verb.perfect:
        return "hypothetical"
    open_ = (
        scope.modality in ("may", "could", "should", "must")
        and scope.modality not in frame.modalities
    )
    threat = frame.channel is Channel.WORDS and frame.event is PloverEvent.THREATEN
    if open_ and not threat and not frame.speaker and not (scope.negated and frame.negated):
        return "hypothetical" if scope.condition < 0 or not (speakers or verb.modal) else ""
    if (
        scope.modality == "would"
        and not frame.modalities
        and not frame.speaker
        and not frame.pledge
    ):
        return "" if told or scope.condition >= 0 else "hypothetical"
    anyone = verb.subject >= 0 and any(
        tree[k].lower in ("any", "every", "whichever") for k in tree.kids(verb.subject, "det")
    )
    if anyone and not verb.modal and not scope.condition >= 0 and frame.channel is Channel.DEEDS:
        return "of whoever would do it"
    if verb.subject >= 0 and tree[verb.subject].lower in ("nobody", "none", "no-one", "neither"):
        return "nobody did"
    return ""


def _short_of(tree: Tree, verb: Predicate) -> bool:
    """ "Stopped short of accusing", "fell short of an attack"."""
    return any(tree[k].lower == "short" for k in tree.kids(verb.head, "advmod", "acomp"))


def why_nobody(
    tree: Tree, verb: Predicate, frame: Frame, scope: Scope, cast: Cast, speakers: Sequence[Reached], *, told: bool
) -> str:  # fmt: skip
    """The reason once it is known who did it to whom; "" for a signal."""
    words = frame.channel is Channel.WORDS
    doers = {r.party.actor for r in cast.sources}
    speaking = {r.party.actor for r in speakers}
    if frame.speaker and not cast.sources:
        return "nobody says so"
    if frame.speaker and frame.event is PloverEvent.ACCUSE and not cast.targets and not speakers:
        return "nobody accused"
    if words and verb.doer >= 0 and _outsider(tree, verb.doer) and not cast.sources:
        return "an analyst's own words"
    spoken_for = words and verb.subject >= 0 and _speaks_for_somebody(tree, verb.subject)
    own = verb.subject >= 0 and tree[verb.subject].lower in words_of("first_person_subjects")
    doers -= {"XXX"}
    if (
        not doers
        and not (own and words)
        and not (frame.speaker and cast.targets)
        and (not cast.targets or (words and not spoken_for))
    ):
        return NOBODY_NAMED
    if not doers and verb.doer < 0 and not cast.agentless:
        return NOBODY_NAMED
    if (
        doers
        and speaking
        and not doers & speaking
        and scope.modality in ("will", "may", "could", "would", "plan")
        and told
    ) and not frame.speaker:
        return "a forecast about another" if scope.modality != "plan" else ""
    hostile = frame.event in (
        PloverEvent.ASSAULT,
        PloverEvent.COERCE,
        PloverEvent.SANCTION,
        PloverEvent.ACCUSE,
    )
    if hostile and cast.targets and {r.party.actor for r in cast.targets} <= doers:
        return "" if frame.both_ways or len(doers) > 1 else "within one state"
    relative = verb.relation in ("relcl", "acl") and verb.passive and cast.agentless
    if relative and verb.tense != "past" and words:
        return "described, not reported"
    reduced = verb.relation == "acl" and tree[verb.head].form == "VBN" and cast.agentless
    if reduced and tree.kid(verb.head, "aux", "auxpass") < 0:
        return "described, not reported"
    if not doers and not words and frame.event not in (
        PloverEvent.ASSAULT, PloverEvent.MOBILIZE, PloverEvent.PROTEST,
    ):  # fmt: skip
        return NOBODY_NAMED
    thing = any(
        tree[o].tag in ("NOUN", "PROPN")
        for o in (*verb.sufferers, *(g for _, g in verb.preps))
        if o >= 0
    )
    if frame.event in (PloverEvent.ASSAULT, PloverEvent.COERCE) and not cast.targets and not thing:
        return "no one struck"
    by = tree[verb.subject] if verb.subject >= 0 and not verb.passive else None
    if frame.event is PloverEvent.ASSAULT and not doers and by is not None and by.tag == "NOUN":
        return "" if by.lemma in words_of("strikers") else "no one strikes"  # "stocks hit a low"
    return ""


def _speaks_for_somebody(tree: Tree, head: int) -> bool:
    """ "We", "the ministry": somebody's words, though nothing tells whose."""
    token = tree[head]
    if token.lower in words_of("first_person_subjects") or token.lemma in words_of("state_organs"):
        return True
    beside = tree.kids(head, "appos", "relcl")  # "Kanai, who runs a bureau of the ministry"
    return token.tag == "PROPN" and any(
        tree[i].lemma in words_of("state_organs") for kid in beside for i in tree.under(kid)
    )


def _outsider(tree: Tree, head: int) -> bool:
    return tree[head].lower in words_of("outsiders") or tree[head].lemma in words_of("outsiders")

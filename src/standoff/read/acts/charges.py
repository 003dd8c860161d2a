"""What is said of another without a verb that a frame has: judgements, charges, demands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from standoff.read.acts.casting import Casting
from standoff.read.acts.parties import Parties
from standoff.read.acts.predicates import Predicate
from standoff.read.acts.recall import Reached, Recall
from standoff.read.acts.scope import Scope
from standoff.read.acts.views import own_words, phrase, view_of
from standoff.read.frames import Match, frame_classes, frame_named, match_frame
from standoff.read.lexicon_words import words_of
from standoff.read.syntax import Tree

_LAID = frozenset("ASSAULT COERCE MOBILIZE".split())
"""Deeds by which a claim about another is an accusation."""


class Charges:
    """Finds them among the predicates of one sentence."""

    def __init__(
        self, tree: Tree, verbs: dict[int, Predicate], scopes: Mapping[int, Scope], parties: Parties,
        casting: Casting, recall: Recall,
    ) -> None:  # fmt: skip
        self.tree, self.verbs, self.scopes = tree, verbs, scopes
        self.parties, self.casting, self.recall = parties, casting, recall

    def judgement(self, verb: Predicate, scope: Scope, loose: Sequence[Reached]) -> Match | None:
        """ "Azerbaijan grossly violates its obligations", said by another."""
        if (
            not loose
            or verb.subject < 0
            or not verb.finite
            or verb.passive
            or scope.reason
            or scope.modality not in ("", "will")
        ):
            return None
        own = [self.tree[i] for i in own_words(self.tree, verb.head, self.verbs)]
        inside = [self.tree[i] for i in self.tree.under(verb.subject)]
        bad = frame_classes()["BAD"]
        words = (
            [t for o in verb.objects for t in phrase(self.tree, o)] if verb.lemma == "be" else own
        )
        words = [t for t in words if t not in inside]
        found = next((t for t in words if t.lemma in bad or t.lower in bad), None)
        said = self.parties.speakers[verb.head] or loose == self.recall.author
        blaming = verb.lemma in words_of("blaming") and verb.objects and said
        if (found is None and not blaming) or scope.negated:
            return None
        blamed = self.parties.doers(verb.subject) or self.casting.meant(verb, loose)
        speaking = {r.party.actor for r in loose}
        if not blamed or {r.party.actor for r in blamed} & (speaking | {"XXX", "MULTI"}):
            return None
        return Match(frame_named("ACCUSE.judge"), (verb.head, *([found.index] if found else [])))

    def warning_of(self, verb: Predicate) -> Match | None:
        """ "The US warned that Russia may attack": what it says of another, no threat of its own."""
        inner = self.verbs.get(verb.complement)
        if verb.lemma not in ("warn", "caution") or inner is None or inner.path != "subject":
            return None
        other = {r.party.actor for r in self.parties.doers(inner.subject)} - {"XXX"}
        own = {r.party.actor for r in self.parties.of(verb.doer)} if verb.doer >= 0 else set[str]()
        addressed = any(self.parties.of(o) for o in verb.objects)
        if not other or other & own or addressed or self.scopes[inner.head].condition >= 0:
            return None
        return Match(frame_named("ACCUSE.warn-of"), (verb.head,))

    def charge(self, verb: Predicate) -> Match | None:
        """ "Armenia claimed that Turkey had shot down a plane": a hostile deed laid at another's door."""
        inner = self.verbs.get(verb.complement)
        if verb.lemma not in words_of("charging") or verb.negated or inner is None:
            return None
        if inner.path != "subject" or inner.negated or inner.modal:
            return None
        held = match_frame(view_of(self.tree, inner, self.verbs, Scope()))
        if held is None or held.frame.event.value not in _LAID:
            return None
        other = {r.party.actor for r in self.parties.doers(inner.doer)} - {"XXX"}
        own = (
            {r.party.actor for r in self.parties.of(verb.doer)} - {"XXX"}
            if verb.doer >= 0
            else set[str]()
        )
        return (
            Match(frame_named("ACCUSE.allege"), (verb.head,))
            if other and own and not other & own
            else None
        )

    def demand(self, verb: Predicate, scope: Scope, speakers: Sequence[Reached]) -> Match | None:
        """ "Russia must leave", said by another."""
        if (
            verb.modal not in ("must", "should", "ought")
            or verb.passive
            or scope.reason
            or not speakers
        ):
            return None
        asked = (
            {r.party.actor for r in self.parties.of(verb.subject)}
            if verb.subject >= 0
            else set[str]()
        )
        if not asked - {"XXX"} or asked & {r.party.actor for r in speakers}:
            return None
        return Match(frame_named("REQUEST.must"), (verb.head,))

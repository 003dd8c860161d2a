"""Signals: one pass over the clauses of a reading; frames give the event, the clause the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from standoff.read.classify import EventWeights
from standoff.read.coding import Builder, Candidate, Scene
from standoff.read.contexts import places_of
from standoff.read.fallback import settled
from standoff.read.following import (
    first_named,
    goes_on_in,
    keeps_silent,
    promised_not,
    two_sides,
)
from standoff.read.frames import Frame, Match, match_frame
from standoff.read.nonsignals import captions, sentence_reason, subject_matter, why_not
from standoff.read.reading import Clause, Reading, Sentence, Speech, Token
from standoff.read.refusals import assurance_of, refusal_of
from standoff.read.roles import Discourse, Roles
from standoff.read.speech import SPEECH_VERBS, find_speeches
from standoff.read.views import colour, view_of
from standoff.terms import NonSignal, PloverEvent, Signal

SHORT = 2
"""Sentences up to which a text counts as a single item of news."""


class Coder:
    """Codes one reading, sentence by sentence, remembering what was said before."""

    def __init__(self, reading: Reading, weights: EventWeights | None) -> None:
        reading = replace(reading, places=places_of(reading))
        self.reading = reading
        self.weights = weights
        self.short = sum(1 for _ in reading.prose()) <= SHORT
        self.discourse = Discourse()
        self.roles = Roles(reading, self.discourse)
        self.discourse.ours = first_named(reading)
        self.discourse.topic = two_sides(reading)
        self.builder = Builder(self.roles)
        self.signals: list[Signal] = []
        self.nonsignals: list[NonSignal] = list(captions(reading))
        self.speeches: list[Speech] = []
        self.thing: Sequence[Token] = ()
        """The subject of the last main clause: what "it" stands for where a deed is done to it."""

    def run(self) -> Reading:
        """The reading with speeches, signals and nonsignals."""
        reading = self.reading
        topic = subject_matter(reading)
        by_sentence: dict[int, list[Clause]] = {}
        for clause in reading.clauses:
            by_sentence.setdefault(clause.sentence, []).append(clause)
        for sentence in reading.prose():
            clauses = by_sentence.get(sentence.index, [])
            if clauses:
                self._sentence(sentence, clauses, topic or sentence_reason(sentence, reading))
        return replace(
            reading,
            signals=tuple(self.signals),
            nonsignals=tuple(sorted(self.nonsignals, key=lambda n: n.span)),
            speeches=tuple(self.speeches),
        )

    def _sentence(self, sentence: Sentence, clauses: list[Clause], reason: str) -> None:
        reading = self.reading
        self.roles.open_sentence(clauses)
        speeches = find_speeches(reading, sentence, clauses, self.roles, len(self.speeches))
        self.speeches.extend(speeches)
        known, seen = len(self.signals), len(self.nonsignals)
        chosen: list[Candidate] = []
        consumed: set[int] = set()
        for place, clause in enumerate(clauses):
            shade = colour(clauses, clause, reading.tokens)
            match = match_frame(view_of(clauses, place, reading.tokens, shade, self.thing))
            if match is None or clause.index in consumed:
                continue
            if self._said_again(clause, match.frame, chosen):
                if match.frame.level > chosen[-1].match.frame.level:
                    said = replace(chosen[-1].match.frame, level=match.frame.level)
                    chosen[-1] = replace(chosen[-1], match=Match(said, chosen[-1].match.tokens))
                continue
            at = reading.tokens[clause.verb.head].start
            told = any(s.content.start <= at < s.content.end for s in speeches)
            why = reason or why_not(clause, match.frame, shade, told=told)
            if not why and match.frame.id == "REJECT.refuse" and keeps_silent(clauses, place):
                why = "no comment"
            if why == "denied" and (answer := refusal_of(match.frame, clause, shade)):
                match, why = Match(answer, match.tokens), ""
            if why:
                span = self.builder.span(clause, clauses)
                self.nonsignals.append(NonSignal(span, why, match.frame.event.value))
                continue
            if match.frame.event is PloverEvent.AGREE and (told := promised_not(clauses, place)):
                match = Match(assurance_of(match.frame, told), match.tokens)
                consumed.add(clause.index + 1)
            chosen.append(Candidate(clause, match, shade))
            if (
                match.frame.complement
                or self._governs(clauses, place, match.frame)
                or (match.frame.id == "REQUEST.must-stop" and goes_on_in(clauses, place))
            ):
                consumed.add(clause.index + 1)
        for number, candidate in enumerate(chosen):
            limit = chosen[number + 1].clause.first if number + 1 < len(chosen) else sentence.last
            scene = Scene(sentence, clauses, speeches, _until(clauses, candidate.clause, limit))
            self._keep(self.builder.build(scene, candidate, len(self.signals) + 1))
        if self.weights is not None and not reason:
            self._fitted(sentence, clauses, known, seen, self.weights)
        for at in range(known, len(self.signals)):
            self.signals[at] = self.builder.finish(
                self.signals[at], self.signals[max(0, at - 40) : at]
            )
            self.discourse.signals[at] = self.signals[at]
        self._hear(clauses)

    def _keep(self, found: Signal | NonSignal) -> None:
        if isinstance(found, NonSignal):
            self.nonsignals.append(found)
            return
        self.signals.append(found)
        self.discourse.signals.append(found)

    def _hear(self, clauses: Sequence[Clause]) -> None:
        """Remember who the sentence was about: its main subjects, else those of what is said."""
        named = [m for c in clauses for m in self.roles.mentions(c.first, c.last)]
        self.discourse.organisation = next(
            (m.party for m in reversed(named) if m.party.actor == "IGO"),
            self.discourse.organisation,
        )
        mains = [c for c in clauses if c.kind == "main" and c.subject]
        if mains and mains[0].subject and mains[0].subject[1] - mains[0].subject[0] > 1:
            self.thing = self.reading.tokens[slice(*mains[0].subject)]
        for kinds in (("main",), ("complement", "relative")):
            heard = False
            for clause in clauses:
                if clause.verb.finite and clause.subject and clause.kind in kinds:
                    parties = self.roles.senders(*clause.subject)
                    self.discourse.hear(parties)
                    heard = heard or bool(parties)
            if heard:
                return

    def _said_again(self, clause: Clause, frame: Frame, chosen: Sequence[Candidate]) -> bool:
        """True for "warned that it would strike": one threat, not two."""
        held = frame.event.value in (
            "AGREE",
            "CONCEDE",
            "REJECT",
        )  # "assured that it sought no war"
        return any(
            (c.clause.index == clause.parent and c.match.frame.id == "AGREE.assure" and held)
            or (
                c.clause.index == clause.parent
                and clause.kind in ("complement", "infinitive")
                and (c.match.frame.event is frame.event or c.match.frame.id == "THREATEN.warn")
            )
            for c in chosen
        )

    def _governs(self, clauses: Sequence[Clause], place: int, frame: Frame) -> bool:
        """True if the next clause is what was agreed to: a pledge of an act is one signal."""
        if frame.event is not PloverEvent.AGREE or place + 1 >= len(clauses):
            return False
        following = clauses[place + 1]
        return following.kind == "infinitive" and following.parent == clauses[place].index

    def _fitted(
        self, sentence: Sentence, clauses: list[Clause], known: int, seen: int,
        weights: EventWeights,
    ) -> None:  # fmt: skip
        """What the fitted model adds to a sentence, or overrules in it."""
        new = settled(
            self.reading, sentence, clauses, self.roles, self.signals[known:],
            self.nonsignals[seen:], known + 1, weights, self.short,
        )  # fmt: skip
        self.signals[known:] = new
        self.discourse.signals[known:] = new


def _until(clauses: Sequence[Clause], clause: Clause, limit: int) -> int:
    """Where the words of a signal end at the latest: before who says so ("..., Manila said") and
    before another act that is told in a clause of time ("after Russian guards removed the buoys")."""
    for other in clauses:
        if (
            other.index > clause.index
            and other.kind == "adverbial"
            and other.subject
            and other.verb.finite
            and other.first >= clause.verb.last
        ):
            return min(limit, other.first)
        if (
            other.index > clause.index
            and other.kind == "main"
            and other.verb.lemma in SPEECH_VERBS
            and other.subject
            and other.subject[0] >= clause.verb.last
        ):
            return min(limit, max(other.subject[0], clause.verb.last))
    return limit


def find_signals(reading: Reading, weights: EventWeights | None = None) -> Reading:
    """The reading with its signals, nonsignals and speeches filled in.

    Without `weights` the frames alone decide.
    """
    return Coder(reading, weights).run()

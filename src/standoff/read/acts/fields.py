"""The fields of a signal, each from the words that give it, and which words those were."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from standoff.read.acts.casting import Cast
from standoff.read.acts.parties import Parties
from standoff.read.acts.predicates import Predicate, supposed_goal
from standoff.read.acts.recall import Reached, Recall, as_coded
from standoff.read.acts.scope import Scope
from standoff.read.acts.speeches import Speeches, is_anonymous
from standoff.read.acts.status import explicitness_of, officialness_of, status_of
from standoff.read.acts.views import own_words
from standoff.read.acts.when import date_of, is_background, not_after
from standoff.read.contexts import commitment_of, contexts_of
from standoff.read.frames import Frame, Match
from standoff.read.lexicon_words import words_of
from standoff.read.modes import mode_of
from standoff.read.nonsignals import is_summary
from standoff.read.reading import Reading, Sentence, Speech, Token
from standoff.read.syntax import Tree
from standoff.terms import (
    Attribution,
    AttributionKind,
    Channel,
    DateBasis,
    Part,
    Party,
    Period,
    PlaceMention,
    PloverEvent,
    Signal,
    Span,
    Status,
    Valence,
)

_VAGUE = frozenset(
    "restraint calm prudence prudent responsible responsibly escalation escalatory de-escalate unilateral "
    "firmly firm peace peaceful peacefully stability tension action vigilance caution".split()
)
"""What is asked for without saying which act."""


class Fields:
    """Fills in the signals of one sentence."""

    def __init__(
        self, reading: Reading, sentence: Sentence, tree: Tree, verbs: dict[int, Predicate],
        scopes: Mapping[int, Scope], parties: Parties, speeches: Speeches, recall: Recall,
    ) -> None:  # fmt: skip
        self.reading, self.sentence, self.tree = reading, sentence, tree
        self.verbs, self.scopes = verbs, scopes
        self.parties, self.speeches, self.recall = parties, speeches, recall

    def whoever(self, verb: Predicate, scope: Scope) -> bool:
        """ "Any ship found there would be attacked": by whom, its speaker says."""
        struck = verb.passive and verb.agent < 0 and verb.subject >= 0
        return (
            struck
            and scope.modality in ("will", "would")
            and any(
                self.tree[k].lower in ("any", "every", "all")
                for k in self.tree.kids(verb.subject, "det", "predet")
            )
        )

    def signal(
        self,
        verb: Predicate,
        scope: Scope,
        match: Match,
        cast: Cast,
        speakers: Sequence[Reached],
        sure: tuple[tuple[str, float], ...] = (),
        decided: Status | None = None,
        level: int | None = None,
    ) -> Signal:
        """The signal of an act; `decided` is its status, `level` how explicit it is, and `sure` the
        probability of each field where the models have spoken."""
        frame = match.frame
        span = self.span(verb)
        trigger = self._trigger(verb, match)
        span = self.reading.span(min(span.start, trigger.start), max(span.end, trigger.end))
        sources = tuple(as_coded(r.party) for r in cast.sources) or (Party("XXX"),)
        targets = tuple(as_coded(r.party) for r in cast.targets)
        before = self.recall.signals[-1].date if self.recall.signals else None
        period = date_of(self.reading, self.sentence, self.tree, verb, self.verbs, before)
        condition = self._condition(verb, scope)
        if not condition and frame.event is PloverEvent.THREATEN:
            condition = self._any_further(verb)
        own = bool({r.party.actor for r in speakers} & {p.actor for p in sources})
        status = status_of(frame, scope, verb, own=own, conditional=bool(condition))
        if status in (Status.DONE, Status.ONGOING) and self._laid_at(scope, frame, sources):
            status = Status.ALLEGED
        deed = frame.channel is Channel.DEEDS
        published = self.reading.published
        if is_background(period, published) and status in (Status.DONE, Status.ONGOING):
            status = Status.HISTORICAL
        if (
            status is Status.DONE and deed and period.start is not None and period.end is not None
            and period.start <= published < period.end and period.basis is DateBasis.STATED
            and frame.event in (PloverEvent.MOBILIZE, PloverEvent.COOPERATE)
        ):  # fmt: skip
            status = Status.ONGOING
        status = decided or status
        period = not_after(period, status, published)
        words = [t for t in self.tree.tokens if span.start <= t.start < span.end]
        chain = self.speeches.chain(verb, scope)
        protege = self._protege(frame, cast, verb)
        protege = None if protege is not None and protege.startswith("XXX") else protege
        signal = Signal(
            id="",
            span=span,
            trigger=trigger,
            sources=sources,
            targets=targets,
            event=frame.event,
            channel=frame.channel,
            status=status,
            officialness=officialness_of(
                sources, anonymous=is_anonymous(self.reading.text[self.sentence.start : self.sentence.end]),
                agentless=cast.agentless and not cast.sources,
            ),
            explicitness=level if level is not None else explicitness_of(
                frame, named=bool(targets), conditional=bool(condition),
                hedged=scope.modality in ("may", "could", "consider", "should"),
                vague=frame.event is PloverEvent.REQUEST and any(t.lemma in _VAGUE for t in words),
            ),
            cost=frame.cost,
            valence=self._valence(frame, cast),
            date=period,
            mode=mode_of(frame.event.value, frame.mode, self._content(verb, frame), [*sources, *targets]),
            x_event=frame.x_event,
            contexts=contexts_of(words),
            protege=protege,
            condition=condition,
            place=self._place(span),
            quantities=self.reading.quantities_in(span.start, span.end),
            attribution=tuple(Attribution(s.speaker, AttributionKind(s.kind), s.cue) for s in chain),
            negated=scope.negated,
            aggregate=is_summary(span.quote),
            rule=frame.id,
            confidence=round(math.prod(p for f, p in sure if f in ("event", "sources")), 3),
            confidences=sure,
            parts=self._parts(verb, scope, frame, cast, period, status, condition, protege, chain),
        )  # fmt: skip
        named = [
            Part("officialness", signal.officialness.value),
            Part(
                "explicitness",
                f"{signal.explicitness} ({'object named' if targets else 'no object'})",
            ),
        ]
        return replace(
            signal,
            commitment=commitment_of(signal, frame, words),
            parts=(*signal.parts, *named),
        )

    def _laid_at(self, scope: Scope, frame: Frame, sources: Sequence[Party]) -> bool:
        """Whether a deed is told as the claim of another side: "Armenia claimed that Turkey shot ..."."""
        if frame.channel is not Channel.DEEDS:
            return False
        own = {p.actor for p in sources}
        for cue in scope.told_by:
            if self.verbs[cue].lemma in words_of("claiming"):
                who = {r.party.actor for r in self.parties.of(self.verbs[cue].doer)} - {"XXX"}
                return bool(who) and not who & own
        return False

    def span(self, verb: Predicate) -> Span:
        """The clause with its subject and what it governs, without what else is joined to it."""
        tree = self.tree
        own = set(own_words(tree, verb.head, self.verbs))
        if verb.complement >= 0:
            own |= set(range(*tree.span(verb.complement)))
        if (verb.subject >= 0 and verb.path in ("subject",)) or verb.path.startswith("participle"):
            own |= set(own_words(tree, verb.subject, self.verbs))
        last = max(own)
        first = min(own)
        while last > first and tree[last].tag in ("PUNCT", "CONJ") and tree[last].text not in '"”)':
            last -= 1
        while (
            first < last and tree[first].tag in ("PUNCT", "CONJ") and tree[first].text not in '"“('
        ):
            first += 1
        return self.reading.token_span(first, last + 1)

    def _trigger(self, verb: Predicate, match: Match) -> Span:
        """The verb group with the words that made the frame fit."""
        tree = self.tree
        first = min(
            [
                verb.head,
                *(k for k in tree.kids(verb.head, "aux", "auxpass", "neg") if k > verb.head - 6),
            ]
        )
        last = max([t for t in match.tokens if t - verb.head < 14] or [verb.head])
        return self.reading.token_span(
            min(first, *match.tokens) if last == verb.head and verb.passive else first,
            max(last, verb.head) + 1,
        )

    def _supposed(self, verb: Predicate, scope: Scope) -> str:
        """ "Any attack would be met with force": the supposed act is the condition."""
        if scope.modality not in ("would", "will") or verb.subject < 0:
            return ""
        noun = self.tree[verb.subject]
        if self.whoever(verb, scope):
            return self.reading.token_span(*self.tree.span(verb.subject)).quote
        opened = any(
            self.tree[k].lower in ("any", "an", "a", "further", "another")
            for k in self.tree.kids(verb.subject)
        )
        if opened and noun.lemma in words_of("supposed_acts"):
            return self.reading.token_span(*self.tree.span(verb.subject)).quote
        return ""

    def _any_further(self, verb: Predicate) -> str:
        """What a threat would answer and has not happened: "will retaliate for any further attack"."""
        goal = supposed_goal(self.tree, verb, self.verbs)
        return self.reading.token_span(*self.tree.span(goal)).quote if goal >= 0 else ""

    def _condition(self, verb: Predicate, scope: Scope) -> str:
        inner = self.scopes.get(verb.complement)
        if scope.condition < 0 and inner is not None and inner.condition >= 0:
            scope = inner
        if scope.condition < 0:
            return self._supposed(verb, scope)
        first, last = self.tree.span(scope.condition)
        return self.reading.token_span(first, last).quote

    def _content(self, verb: Predicate, frame: Frame) -> Sequence[Token]:
        """What the verb governs, for a deed with its subject: who or what did it."""
        last = self.tree.span(verb.head)[1]
        told = [self.tree[i] for i in range(verb.head, last)][:30]
        if frame.channel is Channel.DEEDS and verb.subject >= 0:
            told += [self.tree[i] for i in range(*self.tree.span(verb.subject))][:12]
        return told

    def _valence(self, frame: Frame, cast: Cast) -> Valence:
        if frame.event is PloverEvent.MOBILIZE:
            if cast.protege is not None:
                return Valence.COMMIT
            if frame.aimed and not cast.targets:
                return Valence.PREPARE
        return frame.valence

    def _protege(self, frame: Frame, cast: Cast, verb: Predicate) -> str | None:
        """Whom a pledge, help or a deployment protects."""
        if cast.protege is not None and frame.event.value in (
            "MOBILIZE",
            "SUPPORT",
            "AID",
            "COOPERATE",
            "THREATEN",
            "AGREE",
        ):
            return cast.protege
        if not frame.pledge and frame.event is not PloverEvent.AID:
            return None
        return next(
            (r.party.actor for r in cast.targets if r.party.actor not in ("XXX", "MULTI")), None
        )

    def _place(self, span: Span) -> PlaceMention | None:
        """The first place named in the span."""
        places = self.reading.places
        at = bisect_left(places, span.start, key=lambda p: p.span.start)
        return places[at] if at < len(places) and places[at].span.end <= span.end else None

    def _parts(
        self,
        verb: Predicate,
        scope: Scope,
        frame: Frame,
        cast: Cast,
        period: Period,
        status: Status,
        condition: str,
        protege: str | None,
        chain: Sequence[Speech],
    ) -> tuple[Part, ...]:
        """Which words gave which field, and by which path a party was reached."""
        reading = self.reading
        verb_span = reading.token_span(verb.head, verb.head + 1)
        subject = reading.token_span(*self.tree.span(verb.subject)) if verb.subject >= 0 else None
        out = [Part("event", frame.id, verb_span)]
        for field, parties in (("sources", cast.sources), ("targets", cast.targets)):
            for reached in parties:
                out.append(
                    Part(
                        field,
                        f"{reached.party.actor}: {reached.path}",
                        subject if field == "sources" else None,
                    )
                )
        if verb.subject >= 0 and verb.path != "subject":
            out.append(Part("subject", verb.path, subject))
        out.append(Part("status", f"{status.value} ({scope.modality or verb.tense})", verb_span))
        when = period.start.isoformat() if period.start else "-"
        dated = next(
            (d.span for d in reading.dates_in(self.sentence.start, self.sentence.end)
             if d.period.text == period.text), None,
        )  # fmt: skip
        out.append(Part("date", f"{when} ({period.basis.value})", dated))
        if protege:
            out.append(Part("protege", protege))
        if condition:
            out.append(Part("condition", condition))
        out.extend(Part("attribution", f"{s.kind}: {s.speaker}", s.cue) for s in chain)
        if scope.negated:
            out.append(Part("negated", "yes", verb_span))
        return tuple(out)

"""Signals: one pass over the clauses of a reading; frames give the event, the clause the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from standoff.read.classify import EventWeights
from standoff.read.fallback import fitted_signal, revised
from standoff.read.frames import Frame, Match, match_frame
from standoff.read.nonsignals import captions, is_summary, sentence_reason, subject_matter, why_not
from standoff.read.reading import Clause, Reading, Sentence, Speech
from standoff.read.refusals import refusal_of
from standoff.read.roles import Discourse, Roles
from standoff.read.speech import find_speeches, is_anonymous, is_hearsay
from standoff.read.status import (
    date_of,
    explicitness_of,
    is_background,
    officialness_of,
    status_of,
)
from standoff.read.views import Colour, colour, view_of
from standoff.terms import (
    Attribution,
    AttributionKind,
    Channel,
    DateBasis,
    NonSignal,
    Part,
    Party,
    PloverEvent,
    Signal,
    Span,
    Status,
)

SHORT = 2
"""Sentences up to which a text counts as a single item of news."""
SURE = 0.9
"""Confidence of a frame that asks for more than a verb."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A clause with the frame that fits it."""

    clause: Clause
    match: Match
    colour: Colour


class Coder:
    """Codes one reading, sentence by sentence, remembering what was said before."""

    def __init__(self, reading: Reading, weights: EventWeights | None) -> None:
        self.reading = reading
        self.weights = weights
        self.short = sum(1 for _ in reading.prose()) <= SHORT
        self.discourse = Discourse()
        self.roles = Roles(reading, self.discourse)
        self.signals: list[Signal] = []
        self.nonsignals: list[NonSignal] = list(captions(reading))
        self.speeches: list[Speech] = []
        self.anonymous = False

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
                self._sentence(sentence, clauses, topic or sentence_reason(sentence))
        return replace(
            reading,
            signals=tuple(self.signals),
            nonsignals=tuple(sorted(self.nonsignals, key=lambda n: n.span)),
            speeches=tuple(self.speeches),
        )

    def _sentence(self, sentence: Sentence, clauses: list[Clause], reason: str) -> None:
        reading = self.reading
        speeches = find_speeches(reading, sentence, clauses, self.roles, len(self.speeches))
        self.speeches.extend(speeches)
        known, seen = len(self.signals), len(self.nonsignals)
        chosen: list[_Candidate] = []
        consumed: set[int] = set()
        for place, clause in enumerate(clauses):
            shade = colour(clauses, clause, reading.tokens)
            match = match_frame(view_of(clauses, place, reading.tokens, shade))
            if match is None or clause.index in consumed:
                continue
            why = reason or why_not(clause, match.frame, shade)
            if why == "denied" and (answer := refusal_of(match.frame, clause, shade)):
                match, why = Match(answer, match.tokens), ""
            if why:
                self.nonsignals.append(
                    NonSignal(self._span(clause, clauses), why, match.frame.event.value)
                )
                continue
            chosen.append(_Candidate(clause, match, shade))
            if match.frame.complement or self._governs(clauses, place, match.frame):
                consumed.add(clause.index + 1)
        for number, candidate in enumerate(chosen):
            limit = chosen[number + 1].clause.first if number + 1 < len(chosen) else sentence.last
            self._code(sentence, clauses, candidate, speeches, limit)
        if self.weights is not None and not reason:
            self._fitted(sentence, clauses, known, seen, self.weights)
        for clause in clauses:
            if clause.verb.finite and clause.subject and clause.kind in ("main", "complement"):
                self.discourse.hear(self.roles.senders(*clause.subject))

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
        new, refused = self.signals[known:], self.nonsignals[seen:]
        if not new:
            span = self.reading.span(sentence.start, sentence.end)
            signal = fitted_signal(
                self.reading,
                sentence,
                clauses,
                self.roles,
                refused,
                known + 1,
                weights,
                span,
                self.short,
            )
            if signal is not None:
                self.signals.append(signal)
                self.discourse.signals.append(signal)
        elif self.short or (len(new) == 1 and new[0].confidence < SURE):
            signal = revised(self.reading, sentence, clauses, new[0], refused, weights, self.short)
            self.signals[known] = signal
            self.discourse.signals[known] = signal

    def _span(self, clause: Clause, clauses: Sequence[Clause], limit: int | None = None) -> Span:
        """The words of the clause with its subject, up to the next clause that is coded itself."""
        tokens = self.reading.tokens
        first = clause.first
        if (
            clause.subject
            and clause.subject[0] < first
            and (tokens[first].sentence == tokens[clause.subject[0]].sentence)
        ):
            between = tokens[clause.subject[1] : first]
            if len(between) < 12:
                first = clause.subject[0]
        last = max(clause.last, min(limit, clause.last + 60) if limit else clause.last)
        while (
            last - 1 > first
            and tokens[last - 1].tag in ("PUNCT", "CONJ", "SUB", "PREP")
            and (tokens[last - 1].text[0] not in '"”)')
        ):
            last -= 1
        while (
            first < clause.verb.first
            and tokens[first].tag in ("PUNCT", "CONJ")
            and (tokens[first].text[0] not in '"“(')
        ):
            first += 1
        return self.reading.token_span(first, max(last, first + 1))

    # ------------------------------------------------------------ one signal

    def _code(
        self, sentence: Sentence, clauses: list[Clause], found: _Candidate,
        speeches: Sequence[Speech], limit: int,
    ) -> None:  # fmt: skip
        reading, clause, frame = self.reading, found.clause, found.match.frame
        chain = self._chain(clause, speeches)
        speaker = self._speaker(chain)
        sources, agentless = self._sources(clause, frame, speaker)
        zone_end = min(max(limit, clause.last), sentence.last)
        targets = self._targets(clause, frame, sources, zone_end)
        if frame.flip:
            sources = self.roles.receivers(clause.verb.last, zone_end, ())
            subject = self.roles.senders(*clause.subject) if clause.subject else []
            taken = {p.actor for p in sources}
            targets = [p for p in subject if p.actor not in taken]
        if frame.needs_target and not targets:
            other = match_frame(view_of(clauses, clause.index - clauses[0].index, reading.tokens,
                                        found.colour), skip=frame)  # fmt: skip
            if other is not None:
                frame = other.frame
        span = self._told_by(self._span(clause, clauses, zone_end), clauses, frame, chain, sources)
        if frame.follow and self._told(sources):
            self.nonsignals.append(NonSignal(span, "part of an act told before", frame.event.value))
            return
        if clause.kind == "participial" and clause.verb.passive and agentless and (
            frame.channel is Channel.WORDS
        ):  # fmt: skip
            self.nonsignals.append(NonSignal(span, "described, not reported", frame.event.value))
            return
        dangling = clause.subject is None or clause.kind in ("participial", "infinitive")
        if not sources and (not targets or (dangling and not clause.verb.passive)):
            self.nonsignals.append(NonSignal(span, "nobody named", frame.event.value))
            return
        if not sources:
            sources = [Party("XXX")]
        sentence_text = reading.text[sentence.start : sentence.end]
        anonymous = is_anonymous(sentence_text)
        hearsay = is_hearsay(sentence_text) and frame.channel is Channel.DEEDS
        own = speaker is not None and speaker.actor in {p.actor for p in sources}
        condition = self._condition(clauses, clause)
        status = status_of(
            frame, found.colour, clause, own_speech=own, conditional=bool(condition),
            hearsay=hearsay,
        )  # fmt: skip
        period = date_of(reading, sentence, span.start, span.end)
        if (
            status is Status.DONE and frame.channel is Channel.DEEDS and period.start is not None
            and period.end is not None and period.start <= reading.published < period.end
            and period.basis is DateBasis.STATED and frame.event.value in ("MOBILIZE", "COOPERATE")
        ):  # fmt: skip
            status = Status.ONGOING
        if is_background(period, reading) and status in (Status.DONE, Status.ONGOING):
            status = Status.HISTORICAL
        hedged = found.colour.modality in ("may", "could", "consider", "should")
        named = bool(targets)
        tokens = sorted({*found.match.tokens})
        trigger = reading.token_span(clause.verb.first, tokens[-1] + 1) if (
            tokens[-1] >= clause.verb.first and tokens[-1] - clause.verb.first < 14
        ) else reading.token_span(clause.verb.first, clause.verb.last)  # fmt: skip
        if trigger.end > span.end or trigger.start < span.start:
            start, end = min(span.start, trigger.start), max(span.end, trigger.end)
            span = reading.span(start, end)
        signal = Signal(
            id=f"s{len(self.signals) + 1}",
            span=span,
            trigger=trigger,
            sources=tuple(sources),
            targets=tuple(targets),
            event=frame.event,
            channel=frame.channel,
            status=status,
            officialness=officialness_of(
                sources, anonymous=anonymous, words=frame.channel is Channel.WORDS,
                agentless=agentless, semi=False,
            ),
            explicitness=explicitness_of(
                frame, named=named, hedged=hedged, conditional=bool(condition)
            ),
            cost=frame.cost,
            valence=frame.valence,
            date=period,
            mode=frame.mode,
            x_event=frame.x_event,
            protege=self._protege(frame, sources, targets, sentence, span),
            condition=condition,
            quantities=reading.quantities_in(span.start, span.end),
            attribution=tuple(
                Attribution(s.speaker, AttributionKind(s.kind), s.cue) for s in chain
            ),
            negated=found.colour.negated,
            aggregate=is_summary(span.quote),
            rule=frame.id,
            confidence=SURE if frame.weight else 0.75,
            parts=(Part("event", frame.id, trigger),),
        )  # fmt: skip
        self.signals.append(signal)
        self.discourse.signals.append(signal)

    def _told_by(
        self, span: Span, clauses: Sequence[Clause], frame: Frame, chain: Sequence[Speech],
        sources: Sequence[Party],
    ) -> Span:  # fmt: skip
        """The span with the words "X said that", where X is the sender: they are the act."""
        if frame.channel is not Channel.WORDS or not chain:
            return span
        speech = chain[-1]
        if speech.mention is not None and (
            self.reading.mentions[speech.mention].party.actor not in {p.actor for p in sources}
        ):
            return span
        cue = next(
            (c for c in clauses if self.reading.tokens[c.verb.first].start == speech.cue.start),
            None,
        )
        if cue is None or speech.cue.start > span.start:
            return span
        start = self._span(cue, clauses).start
        return self.reading.span(start, span.end) if start < span.start else span

    def _told(self, sources: Sequence[Party]) -> bool:
        """True if an act by the same senders was just told, of which this is a consequence."""
        actors = {p.actor for p in sources}
        return any(
            s.event.value in ("MOBILIZE", "ASSAULT") and actors & set(s.source_actors)
            for s in self.signals[-8:]
        )

    def _chain(self, clause: Clause, speeches: Sequence[Speech]) -> list[Speech]:
        """The speeches that hold the clause, outermost first; its own verb is none of them."""
        at = self.reading.tokens[clause.verb.head].start
        return [
            s for s in speeches
            if s.content.start <= at < s.content.end and not s.cue.start <= at < s.cue.end
        ]  # fmt: skip

    def _speaker(self, chain: Sequence[Speech]) -> Party | None:
        for speech in reversed(chain):
            if speech.mention is not None:
                return self.reading.mentions[speech.mention].party
            if speech.speaker.lower() in ("he", "she") and self.discourse.person:
                return self.discourse.person
            if speech.speaker.lower() in ("it", "they") and self.discourse.state:
                return self.discourse.state
        return None

    def _sources(
        self, clause: Clause, frame: Frame, speaker: Party | None
    ) -> tuple[list[Party], bool]:
        """Who sends, and whether nobody was named for it."""
        tokens = self.reading.tokens
        if frame.speaker and speaker is not None:
            return [speaker], False
        if clause.verb.passive:
            after = tokens[clause.verb.last : clause.last]
            found = self.roles.agent(after, clause)
            if found:
                return found, False
            if clause.subject and frame.event.value in ("MOBILIZE", "CONCEDE", "COOPERATE"):
                owned = self.roles.senders(*clause.subject)
                if owned:
                    return owned, frame.event.value == "CONCEDE"
            if speaker is not None:
                return [speaker], False
            state = self.discourse.state
            if frame.channel is Channel.WORDS and state is not None and clause.subject:
                return [Party(state.actor, state.sector, organisation=state.organisation)], False
            return ([Party(self.discourse.home)] if self.discourse.home else []), True
        found = self.roles.senders(*clause.subject) if clause.subject else []
        if not found and speaker is not None:
            return [speaker], False
        return found, False

    def _targets(
        self, clause: Clause, frame: Frame, sources: Sequence[Party], end: int
    ) -> list[Party]:
        verb = clause.verb
        found: list[Party] = []
        if verb.passive and clause.subject:
            found = self.roles.receivers(*clause.subject, sources)
        found = found or self.roles.receivers(verb.last, clause.last, sources)
        if not found and end > clause.last:
            found = self.roles.receivers(clause.last, end, sources)
        if not found and clause.subject and not verb.passive:
            found = self.roles.receivers(*clause.subject, sources)
        if not found:
            last = self.discourse.last_source([p.actor for p in sources])
            if last is not None and frame.event.value in (
                "ACCUSE",
                "REJECT",
                "REQUEST",
                "THREATEN",
            ):
                found = [last]
        return found

    def _protege(
        self, frame: Frame, sources: Sequence[Party], targets: Sequence[Party],
        sentence: Sentence, span: Span,
    ) -> str | None:  # fmt: skip
        """Whom a pledge protects: the target, else who was last named before in the sentence."""
        if not frame.pledge:
            return None
        if targets:
            return targets[0].actor
        own = {p.actor for p in sources} | {"XXX", "MULTI", "IGO"}
        before = self.reading.mentions_in(sentence.start, span.end)
        named = [m.party.actor for m in before if m.party.actor not in own]
        return named[-1] if named else None

    def _condition(self, clauses: Sequence[Clause], clause: Clause) -> str:
        """The words of a condition that hangs on this clause."""
        for other in clauses:
            if (
                other.kind == "condition"
                and other.marker in ("if", "unless", "provided")
                and (abs(other.index - clause.index) <= 2)
            ):
                return self.reading.token_span(other.first, other.last).quote
        return ""


def find_signals(reading: Reading, weights: EventWeights | None = None) -> Reading:
    """The reading with its signals, nonsignals and speeches filled in.

    Without `weights` the frames alone decide.
    """
    return Coder(reading, weights).run()

"""Signals: one pass over the clauses of a reading; frames give the event, the clause the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from standoff.read.frames import Frame, Match, match_frame
from standoff.read.nonsignals import captions, is_summary, sentence_reason, subject_matter
from standoff.read.reading import Clause, Reading, Sentence, Speech
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
    NonSignal,
    Part,
    Party,
    Signal,
    Span,
    Status,
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A clause with the frame that fits it."""

    clause: Clause
    match: Match
    colour: Colour


class Coder:
    """Codes one reading, sentence by sentence, remembering what was said before."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
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
        chosen: list[_Candidate] = []
        consumed: set[int] = set()
        for place, clause in enumerate(clauses):
            shade = colour(clauses, clause, reading.tokens)
            match = match_frame(view_of(clauses, place, reading.tokens, shade))
            if match is None or clause.index in consumed:
                continue
            why = reason or self._why_not(clause, match.frame, shade, sentence, clauses)
            if why:
                self.nonsignals.append(
                    NonSignal(self._span(clause, clauses), why, match.frame.event.value)
                )
                continue
            chosen.append(_Candidate(clause, match, shade))
            if match.frame.complement:
                consumed.add(clause.index + 1)
        for number, candidate in enumerate(chosen):
            limit = chosen[number + 1].clause.first if number + 1 < len(chosen) else sentence.last
            self._code(sentence, clauses, candidate, speeches, limit)
        for clause in clauses:
            if clause.verb.finite and clause.subject and clause.kind in ("main", "complement"):
                self.discourse.hear(self.roles.senders(*clause.subject))

    def _why_not(
        self, clause: Clause, frame: Frame, shade: Colour, sentence: Sentence,
        clauses: Sequence[Clause],
    ) -> str:  # fmt: skip
        """Why a clause that fits a frame is no signal, or ""."""
        if shade.reason:
            return shade.reason
        if shade.negated and not frame.negated:
            return "denied"
        modality = shade.modality
        if modality == "refuse":
            return "denied"
        if modality == "urge":
            return "asked for, not done"
        if modality in ("threaten", "allow"):
            return "threatened or allowed, not done"
        if modality in ("may", "could") and not frame.speaker and modality not in frame.modalities:
            return "hypothetical"
        if (
            modality in ("seek", "should", "must")
            and modality not in frame.modalities
            and (frame.channel is Channel.DEEDS and not frame.x_event)
        ):
            return "hypothetical"
        if (
            modality == "would"
            and not frame.modalities
            and not frame.speaker
            and clause.kind != "complement"
        ):
            return "hypothetical"
        return ""

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
            sources, targets = targets, sources
        span = self._span(clause, clauses, zone_end)
        if not sources and not targets:
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
            protege=targets[0].actor if frame.pledge and targets else None,
            condition=condition,
            quantities=reading.quantities_in(span.start, span.end),
            attribution=tuple(
                Attribution(s.speaker, AttributionKind(s.kind), s.cue) for s in chain
            ),
            negated=found.colour.negated,
            aggregate=is_summary(span.quote),
            rule=frame.id,
            confidence=0.9 if frame.weight else 0.75,
            parts=(Part("event", frame.id, trigger),),
        )  # fmt: skip
        self.signals.append(signal)
        self.discourse.signals.append(signal)

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
        if not found and frame.speaker and clause.subject:
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


def find_signals(reading: Reading) -> Reading:
    """The reading with its signals, nonsignals and speeches filled in."""
    return Coder(reading).run()

"""One signal from one clause: every field from parts that can be shown."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from standoff.read.casting import Casting
from standoff.read.contexts import commitment_of, contexts_of
from standoff.read.frames import Frame, Match, match_frame
from standoff.read.links import keyed, replies_to, retracts
from standoff.read.modes import mode_of
from standoff.read.nonsignals import is_summary
from standoff.read.parts import condition_of, parts_of
from standoff.read.reading import Clause, Sentence, Speech, Token
from standoff.read.refusals import threat_of
from standoff.read.roles import Roles
from standoff.read.speech import SPEECH_VERBS, is_anonymous, is_hearsay
from standoff.read.status import (
    date_of,
    explicitness_of,
    is_background,
    moved_from,
    officialness_of,
    status_of,
)
from standoff.read.views import Colour, view_of
from standoff.terms import (
    Attribution,
    AttributionKind,
    Channel,
    DateBasis,
    Mention,
    NonSignal,
    Party,
    Period,
    PlaceMention,
    PloverEvent,
    Signal,
    Span,
    Status,
    Valence,
)

SURE = 0.9
"""Confidence of a frame that asks for more than a verb."""
_VAGUE = frozenset(
    "restraint calm prudence prudent responsible responsibly escalation escalatory de-escalate unilateral "
    "firmly firm peace peaceful peacefully stability tension action vigilance caution".split()
)
"""What is asked for without saying which act."""
_GUESSES = frozenset("likely probably possibly perhaps presumably arguably conceivably".split())
_NATURE = frozenset(
    "wildfire blaze earthquake quake flood flooding storm typhoon hurricane cyclone tsunami volcano drought "
    "landslide lightning pandemic virus famine heatwave".split()
)
_HELPING = frozenset(
    "defend protect help aid assist support safeguard rescue befall happen".split()
)
_LOSSES = frozenset(("ASSAULT.kill", "ASSAULT.wound", "ASSAULT.hurt"))
HISTORY_YEARS = 60
"""An act so many years before publication is no signal but history."""
_NOT_SPAN = frozenset(("PUNCT", "CONJ", "SUB", "PREP"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause with the frame that fits it."""

    clause: Clause
    match: Match
    colour: Colour


@dataclass(frozen=True, slots=True)
class Scene:
    """What stands around a candidate: its sentence with clauses and speeches, and the token index
    where its words end at the latest."""

    sentence: Sentence
    clauses: Sequence[Clause]
    speeches: Sequence[Speech]
    limit: int


def _titled(speaker: str) -> bool:
    """Whether who speaks is named by more than a pronoun: "the defence minister"."""
    return bool(speaker) and speaker.split()[0].lower() in ("the", "a", "an")


def _valence(
    frame: Frame, clause: Clause, targets: Sequence[Party], named: Sequence[Mention]
) -> Valence:
    """Forces sent towards somebody who is named threaten; forces moved at home prepare."""
    if frame.id != "MOBILIZE.send-force":
        return frame.valence
    towards = {m.party.actor for m in named} & {p.actor for p in targets}
    return Valence.THREATEN if towards and not clause.verb.passive else Valence.PREPARE


class Builder:
    """Builds the signals of one reading."""

    def __init__(self, roles: Roles) -> None:
        self.reading = roles.reading
        self.roles = roles
        self.discourse = roles.discourse
        self.casting = Casting(roles)
        self._starts = [t.start for t in self.reading.tokens]

    def build(self, scene: Scene, found: Candidate, number: int) -> Signal | NonSignal:
        """The signal, or why the clause is none."""
        clause, frame = found.clause, found.match.frame
        condition = condition_of(self.reading, scene.clauses, clause)
        chain = self._chain(clause, scene.speeches)
        speaker = self.casting.speakers(chain)
        unknown = bool(chain) and not speaker and _titled(chain[-1].speaker)
        sources, agentless = self.casting.sources(clause, frame, speaker, unknown=unknown)
        end = min(max(scene.limit, clause.last), scene.sentence.last)
        targets = self.casting.targets(
            clause, frame, sources, self._reach(scene, clause, end), scene.clauses
        )
        targets = targets or self._same_target(scene, frame, sources)
        if frame.flip:
            sources, targets = self._flipped(clause, end)
        if frame.needs_target and not targets:
            place = clause.index - scene.clauses[0].index
            view = view_of(scene.clauses, place, self.reading.tokens, found.colour)
            other = match_frame(view, skip=frame)
            frame = other.frame if other is not None else frame
        if condition and found.colour.modality in ("will", "would"):
            frame = threat_of(frame)
        span = self.span(clause, scene.clauses, end)
        span = self._told_by(span, scene.clauses, frame, chain, sources)
        why = self._why_none(clause, frame, sources, targets, agentless, told=bool(chain))
        if unknown and not sources:
            why = why or "nobody named"
        if why:
            return NonSignal(span, why, frame.event.value)
        sources = sources or [Party("XXX")]
        trigger = self._trigger(clause, found.match)
        if trigger.end > span.end or trigger.start < span.start:
            span = self.reading.span(min(span.start, trigger.start), max(span.end, trigger.end))
        period = self._date(scene, span, clause)
        if period.end is not None and period.end.year < self.reading.published.year - HISTORY_YEARS:
            return NonSignal(span, "history", frame.event.value)
        status = self._status(scene, found, frame, speaker, sources, condition, period)
        text = self.reading.text[scene.sentence.start : scene.sentence.end]
        words = self.words(span)
        parties = [*sources, *targets]
        signal = Signal(
            id=f"s{number}",
            span=span,
            trigger=trigger,
            sources=tuple(sources),
            targets=tuple(targets),
            event=frame.event,
            channel=frame.channel,
            status=status,
            officialness=officialness_of(
                sources, anonymous=is_anonymous(text), words=frame.channel is Channel.WORDS,
                agentless=agentless, semi=False,
            ),
            explicitness=explicitness_of(
                frame, named=bool(targets), conditional=bool(condition),
                hedged=found.colour.modality in ("may", "could", "consider", "should"),
                vague=frame.event is PloverEvent.REQUEST and any(t.lemma in _VAGUE for t in words),
            ),
            cost=frame.cost,
            valence=_valence(frame, clause, targets, self.roles.mentions(clause.verb.last, end)),
            date=period,
            mode=mode_of(frame.event.value, frame.mode, self._content(frame, clause, end), parties),
            x_event=frame.x_event,
            contexts=contexts_of(words),
            protege=self._protege(
                frame, sources, targets, scene.sentence, span, condition, scene.clauses, clause
            ),
            condition=condition,
            place=self._place(span),
            quantities=self.reading.quantities_in(span.start, span.end),
            attribution=tuple(
                Attribution(s.speaker, AttributionKind(s.kind), s.cue) for s in chain
            ),
            negated=found.colour.negated,
            aggregate=is_summary(span.quote),
            rule=frame.id,
            confidence=SURE if frame.weight or (targets and frame.channel is Channel.DEEDS) else 0.75,
        )  # fmt: skip
        signal = replace(signal, commitment=commitment_of(signal, frame, clause, words))
        return replace(signal, parts=parts_of(self.reading, signal, clause, chain, found.colour))

    def finish(self, signal: Signal, earlier: Sequence[Signal]) -> Signal:
        """The signal with what links it to those told before it."""
        words = self.words(signal.span)
        signal = replace(
            signal,
            contexts=signal.contexts or contexts_of(words),
            place=signal.place or self._place(signal.span),
            replies_to=replies_to(earlier, signal, words),
            retracts=retracts(earlier, signal),
        )
        return keyed(earlier, signal)

    def words(self, span: Span) -> Sequence[Token]:
        """The tokens of a span."""
        first = bisect_left(self._starts, span.start)
        return self.reading.tokens[first : bisect_left(self._starts, span.end)]

    def span(self, clause: Clause, clauses: Sequence[Clause], limit: int | None = None) -> Span:
        """The words of the clause with its subject, up to the next clause that is coded itself."""
        tokens = self.reading.tokens
        first = clause.first
        subject = clause.subject
        if (
            subject
            and subject[0] < first
            and tokens[first].sentence == tokens[subject[0]].sentence
            and first - subject[1] < 12
        ):
            first = subject[0]
        last = max(clause.last, min(limit, clause.last + 60) if limit else clause.last)
        while last - 1 > first and tokens[last - 1].tag in _NOT_SPAN and (
            tokens[last - 1].text[0] not in '"”)'
        ):  # fmt: skip
            last -= 1
        while first < clause.verb.first and tokens[first].tag in ("PUNCT", "CONJ") and (
            tokens[first].text[0] not in '"“('
        ):  # fmt: skip
            first += 1
        return self.reading.token_span(first, max(last, first + 1))

    # ------------------------------------------------------------ the parts

    def _same_target(self, scene: Scene, frame: Frame, sources: Sequence[Party]) -> list[Party]:
        """ "shot down two Indian jets and captured a pilot": the one of the act told just before."""
        last = self.discourse.signals[-1] if self.discourse.signals else None
        if last is None or frame.event.value not in ("ASSAULT", "COERCE", "MOBILIZE"):
            return []
        same = last.span.start >= scene.sentence.start and last.event.value == "ASSAULT"
        if same and set(last.source_actors) == {p.actor for p in sources}:
            return list(last.targets)
        return []

    def _reach(self, scene: Scene, clause: Clause, end: int) -> int:
        """How far behind the clause its targets may stand: not into what is told beside it."""
        for other in scene.clauses:
            told_beside = other.kind == "relative" and other.marker != "that"
            beside = (
                told_beside
                or other.kind in ("adverbial", "condition")
                or (other.kind == "participial" and other.verb.lemma in SPEECH_VERBS)
            )
            if other.index > clause.index and beside and other.first >= clause.last:
                return min(end, other.first)
        return end

    def _flipped(self, clause: Clause, end: int) -> tuple[list[Party], list[Party]]:
        """Parties of a frame whose object is the sender: "the visit angered China"."""
        sources = self.roles.receivers(clause.verb.last, end, ())
        subject = self.roles.senders(*clause.subject) if clause.subject else []
        taken = {p.actor for p in sources}
        return sources, [p for p in subject if p.actor not in taken]

    def _why_none(
        self, clause: Clause, frame: Frame, sources: Sequence[Party], targets: Sequence[Party],
        agentless: bool, *, told: bool,
    ) -> str:  # fmt: skip
        words = frame.channel is Channel.WORDS
        if frame.follow and self._told(sources):
            return "part of an act told before"
        if agentless and clause.verb.passive and frame.id in _LOSSES and self._struck():
            return "part of an act told before"
        if frame.id == "THREATEN.claim-land" and clause.kind == "relative":
            return "described, not reported"
        opening = self.reading.tokens[clause.subject[0]].lower if clause.subject else ""
        side = self.reading.tokens[clause.subject[0] + 1].tag if clause.subject else ""
        if opening in ("nobody", "no", "none") or (opening == "neither" and side == "NOUN"):
            return "nobody did"
        if clause.subject and any(
            t.lemma in _NATURE for t in self.reading.tokens[slice(*clause.subject)]
        ):  # fmt: skip
            return "no actor did it"
        if not told and self._guessed(clause):
            return "a guess of the writer"
        around = frame.event is PloverEvent.COERCE and clause.kind == "participial"
        if around and any(
            t.lower == "by" for t in self.reading.tokens[clause.verb.last : clause.last][:10]
        ):  # fmt: skip
            return "described, not reported"  # "surrounding on all sides by hostile powers"
        if frame.speaker and not told and frame.event is PloverEvent.ACCUSE:
            return "nobody says so"
        if frame.id == "SUPPORT.approve" and not targets:
            return "approved its own"
        if words and self.casting.of_analysts(clause):
            return "an analyst's own words"
        if frame.speaker and not told and self._about_a_thing(clause):
            return "nobody says so"
        if clause.kind == "relative" and clause.verb.passive and clause.verb.tense == "present":
            return "described, not reported"
        if clause.kind == "participial" and clause.verb.passive and agentless and words:
            return "described, not reported"
        if frame.speaker and clause.kind == "relative" and not told:
            return "described, not reported"
        if self.casting.to_own_people(clause, frame, sources):
            return "an order within"
        held = clause.kind == "participial" and clause.verb.passive
        if held and clause.verb.lemma in ("occupy", "annex", "control"):
            return "described, not reported"
        if frame.speaker and not told and not sources:
            return "nobody says so"
        dangling = clause.subject is None or clause.kind in ("participial", "infinitive")
        if not sources and (not targets or (dangling and not clause.verb.passive)):
            return "nobody named"
        return ""

    def _guessed(self, clause: Clause) -> bool:
        """True for "who likely have delayed": the writer supposes it."""
        beside = self.reading.tokens[max(clause.first, clause.verb.first - 2) : clause.verb.last]
        return any(t.lower in _GUESSES for t in beside)

    def _struck(self) -> bool:
        """True if an attack was just told, of which losses are a part."""
        return any(s.event is PloverEvent.ASSAULT for s in self.discourse.signals[-4:])

    def _about_a_thing(self, clause: Clause) -> bool:
        """True where only "it" or "that" is judged and nobody is quoted: the writer's own words."""
        if clause.subject is None:
            return False
        words = self.reading.tokens[slice(*clause.subject)]
        return len(words) == 1 and words[0].lower in ("it", "this", "that", "which", "they")

    def _told(self, sources: Sequence[Party]) -> bool:
        """True if an act by the same senders was just told, of which this is a consequence."""
        actors = {p.actor for p in sources}
        return any(
            s.event.value in ("MOBILIZE", "ASSAULT") and actors & set(s.source_actors)
            for s in self.discourse.signals[-8:]
        )

    def _status(
        self, scene: Scene, found: Candidate, frame: Frame, speaker: Sequence[Party],
        sources: Sequence[Party], condition: str, period: Period,
    ) -> Status:  # fmt: skip
        text = self.reading.text[scene.sentence.start : scene.sentence.end]
        deed = frame.channel is Channel.DEEDS
        own = bool({p.actor for p in speaker} & {p.actor for p in sources})
        status = status_of(
            frame, found.colour, found.clause, own_speech=own, conditional=bool(condition),
            hearsay=is_hearsay(text) and deed, first_person=self._first_person(found.clause),
        )  # fmt: skip
        if (
            status is Status.DONE and deed and period.start is not None and period.end is not None
            and period.start <= self.reading.published < period.end
            and period.basis is DateBasis.STATED
            and frame.event in (PloverEvent.MOBILIZE, PloverEvent.COOPERATE)
        ):  # fmt: skip
            status = Status.ONGOING
        if is_background(period, self.reading) and status in (Status.DONE, Status.ONGOING):
            status = Status.HISTORICAL
        return status

    def _first_person(self, clause: Clause) -> bool:
        """True for "we will continue to oppose": saying so does it."""
        words = self.reading.tokens[slice(*clause.subject)] if clause.subject else ()
        return any(t.lower in ("we", "i") for t in words)

    def _date(self, scene: Scene, span: Span, clause: Clause) -> Period:
        """The date; "a day earlier" counts from the act told before."""
        sentence = scene.sentence
        before = self.discourse.signals[-1].date if self.discourse.signals else None
        text = self.reading.text
        since = max(sentence.start, text.rfind(";", sentence.start, span.start) + 1)
        moved = moved_from(before, text[since : span.end])
        if moved is not None:
            return moved
        # "thanked India for evacuating students in 2022": the year is not that of the thanks.
        inner = next(
            (
                c.first
                for c in scene.clauses
                if c.index > clause.index
                and c.kind not in ("infinitive", "main")
                and (c.kind != "participial" or c.marker)
            ),
            None,
        )
        end = span.end if inner is None else min(span.end, self.reading.tokens[inner].start)
        return date_of(self.reading, sentence, span.start, max(end, span.start + 1), clause)

    def _trigger(self, clause: Clause, match: Match) -> Span:
        """The verb group with the words that made the frame fit."""
        last = max(match.tokens)
        if clause.verb.first <= last < clause.verb.first + 14:
            return self.reading.token_span(clause.verb.first, max(last + 1, clause.verb.last))
        return self.reading.token_span(clause.verb.first, clause.verb.last)

    def _content(self, frame: Frame, clause: Clause, end: int) -> Sequence[Token]:
        """What the verb governs, with its infinitive, and for a deed its subject: who or what did
        it. At most thirty words."""
        tokens = self.reading.tokens
        told = tokens[clause.verb.head : min(max(end, clause.last), clause.verb.head + 30)]
        if frame.channel is Channel.DEEDS and clause.subject:
            return [*told, *tokens[slice(*clause.subject)]]
        return told

    def _told_by(
        self, span: Span, clauses: Sequence[Clause], frame: Frame, chain: Sequence[Speech],
        sources: Sequence[Party],
    ) -> Span:  # fmt: skip
        """The span with the words "X said that", where X is the sender: they are the act."""
        if frame.channel is not Channel.WORDS or not chain:
            return span
        speech = chain[-1]
        told = {p.actor for p in speech.parties}
        if told and not told & {p.actor for p in sources}:
            return span
        tokens = self.reading.tokens
        cue = next((c for c in clauses if tokens[c.verb.first].start == speech.cue.start), None)
        if cue is None or speech.cue.start > span.start:
            return span
        start = self.span(cue, clauses).start
        return self.reading.span(start, span.end) if start < span.start else span

    def _chain(self, clause: Clause, speeches: Sequence[Speech]) -> list[Speech]:
        """The speeches that hold the clause, outermost first; its own verb is none of them."""
        at = self.reading.tokens[clause.verb.head].start
        return [
            s for s in speeches
            if s.content.start <= at < s.content.end and not s.cue.start <= at < s.cue.end
        ]  # fmt: skip

    def _protege(
        self, frame: Frame, sources: Sequence[Party], targets: Sequence[Party],
        sentence: Sentence, span: Span, condition: str, clauses: Sequence[Clause], clause: Clause,
    ) -> str | None:  # fmt: skip
        """Whom a pledge protects: the target, else who was last named before in the sentence."""
        if not frame.pledge and frame.event is not PloverEvent.AID:
            return None
        if helped := self._helped(clauses, clause, sources):
            return helped
        if targets:
            return targets[0].actor
        own = {p.actor for p in sources} | {"XXX", "MULTI", "IGO"}
        before = self.reading.mentions_in(sentence.start, span.end)
        feared = condition.split()[:3]  # "Should China invade": not whom it protects
        named = [
            m.party.actor
            for m in before
            if m.party.actor not in own and not set(m.span.quote.split()) & set(feared)
        ]
        return named[-1] if named else None

    def _helped(
        self, clauses: Sequence[Clause], clause: Clause, sources: Sequence[Party]
    ) -> str | None:
        """Taiwan in "would work with the US to defend Taiwan", "could not allow it to befall Taiwan"."""
        for other in clauses:
            if other.parent == clause.index and other.kind == "infinitive" and (
                other.verb.lemma in _HELPING
            ):  # fmt: skip
                found = self.roles.receivers(other.verb.last, other.last, sources, pronouns=False)
                return found[0].actor if found else None
        return None

    def _place(self, span: Span) -> PlaceMention | None:
        """The first place named in the span."""
        places = self.reading.places
        at = bisect_left(places, span.start, key=lambda p: p.span.start)
        return places[at] if at < len(places) and places[at].span.end <= span.end else None

"""Signals of one text: each predicate of each sentence held against the frames, with its fields."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from standoff.read.acts.answers import assurance_of, held_out, refusal_of, threat_of
from standoff.read.acts.author import author_of
from standoff.read.acts.casting import Cast, Casting
from standoff.read.acts.charges import Charges
from standoff.read.acts.deciding import Deciding, Draft, Weighed
from standoff.read.acts.fields import Fields
from standoff.read.acts.nominal import nominal_acts, of_noun
from standoff.read.acts.opponents import with_opponents
from standoff.read.acts.parties import Parties
from standoff.read.acts.predicates import Predicate, goals_of, predicates_of
from standoff.read.acts.quotes import quoted
from standoff.read.acts.recall import Reached, Recall
from standoff.read.acts.refuse import why_nobody, why_not
from standoff.read.acts.scope import Scope, scope_of
from standoff.read.acts.speeches import Speeches
from standoff.read.acts.views import view_of
from standoff.read.contexts import places_of
from standoff.read.encoder import Context
from standoff.read.frames import Frame, Match, match_frame
from standoff.read.lexicon_words import words_of
from standoff.read.links import keyed, replies_to, retracts
from standoff.read.nonsignals import captions, sentence_reason, subject_matter
from standoff.read.reading import Reading, Sentence, Speech, Token
from standoff.read.syntax import Tree
from standoff.terms import (
    NonSignal,
    PloverEvent,
    Signal,
    Span,
    Valence,
)

LINKED = 40
"""So many signals back another may be answered or taken back."""
_HOSTILE = frozenset((PloverEvent.ASSAULT, PloverEvent.COERCE))
_ALSO_BLAMED = frozenset("REJECT PROTEST THREATEN".split())
_LAUNCHES = frozenset(("MOBILIZE", "ASSAULT"))
_HELD_OUT = frozenset("ASSAULT COERCE SANCTION THREATEN".split())


def find_signals(reading: Reading) -> Reading:
    """The reading with its signals, nonsignals, speeches and places filled in."""
    reading = replace(reading, places=places_of(reading))
    return Coder(reading).run()


class Coder:
    """Codes one reading, sentence by sentence, remembering what was said before."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.quotations = quoted(reading.text)
        self.recall = Recall(author=author_of(reading, self.quotations))
        self.context = Context(reading)
        self.signals: list[Signal] = []
        self.nonsignals: list[NonSignal] = list(captions(reading))
        self.speeches: list[Speech] = []
        self.told = dict(
            Counter(m.party.actor for m in reading.mentions if m.party.actor not in ("", "XXX"))
        )
        """How often the text names each party."""
        self.seen: list[Weighed] | None = None
        """Every word that may tell an act, as the models see it; kept where they are fitted."""
        self._starts = [t.start for t in reading.tokens]

    def run(self) -> Reading:
        """The reading with what was found."""
        topic = subject_matter(self.reading)
        for sentence in self.reading.prose():
            tokens = self.reading.sentence_tokens(sentence)
            if not tokens or tokens[0].head < 0:
                continue
            _SentenceCoder(self, sentence, Tree(tokens)).run(
                topic or sentence_reason(sentence, self.reading)
            )
        self.signals = with_opponents(self.signals)
        return replace(
            self.reading,
            signals=tuple(self.signals),
            nonsignals=tuple(sorted(self.nonsignals, key=lambda n: n.span)),
            speeches=tuple(replace(s, index=i) for i, s in enumerate(self.speeches)),
        )

    def words(self, span: Span) -> Sequence[Token]:
        """The tokens of a span."""
        first = bisect_left(self._starts, span.start)
        return self.reading.tokens[first : bisect_left(self._starts, span.end)]

    def keep(self, signal: Signal) -> None:
        """Number a signal, link it to those told before, and keep it."""
        earlier = self.signals[-LINKED:]
        words = self.words(signal.span)
        signal = replace(
            signal,
            id=f"s{len(self.signals) + 1}",
            replies_to=replies_to(earlier, signal, words),
            retracts=retracts(earlier, signal),
        )
        if signal.retracts and not signal.targets:
            taken = next(s for s in earlier if s.id == signal.retracts[0])
            signal = replace(signal, targets=taken.targets)
        self.signals.append(keyed(earlier, signal))
        self.recall.signals.append(self.signals[-1])


def _beside(quotations: Sequence[Span], sentence: Sentence) -> Sequence[Span]:
    """The quotations that share a character with a sentence; they are in order, none overlapping."""
    first = bisect_right(quotations, sentence.start, key=lambda q: q.end)
    return quotations[first : bisect_left(quotations, sentence.end, key=lambda q: q.start)]


class _SentenceCoder:
    """The predicates of one sentence."""

    def __init__(self, coder: Coder, sentence: Sentence, tree: Tree) -> None:
        self.coder, self.sentence, self.tree = coder, sentence, tree
        self.reading, self.recall = coder.reading, coder.recall
        self.verbs = predicates_of(tree)
        self.parties = Parties(self.reading, tree, self.verbs, self.recall)
        self.speeches = Speeches(
            self.reading,
            sentence,
            tree,
            self.verbs,
            self.parties,
            self.recall,
            _beside(coder.quotations, sentence),
        )
        self.casting = Casting(tree, self.verbs, self.parties, self.recall)
        self.scopes = {at: scope_of(tree, verb, self.verbs) for at, verb in self.verbs.items()}
        for at, verb in self.verbs.items():
            self.parties.speakers[at] = self.speeches.speakers(verb, self.scopes[at])
            if not self.parties.speakers[at] and self._others_words(verb):
                self.parties.unvoiced.add(at)
        self.charges = Charges(
            tree, self.verbs, self.scopes, self.parties, self.casting, self.recall
        )
        self.fields = Fields(
            self.reading, sentence, tree, self.verbs, self.scopes, self.parties, self.speeches, self.recall
        )  # fmt: skip
        self.coded: dict[int, Frame] = {}
        self.matches: dict[int, Match | None] = {}

    def run(self, reason: str) -> None:
        """Code the sentence, then remember who it spoke of."""
        drafts: list[Draft] = []
        refused: list[NonSignal] = []
        for verb in self.verbs.values():
            result = self._code(verb, reason)
            if isinstance(result, NonSignal):
                refused.append(result)
            elif result is not None:
                drafts.append(result)
        drafts += self._nominal(reason)
        drafts.sort(key=lambda d: (d.signal.span.start, d.signal.trigger.start))
        deciding = Deciding(
            self.reading, self.sentence, self.tree, self.verbs, self.scopes, self.parties,
            self.fields, self.recall, self.coder.context,
        )  # fmt: skip
        signals, none = deciding.weigh(
            drafts,
            refused,
            self.matches,
            reason,
            _beside(self.coder.quotations, self.sentence),
            self.coder.told,
            self.coder.seen,
        )
        self.coder.nonsignals += [*refused, *none]
        for signal in sorted(signals, key=lambda s: (s.span.start, s.trigger.start)):
            self.coder.keep(signal)
        self.coder.speeches.extend(self.speeches.found)
        spoken = [r for _, r in self.speeches.by_cue.values() if r]
        if spoken:
            self.recall.said, self.recall.paragraph = spoken[-1], self.sentence.paragraph
        elif not self._goes_on():
            self.recall.said = ()
        if spoken:
            self.recall.speaker = spoken[-1]
        elif not any(self.parties.speakers.values()):
            main = self.verbs.get(self.tree.root)
            self.recall.speaker = (
                self.parties.of(main.subject) if main is not None and main.subject >= 0 else ()
            )
        entities = self.parties.entities()
        if entities:
            self.recall.hear(entities)

    def _nominal(self, reason: str) -> Iterator[Draft]:
        """Acts that nouns name and the sentence tells to have taken place."""
        for verb, noun, frame, cast in nominal_acts(self.tree, self.verbs, self.parties):
            scope = self.scopes[verb.head]
            asserted = not (reason or scope.reason or scope.negated or scope.accused)
            if asserted and scope.modality in ("", "will", "plan") and verb.head not in self.coded:
                self.coded[verb.head] = frame
                match = Match(frame, (noun,))
                yield self._draft(noun, of_noun(verb, noun), scope, match, cast, ())

    def _draft(
        self, word: int, verb: Predicate, scope: Scope, match: Match, cast: Cast,
        speakers: tuple[Reached, ...],
    ) -> Draft:  # fmt: skip
        signal = self.fields.signal(verb, scope, match, cast, speakers)
        return Draft(word, verb, scope, match, cast, speakers, signal)

    def _others_words(self, verb: Predicate) -> bool:
        """Whether a clause stands in a quotation or under a verb of saying, whoever speaks."""
        start = self.tree[verb.head].start
        quoted = any(
            q.start <= start < q.end for q in _beside(self.coder.quotations, self.sentence)
        )
        return quoted or bool(self.speeches.chain(verb, self.scopes[verb.head]))

    def _goes_on(self) -> bool:
        """Whether nobody else acts in the sentence, so that who spoke before may go on."""
        main = self.verbs.get(self.tree.root)
        return main is None or not self.coded or all(f.speaker for f in self.coded.values())

    # ---------------------------------------------------------------- one predicate

    def _code(self, verb: Predicate, reason: str) -> Draft | NonSignal | None:
        scope = self.scopes[verb.head]
        view = view_of(self.tree, verb, self.verbs, scope)
        speakers = self.parties.speakers[verb.head]
        self.matches[verb.head] = match_frame(view)
        match = (
            self.charges.warning_of(verb) or self.charges.charge(verb) or self.matches[verb.head]
        )
        if match is None or not match.frame.modalities:
            match = self.charges.demand(verb, scope, speakers) or match
        loose = speakers or self._loosely(verb)
        blamed = match is not None and match.frame.event.value in _ALSO_BLAMED
        if match is None or (blamed and not match.frame.speaker):
            match = self.charges.judgement(verb, scope, loose) or match
        if match is None:
            return None
        if self._said_again(verb, match.frame):
            return None
        told = bool(self.speeches.chain(verb, scope)) or bool(speakers)
        why = reason or why_not(self.tree, verb, match.frame, scope, speakers, told=told)
        why = why or self._consequence(verb)
        if why == "denied" and (answer := refusal_of(match.frame, verb, scope)) is not None:
            match, why = Match(answer, match.tokens), ""
        if why:
            return self._none(verb, match.frame, why)
        frame = self._turned(verb, match.frame, scope)
        cast = self.casting.cast(verb, frame, scope, speakers, loose)
        if frame.needs_target and not cast.targets:
            other = match_frame(view, skip=match.frame)
            if other is None:
                return self._none(verb, frame, "nobody struck")
            frame = self._turned(verb, other.frame, scope)
            cast = self.casting.cast(verb, frame, scope, speakers, loose)
        frame = self._own_threat(verb, frame, scope, cast, speakers)
        frame = self._together(frame, cast)
        why = why_nobody(self.tree, verb, frame, scope, cast, speakers, told=told)
        if why:
            return self._none(verb, frame, why)
        if frame.follow and any(s.event.value in _LAUNCHES for s in self.coder.signals[-8:]):
            return self._none(verb, frame, "part of an act told before")
        if self._within(verb, frame, cast):
            return self._none(verb, frame, "within one state")
        self.coded[verb.head] = frame
        return self._draft(verb.head, verb, scope, Match(frame, match.tokens), cast, speakers)

    def _consequence(self, verb: Predicate) -> str:
        """ "The jet crashed, killing the pilot": what follows from no act is none."""
        beside = verb.relation == "advcl" and self.tree[verb.head].form == "VBG" and not verb.marker
        if not beside or verb.lemma not in words_of("consequences"):
            return ""
        cause = self.verbs.get(verb.governor)
        if cause is None or cause.head > verb.head or cause.head in self.coded:
            return ""
        return "follows from what is no act"

    def _within(self, verb: Predicate, frame: Frame, cast: Cast) -> bool:
        """Orders to one's own people, arrests of them, blows within one's own borders."""
        if cast.targets or frame.event.value not in ("REQUEST", "COERCE", "ASSAULT"):
            return False
        own = {r.party.actor for r in cast.sources}
        goals = [g for p, g in goals_of(self.tree, verb) if p in ("in", "at", "on", "into")]
        hit = [o for o in verb.sufferers if o >= 0]
        places = goals if frame.event is PloverEvent.ASSAULT else (*hit, *goals)
        inside = {r.party.actor for g in places for r in self.parties.of(g)}
        people = frame.event is not PloverEvent.ASSAULT and any(
            self.tree[o].lemma in words_of("own_people") and not self.parties.of(o) for o in hit
        )
        return bool(inside and inside <= own) or people

    def _loosely(self, verb: Predicate) -> tuple[Reached, ...]:
        """Whose words a judgement without a verb of saying goes on with: who issued the text, or who
        spoke in the sentence before."""
        if self.scopes[verb.head].told_by:
            return ()
        near = self.recall.paragraph >= self.sentence.paragraph - 1
        said = self.recall.author or (self.recall.said if near else ())
        return tuple(Reached(r.party, f"goes on speaking: {r.path}", False) for r in said)

    def _none(self, verb: Predicate, frame: Frame, why: str) -> NonSignal:
        return NonSignal(self.fields.span(verb), why, frame.event.value)

    def _said_again(self, verb: Predicate, frame: Frame) -> bool:
        """True for "warned that it would strike": one threat, not two."""
        above = self.coded.get(verb.governor)
        if above is None and verb.governor >= 0 and self.tree[verb.governor].tag != "VERB":
            told = next((a for a in self.tree.up(verb.governor) if a in self.verbs), -1)
            above = self.coded.get(told)
        held = verb.relation in ("ccomp", "xcomp") and above is not None
        return (
            held
            and above is not None
            and (
                above.event is frame.event
                or above.id == "THREATEN.warn"
                or above.event.value in ("AGREE", "THREATEN")
            )
        )

    def _turned(self, verb: Predicate, frame: Frame, scope: Scope) -> Frame:
        """A promise not to act is an assurance; a deed under a condition is a threat."""
        inner = self.verbs.get(verb.complement)
        if frame.event is PloverEvent.AGREE and inner is not None:
            if inner.negated:
                return assurance_of(frame, inner.lemma)
            held = match_frame(view_of(self.tree, inner, self.verbs, Scope("will")))
            if held is not None and held.frame.event.value in _HELD_OUT:
                return held_out(frame, held.frame)
        if scope.condition >= 0 and scope.modality in ("will", "would", "may", "could"):
            return threat_of(frame)
        if self.fields.whoever(verb, scope):
            return threat_of(frame)
        return frame

    def _own_threat(
        self, verb: Predicate, frame: Frame, scope: Scope, cast: Cast, speakers: Sequence[Reached]
    ) -> Frame:
        """ "We will attack Japan": a blow that its own author announces."""
        own = {r.party.actor for r in speakers} & {r.party.actor for r in cast.sources}
        if own and frame.event in _HOSTILE and scope.modality in ("will", "would"):
            return threat_of(frame)
        return frame

    def _together(self, frame: Frame, cast: Cast) -> Frame:
        """Forces of two states that drill or sail together cooperate."""
        states = {r.party.actor for r in cast.sources} - {"XXX"}
        if frame.together and len(states) > 1 and not cast.targets:
            return replace(
                frame, id="COOPERATE.together", event=PloverEvent.COOPERATE, valence=Valence.PREPARE
            )
        return frame

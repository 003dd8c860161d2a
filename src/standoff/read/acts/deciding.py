"""From what the frames found in a sentence to its signals: the fitted models weigh each word that may
tell an act, with the frame's signal as one of the things that they are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from standoff.read.acts.arguments import Argument, Phrase, arguments_of, phrases_of
from standoff.read.acts.casting import Cast
from standoff.read.acts.fields import Fields
from standoff.read.acts.judging import (
    ADDS,
    DROPS,
    HITS,
    KNOWS,
    NO_TARGET,
    SAYS,
    STRIKES,
    TELLS,
    UNNAMED,
    Judged,
    all_right,
    chance_of,
    chosen,
    judge,
    share_right,
)  # fmt: skip
from standoff.read.acts.parties import Parties
from standoff.read.acts.predicates import Predicate
from standoff.read.acts.recall import Reached, Recall
from standoff.read.acts.refuse import NOBODY_NAMED
from standoff.read.acts.scope import Scope
from standoff.read.acts.triggers import depth_of, framed, grammar_of, triggers_of
from standoff.read.acts.when import BACKGROUND_DAYS
from standoff.read.encoder import Context
from standoff.read.frames import Frame, Match, plain_frame
from standoff.read.lexicon_words import words_of
from standoff.read.reading import Reading, Sentence, Token
from standoff.read.syntax import Tree
from standoff.terms import NonSignal, PloverEvent, Signal, Span, Status, Valence

SPECIFIC = 2
"""A frame that asks for so much stands whatever the models think."""
_HELPING = frozenset((PloverEvent.SUPPORT, PloverEvent.AID))
_MUTUAL = frozenset((PloverEvent.AGREE, PloverEvent.CONSULT, PloverEvent.COOPERATE))
_AGAINST = frozenset((Valence.THREATEN, Valence.PREPARE, Valence.ACCUSE))
_ASKING = frozenset(
    (PloverEvent.REQUEST, PloverEvent.THREATEN, PloverEvent.AGREE, PloverEvent.CONCEDE)
)
"""What hangs on such an act is asked for, threatened or promised ("demanded a withdrawal"), not done."""
_TOLD = ("", "will", "plan", "decide", "would")
"""Modalities under which an act that no frame knows may be told."""
_NO_ACTS = frozenset[str]().union(
    *(
        words_of(n)
        for n in ("planning", "considering", "deterring", "permitting", "fearing", "seeking")
    )
)
"""Verbs that govern an act and are none themselves."""
_UNDONE = words_of("refusing")
_OPEN = frozenset(("any", "no", "further", "another", "possible", "potential", "future"))
"""Marks of a noun that tell of no act that took place."""
_NEAR = 3
"""So many steps up the tree a word is governed by what is left undone."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a frame makes of a verb or a noun (`word`), and the signal that it would be."""

    word: int
    verb: Predicate
    scope: Scope
    match: Match
    cast: Cast
    speakers: tuple[Reached, ...]
    signal: Signal


@dataclass(frozen=True, slots=True)
class Weighed:
    """A word as the models see it; kept where they are fitted."""

    token: int
    word: Span
    depth: int
    clause: Span
    shown: frozenset[str]
    rule: Signal | None
    arguments: Mapping[str, Argument]


@lru_cache(maxsize=32)
def _fitted(event: str) -> Frame:
    return plain_frame(event, "fitted")


class Deciding:
    """Decides for one sentence."""

    def __init__(
        self, reading: Reading, sentence: Sentence, tree: Tree, verbs: dict[int, Predicate],
        scopes: Mapping[int, Scope], parties: Parties, fields: Fields, recall: Recall, context: Context,
    ) -> None:  # fmt: skip
        self.context = context
        self.reading, self.sentence, self.tree = reading, sentence, tree
        self.verbs, self.scopes = verbs, scopes
        self.parties, self.fields, self.recall = parties, fields, recall
        self.phrases: list[Phrase] = phrases_of(tree, parties)

    def weigh(
        self, drafts: Sequence[Draft], refused: Sequence[NonSignal], matches: Mapping[int, Match | None],
        reason: str, quotations: Sequence[Span], told: Mapping[str, int], seen: list[Weighed] | None,
    ) -> tuple[list[Signal], list[NonSignal]]:  # fmt: skip
        """The signals of the sentence, and the words that the models find to tell no act; with `seen`,
        for fitting, every word goes there and the frames' signals stand."""
        triggers = triggers_of(self.tree, self.verbs, self.parties.named)
        ruled = {d.word: d for d in reversed(drafts)}
        around = self._around(reason)
        rules = [d.signal for d in drafts]
        out: list[Signal] = []
        none: list[NonSignal] = []
        asking = {d.word for d in drafts if d.signal.event in _ASKING}
        blaming = {d.word for d in drafts if d.signal.event is PloverEvent.ACCUSE}
        for token in triggers:
            draft = ruled.get(token.index)
            rule = draft.signal if draft is not None else None
            shown = self._shown(token, matches, quotations) | around
            shown |= framed(token, rule, rules, refused)
            if seen is not None:
                seen.append(self._weighed(token, shown, rule, told))
                continue
            word = self.context.encoder.heads.told(self.context.vector(token.index), shown)
            act = chance_of(word.act)
            above = list(self.tree.up(token.index))
            if draft is None:
                asked = not asking.isdisjoint(above)
                within = any(r.trigger.start <= token.start < r.trigger.end for r in rules)
                if reason or asked or within or token.index in self.parties.named:
                    continue
                if act < ADDS or self._told_as_none(token, refused):
                    continue
            firm = draft is not None and _firm(draft)
            sure = firm or (draft is not None and draft.signal.status is Status.PROPOSED)
            if rule is not None and act < DROPS and not sure:
                none.append(NonSignal(rule.span, "the models find no act", rule.event.value))
                continue
            arguments = self._arguments(token, told)
            found = judge(self.context, token, word, shown, arguments, rule, firm=firm)
            made = (
                self._again(found, draft, arguments)
                if draft
                else self._added(found, token, arguments)
            )
            if made is None or (draft is None and _told_by(rules, made)):
                continue
            blamers = {
                a for b in blaming.intersection(above) for a in ruled[b].signal.source_actors
            }
            if draft is None and blamers and blamers.issuperset(made.target_actors):
                continue  # "condemned the launch": what is blamed, no act against anybody else
            out.append(made)
            if made.event in _ASKING:
                asking.add(token.index)
        return (rules if seen is not None else out), none

    # ---------------------------------------------------------------- what is shown

    def _shown(
        self, token: Token, matches: Mapping[int, Match | None], quotations: Sequence[Span]
    ) -> set[str]:
        out = {f"inq:{any(q.start <= token.start < q.end for q in quotations)}"}
        verb = self.verbs.get(token.index)
        if verb is not None:
            return out | grammar_of(verb, self.scopes[verb.head], matches.get(verb.head))
        if (scope := self.scopes.get(self._teller(token))) is not None:
            out |= {
                f"tm:{scope.modality}",
                f"told:{bool(scope.told_by)}",
                f"cond:{scope.condition >= 0}",
            }
        return out

    def _around(self, reason: str) -> set[str]:
        """What every word of the sentence is shown: why it tells nothing, and when it speaks of."""
        out = {f"reason:{reason[:20]}"} if reason else set[str]()
        published = self.reading.published
        for dated in self.reading.dates_in(self.sentence.start, self.sentence.end):
            start = dated.period.start
            if start is not None:
                days = (published - start).days
                out.add(
                    "when:" + ("ahead" if days < 0 else "old" if days > BACKGROUND_DAYS else "late")
                )
        return out

    def _teller(self, token: Token) -> int:
        """The predicate in whose clause a word stands, -1 for none."""
        if token.index in self.verbs:
            return token.index
        return next((a for a in self.tree.up(token.index) if a in self.verbs), -1)

    def _arguments(self, token: Token, told: Mapping[str, int]) -> dict[str, Argument]:
        teller = self._teller(token)
        speakers = self.parties.speakers.get(teller, ())
        subject = self._unresolved(teller)
        return arguments_of(self.tree, token, self.phrases, speakers, self.recall, told, subject)

    def _unresolved(self, teller: int) -> str:
        """The subject of a clause if it is nobody known."""
        subject = self.verbs[teller].doer if teller >= 0 else -1
        if subject < 0:
            return "-"
        known = any(head == subject for head, _ in self.phrases)
        if known:
            return ""
        token = self.tree[subject]
        return "@N" if token.tag == "PROPN" else token.lemma

    def _weighed(
        self, token: Token, shown: set[str], rule: Signal | None, told: Mapping[str, int]
    ) -> Weighed:
        verb = self._predicate(token)
        word = self.reading.token_span(token.index, token.index + 1)
        return Weighed(
            token.index, word, depth_of(self.tree, token.index), rule.span if rule else self.fields.span(verb),
            frozenset(shown), rule, self._arguments(token, told),
        )  # fmt: skip

    # ---------------------------------------------------------------- what comes out

    def _predicate(self, token: Token) -> Predicate:
        """The verb, or a noun or an adjective in the place of one."""
        verb = self.verbs.get(token.index)
        if verb is not None:
            return verb
        return Predicate(
            head=token.index, lemma=token.lemma, subject=-1, path="", passive=False, agent=-1,
            objects=(), dative=-1, preps=(), particles=(), complement=-1, complement_kind="",
            modal="", tense="", perfect=False, progressive=False, negated=False, finite=False,
            relation=token.dep, governor=token.head, marker="",
        )  # fmt: skip

    def _told_as_none(self, token: Token, refused: Sequence[NonSignal]) -> bool:
        """Whether grammar shows that a predicate tells of no act: it is denied, supposed, possible or refused by
        a frame, is no act itself ("plans to send"), or hangs on what is left undone ("failed to seize"). Of
        nouns, and of what else stands around a word, the models know better."""
        if any(self.tree[a].lemma in _UNDONE for a in islice(self.tree.up(token.index), _NEAR)):
            return True
        verb, scope = self.verbs.get(token.index), self.scopes.get(self._teller(token))
        if (scope is not None and scope.negated) or token.lower == "according":
            return True
        if verb is None or scope is None:
            return token.tag == "NOUN" and self._only_named(token)
        if scope.reason or scope.accused or scope.modality not in _TOLD:
            return True
        own = self.fields.span(verb)
        return self._tells_none(verb) or any(
            n.span == own and n.reason != NOBODY_NAMED for n in refused
        )

    def _only_named(self, token: Token) -> bool:
        """ "any attack", "the prospect of an attack", "the attack may continue": nothing is told."""
        marks = {self.tree[k].lower for k in self.tree.kids(token.index, "det", "amod")}
        above = {self.tree[a].lemma for a in islice(self.tree.up(token.index), 2)}
        scope = self.scopes.get(self._teller(token))
        return (
            not marks.isdisjoint(_OPEN)
            or not above.isdisjoint(words_of("doubting_nouns"))
            or (scope is not None and scope.modality in ("may", "could"))
        )

    def _tells_none(self, verb: Predicate) -> bool:
        """Whether a verb is no act itself: what it governs is ("failed to seize", "plans to send")."""
        if verb.lemma in words_of("no_acts") | words_of("plain_saying") | _UNDONE:
            return True
        behind = (k for p in self.tree.kids(verb.head, "prep") for k in self.tree.kids(p, "pcomp"))
        governs = verb.complement >= 0 or any(k in self.verbs for k in behind)
        return governs and verb.lemma in _NO_ACTS

    def _again(self, found: Judged, draft: Draft, arguments: Mapping[str, Argument]) -> Signal:
        """The frame's signal, with another event where the models are surer of it, and with targets that
        grammar left open filled in."""
        cast, match = draft.cast, draft.match
        if found.event[0] != draft.signal.event.value:
            match = Match(_fitted(found.event[0]), match.tokens)
        if not cast.targets:
            against = draft.signal.valence in _AGAINST
            least = STRIKES if against and draft.signal.event is not PloverEvent.ACCUSE else HITS
            own = {r.party.actor for r in cast.sources} | {cast.protege}
            likely = [a for a, p in found.targets.items() if p >= least and a not in own]
            if against:
                likely = [a for a in likely if a not in self._friends(cast)]
            cast = replace(cast, targets=_reached(arguments, likely))
        sure, status = _sure(found, cast, framed=True)
        plain = draft.signal.status in (Status.DONE, Status.ONGOING)
        return self.fields.signal(
            draft.verb,
            draft.scope,
            match,
            cast,
            draft.speakers,
            sure,
            status if plain else None,
            found.level,
        )

    def _friends(self, cast: Cast) -> set[str | None]:
        """Whom the source helps in the same text: no missiles of his are against them."""
        own = {r.party.actor for r in cast.sources}
        out: set[str | None] = set()
        for signal in self.recall.signals:
            if own & set(signal.source_actors):
                out.add(signal.protege)
                out |= set(signal.target_actors) if signal.event in _HELPING else set()
        return out

    def _added(
        self, found: Judged, token: Token, arguments: Mapping[str, Argument]
    ) -> Signal | None:
        """The signal of an act that no frame knows, if somebody is known to have done it."""
        verb, teller = self._predicate(token), self._teller(token)
        sources = _reached(arguments, self._together(token, found, arguments))
        targets = _reached(arguments, chosen(found.targets))
        if not set(sources) <= set(targets):  # whom it is done to does it only where all do it
            sources = tuple(s for s in sources if s not in targets)
        elif len(sources) == 1:
            return None
        doers = [s.party.actor for s in sources]
        if not doers or all_right(found.sources, doers) < KNOWS:
            return None
        if found.event[1] < SAYS:
            return None
        cast = Cast(sources, targets)
        return self.fields.signal(
            verb, self.scopes.get(teller, Scope()), Match(_fitted(found.event[0]), (verb.head,)), cast,
            self.parties.speakers.get(teller, ()), *_sure(found, cast, framed=False), found.level,
        )  # fmt: skip

    def _together(
        self, token: Token, found: Judged, arguments: Mapping[str, Argument]
    ) -> list[str]:
        """Who does an act: all that are likely where it is mutual or the text joins them; else whose it is
        ("Peru's invasion"), else the likeliest."""
        doers = chosen(found.sources)
        if len(doers) < 2 or PloverEvent(found.event[0]) in _MUTUAL:
            return doers
        whose = set(self.tree.kids(token.index, "poss"))
        owners = [a for a in doers if whose.intersection(arguments[a].heads)]
        if owners:
            return owners
        best = max(doers, key=lambda a: found.sources[a])
        return [a for a in doers if a == best or self._joined(arguments[a], arguments[best])]

    def _joined(self, one: Argument, other: Argument) -> bool:
        """Whether a phrase for one party is joined to a phrase for another, or stands for both."""
        return any(
            i == j or self._conjunct(i, j) or self._conjunct(j, i)
            for i in one.heads
            for j in other.heads
        )

    def _conjunct(self, word: int, other: int) -> bool:
        while self.tree[word].dep == "conj":
            word = self.tree[word].head
            if word == other:
                return True
        return False


def _firm(draft: Draft) -> bool:
    """A pledge, a judgement that somebody speaks, or a frame that asks for so much that it stands whatever
    the models think."""
    frame = draft.match.frame
    return frame.pledge or frame.weight >= SPECIFIC or bool(frame.speaker and draft.speakers)


def _told_by(rules: Sequence[Signal], made: Signal) -> bool:
    """Whether a frame's signal around a word tells the same act."""
    return any(
        r.event is made.event
        and r.span.start <= made.trigger.start < r.span.end
        and set(r.source_actors) & set(made.source_actors)
        for r in rules
    )


def _reached(arguments: Mapping[str, Argument], actors: Sequence[str]) -> tuple[Reached, ...]:
    """No party without a path in the sentence."""
    return tuple(arguments[a].reached for a in actors if arguments[a].has_path)


def _sure(
    found: Judged, cast: Cast, *, framed: bool
) -> tuple[tuple[tuple[str, float], ...], Status | None]:
    """How sure each field is, and the status where the models tell it."""
    status, p_status = found.status
    told = found.act * found.event[1]
    unnamed = {r.party.actor for r in cast.sources} <= {"XXX"}
    sources = all_right(found.sources, (r.party.actor for r in cast.sources))
    targets = all_right(found.targets, (r.party.actor for r in cast.targets))
    sure = (
        ("event", share_right(told, framed=framed)), ("sources", UNNAMED if unnamed else sources),
        ("targets", targets if cast.targets else NO_TARGET), ("status", p_status),
    )  # fmt: skip
    return tuple((f, round(p, 3)) for f, p in sure), Status(status) if p_status >= TELLS else None

"""Who sends a signal and to whom: by the slots of the verb, each party with the path that led to it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import cast

from standoff.read.acts.nearby import Nearby
from standoff.read.acts.parties import Parties
from standoff.read.acts.predicates import Predicate, goals_of
from standoff.read.acts.recall import Reached, Recall
from standoff.read.acts.scope import Scope
from standoff.read.frames import Frame, plain_frame
from standoff.read.lexicon_words import words_of
from standoff.read.syntax import Tree
from standoff.terms import Channel, Party

_MUTUAL = frozenset("AGREE CONSULT COOPERATE SUPPORT CONCEDE".split())
_SELF_MOVED = frozenset("MOBILIZE COOPERATE RETREAT CONCEDE CONSULT".split())
_BY_DOER = frozenset("ACCUSE REJECT REQUEST PROTEST SUPPORT COOPERATE".split())
"""Events that answer an act: what stands in the slot is the act, its doer the target."""
_AT_OTHERS = frozenset("ACCUSE THREATEN REQUEST SANCTION ASSAULT".split())
_ANONYMOUS = frozenset(("XXX",))


@dataclass(frozen=True, slots=True)
class Cast:
    """Sources and targets with their paths; `agentless` says that a passive names nobody.

    `protege` is whom a deployment or a pledge protects, where the words say so.
    """

    sources: tuple[Reached, ...]
    targets: tuple[Reached, ...]
    agentless: bool = False
    protege: str | None = None


@lru_cache(maxsize=1)
def target_slots() -> dict[str, tuple[str, ...]]:
    """For each event where its target stands, in order."""
    raw = tomllib.loads(files("standoff.read").joinpath("data/slots.toml").read_text("utf-8"))
    return {event: tuple(cast("str", slots).split()) for event, slots in raw.items()}


class Casting:
    """Finds sources and targets of the predicates of one sentence."""

    def __init__(
        self, tree: Tree, verbs: dict[int, Predicate], parties: Parties, recall: Recall
    ) -> None:
        self.tree, self.verbs, self.parties, self.recall = tree, verbs, parties, recall
        self.nearby = Nearby(tree, verbs, parties)

    def cast(
        self, verb: Predicate, frame: Frame, scope: Scope, speakers: tuple[Reached, ...],
        loose: tuple[Reached, ...] = (),
    ) -> Cast:  # fmt: skip
        """Who does what `verb` tells as `frame`, to whom; `loose` is who spoke in the sentence
        before, whose words a judgement may go on with."""
        if frame.flip:
            return self._flipped(verb)
        sources, agentless = self._sources(verb, frame, speakers, loose)
        sources = self._not_oneself(verb, frame, sources)
        protege = self._host(verb, frame, sources)
        judged = self.parties.doers(verb.subject) if frame.speaker and verb.subject >= 0 else ()
        targets = _others(judged, sources) or self._targets(verb, frame, sources, scope, protege)
        if not targets and frame.event.value in ("MOBILIZE", "COOPERATE", "AID"):
            targets = _others(self._deterred(verb), sources)
        if frame.undergo and verb.passive:
            targets = _others(self.parties.of(verb.agent), sources)
        answers = frame.event.value in _BY_DOER and not frame.pledge
        if not targets and verb.subject >= 0 and not answers:
            targets = _others(self._about(verb.subject), sources)
        if frame.speaker and not targets:
            about = () if judged else self._about(verb.subject)
            targets = _others(about, sources) or self.meant(verb, sources)
        targets = targets or self._its_own(verb, frame, sources)
        known = any(r.party.actor not in _ANONYMOUS for r in sources)
        if known and not targets and not self._mutual(frame, sources):
            targets = self.nearby.of(verb, sources, protege)
        several = len({r.party.actor for r in sources}) > 1
        if agentless and several and frame.event.value == "ASSAULT":
            targets = sources  # "51 people were killed in clashes between both"
        if self._each_other(verb) or (not targets and self._mutual(frame, sources)):
            targets = sources
        if (
            targets
            and sources
            and frame.shared
            and sources is not targets
            and self._with(verb, targets)
        ):
            sources = targets = (*sources, *targets)
        return Cast(sources, targets, agentless, protege)

    def _deterred(self, verb: Predicate) -> tuple[Reached, ...]:
        """Against whom in "sent troops to deter Russia", "to help Chile repel Bolivia"."""
        for kid in self.tree.kids(verb.head, "xcomp", "advcl"):
            inner = self.verbs.get(kid)
            while inner is not None:
                if inner.lemma in words_of("feared"):
                    return self._all(inner.objects, plain_frame("MOBILIZE", "deterred"))
                inner = self.verbs.get(inner.complement)
        return ()

    def _about(self, head: int) -> tuple[Reached, ...]:
        """Whom the prepositions of a noun name: "a threat against Japan", "the commitment to Japan"."""
        if head < 0:
            return ()
        for kid in self.tree.kids(head, "prep"):
            if self.tree[kid].lower in ("on", "against", "to", "over", "with", "into", "for", "of"):
                found = self.parties.of(self.tree.kid(kid, "pobj"))
                if found:
                    return found
        return ()

    def _with(self, verb: Predicate, targets: Sequence[Reached]) -> bool:
        """Whether the targets are whom it was done with, or met."""
        others = [g for p, g in goals_of(self.tree, verb) if p in ("with", "between", "to")]
        if verb.lemma in ("meet", "discuss"):
            others += [o for o in verb.objects if o >= 0]
        together = {r.party.actor for g in others for r in self.parties.of(g)}
        return bool(together & {r.party.actor for r in targets}) and verb.complement_kind != "inf"

    def _mutual(self, frame: Frame, sources: Sequence[Reached]) -> bool:
        several = len({(r.party.actor, r.party.organisation) for r in sources}) > 1
        return several and (frame.event.value in _MUTUAL or frame.both_ways)

    def _each_other(self, verb: Predicate) -> bool:
        """ "accused each other", "fired on one another"."""
        for thing in (*verb.objects, *(g for _, g in verb.preps)):
            beside = {self.tree[k].lower for k in self.tree.kids(thing)}
            if self.tree[thing].lower in ("other", "another", "other's") and beside & {
                "each",
                "one",
            }:
                return True
        return False

    def _flipped(self, verb: Predicate) -> Cast:
        """ "The visit angered China", "China was angered by the visit": who is angered is the source."""
        met = next((g for p, g in verb.preps if p == "with"), -1)
        if verb.passive and met < 0:
            found = self.parties.of(verb.subject)
            return Cast(found, _others(self.parties.doers(verb.agent), found))
        goal = next((g for p, g in verb.preps if p in ("from", "by", "in", "with")), -1)
        found = self.parties.of(goal) if goal >= 0 else ()
        for thing in verb.sufferers:
            found = found or self.parties.of(thing)
        return Cast(found, _others(self.parties.doers(verb.subject), found))

    # ---------------------------------------------------------------- sources

    def _sources(
        self,
        verb: Predicate,
        frame: Frame,
        speakers: tuple[Reached, ...],
        loose: tuple[Reached, ...],
    ) -> tuple[tuple[Reached, ...], bool]:
        if frame.speaker:
            return speakers or loose, False
        if frame.undergo and verb.passive:
            return self.parties.of(verb.subject) or speakers, False
        if not verb.passive:
            found = self._acting(verb.subject)
            if not found and verb.subject < 0 and frame.channel is Channel.WORDS:
                found = speakers or self._left_out(verb)
            return found, False
        if verb.agent >= 0:
            return self._acting(verb.agent), False
        return self._agentless(verb, frame, speakers), True

    def _not_oneself(
        self, verb: Predicate, frame: Frame, sources: tuple[Reached, ...]
    ) -> tuple[Reached, ...]:
        """Nobody accuses or strikes themselves: where the object is the subject, the verb belongs to a
        clause above ("India said that China was a threat and accused China of ..."), and a subject
        that was only inferred was somebody else's."""
        own = {r.party.actor for r in sources} - _ANONYMOUS
        if frame.event.value not in _AT_OTHERS or len(own) != 1 or verb.passive:
            return sources
        hit = self._hit(verb)
        if {r.party.actor for r in hit} != own or not all(r.sure for r in hit):
            return sources
        if any(r.party.organisation for r in hit):
            return sources
        why = f'subject of "{{}}", not whom "{self.tree[verb.head].text}" strikes'
        return self._subject_above(verb, own, why) or (
            sources if all(r.sure for r in sources) else ()
        )

    def _hit(self, verb: Predicate) -> tuple[Reached, ...]:
        """Whom the nearest object of a verb stands for."""
        goals = (g for p, g in verb.preps if p in ("to", "against", "at"))
        for thing in (*verb.objects[:1], verb.dative, *goals):
            if thing >= 0 and self.tree[thing].tag != "PRON" and (found := self.parties.of(thing)):
                return found
        return ()

    def _subject_above(self, verb: Predicate, own: set[str], why: str) -> tuple[Reached, ...]:
        """The subject of the nearest clause above that is none of `own`."""
        for above in self.tree.up(verb.head):
            other = self.verbs.get(above)
            found = self.parties.of(other.doer) if other is not None and other.doer >= 0 else ()
            if found and not own & {r.party.actor for r in found}:
                told = why.format(self.tree[above].text)
                return tuple(Reached(r.party, f"{told}: {r.path}", False) for r in found)
        return ()

    def _its_own(
        self, verb: Predicate, frame: Frame, sources: Sequence[Reached]
    ) -> tuple[Reached, ...]:
        """Whose "its plane" is that another shot down: not the one who shot."""
        own = {r.party.actor for r in sources} - _ANONYMOUS
        hit = {r.party.actor for r in self._hit(verb)}
        if frame.event.value not in _AT_OTHERS or len(own) != 1 or verb.passive or hit != own:
            return ()
        return self._subject_above(verb, own, 'subject of "{}"')

    def _left_out(self, verb: Predicate) -> tuple[Reached, ...]:
        """The subject of "Condemns the invasion", "Demands that Iraq withdraw" in a resolution or a
        list: who issued the text, or who acted before."""
        opening = self.tree.tokens[0].index
        if verb.relation != "ROOT" or self.tree[verb.head].form != "VBZ" or verb.head - opening > 2:
            return ()
        return self._who_acted("subject left out: who acted before")

    def _who_acted(self, path: str) -> tuple[Reached, ...]:
        """Who was the main subject of the sentence before, else who issued the text."""
        before = self.recall.one_state()
        sides = (Party(p.actor, p.sector, organisation=p.organisation) for p in before)
        return tuple(Reached(p, path, False) for p in sides) or self.recall.author

    def _acting(self, subject: int) -> tuple[Reached, ...]:
        if subject < 0:
            return ()
        named = words_of("owned_things") | words_of("transitive_nouns")
        act = self.tree[subject].lemma in named
        return self.parties.of(subject, outsiders=False) or (
            self.parties.doers(subject) if act else ()
        )

    def _agentless(
        self, verb: Predicate, frame: Frame, speakers: tuple[Reached, ...]
    ) -> tuple[Reached, ...]:
        """A passive that names nobody: the owner of what is moved, where it came from, or for words
        whose it is to say them: who says so, or who acted in the sentence before."""
        if frame.event.value in _SELF_MOVED:
            # "Chile was allowed to pass": not Chile allowed it; "Chile's ban was lifted": Chile did.
            given = frame.event.value == "CONCEDE" and verb.subject in self.parties.named
            owned = () if given else self.parties.of(verb.subject, outsiders=False)
            if owned:
                return owned
        if frame.event.value == "ASSAULT" and (fought := self._in_a_clash(verb)):
            return fought
        for prep, goal in verb.preps:
            launched = prep == "from" and frame.event.value in ("MOBILIZE", "ASSAULT")
            if launched and (found := self.parties.of(goal)):
                return found
        if frame.channel is not Channel.WORDS:
            return ()
        if speakers:
            return tuple(Reached(r.party, f"who says so: {r.path}", False) for r in speakers)
        return self._who_acted("agent left out: who acted before")

    def _in_a_clash(self, verb: Predicate) -> tuple[Reached, ...]:
        """Who fought where somebody was killed "in clashes between both", "in a clash with troops"."""
        for prep, goal in goals_of(self.tree, verb):
            if prep not in ("in", "during") or self.tree[goal].lemma not in words_of("clashes"):
                continue
            for kid in self.tree.kids(goal, "prep"):
                if self.tree[kid].lower in ("between", "with", "among"):
                    return self.parties.of(self.tree.kid(kid, "pobj"))
        return ()

    # ---------------------------------------------------------------- targets

    def _targets(
        self,
        verb: Predicate,
        frame: Frame,
        sources: Sequence[Reached],
        scope: Scope,
        host: str | None,
    ) -> tuple[Reached, ...]:
        for slot in target_slots()[frame.event.value]:
            if slot == "in" and self._mutual(frame, sources):
                continue  # "leaders of both met in Paris"
            found = _others(self._in_slot(verb, frame, slot, scope), sources)
            if frame.event.value == "MOBILIZE":
                found = tuple(r for r in found if r.party.actor != host)
            if found:
                return found
        return _others(self._addressed(frame, scope), sources)

    def _addressed(self, frame: Frame, scope: Scope) -> tuple[Reached, ...]:
        """Ethiopia in "..., Cairo told Ethiopia"."""
        if frame.channel is not Channel.WORDS and scope.modality not in ("will", "would"):
            return ()
        for cue in reversed(scope.told_by):
            verb = self.verbs[cue]
            if verb.lemma in ("tell", "warn", "inform", "assure", "remind", "promise", "notify"):
                for thing in (*verb.objects, verb.dative):
                    if thing >= 0 and (found := self.parties.of(thing)):
                        return found
        return ()

    def _in_slot(
        self, verb: Predicate, frame: Frame, slot: str, scope: Scope
    ) -> tuple[Reached, ...]:
        if slot == "object":
            return self._all(self._suffering(verb, frame), frame)
        if slot == "dative":
            return self.parties.of(verb.dative)
        inner = self.verbs.get(verb.complement)
        if slot == "subject:":
            return (
                self.parties.doers(inner.subject)
                if inner is not None and inner.path == "subject"
                else ()
            )
        if slot == "object:":
            return (
                self._all(inner.sufferers, frame) if inner is not None and not inner.passive else ()
            )
        if slot == "goal:":
            return self._all(self._inner_goals(inner), frame) if inner is not None else ()
        if slot == "condition":
            return self._in_condition(scope)
        wanted = words_of("toward") if slot == "toward" else frozenset((slot,))
        return self._all([g for p, g in goals_of(self.tree, verb) if p in wanted], frame)

    def _inner_goals(self, inner: Predicate) -> list[int]:
        return [g for p, g in goals_of(self.tree, inner) if p not in _ASIDE]

    def _suffering(self, verb: Predicate, frame: Frame) -> Iterator[int]:
        for thing in verb.sufferers:
            if verb.passive and thing == verb.subject and frame.event.value in _SELF_MOVED:
                continue
            yield thing

    def _all(self, heads: Iterable[int], frame: Frame) -> tuple[Reached, ...]:
        """The parties of the first head that stands for anybody."""
        for head in heads:
            if head < 0 or self.tree[head].lower in _DAYS:
                continue
            found = (
                self.parties.doers(head) if frame.event.value in _BY_DOER else self._struck(head)
            )
            if found:
                return found
        return ()

    def _struck(self, head: int) -> tuple[Reached, ...]:
        """Whom an act hits that is directed at a thing: its owner; an act named by a noun hits whom
        its own prepositions name, not its doer."""
        lemma = self.tree[head].lemma
        if lemma in words_of("owned_things") | words_of("transitive_nouns"):
            for kid in self.tree.kids(head, "prep"):
                if self.tree[kid].lower in ("on", "against", "of", "into", "at", "with", "to"):
                    found = self.parties.of(self.tree.kid(kid, "pobj"))
                    if found:
                        return found
            return ()
        return self.parties.of(head)

    def _in_condition(self, scope: Scope) -> tuple[Reached, ...]:
        verb = self.verbs.get(scope.condition)
        return self.parties.of(verb.doer) if verb is not None and verb.doer >= 0 else ()

    def meant(self, verb: Predicate, sources: Sequence[Reached]) -> tuple[Reached, ...]:
        """Who did what "this" or "it" stands for."""
        if verb.subject < 0:
            return ()
        token = self.tree[verb.subject]
        definite = token.tag == "NOUN" and any(
            self.tree[k].lower in ("the", "this", "these", "latest", "such")
            for k in self.tree.kids(verb.subject)
        )
        if token.lower not in ("this", "that", "it", "these", "such") and not definite:
            return ()
        doers = self.recall.last_doers(r.party.actor for r in sources)
        word = self.tree[verb.subject].text
        return tuple(
            Reached(
                Party(p.actor, organisation=p.organisation),
                f'"{word}": what was told before',
                False,
            )
            for p in doers
        )

    def _host(self, verb: Predicate, frame: Frame, sources: Sequence[Reached]) -> str | None:
        """The state that forces are sent *to* or *in support of*: they stand by it."""
        own = {r.party.actor for r in sources}
        inner = [
            self.verbs[k] for k in self.tree.kids(verb.head, "xcomp", "advcl") if k in self.verbs
        ]
        for other in inner:
            if other.lemma in words_of("helping"):
                helped = self.verbs.get(other.complement)
                whom = (helped.subject,) if helped is not None else ()
                for thing in (*other.objects, *whom, *(g for _, g in other.preps)):
                    for reached in self.parties.of(thing):
                        if reached.party.actor not in own | {"XXX", "IGO", "MULTI"}:
                            return reached.party.actor
        if frame.event.value != "MOBILIZE" or not frame.x_event or frame.x_event.value != "DEPLOY":
            return None
        for prep, goal in goals_of(self.tree, verb):
            mention = self.parties.named.get(goal)
            if (
                prep in ("to", "in")
                and mention is not None
                and mention.kind in ("state", "scene", "capital", "place")
            ) and mention.party.actor not in own | {"XXX", "IGO", "MULTI"}:
                return mention.party.actor
        return None


_ASIDE = frozenset(
    "during after before following amid since until despite by as including like under without within".split()
)
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday week month year".split()
)


def _others(found: Sequence[Reached], sources: Sequence[Reached]) -> tuple[Reached, ...]:
    """Those of `found` that are no source."""
    own = {
        (r.party.actor, r.party.organisation) for r in sources if r.party.actor not in _ANONYMOUS
    }
    return tuple(r for r in found if (r.party.actor, r.party.organisation) not in own)

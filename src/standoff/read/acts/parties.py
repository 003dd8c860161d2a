"""Who a phrase stands for: a name in it, the state that owns what it names, a pronoun, an office.

`Parties.of` follows the phrase's own grammar and says by which path it came to whom. It never looks
at the topic of the text or at the name that stands nearest.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from standoff.read.acts.predicates import Predicate
from standoff.read.acts.recall import Entity, Reached, Recall, told_apart
from standoff.read.lexicon_words import words_of
from standoff.read.links import answered
from standoff.read.reading import Reading
from standoff.read.syntax import Tree
from standoff.terms import Mention, Party

_PERSON = words_of("pronouns_person")
_THING = words_of("pronouns_thing")
_MANY = words_of("pronouns_many")
_OWN = words_of("pronouns_own")
_POSSESSIVE = {"his": "he", "her": "she", "its": "it", "their": "they", "our": "we", "my": "i"}
_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4}
_HYPHENS = frozenset("-–‐")
_DETERMINERS = frozenset("the this these those that both its his her their".split())


class Parties:
    """Resolves the phrases of one sentence of a reading."""

    def __init__(
        self, reading: Reading, tree: Tree, verbs: dict[int, Predicate], recall: Recall
    ) -> None:
        self.reading = reading
        self.tree = tree
        self.verbs = verbs
        self.recall = recall
        self.speakers: dict[int, tuple[Reached, ...]] = {}
        """Who speaks the words of a verb's clause; filled by the one who found the speeches."""
        self.unvoiced: set[int] = set()
        """Verbs in words of somebody who cannot be told: no "we" of theirs is the author's."""
        start, end = tree.tokens[0].start, tree.tokens[-1].end
        self.named = self._by_token(reading.mentions, start, end)
        self.unnamed = self._by_token(reading.unnamed, start, end)
        self._open: set[int] = set()

    def _by_token(self, mentions: Sequence[Mention], start: int, end: int) -> dict[int, Mention]:
        out: dict[int, Mention] = {}
        at = bisect_left(mentions, start, key=lambda m: m.span.start)
        for mention in mentions[at:]:
            if mention.span.start >= end:
                break
            mention = replace(mention, party=told_apart(mention.party))
            for token in self.tree.tokens:
                if token.start < mention.span.end and mention.span.start < token.end:
                    out[token.index] = mention
        return out

    # ---------------------------------------------------------------- phrases

    def of(self, head: int, *, outsiders: bool = True) -> tuple[Reached, ...]:
        """The parties that the phrase of a head stands for, in order, none twice.

        `outsiders` is False where firms, analysts or fishermen of a state do not act for it.
        """
        if head < 0 or head in self._open or len(self._open) > 12:
            return ()
        self._open.add(head)
        try:
            return _once([*self._one(head, outsiders), *self._joined(head, outsiders)])
        finally:
            self._open.discard(head)

    def _joined(self, head: int, outsiders: bool) -> Iterator[Reached]:
        for kid in self.tree.kids(head, "conj"):
            if kid not in self.verbs:
                yield from self.of(kid, outsiders=outsiders)

    def _one(self, head: int, outsiders: bool) -> Sequence[Reached]:
        token = self.tree[head]
        if not outsiders and {token.lower, token.lemma} & words_of("outsiders"):
            return ()
        if token.tag == "PRON" or token.lower in _POSSESSIVE:
            return self.pronoun(head)
        mention = self.named.get(head)
        if mention is not None:
            own = Reached(mention.party, f'named "{mention.span.quote}"')
            return [*self._beside(head, mention), own, *self._with_it(head, mention)]
        if token.tag == "DET" and token.lower in ("both",):
            return self._sides(head)
        found = self._stateless(head) or self._owner(head) or self._behind_of(head)
        if found:
            return found
        told = self._apposed(head, outsiders)
        if told:
            return told
        if issued := self._issued(head):
            return issued
        if met := self._who_met(head):
            return met
        if head in self.unnamed and (office := self._office(head, self.unnamed[head])):
            return office
        return self._sides(head) or self._same_thing(head) or self._the_country(head)

    def _stateless(self, head: int) -> Sequence[Reached]:
        """ "Gunmen", "Syrian opposition fighters", "pro-Russian separatists": no state acts."""
        token = self.tree[head]
        beside = (self.tree[k].lemma for k in self.tree.kids(head, "amod", "compound"))
        if token.tag != "NOUN" or words_of("stateless").isdisjoint((token.lemma, *beside)):
            return ()
        return (Reached(Party("XXX"), f'"{token.text}": of no state'),)

    def _issued(self, head: int) -> Sequence[Reached]:
        """Who issues a text without an owner: "they adopted a statement calling on ..."."""
        token = self.tree[head]
        verb = self.verbs.get(token.head)
        if token.lemma not in words_of("texts") or token.dep != "dobj" or verb is None:
            return ()
        if verb.lemma not in words_of("issuing") or verb.subject < 0:
            return ()
        found = self.of(verb.subject)
        return [replace(r, path=f'{r.path}, who {verb.lemma} "{token.text}"') for r in found]

    def _the_country(self, head: int) -> Sequence[Reached]:
        """ "the country", "the nation": whom "it" would stand for."""
        token = self.tree[head]
        if token.lemma not in ("country", "nation", "state") or token.form != "NN":
            return ()
        if not any(self.tree[k].lower in ("the", "this") for k in self.tree.kids(head, "det")):
            return ()
        inside = self._above(head, "it")
        found = (
            inside
            if inside is not None
            else [Reached(p, "subject before") for p in self.recall.one_state()]
        )
        return [
            Reached(Party(r.party.actor), f'"the {token.text}": {r.path}', False) for r in found
        ]

    def _same_thing(self, head: int) -> Sequence[Reached]:
        """ "the aircraft", whose owner was named when they were first told of."""
        token = self.tree[head]
        definite = any(
            self.tree[k].lower in ("the", "these", "those", "this")
            for k in self.tree.kids(head, "det")
        )
        before = self.recall.things.get(token.lemma, ()) if definite and token.tag == "NOUN" else ()
        return [Reached(p, f'"the {token.text}": told of before', False) for p in before]

    def _apposed(self, head: int, outsiders: bool) -> Sequence[Reached]:
        for kid in self.tree.kids(head, "appos"):
            if kid not in self._open and self.tree[kid].tag in ("NOUN", "PROPN"):
                found = self.of(kid, outsiders=outsiders)
                if found:
                    return [replace(r, path=f"apposition: {r.path}") for r in found]
        for kid in self.tree.kids(head, "relcl"):
            verb = self.verbs.get(kid)
            if (
                verb is not None
                and self.tree[head].tag == "PROPN"
                and verb.lemma in words_of("heading")
            ):
                for thing in (*verb.objects, *(g for _, g in verb.preps)):
                    found = self.of(thing)
                    if found:
                        return [replace(r, path=f'"who {verb.lemma} ...": {r.path}') for r in found]
        if self.tree[head].dep == "appos":
            return self.of(self.tree[head].head, outsiders=outsiders)
        return ()

    def owners(self, head: int) -> list[Reached]:
        """Who owns what a noun names, in front of it: "Chinese drills", "Japan's protest"."""
        return self._owner(head)

    def _owner(self, head: int) -> list[Reached]:
        """The state in front of a noun: "Chinese warships", "Japan's navy", "its navy"."""
        token = self.tree[head]
        out: list[Reached] = []
        for kid in self._modifiers(head):
            mark = self.tree[kid]
            mention = self.named.get(kid)
            if mention is not None and mention.party.actor:
                if self._against(kid) or token.lemma in words_of("named_after"):
                    continue  # "an anti-Thai campaign", "the Syria Accountability Act"
                bare = mark.dep == "compound" and mention.kind in ("state", "place", "capital")
                bare = bare and not mention.span.quote.isupper()  # "a U.S. invitation"
                if bare and (
                    token.lemma in words_of("matters")
                    or not (self._acts_for(head) or token.form == "NNS")
                ):
                    continue
                out.append(Reached(_fitted(mention.party, token.lemma), f'owner of "{token.text}"'))
            elif mark.dep == "poss" and mark.lower in _POSSESSIVE:
                out += [
                    replace(r, path=f'{r.path}, owner of "{token.text}"') for r in self.pronoun(kid)
                ]
            elif mark.dep == "poss":
                out += [
                    Reached(
                        _fitted(r.party, token.lemma), f'{r.path}, owner of "{token.text}"', r.sure
                    )
                    for r in self.of(kid)
                ]
            if out and mark.dep == "poss":
                break
        return out

    def _against(self, at: int) -> bool:
        """Whether a name stands behind "anti-", "pro-" or before "-backed": it owns nothing there."""
        tokens, place = self.tree.tokens, at - self.tree.base
        before = tokens[place - 2].lower if place > 1 and tokens[place - 1].text in _HYPHENS else ""
        behind = (
            tokens[place + 2].lower
            if place + 2 < len(tokens) and tokens[place + 1].text in _HYPHENS
            else ""
        )
        parts = tokens[place].lower.split("-")
        return bool(
            {before, parts[0] if len(parts) > 1 else ""} & words_of("prefixes")
            or {behind, parts[-1] if len(parts) > 1 else ""} & words_of("not_owning")
        )

    def _beside(self, head: int, own: Mention) -> Iterator[Reached]:
        """Others that share the noun of a name: "American and British warships"."""
        for kid in self.tree.kids(head, "amod", "nmod", "compound"):
            mention = self.named.get(kid)
            joined = self.tree.kids(kid, "conj") or any(
                self.tree[k].dep == "cc" for k in self.tree.kids(head) if kid < k < head
            )
            if mention is not None and mention is not own and joined:
                yield Reached(mention.party, f'owner of "{self.tree[head].text}"')

    def _with_it(self, head: int, own: Mention) -> Iterator[Reached]:
        """Others joined to the state inside a name: "leaders of Cambodia and Thailand"."""
        for at in self.tree.under(head):
            if at != head and self.named.get(at) is own and self.tree[at].dep == "pobj":
                for kid in self.tree.kids(at, "conj"):
                    yield from self.of(kid)

    def _modifiers(self, head: int) -> Iterator[int]:
        """Owners first: possessives, then demonyms and compounds, each with what is joined to it."""
        for deps in (("poss",), ("amod", "nmod", "compound")):
            for kid in self.tree.kids(head, *deps):
                yield kid
                for other in self.tree.kids(kid, "conj", "amod", "compound"):
                    if other in self.named:
                        yield other

    def _acts_for(self, head: int) -> bool:
        token = self.tree[head]
        return (
            token.lemma in words_of("state_organs") | words_of("owned_things")
            or token.tag == "PROPN"
        )

    def _behind_of(self, head: int) -> Sequence[Reached]:
        """ "the navy of Japan", "ships from China", "13 of the aircraft", "officials in Beijing"."""
        token = self.tree[head]
        organ = self._acts_for(head)
        whole = (
            token.lemma in words_of("whole")
            or token.tag == "NUM"
            or token.lower in words_of("whole")
        )
        for kid in self.tree.kids(head, "prep"):
            prep = self.tree[kid].lower
            goal = self.tree.kid(kid, "pobj")
            if goal < 0:
                continue
            if prep == "of" and token.lemma in words_of("transitive_nouns"):
                continue  # "the invasion of Ukraine" is not Ukraine's
            if prep == "of" and (whole or organ or token.tag == "NOUN"):
                if not (whole or organ) and goal not in self.named:
                    continue
                found = self.of(goal)
                if found:
                    return [
                        replace(
                            r,
                            party=_fitted(r.party, token.lemma),
                            path=f'{r.path}, behind "{token.text} of"',
                        )
                        for r in found
                    ]
            if prep == "from" and token.lemma in words_of("texts") and (wrote := self.of(goal)):
                return [replace(r, path=f'{r.path}, behind "{token.text} from"') for r in wrote]
            if prep == "from" and organ and goal not in self.named and (told := self._sides(goal)):
                return told
            if prep in ("from", "at", "in") and organ and goal in self.named:
                mention = self.named[goal]
                own = prep == "from" or mention.kind in ("place", "capital")
                if mention.party.actor and (own or token.lemma in words_of("organs_in")):
                    return [
                        Reached(
                            Party(mention.party.actor),
                            f'"{token.text} {prep} {mention.span.quote}"',
                        )
                    ]
        return ()

    # ---------------------------------------------------------------- pronouns and offices

    def pronoun(self, at: int) -> Sequence[Reached]:
        """Whom a pronoun stands for, with the reason; nobody where two fit."""
        lower = _POSSESSIVE.get(self.tree[at].lower, self.tree[at].lower)
        word = self.tree[at].text
        if lower in _OWN:
            return [replace(r, path=f'"{word}": who speaks') for r in self._speaking(at)]
        if lower not in _PERSON | _THING | _MANY:
            return ()
        inside = self._above(at, lower)
        if inside is not None:
            return [Reached(r.party, f'"{word}": {r.path}', False) for r in inside]
        if lower in _PERSON:
            before = self.recall.one_person()
        elif lower in _MANY:
            before = self.recall.met() or self.recall.many()
        else:
            before = self.recall.one_state(alone=True)
        return [Reached(p, f'"{word}": subject of the sentence before', False) for p in before]

    def _speaking(self, at: int) -> tuple[Reached, ...]:
        for above in (at, *self.tree.up(at)):
            if self.speakers.get(above) or above in self.unvoiced:
                return self.speakers.get(above, ())
        return self.recall.author

    def _above(self, at: int, lower: str) -> Sequence[Reached] | None:
        """The subject of a clause above or before the pronoun's in the same sentence, if it fits.

        None where the sentence has no candidate, () where it has one that cannot be told.
        """
        own = self._clause_of(at)
        subjects: list[int] = []
        climbed = {own}
        for above in self.tree.up(at):
            verb = self.verbs.get(above)
            if verb is None or (above in climbed and verb.subject == at):
                continue
            if above == own and self.tree[at].form == "PRP":
                continue  # "Peru attacked it": not itself
            climbed.add(above)
            if (
                verb.subject >= 0
                and verb.subject != at
                and verb.subject < at
                and at not in self.tree.under(verb.subject)
            ):
                subjects.append(verb.subject)
            for other in (self.tree[above].head,) if self.tree[above].dep == "conj" else ():
                joined = self.verbs.get(other)
                if joined is not None and 0 <= joined.subject != at and joined.subject < at:
                    subjects.append(joined.subject)
        for subject in dict.fromkeys(subjects):
            if self.tree[subject].tag == "PRON" and self.tree[subject].lower != lower:
                continue
            found = self.of(subject)
            if found and self._fits(found, lower, subject):
                return found
        return None

    def _clause_of(self, at: int) -> int:
        return next((a for a in self.tree.up(at) if a in self.verbs), -1)

    def _fits(self, found: Sequence[Reached], lower: str, subject: int) -> bool:
        several = len({r.party.actor for r in found}) > 1 or self.tree[subject].form in (
            "NNS",
            "NNPS",
        )
        first = next(iter(found)).party
        person = bool(first.person or first.office) and not several
        if lower in _PERSON:
            return person
        if lower in _MANY:
            return several or not person
        return not several and not person

    def _office(self, head: int, mention: Mention) -> Sequence[Reached]:
        """Whose "the ministry" or "the foreign minister" it is."""
        party, word = mention.party, mention.span.quote
        if not party.person and not self._definite(head):
            return ()
        before = self.recall.same_office(party.sector, party.office, party.person)
        if before:
            kept = Party(
                before[0].actor,
                party.sector,
                party.person or before[0].person,
                party.office or before[0].office,
            )
            return [Reached(kept, f'"{word}": named before', False)]
        if party.person and {w.lower() for w in (party.office or "").split()} & words_of(
            "heads_of_state"
        ):
            return ()  # "President Bush": of whichever state, not of the one told of before
        sides: list[Sequence[Reached]] = [
            self._of_author(party, head), self._above(head, "it") or (), self._main_side(head)
        ]  # fmt: skip
        for side in sides:
            actors = {r.party.actor for r in side}
            if len(actors) == 1 and actors != {"XXX"}:  # no embassy of gunmen
                owner = side[0]
                whose = Party(owner.party.actor, party.sector, party.person, party.office)
                return [Reached(whose, f'"{word}": that of {owner.path}', False)]
        return ()

    def _of_author(self, party: Party, head: int) -> Sequence[Reached]:
        """ "The President", "the Government" in a text that a state has issued."""
        if party.person or party.sector not in ("GOV", None) or self.tree[head].form == "NNS":
            return ()
        return [r for r in self.recall.author if r.party.actor not in ("XXX", "IGO", "MULTI")]

    def _definite(self, head: int) -> bool:
        return any(
            self.tree[k].lower in _DETERMINERS for k in self.tree.kids(head, "det", "poss")
        ) or (self.tree[head].tag == "PROPN" or self.tree[head].form == "NNS")

    def _main_side(self, head: int) -> Sequence[Reached]:
        return [Reached(p, "the subject before", False) for p in self.recall.one_state()]

    def _sides(self, head: int) -> Sequence[Reached]:
        """ "the two countries", "both sides", "the neighbours"."""
        token = self.tree[head]
        kids = [self.tree[k].lower for k in self.tree.kids(head)]
        count = next((_COUNTS[k] for k in kids if k in _COUNTS), _COUNTS.get(token.lower, 0))
        sides = token.lemma in words_of("sides") or token.lower in ("two", "both", "three")
        if not sides or (
            not count and token.lower not in ("sides", "parties", "neighbours", "neighbors")
        ):
            return ()
        if (
            "the" not in kids
            and "both" not in (*kids, token.lower)
            and token.lower not in ("two", "three")
        ):
            return ()
        found = self.recall.two_sides(count or 2)
        return [Reached(p, f'"{self.tree.words(head)}": told of together', False) for p in found]

    def _who_met(self, head: int) -> Sequence[Reached]:
        """ "The leaders", "both presidents", right after they are told to have met or spoken."""
        token = self.tree[head]
        kids = {self.tree[k].lower for k in self.tree.kids(head)}
        if (
            token.form != "NNS"
            or token.lemma not in words_of("sides")
            or not kids & {"the", "both", "two"}
        ):
            return ()
        met = self.recall.met()
        if any(_COUNTS[k] != len(met) for k in kids if k in _COUNTS):
            return ()
        return [Reached(p, f'"the {token.text}": who met before', False) for p in met]

    # ---------------------------------------------------------------- acts named by nouns

    def doers(self, head: int) -> tuple[Reached, ...]:
        """Who did the act that a noun names: "China's launch", "the passage of two Chilean ships",
        "attacks by Iran"; of a phrase that names somebody, they themselves."""
        if head < 0:
            return ()
        token = self.tree[head]
        for kid in self.tree.kids(head, "prep", "agent", "acl"):
            if self.tree[kid].lower == "by":
                found = self.of(self.tree.kid(kid, "pobj"))
                if found:
                    return found
            if self.tree[kid].dep == "acl" and self.tree[kid].form == "VBN":
                verb = self.verbs.get(kid)
                if verb is not None and verb.agent >= 0:
                    return self.of(verb.agent)
        if token.lemma in words_of("transitive_nouns"):
            found = tuple(self._owner(head))
        else:
            found = self.of(head)
        return found or self._told_act(head)

    def _told_act(self, head: int) -> tuple[Reached, ...]:
        """Who did "the launches" that were told of before as an act."""
        token = self.tree[head]
        definite = any(
            self.tree[k].lower in ("the", "this", "these", "that", "those", "such")
            for k in self.tree.kids(head, "det", "amod", "predet")
        )
        if not definite or token.tag != "NOUN":
            return ()
        earlier = answered(self.recall.signals, [token], ())
        if earlier is None:
            return ()
        return tuple(
            Reached(
                Party(p.actor, organisation=p.organisation),
                f'"{token.text}": told before as an act',
                False,
            )
            for p in earlier.sources
            if p.actor != "XXX"
        )

    def entities(self) -> list[Entity]:
        """Whom the sentence speaks of: its subjects, then what it names elsewhere."""
        out: list[Entity] = []
        seen: set[int] = set()
        for verb in self.verbs.values():
            if verb.subject < 0 or verb.subject in seen or verb.path != "subject":
                continue
            found = [r for r in self.of(verb.subject) if r.party.actor != "XXX"]
            seen.add(verb.subject)
            if found:
                main = verb.relation == "ROOT" or verb.governor < 0
                out.append(self._entity(found, verb.subject, subject=True, main=main))
        for token in self.tree.tokens:
            if (
                token.tag == "NOUN"
                and token.index not in self.named
                and token.lemma not in words_of("outsiders")
            ):
                owned = (
                    self.doers(token.index)
                    if token.lemma in words_of("owned_things")
                    else self.owners(token.index)
                )
                if owned:
                    self.recall.things[token.lemma] = tuple(r.party for r in owned)
        told = {t for e in out for t in self.tree.under(e.token)}
        for at, mention in self.named.items():
            if at not in told and self.tree[at].start <= mention.span.start < self.tree[at].end:
                out.append(Entity((mention.party,), at, False, False, False))
        return out

    def _entity(self, found: Sequence[Reached], token: int, *, subject: bool, main: bool) -> Entity:
        several = len({r.party.actor for r in found}) > 1 or self.tree[token].form in (
            "NNS",
            "NNPS",
        )
        return Entity(tuple(r.party for r in found), token, subject, main, several)


def _once(found: Sequence[Reached]) -> tuple[Reached, ...]:
    out: dict[tuple[str, str | None, str | None], Reached] = {}
    for reached in found:
        key = (reached.party.actor, reached.party.organisation, reached.party.person)
        out.setdefault(key, reached)
    return tuple(out.values())


def _fitted(party: Party, noun: str) -> Party:
    """The party as owner of something: "Chinese warships" are of its forces, not of its office."""
    if party.person or party.office:
        return (
            party
            if noun in words_of("state_organs")
            else Party(party.actor, party.sector, organisation=party.organisation)
        )
    return party

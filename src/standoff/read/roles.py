"""Who acts and who is acted upon: mentions inside the zones of a clause, and what stands for them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from standoff.read.discourse import Discourse, bare
from standoff.read.reading import Clause, Reading, Token
from standoff.terms import Mention, Party

_MEASURES = frozenset("mile km kilometre kilometer metre meter nmi away far foot yard".split())
_AND = re.compile(
    r"[ \t]*(?:['’]s?)?[\w \t-]{0,24}?(?:,|&|and\b|as well as|along with|together with|,? and\b|/)"
    r"[ \t]*(?:the |its ally |also |later |then )?[ \t]*"
)
_SEATED = frozenset(
    "junta government cabinet regime authority authorities parliament ministry court leadership command "
    "army administration".split()
)
_INCLUDING = re.compile(
    r"[\w -]{0,40},? (?:including|such as|like|namely|among them) (?:the )?", re.IGNORECASE
)
_UNDER = re.compile(r"\b(?:under|within) (?:the |an? |its )?$", re.IGNORECASE)
_TOWARDS = frozenset(
    "to with against at over on in near towards toward for about into onto off around between "
    "under during after before following amid including despite via like than past beyond".split()
)
_PERSONAL = frozenset("he she him his her".split())
_NEUTER = frozenset("it its they them their we our who which that both".split())
_HUMAN = ("person", "office", "surname")
_MUTUAL = frozenset("CONSULT COOPERATE AGREE SUPPORT".split())
_SIDES = frozenset(
    "sides side parties countries states nations governments neighbours neighbors ministers leaders "
    "presidents capitals armies militaries rivals powers allies officials".split()
)
_PAIRED = frozenset("two sides parties ministers leaders presidents premiers envoys pair".split())
_EACH = frozenset("both two".split())
_COUNTED = frozenset("three four five six seven eight nine ten".split())
_REALM = frozenset("country kingdom nation republic junta regime emirate sultanate island".split())
_BLOC = frozenset("bloc alliance organization organisation union agency watchdog".split())
_REALMS = frozenset(
    "airspace waters zone territory border borders coast shores islands soil eez".split()
)
_UTTERANCES = frozenset("tweet post statement article remark video comment report letter".split())
_ATTACKS = frozenset(
    "clash attack strike airstrike raid shelling bombing ambush bombardment assault firefight "
    "skirmish fire missile drone".split()
)
_ACT_NOUNS = frozenset(
    "launch missile drill exercise remark statement comment post video language move visit strike "
    "attack deployment test transit passage action demand threat warning claim word decision speech "
    "maneuver manoeuvre patrol incident flight firing step article clip sanction plan".split()
)


class Roles:
    """Finds parties in token ranges of one reading."""

    def __init__(self, reading: Reading, discourse: Discourse) -> None:
        self.reading = reading
        self.discourse = discourse
        self._starts = [m.span.start for m in reading.mentions]
        self._local: list[tuple[int, bool, list[Party]]] = []

    def open_sentence(self, clauses: Sequence[Clause]) -> None:
        """Note the named subjects of a sentence, so that its pronouns find them."""
        self._local = []
        for clause in clauses:
            if clause.subject is None or not clause.verb.finite:
                continue
            words = self.reading.tokens[slice(*clause.subject)]
            acts = any(t.tag == "NOUN" and t.lemma in _ACT_NOUNS for t in words)
            if (acts and not self.mentions(*clause.subject)) or words[0].lower in (
                "we",
                "i",
                "you",
            ):
                continue
            parties = self.senders(*clause.subject)
            if parties:
                self._local.append((clause.subject[1], clause.kind == "main", parties))

    def main_subject(self, but: Sequence[str]) -> list[Party]:
        """Who the main clause of the sentence is about."""
        for _, main, parties in self._local:
            fits = [bare(p) for p in parties if p.actor not in but]
            if main and fits:
                return fits
        return []

    def _before(self, place: int, *, human: bool, but: Sequence[str] = ()) -> list[Party]:
        """The subject before token `place` in its sentence: of a main clause if there is one."""
        best: list[Party] = []
        for main_only in (True, False):
            for end, main, parties in self._local:
                fits = [
                    p for p in parties if p.actor not in but and (p.person or p.office or not human)
                ]
                if end <= place and fits and (main or not main_only):
                    best = fits
            if best:
                return best
        return []

    def mentions(self, first: int, last: int) -> list[Mention]:
        """Mentions that lie in the tokens `first:last`."""
        if first >= last:
            return []
        tokens = self.reading.tokens
        start, end = tokens[first].start, tokens[last - 1].end
        out: list[Mention] = []
        place = bisect_left(self._starts, start)
        if place and self.reading.mentions[place - 1].span.end > start:
            place -= 1
        while place < len(self._starts) and self._starts[place] < end:
            out.append(self.reading.mentions[place])
            place += 1
        return out

    def senders(self, first: int, last: int) -> list[Party]:
        """The parties that a noun phrase in the role of the agent names."""
        found = [m for m in self.mentions(first, last) if m.kind not in ("place", "scene")]
        if not found:
            named = self.mentions(first, last)
            place = len(named) == 1 and named[0].kind == "place"
            words = self.reading.tokens[first:last]
            seated = any(t.lemma in _SEATED for t in words[:3]) and any(
                t.lower == "in" for t in words
            )
            if place and (last - first == 1 or seated):
                return [bare(named[0].party)]  # "the junta in Niamey"
            return self._pronoun(first, last)
        text, start = self.reading.text, self.reading.tokens[first].start
        heads: list[Mention] = []
        for mention in found:
            if not heads:
                heads.append(mention)
                continue
            gap = text[heads[-1].span.end : mention.span.start]
            if _INCLUDING.fullmatch(gap):
                heads = [mention]  # "US allies, including the UK and Germany"
            elif _AND.fullmatch(gap):
                heads.append(mention)
            elif (
                gap.strip(" ,") == ""
                or (
                    re.fullmatch(r"(?:['’]s?)? ?[\w -]{0,40}", gap)
                    and not (_TOWARDS & set(gap.lower().split()))
                )
            ) and (mention.party.actor == heads[-1].party.actor and mention.party.office):
                # An apposition or a chain: "Kanai, China's consul general". The later says more.
                heads[-1] = mention if not heads[-1].party.person else heads[-1]
        lead = text[start : heads[0].span.start].lower().split()
        if lead and lead[-1] in ("between", "by"):
            pass
        if len(heads) == 1 and lead and self._stands_apart(lead):
            return [*self._pronoun(first, last)] or [heads[0].party]
        return _unique([_party(m) for m in heads])

    def _stands_apart(self, lead: list[str]) -> bool:
        """True if the only name hangs on a preposition that marks a goal: "a protest to China"."""
        return any(w in _TOWARDS for w in lead[-3:]) and "from" not in lead[-3:] and len(lead) > 2

    def _pronoun(self, first: int, last: int) -> list[Party]:
        """Whom the pronouns and definite descriptions of a noun phrase stand for."""
        tokens = self.reading.tokens[first:last]
        if any(t.lower in _EACH or t.lower in _COUNTED for t in tokens[:3]) and (
            described := self._described(tokens)
        ):
            return described
        for token in tokens:
            if token.lower == "latter":
                named = self.mentions(0, token.index)
                return [named[-1].party] if named else []
            if token.lower in _PERSONAL:
                found = self._before(token.index, human=True)
                if found or self.discourse.person:
                    return found or [p for p in (self.discourse.person,) if p]
            if token.lower in ("we", "our", "us") and token.tag != "PROPN" and self.discourse.ours:
                state = self.discourse.state
                speaks = state is not None and state.sector == "GOV" and not state.person
                return [state if state and speaks else Party(self.discourse.ours, "GOV")]
            neuter = token.lower in _NEUTER and token.tag in ("PRON", "WH", "SUB", "DET")
            if neuter and token.lower not in ("that", "which"):
                if (
                    token.lower in ("they", "their", "both")
                    and len(pair := self._plural(token)) > 1
                ):
                    return pair
                found = self._before(token.index, human=False)
                if found:
                    return found
                if self.discourse.state:
                    state = self.discourse.state
                    return [Party(state.actor, state.sector, organisation=state.organisation)]
        described = self._described(tokens)
        if described:
            return described
        for token in tokens:
            if token.tag == "NOUN" and token.lemma in _UTTERANCES and (
                said := self._before(token.index, human=False)
            ):  # fmt: skip
                return said
            if token.tag == "NOUN" and token.lemma in _ACT_NOUNS:
                source = self.discourse.last_source()
                if source is not None:
                    return [source]
        return []

    def _plural(self, token: Token) -> list[Party]:
        """Two or more who were named together, in this sentence or the one before."""
        found = self._before(token.index, human=False)
        if found:
            return found
        last = self.discourse.signals[-1] if self.discourse.signals else None
        if last is not None and (len(last.sources) > 1 or last.event.value in _MUTUAL):
            return self.discourse.pair()
        return []

    def _two(self, tokens: Sequence[Token]) -> list[Party]:
        """ "The two agreed", "the sides", "the ministers": the two who were last named."""
        words = [t.lower for t in tokens if t.tag != "PUNCT"]
        if len(words) != 2 or words[0] != "the" or words[1] not in _PAIRED:
            return []
        people = words[1] not in ("two", "sides", "parties")
        return self._last_two(tokens[0].index, people=people) or self.discourse.pair()

    def _last_two(self, place: int, *, people: bool = False) -> list[Party]:
        """The two of different states who were named last before a token; with `people` persons."""
        out: dict[str, Party] = {}
        for mention in reversed(self.mentions(max(0, place - 80), place)):
            actor = mention.party.actor
            fits = mention.kind in _HUMAN or (not people and mention.kind != "place")
            if fits and actor not in (*out, "IGO", "MULTI", "XXX"):
                out[actor] = bare(mention.party)
            if len(out) == 2:
                return list(reversed(out.values()))
        return []

    def _described(self, tokens: Sequence[Token]) -> list[Party]:
        """ "both sides", "the two ministers", "the kingdom", "the bloc"."""
        if pair := self._two(tokens):
            return pair
        for place, token in enumerate(tokens):
            before = {t.lower for t in tokens[max(0, place - 3) : place]}
            if token.lower in _SIDES and before & _EACH:
                pair = self.discourse.pair()
                return pair if len(pair) == 2 else self._last_two(token.index) or pair
            if token.lower in _SIDES and before & _COUNTED:
                return self._counted()
            if token.lemma in _REALM and "the" in before:
                named = self._named_as(token)
                if named:
                    return named
                local = self._before(token.index, human=False)
                if local:
                    return [bare(p) for p in local[:1]]
                state = self.discourse.state
                return [Party(state.actor)] if state and state.actor != "IGO" else []
            if token.lemma in _BLOC and "the" in before and self.discourse.organisation:
                return [self.discourse.organisation]
        return []

    def _counted(self) -> list[Party]:
        """ "the four states": the last three or more who acted together."""
        for signal in reversed(self.discourse.signals[-6:]):
            if len(signal.sources) > 2:
                return [bare(p) for p in signal.sources]
        return []

    def _named_as(self, token: Token) -> list[Party]:
        """Who was called so before: "Niger's junta ... the junta"."""
        for earlier in reversed(self.reading.tokens[max(0, token.index - 300) : token.index]):
            if earlier.lemma == token.lemma and earlier.index >= 2:
                found = self.mentions(earlier.index - 2, earlier.index + 1)
                if found:
                    return [bare(found[-1].party)]
        return []

    def receivers(
        self, first: int, last: int, but: Sequence[Party], *, pronouns: bool = True
    ) -> list[Party]:
        """The parties named in a zone in the role of the target, without those of `but`."""
        actors = {p.actor for p in but if p.actor not in ("IGO", "MULTI", "XXX")}
        bodies = {p.organisation for p in but if p.organisation}
        found = [
            m
            for m in self.mentions(first, last)
            if m.party.actor not in actors
            and m.party.organisation not in bodies
            and not _UNDER.search(self.reading.text, max(0, m.span.start - 14), m.span.start)
        ]
        # "met Chinese leaders in Tokyo": where it was is no target while somebody else is named.
        named = [m for m in found if m.kind not in ("place", "scene")]
        parties = [_party(m) for m in named or found]
        if not parties and pronouns:
            for party in self._pronoun_object(first, last, sorted(actors)):
                if party.actor not in actors:
                    parties.append(party)
        return _unique(parties)

    def _pronoun_object(self, first: int, last: int, but: Sequence[str]) -> list[Party]:
        tokens = self.reading.tokens[first:last]
        for place, token in enumerate(tokens):
            if token.lower in ("him", "her"):
                found = self._before(token.index, human=True, but=but)
                if found or self.discourse.person:
                    return found[:1] or [p for p in (self.discourse.person,) if p]
            owned = (
                token.lower in ("its", "their")
                and {t.lower for t in tokens[place + 1 : place + 4]} & _REALMS
            )
            if owned and (found := self._before(token.index, human=False, but=but)):
                return [bare(p) for p in found]
            if token.lower in ("it", "them"):
                found = self._before(token.index, human=False, but=but)
                state = self.discourse.state
                if found:
                    return [bare(p) for p in found]
                if state and state.actor not in (*but, "IGO"):
                    return [Party(state.actor)]
                if (other := self.discourse.adversary(list(but), hostile=False)) is not None:
                    return [other]
            if token.lower in _SIDES and {t.lower for t in tokens[max(0, place - 3) : place]} & (
                _EACH | {"all"}
            ):  # fmt: skip
                if tokens[max(0, place - 3) : place] and "all" in {
                    t.lower for t in tokens[max(0, place - 3) : place]
                }:
                    return [Party("MULTI")]
                both = self.discourse.belligerents(but) or self.discourse.pair(but)
                return both or [Party("MULTI")]
        return []

    def _lists(self, comma: int, last: int) -> bool:
        """True if the comma stands inside a list: "Britain, France and Germany"."""
        ahead = self.reading.tokens[comma : min(comma + 9, last)]
        return (
            len(ahead) > 2 and ahead[0].text == "," and ahead[1].tag in ("PROPN", "DET")
            and any(t.lower in ("and", "&") for t in ahead[2:])
        )  # fmt: skip

    def agent(self, after: Sequence[Token], clause: Clause) -> list[Party]:
        """The agent of a passive: after "by", or of a thing "from" somewhere."""
        struck = self._in_attack(after)
        if struck:
            return struck
        for word in ("by", "from"):
            for token in after:
                measured = self.reading.tokens[token.index - 1].lemma in _MEASURES
                if token.lower == word and not (word == "from" and measured):
                    end = token.index + 1
                    while end < clause.last and (
                        self.reading.tokens[end].tag not in ("PUNCT", "WH", "SUB", "PREP", "VERB")
                        or self.reading.tokens[end].lower == "of"
                        or self._lists(end, clause.last)
                    ):
                        end += 1
                    found = [_party(m) for m in self.mentions(token.index + 1, end)]
                    if found:
                        return _unique(found)
                    if word == "by":
                        return self._pronoun(token.index + 1, end)
        return []

    def _in_attack(self, after: Sequence[Token]) -> list[Party]:
        """ "were killed in a Russian strike", "in a clash with Chinese troops": who struck."""
        for place, token in enumerate(after[:10]):
            if token.tag == "NOUN" and token.lemma in _ATTACKS:
                opening = next(
                    (i for i in range(place - 1, -1, -1) if after[i].lower in ("in", "by")), None
                )
                if opening is None:
                    return []
                named = self.mentions(after[opening].index + 1, token.index)
                if (
                    not named
                    and place + 2 < len(after)
                    and after[place + 1].lower in ("with", "by")
                ):
                    end = min(place + 7, len(after))
                    named = self.mentions(after[place + 2].index, after[end - 1].index + 1)[:1]
                return [m.party for m in named if m.kind != "place"][:1]
        return []


def _party(mention: Mention) -> Party:
    return mention.party


def _unique(parties: Sequence[Party]) -> list[Party]:
    """One party per actor (organisations apart), the one that says most."""
    out: dict[tuple[str, str | None], Party] = {}
    for party in parties:
        key = (party.actor, party.organisation if party.actor == "IGO" else None)
        kept = out.get(key)
        if kept is None or (party.person and not kept.person) or (party.office and not kept.office):
            out[key] = party
    return list(out.values())

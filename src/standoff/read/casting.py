"""Who sends a signal and to whom: the clause's own zones first, then the run of the text."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.read.frames import Frame, frame_classes
from standoff.read.links import answered
from standoff.read.reading import Clause, Speech, Token
from standoff.read.roles import Roles
from standoff.terms import Channel, ExtensionEvent, Party, Valence

_DIRECTED = frozenset("ACCUSE REJECT REQUEST THREATEN CONCEDE".split())
_HELP = (
    frame_classes()["AID"] | frame_classes()["AIDX"] | frame_classes()["WEAPON"]
    | frame_classes()["SYSTEM"] | frozenset(("support", "protection", "reinforcement"))
)  # fmt: skip
_JUDGES = frozenset(
    "analyst analysts expert experts critic critics economist economists observer observers scholar "
    "scholars commentator commentators researcher researchers historian historians".split()
)
_EACH_OTHER = frozenset(("ASSAULT.exchange-fire", "ACCUSE.trade-accusations"))
_AGAINST = frozenset("MOBILIZE COERCE ASSAULT SANCTION".split())
_SELF_MOVED = frozenset("MOBILIZE CONCEDE COOPERATE RETREAT".split())
_OWN_PEOPLE = frozenset(
    "official minister troop force army military navy officer aide cabinet staff citizen national "
    "resident commander soldier ambassador diplomat police men fighter crew people authority agency "
    "government ministry "
    "parliament lawmaker prosecutor reservist unit ship pilot company firm embassy".split()
)
_CALM = frozenset("restraint ceasefire cease-fire truce calm de-escalation peace dialogue".split())
_LAUNCHING = frozenset(
    "fire launch fly send sail depart move deploy lob test take fall land splash pass".split()
)
_ONWARD = frozenset("to toward towards at near over across off into against around".split())
_EVERYBODY = frozenset(
    "all relevant concerned international world global allies partners community".split()
)
_GROUP_NOUNS = frozenset(
    "sides parties countries nations states community leaders allies partners governments".split()
)


class Casting:
    """Finds senders and receivers of the clauses of one text."""

    def __init__(self, roles: Roles) -> None:
        self.roles = roles
        self.reading = roles.reading
        self.discourse = roles.discourse

    def speakers(self, chain: Sequence[Speech]) -> list[Party]:
        """The innermost speakers who are known."""
        for speech in reversed(chain):
            if speech.parties:
                return list(speech.parties)
            if speech.mention is not None:
                return [self.reading.mentions[speech.mention].party]
        return []

    def sources(
        self, clause: Clause, frame: Frame, speaker: Sequence[Party], *, unknown: bool = False
    ) -> tuple[list[Party], bool]:
        """Who sends, and whether nobody was named for it.

        `unknown` says that the words belong to a speaker of whom nothing tells the state: their
        "we" is nobody that the text names elsewhere.
        """
        tokens = self.reading.tokens
        if frame.speaker and speaker:
            return list(speaker), False
        if frame.undergo and clause.verb.passive:
            # "Taiwan will not be intimidated": who undergoes it speaks.
            named = self.roles.senders(*clause.subject) if clause.subject else []
            return named or list(speaker), False
        if clause.verb.passive:
            after = tokens[clause.verb.last : clause.last]
            found = self.roles.agent(after, clause)
            if found:
                return found, False
            if clause.subject and frame.event.value in _SELF_MOVED:
                owned = self.roles.senders(*clause.subject)
                if owned:
                    return owned, frame.event.value == "CONCEDE"
            if clause.kind == "participial" and frame.channel is Channel.WORDS:
                return [], True  # "the deal, signed at a summit": described, not reported
            if speaker and frame.channel is Channel.WORDS:
                return list(speaker), False
            if struck := self._struck_by(clause, frame):
                return struck, True
            state = self.discourse.state
            if frame.channel is Channel.WORDS and state is not None and clause.subject:
                return [Party(state.actor, state.sector, organisation=state.organisation)], False
            if speaker and frame.event.value not in ("ASSAULT", "COERCE"):
                return list(speaker), False
            if state is not None and frame.event.value in ("MOBILIZE", "NONE"):
                return [Party(state.actor, state.sector)], True  # of whom the text just told
            return ([Party(self.discourse.home)] if self.discourse.home else []), True
        if clause.subject and self._says_we(clause.subject):
            if speaker:
                return list(speaker), False
            if unknown:
                return [], False
        found = self.roles.senders(*clause.subject) if clause.subject else []
        words = frame.channel is Channel.WORDS
        if (
            not found
            and speaker
            and (words or clause.subject is None)
            and not self._foreign(clause)
        ):
            return list(speaker), False
        if not found and speaker and frame.event.value == "MOBILIZE" and not self._foreign(clause):
            return list(speaker), False  # "the Kremlin confirmed that weapons have arrived"
        return found, False

    def _struck_by(self, clause: Clause, frame: Frame) -> list[Party]:
        """Who had just acted against those who are struck now: "Tehran swore revenge. Two weeks later
        missiles were launched at Israel."."""
        if frame.event.value != "ASSAULT":
            return []
        hit = {m.party.actor for m in self.roles.mentions(clause.verb.last, clause.last)}
        hit |= (
            {m.party.actor for m in self.roles.mentions(*clause.subject)}
            if clause.subject
            else set()
        )
        for signal in reversed(self.discourse.signals[-3:]):
            hostile = signal.event.value in ("THREATEN", "ASSAULT", "MOBILIZE")
            if hostile and hit & set(signal.target_actors):
                return [Party(p.actor, organisation=p.organisation) for p in signal.sources]
        return []

    def _says_we(self, subject: tuple[int, int]) -> bool:
        return any(
            t.lower in ("we", "i", "our", "my") for t in self.reading.tokens[slice(*subject)]
        )

    def of_analysts(self, clause: Clause) -> bool:
        """True for "analysts at a bank warn": judgements of people who act for nobody."""
        if clause.subject is None or clause.verb.passive:
            return False
        words = self.reading.tokens[slice(*clause.subject)]
        head = next((t for t in words if t.tag in ("NOUN", "PROPN")), None)
        return head is not None and head.lower in _JUDGES

    def _foreign(self, clause: Clause) -> bool:
        """True if the subject is a full noun phrase of people nobody knows: not the speaker."""
        if clause.subject is None:
            return False
        words = self.reading.tokens[slice(*clause.subject)]
        head = next((t for t in words if t.tag == "NOUN"), None)
        return head is not None and head.lower in (
            "militants", "gunmen", "rebels", "attackers", "protesters", "people", "separatists",
            "fighters", "terrorists", "insurgents", "civilians", "analysts", "experts", "critics",
            "economists", "observers", "scholars", "commentators", "researchers", "historians",
        )  # fmt: skip

    def targets(
        self, clause: Clause, frame: Frame, sources: Sequence[Party], end: int,
        clauses: Sequence[Clause] = (),
    ) -> list[Party]:  # fmt: skip
        """Towards whom: object, other words behind the verb, subject, then whom it answers."""
        verb = clause.verb
        found: list[Party] = []
        tail = [t.lower for t in self.reading.tokens[verb.last : verb.last + 2]]
        if len(sources) > 1 and frame.id in _EACH_OTHER:
            return [Party(p.actor, organisation=p.organisation) for p in sources]
        if len(sources) > 1 and tail in (["each", "other"], ["one", "another"]):
            return [Party(p.actor, organisation=p.organisation) for p in sources]
        if frame.x_event is ExtensionEvent.DENY and clause.kind == "relative":
            found = self.roles.main_subject([p.actor for p in sources])
        if not found and clause.antecedent:
            found = self.roles.receivers(*clause.antecedent, sources)
        if verb.passive and clause.subject and not frame.undergo:
            found = self.roles.receivers(*clause.subject, sources)
        found = found or self._behind(clause, frame, sources)
        if not found and end > clause.last:
            found = self.roles.receivers(clause.last, end, sources)
        if not found and clause.subject and not verb.passive and not self._listed(clause.subject):
            found = self.roles.receivers(*self._head(clause.subject), sources, pronouns=False)
        if not found:
            found = self._addressed(clause, sources, clauses)
        if not found and self._unknown_object(clause, frame):
            return [Party("XXX")]
        if not found:
            found = self._cause(clause, frame, sources, clauses)
        if not found:
            found = self._implied(clause, frame, sources, end)
        return found

    def _addressed(
        self, clause: Clause, sources: Sequence[Party], clauses: Sequence[Clause]
    ) -> list[Party]:
        """Netanyahu in "Biden told Netanyahu that the United States would not join"."""
        if clause.kind != "complement" or clause.parent is None or not clauses:
            return []
        above = clauses[clause.parent - clauses[0].index]
        if above.verb.lemma not in ("tell", "warn", "inform", "assure", "remind", "promise"):
            return []
        own = {p.actor for p in sources}
        named = self.roles.mentions(above.verb.last, above.last)
        return [m.party for m in named if m.party.actor not in own and m.kind != "place"][:1]

    def _unknown_object(self, clause: Clause, frame: Frame) -> bool:
        """True for "accused the TPLF": somebody is named whom nobody knows."""
        if frame.event.value != "ACCUSE" or clause.verb.passive:
            return False
        after = self.reading.tokens[clause.verb.last : clause.verb.last + 2]
        named = next((t for t in after if t.tag not in ("DET",)), None)
        return (
            named is not None and named.tag == "PROPN" and named.text[:1].isupper()
            and not self.roles.mentions(named.index, named.index + 1)
        )  # fmt: skip

    def _cause(
        self, clause: Clause, frame: Frame, sources: Sequence[Party], clauses: Sequence[Clause]
    ) -> list[Party]:
        """Who did what is answered: "scrambled jets when Turkish drones entered its airspace"."""
        if frame.event.value not in _DIRECTED | _AGAINST:
            return []
        own = {p.actor for p in sources}
        for other in clauses:
            told = other.parent == clause.index and other.kind == "adverbial" and other.subject
            if (
                told
                and other.subject
                and other.marker in ("after", "when", "as", "because", "since")
            ):
                named = self.roles.mentions(*other.subject)
                return [m.party for m in named if m.party.actor not in own][:1]
        return []

    def _listed(self, subject: tuple[int, int]) -> bool:
        """True for "US allies, including Britain": of the rest none is a target."""
        return any(t.lower == "including" for t in self.reading.tokens[slice(*subject)])

    def _head(self, subject: tuple[int, int]) -> tuple[int, int]:
        """The noun phrase without what stands behind a comma: "Russia, an ally of Iran"."""
        tokens = self.reading.tokens
        comma = next((i for i in range(*subject) if tokens[i].text == ","), subject[1])
        return (subject[0], comma)

    def _behind(self, clause: Clause, frame: Frame, sources: Sequence[Party]) -> list[Party]:
        """Parties behind the verb; what a weapon or a ship came from is no target."""
        verb = clause.verb
        if frame.event.value == "ACCUSE":
            tokens = self.reading.tokens
            named = next(
                (i for i in range(verb.last, clause.last) if tokens[i].lower == "as"), None
            )
            if named is not None:  # "condemned the strikes as a violation of Yemen's sovereignty"
                first = self.roles.receivers(verb.last, named, sources)
                if first or (first := self._implied(clause, frame, sources, named)):
                    return first
        if frame.channel is Channel.DEEDS and not verb.passive:
            later = self._later(clause)
            if later < clause.last:
                return self.roles.receivers(verb.last, later, sources)
        if verb.lemma not in _LAUNCHING or frame.event.value not in ("MOBILIZE", "ASSAULT"):
            return self.roles.receivers(verb.last, clause.last, sources)
        tokens = self.reading.tokens
        cut = next((i for i in range(verb.last, clause.last) if tokens[i].lower == "from"), None)
        if cut is None:
            return self.roles.receivers(verb.last, clause.last, sources)
        found = self.roles.receivers(verb.last, cut, sources)
        onward = next(
            (i for i in range(cut, clause.last) if tokens[i].lower in _ONWARD), clause.last
        )
        return found or self.roles.receivers(onward, clause.last, sources)

    def _later(self, clause: Clause) -> int:
        """Where words of time or cause begin that name others: "after a visit by Pelosi"."""
        tokens = self.reading.tokens
        for at in range(clause.verb.last + 1, clause.last):
            if tokens[at].lower in ("after", "following", "amid", "since", "before", "despite") or (
                tokens[at].lower == "in"
                and at + 1 < clause.last
                and tokens[at + 1].lower in ("response", "retaliation", "protest", "return")
            ):  # fmt: skip
                return at
        return clause.last

    def _implied(
        self, clause: Clause, frame: Frame, sources: Sequence[Party], end: int
    ) -> list[Party]:
        """Whom the clause answers though it does not say so."""
        event = frame.event.value
        own = [p.actor for p in sources]
        if frame.valence is Valence.RETRACT:
            for earlier in reversed(self.discourse.signals[-10:]):
                if set(own) & set(earlier.source_actors) and earlier.targets:
                    return list(earlier.targets)
        tail = self.reading.tokens[clause.verb.last : clause.verb.last + 4]
        if any(t.lower in ("itself", "himself", "herself", "themselves") for t in tail):
            return []
        if (event == "SUPPORT" and frame.pledge) or frame.id == "SUPPORT.stand-with":
            victim = self.discourse.victim(own)
            return [victim] if victim is not None else []
        hit_back = event == "ASSAULT" and clause.verb.lemma in ("respond", "retaliate", "answer")
        if hit_back:
            other = self.discourse.adversary(own, hostile=True)
            return [other] if other is not None else []
        if (
            frame.id == "SUPPORT.welcome"
            and not self.reading.tokens[clause.verb.last].text[0].isupper()
        ):
            last = self.discourse.last_source(own)
            if last is not None:
                return [last]
        if event == "SUPPORT":
            zone = self.reading.tokens[clause.verb.last : min(end, clause.verb.last + 10)]
            earlier = answered(self.discourse.signals, zone, own)
            return [Party(p.actor) for p in earlier.sources] if earlier is not None else []
        if event == "REQUEST" and (both := self.discourse.belligerents(own)):
            zone = self.reading.tokens[clause.verb.last : min(end, clause.verb.last + 8)]
            if any(t.lower in _CALM for t in zone):
                return both
        if frame.id == "CONSULT.mediate":
            return self.discourse.pair(own)
        if event not in _DIRECTED:
            against = event in _AGAINST and not frame.needs_target
            rival = self.discourse.rival(own) if against else None
            return [rival] if rival is not None else []
        zone = self.reading.tokens[clause.verb.last : min(end, clause.verb.last + 14)]
        if event == "REQUEST" and any(t.lemma in _HELP for t in zone):
            return []  # "called for rockets": from whom, the text does not say
        if self.at_everybody(zone):
            return [Party("MULTI")]
        for strict in (True, False):
            earlier = answered(self.discourse.signals, zone, own, strict=strict)
            if earlier is None and strict:
                against = self.discourse.acted_against(own)
                if against is not None:
                    return [against]
            if earlier is not None:
                break
        if earlier is not None:
            return [Party(p.actor, organisation=p.organisation) for p in earlier.sources][:2]
        other = self.discourse.adversary(own, hostile=event not in ("REJECT", "REQUEST"))
        other = other or self.discourse.rival(own)
        return [other] if other is not None else []

    def at_everybody(self, zone: Sequence[Token]) -> bool:
        """True for "urged all sides", "called on the international community"."""
        head = [t.lower for t in zone[:8]]
        return any(w in _GROUP_NOUNS for w in head) and any(w in _EVERYBODY for w in head)

    def to_own_people(self, clause: Clause, frame: Frame, sources: Sequence[Party]) -> bool:
        """True for "ordered officials to gather information": an order within, no request."""
        if frame.event.value != "REQUEST" or clause.verb.lemma not in (
            "order", "tell", "ask", "instruct", "direct", "urge", "require",
        ):  # fmt: skip
            return False
        zone: list[Token] = []
        for token in self.reading.tokens[clause.verb.last : clause.last]:
            if token.tag in ("TO", "PUNCT", "SUB", "WH", "PREP"):
                break
            zone.append(token)
        if not zone or any(t.lower in ("both", "each", "two", "other") for t in zone):
            return False
        others = (
            "colleague",
            "counterpart",
            "neighbour",
            "neighbor",
            "ally",
            "partner",
            "rival",
            "host",
        )
        if zone[0].lower in ("his", "her", "its", "their") and not any(
            t.lemma in others for t in zone
        ):  # fmt: skip
            return not self.roles.mentions(zone[0].index, zone[-1].index + 1)
        mentioned = self.roles.mentions(zone[0].index, zone[-1].index + 1)
        own = {p.actor for p in sources}
        people = any(t.lemma in _OWN_PEOPLE for t in zone)
        return (people or bool(mentioned)) and all(m.party.actor in own for m in mentioned)

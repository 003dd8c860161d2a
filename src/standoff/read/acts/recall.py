"""What was told before in one document: whom "he", "it", "they", "the two countries" stand for.

Each answer comes with its reason, and where grammar leaves two, there is none: a wrong side is worse
than nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from standoff.read.reading import actor_in
from standoff.terms import Party, Signal


@dataclass(frozen=True, slots=True)
class Reached:
    """A party with the path that led to it ("named", 'owner of "drills"', '"it": subject before').

    `sure` is False where coreference decided and not grammar.
    """

    party: Party
    path: str
    sure: bool = True


def told_apart(party: Party) -> Party:
    """The party under the code that it has while one text is read (`actor_in`)."""
    code = actor_in(party)
    return party if code == party.actor else replace(party, actor=code)


def as_coded(party: Party) -> Party:
    """The party as it is printed, after `told_apart`."""
    code, _, group = party.actor.partition(":")
    return replace(party, actor=code, organisation=group) if group else party


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody spoken of: the parties of one phrase, with where and in which part of the sentence.

    `several` says that they were joined ("Bolivia and Paraguay") or a plural.
    """

    parties: tuple[Party, ...]
    token: int
    subject: bool
    main: bool
    several: bool

    @property
    def person(self) -> bool:
        """Whether it is one person."""
        first = self.parties[0]
        return not self.several and bool(first.person or (first.office and first.sector != "MIL"))


@dataclass(slots=True)
class Recall:
    """What one document has told so far; filled sentence by sentence."""

    sentences: list[list[Entity]] = field(default_factory=lambda: [])
    signals: list[Signal] = field(default_factory=lambda: [])
    speaker: tuple[Reached, ...] = ()
    """Who spoke last."""
    said: tuple[Reached, ...] = ()
    """Who spoke in the sentence before, if nobody acted since."""
    paragraph: int = -2
    """The paragraph in which they spoke."""
    pair: tuple[Party, ...] = ()
    """The parties that were last told of together."""
    author: tuple[Reached, ...] = ()
    """Who issued the document, where it says so."""

    things: dict[str, tuple[Party, ...]] = field(default_factory=lambda: {})
    """Whose the thing of a noun was that was told of last: "29 PLA aircraft ... the aircraft"."""

    def _before(self, back: int = 2) -> list[list[Entity]]:
        return list(reversed(self.sentences[-back:]))

    def one_person(self) -> tuple[Party, ...]:
        """Whom "he" or "she" stands for: the one person who was a subject in the sentence before."""
        for told in self._before():
            subjects = [e for e in told if e.subject and e.person]
            chosen = [e for e in subjects if e.main] or subjects
            if chosen or told:
                return chosen[0].parties if len({e.parties for e in chosen}) == 1 else ()
        return ()

    def one_state(self, *, alone: bool = False) -> tuple[Party, ...]:
        """Whom "it" or "the ministry" stands for: the side of the main subject before.

        With `alone`, only if the sentence before spoke of no other: "Peru asked Chile to withdraw. It
        refused." is either.
        """
        for told in self._before():
            main = [e for e in told if e.subject and e.main and not e.several]
            if main:
                actors = {p.actor for e in (told if alone else main) for p in e.parties}
                return (main[0].parties[0],) if len(actors) == 1 else ()
            if told:
                return ()
        return ()

    def many(self) -> tuple[Party, ...]:
        """Whom "they" stands for: the main subject before."""
        for told in self._before(1):
            main = [e for e in told if e.subject and e.main]
            several = [e for e in main if e.several] or main
            if several:
                return several[-1].parties if len({e.parties for e in several}) == 1 else ()
        return ()

    def same_office(
        self, sector: str | None, office: str | None, person: str | None = None
    ) -> tuple[Party, ...]:
        """The state whose office of that name was named before ("the foreign minister"), if one; of
        somebody with a name only where the name is the same."""
        found: dict[str, Party] = {}
        for told in self.sentences[-4:]:
            for entity in told:
                for party in entity.parties:
                    same = office and party.office and _like(office, party.office)
                    if person:
                        same = party.person is not None and _like(person, party.person)
                    organ = (
                        not office
                        and sector
                        and party.sector == sector
                        and not (party.person or party.office)
                    )
                    if same or organ:
                        found[party.actor] = party
        return tuple(found.values()) if len(found) == 1 else ()

    def met(self) -> tuple[Party, ...]:
        """Who met or spoke, if that was told last or right before it: both, for "they", "the leaders"."""
        for signal in reversed(self.signals[-2:]):
            parties = {p.actor: p for p in (*signal.sources, *signal.targets) if p.actor != "XXX"}
            if signal.event.value == "CONSULT" and len(parties) > 1:
                return tuple(Party(p.actor, organisation=p.organisation) for p in parties.values())
        return ()

    def two_sides(self, count: int = 2) -> tuple[Party, ...]:
        """The parties of "the two countries": those last told of together, else the only two named
        in the sentence before."""
        for together in (self.met(), self.pair):
            if len(together) == count:
                return together
        for told in self._before():
            actors: dict[str, Party] = {}
            for entity in told:
                for party in entity.parties:
                    actors.setdefault(
                        party.actor, Party(party.actor, organisation=party.organisation)
                    )
            if len(actors) == count:
                return tuple(actors.values())
            if len(actors) > count:
                return ()
        return ()

    def last_doers(self, but: Iterable[str]) -> tuple[Party, ...]:
        """Who did what was told last, for "this was a provocation"; nobody of `but`."""
        own = set(but)
        for signal in reversed(self.signals[-4:]):
            others = tuple(p for p in signal.sources if p.actor not in own | {"XXX"})
            if others and signal.event.value not in ("ACCUSE", "REJECT", "SUPPORT", "REQUEST"):
                return others
        return ()

    def hear(self, entities: Sequence[Entity]) -> None:
        """Remember who a sentence spoke of."""
        self.sentences.append(list(entities))
        for entity in entities:
            actors = dict.fromkeys(p.actor for p in entity.parties)
            if len(actors) > 1:
                self.pair = tuple(
                    Party(p.actor, organisation=p.organisation)
                    for p in {p.actor: p for p in entity.parties}.values()
                )


def _like(one: str, other: str) -> bool:
    a, b = one.lower().removeprefix("the "), other.lower()
    return a in b or b in a

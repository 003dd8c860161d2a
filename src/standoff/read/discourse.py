"""What was last spoken of in one document, so that "he", "both sides" and "its ally" find theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from standoff.terms import Party, PloverEvent, Signal


@dataclass(slots=True)
class Discourse:
    """What was last spoken of, in one document."""

    person: Party | None = None
    state: Party | None = None
    organisation: Party | None = None
    signals: list[Signal] = field(default_factory=lambda: [])
    home: str = ""
    ours: str = ""
    topic: tuple[str, ...] = ()
    """The two states that the text speaks of most, if it clearly is about two."""

    def hear(self, parties: Sequence[Party]) -> None:
        """Remember who was just the subject."""
        for party in parties:
            if party.person or party.office:
                self.person = party
            if party.actor == "IGO":
                self.organisation = party
            if party.actor not in ("XXX",):
                self.state = party

    def last_source(self, but: Sequence[str] = ()) -> Party | None:
        """The sender of the last signal that was not sent by one of `but`."""
        for signal in reversed(self.signals[-8:]):
            for party in signal.sources:
                if party.actor not in (*but, "XXX"):
                    return Party(party.actor)
        return None

    def adversary(self, actors: Sequence[str], *, hostile: bool) -> Party | None:
        """Who is at odds with `actors`: who acted against them, whom they acted against, or who
        acted last; with `hostile` only acts of conflict count."""
        own = {*actors, "XXX", "MULTI"}
        recent = [s for s in self.signals[-10:] if s.event in _CONFLICT or not hostile]
        for signal in reversed(recent):
            if own & set(signal.target_actors) - {"XXX", "MULTI"}:
                for party in signal.sources:
                    if party.actor not in own:
                        return bare(party)
        for signal in reversed(recent):
            if own & set(signal.source_actors) - {"XXX", "MULTI"}:
                for party in signal.targets:
                    if party.actor not in own:
                        return bare(party)
        for signal in reversed(recent):
            verbal = signal.event.value in ("ACCUSE", "REJECT")
            for party in (*signal.targets, *signal.sources) if verbal else signal.sources:
                if party.actor not in own:
                    return bare(party)
        return None

    def rival(self, actors: Sequence[str]) -> Party | None:
        """The other one of the two states that the text is about."""
        others = [a for a in self.topic if a not in actors]
        return Party(others[0]) if len(others) == 1 else None

    def acted_against(self, actors: Sequence[str]) -> Party | None:
        """Who last acted against one of `actors`."""
        for signal in reversed(self.signals[-10:]):
            if signal.event in _CONFLICT and set(actors) & set(signal.target_actors):
                for party in signal.sources:
                    if party.actor not in (*actors, "XXX", "MULTI"):
                        return bare(party)
        return None

    def victim(self, but: Sequence[str]) -> Party | None:
        """Against whom the last act of conflict of somebody else was."""
        for signal in reversed(self.signals[-10:]):
            deed = signal.event.value not in ("ACCUSE", "REJECT")
            if deed and signal.event in _CONFLICT and not set(but) & set(signal.source_actors):
                for party in signal.targets:
                    if party.actor not in (*but, "XXX", "MULTI"):
                        return bare(party)
        return None

    def belligerents(self, but: Sequence[str] = ()) -> list[Party]:
        """The two sides of the last act of conflict between others."""
        own = {*but, "XXX", "MULTI"}
        for signal in reversed(self.signals[-10:]):
            if signal.event.value not in ("ASSAULT", "COERCE", "MOBILIZE", "ACCUSE", "THREATEN"):
                continue
            sides = [p for p in signal.sources if p.actor not in own][:1]
            sides += [
                p
                for p in signal.targets
                if p.actor not in own and p.actor not in signal.source_actors
            ][:1]
            if len(sides) == 2:
                return [bare(p) for p in sides]
        return []

    def pair(self, but: Sequence[str] = ()) -> list[Party]:
        """The two parties that were last told of together: "both sides", "the two ministers"."""
        out: dict[str, Party] = {}
        own = {*but, "XXX", "MULTI"}
        met = [s for s in self.signals[-3:] if s.event.value in ("CONSULT", "COOPERATE")]
        for signal in [*reversed(met), *reversed(self.signals[-6:])]:
            for party in (*signal.sources, *signal.targets):
                if party.actor not in own and party.actor not in out:
                    out[party.actor] = bare(party)
                if len(out) == 2:
                    return list(out.values())
        return []


_CONFLICT = frozenset(
    PloverEvent(e)
    for e in "REJECT ACCUSE THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
)


def bare(party: Party) -> Party:
    """The party without person and office."""
    return Party(party.actor, organisation=party.organisation)

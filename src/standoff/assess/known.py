"""The events of a dossier while reports are read into it: kept, and brought up to date.

What a report is matched with grows with the record; grouping all of it again for every report made
each reading as long as the record. Only what was recorded since the last look is grouped here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from weakref import WeakKeyDictionary

from standoff.assess.matching import Rarity
from standoff.ledger import Ledger
from standoff.terms import Event


class Known:
    """Events by who acts in them, and how rare their words are."""

    def __init__(self) -> None:
        self._clear()
        self._signal = self._decision = -1

    def _clear(self) -> None:
        self.rarity = Rarity()
        self._events: dict[str, Event] = {}
        self._by_actor: defaultdict[str, dict[str, Event]] = defaultdict(dict)

    def refresh(self, ledger: Ledger) -> None:
        """Take in what the ledger holds now; after a decision everything is grouped again."""
        held = ledger.held()
        if held["decision"] != self._decision or held["signal"] < self._signal:
            self._clear()
            self._take(ledger.events())
        elif held["signal"] > self._signal:
            self._take(ledger.events_since(self._signal))
        self._signal, self._decision = held["signal"], held["decision"]

    def about(self, actors: Iterable[str]) -> tuple[Event, ...]:
        """The events in which any of these actors acts: only such can be meant."""
        found: dict[str, Event] = {}
        for actor in actors:
            found |= self._by_actor.get(actor, {})
        return tuple(found.values())

    def _take(self, events: Iterable[Event]) -> None:
        for event in events:
            old = self._events.get(event.key)
            if old is not None:
                self.rarity.drop(old)
                for actor in old.signal.source_actors:
                    self._by_actor[actor].pop(event.key, None)
            self._events[event.key] = event
            self.rarity.take(event)
            for actor in event.signal.source_actors:
                self._by_actor[actor][event.key] = event


_KEPT: WeakKeyDictionary[Ledger, Known] = WeakKeyDictionary()


def known_events(ledger: Ledger) -> Known:
    """What an open ledger knows at this moment; kept as long as it is open."""
    # Inside an unfinished write nothing is kept: it may be taken back, and its numbers given again.
    unfinished = ledger.store.connection.in_transaction
    known = Known() if unfinished else _KEPT.setdefault(ledger, Known())
    known.refresh(ledger)
    return known

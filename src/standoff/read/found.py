"""A mention in the making, and the state of words that are typical of one state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from standoff.read.gazetteer import Entry


@dataclass(slots=True)
class Found:
    """A mention in the making. `generic` has no state of its own yet; `typical` has that of the
    state that uses the word most, which gives way where the text never names that state."""

    start: int
    end: int
    entry: Entry
    former: bool = False
    generic: bool = False
    typical: bool = False
    spell: tuple[date | None, date | None] = (None, None)
    """Days of the person that was joined into it."""


def give_way(found: list[Found]) -> None:
    """Take the state from words that are typical of one state where the text never names it."""
    named = {f.entry.actor for f in found if f.entry.kind in _NAMING or f.entry.kind == "joined"}
    named |= {f.entry.actor for f in found if f.entry.kind == "person" and f.entry.start}
    for item in found:
        if item.typical and named and item.entry.actor not in named and not item.entry.person:
            item.generic = True
            item.entry = replace(item.entry, actor="")


_NAMING = frozenset("state demonym capital metonym flag".split())


def preposition(text: str, start: int) -> str:
    words = text[max(0, start - 16) : start].lower().split()
    return words[-1] if words else ""

"""Words that take their state from the context: "the ministry", "police", "the minister"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from standoff.read.gazetteer import Entry
from standoff.read.reading import Reading


@dataclass(slots=True)
class Found:
    """A mention in the making. `generic` has no state of its own yet."""

    start: int
    end: int
    entry: Entry
    former: bool = False
    generic: bool = False


def resolve_generic(reading: Reading, found: list[Found]) -> None:
    """Give "the ministry" a state, from what stands nearest before it."""
    last: Entry | None = None
    sentence = -1
    located = ""
    here = False
    for place, item in enumerate(found):
        where = reading.sentence_at(item.start)
        if where is not None and where.index != sentence:
            sentence, located, here = where.index, "", False
        entry = item.entry
        if item.generic:
            local = entry.sector in _LOCAL and not here and where is not None
            scene = _scene(reading.text, found[place + 1 :], where.end) if local and where else ""
            actor = located or scene or (last.actor if last else "") or _first_actor(found)
            if actor:
                item.entry = replace(entry, actor=actor)
        elif (
            entry.kind == "capital"
            and where is not None
            and item.start - where.start < 12
            and (preposition(reading.text, item.start) == "in")
        ):
            located = entry.actor
        elif entry.actor not in ("IGO", "MULTI", "XXX") and entry.kind not in ("capital",):
            last = entry
            here = True


_LOCAL = frozenset("CVL COP REB EDU JUD".split())


def _scene(text: str, later: Sequence[Found], end: int) -> str:
    """The state in which a crowd or the police act: "Students rallied against China in Japan"."""
    for item in later:
        if item.start >= end:
            break
        if item.entry.kind in ("state", "capital") and preposition(text, item.start) == "in":
            return item.entry.actor
    return ""


def preposition(text: str, start: int) -> str:
    words = text[max(0, start - 16) : start].lower().split()
    return words[-1] if words else ""


def _first_actor(found: list[Found]) -> str:
    return next(
        (f.entry.actor for f in found if f.entry.actor and f.entry.actor not in ("IGO", "MULTI")),
        "",
    )

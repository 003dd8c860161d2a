"""Words that take their state from the context: "the ministry", "police", "the minister"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from standoff.read.gazetteer import Entry, world
from standoff.read.reading import Reading


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
        if item.typical and named and item.entry.actor not in named and item.entry.start is None:
            item.generic = True
            item.entry = replace(item.entry, actor="")


def resolve_generic(reading: Reading, found: list[Found]) -> None:
    """Give "the ministry" a state, from what stands nearest before it."""
    last: Entry | None = None
    theme: Entry | None = None
    before: Entry | None = None
    sentence = -1
    located = ""
    here = False
    home = _home(reading.text, found)
    for place, item in enumerate(found):
        where = reading.sentence_at(item.start)
        if where is not None and where.index != sentence:
            sentence, located, here = where.index, "", False
            before, theme = theme or before, None
        entry = item.entry
        if item.typical and preposition(reading.text, item.start) in ("his", "her", "its", "their"):
            item.generic = True  # "his foreign secretary" need not be Britain's
        opened = _speaks_after(reading.text, item.start) if item.generic else None
        if opened is not None:
            # Who is only spoken of in the quotation is no hint of whose minister speaks.
            earlier = [f for f in found[:place] if f.start < opened]
            actor = _seat(reading.text, item, found[place + 1 :]) or next(
                (f.entry.actor for f in reversed(earlier) if f.entry.actor not in _NO_STATE), ""
            )
            item.entry = replace(entry, actor=actor)
        elif item.generic:
            local = entry.sector in _LOCAL and not here and where is not None
            scene = _scene(reading.text, found[place + 1 :], where.end) if local and where else ""
            own = entry.person and not here  # "Defence Minister Lee": of where the report is from
            seat = _seat(reading.text, item, found[place + 1 :])
            actor = seat or located or scene or (home if own else "")
            # "The government" at the head of a sentence is that of whom the one before was about.
            heads = not here and where is not None and item.start - where.start < 8
            actor = actor or (before.actor if heads and before else "")
            # "his foreign secretary", "two officials said": of whom the sentence is about.
            owned = preposition(reading.text, item.start) in ("his", "her", "its", "their")
            officials = (entry.office or "") in _OFFICIALS
            about = theme or before
            actor = actor or (about.actor if (owned or officials) and about else "")
            actor = actor or (last.actor if last else "") or _first_actor(found)
            if actor:
                item.entry = replace(entry, actor=actor)
            if actor and own:
                last, here = item.entry, True
        elif (
            entry.kind == "capital"
            and where is not None
            and item.start - where.start < 12
            and (preposition(reading.text, item.start) == "in")
        ):
            located = entry.actor
        elif entry.actor not in _NO_STATE and (
            entry.kind != "capital" or reading.text.startswith(("'s", "’s"), item.end)
        ):  # fmt: skip
            last = entry
            here = True
            if theme is None and preposition(reading.text, item.start) not in _BEFORE_OTHERS:
                theme = entry


_NO_STATE = ("", "IGO", "MULTI", "XXX")
_SPEAKS = re.compile(r"[\"”’»],? (?:\w+ly )?\w+ (?:the |an? |its |his |her |their )?$")
_OPENERS = {"”": "“", "’": "‘", "»": "«", '"': '"'}


def _speaks_after(text: str, start: int) -> int | None:
    """Where the quotation opens behind which stands "said the minister" with the minister at
    `start`; None where no quotation closes right before."""
    found = _SPEAKS.search(text, max(0, start - 40), start)
    if found is None:
        return None
    opener = text.rfind(_OPENERS[found.group()[0]], max(0, found.start() - 2000), found.start())
    return opener if opener >= 0 else None


_BEFORE_OTHERS = frozenset(
    "in to from against with on at by near over of off for between toward towards about".split()
)
_OFFICIALS = frozenset(
    "official officials diplomat diplomats officer officers sources source aide aides".split()
)
_ABROAD = re.compile(
    r"embass|ambassador|consul|envoy|troops|forces|diplomat|official", re.IGNORECASE
)


def _seat(text: str, item: Found, later: Sequence[Found]) -> str:
    """The state of "the foreign ministry in Beijing"; not of "the embassy in Beijing"."""
    following = next(iter(later), None)
    if following is None or following.entry.kind != "capital" or item.entry.person:
        return ""
    near = text[item.end : following.start] == " in "
    return following.entry.actor if near and not _ABROAD.search(item.entry.name) else ""


_NAMING = frozenset("state demonym capital metonym flag".split())
_LOCAL = frozenset("CVL COP REB EDU JUD".split())


def _scene(text: str, later: Sequence[Found], end: int) -> str:
    """The state in which a crowd or the police act: "Students rallied against China in Japan"."""
    for item in later:
        if item.start >= end:
            break
        if item.entry.kind in ("state", "capital") and preposition(text, item.start) == "in":
            return item.entry.actor
    return ""


_DATELINE = re.compile(r"\W{0,3}([A-Z][A-Z.'’ -]{2,30}?)(?:,| ?[-–—(:/]| \()")


def _home(text: str, found: Sequence[Found]) -> str:
    """The state a report is from: that of its dateline, else the first that it names."""
    for line in text[:600].split("\n"):
        dated = _DATELINE.match(line)
        if dated is not None:
            hits = world().find(dated.group(1).title())
            for entry in hits[0].entries if hits else ():
                if entry.kind == "capital":
                    return entry.actor
    first = next((f for f in found if f.entry.kind in (*_NAMING, "joined", "person")), None)
    return first.entry.actor if first is not None and first.entry.actor != "IGO" else ""


def preposition(text: str, start: int) -> str:
    words = text[max(0, start - 16) : start].lower().split()
    return words[-1] if words else ""


def _first_actor(found: list[Found]) -> str:
    return next(
        (f.entry.actor for f in found if f.entry.actor and f.entry.actor not in ("IGO", "MULTI")),
        "",
    )

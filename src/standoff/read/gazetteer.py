"""The names that READ knows, in one Aho-Corasick automaton.

Built once per process from the tables of `reference` (states, bodies, organisations, offices) and
from `data/names.toml` (groups of states, hull prefixes, warships). A dictionary given for one run
is matched beside it, without regard to case, and wins where both match.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast

import ahocorasick

from standoff.read.spellings import FAMILY_FIRST, SPANISH, plain, spellings
from standoff.reference import (
    Body,
    OfficeSpell,
    bodies,
    leaders,
    office_spells,
    office_titles,
    organisations,
    state_names,
)

# Where people are called by their own name, the first, since the other is their father's.
GIVEN_NAME = frozenset("ETH ERI ISL MYS THA".split())


@dataclass(frozen=True, slots=True)
class Entry:
    """One name. `kind` is state, demonym, capital, body, organisation, person, surname, title,
    group, vessel or extra; `start` and `end` bound the days on which it means this."""

    name: str
    kind: str
    actor: str
    sector: str | None = None
    person: str | None = None
    office: str | None = None
    organisation: str | None = None
    officialness: str = ""
    start: date | None = None
    end: date | None = None
    caution: tuple[str, ...] = ()

    def holds(self, on: date) -> bool:
        """True if the name means this on a day."""
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of text with every entry its words may stand for."""

    start: int
    end: int
    entries: tuple[Entry, ...]


class Names:
    """An automaton over names. `folded` matches without regard to case."""

    def __init__(self, entries: Iterable[Entry], *, folded: bool = False) -> None:
        self.folded = folded
        table: dict[str, list[Entry]] = {}
        for entry in entries:
            key = (entry.name.lower() if folded else entry.name).replace("’", "'")
            if key:
                table.setdefault(key, []).append(entry)
        self.automaton = ahocorasick.Automaton()
        for key, group in table.items():
            self.automaton.add_word(key, (len(key), tuple(group)))
        self.size = len(table)
        if self.size:
            self.automaton.make_automaton()

    def find(self, text: str) -> list[Hit]:
        """Leftmost longest matches that begin and end at word boundaries, without overlaps."""
        if not self.size:
            return []
        text = text.replace("’", "'")
        hay = text.lower() if self.folded else text
        if len(hay) != len(text):  # a letter whose lower case is longer: keep offsets true
            hay = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        hits: list[Hit] = []
        total = len(hay)
        found = cast(
            "Iterable[tuple[int, tuple[int, tuple[Entry, ...]]]]", self.automaton.iter(hay)
        )
        for last, (length, entries) in found:
            start, end = last - length + 1, last + 1
            if start and (hay[start - 1].isalnum() or hay[start - 1] in "_@#"):
                continue
            if end < total and hay[end].isalnum():
                continue
            # Ends come in rising order; of two that overlap the longer, then the earlier stays.
            while hits and hits[-1].end > start:
                other = hits[-1]
                if other.end - other.start >= length:
                    break
                hits.pop()
            else:
                hits.append(Hit(start, end, entries))
        return hits


def surname(person: str, actor: str) -> str:
    """The family name as reports use it alone.

    >>> surname("Xi Jinping", "CHN"), surname("Nobuo Kishi", "JPN")
    ('Xi', 'Kishi')
    """
    words = [w for w in person.split() if w.lower().rstrip(".") not in ("jr", "sr", "ii", "iii")]
    if not words:
        return person
    if actor in (FAMILY_FIRST | GIVEN_NAME) and len(words) > 1:
        return words[0]
    particles = ("bin", "al", "von", "van", "de", "der", "den", "la", "le", "el", "ben", "di")
    for place in range(1, len(words) - 1):
        if words[place].lower() in particles and words[place].lower() != "bin":
            return " ".join(words[place:])
    return words[-1]


def _states() -> list[Entry]:
    out: list[Entry] = []
    for item in state_names():
        entry = Entry(
            item.name, _STATE_KINDS.get(item.kind, "state"), item.actor,
            start=item.start, end=item.end, caution=item.caution,
        )  # fmt: skip
        out.append(entry)
        if item.name.startswith("the "):
            out.append(replace(entry, name=f"T{item.name[1:]}"))
        plain = not item.caution and len(item.name) > 4 and item.name[:1].isupper()
        if plain and item.kind in ("name", "capital", "demonym"):
            for other in (item.name.lower(), item.name.upper()):
                out.append(Entry(other, entry.kind, item.actor, start=item.start, end=item.end))
    return out


_STATE_KINDS = {
    "name": "state", "demonym": "demonym", "capital": "capital", "metonym": "metonym",
    "abbreviation": "state",
}  # fmt: skip


def _group(item: Body) -> str | None:
    """The name of a group that acts for no state; who is in power acts for it."""
    armed = item.sector == "REB" and item.kind != "de facto authority"
    return item.name if armed else None


def _whose(item: Body) -> tuple[str, str]:
    """Actor and sector: an armed group is nobody's state ("XXX"), a de facto authority its government."""
    if item.sector != "REB":
        return item.actor, item.sector
    return ("XXX", "REB") if _group(item) else (item.actor, "GOV")


def _bodies() -> list[Entry]:
    return [
        Entry(
            name, "body", *_whose(item), None, None,
            _group(item), item.officialness, item.start, item.end, item.caution,
        )
        for item in bodies()
        for name in item.names
        if len(name) > 2 and "(" not in name
    ]  # fmt: skip


def _organisations() -> list[Entry]:
    return [
        Entry(name, "organisation", "MULTI" if item.kind == "MULTI" else "IGO", "IGO",
              organisation=item.code, officialness="official", caution=item.caution)
        for item in organisations()
        for name in item.names
        if len(name) > 1 and item.kind != "NGO"
    ]  # fmt: skip


def _own_spells() -> list[OfficeSpell]:
    """The spells of offices, of those who are head of several states at once only their own."""
    own: dict[str, str] = own_names()["own_state"]
    return [s for s in office_spells() if own.get(s.person, s.actor) == s.actor]


def _persons() -> list[Entry]:
    return [
        Entry(
            name, "person", spell.actor, spell.sector, spell.person, spell.title,
            spell.organisation or None, "official", spell.start, spell.end,
        )
        for spell in _own_spells()
        for name in dict.fromkeys(n for own in spell.names for n in spellings(own, spell.actor))
        if " " in name and name[:1].isupper()
    ]  # fmt: skip


_TITLE_SECTORS = {
    "defence_minister": "GOV", "chief_of_defence": "MIL", "army_chief": "MIL", "navy_chief": "MIL",
    "air_chief": "MIL", "commander": "MIL", "speaker": "LEG", "intelligence_chief": "SPY",
    "spokesperson_defence": "GOV",
}  # fmt: skip


def _capitals(phrase: str) -> str:
    """A phrase as a name: "Ministry of Defence"."""
    small = ("of", "and", "for", "the", "to")
    words = [w if w in small else w[:1].upper() + w[1:] for w in phrase.split()]
    return re.sub(r"-(\w)", lambda m: "-" + m[1].upper(), " ".join(words))


def _titles() -> list[Entry]:
    out: list[Entry] = []
    codes = {o.code for o in organisations()}
    for item in office_titles():
        sector = _TITLE_SECTORS.get(item.office, "GOV")
        actor, whose = ("IGO", item.actor) if item.actor in codes else (item.actor, None)
        if item.office == "secretary_general" and not actor:
            actor = "IGO"  # of whichever organisation
        for name in {item.phrase, _capitals(item.phrase)}:
            out.append(Entry(name, "title", actor, sector, None, item.phrase, whose))
    return out


@lru_cache(maxsize=1)
def own_names() -> dict[str, Any]:
    """The file `data/names.toml` as parsed."""
    return tomllib.loads(files("standoff.read").joinpath("data/names.toml").read_text("utf-8"))


def _own() -> list[Entry]:
    table = own_names()
    out: list[Entry] = []
    for code, names in cast("dict[str, list[str]]", table["groups"]).items():
        out.extend(Entry(n, "group", code) for n in names)
    for body, names in cast("dict[str, list[str]]", table["seats"]).items():
        out.extend(Entry(n, "capital", "IGO", "IGO", organisation=body) for n in names)
    for actor, names in cast("dict[str, list[str]]", table["hulls"]).items():
        out.extend(Entry(n, "hull", actor, "MIL") for n in names)
    for actor, names in cast("dict[str, list[str]]", table["warships"]).items():
        out.extend(Entry(n, "vessel", actor, "MIL") for n in names)
    for sector, names in cast("dict[str, list[str]]", table["titles"]).items():
        for n in names:
            out.extend(Entry(x, "title", "", sector, None, n) for x in {n, _capitals(n)})
    for sector, names in cast("dict[str, list[str]]", table["bodies"]).items():
        for n in names:
            out.extend(
                Entry(x, "generic", "", sector) for x in {n, _capitals(n), n[:1].upper() + n[1:]}
            )
    for actor, names in cast("dict[str, list[str]]", table["more"]).items():
        code, _, sector = actor.partition("_")
        out.extend(Entry(n, "body", code, sector or None, officialness="official") for n in names)
    return out


@lru_cache(maxsize=1)
def world() -> Names:
    """Everything that ships, built on first use.

    >>> [h.entries[0].actor for h in world().find("Beijing told Tokyo so.")]
    ['CHN', 'JPN']
    """
    return Names([*_states(), *_bodies(), *_organisations(), *_persons(), *_titles(), *_own()])


@lru_cache(maxsize=1)
def surnames() -> dict[str, tuple[Entry, ...]]:
    """Family names of the holders of the highest offices, for a name that stands alone."""
    out: dict[str, list[Entry]] = {}
    high = ("head_of_state", "head_of_government", "foreign_minister", "defence_minister",
            "national_security_adviser", "deputy_head_of_government", "deputy_head_of_state", "secretary_general",
            "spokesperson_government", "spokesperson_foreign")  # fmt: skip
    for spell in _own_spells():
        if spell.office not in high:
            continue
        for name in _alone(spell.names, spell.actor):
            out.setdefault(name, []).append(
                Entry(
                    name, "surname", spell.actor, spell.sector, spell.person, spell.title,
                    spell.organisation or None, "official", spell.start, spell.end,
                )
            )  # fmt: skip
    for leader in leaders():
        for name in _alone((leader.person,), leader.actor):
            out.setdefault(name, []).append(
                Entry(name, "surname", leader.actor, "GOV", leader.person, "leader", None,
                      "official", leader.start, leader.end)
            )  # fmt: skip
    return {name: tuple(group) for name, group in out.items()}


def _alone(names: Sequence[str], actor: str) -> list[str]:
    """How reports call a person by one name: with and without accents, and without the article
    of Arabic names ("Sisi")."""
    found = {surname(n, actor) for own in names for n in (own, plain(own))}
    found |= {n.split(" ")[-2] for n in names if actor in SPANISH and n.count(" ") > 1}
    nick = own_names()["nicknames"]
    found |= {short for own in names for short in nick.get(plain(own), ())}
    found |= {n[3:] for n in found if n[:3].lower() in ("al-", "el-") and len(n) > 6}
    return sorted(n for n in found if len(n) > 1)


def extra_names(entries: Sequence[Entry]) -> Names:
    """The automaton of a dictionary for one run."""
    return Names(entries, folded=True)


_REACH = 60
"""Characters looked at on each side of a gap: few names that ship are longer."""
_WHOLE = frozenset(("state", "demonym", "capital", "person", "organisation", "body", "extra"))


def name_crosses(text: str, start: int, end: int, own: Names | None = None) -> bool:
    """True if a name goes on over the gap `start:end`, such as a line end, as if it were a space.

    >>> name_crosses("North\\nKorea spoke.", 5, 6), name_crosses("Talks end\\nKorea spoke.", 9, 10)
    (True, False)
    """
    left = text[max(0, start - _REACH) : start]
    joined = f"{left} {text[end : end + _REACH]}"
    for names in (world(), own):
        for hit in names.find(joined) if names is not None else ():
            if hit.start < len(left) < hit.end and any(e.kind in _WHOLE for e in hit.entries):
                return True
    return False


def named_at(text: str, own: Names | None = None) -> Iterator[int]:
    """Where the text has a word that names somebody; cheap, so that other sentences are passed over.

    >>> list(named_at("Trade grew. China spoke."))
    [12]
    """
    for names in (world(), own):
        for hit in names.find(text) if names is not None else ():
            yield hit.start

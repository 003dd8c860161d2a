"""Who held which office when, and how reports write the offices.

One record is one spell of one person in one office. Every row has ``as_of``, the last day that its
source vouches for. A row without an end says that the person was still in office on that day; so a
day has three answers for a spell: it holds, it does not, or the table does not say
(:meth:`OfficeSpell.status_on`). A check must never contradict a report from the third.

One person is one ``person_id`` whatever the spelling and however many terms: the Wikidata item
where one is known, else the state with the name. Rows were given the same one only by evidence: the
same item, or the same name, or the same office from the same days on. Two persons of one name have two.

On the day of a hand-over both the old and the new holder count. A spell of ``precision`` month or
year starts on the first day and ends on the last day of that unit.

Sources: Wikidata (CC0) as collected per state by every-politician-scrapers, CIA World Factbook
(public domain) revision by revision from 2021 to 2026, REIGN and Archigos for other effective
leaders, and pages found by search for later changes. Each row says which.

Examples:
    >>> [s.person for s in holders("JPN", "head_of_government", date(2021, 8, 1))]
    ['Yoshihide Suga']
    >>> offices_of("Yoshihide Suga", on=date(2019, 5, 1))[0].title
    'Chief Cabinet Secretary'
    >>> match = nearest_person("Yoshihige Suda")
    >>> match.name, match.distance
    ('Yoshihide Suga', 2)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from standoff.reference.provenance import Provenance, parse_date, parse_list, read_rows

__all__ = [
    "NearPerson",
    "OfficeSpell",
    "OfficeTitle",
    "coverage",
    "holders",
    "nearest_person",
    "office_spells",
    "office_titles",
    "offices_of",
    "titles_for",
]

Answer = Literal["holds", "not", "unknown"]


@dataclass(frozen=True, slots=True)
class OfficeSpell:
    """One person in one office for one spell.

    Attributes:
        actor: ISO alpha-3, or ``IGO`` with `organisation`.
        organisation: code of the organisation, else empty.
        person: name in the order that English-language reports use.
        aliases: other spellings and orders.
        person_id: the same for all spells of one person, and for no other person.
        office: normalised key, for example ``head_of_government``, ``foreign_minister``.
        title: the title of this office in this state.
        sector: PLOVER sector of the holder.
        start: first day; never missing.
        end: last day; `None` if the source shows no end.
        precision: ``day``, ``month`` or ``year``; the coarser of start and end.
        as_of: the last day that the source vouches for; never before `end`.
        acting: held the office for another or for the time being.
        provenance: origin of the row.
    """

    actor: str
    organisation: str
    person: str
    aliases: tuple[str, ...]
    person_id: str
    office: str
    title: str
    sector: str
    start: date
    end: date | None
    precision: str
    as_of: date
    acting: bool
    provenance: Provenance

    @property
    def names(self) -> tuple[str, ...]:
        """The name, then the aliases."""
        return (self.person, *self.aliases)

    def status_on(self, on: date) -> Answer:
        """Whether the person held the office on a day: ``holds``, ``not`` or ``unknown``.

        Example:
            >>> spell = offices_of("Yoshihide Suga")[-1]
            >>> spell.status_on(date(2021, 1, 1)), spell.status_on(date(2022, 1, 1))
            ('holds', 'not')
        """
        if on < self.start:
            return "not"
        if self.end is not None:
            return "holds" if on <= self.end else "not"
        if on <= self.as_of:
            return "holds"
        return "unknown"


@dataclass(frozen=True, slots=True)
class OfficeTitle:
    """How reports write an office.

    Attributes:
        phrase: lower case, singular, without article.
        office: the normalised key.
        actor: alpha-3 if the phrase means this office in that state only; empty for any state.
        rank: 1 is the plain reading; higher numbers are readings to try after it.
        provenance: origin of the row.
    """

    phrase: str
    office: str
    actor: str
    rank: int
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class NearPerson:
    """A person whose name comes close to a written name.

    Attributes:
        name: the name or alias that is closest.
        distance: edits (insert, delete, replace, swap) between the two, case folded.
        spells: all spells of that person.
    """

    name: str
    distance: int
    spells: tuple[OfficeSpell, ...]


@lru_cache(maxsize=1)
def office_spells() -> tuple[OfficeSpell, ...]:
    """All spells, ordered by state, office and start.

    Example:
        >>> len(office_spells()) > 2000
        True
    """
    return tuple(_spell(row) for row in read_rows("offices.csv"))


def _spell(row: Mapping[str, str]) -> OfficeSpell:
    start = parse_date(row["from"])
    provenance = Provenance.of(row, "offices.csv")
    as_of = parse_date(row["as_of"])
    assert start is not None and as_of is not None, row  # the table's test says so
    return OfficeSpell(
        actor=row["actor"],
        organisation=row["organisation"],
        person=row["person"],
        aliases=parse_list(row["aliases"]),
        person_id=row["person_id"],
        office=row["office"],
        title=row["title"],
        sector=row["sector"],
        start=start,
        end=parse_date(row["to"]),
        precision=row["precision"],
        as_of=as_of,
        acting=row["acting"] == "true",
        provenance=provenance,
    )


@lru_cache(maxsize=1)
def _by_office() -> dict[tuple[str, str], tuple[OfficeSpell, ...]]:
    groups: dict[tuple[str, str], list[OfficeSpell]] = {}
    for spell in office_spells():
        groups.setdefault((spell.organisation or spell.actor, spell.office), []).append(spell)
    return {key: tuple(group) for key, group in groups.items()}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, tuple[OfficeSpell, ...]]:
    persons: dict[str, list[OfficeSpell]] = {}
    for spell in office_spells():
        persons.setdefault(spell.person_id, []).append(spell)
    groups: dict[str, dict[str, None]] = {}
    for person, spells in persons.items():
        for name in {_fold(n) for s in spells for n in s.names}:
            groups.setdefault(name, {})[person] = None
    return {name: tuple(s for p in ids for s in persons[p]) for name, ids in groups.items()}


def _fold(name: str) -> str:
    return " ".join(name.replace("’", "'").casefold().split())


def holders(actor: str, office: str, on: date, *, unknown: bool = False) -> tuple[OfficeSpell, ...]:
    """Who held an office on a day; on a hand-over day, both.

    Args:
        actor: alpha-3 code of the state, or the code of an organisation.
        office: normalised key.
        on: the day.
        unknown: also give spells of which the table does not know whether they still ran.

    Example:
        >>> [s.person for s in holders("USA", "defence_minister", date(2018, 6, 1))]
        ['James Mattis']
        >>> [s.person for s in holders("JPN", "head_of_government", date(2021, 10, 4))]
        ['Yoshihide Suga', 'Fumio Kishida']
        >>> holders("JPN", "head_of_government", date(1930, 1, 1))
        ()
    """
    wanted = ("holds", "unknown") if unknown else ("holds",)
    return tuple(
        spell for spell in _by_office().get((actor, office), ()) if spell.status_on(on) in wanted
    )


def coverage(actor: str, office: str) -> tuple[date, date] | None:
    """First and last day for which the table can name a holder; `None` if it holds none.

    Gaps inside are possible (a vacancy, or a holder not recorded).

    Example:
        >>> first, last = coverage("JPN", "head_of_government")
        >>> first.year <= 2010 and last.year >= 2026
        True
        >>> coverage("JPN", "astronaut") is None
        True
    """
    group = _by_office().get((actor, office), ())
    ends = [spell.end or spell.as_of for spell in group]
    return (min(s.start for s in group), max(ends)) if group else None


def offices_of(person: str, on: date | None = None) -> tuple[OfficeSpell, ...]:
    """The spells of a person by any spelling that the table holds, optionally on a day.

    All terms are found by each spelling: the table keeps one person as one. Two persons of one name
    both come; `person_id` tells them apart.

    Example:
        >>> [str(s.start.year) for s in offices_of("Benyamin Netanyahu") if s.title == "Prime Minister"]
        ['1996', '2009', '2022']
        >>> [s.start.year for s in offices_of("abe shinzo") if s.office == "head_of_government"]
        [2006, 2012]
        >>> offices_of("Fumio Kishida", on=date(2015, 1, 1))[0].office
        'foreign_minister'
    """
    found = sorted(_by_name().get(_fold(person), ()), key=lambda s: (s.start, s.office))
    return tuple(s for s in found if on is None or s.status_on(on) == "holds")


def nearest_person(name: str, *, limit: float = 0.2) -> NearPerson | None:
    """The known person whose name is closest to a written name, if plausibly a misspelling.

    A near miss differs by at most three edits and by at most `limit` of the longer name, has the
    same number of words, and every word is itself close: at least half of its letters stay, and
    words of three letters or fewer differ by one edit at most. An exact name has distance 0.

    Example:
        >>> near = nearest_person("Antony Blinkin")
        >>> near.name, near.distance, near.spells[0].actor
        ('Antony Blinken', 1, 'USA')
        >>> nearest_person("Jane Doe") is None
        True
    """
    wanted = _fold(name)
    known = _by_name()
    if wanted in known:
        return _near(wanted, 0)
    words = wanted.split()
    if len(words) < 2:
        return None
    best: tuple[int, str] | None = None
    for other, distance in _close_names(wanted, len(words)):
        cap = min(3, int(limit * max(len(wanted), len(other))))
        if distance > cap or not _words_close(words, other.split()):
            continue
        if best is None or (distance, other) < best:
            best = (distance, other)
    return None if best is None else _near(best[1], best[0])


@lru_cache(maxsize=4096)
def _close_names(wanted: str, count: int) -> tuple[tuple[str, int], ...]:
    """Known names of `count` words within three edits; kept, because reports repeat their names."""
    near = [
        other
        for length in range(len(wanted) - 3, len(wanted) + 4)
        for other in _by_shape().get((count, length), ())
    ]
    found = process.extract(wanted, near, scorer=OSA.distance, score_cutoff=3, limit=None)
    return tuple((other, int(distance)) for other, distance, _ in found)


@cache
def _by_shape() -> dict[tuple[int, int], tuple[str, ...]]:
    """Known names by their number of words and letters: only alike ones can be near."""
    shapes: dict[tuple[int, int], list[str]] = {}
    for name in sorted(_by_name()):
        shapes.setdefault((len(name.split()), len(name)), []).append(name)
    return {shape: tuple(names) for shape, names in shapes.items()}


def _words_close(first: list[str], second: list[str]) -> bool:
    if len(first) != len(second):
        return False
    for one, two in zip(first, second, strict=True):
        edits = OSA.distance(one, two)
        longer = max(len(one), len(two))
        if edits > (1 if longer <= 3 else longer // 2):
            return False
    return True


def _near(folded: str, distance: int) -> NearPerson:
    spells = _by_name()[folded]
    written = next(n for s in spells for n in s.names if _fold(n) == folded)
    return NearPerson(name=written, distance=distance, spells=spells)


@lru_cache(maxsize=1)
def office_titles() -> tuple[OfficeTitle, ...]:
    """All phrases for offices.

    Example:
        >>> {t.office for t in office_titles() if t.phrase == "prime minister"}
        {'head_of_government'}
    """
    return tuple(
        OfficeTitle(
            phrase=row["phrase"],
            office=row["office"],
            actor=row["actor"],
            rank=int(row["rank"]),
            provenance=Provenance.of(row, "office_titles.csv"),
        )
        for row in read_rows("office_titles.csv")
    )


def titles_for(phrase: str, actor: str = "") -> tuple[OfficeTitle, ...]:
    """Readings of a phrase, those of the state first, then the general ones, by rank.

    Example:
        >>> titles_for("secretary of state", "USA")[0].office
        'foreign_minister'
        >>> titles_for("Premier", "TWN")[0].office
        'head_of_government'
    """
    wanted = _fold(phrase)
    found = [t for t in office_titles() if t.phrase == wanted and t.actor in ("", actor)]
    return tuple(sorted(found, key=lambda t: (t.actor == "", t.rank)))

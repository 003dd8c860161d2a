"""Who is named: gazetteer hits turned into parties, joined with their titles and persons.

"Chinese Foreign Ministry spokesman Lin Jian" is one mention with actor, office and person. A title or
body without a state ("the ministry") is handed on as unnamed: whose it is, the grammar of its
sentence tells, or coreference. Dates come first, so that "in May" is nobody.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import day_name, month_name
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from standoff.read.found import Found, give_way, preposition
from standoff.read.gazetteer import Entry, Hit, Names, surname, surnames, world
from standoff.read.namesakes import doubtful, named_longer, own_abbreviations
from standoff.read.reading import Reading, Token
from standoff.read.spellings import plain
from standoff.read.stretches import Stretches
from standoff.terms import Mention, Party, Span

_JOIN = re.compile(
    r"(?:['’]s?)?[ \t]*(?:(?:former|deputy|acting|new|top|senior|vice|then|ex-|state|outgoing|chief"
    r"|late|first|the|current|visiting|interim|incoming)[ \t-]+){0,3}"
)
_OF_STATE = re.compile(r"[ \t]*(?:of|for|in)[ \t]+(?:the[ \t]+)?")
_NAME_NEXT = re.compile(
    r"[ \t,]{1,2}((?:[A-Z][\w’'-]+|[A-Z]\.)(?:[ \t](?:(?:bin|al|von|van|de|der|den|el|ben|da|di)[ \t])?"
    r"(?:[A-Z][\w’'-]+|[A-Z]\.)){0,3})"
)
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_FORMER = re.compile(r"\b(?:former|ex-|late|then-|retired|previous)[ \t-]*$", re.IGNORECASE)
LOCATIVES = frozenset("in at near outside from inside around across off".split())


def find_mentions(
    reading: Reading, extra: Names | None = None
) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """All mentions of one text, in order, none overlapping: those of a known party, and the unnamed.

    >>> from standoff.read.report import prepare
    >>> r = prepare("Chinese Foreign Ministry spokesman Lin Jian met Taro Kono.", date(2019, 5, 1))
    >>> [(m.span.quote, m.party.actor, m.party.person) for m in r.mentions]
    [('Chinese Foreign Ministry spokesman Lin Jian', 'CHN', 'Lin Jian'), \
('Taro Kono', 'JPN', 'Taro Kono')]
    """
    text, on = reading.text, reading.published
    found = [
        f for h in world().find(_without_shouting(text)) if (f := _choose(h, text, on)) is not None
    ]
    if extra is not None:
        own = [f for h in extra.find(text) if (f := _choose_own(h, on)) is not None]
        found = _merge_lists(own, found)
    found.extend(_flags(text, found))
    found.extend(_halves(text, on))
    found.sort(key=lambda f: f.start)
    aside = Stretches.of(reading.boilerplate)
    found = [f for f in found if not aside.hold(f.start) and not _in_date(reading, f.start, f.end)]
    found = own_abbreviations(text, found)
    found = _join_up(text, found, on)
    give_way(found)
    people = _people(text, found)
    for item in found:  # "Minister Szijjarto", after "Peter Szijjarto of Hungary"
        met = people.get(item.entry.person or "") if item.generic else None
        if met is not None and met[0] < item.start and met[1].actor:
            item.entry, item.generic = replace(met[1], office=item.entry.office), False
    found = _lone_surnames(reading, found, people)
    for item in found:
        item.generic = item.generic or not item.entry.actor
    return (
        tuple(_mention(text, f) for f in found if f.entry.actor),
        tuple(_mention(text, f) for f in found if not f.entry.actor),
    )


def _in_date(reading: Reading, start: int, end: int) -> bool:
    """Whether the words are those of a date: "in May", "on March 3"."""
    at = bisect_right(reading.dates, start, key=lambda d: d.span.start) - 1
    return at >= 0 and reading.dates[at].span.start <= start and end <= reading.dates[at].span.end


_SHOUTED = re.compile(r"^[^a-z\n]{8,160}$", re.MULTILINE)
_SMALL = re.compile(r"(?<= )(?:Of|And|For|The|On|In|To|At)(?= )")


def _without_shouting(text: str) -> str:
    """The text with its lines in capitals as a title would have them, place by place: "DEPARTMENT OF
    DEFENSE" is the Department of Defense."""

    def lowered(line: re.Match[str]) -> str:
        titled = _SMALL.sub(lambda m: m.group().lower(), line.group().title())
        return titled if len(titled) == len(line.group()) else line.group()

    return _SHOUTED.sub(lowered, text)


def _choose(hit: Hit, text: str, on: date) -> Found | None:
    """Which entry the words stand for on the day of publication; None if for none."""
    entries = [e for e in hit.entries if e.holds(on)]
    kinds = {e.kind for e in hit.entries}
    if "person" in kinds:
        return _choose_person(hit, text, on)
    if not entries:
        return None
    order = ("body", "organisation", "state", "demonym", "capital", "metonym", "group", "title",
             "generic", "hull", "vessel")  # fmt: skip
    best = min(entries, key=lambda e: order.index(e.kind) if e.kind in order else 99)
    word = text[hit.start : hit.end]
    if best.kind == "state" and word == "us":
        return None
    if best.kind == "vessel" and not _ship_before(text, hit.start):
        return None
    if best.kind == "hull":
        end = hit.end
        named = _NAME_NEXT.match(text, end)
        return Found(hit.start, named.end() if named else end, best)
    if named_longer(best, text, hit) or (best.caution and doubtful(best, text, hit)):
        return None
    generic = best.kind in ("title", "generic") and not best.actor
    former = _FORMER.search(text, max(0, hit.start - 12), hit.start) is not None
    # "chief cabinet secretary" is Japan's, unless the text speaks of others and not of Japan.
    common = any(e.kind in ("title", "generic") and not e.actor for e in hit.entries)
    common = common or (best.kind == "title" and word.islower())
    typical = bool(best.actor) and best.kind in ("title", "body", "generic") and common
    return Found(hit.start, hit.end, best, former, generic, typical)


def _choose_own(hit: Hit, on: date) -> Found | None:
    """Which entry of one's own dictionary holds on the day: a dated one before one without days.

    A person whose days are over is a former holder of the office; any other name means nothing then.
    """
    holding = [e for e in hit.entries if e.holds(on)]
    if holding:
        best = min(holding, key=lambda e: e.start is None and e.end is None)
        return Found(hit.start, hit.end, best, generic=not best.actor)
    people = [e for e in hit.entries if e.person and e.end is not None and e.end < on]
    if not people:
        return None
    return Found(hit.start, hit.end, max(people, key=lambda e: e.end or date.min), former=True)


_NAME_GOES_ON = re.compile(r" [A-ZÀ-Þ]\w")


def _choose_person(hit: Hit, text: str, on: date) -> Found | None:
    spells = [e for e in hit.entries if e.kind == "person"]
    if _NAME_GOES_ON.match(text, hit.end):  # "José Antonio Yépez": given names of another
        word = text[hit.start : hit.end]
        spells = [e for e in spells if surname(e.person or "", e.actor) in word]
        if not spells:
            return None
    in_office = [e for e in spells if e.holds(on)]
    former = _FORMER.search(text, max(0, hit.start - 60), hit.start) is not None
    if in_office:
        # An open spell is vouched for only so long; the latest that began counts.
        entry = max(in_office, key=lambda e: (e.start or date.min, e.end is not None))
        return Found(hit.start, hit.end, entry)
    earlier = [e for e in spells if e.start is not None and e.start <= on]
    entry = max(earlier or spells, key=lambda e: e.end or e.start or date.min)
    return Found(hit.start, hit.end, entry, bool(earlier) or former)


def _ship_before(text: str, start: int) -> bool:
    before = text[max(0, start - 30) : start].lower()
    return (
        re.search(
            r"(?:carrier|warship|frigate|destroyer|cruiser|corvette|ship|flagship|vessel|submarine)"
            r"s?,? (?:the )?$",
            before,
        )
        is not None
    )


def _merge_lists(first: list[Found], second: list[Found]) -> list[Found]:
    """Both lists in order of place; where two overlap, the one of `first` stays."""
    out = list(first)
    place = 0
    for item in second:
        while place < len(first) and first[place].end <= item.start:
            place += 1
        if place >= len(first) or first[place].start >= item.end:
            out.append(item)
    return sorted(out, key=lambda f: f.start)


_HALVES = re.compile(
    r"\b(North|South|East|West) (?:and|or) (?:North|South|East|West)(?:ern)? ([A-Z]\w+)"
)


def _halves(text: str, on: date) -> list[Found]:
    """North Korea in "North and South Korea"."""
    out: list[Found] = []
    for match in _HALVES.finditer(text):
        whole = f"{match[1]} {match[2]}"
        for hit in world().find(whole):
            entry = next((e for e in hit.entries if e.holds(on)), None)
            if entry is not None and hit.end - hit.start == len(whole):
                out.append(Found(match.start(), match.end(1), entry))
    return out


@lru_cache(maxsize=1)
def _flag_codes() -> dict[str, str]:
    from standoff.reference import states

    return {s.iso2: s.actor for s in states() if s.iso2}


def _flags(text: str, found: list[Found]) -> list[Found]:
    codes = _flag_codes()
    out: list[Found] = []
    for match in _FLAG.finditer(text):
        two = "".join(chr(ord(c) - 0x1F1E6 + 65) for c in match.group())
        if two in codes:
            out.append(Found(match.start(), match.end(), Entry(match.group(), "flag", codes[two])))
    return out


def _join_up(text: str, found: list[Found], on: date) -> list[Found]:
    """Join state, body, title and person that stand side by side into one mention."""
    out: list[Found] = []
    for item in found:
        if out and _fits(text, out[-1], item):
            last = out[-1]
            out[-1] = _joined(text, last, item)
            continue
        out.append(item)
    for item in out:
        if item.entry.kind in ("title", "generic", "body", "joined") and not item.entry.person:
            _take_name(text, item, on)
    return [f for i, f in enumerate(out) if not i or f.start >= out[i - 1].end]


_PREFIXED = re.compile(r"\b(?:anti|pro|non|post|trans)[-–‐]$", re.IGNORECASE)
# States that reports call by one short name: the person tells which of them is meant.
_ONE_NAME = ({"COG", "COD"}, {"KOR", "PRK"}, {"GIN", "GNB"}, {"GIN", "GNQ"}, {"SDN", "SSD"})
_HEADS = ("title", "body", "generic", "organisation", "joined")


def _fits(text: str, left: Found, right: Found) -> bool:
    gap = text[left.end : right.start]
    if len(gap) > 30 or "\n" in gap:
        return False
    lk, rk = left.entry.kind, right.entry.kind
    if _PREFIXED.search(text, max(0, left.start - 6), left.start):
        return False  # "pro-Israel protesters"
    if rk == "person":
        near = lk in (*_HEADS, "state", "demonym", "extra") and _JOIN.fullmatch(gap) is not None
        same = left.entry.actor in ("", right.entry.actor) or left.generic
        same = same or {left.entry.actor, right.entry.actor} in _ONE_NAME
        return near and same and not (lk == "state" and not gap.strip(" ") and False)
    if lk in (
        "state",
        "demonym",
        "metonym",
        "capital",
        "organisation",
        "flag",
        "extra",
        "joined",
        "body",
        "generic",
        "title",
    ) and (rk in ("title", "generic", "body")):
        if _JOIN.fullmatch(gap) is None:
            return lk == "title" and _OF_STATE.fullmatch(gap) is not None and "of" in gap
        if rk == "body" and right.entry.actor != left.entry.actor and not right.typical:
            return False
        return lk not in ("joined", "title") or rk == "title" or left.entry.person is None
    if lk in ("title", "generic", "joined") and rk in ("state", "organisation", "capital"):
        if (
            left.entry.person
            or not _OF_STATE.fullmatch(gap)
            or ("in" in gap.split() and rk == "capital")
        ):
            return False
        return left.generic
    if lk == "title" and rk in ("generic", "title", "body"):
        return _OF_STATE.fullmatch(gap) is not None and "of" in gap
    return False


def _joined(text: str, left: Found, right: Found) -> Found:
    a, b = left.entry, right.entry
    actor = a.actor or b.actor
    if b.kind in ("state", "organisation", "capital") and left.generic:
        actor = b.actor
    if b.kind == "person":
        actor = b.actor
    office = b.office if b.kind == "person" and not a.office else (a.office or b.office)
    if a.office and b.office and b.kind != "person":
        office = text[left.start : right.end].lower() if a.kind in ("title", "joined") else b.office
    entry = Entry(
        text[left.start : right.end],
        "person" if b.kind == "person" else "joined",
        actor,
        b.sector or a.sector,
        b.person or a.person,
        office,
        b.organisation or a.organisation,
        b.officialness or a.officialness,
    )
    return Found(
        left.start, right.end, entry, left.former or right.former, not actor,
        spell=_days(right if b.kind == "person" else left),
    )  # fmt: skip


def _days(item: Found) -> tuple[date | None, date | None]:
    """The days between which a name means what it was taken for."""
    return item.spell if item.spell != (None, None) else (item.entry.start, item.entry.end)


_NO_NAME = frozenset(
    "on in at the a monday tuesday wednesday thursday friday saturday sunday january february march "
    "april may june july august september october november december however but and he she it".split()
)


def _take_name(text: str, item: Found, on: date) -> None:
    """Take a capitalised name after a title into the mention: "spokesman Lin Jian"."""
    if item.entry.kind in ("body", "generic"):
        return
    match = _NAME_NEXT.match(text, item.end)
    if match is None or match.group(0).startswith(",") or "," in match.group(0)[:2]:
        return
    name = match.group(1)
    if name.split()[0].lower() in _NO_NAME and not (
        name in surnames() and not text[match.end() : match.end() + 2].strip().isdigit()
    ):
        return
    known = None
    if not item.entry.actor:  # "Secretary Austin", "President Ronald Reagan"
        title = item.entry.office or text[item.start : item.end]
        known, _ = _known_surname(surnames().get(name.split()[-1], ()), on, title)
        known = None if known is not None and _another(known, name) else known
    if known is not None:
        item.entry = replace(known, kind="person", office=item.entry.office or known.office)
        item.generic = False
    else:
        item.entry = replace(item.entry, kind="person", person=name)
    item.end = match.end(1)


def _people(text: str, found: list[Found]) -> dict[str, tuple[int, Entry]]:
    """Family names of everybody named in full, with where, so that the name alone is known later."""
    out: dict[str, tuple[int, Entry]] = {}
    for item in found:
        person = item.entry.person
        if person:
            words = person.split()
            start, end = _days(item)
            entry = replace(item.entry, kind="person", start=start, end=end)
            out.setdefault(surname(person, item.entry.actor), (item.start, entry))
            if len(words) > 1:
                out.setdefault(words[-1], (item.start, entry))
    return out


_WORD = re.compile(r"[A-ZÀ-Þ][\w’'-]+")


def _lone_surnames(
    reading: Reading, found: list[Found], people: dict[str, tuple[int, Entry]]
) -> list[Found]:
    """Family names that stand alone, of people named before or of high office-holders."""
    known = surnames()
    taken = [(f.start, f.end) for f in found]
    extra: list[Found] = []
    cursor = 0
    previous: Token | None = None
    for token in reading.tokens:
        start, before = token.start, previous
        previous = token
        while cursor < len(taken) and taken[cursor][1] <= start:
            cursor += 1
        if cursor < len(taken) and taken[cursor][0] <= start:
            continue
        if token.tag not in ("PROPN", "NOUN", "ADJ", "VERB") or not token.text[:1].isupper():
            continue
        met = people.get(token.text)
        entry = met[1] if met is not None and met[0] <= start else None
        former = False
        if entry is None:
            entry, former = _known_surname(known.get(token.text, ()), reading.published)
            beside = before is not None and before.tag == "PROPN" and before.end + 1 >= start
            beside = beside and before is not None and before.lower.rstrip(".") not in _ADDRESS
            following = (
                reading.tokens[token.index + 1] if token.index + 1 < len(reading.tokens) else None
            )
            if entry is None or beside or (following is not None and following.tag == "PROPN"):
                continue
        if _in_date(reading, token.start, token.end):
            continue
        titled = before is not None and before.lower.rstrip(".") in _ADDRESS
        if met is None and token.text in _CALENDAR and not titled:
            continue
        extra.append(
            Found(token.start, token.end, replace(entry, kind="person"), former, not entry.actor)
        )
    return sorted([*found, *extra], key=lambda f: f.start)


_CALENDAR = frozenset((*month_name, *day_name))
"""Words of the calendar are names of people only after a title, or after the person in full."""
_ADDRESS = frozenset(
    "mr mrs ms miss dr sir dame lord lady president premier chancellor minister secretary senator "
    "governor general admiral colonel".split()
)
_REMEMBERED = timedelta(days=4 * 365)


def _another(known: Entry, name: str) -> bool:
    """Whether a name in full is not that of the holder whose family name it ends with."""
    given = name.split()[:-1]
    own = (known.person or "").split()
    return bool(given) and len(own) > 1 and not {plain(g) for g in given} & {plain(o) for o in own}


def _known_surname(
    entries: Sequence[Entry], on: date, title: str = ""
) -> tuple[Entry | None, bool]:
    """The one holder of that name in office on the day, else the one who left not long ago.

    The second value is True for the latter. Nobody where two people share the name, or where they
    hold another office than the title says ("Vice President Harris" is no prime minister).
    """
    if title:
        entries = [e for e in entries if _is_deputy(e.office or "") == _is_deputy(title)]
        entries = [e for e in entries if _titled(e, title)] or entries
    current = [e for e in entries if e.holds(on)]
    if current:
        if len({e.person for e in current}) != 1:
            return None, False
        return max(current, key=lambda e: e.start or date.min), False
    past = [e for e in entries if e.end is not None and on - _REMEMBERED <= e.end < on]
    if len({e.person for e in past}) != 1:
        return None, False
    return max(past, key=lambda e: e.end or date.min), True


def _is_deputy(title: str) -> bool:
    return title.lower().startswith(("vice", "deputy"))


def _titled(entry: Entry, title: str) -> bool:
    """Whether a title is that of an office: "President Macron" is the president, not the co-prince."""
    return title.lower().split()[-1] in (entry.office or "").lower().split()


def _mention(text: str, item: Found) -> Mention:
    entry = item.entry
    kind = {"joined": "office", "title": "office", "generic": "body"}.get(entry.kind, entry.kind)
    where = preposition(text, item.start)
    if kind == "capital" and where in LOCATIVES:
        kind = "place"
    elif kind == "state" and where == "in":
        kind = "scene"
    office = entry.office
    if item.former and office and not office.lower().startswith("former"):
        office = f"former {office}"
    span = Span.of(text, item.start, item.end)
    party = Party(entry.actor, entry.sector, entry.person, office, entry.organisation)
    planes = re.search(r"\bfighters?$", span.quote)  # "Japanese fighters" may be aircraft
    told = entry.kind in ("joined", "generic", "title")  # not a name of one's own dictionary
    if entry.sector == "REB" and told and not entry.organisation and not planes:
        party = Party("XXX", "REB", entry.person, office, span.quote)
    return Mention(span, party, kind, None, *_days(item))

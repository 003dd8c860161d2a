"""A whole and its members: `31 people, among them nine children`; `18 jets, twelve used and six new`.

Members that exclude each other (used and new, soldiers and civilians, shot down and hit) may not
sum to more than the whole; where they sum to less, others may have been left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from standoff.read.claims.common import TIMES, Draft
from standoff.read.reading import Reading, Sentence
from standoff.terms import Quantity, SumContent

_PEOPLE = frozenset(
    "people persons civilians soldiers troops servicemen children women men boys girls policemen"
    " officers sailors marines pilots fighters militants gunmen migrants refugees passengers workers"
    " students journalists prisoners hostages victims guards peacekeepers officials settlers"
    " foreigners residents villagers crew members dead wounded".split()
)
_AMONG = re.compile(
    r"[^.;:,]{0,30},?\s*\(?(?:among\s+(?:them|whom)|including|of\s+(?:them|whom))\s+(?:some\s+|about\s+)?",
    re.I,
)
# Groups of which a thing belongs to one only.
_APART: tuple[tuple[frozenset[str], ...], ...] = tuple(
    tuple(frozenset(words.split()) for words in groups)
    for groups in (
        ("new", "used second-hand secondhand old refurbished"),
        ("soldiers soldier servicemen troops military fighters militants gunmen combatants police policemen",
         "civilians civilian", "children"),
        ("men man", "women woman", "children"),
        ("manned crewed", "unmanned uncrewed"),
        ("nuclear", "conventional"),
        ("armed", "unarmed"),
        ("killed dead died", "wounded injured hurt survived unhurt"),
        ("intercepted downed shot", "hit struck landed reached exploded got"),
        ("favour for", "against abstained abstentions"),
        ("frigates frigate", "destroyers destroyer", "corvettes corvette", "submarines submarine",
         "tankers tanker", "carriers carrier", "cruisers cruiser", "minesweepers minehunters"),
        ("fighters fighter", "bombers bomber", "helicopters helicopter", "drones drone",
         "transports transport"),
        ("drones drone", "missiles missile", "rockets rocket"),
    )
)  # fmt: skip
_SPLIT = re.compile(
    r"[^.;:,]{0,40},\s*(?:of\s+(?:which|whom|them)\s+|with\s+)?(?:some\s+|about\s+)?", re.I
)
_JOIN = re.compile(
    r"(?P<words>[^.;:]{0,60}?),?\s+and\s+(?:the\s+(?:other|remaining)\s+|some\s+|another\s+)?", re.I
)


def find_members(reading: Reading) -> Iterator[Draft]:
    """Parts that may not exceed the whole that the text gives right before them."""
    for sentence in reading.prose():
        inside = [
            q
            for q in reading.quantities_in(sentence.start, sentence.end)
            if q.value is not None and q.unit not in ("%", "% of GDP", "ratio", *TIMES)
        ]
        for place, whole in enumerate(inside[:-1]):
            part = inside[place + 1]
            gap = reading.text[whole.span.end : part.span.start]
            if _AMONG.fullmatch(gap) and _person(whole) and _person(part):
                # Further numbers of people before may belong to the whole as well.
                if not any(_person(q) for q in inside[:place]):
                    yield _draft(reading, whole, (part,))
            elif place + 2 < len(inside) and _SPLIT.fullmatch(gap):
                yield from _divided(reading, sentence, whole, part, inside[place + 2])


_OF_WHOLE = re.compile(
    r"\s+of\s+(?:the\s+|all\s+|its\s+|their\s+|those\s+|registered\s+|eligible\s+){0,3}(?:\w+\s+){0,1}?"
    r"(?:voters?|votes?|electorate|population|members?|soldiers|troops|respondents|seats|people|polled|"
    r"asked|residents|inhabitants|households|ships|aircraft|missiles|launchers|women|men|children|"
    r"deputies|territory|land|sorties|recruits|conscripts|refugees|cases)\b",
    re.I,
)


def find_over_whole(reading: Reading) -> Iterator[Draft]:
    """`112 per cent of the voters`: a share of people or things counted once is at most 100."""
    for sentence in reading.prose():
        for q in reading.quantities_in(sentence.start, sentence.end):
            if q.unit != "%" or q.value is None or q.value <= 100.0:
                continue
            if not _OF_WHOLE.match(reading.text, q.span.end, sentence.end):
                continue
            whole = replace(q, low=100.0, high=100.0)
            content = SumContent(whole, (q,), part_only=True)
            yield Draft(q.span, "sum", f"{q.span.quote} of a whole", content)


def _person(quantity: Quantity) -> bool:
    return (quantity.noun or "").casefold() in _PEOPLE or quantity.unit == "person"


def _divided(
    reading: Reading, sentence: Sentence, whole: Quantity, one: Quantity, two: Quantity
) -> Iterator[Draft]:
    """`of which 25 were shot down and 15 hit the town`: two members that exclude each other."""
    join = _JOIN.fullmatch(reading.text[one.span.end : two.span.start])
    tail = re.match(r"[^.;:,]{0,60}", reading.text[two.span.end : sentence.end])
    if join is None or tail is None or one.value is None or two.value is None:
        return
    if not _exclude(_words(join.group("words"), one), _words(tail.group(), two)):
        return
    if one.value + two.value <= (whole.value or 0.0):
        return
    yield _draft(reading, whole, (one, two))


def _words(text: str, quantity: Quantity) -> set[str]:
    """The first telling words behind a number."""
    found = re.findall(r"[\w-]+", f"{quantity.noun or ''} {text}".casefold())
    return set([w for w in found if w not in ("of", "them", "were", "was", "the", "in")][:3])


def _exclude(one: set[str], two: set[str]) -> bool:
    for groups in _APART:
        first = [g for g in groups if g & one]
        second = [g for g in groups if g & two]
        if len(first) == 1 and len(second) == 1 and first != second:
            return True
    return False


def _draft(reading: Reading, whole: Quantity, parts: tuple[Quantity, ...]) -> Draft:
    low = sum(p.low or 0.0 for p in parts)
    high = sum(p.high or p.low or 0.0 for p in parts)
    part = replace(parts[0], low=low, high=high, unit="count")
    shown = " + ".join(p.span.quote for p in parts)
    span = reading.span(whole.span.start, parts[-1].span.end)
    content = SumContent(replace(whole, unit="count"), (part,), part_only=True)
    return Draft(span, "sum", f"{shown} of {whole.span.quote}", content)

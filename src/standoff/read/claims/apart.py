"""Distances told the other way round: `it is 1,600 km from X to Y`, `just 110 km off Y, X has ...`.

Also the place that "the island" or "the town" stands for, where the sentence before names just one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from standoff.read.claims.common import Named, is_length, named_places
from standoff.read.reading import Reading, Sentence
from standoff.reference import PlaceKind, find_places
from standoff.terms import Quantity

_HEDGES = (
    r"(?:(?:only|just|some|merely|barely|no more than|less than|more than|about|around|roughly|"
    r"approximately|nearly|almost|an estimated|at|within|a mere|well over|little more than)\s+)*[~≈]?\s*"
)
_SEPARATES = re.compile(r"\s+(?:\w+\s+)?separates?\s+(?:the\s+)?", re.I)
_IT_IS = re.compile(
    rf"(?:\b(?:it|there)\s+(?:is|are|was)|\b(?:a|the)\s+distance\s+of)\s+{_HEDGES}$", re.I
)
_FROM = re.compile(r"\s*(?:\([^()]{1,40}\)\s*)?(?:of\s+\w+\s+)?from\s+(?:the\s+)?", re.I)
_TO = re.compile(r"\s+to\s+(?:the\s+)?", re.I)
_LINE = re.compile(
    r"\b(?:flight|crossing|passage|hop|leg|distance|line|way|trip|journey|stretch)\s+from\s+(?:the\s+)?$",
    re.I,
)
_COVERS = re.compile(
    rf"\s*,?\s*(?:is|was|covers?|covered|measures?|runs?(?:\s+to)?|comes?\s+to|takes?)\s+{_HEDGES}",
    re.I,
)
_SO_FAR = re.compile(rf",?\s+(?:it\s+is|is|are)\s+{_HEDGES}", re.I)
# Before the number, where the sentence opens with it.
_OPENS = re.compile(
    rf"(?:.*[;:]\s*)?(?:(?:lying|situated|located|sitting|perched|standing|set|at)\s+)?{_HEDGES}",
    re.I | re.S,
)
_OFF = re.compile(
    r"\s*(?:\([^()]{1,40}\)\s*)?(?:away\s+|(?:due\s+)?(?:north|south|east|west)(?:-?(?:east|west))?\s+)?"
    r"(?:from|off|of)\s+(?:the\s+)?(?:(?:coast|shores?|tip|mainland|island)\s+of\s+)?(?:the\s+)?",
    re.I,
)
_THEN = re.compile(r",\s+(?:the\s+(?:\w+\s+){1,2}(?:of\s+)?)?", re.I)
_AFTER = re.compile(
    r"(?:\s+(?:is|are|was|were|has|have|had|lies|hosts?|houses?|holds?|keeps?|serves?|became|remains?|"
    r"would|will|can|could|may)\b|,)",
    re.I,
)
_AWAY = re.compile(r"\s+(?:away|distant|off)\b")
_FROM_HERE = re.compile(r"(?:^|[.;:]\s+|\band\s+)(?:seen\s+)?from\s+(?:the\s+)?$", re.I)
_IS = re.compile(rf",?\s+(?:is|are|lies|was)\s+{_HEDGES}", re.I)

_NOUNS: dict[str, tuple[PlaceKind, ...]] = {
    "island": (PlaceKind.ISLAND,), "islands": (PlaceKind.ISLANDS,),
    "archipelago": (PlaceKind.ISLANDS,), "islet": (PlaceKind.ISLAND, PlaceKind.REEF),
    "reef": (PlaceKind.REEF,), "shoal": (PlaceKind.REEF,), "atoll": (PlaceKind.REEF, PlaceKind.ISLAND),
    "city": (PlaceKind.CITY, PlaceKind.CAPITAL, PlaceKind.PORT), "town": (PlaceKind.CITY, PlaceKind.PORT),
    "capital": (PlaceKind.CAPITAL,), "port": (PlaceKind.PORT, PlaceKind.CITY),
    "base": (PlaceKind.BASE,), "strait": (PlaceKind.STRAIT,), "cape": (PlaceKind.CAPE,),
}  # fmt: skip
_THE_NOUN = re.compile(
    rf"\b(?:the|this)\s+({'|'.join(_NOUNS)})(?:,[^,.;:]{{2,60}},)?\s+(?:itself\s+)?"
    rf"(?:is|lies|sits|stands|was|lay|are|lie)\s+{_HEDGES}$",
    re.I,
)


def find_turned(reading: Reading) -> Iterator[tuple[Named, Named, Quantity]]:
    """The two places and the number of distances told in another order than `X lies Q from Y`."""
    for sentence in reading.prose():
        lengths = [q for q in reading.quantities_in(sentence.start, sentence.end) if is_length(q)]
        names = named_places(reading.text, sentence.start, sentence.end) if lengths else ()
        for q in lengths:
            found = (
                _from_to(reading, names, q, sentence.start)
                or _from_to_it_is(reading, names, q)
                or _line(reading, names, q)
                or _inverted(reading, names, q, sentence.start)
                or _from_here(reading, names, q, sentence.start)
            )
            if found is not None and found[0].name != found[1].name:
                yield (*found, q)


def _from_to(
    reading: Reading, names: tuple[Named, ...], q: Quantity, start: int
) -> tuple[Named, Named] | None:
    """`It is about 1,600 km from Cairo to Khartoum`."""
    if not _IT_IS.search(reading.text, start, q.span.start):
        return None
    later = [n for n in names if n.start >= q.span.end][:2]
    if len(later) == 2 and _SEPARATES.fullmatch(reading.text, q.span.end, later[0].start):
        # "A distance of 870 km separates Kabul from Delhi".
        joined = re.fullmatch(
            r"\s+(?:from|and)\s+(?:the\s+)?", reading.text[later[0].end : later[1].start]
        )
        return (later[0], later[1]) if joined else None
    if len(later) < 2 or not _FROM.fullmatch(reading.text, q.span.end, later[0].start):
        return None
    joined = _TO.fullmatch(reading.text, later[0].end, later[1].start)
    return (later[0], later[1]) if joined else None


def _from_to_it_is(
    reading: Reading, names: tuple[Named, ...], q: Quantity
) -> tuple[Named, Named] | None:
    """`From Tokyo to Pyongyang it is about 1,290 km`."""
    earlier = [n for n in names if n.end <= q.span.start][-2:]
    if len(earlier) < 2:
        return None
    lead = reading.text[max(0, earlier[0].start - 12) : earlier[0].start]
    fits = (
        re.search(r"\bfrom\s+(?:the\s+)?$", lead, re.I)
        and _TO.fullmatch(reading.text, earlier[0].end, earlier[1].start)
        and _SO_FAR.fullmatch(reading.text, earlier[1].end, q.span.start)
    )
    return (earlier[0], earlier[1]) if fits else None


def _line(reading: Reading, names: tuple[Named, ...], q: Quantity) -> tuple[Named, Named] | None:
    """`The flight from Beijing to Tokyo covers about 2,100 km`."""
    earlier = [n for n in names if n.end <= q.span.start][-2:]
    if len(earlier) < 2 or not _COVERS.fullmatch(reading.text, earlier[1].end, q.span.start):
        return None
    lead = reading.text[max(0, earlier[0].start - 40) : earlier[0].start]
    joined = _TO.fullmatch(reading.text, earlier[0].end, earlier[1].start)
    return (earlier[0], earlier[1]) if joined and _LINE.search(lead) else None


def _inverted(
    reading: Reading, names: tuple[Named, ...], q: Quantity, start: int
) -> tuple[Named, Named] | None:
    """`Lying just 110 km off Taiwan, Yonaguni has a garrison`."""
    later = [n for n in names if n.start >= q.span.end][:2]
    if len(later) < 2 or not _OPENS.fullmatch(reading.text, start, q.span.start):
        return None
    target, origin = later
    fits = (
        _OFF.fullmatch(reading.text, q.span.end, target.start)
        and _THEN.fullmatch(reading.text, target.end, origin.start)
        and _AFTER.match(reading.text, origin.end)
    )
    return (origin, target) if fits else None


def _from_here(
    reading: Reading, names: tuple[Named, ...], q: Quantity, start: int
) -> tuple[Named, Named] | None:
    """`From Kinmen, Xiamen is only 10 km away`."""
    earlier = [n for n in names if n.end <= q.span.start][-2:]
    if len(earlier) < 2 or not _AWAY.match(reading.text, q.span.end):
        return None
    here, there = earlier
    fits = (
        _FROM_HERE.search(reading.text, start, here.start)
        and re.fullmatch(r",?\s+(?:the\s+)?", reading.text[here.end : there.start])
        and _IS.fullmatch(reading.text, there.end, q.span.start)
    )
    return (there, here) if fits else None


def meant_by_noun(reading: Reading, sentence: Sentence, q: Quantity) -> Named | None:
    """What "the island" before the number stands for: the one place of its kind named just before.

    The sentence itself up to the noun and the one before it are looked at; two places of the kind
    leave it open.
    """
    noun = _THE_NOUN.search(reading.text, sentence.start, q.span.start)
    if noun is None:
        return None
    before = reading.sentences[sentence.index - 1] if sentence.index else sentence
    if before.paragraph != sentence.paragraph:
        before = sentence
    wanted = noun.group(1).casefold()
    found = {
        n.name: n
        for n in named_places(reading.text, before.start, noun.start())
        if _is_a(n.name, wanted)
    }
    if len(found) != 1:
        return None
    name = next(iter(found))
    # The words that stand for the place are where it is measured from.
    return Named(noun.start(1), noun.end(1), name)


@lru_cache(maxsize=2048)
def _is_a(name: str, noun: str) -> bool:
    if name.casefold().endswith(" " + noun):
        return True
    return any(p.kind in _NOUNS[noun] for p in find_places(name))

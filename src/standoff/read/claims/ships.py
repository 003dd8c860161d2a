"""Ships named under the prefix of a navy, to be held against the years of their service."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from standoff.read.claims.common import Draft
from standoff.read.reading import Reading
from standoff.reference import naval_ships
from standoff.terms import DateBasis, NameContent, Period

# What is told of the past, planned, or of a wreck or museum needs no ship in service today.
_ASIDE = re.compile(
    r"\b(?:decommission\w*|retire\w*|paid off|scrap\w*|former\w*|ex-|sunk|sank|wreck\w*|museum|sold|"
    r"predecessor|replac\w*|veterans?|history|historic\w*|anniversary|namesake|named after|then|once|"
    r"new|future|planned|sea trials?|commission\w*|ago|decades?|earlier)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@lru_cache(maxsize=1)
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    actors = {s.prefix: s.actor for s in naval_ships()}
    names = sorted({s.title for s in naval_ships()}, key=lambda n: (-len(n), n))
    words = "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in names)
    return re.compile(rf"(?<![\w-])({words})(?![\w-])(?!\s+class\b)"), actors


def find_ships(reading: Reading) -> Iterator[Draft]:
    """`HMNZS Endeavour sailed` claims that the navy had such a ship when the report came out.

    Nothing where the sentence tells of the past or the future, by its words or by a year.
    """
    pattern, actors = _pattern()
    published = Period.day(reading.published, "", DateBasis.PUBLICATION)
    for sentence in reading.prose():
        words = reading.text[sentence.start : sentence.end]
        if _ASIDE.search(words) or any(
            int(y) != reading.published.year for y in _YEAR.findall(words)
        ):
            continue
        for m in pattern.finditer(reading.text, sentence.start, sentence.end):
            name = " ".join(m.group().split())
            content = NameContent(name, "ship", actors[name.split()[0]], None, published)
            yield Draft(
                reading.span(m.start(), m.end()),
                "name",
                f"a ship called {name} in service",
                content,
            )

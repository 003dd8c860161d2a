"""Ships named under the prefix of a navy, to be held against the years of their service."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from standoff.read.claims.common import Draft
from standoff.read.reading import Reading
from standoff.reference import naval_ships
from standoff.terms import DateBasis, NameContent, Period

# What is told of the past, planned, or of a wreck or museum needs no ship in service today.
ASIDE = re.compile(
    r"\b(?:decommission\w*|retire\w*|paid off|scrap\w*|former\w*|ex-|sunk|sank|wreck\w*|museum|sold|"
    r"predecessor|replac\w*|veterans?|history|historic\w*|anniversary|namesake|named after|then|once|"
    r"new|future|planned|sea trials?|commission\w*|ago|decades?|earlier)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@lru_cache(maxsize=1)
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    dated = [s for s in naval_ships() if s.start or s.end]
    actors = {s.prefix: s.actor for s in dated}
    return re.compile(
        rf"(?<![\w-])({any_of(s.title for s in dated)})(?![\w-])(?!\s+class\b)"
    ), actors


def any_of(names: Iterable[str]) -> str:
    """The names as one alternative, the longest first: "H.W." may be spaced, "Jr." have a comma."""
    ordered = sorted(set(names), key=lambda n: (-len(n), n))
    words = "|".join(re.escape(n).replace(r"\ ", r",?\s+") for n in ordered)
    return re.sub(r"\\\.(?=[A-Z])", r"\\.\\s?", words)


def find_ships(reading: Reading) -> Iterator[Draft]:
    """`HMNZS Endeavour sailed` claims that the navy had such a ship when the report came out.

    Nothing where the sentence tells of the past or the future, by its words or by a year.
    """
    pattern, actors = _pattern()
    published = Period.day(reading.published, "", DateBasis.PUBLICATION)
    for sentence in reading.prose():
        words = reading.text[sentence.start : sentence.end]
        if ASIDE.search(words) or any(
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

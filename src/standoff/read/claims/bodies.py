"""Names of parties and forces, to be held against those that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from standoff.read.claims.common import Draft
from standoff.read.reading import Reading
from standoff.reference import state_names
from standoff.terms import DateBasis, NameContent, Period

_HEADS = "Party|Forces|Corps|Guards?"


@lru_cache(maxsize=1)
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    peoples = {
        n.name: n.actor for n in state_names() if n.kind == "demonym" and n.name[:1].isupper()
    }
    words = "|".join(re.escape(n) for n in sorted(peoples, key=lambda w: (-len(w), w)))
    name = r"(?:[A-Z][\w’'-]+\s+){1,3}?"
    return re.compile(
        rf"(?<![\w-])({words})\s+({name}(?:{_HEADS}))\b(?!\s+(?:{_HEADS})\b)"
    ), peoples


def find_bodies(reading: Reading) -> Iterator[Draft]:
    """`the Japanese Liberal Party`: a people's adjective, capitalised words, Party or Forces."""
    pattern, peoples = _pattern()
    published = Period.day(reading.published, "", DateBasis.PUBLICATION)
    for sentence in reading.prose():
        for m in pattern.finditer(reading.text, sentence.start, sentence.end):
            kind = "party" if m.group(2).endswith("Party") else "force"
            content = NameContent(
                " ".join(m.group().split()), kind, peoples[m.group(1)], None, published
            )
            span = reading.span(m.start(), m.end())
            yield Draft(span, "name", f"a {kind} called {content.name}", content)

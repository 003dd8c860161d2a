"""Agreements called by name and year, signed on a day, or so many years old.

`the 1998 Good Friday Agreement`, `the INF Treaty of 1987`, `the Abraham Accords, signed in September
2020`, `the 46th anniversary of the Camp David Accords`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from standoff.read.claims.common import Draft
from standoff.read.reading import Reading
from standoff.reference import Agreement, agreements
from standoff.terms import DateBasis, LawContent, Period

# What may follow a name that is meant itself: "the 1995 Non-Proliferation Treaty review" is no treaty.
_NEXT = (
    r"(?=\s*(?:[,.;:)\]]|$)|\s+(?:and|or|is|was|were|are|on|in|with|between|that|which|of|to|by|for|as|has|"
    r"had|under|from|at|signed|banning|remains?|after|before|because|when|while)\b)"
)
_LEAD = r"(?:\b(?:the|its|their|this|that|a|original|landmark|historic|initial)\s+|['’]s\s+)"
_ORDINAL = r"(?P<nth>\d{1,3})(?:st|nd|rd|th)\s+anniversary\s+of\s+(?:the\s+)?(?:signing\s+of\s+)?(?:the\s+)?"
_JOINED = re.compile(r"\b(?:by|into|and|or|but|with|between)\b|[,;]", re.I)
# What stands behind these is denied, wished or planned.
_OPEN = re.compile(
    r"\b(?:not|never|if|would|could|may|might|unlike|planned|proposed|draft)\b", re.I
)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], ...], dict[str, Agreement]]:
    known = {_plain(n): a for a in agreements() for n in a.names}
    names = sorted((n for a in agreements() for n in a.names), key=lambda n: (-len(n), n))
    name = "(?P<name>" + "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in names) + ")"
    abbreviated = r"(?:\s+\([A-Z-]{2,8}\))?"
    return (
        (
            re.compile(rf"{_LEAD}(?P<year>(?:19|20)\d\d)\s+{name}{abbreviated}{_NEXT}", re.I),
            re.compile(rf"\b{name}{abbreviated}\s+(?:of\s+|\()(?P<year>(?:19|20)\d\d)\b", re.I),
            re.compile(
                rf"\b{name}{abbreviated},?\s+(?:which\s+)?(?:was\s+|were\s+)?(?:first\s+)?signed\b",
                re.I,
            ),
            re.compile(rf"{_ORDINAL}{name}{_NEXT}", re.I),
        ),
        known,
    )


def find_agreements(reading: Reading) -> Iterator[Draft]:
    """The year, day of signature or age that words give to an agreement of the table.

    >>> from standoff.read.report import prepare
    >>> text = "He said the 1988 Good Friday Agreement was under threat."
    >>> [d.statement for d in find_agreements(prepare(text, date(2021, 3, 19)))]
    ['Good Friday Agreement: 1988']
    """
    (called, of, signed, aged), known = _patterns()
    for sentence in reading.prose():
        for pattern in (called, of, signed, aged):
            for m in pattern.finditer(reading.text, sentence.start, sentence.end):
                if _OPEN.search(reading.text, max(sentence.start, m.start() - 24), m.start()):
                    continue
                end, period = m.end(), None
                if pattern is signed:
                    near = reading.dates_in(m.end(), min(sentence.end, m.end() + 40))
                    between = reading.text[m.end() : near[0].span.start] if near else ""
                    # "Signed by China in 1992": when one state joined is another matter.
                    if (
                        near
                        and re.search(r"\d{4}", near[0].span.quote)
                        and not _JOINED.search(between)
                    ):
                        end, period = near[0].span.end, near[0].period
                else:
                    year = (
                        reading.published.year - int(m.group("nth"))
                        if pattern is aged
                        else int(m.group("year"))
                    )
                    period = Period(
                        date(year, 1, 1), date(year, 12, 31), str(year), DateBasis.STATED
                    )
                if period is None or period.start is None:
                    continue
                found = known[_plain(m.group("name"))]
                action = "aged" if pattern is aged else "signed" if pattern is signed else "dated"
                content = LawContent("", f"agreement {found.id}", action, period)
                told = f"{found.names[0]}: {period.text or period.start}"
                yield Draft(reading.span(m.start(), end), "law", told, content)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())

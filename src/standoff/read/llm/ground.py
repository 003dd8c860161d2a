"""What our own grammars found in a text: the numbers, dates and names that a model's words are read by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from standoff.read.dates import find_dates
from standoff.read.gazetteer import Entry, Names, extra_names, world
from standoff.read.quantities import find_quantities
from standoff.reference import states
from standoff.terms import DateBasis, DateMention, Mention, Party, Period, Quantity, Report, Span

CODES = frozenset(("IGO", "MULTI"))


@dataclass(frozen=True, slots=True)
class Ground:
    """Numbers, dates and mentions of one document, with offsets in it; `own` are names of the run."""

    published: date
    quantities: tuple[Quantity, ...]
    dates: tuple[DateMention, ...]
    mentions: tuple[Mention, ...]
    own: Names | None = None

    @classmethod
    def of(cls, report: Report, actors: Sequence[Entry] = ()) -> Ground:
        """The ground of a report by the rules; a text in another language is scanned here."""
        text, day = report.document.text, report.document.published
        return cls(
            day,
            report.quantities or find_quantities(text),
            report.dates or find_dates(text, day),
            report.mentions,
            extra_names(actors) if actors else None,
        )

    def quantity(self, span: Span) -> Quantity | str:
        """The one number in some words, read where they stand, or why there is none."""
        found = [q for q in self.quantities if q.span.overlaps(span)]
        if len(found) != 1:
            return f"{len(found) or 'no'} numbers that our grammar reads"
        return found[0]

    def period(self, span: Span) -> Period | str:
        """The dates of some words, read where they stand; else read alone; else why there are none."""
        inside = [d for d in self.dates if d.span.overlaps(span)] or list(
            find_dates(span.quote, self.published)
        )
        return inside[0].period if inside else "no date that our grammar reads"

    def party(self, span: Span, code: str = "") -> tuple[Party, str]:
        """Who some words mean, and how that is known: the gazetteer first, then a code, else new."""
        return resolve(span.quote, code, self.published, self.own)

    def mention(self, span: Span) -> Party | None:
        """Whom the rules found at some words, pronouns and surnames resolved."""
        found = [m for m in self.mentions if m.span.overlaps(span)]
        return found[0].party if len(found) == 1 else None

    def person(self, span: Span) -> str:
        """The full name of a person: what the rules resolved a surname to, else the words."""
        party = self.mention(span)
        return (party.person if party else None) or span.quote

    def state(self, span: Span) -> str:
        """The code of the state in some words; "" where no table knows one."""
        known = self.party(span)[0].actor
        if known in CODES or known == "XXX":
            party = self.mention(span)
            known = party.actor if party else ""
        return known if known in state_codes() else ""


def resolve(name: str, code: str, on: date, own: Names | None = None) -> tuple[Party, str]:
    """Who a name means, and how that is known: the gazetteer first, then a code, else new.

    >>> resolve("Tokyo", "CHN", date(2021, 8, 13))[0].actor
    'JPN'
    >>> resolve("日本", "JPN", date(2021, 8, 13))
    (Party(actor='JPN', sector=None, person=None, office=None, organisation=None), 'code of the model')
    >>> resolve("Wakanda", "WKD", date(2021, 8, 13))[1]
    'new'
    """
    known = _known(name, on, own)
    if known is not None:
        party = Party(known.actor, known.sector, known.person, known.office, known.organisation)
        return party, "gazetteer"
    if code in state_codes():
        return Party(code), "code of the model"
    if code in CODES:
        return Party(code, organisation=name[:120] or None), "code of the model"
    return Party("XXX", organisation=name[:120] or None), "new"


@cache
def state_codes() -> frozenset[str]:
    """The codes of states, of today and of before."""
    return frozenset(s.actor for s in states())


def _known(name: str, on: date, own: Names | None) -> Entry | None:
    """The entry of the longest known name in the words, as of a day; names of the run first."""
    for names in (own, world()):
        hits = sorted(names.find(name) if names else (), key=lambda h: (h.start - h.end, h.start))
        for hit in hits:
            entries = [e for e in hit.entries if e.actor and e.holds(on)] or [
                e for e in hit.entries if e.actor
            ]
            if entries:
                return entries[0]
    return None


def basis_of(published: date) -> Period:
    """The day of publication as the date of what is told as news."""
    return Period.day(published, "", DateBasis.PUBLICATION)

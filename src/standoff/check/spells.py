"""Terms of office-holders: whose they are, by every spelling, and on which days they hold."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from standoff.check.romanised import romanises_alike, within
from standoff.reference import OfficeSpell, coverage, holders, office_spells, offices_of
from standoff.terms import Period, Reference


def spells_of(person: str, actor: str, keys: set[str]) -> list[OfficeSpell]:
    """The spells of a person in a state, also where the table spells a later term otherwise.

    "Donald Trump" is the first term, "Donald J. Trump" the second; "Benjamin" and "Benyamin
    Netanyahu" likewise. Only terms in the office that is asked for are joined so: relatives share
    names, but not often an office.
    """
    known = [s for s in offices_of(person) if same_state(s, actor or None)]
    if not actor:
        return known
    more = [s for key in sorted(keys) for s in alike_terms(person, actor, key) if s not in known]
    return sorted((*known, *more), key=lambda s: (s.start, s.office)) if more else known


@lru_cache(maxsize=4096)
def alike_terms(person: str, actor: str, office: str) -> tuple[OfficeSpell, ...]:
    """Terms in one office under names that may be another spelling of `person`'s; kept, because
    reports repeat their names."""
    own = [s for s in offices_of(person) if same_state(s, actor)]
    names = dict.fromkeys((person, *(n for s in own for n in s.names)))
    return tuple(
        s
        for s in office_spells()
        if s.office == office
        and same_state(s, actor)
        and any(romanises_alike(a, b, actor) or within(a, b) for a in names for b in s.names)
    )


def terms_in(actor: str, keys: set[str]) -> list[OfficeSpell]:
    """All terms in some offices of a state or body."""
    return [s for s in office_spells() if s.office in keys and same_state(s, actor)]


def table_ends(actor: str, keys: set[str]) -> date | None:
    """The last day for which the table can name a holder of any of the offices."""
    ends = [known[1] for key in keys if (known := coverage(actor, key)) is not None]
    return max(ends, default=None)


def begins_after(period: Period, day: date) -> bool:
    """Whether a period lies wholly after a day; one without a start reaches back before it."""
    return period.start is not None and period.start > day


def throughout(actor: str, keys: set[str], period: Period) -> list[OfficeSpell] | None:
    """Everybody who held one of the offices, if the table covers every day of the period.

    A title may stand for several offices ("president" for head of state and of government): then
    those of which the table knows nothing for the state are left out.
    """
    if period.start is None or period.end is None:
        return None
    found: list[OfficeSpell] = []
    for key in sorted(keys):
        known = coverage(actor, key)
        if known is None:
            continue
        if period.start < known[0] or period.end > known[1]:
            return None
        for day in probe_days(period.start, period.end):
            on = holders(actor, key, day)
            if not on or any(s.acting for s in on):
                return None
            found += [s for s in on if s not in found]
    return found or None


def probe_days(start: date, end: date) -> list[date]:
    """Days spread over a period; spells are months long, so thirteen days see each."""
    length = (end - start).days
    steps = min(length, 12)
    return [
        date.fromordinal(start.toordinal() + length * i // max(steps, 1)) for i in range(steps + 1)
    ]


def same_state(spell: OfficeSpell, actor: str | None) -> bool:
    """Whether a term is of the state or body; of any where none is named."""
    return not actor or actor in (spell.actor, spell.organisation)


def overlaps(spell: OfficeSpell, period: Period) -> bool:
    """Whether a term and a period share a day."""
    end = spell.end or spell.as_of or spell.start
    return not (
        (period.start is not None and end < period.start)
        or (period.end is not None and spell.start > period.end)
    )


def may_overlap(spell: OfficeSpell, period: Period) -> bool:
    """As `_overlaps`, an open spell taken to run on, and coarse dates given a month."""
    slack = {"day": 0, "month": 31, "year": 366}.get(spell.precision, 0)
    if period.end is not None and (spell.start - period.end).days > slack:
        return False
    if spell.end is None or period.start is None:
        return True
    return (period.start - spell.end).days <= slack


def name_of(spell: OfficeSpell) -> str:
    """The name of a holder, case folded."""
    return spell.person.casefold()


def told_term(spell: OfficeSpell) -> str:
    """A term in words: title, state or body, first and last day."""
    where = spell.organisation or spell.actor
    until = spell.end or (f"at least {spell.as_of}" if spell.as_of else "unknown")
    return f"{spell.title or spell.office} of {where} {spell.start} to {until}"


def term_reference(spell: OfficeSpell) -> Reference:
    """A term as the reference of a verdict."""
    p = spell.provenance
    return Reference(f"{spell.person}: {told_term(spell)}", p.source, "", spell.start, p.url)

"""Alliance obligations: directed, dated, with their source.

An obligation has a direction. The United States are bound to come to the defence of Japan; Japan
is not bound to come to the defence of the United States (the treaty speaks of attacks "in the
territories under the administration of Japan"). Between the United States and Taiwan there has
been none since the treaty of 1954 ended on 1 January 1980.

Up to 2018 the rows are spells of ATOP 5.1 by year: ``to`` empty means that the spell was still
running in ATOP's last year, 2018. Later facts (accessions to NATO, treaties of 2024 and 2025) are
single rows with exact dates and their own source. A row without obligations records an agreement
that is often taken for a pact of defence and is none (AUKUS).

Pure pacts of non-aggression and of consultation are left out; both are kept where they stand
beside a stronger obligation.

Examples:
    >>> from datetime import date
    >>> holds("USA", "JPN", "defence", date(2021, 8, 13)).answer
    True
    >>> holds("JPN", "USA", "defence", date(2021, 8, 13)).answer
    False
    >>> holds("USA", "TWN", "defence", date(2021, 8, 13)).answer
    False
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, cast

from standoff.errors import FactError
from standoff.reference.provenance import Provenance, read_rows

__all__ = ["Obligation", "ObligationAnswer", "ObligationKind", "allies_of", "holds", "obligations"]

ObligationKind = Literal["defence", "offence", "neutrality", "non_aggression", "consultation"]
_KINDS = ("defence", "offence", "neutrality", "non_aggression", "consultation")


@dataclass(frozen=True, slots=True)
class Obligation:
    """What one state owes another for a time.

    Attributes:
        actor, target: who is bound to whom.
        kinds: ``defence``, ``offence``, ``neutrality``, ``non_aggression``, ``consultation``; empty
            for an agreement that is no alliance.
        start, end: first and last day; years stand for 1 January and 31 December. ``end`` is None
            while it runs.
        observed_to: the last year for which the source says so.
        exact: are the days known, or only the years?
        treaty: name of a treaty, where noted.
        origin: source, release, date and check of the row.
    """

    actor: str
    target: str
    kinds: tuple[ObligationKind, ...]
    start: date
    end: date | None
    observed_to: int
    exact: bool
    treaty: str
    origin: Provenance

    def runs_on(self, day: date) -> bool:
        """Was it running on a day, as far as the row says?"""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class ObligationAnswer:
    """Does an obligation hold on a day?

    ``answer`` is None when the table cannot say: a state outside it, or a change within the very
    year of which only the year is known. ``basis`` says why in words; ``rows`` are those used.
    """

    answer: bool | None
    basis: str
    rows: tuple[Obligation, ...]


def _day(text: str, last: bool) -> date:
    if len(text) == 4:
        return date(int(text), 12, 31) if last else date(int(text), 1, 1)
    return date.fromisoformat(text)


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, str], tuple[Obligation, ...]]:
    found: dict[tuple[str, str], list[Obligation]] = {}
    for row in read_rows("alliances.csv"):
        kinds = tuple(k for k in row["obligations"].split(";") if k)
        unknown = [k for k in kinds if k not in _KINDS]
        if unknown:
            raise FactError(f"the obligation {unknown[0]!r}", " | ".join(_KINDS), "correct it")
        obligation = Obligation(
            actor=row["actor"],
            target=row["target"],
            kinds=cast("tuple[ObligationKind, ...]", kinds),
            start=_day(row["from"], last=False),
            end=_day(row["to"], last=True) if row["to"] else None,
            observed_to=int(row["observed_to"]),
            exact=len(row["from"]) == 10,
            treaty=row["treaty"],
            origin=Provenance.of(row, "alliances.csv"),
        )
        found.setdefault((obligation.actor, obligation.target), []).append(obligation)
    return {key: tuple(sorted(v, key=lambda o: o.start)) for key, v in found.items()}


@lru_cache(maxsize=1)
def _covered() -> frozenset[str]:
    return frozenset(state for pair in _table() for state in pair)


def obligations(actor: str, target: str, on: date | None = None) -> tuple[Obligation, ...]:
    """All rows from one state to another, or those running on a day; () if none is known.

    Example:
        >>> [o.treaty for o in obligations("AUS", "GBR", date(2022, 1, 1)) if not o.kinds]
        ['AUKUS']
    """
    rows = _table().get((actor, target), ())
    return rows if on is None else tuple(o for o in rows if o.runs_on(on))


def holds(actor: str, target: str, kind: ObligationKind, on: date) -> ObligationAnswer:
    """Is ``actor`` bound to ``target`` in this way on this day?

    Example:
        >>> holds("USA", "FIN", "defence", date(2022, 6, 1)).answer
        False
        >>> holds("USA", "FIN", "defence", date(2023, 6, 1)).answer
        True
        >>> holds("USA", "ABC", "defence", date(2023, 6, 1)).answer is None
        True
    """
    if actor not in _covered() or target not in _covered():
        missing = actor if actor not in _covered() else target
        return ObligationAnswer(None, f"{missing} is not in the table", ())
    rows = tuple(o for o in obligations(actor, target, on) if kind in o.kinds)
    if rows:
        edge = [o for o in rows if not o.exact and on.year in (o.start.year, _last_year(o))]
        if len(edge) == len(rows):
            return ObligationAnswer(None, f"it began or ended within {on.year}", rows)
        seen = max(o.observed_to for o in rows)
        later = f"; last observed in {seen}, no end known" if on.year > seen else ""
        return ObligationAnswer(True, f"{rows[-1].treaty or rows[-1].origin.source}{later}", rows)
    other = obligations(actor, target, on)
    basis = f"no {kind} obligation from {actor} to {target} is known on {on.isoformat()}"
    if other:
        kinds = sorted({k for o in other for k in o.kinds}) or ["no obligation"]
        basis += f"; known: {', '.join(kinds)} ({other[-1].treaty or other[-1].origin.source})"
    return ObligationAnswer(False, basis, other)


def _last_year(obligation: Obligation) -> int | None:
    return None if obligation.end is None else obligation.end.year


@lru_cache(maxsize=512)
def allies_of(actor: str, kind: ObligationKind, on: date) -> tuple[str, ...]:
    """Codes of the states bound to an actor in this way on a day, sorted.

    Example:
        >>> allies_of("JPN", "defence", date(2021, 8, 13))
        ('USA',)
    """
    return tuple(
        sorted(
            source
            for (source, target) in _table()
            if target == actor and holds(source, target, kind, on).answer
        )
    )

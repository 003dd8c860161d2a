"""Who holds a place that is no state on a day: the pair that the records know.

`data/holders.csv` names places, who holds and who claims them, and since when; control, not right.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

__all__ = ["Holding", "all_holdings", "holder_of", "holdings_between"]


@dataclass(frozen=True, slots=True)
class Holding:
    """A spell in which a state holds a place.

    Attributes:
        place, code: name and code or short name.
        holder: alpha-3 code.
        start, end: days; None is open.
        source: where it is said.
        claimants: other states that claim it.
        note: what to beware of.
    """

    place: str
    code: str
    holder: str
    start: date | None
    end: date | None
    source: str
    claimants: tuple[str, ...] = ()
    note: str = ""

    def runs_on(self, day: date) -> bool:
        """Whether the spell covers a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    @property
    def names(self) -> frozenset[str]:
        """Code, short name and names, in small letters."""
        return frozenset(n.casefold() for n in (self.code, self.place, *self.place.split("/")))


@lru_cache(maxsize=1)
def all_holdings() -> tuple[Holding, ...]:
    """Every spell of the table, in its order."""
    file = resources.files("standoff.forecast") / "data" / "holders.csv"
    if not file.is_file():
        return ()
    return tuple(
        Holding(
            place=row["place"],
            code=row["code_or_name"],
            holder=row["holder"],
            start=_day(row["from"], last=False),
            end=_day(row["to"], last=True),
            source=row["source"],
            claimants=tuple(c for c in row["claimants"].split(";") if c),
            note=row["note"],
        )
        for row in csv.DictReader(file.read_text("utf-8").splitlines())
    )


def _day(text: str, *, last: bool) -> date | None:
    if not text:
        return None
    year, *rest = (int(part) for part in text.split("-"))
    # A year alone stands for its first or last day.
    month, day = (*rest, 1, 1)[:2] if rest or not last else (12, 31)
    return date(year, month, day)


def holder_of(place: str, on: date) -> Holding | None:
    """The holding of a place on a day, by code, short name or a name of it; None if not known."""
    wanted = place.casefold()
    for held in all_holdings():
        if held.runs_on(on) and wanted in held.names:
            return held
    return None


def holdings_between(holder: str, claimant: str, on: date) -> tuple[Holding, ...]:
    """The places that one state holds and another claims on a day.

    >>> [h.code for h in holdings_between("GUY", "VEN", date(2023, 12, 1))]
    ['essequibo']
    """
    return tuple(
        h
        for h in all_holdings()
        if h.runs_on(on) and h.holder == holder and claimant in h.claimants
    )

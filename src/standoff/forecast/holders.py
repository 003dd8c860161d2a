"""Who holds a place that is no state on a day: the pair that the records know.

`data/holders.csv` names places, who holds and who claims them, and since when; control, not right.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources

__all__ = ["Holding", "holder_of"]


@dataclass(frozen=True, slots=True)
class Holding:
    """A spell in which a state holds a place.

    Attributes:
        place, code: name and code or short name.
        holder: alpha-3 code.
        start, end: days; None is open.
        source: where it is said.
    """

    place: str
    code: str
    holder: str
    start: date | None
    end: date | None
    source: str


@lru_cache(maxsize=1)
def _holdings() -> tuple[Holding, ...]:
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
    for held in _holdings():
        names = {held.code, held.place, *held.place.split("/")}
        runs = (held.start is None or held.start <= on) and (held.end is None or on <= held.end)
        if runs and wanted in {n.casefold() for n in names}:
            return held
    return None

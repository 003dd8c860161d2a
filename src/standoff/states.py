"""States and their codes over time, usable without anything else of this package.

Codes move: COW 365 is the Soviet Union up to 1991 and Russia since; 345 was Yugoslavia, then Serbia
and Montenegro, then Serbia. A translation therefore takes a day. Systems: ``iso3`` (ISO 3166-1
alpha-3, with ``XKX`` and ``RVN``), ``iso2``, ``cow`` and ``cow_abbrev`` (Correlates of War, state
system membership v2016), ``gw`` (Gleditsch and Ward), ``name`` (short English name).

>>> from datetime import date
>>> from standoff.states import crosswalk, recode, state
>>> crosswalk(365, frm="cow", to="iso3", on=date(1970, 1, 1)), crosswalk(365, on=date(2010, 1, 1))
('SUN', 'RUS')
>>> recode([2, 365, 365, 999], years=[1990, 1990, 1995, 1990])
['USA', 'SUN', 'RUS', None]
>>> state("DEU", on=date(1980, 1, 1)).cow
'260'

Every row names its source, release and date of retrieval (``State.provenance``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from standoff.errors import InputError, UnknownActor
from standoff.reference import CodeSystem, State, StateName, crosswalk, state, state_names, states

__all__ = [
    "CodeSystem",
    "State",
    "StateName",
    "crosswalk",
    "recode",
    "state",
    "state_names",
    "states",
]


def recode(
    codes: Iterable[str | int],
    frm: CodeSystem = "cow",
    to: CodeSystem = "iso3",
    *,
    years: Sequence[int] | int | None = None,
) -> list[str | None]:
    """Translate a column of codes: one code a row, None where none fits.

    A state counts for a year if it was in the system on any day that ends or begins the year, its
    last day first, so that the year of a change belongs to the successor as in yearly panels.

    Args:
        codes: n codes.
        frm: their system.
        to: the system wanted.
        years: n years, or one for all; None takes the latest state that bears a code.

    Raises:
        InputError: as many years as codes are not given.

    Example:
        >>> recode(["DEU", "DDR"], frm="iso3", to="cow", years=1980)
        ['260', '265']
        >>> recode([345, 345, 347], years=[2004, 2010, 2010])
        ['SCG', 'SRB', 'XKX']
    """
    rows = list(codes)
    if years is None or isinstance(years, int):
        wanted: list[int | None] = [years] * len(rows)
    else:
        wanted = list(years)
    if len(wanted) != len(rows):
        raise InputError(
            f"{len(rows)} codes and {len(wanted)} years", "a year for each code", "one year, or n"
        )
    known: dict[tuple[str | int, int | None], str | None] = {}
    for key in zip(rows, wanted, strict=True):
        if key not in known:
            known[key] = _in_year(*key, frm, to)
    return [known[key] for key in zip(rows, wanted, strict=True)]


def _in_year(code: str | int, year: int | None, frm: CodeSystem, to: CodeSystem) -> str | None:
    days = (None,) if year is None else (date(year, 12, 31), date(year, 1, 1))
    for on in days:
        try:
            return crosswalk(code, frm=frm, to=to, on=on)
        except UnknownActor:
            continue
    return None

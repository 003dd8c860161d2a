"""Budgets and their trends: where the forces of coming years are paid from."""

from __future__ import annotations

import math
from dataclasses import dataclass

from standoff.reference import milex, milex_actors
from standoff.systems import System

TREND_YEARS = 10
SHARE = "military spending, % of GDP"


@dataclass(frozen=True, slots=True)
class Economy:
    """An actor's budget at the start: share of GDP (%), yearly real growth of budget and GDP.

    `ceiling` is the share it does not pass by its own rule; None where it has none.
    """

    share: float
    growth: float
    gdp_growth: float
    ceiling: float | None = None


def economies(system: System) -> tuple[dict[str, Economy], tuple[str, ...]]:
    """Budgets of the actors that have one in the description, with trends counted from SIPRI.

    Trends are the mean yearly real growth of the ten years before the system's date; an actor
    outside the table has none, and the notes say so.

    >>> from standoff.systems import load_system
    >>> found, notes = economies(load_system("west-pacific-2021"))
    >>> found["JPN"].ceiling, round(found["CHN"].growth, 3), notes
    (1.0, 0.067, ('JPN: starts at 1.06 % of GDP, above its ceiling of 1 %; it is held where it is',))
    """
    found: dict[str, Economy] = {}
    notes: list[str] = []
    lines = {c.actor: c.value for c in system.ceilings if c.measure == SHARE}
    for k in (system.challenger, system.protege, *system.defenders):
        share = system.covariate("milex_share", k)
        if share is None:
            notes.append(f"{k}: no share of GDP in the description, its budget stays as it is")
            continue
        trend = _trends(k, system.as_of.year - 1)
        if trend is None:
            notes.append(f"{k}: not in the spending table, so its trend is taken as zero")
        growth, gdp = trend or (0.0, 0.0)
        found[k] = Economy(share.value, growth, gdp, lines.get(k))
        if k in lines and share.value > lines[k]:
            # SIPRI counts more than governments do, so a line kept at home may be passed there.
            notes.append(
                f"{k}: starts at {share.value:g} % of GDP, above its ceiling of {lines[k]:g} %; "
                "it is held where it is"
            )
    return found, tuple(notes)


def _trends(actor: str, last: int) -> tuple[float, float] | None:
    """Mean yearly log growth of real spending and of real GDP, latest release."""
    if actor not in milex_actors():
        return None
    ends: list[tuple[float, float]] = []
    for year in (last - TREND_YEARS, last):
        money = [f.value for f in milex(actor, year, "constant_usd_m")][-1:]
        share = [f.value for f in milex(actor, year, "gdp_share_percent")][-1:]
        if not (money and share and money[0] and share[0]):
            return None
        ends.append((money[0], money[0] / share[0]))
    (m0, g0), (m1, g1) = ends
    return math.log(m1 / m0) / TREND_YEARS, math.log(g1 / g0) / TREND_YEARS

"""The chance of an attack by any day within a year, from an open workbench.

Beside it stand the base rate of the pair and the model that has read no report, by the same day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from standoff.assess.answer import FACTS, Workbench, open_workbench
from standoff.forecast import Rates, chances, volumes, with_members
from standoff.game import Coefficients
from standoff.measure import measure_stance
from standoff.systems import System
from standoff.terms import Estimate, Event

__all__ = ["ChanceByDay", "bench_of_events", "chance_by"]

MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class ChanceByDay:
    """The chance of an attack by a day: with everything known, by the base rate, without reports."""

    all: Estimate
    base: Estimate
    silent: Estimate


def chance_by(bench: Workbench, deadline: date) -> ChanceByDay:
    """The chance of an attack after the day of the bench and up to `deadline`.

    >>> from standoff.systems import load_system
    >>> west = load_system("west-pacific-2021")
    >>> bench = bench_of_events(west, [], as_of=date(2021, 8, 13), draws=200)
    >>> soon, late = (chance_by(bench, date(2022, m, 13)) for m in (2, 8))
    >>> 0 < soon.base.mean < late.base.mean < 0.1
    True
    """
    months = (deadline - bench.at).days / MONTH
    nothing: dict[str, float] = {}
    known = volumes(bench.pieces, bench.use.model, bench.at)

    def at(volume: dict[str, float], steps: Sequence[str] | None) -> Estimate:
        return Estimate.of(chances(bench.use, volume, steps, (months,))[0][months])

    return ChanceByDay(at(known, None), at(nothing, ()), at(nothing, (FACTS,)))


def bench_of_events(
    system: System,
    events: Sequence[Event],
    *,
    as_of: date,
    draws: int = 2000,
    seed: int = 1,
    coefficients: Coefficients | None = None,
    rates: Rates | None = None,
) -> Workbench:
    """A workbench without a dossier; events that became known after `as_of` are left out."""
    known = with_members((e for e in events if e.available <= as_of), system.actors)
    return open_workbench(
        system,
        measure_stance(known, at=as_of),
        measure_stance((), at=as_of),
        at=as_of,
        draws=draws,
        seed=seed,
        events=known,
        coefficients=coefficients,
        rates=rates,
    )

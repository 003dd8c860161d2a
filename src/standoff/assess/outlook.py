"""A forecast without a dossier: from a system, a day and events to the numbers programs want."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from standoff.assess.answer import Workbench, open_workbench
from standoff.assess.explained import Explained, anyone_fights, explain, others_beside
from standoff.errors import InputError
from standoff.forecast import (
    Answer,
    Obligation,
    OutsideNumber,
    Rates,
    obligations_to,
    with_members,
)
from standoff.game import FORECAST, Coefficients, solve_batch
from standoff.measure import measure_stance
from standoff.systems import System
from standoff.terms import Estimate, Event

__all__ = ["Outlook", "forecast_events", "outlook_of", "outlook_record"]


@dataclass(frozen=True, slots=True)
class Outlook:
    """The forecast of one question on one day.

    `defenders` maps each defender to its chance of fighting if the protege is attacked and resists;
    `defender_fights` is the chance that at least one of them does. `obligations` (what is owed to the
    protege) and `elsewhere` (numbers of others) stand beside it and are not used. `notes` say what the base rate
    rests on and what is missing; `passed` which events were no evidence, and why.
    """

    system: System
    at: date
    answer: Answer
    defenders: tuple[tuple[str, Estimate], ...]
    defender_fights: Estimate | None
    n_pieces: int
    n_events: int
    obligations: tuple[Obligation, ...]
    elsewhere: tuple[OutsideNumber, ...]
    notes: tuple[str, ...]
    passed: tuple[tuple[str, str], ...]
    explained: Explained | None = None


def forecast_events(
    system: System,
    events: Sequence[Event],
    *,
    as_of: date,
    draws: int = 2000,
    seed: int = 1,
    coefficients: Coefficients | None = None,
    rates: Rates | None = None,
    explained: bool = False,
) -> Outlook:
    """Forecast from events alone; those that became known after `as_of` are left out.

    `explained` adds what moved it and what would, for the first screen.

    >>> from standoff.systems import load_system
    >>> quiet = forecast_events(
    ...     load_system("west-pacific-2021"), [], as_of=date(2021, 8, 13), draws=200)
    >>> 0 < quiet.answer.at(3).mean < quiet.answer.at(12).mean < 0.1
    True
    """
    if draws < 100:
        raise InputError(f"{draws} draws", "at least 100, for an interval", "--draws 2000")
    known = with_members((e for e in events if e.available <= as_of), system.actors)
    bench = open_workbench(
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
    found = outlook_of(bench)
    if explained:
        few = solve_batch(bench.game, bench.few, outputs=FORECAST)
        found = replace(
            found, explained=explain(bench, found.answer, few, found.defender_fights, {})
        )
    later = len(events) - len(known)
    told = (f"{later} signals became known after {as_of.isoformat()} and are left out",)
    return replace(found, notes=(*found.notes, *(told if later else ())))


def outlook_of(bench: Workbench, answer: Answer | None = None) -> Outlook:
    """The forecast that a workbench gives."""
    system = bench.system
    solved = solve_batch(bench.game, bench.draws)
    fights = tuple((k, solved.estimate(f"fight:{k}")) for k in system.defenders)
    any_fights = anyone_fights(solved, system.defenders)
    given = answer or bench.answer()
    return Outlook(
        system,
        bench.at,
        given,
        fights,
        any_fights,
        len(bench.pieces),
        len(bench.events),
        obligations_to(bench.basis.holder, bench.at),
        others_beside(bench, given, any_fights.mean if any_fights else None),
        (*bench.basis.notes, *([system.worldview] if system.worldview else [])),
        tuple((h, p.reason) for p in bench.passed for h in p.handles[:1]),
    )


def outlook_record(found: Outlook) -> dict[str, Any]:
    """The forecast as plain data: `forecast`, `base`, `updates`, `defenders`."""

    def horizon(months: int, e: Estimate) -> dict[str, Any]:
        return {"months": months, "p": _short(e.mean), "low": _short(e.low), "high": _short(e.high)}

    answer = found.answer
    return {
        "as_of": found.at.isoformat(),
        "challenger": found.system.challenger,
        "protege": found.system.protege,
        "forecast": [horizon(h.months, h.attack) for h in answer.horizons],
        "base": [horizon(h.months, h.attack) for h in answer.base],
        # Each ratio is that of the chances within twelve months, after the line and before it.
        "updates": [
            {
                "key": line.key,
                "name": line.name,
                "ratio": _short(line.ratio.mean),
                "low": _short(line.ratio.low),
                "high": _short(line.ratio.high),
                "signals": list(line.handles),
                "day": line.day.isoformat() if line.day else None,
                "quote": line.quote,
                "precedent": line.precedent,
                "origin": line.origin,
            }
            for line in answer.lines
        ],
        "crisis_is_open": _short(answer.crisis.mean),
        "ceiling": _short(answer.ceiling),
        "defenders": [{"actor": k, "p_fights": _short(e.mean)} for k, e in found.defenders],
        "p_defender_fights": _short(found.defender_fights.mean) if found.defender_fights else None,
        "n_evidence": found.n_pieces,
        "obligations": [asdict(o) for o in found.obligations],
        "elsewhere": [asdict(n) for n in found.elsewhere],
        "notes": list(found.notes),
        "passed_over": [{"signal": h, "reason": why} for h, why in found.passed],
    }


def _short(value: float) -> float:
    return float(f"{value:.10g}")

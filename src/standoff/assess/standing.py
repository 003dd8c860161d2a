"""On which day and on which run a command stands: one rule for all of them.

What is asked for holds: a day, or a run, R-3f2a. Without either it is the run last assessed; without
a run it is the day of the system. The first line of a command says which.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from standoff.errors import ImpossibleDate, UnknownHandle
from standoff.ledger import Ledger, StoredDocument, StoredRun
from standoff.systems import System

DRAWS, SEED = 2000, 1
RECORD = "standoff chron"
"""How the source of the record that ships with a system begins."""
_RUN = re.compile(r"R-[0-9a-f]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Footing:
    """A day, the run if there is one, and the draws and seed that make the same numbers again.

    `said` is the first line of a command: what it speaks of, and why.
    """

    day: date
    run: str
    draws: int
    seed: int
    report: str | None
    said: str


def footing(
    ledger: Ledger,
    system: System,
    asked: str | None = None,
    *,
    draws: int | None = None,
    seed: int | None = None,
) -> Footing:
    """Where a command stands. `asked` is a day (YYYY-MM-DD), a run (R-3f2a), or nothing.

    Raises `UnknownHandle` for a run that is no assessment of this dossier, `ImpossibleDate` for
    what is neither.
    """
    if asked is not None and not _RUN.fullmatch(asked.partition("#")[0]):
        day = _day(asked)
        run = _run_of(ledger, day, draws or DRAWS, seed or SEED)
        said = f"day {day} (as asked)" + (f", run {run}" if run else "")
        return Footing(day, run, draws or DRAWS, seed or SEED, None, said)
    stored = _stored(ledger, asked) if asked is not None else ledger.last_assessed()
    if stored is None:
        said = f"day {system.as_of} (of the system: nothing was assessed yet)"
        return Footing(system.as_of, "", draws or DRAWS, seed or SEED, None, said)
    why = "as asked" if asked is not None else "last assessed"
    payload = stored.payload
    focus = payload.get("focus")
    return Footing(
        stored.as_of,
        stored.handle,
        int(payload["draws"]) if draws is None else draws,
        int(payload["seed"]) if seed is None else seed,
        str(focus["handle"]) if focus else None,
        f"day {stored.as_of}, run {stored.handle} ({why}){_later(ledger, stored.as_of)}",
    )


def day_to_assess(ledger: Ledger, system: System) -> tuple[date, str]:
    """The day of the next assessment, and why: the last one's, or that of a report read since."""
    stored = ledger.last_assessed()
    if stored is None:
        day, why, held = system.as_of, "the system's day", 0
    else:
        day, why = stored.as_of, "as last assessed"
        held = ledger.held_at(stored.handle).get("document", 0)
    late = [d.published for d in reports(ledger) if int(d.handle[2:]) > held and d.published > day]
    return (max(late), "the latest report read") if late else (day, why)


def reports(ledger: Ledger) -> list[StoredDocument]:
    """The documents that were read; the record that ships with a system is none of them."""
    return [d for d in ledger.documents() if not d.source.startswith(RECORD)]


def _later(ledger: Ledger, day: date) -> str:
    late = sum(d.published > day for d in reports(ledger))
    return f"; {late} report{'s' * (late > 1)} of later days left out" if late else ""


def _stored(ledger: Ledger, handle: str) -> StoredRun:
    stored = ledger.run(handle)
    if "stages" not in stored.payload:
        raise UnknownHandle(handle, "a run of standoff assess", "standoff runs, or standoff assess")
    return stored


def _run_of(ledger: Ledger, day: date, draws: int, seed: int) -> str:
    """The latest assessment of that very day, with the same draws and seed."""
    for run in reversed(ledger.runs()):
        p = run.payload
        if run.as_of == day and "stages" in p and (p["draws"], p["seed"]) == (draws, seed):
            return run.handle
    return ""


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ImpossibleDate(
            f"--as-of {text!r}", "a day as YYYY-MM-DD, or a run as R-3f2a", "--as-of 2021-08-13"
        ) from error

"""Asking a dossier, adding what was said later, and saying what came of it. Append-only."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from standoff.assess.answer import Workbench
from standoff.assess.asked_events import ASKED_EVENTS, CAN_ASK, HOW_TO_ASK, chance_of
from standoff.assess.chance import ChanceByDay
from standoff.assess.question import (
    LONGEST,
    Asked,
    Crowd,
    Question,
    Said,
    crowd_from,
    forecast_from,
    question_from,
    resolution_from,
)
from standoff.errors import ImpossibleDate, InputError, UnknownHandle
from standoff.ledger import Ledger

__all__ = [
    "add_crowd",
    "add_forecast",
    "ask_question",
    "basis_of",
    "check_question",
    "find_question",
    "note_forecasts",
    "questions",
    "resolve_question",
]


def questions(ledger: Ledger) -> tuple[Question, ...]:
    """Every question of a dossier, in the order in which they were asked."""
    found: dict[str, Question] = {
        d.subject: question_from(d) for d in ledger.decisions(action="ask") if d.in_force
    }
    for action in ("forecast", "crowd", "resolve") if found else ():
        for d in ledger.decisions(action=action):
            item = found.get(d.subject)
            if item is None:
                continue
            if action == "forecast":
                found[d.subject] = replace(item, forecasts=(*item.forecasts, forecast_from(d)))
            elif action == "crowd":
                found[d.subject] = replace(item, crowd=(*item.crowd, crowd_from(d)))
            else:
                done = (*item.resolutions, resolution_from(d))
                found[d.subject] = replace(item, resolutions=done)
    return tuple(found.values())


def find_question(ledger: Ledger, handle: str) -> Question:
    """A question by its handle. Raises `UnknownHandle`."""
    number = re.fullmatch(r"[Qq][-–‑]?0*(\d+)", handle.strip())
    every = questions(ledger)
    for item in every:
        if number and int(item.handle[2:]) == int(number[1]):
            return item
    held = ", ".join(q.handle for q in every[-8:]) or "none was asked yet"
    raise UnknownHandle(repr(handle), f"a question of this dossier ({held})", "standoff questions")


def ask_question(
    ledger: Ledger, asked: Asked, chance: ChanceByDay, *, run: str = "", basis: str = ""
) -> Question:
    """Store a question with its first forecast. Raises as `check_question` does."""
    check_question(asked)
    with ledger.batch():
        last = max((int(q.handle[2:]) for q in questions(ledger)), default=0)
        handle = f"Q-{last + 1:03d}"
        payload = {
            "text": asked.text, "event": asked.event, "challenger": asked.challenger,
            "protege": asked.protege, "defenders": list(asked.defenders),
            "supporters": list(asked.supporters), "as_of": asked.as_of.isoformat(),
            "deadline": asked.deadline.isoformat(), "rule": asked.rule, "links": dict(asked.links),
        }  # fmt: skip
        ledger.decide("ask", handle, payload, "asked")
        _write(ledger, handle, asked.as_of, chance, run, basis)
    return find_question(ledger, handle)


def check_question(asked: Asked) -> None:
    """Refuse what the system cannot express, saying what it can."""
    if not asked.text.strip():
        raise InputError(
            "no question", 'its words: "Will China attack Taiwan?"', "standoff ask --help"
        )
    if asked.event not in ASKED_EVENTS:
        raise InputError(f"a question about {asked.event!r}", CAN_ASK, HOW_TO_ASK)
    days = (asked.deadline - asked.as_of).days
    if days < 1:
        raise ImpossibleDate(
            f"the deadline {asked.deadline} for a question of {asked.as_of}",
            "a deadline after the day on which it is asked",
            "--by a later day, or --as-of an earlier one",
        )
    if days > LONGEST:
        raise ImpossibleDate(
            f"the deadline {asked.deadline}, {days} days away",
            f"at most {LONGEST} days: the forecast was made and tested for a year",
            "--by an earlier day; ask again when it has passed",
        )


def add_forecast(
    ledger: Ledger,
    item: Question,
    as_of: date,
    chance: ChanceByDay,
    *,
    run: str = "",
    basis: str = "",
) -> bool:
    """Add a forecast to an open question; False where it is not later, or says nothing new.

    A question is open up to its deadline and until it is resolved.
    """
    last = item.forecasts[-1] if item.forecasts else None
    if item.resolution is not None or as_of >= item.asked.deadline:
        return False
    if as_of < (last.as_of if last else item.asked.as_of):
        return False
    if last is not None and as_of == last.as_of and abs(last.p - chance.all.mean) < 1e-9:
        return False
    _write(ledger, item.handle, as_of, chance, run, basis)
    return True


def note_forecasts(ledger: Ledger, bench: Workbench, run: str) -> tuple[str, ...]:
    """Add the forecast of a run to every open question of its pair; the questions it was added to.

    A view of the past adds nothing: what was not said then cannot be said then any more.
    """
    if ledger.recorded_by is not None:
        return ()
    pair = (bench.system.challenger, bench.system.protege)
    return tuple(
        q.handle
        for q in questions(ledger)
        if (q.asked.challenger, q.asked.protege) == pair
        and q.resolution is None
        and q.asked.as_of <= bench.at < q.asked.deadline
        and add_forecast(
            ledger,
            q,
            bench.at,
            chance_of(bench, q.asked.event, q.asked.deadline),
            run=run,
            basis=basis_of(bench),
        )
    )


def basis_of(bench: Workbench) -> str:
    """What a forecast was computed with, in words."""
    return (
        f"{bench.draws.n} draws, seed {bench.seed}; {bench.coefficients.name}, "
        f"{bench.use.model.name}; {len(bench.pieces)} pieces of evidence"
    )


def _write(
    ledger: Ledger, handle: str, as_of: date, chance: ChanceByDay, run: str, basis: str
) -> None:
    payload = {
        "as_of": as_of.isoformat(), "p": _short(chance.all.mean), "low": _short(chance.all.low),
        "high": _short(chance.all.high), "base": _short(chance.base.mean),
        "silent": _short(chance.silent.mean), "run": run, "basis": basis,
    }  # fmt: skip
    ledger.decide("forecast", handle, payload, "computed")


def add_crowd(ledger: Ledger, item: Question, line: Crowd) -> None:
    """Add what others said of a question on a day."""
    if not 0.0 <= line.p <= 1.0:
        raise InputError(f"the crowd's probability {line.p:g}", "0 to 1", "--crowd 0.06")
    if not line.source.strip():
        raise InputError("a crowd line without a source", "who said it", '--crowd-source "INFER"')
    if line.day > item.asked.deadline:
        raise ImpossibleDate(
            f"a crowd line of {line.day} on {item.handle}",
            f"a day up to its deadline {item.asked.deadline}",
            "correct the day",
        )
    payload = {"day": line.day.isoformat(), "p": line.p, "source": line.source}
    ledger.decide("crowd", item.handle, payload, "told")


def resolve_question(
    ledger: Ledger,
    handle: str,
    outcome: Said,
    on: date,
    source: str,
    *,
    because: str = "",
    correct: bool = False,
) -> Question:
    """Say what came of a question. A second resolution that disagrees needs `correct` and a reason.

    Raises `InputError` for one that disagrees, comes too early or lacks its source.
    """
    item = find_question(ledger, handle)
    _check_day(item, outcome, on, date.fromisoformat(ledger.store.now()[:10]))
    if not source.strip():
        raise InputError(
            f"a resolution of {item.handle} without a source", "who reports it", '--source "..."'
        )
    stands = item.resolution
    if stands is not None and stands.outcome is not outcome and not (correct and because.strip()):
        raise InputError(
            f"{item.handle} {outcome.value} on {on} ({source}), where {stands.outcome.value} on "
            f"{stands.on} stands ({stands.source}, told by {stands.by} on {stands.at[:10]})",
            "a resolution that agrees, or a correction with its reason; what was said stays",
            f"standoff resolve {item.handle} {outcome.value} --on {on} --source ... --correct "
            '--because "..."',
        )
    if outcome is Said.VOID and not because.strip():
        raise InputError(f"{item.handle} void without a reason", "why", '--because "..."')
    payload = {
        "outcome": outcome.value,
        "on": on.isoformat(),
        "source": source,
        "correction": stands is not None and stands.outcome is not outcome,
    }
    ledger.decide("resolve", item.handle, payload, because)
    return find_question(ledger, item.handle)


def _check_day(item: Question, outcome: Said, on: date, today: date) -> None:
    a = item.asked
    if on > today:
        raise ImpossibleDate(
            f"{item.handle} {outcome.value} on {on}", f"a day up to today, {today}", "wait"
        )
    if outcome is Said.YES and not a.as_of < on <= a.deadline:
        raise ImpossibleDate(
            f"{item.handle} yes on {on}",
            f"a day after {a.as_of} and up to the deadline {a.deadline}",
            f"standoff resolve {item.handle} no, if it came later",
        )
    if outcome is Said.NO and on < a.deadline:
        raise ImpossibleDate(
            f"{item.handle} no on {on}",
            f"a day from the deadline on, {a.deadline}: before it, it can still come",
            f"--on {a.deadline}",
        )


def _short(value: float) -> float:
    return float(f"{value:.10g}")

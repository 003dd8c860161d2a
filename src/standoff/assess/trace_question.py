"""What an answer on record rests on: its forecasts, the runs they belong to, what came of it."""

from __future__ import annotations

import re
from collections.abc import Callable

from standoff.assess.asking import find_question
from standoff.assess.node import Why
from standoff.assess.question import Forecast, Question
from standoff.ledger import Ledger

__all__ = ["is_question", "question_node"]


def is_question(handle: str) -> bool:
    """Whether a text is the handle of a question.

    >>> is_question("Q-001"), is_question("S-001")
    (True, False)
    """
    return re.fullmatch(r"[Qq][-–‑]?\d+", handle.strip()) is not None


def question_node(ledger: Ledger, handle: str, run: Callable[[str], Why]) -> Why:
    """A question: every forecast with the number of the run that it belongs to, the latest first."""
    q = find_question(ledger, handle)
    a = q.asked
    about = f"{a.event} by {a.challenger} on {a.protege}"
    details = [
        ("event", f"{about} after {a.as_of} and up to {a.deadline}"),
        ("rule", a.rule),
        ("asked", f"by {q.by}, recorded {q.at[:10]}"),
    ]
    details += [("crowd", f"{_percent(c.p)} on {c.day}, {c.source}") for c in q.crowd]
    details += [
        ("corrected" if r.correction else "resolved", f"{r.outcome.value} on {r.on}, {r.source}")
        for r in q.resolutions
    ]
    return Why(
        q.handle,
        a.text,
        tuple(details),
        tuple(_forecast(q, f, run) for f in reversed(q.forecasts)),
    )


def _forecast(q: Question, f: Forecast, run: Callable[[str], Why]) -> Why:
    line = (
        f"{_percent(f.p)} by {q.asked.deadline} ({_percent(f.low)} to {_percent(f.high)}), "
        f"as known on {f.as_of}"
    )
    details = (
        ("base rate", _percent(f.base)),
        ("without reports", _percent(f.silent)),
        (
            "recorded",
            f"{f.at[:10]}, {'in time' if f.in_time else 'later than a week after its day'}",
        ),
        ("computed with", f.basis),
    )
    below = (run(f"{f.run}#war"),) if f.run else ()
    return Why(f"{q.handle}@{f.as_of}", line, details, below)


def _percent(p: float) -> str:
    return f"{100 * p:.2g} %" if p < 0.1 else f"{100 * p:.0f} %"

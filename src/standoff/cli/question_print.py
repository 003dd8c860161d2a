"""A question with everything that was said about it, as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from standoff.cli.common import emit_table, say
from standoff.cli.desk import chance

if TYPE_CHECKING:
    from standoff.assess import Question


def show_question(q: Question) -> None:
    """A question with everything that was said about it."""
    a = q.asked
    say(f"{q.handle}     {a.text}")
    say(f"          {_what(q)} after {a.as_of} and up to {a.deadline}, "
        f"{(a.deadline - a.as_of).days} days")  # fmt: skip
    say(f"rule      {a.rule}")
    say(f"asked     by {q.by}, recorded {q.at[:10]}" + _links(q))
    rows = [
        [f.as_of, chance(f.p), f"{chance(f.low)} to {chance(f.high)}", chance(f.base),
         chance(f.silent), f.run, "in time" if f.in_time else f"recorded {f.at[:10]}"]
        for f in q.forecasts
    ]  # fmt: skip
    emit_table(
        ["known by", f"{a.event}, %", "90 %", "base rate", "without reports", "run", "said"], rows
    )
    if any(not f.in_time for f in q.forecasts):
        say("          what was recorded later than a week after its day is scored apart: the outcome "
            "may have been known")  # fmt: skip
    for c in q.crowd:
        say(f"crowd     {chance(c.p)} % on {c.day}, {c.source}")
    for r in q.resolutions:
        word = "corrected" if r.correction else "resolved"
        why = f": {r.because}" if r.because else ""
        say(
            f"{word:<9} {r.outcome.value} on {r.on}, {r.source}; told by {r.by} on {r.at[:10]}{why}"
        )


def _what(q: Question) -> str:
    """The event in words."""
    a = q.asked
    if a.event == "join":
        sides = " or ".join(a.defenders) or "a defender"
        return f"{sides} fights for {a.protege}, attacked by {a.challenger},"
    return f"{a.event} by {a.challenger} on {a.protege}"


def _links(q: Question) -> str:
    return "".join(f"; {site} {number}" for site, number in q.asked.links)

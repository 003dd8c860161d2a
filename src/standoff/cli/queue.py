"""`standoff queue`: what is worth reviewing, and where one may stop."""

from __future__ import annotations

from typing import Annotated

import typer

from standoff.cli.common import (
    DossierOption,
    FormatOption,
    OutputFormat,
    emit_json,
    emit_table,
    say,
    shorten,
)
from standoff.cli.desk import at_desk, chance, count, move_record, signed

SHOWN = 20
FEW = 3
"""Events that are shown where none has to be reviewed."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("queue")(queue)


def queue(
    stop: Annotated[
        float | None,
        typer.Option("--stop", help="Points that the rest may move the answer by; else 5 % of it."),
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Every event, also below the line.")] = False,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="The day; else that of the next assessment.")
    ] = None,
    draws: Annotated[int, typer.Option(help="Draws of parameters and stances.")] = 2000,
    seed: Annotated[int, typer.Option(help="Seed: same seed, same answer.")] = 1,
    dossier: DossierOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """What nobody has reviewed, by what a rejection would do, with the line where one may stop.

    Example: standoff queue --stop 0.1
    """
    from standoff.assess import review_queue

    with at_desk(dossier, as_of, draws, seed) as desk:
        found = review_queue(desk.ledger, desk.bench, least=stop)
        line = desk.line
    if form is OutputFormat.JSON:
        emit_json(
            {
                "chance": found.chance, "reviewed_signals": found.reviewed, "stop_points": found.least,
                "review_first": found.stop, "rest": len(found.items) - found.stop,
                "rest_up": found.up, "rest_down": found.down,
                "events": [
                    {
                        "event": w.event, "signals": list(w.signals), "day": w.day, "act": w.act,
                        "quote": w.quote, "above_the_line": i < found.stop, **move_record(w.move),
                    }
                    for i, w in enumerate(found.items)
                ],
            }
        )  # fmt: skip
        return
    say(line)
    if not found.items:
        say("nothing to review that could move the answer")
        return
    say(
        f"attack within 12 months: {chance(found.chance)} %; {count(len(found.items), 'event')} that nobody "
        f"has reviewed can move it, {count(found.reviewed, 'signal')} accepted by a person"
    )
    first = found.items if full else found.items[: min(max(found.stop, FEW), SHOWN)]
    emit_table(
        ["if rejected", "times", "day", "event", "signals", "who to whom", "words"],
        [
            [signed(-w.move.points, found.chance), f"{1 / w.move.ratio.mean:.2f}", w.day,
             w.event + (" below" if i >= found.stop else ""), " ".join(w.signals[:3]), w.act,
             shorten(w.quote, 56)]
            for i, w in enumerate(first)
        ],
        title="Points by which the answer would change",
    )  # fmt: skip
    if found.stop > len(first):
        say(f"and {found.stop - len(first)} more above the line: --full")
    say(
        f"stop line after {count(found.stop, 'event')}: rejecting whatever one likes of the other "
        f"{len(found.items) - found.stop} moves the answer by {signed(found.up, found.chance)} at most up and "
        f"{signed(found.down, found.chance)} at most down (asked: {found.least:.2g})"
    )
    say("a rejection is the most that a review does without changing what a signal says")
    say(
        f"next      standoff review --stop {found.least:.2g}   or   standoff why {found.items[0].signals[0]}"
    )

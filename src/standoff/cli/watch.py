"""`standoff watch`: indicators, what each would do to the answer, and those that have fired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from standoff.cli.common import (
    DossierOption,
    FormatOption,
    OutputFormat,
    RecordedByOption,
    emit_json,
    emit_table,
    say,
    shorten,
)
from standoff.cli.desk import at_desk, chance, count, move_record, points, signed, times

if TYPE_CHECKING:
    from standoff.assess import Watch

SHOWN = 12


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("watch")(watch_)


def watch_(
    days: Annotated[int, typer.Option("--days", help="Fired: within so many days.")] = 30,
    full: Annotated[bool, typer.Option("--full", help="Every indicator, with precedents.")] = False,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="The day; else that of the next assessment.")
    ] = None,
    draws: Annotated[int, typer.Option(help="Draws of parameters and stances.")] = 2000,
    seed: Annotated[int, typer.Option(help="Seed: same seed, same answer.")] = 1,
    dossier: DossierOption = None,
    recorded_by: RecordedByOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Indicators: which have fired lately and what they move, what the others would do if they came.

    Example: standoff watch --days 30
    """
    from standoff.assess import watch

    with at_desk(dossier, as_of, draws, seed, recorded_by) as desk:
        found = watch(desk.ledger, desk.bench, days=days)
        line = desk.line
    if form is OutputFormat.JSON:
        emit_json(
            {
                "since": found.since, "as_of": found.at, "chance": found.chance,
                "indicators": [
                    {
                        "key": i.key, "actor": i.actor, "indicator": i.name, "fired": i.fired,
                        "would_points": i.points, "would_times": i.would.mean,
                        "would_low": i.would.low, "would_high": i.would.high,
                        "events": list(i.events), "signals": list(i.signals), "last": i.last or None,
                        "moves": move_record(i.moves) if i.moves else None,
                        "precedent": i.precedent,
                    }
                    for i in found.indicators
                ],
            }
        )  # fmt: skip
        return
    say(line)
    _print(found, days, full)


def _print(found: Watch, days: int, full: bool) -> None:
    fired, quiet = found.fired, found.quiet
    say(
        f"attack within 12 months: {chance(found.chance)} %; {len(fired)} of "
        f"{count(len(found.indicators), 'indicator')} fired since {found.since}"
    )
    say()
    if not fired:
        say(f"no indicator fired in {days} days")
    else:
        emit_table(
            ["now", "one more", "who", "fired", "times", "last", "events", "latest words"],
            [
                [
                    points(i.moves, found.chance) if i.moves else "", signed(i.points, found.chance),
                    i.actor, i.name, len(i.events), i.last, " ".join(i.events[-2:]), shorten(i.quote, 52),
                ]
                for i in fired
            ],
            title="Points: what they move the answer by now, and what one more today would",
        )  # fmt: skip
    shown = quiet if full else quiet[:SHOWN]
    say()
    emit_table(
        ["if it came", "times (90 %)", "who", "has not fired"],
        [
            [signed(i.points, found.chance), times(i.would), i.actor, i.name]
            for i in shown
        ],
    )  # fmt: skip
    if len(quiet) > len(shown):
        rest = max((abs(i.points) for i in quiet[len(shown) :]), default=0.0)
        say(
            f"and {len(quiet) - len(shown)} that would move it by {chance(rest / 100)} points at most: --full"
        )
    if full:
        for i in found.indicators:
            if i.precedent:
                say(f"precedent {i.name}: {i.precedent}")
    say(
        "one act, official, explicit, from a reliable source, today; how likely it is to come is not assessed"
    )
    first = next((i for i in fired if i.signals), None)
    say(f"next      standoff precedents {first.signals[-1]}" if first else "next      standoff voi")

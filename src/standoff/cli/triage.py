"""`standoff triage`: forty reports to a dozen events to the three that move something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

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
    from collections.abc import Sequence

    from standoff.assess import Triage, TriagedEvent

SHARE = 0.03
"""Share of the answer from which on it is moved, where no number of points is given."""
MOVERS = 3
"""Events that are shown as moving something."""
WRONG = 8
"""Wrong claims, and conflicts, that are shown; JSON has all."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("triage")(triage_)


def triage_(
    since: Annotated[
        str, typer.Option("--since", help="A day, a weekday, yesterday, 3d or 2w: from it on.")
    ] = "7d",
    least: Annotated[
        float | None,
        typer.Option("--least", help="Points from which on it is moved; else 3 % of the answer."),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="The last day; else that of the next assessment.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Every event, claim and conflict.")] = False,
    draws: Annotated[int, typer.Option(help="Draws of parameters and stances.")] = 2000,
    seed: Annotated[int, typer.Option(help="Seed: same seed, same answer.")] = 1,
    dossier: DossierOption = None,
    recorded_by: RecordedByOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Sort the reports of some days: which events move the answer, which claims are wrong.

    Example: standoff triage --since friday
    """
    from standoff.assess import since_day, triage

    with at_desk(dossier, as_of, draws, seed, recorded_by) as desk:
        found = triage(desk.ledger, desk.bench, since_day(since, desk.day))
    least = 100.0 * SHARE * found.chance if least is None else least
    if form is OutputFormat.JSON:
        emit_json(_record(found, least))
        return
    say(desk.line)
    _print(found, least, full)


def _print(found: Triage, least: float, full: bool) -> None:
    days = f"from {found.since} to {found.until}"
    if not found.documents:
        say(f"no report {days}; --since an earlier day")
        say("next      standoff read FILE --published DAY --source NAME --dossier FILE")
        return
    known = sum(e.known for e in found.events)
    told = ", ".join(
        (
            count(len(found.documents), "report") + f" {days}",
            count(found.n_signals, "signal") + " of " + count(len(found.events), "event"),
            f"{len(found.events) - known} of them new and {known} known before",
            f"{sum(e.bears for e in found.events)} bear on the question",
        )
    )
    say(told)
    if found.silent:
        say(f"no signal in {', '.join(found.silent[:8])}{' ...' if len(found.silent) > 8 else ''}")
    t = found.together
    say(
        f"attack within 12 months: {chance(found.chance)} % with them, {chance(t.without)} % without "
        f"({signed(t.points, found.chance)} points, times {times(t.ratio)})"
    )
    movers = found.movers(least)
    shown = found.events if full else movers[:MOVERS]
    say()
    if shown:
        share = f"{len(movers)} of {len(found.events)} by {least:.2g} points or more"
        _events(shown, found.chance, f"What moves it ({share})")
    rest = found.events[len(shown) :]
    if not movers:
        say(f"no event moves it by {least:.2g} points or more")
    if rest:
        up = sum(e.move.points for e in rest if e.move.points > 0)
        down = sum(e.move.points for e in rest if e.move.points < 0)
        say(
            f"the other {len(rest)}: {signed(up, found.chance)} and {signed(down, found.chance)} points in "
            f"sum, at most {chance(rest[0].move.size / 100)} by one"
        )
    _doubts(found, full)
    best = shown[0] if shown else None
    say()
    say(
        f"next      standoff why {best.event}   or   standoff queue"
        if best
        else "next      standoff queue"
    )


def _events(events: Sequence[TriagedEvent], chance_: float, title: str) -> None:
    emit_table(
        ["points", "times (90 %)", "day", "event", "who to whom", "told by", "words"],
        [
            [
                points(e.move, chance_), times(e.move.ratio),
                e.day, e.event + ("" if e.known else " new"), e.act,
                f"{len(e.documents)}: {' '.join(e.documents[:3])}",
                ("! " + " ".join(e.contested) + " " if e.contested else "") + shorten(e.quote, 64),
            ]
            for e in events
        ],
        title=title,
    )  # fmt: skip
    passed = [e for e in events if e.passed]
    for e in passed[:WRONG]:
        say(f"no evidence of an attack: {e.event}: {e.passed}")


def _doubts(found: Triage, full: bool) -> None:
    if found.wrong:
        say()
        say(f"Wrong claims, {len(found.wrong)}")
        for c in found.wrong if full else found.wrong[:WRONG]:
            say(
                f"  {c.handle} {c.document}  {c.outcome.lower()}  «{shorten(c.span.quote, 60)}»  "
                f"{shorten(str(c.record.get('explanation', '')), 100)}"
            )
        if len(found.wrong) > WRONG and not full:
            say(f"  and {len(found.wrong) - WRONG} more: --full")
    if found.conflicts:
        say()
        say(f"Reports that contradict each other, {len(found.conflicts)}")
        for c in found.conflicts if full else found.conflicts[:WRONG]:
            word = "takes the place of" if c.superseded else "against"
            say(f"  {c.newer} {c.newer_document} «{shorten(c.newer_words, 44)}» {word} {c.older} "
                f"{c.older_document} «{shorten(c.older_words, 44)}»: {shorten(c.why, 80)}")  # fmt: skip
        if len(found.conflicts) > WRONG and not full:
            say(f"  and {len(found.conflicts) - WRONG} more: --full")
    if not found.wrong and not found.conflicts:
        say("no claim was found wrong, and no report contradicts another")


def _record(found: Triage, least: float) -> dict[str, Any]:
    return {
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "documents": [d.handle for d in found.documents],
        "without_signal": list(found.silent),
        "signals": found.n_signals,
        "chance": found.chance,
        "together": move_record(found.together),
        "least": least,
        "movers": [e.event for e in found.movers(least)],
        "events": [
            {
                "event": e.event, "signals": list(e.signals), "documents": list(e.documents),
                "day": e.day, "act": e.act, "quote": e.quote, "known": e.known,
                "bears": e.bears,
                "contested": list(e.contested), "no_evidence": e.passed or None,
                **move_record(e.move),
            }
            for e in found.events
        ],
        "wrong": [
            {"claim": c.handle, "document": c.document, "outcome": c.outcome, "quote": c.span.quote,
             "why": str(c.record.get("explanation", ""))}
            for c in found.wrong
        ],
        "conflicts": [
            {
                "newer": c.newer, "older": c.older, "newer_document": c.newer_document,
                "older_document": c.older_document, "why": c.why, "superseded": c.superseded,
            }
            for c in found.conflicts
        ],
    }  # fmt: skip

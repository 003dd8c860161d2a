"""Many reports, one event: `standoff events` lists, merges and splits; `standoff carry` follows a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from standoff.cli.common import (
    SHOWN,
    AsOfOption,
    AuthorOption,
    DossierOption,
    FormatOption,
    OutputFormat,
    RecordedByOption,
    YesOption,
    agreed,
    emit_records,
    find_dossier,
    listed_day,
    open_dossier,
    say,
    say_listed,
    shorten,
    signal_line,
)
from standoff.cli.known import refuse_unknown
from standoff.errors import UnknownHandle

if TYPE_CHECKING:
    from standoff.ledger import Ledger, StoredSignal

BecauseOption = Annotated[str, typer.Option("--because", help="Why, kept with the decision.")]


def register(app: typer.Typer) -> None:
    """Add the family, and `carry`."""
    family = typer.Typer(
        help="Events and who reports them: list, merge, split.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    family.command("list")(list_events)
    family.command("merge")(merge)
    family.command("split")(split)
    app.add_typer(family, name="events")
    app.command("carry")(carry)


def list_events(
    actor: Annotated[str | None, typer.Option(help="Only events by this actor.")] = None,
    on: Annotated[str | None, typer.Option(help="Only events about this actor.")] = None,
    reports: Annotated[int, typer.Option(min=1, help="Only with at least so many reports.")] = 1,
    as_of: AsOfOption = None,
    recorded_by: RecordedByOption = None,
    dossier: DossierOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """List events by day, with how many reports each rests on.

    Example: standoff events list --reports 2
    """
    from standoff.ledger import SignalQuery

    with open_dossier(dossier, recorded_by) as ledger:
        day = listed_day(ledger, as_of)
        say_listed(ledger, day, form)
        refuse_unknown(ledger, actors={"--actor": actor, "--on": on})
        found = ledger.find(SignalQuery(actor=actor, on=on, as_of=day))
        names = {s.event_key: s.event for s in found if s.state != "rejected"}
        events = [e for e in ledger.events(as_of=day) if e.key in names]
    rows: list[dict[str, Any]] = [
        {
            "event": names[e.key],
            "day": str(e.happened.start or e.available),
            "who": ",".join(e.signal.source_actors),
            "to": ",".join(e.signal.target_actors),
            "what": e.signal.event.value,
            "reports": len(e.reports),
            "signals": " ".join(e.handles),
            "words": e.signal.span.quote,
        }
        for e in events
        if len(e.reports) >= reports
    ]
    if form is OutputFormat.TABLE:
        rows = [
            {**r, "words": shorten(r["words"], 60), "signals": shorten(r["signals"], 30)}
            for r in rows
        ]
    emit_records(rows, form, ["event", "day", "who", "to", "what", "reports", "signals", "words"])
    if form is OutputFormat.TABLE and rows:
        say(f"next     standoff why {rows[-1]['event']}")


def merge(
    into: Annotated[str, typer.Argument(help="The event that stays (E-003).")],
    other: Annotated[str, typer.Argument(help="The event whose reports move (E-007).")],
    because: BecauseOption,
    yes: YesOption = False,
    author: AuthorOption = "analyst",
    dossier: DossierOption = None,
) -> None:
    """Say that two events are one; shows the reports of both first.

    Example: standoff events merge E-003 E-007 --because "one landing, told twice"
    """
    from standoff.ledger import Ledger

    keep, move = into.upper(), other.upper()
    with Ledger.open(find_dossier(dossier), author=author) as ledger:
        for name, word in ((keep, "stays"), (move, "moves")):
            say(f"{name}    {word}")
            _print(_reports(ledger, name))
        agreed(yes, f"move the reports of {move} to {keep}?")
        batch = ledger.merge(keep, move, because)
    say(f"done     {batch}; take it back: standoff undo {batch}")
    say(f"next     standoff why {keep}")


def split(
    signals: Annotated[list[str], typer.Argument(help="The reports to take out (S-014 S-015).")],
    because: BecauseOption,
    yes: YesOption = False,
    author: AuthorOption = "analyst",
    dossier: DossierOption = None,
) -> None:
    """Take reports out of their event into a new one; shows who goes and who stays first.

    Example: standoff events split S-014 S-015 --because "the second sortie"
    """
    from standoff.ledger import Ledger

    wanted = [s.upper() for s in signals]
    with Ledger.open(find_dossier(dossier), author=author) as ledger:
        going = [ledger.signal(s) for s in wanted]
        for name in dict.fromkeys(s.event for s in going):
            say(f"{name}    keeps")
            _print([s for s in _reports(ledger, name) if s.handle not in wanted])
        say("a new event takes")
        _print(going)
        agreed(yes, "split them off?")
        ledger.split(wanted, because)
        event = ledger.signal(wanted[0]).event
        batch = ledger.decisions(wanted[0])[-1].batch
    say(f"done     {event}  {batch}; take it back: standoff undo {batch}")
    say(f"next     standoff why {event}")


def carry(
    old: Annotated[str, typer.Argument(help="The document as it was (D-002).")],
    new: Annotated[str, typer.Argument(help="Its new version (D-005).")],
    yes: YesOption = False,
    author: AuthorOption = "analyst",
    dossier: DossierOption = None,
) -> None:
    """Carry decisions over to a new version of a text, where the same words and act stand there.

    What has no certain counterpart is named and left to you.

    Example: standoff carry D-002 D-005
    """
    from standoff.ledger import Ledger, carry_over, plan_carry

    first, second = old.upper(), new.upper()
    with Ledger.open(find_dossier(dossier), author=author) as ledger:
        plan = plan_carry(ledger, first, second)
        say(f"{len(plan.carried)} signals take their decisions over, {len(plan.queued)} are queued")
        for before, after in plan.carried:
            say(f"  {before} -> {signal_line(ledger.signal(after))}")
        for handle in plan.queued:
            say(f"  look at {signal_line(ledger.signal(handle))}")
        if not plan.carried and not plan.queued:
            say("nothing was decided about the old version")
            raise typer.Exit(2)
        agreed(yes, "carry them over?")
        batch = carry_over(ledger, first, second).batch
    say(f"done     {batch}; take it back: standoff undo {batch}")
    say(f"next     standoff review --document {second}")


def _reports(ledger: Ledger, event: str) -> tuple[StoredSignal, ...]:
    from standoff.ledger import SignalQuery

    found = ledger.find(SignalQuery(event=event))
    if not found:
        raise UnknownHandle(event, "an event with reports", "standoff events list")
    return found


def _print(items: Sequence[StoredSignal]) -> None:
    for item in items[:SHOWN]:
        say(f"  {signal_line(item)}  {item.source}")
    if len(items) > SHOWN:
        say(f"  and {len(items) - SHOWN} more")
    if not items:
        say("  nothing")

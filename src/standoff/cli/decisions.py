"""What was decided, by whom and when, and taking it back: decisions, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from standoff.cli.common import (
    AuthorOption,
    DossierOption,
    FormatOption,
    OutputFormat,
    RecordedByOption,
    emit_records,
    find_dossier,
    open_dossier,
    say,
    shorten,
)
from standoff.errors import InputError

if TYPE_CHECKING:
    from standoff.ledger import Decision, Ledger

SHOWN = 10


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    app.command("decisions")(decisions)
    app.command("undo")(undo)


def decisions(
    about: Annotated[
        str | None, typer.Argument(help="A handle (S-014, C-07) or an action (A-0004); else all.")
    ] = None,
    author: Annotated[str | None, typer.Option(help="Only by this person.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only accept, reject, edit, grade ...")] = None,
    limit: Annotated[int, typer.Option(min=1, help="The last so many.")] = 20,
    dossier: DossierOption = None,
    recorded_by: RecordedByOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """List what was decided, one action a line; about one handle or action, one decision a line.

    Example: standoff decisions S-014
    """
    with open_dossier(dossier, recorded_by) as ledger:
        if about is None:
            records = actions(ledger.decisions(action=kind))
        else:
            batch = about.upper() if about[:2].upper() == "A-" else None
            subject = about.upper() if about[1:2] == "-" else about
            found = ledger.decisions(None if batch else subject, action=kind, batch=batch)
            records = [decision_record(d) for d in found]
    chosen = [r for r in records if author in (None, r["author"])][-limit:]
    if form is OutputFormat.JSON:
        emit_records(chosen, form, [])
        return
    columns = ["action", "at", "author", "what", "items", "about", "state", "because"]
    if about is not None:
        columns.remove("items")
    shown = [
        {**r, "about": shorten(_about(r), 44), "because": shorten(r["because"], 60)} for r in chosen
    ]
    emit_records(shown, form, columns)
    if not chosen:
        say("nothing was decided; next     standoff review")
    elif chosen[-1]["state"] == "in force":
        say(f"next     standoff undo {chosen[-1]['action']}")


def _about(record: dict[str, Any]) -> str:
    """What a decision is about, in words where the subject is a hash."""
    if record["what"].startswith("add_"):
        row: dict[str, str] = record["payload"]
        names = ("kind", "name", "code", "subject", "object", "value", "unit", "from", "to")
        return " ".join(row[n] for n in names if n in row)
    return str(record["about"])


def undo(
    action: Annotated[
        str, typer.Argument(help="The action, A-0004; else your last in force.")
    ] = "last",
    because: Annotated[str, typer.Option(help="The reason, kept with the decision.")] = "",
    author: AuthorOption = "analyst",
    dossier: DossierOption = None,
) -> None:
    """Take back one action as a whole; undoing an undo brings it back.

    Example: standoff undo A-0004 --because "the wrong document"
    """
    from standoff.ledger import Ledger

    with Ledger.open(find_dossier(dossier), author=author) as ledger:
        undo_action(ledger, action, because)


def undo_action(ledger: Ledger, action: str, because: str) -> None:
    """Undo an action by name or the author's last, and say what it was."""
    done = ledger.undo(None if action == "last" else action.upper(), because)
    if done is None:
        raise InputError(
            "undo", f"an action of {ledger.author} in force", "standoff decisions; --author NAME"
        )
    (row,) = actions(ledger.decisions(batch=done))
    say(f"undone   {done}  {row['what']}, {row['items']} items, about {_about(row)}")
    (again,) = {d.batch for d in ledger.decisions(f"batch:{done}")[-1:]}
    say(f"next     standoff undo {again}   brings it back")


def actions(found: tuple[Decision, ...]) -> list[dict[str, Any]]:
    """Decisions as one record an action, in order."""
    rows: dict[str, dict[str, Any]] = {}
    for d in found:
        row = rows.setdefault(d.batch, {**decision_record(d), "items": 0})
        row["items"] += 1
    return list(rows.values())


def decision_record(d: Decision) -> dict[str, Any]:
    """One decision as plain data."""
    return {
        "action": d.batch,
        "number": d.number,
        "at": d.at,
        "author": d.author,
        "what": d.action,
        "about": d.subject,
        "state": "in force" if d.in_force else "undone",
        "because": d.reason,
        "payload": dict(d.payload),
    }

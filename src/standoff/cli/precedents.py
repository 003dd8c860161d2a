"""`standoff precedents`: how often the like of a signal came before, and what followed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from standoff.cli.common import (
    DossierOption,
    FormatOption,
    OutputFormat,
    RecordedByOption,
    emit_json,
    emit_table,
    open_dossier,
    say,
    shorten,
)
from standoff.cli.desk import count
from standoff.errors import InputError
from standoff.terms import worded


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("precedents")(precedents_)


def precedents_(
    handle: Annotated[str, typer.Argument(help="A signal, S-014, or an event, E-021.")],
    within: Annotated[
        int, typer.Option("--within", help="Days after a precedent in which something followed.")
    ] = 90,
    dossier: DossierOption = None,
    recorded_by: RecordedByOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """First of its kind since when, how many before it, and what followed them, from the record.

    Example: standoff precedents S-138
    """
    from standoff.assess import precedents

    if within < 1:
        raise InputError(f"--within {within}", "one day or more", "--within 90")
    with open_dossier(dossier, recorded_by) as ledger:
        found = precedents(ledger, handle, within=within)
        name = ledger.path.name
    if form is OutputFormat.JSON:
        emit_json({**asdict(found), "sentence": found.sentence})
        return
    say(f"of        {name}, what had happened before {found.day}")
    say(
        f"{found.handle}     {found.act}, {found.event}  {worded(shorten(found.quote, 90), noted=found.noted)}"
    )
    say(found.sentence)
    if found.begins is None and not any(c.n for c in found.classes):
        say("next      standoff why " + found.handle)
        return
    say()
    emit_table(
        ["like it", "before", "first", "last", "in the year before", "a year on average", "latest"],
        [
            [c.name, c.n, c.first, c.last, c.in_year, f"{c.a_year:.1f}",
             f"{c.events[-1]} {worded(shorten(c.last_quote, 50), noted=c.last_noted)}" if c.events else ""]
            for c in found.classes
        ],
    )  # fmt: skip
    for unit, value, n, most in found.larger:
        word = "more than any" if value > most else "not more than the largest"
        say(f"{value:g} {unit}: {word} of {count(n, 'earlier number')}, the largest {most:g}")
    if found.judged:
        told = ", ".join(f"{kind} after {k}" for kind, k in found.followed)
        say(f"within {found.within} days, of {count(found.judged, 'precedent')}: {told}")
    if found.counted:
        say(f"elsewhere, {found.kind}: {found.counted}")
    begins = found.begins or found.day
    say(
        f"the record begins on {begins} for this actor; what it does not hold is not what never was"
    )
    last = found.classes[0].events[-1:] or found.classes[1].events[-1:]
    say(f"next      standoff why {last[0] if last else found.handle}")

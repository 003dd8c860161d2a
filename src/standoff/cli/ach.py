"""`standoff ach`: analysis of competing hypotheses."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from standoff.cli.common import (
    AuthorOption,
    DossierOption,
    FormatOption,
    OutputFormat,
    emit_json,
    emit_table,
    find_dossier,
    say,
    shorten,
)
from standoff.cli.desk import at_desk, chance, count
from standoff.errors import InputError

if TYPE_CHECKING:
    from standoff.assess import Cell, Matrix

SHOWN = 12
FEW = 5
"""Events that are shown where none tells the hypotheses apart."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("ach")(ach)


def ach(
    about: Annotated[
        str, typer.Option("--about", help="attack; or a patron by its code: what it would do.")
    ] = "attack",
    rate: Annotated[
        list[str] | None,
        typer.Option("--rate", help="Rate a cell by hand: E-138:quiet:II (CC C N I II)."),
    ] = None,
    hypothesis: Annotated[
        str | None, typer.Option("--hypothesis", help='Add one: "theatre: for audiences at home".')
    ] = None,
    because: Annotated[str, typer.Option(help="The reason of --rate, kept with it.")] = "",
    export: Annotated[
        Path | None, typer.Option("--export", help="Write the whole matrix as CSV.")
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="Every event, also what tells nothing.")
    ] = False,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="The day; else that of the next assessment.")
    ] = None,
    draws: Annotated[int, typer.Option(help="Draws of parameters and stances.")] = 2000,
    seed: Annotated[int, typer.Option(help="Seed: same seed, same answer.")] = 1,
    author: AuthorOption = "analyst",
    dossier: DossierOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Hypotheses against evidence: what tells them apart, and which has least against it.

    Examples: standoff ach; standoff ach --about USA;
    standoff ach --rate E-138:quiet:II --because "the routine explains it"
    """
    from standoff.assess import add_hypothesis, compare_hypotheses, rate_cell
    from standoff.ledger import Ledger

    which = about if about == "attack" else about.upper()
    with at_desk(dossier, as_of, draws, seed) as desk:
        matrix = compare_hypotheses(desk.ledger, desk.bench, which)
        line = desk.line
        if hypothesis is not None or rate:
            with Ledger.open(find_dossier(dossier), author=author) as ledger, ledger.batch():
                if hypothesis is not None:
                    key, _, name = hypothesis.partition(":")
                    add_hypothesis(ledger, which, key.strip(), name, because)
                for text in rate or ():
                    event, key, letters = _parts(text)
                    rate_cell(ledger, matrix, event, key, letters, because)
            matrix = compare_hypotheses(desk.ledger, desk.bench, which)
    if export is not None:
        export.write_text(_csv(matrix), encoding="utf-8", newline="\n")
    if form is OutputFormat.JSON:
        emit_json(_record(matrix))
        return
    say(line)
    _print(matrix, full)
    if export is not None:
        say(f"written   {export}")


def _parts(text: str) -> tuple[str, str, str]:
    pieces = text.split(":")
    if len(pieces) != 3:
        raise InputError(f"--rate {text!r}", "EVENT:HYPOTHESIS:RATING", "--rate E-138:quiet:II")
    return pieces[0].strip().upper(), pieces[1].strip().lower(), pieces[2].strip().upper()


def _print(matrix: Matrix, full: bool) -> None:
    if not matrix.telling:
        many = f"none of {len(matrix.rows)} events tells" if matrix.rows else "no evidence to tell"
        say(f"{many} the hypotheses apart by a tenth: their order below says nothing")
    emit_table(
        ["", "against it", "events", "before reports, %", "now, %", "hypothesis"],
        [
            [h.key, f"{h.inconsistency:.2f}" + (f" (computed {h.computed:.2f})"
             if abs(h.inconsistency - h.computed) > 0.005 else ""), h.against,
             "" if h.before is None else chance(h.before), "" if h.now is None else chance(h.now), h.name]
            for h in matrix.hypotheses
        ],
        title="Hypotheses, the one with least against it first",
    )  # fmt: skip
    telling = matrix.telling
    rows = matrix.rows if full else (telling or matrix.rows)[: SHOWN if telling else FEW]
    say()
    emit_table(
        ["event", "day", *(h.key for h in matrix.hypotheses), "apart", "who to whom", "words"],
        [
            [r.event, r.day, *(_cell(c) for c in r.cells), f"{r.discriminates:.2f}", r.act,
             shorten(r.quote, 56)]
            for r in rows
        ],
        title=f"Evidence, the most telling first; {len(telling)} of {count(len(matrix.rows), 'event')} "
        "tell the hypotheses apart by a tenth and more",
    )  # fmt: skip
    if len(telling) > len(rows):
        say(f"and {len(telling) - len(rows)} more that tell something: --full, --export FILE.csv")
    for r in matrix.rows:
        for h, c in zip(matrix.hypotheses, r.cells, strict=True):
            if c.rated:
                computed = c.computed or "none"
                say(
                    f"by hand   {r.event} {h.key} {c.rated} (computed {computed}), {c.by}: {c.because}"
                )
    say(
        "a cell: likelihood under the hypothesis over the mean of all: CC 2 and more, C 1.1, N, I below .91,"
    )
    say(
        "II below .5. Against it: sum of -ln of its cells below 1; what stands between two others has least."
    )
    say(
        "Cells overlap and do not multiply to the change from before to now. The order knows no prior: what is"
    )
    say(
        "unlikely beforehand may have least against it and be unlikely still; the percentages say so."
    )
    if rows:
        say(f"next      standoff why {rows[0].event}   or   standoff ach --rate "
            f"{rows[0].event}:{matrix.hypotheses[-1].key}:N --because ...")  # fmt: skip


def _cell(c: Cell) -> str:
    if c.rated:
        return f"{c.rated} *"
    return "NA" if c.factor is None else f"{c.computed} {c.factor:.2f}"


def _csv(matrix: Matrix) -> str:
    from standoff.terms import guard

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    heads = [
        f"{h.key} {what}"
        for h in matrix.hypotheses
        for what in ("factor", "rating", "by", "because")
    ]
    writer.writerow(["event", "signals", "day", "act", "words", "discriminates", *heads])
    for r in matrix.rows:
        cells: list[str] = []
        for c in r.cells:
            factor = "" if c.factor is None else f"{c.factor:.10g}"
            cells += [factor, c.rating, c.by or "computed", c.because]
        row = [
            r.event,
            " ".join(r.signals),
            r.day,
            r.act,
            r.quote,
            f"{r.discriminates:.10g}",
            *cells,
        ]
        writer.writerow([guard(x) for x in row])
    return out.getvalue()


def _record(matrix: Matrix) -> dict[str, object]:
    return {
        "about": matrix.about,
        "hypotheses": [
            {
                "key": h.key, "name": h.name, "before": h.before, "now": h.now,
                "inconsistency": h.inconsistency, "computed_inconsistency": h.computed,
                "events_against": h.against,
            }
            for h in matrix.hypotheses
        ],
        "evidence": [
            {
                "event": r.event, "signals": list(r.signals), "day": r.day, "act": r.act,
                "quote": r.quote, "discriminates": r.discriminates,
                "cells": {
                    h.key: {
                        "factor": c.factor, "computed": c.computed or None, "rating": c.rating,
                        "by": c.by or None, "because": c.because or None,
                    }
                    for h, c in zip(matrix.hypotheses, r.cells, strict=True)
                },
            }
            for r in matrix.rows
        ],
    }  # fmt: skip

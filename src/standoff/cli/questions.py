"""`standoff questions`: what was asked, what was said when, and what came of it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from standoff.cli.asking import bench_for, today_of
from standoff.cli.common import (
    AuthorOption,
    DossierOption,
    FormatOption,
    OutputFormat,
    RecordedByOption,
    emit_json,
    emit_table,
    emit_text,
    find_dossier,
    open_dossier,
    parse_day,
    progress,
    read_table,
    say,
    shorten,
)
from standoff.cli.desk import chance
from standoff.cli.question_print import show_question
from standoff.errors import BadRecord

if TYPE_CHECKING:
    from standoff.assess import Question
    from standoff.ledger import Ledger


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("questions")(list_questions)


def list_questions(
    question: Annotated[str | None, typer.Argument(help="One question, Q-001; else all.")] = None,
    update: Annotated[
        bool, typer.Option("--update", help="Add the forecast of --as-of to every open question.")
    ] = False,
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="With --update: the day; else today.")
    ] = None,
    crowd: Annotated[
        Path | None,
        typer.Option(
            "--crowd", help="Add crowd lines from a CSV: question,day,probability,source."
        ),
    ] = None,
    export: Annotated[
        str | None,
        typer.Option("--export", help="csv, json, or a site: metaculus, infer, gjopen; SITE-csv."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="With --export: the file.")] = None,
    draws: Annotated[int, typer.Option(help="With --update: draws.")] = 2000,
    seed: Annotated[int, typer.Option(help="With --update: seed.")] = 1,
    author: AuthorOption = "analyst",
    dossier: DossierOption = None,
    recorded_by: RecordedByOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """List the questions of a dossier; show one with all that was said; add to them; export them.

    Example: standoff questions Q-001
    """
    from standoff.assess import find_question, questions
    from standoff.ledger import Ledger

    if update or crowd is not None:
        with Ledger.open(find_dossier(dossier), author=author) as ledger:
            if crowd is not None:
                _add_crowd_file(ledger, crowd)
            if update:
                _update(ledger, as_of, draws, seed)
    with open_dossier(dossier, recorded_by) as ledger:
        items = questions(ledger) if question is None else (find_question(ledger, question),)
        name = ledger.path.name
    if export is not None:
        _export(items, export, out)
        return
    if form is OutputFormat.JSON:
        emit_json([q.record() for q in items])
        return
    if question is not None:
        show_question(items[0])
        return
    _list(items, name)


def _list(items: Sequence[Question], name: str) -> None:
    if not items:
        say(f"no question in {name}")
        say('next      standoff ask "Will ...?" --event attack --by YYYY-MM-DD')
        return
    rows = [
        [
            q.handle, shorten(q.asked.text, 52), f"{q.asked.challenger}>{q.asked.protege}",
            q.asked.as_of, q.asked.deadline, chance(q.forecasts[0].p), chance(q.forecasts[-1].p),
            len(q.forecasts), chance(q.forecasts[-1].base),
            chance(q.crowd[-1].p) if q.crowd else "",
            q.resolution.outcome.value if q.resolution else "open",
        ]
        for q in items
    ]  # fmt: skip
    columns = [
        "",
        "question",
        "pair",
        "asked",
        "by",
        "first",
        "last",
        "said",
        "base rate",
        "crowd",
        "came",
    ]
    emit_table(columns, rows, title=f"{len(items)} questions of {name}; probabilities in per cent")
    say(f"next      standoff questions {items[-1].handle}   or   standoff score")


def _update(ledger: Ledger, as_of: str | None, draws: int, seed: int) -> None:
    from standoff.assess import add_forecast, chance_of, questions, system_of

    described = system_of(ledger)
    day = parse_day(as_of) if as_of else today_of(ledger)
    own = (described.challenger, described.protege)
    waiting = [
        q
        for q in questions(ledger)
        if q.resolution is None and q.asked.as_of <= day < q.asked.deadline
    ]
    said = {q.handle: len(q.forecasts) for q in waiting}
    mine = [q for q in waiting if (q.asked.challenger, q.asked.protege) == own]
    # One run of the system's own pair adds to all of its questions.
    for q in (*mine[:1], *(q for q in waiting if q not in mine)):
        bench, run, basis = bench_for(ledger, described, replace(q.asked, as_of=day), draws, seed)
        if q not in mine:
            add_forecast(
                ledger,
                q,
                day,
                chance_of(bench, q.asked.event, q.asked.deadline),
                run=run,
                basis=basis,
            )
    added = sum(
        len(q.forecasts) > said.get(q.handle, 0) for q in questions(ledger) if q.handle in said
    )
    progress(f"update   {added} of {len(waiting)} open questions have a new forecast of {day}")


def _add_crowd_file(ledger: Ledger, path: Path) -> None:
    """Add the lines of a CSV file; all of them or, after an error, none."""
    from standoff.assess import Crowd, add_crowd, find_question

    rows = list(csv.DictReader(read_table(path).splitlines()))
    need = {"question", "day", "probability", "source"}
    if not rows or not need <= set(rows[0]):
        raise BadRecord(
            f"{path} with {', '.join(rows[0]) if rows else 'no line'}", ", ".join(sorted(need)),
            "a first line that names the columns",
        )  # fmt: skip
    with ledger.batch():
        for number, row in enumerate(rows, start=2):
            try:
                p = float(row["probability"])
            except (TypeError, ValueError) as error:
                raise BadRecord(
                    f"{path}, line {number}: probability {row['probability']!r}", "0 to 1",
                    "correct it; nothing was added",
                ) from error  # fmt: skip
            line = Crowd(
                parse_day(row["day"] or "", f"{path.name}, line {number}:"), p, row["source"] or ""
            )
            add_crowd(ledger, find_question(ledger, row["question"] or ""), line)
    progress(f"crowd    {len(rows)} lines added")


def _export(items: Sequence[Question], form: str, out: Path | None) -> None:
    from standoff.assess import export_questions

    text, left = export_questions(items, form)
    if out is None:
        emit_text(text)
    else:
        out.write_text(text, encoding="utf-8", newline="\n")
        say(f"written   {out}; nothing was sent")
    for why in left:
        progress(f"left out  {why}")
    if left:
        raise typer.Exit(1)

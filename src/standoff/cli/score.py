"""`standoff score`: how good the forecasts were, of a dossier or of the cases that ship."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
from standoff.cli.desk import chance
from standoff.errors import InputError

if TYPE_CHECKING:
    from standoff.assess import Mark, PastMark, ScoreCard

BASE = "base rate of the pair"
FEW = 30
"""Resolved questions below which a score says little, and the table says so."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("score")(score)


def score(
    shipped: Annotated[
        bool, typer.Option("--shipped", help="Score the cases that ship, not a dossier.")
    ] = False,
    cases: Annotated[
        Path | None, typer.Option("--cases", help="Score a file of cases of your own.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Print every question too.")] = False,
    draws: Annotated[int, typer.Option(help="With cases: draws for each.")] = 500,
    seed: Annotated[int, typer.Option(help="Seed of draws and of resampling.")] = 1,
    dossier: DossierOption = None,
    recorded_by: RecordedByOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Brier and log score of what was said, beside base rate, silence and crowd; calibration.

    Examples: standoff score; standoff score --shipped
    """
    if shipped or cases is not None:
        _score_cases(cases, full, draws, seed, form)
        return
    from standoff.assess import marks_of, questions, score_marks

    with open_dossier(dossier, recorded_by) as ledger:
        items = questions(ledger)
        name = ledger.path.name
    marks = marks_of(items)
    void = sum(q.resolution is not None and q.resolution.outcome.value == "void" for q in items)
    opened = sum(q.resolution is None for q in items)
    card = score_marks(marks, seed)
    live = [m for m in marks if m.in_time]
    apart = score_marks(live, seed) if 0 < len(live) < len(marks) else None
    if form is OutputFormat.JSON:
        emit_json(
            {
                "dossier": name, "open": opened, "void": void, "resolved": len(marks),
                "score": card.record() if card else None,
                "said_in_time": apart.record() if apart else None,
            }
        )  # fmt: skip
        return
    say(f"of        {name}: {len(marks)} resolved, {opened} open, {void} void")
    if card is None:
        say("no question was resolved yet: nothing to score")
        say(
            'next      standoff resolve Q-001 yes --on DAY --source "..."   or   standoff score --shipped'
        )
        return
    late = len(marks) - card.in_time
    if late:
        say(f"          {late} of them were recorded later than a week after their day: the outcome may "
            "have been known")  # fmt: skip
    show_card(card, f"{card.n} questions, {card.came} came")
    if apart is not None:
        show_card(apart, f"the {apart.n} that were said in time, {apart.came} came", brief=True)
    if full:
        _show_marks(marks)


def _score_cases(cases: Path | None, full: bool, draws: int, seed: int, form: OutputFormat) -> None:
    from standoff.assess import SHIPPED, mark_cases, shipped_cases

    if draws < 100:
        raise InputError(f"{draws} draws", "at least 100", "--draws 500")
    files = {cases.name: (cases, "")} if cases else {
        name: (shipped_cases(name), what) for name, what in SHIPPED.items()
    }  # fmt: skip
    scored = [
        _Scored(name, what, mark_cases(path, draws=draws, seed=seed), seed)
        for name, (path, what) in files.items()
    ]
    if form is OutputFormat.JSON:
        emit_json([x.record(draws) for x in scored])
        return
    _summary(scored)
    for x in scored:
        if x.card is not None and (full or x is scored[0]):
            say()
            show_card(x.card, f"{x.name}: {x.card.n} questions, {x.card.came} came")
        if full:
            _show_marks(x.marks)
        for case in x.found:
            if case.error:
                say(f"not forecast: {case.id}: {case.error}")
    say("The mix of what came and what did not was chosen, not drawn: the level of Brier, log and")
    say(
        "calibration rests on it; gains over the base rate and the area compare the same questions."
    )
    if not full:
        say("next      standoff score --shipped --full   every file and every question")


class _Scored:
    """A file of cases with its scores, whole and by what the base rates have seen."""

    def __init__(self, name: str, what: str, found: Sequence[PastMark], seed: int) -> None:
        from standoff.assess import score_marks

        self.name, self.what, self.found, self.seed = name, what, found, seed
        self.marks = [x.mark for x in found if x.mark]
        self.card = score_marks(self.marks, seed)
        parts = _by_time(found)
        self.parts = {k: card for k, v in parts.items() if (card := score_marks(v, seed))}

    def record(self, draws: int) -> dict[str, Any]:
        """As plain data."""
        return {
            "file": self.name, "what": self.what, "draws": draws, "seed": self.seed,
            "score": self.card.record() if self.card else None,
            "parts": {k: c.record() for k, c in self.parts.items()},
            "questions": [
                {"id": m.id, "as_of": m.asked.isoformat(), "p": m.first, "came": m.came,
                 "base_rate": m.base[0][0], "without_reports": m.silent[0][0]}
                for m in self.marks
            ],
            "refused": [{"id": x.id, "why": x.error} for x in self.found if x.error],
        }  # fmt: skip


def _summary(scored: Sequence[_Scored]) -> None:
    """One line for each file, and for the parts of the first."""
    rows: list[list[object]] = []
    for x in scored:
        if x.card is None:
            say(f"{x.name}: no case with a known outcome")
            continue
        rows.append(_row(x.name, x.card))
        if len(x.parts) > 1:
            rows += [_row(f"  {key}", card) for key, card in x.parts.items()]
    columns = [
        "",
        "n",
        "came",
        "Brier",
        "base",
        "better by (90 %)",
        "log",
        "base",
        "better by (90 %)",
        "area",
        "base",
    ]
    emit_table(columns, rows)
    for x in scored:
        if x.what:
            say(f"{x.name}: {x.what}")
    say("days before 2011: the fit of the base rates has seen these years")


def _row(name: str, card: ScoreCard) -> list[object]:
    own, base = card.lines[0], next(x for x in card.lines if x.name == BASE)
    brier, log = _gains(own.name, own.gain_brier, own.gain_log)
    areas = ["" if x.auc is None else f"{x.auc:.2f}" for x in (own, base)]
    return [name, card.n, card.came, f"{own.brier:.3f}", f"{base.brier:.3f}", brier,
            f"{own.log:.3f}", f"{base.log:.3f}", log, *areas]  # fmt: skip


def _by_time(found: Sequence[PastMark]) -> dict[str, list[Mark]]:
    """Marks of days whose base rates come from a fit that has seen these years, and of later days."""
    from standoff.assess import RATES_END

    kept = [x.mark for x in found if x.mark]
    return {
        f"days before {RATES_END.year}": [m for m in kept if m.asked < RATES_END],
        f"days from {RATES_END.year} on": [m for m in kept if m.asked >= RATES_END],
    }


def show_card(card: ScoreCard, title: str, *, brief: bool = False) -> None:
    """Scores as tables."""
    emit_table(
        ["", "n", "Brier", "better than base by (90 %)", "log", "better by (90 %)", "area"],
        [
            [line.name, line.n, f"{line.brier:.3f}", brier, f"{line.log:.3f}", log,
             "" if line.auc is None else f"{line.auc:.2f}"]
            for line in card.lines
            for brier, log in [_gains(line.name, line.gain_brier, line.gain_log)]
        ],
        title=title,
    )  # fmt: skip
    if brief:
        return
    say(
        "0 is best in both scores; intervals resample questions; area: chance that one that came was given more"
    )
    if card.n < FEW:
        say(f"{card.n} questions say little: below {FEW} most of a score is luck")
    emit_table(
        ["said, %", "n", "mean said, %", "came", "share that came, % (90 %)"],
        [
            [f"{chance(b.low)} to {chance(b.high)}", b.n, chance(b.forecast), b.came,
             f"{chance(b.came / b.n)} ({chance(b.share_low)} to {chance(b.share_high)})"]
            for b in card.bands
        ],
        title="Calibration of the first forecast",
    )  # fmt: skip
    if len(card.years) > 1:
        rows = _decades(card.years) if len(card.years) > 12 else card.years
        emit_table(
            ["asked", "n", "came", "Brier", "base rate"],
            [[y, n, came, f"{own:.3f}", f"{base:.3f}"] for y, n, came, own, base in rows],
            title="Over time",
        )


def _gains(
    name: str, brier: tuple[float, float, float], log: tuple[float, float, float]
) -> tuple[str, str]:
    if name == BASE:
        return "", ""
    return _interval(brier), _interval(log)


def _interval(found: tuple[float, float, float]) -> str:
    # A minus zero would read as a loss that is not there.
    value, low, high = (f"{round(x, 3) + 0.0:+.3f}" for x in found)
    return f"{value} ({low} to {high})"


def _decades(
    years: Sequence[tuple[int, int, int, float, float]],
) -> list[tuple[str, int, int, float, float]]:
    found: list[tuple[str, int, int, float, float]] = []
    for start in sorted({y // 10 * 10 for y, *_ in years}):
        mine = [row for row in years if row[0] // 10 * 10 == start]
        n = sum(row[1] for row in mine)
        own, base = (sum(row[i] * row[1] for row in mine) / n for i in (3, 4))
        found.append((f"{start}s", n, sum(row[2] for row in mine), own, base))
    return found


def _show_marks(marks: Sequence[Mark]) -> None:
    emit_table(
        ["", "question", "asked", "said, %", "base rate", "without reports", "came"],
        [
            [m.id, shorten(m.text, 60), m.asked, chance(m.first), chance(m.base[0][0]),
             chance(m.silent[0][0]), "yes" if m.came else "no"]
            for m in sorted(marks, key=lambda m: -m.first)
        ],
        title="Every question, the likeliest first",
    )  # fmt: skip

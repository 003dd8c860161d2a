"""`standoff backtest`: how such forecasts have scored."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from standoff.cli.common import FormatOption, OutputFormat, emit_json, emit_table, say
from standoff.errors import InputError


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("backtest")(backtest)


def backtest(
    cases: Annotated[
        Path | None, typer.Option("--cases", help="A JSONL file of cases, one a line.")
    ] = None,
    draws: Annotated[int, typer.Option(max=100_000, help="Draws for each case.")] = 500,
    seed: Annotated[int, typer.Option(help="Seed: same seed, same answer.")] = 1,
    coefficients: Annotated[
        str | None, typer.Option("--coefficients", help="A coefficient file of your own.")
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option("--data", help="Folder of data sets: score the base rates of pairs instead."),
    ] = None,
    first: Annotated[int, typer.Option("--from", help="First year, with --data.")] = 1991,
    last: Annotated[int, typer.Option("--to", help="Last year, with --data.")] = 2010,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Forecast cases whose outcome is known, from their texts and signals, and score them.

    Examples: standoff backtest --cases cases/eves/open.jsonl; standoff backtest --data ~/data/cow
    """
    from standoff.assess import forecast_case, read_cases, score_cases
    from standoff.game import load_coefficients
    from standoff.measure import load_kernel

    if data is not None:
        from standoff.cli.backtest_rates import backtest_rates

        backtest_rates(data, first, last, form)
        return
    if cases is None:
        raise InputError("no cases", "a JSONL file of cases", "--cases FILE.jsonl")
    chosen = load_coefficients(coefficients)
    load_kernel()
    found = [
        forecast_case(c, draws=draws, seed=seed, coefficients=chosen) for c in read_cases(cases)
    ]
    scores = score_cases(found)
    if form is OutputFormat.JSON:
        emit_json(
            {
                "cases": [c.record() for c in found],
                "scores": scores.record() if scores else None,
                "draws": draws,
                "seed": seed,
            }
        )
        return
    emit_table(
        ["case", "kind", "attack", "base rate", "times", "signals", "came"],
        [
            [
                c.id,
                c.kind,
                "-" if c.error else f"{100 * c.p_violence:.1f} %",
                "-" if c.error else f"{100 * c.base:.2f} %",
                "-" if c.error else f"x {c.lr:.1f}",
                str(c.n_signals),
                "" if c.violence is None else ("yes" if c.violence else "no"),
            ]
            for c in sorted(found, key=lambda c: -c.p_violence if not c.error else 1.0)
        ],
        title="An attack within the months of each case (3, where it does not say)",
    )
    for c in found:
        if c.error:
            say(f"not forecast: {c.id}: {c.error}")
    if scores is None:
        say("no case with a known outcome: no scores")
        return
    rows = [
        ("Brier", scores.brier, scores.base_brier),
        ("log", scores.log, scores.base_log),
        ("area under the curve", scores.auc, scores.base_auc),
    ]
    emit_table(
        ["score", "forecast", "90 %", "base rate alone"],
        [[n, f"{v[0]:.3f}", f"{v[1]:.3f} to {v[2]:.3f}", f"{b:.3f}"] for n, v, b in rows],
        title=f"{scores.n} cases, {scores.events} attacks",
    )
    for kind, (n, mean) in scores.mean_by_kind.items():
        say(f"mean of {n} cases of kind {kind}: {100 * mean:.1f} %")

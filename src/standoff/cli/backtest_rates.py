"""`standoff backtest --data`: the rates beside plain rivals, on years that no fit had seen."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from standoff.cli.common import OutputFormat, emit_json, emit_table, say

if TYPE_CHECKING:
    from standoff.fit import Backtest


def backtest_rates(data: Path, first: int, last: int, form: OutputFormat) -> None:
    """Fit to the years before, forecast the year, year after year: rates beside plain rivals."""
    from standoff.forecast import score_rates

    test = score_rates(data, first, last)
    sides = {"dispute": test.disputes, "attack": test.attacks}
    bins = {event: [asdict(b) for b in test.calibration(event)] for event in sides}
    if form is OutputFormat.JSON:
        scores = {
            event: [
                asdict(m)
                | {"over_base_rate": side.gain(m.name, "base rate")}
                | {"over_plain_logit": side.gain(m.name, "plain logit")}
                for m in side.marks()
            ]
            for event, side in sides.items()
        }
        emit_json({"from": first, "to": last, "scores": scores, "calibration": bins})
        return
    for event, side in sides.items():
        marks = side.marks()
        emit_table(
            ["forecast", "log", "brier", "auc", "mean/observed", "over base (se)", "over plain"],
            [
                [
                    m.name,
                    f"{m.log:.5f}",
                    f"{m.brier:.5f}",
                    f"{m.auc:.3f}",
                    f"{m.forecast * m.n / m.events:.2f}" if m.events else "",
                    _gain(side, m.name, "base rate"),
                    _gain(side, m.name, "plain logit"),
                ]
                for m in marks
            ],
            title=f"{event}s: {marks[0].events} in {marks[0].n:,} directed dyad-years",
        )
        emit_table(
            ["mean forecast", "observed", "dyad-years"],
            [
                [f"{100 * b['forecast']:.3f} %", f"{100 * b['observed']:.3f} %", b["n"]]
                for b in bins[event]
            ],
            title=f"calibration of the rates, {event}s, in tenths",
        )
    say("a gain is log loss per dyad-year saved; its error takes years as the unit")


def _gain(test: Backtest, name: str, over: str) -> str:
    mean, error = test.gain(name, over)
    return f"{mean:+.5f} ({error:.5f})"

"""`standoff backtest --data`: the rates beside plain rivals, on years that no fit had seen."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from standoff.cli.common import OutputFormat, emit_json, emit_table, say


def backtest_rates(data: Path, first: int, last: int, form: OutputFormat) -> None:
    """Fit to the years before, forecast the year, year after year: rates beside plain rivals."""
    from standoff.forecast import score_rates

    test = score_rates(data, first, last)
    found = {
        event: [
            asdict(m)
            | {
                "forecast_over_observed": m.forecast * m.n / m.events if m.events else None,
                "over_base_rate": back.gain(m.name, "base rate"),
                "over_plain_logit": back.gain(m.name, "plain logit"),
            }
            for m in back.marks()
        ]
        for event, back in (("dispute", test.disputes), ("attack", test.attacks))
    }
    bins = {event: [asdict(b) for b in test.calibration(event)] for event in found}
    if form is OutputFormat.JSON:
        emit_json({"from": first, "to": last, "scores": found, "calibration": bins})
        return
    for event, rows in found.items():
        emit_table(
            ["forecast", "log", "brier", "auc", "mean/observed", "over base (se)", "over plain"],
            [
                [
                    r["name"],
                    f"{r['log']:.5f}",
                    f"{r['brier']:.5f}",
                    f"{r['auc']:.3f}",
                    f"{r['forecast_over_observed']:.2f}" if r["events"] else "",
                    "{:+.5f} ({:.5f})".format(*r["over_base_rate"]),
                    "{:+.5f} ({:.5f})".format(*r["over_plain_logit"]),
                ]
                for r in rows
            ],
            title=f"{event}s: {rows[0]['events']} in {rows[0]['n']:,} directed dyad-years",
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

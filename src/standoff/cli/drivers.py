"""`standoff tornado`, `voi`: what drives the answer, and what to watch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
)
from standoff.cli.whatif import (
    CoefficientsOption,
    DrawsOption,
    RunArgument,
    SeedOption,
    StanceDayOption,
    SystemOption,
    estimate,
    start,
)
from standoff.errors import InputError

if TYPE_CHECKING:
    from standoff.assess import NextSignal


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("tornado")(tornado_)
    app.command("voi")(voi)


def tornado_(
    run: RunArgument = None,
    system: SystemOption = None,
    dossier: DossierOption = None,
    as_of: StanceDayOption = None,
    recorded_by: RecordedByOption = None,
    draws: DrawsOption = None,
    seed: SeedOption = None,
    coefficients: CoefficientsOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Which block of priors moves the answer most.

    Example: standoff tornado --dossier demo.standoff
    """
    import numpy as np

    from standoff.game import tornado

    at = start(system, dossier, as_of, draws, seed, coefficients, recorded_by, run)
    bars = tornado(at.game, at.draws, at.coefficients, rng=np.random.default_rng([at.seed, 9]))
    if form is OutputFormat.JSON:
        emit_json(
            {
                **at.record,
                "draws": at.draws.n,
                "seed": at.seed,
                "bars": [
                    {
                        "block": b.block,
                        "share_relative_to_base_rate": b.share,
                        "share_of_all": b.share_all,
                        "moves_odds_of_war_by_factor": b.factor,
                        "values": list(b.names),
                    }
                    for b in bars
                ],
            }
        )
        return
    say(at.said)
    emit_table(
        ["block", "relative to base rate", "of all", "moves the odds by", ""],
        [
            [
                b.block,
                f"{b.share:.2f}",
                f"{b.share_all:.2f}",
                f"x or / {b.factor:.2f}",
                _bar(b.share),
            ]
            for b in bars
        ],
        title="Share of the spread of the log-odds of war, each block redrawn alone and the game "
        "calibrated again",
    )
    say(f"start: {at.basis}; {at.draws.n:,} draws, seed {at.seed}")
    say("Shares may sum above one: blocks act together. The level comes from the base rate.")


def _bar(share: float) -> str:
    return "#" * min(40, round(40 * share))


def voi(
    run: RunArgument = None,
    dossier: DossierOption = None,
    as_of: StanceDayOption = None,
    recorded_by: RecordedByOption = None,
    draws: DrawsOption = None,
    seed: SeedOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Which next signal would move the answer most, and which stance is worth knowing better.

    Example: standoff voi --dossier demo.standoff
    """
    from standoff.assess import footing, next_signals, open_bench, system_of
    from standoff.game import solve_batch, value_of_information

    if draws is not None and draws < 80:
        raise InputError(f"{draws} draws", "at least 80: a quarter of them is used", "--draws 2000")
    with open_dossier(dossier, recorded_by) as ledger:
        system = system_of(ledger)
        on = footing(ledger, system, run or as_of, draws=draws, seed=seed)
        day = on.day
        bench = open_bench(ledger, system, as_of=day, draws=on.draws, seed=on.seed)
        signals = next_signals(bench, ledger.events(as_of=day))
    stances = value_of_information(bench.game, bench.draws, solve_batch(bench.game, bench.draws))
    if form is OutputFormat.JSON:
        emit_json(
            {
                "as_of": day.isoformat(),
                "run": on.run or None,
                "draws": on.draws,
                "seed": on.seed,
                "next_signals": [_signal(s) for s in signals],
                "stances": [
                    {"stance": i.name, "share_of_spread_removed": i.share, "sd": i.sd}
                    for i in stances
                ],
            }
        )
        return
    say(on.said)
    emit_table(
        ["next signal", "attack, times likelier", "90 % interval", "changes of level"],
        [
            [
                f"{s.actor} {s.act} ({s.target})",
                f"x {s.multiplier.mean:.2f}",
                f"{s.multiplier.low:.2f} to {s.multiplier.high:.2f}",
                ", ".join(f"{name} {v:+.2f}" for name, v in s.levels),
            ]
            for s in signals[:12]
        ],
        title=f"Each signal alone, added on {day}: official, explicit, from a reliable source",
    )
    say()
    emit_table(
        ["stance", "narrows the spread by", "its own sd"],
        [[i.name, f"{i.share:.1%}", f"{i.sd:.2f}"] for i in stances[:8] if i.sd > 0],
        title="If it were known exactly (the most that signals of it can do)",
    )
    say(f"{on.draws:,} draws, seed {on.seed}. How likely a signal is to come is not assessed.")


def _signal(s: NextSignal) -> dict[str, Any]:
    return {
        "actor": s.actor,
        "target": s.target,
        "relation": s.relation,
        "act": s.act,
        "times_likelier": estimate(s.multiplier),
        "share_of_draws_with_less_war": s.share_lower,
        "absolute_log_ratio": s.move,
        "change_of_level": dict(s.levels),
    }

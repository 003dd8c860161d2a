"""`standoff whatif`, `tornado`, `voi`: what a change would do, what drives the answer, what to watch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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
    find_dossier,
    open_dossier,
    parse_day,
    say,
)
from standoff.cli.game import pairs
from standoff.errors import InputError, NoDossier

if TYPE_CHECKING:
    from standoff.assess import NextSignal, Workbench
    from standoff.game import Coefficients, Draws, Game
    from standoff.systems import System
    from standoff.terms import Estimate

SystemOption = Annotated[
    str | None,
    typer.Option("--system", help="A system without a dossier: every stance at its class average."),
]
DrawsOption = Annotated[int, typer.Option("--draws", help="Draws of the priors and stances.")]
SeedOption = Annotated[int, typer.Option("--seed", help="Same seed, same answer.")]
CoefficientsOption = Annotated[
    str | None, typer.Option("--coefficients", help="A coefficient file of your own.")
]
StanceDayOption = Annotated[
    str | None, typer.Option("--as-of", help="The stance known by this day; else all there is.")
]


@dataclass(frozen=True, slots=True)
class Start:
    """Where a computation starts: the calibrated game, and in words where its stances are from."""

    system: System
    game: Game
    draws: Draws
    coefficients: Coefficients
    at: date
    basis: str
    bench: Workbench


def start(
    system: str | None,
    dossier: Path | None,
    as_of: str | None,
    draws: int,
    seed: int,
    coefficients: str | None,
    recorded_by: str | None = None,
) -> Start:
    """The game under the stance of a dossier, or with `system` alone without any report."""
    from standoff.assess import open_bench, open_workbench
    from standoff.game import load_coefficients
    from standoff.measure import measure_stance
    from standoff.systems import load_system

    if draws < 20:
        raise InputError(f"{draws} draws", "at least 20, for an interval", "--draws 2000")
    chosen = load_coefficients(coefficients)
    if dossier is None and system is not None:
        for option, value in (("--as-of", as_of), ("--recorded-by", recorded_by)):
            if value is not None:
                raise InputError(f"{option} with --system alone", "a dossier", "--dossier FILE")
        described = load_system(system)
        day = described.as_of
        blank = measure_stance((), at=day)
        bench = open_workbench(
            described, blank, blank, at=day, draws=draws, seed=seed, coefficients=chosen
        )
        told = f"every stance at its prior: no dossier; {chosen.name}"
        return Start(described, bench.game, bench.draws, chosen, day, told, bench)

    _dossier_or_say(dossier)
    with open_dossier(dossier, recorded_by) as ledger:
        described = load_system(ledger.system)
        if system is not None and load_system(system).slug != described.slug:
            raise InputError(
                f"--system {system} with a dossier of {described.slug}",
                "the system of the dossier",
                "leave out --system or --dossier",
            )
        known = [d.published for d in ledger.documents()]
        day = parse_day(as_of) if as_of else max([*known, described.as_of])
        bench = open_bench(
            ledger, described, as_of=day, draws=draws, seed=seed, coefficients=chosen
        )
    resting = len(bench.game.priors)
    told = f"stances as measured on {day}; {resting} channels rest on their prior; {chosen.name}"
    return Start(described, bench.game, bench.draws, chosen, day, told, bench)


def _dossier_or_say(given: Path | None) -> None:
    try:
        find_dossier(given)
    except NoDossier as error:
        raise NoDossier(
            error.came,
            "a dossier with its measured stances, or --system for class averages",
            "--dossier FILE, or --system west-pacific-2021",
        ) from error


def estimate(e: Estimate) -> dict[str, float]:
    """An estimate as a record."""
    return {
        "mean": e.mean,
        "median": e.median,
        "low": e.low,
        "high": e.high,
        "coverage": e.coverage,
    }


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("whatif")(whatif)
    app.command("tornado")(tornado_)
    app.command("voi")(voi)


def whatif(
    lever: Annotated[
        list[str] | None,
        typer.Option("--set", help="LEVER=AMOUNT, for example deeds:JPN=1. May be repeated."),
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="List the levers.")] = False,
    system: SystemOption = None,
    dossier: DossierOption = None,
    as_of: StanceDayOption = None,
    recorded_by: RecordedByOption = None,
    draws: DrawsOption = 2000,
    seed: SeedOption = 1,
    coefficients: CoefficientsOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """What a change would do to the chance of an attack and to behaviour, on common draws.

    Examples: standoff whatif --dossier demo.standoff --set deeds:JPN=1;
    standoff whatif --system west-pacific-2021 --set words:USA=1 --set law:JPN=1
    """
    import numpy as np

    from standoff.game import contrast, levers
    from standoff.terms import Estimate

    at = start(
        system,
        dossier,
        as_of,
        draws if lever and not listing else 20,
        seed,
        coefficients,
        recorded_by,
    )
    if listing or not lever:
        found = levers(at.game).values()
        records = [
            {"lever": v.name, "mode": v.mode, "now": _now(at.draws, v.value), "meaning": v.text}
            for v in found
        ]
        if form is OutputFormat.JSON:
            emit_json(records)
        else:
            emit_table(["lever", "mode", "now", "meaning"], [list(r.values()) for r in records])
        return
    wanted = pairs(lever, "--set")
    for name in wanted:
        if name.partition(":")[0] in ("hostility", "threat"):
            raise InputError(
                f"--set {name}",
                "a lever of facts, commitments or beliefs",
                "hostile acts are evidence: standoff assess --signals FILE, or standoff voi",
            )
    result = contrast(at.game, at.draws, wanted)
    now, then = at.bench.attack_under(wanted), at.bench.attack_under({})
    lower = float(np.mean(now < then))
    rows = {
        "chance of an attack within a year": Estimate.of(now),
        "the same without the change": Estimate.of(then),
        "times likelier": Estimate.ratio(now, then),
        **{
            f"times likelier, {name}": Estimate.ratio(now[mine], then[mine])
            for i, name in enumerate(at.draws.sets)
            if (mine := at.draws.set_index == i).any()
        },
        **{f"game alone, change of P({k})": v for k, v in result.change.items()},
    }
    beside = _conflict(at.game, at.draws, pairs(lever, "--set"))
    if form is OutputFormat.JSON:
        emit_json(
            {
                "lever": result.name,
                "basis": at.basis,
                "draws": at.draws.n,
                "seed": seed,
                "share_of_draws_with_less_war": lower,
                "effects": {k: estimate(e) for k, e in rows.items()},
                "claims_in_conflict": beside,
                "warnings": [*at.game.warnings, *result.warnings],
            }
        )
        return
    emit_table(
        ["effect", "mean", "90 % interval"],
        [[k, f"{e.mean:.2g}", f"{e.low:.2g} to {e.high:.2g}"] for k, e in rows.items()],
        title=f"{result.name}: an attack becomes less likely in {lower:.0%} of the draws",
    )
    say(f"start: {at.basis}; {at.draws.n:,} common draws, seed {seed}")
    for item in beside:
        say(f"conflict: {item['text']}")
    for text in (*at.game.warnings, *result.warnings):
        say(f"warning: {text}")


def _now(draws: Draws, name: str) -> str:
    import numpy as np

    return f"{float(np.median(np.asarray(draws.values[name]))):.3g}"


def _conflict(game: Game, draws: Draws, changes: dict[str, float]) -> list[dict[str, Any]]:
    """Levers on which claims of the field disagree: both readings, each with its number."""
    from standoff.game import conflicts

    return [
        {
            "text": c.text,
            "readings": [
                {"claim": r.claim, "lever": r.lever, "outcome": r.outcome,
                 "change": estimate(r.change), "share_up": r.share_up}
                for r in c.readings
            ],
        }
        for c in conflicts(game, draws, changes)
    ]  # fmt: skip


def tornado_(
    system: SystemOption = None,
    dossier: DossierOption = None,
    as_of: StanceDayOption = None,
    recorded_by: RecordedByOption = None,
    draws: DrawsOption = 2000,
    seed: SeedOption = 1,
    coefficients: CoefficientsOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Which block of priors moves the answer most.

    Example: standoff tornado --dossier demo.standoff
    """
    import numpy as np

    from standoff.game import tornado

    at = start(system, dossier, as_of, draws, seed, coefficients, recorded_by)
    bars = tornado(at.game, at.draws, at.coefficients, rng=np.random.default_rng([seed, 9]))
    if form is OutputFormat.JSON:
        emit_json(
            {
                "basis": at.basis,
                "draws": at.draws.n,
                "seed": seed,
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
    say(f"start: {at.basis}; {at.draws.n:,} draws, seed {seed}")
    say("Shares may sum above one: blocks act together. The level comes from the base rate.")


def _bar(share: float) -> str:
    return "#" * min(40, round(40 * share))


def voi(
    dossier: DossierOption = None,
    as_of: StanceDayOption = None,
    recorded_by: RecordedByOption = None,
    draws: DrawsOption = 2000,
    seed: SeedOption = 1,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Which next signal would move the answer most, and which stance is worth knowing better.

    Example: standoff voi --dossier demo.standoff
    """
    from standoff.assess import next_signals, open_bench
    from standoff.game import solve_batch, value_of_information
    from standoff.systems import load_system

    if draws < 80:
        raise InputError(f"{draws} draws", "at least 80: a quarter of them is used", "--draws 2000")
    with open_dossier(dossier, recorded_by) as ledger:
        system = load_system(ledger.system)
        known = [d.published for d in ledger.documents()]
        day = parse_day(as_of) if as_of else max([*known, system.as_of])
        bench = open_bench(ledger, system, as_of=day, draws=draws, seed=seed)
        signals = next_signals(bench, ledger.events(as_of=day))
    stances = value_of_information(bench.game, bench.draws, solve_batch(bench.game, bench.draws))
    if form is OutputFormat.JSON:
        emit_json(
            {
                "as_of": day.isoformat(),
                "draws": draws,
                "seed": seed,
                "next_signals": [_signal(s) for s in signals],
                "stances": [
                    {"stance": i.name, "share_of_spread_removed": i.share, "sd": i.sd}
                    for i in stances
                ],
            }
        )
        return
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
    say(f"{draws:,} draws, seed {seed}. How likely a signal is to come is not assessed.")


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

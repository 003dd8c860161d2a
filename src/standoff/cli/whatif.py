"""`standoff whatif`: what a change of the game or another piece of evidence would do."""

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
    StandingOption,
    emit_json,
    emit_table,
    find_dossier,
    open_dossier,
    say,
)
from standoff.cli.game import pairs
from standoff.errors import InputError, NoDossier

if TYPE_CHECKING:
    from standoff.assess import Workbench
    from standoff.forecast import Answer
    from standoff.game import Coefficients, Draws, Game
    from standoff.systems import System
    from standoff.terms import Estimate

RunArgument = Annotated[
    str | None, typer.Argument(help="A run (R-3f2a); else the one last assessed.")
]
SystemOption = Annotated[
    str | None,
    typer.Option("--system", help="A system without a dossier: every stance at its class average."),
]
DrawsOption = Annotated[
    int | None,
    typer.Option("--draws", max=100_000, help="Draws of the priors and stances; else the run's."),
]
SeedOption = Annotated[
    int | None, typer.Option("--seed", help="Same seed, same answer; else the run's.")
]
CoefficientsOption = Annotated[
    str | None, typer.Option("--coefficients", help="A coefficient file of your own.")
]
StanceDayOption = StandingOption


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
    run: str
    seed: int
    said: str

    @property
    def record(self) -> dict[str, Any]:
        """Where it stands, for JSON."""
        return {"as_of": self.at.isoformat(), "run": self.run or None, "basis": self.basis}


def start(
    system: str | None,
    dossier: Path | None,
    as_of: str | None,
    draws: int | None,
    seed: int | None,
    coefficients: str | None,
    recorded_by: str | None = None,
    run: str | None = None,
) -> Start:
    """The game under the stance of a dossier, or with `system` alone without any report."""
    from standoff.assess import footing, open_bench, open_workbench, system_of
    from standoff.game import load_coefficients
    from standoff.measure import measure_stance
    from standoff.systems import load_system

    if run is not None and as_of is not None:
        raise InputError(f"{run} and --as-of {as_of}", "one of the two", "leave one out")
    as_of = run or as_of
    if draws is not None and draws < 20:
        raise InputError(f"{draws} draws", "at least 20, for an interval", "--draws 2000")
    chosen = load_coefficients(coefficients)
    if dossier is None and system is not None:
        for option, value in (("--as-of", as_of), ("--recorded-by", recorded_by)):
            if value is not None:
                raise InputError(f"{option} with --system alone", "a dossier", "--dossier FILE")
        described = load_system(system)
        day = described.as_of
        blank = measure_stance((), at=day)
        n, chosen_seed = draws or 2000, 1 if seed is None else seed
        bench = open_workbench(
            described, blank, blank, at=day, draws=n, seed=chosen_seed, coefficients=chosen
        )
        told = f"every stance at its prior: no dossier; {chosen.name}"
        said = f"day {day} (of the system; no dossier)"
        return Start(
            described, bench.game, bench.draws, chosen, day, told, bench, "", chosen_seed, said
        )

    _dossier_or_say(dossier)
    with open_dossier(dossier, recorded_by) as ledger:
        described = system_of(ledger)
        if system is not None and load_system(system).slug != described.slug:
            raise InputError(
                f"--system {system} with a dossier of {described.slug}",
                "the system of the dossier",
                "leave out --system or --dossier",
            )
        on = footing(ledger, described, as_of, draws=draws, seed=seed)
        day = on.day
        bench = open_bench(
            ledger, described, as_of=day, draws=on.draws, seed=on.seed, coefficients=chosen
        )
    resting = len(bench.game.priors)
    told = f"stances as measured on {day}; {resting} channels rest on their prior; {chosen.name}"
    return Start(
        described, bench.game, bench.draws, chosen, day, told, bench, on.run, on.seed, on.said
    )


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
    """Add the command."""
    app.command("whatif")(whatif)


def whatif(
    run: RunArgument = None,
    lever: Annotated[
        list[str] | None,
        typer.Option("--set", help="LEVER=AMOUNT, for example deeds:JPN=1. May be repeated."),
    ] = None,
    add: Annotated[
        list[str] | None,
        typer.Option(
            "--add",
            help="Evidence: NAME[:COUNT][:SOURCE>TARGET][@DAY[..DAY]], for example MOBILIZE:30.",
        ),
    ] = None,
    listing: Annotated[
        bool, typer.Option("--list", help="List the levers, and the acts that can be added.")
    ] = False,
    system: SystemOption = None,
    dossier: DossierOption = None,
    as_of: StanceDayOption = None,
    recorded_by: RecordedByOption = None,
    draws: DrawsOption = None,
    seed: SeedOption = None,
    coefficients: CoefficientsOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """What a change would do to the chance of an attack and to behaviour, on common draws.

    Examples: standoff whatif --dossier demo.standoff --set deeds:JPN=1;
    standoff whatif --system west-pacific-2021 --set words:USA=1 --set law:JPN=1;
    standoff whatif --system west-pacific-2021 --add MOBILIZE:30 --add "PLEDGE:1:USA>TWN"
    """
    import numpy as np

    from standoff.assess import added_events
    from standoff.brief import interval, percent
    from standoff.game import contrast, solve_batch
    from standoff.terms import Estimate

    at = start(
        system,
        dossier,
        as_of,
        draws if (lever or add) and not listing else 20,
        seed,
        coefficients,
        recorded_by,
        run,
    )
    if listing or not (lever or add):
        records = _possible(at)
        if form is OutputFormat.JSON:
            emit_json(records)
        else:
            say(at.said)
            emit_table(["lever", "mode", "now", "meaning"], [list(r.values()) for r in records])
        return
    wanted = pairs(lever, "--set")
    for name in wanted:
        if name.partition(":")[0] in ("hostility", "threat"):
            raise InputError(
                f"--set {name}",
                "a lever of facts, commitments or beliefs",
                "hostile acts are evidence: --add THREATEN:3, or standoff voi",
            )
    told = at.bench.adding([e for text in add or () for e in added_events(text, at.system, at.at)])
    before, after = at.bench.answer(), told.setting(wanted).answer()
    now, then = after.arrays["all"], before.arrays["all"]
    what = ", ".join([*(add or ()), *((f"{k} = {v:g}" for k, v in wanted.items()))])
    result = contrast(told.game, told.draws, wanted, name=what, base=solve_batch(at.game, at.draws))
    lower = float(np.mean(now < then))
    rows = {
        "chance of an attack within a year": Estimate.of(now),
        "the same without the change": Estimate.of(then),
        "times likelier": Estimate.ratio(now, then),
        **{
            f"chance within {m} months, {word}": answer.at(m)
            for m in (3, 6)
            for word, answer in (("with", after), ("without", before))
        },
        **{
            f"times likelier, {name}": Estimate.ratio(now[mine], then[mine])
            for i, name in enumerate(at.draws.sets)
            if (mine := at.draws.set_index == i).any()
        },
        **{f"game alone, change of P({k})": v for k, v in result.change.items()},
    }
    beside = _conflict(at.game, at.draws, wanted)
    ledger = _ledger(before, after)
    if form is OutputFormat.JSON:
        emit_json(
            {
                "lever": result.name,
                **at.record,
                "draws": at.draws.n,
                "seed": at.seed,
                "share_of_draws_with_less_war": lower,
                "effects": {k: estimate(e) for k, e in rows.items()},
                "updates": ledger,
                "claims_in_conflict": beside,
                "warnings": [*at.game.warnings, *result.warnings],
            }
        )
        return
    say(at.said)
    # What is supposed as evidence leaves the game as it is: rows of noughts tell nothing.
    told_rows = {k: e for k, e in rows.items() if not k.startswith("game alone") or e.low or e.high}
    emit_table(
        ["effect", "mean", "90 % interval"],
        [
            [k, f"{e.mean:.2g}", f"{e.low:.2g} to {e.high:.2g}"]
            if "times" in k
            else [k, percent(e.mean), interval(e)]
            if "chance" in k or "same" in k
            else [k, f"{100 * e.mean:+.2g} points", f"{100 * e.low:+.2g} to {100 * e.high:+.2g}"]
            for k, e in told_rows.items()
        ],
        title=f"{result.name}: an attack becomes less likely in {lower:.0%} of the draws",
    )
    say()
    emit_table(
        ["update", "pieces", "times, without", "pieces with it", "times, with"],
        [[n if isinstance(n, str | int) else f"{n:.3g}" for n in row.values()] for row in ledger],
        title="Ledger of updates within a year: base rate times every line",
    )
    say(f"start: {at.basis}; {at.draws.n:,} common draws, seed {at.seed}")
    for text in _passed(at.bench, told):
        say(f"no evidence: {text}")
    for item in beside:
        say(f"conflict: {item['text']}")
    for text in (*at.game.warnings, *result.warnings):
        say(f"warning: {text}")


def _possible(at: Start) -> list[dict[str, Any]]:
    """The levers of the game, and the acts that `--add` knows."""
    from standoff.assess import kinds_to_add
    from standoff.game import levers

    return [
        {"lever": v.name, "mode": v.mode, "now": _now(at.draws, v.value), "meaning": v.text}
        for v in levers(at.game).values()
    ] + [
        {"lever": name, "mode": "--add", "now": "", "meaning": f"{c['channel']}, {c['valence']}"}
        for name, c in kinds_to_add().items()
    ]


def _ledger(before: Answer, after: Answer) -> list[dict[str, str | int | float]]:
    """By kind of update, pieces and product of their lines without and with the change."""
    from standoff.assess import by_kind

    old, new = by_kind(before.lines), by_kind(after.lines)
    return [
        {
            "update": name,
            "pieces": old.get(name, (0, 1.0))[0],
            "times_without": old.get(name, (0, 1.0))[1],
            "pieces_with": new.get(name, (0, 1.0))[0],
            "times_with": new.get(name, (0, 1.0))[1],
        }
        for name in dict.fromkeys((*old, *new))
    ]


def _passed(before: Workbench, after: Workbench) -> list[str]:
    """Added acts that are no evidence of an attack, and why."""
    known = {p.key for p in before.passed}
    return [f"{p.key.lstrip('~')}: {p.reason}" for p in after.passed if p.key not in known]


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

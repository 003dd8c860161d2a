"""`standoff shapley`: what each thing contributes to the odds of war, exactly."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from standoff.cli.common import (
    DossierOption,
    FormatOption,
    OutputFormat,
    RecordedByOption,
    emit_json,
    emit_table,
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

if TYPE_CHECKING:
    from standoff.terms import Estimate


class By(StrEnum):
    """Three questions that must not be mixed: each has a baseline of its own."""

    SIGNALS = "signals"
    PRESENCE = "presence"
    TERMS = "terms"


BASELINES = {
    By.SIGNALS: "words and deeds at the class average, cascade not foreseen, no trade lost",
    By.PRESENCE: "each actor certain to abstain, in every mind",
    By.TERMS: "the challenger's own terms at zero",
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("shapley")(shapley_)


def shapley_(
    run: RunArgument = None,
    by: Annotated[
        By, typer.Option("--by", help="signals, presence of actors, or the challenger's terms.")
    ] = By.SIGNALS,
    system: SystemOption = None,
    dossier: DossierOption = None,
    as_of: StanceDayOption = None,
    recorded_by: RecordedByOption = None,
    draws: DrawsOption = None,
    seed: SeedOption = None,
    coefficients: CoefficientsOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """What each thing contributes to the odds of war; shares multiply to the total.

    Example: standoff shapley --dossier demo.standoff --by terms
    """
    import numpy as np

    from standoff.game import presence_factors, shapley, signal_factors, term_factors
    from standoff.terms import Estimate

    at = start(system, dossier, as_of, draws, seed, coefficients, recorded_by, run)
    factors = {
        By.SIGNALS: signal_factors, By.PRESENCE: presence_factors, By.TERMS: term_factors,
    }[by](at.game)  # fmt: skip
    found = shapley(at.game, at.draws, factors)
    total = Estimate.of(np.exp(found.total))
    shares = found.multipliers()
    lower = dict(zip(found.names, np.mean(found.shares < 0, axis=1).tolist(), strict=True))
    tags = dict(zip(found.names, found.tags, strict=True))
    # Signals are not tagged but for two: a group "other" that holds the rest would say nothing.
    groups = found.by_tag() if by is By.TERMS else {}
    if form is OutputFormat.JSON:
        emit_json(
            {
                **at.record,
                "draws": at.draws.n,
                "seed": at.seed,
                "by": by.value,
                "baseline": BASELINES[by],
                "multipliers": {
                    n: {**estimate(e), "share_lower": lower[n], "tag": tags[n]}
                    for n, e in shares.items()
                },
                "groups": {n: estimate(e) for n, e in groups.items()},
                "total": estimate(total),
                "largest_error_of_the_sum": found.error,
            }
        )
        return
    say(at.said)
    rows = [[n, *_cells(e), f"{lower[n]:.0%}", tags[n]] for n, e in shares.items()]
    rows += [[f"all {n}", *_cells(e), "", ""] for n, e in groups.items()]
    rows.append(["all together", *_cells(total), "", ""])
    emit_table(
        ["", "multiplies the odds of war by", "90 % interval", "lowers it in", "tag"],
        rows,
        title=f"Against {BASELINES[by]}",
    )
    say(
        f"Exact Shapley shares over {len(shares)} factors; in every draw they multiply to the total,"
    )
    say(f"which medians do not (largest error {found.error:.0e} log-odds).")
    say(f"start: {at.basis}; {at.draws.n:,} draws, seed {at.seed}")


def _cells(e: Estimate) -> list[str]:
    return [f"x {e.median:.2g}", f"{e.low:.2g} to {e.high:.2g}"]

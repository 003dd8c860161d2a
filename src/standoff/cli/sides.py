"""`standoff sides`: who stands with the protege, how it is read, and the margin for error."""

from __future__ import annotations

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


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("sides")(sides_)


def sides_(
    run: RunArgument = None,
    system: SystemOption = None,
    dossier: DossierOption = None,
    as_of: StanceDayOption = None,
    recorded_by: RecordedByOption = None,
    draws: DrawsOption = None,
    seed: SeedOption = None,
    coefficients: CoefficientsOption = None,
    step: Annotated[
        float, typer.Option("--misstep", help="Share of approaches that a misstep turns hostile.")
    ] = 0.1,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Who stands with the protege, how each audience reads that, and the margin for error.

    Example: standoff sides --dossier demo.standoff
    """
    import numpy as np

    from standoff.game import audiences, misstep, sides
    from standoff.terms import Estimate

    at = start(system, dossier, as_of, draws, seed, coefficients, recorded_by, run)
    found = sides(at.game, at.draws)
    sizes = {str(n): Estimate.of(row) for n, row in enumerate(found.sizes)}
    mean = Estimate.of(np.arange(len(found.sizes)) @ found.sizes)
    trade = Estimate.of(found.trade)
    read = {
        k: {who: Estimate.of(p) for who, p in table.items()}
        for k, table in audiences(at.game, at.draws).items()
    }
    loss = {k: Estimate.of(v) for k, v in misstep(at.game, at.draws, step).items()}
    if form is OutputFormat.JSON:
        emit_json(
            {
                **at.record,
                "draws": at.draws.n,
                "seed": at.seed,
                "coalition_size_probability": {k: estimate(e) for k, e in sizes.items()},
                "coalition_size_expected": estimate(mean),
                "share_of_challenger_trade_with_it": estimate(trade),
                "fights_as_read_by": {
                    k: {who: estimate(e) for who, e in table.items()} for k, table in read.items()
                },
                "cost_of_a_misstep_logit_units": {k: estimate(e) for k, e in loss.items()},
            }
        )
        return
    say(at.said)
    emit_table(
        ["stand with the protege", "probability", "90 % interval"],
        [[k, f"{e.median:.2g}", f"{e.low:.2g} to {e.high:.2g}"] for k, e in sizes.items()],
        title="After a resisted attack: how many defenders and supporters support or fight",
    )
    say(f"expected {_spread(mean)}; share of the challenger's trade with them {_spread(trade)}")
    say()
    readers = list(next(iter(read.values()))) if read else []
    emit_table(
        ["fights in a resisted attack", *readers],
        [[k, *[_spread(e) for e in table.values()]] for k, table in read.items()],
        title="As each audience reads the signals (the home public credits words in full: elicited)",
    )
    say()
    emit_table(
        [f"a misstep over {step:.0%} of the approaches", "costs the challenger, logit units"],
        [[f"after {k}", _spread(e)] for k, e in loss.items()],
        title="Margin for error among nuclear neighbours",
    )
    say(f"start: {at.basis}; {at.draws.n:,} draws, seed {at.seed}")


def _spread(e: Estimate) -> str:
    return f"{e.median:.2g} ({e.low:.2g} to {e.high:.2g})"

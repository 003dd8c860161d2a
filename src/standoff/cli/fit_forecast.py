"""`standoff fit forecast`: the rates of pairs, fitted to data sets of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from standoff.cli.common import emit_table, family, say


def register(app: typer.Typer) -> None:
    """Add the command to `fit`."""
    group = family(app, "fit", "Fit games to observed moves, and the constants of a room to data.")
    group.command("forecast")(fit_forecast)


def fit_forecast(
    data: Annotated[Path, typer.Option("--data", help="Folder with the CSV files.")],
    save: Annotated[Path | None, typer.Option("--save", help="Write the fit as TOML.")] = None,
    last: Annotated[
        int | None, typer.Option("--last", help="Last year to use; default all.")
    ] = None,
) -> None:
    """Fit the rates of disputes and attacks between pairs of states.

    Needs cow-states, cow-nmc, cow-majors, cow-contiguity, atop-ddyr, tss-rivalries and gml-ddy; they
    are found by their columns.

    Example: standoff fit forecast --data ~/data/cow --save my-rates.toml
    """
    from standoff.forecast import fit_rates, gather_facts, training_panel, write_rates

    facts = gather_facts(data)
    training = training_panel(facts, last=last)
    rates = fit_rates(training, facts, name="rates-own")
    panel = training.panel
    say(
        f"{len(panel.onset):,} directed dyad-years {rates.first}-{rates.last}: "
        f"{int(panel.onset.sum())} disputes, {int(panel.attack.sum())} attacks"
    )
    rows: list[tuple[str, str, str, str]] = []
    for which, logit in (("dispute", rates.onset), ("attack | dispute", rates.severity)):
        names = ("constant", *logit.names)
        errors = logit.cov.diagonal() ** 0.5
        rows += [
            (which, n, f"{b:+.3f}", f"{e:.3f}")
            for n, b, e in zip(names, logit.coef, errors, strict=True)
        ]
    emit_table(("logit", "regressor (per sd)", "coefficient", "se"), rows)
    if save is not None:
        write_rates(rates, save)
        say(f"written to {save}")

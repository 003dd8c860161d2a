"""`standoff chains`: what becomes of each causal link that a text asserts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from standoff.cli.common import (
    DossierOption,
    FormatOption,
    OutputFormat,
    RecordedByOption,
    StandingOption,
    emit_json,
    emit_table,
    open_dossier,
    say,
)
from standoff.cli.whatif import SeedOption

if TYPE_CHECKING:
    from standoff.assess import JudgedLink


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("chains")(chains)


def leaning(found: JudgedLink) -> str:
    """Which elicited terms a link leans on, as words."""
    none = [r.term for r in found.leans_on if r.nothing]
    if none:
        return f"nothing is left without {' or without '.join(none)}"
    return "; ".join(f"{r.left:.0%} is left without {r.term}" for r in found.leans_on)


def chains(
    as_of: StandingOption = None,
    draws: Annotated[
        int | None, typer.Option(min=100, help="Draws of parameters and stances; else the run's.")
    ] = None,
    seed: SeedOption = None,
    dossier: DossierOption = None,
    recorded_by: RecordedByOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """What becomes of each causal link that is asserted about the system: reproduced, dependent,
    assumed, not settled, contradicted, told by the record, or not expressible.

    Example: standoff chains --as-of 2021-08-13
    """
    from standoff.assess import footing, judge_chains, system_of

    with open_dossier(dossier, recorded_by) as ledger:
        system = system_of(ledger)
        on = footing(ledger, system, as_of, draws=draws, seed=seed)
        found = judge_chains(ledger, system, as_of=on.day, draws=on.draws, seed=on.seed)
    if form is OutputFormat.JSON:
        emit_json(found.payload())
        return
    say(on.said)
    say(f"{found.title}, as of {found.as_of}   {found.run}")
    emit_table(
        (
            "chain",
            "cause",
            "",
            "effect",
            "asserted",
            "disposition",
            "effect, 90 %",
            "unit",
            "share",
            "why",
        ),
        [
            (
                v.link.chain,
                v.link.cause.replace("_", " "),
                "raises" if v.link.sign > 0 else "lowers",
                v.link.effect.replace("_", " "),
                v.link.assertion,
                v.disposition,
                ""
                if v.effect is None
                else f"{v.effect.median:+.2g} ({v.effect.low:+.2g} to {v.effect.high:+.2g})",
                v.unit.partition(",")[0],
                "" if v.share is None else f"{v.share:.0%}",
                f"{found.run}#{v.key}" if v.effect else "",
            )
            for v in found.links
        ],
        title="the effect of the cause in the game, and the share of draws with the asserted sign",
    )
    say(", ".join(f"{n} {name}" for name, n in found.counts().items()))
    for v in found.links:
        if v.disposition in ("assumed", "dependent"):
            say(f"{v.link.chain}  {v.link.effect.replace('_', ' ')}: {v.disposition}. {leaning(v)}")
        elif v.disposition != "reproduced":
            say(
                f"{v.link.chain}  {v.link.effect.replace('_', ' ')}: {v.disposition}. {v.link.note}"
            )
    say("")
    say(
        "reproduced, dependent, assumed: the model holds the argument; whether the world does, it "
        "cannot say"
    )
    shown = next((v for v in found.links if v.disposition == "contradicted"), found.links[0])
    if shown.effect is not None:
        say(f'next      standoff why "{found.run}#{shown.key}"')

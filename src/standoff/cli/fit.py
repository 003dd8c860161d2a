"""`standoff fit`: strategic games, offers and plain logits fitted to a table by a formula."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from standoff.cli.common import FormatOption, OutputFormat, emit_json, emit_table, family, say
from standoff.errors import InputError

if TYPE_CHECKING:
    from standoff.api.fitting import FormulaFit


class LinkFunction(StrEnum):
    """Distribution of the choice errors."""

    PROBIT = "probit"
    LOGIT = "logit"


class Error(StrEnum):
    """Whose errors they are."""

    AGENT = "agent"
    PRIVATE = "private"


class ErrorsBy(StrEnum):
    """How standard errors are computed."""

    HESSIAN = "hessian"
    OPG = "opg"
    SANDWICH = "sandwich"


class Scale(StrEnum):
    """Which scales of the errors are free."""

    FIXED = "fixed"
    COMMON = "common"
    BY_PLAYER = "by-player"


FormulaArgument = Annotated[
    str, typer.Argument(metavar="FORMULA", help="Outcomes ~ one part per utility, parted by |.")
]
DataOption = Annotated[Path, typer.Option("--data", help="A CSV or Parquet file.")]
LinkOption = Annotated[LinkFunction, typer.Option("--link", help="probit or logit.")]
ErrorOption = Annotated[
    Error, typer.Option("--error", help="Errors of actions (agent) or of payoffs (private).")
]
ScaleOption = Annotated[
    Scale | None,
    typer.Option("--scale", help="Free scales; common where all utilities are fixed."),
]
FixedOption = Annotated[
    list[str] | None,
    typer.Option(
        "--fixed",
        help="Utilities that are numbers: -1,0,-1.4,0.1 for all parts in order, or NAME=NUMBER, "
        "repeated, for some.",
    ),
]
PriorOption = Annotated[
    float | None,
    typer.Option("--prior-sd", help="Normal prior on weights, for rare or separated outcomes."),
]
ErrorsByOption = Annotated[
    ErrorsBy, typer.Option("--se", help="Standard errors: hessian, opg or sandwich.")
]
WeightsOption = Annotated[
    str | None, typer.Option("--weights", help="Column that says how often each case counts.")
]
OutcomesOption = Annotated[
    str | None,
    typer.Option("--outcomes", help="Values of the one outcome column, left to right: a,b,c."),
]


def register(app: typer.Typer) -> None:
    """Add the commands to `fit`."""
    group = family(app, "fit", "Fit games to observed moves, and the constants of a room to data.")
    group.command("egame12")(egame12)
    group.command("egame122")(egame122)
    group.command("egame123")(egame123)
    group.command("ultimatum")(ultimatum)
    group.command("logit")(logit)


def egame12(
    formula: FormulaArgument,
    data: DataOption,
    link: LinkOption = LinkFunction.PROBIT,
    error: ErrorOption = Error.AGENT,
    scale: ScaleOption = None,
    fixed: FixedOption = None,
    prior_sd: PriorOption = None,
    errors_by: ErrorsByOption = ErrorsBy.HESSIAN,
    weights: WeightsOption = None,
    outcomes: OutcomesOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Fit the deterrence game: player 1 stops or goes on, player 2 then stops or goes on.

    Parts: u1(~a) | u1(a,~b) | u1(a,b) | u2(a,b). To the left two columns of 0 and 1, or one with
    three values. Text columns become levels; rows with missing values are left out and counted.
    Conventions of the R package games, so that numbers compare.

    Examples: standoff fit egame12 "esc + war ~ s_wt_re1 + revis1 | 0 | regime1 | balanc + regime2"
    --data war1800.csv; standoff fit egame12 "esc + war ~ 1" --fixed -1,0,-1.4,0.1 --data war1800.csv
    """
    _game("egame12", formula, data, link, error, scale, fixed, prior_sd, errors_by, weights,
          outcomes, form)  # fmt: skip


def egame122(
    formula: FormulaArgument,
    data: DataOption,
    link: LinkOption = LinkFunction.PROBIT,
    error: ErrorOption = Error.AGENT,
    scale: ScaleOption = None,
    fixed: FixedOption = None,
    prior_sd: PriorOption = None,
    errors_by: ErrorsByOption = ErrorsBy.HESSIAN,
    weights: WeightsOption = None,
    outcomes: OutcomesOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Fit the game in which player 1 moves left or right and player 2 answers either.

    Parts: u1(LL) | u1(LR) | u1(RL) | u1(RR) | u2(LR) | u2(RR). To the left one column with LL, LR,
    RL, RR or four numbers, or two columns of 0 and 1, or three: the first move and both answers.

    Example: standoff fit egame122 "y ~ x1 + x2 | x3 + f1 | 0 | x4 + x5 | z1 + z2 | z3 + f2"
    --data data_122.csv
    """
    _game("egame122", formula, data, link, error, scale, fixed, prior_sd, errors_by, weights,
          outcomes, form)  # fmt: skip


def egame123(
    formula: FormulaArgument,
    data: DataOption,
    link: LinkOption = LinkFunction.PROBIT,
    error: ErrorOption = Error.AGENT,
    scale: ScaleOption = None,
    fixed: FixedOption = None,
    prior_sd: PriorOption = None,
    errors_by: ErrorsByOption = ErrorsBy.HESSIAN,
    weights: WeightsOption = None,
    outcomes: OutcomesOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Fit the game of three players in a row, each of whom may end it.

    Parts: u1(L) | u1(RL) | u1(RRL) | u1(RRR) | u2(RL) | u2(RRL) | u2(RRR) | u3(RRR). To the left
    one column with L, RL, RRL, RRR or four numbers, or three columns of 0 and 1.

    Example: standoff fit egame123 "y ~ x1 | x2 | 0 | x3 | z1 | 0 | z2 | w" --data crises.csv
    """
    _game("egame123", formula, data, link, error, scale, fixed, prior_sd, errors_by, weights,
          outcomes, form)  # fmt: skip


def ultimatum(
    formula: FormulaArgument,
    data: DataOption,
    prize: Annotated[
        float | None,
        typer.Option("--prize", "--max-offer", help="What is divided; else the greatest offer."),
    ] = None,
    errors_by: ErrorsByOption = ErrorsBy.HESSIAN,
    weights: WeightsOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Fit offers and whether they were taken: the reservation values of both players.

    Parts: R1 | R2. To the left the offer and a column of 0 and 1.

    Example: standoff fit ultimatum "offer + accept ~ x1 + w1 | z1 + w1" --prize 15 --data data_ult.csv
    """
    from standoff.api.fitting import fit_formula

    _show(
        fit_formula(
            "ultimatum", formula, data, prize=prize, errors_by=errors_by.value, weights=weights
        ),
        form,
    )


def logit(
    formula: FormulaArgument,
    data: DataOption,
    prior_sd: PriorOption = None,
    errors_by: ErrorsByOption = ErrorsBy.HESSIAN,
    weights: WeightsOption = None,
    outcomes: OutcomesOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Fit a plain logit of one outcome: the rival that a game has to beat.

    Example: standoff fit logit "gmlmidonset ~ conttype + log1p(capdist)" --data dyads.parquet
    """
    from standoff.api.fitting import fit_formula

    fit = fit_formula(
        "logit",
        formula,
        data,
        prior_sd=prior_sd,
        errors_by=errors_by.value,
        weights=weights,
        outcomes=_listed(outcomes),
    )
    _show(fit, form)


def _game(
    game: str,
    formula: str,
    data: Path,
    link: LinkFunction,
    error: Error,
    scale: Scale | None,
    fixed: list[str] | None,
    prior_sd: float | None,
    errors_by: ErrorsBy,
    weights: str | None,
    outcomes: str | None,
    form: OutputFormat,
) -> None:
    from standoff.api.fitting import fit_formula

    fit = fit_formula(
        game,
        formula,
        data,
        link=link.value,
        error=error.value,
        scale=scale.value if scale else None,
        fixed=_fixed(fixed),
        prior_sd=prior_sd,
        errors_by=errors_by.value,
        weights=weights,
        outcomes=_listed(outcomes),
    )
    _show(fit, form)


def _listed(text: str | None) -> list[str] | None:
    return [t.strip() for t in text.split(",")] if text else None


def _fixed(given: list[str] | None) -> list[float] | dict[str, float] | None:
    """`-1,0,0.1`, or `u1(~esc)=-1` for some."""
    if not given:
        return None
    try:
        if all("=" in item for item in given):
            pairs = [item.rsplit("=", 1) for item in given]
            return {name.strip(): float(value) for name, value in pairs}
        return [float(v) for item in given for v in item.split(",")]
    except ValueError as error:
        raise InputError(
            f"--fixed {' '.join(given)!r}",
            "numbers parted by commas, or NAME=NUMBER",
            "--fixed -1,0,-1.4,0.1, or --fixed 'u1(~esc)=-1'",
        ) from error


def _show(fit: FormulaFit, form: OutputFormat) -> None:
    if form is OutputFormat.JSON:
        emit_json(fit.record())
    else:
        how = "" if fit.game == "logit" else f", {fit.link}, {fit.error} error"
        say(f"{fit.game}{how}: {fit.status} ({fit.message})")
        say(f"log likelihood {fit.log_likelihood:.7f}   AIC {fit.aic:.3f}   cases {fit.n:g}")
        if fit.outcomes:
            say("outcomes  " + "   ".join(f"{o} {c:g}" for o, c in fit.outcomes.items()))
        for name, value in fit.fixed.items():
            say(f"fixed     {name} = {value:g}")
        rows: list[tuple[str, ...]] = []
        for name, value in fit.coefficients.items():
            error = fit.standard_errors[name]
            told = ("", "") if not error else (f"{error:.6f}", f"{value / error:.2f}")
            rows.append((name, f"{value:.6f}", *told))
        emit_table(("parameter", "estimate", f"se ({fit.errors_by})", "z"), rows)
        for note in fit.warnings:
            say(f"note     {note}")
    if not fit.converged:
        raise typer.Exit(1)

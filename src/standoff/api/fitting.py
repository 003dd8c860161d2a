"""A game, a formula and a table to a fit: what `standoff fit` does, for use in a notebook.

Example:
    >>> seen = {"esc": [0] * 50 + [1] * 50, "war": [0] * 80 + [1] * 20}
    >>> fit = fit_formula("egame12", "esc + war ~ 1 | 0 | 0 | 1", seen)
    >>> fit.n, round(fit.log_likelihood, 4), round(fit.coefficients["u2(esc,war):(Intercept)"], 3)
    (100.0, -102.9653, -0.358)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from standoff.api.formula import Formula, build_design, parse_formula
from standoff.api.frames import Cases, read_cases
from standoff.errors import InputError, ModelError
from standoff.fit import (
    Design,
    ErrorsBy,
    Fit,
    FitStatus,
    Move,
    Tree,
    fit_game,
    fit_logit,
    fit_ultimatum,
    standard_errors,
)

__all__ = ["GAMES", "FormulaFit", "fit_formula"]

_WEAK = 1e-5
_FEW = 5


@dataclass(frozen=True, slots=True)
class _Shape:
    """A game of the catalogue: its outcomes, and whose utility at which of them each part is."""

    outcomes: tuple[str, ...]
    parts: tuple[tuple[int, int], ...]


GAMES: Mapping[str, _Shape] = {
    "egame12": _Shape(("~esc", "esc,~war", "esc,war"), ((1, 0), (1, 1), (1, 2), (2, 2))),
    "egame122": _Shape(("LL", "LR", "RL", "RR"), ((1, 0), (1, 1), (1, 2), (1, 3), (2, 1), (2, 3))),
    "egame123": _Shape(
        ("L", "RL", "RRL", "RRR"),
        ((1, 0), (1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3), (3, 3)),
    ),
}


@dataclass(frozen=True, slots=True)
class FormulaFit:
    """A fit by formula.

    Attributes:
        game, formula, link, error: what was fitted.
        n: cases, counted with their weights.
        outcomes: outcome to cases; empty for offers.
        log_likelihood, aic, bic: at the estimates, without any prior.
        coefficients: parameter to estimate.
        standard_errors: parameter to standard error; None where the likelihood is flat.
        errors_by: `hessian`, `opg` or `sandwich`.
        fixed: utilities that are numbers other than zero.
        status, message: how the search ended.
        warnings: what a reader must know: cases left out, few events, weak identification.
        fit: the fit itself.
    """

    game: str
    formula: str
    link: str
    error: str
    n: float
    outcomes: Mapping[str, float]
    log_likelihood: float
    aic: float
    bic: float
    coefficients: Mapping[str, float]
    standard_errors: Mapping[str, float | None]
    errors_by: str
    fixed: Mapping[str, float]
    prior_sd: float | None
    status: str
    message: str
    warnings: tuple[str, ...]
    fit: Fit

    @property
    def converged(self) -> bool:
        """The search ended where it should."""
        return self.fit.status is FitStatus.CONVERGED

    def record(self) -> dict[str, Any]:
        """Plain values, in the order of a report."""
        n = int(self.n) if self.n == int(self.n) else self.n
        return {
            "game": self.game,
            "formula": self.formula,
            "link": self.link,
            "error": self.error,
            "n": n,
            "loglik": self.log_likelihood,
            "aic": self.aic,
            "bic": self.bic,
            "status": self.status,
            "message": self.message,
            "outcomes": dict(self.outcomes),
            "coefficients": dict(self.coefficients),
            "standard_errors": dict(self.standard_errors),
            "errors_by": self.errors_by,
            "fixed": dict(self.fixed),
            "prior_sd": self.prior_sd,
            "warnings": list(self.warnings),
        }


def fit_formula(
    game: str,
    formula: str,
    data: Path | str | Mapping[str, Any] | Any,
    *,
    link: str = "probit",
    error: str = "agent",
    scale: str | None = None,
    fixed: Sequence[float] | Mapping[str, float] | None = None,
    prior_sd: float | None = None,
    errors_by: ErrorsBy = "hessian",
    weights: str | None = None,
    prize: float | None = None,
    outcomes: Sequence[str] | None = None,
) -> FormulaFit:
    """Fit a game of the catalogue, offers and answers, or a plain logit, by a formula.

    Args:
        game: `egame12`, `egame122`, `egame123`, `ultimatum` or `logit`.
        formula: see :mod:`standoff.api.formula`. Parts, in order: egame12 u1(~a) | u1(a,~b) |
            u1(a,b) | u2(a,b); egame122 u1(LL) | u1(LR) | u1(RL) | u1(RR) | u2(LR) | u2(RR); egame123
            u1(L) | u1(RL) | u1(RRL) | u1(RRR) | u2(RL) | u2(RRL) | u2(RRR) | u3(RRR); ultimatum
            R1 | R2; logit one. To the left: one column with the outcomes, or one 0/1 column per
            move; ultimatum the offer and whether it was taken.
        data: a CSV or Parquet file, a data frame, or columns by name.
        link: `probit` or `logit` (the games).
        error: `agent` or `private` (the games).
        scale: `fixed`, `common` or `by player`; by default `common` where all utilities are fixed.
        fixed: numbers for all utilities, in the order of the parts, or for some by name.
        prior_sd: a normal prior on weights, for rare or separated outcomes.
        errors_by: see :func:`standoff.fit.standard_errors`.
        weights: column that says how often each case counts.
        prize: what is divided (ultimatum); by default the greatest offer.
        outcomes: values of the one outcome column, from left to right of the tree.

    Raises:
        InputError: an unknown column, a formula that is none, too few parts.
        ModelError: a model that these data cannot tell, with the reason.
    """
    parsed = parse_formula(formula)
    if game not in (*GAMES, "ultimatum", "logit"):
        raise ModelError(
            f"the game {game!r}", " | ".join((*GAMES, "ultimatum", "logit")), "take one of these"
        )
    if prior_sd is not None and game == "ultimatum":
        raise ModelError("a prior for offers", "no prior: ultimatum has none", "leave it out")
    read = parsed
    if fixed is not None and not isinstance(fixed, Mapping):
        # All utilities are numbers: regressors are not looked at, as with fixedUtils in R.
        read = Formula(parsed.left, ())
    cases = read_cases(data, read.columns, (weights,) if weights else ())
    counts = None
    if weights is not None:
        counts = cases.numbers(weights)
    notes = list(cases.notes)
    if game == "ultimatum":
        fit, seen, more = _ultimatum(parsed, cases, counts, prize)
        held: dict[str, float] = {}
        link, error = "logit", "private"
    elif game == "logit":
        fit, seen, more = _logit(parsed, cases, counts, prior_sd, outcomes)
        held, link, error = {}, "logit", "none"
    else:
        if link not in ("probit", "logit") or error not in ("agent", "private"):
            raise ModelError(
                f"{link}, {error}", "probit or logit, agent or private", "--link probit"
            )
        tree, chosen, more = _outcomes(game, parsed, cases, outcomes)
        utilities, held = _utilities(game, tree, parsed, cases, fixed)
        free = any(isinstance(u, Design) for u in utilities.values())
        came = np.bincount(
            chosen, weights=np.ones(len(chosen)) if counts is None else counts,
            minlength=len(tree.outcomes),
        )  # fmt: skip
        seen = {o: float(c) for o, c in zip(tree.outcomes, came, strict=True)}
        never = [outcome for outcome, count in seen.items() if not count]
        if never and free and prior_sd is None:
            raise ModelError(
                f"the outcome {' and '.join(never)}, which is never observed",
                "every outcome of the game at least once: the weights behind it would run off",
                "a smaller game, or --prior-sd 2.5",
            )
        scaled = scale or ("fixed" if free else "common")
        fit = fit_game(
            tree,
            chosen,
            utilities,
            link=cast(Any, link),
            error=cast(Any, error),
            scale=cast(Any, scaled.replace("-", " ")),
            weights=counts,
            prior_sd=prior_sd,
        )
    notes += more
    notes += [
        f"{name} came only {count:g} times: its weights rest on little"
        if count
        else f"{name} is never observed: its weights are those of the prior"
        for name, count in seen.items()
        if count < _FEW
    ]
    errors = standard_errors(fit, errors_by)
    if fit.status is not FitStatus.CONVERGED:
        notes.append(fit.message)
    elif fit.curvature < _WEAK:
        notes.append(
            f"weakly identified ({fit.curvature:.0e}): {', '.join(fit.least_told())} are hardly told "
            "apart; drop one, or set --prior-sd"
        )
    if errors is None and fit.covariance is not None:
        notes.append(f"no standard errors by {errors_by}: fewer cases than parameters count")
    return FormulaFit(
        game=game,
        formula=formula,
        link=link,
        error=error,
        n=fit.n_cases,
        outcomes=seen,
        log_likelihood=fit.log_likelihood,
        aic=fit.aic,
        bic=fit.bic,
        coefficients={n: float(v) for n, v in zip(fit.names, fit.coef, strict=True)},
        standard_errors={
            n: None if errors is None else float(errors[i]) for i, n in enumerate(fit.names)
        },
        errors_by=errors_by,
        fixed=held,
        prior_sd=prior_sd,
        status=fit.status.value,
        message=fit.message,
        warnings=tuple(dict.fromkeys(notes)),
        fit=fit,
    )


def _binary(cases: Cases, name: str) -> npt.NDArray[np.bool_]:
    values = cases.numbers(name)
    odd = sorted({f"{v:g}" for v in values.tolist()} - {"0", "1"})
    if odd:
        raise ModelError(
            f"the outcome {name!r} with the value {odd[0]}", "0 and 1", "recode the column"
        )
    return values == 1


def _parts(formula: Formula, labels: Sequence[str], game: str) -> None:
    if len(formula.parts) != len(labels):
        raise InputError(
            f"{len(formula.parts)} parts for {game}",
            f"{len(labels)}, parted by |: {' | '.join(labels)}",
            "0 for a utility of zero, 1 for an intercept alone",
        )


def _outcomes(
    game: str, formula: Formula, cases: Cases, given: Sequence[str] | None
) -> tuple[Tree, npt.NDArray[np.intp], list[str]]:
    """The tree with names from the formula, and which outcome each case is."""
    shape, left = GAMES[game], formula.left
    moves = {"egame12": (2,), "egame122": (2, 3), "egame123": (3,)}[game]
    if len(left) == 1:
        names, chosen, notes = _one_column(left[0], shape.outcomes, cases, given)
    elif len(left) in moves:
        d = [_binary(cases, name) for name in left]
        notes = cases.lost_to_moves(left[1:])
        if game == "egame12":
            a, b = left
            names = (f"~{a}", f"{a},~{b}", f"{a},{b}")
            chosen = np.where(~d[0], 0, np.where(~d[1], 1, 2))
        elif game == "egame123":
            a, b, c = left
            names = (f"~{a}", f"{a},~{b}", f"{a},{b},~{c}", f"{a},{b},{c}")
            chosen = np.where(~d[0], 0, np.where(~d[1], 1, np.where(~d[2], 2, 3)))
        elif len(left) == 2:
            a, b = left
            names = (f"~{a},~{b}", f"~{a},{b}", f"{a},~{b}", f"{a},{b}")
            chosen = 2 * d[0] + d[1]
        else:
            _, a, b = left
            names = (f"~{a}", a, f"~{b}", b)
            chosen = 2 * d[0] + np.where(d[0], d[2], d[1])
    else:
        raise InputError(
            f"{len(left)} outcomes for {game}: {' + '.join(left)}",
            f"one column with the outcomes, or {' or '.join(map(str, moves))} columns of 0 and 1",
            '"esc + war ~ ..." for egame12',
        )
    o = list(names)
    if game == "egame12":
        root = Move(1, o[0], Move(2, o[1], o[2]))
    elif game == "egame122":
        root = Move(1, Move(2, o[0], o[1]), Move(2, o[2], o[3]))
    else:
        root = Move(1, o[0], Move(2, o[1], Move(3, o[2], o[3])))
    return Tree(game, root), chosen.astype(np.intp), notes


def _one_column(
    name: str, usual: tuple[str, ...], cases: Cases, given: Sequence[str] | None
) -> tuple[tuple[str, ...], npt.NDArray[np.intp], list[str]]:
    """Outcomes of one column: names of the tree, numbers from left to right, or as they are given."""
    values = cases.columns[name]
    texts = [f"{v:g}" if isinstance(v, float) else str(v) for v in values.tolist()]
    levels = set(texts)
    if given is not None:
        names = tuple(given)
    elif levels <= set(usual):
        names = usual
    elif values.dtype.kind in "US":
        raise ModelError(
            f"the outcome {name!r} with the values {', '.join(sorted(levels)[:6])}",
            f"{', '.join(usual)}, or numbers from left to right",
            f"--outcomes with {len(usual)} values from left to right of the tree",
        )
    else:
        names = tuple(f"{v:g}" for v in sorted({float(t) for t in levels}))
    if len(names) != len(usual) or len(set(names)) != len(names) or not levels <= set(names):
        raise ModelError(
            f"the outcome {name!r} with {len(levels)} values: {', '.join(sorted(levels)[:6])}",
            f"{len(usual)} values, each observed",
            f"--outcomes with {len(usual)} values from left to right, or a smaller game",
        )
    place = {n: i for i, n in enumerate(names)}
    return names, np.array([place[t] for t in texts], dtype=np.intp), []


def _utilities(
    game: str,
    tree: Tree,
    formula: Formula,
    cases: Cases,
    fixed: Sequence[float] | Mapping[str, float] | None,
) -> tuple[dict[tuple[int, str], Design | float], dict[str, float]]:
    """What each utility is made of, and those that are numbers."""
    keys = [(player, tree.outcomes[k]) for player, k in GAMES[game].parts]
    labels = [f"u{player}({outcome})" for player, outcome in keys]
    if fixed is not None and not isinstance(fixed, Mapping):
        if len(fixed) != len(keys):
            raise InputError(
                f"{len(fixed)} fixed utilities for {game}",
                f"{len(keys)}: {', '.join(labels)}",
                "--fixed with one number each, or --fixed NAME=NUMBER for some",
            )
        numbers = [float(v) for v in fixed]
        return dict(zip(keys, numbers, strict=True)), dict(zip(labels, numbers, strict=True))
    _parts(formula, labels, game)
    held = dict(fixed or {})
    unknown = sorted(set(held) - set(labels))
    if unknown:
        raise InputError(
            f"the fixed utility {unknown[0]!r}", " | ".join(labels), "take one of these"
        )
    found: dict[tuple[int, str], Design | float] = {}
    for key, label, part in zip(keys, labels, formula.parts, strict=True):
        if label in held and not part.empty:
            raise InputError(
                f"{label} fixed at {held[label]:g} and with the regressors {part.text}",
                "one of the two",
                "write 0 in its place in the formula",
            )
        found[key] = (
            float(held[label]) if label in held else build_design(part, cases.columns, cases.n)
        )
    return found, held


def _ultimatum(
    formula: Formula, cases: Cases, counts: npt.NDArray[np.float64] | None, prize: float | None
) -> tuple[Fit, dict[str, float], list[str]]:
    if len(formula.left) != 2:
        raise InputError(
            f"{' + '.join(formula.left)} to the left",
            "the offer and whether it was taken",
            '"offer + accept ~ x | z"',
        )
    _parts(formula, ("R1", "R2"), "ultimatum")
    designs = [build_design(p, cases.columns, cases.n) for p in formula.parts]
    if not all(isinstance(d, Design) for d in designs):
        raise ModelError("a reservation value of 0", "regressors or 1 for both", '"... ~ 1 | 1"')
    offers, taken = cases.numbers(formula.left[0]), _binary(cases, formula.left[1])
    notes: list[str] = []
    if prize is None:
        prize = float(offers.max())
        notes.append(f"the prize is taken to be the greatest offer, {prize:g}; set --prize")
    fit = fit_ultimatum(
        offers,
        taken,
        cast(Design, designs[0]),
        cast(Design, designs[1]),
        prize=prize,
        weights=counts,
    )
    return fit, {}, notes


def _logit(
    formula: Formula,
    cases: Cases,
    counts: npt.NDArray[np.float64] | None,
    prior_sd: float | None,
    given: Sequence[str] | None,
) -> tuple[Fit, dict[str, float], list[str]]:
    if len(formula.left) != 1:
        raise InputError(f"{' + '.join(formula.left)} to the left", "one outcome", '"y ~ x"')
    _parts(formula, ("the regressors",), "logit")
    name = formula.left[0]
    if given is not None:
        _, chosen, _ = _one_column(name, ("no", "yes"), cases, given)
        happened = chosen == 1
    else:
        happened = _binary(cases, name)
    regressors = build_design(formula.parts[0], cases.columns, cases.n)
    if not isinstance(regressors, Design):
        raise ModelError("a logit without regressors", "at least an intercept", '"y ~ 1"')
    fit = fit_logit(happened, regressors, weights=counts, prior_sd=prior_sd)
    each = np.ones(cases.n) if counts is None else counts
    return fit, {f"~{name}": float(each[~happened].sum()), name: float(each[happened].sum())}, []

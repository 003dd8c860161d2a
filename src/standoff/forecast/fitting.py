"""Fit the rates to directed dyad-years: recent years count more, and severity has a trend.

Choices, all made on forecasts of 1971 to 1990 (docs/decisions/2026-11-30-pair-rates.md): a year
counts half of one 15 years later; severity falls over the decades, so its logit has a linear trend
that is held at the last year of the fit and never continued.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import resources

import numpy as np
import numpy.typing as npt

from standoff.errors import ModelError
from standoff.forecast.effects import EFFECTS, PairHistory, best_shape
from standoff.forecast.facts import Facts
from standoff.forecast.features import Panel, dyad_panel, pairs_in, regressors
from standoff.forecast.logit import Logit, fit_logit
from standoff.forecast.lookup import Array, Happenings
from standoff.forecast.rates import TREND
from standoff.forecast.rates_file import Rates

__all__ = ["Training", "chances", "fit_rates", "training_panel", "with_later"]

HALF_LIFE = 15.0
"""Years after which a dyad-year, or a dispute, counts half."""
ONSET_RIDGE, SEVERITY_RIDGE = 3.0, 5.0
TREND_RIDGE = 1.0
SHARE = 0.15
"""Share of the dyad-years without a dispute that is used in training, with weight 1 / share."""
SEVERITY_ONLY = ("fought", "forced")
SEVERITY = (
    *("begun_5", "begun_20", "land", "sea", "size_a", "size_b", "gap", "rivals", "territorial"),
    *("major_a", "major_b", "nuclear_a", "nuclear_b", "active_a", "target_b", "pact"),
    *SEVERITY_ONLY,
)
"""Regressors of severity: fewer, as there are some two thousand disputes in all."""
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Training:
    """Directed dyad-years with regressors, made once for many fits.

    Attributes:
        panel: pairs, years and what came.
        columns: regressor to (row,).
    """

    panel: Panel
    columns: Mapping[str, Array]


def training_panel(facts: Facts, first: int = 1946, last: int | None = None) -> Training:
    """All dyad-years in scope with their regressors.

    Raises:
        ModelError: years outside the tables.
    """
    end = facts.coverage["disputes"].last
    until = end if last is None else last
    if not 1946 <= first < until <= end:
        raise ModelError(f"years {first} to {until}", f"years within 1946 to {end}", "shorten it")
    panel = dyad_panel(facts, first, until)
    return Training(panel, regressors(facts, panel.at))


def fit_rates(
    training: Training,
    facts: Facts,
    *,
    until: int | None = None,
    name: str = "rates-1",
    start: Rates | None = None,
) -> Rates:
    """Fit onset and severity to the years up to one.

    Args:
        training: as :func:`training_panel`.
        facts: for the count of distant pairs.
        until: last year to use.
        name: of the fit.
        start: a fit of nearby years to begin from.
    """
    panel = training.panel
    year = panel.at.year
    last = int(year.max()) if until is None else until
    first = int(year.min())
    plain, onset, shapes = fit_onset(training, last, (start.plain, start.onset) if start else None)
    rates = Rates(
        name=name,
        first=first,
        last=last,
        plain=plain,
        shapes=shapes,
        onset=onset,
        severity=fit_severity(training, last),
        onset_level=0.0,
        severity_level=0.0,
        distant=count_distant(facts, panel, first, last),
        reasons=reasons(),
    )
    rows, begun = year <= last, (year <= last) & panel.onset
    onset_chance, severity = chances(rates, training, rows, trend=True)
    return replace(
        rates,
        onset_level=_level(onset_chance, panel.onset[rows], year[rows]),
        severity_level=_level(severity[panel.onset[rows]], panel.attack[begun], year[begun]),
    )


def chances(
    rates: Rates, training: Training, rows: Mask, *, trend: bool = False
) -> tuple[Array, Array]:
    """(P(onset), P(attack | onset)) of rows, at the estimates.

    Args:
        rates: a fit.
        training: the panel; effects of pairs come from its earlier years.
        rows: (row,) which to give.
        trend: let the trend of severity run, as in training; a forecast holds it at 0.
    """
    at, y = training.panel.at, training.panel.onset.astype(float)
    columns = {n: v[rows] for n, v in training.columns.items()}
    upto = at.year <= int(at.year[rows].max())
    expected = rates.plain.chance({n: v[upto] for n, v in training.columns.items()})
    history = PairHistory.of(at.first[upto], at.second[upto], at.year[upto], y[upto], expected)
    columns |= history.effects(at.first[rows], at.second[rows], at.year[rows], rates.shapes)
    columns[TREND] = (at.year[rows] - rates.last) / 10 * float(trend)
    return rates.onset.chance(columns), rates.severity.chance(columns)


def with_later(rates: Rates, facts: Facts, training: Training) -> Rates:
    """The fit with the attacks expected and those that came in the years after it.

    Args:
        rates: a fit to all years of the disputes.
        facts: with the clashes that continue them; without them the fit comes back as it is.
        training: the panel of the fit, for the effects of pairs.
    """
    if facts.clashes_end is None:
        return rates
    at, y = training.panel.at, training.panel.onset.astype(float)
    expected = rates.plain.chance(training.columns)
    history = PairHistory.of(at.first, at.second, at.year, y, expected)
    rows: list[tuple[int, float, int]] = []
    for year in range(rates.last + 1, facts.clashes_end.year):
        panel = dyad_panel(facts, year, year)
        known = np.full(len(panel.onset), rates.last + 1)
        columns = dict(regressors(facts, panel.at))
        columns |= history.effects(panel.at.first, panel.at.second, known, rates.shapes)
        columns[TREND] = np.zeros(len(panel.onset))
        chance = rates.onset.chance(columns) * rates.severity.chance(columns)
        rows.append((year, float(chance.sum()), int(panel.attack.sum())))
    return replace(rates, later=tuple(rows))


def count_distant(facts: Facts, panel: Panel, first: int, last: int) -> tuple[int, int, int]:
    """(directed dyad-years, disputes, attacks) of pairs outside the scope of the panel."""
    inside = panel.at.year <= last
    total = sum(len(pairs_in(facts, y)[0]) for y in range(first, last + 1))

    def between(h: Happenings) -> int:
        when = np.floor(h.times)
        return int(((when >= first) & (when <= last)).sum())

    return (
        total - int(inside.sum()),
        between(facts.onsets) - int(panel.onset[inside].sum()),
        between(facts.attacks) - int(panel.attack[inside].sum()),
    )


def reasons() -> dict[str, str]:
    """Regressor to why it is there, from `data/regressors.toml`."""
    file = resources.files("standoff.forecast") / "data" / "regressors.toml"
    return {r["name"]: r["why"] for r in tomllib.loads(file.read_text("utf-8"))["regressor"]}


def fit_onset(
    training: Training, last: int, start: tuple[Logit, Logit] | None = None
) -> tuple[Logit, Logit, tuple[float, float]]:
    """The first logit, the one with the effects of pairs, and the shapes of these effects."""
    panel = training.panel
    year = panel.at.year
    rows = year <= last
    drawn = _sample(panel, rows)
    weight = np.where(panel.onset, 1.0, 1.0 / SHARE)[drawn] * 0.5 ** (
        (last - year[drawn]) / HALF_LIFE
    )
    y = panel.onset.astype(float)
    names = [n for n in training.columns if n not in SEVERITY_ONLY]
    plain = fit_logit(
        {n: training.columns[n][drawn] for n in names},
        names,
        y[drawn],
        ridge=ONSET_RIDGE,
        weights=weight,
        start=start[0].coef if start else None,
    )
    expected = plain.chance({n: training.columns[n][rows] for n in names})
    a, b, when = panel.at.first[rows], panel.at.second[rows], year[rows]
    low, high = np.minimum(a, b), np.maximum(a, b)
    shapes = (
        best_shape(a * 1000 + b, y[rows], expected),
        best_shape(low * 1000 + high, y[rows], expected),
    )
    history = PairHistory.of(a, b, when, y[rows], expected)
    effects = history.effects(panel.at.first[drawn], panel.at.second[drawn], year[drawn], shapes)
    columns = {n: training.columns[n][drawn] for n in names} | dict(effects)
    onset = fit_logit(
        columns,
        [*names, *EFFECTS],
        y[drawn],
        ridge=ONSET_RIDGE,
        weights=weight,
        start=start[1].coef if start else np.concatenate([plain.coef, np.ones(2)]),
    )
    return plain, onset, shapes


def fit_severity(training: Training, last: int) -> Logit:
    """The logit of attack among disputes that began, with its trend at 0 in the last year."""
    panel = training.panel
    rows = panel.onset & (panel.at.year <= last)
    columns = {n: training.columns[n][rows] for n in SEVERITY}
    columns[TREND] = (panel.at.year[rows] - last) / 10
    weight = 0.5 ** ((last - panel.at.year[rows]) / HALF_LIFE)
    return fit_logit(
        columns,
        [*SEVERITY, TREND],
        panel.attack[rows].astype(float),
        ridge=SEVERITY_RIDGE,
        weights=weight,
        loose={TREND: TREND_RIDGE},
    )


def _sample(panel: Panel, rows: Mask) -> Mask:
    """All events, and a share of the other rows that is the same in every fit."""
    draw = np.random.default_rng(1).random(len(rows)) < SHARE
    return rows & (panel.onset | draw)


def _level(chance: Array, came: Mask, year: npt.NDArray[np.int64]) -> float:
    """Spread of ln(level) between years beyond chance: by moments of (observed / expected)."""
    _, inverse = np.unique(year, return_inverse=True)
    expected = np.bincount(inverse, weights=chance)
    observed = np.bincount(inverse, weights=came.astype(float))
    noise = np.bincount(inverse, weights=chance * (1 - chance))
    excess = float(((observed - expected) ** 2 - noise).sum() / (expected**2).sum())
    return float(np.sqrt(np.log1p(max(excess, 0.0))))

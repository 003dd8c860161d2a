"""The rates beside plain rivals, year after year: fit to the years before, forecast the year.

Rivals, each refitted every year on politically relevant directed dyad-years since 1946:

| name | what it is |
| --- | --- |
| base rate | share of dyad-years with the event |
| persistence | two shares: pairs with the event in the five years before, and others |
| no change | two shares: pairs with the event in the year before, and others |
| plain logit | the twelve regressors of `plain_columns` |
| logit with counts | the same with begun_1, begun_5, begun_20, reverse_5, reverse_20 |
| rates | this room: for attacks, onset times severity |

The plain logit is that of tests/published/test_fit_forecasts.py, with the years since 1946 for
training. For attacks the two logits are fitted to attacks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from standoff.fit import (
    Backtest,
    Bin,
    Forecaster,
    backtest,
    base_rate_forecast,
    calibration,
    happened_lately,
    persistence_forecast,
    rolling_origin,
)
from standoff.forecast.facts import Facts
from standoff.forecast.features import DyadMoments, guarded, years_of_peace
from standoff.forecast.fitting import SHARE, Training, chances, fit_rates, training_panel
from standoff.forecast.gather import gather_facts
from standoff.forecast.logit import fit_logit
from standoff.forecast.lookup import Array, Ints, YearTable
from standoff.forecast.rates_file import Rates
from standoff.history import locate_datasets, read_dataset

__all__ = ["COUNTS", "PLAIN", "RollingTest", "run_rolling", "score_rates"]

PLAIN = (
    *("spell", "spell2", "spell3", "balance", "ln_a", "ln_b", "major_a", "major_b", "land_border"),
    *("distance", "ally", "defender"),
)
COUNTS = ("begun_1", "begun_5", "begun_20", "reverse_5", "reverse_20")
_LIGHT = 1e-3
"""Ridge of the rivals: as in `fit.logit_forecast`, only to keep them finite."""
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class RollingTest:
    """Forecasts of the same dyad-years.

    Attributes:
        disputes, attacks: beside their rivals.
    """

    disputes: Backtest
    attacks: Backtest

    def calibration(self, event: str, bins: int = 10) -> tuple[Bin, ...]:
        """Mean forecast of the rates and observed share in equal parts; for `dispute` or `attack`."""
        test = self.disputes if event == "dispute" else self.attacks
        return calibration(test.chances["rates"], test.happened, bins)


def score_rates(folder: Path | str, first: int = 1991, last: int = 2010) -> RollingTest:
    """Run the test on the user's files.

    Args:
        folder: as for :func:`standoff.forecast.gather_facts`; cow-capitals too.
        first, last: years to forecast.

    Raises:
        UnreadableFile: a data set that is needed is not there.
        ModelError: years outside the tables.
    """
    facts = gather_facts(folder)
    file = locate_datasets(folder, need=("cow-capitals",))["cow-capitals"]
    table = read_dataset(file, "cow-capitals")
    latitude, longitude = table.numbers("lat"), table.numbers("lng")
    spells = zip(table.integers("ccode"), table.text("stdate"), table.text("enddate"), strict=True)
    rows = sorted(
        (code, start, int(start[:4]), int((end or "2100")[:4]), latitude[i], longitude[i])
        for i, (code, start, end) in enumerate(spells)
    )
    code, begin, stop = (np.array([r[k] for r in rows], dtype=np.int64) for k in (0, 2, 3))
    places = [YearTable.of_spells(code, begin, stop, [r[k] for r in rows], 2030) for k in (4, 5)]
    return run_rolling(facts, (places[0], places[1]), first, last)


def run_rolling(
    facts: Facts, capitals: tuple[YearTable, YearTable], first: int, last: int
) -> RollingTest:
    """Run the test.

    Args:
        facts: tables.
        capitals: latitude and longitude of the capital by state and year.
        first, last: years to forecast.
    """
    training = training_panel(facts, last=last)
    panel = training.panel
    kept = np.flatnonzero(panel.relevant)
    at = panel.at.where(panel.relevant)
    columns = {n: v[kept] for n, v in training.columns.items()}
    columns |= plain_columns(facts, at, capitals)
    fitted: dict[int, Rates] = {}
    ours = {name: _rates_forecast(training, facts, kept, fitted, name) for name in ("d", "a")}
    folds = rolling_origin(first, last)
    tests: list[Backtest] = []
    for event, mine in ((panel.onset[kept], "d"), (panel.attack[kept], "a")):
        recent, lately = (happened_lately(at.key, at.year, event, within=n) for n in (1, 5))
        rivals: dict[str, Forecaster] = {
            "base rate": base_rate_forecast(event),
            "persistence": persistence_forecast(event, lately),
            "no change": persistence_forecast(event, recent),
            "plain logit": _logit_forecast(columns, PLAIN, event),
            "logit with counts": _logit_forecast(columns, (*PLAIN, *COUNTS), event),
            "rates": ours[mine],
        }
        tests.append(backtest(event, at.year, rivals, folds))
    return RollingTest(tests[0], tests[1])


def _rates_forecast(
    training: Training, facts: Facts, kept: Ints, fitted: dict[int, Rates], which: str
) -> Forecaster:
    year = training.panel.at.year

    def forecast(train: Mask, test: Mask) -> Array:
        last = int(year[kept[train]].max())
        if last not in fitted:
            fitted[last] = fit_rates(training, facts, until=last, start=fitted.get(last - 1))
        rows = np.zeros(len(year), dtype=bool)
        rows[kept[test]] = True
        onset, severity = chances(fitted[last], training, rows)
        return onset if which == "d" else onset * severity

    return forecast


def _logit_forecast(columns: Mapping[str, Array], names: Sequence[str], event: Mask) -> Forecaster:
    draw = np.random.default_rng(1).random(len(event)) < SHARE
    begin: dict[int, Array] = {}

    def forecast(train: Mask, test: Mask) -> Array:
        rows = train & (event | draw)
        fit = fit_logit(
            {n: columns[n][rows] for n in names},
            names,
            event[rows].astype(float),
            ridge=_LIGHT,
            weights=np.where(event[rows], 1.0, 1.0 / SHARE),
            start=begin.get(0),
        )
        begin[0] = fit.coef
        return fit.chance({n: columns[n][test] for n in names})

    return forecast


def plain_columns(
    facts: Facts, at: DyadMoments, capitals: tuple[YearTable, YearTable]
) -> dict[str, Array]:
    """The regressors of the plain logit, name to (row,); values of the year itself.

    spell, spell2, spell3: years of peace / 10 and its powers. balance: capabilities a / (a + b).
    ln_a, ln_b: ln(share + 1e-5). land_border. distance: ln(1 + kilometres between the capitals).
    ally: A owes B defence. defender: a major power other than A owes B defence. With major_a and
    major_b of the shared regressors they are twelve.
    """
    spell = years_of_peace(facts, at) / 10
    a, b = (facts.capabilities.at(code, at.year) for code in (at.first, at.second))
    return {
        "spell": spell,
        "spell2": spell**2,
        "spell3": spell**3,
        "balance": a / np.maximum(a + b, 1e-9),
        "ln_a": np.log(a + 1e-5),
        "ln_b": np.log(b + 1e-5),
        "land_border": (facts.contiguity.at(at.key, at.year) == 1).astype(float),
        "distance": np.log1p(_kilometres(at, capitals)),
        "ally": facts.defence.at(at.key, at.year),
        "defender": guarded(facts, at, besides_challenger=True),
    }


def _kilometres(at: DyadMoments, capitals: tuple[YearTable, YearTable]) -> Array:
    lat_a, lat_b = (np.radians(capitals[0].at(c, at.year)) for c in (at.first, at.second))
    lng_a, lng_b = (np.radians(capitals[1].at(c, at.year)) for c in (at.first, at.second))
    half = np.sin((lat_b - lat_a) / 2) ** 2
    half += np.cos(lat_a) * np.cos(lat_b) * np.sin((lng_b - lng_a) / 2) ** 2
    return 2 * 6378.137 * np.arcsin(np.sqrt(half))

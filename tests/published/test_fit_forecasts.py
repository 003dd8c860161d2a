"""Forecasts of disputes 1991 to 2010 from what was known to 1990, on the public files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from standoff.fit import (
    Fold,
    backtest,
    base_rate_forecast,
    design,
    happened_lately,
    logit_forecast,
    persistence_forecast,
)
from standoff.history import directed_dyad_years

pytest.importorskip("duckdb", reason="needs the extra `history`")
FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "history"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="needs the optional folder ../shared/data/history"
    ),
]


@pytest.fixture(scope="module")
def relevant():
    """Politically relevant directed dyad-years: neighbours by land or sea, or a major power."""
    table = (
        directed_dyad_years(FOLDER, 1816, 2010)
        .with_disputes()
        .with_capabilities()
        .with_alliances()
        .with_capital_distance()
        .with_contiguity()
        .with_majors()
        .with_peace_years()
    )
    every = {
        c: np.ma.filled(v, 0).astype(float)
        for c, v in table.arrays().items()
        if c
        in (
            *("ccode1", "ccode2", "year", "gmlmidonset", "init1", "gmlmidspell", "atop_defense"),
            *("cinc1", "cinc2", "conttype", "capdist", "cowmaj1", "cowmaj2"),
        )
    }
    # A major power other than the challenger that is bound to defend the target in that year.
    guard = every["atop_defense"] * every["cowmaj1"]
    _, year = np.unique(every["ccode2"] * 3000 + every["year"], return_inverse=True)
    every["defender"] = (np.bincount(year, weights=guard)[year] - guard > 0).astype(float)
    keep = (every["conttype"] > 0) | (every["cowmaj1"] > 0) | (every["cowmaj2"] > 0)
    return {c: v[keep] for c, v in every.items()}


def test_base_rate_and_plain_logit(relevant) -> None:
    r = relevant
    happened = (r["gmlmidonset"] == 1) & (r["init1"] == 1)
    assert len(happened) == 223_982
    spell = r["gmlmidspell"] / 10
    columns = {
        "spell": spell,
        "spell2": spell**2,
        "spell3": spell**3,
        "balance": r["cinc1"] / np.maximum(r["cinc1"] + r["cinc2"], 1e-9),
        "size1": np.log(r["cinc1"] + 1e-5),
        "size2": np.log(r["cinc2"] + 1e-5),
        "major1": r["cowmaj1"],
        "major2": r["cowmaj2"],
        "land": (r["conttype"] == 1).astype(float),
        "distance": np.log1p(r["capdist"]),
        "ally": r["atop_defense"],
        "defender": r["defender"],
    }
    lately = happened_lately(r["ccode1"] * 1000 + r["ccode2"], r["year"], happened, 5)
    test = backtest(
        happened,
        r["year"],
        {
            "base rate": base_rate_forecast(happened),
            "persistence": persistence_forecast(happened, lately),
            "logit": logit_forecast(happened, design(columns)),
        },
        [Fold(1990, 1991, 2010)],
    )
    base, persistence, logit = test.marks()
    assert base.brier == pytest.approx(0.008919, abs=1e-6)
    assert base.log == pytest.approx(0.0529, abs=5e-5)
    assert logit.log < persistence.log < base.log
    # The design's logit, with regressors not written down: Brier .008507, log .0416, AUC .882.
    assert logit.brier < 0.008507 and logit.log < 0.0416 and logit.auc > 0.882

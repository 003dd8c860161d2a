"""Utilities from history: the games that are solved, fitted to observed moves.

:func:`fit_game` fits any tree of two-way moves by maximum likelihood; :func:`egame12` and its
kin are the trees of the literature; :func:`fit_ultimatum` fits offers, :func:`fit_logit` the plain
rival. :class:`Fit` holds estimates, errors and how the search ended.
"""

from standoff.fit.binary import LogitModel, fit_logit
from standoff.fit.errors import ErrorsBy, standard_errors
from standoff.fit.estimate import Fit, FitStatus, Fittable, Weight, fit_game
from standoff.fit.forecasts import (
    Backtest,
    Fold,
    Forecaster,
    Mark,
    backtest,
    base_rate_forecast,
    game_forecast,
    happened_lately,
    logit_forecast,
    persistence_forecast,
    rolling_origin,
)
from standoff.fit.layout import Design, Utilities, design
from standoff.fit.likelihood import Likelihood, build_likelihood
from standoff.fit.scores import Bin, Scores, area_under_curve, calibration, score
from standoff.fit.tree import Move, Tree, egame12, egame122, egame123
from standoff.fit.ultimatum import UltimatumModel, fit_ultimatum

__all__ = [
    "Backtest",
    "Bin",
    "Design",
    "ErrorsBy",
    "Fit",
    "FitStatus",
    "Fittable",
    "Fold",
    "Forecaster",
    "Likelihood",
    "LogitModel",
    "Mark",
    "Move",
    "Scores",
    "Tree",
    "UltimatumModel",
    "Utilities",
    "Weight",
    "area_under_curve",
    "backtest",
    "base_rate_forecast",
    "build_likelihood",
    "calibration",
    "design",
    "egame12",
    "egame122",
    "egame123",
    "fit_game",
    "fit_logit",
    "fit_ultimatum",
    "game_forecast",
    "happened_lately",
    "logit_forecast",
    "persistence_forecast",
    "rolling_origin",
    "score",
    "standard_errors",
]

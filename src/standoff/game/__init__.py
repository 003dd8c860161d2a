"""Preferences to behaviour: finite games with choice errors, solved for many draws at once."""

from standoff.game.attribution import (
    Attribution,
    Factor,
    presence_factors,
    shapley,
    shapley_values,
    signal_factors,
    term_factors,
)
from standoff.game.batch import Solutions, solve_batch
from standoff.game.build import build_game, under_class
from standoff.game.calibration import calibrate
from standoff.game.coefficients import Coefficient, Coefficients, PriorSet, load_coefficients
from standoff.game.extended import Draws, Game
from standoff.game.priors import Prior
from standoff.game.whatif import Contrast, Lever, contrast, levers, with_lever

__all__ = [
    "Attribution",
    "Coefficient",
    "Coefficients",
    "Contrast",
    "Draws",
    "Factor",
    "Game",
    "Lever",
    "Prior",
    "PriorSet",
    "Solutions",
    "build_game",
    "calibrate",
    "contrast",
    "levers",
    "load_coefficients",
    "presence_factors",
    "shapley",
    "shapley_values",
    "signal_factors",
    "solve_batch",
    "term_factors",
    "under_class",
    "with_lever",
]

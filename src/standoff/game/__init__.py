"""Preferences to behaviour: finite games with choice errors, solved for many draws at once."""

from standoff.game.batch import Solutions, solve_batch
from standoff.game.build import build_game, under_class
from standoff.game.calibrate import calibrate
from standoff.game.coefficients import Coefficient, Coefficients, PriorSet, load_coefficients
from standoff.game.extended import Draws, Game
from standoff.game.priors import Prior

__all__ = [
    "Coefficient",
    "Coefficients",
    "Draws",
    "Game",
    "Prior",
    "PriorSet",
    "Solutions",
    "build_game",
    "calibrate",
    "load_coefficients",
    "solve_batch",
    "under_class",
]

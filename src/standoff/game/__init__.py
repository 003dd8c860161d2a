"""Preferences to behaviour: finite games with choice errors, solved for many draws at once.

The whole path, with a shipped system and made-up stances (0 is the class average, unit one
standard deviation; each array holds joint draws of declared and demonstrated commitment):

>>> import numpy as np
>>> from standoff.systems import load_system
>>> rng = np.random.default_rng(7)
>>> stances = {
...     "USA": rng.normal([0.6, 0.8], 0.4, (500, 2)),
...     "JPN": rng.normal([0.9, 0.3], 0.4, (500, 2)),
...     "hostility": rng.normal(0.5, 0.4, 500),
... }
>>> game, draws = build_game(
...     load_system("west-pacific-2021"), stances, load_coefficients(), draws=1000, rng=rng)
>>> solved = solve_batch(game, draws, backend="numpy")
>>> for name in ("hold", "challenge", "attack", "war", "fight:USA", "new_nuclear:0|attack"):
...     print(f"{name:22}{solved.estimate(name).median:.1g}")
hold                  0.9
challenge             0.05
attack                0.002
war                   0.004
fight:USA             0.1
new_nuclear:0|attack  0.7
>>> bool(contrast(game, draws, {"deeds:USA": 1.0}).odds_ratio.median < 1)
True
>>> shapley(game, draws).error < 1e-10
True

The arrays and their units are listed in docs/reference/game.md.
"""

from standoff.game.attribution import (
    Factor,
    ShapleyShares,
    presence_factors,
    shapley,
    shapley_values,
    signal_factors,
    term_factors,
)
from standoff.game.batch import Solutions, log_odds, solve_batch
from standoff.game.branch import Followed
from standoff.game.build import build_game, under_class
from standoff.game.calibration import calibrate
from standoff.game.campaign import Campaign, Curve, Track, play_years
from standoff.game.catalogue import list_games, load_game
from standoff.game.coalition import Sides, audiences, misstep, sides
from standoff.game.coefficients import Coefficient, Coefficients, PriorSet, load_coefficients
from standoff.game.conflict import ClaimOnLever, LeverConflict, conflicts
from standoff.game.deployment import Repayment, repayment
from standoff.game.drivers import Information, TornadoBar, tornado, value_of_information
from standoff.game.economy import Economy, economies
from standoff.game.efg import read_efg, write_efg
from standoff.game.evaluate import FORECAST
from standoff.game.expression import Expression, Term
from standoff.game.extended import Draws, Game
from standoff.game.grid import solve_each
from standoff.game.kernel import compile_game
from standoff.game.priors import Prior
from standoff.game.quantal import Method, TreeSolution, solve_tree, subgame_perfect
from standoff.game.seat import History, YearPlayed, play_seat
from standoff.game.show import play_through
from standoff.game.sitting import Ask, Move
from standoff.game.tree import GameOutcome, Node, Tree
from standoff.game.whatif import Contrast, Lever, contrast, levers, with_lever

__all__ = [
    "FORECAST",
    "Ask",
    "Campaign",
    "ClaimOnLever",
    "Coefficient",
    "Coefficients",
    "Contrast",
    "Curve",
    "Draws",
    "Economy",
    "Expression",
    "Factor",
    "Followed",
    "Game",
    "GameOutcome",
    "History",
    "Information",
    "Lever",
    "LeverConflict",
    "Method",
    "Move",
    "Node",
    "Prior",
    "PriorSet",
    "Repayment",
    "ShapleyShares",
    "Sides",
    "Solutions",
    "Term",
    "TornadoBar",
    "Track",
    "Tree",
    "TreeSolution",
    "YearPlayed",
    "audiences",
    "build_game",
    "calibrate",
    "compile_game",
    "conflicts",
    "contrast",
    "economies",
    "levers",
    "list_games",
    "load_coefficients",
    "load_game",
    "log_odds",
    "misstep",
    "play_seat",
    "play_through",
    "play_years",
    "presence_factors",
    "read_efg",
    "repayment",
    "shapley",
    "shapley_values",
    "sides",
    "signal_factors",
    "solve_batch",
    "solve_each",
    "solve_tree",
    "subgame_perfect",
    "term_factors",
    "tornado",
    "under_class",
    "value_of_information",
    "with_lever",
    "write_efg",
]

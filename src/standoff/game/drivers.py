"""What drives the spread, and which next signal would tell most.

Both work on the draws of one game. The tornado redraws one block of priors at a time. The value of
information regresses the answer on one stance: how far would the spread shrink if it were known.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from standoff.errors import GameError
from standoff.game.batch import Solutions, log_odds, solve_batch
from standoff.game.calibration import calibrate
from standoff.game.coefficients import Coefficients
from standoff.game.extended import Column, Draws, Game

Array = npt.NDArray[np.float64]
BASE_RATE, STANCES = "base rate", "stances"


@dataclass(frozen=True, slots=True)
class TornadoBar:
    """What redrawing one block alone does to the log-odds of war.

    `share` is Jansen's total effect on the odds relative to the base rate: half the mean squared
    change over the variance; `share_all` the same with the base rate's own spread left in. Shares
    may sum above one: blocks act together. `factor`: the odds of war move by this factor, up or
    down, in a typical redraw (the root of the mean squared change, as a multiplier).
    """

    block: str
    share: float
    share_all: float
    factor: float
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Information:
    """A stance that a next signal could reveal: share of the variance that knowing it removes."""

    name: str
    share: float
    sd: float


def tornado(
    game: Game, draws: Draws, coefficients: Coefficients, *, rng: np.random.Generator
) -> tuple[TornadoBar, ...]:
    """Bars by prior block and for the measured stances, largest first.

    Each block takes the values of other draws of the same prior set. The game is then calibrated
    again: a payoff is uncertain given that the model still reproduces the base rates, so what the
    calibration takes back is not counted. Raises `GameError` for fewer than 20 draws.

    >>> from standoff.game import build_game, load_coefficients
    >>> from standoff.systems import load_system
    >>> rng = np.random.default_rng(1)
    >>> c = load_coefficients()
    >>> game, draws = build_game(load_system("west-pacific-2021"), {}, c, draws=200, rng=rng)
    >>> bars = tornado(game, draws, c, rng=rng)
    >>> max(bars, key=lambda b: b.share_all).block, bars[0].share < 1.2
    ('base rate', True)
    """
    if draws.n < 20:
        raise GameError(f"{draws.n} draws", "at least 20", "draws=2000")
    level = _war(game, draws)
    relative = level - log_odds(draws.targets["attack"])
    spread, spread_all = float(np.var(relative)), float(np.var(level))
    other = _permutation(draws, rng)
    bars: list[TornadoBar] = []
    for block, names in _blocks(draws, coefficients).items():
        moved = _redrawn(draws, names, other)
        if block == BASE_RATE:
            moved = replace(moved, targets={k: v[other] for k, v in draws.targets.items()})
        elif not names:
            continue
        if block != STANCES:
            moved = calibrate(game, moved, defenders=_calibrated(draws))
        after = _war(game, moved)
        gap = after - level
        gap_relative = after - log_odds(moved.targets["attack"]) - relative
        square = float(np.mean(gap**2))
        if square > 0:
            bars.append(
                TornadoBar(
                    block,
                    0.5 * float(np.mean(gap_relative**2)) / spread if spread > 0 else 0.0,
                    0.5 * square / spread_all if spread_all > 0 else 0.0,
                    math.exp(math.sqrt(square)),
                    names,
                )
            )
    return tuple(sorted(bars, key=lambda b: (-b.share, b.block)))


def _war(game: Game, draws: Draws) -> Array:
    return log_odds(solve_batch(game, draws, outputs=("war",)).probabilities["war"])


def _blocks(draws: Draws, coefficients: Coefficients) -> dict[str, tuple[str, ...]]:
    """The varying names of `Draws.values` by block; the measured stances are the last block."""
    blocks: dict[str, list[str]] = {}
    for item in coefficients.items:
        found = [k for k in draws.normals if k == item.name or k.startswith(f"{item.alias}:")]
        varying = [k for k in found if isinstance(draws.values.get(k), np.ndarray)]
        blocks.setdefault(item.block, []).extend(k for k in varying)
    stances = ("words", "deeds", "threat", "hostility")
    blocks[STANCES] = [
        k for k, v in draws.values.items() if k.split(":")[0] in stances and np.ndim(v)
    ]
    return {k: tuple(dict.fromkeys(v)) for k, v in blocks.items()}


def _redrawn(draws: Draws, names: Sequence[str], other: npt.NDArray[np.int64]) -> Draws:
    changed: dict[str, Column] = {}
    for name in names:
        column = draws.values[name]
        if isinstance(column, np.ndarray):
            changed[name] = column[other]
    return draws.with_values(changed)


def _calibrated(draws: Draws) -> bool:
    """Whether the defenders' constants were found too."""
    return any(k.startswith("join:") and bool(np.any(v)) for k, v in draws.constants.items())


def _permutation(draws: Draws, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Another draw for each, of the same prior set."""
    other = np.arange(draws.n)
    for i in range(len(draws.sets)):
        inside = np.flatnonzero(draws.set_index == i)
        if len(inside) > 1:
            # A shuffled ring: no draw stays with itself.
            ring = rng.permutation(inside)
            other[ring] = np.roll(ring, 1)
    return other.astype(np.int64)


def value_of_information(
    game: Game, draws: Draws, solved: Solutions, names: Sequence[str] | None = None
) -> tuple[Information, ...]:
    """Which stance, once known, would narrow the answer most; largest first.

    The share is the squared correlation ratio of the log-odds of war relative to the base rate,
    from a cubic in the stance, adjusted for its three degrees of freedom (below zero: zero). A
    signal reveals only part of a stance, so this bounds what the next one can do.

    >>> from standoff.game import build_game, load_coefficients
    >>> from standoff.systems import load_system
    >>> rng = np.random.default_rng(1)
    >>> game, draws = build_game(
    ...     load_system("west-pacific-2021"), {"USA": rng.normal(0, 1, (400, 2))},
    ...     load_coefficients(), draws=400, rng=rng)
    >>> value_of_information(game, draws, solve_batch(game, draws))[0].name
    'deeds:USA'
    """
    answer = log_odds(solved.probabilities["war"]) - log_odds(solved.base)
    total = float(np.var(answer))
    chosen = names or [f"{channel}:{k}" for k in game.movers for channel in ("words", "deeds")] + [
        "hostility",
        *(f"threat:{k}" for k in game.movers),
    ]
    found: list[Information] = []
    for name in chosen:
        if name not in draws.values:
            raise GameError(f"stance {name!r}", "a name of Draws.values", "words:ACTOR")
        column = np.broadcast_to(np.asarray(draws.values[name], dtype=float), (draws.n,))
        sd = float(np.std(column))
        if sd == 0.0 or total == 0.0 or draws.n < 20:
            found.append(Information(name, 0.0, sd))
            continue
        z = (column - column.mean()) / sd
        design = np.stack([np.ones_like(z), z, z**2, z**3], axis=1)
        rest = answer - design @ np.linalg.lstsq(design, answer, rcond=None)[0]
        left = float(np.var(rest)) / total * (draws.n - 1) / (draws.n - 4)
        found.append(Information(name, max(0.0, 1.0 - left), sd))
    return tuple(sorted(found, key=lambda i: (-i.share, i.name)))

"""What drives the spread, and which next signal would tell most.

Both work on the draws of one game. The tornado redraws one block of priors at a time. The value of
information regresses the answer on one stance: how far would the spread shrink if it were known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standoff.errors import GameError
from standoff.game.batch import Solutions, log_odds, solve_batch
from standoff.game.coefficients import Coefficients
from standoff.game.extended import Column, Draws, Game

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bar:
    """A block's share of the variance of the log-odds of war, relative to the reference.

    Jansen's total effect: half the mean squared change when only this block is redrawn, over the
    variance. Shares may sum above one: blocks act together.
    """

    block: str
    share: float
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Information:
    """A stance that a next signal could reveal: share of the variance that knowing it removes."""

    name: str
    share: float
    sd: float


def tornado(
    game: Game, draws: Draws, coefficients: Coefficients, *, rng: np.random.Generator
) -> tuple[Bar, ...]:
    """Bars by prior block and for the measured stances, largest first.

    Each block takes the values of other draws of the same prior set, with calibrated constants
    kept; blocks that only set the base rates change nothing then and are left out. Raises
    `GameError` for fewer than 20 draws.

    >>> from standoff.game import build_game, load_coefficients
    >>> from standoff.systems import load_system
    >>> rng = np.random.default_rng(1)
    >>> c = load_coefficients()
    >>> game, draws = build_game(load_system("west-pacific-2021"), {}, c, draws=200, rng=rng)
    >>> tornado(game, draws, c, rng=rng)[0].share > 0
    True
    """
    if draws.n < 20:
        raise GameError(f"{draws.n} draws", "at least 20", "draws=2000")
    before = log_odds(solve_batch(game, draws, outputs=("war",)).probabilities["war"])
    spread = float(np.var(before - log_odds(draws.targets["attack"])))
    other = _permutation(draws, rng)
    blocks: dict[str, list[str]] = {}
    for item in coefficients.items:
        found = [k for k in draws.normals if k == item.name or k.startswith(f"{item.alias}:")]
        blocks.setdefault(item.block, []).extend(k for k in found if k in draws.values)
    blocks["stances"] = [
        k for k in draws.values if k.split(":")[0] in ("words", "deeds", "threat", "hostility")
    ]
    bars: list[Bar] = []
    for block, names in blocks.items():
        changed: dict[str, Column] = {}
        for name in names:
            column = draws.values[name]
            if isinstance(column, np.ndarray):
                changed[name] = column[other]
        if not changed:
            continue
        moved = solve_batch(game, draws.with_values(changed), outputs=("war",))
        gap = log_odds(moved.probabilities["war"]) - before
        share = 0.5 * float(np.mean(gap**2)) / spread if spread > 0 else 0.0
        if share > 0:
            bars.append(Bar(block, share, tuple(changed)))
    return tuple(sorted(bars, key=lambda b: (-b.share, b.block)))


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

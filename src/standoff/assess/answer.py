"""One question put to the game under any stance, on common random numbers.

The game is built and calibrated once. A stance changes only the signals that actors read in it:
draws, parameters and constants stay, so that a difference between two answers is the effect of the
signals and not noise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from standoff.game import (
    Coefficients,
    Draws,
    Game,
    Solutions,
    build_game,
    load_coefficients,
    solve_batch,
)
from standoff.measure import Stance
from standoff.systems import System
from standoff.terms import Relation

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Workbench:
    """The calibrated game of a system, ready to be asked under different stances.

    `game` and `draws` hold the stance with all reports; `few` is every fourth draw, for the many
    small contrasts. `prior` is the stance of a record without any report.
    """

    system: System
    coefficients: Coefficients
    at: date
    seed: int
    stance: Stance
    prior: Stance
    game: Game
    draws: Draws

    @property
    def few(self) -> Draws:
        """Every fourth draw, both prior sets kept in proportion."""
        return self.draws.take(np.arange(0, self.draws.n, 4 if self.draws.n >= 400 else 1))

    def under(self, stance: Stance, draws: Draws | None = None) -> Solutions:
        """Solve with what `stance` says in place of the full stance."""
        base = self.draws if draws is None else draws
        columns = game_columns(stance, self.prior, self.system, self.draws.n, self.seed)
        if base.n != self.draws.n:
            step = -(-self.draws.n // base.n)
            columns = {k: v[::step] for k, v in columns.items()}
        return solve_batch(self.game, base.with_values(columns))


def open_workbench(
    system: System, stance: Stance, prior: Stance, *, at: date, draws: int, seed: int
) -> Workbench:
    """Build and calibrate the game of `system` under `stance`."""
    coefficients = load_coefficients()
    columns = stance_draws(stance, prior, system, draws, seed)
    game, drawn = build_game(
        system,
        columns,
        coefficients,
        draws=draws,
        rng=np.random.default_rng([seed, 0]),
        priors=resting_on_priors(stance, system),
    )
    return Workbench(system, coefficients, at, seed, stance, prior, game, drawn)


def stance_draws(
    stance: Stance, prior: Stance, system: System, n: int, seed: int
) -> dict[str, Array]:
    """Joint draws of every stance that the game reads, by the names of `build_game`.

    A defender's or supporter's channel with fewer than three recent signals enters as its prior.
    Hostility is the mean of hostile words and deeds of the challenger towards the protege; a
    threat against a defender is the challenger's hostile words towards it.
    Each series has its own generator, so that one series' signals cannot move another's draws.
    """
    found: dict[str, Array] = {}
    movers = (*system.defenders, *system.supporters)
    c, t = system.challenger, system.protege
    for i, k in enumerate(movers):
        found[k] = _pair(stance, prior, (k, t, Relation.COMMITMENT), n, [seed, 1, i])
    hostile = _pair(stance, prior, (c, t, Relation.HOSTILITY), n, [seed, 2])
    found["hostility"] = hostile.mean(axis=1)
    for i, k in enumerate(system.defenders):
        threat = _pair(stance, prior, (c, k, Relation.HOSTILITY), n, [seed, 3, i])
        found[f"threat:{k}"] = threat[:, 0]
    return found


def game_columns(
    stance: Stance, prior: Stance, system: System, n: int, seed: int
) -> dict[str, Array]:
    """The same draws by the names of `Draws.values` ("words:JPN")."""
    found: dict[str, Array] = {}
    for name, array in stance_draws(stance, prior, system, n, seed).items():
        if array.ndim == 2:
            found[f"words:{name}"], found[f"deeds:{name}"] = array[:, 0], array[:, 1]
        else:
            found[name] = array
    return found


def resting_on_priors(stance: Stance, system: System) -> tuple[str, ...]:
    """Channels ("JPN:deeds") with too few recent signals to be measured."""
    found: list[str] = []
    for k in (*system.defenders, *system.supporters):
        level = stance.level(k, system.protege)
        for channel, status in (("words", level.words_status), ("deeds", level.deeds_status)):
            if status == "prior":
                found.append(f"{k}:{channel}")
    return tuple(found)


def _pair(
    stance: Stance, prior: Stance, series: tuple[str, str, Relation], n: int, seed: list[int]
) -> Array:
    level = stance.level(*series)
    measured = stance.draws(*series, n=n, rng=np.random.default_rng(seed))
    if level.words_status == level.deeds_status == "measured":
        return measured
    blank = prior.draws(*series, n=n, rng=np.random.default_rng(seed))
    words = measured[:, 0] if level.words_status == "measured" else blank[:, 0]
    deeds = measured[:, 1] if level.deeds_status == "measured" else blank[:, 1]
    return np.column_stack([words, deeds])

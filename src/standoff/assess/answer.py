"""One question put to the game under any stance, on common random numbers.

The game is built and calibrated once. A stance changes only the signals that actors read in it:
draws, parameters and constants stay, so that a difference between two answers is the effect of the
signals and not noise.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    columns: Mapping[str, Array]

    @property
    def few(self) -> Draws:
        """Every fourth draw, both prior sets kept in proportion."""
        return self.draws.take(np.arange(0, self.draws.n, 4 if self.draws.n >= 400 else 1))

    def under(self, stance: Stance, draws: Draws | None = None) -> Solutions:
        """Solve with what `stance` says in place of the full stance."""
        base = self.draws if draws is None else draws
        columns = self.columns_under(stance)
        if base.n != self.draws.n:
            step = -(-self.draws.n // base.n)
            columns = {k: v[::step] for k, v in columns.items()}
        return solve_batch(self.game, base.with_values(columns))

    def columns_under(self, stance: Stance) -> dict[str, Array]:
        """What a stance would put into the game: draws by the names of `Draws.values`.

        A series that rests on the same signals keeps its draws.
        """
        found: dict[str, Array] = {}
        for item in _series(self.system):
            same = stance.observations(*item.key) == self.stance.observations(*item.key)
            found.update(
                {name: self.columns[name] for name in item.names}
                if same
                else _drawn(item, stance, self.prior, self.draws.n, self.seed)
            )
        return found


def open_workbench(
    system: System,
    stance: Stance,
    prior: Stance,
    *,
    at: date,
    draws: int,
    seed: int,
    coefficients: Coefficients | None = None,
) -> Workbench:
    """Build and calibrate the game of `system` under `stance`, with the shipped coefficients."""
    coefficients = coefficients or load_coefficients()
    columns: dict[str, Array] = {}
    for item in _series(system):
        columns.update(_drawn(item, stance, prior, draws, seed))
    game, drawn = build_game(
        system,
        _by_actor(columns, system),
        coefficients,
        draws=draws,
        rng=np.random.default_rng([seed, 0]),
        priors=resting_on_priors(stance, system),
    )
    return Workbench(system, coefficients, at, seed, stance, prior, game, drawn, columns)


@dataclass(frozen=True, slots=True)
class _Series:
    """A stance that the game reads: which, under which names, with a generator of its own."""

    key: tuple[str, str, Relation]
    names: tuple[str, ...]
    stream: tuple[int, ...]


def _series(system: System) -> list[_Series]:
    """Every stance that the game reads, each with its stream of random numbers.

    Hostility is the mean of hostile words and deeds of the challenger towards the protege; a
    threat against a defender is the challenger's hostile words towards it. Each series has its
    own generator, so that one series' signals cannot move another's draws.
    """
    c, t = system.challenger, system.protege
    found = [
        _Series((k, t, Relation.COMMITMENT), (f"words:{k}", f"deeds:{k}"), (1, i))
        for i, k in enumerate((*system.defenders, *system.supporters))
    ]
    found.append(_Series((c, t, Relation.HOSTILITY), ("hostility",), (2,)))
    for i, k in enumerate(system.defenders):
        found.append(_Series((c, k, Relation.HOSTILITY), (f"threat:{k}",), (3, i)))
    return found


def _drawn(item: _Series, stance: Stance, prior: Stance, n: int, seed: int) -> dict[str, Array]:
    """`n` joint draws of a series; a channel with too few recent signals enters as its prior."""
    pair = _pair(stance, prior, item.key, n, [seed, *item.stream])
    if len(item.names) == 2:
        return {name: pair[:, i] for i, name in enumerate(item.names)}
    (name,) = item.names
    return {name: pair.mean(axis=1) if name == "hostility" else pair[:, 0]}


def _by_actor(columns: Mapping[str, Array], system: System) -> dict[str, Array]:
    """The same draws by the names of `build_game`."""
    found = {k: v for k, v in columns.items() if not k.startswith(("words:", "deeds:"))}
    for k in (*system.defenders, *system.supporters):
        found[k] = np.column_stack([columns[f"words:{k}"], columns[f"deeds:{k}"]])
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

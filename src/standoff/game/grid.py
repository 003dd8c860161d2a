"""Many changes of one game at once: each set of changes has an axis of its own before the draws.

What does not hang on a change has length one on its axis, so that it is computed once and not for every
change: who fights, say, whatever the trade. NumPy alone; the compiled kernel has no such axes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from standoff.game.batch import Solutions, check_precision, inputs
from standoff.game.evaluate import FORECAST, evaluate
from standoff.game.extended import Column, Draws, Game
from standoff.game.ops import NumpyOps, Value

Array = npt.NDArray[np.float64]
Axis = Mapping[str, Sequence[Column]]
AT_ONCE = 250
"""Draws of one pass: so few that its arrays stay near the processor."""


def solve_grid(
    game: Game,
    draws: Draws,
    axes: Sequence[Axis],
    outputs: tuple[str, ...],
    precision: float = 1.0,
) -> dict[str, Array]:
    """Named probabilities for every combination of changes, axes: those of `axes`, then the draws.

    An axis maps names of `Draws.values` to their columns, equally many each. No name may be on two axes.
    Raises `GameError` for a name that the game has not.
    """
    check_precision(precision)
    place = {name: i for i, axis in enumerate(axes) for name in axis}
    columns = {name: list(c) for axis in axes for name, c in axis.items()}
    now = inputs(draws.with_values({name: c[0] for name, c in columns.items()}))
    sizes = tuple(len(next(iter(axis.values()))) for axis in axes)
    found = {name: np.empty((*sizes, draws.n)) for name in outputs}
    x: dict[str, Value] = {}
    for first in range(0, draws.n, AT_ONCE):
        part = slice(first, first + AT_ONCE)
        for name, column in now.items():
            shape = [1] * len(axes) + [-1]
            if name in place:
                shape[place[name]] = sizes[place[name]]
            sheets = columns.get(name, [column])
            wide = [np.broadcast_to(np.asarray(c, dtype=float), draws.n)[part] for c in sheets]
            x[name] = np.stack(wide).reshape(shape)
        p = evaluate(NumpyOps(precision), game, x, outputs)[0]
        for name in outputs:
            found[name][..., part] = p[name]
    return found


def solve_each(
    game: Game, draws: Draws, alternatives: Sequence[Mapping[str, Column]]
) -> list[Solutions]:
    """What a forecast takes from the game, under each of several sets of values.

    Those that change the same names are solved together.
    """
    groups: dict[tuple[str, ...], list[int]] = {}
    for i, values in enumerate(alternatives):
        groups.setdefault(tuple(sorted(values)), []).append(i)
    found: dict[int, Solutions] = {}
    for names, members in groups.items():
        axis = {name: [alternatives[i][name] for i in members] for name in names}
        p = solve_grid(game, draws, [axis] if names else [], FORECAST)
        for number, i in enumerate(members):
            own = {name: v[number] if names else v for name, v in p.items()}
            found[i] = Solutions.of(game, draws, own)
    return [found[i] for i in range(len(alternatives))]

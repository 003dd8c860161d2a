"""Many changes of one game at once: each set of changes has an axis of its own before the draws.

The compiled kernel takes one change after the other. Its NumPy twin takes all at once: what does not
hang on a change has length one on its axis, so that it is computed once and not for every change.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from standoff.game import kernel
from standoff.game.batch import Solutions, check_precision, choose_backend, inputs
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
    backend: str = "auto",
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
    if choose_backend(backend, draws.n, precision) == "numba":
        changes = [
            {k: v for part in choice for k, v in part.items()}
            for choice in itertools.product(*map(_each, axes))
        ]
        solved = solve_changes(game, draws, changes, outputs, precision)
        return {k: v.reshape(*sizes, draws.n) for k, v in solved.items()}
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


def _each(axis: Axis) -> list[dict[str, Column]]:
    """The changes of one axis, one after the other."""
    return [dict(zip(axis, row, strict=True)) for row in zip(*axis.values(), strict=True)]


def solve_changes(
    game: Game,
    draws: Draws,
    changes: Sequence[Mapping[str, Column]],
    outputs: tuple[str, ...],
    precision: float = 1.0,
) -> dict[str, Array]:
    """Named probabilities under each change, by the compiled kernel; axes: change, draw."""
    x = inputs(draws)
    found, bad = kernel.run_each(game, x, draws.n, precision, outputs, changes)
    for i in np.flatnonzero(bad.any(axis=1)).tolist():
        which = np.flatnonzero(bad[i]).astype(np.int64)
        few = draws.with_values(changes[i]).take(which)
        exact = evaluate(NumpyOps(precision), game, inputs(few), outputs)[0]
        for o, name in enumerate(outputs):
            found[i, o, which] = exact[name]
    return {name: found[:, o] for o, name in enumerate(outputs)}


def solve_each(
    game: Game, draws: Draws, alternatives: Sequence[Mapping[str, Column]]
) -> list[Solutions]:
    """What a forecast takes from the game, under each of several sets of values.

    Those that change the same names are solved together.
    """
    if choose_backend("auto", draws.n, 1.0) == "numba":
        solved = solve_changes(game, draws, alternatives, FORECAST)
        return [
            Solutions.of(game, draws, {k: v[i] for k, v in solved.items()}, None, "numba")
            for i in range(len(alternatives))
        ]
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

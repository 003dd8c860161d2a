"""Games with imperfect information: follow the principal branch of the logit correspondence.

Unknowns are the log-ratios y(h, a) = ln p(h, a) - ln p(h, first) and the precision. Equations:
y(h, a) = precision * (V(h, a) - V(h, first)), V the value of an action given that its information
set h is reached. The branch starts at precision zero, where all actions are equal, and is followed
by pseudo-arclength steps, so that it may turn back (Turocy 2005, *Games and Economic Behavior* 51).
The Jacobian is exact to rounding (complex steps).

Where the branch passes a fork, the determinant of the bordered Jacobian changes its sign (at a mere
turning point it does not: Allgower and Georg 2003, *Introduction to Numerical Continuation Methods*,
chapter 8). Which way goes on is then a convention: the branch followed keeps its direction, which in a
symmetric game is the symmetric equilibrium. The other ways out of the fork are followed as well.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from standoff.errors import GameError
from standoff.game.tree import Tree

Array = npt.NDArray[np.float64]
Wide = npt.NDArray[Any]
TOLERANCE = 1e-11
MOST_STEPS = 20_000
MOST_RATIO = 1e7
"""Largest utility times precision: beyond it, log-ratios have too few digits left to be followed."""
IMAGINARY = 1e-30


@dataclass(frozen=True, slots=True)
class Followed:
    """One draw's equilibrium: probabilities per node, values per node and player, residual.

    `forks` are the precisions at which the branch passed a fork, `others` the equilibria at the
    end of the other ways out of them, where they could be followed; `lost` counts the rest.
    """

    probabilities: Mapping[str, Array]
    values: Mapping[str, Array]
    residual: float
    forks: tuple[float, ...] = ()
    others: tuple[Followed, ...] = ()
    lost: int = 0


class _System:
    """The equations of one game at fixed numbers."""

    def __init__(self, tree: Tree, x: Mapping[str, float]) -> None:
        self.tree = tree
        self.sets = [(player, names) for (player, _), names in tree.sets.items()]
        self.sizes = [len(tree.nodes[names[0]].moves) for _, names in self.sets]
        self.of = {n: i for i, (_, names) in enumerate(self.sets) for n in names}
        starts = np.cumsum([0, *[s - 1 for s in self.sizes]])
        self.slices = [slice(a, b) for a, b in itertools.pairwise(starts)]
        self.unknowns = int(starts[-1])
        self.ends = {
            k: np.array([e.value(x) for e in o.payoffs], dtype=float)
            for k, o in tree.outcomes.items()
        }
        self.gains = {
            k: np.array([e.value(x) for e in n.payoffs], dtype=float)
            for k, n in tree.nodes.items()
            if n.payoffs
        }
        utilities = [*self.ends.values(), *self.gains.values()]
        self.largest = max((float(np.max(np.abs(v))) for v in utilities), default=0.0)
        # Only utility times precision matters; a power of two keeps every digit.
        self.scale = 2.0 ** math.floor(math.log2(self.largest)) if self.largest > 1e3 else 1.0
        self.ends = {k: v / self.scale for k, v in self.ends.items()}
        self.gains = {k: v / self.scale for k, v in self.gains.items()}
        self.chance = {
            k: np.array([e.value(x) for e in n.chance], dtype=float)
            for k, n in tree.nodes.items()
            if n.player is None
        }

    def profile(self, y: Wide) -> list[Wide]:
        """Probabilities of each set from log-ratios, axes: batch, action."""
        found: list[Wide] = []
        for cut in self.slices:
            u = np.concatenate([np.zeros((len(y), 1), dtype=y.dtype), y[:, cut]], axis=1)
            w = np.exp(u - np.real(u).max(axis=1, keepdims=True))
            found.append(w / w.sum(axis=1, keepdims=True))
        return found

    def play(self, y: Wide) -> tuple[dict[str, Wide], dict[str, Wide], dict[str, Wide]]:
        """Probabilities, values (batch, player) and reach (batch,) of every node."""
        profile, batch = self.profile(y), len(y)
        p = {
            name: profile[self.of[name]]
            if name in self.of
            else np.broadcast_to(self.chance[name], (batch, len(self.chance[name])))
            for name in self.tree.order
        }
        values: dict[str, Wide] = {
            k: np.broadcast_to(v, (batch, len(v))) for k, v in self.ends.items()
        }
        for name in reversed(self.tree.order):
            total: Wide = np.zeros((batch, len(self.tree.players)), dtype=y.dtype)
            for a, (_, to) in enumerate(self.tree.nodes[name].moves):
                total = total + p[name][:, a : a + 1] * values[to]
            values[name] = total + self.gains.get(name, 0.0)
        reach: dict[str, Wide] = {self.tree.start: np.ones(batch, dtype=y.dtype)}
        for name in self.tree.order:
            for a, (_, to) in enumerate(self.tree.nodes[name].moves):
                if to in p:
                    reach[to] = reach.get(to, 0.0) + reach[name] * p[name][:, a]
        return p, values, reach

    def advantages(self, y: Wide) -> Wide:
        """V(h, a) - V(h, first) for every unknown, axes: batch, unknown."""
        _, values, reach = self.play(y)
        found: list[Wide] = []
        for player, names in self.sets:
            own = self.tree.players.index(player)
            weights = [reach[n] for n in names]
            total = sum(weights)
            means: list[Wide] = []
            for a in range(len(self.tree.nodes[names[0]].moves)):
                worth = sum(
                    w * values[self.tree.nodes[n].moves[a][1]][:, own]
                    for w, n in zip(weights, names, strict=True)
                )
                means.append(np.asarray(worth / total))
            found += [m - means[0] for m in means[1:]]
        return np.stack(found, axis=1) if found else np.zeros((len(y), 0))

    def gap(self, y: Array, precision: float) -> Array:
        """Residual of the equations, axis: unknown."""
        return y - precision * np.real(self.advantages(y[None, :])[0])

    def jacobian(self, y: Array, precision: float) -> Array:
        """Derivatives by unknowns and precision, axes: equation, unknown + 1."""
        n = self.unknowns
        moved = y[None, :] + 1j * IMAGINARY * np.eye(n)
        slopes = np.imag(self.advantages(moved)) / IMAGINARY
        column = np.real(self.advantages(y[None, :])[0])
        return np.concatenate([np.eye(n) - precision * slopes.T, -column[:, None]], axis=1)


def follow(
    tree: Tree, x: Mapping[str, float], precision: float, *, others: bool = False
) -> Followed:
    """The agent quantal response equilibrium at `precision` on the branch from zero.

    With `others`, the other ways out of each fork are followed too. Raises `GameError` at once for
    utilities too large for the precision, and with the precision reached when the branch cannot be
    followed so far.
    """
    _check_memory(tree)
    system = _System(tree, x)
    _check_size(system, precision)
    precision *= system.scale
    with np.errstate(all="ignore"):
        y, forks = _trace(system, precision)
        main = _followed(system, y, precision)
        found: list[Followed] = []
        lost = 0
        for fork in forks if others else ():
            for sign in (1.0, -1.0):
                end = _leave(system, fork, sign, precision)
                if end is None:
                    lost += 1
                    continue
                made = _followed(system, end, precision)
                if not any(_same(made, known) for known in (main, *found)):
                    found.append(made)
    return replace(
        main,
        forks=tuple(float(f.point[-1]) / system.scale for f in forks),
        others=tuple(found),
        lost=lost,
    )


def _followed(system: _System, y: Array, precision: float) -> Followed:
    p, values, _ = system.play(y[None, :])
    response = system.profile(y[None, :] - system.gap(y, precision)[None, :])
    own = system.profile(y[None, :])
    residual = max(float(np.max(np.abs(a - b))) for a, b in zip(response, own, strict=True))
    return Followed(
        {k: np.real(v[0]) for k, v in p.items()},
        {k: np.real(v[0]) * system.scale for k, v in values.items()},
        residual,
    )


def _same(one: Followed, other: Followed) -> bool:
    return all(
        float(np.max(np.abs(one.probabilities[k] - other.probabilities[k]))) < 1e-6
        for k in one.probabilities
    )


def _check_size(system: _System, precision: float) -> None:
    """Refuse at once what would be followed for minutes and then given up."""
    largest = system.largest
    if largest * precision > MOST_RATIO:
        raise GameError(
            f"{system.tree.title}: utilities up to {largest:g} at precision {precision:g}",
            f"a product of at most {MOST_RATIO:g} where players do not see all past moves",
            f"divide the utilities by {largest:g}, or a precision below {MOST_RATIO / largest:.3g}",
        )


def _check_memory(tree: Tree) -> None:
    """Refuse a set met twice on one history: there the value of an action is not defined."""
    before: dict[str, set[tuple[str, str]]] = {tree.start: set()}
    for name in tree.order:
        node = tree.nodes[name]
        here = before[name]
        if node.player is not None:
            key = (node.player, node.information or name)
            if key in here:
                raise GameError(
                    f"{tree.title}: information {key[1]!r} of {key[0]} twice on one history",
                    "players who know whether they have moved",
                    "split the information set",
                )
            here = here | {key}
        for _, to in node.moves:
            before[to] = before.get(to, set()) | here


@dataclass(frozen=True, slots=True)
class _Fork:
    """A point where branches cross, and the direction of the one followed."""

    point: Array
    tangent: Array


def _trace(
    system: _System, target: float, start: Array | None = None, along: Array | None = None,
    most: int = MOST_STEPS,
) -> tuple[Array, list[_Fork]]:  # fmt: skip
    """The log-ratios at `target`, and the forks passed on the way, from `start` or from zero."""
    z = np.zeros(system.unknowns + 1) if start is None else start
    tangent = np.zeros_like(z) if along is None else along
    if along is None:
        tangent[-1] = 1.0
    forks: list[_Fork] = []
    # Towards high precision log-ratios grow in proportion: let steps grow with them.
    step = 0.1 * min(1.0, target)
    side = 0.0
    for _ in range(most):
        tangent = _tangent(system.jacobian(z[:-1], z[-1]), tangent)
        moved = _correct(system, z + step * tangent, tangent)
        if moved is None or float(np.linalg.norm(moved - z)) > 2.0 * step:
            step *= 0.5
            if step < 1e-12:
                break
            continue
        if moved[-1] >= target:
            share = (target - z[-1]) / (moved[-1] - z[-1])
            found = _newton(system, z[:-1] + share * (moved[:-1] - z[:-1]), target)
            if found is not None:
                if (fork := _passed(system, z, np.append(found, target), tangent)) is not None:
                    forks.append(fork)
                return found, forks
            step *= 0.5
            continue
        side = side or _side(system, z, tangent)
        ahead = _side(system, moved, tangent)
        if side * ahead < 0 and (fork := _passed(system, z, moved, tangent)) is not None:
            forks.append(fork)
        side = ahead
        z = moved
        if z[-1] < 0.0:
            break  # back through zero: there is nothing behind it
        step = min(step * 1.5, 0.2 + 0.2 * float(np.linalg.norm(z)))
    raise GameError(
        f"{system.tree.title}: precision {target / system.scale:g}, followed as far as "
        f"{z[-1] / system.scale:g}",
        "a precision that the branch of equilibria reaches in double precision",
        f"a precision below {z[-1] / system.scale:g}, or smaller utilities",
    )


def _side(system: _System, z: Array, tangent: Array) -> float:
    """The sign of the determinant of the bordered Jacobian: it changes at a fork."""
    square = np.concatenate([system.jacobian(z[:-1], z[-1]), tangent[None, :]], axis=0)
    return float(np.linalg.slogdet(square)[0])


def _passed(system: _System, before: Array, after: Array, tangent: Array) -> _Fork | None:
    """The fork between two points of the branch, halved down; None where there is none."""
    low = _side(system, before, tangent)
    if low * _side(system, after, tangent) >= 0:
        return None
    left, right = before, after
    for _ in range(40):
        middle = _correct(system, (left + right) / 2, tangent)
        if middle is None:
            break
        left, right = (middle, right) if _side(system, middle, tangent) == low else (left, middle)
    return _Fork((left + right) / 2, tangent)


def _leave(system: _System, fork: _Fork, sign: float, target: float) -> Array | None:
    """The log-ratios at `target` on another way out of a fork; None where it cannot be followed."""
    null = np.linalg.svd(system.jacobian(fork.point[:-1], fork.point[-1]))[2][-2:]
    across = null - (null @ fork.tangent)[:, None] * fork.tangent
    way = across[int(np.argmax(np.linalg.norm(across, axis=1)))]
    way = sign * way / float(np.linalg.norm(way))
    for reach in (0.1, 0.02, 0.5):
        first = _correct(system, fork.point + reach * way, way)
        if first is None:
            continue
        along = first - fork.point
        along = along / float(np.linalg.norm(along))
        # A branch that only crosses is left towards higher precision.
        try:
            return _trace(system, target, first, along, most=4000)[0]
        except GameError:
            continue
    return None


def _tangent(jacobian: Array, before: Array) -> Array:
    square = np.concatenate([jacobian, before[None, :]], axis=0)
    right = np.zeros(len(before))
    right[-1] = 1.0
    t = np.linalg.lstsq(square, right, rcond=None)[0]
    return np.asarray(t / float(np.linalg.norm(t)), dtype=float)


def _correct(system: _System, start: Array, tangent: Array) -> Array | None:
    z = start
    for _ in range(8):
        gap = system.gap(z[:-1], z[-1])
        if not np.isfinite(gap).all():
            return None
        right = np.concatenate([gap, [float(tangent @ (z - start))]])
        if float(np.max(np.abs(right))) < TOLERANCE * (1.0 + float(np.max(np.abs(z)))):
            return z
        square = np.concatenate([system.jacobian(z[:-1], z[-1]), tangent[None, :]], axis=0)
        if not np.isfinite(square).all():
            return None
        z = z - np.linalg.lstsq(square, right, rcond=None)[0]
    return None


def _newton(system: _System, y: Array, precision: float) -> Array | None:
    for _ in range(30):
        gap = system.gap(y, precision)
        if not np.isfinite(gap).all():
            return None
        if float(np.max(np.abs(gap), initial=0.0)) < TOLERANCE:
            return y
        y = y - np.linalg.lstsq(system.jacobian(y, precision)[:, :-1], gap, rcond=None)[0]
    return y if float(np.max(np.abs(system.gap(y, precision)))) < 1e-9 else None

"""Where the search begins: statistical backward induction.

The last mover's choices are an ordinary binary regression. With its fit, the probabilities that an
earlier mover faces are numbers, and his choices are a binary regression too, on regressors weighted
by those probabilities. From zeros the search can end on a lesser hill.

Reference: Bas, Signorino and Walker, *Political Analysis* 16 (2008).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from standoff.fit.likelihood import Block, Likelihood
from standoff.fit.tree import Move, Tree

__all__ = ["binary_weights", "start_values"]

Array = npt.NDArray[np.float64]
_RIDGE = 1e-3


def binary_weights(x: Array, offset: Array, right: Array, weights: Array) -> Array:
    """Weights b of P(right) = logistic(offset + x b), with a slight ridge; Newton steps.

    A logit is used for either link: only a start is wanted, and its scale is put right after.

    Example:
        >>> x = np.ones((4, 1))
        >>> b = binary_weights(x, np.zeros(4), np.array([1.0, 1, 1, 0]), np.ones(4))
        >>> bool(abs(b[0] - np.log(3)) < 1e-2)
        True
    """
    b = np.zeros(x.shape[1])
    for _ in range(25):
        p = 1.0 / (1.0 + np.exp(-np.clip(offset + x @ b, -30, 30)))
        slope = x.T @ (weights * (right - p)) - _RIDGE * b
        curve = (x.T * (weights * p * (1.0 - p))) @ x + _RIDGE * np.eye(len(b))
        step = np.linalg.solve(curve, slope)
        b = b + np.clip(step, -5.0, 5.0)
        if float(np.max(np.abs(step))) < 1e-8:
            break
    return b


def start_values(likelihood: Likelihood) -> Array:
    """Start values, (parameter,): last movers first; log scales at zero."""
    theta = np.zeros(len(likelihood.names))
    agent = replace(likelihood, error="agent", scale_of={})
    logistic = agent.link == "logit"
    # A standard logistic is wider than a standard normal by about 1.7; actions differ by sqrt(2).
    unit = float(np.sqrt(2.0)) * (1.0 if logistic else 1.0 / 1.702)
    for player in _last_first(likelihood.tree):
        mine = [b for b in likelihood.blocks if b.key is not None and b.key[0] == player]
        if not mine:
            continue
        rows = [_regression(agent, theta, move, mine, player) for move in _owned(agent, player)]
        x = np.concatenate([r[0] for r in rows])
        offset = np.concatenate([r[1] for r in rows])
        right = np.concatenate([r[2] for r in rows])
        weights = np.concatenate([r[3] for r in rows])
        if len(right) == 0:
            continue
        found = binary_weights(x, offset / unit, right, weights) * unit
        at = 0
        for block in mine:
            width = block.stop - block.start
            theta[block.start : block.stop] = found[at : at + width]
            at += width
    return theta


def _owned(likelihood: Likelihood, player: int) -> list[Move]:
    return [m for m in likelihood.tree.moves() if m.player == player]


def _last_first(tree: Tree) -> list[int]:
    depth = dict.fromkeys(tree.players, 0)
    for outcome in tree.outcomes:
        for level, (move, _) in enumerate(tree.path(outcome)):
            depth[move.player] = max(depth[move.player], level)
    return sorted(depth, key=lambda p: -depth[p])


def _regression(
    likelihood: Likelihood, theta: Array, move: Move, mine: list[Block], player: int
) -> tuple[Array, Array, Array, Array]:
    """Regressors, offset, way taken and weights of the cases that reached a move."""
    tree = likelihood.tree
    sides: dict[str, float] = {}
    for side, sign in ((move.left, -1.0), (move.right, 1.0)):
        names = (side,) if isinstance(side, str) else Tree("part", side).outcomes
        sides |= dict.fromkeys(names, sign)
    index = {o: i for i, o in enumerate(tree.outcomes)}
    reached = np.isin(likelihood.chosen, [index[o] for o in sides])
    below = {o: _probability_below(likelihood, theta, move, o) for o in sides}
    parts: list[Array] = []
    for block in mine:
        assert block.key is not None and block.matrix is not None
        outcome = block.key[1]
        if outcome in sides:
            parts.append(
                block.matrix[reached] * (sides[outcome] * below[outcome][reached])[:, None]
            )
        else:
            parts.append(np.zeros((int(reached.sum()), block.stop - block.start)))
    offset = np.zeros(int(reached.sum()))
    for outcome, sign in sides.items():
        offset += sign * likelihood.fixed.get((player, outcome), 0.0) * below[outcome][reached]
    right = np.isin(likelihood.chosen[reached], [index[o] for o, s in sides.items() if s > 0])
    return np.hstack(parts), offset, right.astype(np.float64), likelihood.weights[reached]


def _probability_below(likelihood: Likelihood, theta: Array, move: Move, outcome: str) -> Array:
    """Probability of an outcome given the way that leads to it at a move, (case,)."""
    for child in (move.left, move.right):
        if child == outcome:
            return np.ones(likelihood.n_cases)
        if isinstance(child, Move) and outcome in Tree("part", child).outcomes:
            part = replace(likelihood, tree=Tree("part", child))
            # Players above the part do not choose in it; their utilities are left aside.
            inside = set(part.tree.players)
            keep = [b for b in likelihood.blocks if b.key is not None and b.key[0] in inside]
            keep = [b for b in keep if b.key is not None and b.key[1] in part.tree.outcomes]
            part = replace(part, blocks=tuple(replace(b, variable=i) for i, b in enumerate(keep)))
            column = part.tree.outcomes.index(outcome)
            return part.probabilities(theta)[:, column]
    raise AssertionError(f"{outcome} does not stand below this move")

"""Agent quantal response equilibrium of any finite sequential game.

With perfect information: backward induction, p(a) proportional to exp(precision * value of a),
over all draws at once. With information sets of several nodes: the principal branch is followed
from precision zero (`branch.py`), as McKelvey and Palfrey (*Experimental Economics* 1, 1998)
define the logit correspondence of the agent normal form. Actions are valued given that their
information set is reached.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from standoff.errors import GameError
from standoff.game.branch import Followed, follow
from standoff.game.ops import NumpyOps, Ops, Value
from standoff.game.tree import Tree

Array = npt.NDArray[np.float64]
SUM_TOLERANCE = 1e-9
"""Chances are written in decimals: a sum this far from one is a slip of rounding."""


class Method(StrEnum):
    """How a solution was found."""

    INDUCTION = "backward induction"
    BRANCH = "branch following"
    PERFECT = "subgame perfection"


@dataclass(frozen=True, slots=True)
class TreeSolution:
    """Choices and values, axes of every array: draw.

    `probabilities[player, information]` maps each action to its probability; `outcomes` each
    outcome to the probability of ending there; `utilities` each player to its expected utility;
    `values[node]` each player's expected utility from that node on. `residual` is the largest
    difference between a probability and the quantal response to all others. `forks` holds, per
    draw, the precisions at which the branch followed passed a fork; `others` of a single draw the
    equilibria that other ways out of them lead to, and `lost` how many could not be followed.
    """

    tree: Tree
    precision: float
    method: Method
    probabilities: Mapping[tuple[str, str], Mapping[str, Array]]
    outcomes: Mapping[str, Array]
    utilities: Mapping[str, Array]
    values: Mapping[str, Mapping[str, Array]]
    residual: float
    forks: tuple[tuple[float, ...], ...] = ()
    others: tuple[Followed, ...] = ()
    lost: int = 0

    def probability(self, node: str, action: str) -> Array:
        """Probability of an action at a node, axis: draw.

        >>> tree = Tree.parse('''
        ... players = ["A"]
        ... [nodes.start]
        ... player = "A"
        ... moves = { hold = "peace", attack = "war" }
        ... [outcomes]
        ... peace = { A = 0 }
        ... war = { A = 0 }
        ... ''')
        >>> float(solve_tree(tree).probability("start", "attack")[0])
        0.5
        """
        found = self.tree.nodes.get(node)
        if found is None or found.player is None or action not in found.actions:
            raise GameError(
                f"action {action!r} at {node!r}", "an action of a player's node", "see tree.nodes"
            )
        return self.probabilities[found.player, found.information or node][action]


def given(tree: Tree, values: Mapping[str, Value] | None) -> tuple[dict[str, Value], int]:
    """Values for every name of the game, and the number of draws. Raises `GameError`."""
    merged: dict[str, Value] = {**tree.defaults, **(values or {})}
    missing = sorted(tree.names - set(merged))
    unknown = sorted(set(values or {}) - tree.names - set(tree.defaults))
    if missing or unknown:
        raise GameError(
            f"{tree.title}: values without {', '.join(missing)}"
            if missing
            else f"{tree.title}: values of {', '.join(unknown)}",
            f"values of {', '.join(sorted(tree.names)) or 'nothing'}",
            "pass them, or write them under [values]",
        )
    lengths: set[int] = set()
    for name, value in merged.items():
        array = np.asarray(value, dtype=float)
        if array.ndim > 1 or not np.isfinite(array).all():
            raise GameError(
                f"{tree.title}: value {name!r} that is not finite, or not one number per draw",
                "finite numbers, axis: draw",
                "correct it",
            )
        if array.ndim:
            lengths.add(len(array))
    if len(lengths) > 1:
        raise GameError(
            f"{tree.title}: values of lengths {sorted(lengths)}", "one length", "draw them together"
        )
    return merged, lengths.pop() if lengths else 1


def induce(
    ops: Ops, tree: Tree, x: Mapping[str, Value]
) -> tuple[dict[str, list[Value]], dict[str, list[Value]]]:
    """Backward induction against `Ops`: probabilities and values (per player) of every node."""
    ahead: dict[str, list[Value]] = {
        name: [e.value(x) for e in o.payoffs] for name, o in tree.outcomes.items()
    }
    chosen: dict[str, list[Value]] = {}
    for name in reversed(tree.order):
        node = tree.nodes[name]
        below = [ahead[to] for _, to in node.moves]
        if node.player is None:
            p = [e.value(x) for e in node.chance]
        else:
            own = tree.players.index(node.player)
            p = ops.choose([v[own] for v in below])
        chosen[name] = p
        total: list[Value] = []
        for i in range(len(tree.players)):
            value: Value = node.payoffs[i].value(x) if node.payoffs else 0.0
            for weight, v in zip(p, below, strict=True):
                value = value + weight * v[i]
            total.append(value)
        ahead[name] = total
    return chosen, ahead


def solve_tree(
    tree: Tree, values: Mapping[str, Value] | None = None, *, precision: float = 1.0
) -> TreeSolution:
    """The agent quantal response equilibrium of `tree` at `precision`, for all draws.

    `values` replaces the tree's defaults; each is a number or an array over draws. Both limits
    are solved: precision 0 is even choice, infinity is `subgame_perfect` (best actions, ties
    shared evenly). Raises `GameError` for a precision below zero or no number, for infinity with
    information sets of several nodes, and for missing values.

    >>> tree = Tree.parse('''
    ... players = ["A"]
    ... [nodes.start]
    ... player = "A"
    ... moves = { hold = "peace", attack = "war" }
    ... [outcomes]
    ... peace = { A = 0 }
    ... war = { A = "gain" }
    ... ''')
    >>> s = solve_tree(tree, {"gain": np.array([0.0, 1.0])})
    >>> s.outcomes["war"].round(3).tolist()
    [0.5, 0.731]
    """
    if math.isnan(precision) or precision < 0:
        raise GameError(
            f"{tree.title}: precision {precision}",
            "a number of zero or more",
            "precision 1, or inf for players without errors",
        )
    if math.isinf(precision):
        return subgame_perfect(tree, values)
    x, n = given(tree, values)
    _check_chances(tree, x)
    if tree.perfect or precision == 0:
        with np.errstate(over="ignore", invalid="ignore"):
            chosen, ahead = induce(NumpyOps(precision), tree, x)
        return _solution(tree, precision, Method.INDUCTION, chosen, ahead, n, 0.0)
    columns = [{k: float(v[i] if np.ndim(v) else v) for k, v in x.items()} for i in range(n)]
    parts = [follow(tree, column, precision, others=n == 1) for column in columns]
    chosen = {
        name: [np.array([p.probabilities[name][a] for p in parts]) for a in range(len(node.moves))]
        for name, node in tree.nodes.items()
    }
    ahead = {
        name: [np.array([p.values[name][i] for p in parts]) for i in range(len(tree.players))]
        for name in tree.nodes
    }
    worst = max(p.residual for p in parts)
    solved = _solution(tree, precision, Method.BRANCH, chosen, ahead, n, worst)
    others, lost = (parts[0].others, parts[0].lost) if n == 1 else ((), 0)
    return replace(solved, forks=tuple(p.forks for p in parts), others=others, lost=lost)


def subgame_perfect(tree: Tree, values: Mapping[str, Value] | None = None) -> TreeSolution:
    """The limit of ever fewer errors: each mover takes the best action; ties are shared evenly.

    A tie is exact equality of the values in double precision. Even sharing is the limit of the
    quantal response where the values are equal at every precision, as with equal payoffs; values
    that only become equal in the limit may approach another share. Raises `GameError` for a game
    with information sets of several nodes.

    >>> tree = Tree.parse('''
    ... players = ["A"]
    ... [nodes.start]
    ... player = "A"
    ... moves = { a = "x", b = "y", c = "z" }
    ... [outcomes]
    ... x = { A = 1 }
    ... y = { A = 1 }
    ... z = { A = 0.999 }
    ... ''')
    >>> [float(p[0]) for p in subgame_perfect(tree).probabilities["A", "start"].values()]
    [0.5, 0.5, 0.0]
    """
    if not tree.perfect:
        raise GameError(
            f"{tree.title}: information sets of several nodes",
            "a game of perfect information",
            "solve_tree with a high precision",
        )
    x, n = given(tree, values)
    _check_chances(tree, x)
    chosen, ahead = induce(NumpyOps(float("inf")), tree, x)
    return _solution(tree, float("inf"), Method.PERFECT, chosen, ahead, n, 0.0)


def _check_chances(tree: Tree, x: Mapping[str, Value]) -> None:
    for node in tree.nodes.values():
        if node.player is not None:
            continue
        p = [np.asarray(e.value(x), dtype=float) for e in node.chance]
        total = np.asarray(sum(p))
        if min(float(np.min(v)) for v in p) < 0 or float(np.max(np.abs(total - 1))) > SUM_TOLERANCE:
            raise GameError(
                f"{tree.title}: node {node.name!r} with chances "
                f"{', '.join(f'{float(np.ravel(v)[0]):g}' for v in p)}",
                "probabilities that sum to one",
                "correct the chances",
            )


def _solution(
    tree: Tree,
    precision: float,
    method: Method,
    chosen: Mapping[str, list[Value]],
    ahead: Mapping[str, list[Value]],
    n: int,
    residual: float,
) -> TreeSolution:
    def full(v: Value) -> Array:
        return np.broadcast_to(np.asarray(v, dtype=float), (n,))

    reach: dict[str, Value] = {tree.start: 1.0}
    for name in tree.order:
        for (_, to), p in zip(tree.nodes[name].moves, chosen[name], strict=True):
            reach[to] = reach.get(to, 0.0) + reach[name] * p
    values = {
        name: {p: full(v) for p, v in zip(tree.players, ahead[name], strict=True)}
        for name in tree.order
    }
    for name, columns in values.items():
        if not all(np.isfinite(v).all() for v in columns.values()):
            raise GameError(
                f"{tree.title}: node {name!r} with utilities beyond the range of numbers",
                "utilities below about 1e300",
                "rescale the utilities",
            )
    return TreeSolution(
        tree=tree,
        precision=precision,
        method=method,
        probabilities={
            key: {
                a: full(p)
                for a, p in zip(tree.nodes[names[0]].actions, chosen[names[0]], strict=True)
            }
            for key, names in tree.sets.items()
        },
        outcomes={name: full(reach.get(name, 0.0)) for name in tree.outcomes},
        utilities=values[tree.start],
        values=values,
        residual=residual,
    )

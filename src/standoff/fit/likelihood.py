"""The probability of observed moves under a game: backward induction with its gradient.

At a move of player i with ways on L and R,

    d = E[u_i | R] - E[u_i | L],      P(R) = F(d / s),      P(L) = F(-d / s)

with F standard normal (probit) or logistic (logit), and E over the later moves. The choice errors:

- `agent`: each action carries an error of scale sigma_i, so s = sigma_i sqrt(2).
- `private`: each player's own payoff at each outcome carries a normal error of standard deviation
  sigma_i that the others do not see, so s = sigma_i sqrt(sum over outcomes of P(outcome | way)^2),
  over both ways. In egame12 this is sqrt(1 + p3^2 + p4^2) for player 1 and sqrt(2) for player 2.

The scale of a player is not identified beside free utilities; it is one unless asked for.
Conventions follow the R package `games` (Kenkel and Signorino 2014), so that numbers compare.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from standoff.errors import ModelError
from standoff.fit.dual import (
    Dual,
    Link,
    cdf,
    constant,
    divide,
    exponential,
    log_cdf,
    minus,
    plus,
    root,
    times,
    variable,
)
from standoff.fit.layout import Design, Utilities
from standoff.fit.tree import Move, Tree

__all__ = ["ErrorKind", "Likelihood", "ScaleKind", "bend_of", "build_likelihood"]

Array = npt.NDArray[np.float64]
ErrorKind = Literal["agent", "private"]
ScaleKind = Literal["fixed", "common", "by player"]


@dataclass(frozen=True, slots=True)
class Block:
    """A run of parameters: the weights of one utility, or one log scale.

    `variable` is the column of the utility (or scale) among the things differentiated by.
    """

    key: tuple[int, str] | None
    start: int
    stop: int
    variable: int
    matrix: Array | None


@dataclass(frozen=True, slots=True)
class Likelihood:
    """A game with its data, ready to be evaluated at parameters.

    Attributes:
        tree: the game.
        chosen: (case,) index of the observed outcome.
        weights: (case,) how often the case counts.
        names: one per parameter.
        blocks: which parameters make which utility.
        fixed: utilities that are numbers.
        scale_of: player to the variable that holds the log scale; empty when fixed at one.
    """

    tree: Tree
    chosen: npt.NDArray[np.intp]
    weights: Array
    names: tuple[str, ...]
    blocks: tuple[Block, ...]
    fixed: Mapping[tuple[int, str], float]
    scale_of: Mapping[int, int]
    link: Link
    error: ErrorKind

    @property
    def n_cases(self) -> int:
        """Cases."""
        return len(self.chosen)

    def _variables(self, theta: Array) -> list[Array]:
        values: list[Array] = []
        for block in self.blocks:
            part = theta[block.start : block.stop]
            if block.matrix is None:
                values.append(np.full(self.n_cases, part[0]))
            else:
                values.append(block.matrix @ part)
        return values

    def log_probabilities(self, theta: Array) -> list[Dual]:
        """Log probability of every outcome, with derivatives by utilities and log scales."""
        n, m = self.n_cases, len(self.blocks)
        values = self._variables(theta)
        utility = {
            block.key: variable(values[block.variable], block.variable, m)
            for block in self.blocks
            if block.key is not None
        }
        zero = constant(0.0, n, m)
        players = self.tree.players

        def payoff(player: int, outcome: str) -> Dual:
            found = utility.get((player, outcome))
            if found is not None:
                return found
            number = self.fixed.get((player, outcome), 0.0)
            return constant(number, n, m) if number else zero

        def solve(node: Move | str) -> tuple[dict[int, Dual], dict[str, Dual], dict[str, Dual]]:
            """Expected utility per player, probability and log probability per outcome."""
            if isinstance(node, str):
                ones = constant(1.0, n, m)
                return {p: payoff(p, node) for p in players}, {node: ones}, {node: zero}
            value_l, reach_l, log_l = solve(node.left)
            value_r, reach_r, log_r = solve(node.right)
            gap = minus(value_r[node.player], value_l[node.player])
            ratio = divide(gap, self._spread(values, node.player, reach_l, reach_r))
            back = minus(zero, ratio)
            p_r, p_l = cdf(ratio, self.link), cdf(back, self.link)
            lp_r, lp_l = log_cdf(ratio, self.link), log_cdf(back, self.link)
            value = {p: plus(times(p_l, value_l[p]), times(p_r, value_r[p])) for p in players}
            reach = {o: times(p_l, q) for o, q in reach_l.items()}
            reach |= {o: times(p_r, q) for o, q in reach_r.items()}
            logs = {o: plus(lp_l, q) for o, q in log_l.items()}
            logs |= {o: plus(lp_r, q) for o, q in log_r.items()}
            return value, reach, logs

        _, _, logs = solve(self.tree.root)
        return [logs[o] for o in self.tree.outcomes]

    def _spread(
        self,
        values: Sequence[Array],
        player: int,
        left: Mapping[str, Dual],
        right: Mapping[str, Dual],
    ) -> Dual:
        n, m = self.n_cases, len(self.blocks)
        if self.error == "agent":
            spread = constant(float(np.sqrt(2.0)), n, m)
        else:
            total = constant(0.0, n, m)
            for reach in (*left.values(), *right.values()):
                total = plus(total, times(reach, reach))
            spread = root(total)
        column = self.scale_of.get(player)
        if column is None:
            return spread
        return times(spread, exponential(variable(values[column], column, m)))

    def evaluate(self, theta: Array) -> tuple[float, Array]:
        """Log likelihood and its gradient, (parameter,)."""
        cases = self.case_gradients(theta)
        return float(self.weights @ cases[0]), self.weights @ cases[1]

    def case_gradients(self, theta: Array) -> tuple[Array, Array]:
        """Log likelihood per case, (case,), and its gradient, (case, parameter)."""
        logs = self.log_probabilities(theta)
        rows = np.arange(self.n_cases)
        value = np.stack([d.value for d in logs])[self.chosen, rows]
        shape = (self.n_cases, len(self.blocks))
        slope = np.empty(shape)
        for k, d in enumerate(logs):
            mine = self.chosen == k
            slope[mine] = np.broadcast_to(d.slope, shape)[mine]
        gradient = np.empty((self.n_cases, len(theta)))
        for block in self.blocks:
            column = slope[:, block.variable, None]
            gradient[:, block.start : block.stop] = (
                column if block.matrix is None else block.matrix * column
            )
        return value, gradient

    def probabilities(self, theta: Array) -> Array:
        """Probability of every outcome, (case, outcome)."""
        return np.exp(np.column_stack([d.value for d in self.log_probabilities(theta)]))

    def hessian(self, theta: Array) -> Array:
        """Second derivatives of the log likelihood, by central differences of the gradient."""
        return bend_of(lambda t: self.evaluate(t)[1], theta)


def bend_of(slope: Callable[[Array], Array], theta: Array) -> Array:
    """Second derivatives from first ones, by central differences, made symmetric.

    Example:
        >>> bend_of(lambda t: np.array([2 * t[0] + t[1], t[0]]), np.array([0.3, 0.1])).round(6)
        array([[2., 1.],
               [1., 0.]])
    """
    k = len(theta)
    found = np.empty((k, k))
    for i in range(k):
        # The cube root of the rounding error balances rounding against curvature.
        step = 6e-6 * max(1.0, abs(float(theta[i])))
        up, down = theta.copy(), theta.copy()
        up[i] += step
        down[i] -= step
        found[i] = (slope(up) - slope(down)) / (2.0 * step)
    return 0.5 * (found + found.T)


def build_likelihood(
    tree: Tree,
    observed: Sequence[str] | Sequence[int] | npt.NDArray[np.generic],
    utilities: Utilities,
    *,
    link: Link = "probit",
    error: ErrorKind = "agent",
    scale: ScaleKind = "fixed",
    weights: Array | None = None,
) -> Likelihood:
    """Join a game with observed outcomes and the make-up of its utilities.

    Args:
        tree: the game.
        observed: one outcome per case, by name or by index from left to right.
        utilities: (player, outcome) to regressors or a number; what is not named is zero.
        scale: `fixed` at one, one `common` log scale, or one `by player`.
        weights: (case,) how often each case counts; one each when absent.

    Raises:
        ModelError: an unknown outcome, unequal numbers of cases, or weights below zero.

    Example:
        >>> from standoff.fit.layout import design
        >>> from standoff.fit.tree import egame12
        >>> like = build_likelihood(
        ...     egame12(), ["~esc", "esc,war"], {(1, "~esc"): design({}, n=2), (2, "esc,war"): 0.0}
        ... )
        >>> like.names, round(like.evaluate(np.zeros(1))[0], 6)
        (('u1(~esc):(Intercept)',), -2.079442)
    """
    chosen = _indices(tree, observed)
    n = len(chosen)
    counts = np.ones(n) if weights is None else np.asarray(weights, dtype=np.float64)
    if counts.shape != (n,) or not np.all(np.isfinite(counts)) or np.any(counts < 0):
        raise ModelError(
            f"weights of shape {counts.shape} for {n} cases", "one weight >= 0 per case", "fix them"
        )
    names: list[str] = []
    blocks: list[Block] = []
    fixed: dict[tuple[int, str], float] = {}
    ordered = [(p, o) for p in tree.players for o in tree.outcomes]
    unknown = sorted(set(utilities) - set(ordered))
    if unknown:
        raise ModelError(
            f"a utility of {unknown[0]}",
            f"players {tree.players} and outcomes {', '.join(tree.outcomes)}",
            "name the outcome as the tree does",
        )
    for player, outcome in ordered:
        given = utilities.get((player, outcome), 0.0)
        if not isinstance(given, Design):
            fixed[player, outcome] = float(given)
            continue
        if given.matrix.shape[0] != n:
            raise ModelError(
                f"{given.matrix.shape[0]} rows for u{player}({outcome}) and {n} observed outcomes",
                "one row per case",
                "drop the same cases everywhere",
            )
        start = len(names)
        names += [f"u{player}({outcome}):{name}" for name in given.names]
        blocks.append(Block((player, outcome), start, len(names), len(blocks), given.matrix))
    scale_of: dict[int, int] = {}
    if scale != "fixed":
        labels = ["log(sigma)"] if scale == "common" else [f"log(sigma{p})" for p in tree.players]
        for i, label in enumerate(labels):
            blocks.append(Block(None, len(names), len(names) + 1, len(blocks), None))
            names.append(label)
            owners = tree.players if scale == "common" else (tree.players[i],)
            scale_of |= dict.fromkeys(owners, len(blocks) - 1)
    return Likelihood(
        tree, chosen, counts, tuple(names), tuple(blocks), fixed, scale_of, link, error
    )


def _indices(
    tree: Tree, observed: Sequence[str] | Sequence[int] | npt.NDArray[np.generic]
) -> npt.NDArray[np.intp]:
    values = np.asarray(observed)
    outcomes = tree.outcomes
    if values.dtype.kind in "US":
        known = {o: i for i, o in enumerate(outcomes)}
        strangers = sorted({str(v) for v in values} - set(known))
        if strangers:
            raise ModelError(
                f"the observed outcome {strangers[0]!r}", " | ".join(outcomes), "rename it"
            )
        return np.array([known[str(v)] for v in values], dtype=np.intp)
    whole = values.dtype.kind in "iub"
    if not whole or values.ndim != 1 or np.any(values < 0) or np.any(values >= len(outcomes)):
        raise ModelError(
            f"observed outcomes of type {values.dtype}, shape {values.shape}",
            f"names, or whole numbers from 0 to {len(outcomes) - 1}",
            "code the outcomes",
        )
    return values.astype(np.intp)

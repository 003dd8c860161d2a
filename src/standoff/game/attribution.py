"""Exact Shapley attribution of the log-odds of war to what is present now.

v(S) is the log-odds of war with the factors in S as they are and the others at their baseline.
A factor's share is its average marginal contribution over all orders: phi_f = sum over S without f
of |S|! (F-|S|-1)! / F! (v(S+f) - v(S)). Shares sum to v(all) - v(none) in every draw.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standoff.errors import GameError
from standoff.game.batch import log_odds
from standoff.game.extended import Column, Draws, Game
from standoff.game.grid import solve_grid
from standoff.game.whatif import CERTAIN
from standoff.terms import Estimate

Array = npt.NDArray[np.float64]
MOST = 8


@dataclass(frozen=True, slots=True)
class Factor:
    """Something that can be present or at its baseline: `off` holds the baseline values."""

    name: str
    off: Mapping[str, Column]
    tag: str = ""


@dataclass(frozen=True, slots=True)
class ShapleyShares:
    """Shares of the log-odds of war, axes of `shares`: factor, draw."""

    names: tuple[str, ...]
    tags: tuple[str, ...]
    shares: Array
    total: Array
    error: float

    def estimates(self) -> dict[str, Estimate]:
        """Each factor's share in log-odds."""
        return {n: Estimate.of(s) for n, s in zip(self.names, self.shares, strict=True)}

    def multipliers(self) -> dict[str, Estimate]:
        """Each factor as a multiplier of the odds of war."""
        return {n: Estimate.of(np.exp(s)) for n, s in zip(self.names, self.shares, strict=True)}

    def by_tag(self) -> dict[str, Estimate]:
        """Multipliers grouped by denial, punishment and the rest ("other")."""
        groups: dict[str, Array] = {}
        for tag, share in zip(self.tags, self.shares, strict=True):
            key = tag or "other"
            groups[key] = groups.get(key, np.zeros_like(share)) + share
        return {k: Estimate.of(np.exp(v)) for k, v in groups.items()}


def signal_factors(game: Game) -> tuple[Factor, ...]:
    """Words and deeds of each defender (baseline 0), supporters, cascade, trade.

    More than two defenders are joined, words with words and deeds with deeds, to keep within eight.
    """
    found: list[Factor] = []
    for k in game.defenders[:2]:
        found.append(Factor(f"{k} words", {f"words:{k}": 0.0}))
        found.append(Factor(f"{k} deeds", {f"deeds:{k}": 0.0}))
    rest = game.defenders[2:] + game.supporters
    if rest:
        off: dict[str, Column] = {f"{c}:{k}": 0.0 for k in rest for c in ("words", "deeds")}
        found.append(Factor("supporters" if len(game.defenders) <= 2 else "others", off))
    if game.proliferators:
        found.append(Factor("cascade", {"foresight": 0.0}, "punishment"))
    found.append(Factor("trade", {"challenger_trade_loss": 0.0}, "punishment"))
    return tuple(found)


def presence_factors(game: Game) -> tuple[Factor, ...]:
    """Each defender and supporter against the certainty (in every mind) that it abstains."""

    def absent(k: str) -> dict[str, Column]:
        return {f"perceived_shift:{k}": -CERTAIN, f"true_shift:{k}": -CERTAIN}

    found = [Factor(k, absent(k)) for k in game.defenders[:6]]
    rest = game.defenders[6:] + game.supporters
    if rest:
        off: dict[str, Column] = {}
        for k in rest:
            off.update(absent(k))
        found.append(Factor("supporters", off))
    return tuple(found)


def term_factors(game: Game) -> tuple[Factor, ...]:
    """What deters, by denial and punishment: each tagged term of the challenger against zero."""
    found = [
        Factor("allied strength", {"allied_strength": 0.0}, "denial"),
        Factor("failed war", {"failed_war": 0.0}, "denial"),
        Factor(
            "costs of fighters",
            {"cost_per_fighter": 0.0, "cost_nuclear_fighter": 0.0},
            "punishment",
        ),
        Factor(
            "costs of supporters", {"cost_per_supporter": 0.0, "crisis_cost": 0.0}, "punishment"
        ),
        Factor("trade", {"challenger_trade_loss": 0.0}, "punishment"),
    ]
    if game.proliferators:
        found.append(Factor("cascade", {"foresight": 0.0}, "punishment"))
    return tuple(found)


def shapley(
    game: Game,
    draws: Draws,
    factors: Sequence[Factor] | None = None,
    *,
    precision: float = 1.0,
    backend: str = "auto",
) -> ShapleyShares:
    """Exact attribution over up to eight factors: 2^F solutions on the same draws and constants.

    Default factors: `signal_factors`. `backend` as in `solve_batch`. Raises `GameError` on
    none, more than eight, or factors that share a value.
    """
    chosen = tuple(factors if factors is not None else signal_factors(game))
    names = [f.name for f in chosen]
    touched = [v for f in chosen for v in f.off]
    if not 0 < len(chosen) <= MOST or len(set(names)) != len(names):
        raise GameError(f"{len(chosen)} factors {names}", f"1 to {MOST} named factors", "join some")
    if len(set(touched)) != len(touched):
        raise GameError("factors that share a value", "disjoint factors", "join them")
    value = _subsets(game, draws, chosen, precision, backend)
    shares = shapley_values(value)
    total = value[-1] - value[0]
    return ShapleyShares(
        names=tuple(names),
        tags=tuple(f.tag for f in chosen),
        shares=shares,
        total=total,
        error=float(np.max(np.abs(shares.sum(axis=0) - total))),
    )


def _subsets(
    game: Game, draws: Draws, factors: Sequence[Factor], precision: float, backend: str
) -> Array:
    """Log-odds of war for every subset of factors, axes: subset (bit i: factor i is there), draw.

    Every factor has an axis of its own, of length two.
    """
    draws.with_values({name: v for f in factors for name, v in f.off.items()})  # names must exist
    axes = [{k: (v, draws.values[k]) for k, v in f.off.items()} for f in reversed(factors)]
    war = solve_grid(game, draws, axes, ("war",), precision, backend)["war"]
    return log_odds(war.reshape(-1, draws.n))


def shapley_values(value: Array) -> Array:
    """Shapley shares from the value of every subset.

    `value` has axes: subset (bit i set when factor i is present), draw; the result: factor, draw.

    >>> shapley_values(np.array([[0.0], [1.0], [2.0], [5.0]]))
    array([[2.],
           [3.]])
    """
    count = round(math.log2(len(value)))
    weight = [
        math.factorial(s) * math.factorial(count - s - 1) / math.factorial(count)
        for s in range(count)
    ]
    shares = np.zeros((count, value.shape[1]))
    for subset in range(2**count):
        size = subset.bit_count()
        for i in range(count):
            if not subset >> i & 1:
                shares[i] += weight[size] * (value[subset | 1 << i] - value[subset])
    return shares

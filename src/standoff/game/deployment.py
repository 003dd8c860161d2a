"""Whether a deployment repays its cost over its life.

The same years are followed with and without it, on the same luck. Its gain in a year is the rise
of its owner's expected utility in that year's game, counted where there has been no war without
it; discounted gains add up and are held against what demonstrating commitment costs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standoff.errors import GameError
from standoff.game.campaign import follow
from standoff.game.coefficients import Coefficients, load_coefficients
from standoff.game.extended import Draws, Game
from standoff.systems import System
from standoff.terms import Estimate

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Repayment:
    """What a deployment gives back, in shares of its cost (1: repaid), axes (year, draw).

    `gain[actor]` are each actor's discounted gains added up, in logit units; `cost` (draw) what
    the owner pays once; `war` the change of the probability of war by the end of each year.
    """

    actor: str
    amount: float
    years: int
    gain: dict[str, Array]
    cost: Array
    war: Array

    @property
    def repaid(self) -> tuple[Estimate, ...]:
        """Share of the cost repaid by the end of each year."""
        return tuple(Estimate.of(row) for row in self.gain[self.actor] / self.cost)

    @property
    def share_repaid(self) -> tuple[float, ...]:
        """Share of the draws in which the whole cost is repaid by the end of each year."""
        return tuple(float(v) for v in np.mean(self.gain[self.actor] >= self.cost, axis=1))


def repayment(
    game: Game,
    draws: Draws,
    system: System,
    actor: str,
    *,
    amount: float = 1.0,
    years: int = 30,
    paths: int = 2,
    seed: int = 1,
    dynamics: Coefficients | None = None,
) -> Repayment:
    """Follow `years` years with and without `amount` sd of deeds by `actor`, ordered in year one.

    Raises `GameError` for an actor who is no defender or supporter, or an amount not above zero.

    >>> from standoff.game import build_game
    >>> from standoff.systems import load_system
    >>> west = load_system("west-pacific-2021")
    >>> game, drawn = build_game(west, {}, load_coefficients(), draws=40,
    ...                          rng=np.random.default_rng(1))
    >>> found = repayment(game, drawn, west, "JPN", years=12)
    >>> found.repaid[0].median, found.repaid[-1].median < 1
    (0.0, True)
    """
    if not amount > 0:
        raise GameError(f"a deployment of {amount}", "an amount above zero", "JPN=1")
    dynamics = dynamics or load_coefficients("dynamics-1")
    runs = [
        follow(
            game,
            draws,
            system,
            years=years,
            paths=paths,
            seed=seed,
            dynamics=dynamics,
            orders=orders,
        )
        for orders in (None, {actor: amount})
    ]
    (rules, without, _), (_, with_it, _) = runs
    late = (1.0 - rules["discount"]) ** np.arange(years)[:, None]
    peace = np.stack(without.tracks["peace"])

    def mean(rows: Array) -> Array:
        return rows.reshape(years, draws.n, paths).mean(axis=2)

    gain: dict[str, Array] = {}
    for k, rows in without.utility.items():
        rise = (np.stack(with_it.utility[k]) - np.stack(rows)) * peace * late
        gain[k] = np.cumsum(mean(rise), axis=0)
    war = mean(np.stack(with_it.curves["war"]) - np.stack(without.curves["war"]))
    cost = np.broadcast_to(np.asarray(draws.values["demonstration_cost"], dtype=float), (draws.n,))
    return Repayment(actor, amount, years, gain, amount * cost, war)

"""Who stands with the protege, how each audience reads the defenders, and the margin for error.

All three are read off the solved game; nothing is added to its payoffs.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standoff.errors import GameError
from standoff.game.batch import inputs, solve_batch
from standoff.game.extended import Draws, Game
from standoff.game.induct import (
    ROOT,
    Setup,
    War,
    outcome_state,
    set_up,
    solve_wars,
    supporters,
)
from standoff.game.ops import NumpyOps
from standoff.terms import Estimate

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sides:
    """How many stand with the protege after a resisted attack, axes (number, draw).

    `sizes[n]` is the probability that exactly n of the defenders and supporters support or fight;
    `trade` the expected share of the challenger's trade that is with those who do.
    """

    sizes: Array
    trade: Array

    def at_least(self, n: int) -> Estimate:
        """Probability that n or more stand with the protege."""
        return Estimate.of(self.sizes[n:].sum(axis=0))


def sides(game: Game, draws: Draws) -> Sides:
    """The distribution of the coalition's size, as the analyst sees it.

    Supporters act apart from each other once the patron has acted; defenders see each other.

    >>> from standoff.game import build_game, load_coefficients
    >>> from standoff.systems import load_system
    >>> game, drawn = build_game(load_system("west-pacific-2021"), {}, load_coefficients(),
    ...                          draws=50, rng=np.random.default_rng(1))
    >>> found = sides(game, drawn)
    >>> found.sizes.shape, bool(np.allclose(found.sizes.sum(axis=0), 1.0))
    ((6, 50), True)
    """
    ops, n = NumpyOps(), draws.n
    s = set_up(ops, game, inputs(draws))
    war = solve_wars(ops, s, s.world)[ROOT]
    sizes = np.zeros((len(game.movers) + 1, n))
    trade = np.zeros(n)

    def share(k: str) -> Array:
        return np.asarray(draws.values[f"trade_share:{k}"], dtype=float)

    for acts, reach in _reach(game, war, n).items():
        patron = 0.5 * acts[0] if acts else 0.0
        table = supporters(ops, s, s.world, patron, False)
        inside = np.zeros_like(sizes)
        inside[sum(a > 0 for a in acts)] = reach
        trade += reach * sum(share(k) for k, a in zip(game.defenders, acts, strict=True) if a)
        for k, (p, _) in table.items():
            yes = np.asarray(p, dtype=float)
            trade += reach * yes * share(k)
            up = np.zeros_like(inside)
            up[1:] = inside[:-1] * yes
            inside = inside * (1.0 - yes) + up
        sizes += inside
    return Sides(sizes, trade)


def _reach(game: Game, war: War, n: int) -> dict[tuple[int, ...], Array]:
    """Probability of every combination of the defenders' acts."""
    reach: dict[tuple[int, ...], Array] = {(): np.ones(n)}
    for _ in game.defenders:
        reach = {
            (*before, a): w * np.asarray(q, dtype=float)
            for before, w in reach.items()
            for a, q in enumerate(war.acts[before])
        }
    return reach


def audiences(game: Game, draws: Draws) -> dict[str, dict[str, Array]]:
    """P(each defender fights in a resisted attack) as each audience reads its signals.

    "analyst" has the posterior; the challenger discounts words; "home public" hears the same words
    at full cost, without that discount (an assumption, elicited). Axis of the arrays: draw.

    >>> from standoff.game import build_game, load_coefficients
    >>> from standoff.systems import load_system
    >>> game, drawn = build_game(load_system("west-pacific-2021"), {}, load_coefficients(),
    ...                          draws=50, rng=np.random.default_rng(1))
    >>> list(audiences(game, drawn)["JPN"])
    ['analyst', 'CHN', 'home public']
    """
    c = game.challenger
    names = tuple(f"fight:{k}{reader}" for k in game.defenders for reader in ("", f"@{c}"))
    p = solve_batch(game, draws, outputs=names).probabilities
    home = solve_batch(
        game, draws.changed(talk_discount=1.0), outputs=tuple(n for n in names if "@" in n)
    ).probabilities
    return {
        k: {
            "analyst": p[f"fight:{k}"],
            c: p[f"fight:{k}@{c}"],
            "home public": home[f"fight:{k}@{c}"],
        }
        for k in game.defenders
    }


def misstep(game: Game, draws: Draws, step: float = 0.1) -> Mapping[str, Array]:
    """What a misstep would cost the challenger, expected after "hold" and after "attack".

    A misstep turns a further `step` of its approaches hostile and nuclear. With q the share that
    already is, it costs e_1 ((q + step)^2 - q^2), in logit units, averaged over who has armed: the
    fewer neighbours are left, the dearer each error. Axis: draw. Raises `GameError` for a step
    outside (0, 1].

    >>> from standoff.game import build_game, load_coefficients
    >>> from standoff.systems import load_system
    >>> game, drawn = build_game(load_system("west-pacific-2021"), {}, load_coefficients(),
    ...                          draws=50, rng=np.random.default_rng(1))
    >>> loss = misstep(game, drawn)
    >>> bool(np.all(loss["attack"] > loss["hold"]))
    True
    """
    if not 0.0 < step <= 1.0:
        raise GameError(f"a misstep of {step}", "a share of the approaches in (0, 1]", "step=0.1")
    ops, n = NumpyOps(), draws.n
    s = set_up(ops, game, inputs(draws))
    war = solve_wars(ops, s, s.world)[ROOT]
    after = {name: _loss(s, name, step) for name in s.arming}
    resist = np.asarray(war.resist, dtype=float)
    attack = (1.0 - resist) * after["taken"]
    for acts, reach in _reach(game, war, n).items():
        win = np.asarray(s.win[acts, True], dtype=float)
        for won, q in ((True, win), (False, 1.0 - win)):
            attack = attack + resist * reach * q * after[outcome_state(game, acts, won)]
    return {"hold": after["hold"] + np.zeros(n), "attack": attack}


def _loss(s: Setup, state: str, step: float) -> Array:
    """Expected cost of a misstep in one state of the arming stage."""
    x, game = s.x, s.game
    total: Array = np.zeros(1)
    for armed, p in s.arming[state].sets.items():
        weights = itertools.compress(game.proliferators, armed)
        q = np.asarray(x["encirclement_base"], dtype=float) + sum(
            np.asarray(x[f"encirclement_weight:{m}"], dtype=float) for m in weights
        )
        cost = np.asarray(x["encirclement"], dtype=float) * (2.0 * q * step + step * step)
        total = total + np.asarray(p, dtype=float) * cost
    return total


__all__ = ["Sides", "audiences", "misstep", "sides"]

"""Calibration: per draw, constants that make the model hit base rates at the reference.

At the reference (no stance, long-run covariates) the game returns the sampled rates exactly; what
is equal at the reference and now cancels from the ratio. Five constants of challenger and protege
and one of each defender who may fight. Closed form except escalation and defenders (a safeguarded
search in the log-odds, where each target is almost linear in its constant).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from standoff.errors import GameError
from standoff.game.extended import FIGHT, Draws, Game
from standoff.game.induct import (
    ROOT,
    Setup,
    challenged,
    challenger_at_war,
    challenger_branches,
    escalation,
    resistance,
    set_up,
    solve_crisis,
    solve_war,
    solve_wars,
)
from standoff.game.ops import NumpyOps, Value

Array = npt.NDArray[np.float64]
CONSTANTS = ("attack", "challenge", "escalate", "resist_attack", "resist_challenge")
TOLERANCE = 1e-12
LARGEST_SHARE = 0.5
"""A challenge is taken to lead to war no more often than this, at the reference."""


def logit(p: Array) -> Array:
    """Log-odds of probabilities.

    >>> float(logit(np.array(0.5)))
    0.0
    """
    return np.log(p) - np.log1p(-p)


def root_search(gap: Callable[[Array], Array], n: int, what: str, bound: float = 60.0) -> Array:
    """Solve gap(c) = 0 per draw for an increasing gap, axis: draw.

    Newton with slope one, kept inside a bracket by bisection: `gap` is a difference of log-odds.
    Raises `GameError` where no constant within the bound reaches the target.

    >>> root_search(lambda c: c - 2.0, 2, "example")
    array([2., 2.])
    """
    low, high = np.full(n, -bound), np.full(n, bound)
    c = np.zeros(n)
    for _ in range(200):
        g = gap(c)
        if float(np.max(np.abs(g))) < TOLERANCE:
            return c
        low = np.where(g < 0, c, low)
        high = np.where(g > 0, c, high)
        step = c - g
        inside = (step > low) & (step < high)
        c_next = np.where(inside, step, 0.5 * (low + high))
        c = np.where(np.abs(g) < TOLERANCE, c, c_next)
        if float(np.max(high - low)) < 1e-13:
            break
    g = gap(c)
    if float(np.max(np.abs(g))) > 1e-8:
        raise GameError(
            f"calibration of {what}: {int(np.sum(np.abs(g) > 1e-8))} draws without a solution",
            "targets that some constant reaches",
            "look at the coefficients of block 'base rate'",
        )
    return c


def calibrate(game: Game, draws: Draws, *, defenders: bool = True) -> Draws:
    """Return the draws with constants, reached at the reference in `draws.at_reference()`.

    `defenders=False` leaves the defenders' constants at zero (the design prototype did).
    """
    ops = NumpyOps()
    n = draws.n
    t = draws.targets
    x: dict[str, Value] = draws.at_reference()
    x.update({f"join:{k}": np.zeros(n) for k in game.defenders})
    x.update({f"constant:{c}": 0.0 for c in CONSTANTS})
    constants: dict[str, Array] = {}
    if defenders:
        constants.update(_defenders(ops, game, x, t, n))
        x.update(constants)
    s = set_up(ops, game, x)
    world_root = solve_war(ops, s, s.world, ROOT)
    free = x["protege_stake"] * (1.0 - world_root.lost) - x["protege_war_cost"]
    x["constant:resist_attack"] = logit(t["resist_attack"]) - free

    direct, from_crisis, clipped = _split(t)
    escalate = _escalate(ops, s, logit(from_crisis / t["challenge"] / t["resist_challenge"]), n)
    x["constant:escalate"] = escalate

    own, world = solve_wars(ops, s, s.challenger), solve_wars(ops, s, s.world)
    second = escalation(ops, s, own)
    crisis = solve_crisis(ops, s, s.world, world, second)
    x["constant:resist_challenge"] = logit(t["resist_challenge"]) - challenged(
        ops, s, crisis, world, second
    )
    read = solve_crisis(ops, s, s.challenger, own, second)
    resist = ops.logistic(challenged(ops, s, read, own, second))
    x["constant:challenge"], x["constant:attack"] = 0.0, 0.0
    hold, challenge, attack = challenger_branches(ops, s, read, own, second, resist)
    p_hold = 1.0 - direct - t["challenge"]
    constants["constant:challenge"] = np.log(t["challenge"] / p_hold) - (challenge - hold)
    constants["constant:attack"] = np.log(direct / p_hold) - (attack - hold)
    for name in ("resist_attack", "escalate", "resist_challenge"):
        constants[f"constant:{name}"] = np.broadcast_to(x[f"constant:{name}"], (n,)).copy()
    for k in game.defenders:
        constants.setdefault(f"join:{k}", np.zeros(n))
    notes = {**draws.notes, "clipped": float(np.mean(clipped))}
    return replace(draws, constants=constants, notes=notes)


def _split(t: Mapping[str, Array]) -> tuple[Array, Array, npt.NDArray[np.bool_]]:
    """Attacks out of the blue and out of a crisis, the latter bounded by the challenges."""
    wanted = t["crisis_share"] * t["attack"]
    most = LARGEST_SHARE * t["challenge"] * t["resist_challenge"]
    clipped = wanted > most
    from_crisis = np.minimum(wanted, most)
    direct = t["attack"] - from_crisis
    # A base rate near one leaves nothing to hold; keep the three probabilities a distribution.
    return np.minimum(direct, 0.98 * (1.0 - t["challenge"])), from_crisis, clipped


def _escalate(ops: NumpyOps, s: Setup, target: Array, n: int) -> Array:
    """The constant of the second move: mean escalation over crisis patterns hits `target`."""
    own, world = solve_wars(ops, s, s.challenger), solve_wars(ops, s, s.world)
    x: dict[str, Value] = dict(s.x)
    trial = replace(s, x=x)

    def gap(c: Array) -> Array:
        x["constant:escalate"] = c
        second = escalation(ops, trial, own)
        crisis = solve_crisis(ops, trial, s.world, world, second)
        mean = np.zeros(n)
        for pattern, w in crisis.patterns.items():
            mean = mean + w * second[pattern]
        return logit(np.clip(mean, 1e-300, 1.0 - 1e-16)) - target

    return root_search(gap, n, "escalation")


def _defenders(
    ops: NumpyOps, game: Game, x: dict[str, Value], t: Mapping[str, Array], n: int
) -> dict[str, Array]:
    """Constants on fighting: each defender fights at its class rate in a resisted attack.

    Earlier movers look ahead to later ones and later ones watch the patron, so the constants are
    found together, by sweeps of the one-constant search.
    """
    free = [k for k in game.defenders if k not in game.barred]
    trial = dict(x)
    s = replace(set_up(ops, game, x), x=trial)
    constants = {k: np.zeros(n) for k in free}
    for _ in range(400):
        trial.update({f"join:{k}": c for k, c in constants.items()})
        fights = fight_probabilities(game, solve_war(ops, s, s.world, ROOT).acts)
        gaps = {k: logit(fights[k]) - logit(t[f"join:{k}"]) for k in free}
        if not free or max(float(np.max(np.abs(g))) for g in gaps.values()) < TOLERANCE:
            break
        # The averaged choice is flatter than the logit: a full step never overshoots.
        constants = {k: constants[k] - gaps[k] for k in free}
    else:
        raise GameError(
            "calibration of the defenders: no solution in 400 sweeps",
            "joining rates that some constants reach",
            "look at join_patron and join_ally in the coefficients",
        )
    return {f"join:{k}": c for k, c in constants.items()}


def fight_probabilities(
    game: Game, acts: Mapping[tuple[int, ...], list[Value]]
) -> dict[str, Value]:
    """Probability that each defender fights, from the nodes of a war subtree."""
    reach: dict[tuple[int, ...], Value] = {(): 1.0}
    found: dict[str, Value] = {}
    for k in game.defenders:
        grown: dict[tuple[int, ...], Value] = {}
        total: Value = 0.0
        for before, w in reach.items():
            p = acts[before]
            for a, q in enumerate(p):
                grown[(*before, a)] = w * q
            if len(p) > FIGHT:
                total = total + w * p[FIGHT]
        found[k] = total
        reach = grown
    return found


__all__ = [
    "CONSTANTS",
    "calibrate",
    "challenger_at_war",
    "fight_probabilities",
    "logit",
    "resistance",
    "root_search",
]

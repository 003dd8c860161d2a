"""Calibration: per draw, constants that make the model hit base rates at the class average.

The class average is a game of its own: this challenger and protege as the base rate knows them,
no stance, and one average protector (`data/class-1.toml`) in place of the system's own. There the
game returns the sampled rates exactly. The constants are then carried into the system's game, so
that its own protectors, their strength, distance, treaty and stance move the answer; nothing is
calibrated at the values that are to be judged.

Five constants of challenger and protege and one of each defender who may fight. Closed form except
escalation and defenders (a safeguarded search in the log-odds, where each target is almost linear
in its constant). Not every member of the class has a protector: `offset` is the log of the mean
odds ratio over the class, which `Solutions.strategic` takes off.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from standoff.game.evaluate import MOVES, evaluate
from standoff.game.extended import AVERAGE, FIGHT, Draws, Game
from standoff.game.induct import (
    ROOT,
    Setup,
    backing,
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
CERTAIN = 60.0
"""A shift of resolve, in logit units, beyond which a choice is certain."""
LARGEST_SHARE = 0.5
"""A challenge is taken to lead to war no more often than this, at the reference."""


def logit(p: Array) -> Array:
    """Log-odds of probabilities.

    >>> float(logit(np.array(0.5)))
    0.0
    """
    q = np.clip(p, 1e-300, 1.0 - 1e-16)
    return np.log(q) - np.log1p(-q)


def root_search(
    gap: Callable[[Array], Array], n: int, bound: float = 60.0
) -> tuple[Array, npt.NDArray[np.bool_]]:
    """Solve gap(c) = 0 per draw for an increasing gap, axis: draw.

    Newton with slope one, kept inside a bracket by bisection: `gap` is a difference of log-odds.
    Where no constant within the bound reaches the target the bound that comes nearest is
    returned, and the second array says so.

    >>> root_search(lambda c: c - 2.0, 2)
    (array([2., 2.]), array([False, False]))
    """
    low, high = np.full(n, -bound), np.full(n, bound)
    c = np.zeros(n)
    for _ in range(200):
        g = gap(c)
        if float(np.max(np.abs(g))) < TOLERANCE:
            break
        low = np.where(g < 0, c, low)
        high = np.where(g > 0, c, high)
        step = c - g
        inside = (step > low) & (step < high)
        c_next = np.where(inside, step, 0.5 * (low + high))
        c = np.where(np.abs(g) < TOLERANCE, c, c_next)
        if float(np.max(high - low)) < 1e-13:
            break
    return c, np.abs(gap(c)) > 1e-8


@cache
def class_average() -> Mapping[str, float]:
    """The covariates of the average protector, and the share of the class that has one.

    >>> round(class_average()["share_protected"], 2)
    0.42
    """
    file = resources.files("standoff.game") / "data" / "class-1.toml"
    raw = tomllib.loads(file.read_text("utf-8"))
    rows = {k: cast("dict[str, Any]", v) for k, v in raw.items() if k != "name"}
    return {k: float(row["value"]) for k, row in rows.items()}


def class_game(game: Game, draws: Draws, owner: str) -> tuple[Game, dict[str, Value]]:
    """The class's game: challenger and protege of `game`, one average protector.

    The protector has the parameters of `owner` (a defender, or `AVERAGE` in a game without any)
    and the covariates of the class.
    """
    average = class_average()
    alone = replace(
        game,
        defenders=(AVERAGE,),
        supporters=(),
        proliferators=(),
        barred=frozenset(),
        armed=frozenset(),
        second_order=False,
    )
    x: dict[str, Value] = dict(draws.at_reference())
    for name in ("obligation", "stake", "war_cost", "join"):
        x[f"{name}:{AVERAGE}"] = x[f"{name}:{owner}"]
    for name in (
        "words",
        "deeds",
        "threat",
        "nuclear_threat",
        "mood",
        "host",
        "proximity",
        "own_security",
    ):
        x[f"{name}:{AVERAGE}"] = 0.0
    for name in ("perceived_shift", "true_shift", "second_order_shift"):
        x[f"{name}:{AVERAGE}"] = 0.0
    for name in ("perceived_spread_factor", "capability"):
        x[f"{name}:{AVERAGE}"] = 1.0
    x[f"threat_discount:{AVERAGE}"] = 0.5
    for name in ("distance", "nuclear", "trade_share", "trade_exposure", "law"):
        x[f"{name}:{AVERAGE}"] = average[name]
    # Spending is not counted over the whole class: it is taken to be shared out as capabilities are.
    ratio = math.log(average["cinc"]) - x[f"log_share:{game.challenger}"]
    x[f"log_cinc:{AVERAGE}"] = x[f"log_milex:{AVERAGE}"] = ratio
    return alone, x


def calibrate(game: Game, draws: Draws, *, defenders: bool = True) -> Draws:
    """Return the draws with constants, reached at the class average.

    `defenders=False` leaves the defenders' constants at zero (the design prototype did).
    `notes`: shares of draws that were clipped, or whose escalation reaches no target.
    """
    ops = NumpyOps()
    n = draws.n
    t = draws.targets
    alone, x = class_game(game, draws, game.patron or AVERAGE)
    x.update({f"constant:{c}": 0.0 for c in CONSTANTS})
    x[f"join:{AVERAGE}"] = np.zeros(n)
    constants: dict[str, Array] = {}
    free = [k for k in game.defenders if defenders and k not in game.barred]
    for k in free:
        own, values = class_game(game, draws, k)
        constants[f"join:{k}"] = _joining(ops, own, values, t[f"join:{k}"], n)
    if defenders:
        patron = game.patron
        x[f"join:{AVERAGE}"] = (
            constants[f"join:{patron}"]
            if patron in free
            else _joining(ops, alone, x, t[f"join:{AVERAGE}"], n)
        )
    s = set_up(ops, alone, x)
    world_root = solve_war(ops, s, s.world, ROOT, backing(ops, s, s.world))
    gain = x["protege_stake"] * (1.0 - world_root.lost) - x["protege_war_cost"]
    x["constant:resist_attack"] = logit(t["resist_attack"]) - gain

    direct, from_crisis, clipped = _split(t)
    wanted = logit(from_crisis / t["challenge"] / t["resist_challenge"])
    x["constant:escalate"], unsolved = _escalate(ops, s, wanted, n)

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
    notes = {
        **draws.notes,
        "clipped": float(np.mean(clipped)),
        "unsolved": float(np.mean(unsolved)),
    }
    x.update({k: v for k, v in constants.items() if k.startswith("constant:")})
    offset, in_crisis = _class_means(alone, x, n)
    return replace(draws, constants=constants, notes=notes, offset=offset, crisis=in_crisis)


def _class_means(alone: Game, x: dict[str, Value], n: int) -> tuple[Array, Array]:
    """What the class averages, some of whose members have no protector.

    The log of the mean odds ratio of war, and the log-odds that a challenge leads to war.
    """
    share = class_average()["share_protected"]
    with_one = evaluate(NumpyOps(), alone, x, MOVES)[0]
    bare = {**x, f"perceived_shift:{AVERAGE}": -CERTAIN, f"true_shift:{AVERAGE}": -CERTAIN}
    without = evaluate(NumpyOps(), alone, bare, MOVES)[0]

    def ratio(name: str) -> Array:
        odds = logit(without[name] + np.zeros(n)) - logit(with_one[name] + np.zeros(n))
        return np.log(share + (1.0 - share) * np.exp(odds))

    crisis = "escalate|challenge"
    return ratio("war"), logit(with_one[crisis] + np.zeros(n)) + ratio(crisis)


def _split(t: Mapping[str, Array]) -> tuple[Array, Array, npt.NDArray[np.bool_]]:
    """Attacks out of the blue and out of a crisis, the latter bounded by the challenges."""
    wanted = t["crisis_share"] * t["attack"]
    most = LARGEST_SHARE * t["challenge"] * t["resist_challenge"]
    clipped = wanted > most
    from_crisis = np.minimum(wanted, most)
    direct = t["attack"] - from_crisis
    # A base rate near one leaves nothing to hold; keep the three probabilities a distribution.
    return np.minimum(direct, 0.98 * (1.0 - t["challenge"])), from_crisis, clipped


def _escalate(
    ops: NumpyOps, s: Setup, target: Array, n: int
) -> tuple[Array, npt.NDArray[np.bool_]]:
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

    return root_search(gap, n)


def _joining(ops: NumpyOps, game: Game, x: Mapping[str, Value], target: Array, n: int) -> Array:
    """The constant at which the one defender of a class game fights at its rate."""
    trial = dict(x)
    s = replace(set_up(ops, game, x), x=trial)
    others = backing(ops, s, s.world)

    def gap(c: Array) -> Array:
        trial[f"join:{AVERAGE}"] = c
        war = solve_war(ops, s, s.world, ROOT, others)
        fights = fight_probabilities(game, war.acts)[AVERAGE]
        return logit(np.clip(fights, 1e-300, 1.0 - 1e-16)) - logit(target)

    return root_search(gap, n)[0]


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

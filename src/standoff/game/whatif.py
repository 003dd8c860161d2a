"""What if: named levers on the same draws and the same constants.

A lever changes one named value (or one actor's) and solves again. Draws and constants stay, so a
difference between two solutions is the lever's effect and not noise, and not a new calibration.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from standoff.errors import GameError
from standoff.game.batch import Solutions, log_odds, solve_batch
from standoff.game.extended import Column, Draws, Game
from standoff.terms import Estimate

Array = npt.NDArray[np.float64]
CERTAIN = 60.0
"""A shift of perceived resolve, in logit units, beyond which a choice is certain."""


@dataclass(frozen=True, slots=True)
class Lever:
    """A named change: `mode` is add, multiply or set; `value` the changed name of `Draws.values`."""

    name: str
    value: str
    mode: str
    text: str
    bounds: tuple[float, float] = (-np.inf, np.inf)


def _family(movers: tuple[str, ...], name: str, value: str, mode: str, text: str) -> list[Lever]:
    return [Lever(f"{name}:{k}", f"{value}:{k}", mode, text.format(k)) for k in movers]


def levers(game: Game) -> dict[str, Lever]:
    """Every lever of a game by name.

    >>> sorted(levers(Game("s", "C", "T", ("D",), (), ())))[:4]
    ['advantage', 'ambiguity:D', 'ambition', 'arsenal_growth']
    """
    c, t, d, m = game.challenger, game.protege, game.defenders, game.movers
    both = (c, t, *d)
    found = [
        *_family(m, "words", "words", "add", "declared commitment of {}, standard deviations"),
        *_family(m, "deeds", "deeds", "add", "demonstrated commitment of {}, standard deviations"),
        *_family(m, "perceived", "perceived_shift", "add", f"resolve of {{}} as {c} reads it"),
        *_family(m, "true", "true_shift", "add", "resolve of {}, unseen by others"),
        *_family(m, "ambiguity", "perceived_spread_factor", "multiply", f"doubt of {c} about {{}}"),
        *_family(
            m, "second_order", "second_order_shift", "add", f"what {c} thinks {t} expects of {{}}"
        ),
        *_family(
            tuple(p for p in game.proliferators if p not in game.armed),
            "arming",
            "arming_level",
            "add",
            "log-odds that {} starts a weapons programme within a year",
        ),
        *_family(d, "threat", "threat", "add", f"threats of {c} against {{}}, standard deviations"),
        *_family(
            d,
            "nuclear_threat",
            "nuclear_threat",
            "set",
            f"nuclear threat of {c} against {{}}, 0 none to 1 explicit",
        ),
        *_family(
            m, "own_security", "own_security", "set", "words of {} tied to its own security, 0..1"
        ),
        *_family(d, "law", "law", "set", "legal ground of {} to fight, 0..1"),
        *_family(d, "mood", "mood", "set", "weariness of war in {}, 0..1"),
        *_family(m, "trade_share", "trade_share", "multiply", f"share of {{}} in the trade of {c}"),
        *_family(both, "capability", "capability", "multiply", "capability of {}"),
        Lever("hostility", "hostility", "add", f"hostility of {c} to {t}, standard deviations"),
        Lever("ambition", "ambition", "multiply", f"stake of {c}"),
        Lever("trend", "trend", "set", f"what {c} expects from waiting, standard deviations"),
        Lever("patron_doubt", "patron_doubt", "set", "doubt of others about the patron, 0..1"),
        Lever("arsenal_growth", "arsenal_growth", "set", f"growth of the arsenal of {c}, 0..1"),
        Lever("foresight", "foresight", "set", "how far the cascade is foreseen, 0..1"),
        Lever("trade", "challenger_trade_loss", "multiply", f"cost to {c} of lost trade"),
        Lever("advantage", "advantage", "add", "log ratio of strength for the offence"),
    ]
    limits = {
        "law": (0.0, 1.0),
        "mood": (0.0, 1.0),
        "patron_doubt": (0.0, 1.0),
        "foresight": (0.0, 1.0),
        "nuclear_threat": (0.0, 1.0),
        "own_security": (0.0, 1.0),
    }
    limits |= {"capability": (0.0, np.inf), "ambiguity": (0.0, np.inf), "ambition": (0.0, np.inf)}
    limits |= {"trade": (0.0, np.inf), "trade_share": (0.0, np.inf), "arsenal_growth": (0.0, 1.0)}
    return {v.name: replace(v, bounds=limits.get(v.name.split(":")[0], v.bounds)) for v in found}


def with_lever(
    game: Game, draws: Draws, name: str, amount: float
) -> tuple[Game, Draws, tuple[str, ...]]:
    """Apply a lever; the third part warns where the result is an extrapolation.

    Beside those of `levers`: "certain_fight:ACTOR" and "certain_abstain:ACTOR" make the challenger
    certain of an act (amount 1), "order" moves the defender at that position to the front.
    Raises `GameError` for an unknown name or an amount out of bounds.
    """
    head, _, actor = name.partition(":")
    if not np.isfinite(amount):
        raise GameError(f"{name} = {amount}", "a finite amount", f"{name}=1")
    if head in ("certain_fight", "certain_abstain") and actor in game.movers:
        shift = CERTAIN if head == "certain_fight" else -CERTAIN
        return game, draws.with_values({f"perceived_shift:{actor}": shift * amount}), ()
    if name == "order":
        return _reordered(game, int(amount)), draws, ()
    lever = levers(game).get(name)
    if lever is None:
        raise GameError(
            f"lever {name!r}", f"one of {', '.join(levers(game))}", "standoff whatif --list"
        )
    if lever.mode != "add" and not lever.bounds[0] <= amount <= lever.bounds[1]:
        raise GameError(f"{name} = {amount}", f"a number in {lever.bounds}", "correct the amount")
    old = draws.values[lever.value]
    new: Column = {"add": old + amount, "multiply": old * amount, "set": amount}[lever.mode]
    warnings: list[str] = []
    if head in ("words", "deeds", "hostility", "threat"):
        share = float(np.mean(np.abs(new) > 3.0))
        if share > 0.05:
            warnings.append(f"{name}: {share:.0%} of the draws end beyond 3 standard deviations")
    elif head in ("capability", "trade", "ambition") and amount and not 0.5 <= amount <= 2.0:
        warnings.append(f"{name}: a factor of {amount:g} is outside 1/2..2")
    moved = replace(game, second_order=True) if head == "second_order" else game
    return moved, draws.with_values({lever.value: new}), tuple(warnings)


def _reordered(game: Game, position: int) -> Game:
    if not 0 <= position < len(game.defenders):
        raise GameError(
            f"order = {position}", f"a position 0..{len(game.defenders) - 1}", "count from zero"
        )
    rest = [k for i, k in enumerate(game.defenders) if i != position]
    return replace(game, defenders=(game.defenders[position], *rest))


def told(game: Game, name: str, amount: float) -> str:
    """A lever and its amount as text.

    >>> told(Game("s", "C", "T", ("D",), (), ()), "deeds:D", 1.0)
    'deeds:D +1'
    """
    lever = levers(game).get(name)
    mode = lever.mode if lever else "set"
    return f"{name} " + {"add": f"{amount:+g}", "multiply": f"x {amount:g}"}.get(
        mode, f"= {amount:g}"
    )


@dataclass(frozen=True, slots=True)
class Contrast:
    """A lever's effect on common draws.

    `odds_ratio`: odds of war with the lever over odds without. `change`: difference of a
    probability, by name. `share_lower`: share of draws in which war becomes less likely.
    `by_set`: the odds ratio under each prior set.
    """

    name: str
    amount: float
    odds_ratio: Estimate
    share_lower: float
    change: Mapping[str, Estimate]
    by_set: Mapping[str, Estimate]
    warnings: tuple[str, ...]


def contrast(
    game: Game,
    draws: Draws,
    changes: Mapping[str, float],
    *,
    name: str = "",
    base: Solutions | None = None,
    outcomes: tuple[str, ...] = ("hold", "challenge", "attack", "war", "win"),
) -> Contrast:
    """Solve with and without the levers in `changes` and compare draw by draw."""
    before = base or solve_batch(game, draws)
    moved_game, moved, warnings = game, draws, list[str]()
    for lever, amount in changes.items():
        moved_game, moved, more = with_lever(moved_game, moved, lever, amount)
        warnings += more
    after = solve_batch(moved_game, moved)
    shift = log_odds(after.probabilities["war"]) - log_odds(before.probabilities["war"])
    ratio = np.exp(shift)
    return Contrast(
        name=name or ", ".join(told(game, k, v) for k, v in changes.items()),
        amount=next(iter(changes.values())) if len(changes) == 1 else float("nan"),
        odds_ratio=Estimate.of(ratio),
        share_lower=float(np.mean(shift < 0)),
        change={
            o: Estimate.of(after.probabilities[o] - before.probabilities[o])
            for o in outcomes
            if o in before.probabilities
        },
        by_set={
            s: Estimate.of(ratio[draws.set_index == i])
            for i, s in enumerate(draws.sets)
            if np.any(draws.set_index == i)
        },
        warnings=tuple(warnings),
    )

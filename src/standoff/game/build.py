"""From a system description, measured stances and coefficients to a game and its draws."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from standoff.errors import DescriptionError, GameError, ModelError
from standoff.game.calibration import calibrate
from standoff.game.coefficients import Coefficients
from standoff.game.extended import AVERAGE, Column, Draws, Game
from standoff.systems import ReferenceClass, System

Array = npt.NDArray[np.float64]
BEYOND = 3.0
"""Stances beyond this many standard deviations are outside the range the priors were made for."""


def build_game(
    system: System,
    stance_draws: Mapping[str, Array],
    coefficients: Coefficients,
    *,
    draws: int = 2000,
    rng: np.random.Generator,
    reference_class: ReferenceClass | None = None,
    barred: Collection[str] = (),
    priors: Sequence[str] = (),
    calibrate_defenders: bool = True,
    known: Mapping[str, float] | None = None,
    joining: Mapping[str, Array] | None = None,
) -> tuple[Game, Draws]:
    """The calibrated game of a system.

    `known` holds values of challenger and protege that the base rate has used already, such as
    {"log_cinc:TWN": -3.6}; the game is calibrated there, so that they are not counted twice. What
    is not named is taken to be known at the system's own value. `joining` holds draws of how often a
    defender of this record and obligation fights; who is not named has the prior of the file.

    `stance_draws` holds joint posterior draws: for each defender and supporter an array (n, 2) of
    declared and demonstrated commitment to the protege, in standard deviations, 0 the class
    average; "hostility" (n,), the challenger's hostility to the protege; "threat:JPN" (n,), its
    threats against an actor. What is missing is zero. If n differs from `draws`, rows are drawn
    again with `rng`, all series by the same rows, so that the draws stay joint.
    `priors` names channels ("JPN:words") that rest on their prior; they are passed through.

    >>> from standoff.game import load_coefficients
    >>> from standoff.systems import load_system
    >>> rng = np.random.default_rng(1)
    >>> game, drawn = build_game(
    ...     load_system("west-pacific-2021"), {}, load_coefficients(), draws=50, rng=rng)
    >>> game.defenders, drawn.n
    (('USA', 'JPN'), 50)
    """
    if draws < 1:
        raise GameError(f"{draws} draws", "at least one", "draws=2000")
    movers = (*system.defenders, *system.supporters)
    stances, warnings = _stances(movers, stance_draws, draws, rng)
    now, reference = covariates(system)
    values: dict[str, Column] = {**now, **stances}
    reference.update(dict.fromkeys(stances, 0.0))
    reference.update(known or {})
    armed = frozenset(
        m for m in system.proliferators if system.value("nuclear_armed", m, 0.0) >= 1.0
    )
    target = reference_class or system.default_class
    game = Game(
        system=system.slug,
        challenger=system.challenger,
        protege=system.protege,
        defenders=system.defenders,
        supporters=system.supporters,
        proliferators=system.proliferators,
        barred=frozenset(barred),
        armed=armed,
        reference_class=target.name,
        warnings=warnings,
        priors=tuple(priors),
    )
    index = _set_index(coefficients, draws)
    normals = _normals(game, coefficients, draws, rng)
    values.update(_parameters(game, coefficients, normals, index))
    values.update(_from_rules(system, values))
    drawn = Draws(
        n=draws,
        values=values,
        reference=reference,
        normals=normals,
        constants={},
        sets=tuple(s.name for s in coefficients.sets),
        set_index=index,
        targets={},
        notes={},
    )
    aims = targets(game, system, target, drawn)
    for k, rate in (joining or {}).items():
        aims[f"join:{k}"] = np.clip(rate, 1e-4, 1.0 - 1e-4)
    drawn = replace(drawn, targets=aims)
    return game, calibrate(game, drawn, defenders=calibrate_defenders)


def under_class(
    game: Game, system: System, draws: Draws, reference_class: ReferenceClass
) -> tuple[Game, Draws]:
    """The same draws calibrated to another reference class."""
    other = replace(game, reference_class=reference_class.name)
    aims = targets(other, system, reference_class, draws)
    # Who joins does not hang on the class of the pair.
    aims.update({k: v for k, v in draws.targets.items() if k.startswith("join:")})
    moved = replace(draws, targets=aims)
    return other, calibrate(other, moved)


def covariates(system: System) -> tuple[dict[str, Column], dict[str, Column]]:
    """Values now, and those that differ at the reference, by the names the payoffs use."""
    c, t = system.challenger, system.protege
    now: dict[str, Column] = {"advantage": 0.0, "foresight": 1.0, "allied_strength": 1.0}
    reference: dict[str, Column] = {}

    def put(name: str, covariate: str, actor: str, default: float | None = None) -> None:
        item = system.covariate(covariate, actor)
        now[name] = system.value(covariate, actor, default)
        reference[name] = item.reference if item is not None else now[name]

    now[f"log_share:{c}"] = math.log(max(system.value("cinc", c), 1e-6))
    put("ambition", "ambition", c, 1.0)
    put("trend", "trend", c, 0.0)
    put("arsenal_growth", "arsenal_growth", c, 0.0)
    put("encirclement_base", "encirclement_base", c, 0.0)
    if system.patron:
        put("patron_doubt", "patron_doubt", system.patron, 0.0)
    else:
        now["patron_doubt"] = reference["patron_doubt"] = 0.0
    for k in (c, t, *system.defenders):
        for name in ("cinc", "milex"):
            own, of = system.value(name, k), system.value(name, c)
            if not (own > 0 and of > 0):
                raise DescriptionError(
                    f"system {system.slug!r} with {name} {own} of {k}",
                    "a number above zero",
                    "correct the covariate",
                )
            now[f"log_{name}:{k}"] = math.log(own / of)
        now[f"capability:{k}"] = reference[f"capability:{k}"] = 1.0
        put(f"distance:{k}", "distance", k, 0.0 if k == t else None)
    for k in (*system.defenders, *system.supporters):
        put(f"trade_share:{k}", "share_of_challenger_trade", k, 0.0)
        put(f"trade_exposure:{k}", "trade_with_challenger", k, 0.0)
        put(f"nuclear:{k}", "nuclear_armed", k, 0.0)
        put(f"host:{k}", "host_of_patron", k, 0.0)
        put(f"law:{k}", "law", k, 1.0)
        put(f"mood:{k}", "mood", k, 0.0)
        put(f"threat_discount:{k}", "threat_discount", k, 0.5)
        now[f"perceived_shift:{k}"] = now[f"true_shift:{k}"] = 0.0
        now[f"second_order_shift:{k}"] = now[f"nuclear_threat:{k}"] = 0.0
        now[f"perceived_spread_factor:{k}"] = 1.0
        now[f"own_security:{k}"] = 0.0
    for k in dict.fromkeys((*system.defenders, *system.supporters, *system.proliferators)):
        put(f"proximity:{k}", "proximity", k, 0.0)
    for m in system.proliferators:
        put(f"encirclement_weight:{m}", "encirclement_weight", m, 0.0)
    return now, reference


def _stances(
    movers: Sequence[str], given: Mapping[str, Array], draws: int, rng: np.random.Generator
) -> tuple[dict[str, Column], tuple[str, ...]]:
    """Stances by name, joint over actors, and warnings about extrapolation."""
    known = {*movers, "hostility", *(f"threat:{k}" for k in movers)}
    unknown = sorted(set(given) - known)
    if unknown:
        raise GameError(
            f"stance draws of {', '.join(unknown)}",
            f"{', '.join(movers)}, hostility, or threat:ACTOR",
            "pass the defenders and supporters of this system",
        )
    lengths = {len(v) for v in given.values()}
    if len(lengths) > 1:
        raise ModelError(
            f"stance draws of lengths {sorted(lengths)}",
            "joint draws, one length",
            "draw them together",
        )
    n = lengths.pop() if lengths else draws
    rows = np.arange(draws) if n == draws else rng.integers(0, n, draws)
    found: dict[str, Column] = {"hostility": 0.0}
    for k in movers:
        found.update({f"words:{k}": 0.0, f"deeds:{k}": 0.0, f"threat:{k}": 0.0})
    for name, raw in given.items():
        array = np.asarray(raw, dtype=float)
        if array.shape != ((n, 2) if name in movers else (n,)) or not np.isfinite(array).all():
            raise ModelError(
                f"stance draws of {name} with shape {array.shape}",
                f"finite numbers of shape {(n, 2) if name in movers else (n,)}",
                "axes: draw, (words, deeds)",
            )
        if name in movers:
            found[f"words:{name}"], found[f"deeds:{name}"] = array[rows, 0], array[rows, 1]
        else:
            found[name] = array[rows]
    warnings = [
        f"{name}: {share:.0%} of the draws lie beyond {BEYOND:g} standard deviations"
        for name, column in found.items()
        if (share := float(np.mean(np.abs(column) > BEYOND))) > 0.05
    ]
    return found, tuple(warnings)


def _owners(game: Game, per: str) -> tuple[str, ...]:
    match per:
        case "patron":
            # Without a patron the class's own protector still has parameters.
            return game.defenders[:1] or (AVERAGE,)
        case "ally":
            return game.defenders[1:]
        case "proliferator":
            return game.proliferators
        case _:
            return ("",)


def _normals(
    game: Game, coefficients: Coefficients, n: int, rng: np.random.Generator
) -> dict[str, Array]:
    """Standard normal draws of each coefficient and owner, in file order: Latin hypercubes.

    One draw from each of n strata of equal probability, in random order: a mean over draws then
    differs far less between seeds than with independent draws.
    """
    found: dict[str, Array] = {}
    for item in coefficients.items:
        for owner in _owners(game, item.per):
            name = f"{item.alias}:{owner}" if owner else item.name
            found[name] = ndtri((rng.permutation(n) + rng.random(n)) / n)
    return found


def _set_index(coefficients: Coefficients, n: int) -> npt.NDArray[np.int64]:
    """Which prior set each draw belongs to: dealt in turn, so that shares are exact."""
    edges = np.cumsum([s.share for s in coefficients.sets])
    # The golden ratio deals any shares evenly and without order.
    place = (np.arange(n) * 0.6180339887498949 + 0.5) % 1.0
    return np.minimum(np.searchsorted(edges, place, side="right"), len(edges) - 1).astype(np.int64)


def _parameters(
    game: Game,
    coefficients: Coefficients,
    normals: Mapping[str, Array],
    index: npt.NDArray[np.int64],
) -> dict[str, Column]:
    """Parameters per draw, each under the priors of the draw's own set."""
    # Files older than these terms, such as one that a fit has written, go without them.
    found: dict[str, Column] = {"nuclear_threat_cost": 0.0, "own_security_weight": 0.0}
    for item in coefficients.items:
        for owner in _owners(game, item.per):
            name = f"{item.alias}:{owner}" if owner else item.name
            z = normals[name]
            priors = [s.priors.get(item.name, item.prior) for s in coefficients.sets]
            if all(p.kind == "fixed" and p == priors[0] for p in priors):
                found[name] = priors[0].numbers[0]
            else:
                found[name] = np.choose(index, [p.transform(z) for p in priors])
    return found


def _from_rules(system: System, values: Mapping[str, Column]) -> dict[str, Column]:
    """A declared non-nuclear rule lowers its owner's level of arming."""
    found: dict[str, Column] = {}
    for m in system.proliferators:
        if any(r.actor == m and "nuclear" in r.name.casefold() for r in system.rules):
            found[f"arming_level:{m}"] = values[f"arming_level:{m}"] - values["arming_rule"]
    return found


def targets(
    game: Game, system: System, reference_class: ReferenceClass, draws: Draws
) -> dict[str, Array]:
    """Sampled rates that the calibration must reach at the reference, per draw."""
    v = draws.values

    def near(rate: float, name: str, spread: float = 1.0) -> Array:
        centre = math.log(rate / (1.0 - rate))
        return _inverse(np.asarray(centre + spread * v[name]) + np.zeros(draws.n))

    for what, rate in (
        (reference_class.name, reference_class.probability),
        (system.challenge_rate.name, system.challenge_rate.rate),
    ):
        if not 0.0 < rate < 1.0:
            raise DescriptionError(
                f"system {system.slug!r}: rate {rate} of {what}", "a rate in (0, 1)", "correct it"
            )
    spread = 1.0
    if reference_class.low and reference_class.high:
        # A class with its own interval keeps it: scale the sampled deviation to that width.
        low, high = (math.log(p / (1 - p)) for p in (reference_class.low, reference_class.high))
        own = float(np.std(np.asarray(v["rate_attack"]))) or 1.0
        spread = (high - low) / (2 * 1.6449) / own
    found = {
        "attack": near(reference_class.probability, "rate_attack", spread),
        "challenge": near(system.challenge_rate.rate, "rate_challenge"),
        "crisis_share": np.asarray(v["crisis_share"]) + np.zeros(draws.n),
        "resist_attack": _inverse(np.asarray(v["resist_attack"]) + np.zeros(draws.n)),
        "resist_challenge": _inverse(np.asarray(v["resist_challenge"]) + np.zeros(draws.n)),
    }
    bound = {c.owner for c in system.commitments if c.protege == game.protege and c.defence}
    for k in game.defenders or (AVERAGE,):
        less = 0.0 if k in bound or k == AVERAGE else v.get("no_treaty", 0.0)
        found[f"join:{k}"] = _inverse(np.asarray(v[f"join:{k}"]) - less + np.zeros(draws.n))
    return found


def _inverse(x: Array) -> Array:
    return 1.0 / (1.0 + np.exp(-x))

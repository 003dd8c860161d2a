"""Years in a row: the year's game solved again and again with carried state.

Each draw of the parameters is followed along several paths. A path ends with war, so every path is
followed as long as there is none and carries the probability that there was none, exact given the
path. The chance of a first event in a year is taken from the model, not from whether it was
sampled (Rao-Blackwell), and averaged over a draw's paths: curves have intervals over draws.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from standoff.errors import GameError
from standoff.game.batch import Solutions, log_odds, solve_batch
from standoff.game.coefficients import Coefficients, load_coefficients
from standoff.game.economy import economies
from standoff.game.extended import Draws, Game
from standoff.game.induct import BACKED_DOWN, CONCEDED, HOLD, STATES
from standoff.game.payoffs import arming_utility
from standoff.game.years import (
    NEVER,
    CarriedState,
    Happened,
    Rules,
    deploy,
    draw_rules,
    first_state,
    lift_chance,
    next_year,
    values_of,
)
from standoff.systems import System
from standoff.terms import Estimate

Array = npt.NDArray[np.float64]
MOST_YEARS = 50


@dataclass(frozen=True, slots=True)
class Curve:
    """Probability that an event has happened by the end of each year, with intervals over draws.

    `by_draw` has axes (year, draw).
    """

    name: str
    text: str
    by_draw: Array

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """Median and interval for each year."""
        return tuple(Estimate.of(row) for row in self.by_draw)


@dataclass(frozen=True, slots=True)
class Track:
    """A carried quantity at the start of each year, mean over paths; axes (year, draw)."""

    name: str
    text: str
    by_draw: Array

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """Median and interval for each year."""
        return tuple(Estimate.of(row) for row in self.by_draw)


@dataclass(frozen=True, slots=True)
class Campaign:
    """Years in a row: curves of first events, carried quantities, and what is elicited."""

    system: str
    years: int
    paths: int
    curves: Mapping[str, Curve]
    tracks: Mapping[str, Track]
    elicited: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """What each year brought, one row a year, axis: path.

    `curves` are cumulative; `utility` is each actor's expected utility of the year before its
    moves; the track "peace" the probability that the path is still without war.
    """

    curves: dict[str, list[Array]] = field(default_factory=dict[str, "list[Array]"])
    tracks: dict[str, list[Array]] = field(default_factory=dict[str, "list[Array]"])
    utility: dict[str, list[Array]] = field(default_factory=dict[str, "list[Array]"])

    def add(self, name: str, hazard: Array) -> None:
        """One year's probability of a first event."""
        rows = self.curves.setdefault(name, [])
        rows.append(hazard + (rows[-1] if rows else 0.0))


def play_years(
    game: Game,
    draws: Draws,
    system: System,
    *,
    years: int = 10,
    paths: int = 4,
    seed: int = 1,
    dynamics: Coefficients | None = None,
    orders: Mapping[str, float] | None = None,
) -> Campaign:
    """Follow every draw for `years` years along `paths` paths each.

    `orders` are deployments in the first year, standard deviations of deeds by defender or
    supporter. Random numbers depend on `seed` and the year only, so that two calls with
    different orders are compared on the same luck. Raises `GameError` for years outside 1..50.

    >>> from standoff.game import build_game, load_coefficients
    >>> from standoff.systems import load_system
    >>> west = load_system("west-pacific-2021")
    >>> game, draws = build_game(west, {}, load_coefficients(), draws=100,
    ...                          rng=np.random.default_rng(1))
    >>> found = play_years(game, draws, west, years=3, paths=2)
    >>> war = [e.median for e in found.curves["war"].estimates]
    >>> len(war), war[0] < war[1] < war[2] < 0.1
    (3, True)
    """
    dynamics = dynamics or load_coefficients("dynamics-1")
    rules, tally, notes = follow(
        game, draws, system, years=years, paths=paths, seed=seed, dynamics=dynamics, orders=orders
    )
    for m in [k for k in tally.curves if k.startswith("programme:")]:
        tally.curves[m.replace("programme:", "weapon:")] = _after(
            tally.curves[m], rules["arming_lag"]
        )

    def mean(rows: list[Array]) -> Array:
        return np.stack(rows).reshape(years, draws.n, paths).mean(axis=2)

    texts = _texts(game, system)
    return Campaign(
        system=system.slug,
        years=years,
        paths=paths,
        curves={k: Curve(k, texts(k), mean(v)) for k, v in tally.curves.items()},
        tracks={k: Track(k, texts(k), mean(v)) for k, v in tally.tracks.items()},
        elicited=tuple(c.name for c in dynamics.items if c.origin.value == "elicited"),
        notes=notes,
    )


def follow(
    game: Game,
    draws: Draws,
    system: System,
    *,
    years: int,
    paths: int,
    seed: int,
    dynamics: Coefficients,
    orders: Mapping[str, float] | None = None,
) -> tuple[Rules, Tally, tuple[str, ...]]:
    """The rules drawn, what each path brought (axis: path, those of a draw together), notes."""
    if not 1 <= years <= MOST_YEARS or paths < 1:
        raise GameError(
            f"{years} years, {paths} paths", f"1 to {MOST_YEARS} years, at least one path", "10, 4"
        )
    budgets, notes = economies(system)
    wide = draws.take(np.repeat(np.arange(draws.n), paths))
    rules = draw_rules(dynamics, budgets, wide.n, np.random.default_rng([seed, 1000]))
    state = first_state(game, wide, rules)
    for actor, amount in (orders or {}).items():
        if actor not in game.movers or not math.isfinite(amount):
            raise GameError(
                f"a deployment of {amount} by {actor}",
                f"a finite number, by one of {', '.join(game.movers)}",
                "JPN=1",
            )
        state = deploy(state, rules, actor, amount)
    tally = Tally()
    alive = np.ones(wide.n)
    seen = {name: np.zeros(wide.n, dtype=bool) for name in ("challenge", "conceded")}
    for year in range(years):
        _track(game, rules, state, alive, tally)
        now = values_of(game, wide, rules, state)
        solved = solve_batch(game, now)
        happened, first = _one_year(
            game, now, rules, state, solved, alive, seen, tally, np.random.default_rng([seed, year])
        )
        alive = alive * (1.0 - solved.probabilities["war"])
        for name, here in first.items():
            seen[name] |= here
        luck = np.random.default_rng([seed, year, 1])
        state = next_year(game, wide, rules, state, happened, luck)
    return rules, tally, notes


def _one_year(
    game: Game,
    now: Draws,
    rules: Rules,
    state: CarriedState,
    solved: Solutions,
    alive: Array,
    seen: Mapping[str, npt.NDArray[np.bool_]],
    tally: Tally,
    rng: np.random.Generator,
) -> tuple[Happened, dict[str, npt.NDArray[np.bool_]]]:
    """Record the year's chances, then sample what happens where there is no war."""
    p = solved.probabilities
    war = p["war"]
    tally.add("war", alive * war)
    tally.add("challenge", alive * np.where(seen["challenge"], 0.0, p["challenge"]))
    give = p["challenge"] * (1.0 - p["resist|challenge"])
    tally.add("conceded", alive * np.where(seen["conceded"], 0.0, give))
    for actor in (game.challenger, game.protege, *game.movers):
        tally.utility.setdefault(actor, []).append(solved.utilities[actor])
    u = rng.random((3, now.n))
    short = p["challenge"] * (1.0 - p["escalate|challenge"])
    opened = u[0] * (short + p["hold"]) < short
    stays = (1.0 - p["resist|challenge"]) / (1.0 - p["escalate|challenge"])
    conceded = opened & (u[1] < stays)
    crisis = opened & ~conceded
    patron = p[f"support:{game.patron}|crisis"] if game.patron else np.zeros(now.n)
    backed = crisis & (u[2] < patron)
    started = _arming(game, now, state, p, alive, tally, (conceded, crisis), rng)
    for k in state.lifted:
        tally.add(f"lifted:{k}", alive * lift_chance(rules, state, k))
    happened = Happened(crisis, conceded, backed, log_odds(war), started)
    return happened, {"challenge": opened, "conceded": conceded}


def _arming(
    game: Game,
    now: Draws,
    state: CarriedState,
    p: Mapping[str, Array],
    alive: Array,
    tally: Tally,
    opened: tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]],
    rng: np.random.Generator,
) -> dict[str, npt.NDArray[np.bool_]]:
    """Programmes in order of moves: after what happened, and after a war of this year."""
    conceded, crisis = opened
    threat, doubt = (
        np.where(conceded, STATES[CONCEDED][i], np.where(crisis, STATES[BACKED_DOWN][i], STATES[HOLD][i]))
        for i in (0, 1)
    )  # fmt: skip
    before = np.zeros(now.n)
    started: dict[str, npt.NDArray[np.bool_]] = {}
    for m, began in state.programme.items():
        utility = arming_utility(now.values, m, 0.0, 0.0, 0)
        utility = utility + now.values["arming_threat"] * threat
        utility = utility + now.values["arming_doubt"] * (doubt if game.patron else 0.0)
        utility = utility + now.values["arming_neighbour"] * before
        q = 1.0 / (1.0 + np.exp(-np.clip(utility, -700.0, 700.0)))
        open_ = began == NEVER
        war = p["war"]
        chance = (1.0 - war) * q + war * p[f"arm:{m}|attack"]
        tally.add(f"programme:{m}", alive * np.where(open_, chance, 0.0))
        here = open_ & (rng.random(now.n) < q)
        started[m] = here
        before = before + here
    return started


def _track(game: Game, rules: Rules, state: CarriedState, alive: Array, tally: Tally) -> None:
    """Carried quantities at the start of the year."""
    put = tally.tracks.setdefault
    put("doubt", []).append(state.doubt)
    for k in state.fear:
        put(f"fear:{k}", []).append(state.fear[k])
    for k in state.share:
        put(f"share:{k}", []).append(state.share[k])
        put(f"forces:{k}", []).append(state.forces[k])
        line = rules.economies[k].ceiling
        if line is not None:
            put(f"room:{k}", []).append(line - state.share[k])
    for k in game.defenders:
        put(f"deeds:{k}", []).append(state.stances[f"deeds:{k}"])
    put("peace", []).append(alive)


def _after(rows: list[Array], lag: Array) -> list[Array]:
    """A cumulative curve later by a lag per path, linear within a year; axes (year, path)."""
    table = np.stack([np.zeros_like(rows[0]), *rows])
    found: list[Array] = []
    columns: npt.NDArray[np.int64] = np.arange(table.shape[1], dtype=np.int64)
    for year in range(1, len(table)):
        at = np.clip(year - lag, 0.0, None)
        low = np.floor(at).astype(int)
        part = at - low
        high = np.minimum(low + 1, len(table) - 1)
        found.append((1 - part) * table[low, columns] + part * table[high, columns])
    return found


def _texts(game: Game, system: System) -> Callable[[str], str]:
    def text(name: str) -> str:
        head, _, actor = name.partition(":")
        who = system.name(actor) if actor else ""
        c, t = system.name(game.challenger), system.name(game.protege)
        return {
            "war": f"war between {c} and {t}",
            "challenge": f"{c} opens a crisis",
            "conceded": f"{t} gives way to a challenge",
            "programme": f"{who} starts a weapons programme",
            "weapon": f"{who} has a nuclear weapon",
            "lifted": f"{who} lifts its ceiling on spending",
            "doubt": "doubt about the patron, 0..1",
            "fear": f"fear of {who} (1: as after a lost protege)",
            "share": f"{who}: spending, % of GDP",
            "forces": f"{who}: forces, times those of the first year",
            "room": f"{who}: points of GDP below its ceiling (above it if negative)",
            "deeds": f"{who}: deeds, sd",
            "peace": "probability of no war so far",
        }[head]

    return text

"""A seat at the table: one history of years, in which a person makes one side's moves.

Every other choice is sampled from the game's own probabilities, averaged over all draws, so that
the person plays against the model's uncertainty and not against one draw of it. The others do not
foresee the person's moves: they expect what the model expects. Each choice has its own random
number of the year, so a move changes what follows from it and not the luck of the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standoff.errors import GameError
from standoff.game.batch import inputs, log_odds, solve_batch
from standoff.game.campaign import MOST_YEARS
from standoff.game.coefficients import Coefficients, load_coefficients
from standoff.game.economy import economies
from standoff.game.extended import Draws, Game
from standoff.game.induct import set_up
from standoff.game.ops import NumpyOps
from standoff.game.sitting import BUDGET_STEP, Choose, Move, Year, luck_of, mean, play_year
from standoff.game.years import (
    NEVER,
    CarriedState,
    Rules,
    deploy,
    draw_rules,
    first_state,
    next_year,
    values_of,
)
from standoff.systems import System
from standoff.terms import Estimate

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class YearPlayed:
    """One year: chances before its moves, the moves, what happened, and the person's state."""

    year: int
    chances: Mapping[str, Estimate]
    state: Mapping[str, float]
    moves: tuple[Move, ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class History:
    """A game played from one seat. `ended` says why it stopped before its last year, or nothing."""

    actor: str
    years: tuple[YearPlayed, ...]
    ended: str


Tell = Callable[[YearPlayed], None]


def play_seat(
    game: Game,
    draws: Draws,
    system: System,
    actor: str,
    choose: Choose,
    *,
    years: int = 10,
    seed: int = 1,
    dynamics: Coefficients | None = None,
    tell: Tell | None = None,
) -> History:
    """Play `years` years as `actor`; `choose` answers each `Ask` with a word, or None for the
    model's own choice. `tell` hears each year when it is over. The history ends with a war.

    Raises `GameError` for an actor without moves, or an answer that is no option.

    >>> from standoff.game import build_game
    >>> from standoff.systems import load_system
    >>> west = load_system("west-pacific-2021")
    >>> game, drawn = build_game(west, {}, load_coefficients(), draws=40,
    ...                          rng=np.random.default_rng(1))
    >>> first = lambda ask: "deploy" if ask.year == 1 and "deploy" in ask.options else None
    >>> found = play_seat(game, drawn, west, "JPN", first, years=2)
    >>> [m.act for m in found.years[0].moves if m.by == "you"]
    ['deploy']
    """
    seats = (game.challenger, game.protege, *game.movers, *game.proliferators)
    if actor not in seats or not 1 <= years <= MOST_YEARS:
        raise GameError(
            f"{actor} for {years} years",
            f"one of {', '.join(dict.fromkeys(seats))}, 1 to {MOST_YEARS} years",
            f"--as {game.defenders[-1] if game.defenders else game.challenger}",
        )
    budgets, _ = economies(system)
    rules = draw_rules(
        dynamics or load_coefficients("dynamics-1"),
        budgets,
        draws.n,
        np.random.default_rng([seed, 1000]),
    )
    state = first_state(game, draws, rules)
    played: list[YearPlayed] = []
    ended = ""
    for number in range(1, years + 1):
        now = values_of(game, draws, rules, state)
        solved = solve_batch(game, now)
        year = Year(
            game,
            number,
            actor,
            now,
            set_up(NumpyOps(), game, inputs(now)),
            luck_of(game, seed, number),
            choose,
        )
        names = ["war", "challenge"] + [f"fight:{k}" for k in game.defenders]
        chances = {n: solved.estimate(n) for n in names}
        chances["own value"] = solved.estimate(actor) if actor in solved.utilities else _zero()
        shown = _shown(rules, state, actor)
        state, extra, arms = _own_year(year, rules, state)
        happened, war = play_year(year, rules, state, arms)
        happened.risk = log_odds(solved.probabilities["war"])
        record = YearPlayed(number, chances, shown, tuple(year.moves), tuple(year.events))
        played.append(record)
        if tell is not None:
            tell(record)
        if war:
            ended = "war"
            break
        luck = np.random.default_rng([seed, number, 2])
        state = next_year(
            game, draws, rules, state, happened, luck, extra_growth=extra, lifting=False
        )
    return History(actor, tuple(played), ended)


def _zero() -> Estimate:
    return Estimate(0.0, 0.0, 0.0)


def _shown(rules: Rules, state: CarriedState, actor: str) -> dict[str, float]:
    """What the person sees of its own state, medians over draws."""
    found = {"doubt about the patron": _median(state.doubt)}
    for name, table in (("fear", state.fear), ("% of GDP", state.share), ("forces", state.forces)):
        if actor in table:
            found[name] = _median(table[actor])
    for channel in ("words", "deeds"):
        if f"{channel}:{actor}" in state.stances:
            found[channel] = _median(state.stances[f"{channel}:{actor}"])
    if actor in state.orders:
        coming = sum(mean(np.where(o.due > state.year, o.amount, 0.0)) for o in state.orders[actor])
        found["deeds on their way"] = coming
    line = rules.economies[actor].ceiling if actor in rules.economies else None
    if line is not None:
        found["points below the ceiling"] = line - _median(state.share[actor])
    return found


def _median(values: Array) -> float:
    return float(np.median(values))


def _own_year(
    year: Year, rules: Rules, state: CarriedState
) -> tuple[CarriedState, dict[str, float], dict[str, bool]]:
    """The person's move of the year, before the challenger's; the challenger has none here."""
    actor, game = year.actor, year.game
    options = {"wait": 1.0}
    if actor in game.movers:
        options |= {"words": 0.0, "deploy": 0.0, "withdraw": 0.0}
    if actor in rules.economies:
        options["budget"] = 0.0
    if actor in state.lifted and bool(np.all(state.lifted[actor] == NEVER)):
        options["lift"] = 0.0
    if actor in state.programme and bool(np.all(state.programme[actor] == NEVER)):
        options["arm"] = 0.0
    extra: dict[str, float] = {}
    arms: dict[str, bool] = {}
    if actor == game.challenger:
        return state, extra, arms
    act = year.pick("own", actor, "this year", options)
    if act == "deploy":
        state = deploy(state, rules, actor, 1.0)
    elif act in ("words", "withdraw"):
        name, step = (f"words:{actor}", 1.0) if act == "words" else (f"deeds:{actor}", -1.0)
        state.stances = {**state.stances, name: state.stances[name] + step}
    elif act == "budget":
        extra[actor] = BUDGET_STEP
    elif act == "lift":
        since = np.full_like(state.lifted[actor], float(state.year))
        state.lifted = {**state.lifted, actor: since}
        year.events.append(f"{actor} lifts its ceiling on spending")
    elif act == "arm":
        arms[actor] = True
    return state, extra, arms

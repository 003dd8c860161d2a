"""The state that a year hands to the next, and the rules by which it changes.

Per path: stances, fear of each actor, doubt about the patron, budgets and the forces they have
paid for, deployments on their way, ceilings kept or lifted, weapons programmes. Equations, with
the names of `data/dynamics-1.toml` (t in years, x words or deeds):

    x' = a + r (x - a) + sqrt(1 - r^2) noise,  r = 2^(-1 / half-life),  a = anchor x0 + arrivals
    fear' = f fear + threat(outcome) nearness + fear_risk (log-odds of war - those of year 1)
    growth = trend + budget_fear fear + budget_parity (rival's growth - its trend) + noise
    forces' = (1 - wear) forces + wear budget(t - lag)

Nothing here prints or draws from a clock: the caller passes the random numbers of each year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from standoff.game.coefficients import Coefficients
from standoff.game.economy import Economy
from standoff.game.extended import Column, Draws, Game

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
NEVER = 1e9
NO_MOVE = -1e3
"""Log-odds of starting a programme for one who already has."""
RELEASE_YEARS = 5.0
FEAR_BOUNDS = (-1.0, 2.0)


@dataclass(frozen=True, slots=True)
class Rules:
    """Drawn dynamics (axis: path) and the economies of the actors."""

    values: Mapping[str, Array]
    economies: Mapping[str, Economy]

    def __getitem__(self, name: str) -> Array:
        return self.values[name]


@dataclass(frozen=True, slots=True)
class Order:
    """Forces ordered: `amount` standard deviations of deeds from `due` until `end`, axis: path."""

    due: Array
    end: Array
    amount: Array


@dataclass(slots=True)
class CarriedState:
    """What is carried, axis: path. Maps are by actor; `start` holds the first year's values."""

    year: int
    stances: dict[str, Array]
    start: dict[str, Array]
    arrivals: dict[str, Array]
    orders: dict[str, tuple[Order, ...]]
    fear: dict[str, Array]
    doubt: Array
    growth: dict[str, Array]
    budgets: dict[str, list[Array]]
    forces: dict[str, Array]
    share: dict[str, Array]
    lifted: dict[str, Array]
    programme: dict[str, Array]
    first_risk: Array | None = None


@dataclass(slots=True)
class Happened:
    """What one year brought without war, axis: path.

    `crisis`: a challenge was resisted and went no further; `conceded`: it was not resisted.
    `backed` where the patron supported in the crisis. `started` flags new programmes.
    """

    crisis: Flags
    conceded: Flags
    backed: Flags
    risk: Array
    started: dict[str, Flags] = field(default_factory=dict[str, "Flags"])


def draw_rules(
    dynamics: Coefficients, economies: Mapping[str, Economy], n: int, rng: np.random.Generator
) -> Rules:
    """Each dynamic constant drawn once per path; the first prior set counts where there are many."""
    priors = dynamics.sets[0].priors
    return Rules(
        {
            item.name: priors.get(item.name, item.prior).transform(rng.standard_normal(n))
            for item in dynamics.items
        },
        dict(economies),
    )


def first_state(game: Game, draws: Draws, rules: Rules) -> CarriedState:
    """The state of the first year: everything as measured, no fear added, nothing on its way."""
    n = draws.n

    def column(name: str) -> Array:
        return np.broadcast_to(np.asarray(draws.values[name], dtype=float), (n,)).copy()

    names = [f"{c}:{k}" for k in game.movers for c in ("words", "deeds")] + ["hostility"]
    stances = {name: column(name) for name in names}
    zero = np.zeros(n)
    economies = rules.economies
    return CarriedState(
        year=0,
        stances=stances,
        start={k: v.copy() for k, v in stances.items()},
        arrivals={k: zero.copy() for k in names},
        orders=dict.fromkeys(game.movers, ()),
        fear={k: zero.copy() for k in feared(game)},
        doubt=column("patron_doubt"),
        growth={k: np.full(n, e.growth) for k, e in economies.items()},
        budgets={k: [np.ones(n)] for k in economies},
        forces={k: np.ones(n) for k in economies},
        share={k: np.full(n, e.share) for k, e in economies.items()},
        lifted={k: np.full(n, NEVER) for k, e in economies.items() if e.ceiling is not None},
        programme={m: np.full(n, NEVER) for m in game.proliferators if m not in game.armed},
    )


def feared(game: Game) -> tuple[str, ...]:
    """Actors whose fear is carried: protege, defenders, proliferators."""
    return tuple(dict.fromkeys((game.protege, *game.defenders, *game.proliferators)))


def armed(state: CarriedState, rules: Rules, actor: str) -> Flags:
    """Where an actor's weapon exists: its programme began a lag ago."""
    return state.programme[actor] + rules["arming_lag"] <= state.year


def values_of(game: Game, draws: Draws, rules: Rules, state: CarriedState) -> Draws:
    """The draws of this year's game: the carried state put into the named values."""
    v = draws.values
    changes: dict[str, Column] = dict(state.stances)
    changes["patron_doubt"] = state.doubt
    for k, stock in state.forces.items():
        if f"capability:{k}" in v:
            changes[f"capability:{k}"] = np.asarray(v[f"capability:{k}"]) * stock
    base = np.asarray(v["encirclement_base"], dtype=float)
    for m, began in state.programme.items():
        running = began <= state.year
        has = armed(state, rules, m)
        base = base + has * np.asarray(v[f"encirclement_weight:{m}"])
        if f"nuclear:{m}" in v:
            changes[f"nuclear:{m}"] = np.maximum(np.asarray(v[f"nuclear:{m}"]), has)
        others = sum((b <= state.year).astype(float) for k, b in state.programme.items() if k != m)
        level = (
            np.asarray(v[f"arming_level:{m}"])
            + np.asarray(v["arming_threat"]) * state.fear[m]
            + np.asarray(v["arming_neighbour"]) * others
        )
        changes[f"arming_level:{m}"] = np.where(running, NO_MOVE, level)
    changes["encirclement_base"] = base
    return draws.with_values(changes)


def deploy(state: CarriedState, rules: Rules, actor: str, amount: float | Array) -> CarriedState:
    """Order a deployment: `amount` standard deviations of deeds, in place after the lag."""
    due = state.year + rules["deployment_lag"]
    size = np.broadcast_to(np.asarray(amount, dtype=float), due.shape).copy()
    order = Order(due, due + rules["deployment_life"], size)
    return replace(state, orders={**state.orders, actor: (*state.orders[actor], order)})


def next_year(
    game: Game,
    draws: Draws,
    rules: Rules,
    state: CarriedState,
    happened: Happened,
    rng: np.random.Generator,
    *,
    extra_growth: Mapping[str, float] | None = None,
    lifting: bool = True,
) -> CarriedState:
    """The state a year later. `extra_growth` is a choice of budget on top of the rule's.

    `lifting=False`: no ceiling is lifted by chance, because the caller has seen to that.
    """
    n = len(state.doubt)
    first = happened.risk if state.first_risk is None else state.first_risk
    fear = _fear(game, draws, rules, state, happened, happened.risk - first)
    growth = _growth(game, rules, state, fear, rng, extra_growth or {})
    lifted, growth = _ceilings(rules, state, growth, rng, lifting)
    budgets = {k: [*state.budgets[k], state.budgets[k][-1] * np.exp(growth[k])] for k in growth}
    share = {k: state.share[k] * np.exp(growth[k] - rules.economies[k].gdp_growth) for k in growth}
    forces = {
        k: (1 - rules["stock_wear"]) * stock
        + rules["stock_wear"] * _lagged(budgets[k], rules["budget_lag"])
        for k, stock in state.forces.items()
    }
    orders, arrivals = _arrivals(game, rules, state, fear)
    stances = _stances(game, rules, state, happened, arrivals, rng)
    step = rules["doubt_step"]
    moved = np.where(happened.backed, -step * state.doubt, step * (1.0 - state.doubt))
    programme = {
        m: np.where(happened.started.get(m, np.zeros(n, dtype=bool)), float(state.year), began)
        for m, began in state.programme.items()
    }
    return replace(
        state,
        year=state.year + 1,
        stances=stances,
        arrivals=arrivals,
        orders=orders,
        fear=fear,
        doubt=state.doubt + np.where(happened.crisis, moved, 0.0),
        growth=growth,
        budgets=budgets,
        forces=forces,
        share=share,
        lifted=lifted,
        programme=programme,
        first_risk=first,
    )


def _fear(
    game: Game, draws: Draws, rules: Rules, state: CarriedState, happened: Happened, rise: Array
) -> dict[str, Array]:
    """What happened near an actor frightens it; so does a rise of the odds of war."""
    keep = 0.5 ** (1.0 / rules["fear_half_life"])
    # The threats that the arming stage gives to a crisis and to a concession.
    threat = np.where(happened.conceded, 0.4, np.where(happened.crisis, 0.2, 0.0))
    found: dict[str, Array] = {}
    for k, old in state.fear.items():
        near = 1.0 if k == game.protege else np.asarray(draws.values[f"proximity:{k}"])
        new = keep * old + threat * near + rules["fear_risk"] * rise
        found[k] = np.clip(new, *FEAR_BOUNDS)
    return found


def _growth(
    game: Game,
    rules: Rules,
    state: CarriedState,
    fear: Mapping[str, Array],
    rng: np.random.Generator,
    extra: Mapping[str, float],
) -> dict[str, Array]:
    """This year's growth: trend, fear, and the rival's growth above its own trend."""
    excess = {k: state.growth[k] - e.growth for k, e in rules.economies.items()}
    allies = [excess[k] for k in excess if k != game.challenger]
    against = {k: excess.get(game.challenger, np.zeros(1)) for k in excess}
    against[game.challenger] = sum(allies, np.zeros(1)) / max(len(allies), 1)
    found: dict[str, Array] = {}
    for k, e in rules.economies.items():
        noise = rules["budget_noise"] * rng.standard_normal(len(state.doubt))
        # Only what is above the trend is answered, and each answer is below one: no runaway.
        answer = np.minimum(rules["budget_parity"], 0.9) * against[k]
        own = rules["budget_fear"] * fear[k] if k in fear else 0.0
        found[k] = e.growth + own + answer + noise + extra.get(k, 0.0)
    return found


def _ceilings(
    rules: Rules,
    state: CarriedState,
    growth: dict[str, Array],
    rng: np.random.Generator,
    lifting: bool,
) -> tuple[dict[str, Array], dict[str, Array]]:
    """A ceiling holds the share of GDP until it is lifted; then the budget catches up for years."""
    lifted = dict(state.lifted)
    for k, since in state.lifted.items():
        e = rules.economies[k]
        now = lifting & (rng.random(len(state.doubt)) < lift_chance(rules, state, k))
        since = np.where(now, float(state.year), since)
        lifted[k] = since
        free = state.year - since < RELEASE_YEARS
        up = growth[k] + np.where((since != NEVER) & free, rules["ceiling_release"], 0.0)
        line = max(e.ceiling or 0.0, e.share)
        most = e.gdp_growth + np.log(np.maximum(line / state.share[k], 1e-6))
        growth[k] = np.where(since == NEVER, np.minimum(up, most), up)
    return lifted, growth


def lift_chance(rules: Rules, state: CarriedState, actor: str) -> Array:
    """Chance that a kept ceiling is lifted this year, zero where it was lifted before."""
    z = rules["ceiling_lift"] + rules["ceiling_fear"] * state.fear.get(actor, np.zeros(1))
    return np.where(state.lifted[actor] == NEVER, 1.0 / (1.0 + np.exp(-z)), 0.0)


def _lagged(budgets: list[Array], lag: Array) -> Array:
    """The budget of `lag` years ago, between two years by proportion; before the start: 1."""
    table = np.stack(budgets)
    last = len(budgets) - 1
    at = np.clip(last - lag, 0.0, None)
    low = np.floor(at).astype(int)
    part = at - low
    rows: npt.NDArray[np.int64] = np.arange(table.shape[1], dtype=np.int64)
    return (1 - part) * table[low, rows] + part * table[np.minimum(low + 1, last), rows]


def _arrivals(
    game: Game, rules: Rules, state: CarriedState, fear: Mapping[str, Array]
) -> tuple[dict[str, tuple[Order, ...]], dict[str, Array]]:
    """Forces in place next year; a defender whose fear rose orders more."""
    orders = dict(state.orders)
    for k in game.defenders:
        wish = np.maximum(rules["deeds_fear"] * (fear[k] - state.fear[k]), 0.0)
        if np.any(wish > 0):
            due = state.year + rules["deployment_lag"]
            orders[k] = (*orders[k], Order(due, due + rules["deployment_life"], wish))
    arrivals = {k: np.zeros_like(v) for k, v in state.arrivals.items()}
    for k, placed in orders.items():
        for o in placed:
            here = (o.due <= state.year + 1) & (state.year + 1 < o.end)
            arrivals[f"deeds:{k}"] += np.where(here, o.amount, 0.0)
    return orders, arrivals


def _stances(
    game: Game,
    rules: Rules,
    state: CarriedState,
    happened: Happened,
    arrivals: Mapping[str, Array],
    rng: np.random.Generator,
) -> dict[str, Array]:
    """Each stance returns towards its long-run level; forces that arrive shift both."""
    found: dict[str, Array] = {}
    anchor = rules["stance_anchor"]
    for name, x in state.stances.items():
        half = rules["deeds_half_life" if name.startswith("deeds") else "words_half_life"]
        r = 0.5 ** (1.0 / half)
        level = anchor * state.start[name] + arrivals[name]
        moved = x + arrivals[name] - state.arrivals[name]
        noise = np.sqrt(1.0 - r * r) * rng.standard_normal(len(x))
        found[name] = level + r * (moved - level) + noise
    shock = np.where(happened.crisis | happened.conceded, rules["crisis_hostility"], 0.0)
    found["hostility"] = found["hostility"] + shock
    return found

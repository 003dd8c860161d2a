"""Whether a state comes to the aid of one that is attacked, and who could."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from standoff.errors import UnknownActor
from standoff.forecast.facts import Facts, cow_code
from standoff.forecast.facts_file import load_facts
from standoff.forecast.joining_cases import NAMES, could_come, joining_regressors
from standoff.forecast.joining_fit import NODES, WEIGHTS, Joining, load_joining
from standoff.forecast.logit import logistic
from standoff.forecast.lookup import Array
from standoff.reference import crosswalk, holds

__all__ = ["JoinCard", "join_card", "join_rate"]


@dataclass(frozen=True, slots=True)
class JoinCard:
    """Who could come to the aid of a state that is attacked.

    Attributes:
        states: alpha-3 codes, likeliest first.
        draws: (draw, state) P(joins | attack).
        anyone: (draw,) P(at least one joins | attack); their chances hang together.
    """

    states: tuple[str, ...]
    draws: Array
    anyone: Array


def join_rate(
    defender: str,
    protege: str,
    challenger: str,
    on: date,
    *,
    obligation: bool | None = None,
    war: bool | None = None,
    draws: int = 4000,
    rng: np.random.Generator,
    facts: Facts | None = None,
    joining: Joining | None = None,
) -> Array:
    """Draws of P(the defender joins | the challenger attacks the protege), (draw,).

    Args:
        defender, protege, challenger: alpha-3 codes.
        on: the day.
        obligation: whether it owes the protege defence; None: as the tables say.
        war: whether the attack becomes a war; None: averaged over how often it did.
        draws, rng: how many, and from what.
        facts, joining: other than those that ship.

    Raises:
        UnknownActor, ImpossibleDate: a code that is no state, or not on that day.

    Example:
        >>> args = ("PRK", date(2021, 8, 13))
        >>> p = join_rate("USA", "KOR", *args, rng=np.random.default_rng(1))
        >>> q = join_rate("BRA", "KOR", *args, rng=np.random.default_rng(1))
        >>> bool(p.mean() > 10 * q.mean())
        True
    """
    known, fit = facts or load_facts(), joining or load_joining()
    owed = {} if obligation is None else {defender: obligation}
    return _draws(known, fit, (defender,), protege, challenger, on, owed, war, draws, rng).draws[
        :, 0
    ]


def join_card(
    protege: str,
    challenger: str,
    on: date,
    *,
    draws: int,
    rng: np.random.Generator,
    facts: Facts | None = None,
    joining: Joining | None = None,
) -> JoinCard:
    """Everyone who could come, by the rule of the opportunities, likeliest first.

    Example:
        >>> card = join_card("KOR", "PRK", date(2021, 8, 13), draws=500, rng=np.random.default_rng(1))
        >>> "USA" in card.states[:6]
        True
    """
    known, fit = facts or load_facts(), joining or load_joining()
    a, b = cow_code(challenger, on), cow_code(protege, on)
    able = could_come(known, b, a, on.year, {a, b})
    names = [_actor(code, on) for code in able]
    found = tuple(n for n in names if n is not None)
    made = _draws(known, fit, found, protege, challenger, on, {}, None, draws, rng)
    order = np.argsort(-made.draws.mean(axis=0), kind="stable")
    ranked = [found[int(i)] for i in order]
    return JoinCard(tuple(ranked), made.draws[:, order], made.anyone)


def _actor(code: int, on: date) -> str | None:
    try:
        return crosswalk(code, on=on)
    except UnknownActor:
        return None


def _draws(
    facts: Facts,
    fit: Joining,
    states: tuple[str, ...],
    protege: str,
    challenger: str,
    on: date,
    owed: Mapping[str, bool],
    war: bool | None,
    draws: int,
    rng: np.random.Generator,
) -> JoinCard:
    code = np.array([cow_code(s, on) for s in states], dtype=np.int64)
    target, attacker, year = (
        np.full(len(code), v) for v in (cow_code(protege, on), cow_code(challenger, on), on.year)
    )
    x = joining_regressors(facts, code, target, attacker, year, np.zeros(len(code)))
    for i, state in enumerate(states):
        # The tables of pacts end in 2018; the treaties after it are in the reference facts.
        late = holds(state, protege, "defence", on).answer if state not in owed else owed[state]
        if late is not None:
            x[i, NAMES.index("pact")] = float(late)
    theta = rng.multivariate_normal(
        np.concatenate([fit.coef, [np.log(fit.tau)]]), fit.cov, draws, method="cholesky"
    )
    base = theta[:, :1] + theta[:, 1:-1] @ x.T
    kinds = ((0.0, 1.0 - fit.wars), (1.0, fit.wars)) if war is None else ((float(war), 1.0),)
    each, nobody = np.zeros(base.shape), np.zeros(draws)
    for became, share in kinds:
        eta = base + became * theta[:, 1 + NAMES.index("war"), None]
        for node, weight in zip(NODES, WEIGHTS, strict=True):
            p = logistic(eta + np.exp(theta[:, -1:]) * node)
            each += share * weight * p
            nobody += share * weight * np.prod(1.0 - p, axis=1)
    return JoinCard(states, each, 1.0 - nobody)

"""What a question may be about, and the chance of each from an open workbench.

    attack   war, or force with at least 26 deaths            P(m) of the forecast
    dispute  a threat, display or use of force by the state   P(m) with every dispute counted as the event
    join     a defender fights for the protege                P(m) P(resists | attack) P(a defender fights)

All on common draws. Whatever else is asked about is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from standoff.assess.answer import FACTS, Workbench
from standoff.assess.chance import MONTH, ChanceByDay, bench_of_events, chance_by
from standoff.assess.explained import fighting
from standoff.errors import InputError
from standoff.forecast import Ingredients, chances, join_card, volumes
from standoff.game import solve_batch
from standoff.terms import Estimate

__all__ = ["ASKED_EVENTS", "CAN_ASK", "HOW_TO_ASK", "AskedEvent", "chance_of"]

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class AskedEvent:
    """An event that can be asked about: what it means, and the rule by which it is resolved.

    `rule` holds {c}, {p}, {d} for challenger, protege and defenders, {day} and {deadline}.
    """

    name: str
    means: str
    rule: str


_TOLD = "It is told by two sources that do not rest on each other. Otherwise no."
ASKED_EVENTS: Mapping[str, AskedEvent] = {
    e.name: e
    for e in (
        AskedEvent(
            "attack",
            "war, or force with at least 26 deaths, by one state against another",
            "Yes, if {c} attacks {p} after {day} and up to {deadline}, both in local time. An attack is war, "
            f"or force with at least 26 deaths on both sides together. {_TOLD}",
        ),
        AskedEvent(
            "dispute",
            "a military threat, display or use of force by one state against another, with or without deaths",
            "Yes, if {c} threatens, displays or uses military force against {p} after {day} and up to {deadline}, "
            "both in local time: an act of its government or forces, explicit, overt and short of routine. "
            f"{_TOLD}",
        ),
        AskedEvent(
            "join",
            "a defender's forces fight for a state that is attacked",
            "Yes, if {c} attacks {p} (war, or force with at least 26 deaths) after {day} and up to "
            f"{{deadline}}, and forces of {{d}} fight on the side of {{p}} by then. {_TOLD}",
        ),
    )
}

CAN_ASK = (
    "; ".join(f"{e.name}: {e.means}" for e in ASKED_EVENTS.values())
    + "; by a day within a year of the question. Sanctions, elections, a number or a choice of several "
    "it does not express"
)
HOW_TO_ASK = "--event attack --challenger CHN --protege TWN --by DAY"


def chance_of(bench: Workbench, event: str, deadline: date) -> ChanceByDay:
    """The chance of an event after the day of the bench and up to `deadline`.

    >>> from standoff.systems import load_system
    >>> west = load_system("west-pacific-2021")
    >>> bench = bench_of_events(west, [], as_of=date(2021, 8, 13), draws=200)
    >>> dispute, attack, join = (
    ...     chance_of(bench, e, date(2022, 8, 13)).all.mean for e in ("dispute", "attack", "join"))
    >>> dispute > attack > join > 0
    True

    Raises:
        InputError: an event that the model does not express, or `join` without a defender.
    """
    if event == "attack":
        return chance_by(bench, deadline)
    if event == "dispute":
        return _dispute(bench, deadline)
    if event == "join":
        return _join(bench, deadline)
    raise InputError(f"a question about {event!r}", CAN_ASK, HOW_TO_ASK)


def _three(
    bench: Workbench, use: Ingredients, deadline: date, then: Callable[[str, Array], Array]
) -> ChanceByDay:
    """With everything known, by the base rate, without reports; `then` turns each into the event."""
    months = (deadline - bench.at).days / MONTH
    known = volumes(bench.pieces, bench.use.model, bench.at)
    nothing: dict[str, float] = {}
    made = {
        "all": chances(use, known, None, (months,)),
        "base": chances(use, nothing, (), (months,)),
        "silent": chances(use, nothing, (FACTS,), (months,)),
    }
    found = {key: Estimate.of(then(key, value[0][months])) for key, value in made.items()}
    return ChanceByDay(found["all"], found["base"], found["silent"])


def _dispute(bench: Workbench, deadline: date) -> ChanceByDay:
    # With a severity of one every dispute is the event, and an open crisis is one that answers come in.
    certain = replace(bench.use, severity=np.ones_like(bench.use.severity))
    return _three(bench, certain, deadline, lambda _, p: p)


def _join(bench: Workbench, deadline: date) -> ChanceByDay:
    system = bench.system
    if not system.defenders:
        raise InputError(
            "a question about a defender where none is named",
            "who would fight for the protege",
            "--defenders USA,JPN",
        )
    silent = bench_of_events(
        system, (), as_of=bench.at, draws=bench.draws.n, seed=bench.seed,
        coefficients=bench.coefficients,
    )  # fmt: skip
    card = join_card(
        bench.basis.holder, system.challenger, bench.at, draws=bench.draws.n,
        rng=np.random.default_rng(bench.seed),
    )  # fmt: skip
    mine = [i for i, s in enumerate(card.states) if s in system.defenders]
    comes = {
        "all": _fights(bench),
        "base": 1.0 - np.prod(1.0 - card.draws[:, mine], axis=1),
        "silent": _fights(silent),
    }
    return _three(bench, bench.use, deadline, lambda key, p: p * comes[key])


def _fights(bench: Workbench) -> Array:
    solved = solve_batch(bench.game, bench.draws)
    return fighting(solved, bench.system.defenders) * solved.probabilities["resist|attack"]

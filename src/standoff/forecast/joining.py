"""Whether a state comes to the aid of one that is attacked.

An opportunity is an attack (war, or force with at least 26 deaths) since 1946 and a state that could
come: bound to defend the target, a major power, a neighbour of the target, or a rival of the
challenger, and not in the dispute from the start. It came if it joined on the target's side. With x
the regressors below and u a normal effect of the dispute, which its opportunities share (in 1950 and
1990 many came, mostly nobody does):

    P(joins) = logistic(x b + u),  u ~ N(0, tau^2)

b and tau are fitted by the marginal likelihood (Gauss-Hermite) with a normal prior on b; a new
dispute has an effect that nobody knows, so a chance is averaged over u.

| name | value |
| --- | --- |
| pact | 1 for a defence pact with the target |
| major | 1 for a major power |
| near_target | 1 for a neighbour of the target, on land or over up to 400 miles of water |
| near_challenger | the same of the challenger |
| rival | 1 for a strategic rival of the challenger |
| strength | ln of its capabilities over those of the challenger |
| war | 1 where the attack became a war |

Where a dispute has several targets from the start the weakest is the target, of several challengers
the strongest is the challenger.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from pathlib import Path

import numpy as np
import numpy.typing as npt

from standoff.errors import DescriptionError, UnknownActor
from standoff.forecast.facts import ATTACK, WAR, Facts, cow_code, load_facts
from standoff.forecast.logit import logistic
from standoff.forecast.lookup import Array, Ints, pair_key
from standoff.reference import crosswalk, holds
from standoff.systems import Rate

__all__ = [
    "JoinCard",
    "Joining",
    "Opportunities",
    "fit_joining",
    "gather_opportunities",
    "join_card",
    "join_rate",
    "leave_one_out",
    "load_joining",
    "pact_counts",
    "write_joining",
]

NAMES = ("pact", "major", "near_target", "near_challenger", "rival", "strength", "war")
_PRIOR = 1.5
"""Standard deviation of the prior of a coefficient: a factor of e^1.5 in the odds either way."""
_FLOOR = 1e-5
Mask = npt.NDArray[np.bool_]
_NODES, _MASS = (np.asarray(v, dtype=np.float64) for v in np.polynomial.hermite_e.hermegauss(21))
_WEIGHTS: Array = _MASS / _MASS.sum()


@dataclass(frozen=True, slots=True)
class Opportunities:
    """States that could come, with whether they did.

    Attributes:
        dispute, year, state, target, challenger: (row,).
        x: (row, regressor) in the order of NAMES.
        joined: (row,).
    """

    dispute: Ints
    year: Ints
    state: Ints
    target: Ints
    challenger: Ints
    x: Array
    joined: Mask

    def where(self, keep: Mask) -> Opportunities:
        """The rows kept."""
        return Opportunities(
            self.dispute[keep],
            self.year[keep],
            self.state[keep],
            self.target[keep],
            self.challenger[keep],
            self.x[keep],
            self.joined[keep],
        )


@dataclass(frozen=True, slots=True)
class Joining:
    """A fit.

    Attributes:
        coef: (1 + regressor,), the constant first.
        cov: of coef and ln tau, (2 + regressor, 2 + regressor).
        tau: standard deviation of the effect of a dispute.
        wars: share of attacks that became wars, for when it is not known.
        joined, cases: counts behind it.
    """

    coef: Array
    cov: Array
    tau: float
    wars: float
    joined: int
    cases: int


def gather_opportunities(facts: Facts, first: int = 1946) -> Opportunities:
    """All opportunities since a year."""
    table = facts.tables["disputes"].astype(np.int64)
    rows: list[tuple[int, int, int, int, int, bool, bool]] = []
    for number in np.unique(table[table[:, 3] >= first, 0]):
        part = table[table[:, 0] == number]
        year, level = int(part[:, 3].min()), int(part[:, 6].max())
        if level < ATTACK or year < first:
            continue
        begun, targets, came = _sides(part)
        if not targets:
            continue
        target, challenger = _ranked(facts, targets, year)[0], _ranked(facts, begun, year)[-1]
        for state in _could_come(facts, target, challenger, year, begun | targets):
            row = (int(number), year, state, target, challenger, level >= WAR, state in came)
            rows.append(row)
    dispute, year, state, target, challenger = (
        np.array([r[k] for r in rows], dtype=np.int64) for k in range(5)
    )
    war = np.array([r[5] for r in rows], dtype=float)
    return Opportunities(
        dispute,
        year,
        state,
        target,
        challenger,
        _regressors(facts, state, target, challenger, year, war),
        np.array([r[6] for r in rows], dtype=bool),
    )


@lru_cache(maxsize=4)
def pact_counts(facts: Facts) -> tuple[Rate, ...]:
    """How often states bound to defend the target came, of the opportunities: any, and major powers.

    Example:
        >>> [(r.events, r.cases) for r in pact_counts(load_facts())]
        [(25, 888), (3, 46)]
    """
    rows = gather_opportunities(facts)
    bound = rows.x[:, NAMES.index("pact")] > 0
    major = bound & (rows.x[:, NAMES.index("major")] > 0)
    last = facts.coverage["disputes"].last
    source = f"Gibler-Miller-Little MID 2.2.1, ATOP 5.1; attacks 1946-{last}, counted"
    return tuple(
        Rate(
            name,
            int(rows.joined[of].sum()) / int(of.sum()),
            source,
            int(rows.joined[of].sum()),
            int(of.sum()),
        )
        for name, of in (
            ("a state bound to defend the target joins when it is attacked", bound),
            ("a major power bound to defend the target joins when it is attacked", major),
        )
    )


def _sides(part: Ints) -> tuple[set[int], set[int], set[int]]:
    """(challengers and who joined them, first targets, who came to their aid)."""
    begun: set[int] = set()
    targets: set[int] = set()
    came: set[int] = set()
    for row in part:
        cells = [int(v) for v in row]
        for code, moved, side_a in ((1, 7, 9), (2, 8, 10)):
            group = begun if cells[side_a] else came if cells[moved] else targets
            group.add(cells[code])
    return begun, targets, came


def _ranked(facts: Facts, codes: set[int], year: int) -> list[int]:
    """States from weak to strong."""
    order = np.array(sorted(codes), dtype=np.int64)
    share = facts.capabilities.at(order, np.full(len(order), year))
    return [int(c) for c in order[np.argsort(share, kind="stable")]]


def _could_come(
    facts: Facts, target: int, challenger: int, year: int, inside: set[int]
) -> list[int]:
    codes = np.unique(facts.whole("states", "ccode"))
    codes = codes[facts.births.find(codes, np.full(len(codes), year))[1]]
    x = _regressors(
        facts,
        codes,
        np.full(len(codes), target),
        np.full(len(codes), challenger),
        np.full(len(codes), year),
        np.zeros(len(codes)),
    )
    able = x[:, [NAMES.index(n) for n in ("pact", "major", "near_target", "rival")]].any(axis=1)
    return [int(c) for c in codes[able] if int(c) not in inside]


def _regressors(
    facts: Facts, state: Ints, target: Ints, challenger: Ints, year: Ints, war: Array
) -> Array:
    ratio = np.log(facts.capabilities.at(state, year) + _FLOOR) - np.log(
        facts.capabilities.at(challenger, year) + _FLOOR
    )
    columns = {
        "pact": facts.defence.at(pair_key(state, target), year),
        "major": facts.majors.at(state, year),
        "near_target": facts.contiguity.at(pair_key(state, target), year) > 0,
        "near_challenger": facts.contiguity.at(pair_key(state, challenger), year) > 0,
        "rival": facts.rivalry.at(pair_key(state, challenger), year),
        "strength": ratio,
        "war": war,
    }
    return np.stack([np.asarray(columns[n], dtype=float) for n in NAMES], axis=1)


def fit_joining(rows: Opportunities, start: Joining | None = None) -> Joining:
    """Fit by the marginal likelihood of disputes.

    Args:
        rows: opportunities.
        start: a fit to begin from.
    """
    x = np.concatenate([np.ones((len(rows.x), 1)), rows.x], axis=1)
    _, group = np.unique(rows.dispute, return_inverse=True)
    y = rows.joined.astype(float)
    sign = 2 * y - 1
    count = int(group.max()) + 1

    def loss(theta: Array) -> tuple[float, Array]:
        tau = np.exp(theta[-1])
        eta = (x @ theta[:-1])[:, None] + tau * _NODES
        ln = -np.logaddexp(0.0, -sign[:, None] * eta)
        within = np.zeros((count, len(_NODES)))
        np.add.at(within, group, ln)
        within = within + np.log(_WEIGHTS)
        top = within.max(axis=1, keepdims=True)
        total = top[:, 0] + np.log(np.exp(within - top).sum(axis=1))
        post = np.exp(within - total[:, None])[group]
        error = (y[:, None] - logistic(eta)) * post
        slope = np.concatenate([x.T @ error.sum(axis=1), [tau * (error @ _NODES).sum()]])
        prior = np.concatenate([[0.0], theta[1:-1] / _PRIOR**2, [theta[-1]]])
        value = -total.sum() + 0.5 * (theta[1:-1] @ theta[1:-1]) / _PRIOR**2
        value += 0.5 * theta[-1] ** 2
        return float(value), prior - slope

    begin = np.zeros(x.shape[1] + 1)
    begin[0] = np.log(y.mean() / (1 - y.mean()))
    if start is not None:
        begin = np.concatenate([start.coef, [np.log(start.tau)]])
    theta, cov = _descend(loss, begin)
    war = rows.x[:, NAMES.index("war")]
    by_dispute = np.bincount(group, weights=war) / np.bincount(group)
    return Joining(
        theta[:-1],
        cov,
        float(np.exp(theta[-1])),
        float(by_dispute.mean()),
        int(y.sum()),
        len(y),
    )


def _descend(loss: Callable[[Array], tuple[float, Array]], theta: Array) -> tuple[Array, Array]:
    """(where the loss is least, inverse of its second derivative there): halved Newton steps."""
    curve = np.eye(len(theta))
    for _ in range(40):
        value, slope = loss(theta)
        curve = np.stack(
            [
                (loss(theta + step)[1] - loss(theta - step)[1]) / 2e-4
                for step in 1e-4 * np.eye(len(theta))
            ]
        )
        values, axes = np.linalg.eigh((curve + curve.T) / 2)
        # Away from the minimum a direction may curve down: every one is made to curve up.
        curve = (axes * np.maximum(np.abs(values), 1e-3)) @ axes.T
        step = np.linalg.solve(curve, -slope)
        size = 1.0
        while size > 1e-6 and loss(theta + size * step)[0] > value:
            size /= 2
        theta = theta + size * step
        if float(np.abs(slope).max()) < 1e-3:
            break
    return theta, np.linalg.inv(curve).astype(np.float64)


def chances(fit: Joining, x: Array) -> Array:
    """P(joins) of opportunities in a new dispute, at the estimates, (row,)."""
    eta = (fit.coef[0] + x @ fit.coef[1:])[:, None] + fit.tau * _NODES
    return logistic(eta) @ _WEIGHTS


def leave_one_out(rows: Opportunities, only: Mask | None = None) -> tuple[Array, Array]:
    """Chances of each dispute from a fit to all others, and the one rate of the others.

    Args:
        rows: opportunities.
        only: (row,) disputes to leave out in turn, such as the wars; default all. The one rate is
            that of the rows of the same kind.

    Returns:
        (row,) chances, (row,) rates; nan outside `only`.
    """
    kind = np.ones(len(rows.joined), dtype=bool) if only is None else only
    said, rate = np.full(len(kind), np.nan), np.full(len(kind), np.nan)
    whole = fit_joining(rows)
    for number in np.unique(rows.dispute[kind]):
        out = rows.dispute == number
        said[out] = chances(fit_joining(rows.where(~out), whole), rows.x[out])
        rate[out] = rows.joined[kind & ~out].mean()
    return said, rate


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
    able = _could_come(known, b, a, on.year, {a, b})
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
    x = _regressors(facts, code, target, attacker, year, np.zeros(len(code)))
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
        for node, weight in zip(_NODES, _WEIGHTS, strict=True):
            p = logistic(eta + np.exp(theta[:, -1:]) * node)
            each += share * weight * p
            nobody += share * weight * np.prod(1.0 - p, axis=1)
    return JoinCard(states, each, 1.0 - nobody)


# ---------------------------------------------------------------------- the file


@lru_cache(maxsize=1)
def load_joining() -> Joining:
    """The fit that ships.

    Example:
        >>> load_joining().cases > 1000
        True
    """
    file = resources.files("standoff.forecast") / "data" / "joining-1.toml"
    try:
        data = tomllib.loads(file.read_text("utf-8"))
        size = len(NAMES) + 2
        cov = np.zeros((size, size))
        cov[np.tril_indices(size)] = data["cov"]
        return Joining(
            np.array(data["coef"], dtype=float),
            cov + np.tril(cov, -1).T,
            float(data["tau"]),
            float(data["wars"]),
            int(data["joined"]),
            int(data["cases"]),
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise DescriptionError(
            f"joining-1.toml ({error})", "the fit that ships", "install the package again"
        ) from error


def write_joining(fit: Joining, file: Path) -> None:
    """Write a fit as TOML."""
    names = ", ".join(f'"{n}"' for n in ("constant", *NAMES))
    cov = fit.cov[np.tril_indices(len(fit.cov))]
    lines = [
        'name = "joining-1"',
        f"joined = {fit.joined}",
        f"cases = {fit.cases}",
        "# Share of attacks that became wars.",
        f"wars = {fit.wars:.4f}",
        "# Standard deviation of the effect of a dispute.",
        f"tau = {fit.tau:.5f}",
        f"names = [{names}]",
        f"coef = [{', '.join(f'{v:.5f}' for v in fit.coef)}]",
        "# Of the coefficients and ln tau, lower triangle by rows.",
        f"cov = [{', '.join(f'{v:.5e}' for v in cov)}]",
    ]
    file.write_text("\n".join(lines) + "\n", "utf-8")
